"""The worked call of each function: the first example that fills in every argument and has an answer.

What an argument is comes from the catalogue. Whether the catalogue says what it should is no question of this
module: tests/catalogue/arguments.csv holds every argument as people have reviewed it.
"""

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self

import pytest

import walkaway_xl
from walkaway_xl.catalogue import Argument, Example, Function
from walkaway_xl.cells import LEFT_OUT, CellError
from walkaway_xl.core.choices import SIDES
from walkaway_xl.core.kinds import Holds, Kind, Shape
from walkaway_xl.functions import CATALOGUE


class Slot(NamedTuple):
    """One argument, and what the worked call has in its cells: numbers as floats, lists upright."""

    argument: Argument
    cells: Any

    @property
    def name(self) -> str:
        return self.argument.name

    @property
    def kind(self) -> Kind:
        return self.argument.kind

    @property
    def shape(self) -> Shape:
        return self.argument.kind.shape

    def with_first(self, cell: Any) -> Any:
        """The cells with another one in the place of the first."""
        if not isinstance(self.cells, list):
            return cell
        return [[cell, *self.cells[0][1:]], *self.cells[1:]]

    @property
    def plain(self) -> Any:
        """The cells in Python's terms: a column as a plain list."""
        upright = self.shape in (Shape.COLUMN, Shape.ROWS)
        return [row[0] for row in self.cells] if upright else self.cells


class Call(NamedTuple):
    """One function with every argument filled in, and the answer."""

    function: Function
    slots: tuple[Slot, ...]
    gives: Any

    @property
    def name(self) -> str:
        return self.function.name

    def where(self, *conditions: "Condition") -> list[Slot]:
        """The arguments of which all of it is so."""
        return [slot for slot in self.slots if all(is_so(slot) for is_so in conditions)]

    def slot(self, argument: str) -> Slot:
        """An argument by its name."""
        return next(slot for slot in self.slots if slot.name == argument)

    def arguments(self, **changed: Any) -> list[Any]:
        """The cells, some of them changed."""
        return [changed.get(slot.name, slot.cells) for slot in self.slots]

    def in_python(self, **changed: Any) -> Any:
        """What Python answers, some arguments changed."""
        return in_python(self.name)(**{slot.name: slot.plain for slot in self.slots} | changed)


Condition = Callable[[Slot], bool]


# --- what an argument may be ------------------------------------------------------------------------------


def is_number(slot: Slot) -> bool:
    """Whether it is a number, and not a word or a flag in disguise."""
    return slot.kind.is_measured


def is_word(slot: Slot) -> bool:
    """Whether it is one of a few words."""
    return slot.kind.only_words


def is_side(slot: Slot) -> bool:
    """Whether it says which side is ours."""
    return slot.kind.only_words and slot.kind.words == SIDES


def is_flag(slot: Slot) -> bool:
    """Whether it is TRUE or FALSE."""
    return slot.kind.holds is Holds.FLAG


def is_text(slot: Slot) -> bool:
    """Whether any text will do."""
    return slot.kind.holds is Holds.TEXT


def is_optional(slot: Slot) -> bool:
    """Whether it may be left out."""
    return not slot.argument.required


def is_required(slot: Slot) -> bool:
    """Whether it must be given."""
    return slot.argument.required


def is_element(slot: Slot) -> bool:
    """Whether each of its cells answers for itself."""
    return slot.shape is Shape.ELEMENT


def is_one_cell(slot: Slot) -> bool:
    """Whether the worked call has one cell in it."""
    return slot.shape in (Shape.ELEMENT, Shape.SINGLE)


def is_single(slot: Slot) -> bool:
    """Whether it is one cell, whatever the others are."""
    return slot.shape is Shape.SINGLE


def is_column(slot: Slot) -> bool:
    """Whether it is a row or column."""
    return slot.shape in (Shape.COLUMN, Shape.ROWS)


def is_range(slot: Slot) -> bool:
    """Whether it is more than one cell."""
    return is_column(slot) or slot.shape is Shape.GRID


# --- the calls --------------------------------------------------------------------------------------------


def column_of(*cells: Any) -> list[list[Any]]:
    """Cells below each other."""
    return [[cell] for cell in cells]


def flat(cells: Any) -> list[Any]:
    """The cells of a table, row by row; a cell alone."""
    return [cell for row in cells for cell in flat(row)] if isinstance(cells, list) else [cells]


def filled_in(function: Function) -> Example | None:
    """The first example that fills in every argument and has an answer."""
    for example in function.examples:
        is_whole = len(example.arguments) == len(function.arguments) and None not in example.arguments
        if is_whole and not any(str(cell).startswith("#") for cell in flat(example.gives)):
            return example
    return None


def _cells(kind: Kind, value: Any) -> Any:
    if not isinstance(value, list):
        return _cell(kind, value)
    upright = kind.shape in (Shape.COLUMN, Shape.ROWS)
    rows = value if isinstance(value[0], list) else column_of(*value) if upright else [value]
    return [[_cell(kind, cell) for cell in row] for row in rows]


