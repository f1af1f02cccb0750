"""Why a cell holds an error, in words."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from walkaway_xl.cells import CellError
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.hosts import own_lambdas
from walkaway_xl.hosts.embedded.places import Place, Reference, Where
from walkaway_xl.hosts.embedded.values import CALC, CIRCULAR, NOT_IMPLEMENTED, UNREADABLE

NATIVE: Mapping[str, str] = {
    "#DIV/0!": later("division by zero"),
    "#N/A": later("no value is available; a lookup found nothing, for example"),
    "#NAME?": later("a name in the formula is not known"),
    "#NULL!": later("the ranges have no cell in common"),
    "#NUM!": later("a number lies outside what the function can calculate"),
    "#REF!": later("the formula refers to a cell, sheet or table that is not there"),
    "#VALUE!": later("an argument is of the wrong kind, text where a number belongs for example"),
    CALC: later("the result is an empty table"),
    CIRCULAR: later("the formula depends on its own cell; break the circle"),
    NOT_IMPLEMENTED: later("the engine cannot calculate this formula; a spreadsheet program can"),
    UNREADABLE: later("the formula cannot be read; look for a bracket or an argument that is missing"),
}
MOST_REASONS = 3  # of several rows behind one cell


class Errors:
    """Every error in a workbook by its place, to find those within a range."""

    def __init__(self, codes: Mapping[Where, str]):
        self.codes = codes
        self._rows: dict[tuple[str, int], list[int]] = {}
        for sheet, row, column in sorted(codes):
            self._rows.setdefault((sheet, column), []).append(row)
        self._columns: dict[str, list[int]] = {}
        for sheet, column in sorted(self._rows):
            self._columns.setdefault(sheet, []).append(column)

    def first_in(self, reference: Reference, code: str) -> Where | None:
        """The first cell of a range, in reading order, that holds an error."""
        area, cells = reference.area, []
        for column in self._columns.get(reference.sheet, ()):
            if area.left <= column <= area.right:
                rows = self._rows[reference.sheet, column]
                for row in rows[bisect_left(rows, area.top) :]:
                    if row > area.bottom:
                        break
                    if self.codes[Where(reference.sheet, row, column)] == code:
                        cells.append(Where(reference.sheet, row, column))
                        break
        return min(cells, default=None, key=lambda where: (where.row, where.column))


def upstream(
    errors: Errors,
    where: Where,
    code: str,
    references: Iterable[Reference],
    place: Place,
    size: tuple[int, int],
) -> str | None:
    """Which cell an error comes from.

    Parameters
    ----------
    errors : Errors
        The errors of the workbook.
    where : Where
        The cell that shows the error.
    code : str
        The error.
    references : iterable of Reference
        What the formula refers to, in order.
    place : tuple of int
        Row and column within the formula's result, counted from 0.
    size : tuple of int
        Rows and columns of the result.
    """
    for reference in references:
        source = errors.first_in(_same_row(reference, place, size), code)
        if source is not None and source != where:
            return phrase("comes from {shown}", shown=source.text)
    return None


def unknown_function(name: str, names: Mapping[str, str]) -> str:
    """That a function cannot be called here; one of the workbook's own, because it is a LAMBDA."""
    if own_lambdas.is_lambda(names.get(name, "")):
        return f"{name} is a LAMBDA of this workbook, and here none but our functions can be called"
    return f"the function {name} is not known here"


def unknown_name(name: str) -> str:
    """That a defined name stands for nothing here."""
    return phrase("the name {name} is not defined, or cannot be calculated here", name=name)


def _same_row(reference: Reference, place: Place, size: tuple[int, int]) -> Reference:
    """The part of a range that one cell of a result is made of."""
    area = reference.area
    height, width = area.size
    if height == size[0] > 1:
        area = area._replace(top=area.top + place[0], bottom=area.top + place[0])
    if width == size[1] > 1:
        area = area._replace(left=area.left + place[1], right=area.left + place[1])
    return Reference(reference.sheet, area)


def of_ours(answers: Sequence[Any], code: str, place: Place, size: tuple[int, int]) -> str | None:
    """What our functions said when a formula called them, the outermost first."""
    for answer in reversed(answers):
        if isinstance(answer, CellError):
            errors = [answer]
        elif isinstance(answer, list) and (len(answer), len(answer[0])) == size:
            cell = answer[place[0]][place[1]]
            errors = [cell] if isinstance(cell, CellError) else []
        elif isinstance(answer, list):
            errors = [cell for row in answer for cell in row if isinstance(cell, CellError)]
        else:
            continue
        reasons = list(dict.fromkeys(cell.reason for cell in errors if cell.code == code and cell.reason))
        if reasons:
            more = len(reasons) - MOST_REASONS
            listed = "; ".join(reasons[:MOST_REASONS])
            if more > 0:
                return phrase("{reasons}; and {count} more reasons", reasons=listed, count=more)
            return listed
    return None
