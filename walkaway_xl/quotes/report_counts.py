"""What a report shows beyond the summary: two segments crossed, what each rule decided, and the cost."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.texts import shortened
from walkaway_xl.quotes.checking import Checked
from walkaway_xl.quotes.exact import UNIT, Amount, sums_by_code, sums_by_codes
from walkaway_xl.quotes.trends import merged_trends

Key = TypeVar("Key")
MOST_LINES = 2000  # below floor that a report names
LONGEST_WORD = 120  # letters of a name in a report, which may be of any length in a book


class Part(NamedTuple):
    """Some of the lines: how many, their revenue in the units of `exact`, their shortfall in millionths."""

    lines: int = 0
    revenue: int = 0
    shortfall: int = 0

    def plus(self, other: "Part") -> "Part":
        """Both together."""
        lines, revenue, shortfall = other
        return Part(self.lines + lines, self.revenue + revenue, self.shortfall + shortfall)


class ReportLine(NamedTuple):
    """A line below floor, as a report shows it."""

    shortfall: int  # in millionths
    file: str
    row: int
    product: str
    quantity: float
    list_price: float
    discount: float
    net_price: float
    floor: float
    margin: float
    status: str
    signer: str
    rule: str
    segment: str
    across: str
    month: str
    by: tuple[str, ...]


OWN = len(ReportLine._fields) - 1  # fields before those by which lines are counted, too


LineColumns = Mapping[str, NDArray[Any]]  # lines by the names of `ReportLine`; words as objects


def worst_first(lines: Sequence[LineColumns]) -> LineColumns:
    """The lines with the largest shortfall, as many as a report shows."""
    whole = {name: np.concatenate([one[name] for one in lines]) for name in lines[0]}
    files = np.unique(whole["file"], return_inverse=True)[1]
    order = np.lexsort((whole["row"], files, -whole["shortfall"]))[:MOST_LINES]
    return {name: column[order] for name, column in whole.items()}


class ReportCounts(NamedTuple):
    """What is counted for a report. Two of them merge into what one would have counted."""

    grid: Mapping[tuple[str, str], Part] = {}  # by segment, and by the column across
    entries: Mapping[str, Part] = {}  # by the class or rule that decides
    cost: int = 0  # of all lines, in the units of `exact`
    months: Mapping[str, Amount] = {}  # lines by the month of their date; none where no column holds it
    held: LineColumns | None = None  # the lines below floor; None where nobody asks for them

    def lines(self) -> list[ReportLine]:
        """The lines below floor, the largest shortfall first."""
        if self.held is None:
            return []
        columns = [
            [shortened(word, LONGEST_WORD) for word in column] if column.dtype == object else column.tolist()
            for column in self.held.values()
        ]
        by = zip(*columns[OWN:], strict=True) if columns[OWN:] else repeat(())
        return [ReportLine(*row) for row in zip(*columns[:OWN], by, strict=False)]

    def with_those_of(self, other: "ReportCounts") -> "ReportCounts":
        """What both have counted."""
        held = [one for one in (self.held, other.held) if one is not None]
        return ReportCounts(
            _merged(self.grid, other.grid),
            _merged(self.entries, other.entries),
            self.cost + other.cost,
            merged_trends({"": self.months}, {"": other.months})[""],
            worst_first(held) if held else None,
        )


def _merged(mine: Mapping[Key, Part], theirs: Mapping[Key, Part]) -> dict[Key, Part]:
    whole = dict(mine)
    for key, part in theirs.items():
        whole[key] = whole[key].plus(part) if key in whole else part
    return whole


def counted_for_report(
    checked: Checked,
    cost: Floats,
    segments: tuple[NDArray[np.integer], Sequence[str]],
    across: tuple[NDArray[np.integer], Sequence[str]],
    entries: tuple[NDArray[np.integer], Sequence[str]],
    months: tuple[NDArray[np.integer], Sequence[str]] | None,
    lines: LineColumns,
) -> ReportCounts:
    """Count lines for a report.

    Parameters
    ----------
    checked : Checked
        What the policy says to them. Those that could not be checked are left out.
    cost : ndarray of float
        What each line costs, with the sign and in the currency of its other money.
    segments, across, entries, months : pair of ndarray of int and sequence of str
        Place of each line in a list of names, and the names: of the segment, of the column across, of what
        decides the line, and of the month of its date; None where no column holds it.
    lines : mapping
        Those below floor that are named.
    """
    coded = [segments, across, entries, *([months] if months else [])]
    places = [codes for codes, _ in coded]
    money = [checked.revenue, checked.shortfall, cost, checked.list_value, checked.earned]
    good = ~checked.rejected
    if not good.all():
        places, money = [column[good] for column in places], [column[good] for column in money]
    (row, column, entry, *of_months), (revenue, shortfall, costs, listed, earned) = places, money
    width = len(across[1])
    groupings = [(row * width + column, len(segments[1]) * width), (entry, len(entries[1]))]
    groupings += [(month, len(names)) for month, (_, names) in zip(of_months, coded[3:], strict=True)]
    crossed, by_entry, *by_month = _parts(groupings, revenue, shortfall)
    grid: dict[tuple[str, str], Part] = {}
    for code, part in crossed.items():
        place, beside = divmod(code, width)
        key = (segments[1][place], across[1][beside])
        grid[key] = grid.get(key, Part()).plus(part)
    decided: dict[str, Part] = {}
    for code, part in by_entry.items():
        name = entries[1][code]
        decided[name] = decided.get(name, Part()).plus(part)
    dated: dict[str, Amount] = {}
    for parts, (_, names), (codes, size) in zip(by_month, coded[3:], groupings[2:], strict=True):
        lists, margins = (sums_by_code(codes, column, size) for column in (listed, earned))
        for code, (count, came_in, short) in parts.items():
            amount = Amount(count, lists[code], came_in, margins[code], short)
            dated[names[code]] = dated.get(names[code], Amount()) + amount
    cost_of_all = sums_by_code(np.zeros(len(costs), np.intp), costs, 1)[0]
    return ReportCounts(grid, decided, cost_of_all, dated, lines)


def _parts(
    groupings: Sequence[tuple[NDArray[np.integer], int]], revenue: Floats, shortfall: Floats
) -> list[dict[int, Part]]:
    below = np.flatnonzero(shortfall)
    revenues = sums_by_codes(groupings, revenue)
    shortfalls = sums_by_codes([(codes[below], size) for codes, size in groupings], shortfall[below])
    counts = [np.bincount(codes, minlength=size) for codes, size in groupings]
    return [
        {
            code: Part(int(lines[code]), earned[code], short[code] // UNIT)
            for code in np.flatnonzero(lines).tolist()
        }
        for lines, earned, short in zip(counts, revenues, shortfalls, strict=True)
    ]
