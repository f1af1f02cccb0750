"""How many quotes stand how: by their lines, all lines together, and by what decides."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from walkaway_xl.core.phrasing import phrase_count
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.quotes.checking import STATUSES, status_word

WORST = 10
COUNTED = ("status_by_lines", "status_blended", "status", "decided_by", "signer", "open")
BELOW = frozenset(map(status_word, (DiscountStatus.BELOW_FLOOR, DiscountStatus.BELOW_COST)))
MOST_CROSSING = 50  # quotes that are named
CROSSING = ("quote", "status", "status_then", "shortfall", "shortfall_then", "not_kept_then")
SHOWN = ("lines", "revenue", "margin", "shortfall", *COUNTED, "not_kept", "asked")  # of the worst


class QuoteCounts(NamedTuple):
    """How many quotes stand how, and those that are most money short of their floors."""

    column: str  # that names the quote
    counts: Mapping[tuple[str | None, ...], int]  # by what stands in COUNTED
    worst: tuple[Mapping[str, Any], ...]

    def by(self, key: str) -> Counter[str | None]:
        """How many quotes there are of each value of one of COUNTED."""
        place = COUNTED.index(key)
        counts: Counter[str | None] = Counter()
        for values, count in self.counts.items():
            counts[values[place]] += count
        return counts

    @property
    def quotes(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def below(self) -> int:
        """How many are below floor or cost, by what decides."""
        return sum(count for word, count in self.by("status").items() if word in BELOW)

    @property
    def open(self) -> int:
        """How many are below floor, and not for lines alone that have valid exceptions."""
        return self.by("open")["true"]

    @property
    def earn_as_a_whole(self) -> int:
        """How many have a line below its floor, and earn all their floors together."""
        return sum(
            count
            for (of_lines, blended, *_), count in self.counts.items()
            if of_lines in BELOW and blended is not None and blended not in BELOW
        )

    @property
    def by_rules(self) -> int:
        """How many are below floor because of a rule for quotes alone."""
        place = COUNTED.index("decided_by")
        return sum(
            count for values, count in self.counts.items() if values[place] not in ("lines", "blended")
        )

    def rows(self) -> list[tuple[str, int, int, int]]:
        """A row for each status: how many quotes have it by their lines, together, and in the end."""
        of_lines, blended, status = map(self.by, COUNTED[:3])
        words = list(map(status_word, STATUSES))
        return [(word, of_lines[word], blended[word], status[word]) for word in words]

    def sentences(self) -> list[str]:
        """What there is to say of all of them."""
        sentences = [
            phrase_count(
                "{count} quote by {column}, {below} of it below floor.",
                "{count} quotes by {column}, {below} of them below floor.",
                self.quotes,
                column=self.column,
                below=f"{self.below:,}",
            )
        ]
        if self.earn_as_a_whole:
            sentences.append(
                phrase_count(
                    "{count} has a line below its floor and earns its floors as a whole.",
                    "{count} have a line below its floor and earn their floors as a whole.",
                    self.earn_as_a_whole,
                )
            )
        if self.by_rules:
            sentences.append(
                phrase_count(
                    "{count} is below floor for a rule of quotes alone.",
                    "{count} are below floor for a rule of quotes alone.",
                    self.by_rules,
                )
            )
        return sentences

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "column": self.column,
            "quotes": self.quotes,
            "below_floor": self.below,
            "open": self.open,
            "earn_as_a_whole": self.earn_as_a_whole,
            **{
                f"by_{key}": dict(sorted(((word or "", count) for word, count in self.by(key).items())))
                for key in COUNTED[:-1]
            },
            "worst": [dict(quote) for quote in self.worst],
        }


class QuotesMoved(NamedTuple):
    """How many quotes stand how now and by a changed policy, and those that cross their floor by it."""

    column: str  # that names the quote
    counts: Mapping[tuple[str, str], int]  # by the status now and then
    crossing: tuple[Mapping[str, Any], ...]  # by CROSSING, the largest shortfall then first

    def total(self, *, now: bool | None = None, then: bool | None = None) -> int:
        """Quotes that are below floor now, or then, or are not."""
        return sum(
            count
            for (before, after), count in self.counts.items()
            if now in (None, before in BELOW) and then in (None, after in BELOW)
        )

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "column": self.column,
            "below_floor_now": self.total(now=True),
            "below_floor_then": self.total(then=True),
            "falls_below": self.total(now=False, then=True),
            "rises_above": self.total(now=True, then=False),
            "by_status": [
                {"now": before, "then": after, "quotes": count}
                for (before, after), count in self.counts.items()
            ],
            "crossing": [dict(quote) for quote in self.crossing],
        }


def counted(
    column: str, rows: Iterable[tuple[tuple[str | None, ...], int]], worst: Iterable[Mapping[str, Any]]
) -> QuoteCounts:
    """Counts, in an order that does not depend on where they were made."""
    key = sorted(rows, key=lambda row: tuple(word or "" for word in row[0]))
    return QuoteCounts(column, dict(key), tuple(worst))
