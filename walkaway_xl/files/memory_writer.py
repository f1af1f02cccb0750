"""Workbooks of openpyxl as bytes. The library would put each sheet into a temporary file, as plain text."""

import re
import zipfile
from io import BytesIO

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

# The library writes the format's default kind out, on blank cells too, and some readers take those for zeros.
NUMBER = re.compile(rb'(<c [^<>]*?) t="n"')


class _Writer(ExcelWriter):  # type: ignore[misc]
    """The library's own, with its one method that writes to a file written to memory."""

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        sheet = WorksheetWriter(ws, BytesIO())
        sheet.write()
        ws._rels = sheet._rels
        self._archive.writestr(ws.path[1:], NUMBER.sub(rb"\1", sheet.out.getvalue()))
        self.manifest.append(ws)


def saved(workbook: Workbook, *, compress: bool = True) -> bytes:
    """A workbook as the bytes of its file.

    `Workbook.save` would also put the time of the run into it.

    Parameters
    ----------
    workbook : Workbook
        The workbook.
    compress : bool
        False for bytes that do not leave the memory.
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        _Writer(workbook, archive).save()
    return target.getvalue()
