"""The door of every worksheet function: arguments are what their kinds declare, or are refused by name.

What stands in the decorator is done here, once for all functions: words become numbers, numbers become
float64, what lies outside its range is refused with what helps, ranges of cells are broadcast, and a long
column is worked in blocks. The function itself only calculates.
"""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import Rule, malformed, refused, unanswered
from walkaway_xl.core._arrays import (
    any_array,
    chosen,
    flags,
    flattened,
    float_array,
    numbers,
    shapes_differ,
    single,
    text_array,
)
from walkaway_xl.core._series import by_row, has_series
from walkaway_xl.core.errors import InputError, Reason, Unanswered
from walkaway_xl.core.kinds import Holds, Kind, Shape

# What usually comes in, and is quickly known to be no Series.
_PLAIN = frozenset({float, int, str, bool, type(None), np.ndarray, np.float64, list, tuple})
BLOCK = 65_536  # elements worked at once: few enough that the temporaries stay in the processor's cache

Worked = TypeVar("Worked", bound=Callable[..., Any])


def takes(**kinds: Kind) -> Callable[[Worked], Worked]:
    """Declare what each argument of a worksheet function is.

    Parameters
    ----------
    **kinds : Kind
        The kind of each argument, in the order of the signature.

    Returns
    -------
    callable
        A decorator. The function behind it gets float64 for numbers, masks for flags, +1 and −1 for sides,
        the number of a word where each cell has one, and the word itself where there is one for all; NaN
        where an argument without a default is not given. An element that its kind refuses has its reason in
        the answer.
    """

    def declared(function: Worked) -> Worked:
        door = _Door(function, kinds)

        @functools.wraps(function)
        def worked(*args: Any, **kwargs: Any) -> Any:
            with np.errstate(all="ignore"):  # an element that cannot be answered says why by itself
                return door.answer(args, kwargs)

        worked.kinds = kinds  # type: ignore[attr-defined]
        return worked  # type: ignore[return-value]

    return declared


def beyond(argument: str, kind: Kind, values: Any, *, lifted: bool = False) -> list[Rule]:
    """What of some numbers their kind refuses, a rule for each way in which some of them are refused."""
    return limits_of(argument, kind).rules(values, lifted)


def refusal(subject: str, kind: Kind, value: object) -> Reason | None:
    """Why a kind refuses one value that was typed outside of a cell; None where it lets it in.

    Parameters
    ----------
    subject : str
        What the value is called.
    kind : Kind
        What it must be.
    value : object
        A number, a word or a text; a text never passes for a number.

    Returns
    -------
    Reason or None
        `said(value)` words it.
    """

    def malformed(must: str) -> Reason:
        return Reason(Unanswered.MALFORMED, subject, must)

    if kind.only_words:
        return None if isinstance(value, str) and value in kind.words else malformed(kind.must)
    if kind.holds is Holds.TEXT:
        return None if isinstance(value, str) and value.strip() else malformed("be a text")
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return malformed("be a number")
    rules = beyond(subject, kind, np.float64(_as_float(value)))
    return rules[0].reason if rules else None


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return -math.inf if value < 0 else math.inf


class _Limits(NamedTuple):
    """How far the numbers of an argument may go, and what is said beyond."""

    low: float
    high: float
    whole: bool
    infinite: Reason
    too_low: Reason
    too_high: Reason
    only_too_high: Reason  # where the lower end is lifted

    def let_in_all(self, values: Any) -> bool:
        """Whether no number is blank or refused; that is the usual case, and quickly seen."""
        least = most = values
        if np.ndim(values):
            if not values.size:
                return False
            least, most = np.minimum.reduce(values, None), np.maximum.reduce(values, None)
        return bool(not self.whole and least >= self.low and most <= self.high)

    def rules(self, values: Any, lifted: Any) -> list[Rule]:
        """Rules that hold for some of the numbers."""
        infinite, lifted = np.isinf(values), np.asarray(lifted, bool)
        rules = [
            Rule(infinite, self.infinite),
            Rule(~infinite & (values < self.low) & ~lifted, self.too_low),
            Rule(~infinite & (values > self.high), self.only_too_high if lifted.any() else self.too_high),
        ]
        if self.whole:
            rules.append(Rule(np.isfinite(values) & (values % 1 != 0), self.too_high))
        return [rule for rule in rules if rule.where.any()]


@functools.cache
def limits_of(argument: str, kind: Kind) -> _Limits:
    def reason(must: str, remedy: str = "") -> Reason:
        return Reason(Unanswered.OUTSIDE_DOMAIN, argument, must, remedy)

    largest = float(np.finfo(float).max)
    return _Limits(
        max(kind.lowest, -largest),
        min(kind.highest, largest),
        kind.range.whole,
        reason("be a finite number"),
        reason(kind.must, kind.too_low),
        reason(kind.must, kind.too_high),
        reason(kind.range._replace(least=-math.inf).must, kind.too_high),
    )


