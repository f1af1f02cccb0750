"""Which rule decides a line: evaluated once for each combination of what rules ask, then looked up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.policy.conditions import Condition, Ends, days, plain_word
from walkaway_xl.policy.model import Asking

DAY = ""  # the name of the axis of days, which no column has
UNASKED, NO_RULE = -2, -1
MOST_CELLS = 1 << 22  # combinations that are looked up in a table; of more, those that come are sorted

Places = NDArray[np.int32]
Codes = NDArray[np.intp]


class Axis(NamedTuple):
    """What rules ask of one column: lines of one code are the same to all of them."""

    column: str
    words: Mapping[str, int] | None  # code of each word that a rule names; 0 is any other
    ends: Floats  # of the numbers that rules name
    size: int
    allowed: tuple[NDArray[np.bool_] | None, ...]  # by rule, which codes it takes; None where it takes all

    def of_numbers(self, values: Floats) -> Codes:
        """Codes of numbers: 2i + 1 is the end i itself, an even one lies between two of them."""
        codes = np.searchsorted(self.ends, values, "left") + np.searchsorted(self.ends, values, "right")
        codes[np.isnan(values)] = self.size - 1
        return codes

    def of_words(self, distinct: Sequence[str]) -> Codes:
        """Codes of some words."""
        assert self.words is not None
        return np.array([self.words.get(plain_word(word), 0) for word in distinct], np.intp)


def _axis_of_words(column: str, asked: Sequence[Condition | None]) -> Axis:
    named = sorted(frozenset().union(*(condition.words for condition in asked if condition)))
    words = {word: code for code, word in enumerate(named, 1)}
    allowed: list[NDArray[np.bool_] | None] = []
    for condition in asked:
        if condition is None:
            allowed.append(None)
            continue
        taken = np.zeros(len(words) + 1, bool)
        taken[[words[word] for word in condition.words]] = True
        allowed.append(taken)
    return Axis(column, words, np.array([]), len(words) + 1, tuple(allowed))


def _axis_of_numbers(column: str, asked: Sequence[Ends | None]) -> Axis:
    named = {end for ends in asked if ends for end in (ends.low, ends.high)}
    ends = np.array(sorted(end for end in named if np.isfinite(end)))
    lowest = np.concatenate([[-np.inf], np.repeat(ends, 2)])
    highest = np.concatenate([np.repeat(ends, 2), [np.inf]])
    is_end = lowest == highest
    allowed: list[NDArray[np.bool_] | None] = []
    for wanted in asked:
        if wanted is None:
            allowed.append(None)
            continue
        taken = (lowest >= wanted.low) & (highest <= wanted.high)
        taken &= ~(is_end & (lowest == wanted.low) & wanted.above_low)
        taken &= ~(is_end & (highest == wanted.high) & wanted.below_high)
        allowed.append(np.append(taken, False))  # a line without a number
    return Axis(column, None, ends, len(lowest) + 1, tuple(allowed))


def axes_of(rules: Sequence[Asking]) -> Iterator[Axis]:
    """What rules ask, column by column; columns as the first rule spells them."""
    by_rule = [{condition.key: condition for condition in rule.when} for rule in rules]
    names = {condition.key: condition.column for rule in reversed(rules) for condition in rule.when}
    for key in dict.fromkeys(condition.key for rule in rules for condition in rule.when):
        asked = [conditions.get(key) for conditions in by_rule]
        if any(condition.words for condition in asked if condition):
            yield _axis_of_words(names[key], asked)
        else:
            yield _axis_of_numbers(names[key], [condition and condition.ends for condition in asked])
    if any(rule.is_dated for rule in rules):
        periods = [days(rule.start, rule.end) if rule.is_dated else None for rule in rules]
        yield _axis_of_numbers(DAY, periods)


class Matcher:
    """The rule that decides each line, of all or of some of the rules. It remembers what it has evaluated.

    What `ends_of` picks stands twice among the axes, for the least and the largest of several numbers.
    """

    def __init__(
        self,
        rules: Sequence[Asking],
        some: Sequence[int] | None = None,
        ends_of: Callable[[Axis], bool] = lambda axis: False,
    ):
        self.axes = tuple(axis for axis in axes_of(rules) for _ in range(1 + ends_of(axis)))
        among = range(len(rules)) if some is None else some
        self.order = sorted(among, key=lambda place: rules[place].rank)  # the last one decides
        self.sizes = [axis.size for axis in self.axes]
        cells = reduce(lambda product, size: product * size, self.sizes, 1)
        self.table: Places | None = np.full(cells, UNASKED, np.int32) if cells <= MOST_CELLS else None

    def places(self, codes: Sequence[Codes], lines: int) -> Places:
        """Place of the rule that decides each line; −1 where none does.

        Parameters
        ----------
        codes : sequence of ndarray of int
            Codes of the lines, for each of `axes`.
        lines : int
            How many there are.
        """
        combined = np.zeros(lines, np.intp)
        for column, size in zip(codes, self.sizes, strict=True):
            combined *= size
            combined += column
        if self.table is None:
            cells, inverse = np.unique(combined, return_inverse=True)
            return self._decided(cells)[inverse]
        places = self.table[combined]
        if places.size and places.min() == UNASKED:
            cells = np.unique(combined[places == UNASKED])
            self.table[cells] = self._decided(cells)
            places = self.table[combined]
        return places

    def _decided(self, cells: Codes) -> Places:
        """The rule that decides each of some combinations."""
        codes: list[Codes] = []
        rest = cells
        for size in reversed(self.sizes):
            rest, code = np.divmod(rest, size)
            codes.insert(0, code)
        decided = np.full(len(cells), NO_RULE, np.int32)
        for place in self.order:
            among = np.arange(len(cells))
            for axis, code in zip(self.axes, codes, strict=True):
                allowed = axis.allowed[place]
                if allowed is not None and among.size:
                    among = among[allowed[code[among]]]
            decided[among] = place
        return decided
