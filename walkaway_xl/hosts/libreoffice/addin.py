"""Answers the calls of LibreOffice Calc. Runs inside LibreOffice only."""

import struct
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Final

import numpy as np
import uno
import unohelper
from com.sun.star.lang import Locale
from com.sun.star.sheet import ResultEvent, XVolatileResult
from numpy.typing import NDArray

from walkaway_xl.catalogue import Function
from walkaway_xl.cells import LEFT_OUT, VALUE, CellError, evaluate_array
from walkaway_xl.core.number_style import NumberStyle, written_in
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.libreoffice.calc_language import speak_as_calc
from walkaway_xl.hosts.libreoffice.interface import INTERFACE, can_be_text
from walkaway_xl.hosts.uno_names import MODULE, uno_name

THOUSANDS: Final = 4  # com.sun.star.i18n.NumberFormatIndex.NUMBER_1000DEC2, a built-in format: 1,234.50
QUIET_NAN: Final = 0x7FF8_0000_0000_0000


def _error(number: int) -> float:
    """A number that Calc takes for an error value: NaN with the number of the error in it."""
    value: float = struct.unpack("<d", struct.pack("<Q", QUIET_NAN | number))[0]
    return value


ERRORS: Final[Mapping[str, float]] = {
    "#NULL!": _error(521),
    "#DIV/0!": _error(532),
    "#VALUE!": _error(519),
    "#REF!": _error(524),
    "#NAME?": _error(525),
    "#NUM!": _error(503),
    "#N/A": _error(32767),
}


class Typed(unohelper.Base, XVolatileResult):  # type: ignore[misc]
    """A table that keeps its type on its way to Calc.

    What Python returns as a result of any type loses the type of its rows, and Calc then shows #VALUE!. What
    an event carries keeps it. Calc remembers the event until the document closes, about 1 MB for 10,000
    rows, so only answers that can hold words take this way.
    """

    def __init__(self, kind: str, rows: Any) -> None:
        self.event = ResultEvent()
        self.event.Value = uno.Any(kind, rows)

    def addResultListener(self, listener: Any) -> None:  # noqa: N802 (named by LibreOffice)
        """Tell the answer, once; it never changes."""
        self.event.Source = self
        listener.modified(self.event)

    def removeResultListener(self, listener: Any) -> None:  # noqa: N802
        """Nothing is told later, so there is nobody to forget."""


def read(cells: Any) -> Any:
    """An argument as Calc hands it over: a single empty cell is 0.0, one in a range "", nothing is None."""
    return LEFT_OUT if cells is None else cells


def write(cell: Any) -> float | str:
    """A cell of an answer: Calc knows numbers, texts and errors."""
    if isinstance(cell, CellError):
        return ERRORS.get(cell.code, ERRORS[VALUE])
    return cell if isinstance(cell, str) else float(cell)


def write_table(table: NDArray[Any]) -> tuple[tuple[float | str, ...], ...]:
    """A table of an answer. Nearly all of a long one is numbers or texts, which need no call each."""
    cells = [cell if type(cell) in (float, str) else write(cell) for cell in table.ravel().tolist()]
    return tuple(zip(*[iter(cells)] * table.shape[1], strict=True))


def _method(function: Function) -> Callable[..., Any]:
    """A worksheet function as a method of the interface."""
    as_any = can_be_text(function)

    def calculate(self: Any, *arguments: Any) -> Any:
        with written_in(self.numbers):
            result = evaluate_array(function, [read(cells) for cells in arguments])
        if not isinstance(result, np.ndarray):
            return write(result) if as_any else ((write(result),),)
        rows = write_table(result)
        if not as_any:
            return rows
        only_texts = {str}.issuperset(map(type, chain.from_iterable(rows)))
        return Typed("[][]string" if only_texts else "[][]any", rows)

    return calculate


def number_style(context: Any) -> NumberStyle:
    """How Calc writes numbers in the language that is set in its options."""
    create = context.ServiceManager.createInstanceWithContext
    formats = create("com.sun.star.util.NumberFormatsSupplier", context)
    formatter = create("com.sun.star.util.NumberFormatter", context)
    formatter.attachNumberFormatsSupplier(formats)
    key = formats.getNumberFormats().getFormatIndex(THOUSANDS, Locale())
    sample = formatter.convertNumberToString(key, 1234.5)  # 1.234,50 or 1234,50
    return NumberStyle(decimal=sample[-3], thousands=sample[1:-6])


def _open(self: Any, context: Any) -> None:
    speak_as_calc(context)
    self.numbers = number_style(context)


AddIn = type(
    "AddIn",
    (unohelper.Base, uno.getClass(f"{MODULE}.{INTERFACE}")),
    {
        "__doc__": "The worksheet functions, as methods of one object.",
        "__init__": _open,
        **{uno_name(name): _method(function) for name, function in CATALOGUE.items()},
    },
)
