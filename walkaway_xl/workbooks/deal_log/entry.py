"""A finished negotiation as a row of the deal log: which row, and what goes into its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import to_excel

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.number_style import figure
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.cell_writing import Value
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks import book_format
from walkaway_xl.workbooks.deal_log.log_lists import NO_TEMPLATE, OUTCOME_WORDS, SIDE_WORDS, TEMPLATE_LIST
from walkaway_xl.workbooks.deal_log.log_workbook import AMOUNTS_NAME, NAME, VERDICTS_NAME
from walkaway_xl.workbooks.named_cells import Spot, named_column, word_shown
from walkaway_xl.workbooks.sections.lists import SEVERITIES

TABLE = "deals"
WORDS: Mapping[str, WordList] = {"side": SIDE_WORDS, "outcome": OUTCOME_WORDS, "flag": SEVERITIES}
SAME = ("template", "counterpart", "subject", "begun")
"""The columns by which a negotiation is known again."""
PRICES = (
    *("walkaway", "target", "their_walkaway", "walkaway_end", "agreed"),
    *("our_first", "their_first", "our_last", "their_last"),
)
Cells = dict[Spot, str | float]


class LogError(WalkawayError):
    """A deal log that takes no row, and why."""


@dataclass(frozen=True)
class Entry:
    """What goes into the log."""

    row: int
    """The row of the table, from 1 on."""
    cells: Cells
    kept: tuple[str, ...]
    """What stands in the row and differs from the workbook, in words; it stays."""
    printed: dict[str, int]
    """The last row that is printed by its sheet, where the row lies beyond it."""


class DealLog:
    """The deal log that somebody keeps.

    Parameters
    ----------
    values : Workbook
        It, read with its values.

    Raises
    ------
    LogError
        It is none, or an older one that lacks columns.
    """

    def __init__(self, values: Workbook):
        self.values = values
        marks = book_format.read(values)
        if marks.template != NAME:
            raise LogError(
                phrase(
                    "this is a {template} and no deal log; --into names one, and new deal_log writes it",
                    template=marks.template,
                )
            )
        self.marks = marks
        self.count = 0
        while f"{TABLE}.{self.count + 1}.outcome" in marks.inputs:
            self.count += 1

    @property
    def currency(self) -> str:
        """What its amounts are in."""
        return str(self._value("currency") or "").strip()

    @property
    def levels(self) -> list[str]:
        """Who may sign, in the words of the house."""
        return [
            str(self.values[spot.sheet].cell(spot.row, spot.column).value)
            for key, spot in self.marks.settings.items()
            if key.startswith("levels.")
        ]

    def rate(self, of_book: str, given: float | None) -> float:
        """What an amount of a workbook is multiplied by to be one of the log.

        Parameters
        ----------
        of_book : str
            The currency of the workbook.
        given : float, optional
            What somebody says that it is.

        Raises
        ------
        LogError
            The two are in different currencies, and nobody says what one is worth in the other.
        """
        ours = self.currency
        if not ours and self.last_used:
            raise LogError(phrase("the log does not say its currency; fill it in on Checks"))
        if not of_book:
            raise LogError(phrase("the workbook does not say its currency; fill it in on Start"))
        if not ours or ours.casefold() == of_book.casefold():
            if given is not None:
                raise LogError(phrase("both are in {currency}; leave --rate out", currency=of_book))
            return 1.0
        if given is None:
            raise LogError(
                phrase(
                    "the workbook is in {of_book}, and the log adds up amounts in {ours}; say what "
                    "1 {of_book} is in {ours}, as in --rate 0.95, or name another log: --into",
                    of_book=of_book,
                    ours=ours,
                )
            )
        return given

    @property
    def last_used(self) -> int:
        """The last row that holds something; 0 for none."""
        return max((row for row in range(1, self.count + 1) if self._is_used(row)), default=0)

    def row_for(self, facts: Mapping[str, Value], *, again: bool) -> int:
        """The row of a negotiation: the one that was begun for it, or the first that is free.

        Raises
        ------
        LogError
            It stands in the log already, or all rows are taken.
        """
        of_it = [row for row in range(1, self.count + 1) if self._is_of(row, facts)]
        for row in of_it:
            if not again and self._cell(row, "outcome"):
                raise LogError(
                    phrase(
                        "{counterpart} stands in the log already, in row {row}: {outcome}, ended {ended}; "
                        "--again logs it a second time",
                        counterpart=facts["counterpart"],
                        row=row,
                        outcome=self._cell(row, "outcome"),
                        ended=self._cell(row, "ended") or phrase("on an unknown day"),
                    )
                )
            if not self._cell(row, "outcome"):
                return row
        free = self.last_used + 1
        if free > self.count:
            free = next((row for row in range(1, self.count + 1) if not self._is_used(row)), 0)
        if not free:
            raise LogError(
                phrase(
                    "all {count} rows of the log are taken; begin a new one: --into NEW.xlsx",
                    count=self.count,
                )
            )
        return free

    def entry(self, row: int, facts: Mapping[str, Value], currency: str) -> Entry:
        """What goes into the cells of a row.

        Parameters
        ----------
        row : int
            The row of the table.
        facts : mapping
            What is known, by column; choices in the words of our source, amounts in the log's currency.
        currency : str
            The currency of the log, if it has none yet.
        """
        cells: Cells = {}
        kept = []
        for key, value in facts.items():
            name = f"{TABLE}.{row}.{key}"
            if name not in self.marks.inputs:
                raise LogError(
                    phrase(
                        "the log has no column {key} yet, as an older one; walkaway-xl upgrade brings it "
                        "up to date",
                        key=key,
                    )
                )
            shown = self._shown(key, value)
            stands = self._cell(row, key)
            if stands in (None, ""):
                cells[self.marks.inputs[name]] = self._stored(shown)
            elif stands != shown:
                kept.append(
                    phrase(
                        "{key} is {stands} there, and {shown} in the workbook",
                        key=key,
                        stands=stands,
                        shown=shown,
                    )
                )
        if not self.currency:
            cells[self.marks.inputs["currency"]] = currency
        printed = self._printed_until(row, cells)
        return Entry(row, cells, tuple(kept), printed)

    def _printed_until(self, row: int, cells: Cells) -> dict[str, int]:
        """Let the printed pages end at the row, if they end before it."""
        count, first = self.marks.settings.get("printed"), self.marks.inputs[f"{TABLE}.{row}.outcome"]
        rows = count and self.values[count.sheet].cell(count.row, count.column).value
        if count is None or not isinstance(rows, int | float) or rows >= row:
            return {}
        cells[count] = float(row)
        return {first.sheet: first.row}

    def result(self, row: int) -> tuple[str, float | None]:
        """The verdict of a row, and what it won or protected in all."""
        verdicts, amounts = (named_column(self.values, name) for name in (VERDICTS_NAME, AMOUNTS_NAME))
        amount = amounts[row - 1] if amounts else None
        return str(verdicts[row - 1]) if verdicts else "", amount if isinstance(amount, int | float) else None

    # --- cells ---------------------------------------------------------------------------------------------

    def _value(self, name: str) -> Any:
        spot = self.marks.inputs.get(name)
        value = spot and self.values[spot.sheet].cell(spot.row, spot.column).value
        return value.date() if isinstance(value, datetime) else value

    def _cell(self, row: int, key: str) -> Any:
        return self._value(f"{TABLE}.{row}.{key}")

    def _is_used(self, row: int) -> bool:
        begin = f"{TABLE}.{row}."
        return any(
            self._value(name) not in (None, "") for name in self.marks.inputs if name.startswith(begin)
        )

    def _is_of(self, row: int, facts: Mapping[str, Value]) -> bool:
        """Whether a row is about a negotiation: with whom, what about and since when, if it says so."""
        if not self._cell(row, "counterpart"):
            return False
        pairs = ((self._cell(row, key), self._shown(key, facts[key])) for key in SAME if key in facts)
        return all(there in (None, "") or _plain(there) == _plain(ours) for there, ours in pairs)

    def _shown(self, key: str, value: Value) -> Value:
        """A value as the log shows it: a choice in the log's own words."""
        if key in WORDS:
            return word_shown(self.values, WORDS[key], str(value))
        if key == "template" and value not in named_column(self.values, TEMPLATE_LIST):
            return word_shown(self.values, WordList("template", (NO_TEMPLATE,)), NO_TEMPLATE)
        return value

    def _stored(self, value: Value) -> str | float:
        if isinstance(value, date):
            return float(to_excel(value, self.values.epoch))
        return float(value) if isinstance(value, int | float) else str(value)


def in_currency(facts: Mapping[str, Value], rate: float) -> dict[str, Value]:
    """Facts with their amounts in another currency."""
    return {
        key: value * rate if key in PRICES and isinstance(value, int | float) else value
        for key, value in facts.items()
    }


def _plain(value: Any) -> str:
    return figure(value) if isinstance(value, float) else " ".join(str(value).split()).casefold()
