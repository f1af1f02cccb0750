"""Floor, target and stretch from what was realised before, by segment.

A segment is a path, as ("Furniture", "Chairs"); the empty path is all lines. Each has the percentiles of its
own lines. Where these are few, they are pulled towards the parent's: with n of the least number of lines k,
own and parent's are mixed n : k − n. Fewer than five lines say nothing about a percentile, as PRICE_GUIDANCE
holds, and have their parent's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import round_down
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.pricing import FEWEST_PRICES, price_guidance
from walkaway_xl.policy import EVERY_CLASS, Policy, PriceRule, ProductClass
from walkaway_xl.policy.conditions import conditions, plain_word
from walkaway_xl.policy.rules import stopping_faults
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.quote_error import QuoteError

WHAT = {"margin": later("pocket margin"), "price": later("price as a share of list")}
PERCENTILES = (0.1, 0.5, 0.9)
LEAST_LINES = 30
WIDEST = 100  # characters of a line of text
# Of the bands. More digits than a tenth of a percent would promise what they cannot keep.
STEP = 0.001

Segment = tuple[str, ...]


class Guide(NamedTuple):
    """What is asked of a history: the bands are percentiles of the margin or the price of its lines."""

    of: str = "margin"
    percentiles: tuple[float, float, float] = PERCENTILES
    least: int = LEAST_LINES


class Realised(NamedTuple):
    """What the lines of a segment realised: how many they are, and three percentiles if they are enough."""

    lines: int
    bands: tuple[float, float, float] | None


class Guided(NamedTuple):
    """Guidance for a segment, and how it came about."""

    path: Segment
    lines: int
    floor: float
    target: float
    stretch: float
    method: str

    @property
    def bands(self) -> tuple[float, float, float]:
        """Floor, target and stretch."""
        return self.floor, self.target, self.stretch

    @property
    def name(self) -> str:
        """What its lines call it."""
        return self.path[-1] if self.path else EVERY_CLASS

    @property
    def label(self) -> str:
        """What people call it."""
        return self.path[-1] if self.path else phrase("All lines")


def realised(values: Floats, percentiles: Sequence[float] = PERCENTILES) -> Realised:
    """Percentiles of what the lines of a segment realised."""
    answer = np.asarray(price_guidance(values, *percentiles))
    bands = tuple(answer[0].tolist()) if answer.ndim else None
    return Realised(len(values), bands)


def guided(segments: Mapping[Segment, Realised], least: int = LEAST_LINES) -> list[Guided]:
    """Guidance for every segment, all lines first.

    Parameters
    ----------
    segments : mapping
        What each segment realised; of each its parents must be there.
    least : int
        Lines from which a segment stands for itself.
    """
    everywhere = segments[()]
    if everywhere.bands is None:
        lines = counted(everywhere.lines)
        raise QuoteError(
            phrase(
                "the history holds {lines} that can be checked; guidance needs {fewest_prices}",
                lines=lines,
                fewest_prices=FEWEST_PRICES,
            )
        )
    bands: dict[Segment, Floats] = {}
    made = []
    for path in sorted(segments, key=lambda path: (len(path), path)):
        own = segments[path]
        bands[path], method = _mixed(own, bands.get(path[:-1]), least)
        floor, target, stretch = round_down(bands[path], np.full(3, STEP)).tolist()
        made.append(Guided(path, own.lines, floor, target, stretch, method))
    return sorted(made, key=lambda segment: segment.path)


def _mixed(own: Realised, parent: Floats | None, least: int) -> tuple[Floats, str]:
    if own.bands is None:
        assert parent is not None
        return parent, "parent's"
    bands = np.array(own.bands)
    if parent is None or own.lines >= least:
        return bands, "own"
    weight = own.lines / least
    return weight * bands + (1 - weight) * parent, f"{weight:.0%} own"


def held_to(base: Policy, guidance: Sequence[Guided], of: str, by: Sequence[str] = ()) -> list[Guided]:
    """Guidance of which no band lies below what a policy states for its segment.

    A floor of what was paid is no floor of what it costs, nor of what was decided.

    Parameters
    ----------
    base : Policy
        A segment for which it states a minimum, by a rule that asks for no other columns, or by its class or
        that of a parent, never gets a lower one.
    guidance : sequence of Guided
        The segments.
    of : str
        "margin" or "price": what the bands are shares of.
    by : sequence of str, optional
        The columns of the segments.
    """
    return [_held_to(_least(base, segment, by)[of], segment) for segment in guidance]


def _held_to(least: float | None, segment: Guided) -> Guided:
    if least is None or segment.floor >= least:
        return segment
    bands = {band: max(least, getattr(segment, band)) for band in ("floor", "target", "stretch")}
    method = phrase(
        "{method}; at least the policy's {least}", method=segment.method, least=f"{100 * least:.1f} %"
    )
    return segment._replace(**bands, method=method)


def _least(base: Policy, segment: Guided, by: Sequence[str]) -> dict[str, float | None]:
    """The margin and the share of the list price that a policy asks of all lines of a segment."""
    words = {plain_word(column): plain_word(word) for column, word in zip(by, segment.path, strict=False)}
    ruled = [rule for rule in base.rules if _asks_only(rule, words)]
    stated = {plain_word(str(entry.name)): entry for entry in base.classes}
    names = [plain_word(name) for name in (*reversed(segment.path), EVERY_CLASS)]
    entries = [
        *sorted(ruled, key=lambda rule: -rule.rank),
        *(stated[name] for name in names if name in stated),
    ]
    keys = {"margin": "min_margin", "price": "min_price"}
    return {
        of: next((value for entry in entries if (value := getattr(entry, key)) is not None), None)
        for of, key in keys.items()
    }


def _asks_only(rule: PriceRule, words: Mapping[str, str]) -> bool:
    """Whether every line of a segment fulfils a rule."""
    return not rule.is_dated and all(words.get(asked.key) in asked.words for asked in rule.when)


def guided_policy(
    base: Policy, guidance: Sequence[Guided], of: str, by: Sequence[str] = (), *, as_classes: bool = True
) -> Policy:
    """A policy that asks of the segments what was learnt.

    Parameters
    ----------
    base : Policy
        Leakage, signers, tiers and all else stay as they are here, but for the classes, and for rules that
        ask for nothing but the columns of the segments. See also `held_to`.
    guidance : sequence of Guided
        The segments.
    of : str
        "margin" or "price": what the bands are shares of.
    by : sequence of str, optional
        The columns of the segments.
    as_classes : bool, optional
        Whether the segments that no other is within become classes, by the last of their words, as a sheet
        knows them; else each segment becomes a rule.

    Raises
    ------
    QuoteError
        Two segments could not be told apart, or lines could not be checked by the policy.
    """
    guidance = held_to(base, guidance, of, by)
    everywhere = next(segment for segment in guidance if not segment.path)
    if as_classes:
        leaves = _leaves(guidance)
        classes = [*leaves, everywhere] if leaves != [everywhere] else leaves
        policy = replace(base, classes=tuple(_class(base, segment, of, by) for segment in classes))
    else:
        rules = [_rule(base, segment, of, by) for segment in guidance if segment.path]
        columns = {plain_word(column) for column in by}
        kept = [
            rule
            for rule in base.rules
            if rule.is_dated or not columns.issuperset(asked.key for asked in rule.when)
        ]
        policy = replace(base, classes=(_class(base, everywhere, of, by),), rules=(*rules, *kept))
    stopping = stopping_faults(policy)
    if stopping:
        raise QuoteError(
            phrase(
                "what was learnt makes no sound policy: {words}; nothing was written", words=stopping[0].words
            )
        )
    return policy


def _leaves(guidance: Sequence[Guided]) -> list[Guided]:
    """The segments that no other is within."""
    parents = {segment.path[:-1] for segment in guidance if segment.path}
    leaves = [segment for segment in guidance if segment.path not in parents]
    names = [leaf.name.casefold() for leaf in leaves]
    for leaf in leaves:
        if names.count(leaf.name.casefold()) > 1:
            raise QuoteError(
                phrase(
                    "{path}: another segment has a part of this name; make the names differ, or write a "
                    ".toml file",
                    path=" / ".join(leaf.path),
                )
            )
    if any(leaf.path and leaf.name == EVERY_CLASS for leaf in leaves):
        raise QuoteError(
            phrase(
                "a segment is called {every_class}, which is the rule for all others; rename it",
                every_class=EVERY_CLASS,
            )
        )
    return leaves


def _class(base: Policy, segment: Guided, of: str, by: Sequence[str]) -> ProductClass:
    least, (floor, target, stretch) = _least(base, segment, by), segment.bands
    if of == "price":
        return ProductClass(segment.name, least["margin"] or 0.0, None, None, floor, target, stretch)
    return ProductClass(segment.name, floor, target, stretch, least["price"])


def _rule(base: Policy, segment: Guided, of: str, by: Sequence[str]) -> PriceRule:
    least = _least(base, segment, by)
    other = {"margin": "price", "price": "margin"}[of]
    bands = zip(("min", "target", "stretch"), segment.bands, strict=True)
    values = {f"{band}_{of}": value for band, value in bands}
    values |= {f"min_{other}": value for value in [least[other]] if value is not None}
    asked = {column: [word] for column, word in zip(by, segment.path, strict=False)}
    note = phrase("{lines}; {method}", lines=counted(segment.lines), method=segment.method)
    return PriceRule(" / ".join(segment.path), conditions(asked), note=note, **values)  # type: ignore[arg-type]
