"""Two books of lines side by side: the same line in both by its key, what became of it, and which fell below.

Each book is checked by the policy of its own time and by that of the other, so that what the policy did can
be told from what the lines did.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.texts import shortened
from walkaway_xl.quotes.bridge import Bridges, Sums, bridges
from walkaway_xl.quotes.checked_batch import NO_SEGMENT, CheckedBatch, CheckOptions, check_batch
from walkaway_xl.quotes.checking import is_below
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import MILLION, UNIT, sums_by_code
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Batch
from walkaway_xl.quotes.trends import Trend

WORST = 10
POLICY, BOOK, EITHER, BOTH = (
    later("the policy alone"),
    later("the book alone"),
    later("either alone"),
    later("only both together"),
)
ALONE = {(True, False): POLICY, (False, True): BOOK, (True, True): EITHER, (False, False): BOTH}


class Book(NamedTuple):
    """The lines of a book: their key, their place, their units, and what each policy says to them."""

    path: str
    lines: pl.DataFrame  # quantity, money of a unit, and what its policy says to each, and the other
    currencies: tuple[str, ...]
    apart: int  # returns and rows that are no lines


class Crossed(NamedTuple):
    """A line that is below its floor in one of the books only."""

    key: tuple[str, ...]
    row_before: int
    row_after: int
    shortfall_before: int  # in millionths
    shortfall_after: int
    fell: bool
    by: str | None  # what did it; None where the policy of the other time cannot check the line


class Group(NamedTuple):
    """Lines of both books by a column, and how far they are short of their floors, in millionths."""

    lines_before: int
    lines_after: int
    shortfall_before: int
    shortfall_after: int


class Comparison(NamedTuple):
    """What two books and their policies come to."""

    shared: int
    lost: int
    new: int
    changed: Mapping[str, int]  # lines that both have, by what differs in them
    left_out: int  # lines that one of the books cannot check
    apart: int  # rows of both that are returns, or no lines
    is_other_policy: bool
    whole: Bridges
    short: Group
    by_policy: int  # of the change of the shortfall, in millionths; the rest is by the lines
    fell: list[Crossed]  # below their floor, the largest shortfall first
    rose: list[Crossed]
    by: Mapping[str, Mapping[str, tuple[Group, Bridges]]]
    currencies: tuple[str, ...]


def book(
    path: str,
    batches: Iterable[tuple[Batch, Iterable[str], int]],
    own: CheckOptions,
    other: CheckOptions | None,
    key: Sequence[str],
    trends: Sequence[Trend],
) -> Book:
    """Read a book.

    Parameters
    ----------
    path : str
        The book, for messages.
    batches : iterable of (Batch, currencies, int)
        Its lines, the currencies that they name, and how many rows beside them are no lines.
    own, other : CheckOptions
        By which policy it is checked, and by which it might be; None where there is one.
    key : sequence of str
        The columns that tell one line from another.
    trends : sequence of Trend
        By what else its lines are compared.

    Raises
    ------
    QuoteError
        Two lines have one key, or a line has none.
    """
    frames, currencies, apart = [], dict[str, None](), 0
    for batch, named, rows in batches:
        currencies |= dict.fromkeys(named)
        apart += rows
        if len(batch.frame):
            frames.append(_lines(batch, own, other, key, trends))
    if not frames:
        raise QuoteError(phrase("{path}: there is no line in it", path=path))
    lines = pl.concat(frames, how="vertical_relaxed")
    _refuse_doubles(lines, key, path)
    return Book(path, lines, tuple(currencies), apart)


def _lines(
    batch: Batch, own: CheckOptions, other: CheckOptions | None, key: Sequence[str], trends: Sequence[Trend]
) -> pl.DataFrame:
    done = check_batch(batch, own)
    then = done if other is None else check_batch(batch, other)
    rates = np.ones(len(batch.frame)) if batch.rates is None else batch.rates
    signs = np.ones(len(batch.frame)) if batch.returned is None else np.where(batch.returned, -1.0, 1.0)
    quantity = done.lines.quantity * signs
    with np.errstate(all="ignore"):  # of a line that cannot be checked they may be anything
        earned = done.checked.earned / quantity
        listed, price, cost = (
            money * rates for money in (done.lines.list_price, done.checked.net_price, done.checked.unit_cost)
        )
    return pl.DataFrame(
        {
            **{_key(place): _words(batch.frame[name]) for place, name in enumerate(key)},
            **{_by(place): _named(batch.frame[trend.column], trend) for place, trend in enumerate(trends)},
            "file": pl.Series([batch.file]).new_from_index(0, len(batch.frame)),
            "row": pl.Series(batch.rows, dtype=pl.Int64),
            "good": ~done.checked.rejected,
            "good_then": ~then.checked.rejected,
            "quantity": quantity,
            "list": listed,
            "price": price,
            "cost": cost,
            "earned": earned,
            "revenue_of_line": done.checked.revenue,
            "earned_of_line": done.checked.earned,
            **_standing(done, ""),
            **_standing(then, "_then"),
        }
    )


def _standing(done: CheckedBatch, of: str) -> dict[str, Any]:
    return {f"below{of}": is_below(done.checked.status), f"shortfall{of}": done.checked.shortfall}


def _key(place: int) -> str:
    return f"key {place}"


def _by(place: int) -> str:
    return f"by {place}"


def _words(column: pl.Series) -> pl.Series:
    """A column as words by which lines are matched: a number that is whole is written so."""
    words = column.cast(pl.String)
    if column.dtype.is_float():
        numbers = column.fill_nan(None)
        whole = numbers.cast(pl.Int64, strict=False)
        words = whole.cast(pl.String).zip_with((whole == numbers).fill_null(False), numbers.cast(pl.String))
    return words.str.strip_chars().fill_null("")


def _named(column: pl.Series, trend: Trend) -> pl.Series:
    """Under what each line is counted."""
    words = _words(column.cast(pl.Date) if column.dtype.is_temporal() else column)
    distinct = words.unique()
    names = trend.names_of([word or NO_SEGMENT for word in distinct])
    return words.replace_strict(distinct, pl.Series(names, dtype=pl.String), return_dtype=pl.String)


def _refuse_doubles(lines: pl.DataFrame, key: Sequence[str], path: str) -> None:
    keys = [_key(place) for place in range(len(key))]
    blank = lines.filter(pl.all_horizontal(pl.col(name) == "" for name in keys))
    if len(blank):
        raise QuoteError(
            phrase(
                "{path}, row {row}: {key} is blank, so the line has no counterpart; fill it in, or name "
                "other columns with --key",
                path=path,
                row=f"{blank['row'][0]:,}",
                key=" and ".join(key),
            )
        )
    twice = lines.filter(pl.struct(keys).is_duplicated())
    if len(twice):
        first = twice.select(keys).row(0)
        same = twice.filter(pl.all_horizontal(pl.col(n) == v for n, v in zip(keys, first, strict=True)))
        raise QuoteError(
            phrase(
                "{path}: {lines} share their {key}, as rows {one} and {two} with {value}; add a column that "
                "tells them apart with --key",
                path=path,
                lines=counted(len(twice)),
                key=" and ".join(key),
                one=f"{same['row'][0]:,}",
                two=f"{same['row'][1]:,}",
                value=", ".join(shortened(word) or NO_SEGMENT for word in first),
            )
        )


def _refuse_other_currencies(before: Book, after: Book) -> None:
    if before.currencies and after.currencies and set(before.currencies) != set(after.currencies):
        raise QuoteError(
            phrase(
                "{before} is in {first} and {after} in {second}, and money of several currencies is not "
                "added up; --rates FILE says what each is worth",
                before=before.path,
                first=", ".join(before.currencies),
                after=after.path,
                second=", ".join(after.currencies),
            )
        )


def compared(
    before: Book, after: Book, trends: Sequence[Trend], *, is_other_policy: bool, is_converted: bool
) -> Comparison:
    """Put two books side by side.

    Parameters
    ----------
    before, after : Book
        The books.
    trends : sequence of Trend
        By what their lines are split, too; a line that both have goes by what the second says.
    is_other_policy : bool
        Whether the policies differ.
    is_converted : bool
        Whether money was converted into one currency.

    Raises
    ------
    QuoteError
        They are in unlike currencies.
    """
    if not is_converted:
        _refuse_other_currencies(before, after)
    keys = [name for name in before.lines.columns if name.startswith("key ")]
    both = before.lines.join(after.lines, on=keys, how="full", suffix="_after", coalesce=True)
    is_shared = pl.col("file").is_not_null() & pl.col("file_after").is_not_null()
    is_good = pl.col("good").fill_null(True) & pl.col("good_after").fill_null(True)
    good = both.filter(is_good).sort("file_after", "row_after", "file", "row", nulls_last=True)
    shared = good.filter(is_shared)
    lost = good.filter(pl.col("file_after").is_null())
    new = good.filter(pl.col("file").is_null())
    parts = [shared, lost, new]
    everything = [np.zeros(len(part), np.intp) for part in parts]
    whole, _ = bridges({"": _sums(parts, everything, 1)[0]})
    crossed = list(_crossed(shared, keys))
    return Comparison(
        shared=len(shared),
        lost=len(lost),
        new=len(new),
        changed=_changed(shared),
        left_out=len(both) - len(good),
        apart=before.apart + after.apart,
        is_other_policy=is_other_policy,
        whole=whole,
        short=_groups(parts, everything, 1)[0],
        by_policy=_by_policy(shared, lost) if is_other_policy else 0,
        fell=sorted((line for line in crossed if line.fell), key=lambda line: -line.shortfall_after),
        rose=sorted((line for line in crossed if not line.fell), key=lambda line: -line.shortfall_before),
        by={trend.title: _split(parts, place) for place, trend in enumerate(trends)},
        currencies=after.currencies or before.currencies,
    )


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    return frame[name].fill_null(0.0).to_numpy()


def _sums(parts: Sequence[pl.DataFrame], codes: Sequence[NDArray[np.intp]], size: int) -> list[Sums]:
    """Sums of shared, lost and new lines by a code."""
    shared, lost, new = parts

    def of(frame: pl.DataFrame, place: int, values: Floats) -> list[int]:
        return sums_by_code(codes[place], values, size)

    units = _numbers(shared, "quantity_after")
    columns = [
        of(shared, 0, _numbers(shared, "quantity")),
        of(shared, 0, units),
        of(shared, 0, units * _numbers(shared, "list")),
        of(shared, 0, units * _numbers(shared, "list_after")),
        of(shared, 0, _numbers(shared, "revenue_of_line")),
        of(shared, 0, units * _numbers(shared, "price")),
        of(shared, 0, _numbers(shared, "revenue_of_line_after")),
        of(shared, 0, units * _numbers(shared, "cost")),
        of(shared, 0, units * _numbers(shared, "cost_after")),
        of(shared, 0, _numbers(shared, "earned_of_line")),
        of(shared, 0, units * _numbers(shared, "earned")),
        of(shared, 0, _numbers(shared, "earned_of_line_after")),
        of(lost, 1, _numbers(lost, "revenue_of_line")),
        of(new, 2, _numbers(new, "revenue_of_line_after")),
        of(lost, 1, _numbers(lost, "earned_of_line")),
        of(new, 2, _numbers(new, "earned_of_line_after")),
    ]
    return [Sums(*row) for row in zip(*columns, strict=True)]


def _groups(parts: Sequence[pl.DataFrame], codes: Sequence[NDArray[np.intp]], size: int) -> list[Group]:
    shared, lost, new = parts
    counts = [np.bincount(column, minlength=size) for column in codes]
    sums = [
        sums_by_code(codes[place], _numbers(frame, name), size)
        for place, frame, name in (
            (0, shared, "shortfall"),
            (1, lost, "shortfall"),
            (0, shared, "shortfall_after"),
            (2, new, "shortfall_after"),
        )
    ]
    return [
        Group(
            int(counts[0][code] + counts[1][code]),
            int(counts[0][code] + counts[2][code]),
            (sums[0][code] + sums[1][code]) // UNIT,
            (sums[2][code] + sums[3][code]) // UNIT,
        )
        for code in range(size)
    ]


def _split(parts: Sequence[pl.DataFrame], place: int) -> dict[str, tuple[Group, Bridges]]:
    """Lines by a column: those that both books have, and new ones, as the second says."""
    columns = [
        frame[name]
        for frame, name in zip(parts, (f"{_by(place)}_after", _by(place), f"{_by(place)}_after"), strict=True)
    ]
    names = sorted({name for column in columns for name in column.unique()})
    codes = {name: code for code, name in enumerate(names)}
    coded = [np.array([codes[name] for name in column], np.intp) for column in columns]
    sums = dict(zip(names, _sums(parts, coded, len(names)), strict=True))
    _, by_name = bridges(sums)
    groups = _groups(parts, coded, len(names))
    return {name: (group, by_name[name]) for name, group in zip(names, groups, strict=True)}


def _changed(shared: pl.DataFrame) -> dict[str, int]:
    """How many lines differ in what."""
    pairs = {
        "list_price": "list",
        "net_price": "price",
        "cost": "cost",
        "quantity": "quantity",
    }
    return {word: int((shared[name] != shared[f"{name}_after"]).sum()) for word, name in pairs.items()}


def _by_policy(shared: pl.DataFrame, lost: pl.DataFrame) -> int:
    """By how much the shortfall of the first book changes if the second policy is asked, in millionths."""
    change = 0
    for frame in (shared, lost):
        checked = frame.filter(pl.col("good_then"))
        zeros = np.zeros(len(checked), np.intp)
        sums = [
            sums_by_code(zeros, _numbers(checked, name), 1)[0] for name in ("shortfall_then", "shortfall")
        ]
        change += (sums[0] - sums[1]) // UNIT
    return change


def _crossed(shared: pl.DataFrame, keys: Sequence[str]) -> Iterator[Crossed]:
    """Lines that are below their floor in one of the books only, and what did it.

    The policy alone did if the line before crosses by it too; the book alone if the line after would have by
    the policy before.
    """
    for line in shared.filter(pl.col("below") != pl.col("below_after")).iter_rows(named=True):
        by = None
        if line["good_then"] and line["good_then_after"]:
            by = ALONE[
                line["below_then"] == line["below_after"], line["below_then_after"] == line["below_after"]
            ]
        yield Crossed(
            tuple(line[name] for name in keys),
            line["row"],
            line["row_after"],
            round(line["shortfall"]),
            round(line["shortfall_after"]),
            line["below_after"],
            by,
        )


def as_data(result: Comparison, key: Sequence[str]) -> dict[str, Any]:
    """A comparison for JSON."""
    return {
        "lines": {
            "in_both": result.shared,
            "lost": result.lost,
            "new": result.new,
            "left_out": result.left_out,
            "apart": result.apart,
            "changed": dict(result.changed),
        },
        "policy_changed": result.is_other_policy,
        "currency": result.currencies[0] if len(result.currencies) == 1 else None,
        "bridge": _bridges_as_data(result.whole),
        "shortfall": _group_as_data(result.short)
        | {
            "by_policy": result.by_policy / MILLION,
            "by_lines": (result.short.shortfall_after - result.short.shortfall_before - result.by_policy)
            / MILLION,
        },
        "fell_below_floor": [_crossed_as_data(line, key) for line in result.fell],
        "rose_above_floor": [_crossed_as_data(line, key) for line in result.rose],
        "by": {
            title: {
                name: {**_group_as_data(group), "bridge": _bridges_as_data(own)}
                for name, (group, own) in parts.items()
            }
            for title, parts in result.by.items()
        },
    }


def _bridges_as_data(both: Bridges) -> dict[str, Any]:
    return {
        name: {step: amount / MILLION for step, amount in bridge._asdict().items()}
        for name, bridge in both._asdict().items()
    }


def _group_as_data(group: Group) -> dict[str, Any]:
    return {
        "lines_before": group.lines_before,
        "lines_after": group.lines_after,
        "shortfall_before": group.shortfall_before / MILLION,
        "shortfall_after": group.shortfall_after / MILLION,
    }


def _crossed_as_data(line: Crossed, key: Sequence[str]) -> dict[str, Any]:
    return {
        "key": dict(zip(key, line.key, strict=True)),
        "row_before": line.row_before,
        "row_after": line.row_after,
        "shortfall_before": line.shortfall_before / MILLION,
        "shortfall_after": line.shortfall_after / MILLION,
        "by": line.by,
    }
