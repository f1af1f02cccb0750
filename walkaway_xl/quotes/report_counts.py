"""What a report shows beyond the summary: two segments crossed, what each rule decided, and the cost."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.checking import Checked
from walkaway_xl.quotes.exact import UNIT, Amount, sums_by_code
from walkaway_xl.quotes.trends import merged_trends

Key = TypeVar("Key")
MOST_LINES = 2000  # below floor that a report names


class Part(NamedTuple):
    """Some of the lines: how many, their revenue in the units of `exact`, their shortfall in millionths."""

    lines: int = 0
    revenue: int = 0
    shortfall: int = 0

    def plus(self, other: "Part") -> "Part":
        """Both together."""
        return Part(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


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


def worst_first(lines: Sequence[ReportLine]) -> tuple[ReportLine, ...]:
    """The lines with the largest shortfall, as many as a report shows."""
    ranked = sorted(lines, key=attrgetter("file", "row"))
    ranked.sort(key=attrgetter("shortfall"), reverse=True)  # stable, so that equals stay in their order
    return tuple(ranked[:MOST_LINES])


class ReportCounts(NamedTuple):
    """What is counted for a report. Two of them merge into what one would have counted."""

    grid: Mapping[tuple[str, str], Part] = {}  # by segment, and by the column across
    entries: Mapping[str, Part] = {}  # by the class or rule that decides
    cost: int = 0  # of all lines, in the units of `exact`
    months: Mapping[str, Amount] = {}  # lines by the month of their date; none where no column holds it
    lines: tuple[ReportLine, ...] = ()  # below floor, the largest shortfall first

    def with_those_of(self, other: "ReportCounts") -> "ReportCounts":
        """What both have counted."""
        return ReportCounts(
            _merged(self.grid, other.grid),
            _merged(self.entries, other.entries),
            self.cost + other.cost,
            merged_trends({"": self.months}, {"": other.months})[""],
            worst_first([*self.lines, *other.lines]),
        )


def _merged(mine: Mapping[Key, Part], theirs: Mapping[Key, Part]) -> dict[Key, Part]:
    keys = dict.fromkeys([*mine, *theirs])
    return {key: mine.get(key, Part()).plus(theirs.get(key, Part())) for key in keys}


def counted_for_report(
    checked: Checked,
    cost: Floats,
    segments: tuple[NDArray[np.integer], Sequence[str]],
    across: tuple[NDArray[np.integer], Sequence[str]],
    entries: tuple[NDArray[np.integer], Sequence[str]],
    months: Mapping[str, Amount],
    lines: Sequence[ReportLine],
) -> ReportCounts:
    """Count lines for a report.

    Parameters
    ----------
    checked : Checked
        What the policy says to them. Those that could not be checked are left out.
    cost : ndarray of float
        What each line costs, with the sign and in the currency of its other money.
    segments, across, entries : pair of ndarray of int and sequence of str
        Place of each line in a list of names, and the names: of the segment, of the column across, and of
        what decides the line.
    months : mapping
        The lines by the month of their date.
    lines : sequence of ReportLine
        Those below floor that are named.
    """
    places = [segments[0], across[0], entries[0]]
    money = [checked.revenue, checked.shortfall, cost]
    good = ~checked.rejected
    if not good.all():
        places, money = [column[good] for column in places], [column[good] for column in money]
    (row, column, entry), (revenue, shortfall, costs) = places, money
    below = np.flatnonzero(shortfall)
    width = len(across[1])
    crossed = _parts(row * width + column, len(segments[1]) * width, revenue, shortfall, below)
    grid: dict[tuple[str, str], Part] = {}
    for code, part in crossed.items():
        place, beside = divmod(code, width)
        key = (segments[1][place], across[1][beside])
        grid[key] = grid.get(key, Part()).plus(part)
    decided: dict[str, Part] = {}
    for code, part in _parts(entry, len(entries[1]), revenue, shortfall, below).items():
        name = entries[1][code]
        decided[name] = decided.get(name, Part()).plus(part)
    cost_of_all = sums_by_code(np.zeros(len(costs), np.intp), costs, 1)[0]
    return ReportCounts(grid, decided, cost_of_all, months, tuple(lines))


def _parts(
    codes: NDArray[np.integer], size: int, revenue: Floats, shortfall: Floats, below: NDArray[np.intp]
) -> dict[int, Part]:
    lines = np.bincount(codes, minlength=size)
    revenues = sums_by_code(codes, revenue, size)
    shortfalls = sums_by_code(codes[below], shortfall[below], size)
    return {
        code: Part(int(lines[code]), revenues[code], shortfalls[code] // UNIT)
        for code in np.flatnonzero(lines).tolist()
    }
