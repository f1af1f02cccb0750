"""What a used thing is worth: comparables adjusted to match, options and repairs."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.table import Column, Row, Table, total
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.start_page import FloorCard
from walkaway_xl.workbooks.used_goods.used_goods_questions import YES_NO

COMPARABLE_ROWS, OPTION_ROWS, REPAIR_ROWS = 6, 5, 5
OPTIONS = Table(
    "options",
    (
        Column("what", "C:D", "Option", inputs.TEXT, "Something the alternative has not."),
        Column("worth", "E", "Worth to you", inputs.WORTH, "What you would pay for it."),
        Column("has", "F", "Has it?", YES_NO, "yes or no."),
        Column("counts", "G", "Counts", formula=lambda row: f"IF({row['has']}={YES},N({row['worth']}),0)"),
    ),
    OPTION_ROWS,
)
REPAIRS = Table(
    "repairs",
    (
        Column("what", "C:D", "Repair", inputs.TEXT, "What is worn or broken, and how you know."),
        Column("cost", "E", "Costs", inputs.COST, "A garage's price."),
    ),
    REPAIR_ROWS,
)


def write_worth(context: Context, sheet: Worksheet, row: int, figures: Figures) -> tuple[dict[str, str], int]:
    """Comparables, options and repairs: what the market pays, and what this one is better by."""
    results: dict[str, str] = {}
    row = _comparables(context, sheet, row, figures, results)
    row = _options(context, sheet, row + 1, results)
    row = _repairs(context, sheet, row + 1, results)
    row += 1
    sheet.row_dimensions[row].height = 21
    blocks.band(sheet, "B", "M", row, "wx Label")
    put(sheet, f"B{row}", "This one is better than the alternative by", "wx Label", bold=True)
    net = f"{results['options']}-{results['repairs']}"
    put(sheet, f"E{row}", Formula(net), "wx Output", number_format=style.PRICE_DELTA)
    put(sheet, f"F{row}", "Options that it has, less the repairs that it needs.", "wx Words")
    results["advantage"] = reference(sheet, f"E{row}")
    return results, row + 1


def _comparables(
    context: Context, sheet: Worksheet, row: int, figures: Figures, results: dict[str, str]
) -> int:
    blocks.section(sheet, f"B{row}", "Side by side with others like it", 28)
    blocks.note(
        sheet,
        f"M{row}",
        "At least three, adjusted to match: what each would cost if it were like this one.",
        right=True,
    )
    offer = figures["offer"]

    def adjusted(row: Row) -> str:
        def difference(key: str, worth: str) -> str:
            other, this = row[key], figures[key]  # either blank: as old, or as much used, as this one
            return f"(N({other})-N({this}))*COUNT({other})*COUNT({this})*N({figures[worth]})"

        age, use = difference("age", "per_year"), difference("use", "per_use")
        return if_known((row["price"],), f"{row['price']}+{age}+{use}-N({row['extras']})")

    comparables = Table(
        "comparables",
        (
            Column("what", "C:D", "Comparable", inputs.TEXT, "What and where it is."),
            Column("price", "E", "Price", inputs.PRICE, "What they ask, or what it was sold for."),
            Column("age", "F", "Age, years", inputs.COUNT, "Blank: as old as this one."),
            Column("use", "G", "Use, thousands", inputs.COUNT, "Blank: as much as this one."),
            Column(
                "extras",
                "H",
                "Extras less repairs",
                inputs.SIGNED_PRICE,
                "What it has more than this one, less what must be repaired; negative if it needs more.",
            ),
            Column("adjusted", "I", "Adjusted to match", formula=adjusted),
            Column(
                "",
                "J",
                "Dearer than this one by",
                formula=lambda row: if_known((row["adjusted"], offer), f"{row['adjusted']}-{offer}"),
                look={"number_format": style.PRICE_DELTA},
            ),
        ),
        COMPARABLE_ROWS,
        head_height=34,
        linked=[
            {
                "what": '"This one"',
                "price": if_known((offer,), offer),
                "age": if_known((figures["age"],), figures["age"]),
                "use": if_known((figures["use"],), figures["use"]),
            }
        ],
    )
    table = comparables.write(context.draft, sheet, row + 1)
    results["adjusted"] = table["adjusted"].without(first=1)  # this one is no comparable
    results["market"] = total(
        sheet,
        table.next_row,
        "I",
        "Market value of one like this",
        f'IF(COUNT({results["adjusted"]})=0,"",AVERAGE({results["adjusted"]}))',
        "Mean of the others, adjusted to match.",
    )
    return table.next_row + 1


def _options(context: Context, sheet: Worksheet, row: int, results: dict[str, str]) -> int:
    blocks.section(sheet, f"B{row}", "What options are worth to you", 28)
    blocks.note(sheet, f"E{row}", "To you, not to the seller. Compare with your best alternative.")
    table = OPTIONS.write(context.draft, sheet, row + 1)
    worth = f"SUM({table['counts']})"
    results["options"] = total(sheet, table.next_row, "G", "Options that it has", worth)
    return table.next_row + 1


def _repairs(context: Context, sheet: Worksheet, row: int, results: dict[str, str]) -> int:
    blocks.section(sheet, f"B{row}", "What must be repaired", 28)
    blocks.note(sheet, f"E{row}", "What you would have to spend before it is as good as the alternative.")
    table = REPAIRS.write(context.draft, sheet, row + 1)
    results["repairs"] = total(sheet, table.next_row, "E", "Repairs together", f"SUM({table['cost']})")
    return table.next_row + 1


def limit_lines(context: Context) -> tuple[Line, ...]:
    """The budget less the repairs: what is left for the price."""
    return (
        Line(
            "hard_limit",
            "Budget ceiling",
            if_known(("{budget}",), "{budget}-{repairs}"),
            "wx Output",
            words="Above it, price and repairs cost more than you have.",
        ),
    )


def columns(figures: Figures) -> tuple[PriceColumn, ...]:
    """Beside each price: with the repairs, against the market, and what is left of the budget."""

    def with_repairs(context: Context, figures: Figures, price: str) -> str:
        return if_known((price,), f"{price}+{figures['repairs']}")

    def left(context: Context, figures: Figures, price: str) -> str:
        rest = f"({figures['budget']}-{price}-{figures['repairs']})"
        sentence = f'IF({rest}<0,"✖  beyond the budget",{context.words(rest)}&" left")'
        return if_known((price, figures["budget"]), sentence)

    def of_market(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["market"]), f"{price}/{figures['market']}-1")

    return (
        PriceColumn("With repairs", with_repairs),
        PriceColumn("Of the budget", left, "wx Calc text"),
        PriceColumn("Against market", of_market, "wx Calc %"),
    )


def cards(context: Context, figures: Figures) -> tuple[FloorCard, ...]:
    """BATNA, budget and market value."""
    words, limit, market, offer = context.words, figures["hard_limit"], figures["market"], figures["offer"]
    over = f"({offer}-{market})"
    caption = (
        f'IF({over}>0,"Their offer is "&{words(over)}&" above it",{words(f"-{over}")}&" above their offer")'
    )
    return (
        shared_checks.batna_card(context, figures),
        FloorCard(
            "Budget ceiling",
            limit,
            if_known(
                (limit,),
                f'"Budget "&{words(figures["budget"])}&", repairs "&{words(figures["repairs"])}',
                '"What you can pay at most"',
            ),
            shared_checks.binding(context, figures, "hard_limit", "batna_floor"),
        ),
        FloorCard(
            "Market value",
            market,
            if_known(
                (market,),
                f'COUNT({figures["adjusted"]})&" comparables, adjusted to match"',
                '"What others pay for one like this"',
            ),
            if_known((offer, market), caption, '"Not known yet"'),
        ),
    )
