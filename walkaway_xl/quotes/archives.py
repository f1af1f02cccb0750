"""Workbooks from strangers: refused before they can take all memory there is."""

import re
from collections.abc import Iterator
from pathlib import Path

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake, packages
from walkaway_xl.files.packages import Package
from walkaway_xl.quotes.quote_error import QuoteError

# A cell with a formula and nothing behind it. One whose formula gives an empty text says that it holds text.
WITHOUT_VALUE = re.compile(
    rb'<c\b(?![^>]*\bt="str")([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
# A cell that holds an error. Calamine shows it as a blank.
ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')


def opened(path: Path) -> Package:
    """The package of a workbook, counted and within the budget."""
    with intake.understood(path):
        return packages.opened(intake.content(path))


def uncalculated(path: Path, sheet: str) -> Iterator[tuple[str, int]]:
    """Column and row of each formula of a sheet that has no stored value; an empty text is one."""
    for cell in WITHOUT_VALUE.finditer(_part(opened(path), sheet)):
        if place := PLACE.search(cell[1]):
            yield place[1].decode(), int(place[2])


def cell_errors(path: Path, book: Package, sheet: str) -> Iterator[tuple[str, int, str]]:
    """Column, row and word of each error on a sheet."""
    part = _part(book, sheet)
    if b't="e"' not in part and b"t='e'" not in part:  # looking for the letters takes no time
        return
    for cell in ERROR.finditer(part):
        place = PLACE.search(cell[1])
        if place is None:
            raise QuoteError(
                phrase(
                    (
                        "{path}: {sheet} holds the error {error} in a cell without an address; "
                        "save the workbook in a spreadsheet program"
                    ),
                    path=path,
                    sheet=sheet,
                    error=cell[2].decode(),
                )
            )
        yield place[1].decode(), int(place[2]), cell[2].decode()


def _part(book: Package, title: str) -> bytes:
    """The XML of a sheet."""
    part = next((sheet.part for sheet in book.sheets if sheet.title == title), None)
    return book.parts[part] if part else b""
