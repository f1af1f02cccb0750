"""What an argument may be, declared once: cells, Python, policies, workbooks and pages all read it here.

A kind says what a cell holds, which numbers are allowed, and what helps who wrote another. It stands with the
argument, in the decorator :func:`walkaway_xl.core._takes.takes`.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.choices import DIRECTIONS, DISTRIBUTIONS, SIDES, choices
from walkaway_xl.core.number_style import POINT, figure
from walkaway_xl.core.statuses import Status


class Holds(Enum):
    """What one cell of an argument or a result holds."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "TRUE or FALSE"
    ANY = "a number, a text, or TRUE or FALSE"


class Shape(Enum):
    """How an argument takes a range."""

    ELEMENT = "each cell answers for itself; a column in gives a column out"
    SINGLE = "one cell"
    COLUMN = "one row or column, read as a whole"
    ROWS = "one row or column, each row answers for itself"
    GRID = "a table, read as a whole"
    AS_IT_IS = "handed on as it is, blanks and errors too"


class Unit(Enum):
    """What a number counts."""

    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    COUNT = "count"


class Range(NamedTuple):
    """From where to where a number may lie."""

    least: float = -math.inf
    most: float = math.inf
    above_least: bool = False  # whether the least itself is too low
    below_most: bool = False  # whether the most itself is too high
    whole: bool = False

    @property
    def must(self) -> str:
        """What a number in it must do, as it follows "must": be zero or more."""
        noun = "a whole number " if self.whole else ""
        # Reasons are kept for all hosts, and written for each of them when they are said.
        low, high = (figure(end, style=POINT) for end in (self.least, self.most))
        if math.isinf(self.least) and math.isinf(self.most):
            return f"be {noun or 'a number '}".rstrip()
        if math.isinf(self.most):
            if self.least == 0 and not self.whole:
                return "be above 0" if self.above_least else "be zero or more"
            return (
                f"be {noun}{'above' if self.above_least else 'from'} {low}{'' if self.above_least else ' on'}"
            )
        if math.isinf(self.least):
            return f"be {noun}{'below' if self.below_most else 'at most'} {high}"
        if self.above_least:
            return f"be {noun}above {low} and {'below' if self.below_most else 'at most'} {high}"
        verb = f"be {noun}from" if noun else "lie from"
        return f"{verb} {low} to {'below ' if self.below_most else ''}{high}"


ANY_NUMBER = Range()


@dataclass(frozen=True)
class Kind:
    """What the cells of an argument or a result hold.

    Parameters
    ----------
    word : str
        The word in the reference and the wizard.
    unit : Unit
        What a number counts.
    range : Range
        Which numbers are allowed.
    too_low, too_high : str
        What helps who wrote a number below or above the range.
    lifted_by : str
        The argument that lifts the lower end of the range, and so is the way to enter a true exception.
    holds : Holds
        What a cell holds.
    words : mapping
        Words that stand for numbers, in an argument; for a result, what the codes are called.
    only_words : bool
        Whether the words' numbers are the only ones allowed.
    chooses : bool
        Whether a word of it chooses how the whole question is answered.
    shape : Shape
        How a range of cells is taken.
    may_be_blank : bool
        Whether a required argument may be blank all the same.
    may_be_na : bool
        Whether #N/A is passed over as a blank is, instead of coming back as the answer.
    """

    word: str
    unit: Unit = Unit.NUMBER
    range: Range = ANY_NUMBER
    too_low: str = ""
    too_high: str = ""
    lifted_by: str = ""
    holds: Holds = Holds.NUMBER
    words: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    only_words: bool = False
    chooses: bool = False
    shape: Shape = Shape.ELEMENT
    may_be_blank: bool = False
    may_be_na: bool = False

    @cached_property
    def is_numeric(self) -> bool:
        """Whether cells are read as numbers; the others stay what they are."""
        return self.holds in (Holds.NUMBER, Holds.FLAG)

    @cached_property
    def is_measured(self) -> bool:
        """Whether its numbers are numbers, and not words or flags in disguise."""
        return self.holds is Holds.NUMBER and not self.only_words

    @property
    def must(self) -> str:
        """What a cell of it must do, as it follows "must" in a sentence."""
        return f"be {choices(self.words)}" if self.only_words else self.range.must

    @property
    def reach(self) -> str:
        """From where to where its numbers may lie, as the reference says it; empty where any will do."""
        return "" if self.range == ANY_NUMBER else re.sub(r"^(be|lie) ", "", self.range.must)

    @property
    def leeway(self) -> float:
        """How far beyond an end a number may lie: a share is rarely exact, an amount has no scale."""
        return TOLERANCE if self.unit is Unit.SHARE else 0.0

    @cached_property
    def lowest(self) -> float:
        """The lowest number that is let in."""
        least = self.range.least
        return math.nextafter(least, math.inf) if self.range.above_least else least - self.leeway

    @cached_property
    def highest(self) -> float:
        """The highest number that is let in."""
        most = self.range.most
        return math.nextafter(most, -math.inf) if self.range.below_most else most + self.leeway


