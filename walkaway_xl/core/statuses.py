"""Statuses: a number in a column of codes, a word where people read."""

from enum import IntEnum
from typing import Any

import numpy as np

from walkaway_xl.core._arrays import float_array
from walkaway_xl.core._series import by_row
from walkaway_xl.core.errors import NO_STATUS, InputError, reason_numbers, reason_of


class Status(IntEnum):
    """A status; written as a member with its number, and its word where that is not the name with spaces."""

    word: str

    def __new__(cls, code: int, word: str = "") -> "Status":
        """A member that is its code."""
        member = int.__new__(cls, code)
        member._value_ = code
        return member

    def __init__(self, code: int, word: str = ""):
        self.word = word or self.name.replace("_", " ")


def words(codes: Any, of: type[Status]) -> Any:
    """Words of a status column; where there is no status, the reason in words.

    The same code means another word in another enumeration, so the call says which one it is.

    Parameters
    ----------
    codes : array_like
        What a function that answers with a status gave: a member, a code, or an array or Series of codes.
    of : type
        The enumeration of the status: WalkawayStatus, DiscountStatus, DealStatus, ConcessionStatus,
        FlagStatus or PrepStatus.

    Returns
    -------
    str, ndarray of object or Series of str
        "WALK AWAY" for a code of WalkawayStatus.WALK_AWAY, as in a cell. A reason has the same code in
        every process of one version of walkaway_xl.

    Raises
    ------
    InputError
        If a code is none of the enumeration's and of no reason, or a member is one of another enumeration.

    Examples
    --------
    How do three offers stand against a seller's floor of 100, and against none?

    >>> from walkaway_xl import WalkawayStatus, walkaway_check
    >>> words(walkaway_check([95, 100, 108], 100, "seller"), of=WalkawayStatus).tolist()
    ['WALK AWAY', 'TOO CLOSE', 'ACCEPTABLE']
    >>> words(walkaway_check([95, float("inf")], 100, "seller"), of=WalkawayStatus).tolist()
    ['WALK AWAY', 'offer must be a finite number.']
    """
    if isinstance(codes, Status) and not isinstance(codes, of):
        raise InputError(
            "codes",
            "be of {statuses}; {codes} is of {others}",
            statuses=of.__name__,
            codes=f"{codes!r}",
            others=type(codes).__name__,
        )
    arrays, rows = by_row({"codes": codes}, {"codes"})
    given = float_array("codes", arrays["codes"])
    numbers = np.where(np.isnan(given), NO_STATUS - reason_numbers(given), given)
    different, places = np.unique(numbers, return_inverse=True)
    meanings = np.array([_word(number, of) for number in different.tolist()], object)
    texts = meanings[places.reshape(given.shape)]
    return rows(texts) if given.ndim else texts


def _word(code: float, of: type[Status]) -> str:
    if code <= NO_STATUS and code.is_integer():
        reason = reason_of(int(code))
        if reason is not None:
            return reason.words
    if code not in {int(status) for status in of}:
        listed = ", ".join(f"{int(status)}".replace("-", "−") for status in sorted(of))
        raise InputError("codes", "be of {statuses}: {listed}", got=code, statuses=of.__name__, listed=listed)
    return of(int(code)).word
