"""Thousands of calls answered together: a formula that is filled down is one question about a column.

One call of a NumPy function costs about the same for one row as for a thousand. An engine calls row by row,
so the first calls are answered as they come and the rest are noted; all of a kind then get their answers in
one stroke, and the engine calculates again and finds them.

What a cell depends on may be pending, and a formula such as IFERROR may hide that. So nothing that the engine
calculates in a pass with open questions is kept. The answers are: they depend on their arguments alone.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from walkaway_xl.catalogue import Function
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Shape
from walkaway_xl.functions import CATALOGUE

PENDING: Final = CellError("#PENDING!")  # not answered yet; whatever depends on it is calculated again
SINGLY = 2_000  # calls of each pass answered as they come, a fifth of a second; most workbooks make fewer
MOST_PASSES = 5  # of the engine, which a chain of formulas (each row needs the one above) would not end
SMALL_TABLE = 64  # cells; a larger table as an argument takes longer to compare than to answer
ALIKE = frozenset({float, str, type(None), type(LEFT_OUT)})  # TRUE equals 1, so a flag is no key

Key = tuple[Any, ...]


class CallCache:
    """The answers of worksheet functions during one calculation."""

    def __init__(self) -> None:
        self._answers: dict[Key, Any] = {}
        self._waiting: dict[Key, dict[Key, Sequence[Any]]] = {}  # kind of question → question → arguments
        self._functions: dict[Key, Function] = {}
        self._passes = 1
        self._singly = SINGLY

    @property
    def complete(self) -> bool:
        """Whether every question of this pass was answered."""
        return not self._waiting

    @property
    def _answers_singly(self) -> bool:
        return self._singly > 0 or self._passes >= MOST_PASSES

    def defer(self, function: Function, arguments: Sequence[Any]) -> Any:
        """The answer, or PENDING if it comes with many others of its kind."""
        key = _key(function, arguments)
        if key is None:
            pending = any(argument is PENDING for argument in arguments)
            return PENDING if pending else evaluate(function, arguments)
        cached = self._answers.get(key, PENDING)
        if cached is not PENDING:
            return cached
        kind = None if self._answers_singly else _kind(function, arguments, key)
        if kind is None:
            self._singly -= 1
            self._answers[key] = result = evaluate(function, arguments)
            return result
        self._functions[kind] = function
        self._waiting.setdefault(kind, {})[key] = arguments
        return PENDING

    def resolve(self, function: Function, arguments: Sequence[Any]) -> Any:
        """The answer."""
        key = _key(function, arguments)
        cached = PENDING if key is None else self._answers.get(key, PENDING)
        return evaluate(function, arguments) if cached is PENDING else cached

    def next_pass(self) -> None:
        """Answer all that wait."""
        for kind, waiting in self._waiting.items():
            answers = _together(self._functions[kind], kind, list(waiting.values()))
            self._answers.update(zip(waiting, answers, strict=True))
        self._waiting = {}
        self._passes += 1
        self._singly = SINGLY


@cache
def _rows_by_name() -> Mapping[str, tuple[bool, ...]]:
    """For each function that answers row by row, which of its arguments each row has its own of."""
    by_name = {}
    for name, function in CATALOGUE.items():
        shapes = [kind.shape for kind in function.takes]
        if Shape.ROWS not in shapes and Shape.GRID not in shapes:
            by_name[name] = tuple(shape is Shape.ELEMENT for shape in shapes)
    return by_name


def _key(function: Function, arguments: Sequence[Any]) -> Key | None:
    """What tells one question from another; None where telling would take longer than answering."""
    if ALIKE.issuperset(map(type, arguments)):
        return function.name, *arguments
    key: list[Any] = [function.name]
    for argument in arguments:
        if type(argument) is list:
            cells = [cell for row in argument for cell in row]
            if len(cells) > SMALL_TABLE or not ALIKE.issuperset(map(type, cells)):
                return None
            key.append((len(argument), *cells))
        elif type(argument) in ALIKE:
            key.append(argument)
        else:
            return None
    return tuple(key)


def _kind(function: Function, arguments: Sequence[Any], key: Key) -> Key | None:
    """What questions have in common that can be asked together: all but the numbers that each row has."""
    of_the_row = _rows_by_name().get(function.name, ())
    if len(arguments) > len(of_the_row):
        return None
    parts = zip(of_the_row, arguments, key[1:], strict=False)
    kind = [float if own and type(argument) is float else part for own, argument, part in parts]
    return (function.name, *kind) if float in kind else None


def _together(function: Function, kind: Key, questions: list[Sequence[Any]]) -> list[Any]:
    """Answers to questions of one kind."""
    columns = [
        [[question[place]] for question in questions] if part is float else questions[0][place]
        for place, part in enumerate(kind[1:])
    ]
    first = evaluate(function, questions[0])
    table = evaluate(function, columns) if len(questions) > 1 and not isinstance(first, list) else None
    if isinstance(table, list) and len(table) == len(questions) and all(len(row) == 1 for row in table):
        return [row[0] for row in table]
    # An answer that is a table itself, or a question that is malformed as a whole.
    return [evaluate(function, question) for question in questions]
