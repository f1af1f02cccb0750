"""Places in a workbook of anybody: cells, ranges, and how they are written.

Here they are numbers, which the engine asks for by the thousand, and may be whole columns or no address at
all. The `Ref` of `sheets/` is the text of a formula that we write, of cells that we know.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files.packages import WorkbookError

Place = tuple[int, int]  # row and column, counted from 1

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of every worksheet since Excel 2007

AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
OPEN_AREA = re.compile(r"\$?([A-Z]*)\$?(\d*)(?::\$?([A-Z]*)\$?(\d*))?")
PLAIN = re.compile(
    r"(?![A-Za-z]{1,3}\d+$|[Rr]\d*[Cc]?\d*$|[Cc]\d*$)[A-Za-z_]\w*", re.ASCII
)  # no cell's address


class Area(NamedTuple):
    """A block of cells by its corners."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def read(cls, text: str) -> "Area":
        """An area as it is written, "B2:C9" or "B2"."""
        match = AREA.fullmatch(text)
        if match is None:
            raise WorkbookError(phrase('"{shown}" is no range of cells; save the workbook again', shown=text))
        left, top, right, bottom = match.groups()
        return cls(int(top), column_number(left), int(bottom or top), column_number(right or left))

    @property
    def text(self) -> str:
        """The area as it is written."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def places(self) -> Iterator[Place]:
        """Its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    def with_area(self, area: "Area") -> "Area":
        """The smallest area that covers both."""
        return Area(
            min(self.top, area.top),
            min(self.left, area.left),
            max(self.bottom, area.bottom),
            max(self.right, area.right),
        )


class Where(NamedTuple):
    """A cell of a workbook."""

    sheet: str
    row: int
    column: int

    @property
    def text(self) -> str:
        """The cell as it is written in a formula."""
        return f"{quoted(self.sheet)}!{address(self.row, self.column)}"


class Reference(NamedTuple):
    """Cells that a formula refers to."""

    sheet: str
    area: Area

    @classmethod
    def read(cls, text: str) -> "Reference | None":
        """A cell or a range with its sheet, "'My sheet'!B2:B9"; whole columns and rows too."""
        sheet, mark, area = text.rpartition("!")
        match = OPEN_AREA.fullmatch(area)
        if not mark or match is None:
            return None
        left, top, right, bottom = match.groups()
        single = right is None and bottom is None
        title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        return cls(
            title,
            Area(
                int(top or 1),
                column_number(left) if left else 1,
                int(top) if single and top else int(bottom or LAST_ROW),
                column_number(left) if single and left else column_number(right) if right else LAST_COLUMN,
            ),
        )


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """Number of a column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(number: int) -> str:
    """Letters of a column, 1 is A."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell as it is written, "B7"."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=1_000)  # sheets; every cell of a workbook asks
def quoted(sheet: str) -> str:
    """A sheet's name as it is written in a formula."""
    return sheet if PLAIN.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
