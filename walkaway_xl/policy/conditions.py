"""What a rule asks of a line: words of a column, a number between two ends, and days from one to another."""

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase

COMPARED = re.compile(r"\s*(<=|>=|<|>|=)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*")
JOINED = re.compile(r"\band\b")
SIGNS = "<>=!~"  # with which a text begins that is meant to compare


class Ends(NamedTuple):
    """Two ends, and whether they themselves lie outside."""

    low: float = -math.inf
    high: float = math.inf
    above_low: bool = False
    below_high: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies between them."""
        return self.low > self.high or (self.low == self.high and (self.above_low or self.below_high))

    def both(self, other: "Ends") -> "Ends":
        """What lies between these ends and those."""
        low, above = max((self.low, self.above_low), (other.low, other.above_low))
        high, not_below = min((self.high, not self.below_high), (other.high, not other.below_high))
        return Ends(low, high, above, not not_below)


class Condition(NamedTuple):
    """What is asked of a column: to hold one of some words, or a number between ends."""

    column: str
    stated: str | float | tuple[str, ...]  # as the policy has it
    words: frozenset[str] = frozenset()  # without case and spaces; none where a number is asked for
    ends: Ends = Ends()

    @property
    def key(self) -> str:
        """The column, as two rules are compared."""
        return plain_word(self.column)

    @property
    def word(self) -> str:
        """The word that is asked for, or the first of several; a number as it is written."""
        if isinstance(self.stated, float):
            return f"{self.stated:.15g}"
        return self.stated if isinstance(self.stated, str) else self.stated[0]

    @property
    def shown(self) -> str:
        """The condition as people read it."""
        if isinstance(self.stated, tuple):
            return f"{self.column} {phrase(' or ').join(self.stated)}"
        return (
            f"{self.column} {self.stated:g}"
            if isinstance(self.stated, float)
            else f"{self.column} {self.stated}"
        )

    def meets(self, other: "Condition") -> bool:
        """Whether a line can fulfil both."""
        if self.words or other.words:
            return bool(self.words & other.words)
        return not self.ends.both(other.ends).is_empty


def plain_word(word: str) -> str:
    """A word without what does not tell it apart."""
    return word.strip().casefold()


def condition(column: str, value: object) -> Condition:
    """What is asked of a column, as a policy states it.

    Parameters
    ----------
    column : str
        Its name.
    value : object
        A word, a list of words, a number, or a text that compares: ">= 100 and < 500".

    Raises
    ------
    ValueError
        It is none of these; the message says what helps.
    """
    if isinstance(value, list):
        words = [str(word) for word in value if isinstance(word, str | int) and not isinstance(word, bool)]
        if not words or len(words) < len(value) or not all(map(str.strip, words)):
            raise ValueError(phrase('must list words; write ["Chairs", "Tables"]'))
        return Condition(column, tuple(words), frozenset(map(plain_word, words)))
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return Condition(column, float(value), ends=Ends(float(value), float(value)))
    if isinstance(value, str) and value.strip():
        if value.strip()[0] not in SIGNS:
            return Condition(column, value, frozenset([plain_word(value)]))
        return Condition(column, value, ends=_compared(value))
    raise ValueError(phrase('must be a word, a list of words, a number or a text as ">= 100"'))


def _compared(text: str) -> Ends:
    ends = Ends()
    for part in JOINED.split(text):
        match = COMPARED.fullmatch(part)
        if match is None:
            raise ValueError(
                phrase(
                    'compares in a way that is not known here; write ">= 100", "< 500" or ">= 100 and < 500"'
                )
            )
        sign, number = match[1], float(match[2])
        low = number if ">" in sign or sign == "=" else -math.inf
        high = number if "<" in sign or sign == "=" else math.inf
        ends = ends.both(Ends(low, high, sign == ">", sign == "<"))
    return ends


def conditions(stated: Mapping[str, object], key: str = "when") -> tuple[Condition, ...]:
    """What a rule asks of the columns of a line.

    Parameters
    ----------
    stated : mapping
        What must stand there, by column.
    key : str, optional
        Under which key it is stated, for messages.

    Raises
    ------
    ValueError
        It cannot be understood; the message says what helps.
    """
    asked = []
    for column, value in stated.items():
        try:
            asked.append(condition(column, value))
        except ValueError as error:
            raise ValueError(f"{key}.{column} {error}") from None
    return tuple(asked)


def days(start: date | None, end: date | None) -> Ends:
    """A period as numbers of days, both of its ends within."""
    low = -math.inf if start is None else float(start.toordinal())
    return Ends(low, math.inf if end is None else float(end.toordinal()))
