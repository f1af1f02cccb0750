"""What the seller's workbook checks beyond any other, and where its formulas come from."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.cell_writing import reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared
from walkaway_xl.workbooks.price_book.layout import SIGNER, START
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.offer_log import Log

OWN_CHECKS, OWN_ENTRIES = 5, 6
REQUIRED = {"hard_limit": "the limit (7)", "want": "what you hope for (6)"}


def check_rows(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Check, ...]:
    """The checks, in the order of the work."""
    limits = Ref(figures["ladder_limits"])
    next_limits, earlier = limits.without(first=1), limits.without(last=1)
    start_sheet = context.draft.sheet(START)
    their_row = SIGNER[1:]
    price, discount = (reference(start_sheet, f"{column}{their_row}") for column in "DE")
    listed = figures["list_price"]
    return (
        *shared_checks.common_checks(
            context, figures, prepared, offers, required=REQUIRED, limit_word="economic floor"
        ),
        shared_checks.unjudged(offers, shared_checks.SAY_THE_UNITS),
        Check(
            "Margin and leakage leave something",
            f"1-{figures['min_margin']}-{figures['leakage']}",
            shared_checks.ABOVE_ZERO,
            "Minimum margin and leakage together must stay below 100 %.",
            style.SHARE,
        ),
        Check(
            "Walk-away is not above the list price",
            shared_checks.less(listed, figures["walkaway"]),
            shared_checks.AT_LEAST_ZERO,
            "Your list price is below your walk-away: no discount is possible.",
            style.PRICE_DELTA,
        ),
        Check(
            "Discount and price of their offer agree",
            if_known((price, discount), f"{listed}*(1-{discount})-{price}"),
            "IF(COUNT({value})=0,1,--(ABS({value})<={tolerance}*MAX(1," + listed + ")))",
            "Price and discount on Start must tell the same. Undo what was typed over them.",
            style.PRICE_DELTA,
        ),
        Check(
            "Approval limits that fall instead of rise",
            f'SUMPRODUCT(({next_limits}<>"")*({next_limits}<{earlier}))',
            shared_checks.NONE,
            "Each person on the ladder may sign at least as much as the one before.",
        ),
    )


def register(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Entry, ...]:
    """The formulas that carry the verdict, with the worksheet function that answers the same."""
    signer = reference(context.draft.sheet(START), SIGNER)
    discount = reference(context.draft.sheet(START), f"E{SIGNER[1:]}")
    floor = (figures["cost"], figures["min_margin"], figures["leakage"], figures["fixed_cost"])
    return (
        *shared_checks.common_entries(context, figures, prepared, offers, limit_word="economic floor"),
        Entry(
            "Economic floor",
            figures["economic_floor"],
            "PRICE_FLOOR",
            "Full cost ÷ (1 − minimum margin − leakage)",
            "margin on price",
            addin_formula=addin_formula("PRICE_FLOOR", *floor),
        ),
        Entry(
            "Deepest discount",
            figures["max_discount"],
            "DISCOUNT_MAX",
            "1 − economic floor ÷ list price",
            "margin on price",
            style.SHARE,
            addin_formula=addin_formula("DISCOUNT_MAX", figures["list_price"], *floor),
        ),
        Entry(
            "Payment terms",
            figures["terms"],
            "TERMS_COST",
            "Days × yearly rate ÷ days in a year",
            "simple interest",
            style.SHARE,
            addin_formula=addin_formula("TERMS_COST", figures["terms_days"], figures["annual_rate"]),
        ),
        Entry(
            "Pocket price",
            figures["pocket"],
            "PRICE_WATERFALL",
            "Invoice price less rebate, freight and terms",
            "Marn, Rosiello 1992",
        ),
        Entry(
            "Units needed after a cut of 5 %",
            figures["units_needed"],
            "PRICE_BREAKEVEN",
            "Volume × contribution today ÷ contribution after the cut",
            "Nagle 1987",
            style.COUNT,
        ),
        Entry(
            "Who signs their offer",
            signer,
            "DEAL_SIGNER",
            "First rung whose limit covers the discount",
            "inclusive limits",
            style.GENERAL,
            addin_formula=addin_formula(
                "DEAL_SIGNER", discount, figures["ladder_limits"], figures["ladder_signers"]
            ),
        ),
    )
