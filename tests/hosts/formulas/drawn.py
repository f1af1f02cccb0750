"""Questions drawn from the declarations: a worked call with some cells changed, sensible or not."""

import random
from collections.abc import Iterator
from typing import Any

from tests.calls import CALLS, Call, Slot, filled_in, flat
from tests.hosts.contract import Question
from walkaway_xl.catalogue import Example, Function
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Holds, Shape, Unit
from walkaway_xl.functions import CATALOGUE

BAD = ("abc", "1200", True, CellError("#N/A"), CellError("#REF!"), CellError("#DIV/0!"), None)
ANSWER_BY_ROW = (Shape.ELEMENT, Shape.ROWS)


def questions(name: str, count: int, seed: int = 0) -> Iterator[Question]:
    """Random questions of a function, the same at every run."""
    function = CATALOGUE[name]
    rng = random.Random(f"{name} {seed}")
    for _ in range(count):
        arguments = _arguments(function, rng)
        yield Question(name, arguments, evaluate(function, arguments), words=str(arguments))


def _arguments(function: Function, rng: random.Random) -> list[Any]:
    slots = _slots(function, rng)
    scale = rng.choice([1.0] * 12 + [1e-9, 1e9, 1e12, 1e100])
    height = rng.choice([1, 2, 3, 3, 4, 5, 8])
    keeps_height = rng.random() < 0.5
    arguments = []
    for slot in slots:
        if not slot.argument.required and (rng.random() < 0.3 or slot.cells is LEFT_OUT):
            arguments.append(LEFT_OUT if rng.random() < 0.7 else None)
            continue
        cells = slot.cells
        if isinstance(cells, list):
            rows = list(cells)
            if not keeps_height and slot.shape is not Shape.GRID:
                rows = [rng.choice(rows) for _ in range(height)]
            if slot.shape is Shape.GRID and rng.random() < 0.5:
                rows = [rng.choice(rows) for _ in range(rng.randint(1, 4))]
            elif rng.random() < 0.03:
                rows = rows + rows[:1]
            rows = [[_cell(slot, cell, rng, scale) for cell in row] for row in rows]
            if slot.kind.range.least >= 0 and slot.name in ("breaks",) and rng.random() < 0.8:
                rows = sorted(rows, key=lambda row: row[0] if isinstance(row[0], float | int) else 0)
            if slot.shape in (Shape.COLUMN, Shape.ROWS) and rng.random() < 0.1:
                rows = [[row[0] for row in rows]]
            arguments.append(rows)
        elif slot.shape is Shape.ELEMENT and not slot.kind.chooses and rng.random() < 0.08:
            arguments.append([[_cell(slot, cells, rng, scale)] for _ in range(rng.choice([2, 3]))])
        else:
            arguments.append(_cell(slot, cells, rng, scale))
    return _with_whole_chances(function, arguments, rng)


def _slots(function: Function, rng: random.Random) -> list[Slot]:
    """The cells of an example, what it leaves out taken from the worked call."""
    worked = {slot.name: slot.cells for slot in CALLS[function.name].slots}
    example = rng.choice(function.examples)
    given = [*example.arguments, *[None] * (len(function.arguments) - len(example.arguments))]
    slots = []
    for argument, value in zip(function.arguments, given, strict=True):
        upright = argument.kind.shape in (Shape.COLUMN, Shape.ROWS)
        if value is None:
            slots.append(Slot(argument, worked[argument.name]))
        elif isinstance(value, list):
            table = (
                value if isinstance(value[0], list) else [[cell] for cell in value] if upright else [value]
            )
            slots.append(Slot(argument, table))
        else:
            slots.append(Slot(argument, value))
    return slots


def _cell(slot: Slot, cell: Any, rng: random.Random, scale: float) -> Any:
    kind, chance = slot.kind, rng.random()
    if chance < 0.012:
        return rng.choice(BAD)
    if kind.only_words:
        words = list(kind.words)
        if chance < 0.5:
            return cell
        word = rng.choice(words)
        return rng.choice([word, f" {word.upper()} ", kind.words[word], word, word]) if chance < 0.97 else 7
    if kind.holds is Holds.FLAG:
        return rng.choice([True, False, 1, 0, cell])
    if kind.holds is Holds.TEXT:
        return rng.choice([cell, cell, "Acme", "", 3, " two  words. "])
    if kind.holds is Holds.ANY or kind.words:
        return (
            cell
            if chance < 0.6
            else rng.choice(
                [cell, "done", "partial", "open", "n/a", " Done ", 0.25, 1, True, None]
                if kind.holds is Holds.ANY
                else [*kind.words, cell, 2, 0.5]
            )
        )
    if cell is None or isinstance(cell, str | CellError):
        return cell
    if chance < 0.05:
        return rng.choice([None, 0, 1, -cell, 0.5])
    if kind.unit is Unit.MONEY:
        number = cell if chance < 0.4 else round(cell * rng.uniform(0.3, 1.7), 2)
        return number * scale
    if kind.range.whole or kind.unit is Unit.COUNT:
        return cell if chance < 0.5 else max(0, round(cell * rng.uniform(0.3, 1.7)))
    if chance < 0.4:
        return cell
    if chance < 0.45:
        return cell * (1 + 3e-10)
    return round(cell * rng.uniform(0.3, 1.7), 3)


def _with_whole_chances(function: Function, arguments: list[Any], rng: random.Random) -> list[Any]:
    """Chances and vesting that make 1 together, most of the time: few questions would have an answer."""
    for place, argument in enumerate(function.arguments):
        cells = arguments[place]
        together = (function.name, argument.name) in {
            ("BATNA_CE", "probabilities"),
            ("COMP_TOTAL", "vesting"),
            ("COMP_MATCH", "vesting"),
        }
        if together and isinstance(cells, list) and rng.random() < 0.8:
            numbers = [cell for cell in flat(cells) if type(cell) in (int, float)]
            total = sum(numbers)
            if total > 0:
                arguments[place] = [
                    [cell / total if type(cell) in (int, float) else cell for cell in row] for row in cells
                ]
    return arguments
