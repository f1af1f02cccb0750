"""Concessions: how to move from the opening towards the limit, and how the other side moves."""

import numpy as np

from walkaway_xl.core._answers import answer, no_answer, nothing_asked, with_reasons
from walkaway_xl.core._arrays import Argument, Floats
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import at_least, round_down, round_up, share_at_least, share_below
from walkaway_xl.core._tolerance import tolerance as equal
from walkaway_xl.core.choices import FIRMNESS, selector
from walkaway_xl.core.kinds import (
    AIM,
    GUARD,
    PART,
    POWER,
    PRICE,
    SIDE,
    TICK,
    column,
    counted,
    or_blank,
    output,
    single,
    worded,
)
from walkaway_xl.core.statuses import Status

STATUS_OUTPUTS = selector(["status", "code"])

MOST_LEFT = 0.5  # of a step, that the next one may be: the limit then lies within one more step
MOST_OFFERS = 1000  # no talks last longer; a mistyped count must not flood the sheet


@takes(
    start=single(PRICE),
    limit=single(PRICE),
    offers=single(counted("Count the offers, the opening included.", MOST_OFFERS)),
    firmness=single(worded(POWER, FIRMNESS)),
    reserve=single(PART),
    round_to=single(TICK),
)
def concession_plan(
    start: Argument,
    limit: Argument,
    offers: Argument,
    firmness: Argument = 1.0,
    reserve: Argument = 0.0,
    round_to: Argument = None,
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

    See Also
    --------
    concession_ackerman, concession_status

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
    usable = answer(start + limit + offers)
    if usable != usable:
        return np.array([usable])
    last = limit - reserve * (limit - start)
    elapsed = np.linspace(0.0, 1.0, int(offers))
    plan: Floats = start + (last - start) * elapsed**firmness
    if offers > 1:
        plan[-1] = last  # exactly, without the rounding of the sum
    if np.isnan(round_to):
        return plan
    falling = last <= start
    rounded = round_up(plan, round_to) if falling else round_down(plan, round_to)
    low, high = (last, start) if falling else (start, last)
    plan[1:] = np.clip(rounded[1:], low, high)
    return plan


class ConcessionStatus(Status):
    """How the talks move."""

    SELF_BID = -2, "SELF-BID"
    STALLED = -1
    WAIT = 0
    MOVING = 1
    AGREED = 2


@takes(
    our_offers=or_blank(column(PRICE)),
    their_offers=or_blank(column(PRICE)),
    tolerance=single(GUARD),
    lookback=single(counted("Count the moves from 1.")),
    output=output(STATUS_OUTPUTS),
    side=single(SIDE),
)
def concession_status(
    our_offers: Argument,
    their_offers: Argument,
    tolerance: Argument = 0.01,
    lookback: Argument = 1,
    output: Argument = "status",
    side: Argument = None,
) -> ConcessionStatus | float:
    """How the talks move: AGREED, SELF-BID, STALLED, WAIT or MOVING.

    Parameters
    ----------
    our_offers : array_like
        Your offers so far, in order. Blank cells are passed over.
    their_offers : array_like
        Their offers so far, in order. Blank cells are passed over.
    tolerance : float, optional
        The largest move that still counts as none, as a share of the distance between the two openings.
    lookback : int, optional
        How many of their last moves must be none for the talks to be stalled.
    output : str or int, optional
        "status" for the words, "code" for −2, −1, 0, 1, 2.
    side : int or str, optional
        Your side of the table: "seller", "buyer" or "candidate". Left out, the openings say who comes down.

    Returns
    -------
    ConcessionStatus or float
        One of the words, or its code. NaN where the tolerance does not lie from 0 to below 1, the lookback is
        not a whole number from 1 on, or nobody has made an offer.

    See Also
    --------
    concession_limit

    Notes
    -----
    `our_offers` against `their_offers`; for a `side`.

    The first that holds:

    AGREED : the latest offers meet or cross
    SELF-BID : you have made at least two offers more than they
    STALLED : each of their last `lookback` moves is at most `tolerance` of the opening gap, or goes
        backwards
    WAIT : you have made one offer more than they
    MOVING : none of the others holds

    Without a side the higher opening is taken for the seller's. With one, openings that already crossed are
    an agreement: a seller who asks less than the buyer offers at once has one. What it is worth: of 1,435
    recorded talks over used goods, those that a buyer saw stall for two moves ended without a deal in 48 %,
    the others in 11 %; those that a seller saw stall in 38 %, the others in 8 %. A stall of two moves
    announced 5 to 9 % of the failures, one of a single move 28 %, hence the default.

    References
    ----------
    He, H., Chen, D., Balakrishnan, A. and Liang, P. (2018), Decoupling strategy and generation in negotiation
    dialogues, for the talks (CraigslistBargain).

    Examples
    --------
    You came down from 120 to 111, and they hardly move any more. Where do you stand?

    >>> concession_status([120, 116, 113, 111], [90, 95, 95.1, 95.2])
    <ConcessionStatus.STALLED: -1>
    """
    ours, theirs = _made(our_offers), _made(their_offers)
    usable = answer(
        tolerance + lookback + np.sum(ours) + np.sum(theirs),
        nothing_asked("our_offers", not ours.size and not theirs.size),
    )
    if usable != usable:
        return float(usable)
    status = _status(ours, theirs, float(tolerance), int(lookback), float(side))
    return float(status) if output == "code" else status


def _made(offers: Floats | None) -> Floats:
    """Offers made so far, without the blanks."""
    return np.empty(0) if offers is None else offers[~np.isnan(offers)]


def _status(ours: Floats, theirs: Floats, still: float, moves: int, side: float) -> ConcessionStatus:
    ahead = ours.size - theirs.size
    if ours.size and theirs.size:
        opening = ours[0] - theirs[0]
        way = np.sign(opening) if np.isnan(side) else side  # +1 where we come down and they come up
        if abs(opening) <= equal(ours[0], theirs[0]) or at_least(way * theirs[-1], way * ours[-1]):
            return ConcessionStatus.AGREED
        if ahead < 2 and theirs.size > moves:
            steps = way * np.diff(theirs[-moves - 1 :])
            if at_least(still * abs(opening), steps).all():
                return ConcessionStatus.STALLED
    if ahead >= 2:
        return ConcessionStatus.SELF_BID
    return ConcessionStatus.WAIT if ahead == 1 else ConcessionStatus.MOVING


@takes(offers=column(PRICE))
def concession_limit(offers: Argument) -> float:
    """Limit towards which shrinking concessions point: a heuristic, and they can fake it.

    Parameters
    ----------
    offers : array_like
        Their offers so far, at least three, in order. Blank cells are passed over.

    Returns
    -------
    float
        A price. NaN where there are fewer than three offers, or the last concession is not at most half of
        the one before.

    See Also
    --------
    split_midpoint

    Notes
    -----
    Where the shrinking steps of `offers` lead: the last offer less its step² / (its step − the step
    before).

    Aitken's extrapolation L = x₃ − (x₃ − x₂)² / ((x₃ − x₂) − (x₂ − x₁)), valid where 0 < (x₃ − x₂) / (x₂ −
    x₁) < 1, and here asked only up to 1/2: then the limit lies no farther from the last offer than the last
    offer from the one before. Concessions shrink as a limit nears; whoever knows this can make them shrink.
    In 1,435 recorded talks over used goods it missed the price at which people ended by 8.0 % of the list
    price for sellers and by 9.7 % for buyers, where their last offer alone missed by 1.4 % and 1.7 %; in 21 %
    of the talks people went beyond it.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, on patterns of concessions;
    He, H., Chen, D., Balakrishnan, A. and Liang, P. (2018), Decoupling strategy and generation in negotiation
    dialogues, for the talks.

    Examples
    --------
    They came from 100 to 90, then 85, then 82.50. Where will they stop?

    >>> concession_limit([100, 90, 85, 82.5])
    80.0
    """
    made = _made(offers)
    before, last = np.diff(made)[-2:] if made.size > 2 else (1.0, 0.0)
    ratio = np.divide(last, before)
    return float(
        answer(
            np.sum(made[-1:]) + last * ratio / (1 - ratio),
            no_answer("offers", made.size < 3, "be at least three"),
            no_answer(
                "offers",
                not (share_below(0, ratio) and share_at_least(MOST_LEFT, ratio)),
                "shrink clearly, the last step to at most half of the one before",
                "These point to no limit near the last offer.",
            ),
        )
    )


@takes(target=single(AIM), side=single(SIDE))
def concession_ackerman(target: Argument, side: Argument) -> Floats:
    """Four offers of the Ackerman plan, from the opening to the target.

    Parameters
    ----------
    target : float
        The price you want to end at.
    side : int or str
        Your side of the table: "seller", "buyer" or "candidate".

    Returns
    -------
    ndarray
        A column of four prices. One NaN where the target is not above 0.

    Notes
    -----
    Parts of `target` for a `side`:

    buyer : 65 %, 85 %, 95 % and 100 %
    seller : 135 %, 115 %, 105 % and 100 %

    The plan is a buyer's; the seller's is its mirror image.

    References
    ----------
    Voss, C. (2016), Never Split the Difference, chapter 9, on Mike Ackerman's plan.

    Examples
    --------
    You want to buy for 20,000. What do you offer, round by round?

    >>> concession_ackerman(20000, "buyer")
    array([13000., 17000., 19000., 20000.])
    """
    percent = np.array([35.0, 15.0, 5.0, 0.0])  # of the target, still to concede
    return with_reasons(target * (100 + side * percent) / 100)
