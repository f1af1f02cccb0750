"""The door of the core: everything becomes float64 of one broadcast shape, once, and leaves by one gate."""

import functools
import math
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core.errors import (
    NO_STATUS,
    NOT_FINITE,
    InputError,
    Reason,
    Unanswered,
    marker,
    number_of,
    reason_of,
)

Floats = NDArray[np.float64]
Numbers = float | Floats
Mask = NDArray[np.bool_] | np.bool_
Status = TypeVar("Status", bound=IntEnum)

ROUNDING_NOISE = 2e-15  # relative: what a few operations leave behind, far less than a step of any price
TOLERANCE = 1e-9  # relative, and absolute below 1: far above rounding noise, far below any tick of a price


def float_array(argument: str, value: ArrayLike | None) -> Floats:
    """One argument as float64; None and NaN mean "not given"."""
    if value is None:
        return np.array(np.nan)
    array = any_array(argument, value)
    if array.dtype.kind == "O":
        _refuse_other_than_numbers(argument, array)
    elif array.dtype.kind not in "iuf":
        raise InputError(argument, f"takes numbers, not {_called(array.dtype.kind)}")
    try:
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise InputError(argument, "takes numbers") from None
    except OverflowError:
        raise InputError(argument, "takes finite numbers") from None


def any_array(argument: str, value: Any) -> NDArray[Any]:
    """One argument as an array of whatever it holds."""
    try:
        return np.asarray(value)
    except ValueError:
        raise InputError(argument, "is one cell or a rectangle of cells") from None


def _refuse_other_than_numbers(argument: str, array: NDArray[Any]) -> None:
    for item in array.flat:
        if isinstance(item, str | bool | np.bool_):
            raise InputError(argument, f"takes numbers, not {item!r}")


def _called(kind: str) -> str:
    return {"U": "text", "S": "text", "b": "TRUE or FALSE", "M": "dates", "m": "durations"}.get(kind, "these")


def floats(**arguments: ArrayLike | None) -> tuple[Floats, ...]:
    """Arguments as float64.

    An infinite number has no answer anywhere: the element becomes NaN in every argument, so that it can
    neither pass a comparison nor look like an option that was not given.
    """
    # A NumPy number does the arithmetic of an array of one in a tenth of the time; [()] makes one of it.
    arrays = tuple(
        np.float64(value) if type(value) is float else float_array(name, value)[()]
        for name, value in arguments.items()
    )
    if any(math.isinf(array) if isinstance(array, float) else np.isinf(array).any() for array in arrays):
        anywhere = functools.reduce(np.logical_or, (np.isinf(array) for array in arrays))
        return tuple(np.where(anywhere, np.nan, array)[()] for array in arrays)
    return arrays


def columns(**arguments: ArrayLike | None) -> tuple[Floats, ...]:
    """Arguments as float64 columns of one length; a row, a column and a single number are all accepted.

    A gap in a table has a meaning of its own, so infinite numbers stay as they are for a rule to find.
    """
    flat = {name: flattened(name, float_array(name, value)) for name, value in arguments.items()}
    try:
        return tuple(np.broadcast_arrays(*flat.values()))
    except ValueError:
        raise shapes_differ(flat) from None


def flattened(argument: str, array: NDArray[Any]) -> NDArray[Any]:
    """A row or a column as one dimension."""
    if array.ndim > 2 or (array.ndim == 2 and 1 not in array.shape):
        raise InputError(argument, "is one row or one column")
    return array.reshape(-1)


def single(argument: str, value: ArrayLike | None, default: float = np.nan) -> float:
    """One argument as one float; the default if it is not given."""
    array = float_array(argument, value)
    if array.size != 1:
        raise InputError(argument, "is a single number")
    number = float(array.reshape(()))
    return default if np.isnan(number) else number


def flags(argument: str, value: ArrayLike | None) -> Mask:
    """TRUE or FALSE, or 1 and 0 for them; FALSE where it is not given."""
    array = any_array(argument, False if value is None else value)
    if array.dtype.kind not in "biuf" or not np.isin(array[~np.isnan(array)], (0, 1)).all():
        raise InputError(argument, "is TRUE or FALSE")
    true: Mask = array == 1
    return true


def shapes_differ(arguments: Mapping[str, NDArray[Any]]) -> InputError:
    """Say which arguments do not fit together, and how long each is."""
    shapes = {name: array.shape for name, array in arguments.items() if array.ndim}
    first, *others = shapes
    odd = next((name for name in others if shapes[name] != shapes[first]), first)
    told = ", ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape in shapes.items())
    return InputError(odd, f"has as many rows and columns as the others, or one cell; here: {told}")


def tolerance(a: Any, b: Any) -> Any:
    """How far apart two numbers may be and still count as equal."""
    if isinstance(a, float | int) and isinstance(
        b, float | int
    ):  # NumPy's own maximum is slow on single numbers
        return TOLERANCE * max(1.0, abs(a), abs(b))
    return TOLERANCE * np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))


def below(a: Any, b: Any) -> Mask:
    """Whether a is less than b beyond the tolerance; False where either is NaN."""
    less: Mask = a < b - tolerance(a, b)
    return less


def at_least(a: Any, b: Any) -> Mask:
    """Whether a is b or more, within the tolerance; False where either is NaN."""
    enough: Mask = a >= b - tolerance(a, b)
    return enough


