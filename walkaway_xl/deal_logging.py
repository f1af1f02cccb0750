"""A finished workbook written into the deal log: read, asked what only people know, and put into its row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from walkaway_xl import artefacts
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.number_style import figure
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files import intake
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.embedded import entries
from walkaway_xl.hosts.embedded.values import Value as Stored
from walkaway_xl.sheets.cell_writing import Value
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import deal_log, finished_deal, reading, template
from walkaway_xl.workbooks.deal_log.entry import TABLE, DealLog, LogError, in_currency
from walkaway_xl.workbooks.filling import accepted
from walkaway_xl.workbooks.finished_deal import FinishedDeal, UnfinishedError

FILE = "deal_log.xlsx"
"""The log beside the workbooks, where nobody names another."""
ROW = f"{TABLE}.1."
"""What the names of the inputs of the log's first row begin with."""
BLANK = {"signed": later("who signed"), "lesson": later("the lesson")}
"""What no workbook knows and a row may lack."""
OURS, THEIRS = "ours", "theirs"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Ending:
    """How a negotiation ended, as far as its workbook does not know."""

    price: float | None
    """What was agreed, as the workbook counts; None without a deal."""
    ended: date | None = None
    """The day; None for the last one of the talks."""
    signed: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class Logged:
    """The log with the row in it."""

    data: bytes
    row: int
    verdict: str
    amount: float | None
    """What the deal won, or leaving protected, in all."""
    kept: tuple[str, ...]
    """What stood in the row and stays, although the workbook says something else."""
    blank: tuple[str, ...]
    """The columns that a person still fills in."""


class Logging:
    """A workbook and the log into which it goes.

    Parameters
    ----------
    book : Path
        The workbook.
    log : Path
        The deal log.
    is_new : bool
        Whether the log is to be made.
    tell : callable
        Is told what is being done.
    """

    def __init__(self, book: Path, log: Path, *, is_new: bool, tell: Tell):
        self.tell, self.log_path = tell, log
        self.calculated = embedded.calculate_from(book, tell)
        with intake.understood(book):
            self.deal: FinishedDeal = finished_deal.read(reading.values_of(self.calculated.data))
        self._data = (
            artefacts.workbook(template(deal_log.NAME), example=False) if is_new else intake.content(log)
        )
        with intake.understood(log):
            self.log = DealLog(reading.values_of(self._data))

    def refuse(self, rate: float | None, *, again: bool) -> None:
        """Refuse what cannot be logged, before anything is asked."""
        with intake.understood(self.log_path):
            self.log.rate(self.deal.currency, rate)
            self.log.row_for(self.deal.facts, again=again)

    def finish(self, ending: Ending, rate: float | None, *, again: bool) -> Logged:
        """The log with the negotiation in it.

        Parameters
        ----------
        ending : Ending
            How it ended.
        rate : float, optional
            What 1 of the workbook's currency is in the log's, where they differ.
        again : bool
            Whether a negotiation that the log has may be logged once more.
        """
        facts = {**self.deal.facts, **self.deal.ended_at(ending.price), "ended": self._ended(ending.ended)}
        if ending.signed:
            if ending.signed not in self.log.levels:
                raise InputError(
                    "signed", "be one of {levels}", got=ending.signed, levels=", ".join(self.log.levels)
                )
            facts["signed"] = ending.signed
        if ending.lesson:
            facts["lesson"] = ending.lesson
        if ending.price is not None:
            facts.pop("our_last", None)  # of a deal the agreed price is the last one
        with intake.understood(self.log_path):
            factor = self.log.rate(self.deal.currency, rate)
            row = self.log.row_for(facts, again=again)
            entry = self.log.entry(row, in_currency(facts, factor), self.deal.currency)
            cells: dict[str, dict[tuple[int, int], Stored]] = {}
            for spot, value in entry.cells.items():
                cells.setdefault(spot.sheet, {})[spot.row, spot.column] = value
            data = embedded.calculate(entries.entered(self._data, cells, entry.printed), self.tell).data
            result = DealLog(reading.values_of(data)).result(row)
        missing = ("lesson",) if ending.price is None else ("signed", "lesson")
        return Logged(data, row, *result, entry.kept, tuple(key for key in missing if key not in facts))

    def _ended(self, given: date | None) -> date:
        ended, begun = given or self.deal.latest_day, self.deal.facts.get("begun")
        if ended is None:
            raise LogError(
                phrase("the log of offers has no day; say when it ended, as in --ended 2026-11-30")
            )
        if isinstance(begun, date) and ended < begun:
            raise LogError(
                phrase(
                    "it ended on {ended}, before the first offer of {begun}; correct one of them",
                    ended=ended,
                    begun=begun,
                )
            )
        return ended


def price_of(deal: FinishedDeal, typed: str, number: Callable[[str], float]) -> float:
    """The price of a deal, as somebody says it.

    Parameters
    ----------
    deal : FinishedDeal
        The negotiation.
    typed : str
        A price, or `THEIRS` or `OURS` for a latest offer.
    number : callable
        Reads a price that was typed.
    """
    if typed in (OURS, THEIRS):
        offer = deal.ours if typed == OURS else deal.theirs
        if offer is None:
            raise UnfinishedError(
                phrase(
                    "agreed is {side}, and there is no such offer; add it to the log of offers", side=typed
                )
            )
        return offer
    if deal.has_parts:
        raise UnfinishedError(
            phrase(
                "an offer has several parts, so agreed must be theirs or ours; log on Talks what was agreed"
            )
        )
    return number(typed)


def result_lines(logged: Logged, currency: str) -> Iterator[str]:
    """What to tell the person: the row, what the log makes of it, and what is still open."""
    amount = "" if logged.amount is None else f", {figure(logged.amount)} {currency}"
    yield phrase(
        "Row {row} of the deal log: {verdict}{amount}", row=logged.row, verdict=logged.verdict, amount=amount
    )
    for line in logged.kept:
        yield phrase("  left as it stands: {line}", line=line)
    for key in logged.blank:
        yield phrase("  still blank: {column}", column=phrase(BLANK[key]))


def blank_log() -> Draft:
    """Today's deal log without a row."""
    return template(deal_log.NAME).build()


def taken(column: str, typed: str, called: str) -> Value:
    """What somebody has typed, as a column of the log would hold it.

    Raises
    ------
    InputError, AmbiguityError
        The column does not take it.
    """
    return accepted(blank_log(), f"{ROW}{column}", typed, called=called)
