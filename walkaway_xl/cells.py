"""Cells to arrays and back: blanks, errors, text, numbers. The only place that knows them.

A host translates its own spelling of a cell into these values, calls :func:`evaluate`, and translates back:
a float or int, a str, a bool, None for a blank, a :class:`CellError` for an error value, LEFT_OUT for an
argument that was not given. A range is a sequence of rows. The answer is one cell or a list of rows.
"""

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.core.errors import (
    NO_STATUS,
    NOT_FINITE,
    InputError,
    Reason,
    Unanswered,
    reason_by_number,
    reason_numbers,
    reason_of,
)
from walkaway_xl.core.kinds import Holds, Kind, Shape
from walkaway_xl.core.number_style import number_as_text
from walkaway_xl.core.phrasing import phrase

logger = logging.getLogger(__name__)


class _LeftOut(Enum):
    LEFT_OUT = "an argument that was not given"


LEFT_OUT: Final = _LeftOut.LEFT_OUT
BLANK: Final = ""  # a formula cannot show nothing; an empty text is the nearest
NOTHING: Final = (None, BLANK)  # both spellings of an empty cell

NUM, VALUE, NA = "#NUM!", "#VALUE!", "#N/A"

CODES: Mapping[Unanswered, str] = {
    Unanswered.OUTSIDE_DOMAIN: NUM,
    Unanswered.NO_ANSWER: NA,
    Unanswered.ZERO_DIVISOR: "#DIV/0!",
    Unanswered.MALFORMED: VALUE,
}

A_NUMBER = "be a number"

TABLES = (Shape.COLUMN, Shape.ROWS, Shape.GRID)

DAY_ZERO = datetime(1899, 12, 30)  # what Excel's date serials count from
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class CellError:
    """An error value in a cell, and why it is there."""

    code: str
    reason: str = ""


class Precedence(IntEnum):
    """Which of several bad cells in one row decides what the row shows."""

    UPSTREAM = 0  # an error that was there before must never disappear
    BLANK = 1
    OURS = 2


@dataclass(frozen=True)
class Instead:
    """What a cell shows in place of an answer."""

    precedence: Precedence
    cell: CellError | str


@dataclass(frozen=True)
class Read:
    """An argument as the core takes it, and what its bad cells show instead of an answer."""

    argument: Argument
    values: Any
    shape: tuple[int, ...] = ()
    instead: NDArray[np.object_] | None = None  # an Instead for each bad cell, None for the others

    @property
    def covers_all(self) -> bool:
        """Whether one bad cell of this argument decides every cell of the answer."""
        return not self.shape or self.argument.kind.shape in (Shape.SINGLE, Shape.COLUMN)


def evaluate(function: Function, arguments: Sequence[Any]) -> Any:
    """What the cell shows: one value, or a list of rows.

    Parameters
    ----------
    function : Function
        The worksheet function.
    arguments : sequence
        Its arguments as cell values; missing ones at the end count as left out.

    Returns
    -------
    float, str, bool, CellError or list of list
        One cell, or a table of cells. A blank answer is an empty text.
    """
    table = evaluate_array(function, arguments)
    if not isinstance(table, np.ndarray):
        return table
    if table.shape[1] == 1:
        return [[cell] for cell in table.ravel().tolist()]
    return table.tolist()


def evaluate_array(function: Function, arguments: Sequence[Any]) -> Any:
    """What :func:`evaluate` says, with a table as an array, for a host that makes rows of its own.

    Parameters
    ----------
    function, arguments
        As of :func:`evaluate`.

    Returns
    -------
    float, str, bool, CellError or ndarray
        One cell, or a table of at least two.
    """
    try:
        result = _answer(function, arguments)
    except InputError as error:
        return CellError(VALUE, str(error))
    except Exception:  # a mistake of ours: the log says where, and nothing in the sheet adds it up unnoticed
        logger.exception("%s failed", function.name)
        return CellError(VALUE, phrase("{name} failed. The log says where.", name=function.name))
    return result.item() if isinstance(result, np.ndarray) and result.size == 1 else result


