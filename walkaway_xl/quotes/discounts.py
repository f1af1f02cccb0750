"""How the discounts of lines are meant, and what several of them make together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.pricing import discount_stack
from walkaway_xl.quotes.errors import QuoteError

PERCENT = 100.0
UNITS = ("percent", "share")


class Range(NamedTuple):
    """What a column of discounts holds."""

    lowest: float
    highest: float
    within: int  # how many lie above 0 and up to 1
    above: int  # how many lie above 1


class Discounts(NamedTuple):
    """What the options say of the sign and the unit of discounts."""

    negative: bool = False  # −0.1 is 10 % off
    surcharges: bool = False  # −0.1 is 10 % on top
    unit: str | None = None  # whether 15 is 15 %; None where nobody has said it

    def shares(self, columns: Sequence[Floats]) -> list[Floats]:
        """Columns of discounts as shares, in which a positive one is taken off."""
        unit = PERCENT if self.unit == "percent" else 1.0
        if self.negative:
            return [(0.0 - column) / unit for column in columns]
        return list(columns) if unit == 1 else [column / unit for column in columns]

    def combined(self, columns: Sequence[Floats]) -> Floats:
        """Several discounts as the one that they make, taken one after the other; NaN where all are blank.

        Where one of them cannot be, it stands for all, so that it is refused as itself.
        """
        if len(columns) == 1:
            return columns[0]
        table = np.column_stack(columns)
        blank = np.isnan(table)
        shown = np.where(blank, 0.0, table)
        largest = np.take_along_axis(shown, np.abs(shown).argmax(axis=1, keepdims=True), axis=1)[:, 0]
        made = np.asarray(discount_stack(table, byrow=True, surcharges=True))
        made = np.where(np.isnan(made), largest, made)
        if not self.surcharges:
            lowest = shown.min(axis=1)
            made = np.where((lowest < 0) & (np.abs(largest) <= 1 + TOLERANCE), lowest, made)
        return np.where(blank.all(axis=1), np.nan, made)

    def refuse_unclear(self, ranges: Mapping[str, Range], source: str) -> None:
        """Refuse a file with a column of discounts that is hardly meant as it would be read."""
        for name, (lowest, highest, within, above) in ranges.items():
            if self.unit is None and above > within:
                raise AmbiguityError(
                    f"{source}: most discounts of column {name} are above 1, up to {highest:.6g}",
                    [
                        Meaning(f"{highest:.6g} is {highest:.6g} %", ("--discounts-in", "percent")),
                        Meaning("shares; what is above 1 is a mistake", ("--discounts-in", "share")),
                    ],
                )
            if self.surcharges or lowest >= -TOLERANCE or highest > 0:
                continue
            share = f"{-lowest:.6g}"
            if self.negative:
                raise QuoteError(
                    f"{source}: with --negative-discounts a discount must be zero or less; column {name} has "
                    f"positive ones only, up to {share}. Leave the option out"
                )
            raise AmbiguityError(
                f"{source}: discount must be zero or more; column {name} has negative ones only, down to "
                f"−{share}",
                [
                    Meaning(f"{share} is taken off", ("--negative-discounts",)),
                    Meaning(f"{share} is put on top", ("--surcharges",)),
                ],
            )


def ranges(names: Sequence[str], columns: Sequence[Floats]) -> dict[str, Range]:
    """The range of each column of discounts, blanks left out."""
    return {name: _range(column) for name, column in zip(names, columns, strict=True)}


def _range(column: Floats) -> Range:
    lowest = float(np.fmin.reduce(column, initial=np.inf))
    highest = float(np.fmax.reduce(column, initial=-np.inf))
    above = int(np.count_nonzero(column > 1 + TOLERANCE)) if highest > 1 else 0
    return Range(lowest, highest, int(np.count_nonzero(column > 0)) - above, above)


def merged(one: Mapping[str, Range], other: Mapping[str, Range]) -> dict[str, Range]:
    """The ranges of what two have seen."""
    return dict(_merged(one, other))


def _merged(one: Mapping[str, Range], other: Mapping[str, Range]) -> Iterator[tuple[str, Range]]:
    for name in {**one, **other}:
        seen = [ranges[name] for ranges in (one, other) if name in ranges]
        lowest, highest, within, above = zip(*seen, strict=True)
        yield name, Range(min(lowest), max(highest), sum(within), sum(above))
