"""The workbook's own formulas against the worksheet functions, on the example and on drawn numbers."""

import random

import pytest

import walkaway_xl as wx
from tests.workbooks.calculated import Values, cell_of, find
from walkaway_xl.workbooks import seller_price
from walkaway_xl.workbooks.draft import Draft
from walkaway_xl.workbooks.price_book import layout
from walkaway_xl.workbooks.seller_price import example

INPUTS = {
    "List price": (60, 90),
    "Unit cost": (20, 45),
    "Order cost per unit": (0, 3),
    "Minimum margin": (0.05, 0.4),
    "Year-end rebate": (0, 0.05),
    "Freight we pay": (0, 0.05),
    "Payment terms": (0, 120),
    "Cost of money": (0, 0.15),
    "This deal is better than the alternative by": (-2, 2),
    "Cost of walking away": (0, 2),
    "Want (target)": (66, 70),
    "Wish (best case)": (70, 75),
}


def drawn(seed: int) -> tuple[Draft, dict[str, float]]:
    chance = random.Random(seed)
    draft = seller_price.build(True)
    sheet = draft.sheet(layout.PREPARE)
    inputs = {label: chance.uniform(*span) for label, span in INPUTS.items()}
    for label, value in inputs.items():
        sheet[f"E{find(sheet, label)}"] = value
    inputs["offer"] = chance.uniform(40, 76)
    draft.sheet(layout.TALKS)[f"E{layout.TALKS_LOG_ROW + len(example.ROUNDS)}"] = inputs["offer"]
    return draft, inputs


@pytest.mark.parametrize("seed", range(12))
def test_floors_walk_away_and_status_are_those_of_the_worksheet_functions(seed: int) -> None:
    draft, given = drawn(seed)
    values = Values(draft)
    terms = given["Payment terms"] * given["Cost of money"] / 365
    leakage = given["Year-end rebate"] + given["Freight we pay"] + terms
    floor = wx.price_floor(given["Unit cost"], given["Minimum margin"], leakage, given["Order cost per unit"])
    assert floor == pytest.approx(values["wx_economic_floor"])
    batna = wx.batna_best(
        [each.price for each in example.ALTERNATIVES],
        "seller",
        None,
        [each.adjustment for each in example.ALTERNATIVES],
        [each.chance for each in example.ALTERNATIVES],
        [each.if_it_fails or 0.0 for each in example.ALTERNATIVES],
    )
    assert batna == pytest.approx(values["wx_batna"])
    walkaway = wx.walkaway_price(
        batna,
        "seller",
        given["This deal is better than the alternative by"],
        given["Cost of walking away"],
        floor,
    )
    assert walkaway == pytest.approx(values["wx_walkaway"])
    if walkaway < given["Want (target)"]:
        status = wx.walkaway_check(
            given["offer"], walkaway, "seller", given["Want (target)"], given["Wish (best case)"]
        )
        prepare = values.sheet(layout.PREPARE)
        assert status.name.replace("_", " ") == prepare[f"E{find(prepare, 'Price status')}"].value


def test_the_concession_plan_is_that_of_the_worksheet_function() -> None:
    values = Values(seller_price.build(True))
    sheet = values.sheet(layout.PLAN)
    first = find(sheet, "Offer") + 1
    moves = example.MOVES
    expected = wx.concession_plan(
        moves.opening, values["wx_walkaway"], moves.offers, moves.firmness, moves.reserve
    )
    assert list(expected) == pytest.approx([sheet[f"C{first + row}"].value for row in range(moves.offers)])


def test_the_units_a_cut_needs_are_those_of_the_worksheet_function() -> None:
    draft = seller_price.build(True)
    sheet = draft.sheet(layout.PREPARE)
    for label in ("Year-end rebate", "Freight we pay", "Payment terms"):
        sheet[f"E{find(sheet, label)}"] = 0
    values = Values(draft).sheet(layout.PREPARE)
    first = find(values, "If you cut the price by") + 1
    margin = 1 - (36.20 + 1.10) / 54.80
    for row in range(first, first + 4):
        assert wx.price_breakeven(-values[f"E{row}"].value, margin) == pytest.approx(values[f"I{row}"].value)


@pytest.mark.parametrize("offer", [57.60, 57.59, 53.76, 50.0])
def test_who_signs_is_that_of_the_worksheet_function(offer: float) -> None:
    draft = seller_price.build(True)
    draft.sheet(layout.TALKS)[f"E{layout.TALKS_LOG_ROW + len(example.ROUNDS)}"] = offer
    limits, signers = zip(*example.LADDER, strict=True)
    expected = wx.deal_approver(1 - offer / cell_of(draft, "wx_list").value, list(limits), list(signers))
    assert expected == Values(draft).sheet(layout.START)["H29"].value
