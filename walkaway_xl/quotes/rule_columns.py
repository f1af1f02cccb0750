"""The columns that rules of a policy ask for: which they are in a book, and what its lines hold there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.matching import DAY, Axis
from walkaway_xl.quotes.columns import NEEDED, Columns, named, plain
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Batch, floats
from walkaway_xl.quotes.text_files import cell_errors

EPOCH = date(1970, 1, 1).toordinal()
Coded = Callable[[str], tuple[NDArray[np.integer], list[str]]]


class RuleColumn(NamedTuple):
    """What rules ask of a column, and which it is: a number that every line has, or a column of the book."""

    axis: Axis
    role: str | None
    column: str | None


def rule_columns(
    axes: Sequence[Axis], columns: Columns, names: Sequence[str], source: str
) -> tuple[RuleColumn, ...]:
    """The columns of a book that rules ask for.

    Parameters
    ----------
    axes : sequence of Axis
        What rules ask for.
    columns : Columns
        What the columns of the book are.
    names : sequence of str
        All of them.
    source : str
        The book, for messages.

    Raises
    ------
    QuoteError
        It has no such column.
    """
    return tuple(_columns(axes, columns, names, source))


def _columns(
    axes: Sequence[Axis], columns: Columns, names: Sequence[str], source: str
) -> Iterator[RuleColumn]:
    words = {"class": columns.product_class, "product": columns.product}
    roles = {plain(role): role for role in NEEDED}
    for axis in axes:
        key = plain(axis.column)
        if axis.column == DAY:
            if columns.date is None:
                raise QuoteError(
                    phrase(
                        "{source}: rules hold from day to day, and no column holds the date; "
                        '--column date="NAME" says which it is',
                        source=source,
                    )
                )
            yield RuleColumn(axis, None, columns.date)
        elif axis.words is None and key in roles:
            yield RuleColumn(axis, roles[key], None)
        else:
            yield RuleColumn(axis, None, words.get(key) or named(axis.column, names, source, "a [[rule]]"))


def codes_of(
    asked: Sequence[RuleColumn], batch: Batch, stated: Mapping[str, Floats], coded: Coded
) -> tuple[list[NDArray[np.intp]], dict[int, str]]:
    """What lines hold in the columns of rules, as codes, and why some cannot be read.

    Parameters
    ----------
    asked : sequence of RuleColumn
        The columns.
    batch : Batch
        The lines.
    stated : mapping
        The numbers that every line has.
    coded : callable
        A column of words as places in a list of them.
    """
    codes: list[NDArray[np.intp]] = []
    faults: dict[int, str] = {}
    for axis, role, column in asked:
        if role is not None:
            codes.append(axis.of_numbers(stated[role]))
            continue
        assert column is not None
        if axis.column == DAY:
            ordinals, unread = _days(batch.frame[column], column, coded)
            codes.append(axis.of_numbers(ordinals))
            faults |= unread
        elif axis.words is None:
            codes.append(axis.of_numbers(_numbers(batch, column)))
        else:
            places, words = coded(column)
            codes.append(axis.of_words(words)[places])
            faults |= cell_errors(axis.column, column, places, words)
    return codes, faults


def _numbers(batch: Batch, column: str) -> Floats:
    held = batch.frame[column]
    if held.dtype.is_numeric():
        return floats(held)
    raise QuoteError(
        phrase(
            "{file}: a rule compares column {column}, which holds {kind}; store it as numbers, or name words",
            file=batch.file,
            column=column,
            kind=phrase("text") if held.dtype == pl.String else held.dtype,
        )
    )


def _days(held: pl.Series, column: str, coded: Coded) -> tuple[Floats, dict[int, str]]:
    """Days as their numbers; NaN, and why, where there is none."""
    if held.dtype.is_temporal():
        ordinals = floats(held.cast(pl.Date).to_physical()) + EPOCH
        blank = phrase("the date in column {column} is blank, and rules hold from day to day", column=column)
        return ordinals, dict.fromkeys(np.flatnonzero(np.isnan(ordinals)).tolist(), blank)
    places, words = coded(column)
    ordinals = np.array([_ordinal(word) for word in words])
    faults = {
        place: phrase(
            "the date in column {column} must be written as 2026-01-31; it is {word}",
            column=column,
            word=f"{word!r}",
        )
        for code, word in enumerate(words)
        if np.isnan(ordinals[code])
        for place in np.flatnonzero(places == code).tolist()
    }
    return ordinals[places], faults


def _ordinal(word: str) -> float:
    try:
        return float(date.fromisoformat(word.replace("T", " ").partition(" ")[0]).toordinal())
    except ValueError:
        return float("nan")
