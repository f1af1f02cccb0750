"""Money that one gets and prices that one pays: where the two may have been mixed up."""

import numpy as np

from walkaway_xl.core._answers import Rule, outside
from walkaway_xl.core._arrays import Floats, Mask
from walkaway_xl.core._tolerance import TOLERANCE


def payoff_for_price(argument: str, side: Floats, price: Floats, signed: Mask | bool) -> Rule:
    """A buyer's negative price, which most likely is a payoff: what the buyer gains, not what is paid."""
    return outside(
        argument,
        (side < 0) & (price < 0) & np.logical_not(signed),
        "be zero or more for a buyer, as a price is",
        "Write {opposite} if that is what you pay, or set signed_prices to TRUE where the seller may pay.",
    )


def as_price(argument: str, side: Floats, value: Floats, size: Floats) -> tuple[Floats, Rule]:
    """What a value is as a price, and where it is none: below zero for a buyer.

    The size is that of the amounts that the value is the sum of: the noise that they leave is a price of 0.
    """
    negative = (side < 0) & (value < 0)
    return np.where(negative, 0.0, value), outside(
        argument,
        negative & (value < -TOLERANCE * size),
        "come to a price of zero or more for a buyer",
        "Write what you pay without a minus, or leave the side out for money to you.",
    )
