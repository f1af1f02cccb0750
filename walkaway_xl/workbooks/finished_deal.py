"""What the workbook of a negotiation that has ended knows of it, by the columns of the deal log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from walkaway_xl.core import walkaway
from walkaway_xl.core._tolerance import at_least, same
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.number_style import figure
from walkaway_xl.core.phrasing import phrase, spoken_in
from walkaway_xl.sheets.cell_writing import Value
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.word_list import ANSWERS
from walkaway_xl.workbooks import book_format, template
from walkaway_xl.workbooks.book_format import BookFormat
from walkaway_xl.workbooks.named_cells import code_of, named_column, named_rows
from walkaway_xl.workbooks.sections.lists import SEVERITIES
from walkaway_xl.workbooks.upgrading import refuse_newer


class UnfinishedError(WalkawayError):
    """A workbook that cannot be logged yet, and what it takes."""


@dataclass(frozen=True)
class FinishedDeal:
    """A negotiation as its workbook has it."""

    facts: dict[str, Value]
    """What it knows, by the columns of the deal log; choices in the words of our source."""
    currency: str
    ours: float | None
    """Our latest offer."""
    theirs: float | None
    """Their latest offer."""
    is_met: bool
    """Whether the two meet."""
    has_parts: bool
    """Whether an offer is logged part by part, so that nobody types what it comes to."""
    latest_day: date | None
    """The last day that the workbook speaks of as one of the talks."""

    def ended_at(self, price: float | None) -> dict[str, Value]:
        """What follows from a price that was agreed, or from there being none.

        Raises
        ------
        UnfinishedError
            The offers of the workbook say something else.
        """
        if price is None:
            if self.is_met:
                raise UnfinishedError(
                    phrase(
                        "the latest offers of both sides meet at {price}, so there is a deal; if that is no "
                        "longer so, add what changed to the log of offers",
                        price=figure(self.theirs or 0.0),
                    )
                )
            return {"outcome": "no deal"}
        ends = sorted(offer for offer in (self.ours, self.theirs) if offer is not None)
        if len(ends) > 1 and not (at_least(price, ends[0]) and at_least(ends[1], price)):
            raise UnfinishedError(
                phrase(
                    "agreed must lie between the latest offers, {low} and {high}; it is {price}. "
                    "Add to the log of offers what was offered last",
                    low=figure(ends[0]),
                    high=figure(ends[1]),
                    price=figure(price),
                )
            )
        return {"outcome": "deal", "agreed": price}


def read(values: Workbook) -> FinishedDeal:
    """The negotiation of a workbook.

    Parameters
    ----------
    values : Workbook
        The workbook, read with its values.

    Raises
    ------
    UnfinishedError
        It is none of a negotiation, something is missing in it, or it contradicts itself.
    """
    marks = book_format.read(values)
    with spoken_in(None):  # the codes of words, whatever the language of the workbook
        draft = template(marks.template).build()
    refuse_newer(marks, draft)
    if "wx_our_offers" not in draft.workbook.defined_names:
        raise UnfinishedError(
            phrase(
                "a {template} is no preparation of one negotiation; log those of seller_price and its like",
                template=marks.template,
            )
        )
    return _Book(values, marks, draft).deal()


class _Book:
    def __init__(self, values: Workbook, marks: BookFormat, draft: Draft):
        self.values, self.marks, self.draft = values, marks, draft
        self.side = str(draft.cell(draft.workbook.defined_names["wx_side"].attr_text).value)

    def deal(self) -> FinishedDeal:
        ours, theirs = (self._column(name) for name in ("wx_our_offers", "wx_their_offers"))
        last_ours, last_theirs = (self._number(name) for name in ("wx_our_offer", "wx_offer"))
        self._refuse_unjudged(ours, theirs)
        days = [day for number in range(1, len(theirs) + 1) if (day := self._day(f"rounds.{number}.on"))]
        end = self._walkaway()
        begun = min(days, default=None)
        start = self._first_walkaway(begun, end)
        target = self._number("wx_target")
        self._refuse_wrong_target(target, start)
        facts: dict[str, Value] = {
            "counterpart": self._needed("them"),
            "subject": self._subject(),
            "begun": begun,
            "template": self.marks.template,
            "side": self.side,
            "units": self._units(len(theirs)),
            "walkaway": start,
            "target": target,
            "their_walkaway": self._input("counterpart.likely"),
            "our_first": next(_known(ours), last_ours),
            "their_first": next(_known(theirs), last_theirs),
            "our_last": last_ours,
            "their_last": last_theirs,
            "rounds": sum(offer is not None for offer in theirs) or None,
            "flag": self._worst_flag(),
            "walkaway_end": None if _is_as_written(end, start) else end,
        }
        is_met = last_ours is not None and last_theirs is not None and self._reaches(last_theirs, last_ours)
        return FinishedDeal(
            {key: value for key, value in facts.items() if value is not None},
            str(self._input("currency") or "").strip(),
            last_ours,
            last_theirs,
            is_met,
            any(key.startswith("theirs.1.") for key in self.marks.inputs),
            max(days, default=None) or self._day("meeting"),
        )

    # --- cells ---------------------------------------------------------------------------------------------

    def _input(self, key: str) -> Any:
        """What an input holds; nothing if the workbook has none of that key."""
        spot = self.marks.inputs.get(key)
        if spot is None:
            return None
        cell = self.values[spot.sheet].cell(spot.row, spot.column)
        if cell.data_type == "e":
            raise UnfinishedError(
                phrase("{address} holds {error}; mend it first", address=spot.address, error=cell.value)
            )
        return None if cell.value == "" else cell.value

    def _needed(self, key: str) -> str:
        value = self._input(key)
        if value is None or not str(value).strip():
            raise UnfinishedError(
                phrase(
                    "{cell} is blank; answer there: {question}",
                    cell=self.marks.inputs[key].address,
                    question=phrase(self.draft.inputs[key].label),
                )
            )
        return str(value).strip()

    def _day(self, key: str) -> date | None:
        value = self._input(key)
        return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None

    def _column(self, name: str) -> list[float | None]:
        return [self._plain(name, value) for value in named_column(self.values, name)]

    def _number(self, name: str) -> float | None:
        (value,) = named_column(self.values, name) or [None]
        return self._plain(name, value)

    def _plain(self, name: str, value: Any) -> float | None:
        if isinstance(value, str) and value.startswith("#"):
            raise UnfinishedError(
                phrase("its {name} is {error}; mend what Checks shows first", name=name, error=value)
            )
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if is_number else None

    # --- what follows from them ----------------------------------------------------------------------------

    def _subject(self) -> str:
        item, unit = self._needed("item"), self._input("unit")
        return phrase("{item}, per {unit}", item=item, unit=unit) if unit else item

    def _units(self, rounds: int) -> float | None:
        """For how many units the last offer is; as on Prepare where no offer says so."""
        named = [self._input(f"rounds.{number}.quantity") for number in range(rounds, 0, -1)]
        units = next((value for value in named if value is not None), None)
        units = self._input("volume") if units is None else units
        return units if isinstance(units, int | float) else None

    def _walkaway(self) -> float:
        end = self._number("wx_walkaway")
        if end is None:
            raise UnfinishedError(phrase("it has no walk-away yet; answer the questions on Start"))
        return end

    def _first_walkaway(self, begun: date | None, end: float) -> float:
        """The walk-away as it was set before the first offer; the one of now, where nobody wrote it down."""
        row, first = 1, end
        while f"history.{row}.value" in self.marks.inputs:
            value, day = self._input(f"history.{row}.value"), self._day(f"history.{row}.on")
            if isinstance(value, int | float) and (row == 1 or (begun and day and day <= begun)):
                first = float(value)
            row += 1
        return first

    def _worst_flag(self) -> str | None:
        """The gravest flag that was seen."""
        worst = -1
        for *_, present, severity, _ in named_rows(self.values, "wx_flag_list"):
            grave = code_of(self.values, SEVERITIES, severity)
            if grave and code_of(self.values, ANSWERS, present) == "yes":
                worst = max(worst, SEVERITIES.words.index(grave))
        return SEVERITIES.words[worst] if worst >= 0 else None

    def _reaches(self, price: float, limit: float) -> bool:
        return bool(same(price, limit)) or bool(walkaway.walkaway_gap(price, limit, self.side) > 0)

    def _refuse_wrong_target(self, target: float | None, limit: float) -> None:
        if target is not None and self._reaches(limit, target):
            raise UnfinishedError(
                phrase(
                    "what you hope for, {target}, must be better than the walk-away, {limit}; correct Start "
                    "or the walk-aways on Prepare",
                    target=figure(target),
                    limit=figure(limit),
                )
            )

    def _refuse_unjudged(self, ours: Sequence[float | None], theirs: Sequence[float | None]) -> None:
        """Refuse an offer that was typed and cannot be compared."""
        for side, offers in (("ours", ours), ("theirs", theirs)):
            for number, offer in enumerate(offers, 1):
                begin, price = f"{side}.{number}.", f"rounds.{number}.{side}"
                typed = any(
                    self._input(key) is not None
                    for key in self.marks.inputs
                    if key == price or key.startswith(begin)
                )
                if typed and offer is None:
                    raise UnfinishedError(
                        phrase(
                            "round {number} in the log of offers lacks something; complete it", number=number
                        )
                    )


def _known(offers: Sequence[float | None]) -> Iterator[float]:
    return (offer for offer in offers if offer is not None)


def _is_as_written(number: float, written: float) -> bool:
    """Whether a number is the one that somebody wrote down, who may have rounded it up or down."""
    decimals = -int(Decimal(repr(written)).normalize().as_tuple().exponent)
    return bool(abs(number - written) < 10.0 ** -max(0, decimals))
