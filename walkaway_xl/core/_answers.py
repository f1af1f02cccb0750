"""The gate of the core: answers leave with a reason for each element that has none."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._arrays import Floats, Mask, Numbers, any_array
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
from walkaway_xl.core.statuses import Status

Answered = TypeVar("Answered", bound=Status)


class Rule(NamedTuple):
    """Elements that have no answer, and why."""

    where: Mask
    reason: Reason


def _rule(where: Mask | bool, reason: Reason) -> Rule:
    return Rule(np.bool_(where) if isinstance(where, bool) else where, reason)


def outside(subject: str, where: Mask | bool, must: str, remedy: str = "") -> Rule:
    """A number outside its domain: #NUM! in a cell."""
    return _rule(where, Reason(Unanswered.OUTSIDE_DOMAIN, subject, must, remedy))


def no_answer(subject: str, where: Mask | bool, must: str, remedy: str = "") -> Rule:
    """A question without an answer: #N/A in a cell."""
    return _rule(where, Reason(Unanswered.NO_ANSWER, subject, must, remedy))


def zero_divisor(subject: str, where: Mask | bool, must: str, remedy: str = "") -> Rule:
    """A division by a legitimate zero: #DIV/0! in a cell."""
    return _rule(where, Reason(Unanswered.ZERO_DIVISOR, subject, must, remedy))


def malformed(subject: str, where: Mask | bool, must: str, remedy: str = "") -> Rule:
    """A malformed question: #VALUE! in a cell of a column, InputError for a scalar."""
    return _rule(where, Reason(Unanswered.MALFORMED, subject, must, remedy))


def nothing_asked(subject: str, where: Mask | bool) -> Rule:
    """A blank row of a table: a blank in the cell."""
    return _rule(where, Reason(Unanswered.NOTHING_ASKED, subject, "be filled in"))


def refused(result: Any, rules: Sequence[Rule]) -> Any:
    """An answer with the first rule that holds in place of each element that has none."""
    if isinstance(result, tuple):
        return type(result)(*(refused(part, rules) for part in result))
    answers = np.asarray(result)
    if answers.dtype == np.bool_:
        answers = answers.astype(object)
    for rule in reversed(rules):  # the first rule is written last, and so wins
        where = np.asarray(rule.where)
        if where.shape != answers.shape:
            where = where.reshape(-1, 1)  # an answer of several columns
        codes = answers.dtype == np.int16
        answers = np.where(where, np.int16(_code(rule.reason)) if codes else marker(rule.reason), answers)
    return answers


def _code(reason: Reason) -> int:
    """What stands for a reason among the codes of statuses."""
    return NO_STATUS - number_of(reason)


def with_reasons(values: Any, *rules: Rule) -> Floats:
    """Values with the first rule that holds in place of each element that has no answer."""
    if not np.ndim(values) and not any(rule.where.ndim for rule in rules):
        held = next(
            (rule.reason for rule in rules if rule.where), None if np.isfinite(values) else NOT_FINITE
        )
        return np.array(np.add(values, 0.0) if held is None else marker(held), np.float64)
    shape = np.shape(values)
    if not shape or any(rule.where.shape not in (shape, ()) for rule in rules):
        shape = np.broadcast_shapes(shape, *(rule.where.shape for rule in rules))
        values = np.broadcast_to(values, shape)
    least, most = (values.min(), values.max()) if values.size else (0.0, 0.0)
    result = values
    if not (least > -math.inf and most < math.inf):
        result = np.where(np.isfinite(values), values, marker(NOT_FINITE))
    for rule in reversed(rules):  # the first rule is written last, and so wins
        if rule.where.any():
            result = np.where(rule.where, marker(rule.reason), result)
    return np.asarray(result)


def answer(values: Any, *rules: Rule) -> Numbers:
    """The gate: floats with a reason in each element that has no answer; a plain float for scalars.

    Raises InputError where a scalar question is malformed; in a column only that element is marked.
    """
    result = with_reasons(values, *rules)
    return result if result.ndim else raise_if_malformed(result.item())


def raise_if_malformed(value: float) -> float:
    """A scalar answer as it is; InputError where the question was malformed."""
    if value != value:
        reason = reason_of(value)
        if reason is not None and reason.why is Unanswered.MALFORMED:
            raise InputError(reason.subject, reason.must, reason.remedy)
    return value


def unanswered(rule: Rule) -> float:
    """A scalar that has no answer."""
    return raise_if_malformed(float(marker(rule.reason)))


def answer_status(
    kind: type[Answered], codes: NDArray[np.int16], defined: ArrayLike, *rules: Rule
) -> Answered | float | NDArray[np.int16]:
    """The gate for statuses: a member of the enumeration for scalars, an array of codes for arrays.

    An element without a status is NaN with its reason for a scalar, and a code of NO_STATUS or below in an
    array (`reason_of` reads both).
    """
    if not codes.ndim and not any(rule.where.ndim for rule in rules):
        reasons = with_reasons(0.0 if defined else np.nan, *rules)
        return raise_if_malformed(reasons.item()) if np.isnan(reasons) else kind(codes.item())
    answered = any_array("defined", defined)
    shape = np.broadcast_shapes(codes.shape, answered.shape, *(rule.where.shape for rule in rules))
    if codes.shape != shape:
        codes = np.broadcast_to(codes, shape)
    if not answered.all():
        codes = np.where(answered, codes, np.int16(_code(NOT_FINITE)))
    for rule in reversed(rules):
        if rule.where.any():
            codes = np.where(rule.where, np.int16(_code(rule.reason)), codes)
    return codes
