"""What a price really costs a buyer: the budget as a price, all-in costs, tiers of the supplier, risks."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.table import Column, Row, Table, total
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures
from walkaway_xl.workbooks.price_book.layout import PREPARE_GRID
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.start_page import FloorCard

TIER_ROWS, RISK_ROWS = 4, 4


def limit_lines(context: Context) -> tuple[Line, ...]:
    """From the budget, everything included, to the highest price that stays within it."""
    return (
        Line(
            "terms",
            "What paying later is worth",
            excel_formula("TERMS_COST", annual_rate="{annual_rate}", days="{terms_days}", basis="{year}"),
            "wx Calc %",
            unit="of price",
            words="Days until you pay × your cost of money.",
        ),
        Line(
            "per_price",
            "Cost per unit of price",
            "1+{duty}-{terms}",
            unit="times the price",
            words="Duty comes on top, later payment comes off.",
            number_format="0.0000",
        ),
        Line(
            "switching_per_unit",
            "Switching cost per unit",
            'IF(N({volume})=0,"",{switching}/{volume})',
            words="The cost of changing, spread over the volume of the contract.",
        ),
        Line(
            "on_top",
            "What comes on top, per unit",
            if_known(("{switching_per_unit}",), "{freight}+{quality}+{inventory}+{switching_per_unit}"),
            words="Freight, quality, inventory and switching.",
        ),
        Line(
            "budget_ceiling",
            "Budget ceiling",
            if_known(("{budget}", "{on_top}"), "({budget}-{on_top})/{per_price}"),
            "wx Output",
            words="Above it, the purchase costs more than the budget. (Budget − on top) ÷ cost per price.",
        ),
        Line(
            "hard_limit",
            "Hard limit",
            'CHOOSE(1+COUNT({budget_ceiling}),IF(COUNT({most})=0,"",{most}),{budget_ceiling})',
            words="The budget ceiling; until it is known, the answer to question 7.",
        ),
    )


def all_in(figures: Figures, price: str) -> str:
    """What a price costs with everything that comes on top."""
    return f"{price}*{figures['per_price']}+{figures['on_top']}"


def columns(figures: Figures) -> tuple[PriceColumn, ...]:
    """Beside each price: what it costs in all, how much of the budget, and against today."""

    def everything(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["on_top"]), all_in(figures, price))

    def of_budget(context: Context, figures: Figures, price: str) -> str:
        spent = f"FIXED(100*({all_in(figures, price)})/{figures['budget']},{context.lists.share_decimals})"
        return if_known((price, figures["on_top"], figures["budget"]), f'{spent}&" % of budget"')

    def against_today(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["today"]), f"{price}/{figures['today']}-1")

    return (
        PriceColumn("All-in cost", everything),
        PriceColumn("Of the budget", of_budget, "wx Calc text"),
        PriceColumn("Against today", against_today, "wx Calc %"),
    )


def cards(context: Context, figures: Figures) -> tuple[FloorCard, ...]:
    """BATNA, budget, and what their offer costs in all."""
    words, offer, limit = context.words, figures["offer"], figures["hard_limit"]
    cost = figures["all_in_offer"]
    left = f"({figures['budget']}-{cost})"
    room = f'IF({left}>=0,{words(left)}&" below your budget","✖  "&{words(f"-{left}")}&" above your budget")'
    return (
        shared_checks.batna_card(context, figures),
        FloorCard(
            "Budget ceiling",
            limit,
            if_known(
                (limit,),
                f'"Budget "&{words(figures["budget"])}&" all in, "&{words(figures["on_top"])}&" on top"',
                '"What your budget allows"',
            ),
            shared_checks.binding(context, figures, "hard_limit", "batna_floor"),
        ),
        FloorCard(
            "Their offer, all in",
            cost,
            if_known((cost,), f'"Price "&{words(offer)}&" and what comes on top"', '"There is no offer yet"'),
            if_known((cost, figures["budget"]), room, '"Not known yet"'),
        ),
    )


def write_costs(context: Context, sheet: Worksheet, row: int, figures: Figures) -> tuple[dict[str, str], int]:
    """Part 4: all-in cost with its picture, the supplier's tiers, the risks."""
    blocks.section(sheet, f"B{row}", "4   What the price really costs")
    grid = PREPARE_GRID
    offer = "{offer}"
    lines = (
        Line(
            "price",
            "Price looked at",
            if_known(("{want}",), "IF(COUNT({offer})=0,{want},{offer})"),
            words=Formula(
                'IF(COUNT({offer})=0,"There is no offer yet: what you want.","Their latest offer.")'
            ),
        ),
        Line(
            "all_in_offer",
            "Their offer, everything included",
            if_known((offer, "{on_top}"), f"{offer}*{{per_price}}+{{on_top}}"),
            "wx Output",
            words="Price × cost per price + what comes on top.",
        ),
        Line(
            "year_cost",
            "For the whole volume",
            if_known(("{all_in_offer}", "{volume}"), "{all_in_offer}*{volume}"),
            words="What you sign for.",
            number_format=style.MONEY,
        ),
    )
    results = blocks.result_rows(sheet, row + 1, lines, grid, figures)
    figures = {**figures, **results}
    row = _write_picture(context, sheet, row + len(lines) + 2, figures)
    row = _write_tiers(context, sheet, row + 1, figures, results)
    row = _write_risks(context, sheet, row + 1, figures, results)
    return results, row


