"""Fingerprints of lines: whether a line still is the one that somebody has approved.

A fingerprint covers the numbers of a line, its class and its product. Numbers are taken in whole millionths,
and shares in billionths, so that a book that another program has written again has the same.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.policy.conditions import plain_word
from walkaway_xl.quotes.checking import Lines

SHORTER = np.uint64(16)  # bits that nobody types: 48 of 64 are written, as twelve signs
GRAIN = {"list_price": 1e6, "discount": 1e9, "cost": 1e6, "quantity": 1e6, "terms_days": 1e6}
BLANK = np.uint64(0x9E3779B97F4A7C15)

Prints = NDArray[np.uint64]


class Words(NamedTuple):
    """A column of words as places in a list of them."""

    places: NDArray[np.integer]
    words: Sequence[str]


def fingerprints(lines: Lines, texts: Sequence[Words]) -> Prints:
    """The fingerprints of lines, as numbers.

    Parameters
    ----------
    lines : Lines
        Their numbers.
    texts : sequence of Words
        Their class and their product.
    """
    prints = np.full(len(lines.quantity), BLANK, np.uint64)
    for key, grain in GRAIN.items():
        column: Floats | None = getattr(lines, key)
        if column is None:
            column = np.full(len(prints), np.nan)
        prints = _mixed(prints ^ _mixed(_whole(column, grain)))
    for places, words in texts:
        digests = np.array([_digest(word) for word in words], np.uint64)
        prints = _mixed(prints ^ digests[places])
    return prints >> SHORTER


def shown(fingerprint: int) -> str:
    """A fingerprint as it is written."""
    return f"{int(fingerprint):012x}"


def _whole(column: Floats, grain: float) -> Prints:
    with np.errstate(all="ignore"):
        whole = np.rint(column * grain) + 0.0  # no −0
    return np.where(np.isnan(whole), BLANK, whole.view(np.uint64))


def _digest(word: str) -> int:
    return int.from_bytes(hashlib.sha256(plain_word(word).encode()).digest()[:8])


def _mixed(values: Prints) -> Prints:
    """Each number as another, of which every bit depends on every bit of it (the finish of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