_PERCENT = "Write {got}% or {hundredth}, not {got}."
_NO_MINUS = "Write it without the minus."

# --- amounts ---------------------------------------------------------------------------------------------

MONEY = Kind("money", Unit.MONEY)
PAYOFF = Kind("payoff", Unit.MONEY)  # of any sign: what comes in is positive
PRICE = Kind("price", Unit.MONEY)  # negative where the seller pays to be rid of something
LIST_PRICE = Kind("price", Unit.MONEY, Range(0, above_least=True), too_low="Write what one unit lists at.")
AIM = replace(LIST_PRICE, too_low="Write the price that you want to end at.")
COST = Kind(
    "cost",
    Unit.MONEY,
    Range(0),
    too_low="Write what is paid without a minus; what comes in lowers the cost that it belongs to.",
)
FUNDS = Kind("money", Unit.MONEY, Range(0), too_low="Take a debt off before.")
WORTH = Kind("money", Unit.MONEY, Range(0), too_low="Write 0 for what is worth nothing to its owner.")
DISTANCE = Kind("money", Unit.MONEY, Range(0), too_low=_NO_MINUS)
TICK = Kind("money", Unit.MONEY, Range(0, above_least=True), too_low="Leave it out for no rounding.")
STAKE = Kind(
    "money",
    Unit.MONEY,
    Range(0, above_least=True),
    too_low="Leave it out if risk does not trouble you.",
)
ITEM = Kind(
    "deduction",
    Unit.MONEY,
    Range(0),
    too_low="Write what is taken off without a minus, or set surcharges to TRUE if it is added.",
    lifted_by="surcharges",
)

# --- shares ----------------------------------------------------------------------------------------------

SHARE = Kind("share", Unit.SHARE)
CHANCE = Kind("chance", Unit.SHARE, Range(0, 1), too_low="Write 0 for what cannot be.", too_high=_PERCENT)
MARGIN = Kind("margin", Unit.SHARE, Range(most=1, below_most=True), too_high=_PERCENT)
CONTRIBUTION = Kind("margin", Unit.SHARE, Range(most=1), too_high=_PERCENT)
DISCOUNT = Kind(
    "discount",
    Unit.SHARE,
    Range(0, 1),
    too_low="Write a discount without a minus, or set surcharges to TRUE if it is a surcharge.",
    too_high=_PERCENT,
    lifted_by="surcharges",
)
TIER_SHARE = Kind(
    "share",
    Unit.SHARE,
    Range(0, 1),
    too_low="Write it without the minus; a surcharge goes into the list price.",
    too_high=_PERCENT,
)
CASH_DISCOUNT = Kind(
    "discount",
    Unit.SHARE,
    Range(0, 1, below_most=True),
    too_low="Write it without the minus; a late fee goes into the price.",
    too_high=_PERCENT,
)
DEDUCTION = Kind(
    "deduction",
    Unit.SHARE,
    Range(0, 1, below_most=True),
    too_low="Write what is lost without a minus; what is earned later lowers the cost.",
    too_high=_PERCENT,
)
PART = Kind("share", Unit.SHARE, Range(0, 1), too_low=_NO_MINUS, too_high=_PERCENT)
GUARD = Kind("share", Unit.SHARE, Range(0, 1, below_most=True), too_low=_NO_MINUS, too_high=_PERCENT)
STEP = Kind(
    "share",
    Unit.SHARE,
    Range(0, 0.25, above_least=True),  # wider steps are no steps; 0.5 is meant for half a percent
    too_low="Leave it out for no rounding.",
    too_high=_PERCENT,
)
PATIENCE = Kind(
    "share",
    Unit.SHARE,
    Range(0, 1, below_most=True),
    too_low="Write 0.95 if waiting a round costs 5 %.",
    too_high="Write 0.95 if waiting a round costs 5 %.",
)
CHANGE = Kind(
    "change",
    Unit.SHARE,
    Range(-1, 1, above_least=True, below_most=True),
    too_low=_PERCENT,
    too_high=f"{_PERCENT} Take a larger change in two steps.",
)
MARKUP = Kind(
    "markup",
    Unit.SHARE,
    Range(-1, 10, above_least=True),
    too_low=_PERCENT,
    too_high=f"{_PERCENT} State more than that as a price.",
)
RATE = Kind(
    "rate",
    Unit.SHARE,
    Range(-1, 4, above_least=True),
    too_low=_PERCENT,
    too_high=f"{_PERCENT} Take shorter periods for a higher rate.",
)
BONUS = Kind(
    "bonus",
    Unit.SHARE,
    Range(0, 4),
    too_low=_NO_MINUS,
    too_high=f"{_PERCENT} Put a larger bonus into the benefits, as money.",
)

