"""xlwings Lite: what only Office.js spells in its way, and how a workbook loads the functions."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.hosts.stand_ins.excel import InLite
from tests.hosts.stand_ins.pyodide import IN_PYODIDE, NULL, Pyodide
from tests.hosts.stand_ins.recorder import Recorder
from walkaway_xl.cells import CellError
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import excel, excel_lite

ROOT = Path(__file__).parents[2]

WORKBOOK = """
import sys
from tests.hosts.stand_ins.recorder import Recorder
sys.modules["xlwings"] = Recorder()
from walkaway_xl.hosts.excel_lite import *
published = [name for name, value in list(globals().items()) if hasattr(value, "told")]
assert all(globals()[name].__name__ == name for name in published)
print(*sorted(published))
print(*sorted({name.split(".")[0] for name in sys.modules}))
print(*sorted(name for name in sys.modules if name.startswith("xlwings.")))
"""


@pytest.fixture(scope="module")
def lite() -> InLite:
    """Return Lite with an empty text for a blank."""
    functions: dict[str, Any] = {}
    excel.publish(functions, Recorder(), excel_lite.LITE)
    return InLite(functions, "")


def test_a_workbook_gets_every_function_and_loads_nothing_that_it_may_not():
    run = [sys.executable, "-c", WORKBOOK]
    lines = subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()

    assert sorted(CATALOGUE) == lines[0].split()
    assert not {"openpyxl", "formualizer", "lxml", "polars"} & set(lines[1].split())
    assert not lines[2].split()  # xlwings.pro has a licence of its own


def test_a_null_of_pyodide_is_a_blank():
    null = type("JsNull", (), {})()

    assert excel_lite.read(null) is None


class Browser(SimpleNamespace):
    """What a browser shows Python: how a language writes numbers, and perhaps which one the workbook has."""

    def __init__(self, group: str | None, language: str | None = None) -> None:
        parts = [
            ("integer", "12"),
            *([("group", group)] if group else []),
            ("decimal", ","),
            ("fraction", "5"),
        ]
        told = [SimpleNamespace(type=kind, value=value) for kind, value in parts]
        self.asked: list[tuple[str, ...]] = []

        def new(*languages: str) -> Any:
            self.asked.append(languages)
            return SimpleNamespace(formatToParts=lambda number: told)

        super().__init__(Intl=SimpleNamespace(NumberFormat=SimpleNamespace(new=new)))
        if language:
            self.Office = SimpleNamespace(context=SimpleNamespace(contentLanguage=language))


@pytest.mark.parametrize(
    ("browser", "asked", "shown"),
    [
        (Browser("."), (), "1.234,5"),
        (Browser(None), (), "1234,5"),
        (Browser("\u202f", "fr-FR"), ("fr-FR",), "1\u202f234,5"),
    ],
)
def test_a_sentence_has_the_separators_of_the_workbooks_language(lite, monkeypatch, browser, asked, shown):
    monkeypatch.setitem(sys.modules, "js", browser)
    excel_lite.numbers.cache_clear()
    ((sentence,),) = lite.functions["WALKAWAY_EXPLAIN"]("WALKAWAY_CHECK", 1234.5, 6500, "seller")
    excel_lite.numbers.cache_clear()
    assert [asked] == browser.asked
    assert f"offer {shown} is worse" in sentence


@pytest.mark.parametrize(
    ("package", "null"),
    [
        pytest.param("pyodide", "NoneType", marks=IN_PYODIDE),
        pytest.param("pyodide-of-today", "JsNull", marks=IN_PYODIDE),
    ],
)
def test_a_null_goes_by_these_names_in_pyodide(package, null):
    with Pyodide(NULL, package=package) as session:
        assert ["float", null, "str"] == session.ask([0.5, None, ""])


def test_a_card_that_has_no_value_is_an_error():
    card = {"type": "Entity", "text": "Acme", "basicType": "Error", "basicValue": "#VALUE!"}

    assert CellError("#VALUE!") == excel_lite.read(card)


@pytest.mark.parametrize(
    "card", [{"type": "LinkedEntity"}, {"type": "Array", "elements": [[7500]]}, {"type": "Error"}]
)
def test_a_card_that_stands_for_nothing_is_an_error_and_no_blank(card):
    assert CellError("#VALUE!") == excel_lite.read(card)


def test_an_empty_cell_with_a_format_is_a_blank():
    assert excel_lite.read({"type": "Empty", "numberFormat": "0.00"}) is None


def test_a_formatted_number_is_a_number():
    assert 43831.0 == excel_lite.read({"type": "FormattedNumber", "basicValue": 43831.0, "numberFormat": "d"})


def test_an_error_that_lite_cannot_return_is_still_a_true_error(lite):
    assert [["#VALUE!"]] == lite.call("PRICE_FLOOR", CellError("#SPILL!"), 0.2)


def test_xlwings_makes_true_errors_of_texts_on_the_way_out(lite):
    told = lite.functions["PRICE_FLOOR"].told

    assert told.gives is None
    assert {"raw"} == {convert for convert, _ in told.arguments.values()}
