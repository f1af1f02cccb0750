"""The first sheet: the verdict, the three floors, where the offers stand, and what to do in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, style
from walkaway_xl.sheets.blocks import BannerNumber
from walkaway_xl.sheets.cell_writing import (
    Formula,
    paint,
    put,
    quoted,
    said_text,
    set_heights,
    set_widths,
    widths,
)
from walkaway_xl.sheets.page import Privacy
from walkaway_xl.sheets.word_list import Verbatim
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn

WIDTHS = widths(2.5, 1.4, 22, 15, 16, 2.2, 1.4, 22, 15, 16, 2.2, 1.4, 22, 15, 16, 2.5)


@dataclass(frozen=True)
class StepLink:
    """One step of the way through the workbook."""

    sheet: str
    cell: str
    title: str
    what: str


@dataclass(frozen=True)
class Facts:
    """References to what the first sheet says about the deal."""

    them: str
    item: str
    unit: str
    volume: str
    owner: str
    meeting: str
    next_step: str


def write_masthead(context: Context, sheet: Worksheet, stamp: str, headline: str, facts: Facts) -> None:
    """Write the top bar, the title and what it is about."""
    set_widths(sheet, WIDTHS)
    sheet.sheet_view.showRowColHeaders = False
    title = Formula(f'{quoted(headline)}&IF({facts.them}="",""," with "&{facts.them})')
    volume = (
        if_known((facts.volume,), f'"   ·   "&FIXED({facts.volume},0)&" units"') if facts.volume else '""'
    )
    owner = f'IF({facts.owner}="",""," "&"  ·   prepared by "&{facts.owner})'
    prompt = '"Fill in the yellow cells on Prepare first. This page shows the verdict."'
    description = f'{facts.item}&"   ·   "&{facts.unit}&{volume}&{owner}'
    subtitle = Formula(f'CHOOSE(1+({facts.item}<>""),{prompt},{description})')
    blocks.header(sheet, title, subtitle, "B", "O", Privacy.PRIVATE, home=None, checks=context.master)
    put(sheet, "C1", stamp, "wx Bar")
    put(sheet, "B3", title, "wx Title", size=26)
    set_heights(sheet, {2: 14, 3: 36, 4: 20, 5: 14})


def write_verdict(
    context: Context, sheet: Worksheet, row: int, figures: Mapping[str, str], signs: str
) -> None:
    """Write the banner: the verdict on their latest offer, in words and three numbers."""
    lists = context.lists
    verdict = figures["verdict"]
    advice = f"{lists.status(lists.advice, verdict)}&{signs}"
    blocks.verdict_banner(
        sheet,
        row,
        "B",
        "C",
        "O",
        overline="Verdict on their latest offer",
        status=lists.status(lists.status_labels, verdict),
        meaning=lists.status(lists.meanings, verdict),
        advice=advice,
        numbers=(
            BannerNumber("Their offer", _number(figures["offer"]), "I", "J"),
            BannerNumber("Your walk-away", _number(figures["walkaway"]), "M", "M"),
            BannerNumber("Difference", _number(figures["gap"]), "N", "O", style.PRICE_DELTA),
        ),
    )


def _number(ref: str) -> str:
    return f'IF(COUNT({ref})=0,"–",{ref})'


@dataclass(frozen=True)
class FloorCard:
    """A floor as a card: its name, its value, how it came about, and a line at the foot."""

    title: str
    value: str
    derivation: str
    foot: str
    number_format: str | None = None
    """How the value is written, where it is no price."""


def write_floors(sheet: Worksheet, row: int, cards: Sequence[FloorCard]) -> None:
    """Write the three floors side by side; the one that binds gets the accent."""
    set_heights(sheet, {row: 26, row + 1: 40, row + 2: 21, row + 3: 25, row + 4: 14})
    for (bar, first, last), card in zip(
        (("B", "C", "E"), ("G", "H", "J"), ("L", "M", "O")), cards, strict=True
    ):
        paint(sheet, f"{bar}{row}:{last}{row + 3}", fill=style.CARD)
        put(sheet, f"{first}{row}", Verbatim(said_text(card.title).upper()), "wx Overline", fill=style.CARD)
        put(
            sheet,
            f"{first}{row + 1}",
            Formula(_number(card.value)),
            "wx KPI",
            number_format=card.number_format,
            size=26,
            bold=True,
            fill=style.CARD,
        )
        sheet.merge_cells(f"{first}{row + 1}:{last}{row + 1}")
        put(
            sheet,
            f"{first}{row + 2}",
            Formula(card.derivation),
            "wx Note",
            fill=style.CARD,
            vertical="top",
            indent=1,
        )
        put(
            sheet,
            f"{first}{row + 3}",
            Formula(card.foot),
            bold=True,
            colour=style.SLATE,
            fill=style.CARD,
            indent=1,
            vertical="center",
        )
        binds = f'LEFT(${first}${row + 3},1)="◆"'
        blocks.tint_when(sheet, f"{bar}{row + 3}:{last}{row + 3}", binds, style.ACCENT, style.WHITE, True)
        blocks.tint_when(sheet, f"{bar}{row}:{bar}{row + 2}", binds, style.ACCENT)


def draw_scale(context: Context, sheet: Worksheet, cells: str, figures: Mapping[str, str]) -> None:
    """Draw the price scale in the status colours with both offers as pins."""
    area, words = context.data, context.words
    blocks.note_until(sheet, cells, figures["walkaway"], "The scale appears when your walk-away is known.")
    keys = ("walkaway", "want", "wish", "offer", "our_offer")
    walkaway, target, wish, theirs, ours = (figures[key] for key in keys)
    side = context.side
    mirrored = side.best == "MIN"  # whichever side is ours, better is to the right
    scale = charts.scale(
        area, "Scale · ends", [figures[key] for key in keys], context.rules, mirrored=mirrored
    )
    area.title("Scale · zones")
    area.columns("End of the zone", "From", "To")
    gap = area.reference(f"C{area.write('White gap between zones', 0.0015, number_format='0.0000')}")
    near = area.write(
        "Walk-away plus buffer",
        Formula(if_known((walkaway, target), f"{walkaway}{side.better}{figures['buffer_applied']}")),
    )
    top = area.write("Top of the scale", Formula(if_known((wish,), scale.right)))
    bottom = area.write("Foot of the scale", Formula(if_known((walkaway,), scale.left)))
    too_close, highest, lowest = (area.reference(f"C{row}") for row in (near, top, bottom))
    canvas = charts.Canvas(area, "Scale · marks", -0.95, 3.15, inner=(0.02, 0.02, 0.96, 0.96))
    position = scale.position
    for status, start, end in (
        (style.WALK_AWAY, lowest, walkaway),
        (style.TOO_CLOSE, walkaway, too_close),
        (style.ACCEPTABLE, too_close, target),
        (style.TARGET_MET, target, wish),
        (style.WISH_MET, wish, highest),
    ):
        canvas.bar(
            status.word,
            Formula(f"{position(start)}+{gap}"),
            Formula(f"{position(end)}-{gap}"),
            1,
            status.tint or "",
            24,
        )
    for status, name, ref, label_y, bold in (
        (style.WALK_AWAY, "Walk-away", walkaway, 0.12, True),
        (style.TARGET_MET, "Want", target, -0.42, False),
        (style.WISH_MET, "Wish", wish, 0.12, False),
    ):
        canvas.line("Tick", (position(ref), label_y + 0.26), (position(ref), 0.6), style.INK, 1.25)
        label = Formula(f'IF(COUNT({ref})=0," ","{status.symbol} {name} "&{words(ref)})')
        canvas.text(label, position(ref), label_y, "ctr", style.INK, 11, bold)
    for name, ref, colour, pin in (
        ("Their offer", theirs, style.INK, 1.75),
        ("Our offer", ours, style.ACCENT, 2.35),
    ):
        canvas.line("Pin", (position(ref), 1.4), (position(ref), pin - 0.12), colour, 1.25)
        canvas.dot(
            Formula(f'IF(COUNT({ref})=0," ","{name} "&{words(ref)})'), position(ref), pin, colour, side="t"
        )
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        cells,
        f"{side.measure.capitalize()} scale",
        f"A {side.measure} scale in the status colours, from worse than the walk-away to better than the "
        "wish, with our offer and their offer as pins.",
    )


def write_next_step(context: Context, sheet: Worksheet, row: int, facts: Facts) -> None:
    """Write what happens next, as typed on Talks."""
    section_title(sheet, f"L{row}", "Next step")
    paint(sheet, f"L{row + 1}:O{row + 3}", fill=style.CARD)
    sheet.merge_cells(f"M{row + 1}:O{row + 2}")
    step = f'IF({facts.next_step}="","Write your next step on Talks.",{facts.next_step})'
    put(sheet, f"M{row + 1}", Formula(step), size=13, bold=True, wrap=True, fill=style.CARD)
    put(sheet, f"M{row + 3}", "Meeting on", "wx Note", fill=style.CARD)
    put(
        sheet,
        f"N{row + 3}",
        Formula(f'IF({facts.meeting}="","–",{facts.meeting})'),
        "wx Note",
        fill=style.CARD,
        number_format=style.DATE,
        horizontal="left",
    )


def write_readiness(
    context: Context, sheet: Worksheet, row: int, score: str, verdict: str, open_items: str
) -> None:
    """Write the preparation as a bar with its share and word."""
    section_title(sheet, f"L{row}", "Preparation")
    bar = f"L{row + 1}:N{row + 1}"
    paint(sheet, bar, fill=style.TRACK)
    put(sheet, f"L{row + 1}", Formula(score), number_format=style.SHARE_WHOLE_BARE, fill=style.TRACK)
    sheet.merge_cells(bar)
    context.draft.add_data_bar(sheet, bar, 0, 1, style.ACCENT, style.ACCENT)
    word = context.lists.status(context.lists.status_labels, verdict)
    put(sheet, f"O{row + 1}", Formula(word), bold=True, horizontal="right", vertical="center")
    left = f'IF({open_items}=0,"all essential items are done",{open_items}&" essential items are open")'
    put(sheet, f"L{row + 2}", Formula(f'FIXED(100*{score},0)&" % done, "&{left}'), "wx Note")


def write_ladder(
    context: Context, sheet: Worksheet, top: int, figures: Mapping[str, str], columns: Sequence[PriceColumn]
) -> int:
    """Write the rungs from the wish down to the offers: price, what it means, distance to the walk-away."""
    measure = context.side.measure.capitalize()
    section_title(sheet, f"B{top}", f"{measure} ladder")
    placed = dict(zip("EHI", columns, strict=False))
    heads = {
        "C": "Rung",
        "D": measure,
        **{letter: column.head for letter, column in placed.items()},
        "J": "To walk-away",
    }
    numbers = "".join(("D", *(letter for letter, column in placed.items() if column.is_number), "J"))
    blocks.table_head(sheet, top + 1, heads, numbers=numbers, span=("B", "J"))
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
        blocks.band(sheet, "B", "J", row, "wx Label")
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
            f"J{row}",
            Formula(if_known((f"D{row}", figures["walkaway"]), gap)),
            "wx Calc",
            number_format=style.PRICE_DELTA,
        )
        if key == "offer":
            paint(sheet, f"B{row}:J{row}", fill=style.ACCENT_TINT)
    return top + 2 + len(rungs)


def write_steps(sheet: Worksheet, top: int, steps: Sequence[StepLink]) -> None:
    """Write the way through the workbook as links."""
    section_title(sheet, f"L{top}", "Your six steps")
    for number, (row, step) in enumerate(zip(range(top + 1, top + 1 + len(steps)), steps, strict=True), 1):
        link = f'HYPERLINK("#\'{step.sheet}\'!{step.cell}","{number}   {step.title}")'
        put(sheet, f"L{row}", Formula(link), bold=True, colour=style.ACCENT, vertical="center")
        put(sheet, f"N{row}", step.what, "wx Note")
        paint(sheet, f"L{row}:O{row}", border=style.HAIRLINE)


def write_legend(sheet: Worksheet, row: int) -> None:
    """Write what the colours mean."""
    sheet.row_dimensions[row - 1].height = 12
    sheet.row_dimensions[row].height = 24
    paint(sheet, f"B{row}:B{row}", fill=style.INPUT_FILL, border=style.INPUT_RULE)
    for column, text, style_name in (
        ("C", "Type here", "wx Input text"),
        ("D", "Calculated", "wx Calc text"),
        ("E", "Result", "wx Output text"),
    ):
        cell = put(sheet, f"{column}{row}", text, style_name, horizontal="center")
        cell.protection = Protection(locked=True)
    for column, status in zip(
        ("H", "I", "J", "M", "N", "O"), (*style.PRICE_STATUSES, style.NOT_READY), strict=True
    ):
        put(
            sheet,
            f"{column}{row}",
            status.label,
            size=10,
            bold=True,
            fill=status.tint,
            horizontal="center",
            vertical="center",
            border=style.NO_BORDER if column in "HM" else style.GUTTER,
        )
    paint(sheet, f"G{row}:G{row}", fill=style.WALK_AWAY.tint)
    paint(sheet, f"L{row}:L{row}", fill=style.TARGET_MET.tint)


def section_title(sheet: Worksheet, cell: str, title: str) -> None:
    """A section heading that leaves the height of its row to the sheet."""
    put(sheet, cell, title, "wx Section")
