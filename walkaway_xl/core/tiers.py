"""Volume tiers: what a schedule of breaks gives at a quantity, and where it invites to buy more."""

from typing import NamedTuple

import numpy as np

from walkaway_xl.core._answers import Rule, answer, no_answer, outside, unanswered, with_reasons
from walkaway_xl.core._arrays import Argument, Floats, Mask, Numbers, columns
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import TOLERANCE, at_least, below
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import BREAK, LIST_PRICE, QUANTITY, TIER_SHARE, choosing, column, single

TIER_MODES = selector(["all", "slab", "marginal"])

_NO_CLIFF = "No quantity below a break costs more than the break."
_WHOLE = "be in whole units", "A slab is counted unit by unit; marginal tiers take any quantity."


class _Schedule(NamedTuple):
    """A tier a row: the quantity from which it holds, and its share."""

    breaks: Floats
    shares: Floats
    rules: tuple[Rule, ...]


def _schedule(breaks: Floats, shares: Floats, argument: str) -> _Schedule:
    bounds, given = columns(**{"breaks": breaks, argument: shares})
    used = ~(np.isnan(bounds) & np.isnan(given))
    bounds, given = bounds[used], given[used]
    if not used.any() or np.isnan(bounds + given).any():
        raise InputError("breaks", "be as many as {shares}", "Give each break its share.", shares=argument)
    falling = bool(at_least(bounds[:-1], bounds[1:]).any())
    return _Schedule(bounds, given, (outside("breaks", falling, "rise from tier to tier"),))


def _reached(quantity: Floats, schedule: _Schedule) -> Floats:
    """Share of the tier that a quantity reaches; 0 below the first."""
    tier = np.zeros(np.shape(quantity), np.intp)
    for bound in schedule.breaks.tolist():  # which rise, or there is no answer
        tier += at_least(quantity, bound)
    share: Floats = np.append(0.0, schedule.shares)[tier] + 0.0 * quantity  # NaN for NaN
    return share


def _effective(
    argument: str, quantity: Floats, schedule: _Schedule, mode: str
) -> tuple[Floats, tuple[Rule, ...]]:
    """Share of the whole quantity, and the rules of it."""
    rules = schedule.rules
    reached = _reached(quantity, schedule)
    if mode == "all":
        return reached, rules
    before = schedule.breaks
    if mode == "slab":  # a break is the first unit of its tier
        before = np.maximum(before - 1, 0.0)
        rules += (
            outside(argument, _broken(quantity), *_WHOLE),
            outside("breaks", bool(_broken(schedule.breaks).any()), *_WHOLE),
        )
    given = 0.0 * quantity
    for start, step in zip(before, np.diff(schedule.shares, prepend=0.0), strict=True):
        given = given + step * np.maximum(quantity - start, 0.0)
    return np.where(quantity == 0, reached, given / quantity), rules


def _broken(quantity: Floats) -> Mask:
    fraction: Mask = ~np.isnan(quantity) & (np.abs(quantity - np.rint(quantity)) > TOLERANCE)
    return fraction


@takes(
    quantity=QUANTITY,
    breaks=column(BREAK),
    discounts=column(TIER_SHARE),
    mode=choosing("mode", TIER_MODES),
)
def discount_tier(
    quantity: Argument, breaks: Argument, discounts: Argument, mode: Argument = "all"
) -> Numbers:
    """Discount that a volume schedule gives on a quantity, as a share of the whole order.

    Parameters
    ----------
    quantity : array_like
        Quantity of the order, in units or in money as the breaks are.
    breaks : array_like
        Quantity from which each tier holds, rising. Below the first there is no discount.
    discounts : array_like
        Discount of each tier, as a share.
    mode : str or int, optional
        "all": every unit at the tier reached. "slab": each unit at its own tier, a break being the tier's
        first unit. "marginal": only what lies beyond a break is at its tier.

    Returns
    -------
    float or ndarray
        A share of the list value. NaN where the quantity is negative, the breaks do not rise, a discount is
        beyond 100 %, or a slab is asked for parts of a unit.

    Raises
    ------
    InputError
        If a break has no discount or a discount no break.

    Notes
    -----
    `quantity` in the tiers that begin at `breaks` with `discounts`.

    all : every unit at the tier that the quantity reaches
    slab : each unit at its own tier, the breaks being the first whole unit of a tier
    marginal : each part of the quantity at its own tier

    With the tiers' breaks b and discounts d, "marginal" gives Σ (dᵢ − dᵢ₋₁) · max(q − bᵢ, 0) / q, "slab"
    the same with bᵢ − 1 for bᵢ, "all" the last dᵢ with bᵢ ≤ q.

    Examples
    --------
    10 % from the first unit, 20 % from the tenth, 30 % from the twentieth. What is the discount on 30 units?

    >>> discount_tier(30, [1, 10, 20], [0.1, 0.2, 0.3])
    0.3
    >>> round(discount_tier(30, [1, 10, 20], [0.1, 0.2, 0.3], "slab"), 6)
    0.206667
    """
    share, rules = _effective("quantity", quantity, _schedule(breaks, discounts, "discounts"), mode)
    return answer(share, *rules)


