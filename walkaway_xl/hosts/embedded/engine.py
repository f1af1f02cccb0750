"""The engine: calculates a copy of the workbook in memory. The only module that knows formualizer."""

import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

from walkaway_xl.catalogue import Function
from walkaway_xl.cells import LEFT_OUT, CellError
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget, workers
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.embedded import formula_text
from walkaway_xl.hosts.embedded.call_cache import PENDING
from walkaway_xl.hosts.embedded.places import Area, Reference, Where
from walkaway_xl.hosts.embedded.values import (
    CALC,
    CIRCULAR,
    LONGEST_TEXT,
    NOT_IMPLEMENTED,
    SPILL,
    STORED,
    UNREADABLE,
    ErrorValue,
    Value,
)
from walkaway_xl.pip_commands import reinstall

try:
    import formualizer as fz
except ImportError as error:  # it is compiled, and may lack a library of the system
    raise WalkawayError(
        phrase(
            "The engine that calculates workbooks cannot be loaded: {error}; run {reinstall}",
            error=error,
            reinstall=reinstall("formualizer"),
        )
    ) from error

STEP = 10_000  # cells, between two looks at what they may take
MOST_CELLS = 10_000  # of one result: the engine's own limit, for which it has no setting
# Nobody can guess them, so no workbook can call them; the dots keep them out of the way of functions of ours.
FIXED_ARRAY = f"WALKAWAY.FIXED.ARRAY.{secrets.token_hex(8).upper()}"
COUNTED = f"WALKAWAY.COUNTED.{secrets.token_hex(8).upper()}"
PLAIN = frozenset({float, bool, type(None)})  # what the engine and cells.py spell alike
FAILURES = (fz.ExcelEvaluationError, fz.FormualizerHostError, OSError, RuntimeError, ValueError)

CODES: Mapping[str, str] = {
    "Div": "#DIV/0!",
    "Num": "#NUM!",
    "Value": "#VALUE!",
    "Na": "#N/A",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Spill": SPILL,
    "Calc": CALC,
    "Circ": CIRCULAR,
    "NImpl": NOT_IMPLEMENTED,
    "Error": UNREADABLE,
    "Cancelled": PENDING.code,  # the engine never cancels unless asked to, so the kind is free
}
IS_COUNTED = re.compile(re.escape(COUNTED) + r"\(\d+,\s*(.*)\)", re.DOTALL)
KINDS: Mapping[str, str] = {code: kind for kind, code in CODES.items()}

Ask = Callable[[Function, Sequence[Any]], Any]  # a question in the spelling of cells.py, and its answer


class TooLargeError(WorkbookError):
    """An answer that no workbook can be asked to hold."""

    def __init__(self, function: str, words: str):
        super().__init__(words)
        self.function = function


