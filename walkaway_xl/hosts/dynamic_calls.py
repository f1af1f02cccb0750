"""Cells whose formulas call functions that may answer with a range, as Excel stores those that may spill.

A file that does not say so makes Excel take the first cell of every answer, and show an @ before the call.
"""

import re
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula

from walkaway_xl.files import packages, spills


def as_arrays(workbook: Workbook, respelled: Callable[[str], str]) -> None:
    """Make array formulas of those that call the functions.

    Parameters
    ----------
    workbook : Workbook
        The workbook, which is changed.
    respelled : callable
        A formula with the calls as the host spells them; empty where it has none.
    """
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                _make_array(cell, respelled)


def _make_array(cell: Cell, respelled: Callable[[str], str]) -> None:
    is_array = isinstance(cell.value, ArrayFormula)
    text = str(cell.value.text if is_array else cell.value) if cell.data_type == "f" else ""
    if called := respelled(text):
        cell.value = ArrayFormula(cell.value.ref if is_array else cell.coordinate, called)


def marked(data: bytes, calls: str) -> bytes:
    """A finished workbook whose cells with such calls say that they may spill.

    Parameters
    ----------
    data : bytes
        The workbook.
    calls : str
        A regular expression for the calls in a formula.
    """
    book = packages.opened(data)
    number, changed = spills.for_spills(book)
    # Behind the address, which some readers expect first.
    cell = re.compile(
        rb'<c( r="[^"]*")?(?= )(?![^>]*\bcm=)(?=[^>]*>\s*<f[^>]*>[^<]*' + calls.encode() + rb")"
    )
    mark = rb'<c\1 cm="%d"' % (number or 0)
    sheets = {sheet.part: cell.sub(mark, book.parts[sheet.part]) for sheet in book.sheets}
    return book.with_parts({**changed, **sheets})
