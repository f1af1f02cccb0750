"""The mark that a formula spills. Without it Excel shows only the first cell of a formula's result."""

import re
from xml.etree import ElementTree

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import packages
from walkaway_xl.files.packages import CONTENT_TYPES, RELATIONSHIP, Package

SHEET = f"{{{packages.SHEET}}}"
DYNAMIC = "{http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray}dynamicArrayProperties"
KIND = "/sheetMetadata"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"

# As Excel 365 writes it for a workbook with nothing else to say: one kind of metadata, "this cell spills".
PART = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray">'
    b'<metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" '
    b'pasteAll="1" pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" '
    b'clearComments="1" assign="1" coerce="1" cellMeta="1"/></metadataTypes>'
    b'<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
    b'<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
    b'<cellMetadata count="1"><bk><rc t="1" v="0"/></bk>'
    b"</cellMetadata></metadata>"
)


def for_spills(book: Package) -> tuple[int | None, dict[str, bytes]]:
    """The number under which a cell says that its formula spills.

    Parameters
    ----------
    book : Package
        The workbook.

    Returns
    -------
    tuple of int or None, and dict
        The number for the cell's "cm", and the parts that change for it. None where the workbook has metadata
        of other kinds only; its results then stand as array formulas of a fixed size.
    """
    existing = packages.related(book.parts, book.workbook_part, KIND)
    if existing is not None:
        return _number(book.parts[existing]), {}
    relations = packages.relations_of(book.workbook_part)
    part = book.workbook_part.rpartition("/")[0] + "/metadata.xml"
    taken = set(re.findall(rb'Id="([^"]*)"', book.parts[relations]))
    identifier = next(
        name for number in range(1, len(taken) + 2) if (name := f"rIdSpill{number}").encode() not in taken
    )
    return 1, {
        part: PART,
        relations: packages.with_relation(book.parts[relations], identifier, RELATIONSHIP + KIND, f"/{part}"),
        CONTENT_TYPES: packages.with_content_type(book.parts[CONTENT_TYPES], part, CONTENT),
    }


def _number(data: bytes) -> int | None:
    packages.check_xml(data, phrase("the workbook's metadata"))
    root = ElementTree.fromstring(data)
    types = [kind.get("name") for kind in root.iter(f"{SHEET}metadataType")]
    futures = {future.get("name"): list(future) for future in root.iter(f"{SHEET}futureMetadata")}
    for number, block in enumerate(root.iterfind(f"{SHEET}cellMetadata/{SHEET}bk"), start=1):
        for record in block.iter(f"{SHEET}rc"):
            kind, place = int(record.get("t", 0)), int(record.get("v", 0))
            name = types[kind - 1] if 0 < kind <= len(types) else None
            blocks = futures.get(name, [])
            if name == "XLDAPR" and place < len(blocks):
                properties = next(blocks[place].iter(DYNAMIC), None)
                if properties is not None and properties.get("fDynamic") in ("1", "true"):
                    return number
    return None
