"""The formulas answer as the Python does: in Formulon as they are typed, in IronCalc out of a file.

What Formulon is asked is read back from the stored spelling, by a reader that knows nothing of the printer.
"""

from itertools import chain

import pytest

from tests.calls import flat
from tests.hosts.contract import EXAMPLES
from tests.hosts.formulas import answers, drawn, lacking
from tests.hosts.formulas.engines import Formulon
from tests.sampling import one_in
from walkaway_xl.cells import CellError
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.without import WITHOUT

DRAWN = 8  # of each function, in cells and as constants; python -m tests.hosts.formulas asks two hundred


@pytest.fixture(scope="module")
def formulon():
    """The engine, with every name in it."""
    return Formulon(answers.typed())


def test_every_function_has_a_formula_or_a_reason_why_not():
    assert set(CATALOGUE) == set(FORMULAS) | set(WITHOUT)
    assert not set(FORMULAS) & set(WITHOUT)


@pytest.mark.parametrize("name", one_in(3, list(FORMULAS)))
def test_the_contract_holds(formulon, name):
    questions = answers.of_contract(name)
    in_cells = list(filter(answers.needs_cells, questions))
    constants = list(filter(answers.needs_constants, questions))

    assert {*questions} == {*in_cells, *constants}
    assert [] == list(answers.differing(formulon, in_cells, in_cells=True))
    assert [] == list(answers.differing(formulon, constants, in_cells=False))


@pytest.mark.parametrize("name", FORMULAS)
def test_drawn_questions_have_the_same_answers(formulon, name):
    questions = list(drawn.questions(name, 2 * DRAWN))

    assert [] == list(answers.differing(formulon, questions[:DRAWN], in_cells=True))
    assert [] == list(answers.differing(formulon, questions[DRAWN:], in_cells=False))


def test_most_drawn_questions_have_an_answer():
    cells = [flat(question.rows)[0] for name in FORMULAS for question in drawn.questions(name, 2 * DRAWN)]

    assert sum(isinstance(cell, CellError) for cell in cells) < len(cells) / 2


def test_single_cells_have_the_same_answers_out_of_a_file(tmp_path):
    asked = chain.from_iterable(
        [*answers.of_contract(name), *drawn.questions(name, 2 * DRAWN)] for name in FORMULAS
    )
    questions = [question for question in asked if not lacking.not_for_ironcalc(question)]

    assert len(questions) > 1000
    assert [] == list(answers.in_file(questions, tmp_path / "book.xlsx"))


@pytest.mark.parametrize("reason", lacking.NOT_FOR_IRONCALC)
def test_what_an_engine_is_not_asked_it_still_cannot_answer(reason, tmp_path):
    """So that it is asked once it can."""
    applies = lacking.NOT_FOR_IRONCALC[reason]
    questions = [question for question in EXAMPLES if question.name in FORMULAS and applies(question)]

    assert [] != list(answers.in_file(questions, tmp_path / "book.xlsx"))