def _answer(function: Function, arguments: Sequence[Any]) -> Any:
    reads = _reads(function, arguments)
    bad = [read for read in reads if read.instead is not None]
    if any(read.covers_all for read in bad):
        return _shown_instead(bad, _answer_shape(reads))

    given = {read.argument.name: read.values for read in reads if read.values is not LEFT_OUT}
    for argument in function.arguments:
        if argument.kind.may_be_blank:
            given.setdefault(argument.name, None)
    _empty_bad_rows(reads, given)
    try:
        cells = _cells(function.calculate(**given), function.gives, _Given(function, given))
    except InputError as error:
        if not bad:
            raise
        # A question that is malformed for every row is still outranked by the errors that rows bring along.
        cells = np.full(_answer_shape(reads), CellError(VALUE, str(error)), object)
    if not bad:
        return cells
    table = np.atleast_2d(np.array(cells, object))
    replacements = _shown_instead(bad, table.shape)
    return np.where(replacements == None, table, replacements)  # noqa: E711 (element by element)


def _reads(function: Function, arguments: Sequence[Any]) -> list[Read]:
    if len(arguments) > len(function.arguments):
        raise InputError(
            function.name,
            "have at most {most} arguments; here are {given}",
            most=len(function.arguments),
            given=len(arguments),
        )
    left_out = [LEFT_OUT] * (len(function.arguments) - len(arguments))
    reads = []
    for place, (argument, cells) in enumerate(zip(function.arguments, [*arguments, *left_out], strict=True)):
        if cells is not LEFT_OUT:
            reads.append(_read(argument, cells, first=place == 0))
        elif argument.required and not argument.kind.may_be_blank:
            raise InputError(argument.name, "be given")
    return reads


def _answer_shape(reads: Sequence[Read]) -> tuple[int, ...]:
    """Shape of an answer that has a cell for each element."""
    try:
        return np.broadcast_shapes(
            *(read.shape for read in reads if read.argument.kind.shape is Shape.ELEMENT)
        )
    except ValueError:
        raise InputError(
            "the ranges", "have as many rows and columns as each other, or be one cell"
        ) from None


# --- reading: cells to arrays ------------------------------------------------------------------------------


def _read(argument: Argument, cells: Any, first: bool) -> Read:
    if argument.kind.shape is Shape.AS_IT_IS:
        return Read(argument, BLANK if cells is None else cells)  # to the function, None means left out
    if isinstance(cells, list | tuple):
        return _read_range(argument, cells, first)
    if cells in NOTHING and not argument.required:
        return Read(argument, LEFT_OUT)
    if argument.kind.shape in TABLES and cells not in NOTHING:
        return _read_range(argument, [cells], first)
    value, instead = _value(argument, cells, first, in_table=False)
    return Read(argument, value, (), None if instead is None else np.array(instead, object))


def _read_range(argument: Argument, cells: Sequence[Any], first: bool) -> Read:
    kind = argument.kind
    table = cells if cells and isinstance(cells[0], list | tuple) else [cells]
    height, width = len(table), len(table[0])
    if width == 0:
        return _read(argument, None, first)
    if {width} != set(map(len, table)):
        raise InputError(argument.name, "have rows of one length")
    if kind.shape is Shape.SINGLE:
        if (height, width) != (1, 1):
            raise InputError(
                argument.name, "be one cell; it is {height}×{width} cells", height=height, width=width
            )
        return _read(argument, table[0][0], first)
    if (height, width) == (1, 1) and table[0][0] in NOTHING:
        return _read(argument, table[0][0], first)
    flat = [row[0] for row in table] if width == 1 else [cell for row in table for cell in row]
    if not argument.required and kind.shape in TABLES and all(cell in NOTHING for cell in flat):
        return Read(argument, LEFT_OUT)
    shape = (height, width)
    if kind.shape in (Shape.COLUMN, Shape.ROWS):
        if 1 not in shape:
            raise InputError(
                argument.name,
                "be one row or one column; it is {height}×{width} cells",
                height=height,
                width=width,
            )
        shape = (height * width, 1)
    values, instead = _values(argument, flat, first)
    if kind.shape is Shape.ELEMENT:
        values = np.array(values, np.float64 if kind.is_numeric else object).reshape(shape)
    elif kind.is_numeric:
        values = values.reshape(-1 if kind.shape in (Shape.COLUMN, Shape.ROWS) else shape)
    return Read(argument, values, shape, None if instead is None else instead.reshape(shape))


