"""What nobody else may learn: private numbers, what they come to beside known ones, and sentences."""

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.workbooks.named_cells import Block, Spot, stored_cells
from walkaway_xl.workbooks.sharing import areas
from walkaway_xl.workbooks.sharing.written_numbers import Written

TELLING_DIGITS = 3  # 41.25 gives 41.2537 away; 41 may be anything
NEAR = 0.001  # of a private number; so close a round one is no coincidence
COMPARED = 50  # cells; prices of longer columns meet by chance, so these are only traced
BUFFER = "wx_buffer"  # a distance, and so it lies at none from an offer
FEWEST_WORDS, RUN = 3, 6  # of a private sentence: as a whole, and of a long one in a row
SHORTEST = 12  # letters of a sentence that is looked for
PERCENT = re.compile(r"(?<!\\)%")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Secret:
    """A private number, by the name of its cell."""

    name: str
    value: float
    number_format: str
    is_headline: bool
    """Whether the workbook names its cell: the walk-away and its like."""


@dataclass(frozen=True)
class Derived:
    """What a headline comes to beside a number that both know."""

    value: float
    is_share: bool
    why: str

    def is_said_by(self, written: Written) -> bool:
        """Whether a number of a text says it: shares as per cent, differences as amounts."""
        if self.is_share != (written.scale < 1):
            return False
        if not self.is_share and len(significant(written.digits)) < TELLING_DIGITS:
            return False
        return says(written.digits, self.value / written.scale)


def numbers(values: Workbook, private: Sequence[Block], names: Mapping[Spot, str]) -> Iterator[Secret]:
    """The private numbers of a workbook; nought tells nothing, and no share of 100 %.

    Parameters
    ----------
    values : Workbook
        The workbook with its values.
    private : sequence of Block
        The private cells.
    names : mapping
        The names of single cells.
    """
    for cell, spot in _cells(values, private):
        value = as_number(cell.value)
        is_share = PERCENT.search(cell.number_format)
        if value and not (is_share and value == 1):
            name = names.get(spot)
            is_headline = name not in (None, BUFFER) and not is_share
            yield Secret(name or spot.address, value, cell.number_format, is_headline)


def _cells(values: Workbook, private: Sequence[Block]) -> Iterator[tuple[Cell, Spot]]:
    seen = set()
    for area in private:
        for cell in stored_cells(values[area.sheet], area) if area.size <= COMPARED else ():
            spot = Spot(area.sheet, cell.row, cell.column)
            if spot not in seen:
                seen.add(spot)
                yield cell, spot


def as_number(value: Any) -> float | None:
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


def known(values: Workbook, formulas: Workbook) -> set[float]:
    """The numbers that both sides know."""
    cells = itertools.chain.from_iterable(
        stored_cells(values[area.sheet], area) for area in areas.known(formulas)
    )
    return {number for cell in cells if (number := as_number(cell.value)) is not None}


def derived(secrets: Iterable[Secret], known_numbers: Iterable[float]) -> list[Derived]:
    """Percentages and differences by which the headlines can be worked out from what both know.

    Parameters
    ----------
    secrets : iterable of Secret
        Of these the headlines count.
    known_numbers : iterable of float
        Offers, list prices.
    """
    bases = sorted(number for number in known_numbers if number > 0)
    open_to_both = {
        (round(value, 9), is_share)
        for one, other in itertools.permutations(bases, 2)
        for value, is_share in _beside(one, other)
    }
    results: dict[tuple[float, bool], Derived] = {}
    for secret in secrets:
        if not secret.is_headline or secret.value <= 0 or secret.value in bases:
            continue
        for base in bases:
            why = phrase("gives away {name}, beside {base}", name=secret.name, base=f"{base:,.15g}")
            for value, is_share in _beside(secret.value, base):
                if (round(value, 9), is_share) not in open_to_both:
                    results.setdefault((round(value, 12), is_share), Derived(value, is_share, why))
    return list(results.values())


def _beside(one: float, other: float) -> Iterator[tuple[float, bool]]:
    """The difference of two amounts, and as shares: how far each lies off the other, and which part it is."""
    yield abs(one - other), False
    yield from ((share, True) for share in (abs(1 - one / other), abs(other / one - 1), one / other))


def says(written: str, secret: float) -> bool:
    """Whether a number as it is written is a private one, or that one rounded."""
    number, secret = abs(float(written)), abs(secret)
    if math.isclose(number, secret, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return True
    if "e" in written or len(significant(written)) < TELLING_DIGITS:
        return False
    decimals = len(written.partition(".")[2])
    if round(secret, decimals) == number:
        return True
    whole = written.partition(".")[0]
    zeros = len(whole) - len(whole.rstrip("0"))
    if decimals or not zeros or round(secret, -zeros) != number:
        return False
    # 6,510 and 73,000 give 6,512 and 73,041 away; 6,500 may be anything.
    return len(significant(whole)) - zeros >= TELLING_DIGITS or abs(secret - number) <= NEAR * secret


def significant(written: str) -> str:
    """The digits of a number from the first that is not zero."""
    return re.sub(r"\D", "", written).lstrip("0")


# ---------------------------------------------------------------- sentences


class Sentences:
    """Private sentences, looked for word by word: as a whole, and of long ones what stands in a row."""

    def __init__(self, values: Workbook, private: Sequence[Block], names: Mapping[Spot, str]) -> None:
        self.runs: dict[tuple[str, ...], str] = {}
        for cell, spot in _cells(values, private):
            spoken = (
                words(cell.value) if isinstance(cell.value, str) and as_number(cell.value) is None else ()
            )
            if len(spoken) < FEWEST_WORDS or len("".join(spoken)) < SHORTEST:
                continue
            length = min(len(spoken), RUN)
            for start in range(len(spoken) - length + 1):
                self.runs.setdefault(spoken[start : start + length], names.get(spot, spot.address))

    def repeated_in(self, text: str) -> str | None:
        """Where the private sentence stands that a text repeats."""
        spoken = words(text)
        for length in range(FEWEST_WORDS, min(RUN, len(spoken)) + 1):
            for start in range(len(spoken) - length + 1):
                if place := self.runs.get(spoken[start : start + length]):
                    return place
        return None


def words(text: str) -> tuple[str, ...]:
    """The words of a text, however they are written and whatever stands between them."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return tuple(WORD.findall(unicodedata.normalize("NFKC", visible).casefold()))
