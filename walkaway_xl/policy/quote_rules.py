"""The rules of a policy for quotes as a whole, made ready: which rule decides what about which quote."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats, Mask
from walkaway_xl.core._tolerance import below, share_below
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.policy.conditions import Condition, plain_word
from walkaway_xl.policy.matching import Axis, Matcher, Places
from walkaway_xl.policy.model import Policy, PriceRule, QuoteRule

# What quotes are asked for that no column of their lines holds.
TOTALS = ("lines", "quantity", "list_value", "revenue", "blended_discount", "margin", "terms_days")
KEYS = ("min_margin", "max_discount", "min_revenue", "max_terms_days", "min_share", "max_share")
OF_MIX = ("min_share", "max_share")
MEASURED = {  # what each key is compared with
    "min_margin": "margin",
    "max_discount": "blended_discount",
    "min_revenue": "revenue",
    "max_terms_days": "terms_days",
}
WORDS = {
    "min_margin": later("{rule}: margin {value} under {limit}"),
    "max_discount": later("{rule}: discount {value} over {limit}"),
    "min_revenue": later("{rule}: revenue {value} under {limit}"),
    "max_terms_days": later("{rule}: terms of {value} days over {limit}"),
    "min_share": later("{rule}: share of {value} under {limit}"),
    "max_share": later("{rule}: share of {value} over {limit}"),
}
IN_PERCENT = ("min_margin", "max_discount", *OF_MIX)


class Mix(NamedTuple):
    """Lines whose share of the revenue is asked for."""

    of: tuple[Condition, ...]
    matcher: Matcher


class Measure(NamedTuple):
    """One thing that quotes are asked for, and which rule decides it."""

    key: str
    mix: int  # place of the lines that are meant; −1 where all are
    matcher: Matcher
    limits: Floats  # by rule; NaN for no rule


class Broken(NamedTuple):
    """Quotes that do not keep a measure: their places, the rules that decide it, and by how much."""

    measure: Measure
    quotes: NDArray[np.intp]
    rules: Places
    values: Floats


class QuoteRules:
    """The rules for quotes, made ready."""

    def __init__(self, policy: Policy):
        self.rules: tuple[QuoteRule, ...] = policy.quotes
        self.axes: tuple[Axis, ...] = Matcher(self.rules, ends_of=_is_of_lines).axes if self.rules else ()
        mixes = dict.fromkeys(asked_of_lines(rule) for rule in self.rules if rule.of)
        first = {
            asked: next(rule.of for rule in self.rules if asked_of_lines(rule) == asked) for asked in mixes
        }
        self.mixes = tuple(Mix(of, Matcher([PriceRule(None, of)])) for of in first.values())
        self.measures = tuple(self._measures(list(mixes)))
        names = [str(signer.name) for signer in policy.signers]
        last = max(len(names) - 1, 0)
        # Whose signature a quote takes that does not keep a rule.
        self.signers = [names.index(rule.signer) if rule.signer in names else last for rule in self.rules]

    def _measures(self, mixes: Sequence[object]) -> Iterator[Measure]:
        for key in KEYS:
            for mix in range(len(mixes)) if key in OF_MIX else [-1]:
                some = [
                    place
                    for place, rule in enumerate(self.rules)
                    if getattr(rule, key) is not None and (mix < 0 or asked_of_lines(rule) == mixes[mix])
                ]
                if some:
                    limits = np.array([getattr(rule, key) for rule in self.rules] + [None], float)
                    yield Measure(key, mix, Matcher(self.rules, some, _is_of_lines), limits)

    def broken(
        self,
        codes: Sequence[NDArray[np.intp]],
        totals: Mapping[str, Floats],
        shares: Sequence[Floats],
    ) -> Iterator[Broken]:
        """The quotes that do not keep what the rules ask of them, measure by measure.

        Parameters
        ----------
        codes : sequence of ndarray of int
            What quotes hold, for each of `axes`.
        totals : mapping
            What quotes come to, by the names of `TOTALS`.
        shares : sequence of ndarray of float
            The share of the revenue, for each of `mixes`.
        """
        for measure in self.measures:
            rules = measure.matcher.places(codes, len(totals["revenue"]))
            values = totals[MEASURED[measure.key]] if measure.mix < 0 else shares[measure.mix]
            missed = np.flatnonzero(_misses(measure.key, values, measure.limits[rules]))
            if missed.size:
                yield Broken(measure, missed, rules[missed], values[missed])

    def words(self, broken: Broken, place: int) -> str:
        """What a quote does not keep, and by how much."""
        rule, key = self.rules[broken.rules[place]], broken.measure.key
        pattern = ".1%" if key in IN_PERCENT else ",.2f" if key == "min_revenue" else ",g"
        value, limit = float(broken.values[place]), getattr(rule, key)
        return phrase(
            WORDS[key], rule=rule.shown, value=f"{value:{pattern}}", limit=f"{limit:{pattern}}"
        ).replace(" -", " −")


def is_total(axis: Axis) -> bool:
    """Whether quotes are asked for what they come to, and not for a column of their lines."""
    return axis.words is None and plain_word(axis.column) in TOTALS


def _is_of_lines(axis: Axis) -> bool:
    """Whether it holds numbers or days of lines, of which a quote has a least and a largest."""
    return axis.words is None and not is_total(axis)


def asked_of_lines(rule: QuoteRule) -> frozenset[object]:
    """What it asks of the lines whose share is meant, however it is spelled."""
    return frozenset((condition.key, condition.words, condition.ends) for condition in rule.of)


def _misses(key: str, values: Floats, limits: Floats) -> Mask:
    """Whether a quote lies beyond the limit of the rule that decides; False where none does."""
    if key in ("min_margin", "min_share"):
        return share_below(values, limits)
    if key in ("max_discount", "max_share"):
        return share_below(limits, values)
    return below(values, limits) if key == "min_revenue" else below(limits, values)
