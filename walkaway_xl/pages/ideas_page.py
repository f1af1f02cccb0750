"""The page of the ideas: where each of them works, in which cell or function, and what it shows there.

What the cells show is read from the worked examples as they lie in the repository, so no number is typed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.pages.markdown import joined, table
from walkaway_xl.pages.terminal import literal
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import reading, template

PATH = "docs/ideas.md"
LONGEST = 90  # characters that are shown of a text
Show = tuple[str, str, str]
"""Where something stands, its cell or formula, and what it shows."""


class Examples:
    """The worked examples, each read once."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.values: Callable[[str], Workbook] = cache(self._values)
        self.draft: Callable[[str], Draft] = cache(lambda name: template(name).build())

    def _values(self, name: str) -> Workbook:
        return reading.values_of(self._read(f"templates/{name}_example.xlsx"))


@dataclass(frozen=True)
class Named:
    """A cell that the workbook names."""

    book: str
    name: str

    def show(self, examples: Examples) -> Show:
        """Where it is, and what it shows."""
        values = examples.values(self.book)
        title, cells = next(iter(values.defined_names[self.name].destinations))
        return _cell(self.book, values[title], cells.partition(":")[0].replace("$", ""))


@dataclass(frozen=True)
class Typed:
    """A cell to fill in, by the name of the input."""

    book: str
    name: str

    def show(self, examples: Examples) -> Show:
        """Where it is, and what the example has in it."""
        asked = examples.draft(self.book).inputs[self.name].reference
        return _cell(self.book, examples.values(self.book)[asked.sheet], asked.cells.replace("$", ""))


@dataclass(frozen=True)
class Beside:
    """A cell in the row of a label."""

    book: str
    sheet: str
    label: str
    column: str

    def show(self, examples: Examples) -> Show:
        """Where it is, and what it shows."""
        sheet = examples.values(self.book)[self.sheet]
        for row in sheet.iter_rows():
            if any(cell.value == self.label for cell in row):
                return _cell(self.book, sheet, f"{self.column}{row[0].row}")
        raise WalkawayError(
            phrase("{label} is not on {sheet} of {book}", label=self.label, sheet=self.sheet, book=self.book)
        )


@dataclass(frozen=True)
class Answer:
    """A worksheet function, with one of its worked examples."""

    function: str
    number: int = 0

    def show(self, examples: Examples) -> Show:
        """Its formula, and what it answers."""
        example = CATALOGUE[self.function].examples[self.number]
        return f"`{self.function}`", f"`{example.formula(self.function)}`", _answered(example.gives)


def _answered(value: Any) -> str:
    """An answer; of a table its cells, one after the other."""
    if isinstance(value, list):
        return ", ".join(_answered(part) for part in value)
    return literal(value)


def _cell(book: str, sheet: Worksheet, cell: str) -> Show:
    value = sheet[cell].value
    if value in (None, ""):
        raise WalkawayError(
            phrase("{cell} of {sheet} shows nothing in {book}", cell=cell, sheet=sheet.title, book=book)
        )
    return f"`{book}`", f"{sheet.title}!{cell}", _said(value)


