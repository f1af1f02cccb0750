"""The page for the other side, to leave on their desk. Nothing on it depends on a private number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import (
    Formula,
    Value,
    paint,
    put,
    reference,
    set_heights,
    set_widths,
    widths,
)
from walkaway_xl.sheets.look_up import day_words
from walkaway_xl.sheets.page import Privacy, set_up_page
from walkaway_xl.sheets.table import Column, Table
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.first_screen import PIXELS, POINTS
from walkaway_xl.workbooks.sections.questions import Wording

WIDTHS = widths(*(pixels / PIXELS for pixels in (30, 150, 12, 190, 12, 316, 30)))
FIRST, LAST = "B", "F"
TITLE, SUBTITLE, OFFERS = 4, 5, 7
HEAD, LINE, GAP = 32, 36, 24  # pixels
RULE = Border(bottom=Side("medium", color=style.ACCENT))
SIGNATURE = Border(top=Side("thin", color=style.INK))
DAY = "[$-409]d mmm yyyy"  # the months in English, whatever the reader's computer speaks


@dataclass(frozen=True)
class Known:
    """What was offered on one issue, which both sides know: its name, their value and ours."""

    name: Value
    theirs: str
    ours: str
    number_format: str | None = None


def _text(key: str, place: str, head: str, prompt: str, **look: object) -> Column:
    return Column(key, place, None, inputs.TEXT, prompt, head, head, style_name="wx Leaf", look=look)


def _table(name: str, rows: int, *columns: Column) -> Table:
    return Table(name, columns, rows, (FIRST, LAST), "wx Leaf line", numbered=False, height=LINE * POINTS)


QUIET = {"colour": style.SLATE}


def _positions(wording: Wording) -> Table:
    """What we propose, and why it suits them."""
    return _table(
        "positions",
        6,
        _text("issue", "B", "Issue", wording.issues, bold=True),
        _text(
            "proposal",
            "D",
            "Our proposal",
            "Only what they may know. Never your walk-away, want, wish or BATNA.",
        ),
        _text("reason", "F", "Because", "A reason that holds for both sides.", **QUIET),
    )


AGENDA = _table(
    "agenda",
    6,
    Column(
        "minutes",
        "B",
        None,
        inputs.WHOLE,
        "Time set aside for it.",
        "Minutes",
        "Minutes",
        style_name="wx Leaf",
        look={"number_format": '0" min"', "bold": True, "colour": style.ACCENT, "horizontal": "left"},
    ),
    _text("topic", "D", "Topic", "What you will talk about."),
    _text("who", "F", "Who leads", "A name from either side.", **QUIET),
)
AGREED = _table(
    "agreed",
    4,
    _text("agreed", "B", "Agreed", "Write it down while all are in the room."),
    _text("open", "D", "Still open", "What both sides still have to settle."),
    _text("who", "F", "Who, by when", "A name and a date."),
)
AGREED_AT_ONCE = _table(
    "agreed", 4, _text("agreed", "B:F", "Agreed", "Write it down while you are together.")
)


def write(
    context: Context,
    sheet: Worksheet,
    figures: Mapping[str, str],
    issues: Sequence[Known],
    *,
    wording: Wording,
    is_short: bool = False,
) -> None:
    """Write the page: what is on offer, what we propose and why it suits them, the meeting, what is agreed.

    Parameters
    ----------
    context, sheet : Context, Worksheet
        The workbook, and the sheet.
    figures : mapping
        References to what both sides know.
    issues : sequence of Known
        What is on the table issue by issue, where offers are no single price.
    wording : Wording
        The words of the case.
    is_short : bool
        Whether it is agreed at once: no agenda, and nothing that somebody does later.
    """
    set_widths(sheet, WIDTHS)
    sheet.sheet_view.showRowColHeaders = False
    heights = {1: 26, 2: 8, 3: 30, TITLE: 50, SUBTITLE: 28, SUBTITLE + 1: GAP}
    set_heights(sheet, {row: pixels * POINTS for row, pixels in heights.items()})
    paint(sheet, "A1:G1", style_name="wx Bar")
    put(sheet, "B1", "Yours to hand over. Type below; this bar is not printed.", "wx Bar")
    put(sheet, "F1", Privacy.SHARE_SAFE.bar, "wx Bar", horizontal="right")
    paint(sheet, f"{FIRST}2:{LAST}2", fill=style.ACCENT)
    put(sheet, f"{FIRST}3", "Proposal", size=11, bold=True, colour=style.ACCENT, vertical="bottom")
    item, them, us, meeting = (figures[key] for key in ("item", "them", "us", "meeting"))
    # A case is a word out of a list, "a raise"; what somebody typed stays as it is.
    named = f"UPPER(LEFT({item}))&MID({item},1+1,LEN({item}))" if wording.cases else item
    title = f'IF({item}="","Our meeting",{named})'
    put(sheet, f"{FIRST}{TITLE}", Formula(title), size=26, bold=True, vertical="center", shrink=True)
    sheet.merge_cells(f"{FIRST}{TITLE}:{LAST}{TITLE}")
    day = day_words(meeting, context.lists.months)
    whom = f'CHOOSE(1+({us}<>"")+({us}<>"")*({them}<>""),{them}&"",{us}&"",{us}&", for "&{them})'
    subtitle = f'{whom}&IF(COUNT({meeting})=0,"","   ·   "&{day})'
    put(sheet, f"{FIRST}{SUBTITLE}", Formula(subtitle), size=12, colour=style.SLATE, shrink=True)
    sheet.merge_cells(f"{FIRST}{SUBTITLE}:{LAST}{SUBTITLE}")
    row = _write_issues(sheet, issues) if issues else _write_prices(context, sheet, figures)
    for heads, table in (
        (("What we propose", "How", "Why it suits you"), _positions(wording)),
        *(
            ((("What we agreed", "", ""), AGREED_AT_ONCE),)
            if is_short
            else (
                (("Our meeting", "What we talk about", "Who leads"), AGENDA),
                (("What we agreed", "Still open", "Who does it, by when"), AGREED),
            )
        ),
    ):
        _heads(sheet, row, heads)
        row = table.write(context.draft, sheet, row + 1).next_row
        sheet.row_dimensions[row].height = GAP * POINTS
        row += 1
    row = _write_end(context, sheet, row, us, them)
    context.draft.share(sheet, f"A2:G{row}")
    # Not an input: its message would lie on what we propose.
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = "A2"
    set_up_page(sheet, f"A2:G{row}", Privacy.SHARE_SAFE, portrait=True)


def _heads(sheet: Worksheet, row: int, heads: Sequence[Value]) -> None:
    """Heads of three columns over one rule, the first of them loud."""
    sheet.row_dimensions[row].height = HEAD * POINTS
    paint(sheet, f"{FIRST}{row}:{LAST}{row}", border=RULE)
    for column, head in zip("BDF", heads, strict=True):
        loud = column == FIRST
        colour = style.INK if loud else style.SLATE
        put(sheet, f"{column}{row}", head, size=11, bold=loud, colour=colour, vertical="bottom")


def _write_prices(context: Context, sheet: Worksheet, figures: Mapping[str, str]) -> int:
    """The two prices that both sides know; returns the next row."""
    heights = {OFFERS: 34, OFFERS + 1: 46, OFFERS + 2: 30, OFFERS + 3: GAP}
    set_heights(sheet, {row: pixels * POINTS for row, pixels in heights.items()})
    for cells, head, key, fill, ink, quiet in (
        ("B:D", "Your latest offer", "offer", style.CARD, style.INK, style.SLATE),
        ("F:F", "Our offer", "our_offer", style.ACCENT_TINT, style.ACCENT, style.ACCENT),
    ):
        first, _, last = cells.partition(":")
        offer = figures[key]
        paint(sheet, f"{first}{OFFERS}:{last}{OFFERS + 2}", fill=fill)
        shown = if_known((offer,), f"FIXED({offer},{context.lists.decimals_of(offer)})")
        unit = if_known((offer,), f"{figures['per_unit']}")
        for row, value, size, bold, colour, vertical in (
            (OFFERS, head, 11, key == "our_offer", quiet, "bottom"),
            (OFFERS + 1, Formula(shown), 26, True, ink, "center"),
            (OFFERS + 2, Formula(unit), 10, False, quiet, "top"),
        ):
            place = f"{first}{row}"
            put(
                sheet,
                place,
                value,
                size=size,
                bold=bold,
                colour=colour,
                fill=fill,
                vertical=vertical,
                indent=2,
            )
    return OFFERS + 4


def _write_issues(sheet: Worksheet, issues: Sequence[Known]) -> int:
    """What both have offered on each issue; returns the next row."""
    _heads(sheet, OFFERS, ("On the table", "Your offer", "Our proposal"))
    for row, issue in enumerate(issues, OFFERS + 1):
        sheet.row_dimensions[row].height = 28 * POINTS
        paint(sheet, f"{FIRST}{row}:{LAST}{row}", style_name="wx Leaf line")
        for column, value, look in (
            ("B", issue.name, {"bold": True, "wrap": False, "shrink": True}),
            ("D", Formula(_or_blank(issue.theirs)), {}),
            ("F", Formula(_or_blank(issue.ours)), {"bold": True, "colour": style.ACCENT}),
        ):
            looks: dict[str, Any] = {"number_format": issue.number_format, "horizontal": "left", **look}
            put(sheet, f"{column}{row}", value, "wx Leaf line", **looks)
    row = OFFERS + 1 + len(issues)
    sheet.row_dimensions[row].height = GAP * POINTS
    return row + 1


def _or_blank(ref: str) -> str:
    return f'IF({ref}="","",{ref})'


def _write_end(context: Context, sheet: Worksheet, row: int, us: str, them: str) -> int:
    """Until when the offer stands, and two lines to sign on; returns the last row."""
    set_heights(sheet, {row: LINE * POINTS, row + 1: 44 * POINTS, row + 2: 24 * POINTS})
    until = "This offer stands until"
    put(sheet, f"{FIRST}{row}", until, size=11, colour=style.SLATE, vertical="bottom")
    cell = put(
        sheet, f"D{row}", None, "wx Leaf", number_format=DAY, vertical="bottom", horizontal="left"
    ).coordinate
    inputs.validate(sheet, cell, inputs.DATE, until, "Blank: a line to write on.")
    context.draft.take("valid_until", reference(sheet, cell), inputs.DATE, until)
    for cells, name in ((f"B{row + 2}:D{row + 2}", them), (f"F{row + 2}:F{row + 2}", us)):
        paint(sheet, cells, border=SIGNATURE)
        first = cells.partition(":")[0]
        put(sheet, first, Formula(f'{name}&""'), size=10, colour=style.SLATE, vertical="top")
    return row + 2
