"""Prices and discounts: floors, waterfalls, break-even volumes, and who must sign."""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._answers import (
    Rule,
    answer,
    answer_status,
    marked,
    no_answer,
    not_a_chance,
    outside,
    scalar,
    zero_divisor,
)
from walkaway_xl.core._arrays import (
    Floats,
    Mask,
    Numbers,
    columns,
    flags,
    flattened,
    float_array,
    floats,
    single,
)
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._rows import texts
from walkaway_xl.core._tolerance import TOLERANCE, at_least, below, round_down, round_up, tolerance
from walkaway_xl.core.choices import DIRECTIONS, chosen, numbers, selector
from walkaway_xl.core.errors import InputError

DISCOUNT_OUTPUTS = selector(["status", "code", "margin", "price", "headroom"])
WATERFALL_BASES = selector(["amount", "list", "invoice", "running"])
FEWEST_PRICES = 5  # fewer say nothing about a percentile
WATERFALL_OUTPUTS = selector(["pocket", "invoice", "leakage", "pocket_pct", "table"])

_SHARE = "is a share; write 15% or 0.15, not 15"


class DiscountStatus(IntEnum):
    """How a discounted line stands against its margin floor."""

    BELOW_COST = -2
    BELOW_FLOOR = -1
    NEAR_FLOOR = 0
    OK = 1


def _floor(cost: Floats, margin: Floats, leakage: Floats, fixed_cost: Floats) -> Floats:
    return (cost + fixed_cost) / (1 - margin - leakage)


def _floor_rules(cost: Floats, margin: Floats, leakage: Floats, fixed_cost: Floats) -> tuple[Rule, ...]:
    return (
        outside("cost", below(cost, 0), "is zero or more"),
        outside("fixed_cost", below(fixed_cost, 0), "is zero or more"),
        outside(
            "min_margin",
            at_least(margin + leakage, 1),
            "and leakage together stay below 1; write 0.2 for 20 %",
        ),
    )


@elementwise
def price_floor(
    cost: ArrayLike,
    min_margin: ArrayLike,
    leakage: ArrayLike = 0.0,
    fixed_cost: ArrayLike = 0.0,
    round_to: ArrayLike | None = None,
) -> Numbers:
    """Lowest price that still earns the minimum margin after everything that leaks off the invoice.

    Parameters
    ----------
    cost : array_like
        Variable cost of one unit, in money.
    min_margin : array_like
        Minimum margin as a share of the price. Negative for a loss leader.
    leakage : array_like, optional
        Share of the price that is lost off the invoice: rebates, payment terms, freight.
    fixed_cost : array_like, optional
        Order cost per unit, in money.
    round_to : array_like, optional
        Tick of the price, in money. The floor is rounded up to it.

    Returns
    -------
    float or ndarray
        A price. NaN where a cost is negative, the tick is not above 0, or margin and leakage reach 1.

    Notes
    -----
    (`cost` + `fixed_cost`) / (1 − `min_margin` − `leakage`); rounded up to `round_to`.

    That is the price p at which (p · (1 − leakage) − fixed cost − cost) / p is the minimum margin.

    Examples
    --------
    A unit costs 68 and must earn 20 % of its price. How low may the price go?

    >>> price_floor(68, 0.2)
    85.0
    >>> price_floor(68, 0.2, 0.05, round_to=0.01)
    90.67
    """
    cost, min_margin, leakage, fixed_cost, round_to = floats(
        cost=cost, min_margin=min_margin, leakage=leakage, fixed_cost=fixed_cost, round_to=round_to
    )
    return answer(
        round_up(_floor(cost, min_margin, leakage, fixed_cost), round_to),
        *_floor_rules(cost, min_margin, leakage, fixed_cost),
        outside("round_to", round_to <= 0, "is above 0"),
    )


