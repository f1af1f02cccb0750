"""A pricing policy: what every line must earn, what leaks off the invoice, and who may sign for less."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.kinds import (
    AIM,
    BREAK,
    CHANGE,
    COST,
    DAYS,
    DEDUCTION,
    GUARD,
    LIST_PRICE,
    MARGIN,
    MARKUP,
    PART,
    RATE,
    STEP,
    TEXT,
    TICK,
    TIER_SHARE,
    WORTH,
    Kind,
    choice,
)
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.pricing import MARGIN_BASIS
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.policy.conditions import Condition

EVERY_CLASS = "*"  # the name of a rule for all classes that have none of their own
NOBODY = later("Nobody may sign")  # in files; shown in the reader's language
WARN_DEFAULT = 0.02

BY_LINES, BLENDED = "lines", "blended"
QUOTE_STATUS = choice("status of a quote", {BY_LINES: 0, BLENDED: 1})
WHOLE, BEYOND_TIER = "whole", "beyond_tier"
APPROVED, DECLINED = "approved", "declined"
DECISION = choice("decision", {APPROVED: 1, DECLINED: 0})
SIGNED_DISCOUNT = choice("signed discount", {WHOLE: 0, BEYOND_TIER: 1})

# What each value may be, by the table and the key of a policy file; the Policy sheet takes the same.
KINDS: Mapping[str, Mapping[str, Kind]] = {
    "": {
        "warn": GUARD,
        "fixed_cost": COST,
        "margin_basis": MARGIN_BASIS,
        "quote_status": QUOTE_STATUS,
        "signed_discount": SIGNED_DISCOUNT,
    },
    "leakage": {"rebate": DEDUCTION, "freight": DEDUCTION, "rate": RATE, "terms_days": DAYS},
    "rounding": {"price": TICK, "discount": STEP},
    "class": {
        "name": TEXT,
        "min_margin": MARGIN,
        "target_margin": MARGIN,
        "stretch_margin": MARGIN,
        "min_price": PART,
        "target_price": PART,
        "stretch_price": PART,
    },
    "rule": {
        "name": TEXT,
        "min_margin": MARGIN,
        "min_markup": MARKUP,
        "min_price": PART,
        "min_net": AIM,
        "target_margin": MARGIN,
        "target_markup": MARKUP,
        "target_price": PART,
        "target_net": AIM,
        "stretch_margin": MARGIN,
        "stretch_markup": MARKUP,
        "stretch_price": PART,
        "stretch_net": AIM,
        "rebate": DEDUCTION,
        "freight": DEDUCTION,
        "terms_days": DAYS,
        "fixed_cost": COST,
        "signed_discount": SIGNED_DISCOUNT,
        "note": TEXT,
    },
    "cost_version": {"name": TEXT, "cost": COST, "change": CHANGE},
    "list_version": {"name": TEXT, "list_price": LIST_PRICE, "change": CHANGE},
    "quote": {
        "name": TEXT,
        "min_margin": MARGIN,
        "max_discount": PART,
        "min_revenue": WORTH,
        "max_terms_days": DAYS,
        "min_share": PART,
        "max_share": PART,
        "signer": TEXT,
    },
    "signer": {
        "name": TEXT,
        "discount": PART,
        "margin": MARGIN,
        "price": PART,
        "below_points": PART,
        "below_money": WORTH,
        "terms_days": DAYS,
        "size": WORTH,
    },
    "exception": dict.fromkeys(
        (
            "fingerprint",
            "as_it_stood",
            "needs",
            "requested_by",
            "decided_by",
            "reason",
            "in_return",
        ),
        TEXT,
    )
    | {"decision": DECISION},
    "tier": {"quantity": BREAK, "discount": TIER_SHARE},
}


class PolicyError(WalkawayError):
    """A policy that cannot be read or written, and what helps."""


def _place() -> str:
    """A field that says where in its file something stands; two policies with other places are the same."""
    return field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class ProductClass:
    """A class of products and the margin it must earn; what is missing is None.

    A floor, a target and a stretch may each be stated as a margin, as a share of the list price, or as both:
    then the higher price counts.
    """

    name: str | None
    min_margin: float | None
    target_margin: float | None = None
    stretch_margin: float | None = None
    min_price: float | None = None
    target_price: float | None = None
    stretch_price: float | None = None
    place: str = _place()


class Asking:
    """What asks something of lines or of quotes: conditions, and days from one to another."""

    name: str | None
    when: tuple[Condition, ...]
    start: date | None
    end: date | None
    place: str

    @property
    def is_dated(self) -> bool:
        """Whether it holds for some days only."""
        return self.start is not None or self.end is not None

    @property
    def rank(self) -> int:
        """How many things it asks: of two the one that asks more decides."""
        return len(self.when) + self.is_dated

    @property
    def shown(self) -> str:
        """Its name, or else what it asks."""
        if self.name:
            return self.name
        asked = [condition.shown for condition in self.when]
        asked += [f"from {self.start}"] if self.start else []
        asked += [f"until {self.end}"] if self.end else []
        return ", ".join(asked) or self.everything

    @property
    def everything(self) -> str:
        """What it is for if it asks nothing."""
        return phrase("every line")


@dataclass(frozen=True)
class PriceRule(Asking):
    """What lines must earn that fulfil some conditions; what is missing is None.

    Of a floor, a target or a stretch that is stated in several ways the highest price counts: a margin, a
    markup on the cost, a share of the list price, or a net price in money, as that of a contract. What leaks,
    the terms, the fixed cost and the tiers are the policy's where the rule states none of its own.
    """

    name: str | None
    when: tuple[Condition, ...] = ()
    start: date | None = None
    end: date | None = None
    min_margin: float | None = None
    min_markup: float | None = None
    min_price: float | None = None
    min_net: float | None = None
    target_margin: float | None = None
    target_markup: float | None = None
    target_price: float | None = None
    target_net: float | None = None
    stretch_margin: float | None = None
    stretch_markup: float | None = None
    stretch_price: float | None = None
    stretch_net: float | None = None
    rebate: float | None = None
    freight: float | None = None
    terms_days: float | None = None
    fixed_cost: float | None = None
    tiers: tuple["Tier", ...] = ()
    signed_discount: str | None = None
    note: str | None = None
    place: str = _place()


@dataclass(frozen=True)
class CostVersion(Asking):
    """What lines cost that fulfil some conditions, in place of what they state: an amount, or a change."""

    name: str | None
    when: tuple[Condition, ...] = ()
    start: date | None = None
    end: date | None = None
    cost: float | None = None
    change: float | None = None
    place: str = _place()

    @property
    def amount(self) -> float | None:
        """The cost that it states."""
        return self.cost


@dataclass(frozen=True)
class ListVersion(Asking):
    """What lines list at that fulfil some conditions, in place of what they state: an amount, or a change."""

    name: str | None
    when: tuple[Condition, ...] = ()
    start: date | None = None
    end: date | None = None
    list_price: float | None = None
    change: float | None = None
    place: str = _place()

    @property
    def amount(self) -> float | None:
        """The list price that it states."""
        return self.list_price


Version = CostVersion | ListVersion


@dataclass(frozen=True)
class QuoteRule(Asking):
    """What a quote as a whole must keep that fulfils some conditions; what is missing is None.

    `of` are conditions of lines: the share of the revenue that such lines may have, or must. `signer` may
    sign a quote that does not keep the rule; the most senior of all if none is named.
    """

    name: str | None
    when: tuple[Condition, ...] = ()
    start: date | None = None
    end: date | None = None
    min_margin: float | None = None
    max_discount: float | None = None
    min_revenue: float | None = None
    max_terms_days: float | None = None
    of: tuple[Condition, ...] = ()
    min_share: float | None = None
    max_share: float | None = None
    signer: str | None = None
    place: str = _place()

    @property
    def everything(self) -> str:
        """What it is for if it asks nothing."""
        return phrase("every quote")


@dataclass(frozen=True)
class Signer:
    """Who may sign how far, by each measure of a line or a quote; None where there is no limit."""

    name: str | None
    discount: float | None = None
    margin: float | None = None
    price: float | None = None
    below_points: float | None = None
    below_money: float | None = None
    terms_days: float | None = None
    size: float | None = None
    place: str = _place()


@dataclass(frozen=True)
class LineException:
    """What somebody has decided about a line as it then stood; what is missing is None.

    `line` says which line it is, by columns of the book, and `fingerprint` how it stood. `as_it_stood` and
    `needs` say it to people.
    """

    line: tuple[Condition, ...] = ()
    fingerprint: str | None = None
    as_it_stood: str | None = None
    needs: str | None = None
    requested_by: str | None = None
    decided_by: str | None = None
    decision: str | None = None
    reason: str | None = None
    in_return: str | None = None
    start: date | None = None
    end: date | None = None
    place: str = _place()

    @property
    def shown(self) -> str:
        """The line that is meant."""
        return ", ".join(condition.shown for condition in self.line)

    @property
    def is_decided(self) -> bool:
        """Whether it says who has decided, why, on which line, on which day and until when."""
        return None not in (
            self.fingerprint,
            self.requested_by,
            self.decided_by,
            self.reason,
            self.start,
            self.end,
        )


@dataclass(frozen=True)
class Tier:
    """The discount that a quantity earns by itself."""

    quantity: float | None
    discount: float | None
    place: str = _place()


@dataclass(frozen=True)
class Policy:
    """Everything that is the same for all lines.

    Margins are shares of the invoice price, or with a `margin_basis` of "net" of what leakage leaves of it.
    Shares are fractions: 0.15 is 15 %. The leakage of a line is its rebate, its freight and what its payment
    terms cost; `terms_days` are for lines that name none. A quote has the status of its worst line, or with a
    `quote_status` of "blended" that of all lines together. Who signs is asked about the whole discount, or
    with a `signed_discount` of "beyond_tier" about what goes beyond the tier's. `source` names the file.
    """

    classes: tuple[ProductClass, ...] = ()
    rules: tuple[PriceRule, ...] = ()
    cost_versions: tuple[CostVersion, ...] = ()
    list_versions: tuple[ListVersion, ...] = ()
    quotes: tuple[QuoteRule, ...] = ()
    signers: tuple[Signer, ...] = ()
    tiers: tuple[Tier, ...] = ()
    exceptions: tuple[LineException, ...] = ()
    rebate: float = 0.0
    freight: float = 0.0
    rate: float = 0.0
    terms_days: float = 0.0
    fixed_cost: float = 0.0
    warn: float = WARN_DEFAULT
    price_step: float | None = None
    discount_step: float | None = None
    margin_basis: str = "invoice"
    quote_status: str = BY_LINES
    signed_discount: str = WHOLE
    source: str = field(default="the policy", compare=False)

    @property
    def leakage(self) -> float:
        """Share of the invoice that is lost on a line with the usual payment terms."""
        return self.rebate + self.freight + float(np.asarray(terms_cost(self.terms_days, self.rate)))


# Made up for the examples, whose prices, costs and discounts are real.
EXAMPLE = Policy(
    classes=(
        ProductClass("Furniture", 0.10),
        ProductClass("Office Supplies", 0.15),
        ProductClass("Technology", 0.12),
    ),
    signers=(
        Signer("Account manager", 0.10, 0.25, 0.90),
        Signer("Sales manager", 0.20, 0.20, 0.80),
        Signer("Sales director", 0.30, 0.15, 0.70),
        Signer("Chief executive", 0.60, -0.50, 0.40),
    ),
    tiers=(Tier(1, 0.0), Tier(10, 0.02), Tier(25, 0.04)),
    rebate=0.01,
    freight=0.01,
    rate=0.08,
    terms_days=30,
    warn=0.05,
    price_step=0.01,
)
