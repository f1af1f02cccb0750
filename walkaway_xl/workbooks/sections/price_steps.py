"""What is left of a price: the waterfall, the volume a cut must win, and who may sign."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, paint, put, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known

CUTS = (0.05, 0.10, 0.15, 0.20)


@dataclass(frozen=True)
class Ladder:
    """Who may sign, by discount off list."""

    limits: Ref
    signers: str
    own_limit: str
    next_row: int = 0

    def signer(self, context: Context, discount: str) -> str:
        """Formula for the first person on the ladder whose limit covers a discount."""
        passed = f'SUMPRODUCT(({self.limits}<>"")*({self.limits}<{discount}-{context.lists.tolerance}))'
        signer = f"INDEX({self.signers},MIN(ROWS({self.signers}),1+{passed}))"
        return if_known(
            (discount, self.limits), f'IF({passed}>=COUNT({self.limits}),"nobody on the ladder",{signer})'
        )


LADDER = Table(
    "ladder",
    (
        Column("who", "C:D", "Who signs", inputs.TEXT, "The first row is you."),
        Column(
            "discount",
            "E",
            "Up to this discount",
            inputs.PART,
            "The deepest discount off list this person may sign. Rising from row to row.",
        ),
    ),
    rows=4,
    head_height=34,
    more_heads={"F": "Lowest price", "G": "Margin there", "H": "Less walk-away"},
)


def write_ladder(context: Context, sheet: Worksheet, row: int) -> Ladder:
    """Write the rungs to fill in; what they come to in money is added by `write_ladder_prices`."""
    table = LADDER.write(context.draft, sheet, row)
    return Ladder(table["discount"], table["who"], table["discount"].nth(0), table.next_row)


def ladder_of(figures: Mapping[str, str]) -> Ladder:
    """The ladder by what it is known for."""
    return Ladder(Ref(figures["ladder_limits"]), figures["ladder_signers"], figures["own_limit"])


def write_ladder_prices(
    context: Context, sheet: Worksheet, ladder: Ladder, figures: Mapping[str, str]
) -> None:
    """Write what each rung means: lowest price, margin at that price, distance to the walk-away."""
    first, last = ladder.limits.first_row, ladder.limits.last_row
    for row in range(first, last + 1):
        lowest = f"{figures['list_price']}*(1-E{row})"
        margin = f"1-{figures['leakage']}-{figures['full_cost']}/F{row}"
        put(sheet, f"F{row}", Formula(if_known((f"E{row}", figures["list_price"]), lowest)), "wx Calc")
        put(sheet, f"G{row}", Formula(if_known((f"F{row}", figures["full_cost"]), margin)), "wx Calc %")
        gap = context.side.better_by(f"F{row}", figures["walkaway"])
        put(
            sheet,
            f"H{row}",
            Formula(if_known((f"F{row}", figures["walkaway"]), gap)),
            "wx Calc",
            number_format=style.PRICE_DELTA,
        )
        below = '"✖  reaches below your walk-away: nobody should sign that far"'
        put(sheet, f"I{row}", Formula(if_known((f"H{row}",), f'IF(H{row}<0,{below},"")')), "wx Words")
    blocks.tint_when(sheet, f"H{first}:M{last}", f'LEFT($I{first},1)="✖"', style.WALK_AWAY.tint, style.INK)


@dataclass(frozen=True)
class PriceStep:
    """A row of the waterfall table."""

    label: str
    formula: str
    role: str


def write_waterfall(context: Context, sheet: Worksheet, row: int, figures: Mapping[str, str]) -> int:
    """Write the table from list to margin at the price looked at, and its chart; returns the next row."""
    heads = {"B": "Step", "E": "Per unit", "F": "Of list"}
    blocks.table_head(sheet, row, heads, numbers="EF", span=("B", "F"))
    first = row + 1

    def amount(step: int) -> str:
        return f"E{first + step}"

    def part_of_invoice(share: str) -> str:
        return if_known((amount(2),), f"-{share}*{amount(2)}")

    steps = (
        PriceStep("List price", if_known((figures["list_price"],), figures["list_price"]), "total"),
        PriceStep(
            "On-invoice discount",
            if_known(
                (figures["list_price"], figures["price"]), f"{figures['price']}-{figures['list_price']}"
            ),
            "deduction",
        ),
        PriceStep("Invoice price", if_known((amount(0), amount(1)), f"{amount(0)}+{amount(1)}"), "total"),
        PriceStep("Year-end rebate", part_of_invoice(figures["rebate"]), "deduction"),
        PriceStep("Freight", part_of_invoice(figures["freight"]), "deduction"),
        PriceStep("Payment terms", part_of_invoice(figures["terms"]), "deduction"),
        PriceStep("Pocket price", if_known((amount(2),), f"SUM({amount(2)}:{amount(5)})"), "total"),
        PriceStep("Full unit cost", if_known((figures["full_cost"],), f"-{figures['full_cost']}"), "cost"),
        PriceStep("Pocket margin", if_known((amount(6), amount(7)), f"{amount(6)}+{amount(7)}"), "margin"),
    )
    for number, step in enumerate(steps):
        line = first + number
        is_total = step.role in ("total", "margin")
        sheet.row_dimensions[line].height = 24
        blocks.band(sheet, "B", "F", line, "wx Label")
        put(sheet, f"B{line}", step.label, "wx Label", bold=is_total)
        put(sheet, f"E{line}", Formula(step.formula), "wx Calc", bold=is_total)
        of_list = if_known((f"E{line}", amount(0)), f"E{line}/MAX({context.lists.tolerance},{amount(0)})")
        put(
            sheet,
            f"F{line}",
            Formula(of_list),
            "wx Calc %",
            bold=is_total,
            colour=style.INK if is_total else style.SLATE,
        )
        if is_total:
            paint(sheet, f"B{line}:F{line}", fill=style.CARD)
    last = first + len(steps) - 1
    kept = f'"You keep "&{context.words(amount(8))}&" of every "&{context.words(amount(0))}&" on the list"'
    put(sheet, f"G{row}", Formula(f'IF(COUNT({amount(8)})=0,"",{kept})'), "wx Section", indent=1)
    drawn = charts.waterfall(
        context.data,
        "Waterfall · columns",
        [
            charts.Step(
                reference(sheet, f"B{first + number}"), reference(sheet, f"E{first + number}"), step.role
            )
            for number, step in enumerate(steps)
        ],
    )
    context.draft.add_chart(
        sheet,
        drawn,
        f"G{first}:M{last}",
        "Price waterfall",
        "Columns from the list price over invoice and pocket price to the pocket margin; deductions float "
        "between the totals and carry their amount.",
    )
    return last + 1


def write_cuts(context: Context, sheet: Worksheet, top: int, figures: Mapping[str, str]) -> int:
    """Write how many more units each price cut must win to earn the same contribution."""
    heads = {
        "B": "If you cut the price by",
        "E": "Cut",
        "F": "New price",
        "G": "Margin",
        "H": "Units needed",
        "I": "More units",
        "J": "Against the minimum margin",
    }
    blocks.table_head(sheet, top, heads, numbers="EFGHI", span=("B", "M"), height=34)
    price, cost, leak, volume = (figures[key] for key in ("price", "full_cost", "leakage", "volume"))
    minimum = figures["min_margin"]
    first = top + 1
    for number, cut in enumerate(CUTS):
        row = first + number
        sheet.row_dimensions[row].height = 22
        blocks.band(sheet, "B", "M", row, "wx Label")
        put(sheet, f"B{row}", Formula(f'FIXED(100*E{row},0)&" % of today\'s price"'), "wx Label")
        put(sheet, f"E{row}", cut, "wx Input %", number_format=style.SHARE_WHOLE)
        put(sheet, f"F{row}", Formula(if_known((price,), f"{price}*(1-E{row})")), "wx Calc")
        put(sheet, f"G{row}", Formula(if_known((f"F{row}", cost), f"1-{leak}-{cost}/F{row}")), "wx Calc %")
        earned = f"({price}*(1-{leak})-{cost})"
        needed = f'IF(G{row}<={context.lists.tolerance},"cannot pay",{volume}*{earned}/(F{row}*G{row}))'
        put(sheet, f"H{row}", Formula(if_known((f"G{row}", volume), needed)), "wx Calc qty")
        put(
            sheet,
            f"I{row}",
            Formula(if_known((f"H{row}", volume), f"H{row}/{volume}-1")),
            "wx Calc %",
            number_format=style.SHARE_WHOLE_DELTA,
        )
        misses = f'"✖  below the minimum of "&FIXED(100*{minimum},0)&" %"'
        words = f'IF(G{row}<{minimum}-{context.lists.tolerance},{misses},"✔  at or above the minimum")'
        put(sheet, f"J{row}", Formula(if_known((f"G{row}", minimum), words)), "wx Label")
    last = first + len(CUTS) - 1
    inputs.validate(
        sheet, f"E{first}:E{last}", inputs.DISCOUNT, "Price cut", "A cut of today's price to try out."
    )
    context.draft.take_rows("cuts", sheet, first, last, {"cut": ("E", inputs.DISCOUNT, "Price cut")})
    condition = f'LEFT($J{first},1)="✖"'
    blocks.tint_when(sheet, f"G{first}:G{last}", condition, style.WALK_AWAY.tint, style.INK)
    blocks.tint_when(sheet, f"J{first}:M{last}", condition, style.WALK_AWAY.tint, style.INK)
    blocks.note(
        sheet,
        f"B{last + 1}",
        "Units needed = volume × contribution today ÷ contribution after the cut. "
        "“Cannot pay”: after the cut a unit earns nothing, so no volume makes up for it.",
    )
    return last + 2


def economic_lines() -> tuple[Line, ...]:
    """From cost and leakage to the economic floor and the deepest discount."""
    return (
        Line(
            "full_cost",
            "Full unit cost",
            if_known(("{cost}",), "{cost}+{fixed_cost}"),
            words="Unit cost and what comes on top for each unit.",
        ),
        Line(
            "terms",
            "Cost of the payment terms",
            excel_formula("TERMS_COST", annual_rate="{annual_rate}", days="{terms_days}", basis="{year}"),
            "wx Calc %",
            unit="of price",
            words="Days until they pay × your cost of money.",
        ),
        Line(
            "leakage",
            "Leakage after the invoice",
            "{rebate}+{freight}+{terms}",
            "wx Calc %",
            unit="of price",
            words="What never reaches your pocket: rebate, freight, terms.",
        ),
        Line(
            "economic_floor",
            "Economic floor",
            'IF(OR(COUNT({full_cost})*COUNT({min_margin})=0,{min_margin}+{leakage}>=1),"",'
            + excel_formula(
                "PRICE_FLOOR",
                cost="{cost}",
                fixed_cost="{fixed_cost}",
                min_margin="{min_margin}",
                leakage="{leakage}",
            )
            + ")",
            "wx Output",
            words="Below it, the deal misses your minimum margin. Full cost ÷ (1 − margin − leakage).",
        ),
        Line(
            "max_discount",
            "Deepest discount at that floor",
            if_known(("{economic_floor}", "{list_price}"), "1-{economic_floor}/{list_price}"),
            "wx Calc %",
            unit="off list",
            words="Negative when even the list price misses the margin.",
        ),
        Line(
            "lifetime_floor",
            "Economic floor with lifetime credit",
            if_known(("{economic_floor}", "{credit}"), "{economic_floor}-{credit}*{future}"),
            words="For comparison only. It never replaces the economic floor.",
        ),
        Line(
            "hard_limit",
            "Hard limit",
            'CHOOSE(1+COUNT({economic_floor}),IF(COUNT({least})=0,"",{least}),{economic_floor})',
            words="The economic floor, without any credit; until it is known, the answer to question 7.",
        ),
    )
