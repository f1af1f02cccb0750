"""What the discounts of a line make together."""

from collections.abc import Sequence

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.pricing import discount_stack


def combined(columns: Sequence[Floats]) -> Floats:
    """Several discounts as the one that they make, taken one after the other; NaN where all are blank."""
    if len(columns) == 1:
        return columns[0]
    table = np.column_stack(columns)
    blank = np.isnan(table)
    # A discount that cannot be is refused as itself, not as what it makes with the others.
    largest = np.take_along_axis(
        table, np.where(blank, 0.0, np.abs(table)).argmax(axis=1, keepdims=True), axis=1
    )[:, 0]
    made = np.asarray(discount_stack(table, byrow=True))
    return np.where(blank.all(axis=1), np.nan, np.where(np.isnan(made), largest, made))
