"""What a checked quote book says, counted so that it comes out the same however the lines are shared out."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.quotes.checking import STATUSES, Checked, Rules, status_word
from walkaway_xl.quotes.class_use import ClassUse, class_use, without_a_column
from walkaway_xl.quotes.discounts import Range, merged
from walkaway_xl.quotes.exact import as_float, sums_by_code

WORST = 10
REJECTS_SHOWN = 10
SEGMENTS_SHOWN = 20
WIDEST = 100  # characters of a line of text
BELOW = (DiscountStatus.BELOW_FLOOR, DiscountStatus.BELOW_COST)
LOWEST = min(STATUSES)


class Amount(NamedTuple):
    """Lines, and the exact sums of their money in the units of `exact`."""

    lines: int = 0
    list_value: int = 0
    revenue: int = 0
    earned: int = 0

    def __add__(self, other: "Amount") -> "Amount":  # type: ignore[override]
        return Amount(*(one + another for one, another in zip(self, other, strict=True)))

    @property
    def discount(self) -> float | None:
        """Blended discount: what is given away of the list value."""
        return (self.list_value - self.revenue) / self.list_value if self.list_value else None

    @property
    def margin(self) -> float | None:
        """What is left of the revenue after leakage and cost."""
        return self.earned / self.revenue if self.revenue else None

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": self.lines,
            "list_value": as_float(self.list_value),
            "revenue": as_float(self.revenue),
            "blended_discount": self.discount,
            "margin": self.margin,
        }


class Key(NamedTuple):
    """What lines are counted by."""

    segment: str
    status: DiscountStatus
    approver: str


class WorstLine(NamedTuple):
    """One of the lines with the least headroom; it sorts by it."""

    headroom: float
    file: str
    row: int
    product: str
    net_price: float
    floor: float
    status: str
    approver: str


class Remarks(NamedTuple):
    """What else there is to say of lines, checked or not."""

    classes: Counter[str]  # how many lines name each class; empty where no column holds it
    discounts: dict[str, Range]  # of each column of discounts
    surcharges: int  # lines with a negative discount that were checked


class Reject(NamedTuple):
    """A line that could not be checked, and why."""

    file: str
    row: int
    reason: str


class Tally:
    """Counts and sums of checked lines. Two of them merge into what one would have counted."""

    def __init__(self, rules: Rules):
        self.approvers = rules.approvers
        self.policy_classes = rules.classes
        self.has_loss_leaders = rules.has_loss_leaders
        self.amounts: dict[Key, Amount] = {}
        self.worst: list[WorstLine] = []
        self.loss_leaders = Amount()
        self.remarks = Remarks(Counter(), {}, 0)
        self.rejected = 0
        self.first_rejects: list[Reject] = []

    def add(
        self,
        checked: Checked,
        segments: NDArray[np.integer],
        names: Sequence[str],
        line: Callable[[int], WorstLine],
    ) -> None:
        """Count lines.

        Parameters
        ----------
        checked : Checked
            What the policy says to them. Lines that could not be checked are left out.
        segments : ndarray of int
            Place of the segment of each line.
        names : sequence of str
            The segments.
        line : callable
            Makes the line at a place, for the worst of them.
        """
        good = ~checked.rejected
        senior = len(self.approvers)
        codes = (
            segments.astype(np.intp) * len(STATUSES) + checked.status - LOWEST
        ) * senior + checked.approver
        money = [checked.list_value, checked.revenue, checked.earned]
        if checked.loss_leader is not None:
            leads = checked.loss_leader.astype(np.intp)
            self.loss_leaders += Amount(
                int(leads.sum()), *(sums_by_code(leads, column, 2)[1] for column in money)
            )
        if not good.all():
            codes, money = codes[good], [column[good] for column in money]
        size = len(names) * len(STATUSES) * senior
        lines = np.bincount(codes, minlength=size)
        sums = [sums_by_code(codes, column, size) for column in money]
        for at in np.flatnonzero(lines).tolist():
            rest, approver = divmod(at, senior)
            segment, status = divmod(rest, len(STATUSES))
            key = Key(names[segment], DiscountStatus(status + LOWEST), self.approvers[approver])
            amount = Amount(int(lines[at]), *(column[at] for column in sums))
            self.amounts[key] = self.amounts.get(key, Amount()) + amount
        self._remember_worst(np.where(good, checked.headroom, np.inf), line)

    def _remember_worst(self, headroom: NDArray[np.float64], line: Callable[[int], WorstLine]) -> None:
        if headroom.size > WORST:
            within = np.flatnonzero(headroom <= np.partition(headroom, WORST - 1)[WORST - 1])
        else:
            within = np.arange(headroom.size)
        least = within[np.argsort(headroom[within], kind="stable")][:WORST]
        beaten = self.worst[-1].headroom if len(self.worst) == WORST else np.inf
        found = [line(at) for at in least.tolist() if headroom[at] < np.inf and headroom[at] <= beaten]
        self.worst = sorted([*self.worst, *found])[:WORST]

    def remark(self, remarks: Remarks) -> None:
        """Keep what else there is to say of lines."""
        kept = self.remarks
        self.remarks = Remarks(
            kept.classes + remarks.classes,
            merged(kept.discounts, remarks.discounts),
            kept.surcharges + remarks.surcharges,
        )

    def reject(self, rejects: Sequence[Reject]) -> None:
        """Count lines that could not be checked, and remember the first of them."""
        self.rejected += len(rejects)
        self.first_rejects = sorted([*self.first_rejects, *rejects])[:REJECTS_SHOWN]

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        for key, amount in other.amounts.items():
            self.amounts[key] = self.amounts.get(key, Amount()) + amount
        self.loss_leaders += other.loss_leaders
        self.remark(other.remarks)
        self.worst = sorted([*self.worst, *other.worst])[:WORST]
        self.rejected += other.rejected
        self.first_rejects = sorted([*self.first_rejects, *other.first_rejects])[:REJECTS_SHOWN]

    def total(
        self,
        *,
        statuses: Sequence[DiscountStatus] = STATUSES,
        segment: str | None = None,
        approver: str | None = None,
    ) -> Amount:
        """The lines with one of the statuses, of a segment or an approver, together; all if none is named."""
        held = (
            amount
            for key, amount in self.amounts.items()
            if key.status in statuses and segment in (None, key.segment) and approver in (None, key.approver)
        )
        return sum(held, Amount())

    @property
    def below_floor(self) -> Amount:
        """The lines below floor or cost."""
        return self.total(statuses=BELOW)

    @property
    def class_use(self) -> ClassUse | None:
        """How the classes of policy and lines meet; None where the lines have none."""
        return class_use(self.policy_classes, self.remarks.classes) if self.remarks.classes else None

    def sentences(self) -> list[str]:
        """What somebody who reads the summary should know beside its numbers."""
        use = self.class_use
        said = list(without_a_column(self.policy_classes) if use is None else use.sentences())
        if count := self.remarks.surcharges:
            said.append(f"{count:,} {'line has' if count == 1 else 'lines have'} a surcharge.")
        if count := self.loss_leaders.lines:
            revenue = as_float(self.loss_leaders.revenue)
            lines = "1 line is a loss leader" if count == 1 else f"{count:,} lines are loss leaders"
            said.append(f"{lines}: below cost, and no lower than the policy allows; revenue {revenue:,.0f}.")
        return said

    def segments(self) -> list[str]:
        """The segments, the one with the most revenue below floor first."""
        bad: Counter[str] = Counter()
        for key, amount in self.amounts.items():
            bad[key.segment] += amount.revenue if key.status in BELOW else 0
        return sorted(bad, key=lambda name: (-bad[name], name))

    def as_data(self) -> dict[str, Any]:
        """The summary for JSON."""
        return {
            "all": self.total().as_data(),
            "below_floor": self.below_floor.as_data(),
            "rejected": self.rejected,
            "surcharges": self.remarks.surcharges,
            **({"loss_leaders": self.loss_leaders.as_data()} if self.has_loss_leaders else {}),
            **(self.class_use.as_data() if self.class_use else {}),
            "by_status": {
                status_word(status): self.total(statuses=[status]).as_data() for status in STATUSES
            },
            "by_segment": {
                name: {
                    **self.total(segment=name).as_data(),
                    "below_floor": self.total(segment=name, statuses=BELOW).as_data(),
                }
                for name in self.segments()
            },
            "by_approver": {name: self.total(approver=name).as_data() for name in self.approvers},
            "worst": [line._asdict() for line in self.worst],
            "first_rejects": [reject._asdict() for reject in self.first_rejects],
        }


# ---------------------------------------------------------------- told in a terminal


def told(tally: Tally, segment: str) -> str:
    """The summary as plain text, at most 100 columns wide, for a terminal or a message."""
    return "\n".join(_told(tally, segment)).rstrip()


def _told(tally: Tally, segment: str) -> Iterator[str]:
    whole = tally.total()
    yield from _by_status(tally, whole)
    yield ""
    below = tally.below_floor
    part = _share(_part(below.revenue, whole.revenue))
    yield f"{'Revenue below floor':<22}{_money(below.revenue)}  ({part})"
    yield f"{'Blended discount':<22}{_share(whole.discount)}"
    yield f"{'Margin':<22}{_share(whole.margin)}"
    yield ""
    for sentence in tally.sentences():
        yield from textwrap.wrap(_printable(sentence), WIDEST)
    if tally.sentences():
        yield ""
    yield from _by_segment(tally, segment)
    yield ""
    yield from _by_approver(tally, whole)
    yield ""
    yield from _worst(tally.worst)
    if tally.rejected:
        yield ""
        yield from _rejects(tally)


def _by_status(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{'Status':<14}{'Lines':>12}{'of all':>9}{'Revenue':>18}{'of revenue':>12}"
    yield "─" * 65
    for status in STATUSES:
        amount = tally.total(statuses=[status])
        yield _counted(status_word(status), 14, amount, whole)
    yield "─" * 65
    yield _counted("All lines", 14, whole, whole)


def _counted(label: str, width: int, amount: Amount, whole: Amount) -> str:
    return (
        f"{label:<{width}}{amount.lines:>12,}{_share(_part(amount.lines, whole.lines)):>9}"
        f"{_money(amount.revenue):>18}{_share(_part(amount.revenue, whole.revenue)):>12}"
    )


def _by_segment(tally: Tally, segment: str) -> Iterator[str]:
    shares = f"{'below floor':>16}{'discount':>10}{'margin':>9}"
    head = f"{_cut(segment.capitalize(), 27):<28}{'Lines':>12}{'Revenue':>18}{shares}"
    yield head
    yield "─" * len(head)
    names = tally.segments()
    for name in names[:SEGMENTS_SHOWN]:
        amount = tally.total(segment=name)
        below = tally.total(segment=name, statuses=BELOW)
        yield (
            f"{_cut(name, 27):<28}{amount.lines:>12,}{_money(amount.revenue):>18}{_money(below.revenue):>16}"
            f"{_share(amount.discount):>10}{_share(amount.margin):>9}"
        )
    if len(names) > SEGMENTS_SHOWN:
        yield f"… and {len(names) - SEGMENTS_SHOWN:,} more"


def _by_approver(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{'Who signs':<28}{'Lines':>12}{'of all':>9}{'Revenue':>18}{'of revenue':>12}"
    yield "─" * 79
    for name in tally.approvers:
        amount = tally.total(approver=name)
        if amount.lines:
            yield _counted(_cut(name, 27), 28, amount, whole)


def _worst(worst: Sequence[WorstLine]) -> Iterator[str]:
    if not worst:
        return
    wide = max(4, *(len(f"{line.row:,}") for line in worst))
    room = 37 - wide
    numbers = f"{'Net':>10}{'Floor':>10}{'Headroom':>10}"
    head = f"{'Row':>{wide}}  {'Product':<{room}}{numbers}  {'Status':<11}  Who signs"
    yield f"The {len(worst)} worst lines (headroom in points of discount)"
    yield head
    yield "─" * (len(head) + 4)
    for line in worst:
        numbers = f"{_price(line.net_price):>10}{_price(line.floor):>10}{_points(line.headroom):>10}"
        yield (
            f"{line.row:>{wide},}  {_cut(line.product, room - 1):<{room}}{numbers}"
            f"  {line.status:<11}  {_cut(line.approver, 15)}"
        )


def _rejects(tally: Tally) -> Iterator[str]:
    lines = "1 line" if tally.rejected == 1 else f"{tally.rejected:,} lines"
    yield f"{lines} could not be checked:"
    for reject in tally.first_rejects:
        yield f"  {reject.file}, row {reject.row:,}: {reject.reason}"
    if tally.rejected > len(tally.first_rejects):
        yield f"  … and {tally.rejected - len(tally.first_rejects):,} more"


def _part(one: int, whole: int) -> float:
    return one / whole if whole else 0.0


def _cut(text: str, width: int) -> str:
    plain = _printable(text)
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _printable(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _money(units: int) -> str:
    return _minus(f"{as_float(units):,.0f}")


def _price(value: float) -> str:
    return _minus(f"{value:,.2f}")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")


def _points(value: float) -> str:
    return _minus(f"{100 * value:+.1f}")