def _said(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


Place = Named | Typed | Beside | Answer
SELL, BUY, JOB, MINE, USED, CONTRACT = (
    *("seller_price", "procurement_buyer", "salary_candidate"),
    *("salary_employee", "used_goods", "multi_issue_contract"),
)
IDEAS: Mapping[str, tuple[str, Sequence[Place]]] = {
    "A1": (
        "The point where negotiating no longer makes sense",
        (Named(SELL, "wx_walkaway"), Answer("WALKAWAY_CHECK")),
    ),
    "A2": (
        "The walk-away is set before the talks",
        (
            Typed(SELL, "history.1.on"),
            Beside(SELL, "Checks", "Walk-away was set before the first offer, days", "C"),
        ),
    ),
    "A3": (
        "A boundary, and no change of it without a reason",
        (Typed(SELL, "history.1.reason"), Typed("discount_floor_sheet", "exceptions.1.reason")),
    ),
    "A4": (
        "It is never revealed",
        (Beside(SELL, "Checks", "Digits in the words for leaving", "C"),),
    ),
    "A5": ("Not slightly above it, but nowhere near", (Named(SELL, "wx_buffer"), Answer("WALKAWAY_SCORE"))),
    "A6": (
        "Alternatives: another one, make it, wait, do nothing",
        (Typed(SELL, "alternatives.1.kind"), Beside(SELL, "Checks", "Alternatives with a price", "C")),
    ),
    "A7": ("What will you do if you don't agree this deal?", (Typed(SELL, "answer"),)),
    "A8": (
        "The used car: 7,500 here, 6,500 elsewhere",
        (Named(USED, "wx_verdict"), Named(USED, "wx_binding")),
    ),
    "A9": (
        "The alternative is not quite the walk-away",
        (Named(SELL, "wx_batna"), Named(SELL, "wx_batna_floor"), Answer("WALKAWAY_PRICE")),
    ),
    "A10": (
        "Wish, want, walk",
        (Named(SELL, "wx_wish"), Named(SELL, "wx_target"), Named(SELL, "wx_walkaway")),
    ),
    "A11": (
        "Concede on what is no walk-away issue",
        (Typed(CONTRACT, "issues.1.red_line"), Answer("ISSUE_TRADES")),
    ),
    "A12": (
        "A broken red line ends it, whatever the rest",
        (Named(CONTRACT, "wx_red_lines"), Answer("WALKAWAY_ISSUES")),
    ),
    "A13": ("The zone between both walk-aways", (Named(SELL, "wx_zone"), Answer("ZOPA"))),
    "A14": ("Slicing a fixed pie", (Answer("ZOPA_SHARE"),)),
    "A15": (
        "Anchors, and a counter that is set by the hope",
        (Named(JOB, "wx_counter"), Typed(JOB, "moves.reason"), Answer("OFFER_BRACKET")),
    ),
    "A16": (
        "Concessions, planned",
        (
            Typed(SELL, "moves.opening"),
            Beside(SELL, "Checks", "Concession plan, last offer", "E"),
            Answer("CONCESSION_PLAN"),
        ),
    ),
    "A17": ("They give no room: leave", (Named(SELL, "wx_talks"), Answer("CONCESSION_STATUS"))),
    "A18": (
        "Where their steps lead, against the walk-away",
        (Beside(BUY, "Checks", "Their implied limit", "E"), Answer("CONCESSION_LIMIT")),
    ),
    "A19": ("Silence: wait, and do not bid against yourself", (Named(SELL, "wx_talks_advice"),)),
    "A20": ("Walk-away power", (Named(SELL, "wx_power"), Named(MINE, "wx_power"), Answer("WALKAWAY_POWER"))),
    "A21": (
        "Who is desperate takes anything: how long can you say no?",
        (
            Named(MINE, "wx_binding"),
            Beside(JOB, "Prepare", "Months you can hold out", "E"),
            Answer("WALKAWAY_RUNWAY"),
        ),
    ),
    "A22": ("The whole package, a year", (Named(JOB, "wx_package"), Answer("COMP_TOTAL"))),
    "A23": (
        "The lowest one can go with a discount",
        (Named(SELL, "wx_economic_floor"), Answer("DISCOUNT_MAX")),
    ),
    "A24": ("A product without a fixed price", (Answer("PRICE_GUIDANCE"),)),
    "A25": (
        "Giving away too much",
        (Beside(SELL, "Prepare", "Deepest discount at that floor", "E"), Answer("PRICE_BREAKEVEN")),
    ),
    "A26": (
        "The deals that one does not make",
        (Named("deal_log", "wx_value_protected"), Answer("DEAL_RESULT")),
    ),
    "A27": (
        "Relationship, risk, value, in that order",
        (Typed(SELL, "gates.1.score"), Beside(SELL, "Plan", "Value: is it worth the effort?", "G")),
    ),
    "A28": ("Red flags: leave", (Typed(SELL, "flags.3.present"), Answer("FLAG_CHECK"))),
    "A29": ("Bad faith: run, and leave no door open", (Beside(SELL, "Plan", "Run: no door", "E"),)),
    "A30": (
        "Walk politely; they may call back",
        (Typed(SELL, "words.call_back"), Beside(SELL, "Plan", "Call back later", "E")),
    ),
    "A31": (
        "The words for leaving",
        (Beside(SELL, "Plan", "Walk away politely", "E"), Answer("WALKAWAY_MESSAGE")),
    ),
    "A32": (
        "Leave early: what going on is worth, what to look at first",
        (Named(SELL, "wx_going_on"), Answer("WALKAWAY_EXIT"), Answer("DILIGENCE_ORDER")),
    ),
    "A33": (
        "Secret signals of the team",
        (Typed(SELL, "signals.1.sign"), Beside(SELL, "Plan", "Break: talk outside the room", "E")),
    ),
    "A34": ("Failing to prepare", (Named(SELL, "wx_prep"), Answer("PREP_SCORE"))),
    "A35": (
        "The worst case",
        (Beside(SELL, "Prepare", "The same, if that alternative ends at its worst", "E"), Answer("BATNA_CE")),
    ),
    "A36": (
        "There is another option: improve it, or look for one more",
        (
            Typed(SELL, "alternatives.1.becomes"),
            Beside(SELL, "Prepare", "One more offer", "H"),
            Answer("BATNA_SEARCH"),
        ),
    ),
    "A37": (
        "The car: what one can afford, and what differs",
        (Named(USED, "wx_budget_ceiling"), Named(USED, "wx_market_value"), Typed(USED, "options.1.worth")),
    ),
    "B1": (
        "Be at ease with leaving: it is rehearsed",
        (Typed(USED, "words.rehearsed"), Typed(USED, "words.bluff")),
    ),
    "B2": (
        "Refuse a pay cut, a transfer, a layoff",
        (Named(MINE, "wx_verdict"), Typed(MINE, "item"), Named(MINE, "wx_walkaway")),
    ),
    "B3": (
        "A signal that brings a colleague back in line",
        (Beside(SELL, "Plan", "Back in line: stop, and let me speak for us", "E"),),
    ),
    "B4": (
        "Vehicles side by side",
        (Beside(USED, "Prepare", "This one", "I"), Beside(USED, "Prepare", "Same model, one owner", "J")),
    ),
}
"""By their numbers: those of the mission first, then the four that its table lacks."""


def page(read: Callable[[str], bytes]) -> str:
    """The page as Markdown; `read` gives the content of a file of the repository."""
    return joined(_blocks(Examples(read)))


def _blocks(examples: Examples) -> Iterator[str]:
    yield "# Every idea, and where it works"
    yield (
        "Each idea that this package is made of, with the cell of a worked example or the worksheet function "
        "in which it works, and what that shows. `walkaway-xl new TEMPLATE --example` writes the examples. "
        "This page is written from them, so it cannot say anything else than they do."
    )
    rows = []
    for number, (idea, places) in IDEAS.items():
        for place in places:
            where, cell, shown = place.show(examples)
            first = place is places[0]
            rows.append((number if first else "", idea if first else "", where, cell, shown))
    yield table(("", "idea", "workbook or function", "cell or formula", "shows"), rows)
