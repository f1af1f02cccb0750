"""How much the pages of a Parquet file hold once they are unpacked, as their heads say.

A file of a few kilobytes can unpack to gigabytes, and readers make room for a page by what its head says. So
the heads are walked through, a group of lines after the other, before anything is read. Polars tells nothing
of them. They are written in Thrift's compact protocol.
"""

import mmap
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from walkaway_xl.files import intake

MAGIC = b"PAR1"
END = struct.Struct("<L4s")  # bytes of the footer, and the magic
DEEPEST = 16  # structures in each other; a footer has six
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
# Fields by their numbers, as parquet.thrift has them.
ROW_GROUPS, COLUMNS, COLUMN = 4, 1, 3
PACKED, FIRST_PAGE, DICTIONARY = 7, 9, 11
PAGE_UNPACKED, PAGE_PACKED = 2, 3


def refuse_large_groups(path: Path) -> None:
    """Refuse a file with a group of lines that unpacks to more than the budget allows.

    Parameters
    ----------
    path : Path
        The file; what is damaged in it raises ValueError.
    """
    try:
        _refuse_large_groups(path)
    except (LookupError, TypeError, struct.error, OverflowError):
        raise ValueError("its list of pages is damaged") from None


def _refuse_large_groups(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        length, magic = END.unpack(data[-END.size :])
        begin = len(data) - END.size - length
        if magic != MAGIC or begin < 0:
            raise ValueError("no Parquet file, or only a part of one")
        footer = _Reader(data, begin).structure()
        for group in footer.get(ROW_GROUPS, ()):
            unpacked = 0
            for size in _pages(data, group):
                unpacked += size
                intake.refuse_excess(path, "group", unpacked, len(data))


def _pages(data: mmap.mmap, group: Mapping[int, Any]) -> Iterator[int]:
    """Bytes of the pages of a group of lines."""
    for chunk in group[COLUMNS]:
        column = chunk[COLUMN]
        place = min(column[FIRST_PAGE], column.get(DICTIONARY) or column[FIRST_PAGE])
        end = place + column[PACKED]
        if not 0 <= place <= end <= len(data):
            raise ValueError("a column lies outside of the file")
        while place < end:
            reader = _Reader(data, place)
            page = reader.structure()
            if page[PAGE_PACKED] < 0 or page[PAGE_UNPACKED] < 0:
                raise ValueError("a page has less than no bytes")
            yield page[PAGE_UNPACKED]
            place = reader.place + page[PAGE_PACKED]


class _Reader:
    """Reads what Thrift's compact protocol has written."""

    def __init__(self, data: mmap.mmap, place: int):
        self.data, self.place = data, place

    def structure(self, depth: int = 0) -> dict[int, Any]:
        """The fields of a structure by their numbers."""
        if depth > DEEPEST:
            raise ValueError("structures are nested too deeply")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            step, kind = divmod(head, 16)
            number = number + step if step else self._number()
            fields[number] = kind == TRUE if kind in (TRUE, FALSE) else self._value(kind, depth)
        return fields

    def _byte(self) -> int:
        byte = self.data[self.place]
        self.place += 1
        return byte

    def _natural(self) -> int:
        natural = shift = 0
        while True:
            byte = self._byte()
            natural |= (byte & 0x7F) << shift
            if byte < 0x80:
                return natural
            shift += 7
            if shift > 63:
                raise ValueError("a number is too long")

    def _number(self) -> int:
        natural = self._natural()
        return (natural >> 1) ^ -(natural & 1)

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (I16, I32, I64):
            return self._number()
        if kind == BINARY:
            length = self._natural()
            self.place += length
            return None  # names and statistics are of no interest
        if kind in (LIST, SET):
            count, inner = divmod(self._byte(), 16)
            count = self._natural() if count == 15 else count
            if count > len(self.data):
                raise ValueError("a list is longer than the file")
            return [self._value(BYTE if inner in (TRUE, FALSE) else inner, depth) for _ in range(count)]
        if kind == STRUCT:
            return self.structure(depth + 1)
        if kind in (BYTE, DOUBLE):
            self.place += 1 if kind == BYTE else 8
            return None
        raise ValueError(f"a value of the unknown kind {kind}")
