"""Concessions: how to move from the opening towards the limit, and how the other side moves."""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import answer, marked, no_answer, nothing_asked, outside
from walkaway_xl.core._arrays import Floats, flattened, float_array, floats, single
from walkaway_xl.core._tolerance import at_least, below, round_down, round_up
from walkaway_xl.core._tolerance import tolerance as equal
from walkaway_xl.core.choices import FIRMNESS, SIDES, Side, chosen, numbers, selector

STATUS_OUTPUTS = selector(["status", "code"])

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
    From `start` to `limit` in `offers` offers, k / (n − 1) to the power of `firmness` of the way; keeping
    `reserve` of the way back; rounded away from the limit to `round_to`.

    x_k = start + (limit′ − start) · (k / (n − 1))^firmness for k = 0 … n − 1, with limit′ = limit − reserve
    · (limit − start). The opening stays as it is.

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


class ConcessionStatus(IntEnum):
    """How the talks move."""

    SELF_BID = -2
    STALLED = -1
    WAIT = 0
    MOVING = 1
    AGREED = 2


@np.errstate(all="ignore")
def concession_status(
    our_offers: ArrayLike | None,
    their_offers: ArrayLike | None,
    tolerance: ArrayLike = 0.01,
    lookback: ArrayLike = 2,
    output: str | int = "status",
) -> ConcessionStatus | float:
    """How the talks move: AGREED, SELF-BID, STALLED, WAIT or MOVING.

    Parameters
    ----------
    our_offers : array_like
        Your offers so far, in order. Blank cells are passed over.
    their_offers : array_like
        Their offers so far, in order. Blank cells are passed over.
    tolerance : float, optional
        How large a move is none, as a share of the distance between the two openings.
    lookback : int, optional
        How many of their last moves must be none for the talks to be stalled.
    output : str or int, optional
        "status" for the words, "code" for −2, −1, 0, 1, 2.

    Returns
    -------
    ConcessionStatus or float
        A member of the enumeration, or its code. NaN where the tolerance is negative, the lookback no whole
        number from 1, or nobody has made an offer.

    Notes
    -----
    `our_offers` against `their_offers`.

    The first that holds:

    AGREED : the latest offers meet or cross
    SELF-BID : you have made at least two offers more than they
    STALLED : each of their last `lookback` moves is at most `tolerance` of the opening gap, or goes
        backwards
    WAIT : you have made one offer more than they
    MOVING : none of the others holds

    Which way is forward follows from the openings.

    Examples
    --------
    You came down from 120 to 111, and they hardly move any more. Where do you stand?

    >>> concession_status([120, 116, 113, 111], [90, 95, 95.1, 95.2])
    <ConcessionStatus.STALLED: -1>
    """
    wanted = chosen("output", output, STATUS_OUTPUTS)
    ours, theirs = _made("our_offers", our_offers), _made("their_offers", their_offers)
    still, moves = floats(
        tolerance=single("tolerance", tolerance, default=0.01),
        lookback=single("lookback", lookback, default=2.0),
    )
    checked = answer(
        still + moves + np.sum(ours) + np.sum(theirs),
        nothing_asked("our_offers", not ours.size and not theirs.size),
        outside("tolerance", below(still, 0), "is zero or more; write 0.01 for 1 %"),
        outside("lookback", (moves < 1) | (moves % 1 != 0), "is a whole number from 1"),
    )
    if checked != checked:
        return float(checked)
    status = _status(ours, theirs, float(still), int(moves))
    return float(status) if wanted == "code" else status


def _made(argument: str, offers: ArrayLike | None) -> Floats:
    """Offers made so far, without the blanks."""
    given = flattened(argument, float_array(argument, offers))
    made: Floats = given[~np.isnan(given)]
    return made


def _status(ours: Floats, theirs: Floats, still: float, moves: int) -> ConcessionStatus:
    ahead = ours.size - theirs.size
    if ours.size and theirs.size:
        opening = ours[0] - theirs[0]
        way = np.sign(opening)  # +1 where we come down and they come up
        if abs(opening) <= equal(ours[0], theirs[0]) or at_least(way * theirs[-1], way * ours[-1]):
            return ConcessionStatus.AGREED
        if ahead < 2 and theirs.size > moves:
            steps = way * np.diff(theirs[-moves - 1 :])
            if at_least(still * abs(opening), steps).all():
                return ConcessionStatus.STALLED
    if ahead >= 2:
        return ConcessionStatus.SELF_BID
    return ConcessionStatus.WAIT if ahead == 1 else ConcessionStatus.MOVING


@np.errstate(all="ignore")
def concession_limit(offers: ArrayLike) -> float:
    """Limit towards which shrinking concessions point: a heuristic, and they can fake it.

    Parameters
    ----------
    offers : array_like
        Their offers so far, at least three, in order. Blank cells are passed over.

    Returns
    -------
    float
        A price. NaN where there are fewer than three offers, or the last two concessions do not shrink in one
        direction.

    Notes
    -----
    Where the shrinking steps of `offers` lead: the last offer less its step² / (its step − the step
    before).

    Aitken's extrapolation L = x₃ − (x₃ − x₂)² / ((x₃ − x₂) − (x₂ − x₁)), valid where 0 < (x₃ − x₂) / (x₂ −
    x₁) < 1. Concessions shrink as a limit nears; whoever knows this can make them shrink.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, on patterns of concessions.

    Examples
    --------
    They came from 100 to 90, then 85, then 82.50. Where will they stop?

    >>> concession_limit([100, 90, 85, 82.5])
    80.0
    """
    made = _made("offers", offers)
    before, last = np.diff(made)[-2:] if made.size > 2 else (1.0, 0.0)
    ratio = np.divide(last, before)
    return float(
        answer(
            np.sum(made[-1:]) + last * ratio / (1 - ratio),
            outside("offers", bool(np.isinf(made).any()), "are finite numbers"),
            no_answer("offers", made.size < 3, "are at least three"),
            no_answer(
                "offers",
                not (below(0, ratio) and below(ratio, 1)),
                "shrink from step to step; these point to no limit",
            ),
        )
    )


@np.errstate(all="ignore")
def concession_ackerman(target: ArrayLike, side: ArrayLike = "buyer") -> Floats:
    """Four offers of the Ackerman plan, from the opening to the target.

    Parameters
    ----------
    target : float
        The price you want to end at.
    side : int or str, optional
        Your side of the table: "buyer" (if left out), "seller" or "candidate".

    Returns
    -------
    ndarray
        A column of four prices. One NaN where the target is not above 0.

    Notes
    -----
    Parts of `target` for a `side`:

    buyer : 65 %, 85 %, 95 % and 100 %
    seller : 135 %, 115 %, 105 % and 100 %

    References
    ----------
    Voss, C. (2016), Never Split the Difference, chapter 9, on Mike Ackerman's plan.

    Examples
    --------
    You want to buy for 20,000. What do you offer, round by round?

    >>> concession_ackerman(20000)
    array([13000., 17000., 19000., 20000.])
    """
    price = single("target", target)
    sign = single("side", numbers("side", side, SIDES), default=Side.BUYER)
    checked = answer(price, outside("target", price <= 0, "is above 0"))
    if checked != checked:
        return np.array([checked])
    percent = np.array([35.0, 15.0, 5.0, 0.0])  # of the target, still to concede
    return marked(price * (100 + sign * percent) / 100)
