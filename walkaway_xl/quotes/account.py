"""What was read of a quote book, before anybody judges it: counted by line, shown on a page."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.checked_batch import NO_SEGMENT, CheckedBatch
from walkaway_xl.quotes.columns import NEEDED, Columns
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.tally import Listed, Tally

NARROWEST, WIDEST = 60, 120
MIDDLE_FROM = 72  # columns from which there is room for it
MOST_ROOM = 48  # for names, so that the eye finds the numbers
FIRST_ROWS = 5
CLASSES_SHOWN = 5


class Row(NamedTuple):
    """A line as it was understood."""

    row: int
    product: str
    numbers: tuple[float, ...]


class Account:
    """Gathers what lines say, batch after batch."""

    def __init__(self, columns: Columns):
        self.columns = columns
        self.values: dict[str, list[Floats]] = {role: [] for role in NEEDED}
        self.words: dict[str, Counter[str]] = {"class": Counter(), "currency": Counter()}
        self.rows: list[Row] = []
        self.good: list[NDArray[np.bool_]] = []

    def add(self, checked: CheckedBatch, rows: Sequence[int]) -> None:
        """Take a batch in.

        Parameters
        ----------
        checked : CheckedBatch
            Its lines.
        rows : sequence of int
            Their rows in the file.
        """
        held = [getattr(checked.lines, role) for role in NEEDED]
        for role, column in zip(NEEDED, held, strict=True):
            self.values[role].append(column)
        self.good.append(~checked.checked.rejected)
        for what, name in (("class", self.columns.product_class), ("currency", self.columns.currency)):
            if name is not None:
                words = checked.frame[name].cast(str).fill_null("").str.strip_chars()
                self.words[what].update(
                    {word or NO_SEGMENT: count for word, count in words.value_counts().rows()}
                )
        product = self.columns.product
        for place in range(min(FIRST_ROWS - len(self.rows), len(rows))):
            name = "" if product is None else str(checked.frame[product][place] or "")
            self.rows.append(Row(rows[place], name, tuple(float(column[place]) for column in held)))

    def column(self, role: str) -> Floats:
        """All values of a number."""
        return np.concatenate(self.values[role]) if self.values[role] else np.zeros(0)


def read_from(columns: Columns, role: str) -> str:
    """The columns from which a number comes."""
    if role in columns.numbers:
        return " and ".join(columns.numbers[role])
    made = [name for other, names in columns.numbers.items() if other != "terms_days" for name in names]
    return phrase("made of {columns}", columns=", ".join(made))


def one_line(columns: Columns, written: str) -> str:
    """How a book was read, for the first line of every report."""
    parts = [written]
    for role, names in columns.numbers.items():
        parts.append(f"{role}: {_in_percent(' and '.join(names), columns, names)}")
    for role, name in (("class", columns.product_class), ("currency", columns.currency)):
        if name:
            parts.append(f"{role}: {name}")
    return "; ".join(parts)


def _in_percent(origin: str, columns: Columns, names: Iterable[str]) -> str:
    return phrase("{columns} in percent", columns=origin) if set(names) & columns.percents else origin


def page(account: Account, tally: Tally, source: str, written: str, width: int) -> str:
    """The page that `read` prints.

    Parameters
    ----------
    account : Account
        What the lines say.
    tally : Tally
        Which rows could not be read, or are no lines.
    source : str
        The book.
    written : str
        How it is written.
    width : int
        Of the page.
    """
    return "\n".join(_page(account, tally, source, written, min(WIDEST, max(NARROWEST, width)))).rstrip()


def _page(account: Account, tally: Tally, source: str, written: str, width: int) -> Iterator[str]:
    lines = len(account.column("quantity"))
    counts = [
        phrase_count("{count} line read", "{count} lines read", lines - min(tally.rejected, lines)),
        phrase("{count} left out", count=f"{tally.left_out.count:,}"),
        phrase("{count} in doubt", count=f"{tally.doubts.count:,}"),
        phrase_count("{count} return", "{count} returns", tally.returns.lines),
        phrase("{count} rejected", count=f"{tally.rejected:,}"),
    ]
    yield from _title(phrase("What was read"), width)
    yield from _fact(phrase("Book"), source, width)
    yield from _fact("", ", ".join(counts), width)
    yield from _fact(phrase("Written"), written, width)
    currencies = account.words["currency"]
    yield from _fact(phrase("Currency"), _most(currencies) if currencies else phrase("not stated"), width)
    yield ""
    yield from _columns(account, width)
    yield ""
    yield from _title(phrase("First lines, as they were understood"), width)
    yield from _first(account, width)
    yield ""
    yield from _title(phrase("Totals of the lines read"), width)
    if len(currencies) > 1:
        yield phrase("Lines in several currencies are not added up; --currency CODE reads those of one.")
    else:
        yield from _totals(account)
    for rows, title in (
        (tally.left_out, phrase("Left out")),
        (tally.doubts, phrase("Counted, and in doubt")),
        (_rejected(tally), phrase("Rejected")),
    ):
        if rows.count:
            yield ""
            yield from _title(f"{title}: {counted(rows.count, 'row')}", width)
            for row in rows.first:
                yield from textwrap.wrap(
                    visible(phrase("row {row}: {reason}", row=f"{row.row:,}", reason=row.reason)),
                    width,
                    subsequent_indent="    ",
                )
            if rows.count > len(rows.first):
                yield phrase("… and {count} more", count=f"{rows.count - len(rows.first):,}")


def _rejected(tally: Tally) -> Listed:
    rows = Listed()
    rows.count, rows.first = tally.rejected, tally.first_rejects
    return rows


def _title(words: str, width: int) -> Iterator[str]:
    yield words
    yield "─" * width


def _fact(label: str, words: str, width: int) -> Iterator[str]:
    wrapped = textwrap.wrap(visible(words), width - 10) or [""]
    yield f"{label:<10}{wrapped[0]}"
    yield from (f"{'':<10}{line}" for line in wrapped[1:])


def _most(words: Counter[str]) -> str:
    shown = [f"{name} ({counted(count)})" for name, count in words.most_common(CLASSES_SHOWN)]
    rest = len(words) - CLASSES_SHOWN
    return ", ".join([*shown, *([phrase("{count} more", count=f"{rest:,}")] if rest > 0 else [])])


def _columns(account: Account, width: int) -> Iterator[str]:
    columns = account.columns
    functions: dict[str, Callable[[Floats], Any]] = {
        phrase("Least"): np.min,
        phrase("Middle"): np.median,
        phrase("Most"): np.max,
    }
    if width < MIDDLE_FROM:
        del functions[phrase("Middle")]
    wide = 11 * len(functions)
    room = min(MOST_ROOM, width - 12 - wide - 8)
    heads = "".join(f"{head:>11}" for head in functions)
    yield f"{phrase('Needed'):<12}{phrase('Read from'):<{room}}{heads}{phrase('Empty'):>8}"
    for role in NEEDED:
        values = account.column(role)
        kept = values[~np.isnan(values)]
        share = role == "discount"
        plain = role == "quantity"
        numbers = [_number(of(kept), share, plain) if kept.size else "–" for of in functions.values()]
        origin = _in_percent(read_from(columns, role), columns, columns.numbers.get(role, ()))
        first, *others = textwrap.wrap(visible(origin), room - 2) or [""]
        cells = "".join(f"{number:>11}" for number in numbers)
        yield f"{role:<12}{first:<{room}}{cells}{len(values) - kept.size:>8,}"
        yield from (f"{'':<12}{other}" for other in others)
    classes = account.words["class"]
    if columns.product_class:
        empty = classes.get(NO_SEGMENT, 0)
        count = counted(len(classes), "class", "classes")
        yield f"{'class':<12}{_cut(columns.product_class, room - 2):<{room}}{count:>{wide}}{empty:>8,}"
        yield from textwrap.wrap(
            visible(_most(classes)), width, initial_indent=" " * 12, subsequent_indent=" " * 12
        )
    else:
        yield f"{'class':<12}{phrase('no column; only a policy with a class * can be asked')}"
    terms = columns.numbers.get("terms_days")
    yield f"{'terms_days':<12}{terms[0] if terms else phrase('no column; the policy says them')}"


def _first(account: Account, width: int) -> Iterator[str]:
    room = min(MOST_ROOM + 4, width - 8 - 11 * 3 - 9)
    heads = f"{phrase('Qty'):>9}{phrase('List'):>11}{phrase('Discount'):>11}{phrase('Cost'):>11}"
    yield f"{phrase('Row'):>6}  {phrase('Product'):<{room}}{heads}"
    for row in account.rows:
        price, discount, cost, quantity = row.numbers
        yield (
            f"{row.row:>6,}  {_cut(row.product, room - 1):<{room}}{_number(quantity, plain=True):>9}"
            f"{_number(price):>11}{_number(discount, share=True):>11}{_number(cost):>11}"
        )


def _totals(account: Account) -> Iterator[str]:
    good = np.concatenate(account.good) if account.good else np.zeros(0, bool)
    price, discount, cost, quantity = (account.column(role)[good] for role in NEEDED)
    with np.errstate(all="ignore"):
        for label, values in (
            (phrase("Quantity"), quantity),
            (phrase("List value"), price * quantity),
            (phrase("Net value"), price * (1 - discount) * quantity),
            (phrase("Cost"), cost * quantity),
        ):
            total = f"{np.nansum(values):,.0f}" if values is quantity else f"{np.nansum(values):,.2f}"
            yield f"{label:<12}{_minus(total):>20}"


def _number(value: Any, share: bool = False, plain: bool = False) -> str:
    if np.isnan(value):
        return "–"
    if share:
        return _minus(f"{100 * value:.4g} %")
    if plain or abs(value) >= 1e7:
        return _minus(f"{value:,.6g}")
    return _minus(f"{value:,.2f}")


def _cut(words: str, width: int) -> str:
    shown = visible(" ".join(words.split()))
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _minus(words: str) -> str:
    return words.replace("-", "−")
