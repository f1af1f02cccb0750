"""What is said when a question has no number for an answer: exceptions, and reasons that travel inside NaN.

A malformed question raises :class:`InputError`. One element of a column that cannot be answered must not
spoil its neighbours, so it becomes a NaN whose payload bits name the reason; :func:`reason_of` reads it back.
"""

import math
import threading
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core.number_style import DIGITS, figure, restyled
from walkaway_xl.core.phrasing import later, phrase


class WalkawayError(Exception):
    """Everything that walkaway_xl raises on purpose."""


class InputError(WalkawayError, ValueError):
    """A question that cannot be asked this way.

    Parameters
    ----------
    argument : str
        The argument at fault, by its name in the signature.
    must : str
        What it must do, as it follows "must" in a sentence: "be zero or more".
    remedy : str, optional
        What helps, in sentences of its own.
    got : object, optional
        What it is.
    values : object
        What stands for each {name} in `must` and `remedy`.
    """

    def __init__(self, argument: str, must: str, remedy: str = "", got: object = None, **values: object):
        self.reason = Reason(Unanswered.MALFORMED, argument, must, remedy, tuple(values.items()))
        super().__init__(self.reason.said(got))

    @property
    def argument(self) -> str:
        """The argument at fault."""
        return self.reason.subject


class Unanswered(Enum):
    """Why an element has no number; each is another error value in a cell."""

    OUTSIDE_DOMAIN = "a number lies outside its domain"
    NO_ANSWER = "the question has no answer"
    ZERO_DIVISOR = "the divisor is a legitimate zero"
    MALFORMED = "the question is malformed"
    NOTHING_ASKED = "the row is blank"


class Reason(NamedTuple):
    """Why one element has no number: what its subject must do, and what helps.

    `must` follows "must" in a sentence. `remedy` is one sentence or more; in it {got} stands for the number
    at fault, {hundredth} for what it would be as a share, {opposite} for the
    same with the other sign. `values` are what stands for other {names}, of a question that was malformed.
    """

    why: Unanswered
    subject: str
    must: str
    remedy: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def said(self, got: object = None, among: bool = False) -> str:
        """The reason in sentences: "cost must be zero or more; it is −1."

        Parameters
        ----------
        got : object, optional
            What the subject is. Left out, the sentence does without it.
        among : bool, optional
            Whether the subject is a list, of which `got` is one.

        Returns
        -------
        str
            Sentences that end with a full stop.
        """
        values = {name: restyled(str(value)) for name, value in self.values}
        subject = phrase(EVERY) if self.subject == EVERY else self.subject
        rule = restyled(phrase(f"{{subject}} must {self.must}")).format(subject=subject, **values)
        if got is None:
            sentence = phrase("{rule}.", rule=rule)
        elif among:
            sentence = phrase("{rule}; one of them is {got}.", rule=rule, got=spelled(got))
        else:
            sentence = phrase("{rule}; it is {got}.", rule=rule, got=spelled(got))
        return f"{sentence} {helped(self.remedy, got, **values)}" if self.remedy else sentence

    @property
    def words(self) -> str:
        """The reason where what the subject is cannot be told."""
        return self.said()


def helped(remedy: str, got: object = None, /, **values: str) -> str:
    """A remedy with the number at fault in it, and what it ought to be."""
    sentence = restyled(phrase(remedy))
    if "{" not in sentence:
        return sentence
    number = float(got) if isinstance(got, int | float) else TYPED_WHOLE
    opposite = phrase("it without its minus") if got is None else spelled(-number, 12)
    shown = {"got": spelled(number), "hundredth": spelled(number / 100, 12), "opposite": opposite}
    return sentence.format(**{**shown, **values})


LONGEST = 60  # characters of a text that a sentence repeats
TYPED_WHOLE = 15.0  # what a remedy for a share shows where the number at fault is not known


def spelled(got: object, digits: int = DIGITS) -> str:
    """What an argument is, in a sentence."""
    if isinstance(got, bool | np.bool_):
        return str(got).upper()
    if isinstance(got, int | float | np.integer | np.floating):
        try:
            return phrase("infinite") if math.isinf(got) else figure(float(got), digits)
        except OverflowError:
            return phrase("beyond all numbers")
    text = " ".join(str(got).split())
    return f'"{text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"}"'


EVERY = later("every argument")
NOT_FINITE = Reason(Unanswered.OUTSIDE_DOMAIN, EVERY, "be a finite number that is given")

# A quiet NaN of IEEE 754 leaves its low bits free. A reason's number is its place in the generated table, the
# same in every process and thread.
_QUIET_NAN = 0x7FF8_0000_0000_0000
_PAYLOAD = 0x0000_0000_FFFF_FFFF

NO_STATUS = -1000  # a status code this low is no status: the reason's number counts down from here


class _Reasons:
    """The reasons and their numbers."""

    def __init__(self) -> None:
        from walkaway_xl.core._reasons import TABLE  # when the first is needed: a start-up does without it

        self.listed = [
            Reason(Unanswered[why], subject, must, remedy)
            for why, must, remedy, subjects in TABLE
            for subject in subjects.split(",")
        ]
        self.declared = len(self.listed)
        self.numbers = {reason: number for number, reason in enumerate(self.listed)}
        self.lock = threading.Lock()

    def added(self, reason: Reason) -> int:
        """Number of a reason that is not in the table: only until it is written again, and a test sees it."""
        with self.lock:
            if reason not in self.numbers:
                self.listed.append(reason)
                self.numbers[reason] = len(self.listed) - 1
            return self.numbers[reason]


_READING = threading.Lock()
_read: list[_Reasons] = []


def reasons() -> _Reasons:
    """The table of reasons, which is read when the first is needed, and once for all threads."""
    if not _read:
        with _READING:
            if not _read:
                _read.append(_Reasons())
    return _read[0]


def number_of(reason: Reason) -> int:
    """Place of a reason in the table, which is its NaN payload."""
    number = reasons().numbers.get(reason)
    return reasons().added(reason) if number is None else number


def marker(reason: Reason) -> np.float64:
    """NaN that carries a reason."""
    return np.uint64(_QUIET_NAN | number_of(reason)).view(np.float64)


def reason_numbers(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """Reason numbers of NaN elements (meaningless where an element is no NaN)."""
    numbers = (values.view(np.uint64) & np.uint64(_PAYLOAD)).astype(np.intp)
    # A NaN that somebody else made may carry any payload.
    return np.where(numbers < len(reasons().listed), numbers, 0)


def reason_by_number(number: int) -> Reason:
    """Reason at a place in the table."""
    return reasons().listed[number]


def reason_of(value: float) -> Reason | None:
    """Why an answer is missing.

    Parameters
    ----------
    value : float or int
        One element of an answer: a number, a NaN, or a status code.

    Returns
    -------
    Reason or None
        The reason, or None where the element is an answer.

    Examples
    --------
    Why has an offer no score?

    >>> from walkaway_xl import walkaway_score
    >>> reason_of(walkaway_score(108, 100, 100)).words
    'target must differ from walkaway. A score needs a distance to measure against.'
    """
    if isinstance(value, int | np.integer):
        place = NO_STATUS - int(value)
        listed = reasons().listed
        return listed[place] if 0 <= place < len(listed) else None
    if value == value:  # only NaN differs from itself
        return None
    return reasons().listed[int(reason_numbers(np.array([value]))[0])]
