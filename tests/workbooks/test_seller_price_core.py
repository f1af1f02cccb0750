"""The workbook's own formulas against the worksheet functions, on the example and on drawn numbers."""

import pytest

import walkaway_xl as wx
from tests.workbooks.calculated import Values, cell_of, find
from tests.workbooks.deals import facts_of, rows
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.price_book import layout

FACTS = facts_of("seller_price")


def test_the_concession_plan_is_that_of_the_worksheet_function() -> None:
    values = Values(template("seller_price").example())
    sheet = values.sheet(layout.PLAN)
    first = find(sheet, "Offer") + 1
    opening, offers, *others = (FACTS[f"moves.{key}"] for key in ("opening", "offers", "firmness", "reserve"))
    expected = wx.concession_plan(opening, values["wx_walkaway"], offers, *others)
    assert list(expected) == pytest.approx([sheet[f"E{first + row}"].value for row in range(offers)])


def test_the_units_a_cut_needs_are_those_of_the_worksheet_function() -> None:
    draft = template("seller_price").example()
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
    draft = template("seller_price").example()
    draft.sheet(layout.TALKS)[f"E{layout.TALKS_LOG_ROW + len(rows(FACTS, 'rounds'))}"] = offer
    limits, signers = zip(*rows(FACTS, "ladder", "discount", "who"), strict=True)
    expected = wx.deal_signer(1 - offer / cell_of(draft, "wx_list").value, list(limits), list(signers))
    start = Values(draft).sheet(layout.START)
    assert expected == start[f"I{find(start, '▸  Their offer', 'C')}"].value
