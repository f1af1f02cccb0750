"""Excel on Windows: what only COM spells in its way, and the VBA that xlwings writes for it."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.hosts.stand_ins.windows import MISSING, Cells, excel_on_windows
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.excel_vba import modules

MODULE = "walkaway_xl.hosts.excel_com"


@pytest.fixture(scope="module")
def xlwings() -> Iterator[ModuleType]:
    """Return xlwings as it is on Windows."""
    with excel_on_windows() as module:
        yield module


@pytest.fixture
def call(xlwings: ModuleType) -> Any:
    """Return xlwings' own entry for a call out of a cell: rows, before the server unpacks a single one."""
    return lambda name, *arguments: xlwings.udfs.call_udf(MODULE, name, arguments)


def test_a_currency_cell_is_read_to_its_last_digit(call):
    cost = Cells(0.00005, shown=Decimal("0.0001"))

    assert [[0.0001]] == call("PRICE_FLOOR", cost, 0.5)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (-2146826243, "#SPILL!"),
        (-2146826238, "#CALC!"),
        (-2146826245, "#GETTING_DATA"),
        pytest.param(-2146826189, "#VALUE!", id="one without a name"),
    ],
)
def test_an_error_that_xlwings_does_not_know_is_no_number(call, number, code):
    assert [[code]] == call("PRICE_FLOOR", Cells(number), 0.2)
    assert [[85], [code]] == call("PRICE_FLOOR", Cells(((68.0,), (number,))), 0.2)


def test_a_reference_to_several_areas_is_refused_rather_than_cut(call):
    assert [["#VALUE!"]] == call("PRICE_FLOOR", Cells(((68.0,), (34.0,)), areas=2), 0.2)


def test_a_reference_to_an_empty_cell_is_a_blank_and_not_left_out(call):
    assert [[""]] == call("WALKAWAY_SCORE", Cells(None), 100.0, 120.0)
    assert [["#VALUE!"]] == call("WALKAWAY_SCORE", 108.0, Cells(None), 120.0)
    assert [[0.4]] == call("WALKAWAY_SCORE", 108.0, 100.0, 120.0, MISSING)


def test_an_array_constant_of_one_row_arrives_flat(call):
    assert [[85, 42.5]] == call("PRICE_FLOOR", (68.0, 34.0), 0.2)


def test_a_text_too_long_for_an_array_ends_with_three_dots(call):
    limits, signers = ((0.1,), (0.2,)), (("x" * 256,), ("y" * 255,))

    assert [["x" * 254 + "…"], ["y" * 255]] == call("DEAL_SIGNER", ((0.05,), (0.15,)), limits, signers)


def test_a_text_alone_in_its_cell_may_be_long(call):
    assert [["x" * 300]] == call("DEAL_SIGNER", 0.05, ((0.1,), (0.2,)), (("x" * 300,), ("y",)))


def test_xlwings_calls_no_function_in_passing(xlwings):
    from walkaway_xl.hosts import excel_com

    for name in CATALOGUE:
        told = getattr(excel_com, name).__xlfunc__
        assert ("Walkaway", False, True, None) == (
            told["category"],
            told["volatile"],
            told["call_in_wizard"],
            told["async_mode"],
        )


def test_xlwings_writes_a_wrapper_for_every_function(xlwings):
    from walkaway_xl.hosts import excel_com

    written = io.StringIO()
    xlwings.udfs.generate_vba_wrapper(MODULE, excel_com, written, SimpleNamespace(Name="walkaway.xlam"))

    wrappers = dict(re.findall(r"^Function (\w+)\((.*)\)$", written.getvalue(), flags=re.MULTILINE))
    assert wrappers == {
        name: ", ".join(
            f"{'' if argument.required else 'Optional '}{argument.name}" for argument in function.arguments
        )
        for name, function in CATALOGUE.items()
    }
    assert "Application.Volatile" not in written.getvalue()
    assert len(CATALOGUE) == written.getvalue().count("End Function")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("separators=44,46", "1.234,5"),
        ("separators=44,8239", "1\u202f234,5"),
        ("separators=46,8217", "1’234.5"),
        ("separators=46,", "1234.5"),
        ("0", "1,234.5"),
    ],
)
def test_a_sentence_has_the_separators_that_the_add_in_says(call, monkeypatch, told, shown):
    from walkaway_xl.hosts import excel_com

    assert excel_com.SEPARATORS == modules.SEPARATORS
    monkeypatch.setattr("sys.argv", ["-c", told, "0"])
    excel_com.numbers.cache_clear()
    ((sentence,),) = call("WALKAWAY_EXPLAIN", "WALKAWAY_CHECK", 1234.5, 6500.0, "seller")
    excel_com.numbers.cache_clear()
    assert f"offer {shown} is worse" in sentence


def test_off_windows_the_functions_are_plain_ones():
    asked = "from walkaway_xl.hosts.excel_com import *; print(WALKAWAY_CHECK(7500.0, 6500.0, 'buyer'))"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout

    assert "[['WALK AWAY']]" == told.strip()
