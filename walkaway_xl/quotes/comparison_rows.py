"""What two books come to side by side, as sentences and rows of whole numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from walkaway_xl.core.phrasing import later, phrase, phrase_count
from walkaway_xl.quotes.amount_rows import whole_money
from walkaway_xl.quotes.bridge import Bridge, Bridges
from walkaway_xl.quotes.comparison import Comparison, Crossed, Group
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import MILLION, in_whole, in_whole_parts, in_whole_table, up_to
from walkaway_xl.quotes.trends import PERIODS
from walkaway_xl.quotes.verdict import money

STEPS = {
    "before": later("Before"),
    "lost": later("Lines lost"),
    "volume": later("Volume"),
    "mix": later("Mix"),
    "list_prices": later("List prices"),
    "discounts": later("Discounts"),
    "leakage": later("Leakage"),
    "cost": later("Cost"),
    "new": later("New lines"),
    "after": later("After"),
}
ENDS = ("before", "after")  # what is no step
CHANGED = {
    "list_price": later("list price"),
    "net_price": later("net price"),
    "cost": later("cost"),
    "quantity": later("quantity"),
}


class Parts(NamedTuple):
    """Rows of whole numbers as they are shown, and their total."""

    heads: list[str]
    rows: list[list[str]]
    total: list[str]


def sentences(result: Comparison) -> Iterator[str]:
    """How many lines both books have, and what changed."""
    yield phrase(
        "{both} in both books, {lost} lost, {new} new.",
        both=counted(result.shared),
        lost=f"{result.lost:,}",
        new=f"{result.new:,}",
    )
    if result.left_out:
        yield phrase_count(
            "{count} line could not be checked in one of the books, and is left out of both.",
            "{count} lines could not be checked in one of the books, and are left out of both.",
            result.left_out,
        )
    if result.apart:
        yield phrase_count(
            "{count} row of the books is a return or no line, and is left aside.",
            "{count} rows of the books are returns or no lines, and are left aside.",
            result.apart,
        )
    differing = [
        phrase("{what} of {lines}", what=phrase(CHANGED[key]), lines=counted(count))
        for key, count in result.changed.items()
        if count
    ]
    book = ", ".join(differing)
    if result.is_other_policy:
        yield (
            phrase("The policy changed, and the book: {book}.", book=book)
            if book
            else phrase("The policy changed; the lines that both books have did not.")
        )
    else:
        yield (
            phrase("The book changed, and not the policy: {book}.", book=book)
            if book
            else phrase("Neither the policy changed, nor the lines that both books have.")
        )


def whole_bridges(both: Bridges) -> list[list[int]]:
    """Both bridges in whole money: each adds up, and what prices and discounts did is the same in both."""
    revenue = in_whole_parts(both.revenue[:-1])
    step = both.revenue._fields.index
    shared = (step("list_prices"), step("discounts"))
    own = [place for place in range(len(revenue)) if place not in shared]
    end = in_whole(both.earned.after)
    rest = up_to(
        end - sum(revenue[place] for place in shared),
        [Fraction(both.earned[place], MILLION) for place in own],
    )
    earned = [revenue[place] if place in shared else rest[own.index(place)] for place in range(len(revenue))]
    return [[*revenue, sum(revenue)], [*earned, end]]


def shortfall_sentences(result: Comparison) -> Iterator[str]:
    """How far the books were short of their floors, and what did it."""
    short = result.short
    change = short.shortfall_after - short.shortfall_before
    yield phrase(
        "Shortfall to the floor: {before} before, {after} after, {change}.",
        before=money(short.shortfall_before),
        after=money(short.shortfall_after),
        change=signed_money(in_whole(short.shortfall_after) - in_whole(short.shortfall_before)),
    )
    if result.is_other_policy:
        policy, lines = in_whole_parts([result.by_policy, change - result.by_policy])
        yield phrase(
            "The policy did {policy} of it, asked of the lines before, and the lines {lines}.",
            policy=signed_money(policy),
            lines=signed_money(lines),
        )


def crossed_row(line: Crossed) -> list[str]:
    """A line that is below its floor in one of the books only."""
    return [
        " · ".join(line.key),
        f"{line.row_before:,}",
        f"{line.row_after:,}",
        f"{line.shortfall_before / MILLION:,.2f}",
        f"{line.shortfall_after / MILLION:,.2f}",
        phrase("nobody can say") if line.by is None else phrase(line.by),
    ]


def split_parts(
    title: str, parts: Mapping[str, tuple[Group, Bridges]], most: int, *, is_wide: bool
) -> tuple[Parts, Parts]:
    """What led from one revenue to the other, part by part, and how far each was short and is.

    Parameters
    ----------
    title : str
        By what the lines are split.
    parts : mapping
        The lines by the name of a part.
    most : int
        How many are shown; the rest stand together.
    is_wide : bool
        Whether there is room for volume and mix in columns of their own.
    """
    by_change = sorted(parts, key=lambda name: (-_size(parts[name][1]), name))
    names = list(parts) if title in PERIODS else by_change
    table = in_whole_table([_steps(parts[name][1].revenue, is_wide=is_wide) for name in names])
    heads = [phrase("Before"), phrase("New − lost")]
    heads += [phrase("Volume"), phrase("Mix")] if is_wide else [phrase("Volume, mix")]
    heads += [phrase("Price"), phrase("After")]
    steps = [[step or 0 for step in row] for row in table]
    led = _added_up(heads, names, steps, _row, most)
    groups = [parts[name][0] for name in names]
    short = [in_whole_parts(column) for column in zip(*(group[2:] for group in groups), strict=True)]
    counts = [
        [group.lines_before, group.lines_after, *money]
        for group, money in zip(groups, zip(*short, strict=True), strict=True)
    ]
    heads = [phrase("Lines before"), phrase("after"), phrase("Short before"), phrase("after")]
    heads += [phrase("change")]
    return led, _added_up(heads, names, counts, _standing, most)


def _added_up(
    heads: list[str],
    names: Sequence[str],
    table: Sequence[Sequence[int]],
    shown: Callable[[Sequence[int]], list[str]],
    most: int,
) -> Parts:
    rows = [[name, *shown(numbers)] for name, numbers in zip(names, table, strict=True)]
    if len(rows) > most:
        rest = table[most - 1 :]
        others = phrase("{count} others", count=f"{len(rest):,}")
        rows[most - 1 :] = [[others, *shown(_sums(rest))]]
    return Parts(heads, rows, [phrase("All lines"), *shown(_sums(table))])


def signed_money(amount: int, *, is_step: bool = True) -> str:
    """Whole money with its sign, as what is added to something."""
    return ("+" if is_step and amount > 0 else "") + whole_money(amount)


def _sums(table: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*table, strict=True)]


def _size(both: Bridges) -> int:
    return abs(both.revenue.after - both.revenue.before)


def _steps(bridge: Bridge, *, is_wide: bool) -> list[int]:
    moved = [bridge.volume, bridge.mix] if is_wide else [bridge.volume + bridge.mix]
    return [bridge.before, bridge.new + bridge.lost, *moved, bridge.price]


def _row(amounts: Sequence[int]) -> list[str]:
    before, *steps = amounts
    return [whole_money(before), *map(signed_money, steps), whole_money(before + sum(steps))]


def _standing(numbers: Sequence[int]) -> list[str]:
    before, after, short, short_after = numbers
    money = [whole_money(short), whole_money(short_after), signed_money(short_after - short)]
    return [f"{before:,}", f"{after:,}", *money]
