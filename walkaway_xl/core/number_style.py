"""Numbers in sentences, with the separators of whoever reads them."""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class NumberStyle(NamedTuple):
    """What stands in a number before its decimals, and between its thousands."""

    decimal: str = "."
    thousands: str = ","

    @property
    def between(self) -> str:
        """What stands between numbers of a list; a comma beside decimal commas would make it unreadable."""
        return "; " if self.decimal == "," else ", "

    def written(self, plain: str) -> str:
        """A number as it is written in this style, from one with a point and commas."""
        whole, point, decimals = plain.partition(".")
        return whole.replace(",", self.thousands) + (self.decimal + decimals if point else "")


POINT = NumberStyle()  # of English, and of every host that does not say how it writes numbers
_STYLE: ContextVar[NumberStyle] = ContextVar("number style", default=POINT)

DIGITS = 6  # significant ones of a number in a sentence, which is read, not calculated with
SMALLEST, LARGEST = 1e-4, 1e15  # beyond them a number has a power of ten, as a sheet writes it
_WRITTEN = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")


@contextmanager
def written_in(style: NumberStyle) -> Iterator[None]:
    """Write numbers in a style as long as this is open."""
    token = _STYLE.set(style)
    try:
        yield
    finally:
        _STYLE.reset(token)


def number_style() -> NumberStyle:
    """How numbers are written now."""
    return _STYLE.get()


def figure(value: float, digits: int = DIGITS, style: NumberStyle | None = None) -> str:
    """A number in a sentence: thousands separated, no more digits than it takes to read it."""
    value += 0.0  # −0 is 0
    size = abs(value)
    if SMALLEST <= size < LARGEST or size == 0:
        before = math.floor(math.log10(size)) + 1 if size else 1  # digits before the point; 0 or less of 0.01
        text = f"{value:,.{max(0, digits - before)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = re.sub(r"e[+]?(-?)0*(\d)", r"E\1\2", f"{value:.{digits}g}")
    return (style or number_style()).written(text).replace("-", "−")


def restyled(ours: str) -> str:
    """A text of ours, as it stands in the code, with its numbers in the style of now."""
    style = number_style()
    return ours if style == POINT else _WRITTEN.sub(lambda match: style.written(match[0]), ours)


def number_as_text(number: float) -> str:
    """A number as a spreadsheet joins it to a text: 15 digits, and powers of ten only where it must be.

    Examples
    --------
    >>> number_as_text(3.0), number_as_text(1e-06), number_as_text(1e20)
    ('3', '0.000001', '1E+20')
    """
    digits = f"{number + 0.0:.15g}"  # −0 is 0
    if "e" not in digits:
        return digits
    mantissa, _, exponent = digits.partition("e")
    if 1e-20 < abs(number) < 1e20:
        decimals = len(mantissa.partition(".")[2]) - int(exponent)
        return f"{float(digits):.{max(0, decimals)}f}"
    return f"{mantissa}E{int(exponent):+03d}"
