"""Every host answers by one contract; where one declares a difference, it is held to that instead."""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.calls import CALLS, all_alike, rows_of
from tests.hosts.contract import EXAMPLES, KINDS, QUESTIONS, TABLES, Question
from tests.hosts.stand_ins.calc import IN_CALC, Calc
from tests.hosts.stand_ins.excel import InLite, OverCom
from tests.hosts.stand_ins.pyodide import IN_PYODIDE, InPyodide
from tests.hosts.stand_ins.recorder import Recorder
from tests.hosts.stand_ins.windows import excel_on_windows
from tests.hosts.stand_ins.wine import IN_WINE
from tests.hosts.stand_ins.workbooks import InAWorkbook
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import embedded, excel, excel_lite
from walkaway_xl.hosts.contract import Aspect, Host
from walkaway_xl.hosts.listed import HOSTS


class Session(Protocol):
    """A host that answers the questions of the contract, in one of its spellings of cells."""

    def answer(self, question: Question) -> list[list[Any]]:
        """What the cells show."""


class Called:
    """A host whose functions are called one by one."""

    def __init__(self, host: OverCom | InLite) -> None:
        self.host = host

    def answer(self, question: Question) -> list[list[Any]]:
        return rows_of(self.host.call(question.name, *question.arguments))


SESSIONS: dict[str, list[Any]] = {
    "embedded": ["a workbook"],
    "libreoffice": [pytest.param("a workbook in Calc", marks=IN_CALC)],
    "formulas": [],  # held to it in formulas/test_answers.py, by two engines that read LAMBDA
    "excel": ["cells", "constants", pytest.param("values under Wine", marks=IN_WINE)],
    "lite": [
        "an empty text for a blank",
        "null for a blank",
        pytest.param("an empty text in Pyodide", marks=IN_PYODIDE),
        pytest.param("null in Pyodide", marks=IN_PYODIDE),
    ],
}
HOST = {host.KEY: host for host in HOSTS}
# Where an answer takes long, one question in so many is asked, of each function others; all of them with
# --hypothesis-profile thorough.
ONE_IN = {"cells": 12, "values under Wine": 40}


class Asked(NamedTuple):
    """A host, a session of it, and which of many questions it is asked: one in so many."""

    host: Host
    session: Session
    one_in: int

    def some(self, questions: Sequence[Question]) -> Sequence[Question]:
        """The questions that are asked of a function."""
        begin = list(CATALOGUE).index(questions[0].name) % min(self.one_in, len(questions))
        return questions[begin :: self.one_in]


@pytest.fixture(scope="module")
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Sessions by host and spelling, each started when it is first asked."""
    sessions: dict[tuple[str, str], Session] = {}

    def begun(key: str, spelling: str) -> Session:
        if (key, spelling) not in sessions:
            sessions[key, spelling] = _session(key, spelling, xlwings, request, tmp_path_factory)
        return sessions[key, spelling]

    with excel_on_windows() as xlwings:
        yield begun


def _session(
    key: str, spelling: str, xlwings: Any, request: pytest.FixtureRequest, folders: pytest.TempPathFactory
) -> Session:
    if key == "embedded":
        return InAWorkbook(HOST[key], QUESTIONS, _by_the_engine)
    if key == "libreoffice":
        folder = folders.mktemp("contract")
        return InAWorkbook(HOST[key], QUESTIONS, partial(_by_calc, Calc(folder), folder / "questions.xlsx"))
    if key == "excel":
        server = request.getfixturevalue("server") if "Wine" in spelling else xlwings.com_server.XLPython()
        return Called(OverCom(server, as_cells=spelling == "cells"))
    blank = None if "null" in spelling else ""
    if "Pyodide" in spelling:
        return Called(InPyodide(request.getfixturevalue("pyodide"), blank))
    functions: dict[str, Any] = {}
    excel.publish(functions, Recorder(), excel_lite.LITE)
    return Called(InLite(functions, blank))


def _by_the_engine(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(embedded.calculate(data).data), data_only=True).worksheets[0]


def _by_calc(calc: Calc, path: Path, data: bytes) -> Worksheet:
    path.write_bytes(data)
    return calc.values(path)


def _each_session() -> Iterator[Any]:
    for key, spellings in SESSIONS.items():
        for spelling in spellings:
            marks = spelling.marks if hasattr(spelling, "marks") else ()
            (words,) = spelling.values if hasattr(spelling, "values") else (spelling,)
            yield pytest.param((key, words), id=f"{key}, {words}", marks=marks)


@pytest.fixture(params=_each_session())
def asked(request: pytest.FixtureRequest, started: Any, is_thorough: bool) -> Asked:
    """A host, and a session of it."""
    key, spelling = request.param
    return Asked(HOST[key], started(key, spelling), 1 if is_thorough else ONE_IN.get(spelling, 1))


def _wrong(asked: Asked, questions: Sequence[Question]) -> list[str]:
    """Questions that a host answers otherwise than it should."""
    host, session, _ = asked
    return [
        f"{question.name}({question.arguments}): {question.shown_by(host)} expected, {shown} shown"
        for question in questions
        if not all_alike(question.shown_by(host), shown := session.answer(question))
    ]


def test_every_host_is_held_to_the_contract():
    assert set(HOST) == set(SESSIONS)


def test_every_aspect_in_which_a_host_may_differ_is_asked_about():
    assert set(Aspect) == {question.aspect for question in TABLES} - {None}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_example_shows_its_answer(asked, name):
    questions = [question for question in EXAMPLES if question.name == name]

    assert questions
    assert [] == _wrong(asked, asked.some(questions))


@pytest.mark.parametrize("name", CALLS)
def test_every_kind_of_cell_in_every_argument(asked, name):
    questions = [question for question in KINDS if question.name == name]

    assert questions
    assert [] == _wrong(asked, asked.some(questions))


@pytest.mark.parametrize("question", TABLES, ids=[question.words for question in TABLES])
def test_every_row_of_the_tables(asked, question):
    host, session, _ = asked
    difference = question.difference(host)
    shown = session.answer(question)

    if difference is None:
        assert [] == _wrong(asked, [question])
    else:
        assert not all_alike(question.rows, shown), f"no longer so: {difference.what}"
        is_said = difference.handed_over or difference.shown_as or difference.answered
        assert not is_said or [] == _wrong(asked, [question])
