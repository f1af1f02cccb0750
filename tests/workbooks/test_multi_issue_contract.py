"""The contract's workbook: red lines come first, and what is incomplete has no score."""

import pytest

import walkaway_xl as wx
from tests.workbooks.calculated import Values, find
from tests.workbooks.deals import facts_of, rows
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import multi_issue_contract, template
from walkaway_xl.workbooks.price_book.layout import PREPARE

DEAL = facts_of("multi_issue_contract")
ISSUE_KEYS = ("their_offer", "worst", "best", "points", "their_points")
NUMBERS = range(1, len(rows(DEAL, "issues")) + 1)
THEIR_VIEW = "Their score of it, as you guess"


def issue_cell(draft: Draft, issue: int, key: str) -> str:
    """Name of the cell on Prepare that holds one input of an issue, counted from 1."""
    return draft.inputs[f"issues.{issue}.{key}"].reference.rsplit("!", 1)[1].replace("$", "")


def row_of(values: Values, label: str) -> list[object]:
    """What a row of the packages shows, package by package, theirs first."""
    sheet = values.sheet(PREPARE)
    at = find(sheet, label)
    return [sheet[f"{column}{at}"].value for column in "EFGHIJKL"]


@pytest.mark.parametrize("missing", [NUMBERS, [3]], ids=["no offer", "one issue is missing"])
def test_an_incomplete_offer_has_no_score(missing: list[int]) -> None:
    draft = template("multi_issue_contract").example()
    for issue in missing:
        draft.sheet(PREPARE)[issue_cell(draft, issue, "their_offer")] = None
    values = Values(draft)
    prepare = values.sheet(PREPARE)
    assert not values["wx_score"]
    assert not prepare[f"E{find(prepare, THEIR_VIEW)}"].value


def test_a_blank_workbook_has_no_score() -> None:
    values = Values(multi_issue_contract.build())
    prepare = values.sheet(PREPARE)
    assert not values["wx_score"]
    assert not prepare[f"E{find(prepare, THEIR_VIEW)}"].value


@pytest.mark.parametrize(("fee", "verdict", "broken"), [(250, "ACCEPTABLE", 0), (250.01, "WALK AWAY", 1)])
def test_one_broken_red_line_is_a_walk_away_however_good_the_rest(
    fee: float, verdict: str, broken: int
) -> None:
    draft = template("multi_issue_contract").example()
    draft.sheet(PREPARE)[issue_cell(draft, 1, "their_offer")] = fee
    values = Values(draft)
    assert (verdict, broken) == (values["wx_verdict"], values["wx_red_lines"])
    assert bool(broken) == (not values["wx_score"])


def test_packages_are_scored_and_compared_as_the_functions_do() -> None:
    values = Values(template("multi_issue_contract").example())
    columns = zip(*rows(DEAL, "issues", *ISSUE_KEYS), strict=True)
    offered, worst, best, points, their_points = map(list, columns)
    packages = [offered, *map(list, rows(DEAL, "packages", *(f"issue_{number}" for number in NUMBERS)))]
    ours = wx.issue_score(packages, worst, best, points)
    theirs = wx.issue_score(packages, best, worst, their_points)
    assert row_of(values, "Our score") == pytest.approx(list(ours))
    assert row_of(values, "Their score, as you guess") == pytest.approx(list(theirs))

    efficient = [mark == "✔" for mark in row_of(values, "Efficient?")]
    assert efficient == list(wx.issue_pareto(ours, theirs))
    wanted = wx.issue_pareto(ours, theirs, values["wx_walkaway"], output="nash")
    assert ["◆ fair" if place == wanted else "" for place in range(1, len(packages) + 1)] == [
        pick or "" for pick in row_of(values, "Pick")
    ]
