"""Values typed into cells of a workbook while all else of it stays as it is, byte for byte."""

from collections.abc import Mapping

from walkaway_xl.files import packages
from walkaway_xl.hosts.embedded.places import Place
from walkaway_xl.hosts.embedded.sheet_xml import SheetXml
from walkaway_xl.hosts.embedded.values import Value


def entered(data: bytes, cells: Mapping[str, Mapping[Place, Value]]) -> bytes:
    """A workbook with values in cells that held no formula; their styles stay.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx file.
    cells : mapping
        Values by the title of their sheet and their row and column; a day as its number.
    """
    book = packages.opened(data)
    changed = {
        sheet.part: SheetXml(sheet.title, book.parts[sheet.part]).with_values((), cells[sheet.title])
        for sheet in book.sheets
        if sheet.title in cells
    }
    return book.with_parts(changed)
