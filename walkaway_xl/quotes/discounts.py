"""How the discounts of lines are meant, and what several of them make together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.pricing import discount_stack
from walkaway_xl.quotes.errors import QuoteError

Range = tuple[float, float]  # the lowest and the highest discount of a column


class Discounts(NamedTuple):
    """What the options say of the sign of discounts."""

    negative: bool = False  # −0.1 is 10 % off
    surcharges: bool = False  # −0.1 is 10 % on top

    def signed(self, columns: Sequence[Floats]) -> list[Floats]:
        """Columns of discounts in which a positive one is taken off."""
        return [0.0 - column for column in columns] if self.negative else list(columns)

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

    def refuse_other_sign(self, ranges: Mapping[str, Range], source: str) -> None:
        """Refuse a file with a column of discounts that can only be meant with the other sign."""
        for name, (lowest, highest) in ranges.items():
            if self.surcharges or lowest >= -TOLERANCE or highest > 0:
                continue
            share = f"{-lowest:.6g}"
            if self.negative:
                raise QuoteError(
                    f"{source}: with --negative-discounts a discount must be zero or less; column {name} has "
                    f"positive ones only, up to {share}. Leave the option out"
                )
            raise QuoteError(
                f"{source}: discount must be zero or more; column {name} has negative ones only, down to "
                f"−{share}. --negative-discounts takes {share} off, --surcharges puts it on top"
            )


def ranges(names: Sequence[str], columns: Sequence[Floats]) -> dict[str, Range]:
    """The range of each column of discounts, blanks left out."""
    return {
        name: (
            float(np.fmin.reduce(column, initial=np.inf)),
            float(np.fmax.reduce(column, initial=-np.inf)),
        )
        for name, column in zip(names, columns, strict=True)
    }


def merged(one: Mapping[str, Range], other: Mapping[str, Range]) -> dict[str, Range]:
    """The ranges of what two have seen."""
    return dict(_merged(one, other))


def _merged(one: Mapping[str, Range], other: Mapping[str, Range]) -> Iterator[tuple[str, Range]]:
    for name in {**one, **other}:
        seen = [ranges[name] for ranges in (one, other) if name in ranges]
        yield name, (min(low for low, _ in seen), max(high for _, high in seen))
