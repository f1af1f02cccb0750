"""Amounts as rows of a table, for the summary and the report alike: whole money that adds up, and shares."""

from collections.abc import Sequence
from typing import Protocol

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy import NOBODY
from walkaway_xl.quotes.exact import in_millionths, in_whole_parts
from walkaway_xl.quotes.verdict import share


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
