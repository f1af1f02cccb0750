"""The gate of the core: answers leave with a reason for each element that has none."""

from enum import IntEnum
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._arrays import Floats, Mask, Numbers
from walkaway_xl.core._tolerance import below
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

Status = TypeVar("Status", bound=IntEnum)


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
