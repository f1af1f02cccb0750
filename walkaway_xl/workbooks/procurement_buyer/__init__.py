"""The workbook of a buyer who negotiates with a supplier."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import PriceBook
from walkaway_xl.workbooks.procurement_buyer import all_in_cost, buyer_questions
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sides import BUYER


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


CHECKS = (
    shared_checks.unjudged(shared_checks.SAY_THE_UNITS),
    Check(
        "Switching cost is counted once",
        "(N({switching})>0)*(N({walk_cost})>0)",
        shared_checks.NONE,
        "It stands on top of their price and in the cost of walking away. Keep one of the two.",
    ),
    Check(
        "Their volume schedule rises",
        'SUMPRODUCT(({next_breaks}<>"")*({next_breaks}<={breaks_before}))',
        shared_checks.NONE,
        "Put the tiers in order, the smallest volume first.",
    ),
    Check(
        "What comes on top leaves something of the budget",
        shared_checks.less("{budget}", "{on_top}"),
        shared_checks.ABOVE_ZERO,
        "The budget does not even cover what comes on top of the price.",
        style.PRICE_DELTA,
    ),
)


REGISTER = (
    Entry(
        "Budget ceiling",
        "{hard_limit}",
        "–",
        "(Budget − what comes on top) ÷ (1 + duty − value of paying later)",
        "total cost of ownership",
    ),
    Entry(
        "What paying later is worth",
        "{terms}",
        "TERMS_COST",
        "Days × yearly rate ÷ days in a year",
        "simple interest",
        style.SHARE,
        addin_formula=addin_formula("TERMS_COST", "{terms_days}", "{annual_rate}"),
    ),
    Entry(
        "Discount at your volume",
        "{tier}",
        "DISCOUNT_TIER",
        "The last tier whose first unit the volume reaches",
        "their schedule",
        style.SHARE,
        addin_formula=addin_formula("DISCOUNT_TIER", "{volume}", "{tier_breaks}", "{tier_discounts}"),
    ),
)


BOOK = PriceBook(
    name="procurement_buyer",
    title="Buying from a supplier: preparation",
    side=BUYER,
    wording=buyer_questions.WORDING,
    us="Our company",
    fields=buyer_questions.fields,
    limit_title="Budget ceiling: what you can pay at most",
    limit_word="budget ceiling",
    limit_lines=all_in_cost.limit_lines,
    cards=all_in_cost.cards,
    columns=all_in_cost.columns,
    limit_known="Budget and what comes on top are known",
    items=buyer_questions.ITEMS,
    flags=buyer_questions.FLAGS,
    gates=buyer_questions.GATES,
    own_kinds=("other supplier", "make in-house"),
    checks=CHECKS,
    register=REGISTER,
    names={"wx_budget": "budget", "wx_budget_ceiling": "hard_limit", "wx_all_in": "all_in_offer"},
    private=("budget",),
    kinds=("other supplier", "make in-house", "wait", "do nothing"),
    after_verdict=all_in_cost.write_costs,
    deep_limit="budget_ceiling",
    basis=shared_checks.EACH_OR_ALL,
)
