"""Sums of floats that are exact, so that they do not depend on the order in which anybody adds.

A float is cut into slices of 32 bits on a grid that is the same for all. Slices of one place on the grid are
whole multiples of one power of two, and a million of them add up to a float that is still exact. A total is a
whole number of units far below the smallest float, and is rounded once, when somebody reads it.
"""

import math
import operator
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import cycle, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats

WIDTH = 32  # bits of a slice
FINEST = -34 * WIDTH  # exponent of a unit: the place on the grid of the last bit of the smallest float
UNIT = 1 << -FINEST  # units in 1
TOGETHER = 1 << 15  # lines at once: their slices stay in the cache
EXACT = 1 << 20  # lines whose slices of one place fit together into 53 bits
MILLION = 1_000_000
LARGEST = 1e290  # of what is added: a sum of any number of lines stays a float


def slices(column: Floats) -> Iterator[tuple[int, Floats]]:
    """The parts of floats below LARGEST that add up to them: each with the exponent of its power of two."""
    highest = float(np.abs(column).max(initial=0.0))
    rest = column
    exponent = (int(np.frexp(highest)[1]) - 1) // WIDTH * WIDTH
    while highest:
        exponent = max(exponent, FINEST)
        # Adding and taking away a number this large leaves what is left of the last bit that fits beside it.
        shift = 1.5 * 2.0 ** (exponent + 52)
        part = rest + shift
        part -= shift
        yield exponent, part
        rest = np.subtract(rest, part, out=None if rest is column else rest)
        if not rest.any():
            return
        exponent -= WIDTH


def in_units(part: Floats, exponent: int) -> NDArray[np.int64]:
    """A slice as whole multiples of its power of two."""
    return np.ldexp(part, -exponent).astype(np.int64)


def sums_by_code(codes: NDArray[np.integer], column: Floats, size: int) -> list[int]:
    """Exact sum of a column by code, in units."""
    return sums_by_codes([(codes, size)], column)[0]


def sums_by_codes(groupings: Sequence[tuple[NDArray[np.integer], int]], column: Floats) -> list[list[int]]:
    """Exact sums of a column by several codes, in units: what is cut into slices once serves all of them.

    Parameters
    ----------
    groupings : sequence of (ndarray of int, int)
        Codes of the lines, and how many there are.
    column : ndarray of float
        What is added up.
    """
    sums = [[0] * size for _, size in groupings]
    for begin in range(0, len(column), EXACT):
        totals: dict[int, list[Floats]] = {}
        for start in range(begin, min(begin + EXACT, len(column)), TOGETHER):
            end = start + TOGETHER
            for exponent, part in slices(column[start:end]):
                if exponent not in totals:
                    totals[exponent] = [np.zeros(size) for _, size in groupings]
                for (codes, size), held in zip(groupings, totals[exponent], strict=True):
                    held += np.bincount(codes[start:end], part, size) if size > 1 else part.sum()
        for exponent, by_grouping in totals.items():
            for of_codes, held in zip(sums, by_grouping, strict=True):
                whole = np.ldexp(held, -exponent)
                for code in np.flatnonzero(whole).tolist():
                    of_codes[code] += int(whole[code]) << (exponent - FINEST)
    return sums


def in_millionths(units: int) -> int:
    """A sum in millionths: what its floats mean, without the bits in which they miss their decimals."""
    return (2 * MILLION * units + UNIT) // (2 * UNIT)


def in_whole(millionths: int) -> int:
    """Millionths rounded to whole money; a half goes away from zero."""
    rounded = (2 * abs(millionths) + MILLION) // (2 * MILLION)
    return rounded if millionths >= 0 else -rounded


def in_whole_parts(millionths: Sequence[int]) -> list[int]:
    """Millionths in whole money that adds up to their total in whole money, none of it changed by 1."""
    return up_to(in_whole(sum(millionths)), [Fraction(part, MILLION) for part in millionths])


def in_millionth_parts(amounts: Sequence[Fraction]) -> list[int]:
    """Amounts in millionths that add up to their total in millionths, none of them changed by 1."""
    parts = [amount * MILLION for amount in amounts]
    return up_to(round_half_up(sum(parts, Fraction())), parts)


