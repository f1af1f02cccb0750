"""What can be wrong with the rules of a policy for lines: conditions that fight, prices that cannot be."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import combinations_with_replacement, pairwise

import numpy as np

from walkaway_xl.core._tolerance import share_at_least, share_below
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import kept_of_price
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.policy.conditions import Ends, days, plain_word
from walkaway_xl.policy.model import Asking, Policy, PriceRule

WAYS = ("margin", "markup", "price", "net")
BANDS = ("min", "target", "stretch")
Findings = Iterator[tuple[str, str]]  # place and detail of each fault


def without_floor(policy: Policy) -> Findings:
    """Rules that state no floor."""
    for rule in policy.rules:
        if all(getattr(rule, f"min_{way}") is None for way in WAYS):
            yield rule.place, phrase("{rule} states no floor", rule=rule.shown)


def named_twice(policy: Policy) -> Findings:
    """Rules that lines could not tell apart."""
    return same_names(policy.rules, {plain_word(entry.name) for entry in policy.classes if entry.name})


def same_names(rules: Sequence[Asking], seen: set[str]) -> Findings:
    """Rules whose name another has, or one of those that were seen."""
    for rule in rules:
        name = plain_word(rule.shown)
        if name in seen:
            yield rule.place, phrase("{rule} is the name of another, too", rule=rule.shown)
        seen.add(name)


def muddled(policy: Policy) -> Findings:
    """A column that one rule asks twice, or that is words to one rule and numbers to another."""
    return two_meanings(policy.rules)


def two_meanings(rules: Sequence[Asking]) -> Findings:
    """A column that one rule asks twice, or that is words to one rule and numbers to another."""
    of_words: dict[str, tuple[bool, str]] = {}
    for rule in rules:
        keys = [condition.key for condition in rule.when]
        for condition in rule.when:
            if keys.count(condition.key) > 1:
                yield (
                    rule.place,
                    phrase("{rule} asks {column} twice", rule=rule.shown, column=condition.column),
                )
                break
        for condition in rule.when:
            words, other = of_words.setdefault(condition.key, (bool(condition.words), rule.shown))
            if words != bool(condition.words):
                yield (
                    rule.place,
                    phrase(
                        "{column} is words to one of {other} and {rule}, and numbers to the other",
                        column=condition.column,
                        other=other,
                        rule=rule.shown,
                    ),
                )


def never(policy: Policy) -> Findings:
    """Rules that no line can fulfil."""
    return impossible(policy.rules)


def impossible(rules: Sequence[Asking]) -> Findings:
    """Rules that nothing can fulfil."""
    for rule in rules:
        for condition in rule.when:
            if not condition.words and condition.ends.is_empty:
                yield rule.place, phrase("nothing is {condition}", condition=condition.shown)
        if rule.start and rule.end and rule.start > rule.end:
            yield rule.place, phrase("{rule} ends before it begins", rule=rule.shown)


def ties(policy: Policy) -> Findings:
    """Two rules that ask as much and can meet in a line; for each rule the first that it meets."""
    return tied(policy.rules)


def tied(rules: Sequence[Asking]) -> Findings:
    """Two rules that ask as much and can meet; for each rule the first that it meets."""
    groups: dict[int, dict[frozenset[str], list[Asking]]] = defaultdict(lambda: defaultdict(list))
    for rule in rules:
        groups[rule.rank][frozenset(condition.key for condition in rule.when)].append(rule)
    for of_rank in groups.values():
        for first, second in combinations_with_replacement(of_rank, 2):
            for rule, other in _meeting(of_rank[first], of_rank[second], first & second, first == second):
                yield (
                    other.place,
                    phrase(
                        "{rule} and {other} can meet, and neither asks more",
                        rule=rule.shown,
                        other=other.shown,
                    ),
                )


def _meeting(
    rules: Sequence[Asking], others: Sequence[Asking], shared: frozenset[str], is_same: bool
) -> Iterator[tuple[Asking, Asking]]:
    order = {id(rule): place for place, rule in enumerate(others)}
    index: dict[str, dict[str, list[Asking]]] = {key: defaultdict(list) for key in shared}
    for other in others:
        for condition in other.when:
            for word in condition.words if condition.key in shared else ():
                index[condition.key][word].append(other)
    by = max(index, key=lambda key: len(index[key]), default=None)  # the column that tells most apart
    for rule in rules:
        asked = {condition.key: condition for condition in rule.when}
        if by is not None and asked[by].words:
            among = {id(other): other for word in asked[by].words for other in index[by].get(word, ())}
            near = sorted(among.values(), key=lambda other: order[id(other)])
        else:
            near = list(others)
        for other in near:
            if is_same and order[id(other)] <= order[id(rule)]:
                continue
            if _can_meet(rule, other):
                yield rule, other
                break


def _can_meet(rule: Asking, other: Asking) -> bool:
    asked = {condition.key: condition for condition in rule.when}
    if days(rule.start, rule.end).both(days(other.start, other.end)).is_empty:
        return False
    return all(condition.meets(asked[condition.key]) for condition in other.when if condition.key in asked)


def out_of_reach(policy: Policy) -> Findings:
    """Rules whose margin and leakage leave no price."""
    for rule in policy.rules:
        leakage = _leakage(policy, rule)
        margin = rule.min_margin or 0.0
        if share_at_least(0.0, kept_of_price(margin, leakage, policy.margin_basis)):
            yield (
                rule.place,
                phrase(
                    "{rule} asks for {margin} of the price, and {leakage} leak",
                    rule=rule.shown,
                    margin=f"{margin:.1%}",
                    leakage=f"{leakage:.1%}",
                ),
            )


def _leakage(policy: Policy, rule: PriceRule) -> float:
    """What leaks of a line that a rule decides, with its usual payment terms."""
    usual = (policy.rebate, policy.freight, policy.terms_days)
    own = (rule.rebate, rule.freight, rule.terms_days)
    rebate, freight, terms = (o if o is not None else u for o, u in zip(own, usual, strict=True))
    return rebate + freight + _cost_of_terms(terms, policy.rate)


@cache
def _cost_of_terms(days: float, rate: float) -> float:
    """Asked once for all rules with the same days."""
    return float(np.asarray(terms_cost(days, rate)))


def inverted(policy: Policy) -> Findings:
    """Rules whose floor, target and stretch do not rise."""
    for rule in policy.rules:
        for way in WAYS:
            stated = [value for band in BANDS if (value := getattr(rule, f"{band}_{way}")) is not None]
            if any(share_below(higher, lower) for lower, higher in pairwise(stated)):
                yield (
                    rule.place,
                    phrase(
                        "{rule} has a {way} of {values}",
                        rule=rule.shown,
                        way=way,
                        values=", ".join(f"{value:g}" for value in stated),
                    ),
                )


def gaps(policy: Policy) -> Findings:
    """Days between two rules that ask the same of a line, on which neither holds."""
    return days_between(policy.rules)


def days_between(of_rules: Sequence[Asking]) -> Findings:
    """Days between two that ask the same, on which neither holds."""
    periods: dict[frozenset[object], list[Asking]] = defaultdict(list)
    for rule in of_rules:
        if rule.is_dated:
            asked = frozenset((condition.key, condition.words, condition.ends) for condition in rule.when)
            periods[asked].append(rule)
    for rules in periods.values():
        ended = [rule for rule in rules if rule.end is not None]
        begun = sorted((rule for rule in rules if rule.start is not None), key=lambda rule: str(rule.start))
        for earlier in ended:
            later = next(
                (rule for rule in begun if rule.start and earlier.end and rule.start > earlier.end), None
            )
            if later is None or any(_holds_after(rule, earlier) for rule in rules):
                continue
            yield (
                later.place,
                phrase(
                    "{earlier} ends on {until}, {later} begins on {start}, and neither holds in between",
                    earlier=earlier.shown,
                    until=earlier.end,
                    later=later.shown,
                    start=later.start,
                ),
            )


def _holds_after(rule: Asking, earlier: Asking) -> bool:
    """Whether a rule holds on the day after another ends."""
    assert earlier.end is not None
    day = earlier.end + timedelta(days=1)
    return (rule.start is None or rule.start <= day) and (rule.end is None or day <= rule.end)


def tiers_in_disorder(policy: Policy) -> Findings:
    """Rules whose tiers do not rise."""
    for rule in policy.rules:
        for upper, lower in pairwise(rule.tiers):
            assert upper.quantity is not None
            assert upper.discount is not None
            assert lower.quantity is not None
            assert lower.discount is not None
            if lower.quantity <= upper.quantity or lower.discount < upper.discount:
                yield (
                    lower.place,
                    phrase(
                        "{rule}: {quantity} units earn {discount}, and {next_quantity} earn {next_discount}",
                        rule=rule.shown,
                        quantity=f"{upper.quantity:,g}",
                        discount=f"{upper.discount:.1%}",
                        next_quantity=f"{lower.quantity:,g}",
                        next_discount=f"{lower.discount:.1%}",
                    ),
                )


QUANTITY = "quantity"
OF_FLOOR = tuple(f"min_{way}" for way in WAYS)
OF_LEAKAGE = ("rebate", "freight", "terms_days", "fixed_cost")


def cliffs(policy: Policy) -> Findings:
    """Rules for a quantity and for the next one, under which one unit more may cost less in all."""
    series: dict[tuple[object, ...], list[tuple[Ends, PriceRule]]] = defaultdict(list)
    for rule in policy.rules:
        asked = [condition for condition in rule.when if condition.key == QUANTITY and not condition.words]
        ways = tuple(key for key in OF_FLOOR if getattr(rule, key) is not None)
        if len(asked) == 1 and len(ways) == 1:
            others = frozenset((held.key, held.words, held.ends) for held in rule.when if held not in asked)
            leakage = tuple(getattr(rule, key) for key in OF_LEAKAGE)
            series[others, rule.start, rule.end, ways, leakage].append((asked[0].ends, rule))
    for steps in series.values():
        steps.sort(key=lambda step: step[0].low)
        for (few, upper), (many, lower) in pairwise(steps):
            if not math.isfinite(many.low):
                continue
            last = math.floor(many.low) if many.above_low else math.ceil(many.low) - 1
            floor, next_floor = _floor(policy, upper), _floor(policy, lower)
            if floor is None or next_floor is None or not 0 < last <= few.high:
                continue
            if last * floor > (last + 1) * next_floor:
                yield (
                    lower.place,
                    phrase(
                        "{last} units at the floor of {upper} cost more than {next} at that of {lower}",
                        last=f"{last:,}",
                        upper=upper.shown,
                        next=f"{last + 1:,}",
                        lower=lower.shown,
                    ),
                )


def _floor(policy: Policy, rule: PriceRule) -> float | None:
    """How high the floor of a rule lies against that of another of the same way; None without a price."""
    if rule.min_net is not None:
        return rule.min_net
    if rule.min_price is not None:
        return rule.min_price
    if rule.min_markup is not None:
        return 1 + rule.min_markup
    kept = kept_of_price(rule.min_margin or 0.0, _leakage(policy, rule), policy.margin_basis)
    return 1 / kept if kept > 0 else None
