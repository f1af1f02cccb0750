"""Calls that are answered together: the same answers as one by one, and an end in every case."""

import logging
import random
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import saved
from walkaway_xl.cells import LEFT_OUT, evaluate
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.embedded import WorkbookError, calculate, call_cache
from walkaway_xl.hosts.embedded.engine import Engine

ROWS = 60
CHECKS = (
    "=DISCOUNT_MAX(A{0},B{0},C{0})",
    "=PRICE_FLOOR(B{0},C{0},,)",
    '=WALKAWAY_CHECK(A{0},E{0},"seller",,,5)',
    "=IFERROR(DISCOUNT_CHECK(A{0},D{0},B{0},C{0}),-1)",
    '=DEAL_SIGNER(D{0},{{0.1,0.2,0.3}},{{"rep","lead","vp"}})',
    "=PRICE_FLOOR(F{0},0.2)+H{0}",
    "=SUM(IFERROR(PRICE_FLOOR(F$1:F{0},0.2),0))",
    "=IFERROR(PRICE_FLOOR(H{0},0.2),PRICE_FLOOR(K{0},0.2))",
)


def together(monkeypatch):
    monkeypatch.setattr(call_cache, "SINGLY", 0)


def singly(monkeypatch):
    monkeypatch.setattr(call_cache, "SINGLY", 10**9)


def lines():
    """Rows with numbers, and now and then something else."""
    chance = random.Random(7)
    odd = (None, "text", True, "=1/0", 0, -5, 1.5, '=""')
    workbook = openpyxl.Workbook()
    for row in range(1, ROWS + 1):
        numbers = [chance.uniform(50, 200), chance.uniform(20, 90), 0.2, chance.uniform(0, 0.5)]
        cells = [chance.choice(odd) if chance.random() < 0.15 else round(number, 3) for number in numbers]
        workbook.active.append([*cells, *(check.format(row) for check in CHECKS)])
    return saved(workbook)


def test_a_workbook_shows_the_same_however_its_calls_are_answered(monkeypatch):
    data = lines()
    singly(monkeypatch)
    expected = calculate(data)
    together(monkeypatch)
    found = calculate(data)
    assert expected.data == found.data
    assert expected.errors == found.errors
    assert len(found.errors) > 20


# What {0} stands in for may be pending. A native function can hide that, and so lead the first passes astray.
CALLS = (
    "PRICE_FLOOR({1},0.2)",
    "DISCOUNT_MAX({1},{2},0.2,,)",
    'WALKAWAY_CHECK({1},{2},"seller")',
    "PRICE_FLOOR({3},0.2)",
    "WALKAWAY_GAP({1},{2},{1})",
    "{1}+{2}",
)
AROUND = (
    "{0}",
    "IFERROR({0},{1})",
    "IF(ISERROR({0}),{1},{0}*2)",
    "IF({1}>{2},{0},{2})",
    'COUNTIF({3},">50")+COUNT({3})',
    'IFERROR(SUMIF({3},">0"),0)',
    "AGGREGATE(9,6,{3})",
    "SUM(IFERROR({3},0))",
    "SUMPRODUCT(--ISERROR({3}))",
    '{0}&"|"&TYPE({1})',
    "ERROR.TYPE({0})",
    "_xlfn.IFNA({0},1)",
    "_xlfn.LET(_xlpm.x,{0},IF(ISTEXT(_xlpm.x),1,_xlpm.x))",
    "_xlfn.SEQUENCE(IFERROR(MIN(3,ABS({0})),2))",
    "INDEX({3},IFERROR(MAX(1,MIN(3,{0})),2))",
    "OFFSET($A$1,IFERROR(MIN(3,ABS({0})),1),0)",
)
TYPED = st.one_of(st.floats(1, 99), st.sampled_from([0, -3, None, "text", True, "=1/0", "=NA()"]))


@st.composite
def grids(draw):
    """Rows of inputs, and formulas that refer to what is on their left or above; some refer to anything."""
    rows, columns = draw(st.integers(3, 8)), draw(st.integers(3, 6))
    anything = draw(st.booleans())

    def cell(row, column):
        if draw(st.integers(0, 5)) == 0 or (column <= 2 and not anything):
            return draw(TYPED)

        def reference():
            other = draw(st.integers(1, columns if anything else column))
            last = rows if anything or other < column else row - 1
            return f"{'ABCDEF'[other - 1]}{draw(st.integers(1, last))}" if last else "7"

        letter = "ABCDEF"[draw(st.integers(1, columns if anything else max(1, column - 1))) - 1]
        words = [reference(), reference(), f"{letter}$1:{letter}${rows}"]
        call = draw(st.sampled_from(CALLS)).format("", *words)
        return "=" + draw(st.sampled_from(AROUND)).format(call, *words)

    workbook = openpyxl.Workbook()
    for row in range(1, rows + 1):
        workbook.active.append([cell(row, column) for column in range(1, columns + 1)])
    return saved(workbook)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids(), st.sampled_from([0, 1, 3]))
