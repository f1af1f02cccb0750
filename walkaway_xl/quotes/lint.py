"""What is wrong with a policy: the checks that the Policy sheet makes, with the line and the remedy."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from walkaway_xl.core._tolerance import TOLERANCE, share_at_least, share_below
from walkaway_xl.core.pricing import kept_of_price
from walkaway_xl.core.tiers import Cliffs, discount_cliff
from walkaway_xl.policy import Policy, ProductClass, Signer, Tier


class Rule(NamedTuple):
    """A rule that a policy can break. With `stops`, lines cannot be checked until it is mended."""

    title: str
    remedy: str
    stops: bool = False


EMPTY = Rule("Parts of the policy that are empty", "Policy needs a class and somebody who signs.", stops=True)
CLASS_GAP = Rule("Classes: name or margin missing", "Every class needs a name and a margin.", stops=True)
CLASS_TWICE = Rule("Classes: listed twice", "Only the upper one is used. Take one out.")
CLASS_REACH = Rule(
    "Classes: margin and leakage leave no price",
    "Lower one. Together they must stay below 100 %; net of leakage, each alone.",
    stops=True,
)
CLASS_ORDER = Rule("Classes: inversion", "Minimum, target and stretch rise.")
SIGNER_GAP = Rule("Signers: gap", "Every signer needs three limits; no empty row between.", stops=True)
SIGNER_OVERLAP = Rule("Signers: overlap", "Two with the same limit: the second is never asked.")
SIGNER_ORDER = Rule("Signers: inversion", "Discounts rise, margins and prices fall, row by row.", stops=True)
SIGNER_BEYOND = Rule("Signers: limit beyond the floor", "Only the last signer may go below a class minimum.")
TIER_GAP = Rule("Tiers: gap", "Every tier needs a quantity and a discount; no empty row between.", stops=True)
TIER_OVERLAP = Rule("Tiers: overlap", "Two tiers begin at the same quantity.", stops=True)
TIER_ORDER = Rule("Tiers: inversion", "Quantities and discounts rise, row by row.", stops=True)
TIER_CLIFF = Rule("Tiers: cliff", "One unit more costs less in all. Make the step smaller.")

RULES = (
    EMPTY,
    CLASS_GAP,
    CLASS_TWICE,
    CLASS_REACH,
    CLASS_ORDER,
    SIGNER_GAP,
    SIGNER_OVERLAP,
    SIGNER_ORDER,
    SIGNER_BEYOND,
    TIER_GAP,
    TIER_OVERLAP,
    TIER_ORDER,
    TIER_CLIFF,
)


class Fault(NamedTuple):
    """A rule that is broken, where, and by what."""

    rule: Rule
    place: str
    detail: str

    @property
    def words(self) -> str:
        """The fault as a sentence, with the remedy."""
        return f"{self.rule.title}: {self.detail}. {self.rule.remedy}"

    def located(self, source: str) -> str:
        """The fault after the name of its file and its place there."""
        return f"{source}:{self.place}: {self.words}" if self.place else f"{source}: {self.words}"


def lint(policy: Policy) -> tuple[Fault, ...]:
    """Every fault of a policy, from the top of the file to its end."""
    found = [*_empty(policy), *_classes(policy), *_signers(policy), *_tiers(policy.tiers)]
    return tuple(sorted(found, key=lambda fault: _order(fault.place)))


def stopping_faults(policy: Policy) -> list[Fault]:
    """The faults for which lines cannot be checked by a policy."""
    return [fault for fault in lint(policy) if fault.rule.stops]


def _order(place: str) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, place)) or 0), place


def _empty(policy: Policy) -> Iterator[Fault]:
    if not any(entry.name for entry in policy.classes):
        yield Fault(EMPTY, "", "there is no class")
    if not any(entry.name for entry in policy.signers):
        yield Fault(EMPTY, "", "nobody signs")


def _classes(policy: Policy) -> Iterator[Fault]:
    names = [entry.name.strip().casefold() for entry in policy.classes if entry.name]
    for entry in policy.classes:
        shown = entry.name or "this class"
        if (entry.name is None) != (entry.min_margin is None):
            yield Fault(
                CLASS_GAP, entry.place, f"{shown} has no {'name' if entry.name is None else 'margin'}"
            )
        if entry.name and names.count(entry.name.strip().casefold()) > 1:
            yield Fault(CLASS_TWICE, entry.place, f"{shown} stands here more than once")
        if share_at_least(0.0, kept_of_price(entry.min_margin or 0.0, policy.leakage, policy.margin_basis)):
            yield Fault(
                CLASS_REACH,
                entry.place,
                f"{shown} asks for {entry.min_margin or 0.0:.1%} of the price, and {policy.leakage:.1%} leak",
            )
        yield from _guidance(entry, shown)


def _guidance(entry: ProductClass, shown: str) -> Iterator[Fault]:
    margins = (entry.min_margin, entry.target_margin, entry.stretch_margin)
    prices = (entry.min_price, entry.target_price, entry.stretch_price)
    for bands in (margins, prices):
        given = [share for share in bands if share is not None]
        if any(share_below(higher, lower) for lower, higher in pairwise(given)):
            told = ", ".join(f"{share:.1%}" for share in given)
            yield Fault(CLASS_ORDER, entry.place, f"{shown} has {told}")


def _limits(signer: Signer) -> tuple[tuple[str, float | None, int], ...]:
    """Each limit with its direction: +1 if it rises from signer to signer, −1 if it falls."""
    return (("discount", signer.discount, 1), ("margin", signer.margin, -1), ("price", signer.price, -1))


def _signers(policy: Policy) -> Iterator[Fault]:
    highest = max((entry.min_margin for entry in policy.classes if entry.min_margin is not None), default=0.0)
    for signer in policy.signers:
        missing = [key for key, limit, _ in _limits(signer) if limit is None]
        if 0 < len(missing) < 3 or (missing and signer.name) or (not missing and signer.name is None):
            lacks = "no name" if signer.name is None else f"no limit for {', '.join(missing)}"
            yield Fault(SIGNER_GAP, signer.place, f"{signer.name or 'this signer'} has {lacks}")
    for upper, lower in pairwise(policy.signers):
        if lower.name and upper.name is None:
            yield Fault(SIGNER_GAP, lower.place, f"an empty row stands before {lower.name}")
        for (key, one, direction), (_, other, _) in zip(_limits(upper), _limits(lower), strict=True):
            if one is None or other is None:
                continue
            if one == other:
                yield Fault(
                    SIGNER_OVERLAP, lower.place, f"{upper.name} and {lower.name} share the {key} {one:.0%}"
                )
            elif direction * other < direction * one:
                yield Fault(
                    SIGNER_ORDER,
                    lower.place,
                    f"{upper.name}, who is more junior, may sign a {key} of {one:.0%}, "
                    f"{lower.name} only {other:.0%}",
                )
        if lower.name and upper.margin is not None and upper.margin < highest - TOLERANCE:
            yield Fault(
                SIGNER_BEYOND,
                upper.place,
                f"{upper.name} may go down to {upper.margin:.0%}, and a class must earn {highest:.0%}",
            )


def _tiers(tiers: tuple[Tier, ...]) -> Iterator[Fault]:
    for tier in tiers:
        if (tier.quantity is None) != (tier.discount is None):
            lacks = "quantity" if tier.quantity is None else "discount"
            yield Fault(TIER_GAP, tier.place, f"this tier has no {lacks}")
    for upper, lower in pairwise(tiers):
        if lower.quantity is not None and upper.quantity is None:
            yield Fault(
                TIER_GAP, lower.place, f"an empty row stands before the tier from {lower.quantity:,g}"
            )
        yield from _steps(upper, lower)
    if all(tier.quantity is not None and tier.discount is not None for tier in tiers):
        yield from _cliffs(tiers)


def _steps(upper: Tier, lower: Tier) -> Iterator[Fault]:
    if upper.quantity is None or upper.discount is None or lower.quantity is None or lower.discount is None:
        return
    if lower.quantity == upper.quantity:
        yield Fault(TIER_OVERLAP, lower.place, f"two tiers begin at {lower.quantity:,g}")
    if lower.quantity < upper.quantity:
        yield Fault(TIER_ORDER, lower.place, f"{lower.quantity:,g} follows {upper.quantity:,g}")
    if lower.discount < upper.discount:
        yield Fault(
            TIER_ORDER,
            lower.place,
            f"{upper.quantity:,g} units earn {upper.discount:.1%}, "
            f"and {lower.quantity:,g} earn {lower.discount:.1%}",
        )


def _cliffs(tiers: tuple[Tier, ...]) -> Iterator[Fault]:
    if not tiers:
        return
    places = {tier.quantity: tier.place for tier in tiers}
    quantities, discounts = [tier.quantity for tier in tiers], [tier.discount for tier in tiers]
    cliffs = discount_cliff(quantities, discounts, unit_price=1.0)
    if isinstance(cliffs, Cliffs):  # else there is none, or the tiers are in disorder or in parts of a unit
        for first, last, bound, _ in zip(*cliffs, strict=True):
            units = f"{last:,g} units cost" if first == last else f"{first:,g} to {last:,g} units cost"
            yield Fault(TIER_CLIFF, places[float(bound)], f"{units} more than {bound:,g}")
