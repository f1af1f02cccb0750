"""The questions, what is put to which engine, and whether what it shows is the answer."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tests.calls import alike, flat, rows_of
from tests.hosts.contract import QUESTIONS, Question
from tests.hosts.formulas import lacking
from tests.hosts.formulas.engines import Formulon
from tests.hosts.formulas.stored_reader import Reader
from walkaway_xl.cells import CellError
from walkaway_xl.core.kinds import Unit
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import book_names
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

LONGEST = 8192  # characters of a formula: no longer constant can be typed
FINE, COARSE = 1e-9, 1e-12  # of the answer; of the amounts that it is a difference of


@cache
def stored() -> Mapping[str, str]:
    """Every name as a file holds it."""
    return {name.name: name.stored for name in book_names.names_of(FORMULAS.values())}


@cache
def typed() -> Mapping[str, str]:
    """Every name as Excel would show it, read from what a file holds."""
    return {name: Reader(formula, set(stored())).typed() for name, formula in stored().items()}


def of_contract(name: str) -> Iterator[Question]:
    """What the contract asks of a function on every host."""
    return (question for question in QUESTIONS if question.name == name)


def differing(engine: Formulon, questions: Iterable[Question], *, in_cells: bool) -> Iterator[str]:
    """The questions that Formulon answers otherwise."""
    for question in questions:
        if not in_cells and len(repr(question.arguments)) > LONGEST:
            continue
        shown = engine.answer(question.name, question.arguments, in_cells=in_cells)
        if not is_answer(question, shown):
            yield f"{question.name}({question.arguments}): {question.rows} expected, {shown} shown"


def is_answer(question: Question, shown: list[list[Any]]) -> bool:
    """Whether an engine shows what the cell tables say."""
    wanted = question.rows
    if question.name in lacking.ERROR_IN_EACH_ROW and _is_error(wanted[0][0]) and len(flat(wanted)) == 1:
        return {*flat(shown)} <= {wanted[0][0].code, "#NUM!"} and len({*flat(shown)}) == 1
    return [len(row) for row in wanted] == [len(row) for row in shown] and all(
        alike(cell, other) and _is_close(question, cell, other)
        for row, others in zip(wanted, shown, strict=True)
        for cell, other in zip(row, others, strict=True)
    )


def _is_close(question: Question, wanted: Any, shown: Any) -> bool:
    """Whether two numbers agree to as many digits as what they are made of leaves, at every scale."""
    if not isinstance(wanted, float | int) or isinstance(wanted, bool):
        return True
    kinds = [argument.kind for argument in CATALOGUE[question.name].arguments]
    amounts = [
        abs(cell)
        for kind, cells in zip(kinds, question.arguments, strict=False)
        for cell in flat(rows_of(cells))
        if kind.unit is Unit.MONEY and type(cell) in (float, int)
    ]
    size = max(amounts, default=1.0) if CATALOGUE[question.name].gives.unit is Unit.MONEY else 1.0
    return abs(wanted - shown) <= FINE * abs(wanted) + COARSE * max(size, abs(wanted))


def _is_error(cell: Any) -> bool:
    return isinstance(cell, CellError)
