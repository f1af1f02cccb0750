"""Prices and discounts: floors, waterfalls, break-even volumes, and who must sign."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import (
    Rule,
    answer,
    answer_status,
    no_answer,
    outside,
    raise_if_malformed,
    with_reasons,
    zero_divisor,
)
from walkaway_xl.core._arrays import Argument, Floats, Mask, Numbers
from walkaway_xl.core._rows import texts
from walkaway_xl.core._takes import beyond, takes
from walkaway_xl.core._tolerance import TOLERANCE, round_down, round_up, share_below, tolerance
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import (
    CHANCE,
    CHANGE,
    CONTRIBUTION,
    COST,
    DEDUCTION,
    DIRECTION,
    DISCOUNT,
    FLAG,
    GUARD,
    ITEM,
    LIST_PRICE,
    MARGIN,
    NUMBER,
    PRICE,
    STEP,
    TEXT,
    TICK,
    choosing,
    column,
    grid,
    output,
    single,
)
from walkaway_xl.core.statuses import Status

DISCOUNT_OUTPUTS = selector(["status", "code", "margin", "price", "headroom"])
MARGIN_BASES = selector(["invoice", "net"])
WATERFALL_BASES = selector(["amount", "list", "invoice", "running"])
LIMIT_UNITS = selector(["share", "percent", "price"])
FEWEST_PRICES = 5  # fewer say nothing about a percentile
WATERFALL_OUTPUTS = selector(["pocket", "invoice", "leakage", "pocket_pct", "table"])
LEAST_DEDUCTION = 0.01  # of the list price: if all are smaller, shares may be meant

MARGIN_BASIS = choosing("margin basis", MARGIN_BASES)


class DiscountStatus(Status):
    """How a discounted line stands against its margin floor."""

    BELOW_COST = -2
    BELOW_FLOOR = -1
    NEAR_FLOOR = 0
    OK = 1


def kept_of_price(margin: Any, leakage: Any, basis: str) -> Any:
    """What a unit of the price leaves for the cost, once leakage and margin are taken out."""
    return (1 - margin) * (1 - leakage) if basis == "net" else 1 - margin - leakage


def earned_margin(price: Floats, costs: Floats, leakage: Floats, basis: str) -> Floats:
    """The margin of a price, of the invoice or net of leakage; none where there is no price."""
    return 1 - costs / (price * (1 - leakage)) if basis == "net" else 1 - leakage - costs / price


def _unit_cost(cost: Floats, fixed_cost: Floats) -> Floats:
    """All that a unit costs."""
    # Most orders cost nothing by themselves, and a column need not be added to nothing.
    return cost if np.ndim(fixed_cost) == 0 and fixed_cost == 0 else cost + fixed_cost


def _spent(kept: Floats) -> Mask:
    """Whether nothing is left of a price for the cost; False where kept is NaN."""
    if np.size(kept) > 1 and np.min(kept) > TOLERANCE:  # the usual column
        return np.bool_(False)
    spent: Mask = kept <= TOLERANCE
    return spent


def _reachable(kept: Floats, basis: str) -> Rule:
    """A margin that no price can earn, by what a unit of the price leaves for the cost."""
    return outside(
        "min_margin",
        basis == "invoice" and _spent(kept),
        "stay below 1 together with leakage",
        "Lower one of them, or take the margin net of leakage.",
    )


@takes(
    cost=COST,
    min_margin=MARGIN,
    leakage=DEDUCTION,
    fixed_cost=COST,
    round_to=TICK,
    margin_basis=MARGIN_BASIS,
)
def price_floor(
    cost: Argument,
    min_margin: Argument,
    leakage: Argument = 0.0,
    fixed_cost: Argument = 0.0,
    round_to: Argument = None,
    margin_basis: Argument = "invoice",
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
    margin_basis : str or int, optional
        What the margin is a share of: "invoice" for the invoice price, "net" for what leakage leaves of it.

    Returns
    -------
    float or ndarray
        A price. NaN where a cost is negative, the tick is not above 0, or margin and leakage reach 1.

    Notes
    -----
    The lowest price that earns the margin; rounded up to `round_to`.

    invoice : (`cost` + `fixed_cost`) / (1 − `min_margin` − `leakage`)
    net : (`cost` + `fixed_cost`) / ((1 − `min_margin`) · (1 − `leakage`))

    At that price p, p · (1 − leakage) − fixed cost − cost is the minimum margin of p, or net of leakage that
    of p · (1 − leakage). The two are the same without leakage.

    Examples
    --------
    A unit costs 68 and must earn 20 % of its price. How low may the price go?

    >>> price_floor(68, 0.2)
    85.0
    >>> price_floor(68, 0.2, 0.05, round_to=0.01)
    90.67
    >>> price_floor(68, 0.2, 0.05, round_to=0.01, margin_basis="net")
    89.48
    """
    kept = kept_of_price(min_margin, leakage, margin_basis)
    return answer(round_up(_unit_cost(cost, fixed_cost) / kept, round_to), _reachable(kept, margin_basis))


