"""What a checked quote book says, counted so that it comes out the same however the lines are shared out."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.policy import EVERY_CLASS, LineException
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.policy.model import APPROVED
from walkaway_xl.quotes.audiences import Audience, Secret
from walkaway_xl.quotes.checking import STATUSES, Checked, Range, is_below, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import MILLION, UNIT, Amount, as_float, in_whole, sums_by_code
from walkaway_xl.quotes.exception_states import NO_LINE, State, of_exception
from walkaway_xl.quotes.quote_counts import QuoteCounts
from walkaway_xl.quotes.report_counts import ReportCounts
from walkaway_xl.quotes.trends import in_order, merged_trends
from walkaway_xl.quotes.what_if import WhatIf

WORST = 10
REJECTS_SHOWN = 10
NEAR_NAMES = 3  # names of classes that could be meant
CLASSES_SHOWN = 10
BELOW = (DiscountStatus.BELOW_FLOOR, DiscountStatus.BELOW_COST)
LOWEST = min(STATUSES)


class Key(NamedTuple):
    """What lines are counted by."""

    segment: str
    status: DiscountStatus
    signer: str


class WorstLine(NamedTuple):
    """One of the lines that are most money short of their floor."""

    shortfall: float
    file: str
    row: int
    product: str
    segment: str
    quantity: float
    net_price: float
    floor: float
    headroom: float
    status: str
    signer: str

    def share_of(self, whole: Amount) -> float:
        """How much of the shortfall of all lines it is."""
        return self.shortfall * MILLION / whole.shortfall


def _most_money_first(lines: Iterable[WorstLine]) -> list[WorstLine]:
    return sorted(lines, key=lambda line: (-line.shortfall, *line[1:]))[:WORST]


class ClassUse(NamedTuple):
    """Classes of the policy without lines, with like names of lines; and what `*` took, most lines first."""

    idle: dict[str, list[str]]
    taken: dict[str, int]
    counts: Mapping[str, int]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"classes_without_lines": self.idle, f"classes_under_{EVERY_CLASS}": self.taken}

    def sentences(self) -> Iterator[str]:
        """What somebody who reads the summary should know."""
        for name, near in self.idle.items():
            meant = phrase(" or ").join(
                f"{candidate} ({counted(self.counts[candidate])})" for candidate in near
            )
            if near:
                yield phrase("Class {name} has no lines; did you mean {meant}?", name=name, meant=meant)
            else:
                yield phrase("Class {name} has no lines.", name=name)
        if self.taken:
            classes = [
                f"{name} ({counted(count)})" for name, count in list(self.taken.items())[:CLASSES_SHOWN]
            ]
            rest = list(self.taken.values())[CLASSES_SHOWN:]
            if rest:
                classes.append(
                    phrase("{count} more ({lines})", count=f"{len(rest):,}", lines=counted(sum(rest)))
                )
            yield phrase("{rule} took {classes}.", rule=EVERY_CLASS, classes=", ".join(classes))


def without_a_column(classes: Sequence[str]) -> Iterator[str]:
    """What somebody should know who has classes in the policy, and no column of them."""
    if EVERY_CLASS in classes and len(classes) > 1:
        yield phrase("No column holds the class, so {rule} took every line.", rule=EVERY_CLASS)


def class_use(classes: Sequence[str], counts: Counter[str]) -> ClassUse:
    """How the classes of a policy meet those of the lines.

    Parameters
    ----------
    classes : sequence of str
        The classes of the policy.
    counts : Counter of str
        How many lines name each class.
    """
    ruled = {name.casefold() for name in classes}
    of_lines = {name.strip().casefold() for name in counts}
    others = {name: count for name, count in counts.items() if name.strip().casefold() not in ruled}
    plain = {name.strip().casefold(): name for name in sorted(others)}
    idle = {
        name: [plain[near] for near in difflib.get_close_matches(name.casefold(), plain, NEAR_NAMES)]
        for name in classes
        if name != EVERY_CLASS and name.casefold() not in of_lines
    }
    by_size = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    only_rule = ruled <= {EVERY_CLASS}
    return ClassUse(idle, dict(by_size) if EVERY_CLASS in ruled and not only_rule else {}, counts)


class Remarks(NamedTuple):
    """What else there is to say of lines, checked or not."""

    classes: Counter[str]  # how many lines name each class; empty where no column holds it
    discounts: dict[str, Range]  # of each column of discounts
    surcharges: int  # lines with a negative discount that were checked
    rules: Counter[str]  # how many lines each class and rule decides, where there are rules
    report: ReportCounts = ReportCounts()  # if one is asked for
    trends: Mapping[str, Mapping[str, Amount]] = {}  # by the title of each that is asked for
    what_if: WhatIf | None = None  # if one is asked for
    versions: Mapping[tuple[str, str], int] = {}  # lines by what a version states, and by its name
    exceptions: Mapping[tuple[int, int], int] = {}  # lines that each exception has met, by place and state

    def with_those_of(self, remarks: "Remarks") -> "Remarks":
        """What there is to say of the lines of both."""
        ranges = dict(self.discounts)
        for name, discounts in remarks.discounts.items():
            ranges[name] = ranges[name].with_that_of(discounts) if name in ranges else discounts
        counted_too = remarks.report.entries  # nothing unless a report is asked for
        report = self.report.with_those_of(remarks.report) if counted_too else self.report
        surcharges = self.surcharges + remarks.surcharges
        return Remarks(
            self.classes + remarks.classes,
            ranges,
            surcharges,
            self.rules + remarks.rules,
            report,
            merged_trends(self.trends, remarks.trends) if remarks.trends else self.trends,
            _both(self.what_if, remarks.what_if),
            Counter(self.versions) + Counter(remarks.versions),
            Counter(self.exceptions) + Counter(remarks.exceptions),
        )


def _both(mine: WhatIf | None, other: WhatIf | None) -> WhatIf | None:
    if mine is None or other is None:
        return mine or other
    return mine.with_those_of(other)


def remark_sentences(policy: CompiledPolicy, remarks: Remarks, lines: int) -> Iterator[str]:
    """What somebody who reads a summary should know of its lines beside its numbers.

    Parameters
    ----------
    policy : CompiledPolicy
        By which they were checked.
    remarks : Remarks
        What there is to say of them.
    lines : int
        How many were checked.
    """
    rules = [rule.shown for rule in policy.policy.rules]
    if remarks.classes:
        yield from class_use(policy.classes, remarks.classes).sentences()
    elif lines and not rules:
        yield from without_a_column(policy.classes)
    idle = [name for name in rules if not remarks.rules[name]]
    if lines and idle:
        named = ", ".join(idle[:CLASSES_SHOWN])
        more = len(idle) - CLASSES_SHOWN
        if more > 0:
            named = phrase("{named} and {count} more", named=named, count=f"{more:,}")
        yield phrase("Rules that decide no line: {named}.", named=named)
    if count := remarks.surcharges:
        yield phrase_count("{count} line has a surcharge.", "{count} lines have a surcharge.", count)


def unasked_of_quotes(policy: CompiledPolicy) -> Iterator[str]:
    """What to know of a policy that asks something of quotes, where nothing names them."""
    if policy.quote_rules.rules or any(limit.of == "size" for limit in policy.limits_of_quotes):
        yield phrase(
            "The policy asks something of quotes as a whole, and nobody was asked: --group-by COLUMN "
            "names the quote of a line."
        )


class Reject(NamedTuple):
    """A line that could not be checked, and why."""

    file: str
    row: int
    reason: str


class Listed:
    """Rows of which the first are remembered and all are counted."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Reject] = []

    def add(self, rows: Sequence[Reject]) -> None:
        """Count rows."""
        self.count += len(rows)
        self.first = sorted([*self.first, *rows])[:REJECTS_SHOWN]

    def merge(self, other: "Listed") -> None:
        """Count what another has counted."""
        self.count += other.count
        self.first = sorted([*self.first, *other.first])[:REJECTS_SHOWN]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"rows": self.count, "first": [row._asdict() for row in self.first]}


