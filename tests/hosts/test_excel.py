"""Both Excel hosts beside the contract: long columns, mistakes of ours, and what xlwings is told."""

import inspect
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hosts.stand_ins.excel import InLite, OverCom
from tests.hosts.stand_ins.pyodide import IN_PYODIDE, InPyodide
from tests.hosts.stand_ins.recorder import Recorder
from tests.hosts.stand_ins.windows import excel_on_windows
from tests.hosts.stand_ins.wine import IN_WINE
from walkaway_xl.cells import LEFT_OUT
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


# --- what the contract does not ask ---------------------------------------------------------------------


def test_a_long_column_is_one_call(host):
    rows = 40_000  # more than the core takes at once
    assert [[85]] * rows == [list(row) for row in host.call("PRICE_FLOOR", [[68.0]] * rows, 0.2)]


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
