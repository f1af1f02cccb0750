"""What a cell for typing accepts, and what it says before and after.

Which numbers are allowed is declared in the core; a validation, its words and `filling` follow from it.
"""

import functools
import math
import string
from dataclasses import dataclass

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core import kinds
from walkaway_xl.core.errors import Reason, Unanswered, helped
from walkaway_xl.core.kinds import Range, Unit, narrowed
from walkaway_xl.sheets import style
from walkaway_xl.sheets.cell_writing import said_text

TITLE_LIMIT = 32  # characters Excel keeps of the title of an input message
MESSAGE_LIMIT = 255  # and of the message itself
TEXT_LIMIT = 250  # of what one cell takes
ERROR_LIMIT = 225  # and of what it says to a wrong value
EARLIEST = "36526"  # 1 January 2000: a date before it is a typing slip
LARGEST = "1E+300"  # what stands for "any number" in a validation
DIGITS = 15  # significant ones that Excel keeps of a number


@dataclass(frozen=True)
class Kind:
    """A kind of input: its cell style, its format, and what its validation checks.

    `number` is what the core lets in, where the cell holds a number.
    """

    style_name: str
    rule: str
    prompt: str
    error: str = ""
    operator: str | None = None
    low: str | None = None
    high: str | None = None
    number_format: str | None = None
    number: kinds.Kind | None = None

    def refusal(self, title: str) -> str:
        """What the cell says to a value that it does not accept."""
        if self.number is None:
            return said_text(self.error)
        rule = Reason(Unanswered.OUTSIDE_DOMAIN, title, self.number.must).words
        remedies = dict.fromkeys(filter(None, (self.number.too_low, self.number.too_high)))
        return " ".join([rule, *(helped(remedy) for remedy in remedies)])


def measured(style_name: str, number: kinds.Kind, prompt: str = "", number_format: str | None = None) -> Kind:
    """A kind of input that holds a number of a kind of the core."""
    operator, low, high = _ends(number.range)
    example = " Type 15% or 0.15." if number.unit is Unit.SHARE else ""
    return Kind(
        style_name,
        "whole" if number.range.whole else "decimal",
        prompt or f"It must {number.must}.{example}",
        operator=operator,
        low=low,
        high=high,
        number_format=number_format,
        number=number,
    )


def _ends(allowed: Range) -> tuple[str, str, str | None]:
    """A range as a validation says it: the operator and its one or two numbers."""
    least, most, above_least, below_most, _ = allowed
    if math.isfinite(least) and math.isfinite(most):  # "between" takes its ends in
        return "between", _within(least, math.inf, above_least), _within(most, -math.inf, below_most)
    if math.isfinite(least):
        return "greaterThan" if above_least else "greaterThanOrEqual", _plain(least), None
    if math.isfinite(most):
        return "lessThan" if below_most else "lessThanOrEqual", _plain(most), None
    return "between", f"-{LARGEST}", LARGEST


def _within(end: float, inner: float, is_outside: bool) -> str:
    """An end of a range, or if the end itself lies outside the nearest number inside that Excel can hold."""
    if not is_outside:
        return _plain(end)
    apart = 10.0 ** (math.floor(math.log10(abs(end) or 1)) - DIGITS + 1)
    return _plain(end + math.copysign(apart, inner))


def _plain(number: float) -> str:
    return f"{number:.{DIGITS}g}"


# --- amounts: prices that are paid, so none is negative ----------------------------------------------------

PRICE = measured(
    "wx Input",
    narrowed(kinds.PRICE, Range(0), "A workbook is about a price that is paid: write it without a minus."),
)
SIGNED_PRICE = measured(
    "wx Input", kinds.MONEY, "A number: + is better for you, − is worse.", style.PRICE_DELTA
)
LIST_PRICE = measured("wx Input", kinds.LIST_PRICE)
COST = measured("wx Input", kinds.COST)
WORTH = measured("wx Input", kinds.WORTH)
FUNDS = measured("wx Input", kinds.FUNDS)
DISTANCE = measured("wx Input", kinds.DISTANCE)
TICK = measured("wx Input", kinds.TICK)

