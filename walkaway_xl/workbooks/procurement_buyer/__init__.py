"""The workbook of a buyer who negotiates with a supplier."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared, PriceBook
from walkaway_xl.workbooks.procurement_buyer import all_in_cost, buyer_questions
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.offer_log import Log
from walkaway_xl.workbooks.sides import BUYER

REQUIRED = {"hard_limit": "the limit (7)", "want": "what you hope for (6)"}
OWN_CHECKS, OWN_ENTRIES = 4, 4


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


def _checks(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Check, ...]:
    breaks = Ref(figures["tier_breaks"])
    later, earlier = breaks.without(first=1), breaks.without(last=1)
    return (
        *shared_checks.common_checks(
            context, figures, prepared, offers, required=REQUIRED, limit_word="budget ceiling"
        ),
        shared_checks.unjudged(offers, shared_checks.SAY_THE_UNITS),
        Check(
            "Switching cost is counted once",
            f"(N({figures['switching']})>0)*(N({figures['walk_cost']})>0)",
            shared_checks.NONE,
            "It stands on top of their price and in the cost of walking away. Keep one of the two.",
        ),
        Check(
            "Their volume schedule rises",
            f'SUMPRODUCT(({later}<>"")*({later}<={earlier}))',
            shared_checks.NONE,
            "Put the tiers in order, the smallest volume first.",
        ),
        Check(
            "What comes on top leaves something of the budget",
            shared_checks.less(figures["budget"], figures["on_top"]),
            shared_checks.ABOVE_ZERO,
            "The budget does not even cover what comes on top of the price.",
            style.PRICE_DELTA,
        ),
    )


def _register(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Entry, ...]:
    return (
        *shared_checks.common_entries(context, figures, prepared, offers, limit_word="budget ceiling"),
        Entry(
            "Budget ceiling",
            figures["hard_limit"],
            "–",
            "(Budget − what comes on top) ÷ (1 + duty − value of paying later)",
            "total cost of ownership",
        ),
        Entry(
            "What paying later is worth",
            figures["terms"],
            "TERMS_COST",
            "Days × yearly rate ÷ days in a year",
            "simple interest",
            style.SHARE,
            addin_formula=addin_formula("TERMS_COST", figures["terms_days"], figures["annual_rate"]),
        ),
        Entry(
            "Counter by bracketing",
            figures["counter"],
            "OFFER_BRACKET",
            "2 × want − their offer, not beyond the wish",
            "Dawson",
            addin_formula=addin_formula(
                "OFFER_BRACKET", figures["offer"], figures["want"], '"buyer"', figures["wish"]
            ),
        ),
        Entry(
            "Discount at your volume",
            figures["tier"],
            "DISCOUNT_TIER",
            "The last tier whose first unit the volume reaches",
            "their schedule",
            style.SHARE,
            addin_formula=addin_formula(
                "DISCOUNT_TIER", figures["volume"], figures["tier_breaks"], figures["tier_discounts"]
            ),
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
    items=buyer_questions.items,
    flags=buyer_questions.FLAGS,
    gates=buyer_questions.GATES,
    signals=buyer_questions.SIGNALS,
    checks=_checks,
    check_count=shared_checks.COMMON_CHECKS + OWN_CHECKS,
    entry_count=shared_checks.COMMON_ENTRIES + OWN_ENTRIES,
    register=_register,
    names={"wx_budget": "budget", "wx_budget_ceiling": "hard_limit", "wx_all_in": "all_in_offer"},
    private=("budget",),
    kinds=("other supplier", "make in-house", "wait", "do nothing"),
    after_verdict=all_in_cost.write_costs,
    deep_limit="budget_ceiling",
    basis=shared_checks.EACH_OR_ALL,
)
