"""What DISCOUNT_CHECK says to a line, all of it in one pass over columns."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats, Mask
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.errors import NO_STATUS, NOT_FINITE, Reason, Unanswered, number_of
from walkaway_xl.core.pricing import DiscountStatus

Kept = TypeVar("Kept", float, Floats)


class DiscountAnswers(NamedTuple):
    """Status, price and margin of a line, and the deepest discount and lowest price that keep its floor.

    A status of NO_STATUS or below says why there is none; the numbers of such a line mean nothing.
    """

    status: NDArray[np.int16]
    price: Floats
    margin: Floats
    headroom: Floats
    deepest: Floats
    floor: Floats


def discount_answers(
    list_price: Floats,
    discount: Floats,
    cost: Floats,
    min_margin: Floats,
    leakage: Floats,
    fixed_cost: float,
    warn: float,
    margin_basis: str = "invoice",
    surcharges: bool = False,
) -> DiscountAnswers:
    """All answers to columns of lines.

    Parameters
    ----------
    list_price, discount, cost, min_margin, leakage : ndarray
        As of `discount_check`; `leakage` may be a single one for all.
    fixed_cost, warn : float
        As of `discount_check`.
    margin_basis : str, optional
        "invoice" for a margin of the invoice price, "net" for one of what leakage leaves of it.
    surcharges : bool, optional
        Whether a discount may be negative.
    """
    price, costs = list_price * (1 - discount), cost + fixed_cost
    # All discounts are 1 or less, where the tolerance does not depend on them.
    given = discount - TOLERANCE

    def deepest(margin: Floats) -> Floats:
        left = kept(margin, leakage, margin_basis)
        limit = 1 - costs / left / list_price
        reachable = left > TOLERANCE
        return limit if reachable.all() else np.where(reachable, limit, -np.inf)

    limit = deepest(min_margin)
    near, below_floor = deepest(min_margin + warn) < given, limit < given
    # A loss leader, whose minimum margin is negative, may cost more than it earns.
    below_cost = below_floor & (deepest(np.zeros(1)) < given)
    # The statuses are neighbours, and each holds only where the one before does.
    status = np.int16(DiscountStatus.OK) - near.astype(np.int16) - below_floor - below_cost
    margin = earned_margin(price, costs, leakage, margin_basis)
    left = kept(min_margin, leakage, margin_basis)
    unknown = np.isnan(price + costs + left)
    for where, reason in (
        (unknown, NOT_FINITE),
        (left <= TOLERANCE, _must("min_margin", "leave a price above 0 beside the leakage")),
        (cost < 0, _must("cost", "be zero or more")),
        (discount > 1 + TOLERANCE, _must("discount", "lie from 0 to 1")),
        (discount < (-1 if surcharges else 0) - TOLERANCE, _must("discount", "be zero or more")),
        (list_price <= 0, _must("list_price", "be above 0")),
    ):
        if where.any():
            status[where] = NO_STATUS - number_of(reason)
    return DiscountAnswers(status, price, margin, limit - discount, limit, costs / left)


def _must(argument: str, words: str) -> Reason:
    return Reason(Unanswered.OUTSIDE_DOMAIN, argument, f"must {words}")


def kept(margin: Kept, leakage: Kept, margin_basis: str) -> Kept:
    """What a unit of the price leaves for the cost, once leakage and margin are taken out."""
    return (1 - margin) * (1 - leakage) if margin_basis == "net" else 1 - margin - leakage


def earned_margin(price: Floats, costs: Floats, leakage: Floats, margin_basis: str) -> Floats:
    """The margin of a price; NaN where there is no price."""
    margin = 1 - costs / (price * (1 - leakage)) if margin_basis == "net" else 1 - leakage - costs / price
    free: Mask = price == 0
    return np.where(free, np.nan, margin) if free.any() else margin


def floor_price(costs: Floats, margin: Floats, leakage: Floats, margin_basis: str) -> Floats:
    """Lowest price that earns a margin; NaN where none does."""
    left = kept(margin, leakage, margin_basis)
    return np.where(left > TOLERANCE, costs / left, np.nan)
