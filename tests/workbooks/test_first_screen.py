"""The eight questions of the first screen: what follows from few answers, and from better ones elsewhere."""

import functools
import math
from typing import Any

import pytest

from tests.sampling import one_in
from tests.workbooks.calculated import Values, find
from tests.workbooks.drawn import SIDES, by_the_engine, quick_answers
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import Template, template
from walkaway_xl.workbooks.filling import fill

SETS = 60
every_book = pytest.mark.parametrize("name", SIDES)
OPEN = "▲  "


def answered(name: str, **answers: Any) -> Values:
    """A blank workbook with these answers on its first screen."""
    draft = template(name).build()
    fill(draft, answers)
    return Values(draft)


@functools.cache
def blank(name: str) -> Draft:
    """The blank workbook, built once."""
    chosen: Template = template(name)
    return chosen.build()


@pytest.mark.parametrize("name", one_in(2, list(SIDES)))
def test_drawn_answers_give_what_the_core_gives(name: str) -> None:
    asked = quick_answers(name, SETS)
    shown = by_the_engine(asked)
    assert [] == asked.wrong(shown)
    assert {"NOT READY", "NO OFFER YET", "WALK AWAY", "ACCEPTABLE", "TARGET MET"} <= {
        cells[asked.read[1]] for cells in shown
    }


@every_book
def test_two_answers_give_a_first_verdict(name: str) -> None:
    values = answered(name, offer_now=50, **{SIDES[name][1]: 40})
    assert values["wx_verdict"] == ("WALK AWAY" if SIDES[name][0] == "buyer" else "ACCEPTABLE")
    assert values.sheet("Start")["I4"].value.endswith(values["wx_verdict"])


@pytest.mark.parametrize("name", one_in(2, list(SIDES)))
def test_what_a_sheet_works_out_takes_the_place_of_the_quick_answer(name: str) -> None:
    quick = {"instead": 50, "without": 50, "answer": "Something else"}
    deeper = {"alternatives.1.kind": "other", "alternatives.1.price": 70, "alternatives.2.kind": "do nothing"}
    assert 50 == answered(name, **quick)["wx_batna"]
    with_option = answered(name, **quick, **deeper)
    better = 50 if SIDES[name][0] == "buyer" else 70
    assert better == with_option["wx_batna"]  # going without still counts until the table has it
    start = with_option.sheet("Start")
    assert start["E9"].value.startswith("↪")
    assert not start["E10"].value.startswith("↪")
    both = answered(name, **quick, **deeper, **{"alternatives.2.price": 71})
    assert both["wx_batna"] == (70 if SIDES[name][0] == "buyer" else 71)
    assert both.sheet("Start")["E10"].value.startswith("↪")


def test_an_option_that_may_fail_waits_for_what_is_left_then() -> None:
    assert not answered("used_goods", instead=6500, instead_chance=0.5)["wx_batna"]
    assert 6800 == answered("used_goods", instead=6500, instead_chance=0.5, without=7100)["wx_batna"]


def test_nothing_counts_as_zero_before_it_is_asked() -> None:
    values = answered("used_goods", answer="Keep the old one", offer_now=7500)
    assert ("", "NOT READY") == (values["wx_walkaway"] or "", values["wx_verdict"])


@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ({}, "TARGET MET", "◆  Instead: your other option, for 6,500."),
        (
            {"walk_cost": 60},
            "TARGET MET",
            "◆  Instead: your other option, for 6,500, plus starting again 60.",
        ),
        ({"budget": 6300}, "TARGET MET", "◆  With repairs you cannot pay more than 6,300."),
        ({"without": 6300}, "TARGET MET", "◆  You would rather go without than pay more."),
        ({"gates.3.score": 2}, "WALK AWAY", "◆  The deal brings too little: you gave it 2, and need 5."),
        ({"gates.2.score": 3}, "WALK AWAY", "◆  The risk is too high: you gave it 3, and need 5."),
        (
            {"gates.1.score": 4, "gates.2.score": 3},
            "WALK AWAY",
            "◆  The relationship comes first: you gave it 4, and need 5.",
        ),
        (
            {"flags.5.present": "yes", "gates.1.score": 4},
            "WALK AWAY",
            "◆  Red flag: They are rude or abusive.",
        ),
        ({"flags.5.present": "yes", "flags.1.present": "yes"}, "RUN", "◆  Red flag: They lied."),
    ],
)
def test_the_verdict_says_what_decided(change: dict[str, Any], verdict: str, reason: str) -> None:
    values = answered("used_goods", **{"offer_now": 6000, "instead": 6500, "want": 6200, **change})
    assert (verdict, reason) == (values["wx_verdict"], values["wx_binding"])
    assert values.sheet("Start")["K3"].value.startswith(OPEN)  # the preparation, beside it


