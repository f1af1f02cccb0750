"""The contract's workbook: red lines come first, and what is incomplete has no score."""

import itertools

import pytest

import walkaway_xl as wx
from tests.workbooks.calculated import Values, find
from tests.workbooks.deals import facts_of, rows
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import multi_issue_contract, template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book.layout import CHECKS, PREPARE

DEAL = facts_of("multi_issue_contract")
ISSUE_KEYS = ("worst", "best", "points", "their_points")
NUMBERS = range(1, len(rows(DEAL, "issues")) + 1)
THEIR_VIEW = "Their score of it, as you guess"


def row_of(values: Values, label: str) -> list[object]:
    """What a row of the packages shows, package by package, theirs first."""
    sheet = values.sheet(PREPARE)
    at = find(sheet, label)
    return [sheet[f"{column}{at}"].value for column in "EFGHIJKL"]


def latest(side: str) -> list[float]:
    """The last offer of a side; what a round leaves blank stays as it was."""
    rounds = rows(DEAL, side, *(f"issue_{number}" for number in NUMBERS))
    return [[value for value in column if value is not None][-1] for column in zip(*rounds, strict=True)]


@pytest.mark.parametrize("missing", [NUMBERS, [3]], ids=["no offer", "one issue is missing"])
def test_an_incomplete_offer_has_no_score(missing: list[int]) -> None:
    draft = template("multi_issue_contract").example()
    for issue, round_ in itertools.product(missing, range(1, 4)):
        draft.cell(draft.inputs[f"theirs.{round_}.issue_{issue}"].reference).value = None
    values = Values(draft)
    prepare = values.sheet(PREPARE)
    assert not values["wx_score"]
    assert not prepare[f"E{find(prepare, THEIR_VIEW)}"].value


def test_a_blank_workbook_has_no_score() -> None:
    values = Values(multi_issue_contract.build())
    prepare = values.sheet(PREPARE)
    assert not values["wx_score"]
    assert not prepare[f"E{find(prepare, THEIR_VIEW)}"].value


@pytest.mark.parametrize(("fee", "verdict", "broken"), [(250, "TOO CLOSE", 0), (250.01, "WALK AWAY", 1)])
def test_one_broken_red_line_is_a_walk_away_however_good_the_rest(
    fee: float, verdict: str, broken: int
) -> None:
    draft = template("multi_issue_contract").example()
    fill(draft, {"theirs.4.issue_1": fee})
    values = Values(draft)
    assert (verdict, broken) == (values["wx_verdict"], values["wx_red_lines"])
    assert bool(broken) == (not values["wx_score"])


def test_packages_are_scored_and_compared_as_the_functions_do() -> None:
    values = Values(template("multi_issue_contract").example())
    columns = zip(*rows(DEAL, "issues", *ISSUE_KEYS), strict=True)
    worst, best, points, their_points = map(list, columns)
    packages = [
        latest("theirs"),
        latest("ours"),
        *map(list, rows(DEAL, "packages", *(f"issue_{number}" for number in NUMBERS))),
        [DEAL[f"alternatives.1.issue_{number}"] for number in NUMBERS],  # the best alternative
    ]
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


def test_a_round_leaves_blank_what_stays_as_it_was() -> None:
    draft = template("multi_issue_contract").example()
    fill(draft, {"theirs.4.issue_1": 220, "theirs.6.issue_5": 4})  # round 5 is left out
    columns = zip(*rows(DEAL, "issues", *ISSUE_KEYS), strict=True)
    worst, best, points, _ = map(list, columns)
    offered = [220, *latest("theirs")[1:]]
    offered[4] = 4
    assert float(wx.issue_score(offered, worst, best, points)) == pytest.approx(Values(draft)["wx_offer"])


def test_an_alternative_is_scored_as_an_offer_is() -> None:
    draft = template("multi_issue_contract").example()
    fill(draft, {"alternatives.1.price": 90, "alternatives.1.adjustment": 0, "alternatives.1.chance": 1})
    columns = zip(*rows(DEAL, "issues", *ISSUE_KEYS), strict=True)
    worst, best, points, _ = map(list, columns)
    package = [DEAL[f"alternatives.1.issue_{number}"] for number in NUMBERS]
    score = float(wx.issue_score(package, worst, best, points))
    assert score == pytest.approx(Values(draft)["wx_batna"])  # not the 90 that is typed beside it
    fill(draft, {"alternatives.1.issue_1": ""})
    assert 90 == Values(draft)["wx_batna"]  # a package that is not complete has no score


def test_an_alternative_that_breaks_a_red_line_fails_a_check() -> None:
    draft = template("multi_issue_contract").example()
    fill(draft, {"alternatives.1.issue_1": 251})
    assert values_open(draft) == {"Alternatives that break a red line"}


def values_open(draft: Draft) -> set[str]:
    """The checks that are open, but for the walk-away that has moved."""
    sheet = Values(draft).sheet(CHECKS)
    first = find(sheet, "Check") + 1
    places = itertools.takewhile(lambda row: sheet[f"B{row}"].value, itertools.count(first))
    return {sheet[f"B{row}"].value for row in places if not sheet[f"D{row}"].value} - {
        "Walk-away is not looser than the last one set"
    }