@elementwise
def discount_max(
    list_price: ArrayLike,
    cost: ArrayLike,
    min_margin: ArrayLike,
    leakage: ArrayLike = 0.0,
    fixed_cost: ArrayLike = 0.0,
    step: ArrayLike | None = None,
) -> Numbers:
    """Deepest discount off the list price that still earns the minimum margin.

    Parameters
    ----------
    list_price : array_like
        List price of one unit, in money.
    cost : array_like
        Variable cost of one unit, in money.
    min_margin : array_like
        Minimum margin as a share of the price.
    leakage : array_like, optional
        Share of the price that is lost off the invoice: rebates, payment terms, freight.
    fixed_cost : array_like, optional
        Order cost per unit, in money.
    step : array_like, optional
        Step of the discount, as a share. The discount is rounded down to it.

    Returns
    -------
    float or ndarray
        A share of the list price; negative where the list price itself is below the floor. NaN where the
        list price is not above 0, a cost is negative, or margin and leakage reach 1.

    Notes
    -----
    1 − floor / `list_price`, the floor being (`cost` + `fixed_cost`) / (1 − `min_margin` − `leakage`);
    rounded down to `step`.

    The floor is that of `price_floor`.

    Examples
    --------
    List price 120, cost 68, minimum margin 20 %. How deep may the discount go, in half percents?

    >>> discount_max(120, 68, 0.2, step=0.005)
    0.29
    """
    list_price, cost, min_margin, leakage, fixed_cost, step = floats(
        list_price=list_price,
        cost=cost,
        min_margin=min_margin,
        leakage=leakage,
        fixed_cost=fixed_cost,
        step=step,
    )
    return answer(
        round_down(1 - _floor(cost, min_margin, leakage, fixed_cost) / list_price, step),
        outside("list_price", list_price <= 0, "is above 0"),
        *_floor_rules(cost, min_margin, leakage, fixed_cost),
        outside("step", step <= 0, "is above 0"),
    )


@elementwise
def discount_check(
    list_price: ArrayLike,
    discount: ArrayLike,
    cost: ArrayLike,
    min_margin: ArrayLike,
    leakage: ArrayLike = 0.0,
    fixed_cost: ArrayLike = 0.0,
    warn: ArrayLike = 0.02,
    output: str | int = "status",
) -> DiscountStatus | Numbers | NDArray[np.int16]:
    """Whether a discount keeps the margin floor: OK, NEAR FLOOR, BELOW FLOOR or BELOW COST.

    Parameters
    ----------
    list_price : array_like
        List price of one unit, in money.
    discount : array_like
        Discount off the list price, as a share; negative for a surcharge.
    cost : array_like
        Variable cost of one unit, in money.
    min_margin : array_like
        Minimum margin as a share of the price.
    leakage : array_like, optional
        Share of the price that is lost off the invoice: rebates, payment terms, freight.
    fixed_cost : array_like, optional
        Order cost per unit, in money.
    warn : array_like, optional
        How near the minimum margin is NEAR FLOOR, in margin points as a share.
    output : str or int, optional
        "status" for the words, "code" for −2, −1, 0, 1; or "margin", "price", "headroom" (maximum discount
        less discount) as numbers.

    Returns
    -------
    DiscountStatus, float or ndarray
        For scalars a member of the enumeration or a number; for arrays the codes (−1000 or below where
        there is no status) or numbers. NaN where `discount_max` is, where the discount is beyond 100 %, or
        the warn band is negative; for "margin" also at a price of 0.

    Notes
    -----
    `discount` off `list_price`, against `cost`, `fixed_cost`, `leakage` and `min_margin`.

    BELOW COST : the unit earns less than nothing
    BELOW FLOOR : the margin is below the minimum
    NEAR FLOOR : the margin is less than `warn` above the minimum
    OK : the margin is at least `warn` above the minimum
    margin : what is left of the price after leakage, fixed cost and cost, as a share of the price
    price : list_price · (1 − discount)
    headroom : the deepest discount that earns the minimum margin, less this discount

    margin = (price · (1 − leakage) − fixed cost − cost) / price. The comparisons are made between
    discounts, so that a discount at exactly `discount_max` is never BELOW FLOOR.

    Examples
    --------
    May a unit that lists at 120 and costs 68 go at 30 % off, if 20 % must remain?

    >>> discount_check(120, 0.3, 68, 0.2)
    <DiscountStatus.BELOW_FLOOR: -1>
    >>> round(discount_check(120, 0.3, 68, 0.2, output="margin"), 6)
    0.190476
    """
    wanted = chosen("output", output, DISCOUNT_OUTPUTS)
    list_price, discount, cost, min_margin, leakage, fixed_cost, warn = floats(
        list_price=list_price,
        discount=discount,
        cost=cost,
        min_margin=min_margin,
        leakage=leakage,
        fixed_cost=fixed_cost,
        warn=warn,
    )
    rules = (
        outside("list_price", list_price <= 0, "is above 0"),
        outside("discount", below(1, np.abs(discount)), _SHARE),
        *_floor_rules(cost, min_margin, leakage, fixed_cost),
        outside("warn", below(warn, 0), "is zero or more"),
    )
    defined = ~np.isnan(list_price + discount + cost + min_margin + leakage + fixed_cost + warn)
    price = list_price * (1 - discount)
    if wanted == "price":
        return answer(np.where(defined, price, np.nan), *rules)
    if wanted == "margin":
        margin = 1 - leakage - (fixed_cost + cost) / price
        free = zero_divisor("discount", price == 0, "leaves a price; a free unit has no margin")
        return answer(np.where(defined, margin, np.nan), *rules, free)

    def deepest(margin: Floats) -> Floats:
        reachable = ~at_least(margin + leakage, 1)
        return np.where(reachable, 1 - _floor(cost, margin, leakage, fixed_cost) / list_price, -np.inf)

    if wanted == "headroom":
        return answer(np.where(defined, deepest(min_margin) - discount, np.nan), *rules)

    codes: NDArray[np.int16] = np.full((), DiscountStatus.OK, np.int16)
    nothing = np.zeros_like(min_margin)
    for margin, status in (
        (min_margin + warn, DiscountStatus.NEAR_FLOOR),
        (min_margin, DiscountStatus.BELOW_FLOOR),
        (nothing, DiscountStatus.BELOW_COST),
    ):
        codes = np.where(_deeper(discount, deepest(margin)), np.int16(status), codes)
    if wanted == "code":
        return answer(np.where(defined, codes, np.nan), *rules)
    return answer_status(DiscountStatus, codes, defined, *rules)


