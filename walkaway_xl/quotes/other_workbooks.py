"""Errors in cells of .xls and .ods files, which their reader shows as blanks."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import olefile
from lxml import etree

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake, zips
from walkaway_xl.quotes.quote_error import QuoteError

Error = tuple[int, int, str]  # its row and column, counted from 0, and the word

# Codes of [MS-XLS] 2.5.10, BErr.
WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
SHEET, FORMULA, VALUE, END = 0x0085, 0x0006, 0x0205, 0x000A

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MOST_REPEATED = 1 << 14  # of one cell, so that a row of blanks to the end of the sheet costs nothing


def errors_of(path: Path, sheet: str) -> list[Error]:
    """Place and word of each error on a sheet of an .xls or .ods file."""
    with intake.understood(path):
        return list(_of_ods(path, sheet) if path.suffix.lower() == ".ods" else _of_xls(path, sheet))


def refuse_oversized(path: Path) -> None:
    """Refuse an .ods or .xlsb file that unpacks to more than the budget allows; an .xls is not packed."""
    packed = intake.ordinary(path)
    intake.refuse_excess(path, "packed", packed)
    if path.suffix.lower() == ".xls":
        return
    size = 0
    with intake.understood(path), zips.opened(path) as archive:
        for entry in archive.infolist():
            for piece in zips.pieces(archive, entry):
                size += len(piece)
                intake.refuse_excess(path, "unpacked", size, packed)


def _of_xls(path: Path, sheet: str) -> Iterator[Error]:
    with olefile.OleFileIO(str(path)) as file:
        name = next((name for name in ("Workbook", "Book") if file.exists(name)), None)
        if name is None:
            raise QuoteError(
                phrase("{path}: this is no .xls workbook; save it as .xlsx without a password", path=path)
            )
        data = file.openstream(name).read()
    start = next((where for where, title in _sheets(data) if title == sheet), None)
    if start is None:
        raise QuoteError(
            phrase(
                ("{path}: sheet {sheet} cannot be looked through for errors; save it as .xlsx"),
                path=path,
                sheet=sheet,
            )
        )
    depth = 0
    for kind, content in _records(data, start):
        depth += kind == 0x0809  # a chart may begin inside
        depth -= kind == END
        if depth == 0:
            return
        if kind == VALUE and len(content) >= 8 and content[7] == 1:
            row, column = struct.unpack_from("<HH", content)
            yield row, column, WORDS.get(content[6], "#N/A")
        if kind == FORMULA and len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == 2:
            row, column = struct.unpack_from("<HH", content)
            yield row, column, WORDS.get(content[8], "#N/A")


def _records(data: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, start)
        yield kind, data[start + 4 : start + 4 + size]
        start += 4 + size


def _sheets(data: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet begins, and its title."""
    for kind, content in _records(data):
        if kind == SHEET:
            (start,) = struct.unpack_from("<I", content)
            length, is_wide = content[6], content[7] & 1
            title = content[8 : 8 + length * (2 if is_wide else 1)]
            yield start, title.decode("utf-16-le" if is_wide else "latin-1")
        if kind == END:
            return


def _of_ods(path: Path, sheet: str) -> Iterator[Error]:
    with zips.opened(path) as archive, archive.open("content.xml") as content:
        on_sheet, row, column = False, 0, 0
        for event, element in etree.iterparse(content, events=("start", "end"), resolve_entities=False):
            tag = element.tag
            if tag == f"{TABLE}table":
                on_sheet, row = event == "start" and element.get(f"{TABLE}name") == sheet, 0
            elif tag == f"{TABLE}table-row":
                if event == "start":
                    column = 0
                else:
                    row += int(element.get(f"{TABLE}number-rows-repeated", 1))
                    element.clear()
            elif tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell") and event == "end":
                repeated = int(element.get(f"{TABLE}number-columns-repeated", 1))
                if on_sheet and element.get(f"{CALC}value-type") == "error":
                    for beside in range(min(repeated, MOST_REPEATED)):
                        yield row, column + beside, _text(element)
                column += repeated


def _text(element: Any) -> str:
    text = "".join(element.itertext()).strip()
    return text if text.startswith("#") else "#N/A"  # Err:502 and its like are no words of others