def round_up(values: Floats, step: Floats) -> Floats:
    """Smallest multiple of a step that is not below the value (within the tolerance)."""
    return _on_step(values, step, np.ceil, -1)


def round_down(values: Floats, step: Floats) -> Floats:
    """Largest multiple of a step that is not above the value (within the tolerance)."""
    return _on_step(values, step, np.floor, 1)


def _on_step(values: Floats, step: Floats, rounded: Callable[[Any], Any], leeway: int) -> Floats:
    if isinstance(step, float) and math.isnan(step):
        return values
    steps = values / step
    whole = rounded(steps + leeway * (TOLERANCE + ROUNDING_NOISE * np.abs(steps)))
    # 0.01 is no binary fraction, 1/0.01 = 100 is: dividing by it gives the float nearest to the decimal.
    per_unit = np.rint(1.0 / step)
    decimal = (per_unit >= 1) & (np.abs(per_unit * step - 1.0) < TOLERANCE)
    on_step = np.where(decimal, whole / np.where(decimal, per_unit, 1.0), whole * step)
    return np.where(np.isnan(step), values, on_step)


class Rule(NamedTuple):
    """Elements that have no answer, and why."""

    where: Mask
    reason: Reason


def _rule(where: Mask | bool, reason: Reason) -> Rule:
    return Rule(np.bool_(where) if isinstance(where, bool) else where, reason)


def outside(argument: str, where: Mask | bool, remedy: str) -> Rule:
    """A number outside its domain: #NUM! in a cell."""
    return _rule(where, Reason(Unanswered.OUTSIDE_DOMAIN, argument, remedy))


def no_answer(argument: str, where: Mask | bool, remedy: str) -> Rule:
    """A question without an answer: #N/A in a cell."""
    return _rule(where, Reason(Unanswered.NO_ANSWER, argument, remedy))


def zero_divisor(argument: str, where: Mask | bool, remedy: str) -> Rule:
    """A division by a legitimate zero: #DIV/0! in a cell."""
    return _rule(where, Reason(Unanswered.ZERO_DIVISOR, argument, remedy))


def malformed(argument: str, where: Mask | bool, remedy: str) -> Rule:
    """A malformed question: #VALUE! in a cell of a column, InputError for a scalar."""
    return _rule(where, Reason(Unanswered.MALFORMED, argument, remedy))


def nothing_asked(argument: str, where: Mask | bool) -> Rule:
    """A blank row of a table: a blank in the cell."""
    return _rule(where, Reason(Unanswered.NOTHING_ASKED, argument, "is blank"))


def not_a_chance(argument: str, probability: Floats) -> Rule:
    """A probability that is none."""
    remedy = "is a chance between 0 and 1; write 0.6 for 60 %"
    return outside(argument, below(probability, 0) | below(1, probability), remedy)


def marked(values: ArrayLike, *rules: Rule) -> Floats:
    """Values with the first rule that holds in place of each element that has no answer."""
    if not np.ndim(values) and not any(rule.where.ndim for rule in rules):
        held = next(
            (rule.reason for rule in rules if rule.where), None if np.isfinite(values) else NOT_FINITE
        )
        return np.array(np.add(values, 0.0) if held is None else marker(held), np.float64)
    shape = np.broadcast_shapes(np.shape(values), *(rule.where.shape for rule in rules))
    result = np.add(values, 0.0, out=np.empty(shape))  # and −0 becomes 0, which every host shows alike
    finite = np.isfinite(result)
    if not finite.all():
        np.copyto(result, marker(NOT_FINITE), where=~finite)
    for rule in reversed(rules):  # the first rule is written last, and so wins
        if rule.where.any():
            np.copyto(result, marker(rule.reason), where=rule.where)
    return result


def answer(values: ArrayLike, *rules: Rule) -> Numbers:
    """The gate: floats with a reason in each element that has no answer; a plain float for scalars.

    Raises InputError where a scalar question is malformed; in a column only that element is marked.
    """
    result = marked(values, *rules)
    return result if result.ndim else scalar(result.item())


def scalar(value: float) -> float:
    """A scalar answer, unless the question was malformed."""
    if value != value:
        reason = reason_of(value)
        if reason is not None and reason.why is Unanswered.MALFORMED:
            raise InputError(reason.argument, reason.remedy)
    return value


def unanswered(rule: Rule) -> float:
    """A scalar that has no answer."""
    return scalar(float(marker(rule.reason)))


def answer_status(
    kind: type[Status], codes: NDArray[np.int16], defined: ArrayLike, *rules: Rule
) -> Status | float | NDArray[np.int16]:
    """The gate for statuses: a member of the enumeration for scalars, an array of codes for arrays.

    An element without a status is NaN with its reason for a scalar, and a code of NO_STATUS or below in an
    array (`reason_of` reads both).
    """
    if not codes.ndim and not any(rule.where.ndim for rule in rules):
        reasons = marked(0.0 if defined else np.nan, *rules)
        return scalar(reasons.item()) if np.isnan(reasons) else kind(codes.item())
    known = np.asarray(defined)
    shape = np.broadcast_shapes(codes.shape, known.shape, *(rule.where.shape for rule in rules))
    if codes.shape != shape:
        codes = np.broadcast_to(codes, shape).copy()
    if not known.all():
        np.copyto(codes, NO_STATUS - number_of(NOT_FINITE), where=~known)
    for rule in reversed(rules):
        if rule.where.any():
            np.copyto(codes, NO_STATUS - number_of(rule.reason), where=rule.where)
    return codes
