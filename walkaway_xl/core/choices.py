"""Words that choose: sides of a table, directions of a limit, which answer to give."""

from collections.abc import Mapping, Sequence
from enum import IntEnum


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


def full_words(words: Mapping[str, float]) -> list[str]:
    """The words without those that abbreviate another of the same meaning."""
    return [word for word in words if not any(_abbreviates(word, longer, words) for longer in words)]


def choices(words: Mapping[str, float]) -> str:
    """The words in a sentence, the first spelling of each meaning: seller, buyer or candidate."""
    quoted = [f'"{word}"' for word in full_words(words)]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _abbreviates(word: str, longer: str, words: Mapping[str, float]) -> bool:
    return word != longer and longer.startswith(word) and words[word] == words[longer]
