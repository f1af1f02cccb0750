"""The workbook of somebody who buys a used car, machine or instrument."""

from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.price_book import assembly
from walkaway_xl.workbooks.price_book.book import PriceBook
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sides import BUYER
from walkaway_xl.workbooks.used_goods import market_value, used_goods_questions


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


CHECKS = (
    Check(
        "Comparables with a price",
        "COUNT({adjusted})",
        "--({value}>1+1)",
        "Find three that are really for sale: a single one proves nothing.",
    ),
)


REGISTER = (
    Entry(
        "Market value",
        "{market}",
        "–",
        "Mean of the comparables, adjusted to match in age, use and extras",
        "sales comparison",
    ),
)


BOOK = PriceBook(
    name="used_goods",
    title="Buying something used: preparation",
    side=BUYER,
    wording=used_goods_questions.WORDING,
    us="You",
    fields=used_goods_questions.fields,
    limit_title="Budget ceiling: what you can pay at most",
    limit_word="budget ceiling",
    limit_lines=market_value.limit_lines,
    cards=market_value.cards,
    columns=market_value.columns,
    limit_known="Budget is set",
    items=used_goods_questions.ITEMS,
    flags=used_goods_questions.FLAGS,
    gates=used_goods_questions.GATES,
    own_kinds=("other seller", "rent or borrow"),
    signals=used_goods_questions.SIGNALS,
    inquiries=5,
    is_lean=True,
    is_alone=True,
    unit="",
    checks=CHECKS,
    register=REGISTER,
    names={"wx_budget": "budget", "wx_budget_ceiling": "hard_limit", "wx_market_value": "market"},
    private=("budget", "market"),
    kinds=("other seller", "other seller", "do nothing", "wait"),
    before_alternatives=market_value.write_worth,
)
