"""Workbooks as bytes, and what their cells show."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook

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
