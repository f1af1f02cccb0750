"""What the parts of a workbook hold, counted in their bytes before any of it is made an object.

Counting finds at least as much as any reader of the XML: cells, texts and formulas by their tags whatever the
prefix, places by their spelling, and all that is neither by the signs that begin a tag.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from walkaway_xl.files.markup import DATA

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of every sheet since Excel 2007
PIECE = 1 << 20  # bytes that are looked at together
BLANKS = b" \t\r\n"

# A cell that holds something: of an empty one (`<c r="XFD7" s="3"/>`) no reader of values takes notice.
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["'](?=(?:[^"'>]|"[^"]*"|'[^']*')*+>(?<!/>))""")
USUAL = b'<c r="'  # how a cell begins, whoever wrote the file
USUAL_PLACE = re.compile(rb"""<c r="([A-Za-z]+)(\d+)"(?=(?:[^"'>]|"[^"]*"|'[^']*')*+>(?<!/>))""")
FAR_AWAY = re.compile(rb' r="(?:[A-Za-z]{2}|[A-Za-z]\d{6})')  # beyond Z99999; most sheets have no such cell
ANY_PLACE = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]""")
ROW = re.compile(rb"""row\s(?<=[<:]row\s)[^<>]*?\br\s*=\s*["'](\d{1,9})""")
NEAR = 26 * 100_000
RANGES = re.compile(rb"""(?:mergeCell|hyperlink)\s[^<]*?\bref\s*=\s*["']([^"'<>]*)""")
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
    plain = sum(data.count(b"<" + name + bytes([sign])) for sign in (*BLANKS, *b"/>"))
    if b":" + name not in data:
        return plain
    return plain + sum(1 for _ in re.finditer(rb"<[^\s<>/:]+:" + name + rb"[\s/>]", data))


def sheet(data: bytes) -> tuple[Counter[str], Far | None]:
    """What a worksheet holds, by the names of the budget, and a cell of it that no sheet has."""
    counts: Counter[str] = Counter()
    counts["looks"] = tags(data) - tags(_inside(data))
    counts["cells"] = elements(data, b"c")
    counts["looks"] += max(0, elements(data, b"row") - counts["cells"])  # heights, of rows without cells
    counts["formulas"] = elements(data, b"f")
    counts["merges"] = sum(1 for _ in MERGE.finditer(data)) if b"mergeCell" in data else 0
    counts["merged"] = sum(map(size, _ranges(data)))
    counts["spans"] = _spans(data)
    box, far = _box(data, counts["cells"])
    counts["blanks"] = max(0, box - counts["cells"])
    return counts, far


def _inside(data: bytes) -> bytes:
    """The rows of a sheet."""
    begin = DATA.search(data)
    if begin is None or data[: data.find(b">", begin.end() - 1)].endswith(b"/"):
        return b""
    end = END_OF_DATA.search(data, begin.end())
    return data[begin.start() : end.start() if end else len(data)]


def _box(data: bytes, cells: int) -> tuple[int, Far | None]:
    """Cells of the smallest block from A1 that holds all that hold something."""
    is_usual = data.count(USUAL) >= cells
    if is_usual and not FAR_AWAY.search(data):
        return min(NEAR, cells), None
    rows, columns, start = 0, {b"A"}, 0
    while start < len(data):
        end = data.find(b"<", start + PIECE)  # no tag belongs to two pieces
        end = end if end >= 0 else len(data)
        places = (USUAL_PLACE if is_usual else PLACE).findall(data, start, end)
        if places:
            columns.update({letters for letters, _ in places})
            rows = max(rows, max(int(digits[:9]) for _, digits in places))
        start = end
    last = max(columns, key=lambda letters: (len(letters), letters.upper()))
    width = column_number(last.decode())
    if not is_usual and sum(1 for _ in ANY_PLACE.finditer(data)) < cells:  # the others follow each other
        rows = max(rows, elements(data, b"row"), *map(int, ROW.findall(data)))
        width = max(width, min(LAST_COLUMN, max(elements(row, b"c") for row in data.split(b"row"))))
    if rows > LAST_ROW or width > LAST_COLUMN:
        return 0, Far(f"{last.decode()[:9]}{rows}")
    return rows * width, None


def _ranges(data: bytes) -> Iterator[str]:
    if b"mergeCell" in data or b"hyperlink" in data:
        for match in RANGES.finditer(data):
            yield match[1].decode("utf-8", "replace")


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
