"""The workbook of somebody who buys a used car, machine or instrument."""

from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared, PriceBook
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.offer_log import Log
from walkaway_xl.workbooks.sides import BUYER
from walkaway_xl.workbooks.used_goods import market_value, used_goods_questions

REQUIRED = {"hard_limit": "the limit (7)", "want": "what you hope for (6)"}
OWN_CHECKS, OWN_ENTRIES = 1, 1


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


def _checks(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Check, ...]:
    return (
        *shared_checks.common_checks(
            context, figures, prepared, offers, required=REQUIRED, limit_word="budget ceiling"
        ),
        Check(
            "Comparables with a price",
            f"COUNT({figures['adjusted']})",
            "--({value}>1+1)",
            "Find three that are really for sale: a single one proves nothing.",
        ),
    )


def _register(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Entry, ...]:
    return (
        *shared_checks.common_entries(context, figures, prepared, offers, limit_word="budget ceiling"),
        Entry(
            "Market value",
            figures["market"],
            "–",
            "Mean of the comparables, made alike in age, use and extras",
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
    items=used_goods_questions.items,
    flags=used_goods_questions.FLAGS,
    gates=used_goods_questions.GATES,
    signals=used_goods_questions.SIGNALS,
    inquiries=5,
    checks=_checks,
    check_count=shared_checks.COMMON_CHECKS + OWN_CHECKS,
    entry_count=shared_checks.COMMON_ENTRIES + OWN_ENTRIES,
    register=_register,
    names={"wx_budget": "budget", "wx_budget_ceiling": "hard_limit", "wx_market_value": "market"},
    private=("budget", "market"),
    kinds=("other supplier", "other supplier", "do nothing", "wait"),
    before_alternatives=market_value.write_worth,
)
