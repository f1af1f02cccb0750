"""What a cell for typing accepts, and what it says before and after."""

from dataclasses import dataclass

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import style

TITLE_LIMIT = 32  # characters Excel keeps of the title of an input message
MESSAGE_LIMIT = 255  # and of the message itself
EARLIEST = "36526"  # 1 January 2000: a date before it is a typing slip


@dataclass(frozen=True)
class Kind:
    """A kind of input: its cell style, its format, and the rule its validation checks."""

    style_name: str
    rule: str
    prompt: str
    error: str
    operator: str | None = None
    low: str | None = None
    high: str | None = None
    number_format: str | None = None


PRICE = Kind(
    "wx Input",
    "decimal",
    "A number of zero or more.",
    "Type a number of zero or more.",
    "greaterThanOrEqual",
    "0",
)
SIGNED_PRICE = Kind(
    "wx Input",
    "decimal",
    "A number: + is better for you, − is worse.",
    "Type a number.",
    "between",
    "-1000000000",
    "1000000000",
    style.PRICE_DELTA,
)
SHARE = Kind(
    "wx Input %",
    "decimal",
    "A share between 0 % and 100 %. Type 15% or 0.15.",
    "Type 15% or 0.15: a share between 0 % and 100 %.",
    "between",
    "0",
    "1",
)
MARGIN = Kind(
    "wx Input %",
    "decimal",
    "A share below 100 %; negative if you accept a loss. Type 20% or 0.2.",
    "Type 20% or 0.2: a share below 100 %.",
    "between",
    "-1",
    "0.99",
)
COUNT = Kind(
    "wx Input qty",
    "decimal",
    "A number of zero or more.",
    "Type a number of zero or more.",
    "greaterThanOrEqual",
    "0",
)
WHOLE = Kind(
    "wx Input qty",
    "whole",
    "A whole number of zero or more.",
    "Type a whole number of zero or more.",
    "greaterThanOrEqual",
    "0",
    number_format=style.WHOLE,
)
DATE = Kind(
    "wx Input date",
    "date",
    "A date, typed the way your computer writes dates.",
    "Type a date from the year 2000 on.",
    "greaterThan",
    EARLIEST,
)
TEXT = Kind(
    "wx Input text", "textLength", "A few words.", "At most 250 characters, please.", "lessThanOrEqual", "250"
)


def choice(source: str, prompt: str) -> Kind:
    """A kind that offers the words of a list; `source` is a range, or words between double quotes."""
    return Kind("wx Input text", "list", prompt, "Choose one of the words in the list.", low=source)


def validate(sheet: Worksheet, cells: str, kind: Kind, title: str, prompt: str = "") -> None:
    """Attach the rule of a kind to cells, with a message for the person who types."""
    validation = DataValidation(
        type=kind.rule,
        operator=kind.operator,
        formula1=kind.low,
        formula2=kind.high,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=title[:TITLE_LIMIT],
        prompt=(prompt or kind.prompt)[:MESSAGE_LIMIT],
        errorTitle="Please check this",
        error=kind.error,
        errorStyle="stop",
    )
    for part in cells.split():
        validation.add(part)
    sheet.add_data_validation(validation)
