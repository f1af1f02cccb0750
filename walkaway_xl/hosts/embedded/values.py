"""What a cell of a workbook shows, and the errors that it may show."""

from collections.abc import Mapping
from typing import NamedTuple

LONGEST_TEXT = 32_767  # characters a cell holds

CALC, SPILL = "#CALC!", "#SPILL!"
# These are the engine's own: a spreadsheet program opens a dialog instead, or knows what the engine does not.
CIRCULAR, NOT_IMPLEMENTED, UNREADABLE = "#CIRC!", "#NIMPL!", "#ERROR!"

IN_EVERY_FILE = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
# What Excel 2016 and every other reader know; Excel 365 stores its newer errors under #VALUE! as well.
STORED: Mapping[str, str] = {
    SPILL: "#VALUE!",
    CALC: "#VALUE!",
    CIRCULAR: "#VALUE!",
    NOT_IMPLEMENTED: "#NAME?",
    UNREADABLE: "#NAME?",
}


class ErrorValue(NamedTuple):
    """An error in a cell."""

    code: str


Value = float | str | bool | None | ErrorValue  # what a cell shows; None is an empty cell


def stored(value: Value) -> Value:
    """A value as a file can hold it."""
    if isinstance(value, ErrorValue):
        return ErrorValue(STORED.get(value.code, value.code))
    return value


def displayed_code(code: str) -> str:
    """An error as the user knows it from a spreadsheet program."""
    return code if code in (SPILL, CALC) else STORED.get(code, code)