def _values(argument: Argument, flat: list[Any], first: bool) -> tuple[Any, NDArray[np.object_] | None]:
    kind = argument.kind
    any_number = kind.holds is Holds.NUMBER and not kind.only_words
    if any_number and {float, int}.issuperset(map(type, flat)):
        with suppress(OverflowError):  # a whole number beyond any float
            numbers = np.array(flat, np.float64)  # the common case: a column of nothing but numbers
            if np.isfinite(numbers).all():
                return numbers, None
    values, instead = list(flat), np.full(len(flat), None, object)
    converted: dict[Any, tuple[Any, Instead | None]] = {}  # a column repeats its words, gaps and errors
    for place, cell in enumerate(flat):
        if any_number and type(cell) is float and math.isfinite(cell):
            continue
        key = cell if cell is None or isinstance(cell, str | CellError) else place
        if key not in converted:
            converted[key] = _value(argument, cell, first, in_table=True)
        values[place], instead[place] = converted[key]
    bad = any(answer is not None for _, answer in converted.values())
    return (
        np.array(values, np.float64) if kind.is_numeric else values,
        instead if bad else None,
    )


def _value(argument: Argument, cell: Any, first: bool, in_table: bool) -> tuple[Any, Instead | None]:
    """One cell as the core takes it, and what the answer shows instead if it cannot."""
    no_value = math.nan if argument.kind.is_numeric else None
    if isinstance(cell, CellError):
        passed_over = argument.kind.may_be_na and cell.code == NA
        return no_value, None if passed_over else Instead(Precedence.UPSTREAM, cell)
    if cell is None or cell == BLANK:
        return _blank(argument, first, in_table, no_value)
    try:
        return _convert(argument.kind, cell), None
    except OverflowError:
        reason = Reason(Unanswered.OUTSIDE_DOMAIN, argument.name, "be a finite number")
        return no_value, Instead(Precedence.OURS, CellError(NUM, reason.words))
    except ValueError as error:
        reason = Reason(Unanswered.MALFORMED, argument.name, str(error))
        return no_value, Instead(Precedence.OURS, CellError(VALUE, reason.said(cell)))


def _blank(argument: Argument, first: bool, in_table: bool, no_value: Any) -> tuple[Any, Instead | None]:
    if not argument.required:
        default = argument.default
        return (float(default) if isinstance(default, int | float) else no_value), None
    if argument.kind.may_be_blank or (in_table and argument.kind.shape in TABLES):
        return no_value, None  # the core knows what a gap in a table means
    if first:
        return no_value, Instead(Precedence.BLANK, BLANK)
    reason = Reason(Unanswered.MALFORMED, argument.name, "be given", "Its cell is blank.")
    return no_value, Instead(Precedence.OURS, CellError(VALUE, reason.words))


def _convert(kind: Kind, cell: Any) -> Any:
    """A cell that holds something. ValueError says what it must be, OverflowError that it is infinite."""
    if kind.holds is Holds.TEXT:
        return cell if isinstance(cell, str) else _text(cell)
    if kind.holds is Holds.ANY:
        return cell if isinstance(cell, str | bool) else _float(cell)
    if kind.holds is Holds.FLAG:
        if isinstance(cell, str) or _float(cell) not in (0, 1):
            raise ValueError("be TRUE or FALSE")
        return float(cell)
    if isinstance(cell, str):
        number = kind.words.get(cell.strip().lower())
        if number is None:
            raise ValueError(kind.must if kind.only_words else A_NUMBER)
        return float(number)
    if isinstance(cell, bool):
        raise ValueError(A_NUMBER)
    value = _float(cell)
    if kind.only_words and value not in kind.words.values():
        raise ValueError(kind.must)
    return value


