"""Workbooks from strangers: counted before they can take all memory there is, read some rows at a time.

A sheet is cut behind rows, and each part is handed to the reader as a small workbook of its own, so that only
the cells of one part are held beside what was made of the others.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake, outlines, packages, zips
from walkaway_xl.files.outlines import Outline
from walkaway_xl.quotes.quote_error import QuoteError

PART = 8 << 20  # bytes of a sheet that are read together
TEXTS_OF_ALL = "sharedStrings"  # which the reader takes in for each part anew

# A cell with a formula and nothing behind it. One whose formula gives an empty text says that it holds text.
WITHOUT_VALUE = re.compile(
    rb'<c\b(?![^>]*\bt="str")([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
# A cell that holds an error. Calamine shows it as a blank.
ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*>")
ROW = re.compile(rb"""[^>]*?\br\s*=\s*["'](\d+)""")


def opened(path: Path) -> Outline:
    """A workbook without its sheets, counted and within the budget."""
    with intake.understood(path):
        return outlines.outlined(path)


def uncalculated(xml: bytes) -> Iterator[tuple[str, int]]:
    """Column and row of each formula that has no stored value; an empty text is one."""
    for cell in WITHOUT_VALUE.finditer(xml) if b"<f" in xml else ():
        if place := PLACE.search(cell[1]):
            yield place[1].decode(), int(place[2])


def cell_errors(path: Path, title: str, xml: bytes) -> Iterator[tuple[str, int, str]]:
    """Column, row and word of each error on a part of a sheet."""
    if b't="e"' not in xml and b"t='e'" not in xml:  # looking for the letters takes no time
        return
    for cell in ERROR.finditer(xml):
        place = PLACE.search(cell[1])
        if place is None:
            raise QuoteError(
                phrase(
                    (
                        "{path}: {sheet} holds the error {error} in a cell without an address; "
                        "save the workbook in a spreadsheet program"
                    ),
                    path=path,
                    sheet=title,
                    error=cell[2].decode(),
                )
            )
        yield place[1].decode(), int(place[2]), cell[2].decode()


def workbook(outline: Outline, sheets: dict[str, bytes]) -> bytes:
    """The workbook with nothing but some sheets, and what they need."""
    package = outline.package
    folder = package.workbook_part.rpartition("/")[0]
    needed = {
        packages.CONTENT_TYPES,
        packages.ROOT_RELATIONS,
        package.workbook_part,
        packages.relations_of(package.workbook_part),
    }
    parts = {
        name: content
        for name, content in package.parts.items()
        if content and (name in needed or (name.rpartition("/")[0] == folder and name.endswith(".xml")))
    }
    return zips.archive_of({**parts, **sheets}, level=0)


def beginning(outline: Outline, name: str, rows: int) -> bytes:
    """A sheet up to the end of one of its rows, or as a whole."""
    xml, end = b"", -1
    for piece in outline.sheet(name):
        xml += piece
        data = DATA.search(xml)
        if data is None:
            continue
        last = b"</" + data[1] + b"row>"
        if xml.count(last) >= rows:
            for _ in range(rows):
                end = xml.index(last, end + 1)
            return xml[: end + len(last)] + _ending(data[1])
    return xml


def cut(outline: Outline, name: str) -> Iterator[bytes]:
    """The XML of a sheet in parts that are sheets themselves, with their rows where they were."""
    texts = sum(len(part) for name, part in outline.package.parts.items() if TEXTS_OF_ALL in name)
    most = max(PART, texts)
    pieces, head, prefix = outline.sheet(name), b"", b""
    waiting: list[bytes] = []
    begin = b""
    for piece in pieces:
        waiting.append(piece)
        if sum(map(len, waiting)) < most:
            continue
        xml = b"".join(waiting)
        waiting = [xml]
        if not head:
            data = DATA.search(xml)
            if data is None:
                continue
            head, prefix = xml[: data.end()], data[1]
        last = b"</" + prefix + b"row>"
        end = xml.rfind(last) + len(last)
        if end < len(last) or xml.find(b"</" + prefix + b"sheetData") >= 0:
            continue
        yield begin + xml[:end] + _ending(prefix)
        begin = head + _row_before(begin + xml[:end], prefix)
        waiting = [xml[end:]]
    yield begin + b"".join(waiting)


def _row_before(xml: bytes, prefix: bytes) -> bytes:
    """An empty row in the place of the last one, so that one without a number comes behind it."""
    start, behind = b"<" + prefix + b"row", 0
    place = xml.rfind(start)
    while place >= 0 and not (row := ROW.match(xml, place)):
        behind += 1
        place = xml.rfind(start, 0, place)
    number = (int(row[1]) if place >= 0 and row else 0) + behind
    return start + b' r="%d"></' % number + prefix + b"row>"


def _ending(prefix: bytes) -> bytes:
    return b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
