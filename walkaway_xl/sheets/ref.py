"""Where cells are: addresses that can be asked and moved, and stand in a formula as they are."""

import itertools
from collections.abc import Iterable

from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname, range_boundaries
from openpyxl.utils.cell import absolute_coordinate


class Ref(str):
    """Cells of a sheet as a formula anywhere names them.

    It is the text itself, so that a formula takes it as it stands.

    >>> prices = Ref.to("For them", "E8:E15")
    >>> prices, prices.column("G"), prices.nth(2)
    ("'For them'!$E$8:$E$15", "'For them'!$G$8:$G$15", "'For them'!$E$10")
    """

    __slots__ = ()

    @classmethod
    def to(cls, title: str, cells: str) -> "Ref":
        """The reference to cells of the sheet with that title."""
        return cls(f"{quote_sheetname(title)}!{absolute_coordinate(cells)}")

    @property
    def sheet(self) -> str:
        """The title of its sheet."""
        return self.rpartition("!")[0].strip("'").replace("''", "'")

    @property
    def absolute(self) -> str:
        """It without its sheet, as a conditional format has it: "$E$8:$E$15"."""
        return self.rpartition("!")[2]

    @property
    def cells(self) -> str:
        """It as people write it: "E8:E15"."""
        return self.absolute.replace("$", "")

    @property
    def address(self) -> str:
        """It with its sheet, as people write it: "'For them'!E8:E15"."""
        return self.replace("$", "")

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """First column, first row, last column, last row; counted from 1."""
        left, top, right, bottom = range_boundaries(self.cells)
        return left, top, right, bottom

    @property
    def first_row(self) -> int:
        """Its first row."""
        return self.corners[1]

    @property
    def last_row(self) -> int:
        """Its last row."""
        return self.corners[3]

    def _at(self, left: int, top: int, right: int, bottom: int) -> "Ref":
        first, last = (f"${get_column_letter(x)}${y}" for x, y in ((left, top), (right, bottom)))
        sheet = self.rpartition("!")[0]
        return Ref(f"{sheet}!{first}" if first == last else f"{sheet}!{first}:{last}")

    def column(self, letter: str) -> "Ref":
        """The same rows in another column."""
        number = column_index_from_string(letter)
        return self._at(number, self.first_row, number, self.last_row)

    def nth(self, index: int) -> "Ref":
        """A cell of its first column, from 0 on."""
        left, top, _, _ = self.corners
        return self._at(left, top + index, left, top + index)

    def across(self, index: int) -> "Ref":
        """A cell of its first row, from 0 on."""
        left, top, _, _ = self.corners
        return self._at(left + index, top, left + index, top)

    def across_column(self, index: int) -> "Ref":
        """One of its columns as a whole, from 0 on."""
        left, top, _, bottom = self.corners
        return self._at(left + index, top, left + index, bottom)

    def shift(self, rows: int) -> "Ref":
        """As many rows, so much further down."""
        left, top, right, bottom = self.corners
        return self._at(left, top + rows, right, bottom + rows)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.last_row - self.first_row + 1

    def longer(self, rows: int) -> "Ref":
        """It with so many more rows below."""
        return self.without(last=-rows)

    def without(self, first: int = 0, last: int = 0) -> "Ref":
        """It without so many of its first and of its last rows."""
        left, top, right, bottom = self.corners
        return self._at(left, top + first, right, bottom - last)


def right_of(cell: str) -> str:
    """The cell beside one on the same sheet.

    >>> right_of("D12")
    'E12'
    """
    column, row, _, _ = range_boundaries(cell)
    return f"{get_column_letter(column + 1)}{row}"


def joined(references: Iterable[str]) -> list[Ref]:
    """References with those that lie one below the other made one, each cell once.

    >>> joined(["'Plan'!$C$4", "'Plan'!$C$5", "'Plan'!$C$7", "'Plan'!$C$4"])
    ["'Plan'!$C$4:$C$5", "'Plan'!$C$7"]
    """
    columns: dict[tuple[str, int, int], set[int]] = {}
    for reference in map(Ref, references):
        left, top, right, bottom = reference.corners
        columns.setdefault((reference.sheet, left, right), set()).update(range(top, bottom + 1))
    blocks = []
    for (sheet, left, right), rows in columns.items():
        first, last = get_column_letter(left), get_column_letter(right)
        for top in sorted(row for row in rows if row - 1 not in rows):
            bottom = next(row for row in itertools.count(top) if row + 1 not in rows)
            cells = f"{first}{top}" if (left, top) == (right, bottom) else f"{first}{top}:{last}{bottom}"
            blocks.append(Ref.to(sheet, cells))
    return blocks