class _Door:
    """What the declarations of one function come to."""

    def __init__(self, function: Callable[..., Any], kinds: Mapping[str, Kind]):
        self.function = function
        # What inspect.signature would say, without the time that importing and asking it takes at start-up.
        code, given = function.__code__, function.__defaults__ or ()
        self.names = code.co_varnames[: code.co_argcount]
        assert self.names == tuple(kinds), f"{function.__name__} declares {tuple(kinds)}"
        self.required = self.names[: len(self.names) - len(given)]
        self.defaults = dict(zip(self.names[len(self.required) :], given, strict=True))
        self.kinds = kinds
        answering = (Shape.ELEMENT, Shape.ROWS)
        self.by_row = [name for name, kind in kinds.items() if kind.shape in answering]
        self.elements = [name for name, kind in kinds.items() if kind.shape is Shape.ELEMENT]

    @functools.cached_property
    def limits(self) -> dict[str, _Limits]:
        """How far the numbers of each argument may go."""
        return {name: limits_of(name, kind) for name, kind in self.kinds.items() if kind.is_measured}

    def answer(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The function's answer to a call."""
        arguments = dict(zip(self.names, args, strict=False)) | kwargs
        accepted = len(arguments) == len(args) + len(kwargs) and arguments.keys() <= self.kinds.keys()
        if not accepted or not arguments.keys() >= set(self.required):
            return self.function(*args, **kwargs)  # Python says what is wrong with the call
        if not _PLAIN.issuperset(map(type, arguments.values())) and has_series(arguments.values()):
            arrays, rows = by_row(arguments, self.by_row)
            return rows(self._answer(dict(arrays)))
        return self._answer(arguments)

    def _answer(self, arguments: dict[str, Any]) -> Any:
        """The function's answer to arguments by name."""
        for name, default in self.defaults.items():
            arguments[name] = _where_given(arguments.get(name), default)
        rules: list[Rule] = []
        for name, kind in self.kinds.items():
            if kind.shape is not Shape.ELEMENT:
                arguments[name], broken = self._whole(name, kind, arguments)
                rules += broken
        if not self.elements:
            return unanswered(rules[0]) if rules else _without_minus_zero(self.function(**arguments))
        if all(_is_scalar(arguments[name]) for name in self.elements):
            return self._answered(*self._read(self.elements, arguments, rules))
        return self._over_columns(arguments, rules)

    def _whole(self, name: str, kind: Kind, arguments: Mapping[str, Any]) -> tuple[Any, list[Rule]]:
        """An argument that does not answer cell by cell, and what of it is refused for the whole answer."""
        value = arguments[name]
        if kind.chooses:
            given = value is not None or self.defaults[name] is not None
            return (chosen(name, value, kind.words) if given else None), []
        left_out = value is None and name in self.defaults
        if not kind.is_numeric or (left_out and kind.shape is not Shape.SINGLE):
            return value, []
        if kind.holds is Holds.FLAG:
            return (flags(name, value) if kind.shape is not Shape.SINGLE else _one_flag(name, value)), []
        read = (
            numbers(name, value, kind.words, only=kind.only_words) if kind.words else float_array(name, value)
        )
        read = _filled(read, self.defaults.get(name))
        if kind.shape is Shape.GRID:
            return read, []
        if kind.shape is Shape.SINGLE:
            number = np.float64(single(name, read))
            if kind.only_words and name in self.required and np.isnan(number):
                raise InputError(name, kind.must)
            return number, self._beyond(name, kind, number, arguments)
        read = flattened(name, read)
        return read, [] if kind.shape is Shape.ROWS else self._beyond(name, kind, read, arguments)

    def _beyond(self, name: str, kind: Kind, read: Any, arguments: Mapping[str, Any]) -> list[Rule]:
        """What of an argument is refused, for the whole answer."""
        if kind.only_words:
            return []
        lifted = bool(kind.lifted_by) and _one_flag(kind.lifted_by, arguments[kind.lifted_by])
        return [Rule(np.bool_(True), rule.reason) for rule in beyond(name, kind, read, lifted=lifted)]

    def _over_columns(self, arguments: dict[str, Any], rules: list[Rule]) -> Any:
        arrays = {
            name: any_array(name, arguments[name])
            for name in self.elements
            if not _is_scalar(arguments[name])
        }
        try:
            shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
        except ValueError:
            raise shapes_differ(arrays) from None
        arguments = arguments | arrays
        if not shape:
            return _without_minus_zero(self._answered(*self._read(self.elements, arguments, rules)))
        # The first argument takes part in every answer, so the answer has its shape: that of all of them.
        first = self.elements[0]
        arguments[first] = arrays[first] = np.broadcast_to(arguments[first], shape)
        rows = max(1, BLOCK // max(1, int(np.prod(shape[1:]))))
        if shape[0] <= rows:
            return _without_minus_zero(self._answered(*self._read(self.elements, arguments, rules)))
        long = {name: array for name, array in arrays.items() if array.ndim == len(shape) and len(array) > 1}
        arguments, rules = self._read([name for name in self.elements if name not in long], arguments, rules)
        answers = _Answers(shape[0])
        for start in range(0, shape[0], rows):
            part = {name: array[start : start + rows] for name, array in long.items()}
            block = self._answered(*self._read(list(long), arguments | part, rules))
            answers.add(start, rows, block)  # while it is in the processor's cache
        return answers.whole()

    def _read(
        self, names: Sequence[str], arguments: Mapping[str, Any], rules: Sequence[Rule]
    ) -> tuple[dict[str, Any], list[Rule]]:
        """Some of the elements as their kinds say, and what of them is refused beside what already is."""
        arguments, rules = dict(arguments), list(rules)
        for name in names:
            kind = self.kinds[name]
            if name in self.limits:
                value = arguments[name]
                value = np.float64(value) if type(value) is float else float_array(name, value)[()]
                if self.limits[name].let_in_all(value):
                    arguments[name] = value
                    continue
                value = _filled(value, self.defaults.get(name))
                broken = self.limits[name].rules(value, _lifted(kind, arguments))
                for rule in broken:  # no loop runs on because of it, and nothing takes it for an option
                    value = np.where(rule.where, np.nan, value)[()]
                arguments[name], rules = value, rules + broken
            else:
                arguments[name], broken = self._words(name, kind, arguments[name])
                rules += broken
        return arguments, rules

    def _answered(self, arguments: dict[str, Any], rules: list[Rule]) -> Any:
        """The function's answer, with its reason wherever an argument is refused."""
        if not rules:
            return self.function(**arguments)
        shape = np.broadcast_shapes(*(np.shape(arguments[name]) for name in self.elements))
        if not shape:
            return unanswered(rules[0])
        spread = [Rule(np.broadcast_to(rule.where, shape), rule.reason) for rule in rules]
        return refused(self.function(**arguments), spread)

    def _words(self, name: str, kind: Kind, value: Any) -> tuple[Any, list[Rule]]:
        """Words, flags and texts of some elements."""
        if kind.holds is Holds.TEXT:
            return text_array(name, value), []
        if kind.holds is Holds.FLAG:
            return flags(name, value, bool(self.defaults.get(name))), []
        read = numbers(name, value, kind.words)[()]
        missing = np.isnan(read)
        if name not in self.required or not missing.any():
            return read, []
        return read, [malformed(name, missing, kind.must)]


class _Answers:
    """The answers of all blocks, put together as they come."""

    def __init__(self, rows: int):
        self.rows = rows
        self.parts: list[NDArray[Any]] = []
        self.kind: type[tuple[Any, ...]] | None = None

    def add(self, start: int, rows: int, block: Any) -> None:
        """Keep the answer of a block of so many rows; a row of a table may have several rows in it."""
        parts = block if isinstance(block, tuple) else (block,)
        if not self.parts:
            self.kind = type(block) if isinstance(block, tuple) else None
            sizes = [len(part) // rows for part in parts]
            self.parts = [
                np.empty((self.rows * size, *part.shape[1:]), part.dtype)
                for part, size in zip(parts, sizes, strict=True)
            ]
        for place, part in enumerate(parts):
            if part.dtype != self.parts[place].dtype:  # TRUE and FALSE, and now one that has a reason instead
                self.parts[place] = self.parts[place].astype(object)
            begin = len(self.parts[place]) // self.rows * start
            _copy(part, self.parts[place][begin : begin + len(part)])

    def whole(self) -> Any:
        """One answer, or one of several parts."""
        return self.parts[0] if self.kind is None else self.kind(*self.parts)


def _without_minus_zero(answer: Any) -> Any:
    """An answer of its own, in which −0 is 0, as hosts show it."""
    if isinstance(answer, tuple):
        return type(answer)(*(_without_minus_zero(part) for part in answer))
    return answer + 0.0 if isinstance(answer, np.ndarray) and answer.dtype.kind == "f" else answer


def _copy(answer: NDArray[Any], place: NDArray[Any]) -> None:
    """Put an answer to its place, −0 as 0."""
    if answer.dtype == place.dtype == np.float64:
        np.add(answer, 0.0, out=place)
    else:
        place[...] = answer


def _lifted(kind: Kind, arguments: Mapping[str, Any]) -> Any:
    """Where an argument says that a number may be lower than usual."""
    return flags(kind.lifted_by, arguments[kind.lifted_by]) if kind.lifted_by else False


def _one_flag(name: str, value: Any) -> bool:
    return single(name, np.asarray(flags(name, value)).astype(float)) == 1


def _where_given(value: Any, default: Any) -> Any:
    """An optional argument that is one cell, with its default where that is blank: None or NaN."""
    blank = value is None or (_is_scalar(value) and value != value)
    return default if blank and default is not None else value


def _filled(values: Any, default: Any) -> Any:
    """Numbers with the default of their argument wherever one is blank."""
    if not isinstance(default, float) or not values.size:
        return values
    least = values.min() if np.ndim(values) else values
    # The usual column has no gaps, and its minimum says so without another column.
    return values if least == least else np.where(np.isnan(values), default, values)[()]


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, float | int | str)
