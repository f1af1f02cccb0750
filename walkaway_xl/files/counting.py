"""What the parts of a workbook hold, counted in their bytes before any of it is made an object.

Counting finds at least as much as any reader of the XML: cells, texts and formulas by their tags whatever the
prefix, places by their spelling, and all that is neither by the signs that begin a tag.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from walkaway_xl.files.part_xml import DATA

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of every sheet since Excel 2007
PIECE = 1 << 20  # bytes that are looked at together
BLANKS = b" \t\r\n"

# A cell that holds something: of an empty one (`<c r="XFD7" s="3"/>`) no reader of values takes notice.
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["'](?=(?:[^"'>]|"[^"]*"|'[^']*')*+>(?<!/>))""")
USUAL = b'<c r="'  # how a cell begins, whoever wrote the file
USUAL_PLACE = re.compile(rb"""<c r="([A-Za-z]+)(\d+)"(?=(?:[^"'>]|"[^"]*"|'[^']*')*+>(?<!/>))""")
FAR_AWAY = re.compile(rb' r="(?:[A-Za-z]{2}|[A-Za-z]\d{6})')  # beyond Z99999; most sheets have no such cell
ANY_PLACE = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]""")
ROW = re.compile(rb"<(?:[^\s<>/:]+:)?row[\s/>]")
NUMBER_OF_ROW = re.compile(rb"""row\s(?<=[<:]row\s)[^<]*?\br\s*=\s*["'](\d{1,9})""")
NEARBY = 16 << 20  # bytes: in a larger sheet every place is looked at
RANGES = re.compile(rb"""(mergeCell|hyperlink)\s[^<]*?\bref\s*=\s*["']([^"'<>]*)""")
# Where a pattern begins with letters the search is ten times as fast as where it begins with a tag.
MERGE = re.compile(rb"mergeCell(?<=[<:]mergeCell)[\s/>]")
SPAN = re.compile(rb"col\s(?<=[<:]col\s)([^<]*)")
END = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,9})""")
AREA = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,9})(?::\$?([A-Z]{1,4})\$?(\d{1,9}))?", re.IGNORECASE)
END_OF_DATA = re.compile(rb"</(?:[^\s<>/:]+:)?sheetData\s*>")


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
    return plain + sum(1 for _ in re.finditer(rb"<[^\s<>/:]+:" + name + rb"[\s/>]", data))


class SheetCount:
    """What a worksheet holds, counted piece by piece; no piece ends inside of a tag."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.merged_ranges: list[str] = []
        self._inside: bool | None = None  # of its data; None before them
        self._unplaced: list[bytes] | None = []  # pieces whose places are not looked at yet
        self._rows, self._columns = 0, {b"A"}
        self._row_tags, self._wide, self._widest = 0, 0, 0  # cells of the last row, and of the longest

    def add(self, data: bytes) -> None:
        """Count what is in a piece."""
        counts, cells = self.counts, elements(data, b"c")
        counts["looks"] += self._tags_outside(data)
        counts["cells"] += cells
        self._row_tags += elements(data, b"row")
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
        counts = Counter(self.counts)
        counts["looks"] += max(0, self._row_tags - counts["cells"])  # heights, of rows without cells
        counts["blanks"] = 0
        if self._unplaced is None:
            last = max(self._columns, key=lambda letters: (len(letters), letters.upper()))
            width = max(column_number(last.decode()), min(self._widest, LAST_COLUMN))
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
            is_empty = data[: data.find(b">", start.end() - 1)].endswith(b"/")
            self._inside, begin = not is_empty, start.start()
        if not self._inside:
            return tags(data)
        end = END_OF_DATA.search(data, begin)
        if end is None:
            return tags(data[:begin])
        self._inside = False
        return tags(data[:begin]) + tags(data[end.start() :])

    def _place(self, data: bytes, cells: int) -> None:
        """Note the last row, and the columns, of the cells that hold something."""
        is_usual, start = data.count(USUAL) >= cells, 0
        while start < len(data):
            end = data.find(b"<", start + PIECE)  # no tag belongs to two pieces
            end = end if end >= 0 else len(data)
            places = (USUAL_PLACE if is_usual else PLACE).findall(data, start, end)
            if places:
                columns, rows = map(set, zip(*places, strict=True))
                self._columns |= columns
                self._rows = max(self._rows, max(int(digits[:9]) for digits in rows))
            start = end
        if not is_usual and sum(1 for _ in ANY_PLACE.finditer(data)) < cells:
            self._place_in_order(data)

    def _place_in_order(self, data: bytes) -> None:
        """Note how far cells reach that have no place of their own: each is behind the one before."""
        first, *others = (elements(row, b"c") for row in ROW.split(data))
        in_rows = [self._wide + first, *others]
        self._wide, self._widest = in_rows[-1], max(self._widest, *in_rows)
        self._rows = max(self._rows, self._row_tags, *map(int, NUMBER_OF_ROW.findall(data)))


def sheet(data: bytes) -> tuple[Counter[str], Far | None]:
    """What a worksheet holds, by the names of the budget, and a cell of it that no sheet has."""
    count = SheetCount()
    count.add(data)
    return count.result()


def _is_near(data: bytes, cells: int) -> bool:
    """Whether no cell is so far away that many blank ones could be between."""
    return data.count(USUAL) >= cells and not FAR_AWAY.search(data)


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
