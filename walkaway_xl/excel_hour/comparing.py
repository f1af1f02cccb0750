"""Cells of a workbook as Excel shows them, held to the values that its file stores."""

import math
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

TOLERANCE = 1e-9  # of a number, relative to its size
LISTED = 20  # cells that a report names; the rest is counted


class Compared(NamedTuple):
    """What became of the cells of a workbook."""

    cells: int
    differences: tuple[str, ...]
    """Sheet and address of each cell that differs, with the stored value and the one that is shown."""

    def __str__(self) -> str:
        return f"{self.cells:,} cells, {len(self.differences):,} differ"


def compare(stored: bytes, book: Any, errors: dict[int, str]) -> Compared:
    """Hold every cell to the file.

    Parameters
    ----------
    stored : bytes
        The workbook, with its values.
    book : object
        The same workbook, open in Excel.
    errors : dict
        How COM hands over error values, by their texts.
    """
    count = 0
    differences: list[str] = []
    for sheet in openpyxl.load_workbook(BytesIO(stored), data_only=True).worksheets:
        shown = rows_of(book.Worksheets(sheet.title), sheet.max_row, sheet.max_column)
        for row, column, value in _cells(sheet):
            count += 1
            now = shown[row - 1][column - 1]
            now = errors.get(now, f"error {now}") if type(now) is int else now
            if not is_same(value, now):
                place = f"{sheet.title}!{get_column_letter(column)}{row}"
                differences.append(f"{place}: {_said(value)} in the file, {_said(now)} in Excel")
    return Compared(count, tuple(differences))


def rows_of(sheet: Any, rows: int, columns: int) -> Any:
    """The values of a block of cells from the first one on, as rows; a number that is whole is an error."""
    block = sheet.Range(f"A1:{get_column_letter(columns)}{rows}").Value2
    return block if isinstance(block, list | tuple) else ((block,),)


def _cells(sheet: Worksheet) -> Iterator[tuple[int, int, Any]]:
    for row in sheet.iter_rows():
        for cell in row:
            yield cell.row, cell.column, cell.value


def is_same(stored: Any, shown: Any) -> bool:
    """Whether two values are one: a date is its number, and an empty text is a blank."""
    if isinstance(stored, date | time | timedelta):
        stored = to_excel(stored)
    if stored in (None, "") or shown in (None, ""):
        return stored in (None, "") and shown in (None, "")
    if isinstance(stored, bool) or isinstance(shown, bool) or isinstance(stored, str):
        return type(stored) is type(shown) and stored == shown
    if not isinstance(shown, int | float):
        return False
    return math.isclose(stored, shown, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _said(value: Any) -> str:
    return "nothing" if value in (None, "") else repr(value)
