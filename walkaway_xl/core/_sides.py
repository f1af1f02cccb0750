"""Money that one gets and prices that one pays: where the two may have been mixed up."""

import numpy as np

from walkaway_xl.core._answers import Rule, outside
from walkaway_xl.core._arrays import Floats, Mask


def payoff_for_price(argument: str, side: Floats, price: Floats, signed: Mask | bool) -> Rule:
    """A buyer's negative price, which most likely is a payoff: what the buyer gains, not what is paid."""
    return outside(
        argument,
        (side < 0) & (price < 0) & ~np.asarray(signed),
        "be zero or more for a buyer, as a price is",
        "Write {opposite} if that is what you pay, or set signed_prices to TRUE where the seller may pay.",
    )


def negative_price(argument: str, side: Floats, price: Floats) -> Rule:
    """What comes to a negative price for a buyer."""
    return outside(
        argument,
        (side < 0) & (price < 0),
        "come to a price of zero or more for a buyer",
        "Write what you pay without a minus, or leave the side out for money to you.",
    )
