"""The table card: the only page to show. Nothing on it depends on a private number."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put
from walkaway_xl.sheets.table import Column, Table
from walkaway_xl.workbooks.sections.context import Context

LOOK = "wx Data text"  # not the yellow of decisions: this page is printed for the other side
SPAN = ("B", "F")


def _text(key: str, place: str, head: str, prompt: str) -> Column:
    return Column(key, place, head, inputs.TEXT, prompt, style_name=LOOK)


AGENDA = Table(
    "agenda",
    (
        _text("topic", "B:C", "Topic", "What you will talk about."),
        _text("who", "D:E", "Who leads", "A name from either side."),
        Column(
            "minutes",
            "F",
            "Minutes",
            inputs.WHOLE,
            "Time set aside for it.",
            style_name="wx Data",
            look={"number_format": style.WHOLE},
        ),
    ),
    rows=6,
    span=SPAN,
    numbered=False,
    height=22,
)
POSITIONS = Table(
    "positions",
    (
        _text("issue", "B", "Issue", "Price, delivery, terms, volume …"),
        _text(
            "proposal",
            "C",
            "Our proposal",
            "Only what they may know. Never your walk-away, want, wish or BATNA.",
        ),
        _text("reason", "D:F", "Because", "A reason that holds for both sides."),
    ),
    rows=6,
    span=SPAN,
    numbered=False,
    height=22,
)
AGREED = Table(
    "agreed",
    (
        _text("agreed", "B:C", "Agreed", "Write it down while all are in the room."),
        _text("open", "D:E", "Still open", "What both sides still have to settle."),
        _text("who", "F:F", "Who, by when", "A name and a date."),
    ),
    rows=4,
    span=SPAN,
    numbered=False,
    height=26,
)


def write(
    context: Context, sheet: Worksheet, top: int, *, our_offer: str, their_offer: str, marks: Sequence[str]
) -> int:
    """Write agenda, public positions, offers on the table, and room for what is agreed."""
    blocks.section(sheet, f"B{top}", "Agenda")
    row = AGENDA.write(context.draft, sheet, top + 1).next_row + 1
    blocks.section(sheet, f"B{row}", "What we propose")
    row = POSITIONS.write(context.draft, sheet, row + 1).next_row
    blocks.section(sheet, f"B{row + 1}", "Offers on the table")
    for offset, (label, offer) in enumerate(
        (("Our latest offer", our_offer), ("Your latest offer", their_offer)), row + 2
    ):
        sheet.row_dimensions[offset].height = 22
        blocks.band(sheet, "B", "F", offset, "wx Label")
        put(sheet, f"B{offset}", label, "wx Label")
        put(
            sheet, f"C{offset}", Formula(f'IF(COUNT({offer})=0,"–",{offer})'), "wx Output", horizontal="right"
        )
    row += 4
    blocks.section(sheet, f"B{row + 1}", "Agreed today, and still open")
    row = AGREED.write(context.draft, sheet, row + 2).next_row
    put(sheet, f"B{row + 1}", "     ".join(marks), "wx Note", colour=style.MIST)
    return row + 2
