"""Workbooks calculated for the tests."""

from io import BytesIO
from typing import Any

import formualizer
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks.draft import Draft


def calculate(data: bytes) -> bytes:
    return formualizer.recalculate_xlsx_bytes(data)["bytes"]


def saved(draft: Draft) -> bytes:
    """The workbook as openpyxl writes it: formulas without values."""
    target = BytesIO()
    draft.workbook.save(target)
    return target.getvalue()


class Values:
    """Calculated values of a draft, by name or by sheet and cell."""

    def __init__(self, draft: Draft) -> None:
        self.workbook = load_workbook(BytesIO(calculate(saved(draft))), data_only=True)

    def __getitem__(self, name: str) -> Any:
        sheet, cell = next(self.workbook.defined_names[name].destinations)
        return self.workbook[sheet][cell.replace("$", "")].value

    def sheet(self, title: str) -> Worksheet:
        return self.workbook[title]


def cell_of(draft: Draft, name: str) -> Any:
    """The cell behind a defined name of a draft."""
    sheet, cell = next(draft.workbook.defined_names[name].destinations)
    return draft.workbook[sheet][cell.replace("$", "")]


def find(sheet: Worksheet, text: str, column: str = "B") -> int:
    """Row of the cell in a column that holds a text."""
    return next(cell.row for cell in sheet[column] if cell.value == text)
