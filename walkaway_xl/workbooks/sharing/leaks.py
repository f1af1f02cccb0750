"""What would give away a private number: a cell that repeats it, or that is calculated from it."""

import functools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.workbooks.named_cells import Block, Spot, stored_cells
from walkaway_xl.workbooks.sharing import areas
from walkaway_xl.workbooks.sharing.precedents import Precedents
from walkaway_xl.workbooks.sharing.written_numbers import Written, numbers

TELLING_DIGITS = 3  # 41.25 gives 41.2537 away; 41 may be anything
COMPARED = 50  # cells; prices of longer columns meet by chance, so these are only traced
PUBLIC = ("wx_offer", "wx_our_offer")  # what was offered is known to both

LITERAL = re.compile(r'"([^"]*)"')  # in a number format
FRACTION = re.compile(r"\.(0+)")


@dataclass(frozen=True)
class Leak:
    """A cell for the other side that gives something away, and what."""

    address: str
    text: str
    why: str

    def __str__(self) -> str:
        return "  ".join(filter(None, (self.address, self.text, self.why)))


@dataclass(frozen=True)
class _Secret:
    """A private number, by the name of its cell."""

    name: str
    value: float
    number_format: str


def leaks(formulas: Workbook, values: Workbook) -> list[Leak]:
    """The cells of the share-safe pages that equal a private number, depend on one, or hold an error.

    Parameters
    ----------
    formulas, values : Workbook
        The same workbook, read with its formulas and with its values.

    Returns
    -------
    list of Leak
        In reading order. Private cells are compared with every number, also inside text; long private
        columns are only traced, because prices of many lines meet by chance.

    Raises
    ------
    ShareError
        There is no page for the other side, or nobody can tell what is private.
    """
    pages = areas.pages(values)
    private = areas.private(formulas)
    names = areas.named_spots(formulas)
    secrets = list(_secrets(values, private, names))
    offers = {values[spot.sheet].cell(spot.row, spot.column).value for spot in _named(names, PUBLIC)}
    public_cells = [cell for page in pages for cell in page.cells(values[page.area.sheet])]
    spots = [Spot(cell.parent.title, cell.row, cell.column) for cell in public_cells]
    precedents = Precedents(formulas)
    causes = precedents.causes(spots, private)
    leaks_of_copy = []
    for spot, cell in zip(spots, public_cells, strict=True):
        is_calculated = (spot.row, spot.column) in precedents.formulas[spot.sheet]
        if spot in causes:
            cause = causes[spot]
            hidden = precedents.untraceable.get(cause)
            why = (
                phrase("cannot be traced: {hidden}", hidden=hidden)
                if hidden
                else phrase("depends on {cell}", cell=names.get(cause, cause.address))
            )
            leaks_of_copy.append(Leak(spot.address, _shown(cell.value), why))
        elif cell.data_type == "e":
            leaks_of_copy.append(Leak(spot.address, _shown(cell.value), phrase("is an error")))
        elif is_calculated and cell.value in offers:
            continue
        elif repeated := next((secret for secret in secrets if _tells(cell, secret)), None):
            leaks_of_copy.append(
                Leak(spot.address, _shown(cell.value), phrase("equals {name}", name=repeated.name))
            )
        elif formatted := next(
            (secret for secret in secrets if _says_any(_literals(cell), secret.value)), None
        ):
            leaks_of_copy.append(
                Leak(
                    spot.address,
                    cell.number_format,
                    phrase("its number format equals {name}", name=formatted.name),
                )
            )
    for title in dict.fromkeys(page.area.sheet for page in pages):
        leaks_of_copy += [
            Leak(title, "", phrase("its name equals {name}", name=secret.name))
            for secret in secrets
            if _says_any(title, secret.value)
        ]
    return leaks_of_copy


def _named(names: dict[Spot, str], selection: Sequence[str]) -> list[Spot]:
    return [spot for spot, name in names.items() if name in selection]


def _secrets(values: Workbook, private: Sequence[Block], names: dict[Spot, str]) -> Iterator[_Secret]:
    for area in private:
        for cell in stored_cells(values[area.sheet], area) if area.size <= COMPARED else ():
            value = _as_number(cell.value)
            if value:  # zero tells nothing
                spot = Spot(area.sheet, cell.row, cell.column)
                yield _Secret(names.get(spot, spot.address), value, cell.number_format)


def _as_number(value: Any) -> float | None:
    """A number, also one that was typed as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    try:
        number = float(value) if isinstance(value, str) else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return (
        "" if value is None else f"{value:.15g}" if isinstance(value, float) else " ".join(str(value).split())
    )


def _tells(cell: Cell, secret: _Secret) -> bool:
    """Whether a cell says a private number, as itself or inside a sentence."""
    value = cell.value
    if isinstance(value, str):
        return _says_any(value, secret.value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    decimals = _decimals(cell.number_format)
    few = len(f"{abs(value):g}".replace(".", "")) < TELLING_DIGITS
    if few and not decimals and _decimals(secret.number_format):
        return False  # a count, as minutes are, and no price
    return any(_says(written, secret.value) for written in (repr(value), f"{value:.{decimals}f}"))


def _decimals(number_format: str) -> int:
    fraction = FRACTION.search(number_format)
    return len(fraction[1]) if fraction else 0


def _literals(cell: Cell) -> str:
    return " ".join(LITERAL.findall(cell.number_format))


def _says_any(text: str, secret: float) -> bool:
    return any(_says(written.digits, secret / written.scale) for written in _written(text))


@functools.lru_cache(maxsize=4096)
def _written(text: str) -> tuple[Written, ...]:
    """The numbers in a text, which is compared with every secret."""
    return tuple(numbers(text))


def _says(written: str, secret: float) -> bool:
    """Whether a number as it is written is a private one, or that one rounded."""
    number, secret = abs(float(written)), abs(secret)
    if math.isclose(number, secret, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return True
    digits = re.sub(r"\D", "", written).lstrip("0")
    if "e" in written or len(digits) < TELLING_DIGITS:
        return False
    return round(secret, len(written.partition(".")[2])) == number
