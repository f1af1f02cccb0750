"""What would give something private away: a cell that repeats it, or that is calculated from it."""

import functools
import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.workbooks.named_cells import Spot
from walkaway_xl.workbooks.sharing import areas, secrets
from walkaway_xl.workbooks.sharing.precedents import Precedents
from walkaway_xl.workbooks.sharing.secrets import TELLING_DIGITS, Derived, Secret, Sentences
from walkaway_xl.workbooks.sharing.written_numbers import Written, numbers

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


def leaks(formulas: Workbook, values: Workbook) -> list[Leak]:
    """The cells of the share-safe pages that give something private away, or hold an error.

    Parameters
    ----------
    formulas, values : Workbook
        The same workbook, read with its formulas and with its values.

    Returns
    -------
    list of Leak
        In reading order. Private cells are compared with every number, also inside text, and the headlines
        among them with every percentage and difference; long private columns are only traced, because prices
        of many lines meet by chance. Private sentences are looked for word by word.

    Raises
    ------
    ShareError
        There is no page for the other side, or nobody can tell what is private.
    """
    pages = areas.pages(values)
    private = areas.private(formulas)
    names = areas.named_spots(formulas)
    search = _Search(formulas, values)
    public_cells = [cell for page in pages for cell in page.cells(values[page.area.sheet])]
    spots = [Spot(cell.parent.title, cell.row, cell.column) for cell in public_cells]
    precedents = Precedents(formulas)
    causes = precedents.causes(spots, private)
    leaks_of_copy = []
    for spot, cell in zip(spots, public_cells, strict=True):
        is_calculated = (spot.row, spot.column) in precedents.formulas[spot.sheet]
        shown = _shown(cell.value)
        if spot in causes:
            cause = causes[spot]
            hidden = precedents.untraceable.get(cause)
            why: str | None = (
                phrase("cannot be traced: {hidden}", hidden=hidden)
                if hidden
                else phrase("depends on {cell}", cell=names.get(cause, cause.address))
            )
        elif cell.data_type == "e":
            why = phrase("is an error")
        elif (why := search.told_by(cell, is_calculated)) is None and (
            formatted := search.number_in(_literals(cell))
        ):
            shown, why = cell.number_format, phrase("its number format equals {name}", name=formatted.name)
        if why:
            leaks_of_copy.append(Leak(spot.address, shown, why))
    titles = dict.fromkeys(page.area.sheet for page in pages)
    leaks_of_copy += [
        Leak(title, "", phrase("its name equals {name}", name=named.name))
        for title in titles
        if (named := search.number_in(title))
    ]
    return leaks_of_copy


class _Search:
    """The secrets of a workbook, and what tells them."""

    def __init__(self, formulas: Workbook, values: Workbook) -> None:
        private, names = areas.private(formulas), areas.named_spots(formulas)
        self.known = secrets.known(values, formulas)
        numbers_of_ours = list(secrets.numbers(values, private, names))
        # A guess that came true, or a number of a table that was offered since, is no secret any more.
        self.numbers = [one for one in numbers_of_ours if one.is_headline or one.value not in self.known]
        # Where offers are packages, our scores stand beside nothing that both know.
        is_priced = not any(one.name == "wx_offer" for one in numbers_of_ours)
        self.derived = secrets.derived(numbers_of_ours, self.known) if is_priced else []
        self.sentences = Sentences(values, private, names)

    def told_by(self, cell: Cell, is_calculated: bool) -> str | None:
        """What a cell gives away, if it does."""
        # What is calculated from nothing private and shows an offer shows no secret that is close to it.
        public = self.known if is_calculated else frozenset()
        for secret in self.numbers:
            if _tells(cell, secret, public):
                return phrase("equals {name}", name=secret.name)
        if worked_out := None if is_calculated else self._worked_out(cell):
            return worked_out.why
        place = self.sentences.repeated_in(cell.value) if isinstance(cell.value, str) else None
        return phrase("repeats {place}", place=place) if place else None

    def number_in(self, text: str) -> Secret | None:
        """The private number that a text says, if it does."""
        return next((secret for secret in self.numbers if _says_any(text, secret.value)), None)

    def _worked_out(self, cell: Cell) -> Derived | None:
        if isinstance(cell.value, str):
            text = cell.value
        elif isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
            return None
        else:
            decimals, is_share = _decimals(cell.number_format), "%" in cell.number_format
            text = f"{100 * cell.value:.{decimals}f} %" if is_share else f"{cell.value:.{decimals}f}"
        written = _written(text)
        return next((one for one in self.derived if any(map(one.is_said_by, written))), None)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return (
        "" if value is None else f"{value:.15g}" if isinstance(value, float) else " ".join(str(value).split())
    )


def _tells(cell: Cell, secret: Secret, public: Set[float]) -> bool:
    """Whether a cell says a private number, as itself or inside a sentence."""
    value = cell.value
    if isinstance(value, str):
        return _says_any(value, secret.value, public)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # What is shown as 12.0 % has three decimals.
    decimals = _decimals(cell.number_format) + 2 * ("%" in cell.number_format)
    few = len(f"{abs(value):g}".replace(".", "")) < TELLING_DIGITS
    if few and not decimals and _decimals(secret.number_format):
        return False  # a count, as minutes are, and no price
    return any(
        secrets.says(written, secret.value) and not _says_known(written, public)
        for written in (repr(value), f"{value:.{decimals}f}")
    )


def _says_known(written: str, public: Set[float]) -> bool:
    return any(secrets.says(written, number) for number in public)


def _decimals(number_format: str) -> int:
    fraction = FRACTION.search(number_format)
    return len(fraction[1]) if fraction else 0


def _literals(cell: Cell) -> str:
    return " ".join(LITERAL.findall(cell.number_format))


def _says_any(text: str, secret: float, public: Set[float] = frozenset()) -> bool:
    return any(
        secrets.says(written.digits, secret / written.scale) and not _says_known(written.digits, public)
        for written in _written(text)
    )


@functools.lru_cache(maxsize=4096)
def _written(text: str) -> tuple[Written, ...]:
    """The numbers in a text, which is compared with every secret."""
    return tuple(numbers(text))