def test_a_later_gate_is_not_reached_once_one_has_failed() -> None:
    draft = template("used_goods").build()
    fill(draft, {"gates.1.score": 2, "gates.2.score": 9, "gates.3.score": 9})
    sheet = draft.inputs["gates.1.score"].reference
    shown = Values(draft).sheet(sheet.sheet)
    results = [shown[f"G{sheet.first_row + number}"].value for number in range(3)]
    assert ["✖  stop here", "–  not reached", "–  not reached"] == results


def test_a_hope_that_is_worse_than_the_walk_away_is_left_out_and_said() -> None:
    values = answered(
        "used_goods",
        **{"offer_now": 6000, "answer": "Buy the other", "instead": 6500, "without": 7000, "walk_cost": 0},
        **{"want": 7000, "budget": 7400, "deadline": "2026-05-16", "item": "Car"},
    )
    assert "ACCEPTABLE" == values["wx_verdict"]
    assert "question 6" in values.sheet("Start")["I13"].value


@pytest.mark.parametrize(
    ("currency", "size", "shown"),
    [("EUR", 60, "60.00"), ("EUR", 5_970_000, "5,970,000"), ("JPY", 60, "60"), ("EUR", 0.6, "0.6000")],
)
def test_decimals_follow_currency_and_size(currency: str, size: float, shown: str) -> None:
    values = answered("seller_price", currency=currency, instead=size)
    assert values["wx_binding"] == f"◆  Instead: your other option, worth {shown}."


def test_every_question_has_a_number_until_it_is_answered() -> None:
    start = answered("used_goods", offer_now=6000).sheet("Start")
    marks = [start[f"B{row}"].value for row in (6, 8, 9, 10, 11, 13, 14, 15)]
    assert ["✔", 2, 3, 4, 5, 6, 7, 8] == marks
    assert start["I13"].value.startswith("Answer question 2: What will you do instead?")
    assert math.isclose(start["J9"].value, 6000)


def test_a_walk_away_loosened_after_their_first_offer_fails_a_check_and_shows() -> None:
    draft = template("seller_price").example()
    fill(draft, {"history.1.value": 52, "history.1.on": "2026-02-10", "history.1.reason": "Dalby Pumps"})
    later = {"history.2.value": 51.5, "history.2.on": "2026-02-20", "history.2.reason": "They pressed"}
    fill(draft, later)
    values = Values(draft)
    assert "✖  1 of 22 checks open" == values["wx_checks"]
    assert "▲  walk-away loosened on 20 Feb: They pressed" == values.sheet("Start")["K3"].value
    fill(draft, {"history.2.on": "2026-02-11"})
    assert "✔  All 22 checks pass" == Values(draft)["wx_checks"]


@pytest.mark.parametrize(
    ("name", "offers", "count"),
    [
        ("salary_candidate", {"theirs.1.bonus": 0.1}, 1),  # a bonus on a base that nobody has named
        ("salary_candidate", {"theirs.1.bonus": 0.1, "theirs.1.base": 80_000}, 0),
        ("multi_issue_contract", {"issues.1.points": 9, "issues.2.points": 9, "ours.1.issue_1": 5}, 1),
        ("seller_price", {"rounds.1.theirs": 900, "rounds.1.meant": "in all"}, 1),
        ("seller_price", {"rounds.1.theirs": 900, "rounds.1.meant": "in all", "rounds.1.quantity": 30}, 0),
        ("procurement_buyer", {"rounds.1.ours": 900, "rounds.1.meant": "in all", "volume": 30}, 0),
    ],
)
def test_an_offer_that_cannot_be_judged_yet_is_found(name: str, offers: dict[str, Any], count: int) -> None:
    checks = answered(name, **offers).sheet("Checks")
    assert count == checks[f"C{find(checks, 'Logged offers that cannot be judged yet')}"].value