def _deeper(discount: Floats, limit: Floats) -> Mask:
    deeper: Mask = (limit == -np.inf) | below(limit, discount)
    return deeper


@np.errstate(all="ignore")
def discount_stack(discounts: ArrayLike, byrow: bool = False) -> Numbers:
    """Combined discount of several that are taken one after the other.

    Parameters
    ----------
    discounts : array_like
        Discounts, each as a share of what the one before leaves. A blank takes nothing.
    byrow : bool, optional
        TRUE to combine each row of a table for itself.

    Returns
    -------
    float or ndarray
        A share of the list price, one a row with `byrow`. NaN where a discount is beyond 100 %.

    Notes
    -----
    1 − Π (1 − discount), over `discounts`; the order does not matter.

    Examples
    --------
    What do 20 %, 10 % and 5 % make together?

    >>> round(discount_stack([0.2, 0.1, 0.05]), 6)
    0.316
    """
    given = float_array("discounts", discounts)
    if given.ndim > 2:
        raise InputError("discounts", "is a number, a row, a column or a table")
    each = bool(single("byrow", flags("byrow", byrow).astype(float)))
    table = np.atleast_2d(given) if each else given.reshape(1, -1)
    kept = np.prod(1 - np.where(np.isnan(table), 0.0, table), axis=1)
    beyond = (np.abs(table) > 1 + TOLERANCE).any(axis=1)
    combined = marked(1 - kept, outside("discounts", beyond, _SHARE))
    return combined if each else float(combined[0])


@np.errstate(all="ignore")
def price_waterfall(
    list_price: ArrayLike,
    on_invoice: ArrayLike,
    off_invoice: ArrayLike | None = None,
    basis: str | int = "amount",
    output: str | int = "pocket",
) -> Numbers:
    """Pocket price: what is left of the list price after everything given on and off the invoice.

    Parameters
    ----------
    list_price : float
        List price of one unit, in money.
    on_invoice : array_like
        What the invoice shows as taken off, an amount or a share each (see `basis`).
    off_invoice : array_like, optional
        What is given later: rebates, payment terms, freight, an amount or a share each.
    basis : str or int, optional
        "amount" for money; "list" for shares of the list price; "invoice" for shares of the list price on
        the invoice and of the invoice price off it; "running" for shares of what is left.
    output : str or int, optional
        "pocket" or "invoice" for a price, "leakage" for the share of the invoice lost later, "pocket_pct"
        for the pocket's share of the list price, "table" for the steps.

    Returns
    -------
    float or ndarray
        A price or a share. "table" has a row for the list price and for each deduction: amount (negative
        for a deduction), price level after it, and that level as a share of the list price. NaN where the
        list price is not above 0, a share is beyond 100 %, or the leakage of an invoice of 0 is asked.

    Notes
    -----
    `list_price` less `on_invoice`; less `off_invoice`; items as `basis`.

    pocket : the pocket price
    invoice : the invoice price
    leakage : (invoice − pocket) / invoice
    pocket_pct : pocket / list price
    table : each step, what is left after it, and its share of the list price

    References
    ----------
    Marn, M. V. and Rosiello, R. L. (1992), Managing price, gaining profit, Harvard Business Review 70(5).

    Examples
    --------
    List 6.00, 0.22 off on the invoice, 1.31 later.

    >>> round(price_waterfall(6, [0.10, 0.12], [0.30, 0.37, 0.35, 0.20, 0.09]), 6)
    4.47
    """
    base = chosen("basis", basis, WATERFALL_BASES)
    wanted = chosen("output", output, WATERFALL_OUTPUTS)
    list_ = single("list_price", list_price)
    on = flattened("on_invoice", float_array("on_invoice", on_invoice))
    off = (
        np.empty(0)
        if off_invoice is None
        else flattened("off_invoice", float_array("off_invoice", off_invoice))
    )
    items = np.concatenate([on, off])
    items = np.where(np.isnan(items), 0.0, items)  # a blank item takes nothing
    taken = _taken(list_, items, on.size, base)
    levels = list_ - np.concatenate([[0.0], np.cumsum(taken)])
    invoice, pocket = levels[on.size], levels[-1]
    results = {
        "pocket": pocket,
        "invoice": invoice,
        "leakage": (invoice - pocket) / invoice,
        "pocket_pct": pocket / list_,
        "table": np.column_stack([np.concatenate([[list_], -taken]), levels, levels / list_]),
    }
    beyond = np.abs(items) > (np.finfo(float).max if base == "amount" else 1 + TOLERANCE)
    rules = [
        outside("list_price", list_ <= 0, "is above 0"),
        outside("on_invoice", beyond[: on.size].any(), _SHARE),
        outside("off_invoice", beyond[on.size :].any(), _SHARE),
    ]
    if wanted == "leakage":
        remedy = "leaves an invoice price; nothing leaks from an invoice of 0"
        rules.append(zero_divisor("on_invoice", np.abs(invoice) <= tolerance(0, list_), remedy))
    return answer(results[wanted], *rules)


