"""Power, counter, exit, search and improvements of the price books, against the worksheet functions."""

import math
import random

import pytest

import walkaway_xl as wx
from tests.sampling import one_in
from tests.workbooks.calculated import Values, find
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book import layout

BOOKS = {"seller_price": "seller", "procurement_buyer": "buyer", "salary_candidate": "candidate"}
every_book = pytest.mark.parametrize("name", one_in(2, list(BOOKS)))


def registered(values: Values, label: str) -> object:
    """The value of a result in the register of formulas."""
    sheet = values.sheet(layout.CHECKS)
    return sheet[f"E{find(sheet, label)}"].value


@every_book
@pytest.mark.parametrize("likely", ["as it is", "beyond our walk-away"])
def test_the_power_is_that_of_the_worksheet_function(name: str, likely: str) -> None:
    draft, sign = template(name).example(), -1 if BOOKS[name] == "buyer" else 1
    before = Values(draft)
    if likely != "as it is":
        beyond = before["wx_walkaway"] * (1 - sign * 0.2)
        fill(draft, {f"counterpart.{key}": beyond for key in ("low", "likely", "high")})
    values = Values(draft)
    offer, walkaway = values["wx_offer"], values["wx_walkaway"]
    limit = draft.cell(draft.inputs["counterpart.likely"].reference).value
    expected = wx.walkaway_power(sign * (offer - walkaway), sign * (limit - offer))
    assert float(expected) == pytest.approx(registered(values, "Your power to walk away"))


@every_book
@pytest.mark.parametrize("wish", [True, False])
def test_the_counter_is_that_of_the_worksheet_function(name: str, wish: bool) -> None:
    draft = template(name).example()
    if not wish:
        fill(draft, {"wish": ""})
    values = Values(draft)
    sheet = values.sheet(layout.CHECKS)
    first = sheet[f"C{find(sheet, 'Their first offer')}"].value
    best = values["wx_wish"] if wish else None
    expected = wx.offer_bracket(first, values["wx_target"], BOOKS[name], best)
    assert float(expected) == pytest.approx(registered(values, "Counter to their first number"))
    plan = values.sheet(layout.PLAN)
    said = plan[f"F{find(plan, 'Counter to their first number')}"].value
    assert ("best case" if best == float(expected) else "as far beyond your hope") in said


def test_their_first_offer_is_the_first_that_they_made_whoever_opened() -> None:
    draft = template("seller_price").example()
    fill(draft, {"rounds.1.theirs": ""})
    checks = Values(draft).sheet(layout.CHECKS)
    second = draft.cell(draft.inputs["rounds.2.theirs"].reference).value
    assert second == checks[f"C{find(checks, 'Their first offer')}"].value


def test_an_opening_that_beats_the_hope_is_not_countered() -> None:
    draft = template("seller_price").example()
    fill(draft, {"want": 40, "wish": 45})
    assert 40 == registered(Values(draft), "Counter to their first number")


@pytest.mark.parametrize(("cost", "advice"), [(0.15, ""), (6, "Leave now")])
def test_going_on_that_costs_more_than_it_may_bring_asks_to_leave(cost: float, advice: str) -> None:
    draft = template("seller_price").example()
    fill(draft, {"moves.going_on_costs": cost, "next_step": ""})
    values = Values(draft)
    plan = values.sheet(layout.PLAN)
    chance, middle = plan["E7"].value, plan["H7"].value
    expected = wx.walkaway_exit(chance, middle - values["wx_walkaway"], cost)
    assert float(expected) == pytest.approx(registered(values, "Worth going on"))
    assert values.sheet("Start")["I13"].value.startswith(advice)
    assert (expected < 0) == bool(advice)


@every_book
def test_the_price_to_stop_looking_at_is_that_of_the_worksheet_function(name: str) -> None:
    chance, side = random.Random(name), BOOKS[name]
    for _ in range(3):
        draft = template(name).example()
        low = chance.uniform(20, 60)
        given = {"cost": chance.choice((0.5, 2, 30)), "low": low, "high": low + chance.uniform(1, 30)}
        fill(draft, {f"looking.1.{key}": round(value, 2) for key, value in given.items()})
        cost, low, high = (
            draft.cell(draft.inputs[f"looking.1.{key}"].reference).value for key in ("cost", "low", "high")
        )
        prepare = Values(draft).sheet(layout.PREPARE)
        shown = prepare[f"H{find(prepare, 'One more offer')}"].value
        assert float(wx.batna_search(cost, side, low, high)) == pytest.approx(shown)


def test_an_action_says_what_it_gains_for_each_1_spent() -> None:
    draft = template("seller_price").example()
    fill(draft, {"alternatives.1.becomes": 55.9, "alternatives.1.cost": 0.5, "alternatives.1.works": 0.5})
    values = Values(draft)
    prepare = values.sheet(layout.PREPARE)
    row = draft.inputs["alternatives.1.becomes"].reference.first_row
    assert (55.9 - values["wx_batna"]) * 0.5 / 0.5 == pytest.approx(prepare[f"K{row}"].value)
    fill(draft, {"alternatives.1.cost": 0})
    assert "costs nothing" == Values(draft).sheet(layout.PREPARE)[f"K{row}"].value


def test_the_worst_case_of_the_best_alternative_stands_in_the_verdict() -> None:
    draft = template("seller_price").example()
    fill(draft, {"alternatives.1.worst": 10})
    values = Values(draft)
    assert "at worst 10.00" in values["wx_binding"]
    prepare = values.sheet(layout.PREPARE)
    row = find(prepare, "The same, if that alternative ends at its worst")
    moved = values["wx_batna_floor"] - values["wx_batna"]
    assert 10 + moved == pytest.approx(prepare[f"E{row}"].value)


def test_used_things_stand_side_by_side_with_this_one() -> None:
    draft = template("used_goods").example()
    values = Values(draft)
    prepare = values.sheet(layout.PREPARE)
    first = draft.inputs["comparables.1.price"].reference.first_row
    this, others = first - 1, range(first, first + 4)
    assert ("This one", values["wx_offer"]) == (prepare[f"C{this}"].value, prepare[f"E{this}"].value)
    for row in others:
        assert prepare[f"I{row}"].value - values["wx_offer"] == pytest.approx(prepare[f"J{row}"].value)
    found = [prepare[f"I{row}"].value for row in others]
    assert math.fsum(found) / len(found) == pytest.approx(values["wx_market_value"])


def test_used_things_are_not_adjusted_for_what_is_not_said_of_this_one() -> None:
    draft = template("used_goods").example()
    fill(draft, {"age": "", "use": ""})
    prepare = Values(draft).sheet(layout.PREPARE)
    first = draft.inputs["comparables.1.price"].reference.first_row
    for row in range(first, first + 4):
        alike = prepare[f"E{row}"].value - (prepare[f"H{row}"].value or 0)
        assert alike == pytest.approx(prepare[f"I{row}"].value)
