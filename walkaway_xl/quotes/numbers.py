"""Text that should be a number: read as it is written or refused with the remedy, never guessed."""

import re
from typing import NamedTuple

import numpy as np
import polars as pl

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.errors import QuoteError


class Notation(NamedTuple):
    """How numbers are written in a text file."""

    decimal: str = "."
    thousands: str | None = None

    def checked(self) -> "Notation":
        """Itself, unless the two signs cannot be told apart."""
        signs = (self.decimal, self.thousands or " ")
        if (
            len(self.decimal) != 1
            or len(signs[1]) != 1
            or signs[0] == signs[1]
            or re.search(r"[\d+-]", "".join(signs))
        ):
            raise QuoteError(
                "--decimal and --thousands must be two different signs and no digits; they are "
                f'{self.decimal!r} and {self.thousands!r}. Write --decimal "," --thousands "."'
            )
        return self

    @property
    def pattern(self) -> str:
        """What a number looks like."""
        point, whole = re.escape(self.decimal), r"\d+"
        if self.thousands:
            whole = rf"(?:\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}})+|\d+)"
        return rf"^[+-]?(?:{whole}(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?$"


PLAIN = Notation()

# As spreadsheet programs write errors in the languages they speak: #N/A, #NV, #¡DIV/0!, #NAME?, Err:502.
CELL_ERROR = re.compile(r"#(?:N/A|N/D|NV|GETTING_DATA|[¡¿]?[^\W\d_][\w/.]*[!?])|Err:\d{3}")


def is_cell_error(text: str) -> bool:
    """Whether a text is the error of a cell."""
    return CELL_ERROR.fullmatch(text.strip()) is not None


def error_reason(role: str, place: str, error: str) -> str:
    """Why a line with an error in a cell cannot be checked."""
    return f"{role} in {place} is the error {error.strip()}; mend the formula behind it"


SHORTEST_POINT = len("1.234")


def longest(text: pl.Series) -> int:
    """Bytes of the longest cell, which is quicker found than what stands in it."""
    length = text.str.len_bytes().max()
    return length if isinstance(length, int) else 0


class Unclear:
    """Finds columns of a text file whose comma or point may stand between thousands or before decimals."""

    def __init__(self, source: object):
        self.source = source
        self.settled: set[str] = set()

    def refuse(self, text: pl.Series, unread: int) -> None:
        """Refuse a column that has two readings.

        A comma is asked about where most numbers have one: one of them alone is a line to reject. A point
        would be read without a word, so it is asked about where no number tells what it is.

        Parameters
        ----------
        text : Series
            The cells, under the name of their column.
        unread : int
            How many of them are no number as they are written.
        """
        if unread:
            cells = text.str.strip_chars()
            commas = cells.filter(cells.str.contains(r"^[+-]?[1-9]\d{0,2},\d{3}$"))
            if 2 * len(commas) > (cells != "").sum():
                self._ask(text.name, commas[0], ("--thousands", ","), ("--decimal", ","))
        if text.name in self.settled or longest(text) < SHORTEST_POINT:
            return
        points = text.filter(text.str.contains(".", literal=True)).str.strip_chars()
        if points.is_empty():
            return
        if points.str.contains(r"^[+-]?[1-9]\d{0,2}\.\d{3}$").all():
            self._ask(text.name, points[0], ("--decimal", ",", "--thousands", "."), ("--decimal", "."))
        self.settled.add(text.name)

    def _ask(self, column: str, example: str, whole: tuple[str, ...], decimal: tuple[str, ...]) -> None:
        digits = re.sub(r"[.,]", "", example)
        raise AmbiguityError(
            f"{self.source}: column {column} has numbers as {example}, which have two readings",
            [
                Meaning(f"{example} is {digits}", whole),
                Meaning(f"{example} is {digits[:-3]}.{digits[-3:]}", decimal),
            ],
        )


def read_numbers(
    text: pl.Series, role: str, notation: Notation, per_sign: float | None = None
) -> tuple[Floats, dict[int, str]]:
    """A column of text as numbers, NaN for a blank; and what is wrong with each cell that is none.

    Parameters
    ----------
    text : Series
        The cells, under the name of their column.
    role : str
        What they hold, for messages.
    notation : Notation
        How numbers are written.
    per_sign : float, optional
        What a number with a percent sign is divided by. Left out, it is no number.
    """
    cells = text.str.strip_chars()
    written = cells
    if per_sign is not None:
        shares = cells.str.ends_with("%")
        if shares.any():
            written = cells.str.strip_suffix("%").str.strip_chars_end()
    if notation != PLAIN:
        written = written.set(~written.str.contains(notation.pattern).fill_null(False), None)
        if notation.thousands:
            written = written.str.replace_all(notation.thousands, "", literal=True)
        written = written.str.replace(notation.decimal, ".", literal=True)
    numbers = written.cast(pl.Float64, strict=False)
    values = numbers.fill_null(float("nan")).to_numpy().copy()
    if per_sign is not None and shares.any():
        values = np.where(shares.fill_null(False).to_numpy(), values / per_sign, values)
    wrong = np.flatnonzero(~np.isfinite(values) & (cells.fill_null("") != "").to_numpy())
    faults = {int(at): _fault(role, text.name, str(cells[int(at)]), notation) for at in wrong}
    values[wrong] = np.nan
    return values, faults


def _fault(role: str, column: str, cell: str, notation: Notation) -> str:
    if is_cell_error(cell):
        return error_reason(role, f"column {column}", cell)
    said = f"{role} must be a number; it is {cell!r}"
    digits = cell.strip("+-")
    if not re.fullmatch(r"[\d.,'’\s\u00a0\u202f]+", digits):
        return f"{said}. Write digits and a decimal sign, without currency or unit"
    if notation != PLAIN:
        return f"{said}, read with --decimal {notation.decimal!r} --thousands {notation.thousands or ''!r}"
    signs = "".join(dict.fromkeys(re.sub(r"\d", "", digits)))
    if len(signs) == 2:
        return f'{said}. --thousands "{signs[0]}" --decimal "{signs[1]}" reads it'
    if signs == "," and digits.count(",") == 1:
        if re.fullmatch(r"\d{1,3},\d{3}", digits):
            return f'{said}. --thousands "," if it is more than 999, --decimal "," if it is less'
        return f'{said}. --decimal "," reads it'
    return f'{said}. --thousands "{signs}" reads it'
