"""What was read of a quote book, before anybody judges it: counted by line, shown on a page."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.checked_batch import NO_SEGMENT, Piece
from walkaway_xl.quotes.columns import NEEDED, Columns
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.tallies import NOT_STATED, Tallies
from walkaway_xl.text_tables import TextColumn, table_lines

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
        self.factors: list[Floats] = []  # rates of exchange, 1 where there are none
        self.values: dict[str, list[Floats]] = {role: [] for role in NEEDED}
        self.classes: Counter[str] = Counter()
        self.rows: list[Row] = []
        self.good: list[NDArray[np.bool_]] = []
        self.currencies: list[tuple[str | None, int]] = []  # of so many lines

    def add(self, piece: Piece) -> None:
        """Take lines of one currency in."""
        checked, rows = piece.checked, piece.batch.rows
        self.factors.append(np.ones(len(rows)) if piece.batch.rates is None else piece.batch.rates)
        held = [getattr(checked.lines, role) for role in NEEDED]
        for role, column in zip(NEEDED, held, strict=True):
            self.values[role].append(column)
        self.good.append(~checked.checked.rejected)
        self.currencies.append((piece.currency, len(rows)))
        if self.columns.product_class is not None:
            words = checked.frame[self.columns.product_class].cast(str).fill_null("").str.strip_chars()
            counts = words.to_frame("word").group_by("word", maintain_order=True).len()
            self.classes.update({word or NO_SEGMENT: count for word, count in counts.rows()})
        product = self.columns.product
        first = [
            Row(
                rows[place],
                "" if product is None else str(checked.frame[product][place] or ""),
                tuple(float(column[place]) for column in held),
            )
            for place in range(min(FIRST_ROWS, len(rows)))
        ]
        self.rows = sorted([*self.rows, *first])[:FIRST_ROWS]

    def settle(self, under: Mapping[str | None, str]) -> None:
        """Count lines of some currencies under others, as it turned out."""
        self.currencies = [(under.get(name, name), count) for name, count in self.currencies]

    def lines_by_currency(self) -> dict[str | None, NDArray[np.bool_]]:
        """Which lines are in which currency."""
        names = [name for name, count in self.currencies for _ in range(count)]
        held = np.array([name or "" for name in names], object)
        return {name: held == (name or "") for name in dict.fromkeys(names)}

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


def page(account: Account, tallies: Tallies, source: str, written: str, width: int) -> str:
    """The page that `read` prints.

    Parameters
    ----------
    account : Account
        What the lines say.
    tallies : Tallies
        Which rows could not be read, or are no lines.
    source : str
        The book.
    written : str
        How it is written.
    width : int
        Of the page.
    """
    return "\n".join(_page(account, tallies, source, written, width)).rstrip()


def _page(account: Account, tallies: Tallies, source: str, written: str, width: int) -> Iterator[str]:
    lines, rejects = len(account.column("quantity")), tallies.rejects
    counts = [
        phrase_count("{count} line read", "{count} lines read", lines - min(rejects.count, lines)),
        phrase("{count} left out", count=f"{tallies.left_out.count:,}"),
        phrase("{count} in doubt", count=f"{tallies.doubts.count:,}"),
        phrase_count("{count} return", "{count} returns", tallies.returns),
        phrase("{count} rejected", count=f"{rejects.count:,}"),
    ]
    by_currency = account.lines_by_currency()
    named = Counter({name or phrase(NOT_STATED): int(held.sum()) for name, held in by_currency.items()})
    stated = _most(named) if len(named) > 1 or tallies.currency else phrase("not stated")
    yield from _title(phrase("What was read"), width)
    yield from _fact(phrase("Book"), source, width)
    yield from _fact("", ", ".join(counts), width)
    yield from _fact(phrase("Written"), written, width)
    yield from _fact(phrase("Currency"), stated, width)
    yield ""
    yield from _columns(account, width)
    yield ""
    yield from _title(phrase("First lines, as they were understood"), width)
    yield from _first(account, width)
    for name, held in by_currency.items():
        title = phrase("Totals of the lines read")
        if len(by_currency) > 1:
            title = phrase("Totals of the lines read: {currency}", currency=name or phrase(NOT_STATED))
        yield ""
        yield from _title(title, width)
        yield from _totals(account, held)
    yield from tallies.of_currencies()
    for rows, title in (
        (tallies.left_out, phrase("Left out")),
        (tallies.doubts, phrase("Counted, and in doubt")),
        (rejects, phrase("Rejected")),
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


def _columns(account: Account, width: int) -> list[str]:
    columns = account.columns
    heads = [
        TextColumn(phrase("Needed"), is_number=False),
        TextColumn(phrase("Read from"), is_number=False, wraps=True, most=MOST_ROOM),
        TextColumn(phrase("Least")),
        TextColumn(phrase("Middle"), is_needed=False),
        TextColumn(phrase("Most")),
        TextColumn(phrase("Empty")),
    ]
    rows = []
    for role in NEEDED:
        values = account.column(role)
        kept = values[~np.isnan(values)]
        numbers = [
            _number(of(kept), role == "discount", role == "quantity") if kept.size else "–"
            for of in (np.min, np.median, np.max)
        ]
        origin = _in_percent(read_from(columns, role), columns, columns.numbers.get(role, ()))
        rows.append((role, origin, *numbers, f"{len(values) - kept.size:,}"))
    classes = account.classes
    if columns.product_class:
        count, empty = counted(len(classes), "class", "classes"), classes.get(NO_SEGMENT, 0)
        rows.append(("class", f"{columns.product_class}: {_most(classes)}", "", "", count, f"{empty:,}"))
    else:
        rows.append(("class", phrase("no column; only a policy with a class * can be asked"), *[""] * 4))
    terms = columns.numbers.get("terms_days")
    rows.append(("terms_days", terms[0] if terms else phrase("no column; the policy says them"), *[""] * 4))
    return table_lines(heads, rows, width)


def _first(account: Account, width: int) -> list[str]:
    heads = [
        TextColumn(phrase("Row")),
        TextColumn(phrase("Product"), is_number=False, most=MOST_ROOM),
        TextColumn(phrase("Qty")),
        TextColumn(phrase("List")),
        TextColumn(phrase("Discount")),
        TextColumn(phrase("Cost")),
    ]
    rows = []
    for row in account.rows:
        price, discount, cost, quantity = row.numbers
        shown = (_number(quantity, plain=True), _number(price), _number(discount, share=True), _number(cost))
        rows.append((f"{row.row:,}", " ".join(row.product.split()), *shown))
    return table_lines(heads, rows, width)


def _totals(account: Account, held: NDArray[np.bool_]) -> Iterator[str]:
    good = held & np.concatenate(account.good)
    price, discount, cost, quantity = (account.column(role)[good] for role in NEEDED)
    factors = np.concatenate(account.factors)[good]
    price, cost = price * factors, cost * factors
    with np.errstate(all="ignore"):
        totals = {
            phrase("Quantity"): f"{np.nansum(quantity):,.0f}",
            phrase("List value"): f"{np.nansum(price * quantity):,.2f}",
            phrase("Net value"): f"{np.nansum(price * (1 - discount) * quantity):,.2f}",
            phrase("Cost"): f"{np.nansum(cost * quantity):,.2f}",
        }
    label, room = max(map(len, totals)) + 2, max(map(len, totals.values()))
    yield from (f"{name:<{label}}{_minus(total):>{room}}" for name, total in totals.items())


def _number(value: Any, share: bool = False, plain: bool = False) -> str:
    if np.isnan(value):
        return "–"
    if share:
        return _minus(f"{100 * value:.4g} %")
    if plain or abs(value) >= 1e7:
        return _minus(f"{value:,.6g}")
    return _minus(f"{value:,.2f}")


def _minus(words: str) -> str:
    return words.replace("-", "−")
