"""Words that choose: sides of a table, directions of a limit, which answer to give."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._arrays import Floats, any_array
from walkaway_xl.core.errors import InputError


class Side(IntEnum):
    """Which side of the table is ours; as a number, the sign that makes a gap positive when it is good."""

    SELLER = 1, "seller"
    BUYER = -1, "buyer"
    CANDIDATE = 1, "candidate"  # sells labour

    def __new__(cls, sign: int, word: str) -> "Side":
        """A member that is its sign, and whose value is its word: two of one value would be one."""
        member = int.__new__(cls, sign)
        member._value_ = word  # type: ignore[assignment]
        return member

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self.name}: {int(self)}>"


SIDES: Mapping[str, int] = {
    "seller": 1, "sell": 1, "s": 1,
    "buyer": -1, "buy": -1, "b": -1,
    "candidate": 1, "cand": 1, "c": 1,
}  # fmt: skip

DIRECTIONS: Mapping[str, int] = {
    ">=": 1, "at least": 1,
    "<=": -1, "at most": -1,
}  # fmt: skip

FIRMNESS: Mapping[str, float] = {"boulware": 4.0, "linear": 1.0, "conceder": 0.25}


def selector(words: Sequence[str]) -> Mapping[str, int]:
    """Words of an `output` or `basis` argument, numbered from 0 in reading order."""
    return {word: number for number, word in enumerate(words)}


DISTRIBUTIONS: Mapping[str, int] = selector(["uniform", "triangular", "normal", "logistic"])


def numbers(
    argument: str, value: ArrayLike | None, words: Mapping[str, float], *, only: bool = True
) -> Floats:
    """Words or their numbers, as numbers; NaN stays NaN.

    With `only`, a number must be one of the words' numbers; without, the words are names for some numbers.
    """
    if isinstance(value, str):
        return np.array(_number(argument, value, words))
    array = any_array(argument, np.nan if value is None else value)
    if array.dtype.kind in "iuf":
        result = array.astype(np.float64, copy=False)
    elif array.size > 1 and not any(array.strides):  # one word, spread over a column
        return np.broadcast_to(numbers(argument, array.flat[0], words, only=only), array.shape)
    else:
        flat = [_number(argument, item, words) for item in array.reshape(-1).tolist()]
        result = np.array(flat, dtype=np.float64).reshape(array.shape)
    if only:
        permitted = np.isnan(result)
        for number in set(words.values()):
            permitted = permitted | (result == number)
        if not permitted.all():
            raise InputError(argument, f"be {choices(words)}")
    return result


def _number(argument: str, item: Any, words: Mapping[str, float]) -> float:
    if item is None:
        return np.nan
    if isinstance(item, str):
        number = words.get(item.strip().lower())
        if number is None:
            raise InputError(argument, f"be {choices(words)}", got=item)
        return number
    if isinstance(item, bool) or not isinstance(item, int | float):
        raise InputError(argument, f"be {choices(words)}")
    try:
        return float(item)
    except OverflowError:
        raise InputError(argument, f"be {choices(words)}") from None


def sides(side: ArrayLike) -> Floats:
    """+1 for seller and candidate, −1 for buyer.

    The side is never guessed: a silent default would turn a buyer's advice upside down.
    """
    signs = numbers("side", side, SIDES)
    if not signs.ndim and np.isnan(signs):
        raise InputError("side", f"be {choices(SIDES)}", "It is never guessed.")
    return signs


def chosen(argument: str, value: Any, words: Mapping[str, float]) -> str:
    """One word of a selector, given as the word or its number; the first if it is not given."""
    number = numbers(argument, value, words)
    if number.size != 1:
        raise InputError(argument, "be a single word")
    index = float(number.reshape(()))
    return next(word for word, place in words.items() if place == (0 if np.isnan(index) else index))


def choices(words: Mapping[str, float]) -> str:
    """The words in a sentence, the first spelling of each meaning: seller, buyer or candidate."""
    quoted = [f'"{word}"' for word in words if not any(_abbreviates(word, longer, words) for longer in words)]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _abbreviates(word: str, longer: str, words: Mapping[str, float]) -> bool:
    return word != longer and longer.startswith(word) and words[word] == words[longer]
