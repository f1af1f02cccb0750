"""Cells by the names that a workbook gives them, however the workbook was changed since."""

import re
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.word_list import WordList

LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
PART = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!,:\[\]]+))!"
    r"(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)",
    re.IGNORECASE,
)


class UnreadableNameError(WalkawayError):
    """A name that stands for no cells of its workbook."""


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

    @classmethod
    def of(cls, spot: Spot) -> "Block":
        """A cell as a block of one."""
        return cls(spot.sheet, spot.column, spot.row, spot.column, spot.row)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)

    @property
    def first(self) -> Spot:
        """Its upper left cell."""
        return Spot(self.sheet, self.top, self.left)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of its sheet lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def common(self, other: "Block") -> "Block | None":
        """What two blocks share, if they do."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        shared = Block(self.sheet, left, top, right, bottom)
        return shared if self.sheet == other.sheet and left <= right and top <= bottom else None


def block(title: str, cells: str) -> Block:
    """A range of a sheet; whole rows and columns end where sheets end."""
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    return Block(title, left or 1, top or 1, right or LAST_COLUMN, bottom or LAST_ROW)


def blocks(workbook: Workbook, name: DefinedName) -> list[Block]:
    """The cells that a name stands for.

    Raises
    ------
    UnreadableNameError
        It stands for something else, or its cells or their sheet were deleted.
    """
    titles = {title.casefold(): title for title in workbook.sheetnames}
    text, areas, position = name.attr_text or "", [], 0
    while part := PART.match(text, position):
        title = (part["quoted"] or part["plain"]).replace("''", "'")
        if title.casefold() not in titles:
            break
        areas.append(block(titles[title.casefold()], part["cells"]))
        position = part.end()
        if position == len(text):
            return areas
        if text[position] != ",":
            break
        position += 1
    raise UnreadableNameError(
        phrase(
            "the name {name} stands for {shown}, which are no cells of this workbook",
            name=name.name,
            shown=text or phrase("nothing"),
        )
    )


def code_of(values: Workbook, words: WordList, shown: object) -> str:
    """What a cell that was chosen from a list means, whatever the language of its workbook.

    Parameters
    ----------
    values : Workbook
        The workbook with its values.
    words : WordList
        The list as our formulas know it.
    shown : object
        What the cell shows.

    Returns
    -------
    str
        The word as it stands in `words`; empty if the cell shows none of the list.
    """
    shown_words = named_column(values, words.column)
    return next((word for word, cell in zip(words.words, shown_words, strict=False) if cell == shown), "")


def word_shown(values: Workbook, words: WordList, code: str) -> str:
    """How a workbook says a word of one of our lists; empty if it has no such word.

    Parameters
    ----------
    values : Workbook
        The workbook with its values.
    words : WordList
        The list as our formulas know it.
    code : str
        The word as it stands in `words`.
    """
    (shown,) = named_column(values, words[code]) or [None]
    return "" if shown is None else str(shown)


def named_column(values: Workbook, name: str) -> list[Any]:
    """The values of the cells of a name, those of its first column; none if it stands for no cells."""
    return [first for first, *_ in named_rows(values, name)]


def named_rows(values: Workbook, name: str) -> list[tuple[Any, ...]]:
    """The values of the cells of a name, row by row; none if it stands for no cells."""
    defined = values.defined_names.get(name)
    if defined is None:
        return []
    try:
        areas = blocks(values, defined)
    except UnreadableNameError:
        return []
    return [
        row
        for area in areas
        for row in values[area.sheet].iter_rows(
            area.top,
            min(area.bottom, values[area.sheet].max_row),
            area.left,
            min(area.right, values[area.sheet].max_column),
            values_only=True,
        )
    ]


def stored_cells(sheet: Worksheet, area: Block | None = None) -> list[Cell]:
    """The cells of a sheet that its file holds, in reading order.

    A range of a million rows has as many cells as were written, and no more.
    """
    places = (place for place in sheet._cells if area is None or area.holds(*place))
    return [sheet._cells[place] for place in sorted(places)]
