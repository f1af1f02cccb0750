"""Workbooks too long to be held: everything but the sheets is held, and a sheet is read piece by piece."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget, intake, zips
from walkaway_xl.files.packages import (
    Counts,
    Package,
    WorkbookError,
    check_entries,
    package_of,
    refuse_declarations,
    refuse_excess,
    refuse_other_kinds,
)
from walkaway_xl.files.part_xml import DATA


class Outline(NamedTuple):
    """A workbook without what is on its sheets."""

    path: Path
    package: Package  # whose sheets are empty
    merged: Mapping[str, Sequence[str]]  # ranges, by the part of their sheet

    def sheet(self, part: str) -> Iterator[bytes]:
        """What is in the part of a sheet, piece by piece; no piece ends inside of a tag."""
        with zips.opened(self.path) as archive:
            yield from _whole_tags(zips.pieces(archive, archive.getinfo(part)))


def outlined(path: Path) -> Outline:
    """A workbook of which only what is on no sheet is held in memory; all of it is counted.

    Parameters
    ----------
    path : Path
        An .xlsx or .xlsm file. WorkbookError says what is wrong with anything else.
    """
    packed = intake.ordinary(path)
    refuse_excess("this workbook", "packed", packed)
    with path.open("rb") as file:
        refuse_other_kinds(file)
    try:
        with zips.opened(path) as archive:
            entries = tuple(archive.infolist())
            check_entries(entries)
            refuse_excess("this workbook", "unpacked", sum(entry.file_size for entry in entries), packed)
            size = 0

            def pieces(part: str) -> Iterator[bytes]:
                nonlocal size
                for piece in zips.pieces(archive, archive.getinfo(part)):
                    size += len(piece)
                    refuse_excess("this workbook", "unpacked", size, packed)
                    yield piece

            parts = {entry.filename: _held(entry.filename, pieces(entry.filename)) for entry in entries}
            package = package_of(entries, parts)
            counts = Counts(package, packed)
            merged = {
                name: counts.add(name, [part] if part else _whole_tags(pieces(name)))
                for name, part in parts.items()
            }
    except zips.DAMAGED as error:
        raise WorkbookError(
            phrase("this workbook is damaged ({error}); save or copy it again", error=error)
        ) from None
    budget.current().spend(unpacked=size)
    counts.spend()
    return Outline(path, package, merged)


def _held(name: str, pieces: Iterator[bytes]) -> bytes:
    """A part as a whole; nothing of one that shows in its first piece that it is a sheet."""
    first = next(pieces, b"")
    if not DATA.search(first):
        return first + b"".join(pieces)
    refuse_declarations(first, name)
    return b""


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind tags."""
    rest = b""
    for piece in pieces:
        end = piece.rfind(b">") + 1
        if end:
            yield rest + piece[:end]
            rest = piece[end:]
        else:
            rest += piece
    if rest:
        yield rest
