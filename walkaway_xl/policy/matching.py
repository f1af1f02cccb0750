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

MOST_KEYS = 1 << 12  # combinations of words that one rule may name to be found by them

Places = NDArray[np.int32]
Codes = NDArray[np.intp]


class Axis(NamedTuple):
    """What rules ask of one column: lines of one code are the same to all of them."""

    column: str
    words: Mapping[str, int] | None  # code of each word that a rule names; 0 is any other
    ends: Floats  # of the numbers that rules name
    size: int
    # By rule, which codes of words it takes, or the first and the last of numbers; None where it takes all.
    taken: tuple[Codes | None, ...]

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
    taken = tuple(
        condition and np.array(sorted(words[word] for word in condition.words), np.intp)
        for condition in asked
    )
    return Axis(column, words, np.array([]), len(words) + 1, taken)


def _axis_of_numbers(column: str, asked: Sequence[Ends | None]) -> Axis:
    named = {end for ends in asked if ends for end in (ends.low, ends.high)}
    ends = np.array(sorted(end for end in named if np.isfinite(end)))
    size = 2 * len(ends) + 2  # the last code is that of a line without a number
    return Axis(column, None, ends, size, tuple(wanted and _between(wanted, ends) for wanted in asked))


def _between(asked: Ends, ends: Floats) -> Codes:
    """The first and the last code between two ends."""
    first = 0 if asked.low == -np.inf else 2 * int(np.searchsorted(ends, asked.low)) + 1 + asked.above_low
    last = 2 * len(ends)
    if asked.high < np.inf:
        last = 2 * int(np.searchsorted(ends, asked.high)) + 1 - asked.below_high
    return np.array([first, last] if first <= last else [], np.intp)


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
        order = sorted(among, key=lambda place: rules[place].rank)
        self.orders = np.full(len(rules) + 1, -1)  # of two the one with the larger decides; none has none
        self.orders[order] = np.arange(len(order))
        self.groups, self.wide = _groups(self.axes, order)
        self.low, self.high = _ranges(self.axes, len(rules))
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
        for group in self.groups:
            self._decide(decided, group, codes)
        for place in self.wide:
            among = np.flatnonzero(self.orders[decided] < self.orders[place])
            for axis, code in zip(self.axes, codes, strict=True):
                taken = axis.taken[place]
                if taken is None:
                    continue
                if axis.words is not None:
                    among = among[np.isin(code[among], taken)]
                else:
                    first, last = taken if taken.size else (1, 0)
                    among = among[(first <= code[among]) & (code[among] <= last)]
            decided[among] = place
        return decided

    def _decide(self, decided: Places, group: "_Group", codes: Sequence[Codes]) -> None:
        """Let the rules of a group decide, of which each combination is looked up by its words."""
        keys = np.zeros(len(decided), np.intp)
        for number in group.axes:
            keys = keys * self.sizes[number] + codes[number]
        first, behind = (np.searchsorted(group.keys, keys, side) for side in ("left", "right"))
        among = np.flatnonzero(first < behind)
        row = first[among]
        while among.size:
            rules = group.rules[row]
            meets = self.orders[decided[among]] < self.orders[rules]
            for code, low, high in zip(codes, self.low, self.high, strict=True):
                if low is not None and high is not None:
                    meets &= (low[rules] <= code[among]) & (code[among] <= high[rules])
            decided[among[meets]] = rules[meets]
            row = row + 1
            left = row < behind[among]
            among, row = among[left], row[left]


class _Group(NamedTuple):
    """Rules that name words of the same columns: the combinations that each names, rising, and the rule."""

    axes: tuple[int, ...]
    keys: Codes
    rules: Codes


def _groups(axes: Sequence[Axis], order: Sequence[int]) -> tuple[list[_Group], list[int]]:
    """The rules by the columns whose words they name; and those that name too many combinations for it."""
    held: dict[tuple[int, ...], tuple[list[Codes], list[int]]] = {}
    wide = []
    for place in order:
        of_words = tuple(
            number
            for number, axis in enumerate(axes)
            if axis.words is not None and axis.taken[place] is not None
        )
        keys = np.zeros(1, np.intp)
        for number in of_words:
            taken = axes[number].taken[place]
            assert taken is not None
            if len(keys) * len(taken) > MOST_KEYS:
                break
            keys = (keys[:, None] * axes[number].size + taken).ravel()
        else:
            all_keys, rules = held.setdefault(of_words, ([], []))
            all_keys.append(keys)
            rules += [place] * len(keys)
            continue
        wide.append(place)
    groups = []
    for of_words, (several, rules) in held.items():
        keys = np.concatenate(several)
        rising = np.argsort(keys, kind="stable")
        groups.append(_Group(of_words, keys[rising], np.array(rules, np.intp)[rising]))
    return groups, wide


def _ranges(axes: Sequence[Axis], rules: int) -> tuple[list[Codes | None], list[Codes | None]]:
    """The least and the largest code of numbers that rules take, by axis; None for one of words."""
    low: list[Codes | None] = []
    high: list[Codes | None] = []
    for axis in axes:
        if axis.words is not None:
            low.append(None)
            high.append(None)
            continue
        first, last = np.zeros(rules, np.intp), np.full(rules, axis.size - 1, np.intp)
        for place, taken in enumerate(axis.taken):
            if taken is not None:
                first[place], last[place] = (taken[0], taken[-1]) if taken.size else (1, 0)
        low.append(first)
        high.append(last)
    return low, high
