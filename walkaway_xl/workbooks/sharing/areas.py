"""Which cells of a workbook are for the other side, and which are for nobody else."""

from collections.abc import Iterator
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.workbooks.draft import PRIVATE_NAME, SHARE_SAFE_NAME


class ShareError(WalkawayError):
    """A workbook that no copy can be made of, and why."""


class Spot(NamedTuple):
    """One cell: title of its sheet, row and column."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell as people write it."""
        return f"{self.sheet}!{get_column_letter(self.column)}{self.row}"


class Block(NamedTuple):
    """A rectangle of cells."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return (self.left, self.top) == (self.right, self.bottom)

    @property
    def first(self) -> Spot:
        """Its upper left cell."""
        return Spot(self.sheet, self.top, self.left)

    def holds(self, spot: Spot) -> bool:
        """Whether a cell lies in it."""
        return (
            spot.sheet == self.sheet
            and self.top <= spot.row <= self.bottom
            and self.left <= spot.column <= self.right
        )


def block(title: str, cells: str) -> Block:
    """A range of a sheet as a block; whole columns and rows end where sheets end."""
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    return Block(title, left or 1, top or 1, right or 1 << 14, bottom or 1 << 20)


def share_safe(workbook: Workbook) -> list[Block]:
    """The areas that may be shown, in the order of their sheets."""
    return [
        found
        for sheet in workbook.worksheets
        if SHARE_SAFE_NAME in sheet.defined_names
        for found in _blocks(sheet.defined_names[SHARE_SAFE_NAME])
    ]


def private(workbook: Workbook) -> list[Block]:
    """What never reaches the other side; cells that only one formula needs stand alone in the name."""
    name = workbook.defined_names.get(PRIVATE_NAME)
    if name is None:
        raise ShareError(
            f"this workbook does not say what is private: its name {PRIVATE_NAME} was deleted. Bring it back "
            "from an older version of the file, or print the page to PDF"
        )
    return list(_blocks(name))


def _blocks(name: DefinedName) -> Iterator[Block]:
    if "#REF!" in name.attr_text:
        raise ShareError(
            f"cells that belong to the name {name.name} were deleted, so that nobody can tell what is "
            "private. Take #REF! out of it in the list of names"
        )
    for title, cells in name.destinations:
        yield block(title, cells)


def headline_names(workbook: Workbook) -> dict[Spot, str]:
    """The names of single cells."""
    found = {}
    for text, name in workbook.defined_names.items():
        is_range = name.type == "RANGE" and "!" in name.attr_text  # a name may stand for another one
        for each in _blocks(name) if is_range and text != PRIVATE_NAME else ():
            if each.is_one_cell:
                found[each.first] = text
    return found
