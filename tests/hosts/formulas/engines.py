"""Two engines that read LAMBDA, each in the spelling that it understands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from tests.calls import rows_of
from walkaway_xl.cells import DAY_ZERO, LEFT_OUT, CellError

FAR = 20_000  # a row below every cell of a question


class Formulon:
    """Formulas as they are typed, by name in a workbook."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.formulon = pytest.importorskip("formulon")
        self.book = self.formulon.Workbook.create_default()
        for name, formula in names.items():
            self.book.set_defined_name(name, formula)

    def answer(self, name: str, arguments: Sequence[Any], *, in_cells: bool) -> list[list[Any]]:
        """What a function shows of arguments that stand in cells, or as constants in the formula."""
        spelled, column = [], 0
        for cells in arguments:
            if cells is LEFT_OUT:
                spelled.append("")
            elif in_cells:
                spelled.append(self._placed(rows_of(cells), column))
                column += len(rows_of(cells)[0])
            else:
                spelled.append(constant(cells))
        return self.shown(f"={name}({','.join(spelled)})")

    def shown(self, formula: str) -> list[list[Any]]:
        """What a formula shows."""
        rows = self.book.evaluate_formula_array(0, FAR, 0, formula)
        return [[self._value(cell) for cell in row] for row in rows]

    def _value(self, cell: Any) -> Any:
        is_error = cell.kind.name == "ERROR"
        return self.formulon.error_display_name(cell.error_code) if is_error else cell.to_python()

    def _placed(self, rows: Sequence[Sequence[Any]], column: int) -> str:
        for row, line in enumerate(rows):
            for place, cell in enumerate(line, column):
                self._put(row, place, cell)
        first, last = f"{get_column_letter(column + 1)}1", get_column_letter(column + len(rows[0]))
        return first if len(rows) == len(rows[0]) == 1 else f"{first}:{last}{len(rows)}"

    def _put(self, row: int, column: int, cell: Any) -> None:
        if cell is None:
            self.book.set_blank(0, row, column)
        elif isinstance(cell, CellError):
            ((error,),) = self.book.evaluate_formula_array(0, FAR, 0, f"={cell.code}")
            self.book.set_error(0, row, column, error.error_code)
        elif isinstance(cell, bool):
            self.book.set_bool(0, row, column, cell)
        elif isinstance(cell, str):
            self.book.set_text(0, row, column, cell)
        else:
            self.book.set_number(0, row, column, number(cell))


class IronCalc:
    """A workbook as a file holds it, its formulas below each other on the first sheet."""

    def __init__(self, data: bytes, path: Path) -> None:
        ironcalc = pytest.importorskip("ironcalc")
        path.write_bytes(data)
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.model.evaluate()

    def shown(self, row: int) -> Any:
        """What the formula of a row shows."""
        return self.model.get_cell_value(0, row, 1)


def call(name: str, arguments: Sequence[Any]) -> str:
    """A call with its arguments as constants."""
    return f"={name}({','.join('' if cells is LEFT_OUT else constant(cells) for cells in arguments)})"


def constant(cells: Any) -> str:
    """Cells as a constant of a formula, in which a blank is the empty text."""
    if isinstance(cells, list | tuple):
        return "{" + ";".join(",".join(map(constant, row)) for row in rows_of(cells)) + "}"
    if cells is None:
        return '""'
    if isinstance(cells, CellError):
        return cells.code
    if isinstance(cells, bool):
        return str(cells).upper()
    if isinstance(cells, str):
        return '"' + cells.replace('"', '""') + '"'
    digits, _, exponent = repr(number(cells)).partition("e")
    return f"{digits}E{int(exponent):+d}" if exponent else digits.removesuffix(".0")


def number(cell: Any) -> float:
    """A number or a date as a spreadsheet has it."""
    return (cell - DAY_ZERO).total_seconds() / 86_400 if isinstance(cell, datetime) else float(cell)
