"""The formulas answer as the Python does: in Formulon as typed, in IronCalc out of a file.

What Formulon is asked is read back from the stored spelling, by a reader that knows nothing of the printer.
"""

from io import BytesIO

import openpyxl
import pytest

from tests.calls import flat
from tests.hosts.formulas import answers, drawn, lacking
from tests.hosts.formulas.engines import Formulon, IronCalc, call
from walkaway_xl.cells import CellError
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import into_book
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.without import WITHOUT

DRAWN = 20  # of each function; python -m tests.hosts.formulas asks two hundred


@pytest.fixture(scope="module")
def formulon():
    """The engine, with every name in it."""
    return Formulon(answers.typed())


def test_every_function_has_a_formula_or_a_reason_why_not():
    assert set(CATALOGUE) == set(FORMULAS) | set(WITHOUT)
    assert not set(FORMULAS) & set(WITHOUT)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_contract_holds_in_cells(formulon, name):
    assert [] == list(answers.differing(formulon, answers.of_contract(name), in_cells=True))


@pytest.mark.parametrize("name", FORMULAS)
def test_the_contract_holds_for_constants(formulon, name):
    assert [] == list(answers.differing(formulon, answers.of_contract(name), in_cells=False))


@pytest.mark.parametrize("name", FORMULAS)
def test_drawn_questions_have_the_same_answers(formulon, name):
    questions = list(drawn.questions(name, DRAWN))

    assert [] == list(answers.differing(formulon, questions, in_cells=True))
    assert [] == list(answers.differing(formulon, questions, in_cells=False))


def test_most_drawn_questions_have_an_answer():
    cells = [flat(question.rows)[0] for name in FORMULAS for question in drawn.questions(name, DRAWN)]

    assert sum(isinstance(cell, CellError) for cell in cells) < len(cells) / 2


def test_single_cells_have_the_same_answers_out_of_a_file(tmp_path):
    questions = [
        question
        for name in FORMULAS
        for question in [*answers.of_contract(name), *drawn.questions(name, 3 * DRAWN)]
        if not lacking.not_for_ironcalc(question)
    ]
    formulas = [call(question.name, question.arguments) for question in questions]
    engine = IronCalc(_book(formulas), tmp_path / "book.xlsx")

    assert len(questions) > 3000
    assert [] == [
        f"{question.words} {formula}: {question.rows} expected, {engine.shown(row)} shown"
        for row, (question, formula) in enumerate(zip(questions, formulas, strict=True), 1)
        if not answers.is_answer(question, [[engine.shown(row)]])
    ]


@pytest.mark.parametrize("reason", lacking.NOT_FOR_IRONCALC)
def test_what_an_engine_is_not_asked_it_still_cannot_answer(reason, tmp_path):
    """So that it is asked once it can."""
    applies = lacking.NOT_FOR_IRONCALC[reason]
    questions = [question for name in FORMULAS for question in answers.of_contract(name) if applies(question)]
    engine = IronCalc(
        _book([call(question.name, question.arguments) for question in questions]), tmp_path / "book.xlsx"
    )

    assert not all(
        answers.is_answer(question, [[engine.shown(row)]])
        for row, question in enumerate(questions, 1)
        if len(flat(question.rows)) == 1
    )


def _book(formulas):
    """A workbook with formulas below each other, and the names that they call."""
    workbook, target = openpyxl.Workbook(), BytesIO()
    for row, formula in enumerate(formulas, 1):
        workbook.active.cell(row, 1).value = formula
    workbook.save(target)
    return into_book.with_names(target.getvalue()).data
