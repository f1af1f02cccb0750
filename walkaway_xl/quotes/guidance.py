"""Floor, target and stretch from what was realised before, by segment.

A segment is a path, as ("Furniture", "Chairs"); the empty path is all lines. Each has the percentiles of its
own lines. Where these are few, they are pulled towards the parent's: with n of the least number of lines k,
own and parent's are mixed n : k − n. Fewer than five lines say nothing about a percentile, as PRICE_GUIDANCE
holds, and have their parent's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import round_down
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.pricing import FEWEST_PRICES, price_guidance
from walkaway_xl.policy import EVERY_CLASS, Policy, ProductClass
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


def guided_policy(base: Policy, guidance: Sequence[Guided], of: str) -> Policy:
    """A policy whose classes are the segments that no other is within, and all other lines.

    Parameters
    ----------
    base : Policy
        Leakage, signers, tiers and all else stay as they are here. A segment for which it states a minimum
        margin, by its own name or by that of a parent, never gets a lower one.
    guidance : sequence of Guided
        The segments.
    of : str
        "margin" or "price": what the bands are shares of.

    Raises
    ------
    QuoteError
        Two segments could not be told apart, or lines could not be checked by the policy.
    """
    parents = {segment.path[:-1] for segment in guidance if segment.path}
    leaves = [segment for segment in guidance if segment.path not in parents]
    everywhere = next(segment for segment in guidance if not segment.path)
    names = [leaf.name.casefold() for leaf in leaves]
    for leaf in leaves:
        if names.count(leaf.name.casefold()) > 1:
            raise QuoteError(
                phrase(
                    "{path}: another segment has a part of this name; make the names differ",
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
    stated = {str(entry.name).casefold(): entry for entry in base.classes}
    classes = tuple(_classes([*leaves, everywhere] if leaves != [everywhere] else leaves, of, stated))
    policy = replace(base, classes=classes)
    stopping = stopping_faults(policy)
    if stopping:
        raise QuoteError(
            phrase(
                "what was learnt makes no sound policy: {words}; nothing was written", words=stopping[0].words
            )
        )
    return policy


def _classes(
    guidance: Sequence[Guided], of: str, stated: Mapping[str, ProductClass]
) -> Iterator[ProductClass]:
    for segment in guidance:
        names = [name.casefold() for name in (*reversed(segment.path), EVERY_CLASS)]
        entries = [stated[name] for name in names if name in stated]
        least = next((entry.min_margin for entry in entries if entry.min_margin is not None), None)
        lowest = next((entry.min_price for entry in entries if entry.min_price is not None), None)
        bands = (segment.floor, segment.target, segment.stretch)
        # A floor of what was paid is no floor of what it costs, nor of what was decided.
        if of == "price":
            floor, target, stretch = (band if lowest is None else max(lowest, band) for band in bands)
            yield ProductClass(
                segment.name, 0.0 if least is None else least, None, None, floor, target, stretch
            )
        else:
            floor, target, stretch = (band if least is None else max(least, band) for band in bands)
            yield ProductClass(segment.name, floor, target, stretch, lowest)
