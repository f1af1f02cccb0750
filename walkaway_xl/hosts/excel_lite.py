"""The worksheet functions in xlwings Lite: ``from walkaway_xl.hosts.excel_lite import *`` in main.py."""

from functools import cache
from typing import Any, Final

import xlwings

from walkaway_xl.cells import VALUE, CellError
from walkaway_xl.core.number_style import POINT, NumberStyle
from walkaway_xl.hosts.excel import Spelling, publish

# The texts of which xlwings makes true errors.
TRUE_ERRORS: Final = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def read(cell: Any) -> Any:
    """A cell as Office.js hands it over: errors and formatted numbers are dictionaries."""
    if isinstance(cell, dict):
        kinds = {cell.get("type"), cell.get("basicType")}
        if "Empty" in kinds:
            return None
        if "Error" in kinds or "basicValue" not in cell:  # a card or an array that stands for no value
            return CellError(str(cell.get("basicValue", VALUE)))
        return cell["basicValue"]
    # Pyodide from 0.28 on has a null of its own. It cannot be imported where there is none.
    return None if type(cell).__name__ == "JsNull" else cell


def write(cell: Any) -> Any:
    """A cell of an answer. An error that would stay a text here is #VALUE!, so that no sum passes over it."""
    if isinstance(cell, CellError):
        return cell.code if cell.code in TRUE_ERRORS else VALUE
    return cell


@cache
def numbers() -> NumberStyle:
    """How the language of the workbook writes numbers, as the browser knows it; a point without one."""
    try:
        import js  # type: ignore[import-not-found]  # of Pyodide
    except ImportError:
        return POINT
    excel = getattr(getattr(js, "Office", None), "context", None)
    language = getattr(excel, "contentLanguage", None)
    pieces = js.Intl.NumberFormat.new(*([] if language is None else [language])).formatToParts(12345.5)
    parts = {part.type: part.value for part in pieces}
    return NumberStyle(parts["decimal"], parts.get("group", ""))


LITE = Spelling(
    takes="raw",
    gives=None,  # xlwings' own writer makes true errors of their texts
    read=read,
    write=write,
    alike=frozenset({float, int, str, bool, type(None)}),
    longest_text=32_767,  # characters that a cell can hold
    numbers=numbers,
)

__all__ = publish(globals(), xlwings, LITE)
