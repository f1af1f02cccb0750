"""A pricing policy: what every line must earn, what leaks off the invoice, and who may sign for less."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.kinds import (
    AIM,
    BREAK,
    COST,
    DAYS,
    DEDUCTION,
    GUARD,
    MARGIN,
    MARKUP,
    PART,
    RATE,
    STEP,
    TEXT,
    TICK,
    TIER_SHARE,
    Kind,
)
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.pricing import MARGIN_BASIS
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.policy.conditions import Condition

EVERY_CLASS = "*"  # the name of a rule for all classes that have none of their own
NOBODY = later("Nobody may sign")  # in files; shown in the reader's language
WARN_DEFAULT = 0.02

# What each value may be, by the table and the key of a policy file; the Policy sheet takes the same.
KINDS: Mapping[str, Mapping[str, Kind]] = {
    "": {"warn": GUARD, "fixed_cost": COST, "margin_basis": MARGIN_BASIS},
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
    },
    "signer": {"name": TEXT, "discount": PART, "margin": MARGIN, "price": PART},
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


@dataclass(frozen=True)
class PriceRule:
    """What lines must earn that fulfil some conditions; what is missing is None.

    Of a floor, a target or a stretch that is stated in several ways the highest price counts: a margin, a
    markup on the cost, a share of the list price, or a net price in money, as that of a contract. What leaks,
    the terms and the fixed cost are the policy's where the rule states none of its own.
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
    place: str = _place()

    @property
    def is_dated(self) -> bool:
        """Whether it holds for some days only."""
        return self.start is not None or self.end is not None

    @property
    def rank(self) -> int:
        """How many things it asks of a line: of two rules the one that asks more decides."""
        return len(self.when) + self.is_dated

    @property
    def shown(self) -> str:
        """Its name, or else what it asks."""
        if self.name:
            return self.name
        asked = [condition.shown for condition in self.when]
        asked += [f"from {self.start}"] if self.start else []
        asked += [f"until {self.end}"] if self.end else []
        return ", ".join(asked) or phrase("every line")


@dataclass(frozen=True)
class Signer:
    """Who may sign up to which discount, down to which margin and down to which share of the list price."""

    name: str | None
    discount: float | None
    margin: float | None
    price: float | None
    place: str = _place()


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
    terms cost; `terms_days` are for lines that name none. `source` names the file.
    """

    classes: tuple[ProductClass, ...] = ()
    rules: tuple[PriceRule, ...] = ()
    signers: tuple[Signer, ...] = ()
    tiers: tuple[Tier, ...] = ()
    rebate: float = 0.0
    freight: float = 0.0
    rate: float = 0.0
    terms_days: float = 0.0
    fixed_cost: float = 0.0
    warn: float = WARN_DEFAULT
    price_step: float | None = None
    discount_step: float | None = None
    margin_basis: str = "invoice"
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
        Signer("Sales director", 0.30, 0.15, 0.65),
        Signer("Chief executive", 0.60, -0.50, 0.35),
    ),
    tiers=(Tier(1, 0.0), Tier(10, 0.02), Tier(25, 0.04)),
    rebate=0.01,
    freight=0.01,
    rate=0.08,
    terms_days=30,
    warn=0.05,
    price_step=0.01,
)
