"""What stands behind the verdict, below the first screen: the limits, and each price beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn


@dataclass(frozen=True)
class FloorCard:
    """A limit: its name, its value, how it came about, and what it means."""

    title: str
    value: str
    derivation: str
    foot: str
    number_format: str | None = None
    """How the value is written, where it is no price."""


def write_floors(context: Context, sheet: Worksheet, row: int, cards: Sequence[FloorCard]) -> int:
    """Write the limits one below the other; the one that binds gets the accent. Returns the next row."""
    blocks.section(sheet, f"B{row}", "What the walk-away is made of")
    heads = {
        "C": "Limit",
        "D": context.side.measure.capitalize(),
        "E": "How it came about",
        "J": "What it means",
    }
    blocks.table_head(sheet, row + 1, heads, numbers="D", span=("B", "K"))
    for line, card in enumerate(cards, row + 2):
        sheet.row_dimensions[line].height = 22
        blocks.band(sheet, "B", "K", line, "wx Label")
        put(sheet, f"C{line}", card.title, "wx Label", bold=True)
        shown = Formula(f'IF(COUNT({card.value})=0,"",{card.value})')
        put(sheet, f"D{line}", shown, "wx Calc", number_format=card.number_format, bold=True, shrink=True)
        put(sheet, f"E{line}", Formula(card.derivation), "wx Words")
        put(sheet, f"J{line}", Formula(card.foot), "wx Words")
        binds = f'LEFT($J{line},1)="◆"'
        blocks.tint_when(sheet, f"B{line}:K{line}", binds, style.ACCENT_TINT, style.INK, True)
    return row + 2 + len(cards) + 1


def write_ladder(
    context: Context, sheet: Worksheet, top: int, figures: Mapping[str, str], columns: Sequence[PriceColumn]
) -> int:
    """Write the rungs from the wish down to the offers: price, what it means, distance to the walk-away."""
    measure = context.side.measure.capitalize()
    blocks.section(sheet, f"B{top}", f"{measure} ladder")
    placed = dict(zip("EIJ", columns, strict=False))
    heads = {
        "C": "Rung",
        "D": measure,
        **{letter: column.head for letter, column in placed.items()},
        "K": "To walk-away",
    }
    numbers = "".join(("D", *(letter for letter, column in placed.items() if column.is_number), "K"))
    blocks.table_head(sheet, top + 1, heads, numbers=numbers, span=("B", "K"))
    rungs = (
        ("★  Wish", "wish"),
        ("✔  Want", "want"),
        ("✖  Walk-away", "walkaway"),
        ("▸  Their offer", "offer"),
        ("▹  Our offer", "our_offer"),
    )
    for row, (label, key) in enumerate(rungs, top + 2):
        ref = figures[key]
        sheet.row_dimensions[row].height = 22
        blocks.band(sheet, "B", "K", row, "wx Label")
        put(sheet, f"C{row}", label, "wx Label", bold=True)
        put(sheet, f"D{row}", Formula(f'IF(COUNT({ref})=0,"",{ref})'), "wx Calc", bold=True)
        for letter, column in placed.items():
            put(
                sheet,
                f"{letter}{row}",
                Formula(column.formula(context, figures, f"D{row}")),
                column.style_name,
            )
        gap = excel_formula("WALKAWAY_GAP", context.side, offer=f"D{row}", walkaway=figures["walkaway"])
        put(
            sheet,
            f"K{row}",
            Formula(if_known((f"D{row}", figures["walkaway"]), gap)),
            "wx Calc",
            number_format=style.PRICE_DELTA,
        )
        if key == "offer":
            paint(sheet, f"B{row}:K{row}", fill=style.ACCENT_TINT)
    return top + 2 + len(rungs)
