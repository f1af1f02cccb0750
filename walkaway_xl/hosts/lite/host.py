"""xlwings Lite, as a host."""

from typing import TYPE_CHECKING

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import ANSWER, QUESTION, Difference, Finding, State

if TYPE_CHECKING:
    from openpyxl import Workbook

KEY = "lite"
TITLE = "xlwings Lite (Excel on Windows, Mac and web)"
HOW = (
    "`walkaway-xl lite` writes the `main.py` to paste; `walkaway-xl new seller_price --host lite` a "
    "workbook that carries it."
)
TRIED_WITH = (
    "Pyodide 0.25 under Node with NumPy 2.4 and xlwings 0.37, called as xlwings documents it, and for "
    "blanks Pyodide 314, too; not run in Excel itself"
)
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "`#SPILL!` and other new errors come back as `#VALUE!`",
        "xlwings knows seven error values",
        "look at the cell that the formula refers to",
    ),
)


def ask() -> Finding:
    """It cannot be asked from outside."""
    return Finding(
        State.UNASKED,
        phrase("it runs inside Excel's own window"),
        phrase("type {question} into a cell there: it shows {expected}", question=QUESTION, expected=ANSWER),
    )


def respell(workbook: "Workbook") -> None:
    """Call our functions in the formulas of a workbook as Lite's are called."""
    from walkaway_xl.hosts.lite import lite_workbook

    lite_workbook.respell(workbook)


def with_functions(data: bytes) -> bytes:
    """A finished workbook with the code that its formulas call."""
    from walkaway_xl.hosts.lite import lite_workbook

    return lite_workbook.with_functions(data)
