"""Rates of exchange: what an amount in some currency is in the one in which sums are shown."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.columns import Columns, plain
from walkaway_xl.quotes.currencies import SHARED, name_of
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Batch

NEEDED = ("currency", "rate")
DATE = "date"
SEPARATORS = ",;\t"
LONGEST_DAY = len("2024-02-29")


class Rates(NamedTuple):
    """Rates by currency, each from a day on; without days, for all of them."""

    path: Path
    by_currency: Mapping[str, tuple[list[date], list[float]]]
    has_days: bool

    @property
    def target(self) -> str | None:
        """The currency whose rate is always 1, if there is one only."""
        ones = [name for name, (_, rates) in self.by_currency.items() if set(rates) == {1.0}]
        return ones[0] if len(ones) == 1 else None

    def of(self, currency: str | None) -> tuple[list[date], list[float]] | None:
        """The rates of a currency; of a sign of several where one of these has rates."""
        if currency is None or currency in self.by_currency:
            return self.by_currency.get(currency or "")
        meant = SHARED.get(currency, frozenset()) & set(self.by_currency)
        return self.by_currency[next(iter(meant))] if len(meant) == 1 else None

    @property
    def words(self) -> str:
        """What sums are in."""
        if self.target is None:
            return phrase("sums by the rates of {path}", path=self.path)
        return phrase("sums in {currency} by the rates of {path}", currency=self.target, path=self.path)


def read_rates(path: Path) -> Rates:
    """Rates from a text file with the columns currency and rate, and date if they change.

    Parameters
    ----------
    path : Path
        The file. A rate holds from its date until the next one of its currency.
    """
    try:
        text = intake.content(path, "text").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise QuoteError(phrase("{path}: this is no UTF-8 text; save the rates as such", path=path)) from None
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    by_currency: dict[str, dict[date, float]] = {}
    has_days = False
    for row, cells in enumerate(csv.reader(text.splitlines(), delimiter=separator), 1):
        if row == 1:
            names = [plain(cell) for cell in cells]
            if any(names.count(name) != 1 for name in NEEDED) or names.count(DATE) > 1:
                raise QuoteError(
                    phrase(
                        "{path}: rates have a column currency, a column rate and, if they change, one date; "
                        "it has {names}",
                        path=path,
                        names=", ".join(cells),
                    )
                )
            has_days = DATE in names
            continue
        if not any(cell.strip() for cell in cells):
            continue
        held = dict(zip(names, map(str.strip, cells), strict=False))
        currency, day = name_of(held["currency"]), date.min
        try:
            rate = float(held["rate"])
            day = date.fromisoformat(held[DATE]) if has_days else day
        except (KeyError, ValueError):
            rate = 0.0
        if not (0 < rate < float("inf")) or not currency:
            raise QuoteError(
                phrase(
                    "{path}, row {row}: a rate is a currency, a number above 0 with a point and, if there is "
                    "one, a date as 2024-02-29; it is {cells}",
                    path=path,
                    row=row,
                    cells=separator.join(cells),
                )
            )
        if by_currency.setdefault(currency, {}).setdefault(day, rate) != rate:
            raise QuoteError(
                phrase(
                    "{path}, row {row}: {currency} has two rates; leave one of them",
                    path=path,
                    row=row,
                    currency=currency,
                )
            )
    sorted_rates = {
        name: (sorted(days), [days[day] for day in sorted(days)]) for name, days in by_currency.items()
    }
    return Rates(path, sorted_rates, has_days)


def with_rates(batch: Batch, columns: Columns, rates: Rates) -> Batch:
    """A batch with the rate of each line; a line without one is a fault.

    Parameters
    ----------
    batch : Batch
        The lines.
    columns : Columns
        What the columns of the file are.
    rates : Rates
        The rates.
    """
    none = pl.Series([None], dtype=pl.String)
    currency = none.new_from_index(0, len(batch.frame)) if batch.currency is None else batch.currency
    days = _days(batch.frame, columns) if rates.has_days else None
    of_line = np.full(len(currency), np.nan)
    for name in currency.unique().drop_nulls():
        lines = (currency == name).fill_null(False).to_numpy()
        if (of_name := rates.of(name)) is not None:
            begins, values = of_name
            if days is None:
                of_line[lines] = values[0]
            else:
                of_line[lines] = _on(days[lines], begins, values)
    faults = dict(_without(batch, columns, currency, of_line, rates))
    return batch._replace(rates=np.nan_to_num(of_line), faults=faults | batch.faults)


def _words(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).fill_null("").str.strip_chars()


def _days(frame: pl.DataFrame, columns: Columns) -> Floats:
    """The days of lines, counted; NaN for what is none."""
    column = frame[str(columns.date)]
    if column.dtype == pl.String:
        words = _words(column).str.head(LONGEST_DAY)
        column = words.str.to_date("%Y-%m-%d", strict=False)
    if column.dtype not in (pl.Date, pl.Datetime):
        return np.full(len(column), np.nan)
    days = column.cast(pl.Date).to_physical().cast(pl.Float64) + date(1970, 1, 1).toordinal()
    return days.fill_null(float("nan")).to_numpy()


def _on(days: Floats, begins: list[date], values: list[float]) -> Floats:
    """The rate that holds on each day; NaN before the first."""
    place = np.searchsorted([begin.toordinal() for begin in begins], np.nan_to_num(days), side="right")
    return np.array([np.nan, *values])[place]


def _without(
    batch: Batch, columns: Columns, currency: pl.Series, of_line: Floats, rates: Rates
) -> Iterator[tuple[int, str]]:
    for line in np.flatnonzero(np.isnan(of_line)).tolist():
        day = None if columns.date is None or not rates.has_days else batch.frame[columns.date][line]
        yield (
            line,
            phrase(
                "{path} has no rate for {currency} on {day}; a date is written as 2024-02-29",
                path=rates.path,
                currency=currency[line] or phrase("a blank currency"),
                day=phrase("a blank date") if day is None else day,
            )
            if rates.has_days
            else phrase(
                "{path} has no rate for {currency}",
                path=rates.path,
                currency=currency[line] or phrase("a blank currency"),
            ),
        )
