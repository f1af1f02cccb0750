"""What the tables share: labels, ranks and the first of the best."""

from collections.abc import Sequence

import numpy as np

from walkaway_xl.core._arrays import Floats, flattened, text_array
from walkaway_xl.core._tolerance import TOLERANCE, tolerance
from walkaway_xl.core.errors import InputError


def texts(argument: str, values: Sequence[str | None], count: int) -> list[str | None]:
    """Texts of the rows of a table; a blank one is None."""
    given: list[str | None] = flattened(argument, text_array(argument, values)).tolist()
    if len(given) != count:
        raise InputError(
            argument,
            "have one text for each row",
            "Here are {given} for {rows} rows.",
            given=len(given),
            rows=count,
        )
    return given


def named(labels: Sequence[str | None] | None, count: int, noun: str) -> list[str]:
    """Labels of the rows of a table; a missing one is its noun and place: issue 2."""
    given = [None] * count if labels is None else texts("labels", labels, count)
    return [label or f"{noun} {place}" for place, label in enumerate(given, 1)]


def scaled(weights: Floats) -> Floats:
    """Weights in the same proportion, by a power of two, so that a sum or product of them can be held."""
    finite = np.where(np.isfinite(weights), weights, 0.0)
    _, exponent = np.frexp(np.max(finite, initial=0.0))
    same: Floats = np.ldexp(weights, -exponent)
    return same


def ranks(values: Floats, scale: float | None = None) -> Floats:
    """Rank of each number among the numbers, 1 for the highest; equal ones share it, NaN has none.

    Two amounts are equal within their own tolerance; numbers of one scale within that of the scale.
    """
    ordered = np.sort(values[~np.isnan(values)])
    leeway = tolerance(values, values) if scale is None else TOLERANCE * scale
    better = ordered.size - np.searchsorted(ordered, values + leeway, side="right")
    return np.where(np.isnan(values), np.nan, better + 1.0)


def first_best(rank: Floats) -> int | None:
    """Place of the first row with rank 1."""
    best = np.flatnonzero(rank == 1)
    return int(best[0]) if best.size else None