def _taken(list_price: float, items: Floats, on_count: int, basis: str) -> Floats:
    """Money that each item takes."""
    if basis == "amount":
        return items
    if basis == "list":
        return list_price * items
    if basis == "running":
        left = list_price * np.cumprod(1 - items)
        return -np.diff(np.concatenate([[list_price], left]))
    invoice = list_price * (1 - items[:on_count].sum())
    return np.concatenate([list_price * items[:on_count], invoice * items[on_count:]])


@elementwise
def price_breakeven(
    price_change: ArrayLike, contribution_margin: ArrayLike, cost_change: ArrayLike = 0.0
) -> Numbers:
    """Change of volume that pays for a change of price.

    Parameters
    ----------
    price_change : array_like
        Change of the price, as a share of the old price; negative for a cut.
    contribution_margin : array_like
        Contribution margin at the old price, as a share of it.
    cost_change : array_like, optional
        Change of the unit cost, as a share of the old price.

    Returns
    -------
    float or ndarray
        Change of volume as a share: 0.5 is half as much again. NaN where the new price earns nothing, so
        that no volume can pay for it, or the margin is above 1.

    Notes
    -----
    −(`price_change` − `cost_change`) / (`contribution_margin` + `price_change` − `cost_change`).

    References
    ----------
    Nagle, T. T. and Müller, G., The Strategy and Tactics of Pricing, on break-even sales change.

    Examples
    --------
    A price of 100 with a variable cost of 70 is cut by 10 %. How many more units must you sell?

    >>> round(price_breakeven(-0.1, 0.3), 6)
    0.5
    """
    price_change, margin, cost_change = floats(
        price_change=price_change, contribution_margin=contribution_margin, cost_change=cost_change
    )
    earned = price_change - cost_change
    left = margin + earned
    return answer(
        -earned / left,
        outside("contribution_margin", below(1, margin), _SHARE),
        outside(
            "price_change",
            left <= tolerance(margin, earned),
            "leaves a margin; no volume pays for this price",
        ),
    )


