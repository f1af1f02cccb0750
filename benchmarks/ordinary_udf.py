"""A function as xlwings' ordinary route calls it, for `excel_server.py`."""

from typing import Any

import xlwings


@xlwings.func
def check_of_values(offer: float, walkaway: float, side: str, target: float) -> str:
    """Whether an offer is worse than a walk-away, by xlwings' usual conversion of values."""
    return "WALK AWAY" if (offer - walkaway) * (1 if side == "seller" else -1) < 0 else "ACCEPTABLE"


@xlwings.func
@xlwings.arg("cells", "raw")
def check_of_objects(cells: Any) -> str:
    """The same of objects, which are asked back for their values."""
    return check_of_values(*map(_read, cells))


def _read(cell: Any) -> Any:
    """The value of a cell, with what xlwings 0.37 asks a Range for on the way, but for its type."""
    from win32com.client.dynamic import Dispatch

    cell = Dispatch(cell)
    _ = cell.Worksheet, cell.Row, cell.Column, cell.Rows.Count, cell.Columns.Count
    return cell.Value