def test_a_price_in_all_is_judged_by_the_unit() -> None:
    quick = {"offer_now": 900, "our_offer_now": 1200, "basis": "in all", "least": 25}
    unknown = answered("seller_price", **quick)
    assert ("", "NO OFFER YET") == (unknown["wx_offer"] or "", unknown["wx_verdict"])
    assert unknown.sheet("Start")["I13"].value.startswith("Their price is for all of it")
    of_thirty = answered("seller_price", volume=30, **quick)
    assert (30, 40, "ACCEPTABLE") == tuple(
        of_thirty[f"wx_{key}"] for key in ("offer", "our_offer", "verdict")
    )
    logged = {
        "rounds.1.theirs": 23,
        "rounds.2.theirs": 2400,
        "rounds.2.meant": "in all",
        "rounds.3.theirs": 2700,
    }
    assert 90 == answered("seller_price", volume=30, **quick, **logged)["wx_offer"]


def test_base_pay_alone_is_not_held_against_a_package() -> None:
    quick = {"offer_now": 90_000, "basis": "base only", "least": 95_000}
    values = answered("salary_candidate", **quick)
    assert "NO OFFER YET" == values["wx_verdict"]
    assert values.sheet("Start")["I13"].value.startswith("They named base pay only")
    package = {"theirs.1.base": 90_000, "theirs.1.bonus": 0.1}
    assert "ACCEPTABLE" == answered("salary_candidate", **quick, **package)["wx_verdict"]


@pytest.mark.parametrize(
    ("name", "change"),
    [("salary_candidate", {"theirs.3.base": 80_000}), ("multi_issue_contract", {"theirs.4.issue_5": 12})],
)
def test_an_offer_is_logged_once_and_everything_follows(name: str, change: dict[str, float]) -> None:
    draft = template(name).example()
    fill(draft, change)
    values = Values(draft)
    assert "WALK AWAY" == values["wx_verdict"]
    package = "wx_package" if name == "salary_candidate" else "wx_offer"
    assert values["wx_offer"] == pytest.approx(values[package])
    assert values.sheet("Start")["J9"].value == pytest.approx(values["wx_offer"])
    assert values["wx_checks"].startswith("✔")


def test_the_last_offer_counts_though_a_round_is_left_out() -> None:
    values = answered("used_goods", **{"rounds.1.theirs": 7000, "rounds.3.theirs": 6500, "budget": 6600})
    assert (6500, "ACCEPTABLE") == (values["wx_offer"], values["wx_verdict"])


@pytest.mark.parametrize(
    ("ours", "theirs", "advice"),
    [
        ((), (45,), "Answer with your own number"),
        ((60,), (), "Stay silent."),
        ((60, 58), (), "Stop. Wait for their offer"),
        ((60, 58, 57), (40, 44, 46), "Say that this leads nowhere"),  # halving steps point to 48
        ((60, 58, 57), (45, 50, 54), "Give only when you get"),
        ((60, 58), (45, 45), "Trade something else"),
    ],
)
def test_what_they_do_turns_into_advice(
    ours: tuple[float, ...], theirs: tuple[float, ...], advice: str
) -> None:
    log = {f"rounds.{at}.ours": offer for at, offer in enumerate(ours, 1)}
    log |= {f"rounds.{at}.theirs": offer for at, offer in enumerate(theirs, 1)}
    deal = {"least": 50, "want": 59, "instead": 45, "without": 40, "walk_cost": 0, "deadline": "2026-05-16"}
    values = answered("seller_price", item="Pumps", answer="Sell elsewhere", **deal, **log)
    assert values.sheet("Talks")["K7"].value.startswith(advice)
    is_urgent = not advice.startswith(("Answer", "Give"))
    assert is_urgent == (values.sheet("Start")["I13"].value.startswith(advice) or not theirs)
