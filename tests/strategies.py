"""A shared vocabulary of inputs: Hypothesis strategies for what people and programs put in."""

from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.calls import CALLS, Slot
from walkaway_xl import reason_of
from walkaway_xl.core.errors import Unanswered
from walkaway_xl.core.kinds import Holds, Unit


def why(answer: float) -> Unanswered | None:
    """Why an answer is missing; None if it is not."""
    reason = reason_of(answer)
    return None if reason is None else reason.why


# --- numbers of the domain ----------------------------------------------------------------------------------

money = st.integers(1, 10**8).map(lambda cents: cents / 100)
any_money = st.integers(-(10**8), 10**8).map(lambda cents: cents / 100)
share = st.integers(0, 1000).map(lambda mills: mills / 1000)
margin = st.integers(-500, 900).map(lambda mills: mills / 1000)  # loss leaders included
leakage = st.integers(0, 90).map(lambda mills: mills / 1000)
days = st.integers(0, 365)
tick = st.sampled_from([0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 100.0])
step = st.sampled_from([0.001, 0.0025, 0.005, 0.01, 0.05])
side = st.sampled_from(["seller", "buyer", "candidate"])
discounts = st.lists(share, min_size=1, max_size=6)

OTHER_SIDE = {"seller": "buyer", "buyer": "seller", "candidate": "buyer"}
SIGN = {"seller": 1, "buyer": -1, "candidate": 1}

# Numbers close together, so that ties, order and domain faults all come up.
_AMOUNTS = st.one_of(st.integers(-3, 8).map(float), st.just(float("nan")))
_FIFTHS = st.integers(-5, 6).map(lambda fifths: fifths / 5)
_TEXTS = st.sampled_from(["Acme", " two  words. ", "", None, "6500"])


def element(slot: Slot) -> SearchStrategy[Any]:
    """What one element of an argument may be, sensible or outside its domain."""
    kind = slot.kind
    if kind.only_words:
        return st.sampled_from([*kind.words, *(f" {word.capitalize()} " for word in kind.words), None])
    if kind.holds is Holds.FLAG:
        return st.booleans()
    if kind.holds is not Holds.NUMBER:
        return _TEXTS
    return _FIFTHS if kind.unit is Unit.SHARE else _AMOUNTS


@cache
def changes(name: str, to: SearchStrategy[Any], most: int) -> SearchStrategy[dict[str, Any]]:
    """Some arguments of a function with other things in their places; made once, which takes a while."""
    names = [slot.name for slot in CALLS[name].slots]
    return st.dictionaries(st.sampled_from(names), to, min_size=1, max_size=most)


@st.composite
def zones(draw: st.DrawFn) -> tuple[float, float]:
    """A seller's and a buyer's walk-away with a zone between them."""
    low, width = draw(money), draw(money)
    return low, low + width


@st.composite
def ambitions(draw: st.DrawFn) -> tuple[str, float, float, float]:
    """A side, and its walk-away, target and wish in order."""
    ours, walkaway = draw(side), draw(any_money)
    target = walkaway + SIGN[ours] * draw(money)
    return ours, walkaway, target, target + SIGN[ours] * draw(money)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, float]:
    """An order line whose floor exists: cost, margin, leakage and fixed cost."""
    return {
        "cost": draw(money),
        "min_margin": draw(margin),
        "leakage": draw(leakage),
        "fixed_cost": draw(st.one_of(st.just(0.0), money)),
    }


# --- what people and programs put in by mistake -------------------------------------------------------------

_odd_numbers = st.one_of(
    st.floats(),
    st.integers(),
    st.just(10**400),
    st.decimals(allow_nan=False),
    st.complex_numbers(),
    st.sampled_from([np.float32(1.5), np.int8(3), np.uint64(2**63), np.bool_(True)]),
)
_odd_things = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.datetimes(),
    st.sampled_from([(), {}, {1}, {"a": 1}, range(3), object(), datetime, np.datetime64("2024-01-01")]),
    st.sampled_from([np.zeros(0), np.zeros((2, 2)), np.zeros((2, 1, 2)), np.array(["a"]), np.array(None)]),
)
junk = st.recursive(
    st.one_of(_odd_numbers, _odd_things), lambda inner: st.lists(inner, max_size=3), max_leaves=6
)


class Series:
    """What a data frame hands over: not a list, but it knows how to become an array."""

    def __init__(self, values: list[Any]):
        self.values = values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.values, dtype)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Any:
        return iter(self.values)
