"""Which cells keep what a file stores in them, because the engine cannot calculate their formulas.

A spreadsheet program knows functions that the engine lacks, of its own, of a macro or of another add-in. What
it has stored is then better than the error that the engine would put in its place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from openpyxl.formula.translate import Translator

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts import formula_pieces
from walkaway_xl.hosts.embedded import formula_text, reasons
from walkaway_xl.hosts.embedded.engine import Engine, knows
from walkaway_xl.hosts.embedded.places import Where, address
from walkaway_xl.hosts.embedded.sheet_xml import FormulaCell
from walkaway_xl.hosts.embedded.values import NOT_IMPLEMENTED, UNREADABLE, ErrorValue

UNKNOWN = "#NAME?"
BEYOND_THE_ENGINE = frozenset({UNKNOWN, NOT_IMPLEMENTED, UNREADABLE})  # a spreadsheet program may know better


def spelled_out(cells: Sequence[FormulaCell]) -> Iterator[tuple[FormulaCell, str]]:
    """Each formula cell with its own formula, also where it shares that of another."""
    owners = {cell.group: cell for cell in cells if cell.group and cell.text}
    for cell in cells:
        if cell.text:
            yield cell, cell.text
            continue
        owner = owners[cell.group]
        moved = Translator(f"={owner.text}", address(owner.row, owner.column))
        yield cell, moved.translate_formula(address(cell.row, cell.column)).removeprefix("=")


def beyond_reach(
    names: Mapping[str, str], links: frozenset[str], foreign: frozenset[str]
) -> Callable[[str], str | None]:
    """What says why the engine cannot calculate a formula, before it tries.

    Parameters
    ----------
    names : mapping
        Defined names, in capitals, with their formulas.
    links : frozenset of str
        Numbers of the other workbooks whose values are here.
    foreign : frozenset of str
        Names of our functions that stand for something else in this workbook.
    """
    strangers = formula_text.strangers(lambda name: name not in foreign and knows(name), names)

    def why(formula: str) -> str | None:
        for name in strangers(formula):
            return reasons.unknown_function(name, names)
        for link in formula_pieces.other_workbooks(formula):
            if link not in links:
                return phrase("it refers to another workbook, whose values are not in this file")
        return None

    return why


def failed(engine: Engine, cells: Iterable[Where], typed: Mapping[Where, str]) -> Iterator[tuple[Where, str]]:
    """Cells whose own formulas the engine could not calculate, and why.

    Parameters
    ----------
    engine : Engine
        The engine when it has calculated.
    cells : iterable of Where
        Every formula cell that it has calculated.
    typed : mapping
        Error values that somebody typed.
    """
    codes = {
        where: value.code
        for where in cells
        if isinstance(value := engine.value(*where), ErrorValue) and value.code in BEYOND_THE_ENGINE
    }
    # Our functions hand on the engine's own errors under the name that every program has.
    errors = reasons.Errors({**typed, **dict.fromkeys(codes, UNKNOWN)})
    for where, code in codes.items():
        if not reasons.upstream(errors, where, UNKNOWN, engine.references(where), (0, 0), (1, 1)):
            names = engine.unknown_names(where) if code == UNKNOWN else []
            yield where, reasons.unknown_name(names[0]) if names else phrase(reasons.NATIVE[code])
