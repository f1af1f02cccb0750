"""Which single cells a formula hands to our functions where a number belongs.

Calc hands over an empty one of them as 0, whatever type the interface gives the argument: `any`, a table of
`any` and a list of them all get 0.0; only an XCellRange would tell, and takes no number that is typed into
the formula. Nor is the function told which cell calls it. So people are told, and write A1:A1.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.uno_names import long_name

CALL = re.compile(r"([\w.]+)\(")
CELL = re.compile(
    r"(?:\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'.$:;()\"]+))\.)?(?P<cell>\$?[A-Z]{1,3}\$?\d+)"
)
NAMES = {spelling: name for name in CATALOGUE for spelling in (name, long_name(name))}


class LoneCell(NamedTuple):
    """A cell that stands alone as an argument; the sheet is None where it is the formula's own."""

    sheet: str | None
    cell: str


def lone_cells(formula: str) -> Iterator[LoneCell]:
    """The single cells in a formula as Calc's interface spells it, that are asked for a number.

    Examples
    --------
    >>> list(lone_cells("=WALKAWAY.XL.ADDIN.PRICEFLOOR(A1;$'My sheet'.B$2;C1:C1;A1+0)"))
    [LoneCell(sheet=None, cell='A1'), LoneCell(sheet='My sheet', cell='B2')]
    """
    for call in CALL.finditer(formula):
        function = CATALOGUE.get(NAMES.get(call[1].upper(), ""))
        if function is None:
            continue
        for argument, text in zip(function.arguments, _arguments(formula, call.end()), strict=False):
            if argument.kind.is_measured and (place := CELL.fullmatch(text.strip())):
                sheet = place["quoted"].replace("''", "'") if place["quoted"] else place["plain"]
                if not _is_guarded(text.strip(), formula):
                    yield LoneCell(sheet, place["cell"].replace("$", ""))


def _is_guarded(cell: str, formula: str) -> bool:
    """Whether the formula asks first whether the cell is empty."""
    return f'{cell}=""' in formula or f"ISBLANK({cell})" in formula


def _arguments(formula: str, begin: int) -> Iterator[str]:
    """The arguments of a call whose bracket has just been opened."""
    depth, quote = 0, ""
    for place, letter in enumerate(formula[begin:], begin):
        if quote or letter in "\"'":
            quote = "" if letter == quote else quote or letter
        elif letter in "({":
            depth += 1
        elif letter == ";" and not depth:
            yield formula[begin:place]
            begin = place + 1
        elif letter in ")}":
            if not depth:
                yield formula[begin:place]
                return
            depth -= 1