def round_half_up(amount: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    return int(abs(amount) + Fraction(1, 2)) * (1 if amount >= 0 else -1)


def up_to(total: int, amounts: Sequence[Fraction]) -> list[int]:
    """Amounts rounded down, or up where most is lost by it, until they add up to a whole number."""
    whole = [math.floor(amount) for amount in amounts]
    missing = total - sum(whole)
    by_rest = sorted(range(len(whole)), key=lambda place: whole[place] - amounts[place])
    step = 1 if missing >= 0 else -1
    for place in islice(cycle(by_rest[::step]), abs(missing)):
        whole[place] += step
    return whole


def in_whole_table(cells: Sequence[Sequence[int | None]]) -> list[list[int | None]]:
    """Millionths of a table in whole money; rows and columns add up to theirs as `in_whole_parts` has them.

    None stands for a cell that holds nothing, and stays so. A cell is rounded up or down. Where that cannot
    be, since rows and columns have too few cells in common, the rows add up, and a column is off by 1.

    Examples
    --------
    >>> in_whole_table([[400_000, 400_000], [400_000, 800_000]])
    [[1, 0], [0, 1]]
    """
    table = [[None if cell is None else cell // MILLION for cell in row] for row in cells]
    rows = in_whole_parts([sum(cell or 0 for cell in row) for row in cells])
    columns = in_whole_parts([sum(cell or 0 for cell in column) for column in zip(*cells, strict=True)])
    missing = [total - sum(cell or 0 for cell in row) for total, row in zip(rows, table, strict=True)]
    left = [
        total - sum(cell or 0 for cell in column)
        for total, column in zip(columns, zip(*table, strict=True), strict=True)
    ]
    free = [[cell is not None and cell % MILLION > 0 for cell in row] for row in cells]
    raised = [[False] * len(row) for row in cells]

    def raise_one(row: int, seen: set[int], *, must: bool) -> bool:
        """Raise a cell of a row, in whose column another row may have to give way."""
        for column in sorted(range(len(columns)), key=lambda place: -left[place]):
            if column in seen or not free[row][column] or raised[row][column]:
                continue
            seen.add(column)
            holders = [place for place in range(len(rows)) if raised[place][column]]
            if left[column] > 0 or must:
                left[column] -= 1
                raised[row][column] = True
                return True
            for holder in holders:
                if raise_one(holder, seen, must=False):
                    raised[holder][column], raised[row][column] = False, True
                    return True
        return False

    for row, count in enumerate(missing):
        for _ in range(count):
            if not raise_one(row, set(), must=False):
                raise_one(row, set(), must=True)
    for row, places in enumerate(raised):
        for column, is_raised in enumerate(places):
            if is_raised:
                table[row][column] = (table[row][column] or 0) + 1
    return table


def as_float(units: int) -> float:
    """The float nearest to a sum."""
    return units / UNIT


def _share(part: int, whole: int) -> float | None:
    """A sum as a share of another; None where that is zero, or so small that no float holds the share."""
    try:
        return part / whole if whole else None
    except OverflowError:
        return None


class Amount(NamedTuple):
    """Lines, and the exact sums of their money in units."""

    lines: int = 0
    list_value: int = 0
    revenue: int = 0
    earned: int = 0
    shortfall: int = 0  # to the floor, of the lines below it; in millionths

    def __add__(self, other: "Amount") -> "Amount":  # type: ignore[override]
        return Amount(*map(operator.add, self, other))

    @property
    def discount(self) -> float | None:
        """Blended discount: what is given away of the list value."""
        return _share(self.list_value - self.revenue, self.list_value)

    @property
    def margin(self) -> float | None:
        """What is left of the revenue after leakage and cost."""
        return _share(self.earned, self.revenue)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": self.lines,
            "list_value": as_float(self.list_value),
            "revenue": as_float(self.revenue),
            "blended_discount": self.discount,
            "margin": self.margin,
            "shortfall": self.shortfall / MILLION,
        }
