"""Questions drawn from the declarations: an example with some cells changed, sensible or not."""

import random
from collections.abc import Iterator
from typing import Any

from tests.calls import CALLS, Slot, column_of, flat
from tests.hosts.contract import Question
from walkaway_xl.catalogue import Function
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Holds, Shape, Unit
from walkaway_xl.functions import CATALOGUE

BAD = ("abc", "1200", True, CellError("#N/A"), CellError("#REF!"), CellError("#DIV/0!"), None)
SCALES = (1e-9, 1e9, 1e12, 1e100)  # of all amounts together
HANG_TOGETHER = ("BATNA_TREE",)  # rows that mean nothing without each other
MAKE_ONE = (  # few questions would have an answer otherwise
    ("BATNA_CE", "probabilities"),
    ("BATNA_TREE", "probabilities"),
    ("COMP_TOTAL", "vesting"),
    ("COMP_MATCH", "vesting"),
)


def questions(name: str, count: int, seed: int = 0) -> Iterator[Question]:
    """Questions of a function, the same at every run."""
    function = CATALOGUE[name]
    rng = random.Random(f"{name} {seed}")
    for _ in range(count):
        arguments = [LEFT_OUT if cells is LEFT_OUT else cells for cells in _arguments(function, rng)]
        yield Question(name, arguments, evaluate(function, arguments), words=str(arguments))


def _arguments(function: Function, rng: random.Random) -> Iterator[Any]:
    scale = 1.0 if rng.random() < 0.75 else rng.choice(SCALES)
    height = None if function.name in HANG_TOGETHER or rng.random() < 0.5 else rng.choice([1, 2, 3, 4, 5, 8])
    for slot in _slots(function, rng):
        if not slot.argument.required and rng.random() < 0.3:
            yield LEFT_OUT if rng.random() < 0.7 else None
        elif isinstance(slot.cells, list):
            yield _table(function, slot, height, scale, rng)
        elif slot.shape is Shape.ELEMENT and rng.random() < 0.08:
            yield [[_cell(slot, slot.cells, scale, rng)] for _ in range(rng.choice([2, 3]))]
        else:
            yield _cell(slot, slot.cells, scale, rng)


def _slots(function: Function, rng: random.Random) -> Iterator[Slot]:
    """The cells of an example, what it leaves out taken from the worked call."""
    worked = CALLS[function.name].slots
    given = rng.choice(function.examples).arguments
    for argument, slot, value in zip(
        function.arguments, worked, [*given, *[None] * (len(worked) - len(given))], strict=True
    ):
        if not isinstance(value, list):
            yield slot if value is None else Slot(argument, value)
        elif isinstance(value[0], list):
            yield Slot(argument, value)
        else:
            upright = argument.kind.shape in (Shape.COLUMN, Shape.ROWS)
            yield Slot(argument, column_of(*value) if upright else [value])


def _table(function: Function, slot: Slot, height: int | None, scale: float, rng: random.Random) -> Any:
    rows = slot.cells
    if slot.shape is Shape.GRID:
        rows = [rng.choice(rows) for _ in range(rng.choice([1, 2, 4]))] if rng.random() < 0.5 else rows
    elif height is not None:
        rows = [rng.choice(rows) for _ in range(height)]
        if rng.random() < 0.03:
            rows = [*rows, rows[0]]
    rows = [[_cell(slot, cell, scale, rng) for cell in row] for row in rows]
    if slot.name == "breaks" and rng.random() < 0.8:
        rows.sort(key=lambda row: row[0] if isinstance(row[0], float | int) else 0)
    numbers = [cell for cell in flat(rows) if type(cell) in (float, int)]
    if (function.name, slot.name) in MAKE_ONE and rng.random() < 0.85 and sum(numbers) > 0:
        rows = [[cell / sum(numbers) if type(cell) in (float, int) else cell for cell in row] for row in rows]
    if slot.shape in (Shape.COLUMN, Shape.ROWS) and rng.random() < 0.1:
        return [flat(rows)]  # a row is as good as a column
    return rows


def _cell(slot: Slot, cell: Any, scale: float, rng: random.Random) -> Any:
    kind, chance = slot.kind, rng.random()
    if chance < 0.012:
        return rng.choice(BAD)
    if kind.holds is Holds.FLAG:
        return rng.choice([True, False, 1, 0, cell])
    if kind.holds is Holds.TEXT:
        return rng.choice([cell, cell, "Acme", "", 3, " two  words. "])
    if (chance < 0.4 and scale == 1) or cell is None or isinstance(cell, CellError):
        return cell
    if kind.only_words:
        word = rng.choice(list(kind.words))
        return 7 if chance > 0.98 else rng.choice([cell, word, f" {word.upper()} ", kind.words[word]])
    if kind.holds is Holds.ANY:
        return (
            cell
            if chance < 0.6
            else rng.choice(["done", "partial", "open", "n/a", " Done ", 0.25, True, None])
        )
    if isinstance(cell, str):
        return rng.choice([*kind.words, 2, 0.5]) if kind.words else cell
    if chance > 0.95:
        return rng.choice([None, 0, 1, -cell, 0.5, cell * (1 + 3e-10)])
    if kind.range.whole or kind.unit is Unit.COUNT:
        return cell if chance < 0.5 else max(0, round(cell * rng.uniform(0.3, 1.7)))
    number = cell if chance < 0.4 else round(cell * rng.uniform(0.3, 1.7), 3)
    return number * scale if kind.unit is Unit.MONEY else number
