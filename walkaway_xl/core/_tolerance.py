"""When two numbers count as equal, and rounding that does not fall for the noise of arithmetic."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from walkaway_xl.core._arrays import Floats, Mask

ROUNDING_NOISE = 2e-15  # relative: what a few operations leave behind, far less than a step of any price
SUM_OF_CHANCES = 1e-6  # how far chances may be from adding up to 1
TOLERANCE = 1e-9  # relative: far above rounding noise, far below any tick of a price


def tolerance(a: Any, b: Any) -> Any:
    """How far apart two amounts may be and still count as equal: the same part of them at every scale."""
    return TOLERANCE * np.maximum(np.abs(a), np.abs(b))


def same(a: Any, b: Any) -> Mask:
    """Whether two amounts count as equal; False where either is NaN."""
    return negligible(a - b, b)


def negligible(difference: Any, amount: Any) -> Mask:
    """Whether an amount differs from another by so little that the two count as equal."""
    if np.size(difference) > 1:
        # The usual column lies on one side, and the least of its gaps speaks for all.
        least = np.min(difference)
        least = least if least > 0 else -np.max(difference)
        if least > TOLERANCE * max(-np.min(amount), np.max(amount)):
            return np.bool_(False)
    equal: Mask = np.abs(difference) <= TOLERANCE * np.abs(amount)
    return equal


def below(a: Any, b: Any) -> Mask:
    """Whether an amount is less than another beyond the tolerance; False where either is NaN."""
    less: Mask = a < b - TOLERANCE * np.abs(b)
    return less


def at_least(a: Any, b: Any) -> Mask:
    """Whether an amount is another or more, within the tolerance; False where either is NaN."""
    enough: Mask = a >= b - TOLERANCE * np.abs(b)
    return enough


def share_below(a: Any, b: Any) -> Mask:
    """Whether a share is less than another; shares are measured against the whole, which is 1."""
    less: Mask = a < b - TOLERANCE
    return less


def share_at_least(a: Any, b: Any) -> Mask:
    """Whether a share is another or more, within the tolerance; False where either is NaN."""
    enough: Mask = a >= b - TOLERANCE
    return enough


def round_up(values: Floats, step: Floats) -> Floats:
    """Smallest multiple of a step that is not below the value (within the tolerance)."""
    return _on_step(values, step, np.ceil, -1)


def round_down(values: Floats, step: Floats) -> Floats:
    """Largest multiple of a step that is not above the value (within the tolerance)."""
    return _on_step(values, step, np.floor, 1)


def _on_step(values: Floats, step: Floats, rounded: Callable[[Any], Any], leeway: int) -> Floats:
    if isinstance(step, float) and math.isnan(step):
        return values
    steps = values / step
    whole = rounded(steps + leeway * (TOLERANCE + ROUNDING_NOISE * np.abs(steps)))
    # 0.01 is no binary fraction, 1/0.01 = 100 is: dividing by it gives the float nearest to the decimal.
    per_unit = np.rint(1.0 / step)
    decimal = (per_unit >= 1) & (np.abs(per_unit * step - 1.0) < ROUNDING_NOISE)
    if not np.ndim(step) and step == step:  # one step for a whole column
        stepped: Floats = whole / per_unit if decimal else whole * step
        return stepped
    on_step = np.where(decimal, whole / np.where(decimal, per_unit, 1.0), whole * step)
    return np.where(np.isnan(step), values, on_step)
