"""Archives: their parts, the same bytes for the same parts, and how large one from a stranger may be."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, and every encrypted .xlsx
EARLIEST_IN_A_ZIP = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20  # bytes
LEVEL = 6  # of the compression, if nothing else is asked for

# A hand-made archive can ask for all memory there is. No workbook comes near these: Excel's largest sheet of
# numbers, a million rows by twenty columns, is about 1 GB of XML.
MOST_BYTES = 2 << 30
MOST_TIMES_LARGER = 400  # of the whole package; sheets of one repeated row reach about 100
SMALL_ENOUGH = 64 << 20  # below this, how well the package is compressed does not matter

# What `zipfile` raises for an archive that is damaged, or packed in a way that it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def most_unpacked(packed: int) -> int:
    """Bytes that a workbook of so many bytes may unpack to."""
    return max(SMALL_ENOUGH, min(MOST_BYTES, packed * MOST_TIMES_LARGER))


def unpacked(entries: Iterable[zipfile.ZipInfo]) -> int:
    """Bytes that an archive says it unpacks to."""
    return sum(entry.file_size for entry in entries)


def too_large(path: Path) -> int:
    """Bytes that an archive would unpack to if they are too many, otherwise 0.

    Everything is unpacked once, a piece at a time: what an archive says of its own size may be wrong, and
    `DAMAGED` is raised then.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        size = unpacked(entries)
        if size > most_unpacked(path.stat().st_size):
            return size
        for entry in entries:
            with archive.open(entry) as part:
                while part.read(PIECE):
                    pass
    return 0


def names_of(path: Path) -> list[str]:
    """The paths of the parts of an archive that we trust."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive that we trust, by their path and in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: Mapping[str, bytes], level: int = LEVEL) -> bytes:
    """Parts by their path, in their order, as an archive whose bytes depend on them alone.

    Parameters
    ----------
    parts : mapping
        Content by path.
    level : int
        How hard to compress, from 1 to 9.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EARLIEST_IN_A_ZIP)  # without the time of the run
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, level)
    return target.getvalue()
