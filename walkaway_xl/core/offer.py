"""Offers: what to answer to theirs."""

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import answer, no_answer, outside
from walkaway_xl.core._arrays import Numbers, floats
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._tolerance import at_least, below
from walkaway_xl.core.choices import SIDES, numbers


@elementwise
def offer_bracket(
    their_offer: ArrayLike,
    target: ArrayLike,
    side: ArrayLike | None = None,
    limit: ArrayLike | None = None,
) -> Numbers:
    """Counter-offer that puts your target halfway between their offer and yours.

    Parameters
    ----------
    their_offer : array_like
        Their offer on the table, a price.
    target : array_like
        The price you want.
    side : array_like, optional
        Your side of the table: "seller", "buyer" or "candidate". With it, an offer that already meets the
        target has no counter.
    limit : array_like, optional
        The best price you can credibly ask for (your wish); the counter goes no further.

    Returns
    -------
    float or ndarray
        A price. NaN where their offer already meets the target (accept it, or ask for more), or where the
        limit is worse than the target.

    Notes
    -----
    c = 2t − x₁, kept to the limit. Without a side, the direction is the one from their offer to the target.

    References
    ----------
    Dawson, R., Secrets of Power Negotiating, on bracketing.

    Examples
    --------
    They ask 1,200 for a desk that you want for 1,000. What do you offer?

    >>> offer_bracket(1200, 1000)
    800.0
    """
    theirs, target, sign, limit = floats(
        their_offer=their_offer,
        target=target,
        side=numbers("side", np.nan if side is None else side, SIDES),
        limit=limit,
    )
    counter = 2 * target - theirs
    direction = np.where(np.isnan(sign), np.sign(target - theirs), sign)
    kept = direction * np.fmin(direction * counter, direction * limit)
    return answer(
        np.where(direction == 0, counter, kept),
        no_answer(
            "their_offer",
            at_least(sign * theirs, sign * target),
            "falls short of target; accept it or ask for more",
        ),
        outside("limit", below(direction * limit, direction * target), "is at least as good as target"),
    )
