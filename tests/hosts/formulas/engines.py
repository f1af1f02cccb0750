"""Two engines that read LAMBDA, each in the spelling that it understands."""

from collections.abc import Mapping, Sequence
from typing import Any

import formulon

from tests.calls import rows_of
from walkaway_xl.cells import LEFT_OUT, CellError

FAR = 300  # a row below every cell of a question


class Formulon:
    """The formulas as they are typed, by name in a workbook; a question in cells, or in constants."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.book = formulon.Workbook.create_default()
        for name, formula in names.items():
            self.book.set_defined_name(name, formula)

    def answer(self, name: str, arguments: Sequence[Any], *, in_cells: bool) -> list[list[Any]]:
        told = []
        column = 0
        for cells in arguments:
            if cells is LEFT_OUT:
                told.append("")
            elif in_cells:
                told.append(self._placed(cells, column))
                column += len(rows_of(cells)[0])
            else:
                told.append(constant(cells))
        return self.shown(f"={name}({','.join(told)})")

    def shown(self, formula: str) -> list[list[Any]]:
        """What a formula shows."""
        rows = self.book.evaluate_formula_array(0, FAR, 200, formula)
        return [[_value(cell) for cell in row] for row in rows]

    def _placed(self, cells: Any, column: int) -> str:
        rows = rows_of(cells)
        for row, line in enumerate(rows):
            for place, cell in enumerate(line, column):
                self._put(row, place, cell)
        first, last = address(0, column), address(len(rows) - 1, column + len(rows[0]) - 1)
        return first if first == last else f"{first}:{last}"

    def _put(self, row: int, column: int, cell: Any) -> None:
        if cell is None:
            self.book.set_blank(0, row, column)
        elif isinstance(cell, CellError):
            self.book.set_formula(0, row, column, f"={cell.code}")
        elif isinstance(cell, bool):
            self.book.set_bool(0, row, column, cell)
        elif isinstance(cell, str):
            self.book.set_text(0, row, column, cell)
        else:
            self.book.set_number(0, row, column, float(cell))


def address(row: int, column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def constant(cells: Any) -> str:
    """Cells as constants of a formula; a blank is the empty text."""
    if isinstance(cells, list | tuple):
        return "{" + ";".join(",".join(constant(cell) for cell in row) for row in rows_of(cells)) + "}"
    if cells is None:
        return '""'
    if isinstance(cells, CellError):
        return cells.code
    if isinstance(cells, bool):
        return str(cells).upper()
    if isinstance(cells, str):
        return '"' + cells.replace('"', '""') + '"'
    text = repr(float(cells)).upper()
    return (
        text.removesuffix(".0")
        if "E" not in text
        else text.replace("E", "E+")
        if "E-" not in text and "E+" not in text
        else text
    )


def _value(cell: Any) -> Any:
    return formulon.error_display_name(cell.error_code) if cell.kind.name == "ERROR" else cell.to_python()
