"""The columns of the quote: what a line holds, what is calculated from it, and where each column stands.

What decides on a line stands first and stays in view; what is pasted follows in one block, then discounts.
All of it fits on a laptop's screen. The columns that the sheet works with stand right of the printed ones.
Net price and total discount depend on nothing internal, so that the customer copy can point at them.
"""

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy.sheet import kept
from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.filled_table import Column, FilledTable
from walkaway_xl.sheets.word_list import ANSWERS

TITLE = "Quote"
ROWS = 500
HEAD = 10
REQUESTS = 3  # discounts that can be asked for on one line
APOSTROPHE = "Text that begins with = or + stays text if you type an apostrophe before it."
INTERNAL = inputs.choice(ANSWERS.column, "yes: the line is not on the customer copy.")


def columns() -> tuple[Column, ...]:
    """All columns from B on, in their order; the empty key is the gap before the working columns."""
    return (*_read_columns(), Column("", "", "wx Body", 2.5), *_typed_columns(), *_working_columns())


def _requested(number: int) -> Column:
    return Column(
        f"extra{number}",
        f"Extra {number}",
        "wx Input %",
        6.5,
        number_format=style.SHARE_DASH,
        kind=inputs.DISCOUNT,
        prompt="Taken from what the discounts before it leave.",
        title=f"Requested discount {number}",
    )


def _read_columns() -> tuple[Column, ...]:
    when_ready = 'IF({ready}=0,"",'
    return (
        Column(
            "line",
            "Line",
            "wx Calc qty",
            5,
            formula='IF({used}=0,"",ROWS($A$' + str(HEAD + 1) + ":$A{row}))",
            number_format="0",
        ),
        Column("status", "Status", "wx Status", 17, formula='IF({code}=0,"",INDEX({status_labels},{code}))'),
        Column(
            "floor",
            "Floor",
            "wx Calc",
            9,
            formula=when_ready + "{cost}/" + kept("{minimum}", "{leakage}", "{net_basis}") + ")",
        ),
        Column("signer", "Who signs", "wx Calc text", 16, formula='IF({rank}="","",INDEX({signers},{rank}))'),
        Column("order", "SKU or order", "wx Data text", 15, kind=inputs.TEXT, prompt=APOSTROPHE),
        Column("description", "Description", "wx Data text", 38, kind=inputs.TEXT, prompt=APOSTROPHE),
        Column(
            "class",
            "Class",
            "wx Data text",
            13,
            choose="A class that Policy knows: it sets the minimum margin.",
            name="product_class",
        ),
        Column("qty", "Qty", "wx Input qty", 6, kind=inputs.QUANTITY, title="Quantity", name="quantity"),
        Column(
            "list",
            "List",
            "wx Data",
            9,
            kind=inputs.LIST_PRICE,
            prompt="Above zero, without tax. One currency for the whole quote.",
            title="List price per unit",
            name="list_price",
        ),
        Column(
            "cost",
            "Cost",
            "wx Data",
            9,
            kind=inputs.COST,
            prompt="What one more unit costs you today.",
            title="Cost per unit",
        ),
        Column(
            "tier",
            "Tier",
            "wx Input %",
            6,
            number_format=style.SHARE_DASH,
            kind=inputs.DISCOUNT,
            prompt="What the quantity earns by itself, see Policy. Type 5% or 0.05.",
            title="Tier discount",
        ),
        *(_requested(number) for number in range(1, REQUESTS + 1)),
        Column(
            "discount",
            "Total discount",
            "wx Calc %",
            11,
            formula='IF({priced}=0,"",1-(1-{tier})*(1-{extra1})*(1-{extra2})*(1-{extra3}))',
        ),
        Column("net", "Net price", "wx Calc", 11.5, formula='IF({priced}=0,"",{list}*(1-{discount}))'),
        Column(
            "margin",
            "Margin",
            "wx Calc %",
            10,
            formula='IF({ready}*(SUM({net})>0)=0,"",(1-{leakage}-{cost}/{net})/(1-{net_basis}*{leakage}))',
        ),
        Column("deepest", "Max discount", "wx Calc %", 10, formula=when_ready + "1-{floor}/{list})"),
        Column(
            "headroom",
            "Headroom",
            "wx Calc %",
            10,
            formula=when_ready + "{deepest}-{discount})",
            number_format=style.SHARE_DELTA,
        ),
        Column("bar", "Room", "wx Calc", 11, formula=when_ready + "{headroom})"),
    )


