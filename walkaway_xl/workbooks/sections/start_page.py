"""What stands behind the verdict, below the first screen: the limits, and each price beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn

RUNGS = (
    ("★  Wish", "wish"),
    ("✔  Want", "want"),
    ("✖  Walk-away", "walkaway"),
    ("▸  Their offer", "offer"),
    ("▹  Our offer", "our_offer"),
)

GAP = "gap"


@dataclass(frozen=True)
class FloorCard:
    """A limit: its name, its value, how it came about, and what it means."""

    title: str
    value: str
    derivation: str
    foot: str
    number_format: str | None = None
    """How the value is written, where it is no price."""


def write_floors(
    context: Context, sheet: Worksheet, row: int, cards: Sequence[FloorCard], decimals: str
) -> int:
    """Write the limits one below the other; the one that binds gets the accent. Returns the next row.

    `decimals` is the cell of this sheet that says how many prices have.
    """
    blocks.section(sheet, f"B{row}", "What the walk-away is made of")
    heads = {
        "C": "Limit",
        "D": context.side.measure.capitalize(),
        "E": "How it came about",
        "J": "What it means",
    }
    blocks.table_head(sheet, row + 1, heads, numbers="D", span=("B", "K"))
    accent = {"fill": style.changed_fill(style.ACCENT_TINT), "font": Font(color=style.INK, bold=True)}
    for line, card in enumerate(cards, row + 2):
        sheet.row_dimensions[line].height = 22
        blocks.band(sheet, "B", "K", line, "wx Label")
        put(sheet, f"C{line}", card.title, "wx Label", bold=True)
        shown = Formula(f'IF(COUNT({card.value})=0,"",{card.value})')
        put(sheet, f"D{line}", shown, "wx Calc", number_format=card.number_format, bold=True, shrink=True)
        put(sheet, f"E{line}", Formula(card.derivation), "wx Words")
        put(sheet, f"J{line}", Formula(card.foot), "wx Words")
        binds = f'LEFT($J{line},1)="◆"'
        has_decimals = card.number_format is None
        cells = f"B{line}:C{line} E{line}:K{line}" if has_decimals else f"B{line}:K{line}"
        blocks.tint_when(sheet, cells, binds, style.ACCENT_TINT, style.INK, True)
        if has_decimals:
            blocks.follow_decimals(sheet, f"D{line}", decimals, also=(binds, accent))
    return floors_end(row, cards)


def floors_end(row: int, cards: Sequence[FloorCard]) -> int:
    """The row below the limits and a gap, if they are written from a row on."""
    return row + 2 + len(cards) + 1


def ladder(context: Context, figures: Mapping[str, str], columns: Sequence[PriceColumn]) -> Table:
    """The rungs from the wish down to the offers: price, what it means, distance to the walk-away."""

    def price(row: Row) -> str:
        ref = figures[RUNGS[row.number][1]]
        return f'IF(COUNT({ref})=0,"",{ref})'

    def said_by(column: PriceColumn) -> Callable[[Row], str]:
        return lambda row: column.formula(context, figures, row["price"])

    def gap(row: Row) -> str:
        beyond = excel_formula("WALKAWAY_GAP", context.side, offer=row["price"], walkaway=figures["walkaway"])
        return if_known((row["price"], figures["walkaway"]), beyond)

    return Table(
        "",
        (
            Column("", "C", "Rung", words=[label for label, _ in RUNGS], look={"bold": True}),
            Column("price", "D", context.side.measure.capitalize(), formula=price, look={"bold": True}),
            *(
                Column(column.key, letter, column.head, formula=said_by(column), style_name=column.style_name)
                for letter, column in zip("EIJ", columns, strict=False)
            ),
            Column(GAP, "K", "To walk-away", formula=gap, look={"number_format": style.PRICE_DELTA}),
        ),
        len(RUNGS),
        ("B", "K"),
        numbered=False,
        height=22,
    )


def their_rung(placed: Placed) -> dict[str, Ref]:
    """The cells of the ladder that speak of their offer, by "their_" and the key of the column."""
    row = [key for _, key in RUNGS].index("offer")
    return {f"their_{key}": placed[key].nth(row) for key in placed.letters}


def write_ladder(context: Context, sheet: Worksheet, top: int, rungs: Table, decimals: str) -> int:
    """Write the ladder; returns the next row. `decimals` is as in `write_floors`."""
    blocks.section(sheet, f"B{top}", f"{context.side.measure.capitalize()} ladder")
    placed = rungs.write(context.draft, sheet, top + 1)
    for column in rungs.columns:
        if column.formula is not None and column.style_name in ("", "wx Calc"):
            cells = f"{column.place}{placed.first}:{column.place}{placed.last}"
            blocks.follow_decimals(sheet, cells, decimals, signed=column.key == GAP)
    row = their_rung(placed)["their_price"].first_row
    paint(sheet, f"B{row}:K{row}", fill=style.ACCENT_TINT)
    return placed.next_row
