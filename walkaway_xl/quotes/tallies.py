"""What a checked quote book says, a currency at a time: money of two of them is never added up."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from typing import Any

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.quotes.audiences import Audience
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.currencies import SHARED, USUAL
from walkaway_xl.quotes.report_counts import ReportCounts
from walkaway_xl.quotes.tally import Listed, Remarks, Tally, class_use, remark_sentences, unasked_of_quotes

NOT_STATED = later("no currency stated")


class Tallies:
    """A tally for each currency of a book. Two of them merge into what one would have counted.

    Parameters
    ----------
    policy : CompiledPolicy
        By which lines are checked.
    """

    def __init__(self, policy: CompiledPolicy):
        self.policy = policy
        self.left_out = Listed()  # rows that are no lines
        self.doubts = Listed()  # rows that are lines, but look as if they were none
        self.unplaced = Listed()  # lines that could not be checked, of a book in several currencies
        self.by_currency: dict[str | None, Tally] = {}
        self.currencies: dict[str, None] = {}  # all that lines state, converted or not
        self.taken: dict[str, tuple[int, str]] = {}  # lines whose currency the others tell, and it

    def __getstate__(self) -> dict[str, Any]:
        """All but the policy, which everybody has who merges it."""
        return {**self.__dict__, "policy": None}

    def of(self, currency: str | None) -> Tally:
        """The tally of a currency; of None where nothing states one."""
        if currency not in self.by_currency:
            self.by_currency[currency] = Tally(self.policy)
        return self.by_currency[currency]

    def merge(self, other: "Tallies") -> None:
        """Count what another has counted."""
        for currency, tally in other.by_currency.items():
            self.of(currency).merge(tally)
        self.currencies |= other.currencies
        for mine, theirs in ((self.left_out, other.left_out), (self.doubts, other.doubts)):
            mine.merge(theirs)

    def settle(self) -> dict[str | None, str]:
        """Count lines without a currency under the only one, and those with a sign under its usual one.

        Returns
        -------
        dict
            Which names are now counted under which.
        """
        names = {name for name in self.by_currency if name is not None}
        under: dict[str | None, str] = {}
        for sign in names & USUAL.keys():
            if names & SHARED[sign] == {USUAL[sign]}:
                under[sign] = USUAL[sign]
        names -= under.keys()
        if None in self.by_currency and len(names) == 1:
            under[None] = next(iter(names))
        unplaced = self.by_currency.get(None)
        if len(names) > 1 and unplaced is not None and unplaced.rejected == unplaced.lines_of_all_kinds:
            self.unplaced.merge(self.by_currency.pop(None).rejects)
        for name, code in under.items():
            tally = self.by_currency.pop(name)
            self.taken[name or ""] = (tally.lines_of_all_kinds, code)
            self.of(code).merge(tally)
        met = frozenset(place for place, _ in self.remarks.exceptions)
        for tally in self.by_currency.values():
            tally.met = met
        return under

    @property
    def in_order(self) -> dict[str, Tally]:
        """The tallies by the names of their currencies, the one with most lines first."""
        ranked = sorted(
            self.by_currency.items(), key=lambda held: (-held[1].lines_of_all_kinds, held[0] or "")
        )
        return {name or phrase(NOT_STATED): tally for name, tally in ranked}

    @property
    def only(self) -> Tally | None:
        """The tally of a book in one currency; None where there are several."""
        if len(self.by_currency) > 1:
            return None
        return next(iter(self.by_currency.values()), Tally(self.policy))

    @property
    def currency(self) -> str | None:
        """The currency of a book in one; None where none is stated, or several are."""
        return next(iter(self.by_currency)) if len(self.by_currency) == 1 else None

    @property
    def lines(self) -> int:
        """How many lines were checked."""
        return sum(tally.total().lines for tally in self.by_currency.values())

    @property
    def is_open(self) -> bool:
        """Whether a quote below floor, or where no quotes are known a line, has no valid exception."""
        return any(tally.is_open for tally in self.by_currency.values())

    @property
    def are_quotes_known(self) -> bool:
        """Whether the lines of each quote are totalled."""
        return any(tally.quotes is not None for tally in self.by_currency.values())

    @property
    def returns(self) -> int:
        """How many lines take something back, and are counted apart."""
        return sum(tally.returns.lines for tally in self.by_currency.values())

    @property
    def rejects(self) -> Listed:
        """Lines that could not be checked."""
        rejects = Listed()
        rejects.merge(self.unplaced)
        for tally in self.by_currency.values():
            rejects.merge(tally.rejects)
        return rejects

    @property
    def remarks(self) -> Remarks:
        """What else there is to say of all lines, but for what is money."""
        held = [
            tally.remarks._replace(report=ReportCounts(), trends={}, what_if=None)  # which are money
            for tally in self.by_currency.values()
        ]
        return reduce(Remarks.with_those_of, held, Remarks(Counter(), {}, 0, Counter()))

    def sentences(self) -> list[str]:
        """What somebody who reads the summary should know of all lines beside its numbers."""
        return [
            *self.of_currencies(),
            *remark_sentences(self.policy, self.remarks, self.lines),
            *(() if self.are_quotes_known or not self.lines else unasked_of_quotes(self.policy)),
            *self._of_each(),
        ]

    def _of_each(self) -> Iterator[str]:
        for currency, tally in self.in_order.items():
            for sentence in tally.sentences():
                if self.only is None:
                    yield phrase("{currency}: {sentence}", currency=currency, sentence=sentence)
                else:
                    yield sentence

    def of_currencies(self) -> Iterator[str]:
        """Which lines were taken to be in a currency that they do not name."""
        for sign, (count, code) in self.taken.items():
            if sign:
                yield phrase("{lines} with the sign {sign} counted as {code}.", **_named(count, sign, code))
            else:
                yield phrase("{lines} without a currency counted as {code}.", **_named(count, sign, code))

    def as_data(self) -> dict[str, Any]:
        """The summary for JSON: of a book in one currency flat, else by currency."""
        rejects, only = self.rejects, self.only
        whole = {
            "currency": self.currency,
            "rejected": rejects.count,
            "remarks": self.sentences(),
            "surcharges": self.remarks.surcharges,
            "left_out": self.left_out.as_data(),
            "doubts": self.doubts.as_data(),
            **self._use(),
            "first_rejects": [reject._asdict() for reject in rejects.first],
        }
        if only is not None:
            return {**only.as_data(), **whole}
        return {**whole, "by_currency": {name: tally.as_data() for name, tally in self.in_order.items()}}

    def seen_by(self, audience: Audience) -> dict[str, Any]:
        """The summary for JSON, as somebody may see it."""
        if audience.sees_all:
            return self.as_data()
        if self.only is not None:
            return self.only.seen_by(audience)
        return {"by_currency": {name: tally.seen_by(audience) for name, tally in self.in_order.items()}}

    def _use(self) -> dict[str, Any]:
        remarks = self.remarks
        use = class_use(self.policy.classes, remarks.classes).as_data() if remarks.classes else {}
        rules = dict.fromkeys([*(rule.shown for rule in self.policy.policy.rules), *remarks.rules])
        by_rule = {"lines_by_rule": {name: remarks.rules[name] for name in rules}}
        return use | (by_rule if self.policy.policy.rules else {})


def _named(count: int, sign: str, code: str) -> dict[str, str]:
    return {"lines": counted(count), "sign": sign, "code": code}