def _typed_columns() -> tuple[Column, ...]:
    reason = "Why this discount: volume, competition, a new customer."
    return (
        Column(
            "cost_date",
            "Cost date",
            "wx Data date",
            13,
            kind=inputs.DATE,
            prompt="The day the cost was true.",
        ),
        Column(
            "terms",
            "Terms, days",
            "wx Data qty",
            9,
            kind=inputs.DAYS,
            prompt="Blank: the usual terms of Policy.",
            title="Payment terms, days",
            name="terms_days",
        ),
        Column("internal", "Internal only", "wx Data text", 10, kind=INTERNAL),
        Column(
            "last_price",
            "Last price paid",
            "wx Data",
            11,
            kind=inputs.PRICE,
            prompt="What this customer paid per unit last time.",
        ),
        Column("reason", "Reason", "wx Data text", 30, kind=inputs.TEXT, prompt=reason),
    )


def _working_columns() -> tuple[Column, ...]:
    shares = "{tier}:{extra3}"
    beyond = "({limit}<{discount}-{tolerance}*MAX(1,ABS({limit}),ABS({discount})))"

    def deeper(limit: str, only: str = "--") -> str:
        return 'IF({ready}=0,"",' + only + beyond.replace("{limit}", limit) + ")"

    def when(flag: str, formula: str) -> str:
        return f'IF({{{flag}}}=0,"",{formula})'

    def named(key: str) -> str:
        return f'IF({{{key}}}="","",INDEX({{signers}},{{{key}}}))'

    return (
        Column(
            "fingerprint",
            "Fingerprint",
            "wx Calc",
            11,
            number_format="0",
            formula=when(
                "ready",
                "MOD(ROUND({scale}*(SUMPRODUCT({qty}:{extra3},{weights})+{terms_used}*{terms_weight}"
                "+{minimum}*{margin_weight}),0),{modulus})",
            ),
        ),
        Column(
            "exception",
            "Exception",
            "wx Calc text",
            15,
            formula=when(
                "ready",
                "INDEX({line_exceptions},1+(COUNTIFS({asked_lines},{line})>0)"
                "+(COUNTIFS({asked_lines},{line},{asked_states},{valid})>0))",
            ),
        ),
        Column("by_discount", "Signer by discount", "wx Calc text", 18, formula=named("rank_discount")),
        Column("by_margin", "Signer by margin", "wx Calc text", 18, formula=named("rank_margin")),
        Column("by_price", "Signer by price", "wx Calc text", 18, formula=named("rank_price")),
        Column(
            "leakage",
            "Leakage",
            "wx Calc %",
            9,
            number_format="0.00 %",
            formula=when("priced", "{rebate}+{freight}+{rate}*{terms_used}/{year}"),
        ),
        Column(
            "minimum",
            "Min margin",
            "wx Calc %",
            9,
            formula='IFERROR(INDEX({margins},MATCH({class},{classes},0)),"")',
        ),
        Column(
            "tier_due",
            "Tier due",
            "wx Calc %",
            9,
            formula=when("priced", "IFERROR(INDEX({tier_discounts},MATCH({qty},{tier_quantities},1)),0)"),
        ),
        Column("used", "Used", "wx Calc", 7, number_format="0", formula="--(COUNTA({order}:{extra3})>0)"),
        Column(
            "priced",
            "Priced",
            "wx Calc",
            7,
            number_format="0",
            formula="COUNT({qty})*COUNT({list})*(SUM({qty})>=0)*(SUM({list})>0)*(COUNT("
            + shares
            + ")=COUNTA("
            + shares
            + "))"
            "*(MIN(" + shares + ")>=0)*(MAX(" + shares + ")<=1)",
        ),
        Column(
            "ready",
            "Ready",
            "wx Calc",
            7,
            number_format="0",
            formula="{priced}*COUNT({cost})*(SUM({cost})>=0)*COUNT({minimum})*("
            + kept("SUM({minimum})", "SUM({leakage})", "{net_basis}")
            + ">{tolerance})",
        ),
        Column(
            "terms_used",
            "Terms used",
            "wx Calc qty",
            8,
            formula=when("priced", "CHOOSE(1+COUNT({terms}),{usual_terms},{terms})"),
        ),
        Column(
            "near_price",
            "Near-floor price",
            "wx Calc",
            12,
            formula=when(
                "ready",
                "{cost}/MAX({tolerance}," + kept("({minimum}+{warn})", "{leakage}", "{net_basis}") + ")",
            ),
        ),
        Column(
            "cost_price",
            "Break-even price",
            "wx Calc",
            12,
            formula=when("ready", "{cost}/MAX({tolerance},1-{leakage})"),
        ),
        Column(
            "near_limit",
            "Near from discount",
            "wx Calc %",
            10,
            formula=when("ready", "1-{near_price}/{list}"),
        ),
        Column(
            "cost_limit",
            "Break-even discount",
            "wx Calc %",
            10,
            formula=when("ready", "1-{cost_price}/{list}"),
        ),
        Column("is_near", "Near or worse", "wx Calc", 7, number_format="0", formula=deeper("{near_limit}")),
        Column("is_below", "Below floor", "wx Calc", 7, number_format="0", formula=deeper("{deepest}")),
        Column(
            "is_loss",
            "Below cost",
            "wx Calc",
            7,
            number_format="0",
            formula=deeper("{cost_limit}", "{is_below}*"),
        ),
        # 1 not ready, 2 below cost, 3 below floor, 4 near, 5 OK; 0 for an empty row.
        Column(
            "code",
            "Status code",
            "wx Calc",
            7,
            number_format="0",
            formula="CHOOSE(1+{ready},{used},1+1+(1-SUM({is_loss}))*(1+(1-SUM({is_below}))*(1+1-SUM({is_near}))))",
        ),
        Column(
            "rank_discount",
            "Rank by discount",
            "wx Calc",
            8,
            number_format="0",
            formula=when(
                "ready", "INDEX({discount_ranks},1+SUMPRODUCT(--({discount_limits}<{discount}-{tolerance})))"
            ),
        ),
        Column(
            "rank_margin",
            "Rank by margin",
            "wx Calc",
            8,
            number_format="0",
            formula='IF(COUNT({margin})=0,"",'
            "INDEX({margin_ranks},1+SUMPRODUCT(--({margin_limits}>{margin}+{tolerance}*MAX(1,ABS({margin}))))))",
        ),
        Column(
            "rank_price",
            "Rank by price",
            "wx Calc",
            8,
            number_format="0",
            formula=when(
                "ready", "INDEX({price_ranks},1+SUMPRODUCT(--({price_limits}>{net}/{list}+{tolerance})))"
            ),
        ),
        Column(
            "rank",
            "Rank needed",
            "wx Calc",
            8,
            number_format="0",
            formula=when("ready", "MAX({rank_discount},{rank_margin},{rank_price})"),
        ),
        Column("list_value", "List value", "wx Calc", 12, formula=when("ready", "{list}*{qty}")),
        Column("net_value", "Net value", "wx Calc", 12, formula=when("ready", "{net}*{qty}")),
        Column(
            "earned", "Earned", "wx Calc", 12, formula=when("ready", "{net_value}*(1-{leakage})-{cost}*{qty}")
        ),
        Column(
            "tier_over",
            "Tier above schedule",
            "wx Calc",
            9,
            number_format="0",
            formula=when("priced", "--({tier}>{tier_due}+{tolerance})"),
        ),
        Column(
            "unapproved",
            "Needs an exception",
            "wx Calc",
            9,
            number_format="0",
            formula=when("ready", "(MAX({is_below},{is_loss})>0)*({exception}<>{approved})"),
        ),
        Column(
            "shown_as",
            "Number for the customer",
            "wx Calc",
            9,
            number_format="0",
            formula='IF({priced}*({internal}<>{yes})=0,"",1+COUNT({shown_as_column}${head}:{shown_as_column}{above}))',
        ),
    )


TABLE = FilledTable(columns(), HEAD, ROWS)
FIRST, LAST, LETTERS = TABLE.first, TABLE.last, TABLE.letters
READ_LAST, WORKING_FIRST = LETTERS["bar"], LETTERS["cost_date"]
SCREEN_LAST = LETTERS["extra3"]
"""The last column that a laptop shows without scrolling."""
GAP = get_column_letter(column_index_from_string(READ_LAST) + 1)
LAST_LETTER = LETTERS["shown_as"]


def whole(sheet: Worksheet, key: str) -> str:
    """Reference to all cells of a column."""
    return TABLE.whole(sheet, key)
