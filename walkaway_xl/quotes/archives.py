"""Workbooks from strangers: refused before they can take all memory there is."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from walkaway_xl.limits import OLE_HEADER, most_unpacked
from walkaway_xl.quotes.errors import QuoteError

PIECE = 1 << 20
# A cell with a formula and nothing behind it. One whose formula gives an empty text says that it holds text.
WITHOUT_VALUE = re.compile(
    rb'<c\b(?![^>]*\bt="str")([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')


def refuse_unreadable(path: Path) -> None:
    """Refuse what is no workbook, or is one that grows beyond all measure when it is unpacked.

    Everything is unpacked once, a piece at a time: what an archive says of its own size may be wrong.
    """
    with path.open("rb") as file:
        if file.read(len(OLE_HEADER)) == OLE_HEADER:
            raise QuoteError(
                f"{path}: this is an old .xls workbook or one with a password; "
                "save it as .xlsx without a password"
            )
    most = most_unpacked(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            left = most - sum(entry.file_size for entry in entries)
            for entry in entries if left >= 0 else ():
                with archive.open(entry) as part:
                    while part.read(PIECE):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise QuoteError(
            f"{path}: this is no .xlsx workbook, or a damaged one ({error}); save it again"
        ) from None
    if left < 0:
        raise QuoteError(
            f"{path}: unpacked, this workbook would take {(most - left) / 2**20:,.0f} MB; "
            "save the lines as .csv or .parquet"
        )


def uncalculated(path: Path, sheet: str) -> Iterator[tuple[str, int]]:
    """Column and row of each formula of a sheet that has no stored value; an empty text is one."""
    from walkaway_xl.hosts.embedded import package  # most workbooks have no blanks that make one ask

    book = package.opened(path.read_bytes())
    part = next((each.part for each in book.sheets if each.title == sheet), None)
    for cell in WITHOUT_VALUE.finditer(book.parts[part]) if part else ():
        if place := PLACE.search(cell[1]):
            yield place[1].decode(), int(place[2])
