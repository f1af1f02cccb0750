"""Decimals that follow the currency and the size of the prices, in every cell that shows one."""

import itertools
from collections.abc import Iterator

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import put

PRICES = {
    style.PRICE: (False, False),
    style.PRICE_DELTA: (True, False),
    style.PRICE_BARE: (False, True),
    style.DELTA_BARE: (True, True),
}
"""Number formats of prices: whether they have a sign, and whether they stand without padding."""
COLUMN, CELL = "P", "$P$2"  # where Prepare, Plan and Talks say how many there are
Look = tuple[str, bool]
"""A number format, and whether the cell is typed in."""


def follow(sheet: Worksheet, decimals: str) -> None:
    """Let the prices of a sheet that do not yet follow its cell of decimals do so.

    A typed number keeps the decimals that it was typed with.
    """
    tints, followed = sheet.conditional_formatting, set()
    for formatting in tints:
        if any(rule.dxf is not None and rule.dxf.numFmt for rule in formatting.rules):
            followed |= {cell for area in formatting.sqref.ranges for cell in area.cells}
    # LibreOffice takes the first rule of a cell that holds: numbers come before colours.
    sheet.conditional_formatting = ConditionalFormattingList()
    for letter, first, last, (pattern, is_typed) in _runs(sheet, followed):
        for row in range(first, last + 1):
            put(sheet, f"{letter}{row}", shrink=True)  # so that no large number becomes ###
        cells = f"{letter}{first}:{letter}{last}"
        only = f"{letter}{first}=INT({letter}{first})" if is_typed else ""
        signed, bare = PRICES[pattern]
        blocks.follow_decimals(sheet, cells, decimals, signed=signed, bare=bare, only=only)
    for formatting in tints:
        for rule in formatting.rules:
            rule.priority = 0  # behind those that stand before it by now
            sheet.conditional_formatting.add(str(formatting.sqref), rule)


def _runs(sheet: Worksheet, followed: set[tuple[int, int]]) -> Iterator[tuple[str, int, int, Look]]:
    """Column, first and last row of cells one below the other that look alike."""
    for column in sheet.iter_cols():
        places = [
            (cell.row, (cell.number_format, not cell.protection.locked))
            for cell in column
            if cell.number_format in PRICES and (cell.row, cell.column) not in followed
        ]
        letter = get_column_letter(column[0].column)
        for (look, _), run in itertools.groupby(
            enumerate(places), lambda entry: (entry[1][1], entry[1][0] - entry[0])
        ):
            rows = [row for _, (row, _) in run]
            yield letter, rows[0], rows[-1], look


__all__ = ["follow"]