@takes(
    list_price=LIST_PRICE,
    cost=COST,
    min_margin=MARGIN,
    leakage=DEDUCTION,
    fixed_cost=COST,
    step=STEP,
    margin_basis=MARGIN_BASIS,
)
def discount_max(
    list_price: Argument,
    cost: Argument,
    min_margin: Argument,
    leakage: Argument = 0.0,
    fixed_cost: Argument = 0.0,
    step: Argument = None,
    margin_basis: Argument = "invoice",
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
    margin_basis : str or int, optional
        What the margin is a share of: "invoice" for the invoice price, "net" for what leakage leaves of it.

    Returns
    -------
    float or ndarray
        A share of the list price; negative where the list price itself is below the floor. NaN where the
        list price is not above 0, a cost is negative, or margin and leakage reach 1.

    Notes
    -----
    What the floor leaves of the list price; rounded down to `step`.

    invoice : 1 − (`cost` + `fixed_cost`) / (1 − `min_margin` − `leakage`) / `list_price`
    net : 1 − (`cost` + `fixed_cost`) / ((1 − `min_margin`) · (1 − `leakage`)) / `list_price`

    The floor is that of `price_floor`. A negative answer is the surcharge that the list price lacks.

    Examples
    --------
    List price 120, cost 68, minimum margin 20 %. How deep may the discount go, in half percents?

    >>> discount_max(120, 68, 0.2, step=0.005)
    0.29
    """
    kept = kept_of_price(min_margin, leakage, margin_basis)
    floor = _unit_cost(cost, fixed_cost) / kept
    return answer(round_down(1 - floor / list_price, step), _reachable(kept, margin_basis))


_LINE = {
    "list_price": LIST_PRICE,
    "discount": DISCOUNT,
    "cost": COST,
    "min_margin": MARGIN,
    "leakage": DEDUCTION,
    "fixed_cost": COST,
    "warn": GUARD,
}


class DiscountAnswers(NamedTuple):
    """Everything that DISCOUNT_CHECK knows about a line, a column each."""

    status: NDArray[np.int16]
    price: Floats
    margin: Floats
    headroom: Floats
    deepest: Floats
    floor: Floats


@takes(**_LINE, margin_basis=MARGIN_BASIS, surcharges=FLAG)
def discount_answers(
    list_price: Argument,
    discount: Argument,
    cost: Argument,
    min_margin: Argument,
    leakage: Argument = 0.0,
    fixed_cost: Argument = 0.0,
    warn: Argument = 0.02,
    margin_basis: Argument = "invoice",
    surcharges: Argument = False,
) -> DiscountAnswers:
    """All answers of `discount_check` to columns, in one pass.

    Parameters
    ----------
    list_price, discount, cost, min_margin, leakage, fixed_cost, warn, margin_basis, surcharges : array_like
        As of `discount_check`; at least one of them an array.

    Returns
    -------
    DiscountAnswers
        Codes of the status (−1000 or below where there is none), price, margin, headroom, the deepest
        discount and the lowest price that earn the minimum margin.
    """
    line = _line(list_price, discount, cost, min_margin, leakage, fixed_cost, warn, margin_basis)
    status = answer_status(DiscountStatus, line.codes, line.defined, line.reachable)
    numbers = {name: with_reasons(line.of(name), *line.rules(name)) for name in line.numbers}
    return DiscountAnswers(status=np.asarray(status, np.int16), **numbers)


class _Line(NamedTuple):
    """A line against its floor, before what cannot be answered is marked."""

    codes: NDArray[np.int16]
    numbers: dict[str, Floats]
    defined: Mask
    reachable: Rule

    def of(self, output: str) -> Floats:
        """One of the answers, for the elements that have all that it takes."""
        values = self.numbers[output]
        return values if self.defined.all() else np.where(self.defined, values, np.nan)

    def rules(self, output: str) -> tuple[Rule, ...]:
        """What keeps an answer from being given."""
        if output != "margin":
            return (self.reachable,)
        free = zero_divisor(
            "discount", self.numbers["price"] == 0, "leave a price", "A free unit has no margin."
        )
        return self.reachable, free


def _line(
    list_price: Floats,
    discount: Floats,
    cost: Floats,
    min_margin: Floats,
    leakage: Floats,
    fixed_cost: Floats,
    warn: Floats,
    basis: str,
) -> _Line:
    price, costs = list_price * (1 - discount), _unit_cost(cost, fixed_cost)
    part = costs / list_price

    def deepest(kept: Floats) -> Floats:
        spent = _spent(kept)
        # A margin that no price earns leaves no discount at all, so that every price is too low for it.
        return np.where(spent, -np.inf, 1 - part / kept) if spent.any() else 1 - part / kept

    kept = kept_of_price(min_margin, leakage, basis)
    limit = deepest(kept)
    below_floor = _deeper(discount, limit)
    below_cost = below_floor & _deeper(discount, deepest(kept_of_price(0, leakage, basis)))
    near = _deeper(discount, deepest(kept_of_price(min_margin + warn, leakage, basis)))
    codes = np.where(near, np.int16(DiscountStatus.NEAR_FLOOR), np.int16(DiscountStatus.OK))
    codes = np.where(below_floor, np.int16(DiscountStatus.BELOW_FLOOR), codes)
    codes = np.where(below_cost, np.int16(DiscountStatus.BELOW_COST), codes)
    numbers = {
        "price": price,
        "margin": earned_margin(price, costs, leakage, basis),
        "headroom": limit - discount,
        "deepest": limit,
        "floor": costs / kept,
    }
    defined = ~np.isnan(price + costs + min_margin + leakage + warn)
    return _Line(codes, numbers, defined, _reachable(kept, basis))


@takes(**_LINE, output=output(DISCOUNT_OUTPUTS), margin_basis=MARGIN_BASIS, surcharges=FLAG)
def discount_check(
    list_price: Argument,
    discount: Argument,
    cost: Argument,
    min_margin: Argument,
    leakage: Argument = 0.0,
    fixed_cost: Argument = 0.0,
    warn: Argument = 0.02,
    output: Argument = "status",
    margin_basis: Argument = "invoice",
    surcharges: Argument = False,
) -> DiscountStatus | Numbers | NDArray[np.int16]:
    """Whether a discount keeps the margin floor: OK, NEAR FLOOR, BELOW FLOOR or BELOW COST.

    Parameters
    ----------
    list_price : array_like
        List price of one unit, in money.
    discount : array_like
        Discount off the list price, as a share from 0 to 1.
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
    margin_basis : str or int, optional
        What the margin is a share of: "invoice" for the invoice price, "net" for what leakage leaves of it.
    surcharges : array_like of bool, optional
        TRUE where a negative discount is a price above list, as a calculated one may be. Left out, it is
        refused.

    Returns
    -------
    DiscountStatus, float or ndarray
        One of the words, its code, or a number. NaN where `discount_max` is, where discount does not lie from
        0 to 1 or warn from 0 to below 1; for "margin" also at a price of 0.

        In Python, a member of the enumeration for scalars, and for arrays the codes, −1000 or below where
        there is none.

    Notes
    -----
    `discount` off `list_price`, against `cost`, `fixed_cost`, `leakage` and `min_margin`; the margin of the
    `margin_basis` price; prices above list allowed: `surcharges`.

    BELOW COST : the margin is below the minimum, and the unit earns less than nothing
    BELOW FLOOR : the margin is below the minimum
    NEAR FLOOR : the margin is less than `warn` above the minimum
    OK : the margin is at least `warn` above the minimum
    margin : what is left of the price after leakage, fixed cost and cost, as a share of the price
    price : list_price · (1 − discount)
    headroom : the deepest discount that earns the minimum margin, less this discount

    margin = (price · (1 − leakage) − fixed cost − cost) / price, and net of leakage the same earnings as a
    share of price · (1 − leakage). The comparisons are made between discounts, so that a discount at exactly
    `discount_max` is never BELOW FLOOR. A loss leader, whose minimum margin is negative, may cost more than
    it earns.

    Examples
    --------
    May a unit that lists at 120 and costs 68 go at 30 % off, if 20 % must remain?

    >>> discount_check(120, 0.3, 68, 0.2)
    <DiscountStatus.BELOW_FLOOR: -1>
    >>> round(discount_check(120, 0.3, 68, 0.2, output="margin"), 6)
    0.190476
    """
    line = _line(list_price, discount, cost, min_margin, leakage, fixed_cost, warn, margin_basis)
    if output == "status":
        return answer_status(DiscountStatus, line.codes, line.defined, line.reachable)
    if output == "code":
        return answer(np.where(line.defined, line.codes, np.nan), line.reachable)
    return answer(line.of(output), *line.rules(output))


def _deeper(discount: Floats, limit: Floats) -> Mask:
    return share_below(limit, discount)


@takes(discounts=grid(DISCOUNT), byrow=single(FLAG), surcharges=single(FLAG))
def discount_stack(discounts: Argument, byrow: bool = False, surcharges: bool = False) -> Numbers:
    """Combined discount of several that are taken one after the other.

    Parameters
    ----------
    discounts : array_like
        Discounts, each as a share of what the one before leaves. A blank takes nothing.
    byrow : bool, optional
        TRUE to combine each row of a table for itself.
    surcharges : bool, optional
        TRUE where a negative discount is a surcharge. Left out, it is refused.

    Returns
    -------
    float or ndarray
        A share of the list price, one a row with `byrow`. NaN where a discount does not lie from 0 to 1.

    Notes
    -----
    1 − Π (1 − discount), over `discounts`; the order does not matter; negative ones allowed: `surcharges`.

    Examples
    --------
    What do 20 %, 10 % and 5 % make together?

    >>> round(discount_stack([0.2, 0.1, 0.05]), 6)
    0.316
    """
    if discounts.ndim > 2:
        raise InputError("discounts", "be a number, a row, a column or a table")
    table = np.atleast_2d(discounts) if byrow else discounts.reshape(1, -1)
    kept = np.prod(1 - np.where(np.isnan(table), 0.0, table), axis=1)
    rules = [
        Rule(np.any(rule.where, axis=1), rule.reason)
        for rule in beyond("discounts", DISCOUNT, table, lifted=surcharges)
    ]
    combined = with_reasons(1 - kept, *rules)
    return combined if byrow else float(combined[0])


@takes(
    list_price=single(LIST_PRICE),
    on_invoice=column(ITEM),
    off_invoice=column(ITEM),
    basis=choosing("basis", WATERFALL_BASES),
    output=output(WATERFALL_OUTPUTS),
    surcharges=single(FLAG),
)
def price_waterfall(
    list_price: Argument,
    on_invoice: Argument,
    off_invoice: Argument = None,
    basis: Argument = None,
    output: Argument = "pocket",
    surcharges: bool = False,
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
        "amount" for money; "list" for shares of list; "invoice" for shares of list on the invoice and of the
        invoice off it; "running" for shares of what is left. Left out: money, unless shares may be meant.
    output : str or int, optional
        "pocket" or "invoice" for a price, "leakage" for the share of the invoice lost later, "pocket_pct"
        for the pocket's share of the list price, "table" for the steps.
    surcharges : bool, optional
        TRUE where a negative deduction is added to the price. Left out, it is refused.

    Returns
    -------
    float or ndarray
        A price or a share. "table" has a row for the list price and for each deduction: amount (negative
        for a deduction), price level after it, and that level as a share of the list price. NaN where the
        list price is not above 0, a deduction is negative or a share above 1, the leakage of an invoice of 0
        is asked, or the basis is left out and every deduction is below 1 % of the list price.

    See Also
    --------
    discount_stack, price_floor

    Notes
    -----
    `list_price` less `on_invoice`; less `off_invoice`; items as `basis`; negative ones allowed: `surcharges`.

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
    on, off = on_invoice, np.empty(0) if off_invoice is None else off_invoice
    items = np.concatenate([on, off])
    items = np.where(np.isnan(items), 0.0, items)  # a blank item takes nothing
    taken = _taken(list_price, items, on.size, basis or "amount")
    levels = list_price - np.concatenate([[0.0], np.cumsum(taken)])
    invoice, pocket = levels[on.size], levels[-1]
    results = {
        "pocket": pocket,
        "invoice": invoice,
        "leakage": (invoice - pocket) / invoice,
        "pocket_pct": pocket / list_price,
        "table": np.column_stack([np.concatenate([[list_price], -taken]), levels, levels / list_price]),
    }
    rules = [_ambiguous(list_price, items, basis)]
    for name, part in (("on_invoice", on), ("off_invoice", off)):
        kind = ITEM if basis in (None, "amount") else DISCOUNT
        rules += [Rule(rule.where.any(), rule.reason) for rule in beyond(name, kind, part, lifted=surcharges)]
    if output == "leakage":
        nothing = np.abs(invoice) <= tolerance(0, list_price)
        rules.append(
            zero_divisor(
                "on_invoice", nothing, "leave an invoice price", "Nothing leaks from an invoice of 0."
            )
        )
    return answer(results[output], *rules)


def _ambiguous(list_price: Floats, items: Floats, basis: str | None) -> Rule:
    """Deductions that may be shares as well as money, where nobody says which."""
    largest = np.max(np.abs(items), initial=0.0)
    unclear = basis is None and 0 < largest < LEAST_DEDUCTION * list_price
    return outside(
        "on_invoice",
        bool(unclear),
        "come with a basis where every deduction is below 1 % of the list price",
        'Write "amount" as basis for money, "list" for shares of the list price.',
    )


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


@takes(price_change=CHANGE, contribution_margin=CONTRIBUTION, cost_change=CHANGE)
def price_breakeven(
    price_change: Argument, contribution_margin: Argument, cost_change: Argument = 0.0
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
        that no volume can pay for it, the margin is above 1, or a change is 100 % or more.

    See Also
    --------
    discount_max

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
    earned = price_change - cost_change
    left = contribution_margin + earned
    return answer(
        -earned / left,
        outside(
            "price_change",
            ~share_below(0, left) & ~np.isnan(left),
            "leave a margin",
            "No volume pays for this price.",
        ),
    )


@takes(
    value=NUMBER,
    limits=column(NUMBER),
    signers=column(TEXT),
    direction=single(DIRECTION),
    unit=choosing("unit", LIMIT_UNITS),
)
def deal_signer(
    value: Argument,
    limits: Argument,
    signers: Sequence[str | None],
    direction: Argument = None,
    unit: Argument = None,
) -> str | float | NDArray[np.object_]:
    """Who must sign: the first signer whose limit covers the value.

    Parameters
    ----------
    value : array_like
        The discount, price or margin that asks for approval.
    limits : array_like
        Each signer's limit, the most junior first: rising for discounts, falling for prices and margins.
    signers : sequence of str
        Who may sign up to each limit.
    direction : str or int, optional
        "<=" (or −1) if the value must be at most the limit, ">=" (or 1) if at least. Left out, it is read
        from the order of the limits; a single limit needs it.
    unit : str or int, optional
        What value and limits are both in: "share", "percent" or "price". Left out, a value that may be a
        share among limits in percent is refused.

    Returns
    -------
    str, float or ndarray of object
        A name. NaN where the value is beyond the last limit, the limits neither rise nor fall, or value and
        limits may differ in unit.

    Raises
    ------
    InputError
        If a limit has no signer, or a single limit has no direction.

    See Also
    --------
    discount_check

    Notes
    -----
    The first of `signers` whose limit covers `value`, of `limits`; compared as `direction`; in `unit`.

    A value equal to a limit is covered by it.

    Examples
    --------
    The representative may give 10 %, the manager 20 %, the director 30 %. Who signs 22 %?

    >>> deal_signer(0.22, [0.1, 0.2, 0.3, 1], ["Rep", "Manager", "Director", "VP"])
    'Director'
    """
    who = texts("signers", signers, limits.size)
    tiers = [
        (bound, name) for bound, name in zip(limits.tolist(), who, strict=True) if bound == bound or name
    ]
    if not tiers or any(bound != bound or name is None for bound, name in tiers):
        raise InputError("signers", "be as many as the limits", "Give each limit who may sign up to it.")
    bounds = np.array([bound for bound, _ in tiers])
    names = np.array([name for _, name in tiers], object)
    sign = direction if direction == direction else _direction(bounds)
    unruly = bool((np.diff(sign * bounds) > 0).any())
    place = signer_place(value, bounds, sign)
    nobody = place == len(tiers)
    first = names[np.minimum(place, len(tiers) - 1)]
    rules = (
        outside("limits", np.full(np.shape(value), unruly), "rise or fall all the way"),
        outside(
            "value",
            _other_unit(value, bounds, sign) if unit is None else np.bool_(False),
            "be in the unit of the limits",
            "Write a share among shares, percent among percent, or name the unit that both are in.",
        ),
        no_answer("value", nobody, "lie within the last limit", "Nobody in the list may sign it."),
    )
    missing = with_reasons(np.where(np.isnan(value), np.nan, 0.0), *rules)
    if not np.ndim(value):
        return str(first) if missing == 0 else raise_if_malformed(missing.item())
    return np.where(np.isnan(missing), missing.astype(object), first) if np.isnan(missing).any() else first


def _other_unit(value: Floats, limits: Floats, sign: float) -> Mask:
    """Whether a value may be a share where the limits are percent, or percent where they are shares."""
    size, sizes = np.abs(value), np.abs(limits)
    most = sizes.max()
    if most <= 1:
        # Above rising limits nobody may sign; above falling ones the first may, which is the mistake.
        percent: Mask = (size > 1) & (size / 100 <= most) & (sign > 0)
        return percent
    share: Mask = (size > 0) & (size < min(1.0, sizes[sizes > 0].min())) & (100 * size <= most)
    return share


def signer_place(value: Floats, limits: Floats, sign: float) -> NDArray[np.int16]:
    """Place of the first limit that covers a value; one beyond the last where none does.

    The limits are in order, so the first that covers a value comes after all that do not: `sign` is −1 where
    they rise (discounts), +1 where they fall (prices, margins). A value that is NaN is nobody's question, and
    stays with the first. Two numbers count as equal within the tolerance of the largest limit.
    """
    place = np.zeros(np.shape(value), np.int16)
    leeway = TOLERANCE * np.max(np.abs(limits), initial=0.0)
    for bound in limits.tolist():
        place = place + (value < bound - leeway if sign > 0 else bound < value - leeway)
    return place


def _direction(bounds: Floats) -> float:
    """−1 for rising limits (discounts), +1 for falling ones (prices, margins)."""
    steps = np.diff(bounds)
    if not steps.any():
        raise InputError(
            "direction",
            'be "<=" or ">=" where the limits neither rise nor fall',
            "It cannot be read from one limit.",
        )
    return -1.0 if (steps >= 0).all() else 1.0


@takes(history=column(PRICE), floor_p=single(CHANCE), target_p=single(CHANCE), stretch_p=single(CHANCE))
def price_guidance(
    history: Argument, floor_p: Argument = 0.1, target_p: Argument = 0.5, stretch_p: Argument = 0.9
) -> Floats | float:
    """Floor, target and stretch price from the prices that were paid before.

    Parameters
    ----------
    history : array_like
        Prices paid for comparable deals, at least five. Blank cells are passed over.
    floor_p : float, optional
        Percentile of the floor, as a share; at 0.1 a tenth of the deals went for less.
    target_p : float, optional
        Percentile of the target, as a share.
    stretch_p : float, optional
        Percentile of the stretch price, as a share.

    Returns
    -------
    ndarray or float
        A row of three prices. One NaN where there are fewer than five prices, or the percentiles do not rise
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
    prices = history[~np.isnan(history)]
    parts = np.array([floor_p, target_p, stretch_p])
    checked = answer(
        np.sum(parts),
        outside(
            "floor_p", share_below(target_p, floor_p), "be at most target_p", "A floor lies below the target."
        ),
        outside(
            "target_p",
            share_below(stretch_p, target_p),
            "be at most stretch_p",
            "A target lies below the stretch.",
        ),
        no_answer("history", prices.size < FEWEST_PRICES, "hold at least five prices"),
    )
    if checked != checked:
        return float(checked)
    return with_reasons(np.quantile(prices, np.clip(parts, 0.0, 1.0)).reshape(1, 3))