class Tally:
    """Counts and sums of checked lines. Two of them merge into what one would have counted."""

    def __init__(self, policy: CompiledPolicy):
        self.signer_names = policy.signer_names
        self.policy_classes = policy.classes
        self.policy_rules = [rule.shown for rule in policy.policy.rules]
        self.has_loss_leaders = policy.has_loss_leaders
        self.amounts: dict[Key, Amount] = {}
        self.worst: list[WorstLine] = []
        self.loss_leaders = Amount()
        self.exceptions = policy.policy.exceptions
        self.met: frozenset[int] = frozenset()  # exceptions that mean a line, of whatever currency
        self.excepted = Amount()  # of what is below floor, that with a valid exception
        self.remarks = Remarks(Counter(), {}, 0, Counter())
        self.rejects = Listed()  # lines that could not be checked
        self.returns = Amount()  # lines that take something back, if they are counted apart
        self.quotes: QuoteCounts | None = None  # if the lines of each quote are totalled

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
        ranks = len(self.signer_names)
        # Statuses and signers in a small type of number, which takes less time.
        within = (checked.status - LOWEST).astype(np.int32) * ranks + checked.signer
        codes = segments * np.intp(len(STATUSES) * ranks) + within
        size = len(names) * len(STATUSES) * ranks
        below = np.flatnonzero(is_below(checked.status))
        short = checked.shortfall[below]
        shortfalls = [units // UNIT for units in sums_by_code(codes[below], short, size)]
        money = [checked.list_value, checked.revenue, checked.earned]
        if checked.loss_leader is not None:
            leads = checked.loss_leader.astype(np.intp)
            self.loss_leaders += Amount(
                int(leads.sum()), *(sums_by_code(leads, column, 2)[1] for column in money)
            )
        if checked.excepted is not None and checked.excepted.any():
            allowed = checked.excepted.astype(np.intp)
            held = [sums_by_code(allowed, column, 2)[1] for column in (*money, checked.shortfall)]
            held[-1] //= UNIT
            self.excepted += Amount(int(allowed.sum()), *held)
        if not good.all():
            codes, money = codes[good], [column[good] for column in money]
        lines = np.bincount(codes, minlength=size)
        sums = [*(sums_by_code(codes, column, size) for column in money), shortfalls]
        for code in np.flatnonzero(lines).tolist():
            rest, signer = divmod(code, ranks)
            segment, status = divmod(rest, len(STATUSES))
            key = Key(names[segment], DiscountStatus(status + LOWEST), self.signer_names[signer])
            amount = Amount(int(lines[code]), *(column[code] for column in sums))
            self.amounts[key] = self.amounts.get(key, Amount()) + amount
        self._remember_worst(below, short, line)

    def _remember_worst(
        self, places: NDArray[np.intp], shortfall: Floats, line: Callable[[int], WorstLine]
    ) -> None:
        # Whole millionths; the last of the worst may be beaten by its equal in an earlier row.
        beaten = self.worst[-1].shortfall * MILLION - 1 if len(self.worst) == WORST else 1.0
        among = np.flatnonzero(shortfall >= beaten)
        most = among[np.argsort(-shortfall[among], kind="stable")][:WORST]
        candidates = [line(place) for place in places[most].tolist()]
        self.worst = _most_money_first([*self.worst, *candidates])

    def remark(self, remarks: Remarks) -> None:
        """Keep what else there is to say of lines."""
        self.remarks = self.remarks.with_those_of(remarks)

    def set_apart(self, checked: Checked) -> None:
        """Count lines that take something back."""
        good = ~checked.rejected
        zeros = np.zeros(int(good.sum()), np.intp)
        money = (checked.list_value, checked.revenue, checked.earned)
        sums = [sums_by_code(zeros, column[good], 1)[0] for column in (*money, checked.shortfall)]
        sums[-1] //= UNIT
        self.returns += Amount(len(zeros), *sums)

    def merge(self, tally: "Tally") -> None:
        """Count what another has counted."""
        for key, amount in tally.amounts.items():
            self.amounts[key] = self.amounts.get(key, Amount()) + amount
        self.loss_leaders += tally.loss_leaders
        self.excepted += tally.excepted
        self.remark(tally.remarks)
        self.worst = _most_money_first([*self.worst, *tally.worst])
        self.rejects.merge(tally.rejects)
        self.returns += tally.returns

    def total(
        self,
        *,
        statuses: Sequence[DiscountStatus] = STATUSES,
        segment: str | None = None,
        signer: str | None = None,
    ) -> Amount:
        """The lines with one of the statuses, of a segment or a signer, together; all if none is named."""
        held = (
            amount
            for key, amount in self.amounts.items()
            if key.status in statuses and segment in (None, key.segment) and signer in (None, key.signer)
        )
        return sum(held, Amount())

    @property
    def below_floor(self) -> Amount:
        """The lines below floor or cost."""
        return self.total(statuses=BELOW)

    @property
    def is_open(self) -> bool:
        """Whether a quote below floor, or where no quotes are known a line, has no valid exception."""
        if self.quotes is not None:
            return self.quotes.open > 0
        return self.below_floor.lines > self.excepted.lines

    def states(self) -> list[tuple[LineException, State | None, int]]:
        """Each exception, what has become of it, and at how many lines; None where it means no line.

        Those that mean lines of another currency alone are left to it.
        """
        counts = self.remarks.exceptions
        met = [(one, of_exception(counts, place), place) for place, one in enumerate(self.exceptions)]
        return [
            (one, state, 0 if state is None else counts[place, int(state)])
            for one, state, place in met
            if state is not None or place not in self.met
        ]

    @property
    def rejected(self) -> int:
        """How many lines could not be checked."""
        return self.rejects.count

    @property
    def lines_of_all_kinds(self) -> int:
        """The lines that were checked, could not be, or are returns that are counted apart."""
        return self.total().lines + self.rejected + self.returns.lines

    def sentences(self) -> Iterator[str]:
        """What somebody who reads the summary should know of its money and quotes beside its numbers."""
        if self.exceptions:
            yield from self._of_exceptions()
        if self.quotes is not None:
            yield from self.quotes.sentences()
        if count := self.loss_leaders.lines:
            revenue = as_float(self.loss_leaders.revenue)
            yield phrase_count(
                "{count} line is a loss leader: below cost, and no lower than the policy allows; "
                "revenue {revenue}.",
                "{count} lines are loss leaders: below cost, and no lower than the policy allows; "
                "revenue {revenue}.",
                count,
                revenue=f"{revenue:,.0f}",
            )

    def _of_exceptions(self) -> Iterator[str]:
        """What has become of the exceptions."""
        allowed = self.excepted
        if allowed.lines:
            yield phrase_count(
                "{count} line below floor has a valid exception; it holds {shortfall} of the shortfall.",
                "{count} lines below floor have a valid exception; they hold {shortfall} of the shortfall.",
                allowed.lines,
                shortfall=f"{in_whole(allowed.shortfall):,}".replace("-", "−"),
            )
        states = Counter(state for _, state, _ in self.states())
        gone = [
            f"{states[state]:,} {state.word}" for state in State if state is not State.VALID and states[state]
        ]
        if states[None]:
            gone.append(phrase("{count} without a line in this book", count=f"{states[None]:,}"))
        if gone:
            yield phrase("Exceptions that do not hold: {states}.", states=", ".join(gone))

    def segments(self) -> list[str]:
        """The segments, the one with the largest shortfall first."""
        return [name for name, _ in self.by_segment()]

    def by_segment(self) -> list[tuple[str, Amount]]:
        """The segments in that order, each with its lines; counted once, however many there are."""
        amounts: dict[str, Amount] = {}
        for key, amount in self.amounts.items():
            amounts[key.segment] = amounts.get(key.segment, Amount()) + amount
        return sorted(amounts.items(), key=lambda item: (-item[1].shortfall, item[0]))

    def seen_by(self, audience: Audience) -> dict[str, Any]:
        """The summary for JSON, as somebody may see it."""
        if audience.sees_all:
            return self.as_data()
        whole = self.total()
        data: dict[str, Any] = {
            "all": _seen(whole, audience),
            "by_segment": {name: _seen(amount, audience) for name, amount in self.by_segment()},
            "by": {
                title: {name: _seen(amount, audience) for name, amount in in_order(title, amounts)}
                for title, amounts in self.remarks.trends.items()
            },
        }
        if audience.sees(Secret.FLOOR):
            data["below_floor"] = _seen(self.below_floor, audience)
            data["by_status"] = {
                audience.status(status_word(statuses[0])): _seen(self.total(statuses=statuses), audience)
                for statuses in audience.statuses
            }
            data["worst"] = [
                {
                    "row": line.row,
                    "product": line.product,
                    "segment": line.segment,
                    "quantity": line.quantity,
                    "net_price": line.net_price,
                    "floor": line.floor,
                    "shortfall": line.shortfall,
                    "status": audience.status(line.status),
                }
                for line in self.worst
            ]
        if audience.sees(Secret.SIGNER):
            data["by_signer"] = {name: _seen(self.total(signer=name), audience) for name in self.signer_names}
        return data

    def as_data(self) -> dict[str, Any]:
        """What is money, for JSON."""
        whole = self.total()
        return {
            "all": whole.as_data(),
            "below_floor": self.below_floor.as_data(),
            "returns": self.returns.as_data(),
            **({"loss_leaders": self.loss_leaders.as_data()} if self.has_loss_leaders else {}),
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
            **({"exceptions": self._exceptions_as_data()} if self.exceptions else {}),
            **({"quotes": self.quotes.as_data()} if self.quotes else {}),
            "by_signer": {name: self.total(signer=name).as_data() for name in self.signer_names},
            **({"by": self._trends_as_data()} if self.remarks.trends else {}),
            **({"what_if": self.remarks.what_if.as_data()} if self.remarks.what_if else {}),
            "worst": [{**line._asdict(), "share_of_shortfall": line.share_of(whole)} for line in self.worst],
        }

    def _exceptions_as_data(self) -> dict[str, Any]:
        return {
            "excepted": self.excepted.as_data(),
            "register": [
                {
                    "line": {asked.column: asked.word for asked in one.line},
                    "fingerprint": one.fingerprint,
                    "state": NO_LINE if state is None else state.word,
                    "lines": lines,
                    "requested_by": one.requested_by,
                    "decided_by": one.decided_by,
                    "decision": one.decision or APPROVED,
                    "reason": one.reason,
                    "on": one.start and one.start.isoformat(),
                    "until": one.end and one.end.isoformat(),
                }
                for one, state, lines in self.states()
            ],
        }

    def _trends_as_data(self) -> dict[str, Any]:
        return {
            title: {name: amount.as_data() for name, amount in in_order(title, amounts)}
            for title, amounts in self.remarks.trends.items()
        }


AMOUNTS: Mapping[str, Secret | None] = {
    "lines": None,
    "list_value": None,
    "revenue": None,
    "blended_discount": None,
    "margin": Secret.COST,
    "shortfall": Secret.FLOOR,
}


def _seen(amount: Amount, audience: Audience) -> dict[str, Any]:
    """Of an amount what somebody may see."""
    data = amount.as_data()
    return {key: data[key] for key, secret in AMOUNTS.items() if audience.sees(secret)}