@np.errstate(all="ignore")
def deal_approver(
    value: ArrayLike,
    limits: ArrayLike,
    approvers: Sequence[str | None],
    direction: ArrayLike | None = None,
) -> str | float | NDArray[np.object_]:
    """Who must sign: the first approver whose limit covers the value.

    Parameters
    ----------
    value : array_like
        The discount, price or margin that asks for approval.
    limits : array_like
        Each approver's limit, the most junior first: rising for discounts, falling for prices and margins.
    approvers : sequence of str
        Who may sign up to each limit.
    direction : str or int, optional
        "<=" (or −1) if the value must be at most the limit, ">=" (or 1) if at least. Left out, it is read
        from the order of the limits; a single limit needs it.

    Returns
    -------
    str, float or ndarray of object
        A name. NaN where the value is beyond the last limit, or the limits neither rise nor fall.

    Raises
    ------
    InputError
        If a limit has no approver, or a single limit has no direction.

    Notes
    -----
    The first of `approvers` whose limit covers `value`, of `limits`; compared as `direction`.

    A value equal to a limit is covered by it.

    Examples
    --------
    The representative may give 10 %, the manager 20 %, the director 30 %. Who signs 22 %?

    >>> deal_approver(0.22, [0.1, 0.2, 0.3, 1], ["Rep", "Manager", "Director", "VP"])
    'Director'
    """
    (value,) = floats(value=value)
    (limit,) = columns(limits=limits)
    who = texts("approvers", approvers, limit.size)
    tiers = [(bound, name) for bound, name in zip(limit.tolist(), who, strict=True) if bound == bound or name]
    if not tiers or any(bound != bound or name is None for bound, name in tiers):
        raise InputError("approvers", "and limits are given in pairs")
    bounds = np.array([bound for bound, _ in tiers])
    names = np.array([name for _, name in tiers], object)
    given = single("direction", numbers("direction", direction, DIRECTIONS))
    sign = given if given == given else _direction(bounds)
    unruly = np.isinf(bounds).any() or (np.diff(sign * bounds) > 0).any()
    place = approver_place(value, bounds, sign)
    nobody = place == len(tiers)
    first = names[np.minimum(place, len(tiers) - 1)]
    rules = (
        outside("limits", np.full(value.shape, unruly), "are finite and rise or fall all the way"),
        no_answer("value", nobody, "is within the last limit; nobody in the list may sign it"),
    )
    missing = marked(np.where(np.isnan(value), np.nan, 0.0), *rules)
    if not value.ndim:
        return str(first) if missing == 0 else scalar(missing.item())
    unsigned = np.isnan(missing)
    if unsigned.any():
        first[unsigned] = missing[unsigned]
    return first


def approver_place(value: Floats, limits: Floats, sign: float) -> NDArray[np.int16]:
    """Place of the first limit that covers a value; one beyond the last where none does.

    The limits are in order, so the first that covers a value comes after all that do not: `sign` is −1 where
    they rise (discounts), +1 where they fall (prices, margins). A value that is NaN is nobody's question, and
    stays with the first.
    """
    place = np.zeros(np.shape(value), np.int16)
    for bound in limits.tolist():
        place = place + (below(value, bound) if sign > 0 else below(bound, value))
    return place


def _direction(bounds: Floats) -> float:
    """−1 for rising limits (discounts), +1 for falling ones (prices, margins)."""
    steps = np.diff(bounds)
    if not steps.any():
        raise InputError("direction", 'is given where the limits neither rise nor fall: "<=" or ">="')
    return -1.0 if (steps >= 0).all() else 1.0


@np.errstate(all="ignore")
def price_guidance(
    history: ArrayLike, floor_p: ArrayLike = 0.1, target_p: ArrayLike = 0.5, stretch_p: ArrayLike = 0.9
) -> Floats | float:
    """Floor, target and stretch price from the prices that were paid before.

    Parameters
    ----------
    history : array_like
        Prices paid for comparable deals, at least five. Blank cells are passed over.
    floor_p : float, optional
        Percentile of the floor, as a share: a tenth of the deals went for less.
    target_p : float, optional
        Percentile of the target, as a share.
    stretch_p : float, optional
        Percentile of the stretch price, as a share.

    Returns
    -------
    ndarray or float
        A row of three prices. One NaN where there are fewer than five prices, or a percentile is not
        between 0 and 1.

    Notes
    -----
    Percentiles `floor_p`, `target_p` and `stretch_p` of `history`.

    Both ends are included and it is linear in between, as PERCENTILE.INC. A floor of what was paid is no
    floor of what it costs: see `price_floor` for that.

    Examples
    --------
    Eleven comparable deals went for 72 to 95. What is a floor, a target and a stretch price?

    >>> price_guidance([72, 75, 78, 80, 81, 83, 85, 86, 88, 90, 95])
    array([[75., 83., 90.]])
    """
    given = flattened("history", float_array("history", history))
    prices = given[~np.isnan(given)]
    parts = np.array(
        [
            single("floor_p", floor_p, default=0.1),
            single("target_p", target_p, default=0.5),
            single("stretch_p", stretch_p, default=0.9),
        ]
    )
    checked = answer(
        np.sum(parts),
        outside("history", bool(np.isinf(prices).any()), "holds finite prices"),
        not_a_chance("floor_p", parts[0]),
        not_a_chance("target_p", parts[1]),
        not_a_chance("stretch_p", parts[2]),
        no_answer("history", prices.size < FEWEST_PRICES, "holds at least five prices"),
    )
    if checked != checked:
        return float(checked)
    return marked(np.quantile(prices, np.clip(parts, 0.0, 1.0)).reshape(1, 3))