def _cell(kind: Kind, value: Any) -> Any:
    if value == "":
        return None
    return float(value) if kind.is_measured and isinstance(value, int) else value


def _call(function: Function, example: Example) -> Call:
    pairs = zip(function.arguments, example.arguments, strict=True)
    slots = tuple(Slot(argument, _cells(argument.kind, value)) for argument, value in pairs)
    return Call(function, slots, example.gives)


# What is about another function has no cells of its own: it stands beside those that calculate.
CALLS = {
    name: _call(function, example)
    for name, function in CATALOGUE.items()
    if (example := filled_in(function)) is not None
    and not any(argument.kind.shape is Shape.AS_IT_IS for argument in function.arguments)
}
ELEMENTWISE = [
    name
    for name, call in CALLS.items()
    if all(is_one_cell(slot) for slot in call.slots) and is_element(call.slots[0])
]
OF_NUMBERS = [name for name in ELEMENTWISE if is_number(CALLS[name].slots[0])]


def having(*conditions: Condition) -> list[str]:
    """The functions that have an argument of which all of it is so."""
    return [name for name, call in CALLS.items() if call.where(*conditions)]


def every_with(*conditions: Condition) -> pytest.MarkDecorator:
    """Put a test to each function that has an argument of which all of it is so."""
    return pytest.mark.parametrize("call", [CALLS[name] for name in having(*conditions)], ids=_name)


def _name(call: Call) -> str:
    return call.name


def variants(errors: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every function with another cell in one argument: alone, first in a range, last in a column."""
    codes = [CellError(code) for code in errors]
    kinds = (None, "words", "1200", "20 %", True, False, 0.0, -1.0, 1e-6, 1e12, 1e308, -1e308, *codes)
    for name, call in CALLS.items():
        yield name, {}
        for slot in call.slots:
            if is_optional(slot):
                yield name, {slot.name: LEFT_OUT}
            in_columns = is_element(slot) and not isinstance(slot.cells, list)
            for cell in kinds:
                yield name, {slot.name: slot.with_first(cell)}
                if in_columns:
                    yield name, {slot.name: [[slot.cells], [cell]]}
            if in_columns:
                yield name, {slot.name: [[slot.cells], [slot.cells]]}


def in_python(name: str) -> Any:
    """A worksheet function by its lower-case name."""
    return getattr(walkaway_xl, name.lower())


# --- answers ----------------------------------------------------------------------------------------------


def rows_of(cells: Any) -> list[list[Any]]:
    """A cell, a row or a table as a list of rows."""
    if not isinstance(cells, list | tuple):
        return [[cells]]
    return [list(row) for row in cells] if isinstance(cells[0], list | tuple) else [list(cells)]


def by_code(cells: Any) -> Any:
    """An answer with errors by their code, as examples have them."""
    if isinstance(cells, list):
        return [by_code(cell) for cell in cells]
    return cells.code if isinstance(cells, CellError) else cells


def alike(wanted: Any, cell: Any) -> bool:
    """Whether a cell shows what it should; an empty text is a blank in a file."""
    if isinstance(wanted, CellError):
        return wanted.code == cell
    if wanted == "":
        return cell is None or cell == ""
    if isinstance(wanted, str | bool):
        return bool(wanted == cell)
    return (  # the last digit of a logarithm is the platform's
        isinstance(cell, int | float)
        and not isinstance(cell, bool)
        and cell == pytest.approx(wanted, rel=1e-9, abs=1e-12)
    )


def all_alike(wanted: list[list[Any]], shown: list[list[Any]]) -> bool:
    """Whether a table shows what it should."""
    return [len(row) for row in wanted] == [len(row) for row in shown] and all(
        alike(cell, other)
        for row, others in zip(wanted, shown, strict=True)
        for cell, other in zip(row, others, strict=True)
    )


# --- many questions in one test ---------------------------------------------------------------------------


class Comparison:
    """Many answers compared in one test, which fails with all that differ, and if nothing was compared.

    Examples
    --------
    >>> with Comparison("PRICE_FLOOR") as compare:
    ...     compare(85.0, 85.0, cost=68)
    """

    def __init__(self, function: str) -> None:
        self.function = function
        self.asked = 0
        self.differing: list[str] = []

    def __call__(self, expected: Any, shown: Any, **cells: Any) -> None:
        """Compare two answers; `cells` are the arguments that the question changed."""
        self.asked += 1
        if expected != shown:
            self.note(f"{expected!r} expected, {shown!r} shown", **cells)

    def holds(self, is_so: bool, must: str, **cells: Any) -> None:
        """State what must be so, where there is no one answer."""
        self.asked += 1
        if not is_so:
            self.note(must, **cells)

    def note(self, difference: str, **cells: Any) -> None:
        """Keep what differs, with the question."""
        changed = ", ".join(f"{name}={value!r}" for name, value in cells.items())
        self.differing.append(f"{self.function}({changed}): {difference}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for line in self.differing:
                error.add_note(line)
            return
        assert self.asked, f"{self.function}: nothing was compared"
        assert not self.differing, "\n".join(
            [f"{len(self.differing)} of {self.asked} differ", *self.differing]
        )
