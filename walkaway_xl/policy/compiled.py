"""A policy made ready for columns of lines: what every class and every signer states, as arrays."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.policy.matching import Matcher
from walkaway_xl.policy.model import (
    BEYOND_TIER,
    EVERY_CLASS,
    NOBODY,
    Policy,
    PriceRule,
    ProductClass,
    Signer,
    Version,
)
from walkaway_xl.policy.quote_rules import QuoteRules

BANDS = ("min", "target", "stretch")
TERMS = ("rebate", "freight", "terms_days", "fixed_cost")  # which a rule may state for its own lines


class Band(NamedTuple):
    """How low a price may go for each entry, in the four ways; NaN where none is stated, and for no entry."""

    margins: Floats
    markups: Floats  # on the cost
    prices: Floats  # shares of the list price
    nets: Floats  # in money

    @property
    def of_prices(self) -> bool:
        """Whether any entry states something else than a margin."""
        return not all(np.isnan(column).all() for column in self[1:])

    @property
    def is_stated(self) -> bool:
        """Whether any entry states anything."""
        return self.of_prices or not bool(np.isnan(self.margins).all())


Entry = ProductClass | PriceRule


def _stated(entries: Sequence[Entry], key: str) -> Floats:
    """What entries state, and NaN for no entry."""
    return np.array([getattr(entry, key, None) for entry in entries] + [None], float)


def _band(entries: Sequence[Entry], band: str) -> Band:
    return Band(*(_stated(entries, f"{band}_{way}") for way in ("margin", "markup", "price", "net")))


# Each limit of a signer, and whether a larger value asks for a more senior one.
LIMITS = {
    "discount": True,
    "margin": False,
    "price": False,
    "below_points": True,
    "below_money": True,
    "terms_days": True,
    "size": True,
}
OF_QUOTES = ("below_money", "size")  # which of them ask of a quote what no line of it asks


class Limit(NamedTuple):
    """What signers may sign up to, by one measure, the most junior first; who comes behind has no limit."""

    of: str
    values: Floats
    sign: float  # −1 where a larger value asks for a more senior signer, 1 where a smaller one does


class CompiledPolicy:
    """A policy made ready for columns."""

    def __init__(self, policy: Policy):
        self.policy = policy
        self.entries: tuple[Entry, ...] = (*policy.classes, *policy.rules)
        self.bands = {band: _band(self.entries, band) for band in BANDS}
        self.of_prices = {name: band.of_prices for name, band in self.bands.items()}
        self.is_stated = {name: band.is_stated for name, band in self.bands.items()}
        self.terms = {key: _own(policy, self.entries, key) for key in TERMS}
        self.usual_leakage: Floats = np.asarray(
            self.terms["rebate"]
            + self.terms["freight"]
            + np.asarray(terms_cost(self.terms["terms_days"], policy.rate))
        )
        stated = [limit for key in LIMITS if (limit := _limit(policy.signers, key))]
        self.limits = [limit for limit in stated if limit.of != "size"]
        self.limits_of_quotes = [limit for limit in stated if limit.of in OF_QUOTES]
        self.quote_rules = QuoteRules(policy)
        of_entries = [
            getattr(entry, "signed_discount", None) or policy.signed_discount for entry in self.entries
        ]
        self.beyond_tier = np.array([word == BEYOND_TIER for word in [*of_entries, policy.signed_discount]])
        own = [getattr(entry, "tiers", ()) or policy.tiers for entry in self.entries]
        self.tiers = list(dict.fromkeys([policy.tiers, *own]))  # each schedule once, the policy's first
        self.tiers_of_entry = np.array([*map(self.tiers.index, own), 0])
        self.has_tiers = any(self.tiers)
        self.costs = Versions("cost", policy.cost_versions)
        self.lists = Versions("list_price", policy.list_versions)
        self.has_versions = bool(policy.cost_versions or policy.list_versions)
        self.signer_names = (*(str(signer.name) for signer in policy.signers), NOBODY)
        self.classes = tuple(str(entry.name).strip() for entry in policy.classes)
        # The upper of two of one name counts.
        self.places = {name.casefold(): place for place, name in reversed(list(enumerate(self.classes)))}
        self.place_of_others = self.places.get(EVERY_CLASS, -1)
        self.entry_names = (*self.classes, *(rule.shown for rule in policy.rules), "")
        self.matcher = Matcher(policy.rules) if policy.rules else None
        # A price alone may lie below cost.
        self.has_loss_leaders = bool((self.bands["min"].margins < 0).any()) or any(
            rule.min_margin is None for rule in policy.rules
        )

    def amounts(self, *, are_converted: bool) -> list[str]:
        """What is an amount of money in it that a line in another currency does not share.

        Parameters
        ----------
        are_converted : bool
            Whether money of the policy is converted into the currency of each line; what rules ask is not.
        """
        asked = {axis.column for axis in self.matcher.axes if axis.words is None} if self.matcher else set()
        held = {name: name in asked for name in ("list_price", "cost")}
        if not are_converted:
            totals = {axis.column for axis in self.quote_rules.axes}
            held |= {
                "fixed_cost": bool(self.terms["fixed_cost"].any()),
                **{f"{name}_net": not bool(np.isnan(band.nets).all()) for name, band in self.bands.items()},
                "cost": held["cost"] or not bool(np.isnan(self.costs.amounts).all()),
                "list_price": held["list_price"] or not bool(np.isnan(self.lists.amounts).all()),
                **{limit.of: True for limit in self.limits_of_quotes},
                **{measure.key: True for measure in self.quote_rules.measures if "revenue" in measure.key},
                **{name: name in totals for name in ("list_value", "revenue")},
            }
        return [name for name, is_there in held.items() if is_there]


class Versions:
    """What lines cost, or list at, in place of what they state, made ready; `of` says which."""

    def __init__(self, of: str, versions: Sequence[Version]):
        self.of = of
        self.matcher = Matcher(versions) if versions else None
        self.names = [version.shown for version in versions]
        self.amounts = np.array([version.amount for version in versions] + [None], float)
        self.changes = np.array([version.change or 0.0 for version in versions] + [0.0])


def _limit(signers: Sequence[Signer], key: str) -> Limit | None:
    """A limit, if any signer has one."""
    values = [value for signer in signers if (value := getattr(signer, key)) is not None]
    return Limit(key, np.array(values), -1.0 if LIMITS[key] else 1.0) if values else None


def _own(policy: Policy, entries: Sequence[Entry], key: str) -> Floats:
    """What is the policy's, as one number unless a rule states its own."""
    usual, own = getattr(policy, key), _stated(entries, key)
    return np.asarray(usual) if np.isnan(own).all() else np.where(np.isnan(own), usual, own)
