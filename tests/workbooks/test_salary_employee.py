"""The workbook of somebody who has the job: its questions fit the case, and the money that is left counts."""

import pytest

import walkaway_xl as wx
from tests.workbooks.calculated import Values
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.filling import fill

NAME = "salary_employee"


def filled(**facts: object) -> Values:
    """The example with other facts."""
    draft = template(NAME).example()
    fill(draft, facts)
    return Values(draft)


@pytest.mark.parametrize(
    ("case", "first", "fourth"),
    [
        ("a raise", "What pay do they offer you now, a year?", "What is staying as you are worth?"),
        ("a pay cut", "What pay would be left after the cut, a year?", "What do you have if that fails too?"),
        ("a transfer", "What would the new place pay, a year?", "What do you have if that fails too?"),
        ("a layoff", "What do their terms give you for a year?", "What do you have if that fails too?"),
        ("", "What would you get, a year in all?", "What do you have if that fails too?"),
    ],
)
def test_the_questions_fit_the_case(case: str, first: str, fourth: str) -> None:
    start = filled(item=case).sheet("Start")
    assert (first, fourth) == (start["C6"].value, start["C10"].value)


def test_the_next_step_names_the_question_as_it_is_asked() -> None:
    draft = template(NAME).build()
    fill(draft, {"item": "a raise", "them": "Kern", "without": 60_000})
    assert (
        "Answer question 1: What pay do they offer you now, a year?"
        == Values(draft).sheet("Start")["I13"].value
    )


def test_staying_costs_nothing_and_leaving_does() -> None:
    draft = template(NAME).build()
    fill(draft, {"offer_now": 62_000, "instead": 66_000, "without": 60_000, "walk_cost": 2_500})
    assert 63_500 == Values(draft)["wx_walkaway"]
    fill(draft, {"walk_cost": 9_000})
    assert 60_000 == Values(draft)["wx_walkaway"]


def test_the_verdict_says_how_long_one_can_say_no() -> None:
    months = wx.walkaway_runway(16_000, 2_900, 1_100)
    assert filled()["wx_binding"].endswith(f"You can say no for {months:.1f} months.")


def test_money_that_is_gone_too_soon_is_the_next_step_and_fails_a_check() -> None:
    values = filled(liquid=4_500)
    assert "You can say no for 2.5 months; finding another job takes 5.0 months." in values["wx_binding"]
    step = "Find money for another 2.5 months before you say no: save, or ask for time."
    assert step == values.sheet("Start")["I13"].value
    assert "✖  1 of 22 checks open" == values["wx_checks"]
