"""Formulas of Excel itself, as a host."""

from typing import TYPE_CHECKING

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import ANSWER, QUESTION, Difference, Finding, State
from walkaway_xl.hosts.formulas.without import OVERFLOWING, WITHOUT

if TYPE_CHECKING:
    from openpyxl import Workbook

KEY = "formulas"
TITLE = "Formulas in the workbook (Excel 365 and 2024, Windows, Mac and web)"
HOW = (
    "`walkaway-xl formulas` writes a plain .xlsx that has the functions as LAMBDA names: no add-in, no "
    "macro, no Python; `walkaway-xl formulas --into BOOK.xlsx` adds them to your own workbook. [Without an "
    "installation](formulas.md) says more."
)
TRIED_WITH = (
    "two engines that read LAMBDA: Formulon 0.18, the formulas as they are typed, and IronCalc 0.9.1, single "
    "cells of the stored file; not run in Excel itself"
)
DIFFERENCES: tuple[Difference, ...] = (
    *(
        Difference(f"{name} is not there", reason, "use one of the other hosts")
        for name, reason in WITHOUT.items()
    ),
    Difference(
        "a first argument that is left out, as in `F(,1)`, counts as a blank cell",
        "to a LAMBDA the two are the same",
        "give it",
    ),
    Difference(
        f"near the largest number that a cell holds (1E+308), {', '.join(OVERFLOWING)} show an error or 0",
        "a spreadsheet has no infinite number to go on with",
        "give amounts in thousands or millions",
    ),
)


def ask() -> Finding:
    """It cannot be asked from outside."""
    return Finding(
        State.UNASKED,
        phrase("the functions are in a workbook"),
        phrase(
            ("open one that walkaway-xl formulas writes, and type {question}: it shows {answer}"),
            question=QUESTION,
            answer=ANSWER,
        ),
    )


def respell(workbook: "Workbook") -> None:
    """Let the formulas of a workbook that call our functions be such as may spill."""
    from walkaway_xl.hosts.formulas import into_book

    into_book.respell(workbook)


def with_functions(data: bytes) -> bytes:
    """A finished workbook with the names that its formulas call."""
    from walkaway_xl.hosts.formulas import into_book

    return into_book.with_called(data)
