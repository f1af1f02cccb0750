"""What the seller's workbook checks beyond any other, and where its formulas come from."""

from walkaway_xl.sheets import style
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import if_known

CHECKS = (
    shared_checks.unjudged(shared_checks.SAY_THE_UNITS),
    Check(
        "Margin and leakage leave something",
        "1-{min_margin}-{leakage}",
        shared_checks.ABOVE_ZERO,
        "Minimum margin and leakage together must stay below 100 %.",
        style.SHARE,
    ),
    Check(
        "Walk-away is not above the list price",
        shared_checks.less("{list_price}", "{walkaway}"),
        shared_checks.AT_LEAST_ZERO,
        "Your list price is below your walk-away: no discount is possible.",
        style.PRICE_DELTA,
    ),
    Check(
        "Discount and price of their offer agree",
        if_known(("{their_price}", "{their_off_list}"), "{list_price}*(1-{their_off_list})-{their_price}"),
        "IF(COUNT({value})=0,1,--(ABS({value})<={tolerance}*MAX(1,{list_price})))",
        "Price and discount on Start must match. Undo what was typed over them.",
        style.PRICE_DELTA,
    ),
    Check(
        "Approval limits that fall instead of rise",
        'SUMPRODUCT(({next_limits}<>"")*({next_limits}<{limits_before}))',
        shared_checks.NONE,
        "Each person on the ladder may sign at least as much as the one before.",
    ),
)


FLOOR = ("{cost}", "{min_margin}", "{leakage}", "{fixed_cost}")
REGISTER = (
    Entry(
        "Economic floor",
        "{economic_floor}",
        "PRICE_FLOOR",
        "Full cost ÷ (1 − minimum margin − leakage)",
        "margin on price",
        addin_formula=addin_formula("PRICE_FLOOR", *FLOOR),
    ),
    Entry(
        "Deepest discount",
        "{max_discount}",
        "DISCOUNT_MAX",
        "1 − economic floor ÷ list price",
        "margin on price",
        style.SHARE,
        addin_formula=addin_formula("DISCOUNT_MAX", "{list_price}", *FLOOR),
    ),
    Entry(
        "Payment terms",
        "{terms}",
        "TERMS_COST",
        "Days × yearly rate ÷ days in a year",
        "simple interest",
        style.SHARE,
        addin_formula=addin_formula("TERMS_COST", "{terms_days}", "{annual_rate}"),
    ),
    Entry(
        "Pocket price",
        "{pocket}",
        "PRICE_WATERFALL",
        "Invoice price less rebate, freight and terms",
        "Marn, Rosiello 1992",
    ),
    Entry(
        "Units needed after a cut of 5 %",
        "{units_needed}",
        "PRICE_BREAKEVEN",
        "Volume × contribution today ÷ contribution after the cut",
        "Nagle 1987",
        style.COUNT,
    ),
    Entry(
        "Who signs their offer",
        "{their_signer}",
        "DEAL_SIGNER",
        "First rung whose limit covers the discount",
        "inclusive limits",
        style.GENERAL,
        addin_formula=addin_formula("DEAL_SIGNER", "{their_off_list}", "{ladder_limits}", "{ladder_signers}"),
    ),
)
