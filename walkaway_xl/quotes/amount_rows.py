"""Amounts as rows of a table, for the summary and the report alike: whole money that adds up, and shares."""

from collections.abc import Sequence
from typing import Protocol

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.policy import NOBODY
from walkaway_xl.quotes.exact import Amount, in_millionths, in_whole, in_whole_parts
from walkaway_xl.quotes.trends import PERIODS
from walkaway_xl.quotes.verdict import share
from walkaway_xl.quotes.what_if import WhatIf


class Counted(Protocol):
    """Some lines: how many, their revenue in the units of `exact`, their shortfall in millionths."""

    @property
    def lines(self) -> int: ...
    @property
    def revenue(self) -> int: ...
    @property
    def shortfall(self) -> int: ...


def amount_rows(labels: Sequence[str], parts: Sequence[Counted], whole: Counted) -> list[list[str]]:
    """A row for each of some parts of a whole: lines, revenue and shortfall, each with its share of all."""
    return [
        [
            label,
            f"{part.lines:,}",
            share(part.lines, whole.lines),
            whole_money(revenue),
            share(part.revenue, whole.revenue),
            whole_money(shortfall),
            share(part.shortfall, whole.shortfall),
        ]
        for label, part, (revenue, shortfall) in zip(labels, parts, in_whole_money(parts), strict=True)
    ]


def grouped(parts: Sequence[tuple[str, Amount]], most: int, title: str = "") -> list[tuple[str, Amount]]:
    """The first of some parts, and the others together; of periods the last, and those before together."""
    if len(parts) <= most:
        return list(parts)
    if title in PERIODS:
        early, late = parts[: len(parts) - most + 1], parts[len(parts) - most + 1 :]
        name = phrase("{count} before", count=f"{len(early):,}")
        return [(name, sum((amount for _, amount in early), Amount())), *late]
    shown, rest = parts[: most - 1], parts[most - 1 :]
    name = phrase("{count} others", count=f"{len(rest):,}")
    return [*shown, (name, sum((amount for _, amount in rest), Amount()))]


def split_rows(parts: Sequence[tuple[str, Amount]], whole: Amount) -> list[list[str]]:
    """A row for each part of a whole: lines, revenue, shortfall and its share, blended discount, margin."""
    money = in_whole_money([amount for _, amount in parts])
    return [
        [
            name,
            f"{amount.lines:,}",
            whole_money(revenue),
            whole_money(shortfall),
            share(amount.shortfall, whole.shortfall),
            share(amount.list_value - amount.revenue, amount.list_value),
            share(amount.earned, amount.revenue),
        ]
        for (name, amount), (revenue, shortfall) in zip(parts, money, strict=True)
    ]


def what_if_rows(what_if: WhatIf) -> list[list[str]]:
    """What a changed policy comes to: now, then, and the change of what is shown."""
    whole, now, then = what_if.total(), what_if.total(now=True), what_if.total(then=True)
    money = {
        phrase("Shortfall to floor"): (whole.shortfall, whole.then),
        phrase("Revenue below floor"): (in_millionths(now.revenue), in_millionths(then.revenue_then)),
        phrase("Pocket margin"): (in_millionths(what_if.earned), in_millionths(what_if.then)),
    }
    return [
        _changed(phrase("Lines below floor"), now.lines, then.lines),
        *(_changed(name, in_whole(first), in_whole(second)) for name, (first, second) in money.items()),
    ]


def crossing_rows(what_if: WhatIf) -> list[list[str]]:
    """Lines that cross the floor: how many, their revenue, and what they are short of it now and then."""
    parts = [
        (phrase("Fall below floor"), what_if.total(now=False, then=True)),
        (phrase("Rise above it"), what_if.total(now=True, then=False)),
        (phrase("Stay below"), what_if.total(now=True, then=True)),
        (phrase("Stay above"), what_if.total(now=False, then=False)),
    ]
    money = [in_whole_parts([in_millionths(part.revenue) for _, part in parts])]
    money += [in_whole_parts([getattr(part, key) for _, part in parts]) for key in ("shortfall", "then")]
    return [
        [name, f"{part.lines:,}", *map(whole_money, amounts)]
        for (name, part), amounts in zip(parts, zip(*money, strict=True), strict=True)
    ]


def signer_rows(what_if: WhatIf) -> list[list[str]]:
    """Lines by who signs them: now, then, and the change."""
    return [_changed(signer_shown(name), *counts) for name, counts in what_if.signed().items()]


def what_if_sentences(what_if: WhatIf) -> list[str]:
    """What somebody who reads a changed policy should know beside its numbers."""
    whole = what_if.total()
    sentences = [phrase("The lines keep their prices and volumes; only the policy differs.")]
    if whole.revenue_then != whole.revenue:
        sentences = [
            phrase(
                "The lines keep their discounts and volumes, and prices follow the list: {now} of revenue "
                "now, {then} then.",
                now=whole_money(in_whole(in_millionths(whole.revenue))),
                then=whole_money(in_whole(in_millionths(whole.revenue_then))),
            )
        ]
    if count := what_if.unchecked:
        sentences.append(
            phrase_count(
                "{count} line can be checked by one of the two policies only, and is left out.",
                "{count} lines can be checked by one of the two policies only, and are left out.",
                count,
            )
        )
    return sentences


def _changed(name: str, now: int, then: int) -> list[str]:
    change = then - now
    return [name, whole_money(now), whole_money(then), ("+" if change > 0 else "") + whole_money(change)]


def in_whole_money(parts: Sequence[Counted]) -> list[tuple[int, int]]:
    """Revenue and shortfall of each part in whole money, which adds up to that of all."""
    revenues = in_whole_parts([in_millionths(part.revenue) for part in parts])
    return list(zip(revenues, in_whole_parts([part.shortfall for part in parts]), strict=True))


def whole_money(amount: int) -> str:
    """Whole money as it is shown."""
    return f"{amount:,}".replace("-", "−")


def signer_shown(name: str) -> str:
    """A signer's own name, or that nobody is one, in the reader's language."""
    return phrase(NOBODY) if name == NOBODY else name
