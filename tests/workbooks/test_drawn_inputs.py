"""Few of the sets that `python -m tests.workbooks.drawn` asks the books."""

import pytest

from tests.sampling import one_in
from tests.workbooks.drawn import SETS, TEMPLATES, by_libreoffice, by_the_engine, deep_answers, fillings
from tests.workbooks.varied import has_uno

FEW = 10
every_template = pytest.mark.parametrize("name", one_in(2, list(TEMPLATES)))


@pytest.mark.parametrize("name", one_in(2, list(TEMPLATES)))
def test_the_embedded_engine_agrees_with_the_core(name: str) -> None:
    asked = deep_answers(name, FEW)
    assert [] == asked.wrong(by_the_engine(asked))


@pytest.mark.libreoffice
@pytest.mark.skipif(not has_uno(), reason="needs LibreOffice and a Python with UNO")
@pytest.mark.parametrize("name", one_in(3, list(TEMPLATES)))
def test_libreoffice_agrees_with_the_core(name: str) -> None:
    asked = deep_answers(name, FEW)
    assert [] == asked.wrong(by_libreoffice(asked))


@every_template
def test_the_drawn_inputs_reach_every_status(name: str) -> None:
    reached = {answers.get("Status of their offer") for _, answers in fillings(name, SETS)}
    assert {"WALK AWAY", "TOO CLOSE", "ACCEPTABLE", "TARGET MET", "WISH MET"} <= reached
