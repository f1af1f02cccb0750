"""The quote: a table of 500 lines with filled-down formulas, and the tiles above it.

The columns that people read stand left and are printed; the columns that the sheet works with stand right.
Net price and total discount depend on nothing internal, so that the customer copy can point at them.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, Value, put, reference, set_heights, set_widths
from walkaway_xl.workbooks.draft import Draft
from walkaway_xl.workbooks.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.policy import PolicyCells
from walkaway_xl.workbooks.quote_lists import QuoteLists

TITLE = "Quote"
ROWS = 500
HEAD = 10
FIRST, LAST = HEAD + 1, HEAD + ROWS
TILE = 6
STATUSES = (style.NOT_READY, *style.LINE_STATUSES)
BAR_REACH = 0.5  # headroom at which the bar is full


@dataclass(frozen=True)
class QuoteLine:
    """One line as a person types it; what is not known stays blank."""

    order: str
    description: str
    product_class: str
    quantity: float | None = None
    list_price: float | None = None
    cost: float | None = None
    tier: float | None = None
    requested: tuple[float | None, float | None, float | None] = (None, None, None)
    cost_date: date | None = None
    terms_days: float | None = None
    internal: bool = False
    last_price: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Column:
    """One column: typed (`typed` takes it from a line) or calculated (`formula`; {key} is another one)."""

    key: str
    head: str
    style_name: str
    width: float
    typed: Callable[[QuoteLine], Value] | None = None
    formula: str = ""
    number_format: str | None = None


def columns() -> tuple[Column, ...]:
    """All columns from B on, in their order; the empty key is the gap before the working columns."""
    return (*_read_columns(), Column("", "", "wx Body", 2.5), *_typed_columns(), *_working_columns())


def _read_columns() -> tuple[Column, ...]:
    when_ready = 'IF({ready}=0,"",'
    return (
        Column(
            "line",
            "Line",
            "wx Calc qty",
            6,
            formula='IF({used}=0,"",ROWS($A$' + str(FIRST) + ":$A{row}))",
            number_format="0",
        ),
        Column("order", "SKU or order", "wx Data text", 17.5, lambda line: line.order or None),
        Column("description", "Description", "wx Data text", 46, lambda line: line.description or None),
        Column("class", "Class", "wx Data text", 15, lambda line: line.product_class or None),
        Column("qty", "Qty", "wx Input qty", 7.5, lambda line: line.quantity),
        Column("list", "List", "wx Data", 11, lambda line: line.list_price),
        Column("cost", "Cost", "wx Data", 11, lambda line: line.cost),
        Column("tier", "Tier", "wx Input %", 7.5, lambda line: line.tier, number_format=style.SHARE_DASH),
        Column(
            "extra1",
            "Extra 1",
            "wx Input %",
            7.5,
            lambda line: line.requested[0],
            number_format=style.SHARE_DASH,
        ),
        Column(
            "extra2",
            "Extra 2",
            "wx Input %",
            7.5,
            lambda line: line.requested[1],
            number_format=style.SHARE_DASH,
        ),
        Column(
            "extra3",
            "Extra 3",
            "wx Input %",
            7.5,
            lambda line: line.requested[2],
            number_format=style.SHARE_DASH,
        ),
        Column(
            "discount",
            "Total discount",
            "wx Calc %",
            10,
            formula='IF({priced}=0,"",1-(1-{tier})*(1-{extra1})*(1-{extra2})*(1-{extra3}))',
        ),
        Column("net", "Net price", "wx Calc", 11.5, formula='IF({priced}=0,"",{list}*(1-{discount}))'),
        Column(
            "margin",
            "Margin",
            "wx Calc %",
            10,
            formula='IF({ready}*(SUM({net})>0)=0,"",1-{leakage}-{cost}/{net})',
        ),
        Column("floor", "Floor", "wx Calc", 11.5, formula=when_ready + "{cost}/(1-{minimum}-{leakage}))"),
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
        Column("status", "Status", "wx Status", 17.5, formula='IF({code}=0,"",INDEX({shown},{code}))'),
        Column("signer", "Who signs", "wx Calc text", 22, formula='IF({rank}="","",INDEX({signers},{rank}))'),
    )


def _typed_columns() -> tuple[Column, ...]:
    return (
        Column("cost_date", "Cost date", "wx Data date", 13, lambda line: line.cost_date),
        Column("terms", "Terms, days", "wx Data qty", 9, lambda line: line.terms_days),
        Column(
            "internal", "Internal only", "wx Data text", 10, lambda line: "yes" if line.internal else None
        ),
        Column("last_price", "Last price paid", "wx Data", 11, lambda line: line.last_price),
        Column("reason", "Reason", "wx Data text", 30, lambda line: line.reason or None),
    )


def _working_columns() -> tuple[Column, ...]:
    shares = "{tier}:{extra3}"
    beyond = "--({limit}<{discount}-{tolerance}*MAX(1,ABS({limit}),ABS({discount})))"

    def deeper(limit: str) -> str:
        return 'IF({ready}=0,"",' + beyond.replace("{limit}", limit) + ")"

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
            formula="{priced}*COUNT({cost})*(SUM({cost})>=0)*COUNT({minimum})*(SUM({minimum},{leakage})<1-{tolerance})",
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
            formula=when("ready", "{cost}/MAX({tolerance},1-{minimum}-{warn}-{leakage})"),
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
        Column("is_loss", "Below cost", "wx Calc", 7, number_format="0", formula=deeper("{cost_limit}")),
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
        Column("cost_value", "Cost value", "wx Calc", 12, formula=when("ready", "{cost}*{qty}")),
        Column("floor_value", "Floor value", "wx Calc", 12, formula=when("ready", "{floor}*{qty}")),
        Column("near_value", "Near-floor value", "wx Calc", 12, formula=when("ready", "{near_price}*{qty}")),
        Column("loss_value", "Break-even value", "wx Calc", 12, formula=when("ready", "{cost_price}*{qty}")),
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
            formula='IF({priced}*({internal}<>"yes")=0,"",1+COUNT({shown_above}))',
        ),
    )


def letters() -> dict[str, str]:
    """Letter of every column by its key."""
    return {column.key: get_column_letter(number) for number, column in enumerate(columns(), 2) if column.key}


LETTERS = letters()
READ_LAST, WORKING_FIRST = LETTERS["signer"], LETTERS["cost_date"]
GAP = get_column_letter(column_index_from_string(READ_LAST) + 1)
LAST_LETTER = LETTERS["shown_as"]


def whole(sheet: Worksheet, key: str) -> str:
    """Reference to all cells of a column."""
    return reference(sheet, f"{LETTERS[key]}{FIRST}:{LETTERS[key]}{LAST}")


@dataclass(frozen=True)
class Outside:
    """What the lines look up on other sheets."""

    lists: QuoteLists
    policy: PolicyCells
    asked_lines: str
    asked_states: str

    def known(self) -> dict[str, str]:
        """References by the words that the formulas of the columns use."""
        lists, policy = self.lists, self.policy
        return {
            "shown": lists.shown,
            "tolerance": lists.tolerance,
            "year": lists.year,
            "scale": lists.scale,
            "modulus": lists.modulus,
            "weights": lists.weights,
            "terms_weight": lists.terms_weight,
            "margin_weight": lists.margin_weight,
            "line_exceptions": lists.line_exceptions,
            "valid": lists.valid,
            "approved": lists.approved,
            "signers": policy.signers,
            "classes": policy.class_names,
            "margins": policy.class_margins,
            "rebate": policy.rebate,
            "freight": policy.freight,
            "rate": policy.rate,
            "usual_terms": policy.terms_days,
            "warn": policy.warn,
            "discount_ranks": policy.discount_ranks,
            "margin_ranks": policy.margin_ranks,
            "price_ranks": policy.price_ranks,
            "discount_limits": policy.discount_limits,
            "margin_limits": policy.margin_limits,
            "price_limits": policy.price_limits,
            "tier_quantities": policy.tier_quantities,
            "tier_discounts": policy.tier_discounts,
            "asked_lines": self.asked_lines,
            "asked_states": self.asked_states,
        }


def write_lines(sheet: Worksheet, lines: Sequence[QuoteLine], outside: Outside) -> None:
    """Write the head and all rows: what is typed, and the formulas in every row."""
    if len(lines) > ROWS:
        raise ValueError(f"The quote holds {ROWS} lines; these are {len(lines)}.")
    table = columns()
    _write_head(sheet, table)
    known = outside.known()
    _write_row(sheet, FIRST, table, known, lines[0] if lines else None)
    _write_more(sheet, table, known, lines)
    _validate(sheet, outside.policy)
    set_heights(sheet, dict.fromkeys(range(FIRST, LAST + 1), 19.5))


def _write_head(sheet: Worksheet, table: Sequence[Column]) -> None:
    for number, column in enumerate(table, 2):
        if column.key:
            is_text = column.style_name.endswith(("text", "Status"))
            put(
                sheet,
                f"{get_column_letter(number)}{HEAD}",
                column.head,
                "wx Head" if is_text else "wx Head num",
            )
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    put(sheet, f"{LETTERS['line']}{HEAD}", "Line", "wx Head num")
    put(sheet, f"{WORKING_FIRST}{HEAD - 1}", "MORE ABOUT EACH LINE", "wx Overline")
    put(sheet, f"{LETTERS['fingerprint']}{HEAD - 1}", "WORKING COLUMNS", "wx Overline")
    set_widths(sheet, {"A": 2.5})
    sheet.row_dimensions[HEAD - 1].height = 14
    sheet.row_dimensions[HEAD].height = 34


def _row_formulas(table: Sequence[Column], known: dict[str, str], row: int) -> Iterator[tuple[int, str]]:
    """Column number and formula of each calculated cell of a row."""
    here = {key: f"{letter}{row}" for key, letter in LETTERS.items()}
    here["row"] = str(row)
    last = LETTERS["shown_as"]
    here["shown_above"] = f"{last}${HEAD}:{last}{row - 1}"
    for number, column in enumerate(table, 2):
        if column.formula:
            yield number, column.formula.format(**known, **here)


def _write_row(
    sheet: Worksheet, row: int, table: Sequence[Column], known: dict[str, str], line: QuoteLine | None
) -> None:
    for number, column in enumerate(table, 2):
        if column.key:
            value = column.typed(line) if column.typed and line else None
            put(
                sheet,
                f"{get_column_letter(number)}{row}",
                value,
                column.style_name,
                number_format=column.number_format,
            )
    for number, formula in _row_formulas(table, known, row):
        put(sheet, f"{get_column_letter(number)}{row}", Formula(formula))
    quiet = [LETTERS[key] for key in ("line", "signer")]
    for letter in quiet:
        put(sheet, f"{letter}{row}", size=10, colour=style.SLATE)
    put(sheet, f"{LETTERS['bar']}{row}", number_format=";;;")


def _write_more(
    sheet: Worksheet, table: Sequence[Column], known: dict[str, str], lines: Sequence[QuoteLine]
) -> None:
    """Write the rows below the first, with its styles.

    Giving each of 25,000 cells its named style takes ten times as long as all the rest.
    """
    looks = {number: sheet.cell(FIRST, number)._style for number, column in enumerate(table, 2) if column.key}
    for row in range(FIRST + 1, LAST + 1):
        for number, look in looks.items():
            sheet.cell(row, number)._style = copy(look)
        for number, formula in _row_formulas(table, known, row):
            sheet.cell(row, number).value = "=" + formula.replace(f"'{sheet.title}'!", "")
    for row, line in enumerate(lines[1:], FIRST + 1):
        for number, column in enumerate(table, 2):
            if column.typed:
                put(
                    sheet,
                    f"{get_column_letter(number)}{row}",
                    column.typed(line),
                    number_format=column.number_format,
                )


def _validate(sheet: Worksheet, policy: PolicyCells) -> None:
    classes = inputs.choice(policy.class_names, "A class that Policy knows: it sets the minimum margin.")
    flag = inputs.choice('"yes,no"', "yes: the line is not on the customer copy.")
    text_prompt = "Text that begins with = or + stays text if you type an apostrophe before it."
    for key, kind, title, prompt in (
        ("order", inputs.TEXT, "SKU or order", text_prompt),
        ("description", inputs.TEXT, "Description", text_prompt),
        ("class", classes, "Class", ""),
        ("qty", inputs.COUNT, "Quantity", ""),
        (
            "list",
            inputs.PRICE,
            "List price per unit",
            "Above zero, without tax. One currency for the whole quote.",
        ),
        ("cost", inputs.PRICE, "Cost per unit", "What one more unit costs you today."),
        (
            "tier",
            inputs.SHARE,
            "Tier discount",
            "What the quantity earns by itself, see Policy. Type 5% or 0.05.",
        ),
        ("extra1", inputs.SHARE, "Requested discount 1", "Taken from what the discounts before it leave."),
        ("extra2", inputs.SHARE, "Requested discount 2", "Taken from what the discounts before it leave."),
        ("extra3", inputs.SHARE, "Requested discount 3", "Taken from what the discounts before it leave."),
        ("cost_date", inputs.DATE, "Cost date", "The day the cost was true."),
        ("terms", inputs.WHOLE, "Payment terms, days", "Blank: the usual terms of Policy."),
        ("internal", flag, "Internal only", ""),
        ("last_price", inputs.PRICE, "Last price paid", "What this customer paid per unit last time."),
        ("reason", inputs.TEXT, "Reason", "Why this discount: volume, competition, a new customer."),
    ):
        inputs.validate(sheet, f"{LETTERS[key]}{FIRST}:{LETTERS[key]}{LAST}", kind, title, prompt)


# ---------------------------------------------------------------- tiles


@dataclass(frozen=True)
class Tile:
    """One card above the table: columns it spans, what it is called, its number and the line below."""

    first: str
    last: str
    overline: str
    value: str
    caption: str
    number_format: str = style.PRICE_BARE
    size: float = 20


def write_header(sheet: Worksheet, title: str, subtitle: str, tiles: Sequence[Tile], master: str) -> None:
    """Write the head of the sheet and its tiles; they stay in view while lines are edited."""
    parts.header(sheet, Formula(title), Formula(subtitle), "B", READ_LAST, Privacy.INTERNAL, checks=master)
    for number, tile in enumerate(tiles):
        parts.tile(
            sheet,
            f"{tile.first}{TILE}:{tile.last}{TILE + 2}",
            tile.overline,
            Formula(tile.value),
            Formula(tile.caption),
            number_format=tile.number_format,
            size=tile.size,
            gutter=number > 0,
        )
    set_heights(sheet, {TILE: 21, TILE + 1: 30, TILE + 2: 21})


def finish(draft: Draft, sheet: Worksheet, alarms: Sequence[tuple[str, str]]) -> None:
    """Colours, bars, filter, frozen rows, page, protection; `alarms` tint tiles while a condition holds."""
    status, headroom, signer = (LETTERS[key] for key in ("status", "headroom", "signer"))
    parts.tint_by_status(sheet, f"{status}{FIRST}:{status}{LAST}", f"${status}{FIRST}", STATUSES)
    lost = f"AND(ISNUMBER(${headroom}{FIRST}),SUM(${headroom}{FIRST})<0)"
    parts.tint_when(sheet, f"{headroom}{FIRST}:{headroom}{LAST}", lost, colour=style.NEGATIVE_TEXT, bold=True)
    needs = f'OR(ISNUMBER(SEARCH("BELOW",${status}{FIRST})),ISNUMBER(SEARCH("NEAR",${status}{FIRST})))'
    parts.tint_when(sheet, f"{signer}{FIRST}:{signer}{LAST}", needs, colour=style.INK, bold=True)
    for cells, condition in alarms:
        parts.tint_when(sheet, cells, condition, style.BELOW_FLOOR.tint, style.INK)
    draft.add_data_bar(sheet, f"{LETTERS['bar']}{FIRST}:{LETTERS['bar']}{LAST}", -BAR_REACH, BAR_REACH)
    sheet.auto_filter.ref = f"B{HEAD}:{LAST_LETTER}{LAST}"
    sheet.freeze_panes = f"{LETTERS['class']}{FIRST}"
    set_up_page(sheet, f"A1:{GAP}{LAST}", Privacy.INTERNAL, title_rows=f"{HEAD}:{HEAD}", one_page=False)
    protect(sheet)