def test_what_is_pending_never_shows(data, as_they_come):
    with pytest.MonkeyPatch.context() as patch:
        singly(patch)
        expected = outcome(data)
        patch.setattr(call_cache, "SINGLY", as_they_come)
        assert expected == outcome(data)


def outcome(data):
    """What a calculation comes to, which may be that the engine gives up."""
    try:
        calculated = calculate(data)
    except WorkbookError as error:
        return str(error)
    return calculated.data, calculated.errors


def test_a_pass_that_the_pending_lead_astray_is_not_the_last(monkeypatch):
    together(monkeypatch)
    workbook = openpyxl.Workbook()
    workbook.active.append([68, "=PRICE_FLOOR(A1,0.2)", "=IF(ISERROR(B1),1,B1)"])
    passes = []

    def calculated(engine, whole=Engine.calculate):
        whole(engine)
        passes.append(engine)
        if len(passes) == 1:
            raise WorkbookError("astray")

    monkeypatch.setattr(Engine, "calculate", calculated)
    sheet = openpyxl.load_workbook(BytesIO(calculate(saved(workbook)).data), data_only=True).active
    assert pytest.approx(85) == sheet["C1"].value


@pytest.mark.parametrize("how", [together, singly])
def test_a_mistake_of_ours_is_logged_and_no_silent_value_error(monkeypatch, caplog, how):
    def mistaken(*_):
        raise ZeroDivisionError

    how(monkeypatch)
    monkeypatch.setattr("walkaway_xl.cells._answer", mistaken)
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=PRICE_FLOOR(68,0.2)"
    with caplog.at_level(logging.ERROR):
        (error,) = calculate(saved(workbook)).errors
    assert "PRICE_FLOOR failed. The log says where." == error.reason
    assert "ZeroDivisionError" in caplog.text


def test_filled_down_calls_reach_the_core_together(monkeypatch):
    asked = []
    monkeypatch.setattr(
        call_cache, "evaluate", lambda *question: asked.append(question) or evaluate(*question)
    )
    together(monkeypatch)
    workbook = openpyxl.Workbook()
    for row in range(1, ROWS + 1):
        workbook.active.append([row, f"=PRICE_FLOOR(A{row},0.2)", f"=PRICE_FLOOR(B{row},0.2)"])
    calculated = calculate(saved(workbook))
    assert () == calculated.errors
    assert len(asked) <= 4, "two columns, and for each the first row once more"


def test_a_chain_of_formulas_ends(monkeypatch):
    together(monkeypatch)
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 1
    for row in range(2, 40):
        workbook.active[f"A{row}"] = f"=PRICE_FLOOR(A{row - 1},0.2)"
    data = calculate(saved(workbook)).data
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True).active
    assert pytest.approx(1.25**38) == sheet["A39"].value


def test_a_formula_that_changes_at_every_look_ends(monkeypatch):
    together(monkeypatch)
    workbook = openpyxl.Workbook()
    for row in range(1, 5):
        workbook.active[f"A{row}"] = "=PRICE_FLOOR(1+RAND()+NOW(),0.2)"
    assert () == calculate(saved(workbook)).errors


def test_true_is_never_taken_for_one(monkeypatch):
    together(monkeypatch)
    workbook = openpyxl.Workbook()
    for row, value in enumerate([1, True, 1, True], start=1):
        workbook.active.append([value, f"=PRICE_FLOOR(A{row},0.2)"])
    calculated = calculate(saved(workbook))
    assert ["B2", "B4"] == [error.address for error in calculated.errors]


ROW_WISE = [name for name, own in call_cache._rows_by_name().items() if any(own)]


@pytest.mark.parametrize("name", ROW_WISE)
def test_the_answers_of_a_function_together_are_those_one_by_one(monkeypatch, name):
    together(monkeypatch)
    function = CATALOGUE[name]
    chance = random.Random(name)
    questions = [
        [_moved(argument, chance) for argument in example.arguments] for example in function.examples * 5
    ]
    calls = call_cache.CallCache()
    for question in questions:
        calls.defer(function, question)
    calls.next_pass()
    found = [calls.resolve(function, question) for question in questions]
    assert [evaluate(function, question) for question in questions] == found


def _moved(argument, chance):
    """An argument of an example as the engine hands it over; a number also moved to where it may not be."""
    if argument is None:
        return LEFT_OUT
    if isinstance(argument, list):
        rows = argument if isinstance(argument[0], list) else [argument]
        return [[_number(cell) for cell in row] for row in rows]
    number = _number(argument)
    return round(number * chance.choice([-1, 0, 0.5, 1, 1, 1, 2]), 6) if type(number) is float else number


def _number(cell):
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell
