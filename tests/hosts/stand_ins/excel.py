"""Excel's two ways to call a worksheet function, each in its own spelling of cells.

The tests write cells as `cells` does: None for a blank, CellError for an error value, LEFT_OUT for an
argument that is not given, a list of rows for a range. An answer is a list of rows; an error is its text.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.hosts.stand_ins import lite
from tests.hosts.stand_ins.windows import MISSING, Cells
from walkaway_xl.cells import LEFT_OUT, CellError

ERROR_NUMBERS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#SPILL!": -2146826243,
    "#CALC!": -2146826238,
}

ERROR_TYPES = {  # what Office.js calls the error values that a function may return
    "#DIV/0!": "Div0",
    "#N/A": "NotAvailable",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}


class OverCom:
    """Excel on Windows, through the server that xlwings starts for it."""

    def __init__(self, server: Any, as_cells: bool) -> None:
        self.server = server
        self.as_cells = as_cells

    def call(self, name: str, *arguments: Any) -> Any:
        """What the cells show."""
        spelled = tuple(self._argument(argument) for argument in arguments)
        return in_rows(self.server.CallUDF("walkaway_xl.hosts.excel_com", name, spelled))

    def _argument(self, argument: Any) -> Any:
        if argument is LEFT_OUT:
            return MISSING
        if isinstance(argument, list):
            spelled: Any = tuple(tuple(self._cell(cell) for cell in row) for row in in_rows(argument))
        else:
            spelled = self._cell(argument)
        return Cells(spelled) if self.as_cells else spelled

    @staticmethod
    def _cell(cell: Any) -> Any:
        if isinstance(cell, CellError):
            return ERROR_NUMBERS[cell.code]
        return float(cell) if type(cell) is int else cell


class InLite:
    """xlwings Lite: what its JavaScript hands over, and what xlwings does with it on the way in and out."""

    def __init__(self, functions: dict[str, Any], blank: Any) -> None:
        self.functions = functions
        self.blank = blank

    def call(self, name: str, *arguments: Any) -> Any:
        """What the cells show."""
        rows = self._answer(name, [self._argument(argument) for argument in arguments])
        return [[self._shown(cell) for cell in row] for row in rows]

    def _answer(self, name: str, spelled: list[Any]) -> Any:
        return lite.call(self.functions[name], spelled)

    def _argument(self, argument: Any) -> Any:
        if argument is LEFT_OUT:
            return None
        rows = [[self._cell(cell) for cell in row] for row in in_rows(argument)]
        if len(rows) > 1:
            return rows
        return rows[0][0] if len(rows[0]) == 1 else rows[0]  # a single row arrives flat

    def _cell(self, cell: Any) -> Any:
        if cell is None:
            return self.blank
        if isinstance(cell, CellError):
            kind = ERROR_TYPES.get(cell.code, "Spill")
            return {"type": "Error", "errorType": kind, "basicType": "Error", "basicValue": cell.code}
        if isinstance(cell, datetime):
            return float((cell - datetime(1899, 12, 30)).days)
        if isinstance(cell, Decimal):
            return {"type": "FormattedNumber", "basicValue": float(cell), "numberFormat": "$0.00"}
        return cell

    @staticmethod
    def _shown(cell: Any) -> Any:
        assert type(cell) in (float, int, str, bool), f"Office.js takes no {type(cell).__name__}"
        assert cell in ERROR_TYPES or not str(cell).startswith("#"), f"{cell} would stay a text"
        return cell


def in_rows(cells: Any) -> list[Any]:
    """A cell, a row or a table as a list of rows."""
    if not isinstance(cells, list | tuple):
        return [[cells]]
    return list(cells) if isinstance(cells[0], list | tuple) else [cells]
