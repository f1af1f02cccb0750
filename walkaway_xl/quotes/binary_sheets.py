"""What the reader of .xlsb files does not show: errors in cells, merged ranges, and how large a sheet gets.

The records are those of [MS-XLSB] 2.1.4: a kind of one or two bytes, a size of one to four, the content.
"""

import posixpath
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake, zips
from walkaway_xl.quotes.other_workbooks import WORDS, Error
from walkaway_xl.quotes.quote_error import QuoteError

FOLDER = "xl"
WORKBOOK, RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
ROW, ERROR, FORMULA_ERROR, CELLS = 0, 3, 11, range(2, 12)
SHEET, BEGIN_CELLS, END_CELLS, MERGED = 156, 145, 146, 176
# Cells that the reader passes over: short ones, and rich texts in their cells. Excel writes neither.
UNREAD = (*range(12, 19), 62)


class Sheet(NamedTuple):
    """What else a sheet holds; rows and columns are counted from 0."""

    errors: list[Error]
    merged: list[tuple[int, int, int, int]]  # top, left, bottom and right


def looked_through(path: Path) -> dict[str, Sheet]:
    """The sheets of an .xlsb file by their titles; QuoteError names cells that its reader passes over.

    Parameters
    ----------
    path : Path
        The file, which must be within the budget when it is unpacked.
    """
    with intake.understood(path), zips.opened(path) as archive:
        parts = dict(_parts(archive.read))
        return {title: _sheet(path, title, archive.read(part)) for title, part in parts.items()}


def _parts(read: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    """Title and part of each sheet."""
    parser = etree.XMLParser(resolve_entities=False)
    relations = etree.fromstring(read(RELATIONS), parser)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for kind, content in _records(read(WORKBOOK)):
        if kind == SHEET:
            identifier, end = _text(content, 8)
            title, _ = _text(content, end)
            yield title, posixpath.normpath(posixpath.join("/", FOLDER, targets[identifier])).lstrip("/")


def _sheet(path: Path, title: str, data: bytes) -> Sheet:
    sheet, extent = Sheet([], []), _Extent()
    row, is_within = 0, False
    for kind, content in _records(data):
        if kind in (BEGIN_CELLS, END_CELLS):
            is_within = kind == BEGIN_CELLS
        elif kind == MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", content)
            sheet.merged.append((top, left, bottom, right))
            extent.merge((bottom + 1 - top) * (right + 1 - left))
        elif not is_within:
            continue
        elif kind == ROW:
            (row,) = struct.unpack_from("<I", content)
        elif kind in CELLS:
            (column,) = struct.unpack_from("<I", content)
            extent.add(row, column)
            if kind in (ERROR, FORMULA_ERROR):
                sheet.errors.append((row, column, WORDS.get(content[8], "#N/A")))
        elif kind in UNREAD:
            raise QuoteError(
                phrase(
                    "{path}: sheet {sheet} holds cells of a kind that cannot be read; save it as .xlsx",
                    path=path,
                    sheet=title,
                )
            )
    extent.refuse(path)
    return sheet


class _Extent:
    """How much room a reader makes for the cells of a sheet."""

    def __init__(self) -> None:
        self.cells = self.merges = self.merged = 0
        self.top = self.left = 1 << 32
        self.bottom = self.right = -1

    def add(self, row: int, column: int) -> None:
        self.cells += 1
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    def merge(self, cells: int) -> None:
        self.merges += 1
        self.merged += cells

    def refuse(self, path: Path) -> None:
        area = (self.bottom + 1 - self.top) * (self.right + 1 - self.left) if self.cells else 0
        for limit, count in (
            ("cells", self.cells),
            ("blanks", area - self.cells),
            ("merges", self.merges),
            ("merged", self.merged),
        ):
            intake.refuse_excess(path, limit, count, path.stat().st_size)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind > 127:
            kind = kind & 127 | (data[place] & 127) << 7
            place += 1
        size = shift = 0
        while shift < 28:
            part = data[place]
            size |= (part & 127) << shift
            place, shift = place + 1, shift + 7
            if part < 128:
                break
        yield kind, data[place : place + size]
        place += size


def _text(content: bytes, place: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", content, place)
    end = place + 4 + 2 * length
    return content[place + 4 : end].decode("utf-16-le"), end