# --- shares ----------------------------------------------------------------------------------------------

MARGIN = measured("wx Input %", kinds.MARGIN)
DISCOUNT = measured("wx Input %", kinds.TIER_SHARE)  # a surcharge has no place on a sheet
DEDUCTION = measured("wx Input %", kinds.DEDUCTION)
RATE = measured("wx Input %", kinds.RATE)
CHANCE = measured("wx Input %", kinds.CHANCE)
PART = measured("wx Input %", kinds.PART)
GUARD = measured("wx Input %", kinds.GUARD)
BONUS = measured("wx Input %", kinds.BONUS)

# --- counts and measures ---------------------------------------------------------------------------------

QUANTITY = measured("wx Input qty", kinds.QUANTITY)
BREAK = measured("wx Input qty", kinds.BREAK)
DAYS = measured("wx Input qty", kinds.DAYS)
COUNT = measured("wx Input qty", narrowed(kinds.COUNT, Range(0), "Count from 0 on."))
WHOLE = measured("wx Input qty", kinds.PERIODS, number_format=style.WHOLE)
WEIGHT = measured("wx Input", kinds.WEIGHT)
POWER = measured("wx Input", kinds.POWER)
FACTOR = measured("wx Input", kinds.FACTOR)
CONSTANT = measured(
    "wx Input",
    narrowed(kinds.NUMBER, Range(0), "Formulas count on it."),
    "A constant. Change it only on purpose.",
)

# --- what is no number -----------------------------------------------------------------------------------

DATE = Kind(
    "wx Input date",
    "date",
    "A date, typed the way your computer writes dates.",
    "Type a date from the year 2000 on.",
    "greaterThan",
    EARLIEST,
)
TEXT = Kind(
    "wx Input text",
    "textLength",
    "A few words.",
    f"At most {TEXT_LIMIT} characters, please.",
    "lessThanOrEqual",
    str(TEXT_LIMIT),
)


def count_of_digits(ref: str) -> str:
    """Formula for how many digits a text holds."""
    without = functools.reduce(lambda text, digit: f'SUBSTITUTE({text},"{digit}","")', string.digits, ref)
    return f"LEN({ref})-LEN({without})"


PLAIN_WORDS = Kind(
    "wx Input text",
    "custom",
    "A few words, without a number.",
    "They hear these words. Say it without a number.",
    low=f"{count_of_digits('{cell}')}=0",
)


def choice(source: str, prompt: str) -> Kind:
    """A kind that offers the words of a list; `source` is a range, or the name of one."""
    return Kind("wx Input text", "list", prompt, "Choose one of the words in the list.", low=source)


def validate(
    sheet: Worksheet, cells: str, kind: Kind, title: str, prompt: str = "", *, quiet: bool = False
) -> None:
    """Attach the rule of a kind to cells, with a message for the person who types.

    With `quiet` the message before typing stays away: it would cover what stands beside the cell.
    """
    title = said_text(title)
    validation = DataValidation(
        type=kind.rule,
        operator=kind.operator,
        formula1=kind.low.format(cell=cells.split(":")[0])
        if kind.rule == "custom" and kind.low
        else kind.low,
        formula2=kind.high,
        allow_blank=True,
        showInputMessage=not quiet,
        showErrorMessage=True,
        promptTitle=title[:TITLE_LIMIT],
        prompt=said_text(prompt or kind.prompt)[:MESSAGE_LIMIT],
        errorTitle=said_text("Please check this"),
        error=kind.refusal(title)[:ERROR_LIMIT],
        errorStyle="stop",
    )
    for part in cells.split():
        validation.add(part)
    sheet.add_data_validation(validation)
