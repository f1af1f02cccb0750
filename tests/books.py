"""Workbooks as bytes, and what their cells show."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook

from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.sheets.draft import Draft


def saved(book: Workbook | Draft) -> bytes:
    """The workbook as openpyxl writes it: formulas without values."""
    target = BytesIO()
    (book.workbook if isinstance(book, Draft) else book).save(target)
    return target.getvalue()


def values(book: bytes | Path, *addresses: str, sheet: str | None = None) -> list[Any]:
    """What cells of the first sheet show, or of another one."""
    source = BytesIO(book) if isinstance(book, bytes) else book
    workbook = openpyxl.load_workbook(source, data_only=True)
    cells = workbook[sheet] if sheet else workbook.worksheets[0]
    return [cells[address].value for address in addresses]


def linked_to(book: bytes, *linked: str) -> bytes:
    """A workbook with links to other files, as Excel stores them; formulas refer to them by number."""
    space = "http://schemas.openxmlformats.org"
    kind = f"{space}/officeDocument/2006/relationships/externalLink"
    whole = parts_of(book)
    workbook, relations, types = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    listed = "".join(f'<externalReference r:id="linked{number}"/>' for number in range(1, len(linked) + 1))
    added = f'</sheets><externalReferences xmlns:r="{kind.rpartition("/")[0]}">{listed}</externalReferences>'
    whole[workbook] = whole[workbook].replace(b"</sheets>", added.encode())
    relation = '<Relationship Id="{}" Type="{}" Target="{}"{}/>'.format
    for number, file in enumerate(linked, 1):
        part = f"externalLinks/externalLink{number}.xml"
        own = relation(f"linked{number}", kind, part, "")
        whole[relations] = whole[relations].replace(b"</Relationships>", f"{own}</Relationships>".encode())
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
        own = f'<Override PartName="/xl/{part}" ContentType="{media}"/></Types>'
        whole[types] = whole[types].replace(b"</Types>", own.encode())
        whole[f"xl/{part}"] = f'<externalLink xmlns="{space}/spreadsheetml/2006/main"/>'.encode()
        whole[f"xl/externalLinks/_rels/externalLink{number}.xml.rels"] = (
            f'<Relationships xmlns="{space}/package/2006/relationships">'
            + relation("rId1", f"{kind}Path", file, ' TargetMode="External"')
            + "</Relationships>"
        ).encode()
    return archive_of(whole)
