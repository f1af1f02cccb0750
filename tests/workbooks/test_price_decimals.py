"""Prices have the decimals that the currency and their size ask for, on every sheet and in the review."""

import re

import pytest

from tests.workbooks.calculated import Values
from tests.workbooks.test_first_screen import SIDES
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import review_page, template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book.layout import CHECKS
from walkaway_xl.workbooks.price_book.price_decimals import PRICES


def followed(draft: Draft, title: str) -> set[str]:
    """The cells whose number format a condition changes."""
    return {
        f"{sheet.cell(*place).coordinate}"
        for sheet in [draft.workbook[title]]
        for formatting in sheet.conditional_formatting
        if any(rule.dxf is not None and rule.dxf.numFmt for rule in formatting.rules)
        for area in formatting.sqref.ranges
        for place in area.cells
    }


@pytest.mark.parametrize("name", SIDES)
def test_every_price_follows_the_decimals(name: str) -> None:
    draft = template(name).build()
    followed_on = {title: followed(draft, title) for title in draft.workbook.sheetnames}
    left = [
        (sheet.title, cell.coordinate)
        for sheet in draft.workbook
        if sheet.title != CHECKS
        for row in sheet.iter_rows()
        for cell in row
        if cell.number_format in PRICES and cell.coordinate not in followed_on[sheet.title]
    ]
    assert [] == left


def test_what_is_typed_keeps_its_decimals() -> None:
    sheet = template("seller_price").build().workbook["Prepare"]
    whole = [
        rule.formula[0]
        for formatting in sheet.conditional_formatting
        for rule in formatting.rules
        if rule.dxf is not None and rule.dxf.numFmt and "INT(" in rule.formula[0]
    ]
    assert whole
    assert all(re.fullmatch(r"AND\(\$P\$2=0,([A-Z]+\d+)=INT\(\1\)\)", formula) for formula in whole)


@pytest.mark.parametrize(("offer", "least", "shown"), [(61_300, 60_000.5, "61,300"), (61.3, 60, "61.30")])
def test_the_review_shows_prices_with_the_same_decimals(offer: float, least: float, shown: str) -> None:
    draft = template("seller_price").build()
    fill(draft, {"offer_now": offer, "least": least})
    review = review_page.review(Values(draft).workbook)
    prices = {figure.name: figure.shown for figure in review.figures}
    assert shown == prices["offer"]
    assert len({"." in text for text in prices.values() if "%" not in text and text[:1].isdigit()}) == 1
