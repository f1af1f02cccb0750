"""What you will do if you do not agree this deal: the alternatives, made comparable and ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import charts, inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, Value, put, reference
from walkaway_xl.workbooks.native import native
from walkaway_xl.workbooks.sections.context import Context, if_known

ROWS = 8

HEADS = {  # {measure} is a price, a year's pay, a score
    "B": "#",
    "C": "Kind",
    "D": "Alternative",
    "E": "{Measure}",
    "F": "Better (+) or worse (−) by",
    "G": "Chance it works",
    "H": "{Measure} if it fails",
    "I": "Worst case",
    "J": "Effective {measure}",
    "K": "Rank",
    "L": "Their offer is better by",
    "M": "",
}
NUMBERS = "EFGHIJKL"
LAST = "M"


@dataclass(frozen=True)
class Alternatives:
    """References to what other sections need."""

    answer: str
    table: str
    """All of it that is filled in or calculated."""
    prices: str
    kinds: str
    descriptions: str
    effective: str
    ranks: str
    adjustments: str
    chances: str
    fallbacks: str
    first_row: int
    actions_row: int
    next_row: int

    @property
    def uncertain(self) -> tuple[str, str, str]:
        """What makes a price another one: better or worse by, chance, and price if it fails."""
        return self.adjustments, self.chances, self.fallbacks


def write(
    context: Context,
    sheet: Worksheet,
    row: int,
    *,
    offer: str,
    kinds: Sequence[str] = (),
) -> Alternatives:
    """Write the question, the table and its results; `kinds` are those that a blank table begins with."""
    side, measure = context.side, context.side.measure
    sheet.row_dimensions[row].height = 26
    put(sheet, f"B{row}", "What will you do if you don't agree this deal?", "wx Label", bold=True)
    parts.band(sheet, "C", "D", row, "wx Label")
    asked = parts.text_input(
        sheet,
        "E",
        LAST,
        row,
        "Without this deal",
        "One honest sentence. It is the most important cell of the workbook: without it you are not ready.",
    )
    context.draft.take("answer", asked, inputs.TEXT, "Without this deal")
    head = row + 2
    heads = {
        column: text.format(measure=measure, Measure=measure.capitalize()) for column, text in HEADS.items()
    }
    parts.table_head(sheet, head, heads, numbers=NUMBERS, height=46)
    first, last = head + 1, head + ROWS
    for index in range(ROWS):
        at = first + index
        kind = kinds[index] if index < len(kinds) else None
        _row(context, sheet, at, index + 1, (first, last), offer, kind)
    _validate(context, sheet, first, last)
    parts.tint_when(sheet, f"J{first}:M{last}", f'$M{first}<>""', style.ACCENT_TINT, style.INK, True)

    def of(column: str) -> str:
        return reference(sheet, f"{column}{first}:{column}{last}")

    parts.note(
        sheet,
        f"B{last + 1}",
        f"Effective {measure} = ({measure} {'+' if side.better == '+' else '−'} adjustment) × chance "
        f"+ {measure} if it fails × (1 − chance). "
        f"The {'highest' if side.best == 'MAX' else 'lowest'} one is your BATNA: "
        "the best alternative to a negotiated agreement.",
    )
    next_row = _write_actions(context, sheet, last + 3, first)
    return Alternatives(
        answer=asked,
        table=reference(sheet, f"C{first}:{LAST}{last}"),
        prices=of("E"),
        kinds=of("C"),
        descriptions=of("D"),
        effective=of("J"),
        ranks=of("K"),
        adjustments=of("F"),
        chances=of("G"),
        fallbacks=of("H"),
        first_row=first,
        actions_row=last + 3,
        next_row=next_row,
    )


def _write_actions(context: Context, sheet: Worksheet, row: int, first: int) -> int:
    """Write what is done about each alternative before the talks; returns the next free row."""
    parts.section(sheet, f"B{row}", "Make them better before you talk")
    heads = {"B": "#", "C": "Alternative", "E": "Next action to improve it", "K": "Owner", "M": "Due"}
    parts.table_head(sheet, row + 1, heads, numbers="M", span=("B", LAST))
    for index in range(ROWS):
        at = row + 2 + index
        sheet.row_dimensions[at].height = 21
        parts.band(sheet, "B", LAST, at, "wx Label")
        parts.row_number(sheet, f"B{at}", index + 1)
        put(sheet, f"C{at}", Formula(f'$D{first + index}&""'), "wx Words")
        for start, end, title, prompt in (
            (
                "E",
                "J",
                "Next action",
                "What would make this alternative better before the talks?",
            ),
            ("K", "L", "Owner", "Who does it."),
        ):
            parts.text_input(sheet, start, end, at, title, prompt)
        put(sheet, f"M{at}", None, "wx Input date")
    inputs.validate(sheet, f"M{row + 2}:M{row + 1 + ROWS}", inputs.DATE, "Due", "The day it is done.")
    columns = {
        "next_action": ("E", inputs.TEXT, "Next action to improve it"),
        "owner": ("K", inputs.TEXT, "Owner"),
        "due": ("M", inputs.DATE, "Due"),
    }
    context.draft.take_rows("alternatives", sheet, row + 2, row + 1 + ROWS, columns)
    return row + 2 + ROWS


def draw(context: Context, sheet: Worksheet, cells: str, options: Alternatives, offer: str) -> None:
    """Draw the effective prices, best first, against the latest offer."""
    area, words, measure = context.data, context.words, context.side.measure
    parts.note_until(sheet, cells, options.effective, f"The picture appears with the first {measure}.")
    scale = charts.scale(area, "Alternatives · scale", [options.effective, offer], context.rules)
    area.title("Alternatives · ranked")
    area.columns(
        "Alternative", "Rank in table order", "Row of this rank", f"Effective {measure}", "This rank"
    )
    first, top, bottom = options.first_row, area.row, area.row + ROWS - 1
    for number in range(ROWS):
        row = area.row
        rank, ranks = (
            reference(sheet, f"K{first + number}"),
            reference(sheet, f"K{first}:K{first + number}"),
        )
        found = area.reference(f"C{top}:C{bottom}")
        place, wanted = area.reference(f"D{row}"), area.reference(f"F{row}")
        area.write(
            Formula(f'IF(COUNT({place})=0," ",INDEX({options.descriptions},{place}))'),
            Formula(if_known((rank,), f"{rank}+COUNTIF({ranks},{rank})-1")),
            Formula(f'IF(COUNTIF({found},{wanted})=0,"",MATCH({wanted},{found},0))'),
            Formula(if_known((place,), f"INDEX({options.effective},{place})")),
            number + 1,
            number_format=style.PRICE,
        )
    canvas = charts.Canvas(area, "Alternatives · marks", 0, ROWS + 0.9, inner=(0.30, 0.03, 0.64, 0.87))
    canvas.horizontal_axis(scale, 0)
    for number in range(ROWS):
        price, name = area.reference(f"E{top + number}"), area.reference(f"B{top + number}")
        best = number == 0
        colour, height = (style.ACCENT if best else style.DEDUCTION), ROWS - number
        end = scale.position(price)
        stem = (style.ACCENT, 3.5) if best else (style.COST, 2.5)
        canvas.line("stem", (0, height), (end, height), *stem)
        canvas.dot("dot", end, height, colour, size=13 if best else 10)
        mark = '"◆ BATNA   "&' if best else ""
        label = Formula(f'IF(COUNT({price})=0," ",{mark}{name}&"     "&{words(price)}&"   ")')
        canvas.text(label, 0, height, "l", style.ACCENT if best else style.SLATE, 11, best)
    here = scale.position(offer)
    canvas.line("offer", (here, 0), (here, ROWS + 0.4), style.INK, 1.5, "sysDash")
    label = Formula(f'IF(COUNT({offer})=0," ","Their offer "&{words(offer)})')
    canvas.text(label, here, ROWS + 0.4, "t", style.INK, 10.5, True)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        cells,
        f"Effective {measure}",
        f"The effective {measure} of each alternative, best first, with a dashed line at their latest offer. "
        "The first one is the BATNA.",
    )


def _row(
    context: Context,
    sheet: Worksheet,
    at: int,
    number: int,
    span: tuple[int, int],
    offer: str,
    kind: str | None,
) -> None:
    first, last = span
    sheet.row_dimensions[at].height = 22
    parts.row_number(sheet, f"B{at}", number)
    values: tuple[tuple[str, Value, str, str | None], ...] = (
        ("C", kind, "wx Input text", None),
        ("D", None, "wx Input text", None),
        ("E", None, "wx Input", None),
        ("F", None, "wx Input", style.PRICE_DELTA),
        ("G", None, "wx Input %", style.SHARE_WHOLE),
        ("H", None, "wx Input", None),
        ("I", None, "wx Input", None),
    )
    for column, value, style_name, pattern in values:
        put(sheet, f"{column}{at}", value, style_name, number_format=pattern)
    chance = f"MAX(G{at},1-COUNT(G{at}))"  # blank counts as certain
    effective = native(
        "BATNA_COMPARE",
        context.side,
        prices=f"E{at}",
        alternatives_better_by=f"F{at}",
        probabilities=chance,
        fallbacks=f"H{at}",
    )
    put(sheet, f"J{at}", Formula(f'IF(COUNT(E{at})=0,"",{effective})'), "wx Calc", bold=True)
    rank = f"RANK(J{at},$J${first}:$J${last},{context.side.rank_order})"
    put(sheet, f"K{at}", Formula(f'IF(COUNT(J{at})=0,"",{rank})'), "wx Calc", number_format=style.WHOLE)
    better = context.side.better_by(offer, f"J{at}")
    put(
        sheet,
        f"L{at}",
        Formula(f'IF(COUNT(J{at})*COUNT({offer})=0,"",{better})'),
        "wx Calc",
        number_format=style.PRICE_DELTA,
    )
    is_first = f"AND(K{at}=1,COUNTIF(K${first}:K{at},1)=1)"  # of several equally good ones the upper counts
    put(sheet, f"M{at}", Formula(f'IF({is_first},"◆  BATNA","")'), "wx Status", colour=style.ACCENT)


def _validate(context: Context, sheet: Worksheet, first: int, last: int) -> None:
    measure = context.side.measure

    def cells(column: str) -> str:
        return f"{column}{first}:{column}{last}"

    kinds = inputs.choice(context.lists.kinds, "Choose a kind. “Do nothing” always belongs in the table.")
    columns = {}
    for key, column, kind, title, prompt in (
        ("kind", "C", kinds, "Kind of alternative", ""),
        ("description", "D", inputs.TEXT, "Alternative", "What you would do, in a few words."),
        (
            "price",
            "E",
            inputs.PRICE,
            measure.capitalize(),
            f"The {measure} of this alternative, before any adjustment.",
        ),
        (
            "adjustment",
            "F",
            inputs.SIGNED_PRICE,
            "Adjustment",
            "+ if the alternative is worth more than its price says, − if less (effort, risk, quality).",
        ),
        (
            "chance",
            "G",
            inputs.SHARE,
            "Chance it works",
            "Blank counts as 100 %. Below 100 % fill the next column too.",
        ),
        (
            "if_it_fails",
            "H",
            inputs.PRICE,
            f"{measure.capitalize()} if it fails",
            "What you would get instead if this alternative falls through.",
        ),
        (
            "worst",
            "I",
            inputs.PRICE,
            "Worst case",
            "The worst this alternative could end in. It is for you to look at.",
        ),
    ):
        inputs.validate(sheet, cells(column), kind, title, prompt)
        columns[key] = (column, kind, title)
    context.draft.take_rows("alternatives", sheet, first, last, columns)
