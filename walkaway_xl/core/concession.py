"""Concessions: how to move from the opening towards the limit."""

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import answer, outside
from walkaway_xl.core._arrays import Floats, floats, single
from walkaway_xl.core._tolerance import round_down, round_up
from walkaway_xl.core.choices import FIRMNESS, numbers

MOST_OFFERS = 1000  # no talks last longer; a mistyped count must not flood the sheet


@np.errstate(all="ignore")
def concession_plan(
    start: ArrayLike,
    limit: ArrayLike,
    offers: ArrayLike,
    firmness: ArrayLike | str = 1.0,
    reserve: ArrayLike = 0.0,
    round_to: ArrayLike | None = None,
) -> Floats:
    """Planned offers from the opening towards the limit, one a round.

    Parameters
    ----------
    start : float
        The opening offer, a price.
    limit : float
        The price beyond which you do not go: the walk-away.
    offers : int
        How many offers, from 1 to 1000.
    firmness : float or str, optional
        1 for even steps, above 1 to hold firm longer; or "boulware" (4), "linear" (1), "conceder" (0.25).
    reserve : float, optional
        Share of the distance to the limit that the plan keeps in hand, between 0 and 1.
    round_to : float, optional
        Tick to which the offers are rounded, in money, never beyond the limit.

    Returns
    -------
    ndarray
        A column of prices, the opening first. One NaN where the count is not a whole number from 1 to 1000,
        the firmness or tick is not above 0, or the reserve is not between 0 and 1.

    Notes
    -----
    x_k = start + (limit′ − start) · (k / (n − 1))^e for k = 0 … n − 1, with e the firmness and
    limit′ = limit − reserve · (limit − start). The opening stays as it is; later offers are rounded away
    from the limit.

    References
    ----------
    Faratin, P., Sierra, C. and Jennings, N. R. (1998), Negotiation decision functions for autonomous agents
    (their β is 1/firmness).

    Examples
    --------
    From 120 to a floor of 100 in six offers, holding firm until late.

    >>> concession_plan(120, 100, 6, "boulware")
    array([120.   , 119.968, 119.488, 117.408, 111.808, 100.   ])
    """
    begin, end, count, exponent, kept, tick = floats(
        start=single("start", start),
        limit=single("limit", limit),
        offers=single("offers", offers),
        firmness=single("firmness", numbers("firmness", firmness, FIRMNESS, only=False), default=1.0),
        reserve=single("reserve", reserve, default=0.0),
        round_to=single("round_to", round_to),
    )
    checked = answer(
        begin + end + count + exponent + kept,
        outside(
            "offers",
            (count < 1) | (count > MOST_OFFERS) | (count % 1 != 0),
            "is a whole number from 1 to 1000",
        ),
        outside("firmness", exponent <= 0, "is above 0; 1 makes even steps"),
        outside("reserve", (kept < 0) | (kept > 1), "is a share between 0 and 1; write 0.1 for 10 %"),
        outside("round_to", tick <= 0, "is above 0"),
    )
    if checked != checked:
        return np.array([checked])
    last = end - kept * (end - begin)
    elapsed = np.linspace(0.0, 1.0, int(count))
    plan = begin + (last - begin) * elapsed**exponent
    if count > 1:
        plan[-1] = last  # exactly, without the rounding of the sum
    if np.isnan(tick):
        return plan
    falling = last <= begin
    rounded = round_up(plan, tick) if falling else round_down(plan, tick)
    low, high = (last, begin) if falling else (begin, last)
    plan[1:] = np.clip(rounded[1:], low, high)
    return plan
