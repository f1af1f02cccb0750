"""Values typed into cells of a workbook while all else of it stays as it is, byte for byte."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import unescape

from walkaway_xl.files import packages
from walkaway_xl.hosts.embedded.places import Place
from walkaway_xl.hosts.embedded.sheet_xml import SheetXml
from walkaway_xl.hosts.embedded.values import Value

PRINT_AREA = re.compile(rb"(<(?:\w+:)?definedName\s[^>]*_xlnm\.Print_Area[^>]*>)([^<]*?)(\d+)(?=</)")


def entered(
    data: bytes, cells: Mapping[str, Mapping[Place, Value]], printed: Mapping[str, int] | None = None
) -> bytes:
    """A workbook with values in cells that held no formula; their styles stay.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx file.
    cells : mapping
        Values by the title of their sheet and their row and column; a day as its number.
    printed : mapping, optional
        The last row that is printed, by the title of its sheet.
    """
    book = packages.opened(data)
    changed = {
        sheet.part: SheetXml(sheet.title, book.parts[sheet.part]).with_values((), cells[sheet.title])
        for sheet in book.sheets
        if sheet.title in cells
    }
    if printed:
        names = book.parts[book.workbook_part]
        changed[book.workbook_part] = PRINT_AREA.sub(lambda match: _until(match, printed), names)
    return book.with_parts(changed)


def _until(match: re.Match[bytes], printed: Mapping[str, int]) -> bytes:
    """A print area that ends at another row, if its sheet is one of those."""
    area = unescape(match[2].decode(), {"&apos;": "'"})
    row = printed.get(area.partition("!")[0].strip("'").replace("''", "'"))
    return match[0] if row is None else match[1] + match[2] + str(row).encode()