@takes(volume=QUANTITY, breaks=column(BREAK), rates=column(TIER_SHARE), mode=choosing("mode", TIER_MODES))
def rebate_value(volume: Argument, breaks: Argument, rates: Argument, mode: Argument = "all") -> Numbers:
    """Rebate in money that a schedule pays on the volume of a period.

    Parameters
    ----------
    volume : array_like
        Volume of the period, in money.
    breaks : array_like
        Volume from which each tier holds, rising. Below the first there is no rebate.
    rates : array_like
        Rebate of each tier, as a share of the volume.
    mode : str or int, optional
        "all": the whole volume at the tier reached. "marginal": only what lies beyond a break is at its
        tier. "slab": each whole unit at its own tier.

    Returns
    -------
    float or ndarray
        Money. NaN where the volume is negative, the breaks do not rise, a rate is beyond 100 %, or a slab is
        asked for parts of a unit.

    Raises
    ------
    InputError
        If a break has no rate or a rate no break.

    Notes
    -----
    `volume` times its rate, in the tiers that begin at `breaks` with `rates`.

    all : the whole volume at the tier that it reaches
    slab : each unit at its own tier, the breaks being the first whole unit of a tier
    marginal : each part of the volume at its own tier

    The rate is the discount of `discount_tier`.

    Examples
    --------
    2 % from 100,000 and 4 % from 250,000. What is the rebate on 300,000?

    >>> rebate_value(300000, [0, 100000, 250000], [0, 0.02, 0.04])
    12000.0
    >>> rebate_value(300000, [0, 100000, 250000], [0, 0.02, 0.04], "marginal")
    5000.0
    """
    share, rules = _effective("volume", volume, _schedule(breaks, rates, "rates"), mode)
    return answer(volume * share, *rules)


class Cliffs(NamedTuple):
    """Quantities just below a break that cost more than the break itself, a column each."""

    first: Floats
    last: Floats
    at_break: Floats
    overpaid: Floats


@takes(breaks=column(BREAK), discounts=column(TIER_SHARE), unit_price=single(LIST_PRICE))
def discount_cliff(breaks: Argument, discounts: Argument, unit_price: Argument) -> Cliffs | float:
    """Whole quantities just below a break that cost more than buying at the break.

    Parameters
    ----------
    breaks : array_like
        Quantity from which each tier holds, in whole units, rising.
    discounts : array_like
        Discount of each tier on all units, as a share.
    unit_price : float
        List price of one unit, in money.

    Returns
    -------
    Cliffs or float
        A row for each break that has such quantities: the first and the last of them, the break, and by how
        much the last costs more than the break, in money. One NaN where no break has any, the breaks are not
        whole units or do not rise, a discount is beyond 100 %, or the price is not above 0.

    Raises
    ------
    InputError
        If a break has no discount or a discount no break.

    See Also
    --------
    discount_tier

    Notes
    -----
    Quantities just below one of `breaks`, with `discounts`, that cost more than at it, at `unit_price`.

    All whole q directly below a break b with q · (1 − d(q)) > b · (1 − d(b)), every unit at the tier that
    the quantity reaches.

    Examples
    --------
    At a list price of 100, 10 % from 1 unit, 20 % from 10, 30 % from 20. Which orders should be larger?

    >>> for row in zip(*discount_cliff([1, 10, 20], [0.1, 0.2, 0.3], 100)):
    ...     print([round(float(cell), 6) for cell in row])
    [9.0, 9.0, 10.0, 10.0]
    [18.0, 19.0, 20.0, 120.0]
    """
    schedule = _schedule(breaks, discounts, "discounts")
    checked = answer(
        unit_price,
        *schedule.rules,
        outside("breaks", bool(_broken(schedule.breaks).any()), "be in whole units"),
    )
    if checked != checked:
        return float(checked)
    starts = np.concatenate([[min(1.0, schedule.breaks[0])], schedule.breaks])
    kept = 1 - np.concatenate([[0.0], schedule.shares])  # what each tier leaves of the list price
    cliffs = []
    for place, bound in enumerate(schedule.breaks, 1):
        cost = bound * kept[place]
        first = _first_dearer(starts[:place], kept[:place], bound, cost)
        if first < bound:
            cliffs.append((first, bound - 1, bound, unit_price * ((bound - 1) * kept[place - 1] - cost)))
    if not cliffs:
        return unanswered(no_answer("discounts", True, "make a cliff", _NO_CLIFF))
    return Cliffs(*(with_reasons(column) for column in np.array(cliffs).T))


def _first_dearer(starts: Floats, kept: Floats, bound: float, cost: float) -> float:
    """First of the whole quantities directly below a break that all cost more than it; the break if none."""
    first = bound
    for start, left in zip(starts[::-1], kept[::-1], strict=True):
        if not below(cost, (first - 1) * left):
            break
        most = cost / left * (1 + TOLERANCE)  # a quantity that costs the same is no mistake
        first = max(start, np.floor(most) + 1)
        if first > start:
            break
    return float(first)
