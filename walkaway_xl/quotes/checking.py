"""Lines against a policy: the worksheet functions of the core, asked for whole columns.

It knows NumPy and the core, so that the same code runs on a laptop, on the workers of a cluster, and where
nothing but the base package is installed.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._takes import refusal
from walkaway_xl.core._tolerance import round_down, round_up, share_below
from walkaway_xl.core.errors import NO_STATUS, NOT_FINITE, reason_of
from walkaway_xl.core.kinds import DAYS, NUMBER, QUANTITY
from walkaway_xl.core.pricing import (
    DiscountStatus,
    approver_place,
    discount_answers,
    earned_margin,
    price_floor,
)
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.core.tiers import discount_tier
from walkaway_xl.policy import EVERY_CLASS, NOBODY, Policy
from walkaway_xl.quotes.exact import LARGEST

STATUSES = tuple(sorted(DiscountStatus, reverse=True))

SIGNS = "Give --negative-discounts if discounts are written so, --surcharges if it is a surcharge."

BANDS = ("min", "target", "stretch")

Codes = NDArray[np.int16]


def status_word(status: DiscountStatus) -> str:
    """The status as people read it: BELOW FLOOR."""
    return status.word


class Lines(NamedTuple):
    """Lines of a quote, a column each; NaN where a cell is blank."""

    list_price: Floats
    discount: Floats
    cost: Floats
    quantity: Floats
    rule: NDArray[np.integer]  # place in the policy's classes; −1 for a class that has no rule
    terms_days: Floats | None = None


class Checked(NamedTuple):
    """What the policy says to each line."""

    net_price: Floats
    price_share: Floats  # the net price as a share of the list price
    floor: Floats
    max_discount: Floats
    headroom: Floats
    margin: Floats
    status: Codes  # a DiscountStatus; NO_STATUS or below where the line cannot be checked
    approver: Codes  # place in the policy's signers; one beyond the last for nobody
    tier_discount: Floats | None
    target: Floats | None  # the price to aim at; None where the policy states none
    stretch: Floats | None
    minimum: Floats  # the margin that the floor stands for
    loss_leader: NDArray[np.bool_] | None  # below cost, as its class may be; None where no class may
    list_value: Floats  # of the whole line, as are the next two; 0 where it cannot be checked
    revenue: Floats
    earned: Floats

    @property
    def rejected(self) -> NDArray[np.bool_]:
        """Lines that cannot be checked."""
        return self.status <= NO_STATUS


class Band(NamedTuple):
    """A margin and a share of the list price for each class; NaN where none is stated, and for no class."""

    margins: Floats
    prices: Floats

    @property
    def stated(self) -> bool:
        """Whether any class states it."""
        return not bool(np.isnan(self.margins).all() and np.isnan(self.prices).all())


def _band(policy: Policy, band: str) -> Band:
    def column(kind: str) -> Floats:
        return np.array([getattr(entry, f"{band}_{kind}") for entry in policy.classes] + [None], float)

    return Band(column("margin"), column("price"))


class Rules:
    """A policy made ready for columns."""

    def __init__(self, policy: Policy):
        self.policy = policy
        self.bands = {band: _band(policy, band) for band in BANDS}
        self.limits = [
            (np.array([getattr(signer, key) for signer in policy.signers], float), sign)
            for key, sign in (("discount", -1.0), ("margin", 1.0), ("price", 1.0))
        ]
        self.quantities = [tier.quantity for tier in policy.tiers]
        self.tier_discounts = [tier.discount for tier in policy.tiers]
        self.approvers = (*(str(signer.name) for signer in policy.signers), NOBODY)
        self.classes = tuple(str(entry.name).strip() for entry in policy.classes)
        self.has_loss_leaders = bool((self.bands["min"].margins < 0).any())

    def places(self) -> dict[str, int]:
        """Place of the rule of each class, by its name in lower case; the upper of two counts."""
        named = [(name.casefold(), at) for at, name in enumerate(self.classes)]
        return dict(reversed(named))

    @property
    def otherwise(self) -> int:
        """Place of the rule for classes that have none of their own; −1 if there is none."""
        return self.places().get(EVERY_CLASS, -1)


@np.errstate(all="ignore")
def check(lines: Lines, rules: Rules, *, surcharges: bool = False) -> Checked:
    """What a policy says to lines.

    Parameters
    ----------
    lines : Lines
        Columns of one length.
    rules : Rules
        The policy.
    surcharges : bool, optional
        Whether a discount may be negative.

    Returns
    -------
    Checked
        Columns of the same length. A line that cannot be checked has NaN and a status of NO_STATUS or below;
        `reasons` says why.
    """
    policy = rules.policy
    list_price, discount, cost, quantity = lines[:4]
    leakage = policy.rebate + policy.freight + _terms(lines, policy)
    minimum = _margin(lines, rules, "min", leakage)
    answers = discount_answers(
        list_price,
        discount,
        cost,
        minimum,
        leakage,
        policy.fixed_cost,
        policy.warn,
        policy.margin_basis,
        surcharges,
    )
    status = answers.status
    list_value, revenue = list_price * quantity, answers.price * quantity
    earned = revenue * (1 - leakage) - (cost + policy.fixed_cost) * quantity
    largest = np.maximum(np.maximum(np.abs(list_value), np.abs(revenue)), np.abs(earned))
    # A leakage that is not known leaves no amount here.
    refused = ~(largest < LARGEST) | ~(quantity >= QUANTITY.lowest)
    status[refused & (status > NO_STATUS)] = NO_STATUS
    good = status > NO_STATUS
    if not good.all():
        list_value, revenue, earned = (np.where(good, money, 0.0) for money in (list_value, revenue, earned))
    loses = rules.has_loss_leaders
    share = answers.price / list_price
    return Checked(
        net_price=answers.price,
        price_share=share,
        floor=_on_tick(answers.floor, policy),
        max_discount=_rounded(round_down, answers.deepest, policy.discount_step),
        headroom=answers.headroom,
        margin=answers.margin,
        status=status,
        approver=_approver(rules, discount, answers.margin, share),
        tier_discount=_tier_discount(rules, quantity),
        target=_price_of(lines, rules, "target", leakage),
        stretch=_price_of(lines, rules, "stretch", leakage),
        minimum=minimum,
        loss_leader=(status >= DiscountStatus.NEAR_FLOOR) & share_below(answers.margin, 0) if loses else None,
        list_value=list_value,
        revenue=revenue,
        earned=earned,
    )


def _terms(lines: Lines, policy: Policy) -> Floats:
    """What the payment terms of each line cost; NaN with a reason where its days make no sense."""
    days = np.full(1, policy.terms_days) if lines.terms_days is None else lines.terms_days
    return np.asarray(terms_cost(np.where(np.isnan(days), policy.terms_days, days), policy.rate))


def _margin(lines: Lines, rules: Rules, band: str, leakage: Floats) -> Floats:
    """The margin that a line must earn: that of its class, or what is left at the price of its class."""
    stated = rules.bands[band]
    margins: Floats = stated.margins[lines.rule]
    if np.isnan(stated.prices).all():
        return margins
    policy = rules.policy
    price = lines.list_price * stated.prices[lines.rule]
    left = earned_margin(price, lines.cost + policy.fixed_cost, leakage, policy.margin_basis)
    higher: Floats = np.fmax(margins, left)
    return higher


def _on_tick(price: Floats, policy: Policy) -> Floats:
    return _rounded(round_up, price, policy.price_step)


def _rounded(rounding: Callable[[Floats, Floats], Floats], values: Floats, step: float | None) -> Floats:
    if step is None:
        return values
    return rounding(values, np.float64(step))  # type: ignore[arg-type]


def _price_of(lines: Lines, rules: Rules, band: str, leakage: Floats) -> Floats | None:
    if not rules.bands[band].stated:
        return None
    policy, margin = rules.policy, _margin(lines, rules, band, leakage)
    floor = price_floor(
        lines.cost, margin, leakage, policy.fixed_cost, policy.price_step, policy.margin_basis
    )
    return np.asarray(floor)


def _approver(rules: Rules, discount: Floats, margin: Floats, share: Floats) -> Codes:
    """The most senior of those whom the discount, the margin and the price ask for."""
    places = [
        approver_place(value, limits, sign)
        for value, (limits, sign) in zip((discount, margin, share), rules.limits, strict=True)
    ]
    senior: Codes = np.maximum(np.maximum(places[0], places[1]), places[2])
    return senior


def _tier_discount(rules: Rules, quantity: Floats) -> Floats | None:
    """The discount that the quantity earns by itself; None where the policy has no tiers."""
    if not rules.quantities:
        return None
    return np.asarray(discount_tier(quantity, rules.quantities, rules.tier_discounts))


def reasons(lines: Lines, checked: Checked, rules: Rules) -> Iterator[tuple[int, str]]:
    """Place and reason of each line that cannot be checked."""
    for at in np.flatnonzero(checked.rejected).tolist():
        yield at, _reason(lines, checked, rules, at)


def _reason(lines: Lines, checked: Checked, rules: Rules, at: int) -> str:
    for name in ("list_price", "discount", "cost", "quantity"):
        value = getattr(lines, name)[at]
        if np.isnan(value):
            return f"{name} is blank" + ("; write 0 for no discount" if name == "discount" else "")
        if np.isinf(value) and (infinite := refusal(name, NUMBER, float(value))):
            return infinite.said(float(value))
    if lines.cost[at] + rules.policy.fixed_cost == 0 and not np.isnan(
        rules.bands["min"].prices[lines.rule[at]]
    ):
        return "cost must be above 0 where the class has a min_price; it is 0."  # all of any price is margin
    if lines.rule[at] < 0:
        return f'its class has no rule in {rules.policy.source}; add one, or "*" for all others'
    known = reason_of(int(checked.status[at]))
    if checked.status[at] < NO_STATUS and known is not None and known != NOT_FINITE:
        column = checked.minimum if known.subject == "min_margin" else getattr(lines, known.subject, None)
        got = None if column is None else float(column[at])
        if known.subject == "discount" and got is not None and got < 0:
            known = known._replace(remedy=SIGNS)
        return known.said(got)
    for name, kind in (("quantity", QUANTITY), ("terms_days", DAYS)):
        column = getattr(lines, name)
        value = float("nan") if column is None else float(column[at])
        if not np.isnan(value) and (refused := refusal(name, kind, value)):
            return refused.said(value)
    return f"the line must come to less than {LARGEST:g}; it is more. Are its numbers in the right columns?"
