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

AS_THEY_ARE = ("list_price", "cost", "quantity")  # a discount may be written in percent
EPOCH = date(1970, 1, 1).toordinal()
Coded = Callable[[str], tuple[NDArray[np.integer], list[str]]]


class RuleColumn(NamedTuple):
    """What rules ask of a column, and which it is: a number that every line has, or a column of the book."""

    axis: Axis
    role: str | None
    column: str | None
    day: date | None = None  # of all lines, in place of a column


def rule_columns(
    axes: Sequence[Axis], columns: Columns, names: Sequence[str], source: str, as_of: date | None = None
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
    as_of : date, optional
        The day of all lines, in place of their own.

    Raises
    ------
    QuoteError
        It has no such column.
    """
    return tuple(_columns(axes, columns, names, source, as_of))


def _columns(
    axes: Sequence[Axis], columns: Columns, names: Sequence[str], source: str, as_of: date | None
) -> Iterator[RuleColumn]:
    words = {"class": columns.product_class, "product": columns.product}
    roles = {plain(role): role for role in NEEDED}
    for axis in axes:
        key = plain(axis.column)
        if axis.column == DAY:
            column = None if as_of is not None else column_of_days(columns, source, phrase("rules hold"))
            yield RuleColumn(axis, None, column, as_of)
        elif axis.words is None and key in roles:
            yield RuleColumn(axis, roles[key], None)
        else:
            column = words.get(key) or named(axis.column, names, source, "a [[rule]]")
            role = _role(columns, column) if axis.words is None else None
            yield RuleColumn(axis, role, None if role else column)


def _role(columns: Columns, column: str) -> str | None:
    """The number of every line that a column holds as it is; None for any other."""
    return next((role for role in AS_THEY_ARE if columns.numbers.get(role) == (column,)), None)


def column_of_days(columns: Columns, source: str, what: str) -> str:
    """The column that holds the days of lines, for what holds from day to day."""
    if columns.date is None:
        raise QuoteError(
            phrase(
                "{source}: {what} from day to day, and no column holds the date; "
                '--column date="NAME" says which it is, or --as-of 2026-01-31 the day of all lines',
                source=source,
                what=what,
            )
        )
    return columns.date


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
    for axis, role, column, day in asked:
        if role is not None:
            codes.append(axis.of_numbers(stated[role]))
            continue
        if day is not None:
            codes.append(axis.of_numbers(np.full(len(batch.frame), float(day.toordinal()))))
            continue
        assert column is not None
        if axis.column == DAY:
            ordinals, unread = days_of(batch.frame[column], column, coded)
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


def days_of(held: pl.Series, column: str, coded: Coded) -> tuple[Floats, dict[int, str]]:
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
