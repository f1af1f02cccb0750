"""When two numbers count as equal, and rounding that does not fall for the noise of arithmetic."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from walkaway_xl.core._arrays import Floats, Mask

ROUNDING_NOISE = 2e-15  # relative: what a few operations leave behind, far less than a step of any price
SUM_OF_CHANCES = 1e-6  # how far chances may be from adding up to 1
TOLERANCE = 1e-9  # relative, and absolute below 1: far above rounding noise, far below any tick of a price


def tolerance(a: Any, b: Any) -> Any:
    """How far apart two numbers may be and still count as equal."""
    # NumPy's own maximum is slow on single numbers.
    if isinstance(a, float | int) and isinstance(b, float | int):
        return TOLERANCE * max(1.0, abs(a), abs(b))
    return TOLERANCE * np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))


def below(a: Any, b: Any) -> Mask:
    """Whether a is less than b beyond the tolerance; False where either is NaN."""
    small = _within_one(a) or _within_one(b)  # then the tolerance is the same for all that matters
    less: Mask = a < b - TOLERANCE if small else a < b - tolerance(a, b)
    return less


def at_least(a: Any, b: Any) -> Mask:
    """Whether a is b or more, within the tolerance; False where either is NaN."""
    small = _within_one(a) or _within_one(b)
    enough: Mask = a >= b - TOLERANCE if small else a >= b - tolerance(a, b)
    return enough


def _within_one(bound: Any) -> bool:
    """Whether a bound is a plain number from 0 to 1.

    The tolerance then grows only with numbers above 1 or below −1, which lie on one side of the bound anyway.
    """
    return isinstance(bound, float | int) and 0 <= bound <= 1


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
    on_step = np.where(decimal, whole / np.where(decimal, per_unit, 1.0), whole * step)
    return np.where(np.isnan(step), values, on_step)
