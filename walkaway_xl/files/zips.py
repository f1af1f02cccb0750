"""Archives: their parts, piece by piece, and the same bytes for the same parts."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, and every encrypted .xlsx
EARLIEST_IN_A_ZIP = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20  # bytes
LEVEL = 6  # of the compression, if nothing else is asked for

# What `zipfile` raises for an archive that is damaged, or packed in a way that it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part of an archive piece by piece; asked for all at once, it could be of any size."""
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            yield piece


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive of somebody else; whoever reads from it counts."""
    with zipfile.ZipFile(path) as archive:
        yield archive


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
