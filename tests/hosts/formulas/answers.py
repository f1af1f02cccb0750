"""The questions, what is put to which engine, and whether what it shows is the answer."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from tests.calls import alike, flat, rows_of
from tests.hosts.contract import KINDS, QUESTIONS, Question
from tests.hosts.formulas import lacking
from tests.hosts.formulas.engines import Formulon, IronCalc, call
from tests.hosts.formulas.stored_reader import Reader
from walkaway_xl.cells import CellError
from walkaway_xl.core.kinds import Unit
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import book_names, into_book
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.without import OVERFLOWING

LONGEST = 8192  # characters of a formula: no longer constant can be typed
LARGEST_TYPED = 9.99999999999999e307
NEAR_THE_LARGEST = 1e300
FINE, COARSE = 1e-9, 1e-12  # of the answer; of the amounts that it is a difference of


@cache
def stored() -> Mapping[str, str]:
    """Every name as a file holds it."""
    return {name.name: name.stored for name in book_names.names_of(FORMULAS.values())}


@cache
def typed() -> Mapping[str, str]:
    """Every name as Excel would show it, read from what a file holds."""
    return {name: Reader(formula, set(stored())).typed() for name, formula in stored().items()}


def of_contract(name: str) -> list[Question]:
    """What the contract asks of a function on every host."""
    return [question for question in QUESTIONS if question.name == name]


def needs_cells(question: Question) -> bool:
    """Whether a constant would be another question: an empty cell is no empty text, nor a cell an error."""
    return (
        question not in KINDS
        or _holds_what_cannot_be_typed(question)
        or any(cell is None or isinstance(cell, CellError) for cell in _cells(question))
    )


def _cells(question: Question) -> list[Any]:
    return [cell for cells in question.arguments for cell in flat(rows_of(cells))]


def _holds_what_cannot_be_typed(question: Question) -> bool:
    """Whether a number is too large for a formula; a cell can hold it."""
    return any(isinstance(cell, float) and abs(cell) > LARGEST_TYPED for cell in _cells(question))


def needs_constants(question: Question) -> bool:
    """Whether it is asked in constants too; what is no example once, in the one or the other."""
    return can_be_typed(question) and (question not in KINDS or not needs_cells(question))


def can_be_typed(question: Question) -> bool:
    """Whether a formula can hold its arguments as constants."""
    return len(repr(question.arguments)) < LONGEST and not _holds_what_cannot_be_typed(question)


def differing(engine: Formulon, questions: Iterable[Question], *, in_cells: bool) -> Iterator[str]:
    """The questions that Formulon answers otherwise."""
    for question in questions:
        shown = engine.answer(question.name, question.arguments, in_cells=in_cells)
        if not is_answer(question, shown):
            yield f"{question.name}({question.arguments}): {question.rows} expected, {shown} shown"


def in_file(questions: list[Question], path: Path) -> Iterator[str]:
    """The questions that IronCalc answers otherwise, out of a workbook that has the names in it."""
    workbook, target = openpyxl.Workbook(), BytesIO()
    for row, question in enumerate(questions, 1):
        workbook.active.cell(row, 1).value = call(question.name, question.arguments)
    workbook.save(target)
    engine = IronCalc(into_book.with_names(target.getvalue()).data, path)
    for row, question in enumerate(questions, 1):
        if not is_answer(question, [[engine.shown(row)]]):
            asked = call(question.name, question.arguments)
            yield f"{asked}: {question.rows} expected, {engine.shown(row)} shown"


def is_answer(question: Question, shown: list[list[Any]]) -> bool:
    """Whether an engine shows what the cell tables say."""
    wanted = question.rows
    first = wanted[0][0]
    as_a_whole = isinstance(first, CellError) and len(flat(wanted)) == 1
    if as_a_whole and question.name in lacking.ERROR_IN_EACH_ROW:
        return {*flat(shown)} in ({first.code}, {"#NUM!"})
    if question.name in OVERFLOWING and any(
        isinstance(cell, float) and abs(cell) >= NEAR_THE_LARGEST for cell in _cells(question)
    ):
        return len(wanted) == len(shown)
    noise = COARSE * _size(question)
    return [len(row) for row in wanted] == [len(row) for row in shown] and all(
        cell is other or (alike(cell, other) and _is_close(cell, other, noise))
        for row, others in zip(wanted, shown, strict=True)
        for cell, other in zip(row, others, strict=True)
    )


def _is_close(wanted: Any, shown: Any, noise: float) -> bool:
    """Whether two numbers agree to as many digits as what they are made of leaves, at every scale."""
    if not isinstance(wanted, float | int) or isinstance(wanted, bool):
        return True
    return abs(wanted - shown) <= FINE * abs(wanted) + noise


def _size(question: Question) -> float:
    """How large the numbers are that an answer is made of: the amounts, or the whole of a share."""
    function = CATALOGUE[question.name]
    if function.gives.unit is not Unit.MONEY:
        return 1.0
    amounts = [
        abs(cell)
        for argument, cells in zip(function.arguments, question.arguments, strict=False)
        for cell in flat(rows_of(cells))
        if argument.kind.unit is Unit.MONEY and type(cell) in (float, int)
    ]
    return max(amounts, default=1.0)
