"""What a template of a price negotiation states."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.price_book import layout
from walkaway_xl.workbooks.sections import alternatives, checklist, offer_log, walk_away
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.questions import Wording
from walkaway_xl.workbooks.sections.start_page import FloorCard
from walkaway_xl.workbooks.sides import Side

Figures = Mapping[str, str]
"""References of figures by what they hold."""
Block = Callable[[Context, Worksheet, int, Figures], tuple[dict[str, str], int]]
"""Writes rows from a row on; gives back the references it adds, and the next row."""


def nothing(context: Context, sheet: Worksheet, row: int, figures: Figures) -> tuple[dict[str, str], int]:
    """A block of a template that has none here."""
    return {}, row


@dataclass(frozen=True)
class Prepared:
    """What parts 2 and 3 of Prepare hand on."""

    results: Figures
    options: alternatives.Alternatives
    history: walk_away.History
    next_row: int


@dataclass(frozen=True)
class PriceBook:
    """A template: whose it is, what it asks, what limits the price, and what it shows of it."""

    name: str
    title: str
    side: Side
    wording: Wording
    us: str
    """What the cell asks that says who we are."""
    fields: Callable[[Formula, Formula], Sequence[tuple[str, Sequence[Field]]]]
    """The inputs of part 1 by heading, given what one unit is called in prices and in counts."""
    limit_title: str
    limit_word: str
    limit_lines: Callable[[Context], Sequence[Line]]
    """Up to the line {hard_limit}, the limit that no alternative moves."""
    cards: Callable[[Context, Figures], Sequence[FloorCard]]
    columns: Callable[[Figures], Sequence[PriceColumn]]
    limit_known: str
    """What is ready once the limit is."""
    items: Sequence[checklist.Item]
    """Beside what every book asks for; figures are {names} in them, as in `checks` and `register`."""
    flags: Sequence[checklist.Flag]
    gates: Sequence[checklist.Gate]
    own_kinds: Sequence[str]
    """Kinds of alternatives, beside those that every book has."""
    checks: Sequence[Check]
    register: Sequence[Entry]
    names: Mapping[str, str]
    """Names of the template's own headline cells, by what they hold."""
    signals: Sequence[checklist.Signal] = checklist.TEAM_SIGNALS
    is_lean: bool = False
    """Whether it has few sheets: the plan stands on Prepare, and the log on Start."""
    is_alone: bool = False
    """Whether one person prepares it: nothing is asked that needs a team."""
    unit: str | None = None
    """What prices are for; blank for the whole, and asked if not given."""
    inquiries: int = 3
    """How many questions there is room for."""
    public: Sequence[str] = ()
    """The template's own numbers that the other side knows, as a list price, by what they hold."""
    private: Sequence[str] = ()
    """The template's own numbers that the other side must not learn, by what they hold."""
    kinds: Sequence[str] = ()
    """The kinds that a blank table of alternatives begins with."""
    constants: Sequence[tuple[str, float, str]] = ()
    """Label, value and format of what only its formulas count on."""
    before_alternatives: Block = nothing
    after_limits: Block = nothing
    after_verdict: Block = nothing
    advice: Callable[[Context, Figures], str] = lambda context, figures: '""'
    note: Callable[[Context, Figures], str] = lambda context, figures: '""'
    """What a verdict on the price says beside its reason."""
    warning: Callable[[Context, Figures], tuple[str, str]] = lambda context, figures: ('""', "0")
    """What to do first, and a formula that gives 1 where it applies."""
    is_cost_of_option: bool = False
    """Whether only who takes another option pays for starting again, and nobody who stays."""
    basis: offer_log.Basis | None = None
    """What a price may mean, if it may mean two things."""
    own_words: Sequence[tuple[str, WordList]] = ()
    """Title and words of lists to choose from that only this template has."""
    parts: Sequence[offer_log.Part] = ()
    """What an offer consists of, if it is logged part by part."""
    part_names: str = ""
    """The figure that holds what the parts are called, if that is typed."""
    worth: Callable[[Context, Figures, offer_log.Parts, str], Sequence[str]] = (
        lambda context, figures, parts, title: ()
    )
    """A formula for each round: what an offer comes to, blank while something is missing."""
    broken: str = ""
    """What counts the red lines that their offer breaks: any is a WALK AWAY, however good the rest."""
    deep_limit: str = ""
    """The limit that Prepare works out and that then takes the place of the answer on Start, if it does."""

    @property
    def sheets(self) -> Sequence[str]:
        """The titles of its sheets."""
        return layout.LEAN_SHEETS if self.is_lean else layout.SHEETS

    @property
    def plan_sheet(self) -> str:
        """The title of the sheet that holds the plan."""
        return layout.PREPARE if self.is_lean else layout.PLAN

    @property
    def talks_sheet(self) -> str:
        """The title of the sheet that holds the log of offers."""
        return layout.START if self.is_lean else layout.TALKS

    @property
    def word_lists(self) -> Sequence[tuple[str, WordList]]:
        """Title and words of its own lists, with what a price may mean."""
        return (*((("What prices may mean", self.basis.words),) if self.basis else ()), *self.own_words)
