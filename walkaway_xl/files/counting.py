"""What the parts of a workbook hold, counted in their bytes before any of it is made an object.

Counting finds at least as much as any reader of the XML: cells, texts and formulas by their tags whatever the
prefix, places by their spelling, and all that is neither by the signs that begin a tag.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of every sheet since Excel 2007
PIECE = 1 << 20  # bytes that are looked at together
OVERLAP = 256  # bytes of the next piece that belong to a place at the end of one
BLANKS = b" \t\r\n"

# A cell that holds something: of an empty one (`<c r="XFD7" s="3"/>`) no reader of values takes notice.
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["'](?=[^>]*+>(?<!/>))""")
USUAL_PLACE = re.compile(rb""" r="([A-Z]+)(\d+)"(?=[^>]*+>(?<!/>))""")
FAR_AWAY = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]\d{6})')  # beyond Z99999; most sheets have no such cell
NEARBY = 16 << 20  # bytes: in a larger sheet every place is looked at
RANGES = re.compile(rb"""(mergeCell|hyperlink)\s[^<>]*?\bref\s*=\s*["']([^"'<>]*)""")
# Where a pattern begins with letters the search is ten times as fast as where it begins with a tag.
MERGE = re.compile(rb"mergeCell(?<=[<:]mergeCell)[\s/>]")
SPAN = re.compile(rb"col\s(?<=[<:]col\s)([^<>]*)")
END = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,9})""")
AREA = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,9})(?::\$?([A-Z]{1,4})\$?(\d{1,9}))?", re.IGNORECASE)
DATA = re.compile(rb"sheetData(?<=[<:]sheetData)[\s/>]")


class Far(NamedTuple):
    """A cell that no sheet has."""

    address: str


def tags(data: bytes) -> int:
    """Signs that begin a tag."""
    view = np.frombuffer(data, np.uint8)
    return sum(
        int(np.count_nonzero(view[start : start + PIECE] == ord("<"))) for start in range(0, len(view), PIECE)
    )


def elements(data: bytes, name: bytes) -> int:
    """Elements of a name, under whatever prefix."""
    plain = data.count(b"<" + name)
    if plain and plain != data.count(b"<" + name + b" "):  # which is the usual way to write it
        plain = sum(data.count(b"<" + name + bytes([sign])) for sign in (*BLANKS, *b"/>"))
    if b":" + name not in data:
        return plain
    return plain + sum(1 for _ in re.finditer(rb"<[\w.-]+:" + name + rb"[\s/>]", data))


class SheetCount:
    """What a worksheet holds, counted piece by piece; no piece ends inside of a tag."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.merged_ranges: list[str] = []
        self._inside: bool | None = None  # of its data; None before them
        self._unplaced: list[bytes] | None = []  # pieces whose places are not looked at yet
        self._rows, self._columns = 0, {b"A"}

    def add(self, data: bytes) -> None:
        """Count what is in a piece."""
        counts, cells = self.counts, elements(data, b"c")
        counts["looks"] += self._tags_outside(data)
        counts["cells"] += cells
        counts["formulas"] += elements(data, b"f")
        counts["merges"] += sum(1 for _ in MERGE.finditer(data)) if b"mergeCell" in data else 0
        for kind, area in _ranges(data):
            counts["merged"] += size(area)
            if kind == b"mergeCell":
                self.merged_ranges.append(area)
        counts["spans"] += _spans(data)
        if self._unplaced is not None:
            self._unplaced.append(data)
            if sum(map(len, self._unplaced)) <= NEARBY and _is_near(data, cells):
                return
            for piece in self._unplaced[:-1]:
                self._place(piece, elements(piece, b"c"))
            self._unplaced = None
        self._place(data, cells)

    def result(self) -> tuple[Counter[str], Far | None]:
        """What the sheet holds, by the names of the budget, and a cell of it that no sheet has."""
        counts = self.counts
        counts["blanks"] = 0
        if self._unplaced is None:
            last = max(self._columns, key=lambda letters: (len(letters), letters.upper()))
            width = column_number(last.decode())
            if self._rows > LAST_ROW or width > LAST_COLUMN:
                return counts, Far(f"{last.decode()[:9]}{self._rows}")
            counts["blanks"] = max(0, self._rows * width - counts["cells"])
        return counts, None

    def _tags_outside(self, data: bytes) -> int:
        """Tags of a piece that are not within the data of the sheet."""
        begin = 0
        if self._inside is None:
            start = DATA.search(data)
            if start is None:
                return tags(data)
            self._inside, begin = True, start.start()
        if not self._inside:
            return tags(data)
        end = data.find(b"sheetData", begin + 1)
        if end < 0:
            return tags(data[:begin])
        self._inside = False
        return tags(data[:begin]) + tags(data[end:])

    def _place(self, data: bytes, cells: int) -> None:
        """Note the last row, and the columns, of the cells that hold something."""
        is_usual = data.count(b' r="') >= cells
        for start in range(0, len(data), PIECE):
            places = (USUAL_PLACE if is_usual else PLACE).findall(data, start, start + PIECE + OVERLAP)
            if places:
                columns, rows = map(set, zip(*places, strict=True))
                self._columns |= columns
                self._rows = max(self._rows, max(int(digits[:9]) for digits in rows))


def sheet(data: bytes) -> tuple[Counter[str], Far | None]:
    """What a worksheet holds, by the names of the budget, and a cell of it that no sheet has."""
    count = SheetCount()
    count.add(data)
    return count.result()


def _is_near(data: bytes, cells: int) -> bool:
    """Whether no cell is so far away that many blank ones could be between."""
    return data.count(b' r="') >= cells and not FAR_AWAY.search(data)


def _ranges(data: bytes) -> Iterator[tuple[bytes, str]]:
    if b"mergeCell" in data or b"hyperlink" in data:
        for match in RANGES.finditer(data):
            yield match[1], match[2].decode("utf-8", "replace")


def _spans(data: bytes) -> int:
    """Columns that descriptions of columns are for; readers go through each of them."""
    return sum(
        max(0, int(ends.get(b"max", 0)) - int(ends.get(b"min", 0))) + 1
        for match in SPAN.finditer(data)
        if (ends := dict(END.findall(match[1])))
    )


def size(area: str) -> int:
    """Cells of a range as it is written, a single one if it cannot be read."""
    match = AREA.fullmatch(area.strip())
    if match is None or match[3] is None:
        return 1
    rows = abs(int(match[4]) - int(match[2])) + 1
    return rows * (abs(column_number(match[3]) - column_number(match[1])) + 1)


def column_number(letters: str) -> int:
    """Number of a column, A is 1."""
    number = 0
    for letter in letters[:9].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