# --- counts and measures ----------------------------------------------------------------------------------

NUMBER = Kind("number")
COUNT = Kind("count", Unit.COUNT)
FACTOR = Kind("number", range=Range(0), too_low="Write 1.5 for half as much again.")
POWER = Kind("number", range=Range(0, above_least=True), too_low="Write 1 for even steps.")
QUANTITY = Kind("quantity", range=Range(0), too_low="A return is a question of its own; leave it out here.")
BREAK = Kind("quantity", range=Range(0), too_low="A tier begins at 0 or above.")
WEIGHT = Kind("weight", range=Range(0), too_low="Write 0 for what does not matter.")
DAYS = Kind("days", Unit.COUNT, Range(0), too_low="Count the days from the invoice.")
DELAY = Kind("periods", range=Range(0), too_low="Write 0 for what is paid now.")
YEAR_DAYS = Kind(
    "days of a year",
    Unit.COUNT,
    Range(360, 366),
    too_low="Write 365, or 360 where the contract counts so.",
    too_high="Write 365, or 360 where the contract counts so.",
)
PERIODS = Kind(
    "count", Unit.COUNT, Range(0, whole=True), too_low="Count whole periods.", too_high="Count whole periods."
)


def counted(remedy: str, most: float = math.inf) -> Kind:
    """A whole number from 1 on, up to the most there may be."""
    return Kind("count", Unit.COUNT, Range(1, most, whole=True), too_low=remedy, too_high=remedy)


# --- what is no number ------------------------------------------------------------------------------------

TEXT = Kind("text", holds=Holds.TEXT)
FLAG = Kind("TRUE or FALSE", holds=Holds.FLAG)
LABEL = Kind("number or text", holds=Holds.ANY)
ANYTHING = Kind("anything", holds=Holds.ANY, shape=Shape.AS_IT_IS)


def choice(word: str, words: Mapping[str, float]) -> Kind:
    """A word out of a list, or its number."""
    return Kind(word, words=words, only_words=True)


SIDE = choice("side", SIDES)
DIRECTION = choice("direction", DIRECTIONS)
DISTRIBUTION = choice("distribution", DISTRIBUTIONS)


def worded(kind: Kind, words: Mapping[str, float]) -> Kind:
    """A number, some of which have names."""
    return replace(kind, words=words)


def status(kind: type[Status]) -> Kind:
    """A status: an enumeration in the core, its words in the cell."""
    return Kind("status", holds=Holds.TEXT, words={member.word: member for member in kind})


def narrowed(kind: Kind, to: Range, because: str) -> Kind:
    """A kind of which some place takes only a part, and the sentence that says why."""
    within = to.least >= kind.range.least and to.most <= kind.range.most
    assert within, f"{to} is no part of {kind.range}"
    return replace(kind, range=to, too_low=because, too_high=kind.too_high or because)


def single(kind: Kind) -> Kind:
    """One cell of a kind."""
    return replace(kind, shape=Shape.SINGLE)


def choosing(word: str, words: Mapping[str, float]) -> Kind:
    """A word that chooses how the whole question is answered."""
    return replace(single(choice(word, words)), chooses=True)


def output(words: Mapping[str, float]) -> Kind:
    """The word that says which answer is wanted."""
    return choosing("output", words)


def column(kind: Kind) -> Kind:
    """A row or column of a kind, read as a whole: one bad cell leaves no answer."""
    return replace(kind, shape=Shape.COLUMN)


def rows(kind: Kind) -> Kind:
    """A row or column of a kind whose rows answer one by one."""
    return replace(kind, shape=Shape.ROWS)


def grid(kind: Kind) -> Kind:
    """A table of a kind."""
    return replace(kind, shape=Shape.GRID)


def or_blank(kind: Kind) -> Kind:
    """A kind that a required argument may leave blank."""
    return replace(kind, may_be_blank=True)


def or_na(kind: Kind) -> Kind:
    """A kind of which #N/A means that there is none, as a blank does."""
    return replace(kind, may_be_na=True)
