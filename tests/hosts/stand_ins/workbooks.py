"""Questions asked in a workbook: those of the contract at once, so that a program is started once for all."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from tests.calls import rows_of
from tests.hosts.contract import Question
from walkaway_xl.cells import LEFT_OUT, CellError
from walkaway_xl.hosts.contract import Host


class InAWorkbook:
    """A host that calculates workbooks: questions below each other, their cells on a second sheet.

    Parameters
    ----------
    host : Host
        What it shows decides how much room an answer gets.
    questions : sequence of Question
        All that will be asked.
    calculated : callable
        The first sheet with what the host shows, of a workbook as bytes.
    """

    def __init__(
        self, host: Host, questions: Sequence[Question], calculated: Callable[[bytes], Worksheet]
    ) -> None:
        workbook = openpyxl.Workbook()
        sheet, data = workbook.active, workbook.create_sheet("Data")
        places, row, free = [], 1, 1
        for question in questions:
            told = []
            for cells in question.arguments:
                reference, free = _written(data, cells, free)
                told.append(reference)
            formula = f"={question.name}({','.join(told)})"
            rows = question.shown_by(host)
            width, height = len(rows[0]), len(rows)
            area = f"A{row}:{get_column_letter(width)}{row + height - 1}"
            sheet[f"A{row}"] = formula if width == height == 1 else ArrayFormula(area, formula)
            places.append(area)
            row += height
        target = BytesIO()
        workbook.save(target)
        shown = calculated(target.getvalue())
        self.shown: dict[Question, list[list[Any]]] = {}
        for question, area in zip(questions, places, strict=True):
            self.shown[question] = [[cell.value for cell in line] for line in shown[area]]

    def answer(self, question: Question) -> list[list[Any]]:
        """What the host shows."""
        return self.shown[question]


def _written(data: Worksheet, cells: Any, free: int) -> tuple[str, int]:
    """Cells as an argument, written from a free row on; and the next free row."""
    if cells is LEFT_OUT:
        return "", free
    rows = rows_of(cells)
    for place, values in enumerate(rows):
        for column, value in enumerate(values, 1):
            given = f"={value.code}" if isinstance(value, CellError) else value
            data.cell(free + place, column, given)
    last = free + len(rows) - 1
    alone = len(rows) == len(rows[0]) == 1
    more = "" if alone else f":${get_column_letter(len(rows[0]))}${last}"
    return f"Data!$A${free}{more}", last + 1
