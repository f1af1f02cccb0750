"""Exceptions of a policy asked for lines: which line each means, and whether it holds there."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy import LineException
from walkaway_xl.policy.conditions import days
from walkaway_xl.policy.model import DECLINED
from walkaway_xl.quotes.columns import named
from walkaway_xl.quotes.exception_states import State
from walkaway_xl.quotes.fingerprints import Prints, shown
from walkaway_xl.quotes.quote_error import QuoteError

BLANK = "(blank)"  # what a blank cell is called
UNASKED = -1  # of a line that no exception means


class Group(NamedTuple):
    """Exceptions that name their lines by the same columns."""

    columns: tuple[str, ...]
    keys: pl.DataFrame  # a column for each, and the place of the exception


class Register:
    """The exceptions of a policy, made ready for lines.

    Parameters
    ----------
    exceptions : sequence of LineException
        The exceptions.
    signers : sequence of str
        Who may sign, the most junior first.
    names : sequence of str
        The columns of the book.
    source : str
        The book, for messages.

    Raises
    ------
    QuoteError
        One names a column that the book lacks, or one column twice.
    """

    def __init__(
        self,
        exceptions: Sequence[LineException],
        signers: Sequence[str],
        names: Sequence[str],
        source: str,
    ):
        self.exceptions = tuple(exceptions)
        self.ranks = [
            signers.index(one.decided_by) if one.decided_by in signers else -1 for one in self.exceptions
        ]
        by_columns: dict[tuple[str, ...], list[int]] = {}
        for place, one in enumerate(self.exceptions):
            columns = tuple(named(asked.column, names, source, "an [[exception]]") for asked in one.line)
            if len(set(columns)) < len(columns):
                raise QuoteError(
                    phrase(
                        "{source}: the exception for {line} names a column twice; name each of them once",
                        source=source,
                        line=one.shown,
                    )
                )
            by_columns.setdefault(columns, []).append(place)
        self.groups = [Group(columns, self._keys(columns, places)) for columns, places in by_columns.items()]

    def _keys(self, columns: Sequence[str], places: Sequence[int]) -> pl.DataFrame:
        words = {
            column: [_word(self.exceptions[place], number) for place in places]
            for number, column in enumerate(columns)
        }
        return pl.DataFrame({**words, "__exception": places}, schema_overrides={"__exception": pl.Int64})

    @property
    def columns(self) -> list[str]:
        """The columns of the book that name lines."""
        return list(dict.fromkeys(column for group in self.groups for column in group.columns))

    def states(
        self, frame: pl.DataFrame, prints: Prints, of_day: Floats, signer: NDArray[np.integer]
    ) -> tuple[NDArray[np.int8], dict[tuple[int, int], int]]:
        """The state of each line, and how many lines have which state, by exception.

        Parameters
        ----------
        frame : DataFrame
            The lines.
        prints : ndarray of uint64
            Their fingerprints.
        of_day : ndarray of float
            Their days.
        signer : ndarray of int
            Place of who must sign each.
        """
        of_lines = np.full(len(frame), UNASKED, np.int8)
        counts: dict[tuple[int, int], int] = {}
        for group in self.groups:
            words = frame.select(_plainly(frame[column]) for column in group.columns)
            keys = group.keys.with_columns(_as_held(frame[column]) for column in group.columns)
            met = words.with_row_index("__line").join(keys, on=list(group.columns), how="inner")
            for line, place in met.select("__line", "__exception").rows():
                state = self._state(place, shown(prints[line]), float(of_day[line]), int(signer[line]))
                of_lines[line] = max(of_lines[line], state)
                counts[place, state] = counts.get((place, state), 0) + 1
        return of_lines, counts

    def _state(self, place: int, fingerprint: str, day: float, signer: int) -> State:
        one = self.exceptions[place]
        if not one.is_decided:
            return State.INCOMPLETE
        if one.decision == DECLINED:
            return State.DECLINED
        if str(one.fingerprint).strip().casefold() != fingerprint:
            return State.STALE
        held = days(one.start, one.end)
        if not held.low <= day <= held.high:
            return State.EXPIRED
        return State.TOO_JUNIOR if self.ranks[place] < signer else State.VALID


def _word(one: LineException, number: int) -> str:
    """The word by which it names its line, without what does not tell it apart."""
    return one.line[number].word.strip().lower()


def _plainly(held: pl.Series) -> pl.Expr:
    """What lines hold in a column, without what does not tell words apart."""
    column = pl.col(held.name)
    if _is_measured(held):
        column = column.cast(pl.Float64).fill_nan(None)
    words = column.cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    return pl.when(words == "").then(pl.lit(BLANK)).otherwise(words).alias(held.name)


def _as_held(held: pl.Series) -> pl.Expr:
    """What exceptions name in a column, as its lines hold it: 1077 and 1077.0 are one number."""
    word = pl.col(held.name)
    if _is_measured(held):
        return pl.coalesce(word.cast(pl.Float64, strict=False).cast(pl.String), word)
    return word.str.replace(r"^(-?\d+)\.0+$", "$1") if held.dtype.is_integer() else word


def _is_measured(held: pl.Series) -> bool:
    """Whether a column holds numbers that have places behind the point."""
    return held.dtype.is_float() or held.dtype.is_decimal()
