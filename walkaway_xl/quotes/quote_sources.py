"""Where the bytes of a quote book are: in its file, packed in another one, or on standard input."""

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from walkaway_xl import files
from walkaway_xl.files import intake
from walkaway_xl.files.zips import OLE_HEADER

STANDARD_INPUT = "-"
PIECE = 1 << 20
PACKED: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


def kind_of(path: Path) -> str:
    """What the name of a file says it is, packed or not: .csv of lines.csv.gz, too."""
    kind = path.suffix.lower()
    return Path(path.stem).suffix.lower() if kind in PACKED else kind


def unpacked(path: Path) -> Path:
    """The file itself, or what is packed in it."""
    if path.suffix.lower() not in PACKED:
        return path
    packed, size = intake.ordinary(path), 0
    copy = _place(path.stem)
    with intake.understood(path), PACKED[path.suffix.lower()](path) as source, copy.open("wb") as target:
        while piece := source.read(PIECE):
            size += len(piece)
            intake.refuse_excess(path, "unpacked", size, packed)
            target.write(piece)
    return copy


def standard_input() -> Path:
    """What comes in on standard input, kept in a file that is called as what it is."""
    data = sys.stdin.buffer.read(PIECE)
    kind = ".csv"
    if data.startswith(b"PK"):
        kind = ".ods" if b"opendocument.spreadsheet" in data[:200] else ".xlsx"
        kind = ".xlsb" if b"xl/workbook.bin" in data else kind
    elif data.startswith(OLE_HEADER):
        kind = ".xls"
    elif data.startswith(b"PAR1"):
        kind = ".parquet"
    copy = _place(f"standard input{kind}")
    with copy.open("wb") as target:
        while data:
            target.write(data)
            data = sys.stdin.buffer.read(PIECE)
    return copy


def kept(name: str, data: bytes) -> Path:
    """A file of some bytes under its name, in the scratch folder."""
    copy = _place(name)
    with copy.open("wb") as target:
        target.write(data)
    return copy


def _place(name: str) -> Path:
    """A place in a folder of its own, so that the file keeps its name."""
    scratch = files.scratch_folder()
    folder = scratch / f"unpacked{len(list(scratch.iterdir()))}"
    folder.mkdir()
    return folder / name
