"""Lines against a policy: the worksheet functions of the core, asked for whole columns.

It knows NumPy and the core, so that the same code runs on a laptop, on the workers of a cluster, and where
nothing but the base package is installed.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.errors import NO_STATUS, reason_of
from walkaway_xl.core.pricing import DiscountStatus, approver_place, discount_check, discount_max, price_floor
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.core.tiers import discount_tier
from walkaway_xl.policy import EVERY_CLASS, NOBODY, Policy

# Money is counted in millionths. Whole numbers add up to the same sum in any order, so that a total does not
# depend on how the lines were shared out.
MILLION = 1_000_000
MOST_MONEY = 9e12  # more of it on one line does not fit into 64 bits
STATUSES = tuple(sorted(DiscountStatus, reverse=True))

BANDS = ("min", "target", "stretch")

Codes = NDArray[np.int16]
Money = NDArray[np.int64]


def status_word(status: DiscountStatus) -> str:
    """The status as people read it: BELOW FLOOR."""
    return status.name.replace("_", " ")


class Lines(NamedTuple):
    """Lines of a quote, a column each; NaN where a cell is blank."""

    list_price: Floats
    discount: Floats
    cost: Floats
    quantity: Floats
    rule: NDArray[np.integer]  # place in the policy's classes; −1 for a class that has no rule
    terms_days: Floats | None = None


class Checked(NamedTuple):
    """What the policy says to each line; money of the whole line in millionths."""

    net_price: Floats
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
    list_value: Money
    revenue: Money
    earned: Money

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

    def places(self) -> dict[str, int]:
        """Place of the rule of each class, by its name in lower case; the upper of two counts."""
        named = [(str(entry.name).strip().casefold(), at) for at, entry in enumerate(self.policy.classes)]
        return dict(reversed(named))

    @property
    def otherwise(self) -> int:
        """Place of the rule for classes that have none of their own; −1 if there is none."""
        return self.places().get(EVERY_CLASS, -1)


def check(lines: Lines, rules: Rules) -> Checked:
    """What a policy says to lines.

    Parameters
    ----------
    lines : Lines
        Columns of one length.
    rules : Rules
        The policy.

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
    line = (list_price, discount, cost, minimum, leakage, policy.fixed_cost, policy.warn)

    def asked(output: str) -> Floats:
        return np.asarray(discount_check(*line, output=output), float)

    status = np.array(discount_check(*line), np.int16)
    price, earned_margin = asked("price"), asked("margin")
    with np.errstate(all="ignore"):
        list_value, revenue = list_price * quantity, price * quantity
        earned = revenue * (1 - leakage) - (cost + policy.fixed_cost) * quantity
        counted = np.maximum(np.maximum(np.abs(list_value), np.abs(revenue)), np.abs(earned)) < MOST_MONEY
    # A blank leakage would have been taken for none.
    refused = ~counted | ~(quantity >= 0) | np.isnan(leakage)
    status[refused & (status > NO_STATUS)] = NO_STATUS
    return Checked(
        net_price=price,
        floor=_price(lines, policy, minimum, leakage),
        max_discount=np.asarray(
            discount_max(list_price, cost, minimum, leakage, policy.fixed_cost, policy.discount_step)
        ),
        headroom=asked("headroom"),
        margin=earned_margin,
        status=status,
        approver=_approver(rules, discount, earned_margin, price / list_price),
        tier_discount=_tier_discount(rules, quantity),
        target=_price_of(lines, rules, "target", leakage),
        stretch=_price_of(lines, rules, "stretch", leakage),
        minimum=minimum,
        list_value=_millionths(list_value, counted),
        revenue=_millionths(revenue, counted),
        earned=_millionths(earned, counted),
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
    at = 1 - stated.prices[lines.rule]
    left = discount_check(lines.list_price, at, lines.cost, 0.0, leakage, policy.fixed_cost, output="margin")
    higher: Floats = np.fmax(margins, np.asarray(left, float))
    return higher


def _price(lines: Lines, policy: Policy, margin: Floats, leakage: Floats) -> Floats:
    return np.asarray(price_floor(lines.cost, margin, leakage, policy.fixed_cost, policy.price_step))


def _price_of(lines: Lines, rules: Rules, band: str, leakage: Floats) -> Floats | None:
    if not rules.bands[band].stated:
        return None
    return _price(lines, rules.policy, _margin(lines, rules, band, leakage), leakage)


def _millionths(money: Floats, counted: NDArray[np.bool_]) -> Money:
    whole: Money = np.rint(np.where(counted, money, 0.0) * MILLION).astype(np.int64)
    return whole


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
    return np.asarray(discount_tier(quantity, rules.quantities, rules.tier_discounts))  # type: ignore[arg-type]


def reasons(lines: Lines, checked: Checked, rules: Rules) -> Iterator[tuple[int, str]]:
    """Place and reason of each line that cannot be checked."""
    for at in np.flatnonzero(checked.rejected).tolist():
        yield at, _reason(lines, checked, rules, at)


def _reason(lines: Lines, checked: Checked, rules: Rules, at: int) -> str:
    for name in ("list_price", "discount", "cost", "quantity"):
        value = getattr(lines, name)[at]
        if np.isnan(value):
            return f"{name} is blank" + ("; write 0 for no discount" if name == "discount" else "")
        if np.isinf(value):
            return f"{name} is no finite number"
    if lines.cost[at] + rules.policy.fixed_cost == 0 and not np.isnan(
        rules.bands["min"].prices[lines.rule[at]]
    ):
        return "cost is above 0 where the class has a min_price"  # all of any price is margin
    if lines.rule[at] < 0:
        return f'its class has no rule in {rules.policy.source}; add one, or "*" for all others'
    known = reason_of(int(checked.status[at]))
    if checked.status[at] < NO_STATUS and known is not None:
        return known.words
    if lines.quantity[at] < 0:
        return "quantity is zero or more"
    terms = _terms(lines, rules.policy)
    if np.isnan(terms[at % terms.size]) and (told := reason_of(float(terms[at % terms.size]))):
        return f"terms_{told.words}" if told.argument == "days" else "terms_days is no finite number"
    return f"the line comes to more than {MOST_MONEY:,.0f}; are its numbers in the right columns?"
