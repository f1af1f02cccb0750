"""The worksheet functions in Excel on Windows: xlwings loads this module and calls its functions over COM."""

import sys
from functools import cache
from typing import Any, Final

import xlwings

from walkaway_xl.cells import VALUE, CellError
from walkaway_xl.core.number_style import POINT, NumberStyle
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.excel import Spelling, publish

FIRST_ERROR: Final = -2146828288  # COM hands over Excel's error number n as the integer FIRST_ERROR + n
ERRORS: Final = {  # Excel's XlCVError
    FIRST_ERROR + 2000: "#NULL!",
    FIRST_ERROR + 2007: "#DIV/0!",
    FIRST_ERROR + 2015: "#VALUE!",
    FIRST_ERROR + 2023: "#REF!",
    FIRST_ERROR + 2029: "#NAME?",
    FIRST_ERROR + 2036: "#NUM!",
    FIRST_ERROR + 2042: "#N/A",
    FIRST_ERROR + 2043: "#GETTING_DATA",
    FIRST_ERROR + 2045: "#SPILL!",
    FIRST_ERROR + 2046: "#CONNECT!",
    FIRST_ERROR + 2047: "#BLOCKED!",
    FIRST_ERROR + 2048: "#UNKNOWN!",
    FIRST_ERROR + 2049: "#FIELD!",
    FIRST_ERROR + 2050: "#CALC!",
}
ERROR_NUMBERS: Final = range(FIRST_ERROR + 2000, FIRST_ERROR + 2200)  # with room for those that Excel adds

SEPARATORS: Final = "separators="  # before the numbers of two letters on the command line of this Python

SEVERAL_AREAS: Final = CellError(VALUE, phrase("a range is one block of cells"))


class ExactValues:
    """Reads an argument as the cell holds it.

    xlwings' own converters read ``Range.Value``, which rounds a cell with a currency format to four decimals
    and turns dates into objects one by one.
    """

    @staticmethod
    def reader(options: Any) -> Any:
        """What xlwings runs to read an argument."""
        return _read_exactly


def _read_exactly(context: Any) -> None:
    if context.range is None:
        return  # a constant, or what another function returned: it is in the context already
    cells = context.range.api
    # Of several areas, Value2 would be the first alone.
    context.value = cells.Value2 if cells.Areas.Count == 1 else SEVERAL_AREAS


def read(cell: Any) -> Any:
    """A cell as COM hands it over. Excel's numbers are floats: an integer here is an error value."""
    if type(cell) is int and cell in ERROR_NUMBERS:
        return CellError(ERRORS.get(cell, VALUE))
    return cell


def write(cell: Any) -> Any:
    """A cell of an answer. COM cannot return an error value; the add-in's VBA makes one of its text."""
    return cell.code if isinstance(cell, CellError) else cell


@cache
def numbers() -> NumberStyle:
    """How this Excel writes numbers, which the add-in says as it starts Python; a point where it does not."""
    setting = next((word for word in sys.argv if word.startswith(SEPARATORS)), None)
    if setting is None:
        return POINT
    return NumberStyle(
        *(chr(int(code)) if code else "" for code in setting.removeprefix(SEPARATORS).split(","))
    )


COM = Spelling(
    takes=ExactValues,
    gives="raw",
    read=read,
    write=write,
    alike=frozenset({float, str, bool, type(None)}),
    longest_text=255,  # characters; Excel shows #VALUE! for a longer one in an array
    numbers=numbers,
)

__all__ = publish(globals(), xlwings, COM)
