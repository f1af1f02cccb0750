"""Calculates workbooks where there is no spreadsheet program: every formula, native ones and ours.

An engine reads a copy of the workbook and calculates it. Its values then go into the cells of the original,
whose other bytes stay as they are. The engine is loaded when something is calculated.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from walkaway_xl.files.packages import WorkbookError
    from walkaway_xl.hosts.embedded.calculation import (
        Calculated,
        ErrorCell,
        KeptCell,
        SheetCount,
        calculate,
        calculate_file,
        calculate_from,
    )

__all__ = [
    "Calculated",
    "ErrorCell",
    "KeptCell",
    "SheetCount",
    "WorkbookError",
    "calculate",
    "calculate_file",
    "calculate_from",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.calculation"), name)
