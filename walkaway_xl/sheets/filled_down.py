"""Formulas that were filled down take the room of one, as in the files that Excel writes.

The first cell of such a column spells the formula out and says how far it reaches; the cells below refer to
it by a number. The other cells of such a row need no address when they directly follow their neighbour.
"""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.utils import column_index_from_string

from walkaway_xl.functions import CATALOGUE

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Texts and names of sheets, where nothing is a reference; or a column and the row that it moves with.
MOVING = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!)|(?<![\w$.])(\$?[A-Z]{1,3})(\d+)(?![\w(.!])""")
# What Excel does not share itself, and misreads: other sheets, constants in braces, a computed range.
# A function of ours becomes a link to the add-in's file where that is loaded, and those Excel shares neither.
NEVER_SHARED = re.compile(rf"[!{{\[]|\):|\b(?:{'|'.join(CATALOGUE)})\(")


def share_formulas(root: Any) -> None:
    """Let the cells of a worksheet's part share formulas that are the same but for their row."""
    followers = set()
    for number, (cells, run) in enumerate(_runs(root)):
        (first, row), *others = run
        first.set("t", "shared")
        first.set("ref", f"{cells}{row}:{cells}{row + len(others)}")
        first.set("si", str(number))
        for formula, below in others:
            formula.text = None
            formula.set("t", "shared")
            formula.set("si", str(number))
            followers.add(below)
    for row in root.iter(f"{SHEET}row"):
        if int(row.get("r")) in followers:
            _drop_addresses(row)


def _runs(root: Any) -> Iterator[tuple[str, list[tuple[Any, int]]]]:
    """Column and formulas, each with its row, of every run of two or more that say the same."""
    columns: dict[str, list[_Run]] = {}
    for formula in root.iter(f"{SHEET}f"):
        if not formula.attrib and not NEVER_SHARED.search(formula.text):
            column, row = _place(formula.getparent())
            runs = columns.setdefault(column, [])
            if not (runs and runs[-1].goes_on(row, formula.text)):
                runs.append(_Run(row, formula.text))
            runs[-1].formulas.append((formula, row))
    for column, runs in columns.items():
        for run in runs:
            if len(run.formulas) > 1:
                yield column, run.formulas


class _Run:
    """Formulas one below the other, each of which is the first one filled down."""

    def __init__(self, row: int, formula: str) -> None:
        self.formulas: list[tuple[Any, int]] = []
        self._first = row
        self._rows: list[int] = []
        self._pattern = MOVING.sub(self._moving, formula.replace("%", "%%"))

    def _moving(self, match: re.Match[str]) -> str:
        if not match[3]:
            return match[1]
        self._rows.append(int(match[3]))
        return f"{match[2]}%d"

    def goes_on(self, row: int, formula: str) -> bool:
        """Whether a formula continues the run in the row below its last one."""
        down = row - self._first
        return down == len(self.formulas) and formula == self._pattern % tuple(
            moving + down for moving in self._rows
        )


def _place(cell: Any) -> tuple[str, int]:
    address = cell.get("r")
    column = address.rstrip("0123456789")
    return column, int(address[len(column) :])


def _drop_addresses(row: Any) -> None:
    """Leave addresses out where the format counts on by itself: in a cell right after another one.

    A cell that shares a formula keeps its own, because openpyxl works the formula out from it.
    """
    before = None
    for cell in row:
        column = column_index_from_string(_place(cell)[0])
        formula = next(cell.iterchildren(f"{SHEET}f"), None)
        if before == column - 1 and (formula is None or formula.get("t") is None):
            del cell.attrib["r"]
        before = column
