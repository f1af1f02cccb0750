"""Lines by a column of their own: months, quarters and years by the date, reps by their name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.quotes.checking import Checked
from walkaway_xl.quotes.columns import Columns, named, plain
from walkaway_xl.quotes.exact import UNIT, Amount, sums_by_code
from walkaway_xl.quotes.quote_error import QuoteError

NO_DAY = later("(no date)")
PERIODS: Mapping[str, Callable[[date], str]] = {
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "quarter": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year:04}",
}


class Trend(NamedTuple):
    """By what lines are split: the values of a column, or the periods in which its days fall."""

    title: str
    column: str
    period: str | None = None

    def names_of(self, words: Sequence[object]) -> list[str]:
        """Under what each of some values of the column is counted."""
        if self.period is None:
            return [str(word) for word in words]
        return [_period(word, PERIODS[self.period]) for word in words]


def trend(asked: str, columns: Columns, names: Sequence[str], source: str) -> Trend:
    """What somebody asks for: a column of the book, or month, quarter or year of its date.

    Parameters
    ----------
    asked : str
        As it was asked.
    columns : Columns
        What the columns of the book are.
    names : sequence of str
        All of them.
    source : str
        The book, for messages.

    Raises
    ------
    QuoteError
        It has no such column, or no date.
    """
    period = asked.strip().casefold()
    if period not in PERIODS or plain(asked) in map(plain, names):
        column = named(asked, names, source, "--by")
        return Trend(column, column)
    if columns.date is None:
        raise QuoteError(
            phrase(
                '{source}: no column holds the date, which --by {period} asks for; --column date="NAME" says '
                "which it is",
                source=source,
                period=period,
            )
        )
    return Trend(period, columns.date, period)


def _period(value: object, shown: Callable[[date], str]) -> str:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip().replace("T", " ").partition(" ")[0])
        except ValueError:
            return phrase(NO_DAY)
    return shown(value) if isinstance(value, date) else phrase(NO_DAY)


def quarter_of(month: str) -> str:
    """The quarter of a month; what is none stays what it is."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" if month[:1].isdigit() else month


def counted_trend(checked: Checked, codes: NDArray[np.integer], names: Sequence[str]) -> dict[str, Amount]:
    """Count lines by a trend.

    Parameters
    ----------
    checked : Checked
        What the policy says to them. Those that could not be checked are left out.
    codes : ndarray of int
        Place of each line in the names.
    names : sequence of str
        Under what they are counted.
    """
    money = [checked.list_value, checked.revenue, checked.earned]
    below = np.flatnonzero(checked.shortfall)  # which is 0 where a line cannot be checked
    shortfalls = sums_by_code(codes[below], checked.shortfall[below], len(names))
    good = ~checked.rejected
    if not good.all():
        codes, money = codes[good], [column[good] for column in money]
    lines = np.bincount(codes, minlength=len(names))
    sums = [*(sums_by_code(codes, column, len(names)) for column in money), shortfalls]
    amounts: dict[str, Amount] = {}
    for code in np.flatnonzero(lines).tolist():
        list_value, revenue, earned, shortfall = (column[code] for column in sums)
        amount = Amount(int(lines[code]), list_value, revenue, earned, shortfall // UNIT)
        amounts[names[code]] = amounts.get(names[code], Amount()) + amount
    return amounts


def merged_trends(
    mine: Mapping[str, Mapping[str, Amount]], theirs: Mapping[str, Mapping[str, Amount]]
) -> dict[str, dict[str, Amount]]:
    """What both have counted."""
    merged = {title: dict(amounts) for title, amounts in mine.items()}
    for title, amounts in theirs.items():
        held = merged.setdefault(title, {})
        for name, amount in amounts.items():
            held[name] = held.get(name, Amount()) + amount
    return merged


def in_order(title: str, amounts: Mapping[str, Amount]) -> list[tuple[str, Amount]]:
    """Periods as time passes, what has no date last; anything else with the largest shortfall first."""
    if title in PERIODS:
        return sorted(amounts.items(), key=lambda item: (not item[0][:1].isdigit(), item[0]))
    return sorted(amounts.items(), key=lambda item: (-item[1].shortfall, item[0]))