def _write_picture(context: Context, sheet: Worksheet, top: int, figures: Figures) -> int:
    heads = {"B": "From all-in cost to price", "E": "Per unit", "F": "Of all-in"}
    blocks.table_head(sheet, top, heads, numbers="EF", span=("B", "F"))
    first = top + 1
    price = figures["price"]
    steps = (
        ("All-in cost", if_known((price, figures["on_top"]), all_in(figures, price)), "total"),
        (
            "Switching",
            if_known((figures["switching_per_unit"],), f"-{figures['switching_per_unit']}"),
            "deduction",
        ),
        ("Inventory", f"-{figures['inventory']}", "deduction"),
        ("Quality", f"-{figures['quality']}", "deduction"),
        ("Freight", f"-{figures['freight']}", "deduction"),
        ("Duty", if_known((price,), f"-{price}*{figures['duty']}"), "deduction"),
        ("Later payment", if_known((price,), f"{price}*{figures['terms']}"), "deduction"),
        ("Price", if_known((price,), price), "margin"),
    )
    for number, (label, formula, role) in enumerate(steps):
        row = first + number
        is_total = role != "deduction"
        sheet.row_dimensions[row].height = 24
        blocks.band(sheet, "B", "F", row, "wx Label")
        put(sheet, f"B{row}", label, "wx Label", bold=is_total)
        put(sheet, f"E{row}", Formula(formula), "wx Calc", bold=is_total)
        share = if_known((f"E{row}", f"E${first}"), f"E{row}/MAX({context.lists.tolerance},E${first})")
        put(sheet, f"F{row}", Formula(share), "wx Calc %")
    last = first + len(steps) - 1
    drawn = charts.waterfall(
        context.data,
        "All-in cost · columns",
        [
            charts.Step(reference(sheet, f"B{first + number}"), reference(sheet, f"E{first + number}"), role)
            for number, (_, _, role) in enumerate(steps)
        ],
    )
    context.draft.add_chart(
        sheet,
        drawn,
        f"G{first}:M{last}",
        "All-in cost",
        "Columns from the all-in cost of a unit over switching, inventory, quality, freight, duty and terms "
        "down to the price.",
    )
    return last + 1


