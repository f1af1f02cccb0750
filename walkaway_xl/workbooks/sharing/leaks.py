"""What would give away a private number: a cell that repeats it, or that is calculated from it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from walkaway_xl.workbooks.sharing import areas
from walkaway_xl.workbooks.sharing.areas import Spot
from walkaway_xl.workbooks.sharing.precedents import Precedents, formula_of

TOLERANCE = 1e-9
TELLING_DIGITS = 3  # 41.25 gives 41.2537 away; 41 may be anything
# Numbers as people write them: in one piece, or with spaces between the thousands.
PIECE = re.compile(r"\d[\d.,']*\d|\d")
SPACED = re.compile(r"\d{1,3}(?:[\s']\d{3})+(?:[.,]\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True)
class Leak:
    """A cell for the other side that gives something away, and what."""

    address: str
    shown: str
    why: str

    def __str__(self) -> str:
        return f"{self.address}  {self.shown}  {self.why}"


def leaks(formulas: Workbook, values: Workbook) -> list[Leak]:
    """The cells of the share-safe areas that equal a private number or depend on one.

    Parameters
    ----------
    formulas, values : Workbook
        The same workbook, read with its formulas and with its values.

    Returns
    -------
    list of Leak
        In reading order. Private cells that stand alone are compared with every number, also inside text;
        private columns are only traced, because prices of many lines meet by chance.
    """
    private = areas.private(formulas)
    names = areas.headline_names(formulas)
    secrets = [
        (names.get(each.first, each.first.address), value)
        for each in private
        if each.is_one_cell
        for value in [values[each.sheet].cell(each.top, each.left).value]
        if _is_number(value) and value  # zero tells nothing
    ]
    cells = list(_filled(formulas))
    precedents = Precedents(formulas)
    causes = precedents.causes([spot for spot, is_formula in cells if is_formula], private)
    found = []
    for spot, _ in cells:
        value = values[spot.sheet].cell(spot.row, spot.column).value
        if spot in causes:
            cause = causes[spot]
            hidden = precedents.untraceable.get(cause)
            why = f"cannot be traced: {hidden}" if hidden else f"depends on {names.get(cause, cause.address)}"
            found.append(Leak(spot.address, _shown(value), why))
        elif repeated := [name for name, secret in secrets if _tells(value, secret)]:
            found.append(Leak(spot.address, _shown(value), f"equals {repeated[0]}"))
    for title in dict.fromkeys(spot.sheet for spot, _ in cells):
        found += [Leak(title, title, f"equals {name}") for name, secret in secrets if _tells(title, secret)]
    return found


def _filled(formulas: Workbook) -> Iterator[tuple[Spot, bool]]:
    """The cells for the other side that hold something, and whether it is a formula."""
    for area in areas.share_safe(formulas):
        sheet = formulas[area.sheet]
        bottom, right = min(area.bottom, sheet.max_row), min(area.right, sheet.max_column)
        for row in sheet.iter_rows(area.top, bottom, area.left, right):
            for cell in row:
                if cell.value is not None:
                    yield Spot(area.sheet, cell.row, cell.column), bool(formula_of(cell))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _tells(value: Any, secret: float) -> bool:
    """Whether a value says a private number, as itself or inside a sentence."""
    if _is_number(value):
        return _says(repr(value), value, secret)
    if isinstance(value, str):
        return any(_says(text, number, secret) for text, number in _numbers(value))
    return False


def _numbers(text: str) -> Iterator[tuple[str, float]]:
    """The numbers in a text, each in every way that people may have meant it."""
    for written in (*PIECE.findall(text), *SPACED.findall(text)):
        plain = re.sub(r"[\s']", "", written).strip(".,")
        whole, mark, part = (*re.split(r"([.,])(?=\d*$)", plain, maxsplit=1), "", "")[:3]
        readings = {re.sub(r"[.,]", "", whole) + (f".{part}" if mark else "")}
        if THOUSANDS.fullmatch(plain):
            readings.add(re.sub(r"[.,]", "", plain))
        for reading in readings:
            yield reading, float(reading)


def _says(written: str, number: float, secret: float) -> bool:
    number, secret = abs(number), abs(secret)
    if math.isclose(number, secret, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return True
    digits = re.sub(r"\D", "", written).lstrip("0")
    if "e" in written or len(digits) < TELLING_DIGITS:
        return False
    return round(secret, len(written.partition(".")[2])) == number