def _float(cell: Any) -> float:
    if isinstance(cell, datetime):
        return (cell.replace(tzinfo=None) - DAY_ZERO).total_seconds() / SECONDS_A_DAY
    if isinstance(cell, date):
        return float((cell - DAY_ZERO.date()).days)
    if not isinstance(cell, int | float | Decimal):
        raise ValueError(A_NUMBER)
    value = float(cell)
    if math.isinf(value):
        raise OverflowError
    if math.isnan(value):
        raise ValueError(A_NUMBER)
    return value


def _text(cell: Any) -> str:
    """A number or flag where a text belongs, as the cell shows it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    return number_as_text(cell) if isinstance(cell, float) else str(cell)


# --- bad cells ---------------------------------------------------------------------------------------------


def _shown_instead(bad: Sequence[Read], shape: tuple[int, ...]) -> NDArray[np.object_]:
    """What each cell of an answer shows instead, None where the core answers."""
    winners: dict[tuple[Any, ...], Instead] = {}
    for read in bad:  # in argument order: of equal precedence the first argument wins
        cells = _spread(read, shape)
        for place in _places(cells):
            instead = cells[place]
            if place not in winners or instead.precedence < winners[place].precedence:
                winners[place] = instead
    replacements = np.full(shape, None, object)
    for place, instead in winners.items():
        replacements[place] = instead.cell
    return replacements


def _places(cells: NDArray[np.object_]) -> Iterator[tuple[Any, ...]]:
    """Where something stands."""
    return zip(*np.nonzero(cells), strict=True) if cells.ndim else iter([()] if cells.item() else [])


def _spread(read: Read, shape: tuple[int, ...]) -> NDArray[np.object_]:
    """The bad cells of one argument over the cells of the answer that they decide."""
    instead = read.instead
    assert instead is not None
    if not shape or not instead.ndim or read.covers_all:
        return np.full(shape, _first(instead.reshape(-1)), object)
    if read.argument.kind.shape is Shape.GRID:
        instead = np.array([[_first(row)] for row in instead], object)
    if instead.size == shape[0]:
        instead = instead.reshape(-1, 1)  # one row of the answer for each element
    if instead.shape[0] not in (1, shape[0]):  # the answer has no cell for each row: any bad one decides
        return np.full(shape, _first(instead.reshape(-1)), object)
    return np.broadcast_to(instead, shape)


def _first(row: NDArray[np.object_]) -> Instead | None:
    return min((cell for cell in row if cell is not None), key=lambda cell: cell.precedence, default=None)


def _empty_bad_rows(reads: Sequence[Read], given: dict[str, Any]) -> None:
    """Take a row with a bad cell out of a table, so that no neighbour is compared with half of it."""
    table = [read for read in reads if read.argument.kind.shape is Shape.ROWS and read.shape]
    spoilt = [np.ravel(read.instead) for read in table if read.instead is not None]
    if not spoilt:
        return
    count = max(read.shape[0] for read in table)
    bad_rows = {place for instead in spoilt for place in np.flatnonzero(instead)}
    for read in table:
        if read.shape[0] not in (1, count):
            raise InputError(read.argument.name, "have as many rows as the others: {count}", count=count)
        blank = math.nan if read.argument.kind.is_numeric else None
        cells = list(read.values) * (count // len(read.values))
        given[read.argument.name] = [blank if row in bad_rows else cell for row, cell in enumerate(cells)]


# --- writing: answers to cells -----------------------------------------------------------------------------


class _Given:
    """What the arguments were, for an error that says what is wrong with one of them."""

    def __init__(self, function: Function, values: Mapping[str, Any]):
        self.kinds = {argument.name: argument.kind for argument in function.arguments}
        self.values = values

    def errors(self, reason: Reason, places: NDArray[np.bool_]) -> list[CellError | str]:
        """An error for each place of an answer that has none for a reason, in their order."""
        if reason.why is Unanswered.NOTHING_ASKED:
            return [BLANK] * int(places.sum())
        code, kind = CODES[reason.why], self.kinds.get(reason.subject)
        values = self.values.get(reason.subject)
        # A malformed question raises where it is asked alone, and its number is not what is wrong with it.
        malformed = reason.why is Unanswered.MALFORMED
        if malformed or kind is None or not kind.is_measured or values is None:
            return [CellError(code, reason.words)] * int(places.sum())
        numbers = np.asarray(values, float)
        if kind.shape in (Shape.COLUMN, Shape.GRID):
            beyond = numbers[(numbers < kind.lowest) | (numbers > kind.highest)]
            fault = float(beyond[0]) if beyond.size and reason.must == kind.must else None
            return [CellError(code, reason.said(fault, among=True))] * int(places.sum())
        if kind.shape is Shape.ROWS and places.ndim and numbers.size == places.shape[0]:
            numbers = numbers.reshape(-1, 1)
        try:
            at_fault = np.broadcast_to(numbers, places.shape)[places]
        except ValueError:  # the answer is no cell for each element
            return [CellError(code, reason.words)] * int(places.sum())
        sentences = {
            number: CellError(code, reason.said(None if math.isnan(number) else number))
            for number in np.unique(at_fault).tolist()
        }
        unknown = next((error for number, error in sentences.items() if math.isnan(number)), None)
        return [sentences.get(number, unknown) for number in at_fault.tolist()]  # type: ignore[misc]


def _cells(result: Any, gives: Kind, given: _Given) -> Any:
    """An answer of the core as one cell, or as a table of cells."""
    if isinstance(result, IntEnum):
        return next(word for word, code in gives.words.items() if code == result)
    if isinstance(result, float):
        if result == result:
            return result
        return given.errors(reason_of(result) or NOT_FINITE, np.array(True))[0]
    if isinstance(result, str | bool):
        return result
    if isinstance(result, tuple):
        return np.column_stack([_column(part, given) for part in result if part is not None])
    table = result.reshape(-1, 1) if result.ndim == 1 else result
    if table.dtype == np.int16:
        return _statuses(table, gives, given)
    if table.dtype == np.bool_:
        return table
    missing = np.not_equal(table, table).astype(bool)  # only NaN differs from itself
    if missing.any():
        numbers = np.full(table.shape, -1)
        numbers[missing] = reason_numbers(table[missing].astype(np.float64))
        table = _explained(table.astype(object), numbers, given)
    return table


def _column(part: Any, given: _Given) -> NDArray[np.object_]:
    plain = part.tolist() if isinstance(part, np.ndarray) else part
    cells = np.array([BLANK if cell is None else cell for cell in plain], object).reshape(-1, 1)
    return np.asarray(_cells(cells, Kind(""), given))


def _statuses(codes: NDArray[np.int16], gives: Kind, given: _Given) -> NDArray[np.object_]:
    words = {int(code): word for word, code in gives.words.items()}
    lowest = min(words)
    spelled = np.array([words.get(code, BLANK) for code in range(lowest, max(words) + 1)], object)
    answered = codes > NO_STATUS
    cells = spelled[np.where(answered, codes - lowest, 0)]
    return _explained(cells, np.where(answered, -1, NO_STATUS - codes.astype(int)), given)


def _explained(cells: NDArray[np.object_], numbers: NDArray[np.int_], given: _Given) -> NDArray[np.object_]:
    """Cells with an error wherever there is the number of a reason."""
    for number in np.unique(numbers[numbers >= 0]).tolist():
        places = numbers == number
        errors = np.empty(int(places.sum()), object)
        errors[:] = given.errors(reason_by_number(number), places)
        cells[places] = errors
    return cells