def _write_tiers(
    context: Context, sheet: Worksheet, row: int, figures: Figures, results: dict[str, str]
) -> int:
    blocks.section(sheet, f"B{row}", "Their volume schedule", 28)
    blocks.note(
        sheet, f"E{row}", "Every unit at the tier that the volume reaches. Leave blank if there is none."
    )

    def price_there(row: Row) -> str:
        return if_known((row["discount"], figures["price"]), f"{figures['price']}*(1-{row['discount']})")

    def bill(row: Row) -> str:
        volume = f"MAX({row['from']},N({figures['volume']}))"
        return if_known((row["from"], row["price"]), f"{volume}*{row['price']}")

    tiers = Table(
        "tiers",
        (
            Column("from", "C", "From this volume", inputs.BREAK, "The first unit of the tier."),
            Column("discount", "E", "Discount", inputs.DISCOUNT, "Off their price, for every unit."),
            Column("price", "F", "Price there", formula=price_there),
            Column("bill", "G", "Whole bill", formula=bill, look={"number_format": style.MONEY}),
        ),
        TIER_ROWS,
        head_height=34,
    )
    table = tiers.write(context.draft, sheet, row + 1)
    breaks, discounts = table["from"], table["discount"]
    reached = f"IFERROR(LOOKUP({figures['volume']},{breaks},{discounts}),0)"
    row = table.next_row
    results["tier"] = reference(sheet, f"E{row}")
    sheet.row_dimensions[row].height = 21
    blocks.band(sheet, "B", "M", row, "wx Label")
    put(sheet, f"B{row}", "Discount at your volume", "wx Label", bold=True)
    put(sheet, f"E{row}", Formula(if_known((figures["volume"], breaks), reached)), "wx Output %")
    now = f"{figures['volume']}*{figures['price']}*(1-E{row})"
    bills = table["bill"]
    cheaper = f'"✖  A larger order costs less: "&FIXED(MIN({bills}),0)&" in all, against "&FIXED({now},0)'
    sentence = (
        f'IF(MIN({bills})<{now}*(1-{context.lists.tolerance}),{cheaper},"✔  No larger order costs less.")'
    )
    put(sheet, f"F{row}", Formula(if_known((f"E{row}", figures["price"]), sentence)), "wx Words")
    results["tier_breaks"], results["tier_discounts"] = breaks, discounts
    results["next_breaks"], results["breaks_before"] = breaks.without(first=1), breaks.without(last=1)
    return row + 1


def _expected(row: Row) -> str:
    return if_known((row["chance"], row["cost"]), f"{row['chance']}*{row['cost']}")


RISKS = Table(
    "risks",
    (
        Column("risk", "C:D", "Risk", inputs.TEXT, "What could go wrong."),
        Column(
            "chance",
            "E",
            "Chance",
            inputs.CHANCE,
            "How likely it is.",
            look={"number_format": style.SHARE_WHOLE},
        ),
        Column(
            "cost",
            "F",
            "Cost if it happens",
            inputs.COST,
            "In all, not per unit.",
            look={"number_format": style.MONEY},
        ),
        Column("action", "I:K", "What you do about it", inputs.TEXT, "What makes it smaller."),
        Column("owner", "L:M", "Owner", inputs.TEXT, "Who does it."),
        Column("expected", "G", "Expected cost", formula=_expected, look={"number_format": style.MONEY}),
    ),
    RISK_ROWS,
    head_height=34,
    lines=2,
)


def _write_risks(
    context: Context, sheet: Worksheet, row: int, figures: Figures, results: dict[str, str]
) -> int:
    blocks.section(sheet, f"B{row}", "Risks of this deal", 28)
    blocks.note(sheet, f"E{row}", "What could go wrong, what it would cost, and what you do about it.")
    table = RISKS.write(context.draft, sheet, row + 1)
    expected = table["expected"]
    spread = f"SUM({expected})/MAX(1,N({figures['volume']}))"
    results["risk"] = total(
        sheet,
        table.next_row,
        "G",
        "Expected cost, per unit",
        spread,
        "Set it against what this deal is better by.",
    )
    return table.next_row + 2