class Counted:
    """What formulas fill with their results, over a whole workbook, counted while the engine calculates.

    Parameters
    ----------
    packed : int
        Bytes of the workbook.
    """

    def __init__(self, packed: int):
        self.packed = packed
        self.owners: list[Where] = []  # whose formulas are counted, by their numbers
        self.cells = self.letters = 0
        self.asked = 0  # cells of tables over which our functions were spread

    def formula(self, owner: Where, text: str) -> str:
        """A formula whose results are counted."""
        self.owners.append(owner)
        return f"{COUNTED}({len(self.owners) - 1},{text})"

    def again(self) -> "Counted":
        """The same formulas, of which nothing is counted yet."""
        fresh = Counted(self.packed)
        fresh.owners = self.owners
        return fresh

    def take(self, number: float, value: Any) -> str | None:
        """Count a result of a formula; why there may be no more of them, if there may not."""
        if type(value) is str:
            self.letters += len(value)
        elif type(value) is list:
            cells = len(value) * len(value[0]) if value else 0
            if cells > MOST_CELLS:
                return None  # the engine puts an error in its place
            if cells > 1:
                self.cells += cells
                budget.current().reach(results=self.cells // STEP * STEP)
            self.letters += sum(len(cell) for row in value for cell in row if type(cell) is str)
        # The engine calculates some formulas twice; how many cells are filled in the end is counted then.
        words = budget.current().excess("results", self.cells // 2) or budget.current().excess(
            "result_text", self.letters, self.packed
        )
        return words and phrase(
            "with the result of {shown}, the workbook {words}",
            shown=self.owners[int(number)].text,
            words=words,
        )


@cache
def knows(name: str) -> bool:
    """Whether a formula may call a function by this name, in capitals; defined names are not asked."""
    if name in CATALOGUE:
        return True
    book = fz.Workbook()
    book.add_sheet("Question")
    try:
        book.set_formula("Question", 1, 1, f"={name}()")
        return _value(book.evaluate_cell("Question", 1, 1)) != ErrorValue("#NAME?")
    except FAILURES:
        return False


class Engine:
    """A workbook inside the engine."""

    def __init__(
        self,
        data: bytes,
        counts_from_1904: bool,
        ask: Ask,
        foreign: Collection[str] = frozenset(),
        counted: Counted | None = None,
    ):
        settings = fz.EvaluationConfig()
        # Python answers one call at a time anyway; threads that wait for each other only cost time.
        settings.enable_parallel = False
        settings.date_system = "1904" if counts_from_1904 else "1900"
        try:
            book = fz.Workbook.from_bytes(data, config=fz.WorkbookConfig(eval_config=settings))
        except FAILURES as error:
            raise WorkbookError(
                phrase("the engine cannot read this workbook: {error}", error=error)
            ) from error
        book.set_temporal_egress("serial")
        self._excess: WorkbookError | None = None
        self._counted = Counted(0) if counted is None else counted
        for function in CATALOGUE.values():
            if function.name not in foreign:  # a name of the workbook, whose LAMBDA the engine cannot call
                book.register_function(function.name, self._callback(function, ask))
        book.register_function(FIXED_ARRAY, _fixed_array)
        book.register_function(COUNTED, self._counting(self._counted))
        self._book = book

    def calculate(self) -> None:
        """Calculate every formula.

        Raises
        ------
        WorkbookError
            The engine failed, or formulas gave more than the budget allows; TooLargeError if it is one of our
            functions that was asked for too much.
        """
        try:
            with workers.capped():
                self._book.evaluate_all()
        except FAILURES as error:
            if self._excess is not None:
                raise self._excess from None
            raise WorkbookError(
                phrase("the engine cannot calculate this workbook: {error}", error=error)
            ) from error
        if self._excess is not None:
            raise self._excess

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What a cell shows."""
        return _value(self._book.get_value(sheet, row, column))

    def spill(self, where: Where) -> Area | None:
        """Where the result of a formula stands, if it takes more than its own cell."""
        role = self._book.inspect_cell(where.text, include_values=False).cell.spill
        if role is None or role.extent is None:
            return None
        return Area.read(role.extent.rpartition("!")[2])

    def formula(self, where: Where) -> str:
        """The formula of a cell as the engine writes it."""
        text = (self._book.get_formula(*where) or "").removeprefix("=")
        return text if (counted := IS_COUNTED.fullmatch(text)) is None else counted[1]

    def try_formula(self, where: Where, formula: str) -> Any:
        """What a formula would give in a cell that holds a value, which comes back to it afterwards."""
        before = self._book.get_value(*where)
        try:
            self._book.set_formula(*where, f"={formula}")
            return _value(self._book.evaluate_cell(*where))
        except FAILURES:
            return None
        finally:
            if isinstance(before, dict):
                before = fz.LiteralValue.error(before["kind"], None)
            self._book.set_value(*where, before)

    @property
    def links(self) -> frozenset[str]:
        """Numbers of the other workbooks whose values this file has a copy of."""
        return frozenset(map(str, self._book.cached_external_link_indices))

    def references(self, where: Where) -> Iterator[Reference]:
        """What a formula refers to, in order, as far as that can be told without calculating."""
        for reference in self._precedents(where):
            resolution = reference.resolution
            text = reference.address or reference.resolved or reference.declared
            if text is None and resolution is not None:
                text = resolution.address or resolution.resolved or resolution.declared
            if text and (read := Reference.read(text)):
                yield read

    def unknown_names(self, where: Where) -> list[str]:
        """Defined names in a formula that the workbook does not define."""
        return [
            reference.name
            for reference in self._precedents(where)
            if reference.name
            and reference.resolution is not None
            and reference.resolution.address is None
            and reference.resolution.resolved is None
        ]

    def _callback(self, function: Function, ask: Ask) -> Callable[..., Any]:
        most, counted = budget.current().most("answer"), self._counted

        def asked_too_much(cells: int) -> str | None:
            counted.asked += cells
            if cells > most:
                return budget.current().excess("answer", cells)
            return budget.current().excess("answers", counted.asked, counted.packed)

        def call(*arguments: Any) -> Any:
            if PLAIN.issuperset(map(type, arguments)):
                result = ask(function, arguments)
                return result if type(result) in PLAIN else _for_engine(result)
            cells = _largest_answer(arguments)
            if words := asked_too_much(cells):
                self._excess = self._excess or TooLargeError(function.name, f"{function.name} {words}")
                self._book.cancel()
                return _for_engine(CellError("#NUM!"))
            result = ask(function, [_argument(argument) for argument in arguments])
            return result if type(result) in PLAIN else _for_engine(result)

        return call

    def _counting(self, counted: Counted) -> Callable[..., Any]:
        def count(number: float, value: Any) -> Any:
            if self._excess is None and (words := counted.take(number, value)):
                self._excess = WorkbookError(words)
                self._book.cancel()
            if self._excess is not None:
                return _for_engine(CellError("#NUM!"))
            return _again(value)

        return count

    def _precedents(self, where: Where) -> list[Any]:
        try:
            return [precedent.reference for precedent in self._book.precedents(where.text).precedents]
        except (fz.InspectionError, ValueError):
            return []  # a formula that cannot be read refers to nothing


def _largest_answer(arguments: Sequence[Any]) -> int:
    """Cells of the table over which arguments are spread, if each row and column asks for an answer."""
    tables = [argument for argument in arguments if type(argument) is list and argument]
    return max((len(table) for table in tables), default=1) * max(
        (len(table[0]) for table in tables), default=1
    )


def _argument(value: Any) -> Any:
    """An argument in the spelling of cells.py."""
    kind = value.__class__
    if kind is float:
        return value
    if kind is list:
        return [[_argument(cell) for cell in row] for row in value]
    if kind is str:
        return LEFT_OUT if value == formula_text.MARKER else value
    if kind is dict:
        code = CODES.get(value["kind"], "#VALUE!")
        return PENDING if code == PENDING.code else CellError(STORED.get(code, code))
    return value


def _again(value: Any) -> Any:
    """A value of the engine, handed back to it; a text that no cell holds is an error, as everywhere."""
    kind = value.__class__
    if kind is str and len(value) > LONGEST_TEXT:
        return {"type": "Error", "kind": "Value"}
    if kind is dict:
        return {"type": "Error", "kind": value["kind"]}
    if kind is list:
        return [[_again(cell) for cell in row] for row in value]
    return value


def _for_engine(value: Any) -> Any:
    """An answer in the spelling of the engine."""
    if isinstance(value, CellError):
        return {"type": "Error", "kind": KINDS.get(value.code, "Value")}
    if isinstance(value, list):
        return [[_for_engine(cell) for cell in row] for row in value]
    return value


def _value(value: Any) -> Value:
    """A value of the engine in the spelling of a file."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else ErrorValue("#NUM!")
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else ErrorValue("#VALUE!")
    if isinstance(value, dict):
        return ErrorValue(CODES.get(value["kind"], "#VALUE!"))
    return _value(value[0][0]) if isinstance(value, list) else ErrorValue("#VALUE!")


def _fixed_array(height: float, width: float, value: Any) -> Any:
    """An array formula that was given its area: repeated, cut or filled with #N/A as Excel does it."""
    table = value if isinstance(value, list) else [[value]]
    rows, columns = len(table), len(table[0])
    missing = {"type": "Error", "kind": "Na"}

    def cell(row: int, column: int) -> Any:
        row, column = (0 if rows == 1 else row), (0 if columns == 1 else column)
        return table[row][column] if row < rows and column < columns else missing

    result = [[cell(row, column) for column in range(int(width))] for row in range(int(height))]
    return result if (height, width) != (1, 1) else result[0][0]
