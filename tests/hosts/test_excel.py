"""What holds on both Excel hosts: the examples, the cell tables, and what xlwings is told."""

import inspect
import logging
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest

from tests.hosts.stand_ins.excel import InLite, OverCom, in_rows
from tests.hosts.stand_ins.pyodide import IN_PYODIDE, InPyodide
from tests.hosts.stand_ins.recorder import Recorder
from tests.hosts.stand_ins.windows import excel_on_windows
from tests.hosts.stand_ins.wine import IN_WINE
from tests.strategies import CALLS, variants
from walkaway_xl.cells import LEFT_OUT, CellError, answer
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import excel

WIZARD_LIMIT = 255  # characters that xlwings passes on of a help text, and Excel of a list of names

RESERVED = frozenset(  # VBA's reserved identifiers (MS-VBAL 3.3.5.2)
    """
    abs addressof and any array as attribute boolean byref byte byval call case cbool ccur cdate cdbl
    cdec cdecl cint circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug
    decimal declare defbool defbyte defcur defdate defdbl defdec defint deflng deflnglng deflngptr
    defobj defsng defstr defvar dim do doevents double each else elseif empty end endif enum eqv erase
    event exit false fix for friend function get global gosub goto if imp implements in input inputb int
    integer is lbound len lenb let like lock long longlong longptr loop lset me mod new next not nothing
    null on open option optional or paramarray preserve print private pset public put raiseevent redim
    rem resume return rset scale seek select set sgn shared single spc static stop string sub tab then
    to true type typeof ubound unlock until variant wend while with withevents write xor
    """.split()  # noqa: SIM905
)
IN_THE_WRAPPER = {"activeworkbook", "app", "application", "argsarray", "caller", "err", "failed", "k", "xlpy"}

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The functions as xlwings is told about them."""
    functions: dict[str, Any] = {}
    unchanged = excel.Spelling("raw", "raw", str, str, alike=frozenset({float, str}), longest_text=255)
    assert list(CATALOGUE) == excel.publish(functions, Recorder(), unchanged)
    return functions


@pytest.fixture(scope="module")
def hosts() -> Iterator[dict[str, Any]]:
    """Both hosts, in every spelling that they have."""
    with excel_on_windows() as xlwings:
        from walkaway_xl.hosts.excel_lite import LITE

        functions: dict[str, Any] = {}
        excel.publish(functions, Recorder(), LITE)
        yield {
            "COM, cells": OverCom(xlwings.com_server.XLPython(), as_cells=True),
            "COM, constants": OverCom(xlwings.com_server.XLPython(), as_cells=False),
            "Lite, empty text for a blank": InLite(functions, ""),
            "Lite, null for a blank": InLite(functions, None),
        }


HERE = ["COM, cells", "COM, constants", "Lite, empty text for a blank", "Lite, null for a blank"]
BLANK_THERE = {"Pyodide, empty text for a blank": "", "Pyodide, null for a blank": None}
THERE = [
    pytest.param("COM, values under Wine", marks=IN_WINE),
    *(pytest.param(spelling, marks=IN_PYODIDE) for spelling in BLANK_THERE),
]


@pytest.fixture(params=[*HERE, *THERE])
def host(request: pytest.FixtureRequest, hosts: dict[str, Any]) -> Any:
    """One host in one spelling."""
    if request.param in BLANK_THERE:
        return InPyodide(request.getfixturevalue("pyodide"), BLANK_THERE[request.param])
    if "Wine" in request.param:
        return OverCom(request.getfixturevalue("server"), as_cells=False)
    return hosts[request.param]


# --- the examples --------------------------------------------------------------------------------------


@pytest.mark.parametrize("padded", [False, True], ids=["as written", "every argument left out in the end"])
@pytest.mark.parametrize("function", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_example_answers(host, function, padded):
    for example in function.examples:
        arguments = [LEFT_OUT if argument is None else argument for argument in example.arguments]
        if padded:
            arguments += [LEFT_OUT] * (len(function.arguments) - len(arguments))

        expected, answer = in_rows(example.gives), in_rows(host.call(function.name, *arguments))

        formula = example.formula(function.name)
        assert [len(row) for row in expected] == [len(row) for row in answer], formula
        for wanted, shown in zip(chain(*expected), chain(*answer), strict=True):
            assert wanted == (pytest.approx(shown, rel=1e-9) if isinstance(shown, float) else shown), formula


@pytest.mark.parametrize("host", [*HERE[1:], *THERE], indirect=True)  # our bridge hands over no cells
def test_every_kind_of_cell_in_every_argument(host):
    for name, changed in variants(ERRORS):
        arguments = [changed.get(slot.name, slot.cells) for slot in CALLS[name].slots]
        expected = in_rows(answer(CATALOGUE[name], arguments))
        shown = host.call(name, *arguments)

        assert [len(row) for row in expected] == [len(row) for row in shown], (name, changed)
        for wanted, cell in zip(chain(*expected), chain(*shown), strict=True):
            assert _alike(wanted, cell), (name, changed, expected, shown)


def _alike(wanted: Any, cell: Any) -> bool:
    if isinstance(wanted, float):  # the last digit of a logarithm is the platform's
        return isinstance(cell, int | float) and cell == pytest.approx(wanted, rel=1e-12, abs=1e-12)
    if isinstance(wanted, str) and len(wanted) > 255 == len(cell):  # COM shows no longer one in an array
        return cell == wanted[:254] + "…"
    return cell == (wanted.code if isinstance(wanted, CellError) else wanted)


# --- what a cell can hold, and what comes back ---------------------------------------------------------


@pytest.mark.parametrize("cell", [68, 68.0, Decimal(68), datetime(1900, 3, 8)])
def test_a_number_a_currency_and_a_date_are_numbers(host, cell):
    assert [[85]] == host.call("PRICE_FLOOR", cell, 0.2)
    assert [[85], [42.5]] == host.call("PRICE_FLOOR", [[cell], [34]], 0.2)


def test_a_blank_optional_argument_is_its_default(host):
    assert [[85]] == host.call("PRICE_FLOOR", 68, 0.2, None)
    assert [[85], [85]] == host.call("PRICE_FLOOR", 68, 0.2, [[None], [0]])


def test_an_argument_left_out_between_others_is_its_default(host):
    assert [[87.5]] == host.call("PRICE_FLOOR", 68, 0.2, LEFT_OUT, 2)


def test_a_blank_first_argument_leaves_the_answer_blank(host):
    assert [[""]] == host.call("PRICE_FLOOR", None, 0.2)
    assert [[85], [""]] == host.call("PRICE_FLOOR", [[68], [None]], 0.2)


def test_another_required_argument_that_is_blank_is_an_error(host):
    assert [["#VALUE!"]] == host.call("PRICE_FLOOR", 68, None)
    assert [[85], ["#VALUE!"]] == host.call("PRICE_FLOOR", 68, [[0.2], [None]])


@pytest.mark.parametrize("cell", ["eighty", "68", True, False])
def test_a_text_or_flag_where_a_number_belongs_is_an_error(host, cell):
    assert [["#VALUE!"]] == host.call("PRICE_FLOOR", cell, 0.2)
    assert [["#VALUE!"], [85]] == host.call("PRICE_FLOOR", [[cell], [68]], 0.2)


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_comes_back_as_itself(host, code):
    assert [[code]] == host.call("PRICE_FLOOR", CellError(code), 0.2)
    assert [[code]] == host.call("PRICE_FLOOR", 68, 0.2, CellError(code))
    assert [[85], [code]] == host.call("PRICE_FLOOR", [[68], [CellError(code)]], 0.2)
    assert [[code], [85]] == host.call("PRICE_FLOOR", 68, 0.2, [[CellError(code)], [0]])


def test_a_column_in_gives_a_column_out_and_a_row_a_row(host):
    assert [[85], [42.5]] == host.call("PRICE_FLOOR", [[68], [34]], 0.2)
    assert [[85, 42.5]] == [list(row) for row in host.call("PRICE_FLOOR", [[68, 34]], 0.2)]
    assert [[85, 136], [42.5, 68]] == host.call("PRICE_FLOOR", [[68], [34]], [[0.2, 0.5]])


def test_a_long_column_is_one_call(host):
    rows = 40_000  # more than the core takes at once
    assert [[85]] * rows == [list(row) for row in host.call("PRICE_FLOOR", [[68.0]] * rows, 0.2)]


def test_ranges_that_do_not_fit_are_an_error(host):
    assert [["#VALUE!"]] == host.call("PRICE_FLOOR", [[68], [34]], [[0.2], [0.2], [0.2]])


# --- what happened, and what the cell shows ------------------------------------------------------------


def test_a_malformed_question_is_an_error(host):
    assert [["#VALUE!"]] == host.call("WALKAWAY_CHECK", 100, 100, "byer")


def test_a_number_outside_its_domain_is_an_error_of_its_own_row(host):
    assert [["#NUM!"], [85]] == host.call("PRICE_FLOOR", [[-1], [68]], 0.2)


def test_a_question_without_an_answer_is_not_available(host):
    assert [["#N/A"]] == host.call("OFFER_BRACKET", 1000, 1200, "buyer")


def test_a_legitimate_zero_divisor_is_a_division_by_zero(host):
    assert [["#DIV/0!"], [0.05]] == host.call("WALKAWAY_GAP", [[5], [105]], [[0], [100]], "seller", True)


def test_a_bad_outcome_is_a_value(host):
    assert [["WALK AWAY"], ["BELOW FLOOR"]] == [
        *host.call("WALKAWAY_CHECK", 99, 100, "seller"),
        *host.call("DISCOUNT_CHECK", 120, 0.3, 68, 0.2),
    ]


@pytest.mark.parametrize("host", HERE, indirect=True)
def test_a_mistake_of_ours_is_logged_and_shows_an_error(host, monkeypatch, caplog):
    def stumble(function, arguments):
        raise RuntimeError("a mistake")

    monkeypatch.setattr("walkaway_xl.cells._answer", stumble)
    with caplog.at_level(logging.ERROR, "walkaway_xl"):
        assert [["#VALUE!"]] == host.call("PRICE_FLOOR", 68, 0.2)

    assert "PRICE_FLOOR failed" in caplog.text
    assert "a mistake" in caplog.text


# --- what xlwings is told ------------------------------------------------------------------------------


@pytest.fixture(params=CATALOGUE)
def published(request: pytest.FixtureRequest, told: dict[str, Any]) -> Any:
    """One function as xlwings is told about it."""
    return told[request.param]


def test_a_function_carries_its_worksheet_name(published):
    function = CATALOGUE[published.__name__]

    assert published.__name__.isupper()
    assert list(inspect.signature(published).parameters) == [argument.name for argument in function.arguments]


def test_an_argument_with_a_default_may_be_left_out(published):
    defaults = {name: given.default for name, given in inspect.signature(published).parameters.items()}

    assert defaults == {
        argument.name: inspect.Parameter.empty if argument.required else LEFT_OUT
        for argument in CATALOGUE[published.__name__].arguments
    }


def test_a_function_stands_in_our_category_and_is_never_volatile(published):
    assert {"category": "Walkaway"} == published.told.options


def test_the_wizard_shows_help_in_full_and_in_every_code_page(published):
    texts = [published.__doc__, *(doc for _, doc in published.told.arguments.values())]

    assert len(texts) == 1 + len(CATALOGUE[published.__name__].arguments)
    for text in texts:
        assert 0 < len(text) <= WIZARD_LIMIT
        assert text.isascii()


def test_names_are_names_in_vba_and_short_enough_together(published):
    names = [published.__name__, *published.told.arguments]

    assert not (RESERVED | IN_THE_WRAPPER) & {name.lower() for name in names}
    assert all(name.isascii() and name.isidentifier() and not name.startswith("_") for name in names)
    assert sum(map(len, names)) < WIZARD_LIMIT
