"""The table card: the only page to show. Nothing on it depends on a private number."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, put
from walkaway_xl.workbooks.sections.context import Context

AGENDA_ROWS = 6
POSITION_ROWS = 6
OPEN_ROWS = 4
LOOK = "wx Data text"  # not the yellow of decisions: this page is printed for the other side


def write(
    context: Context, sheet: Worksheet, row: int, *, our_offer: str, their_offer: str, marks: Sequence[str]
) -> int:
    """Write agenda, public positions, offers on the table, and room for what is agreed."""
    at = _agenda(context, sheet, row)
    at = _positions(context, sheet, at + 1)
    parts.section(sheet, f"B{at + 1}", "Offers on the table")
    for offset, (label, offer) in enumerate(
        (("Our latest offer", our_offer), ("Your latest offer", their_offer)), at + 2
    ):
        sheet.row_dimensions[offset].height = 22
        parts.band(sheet, "B", "F", offset, "wx Label")
        put(sheet, f"B{offset}", label, "wx Label")
        put(
            sheet, f"C{offset}", Formula(f'IF(COUNT({offer})=0,"–",{offer})'), "wx Output", horizontal="right"
        )
    at += 4
    parts.section(sheet, f"B{at + 1}", "Agreed today, and still open")
    parts.table_head(sheet, at + 2, {"B": "Agreed", "D": "Still open", "F": "Who, by when"}, span=("B", "F"))
    for line in range(at + 3, at + 3 + OPEN_ROWS):
        sheet.row_dimensions[line].height = 26
        parts.text_input(sheet, "B", "C", line, "Agreed", "Write it down while all are in the room.", LOOK)
        parts.text_input(sheet, "D", "E", line, "Still open", "What both sides still have to settle.", LOOK)
        parts.text_input(sheet, "F", "F", line, "Who, by when", "A name and a date.", LOOK)
    columns = {
        "agreed": ("B", inputs.TEXT, "Agreed"),
        "open": ("D", inputs.TEXT, "Still open"),
        "who": ("F", inputs.TEXT, "Who, by when"),
    }
    context.draft.take_rows("agreed", sheet, at + 3, at + 2 + OPEN_ROWS, columns)
    at += 3 + OPEN_ROWS
    put(sheet, f"B{at + 1}", "     ".join(marks), "wx Note", colour=style.MIST)
    return at + 2


def _agenda(context: Context, sheet: Worksheet, row: int) -> int:
    parts.section(sheet, f"B{row}", "Agenda")
    parts.table_head(
        sheet, row + 1, {"B": "Topic", "D": "Who leads", "F": "Minutes"}, numbers="F", span=("B", "F")
    )
    first = row + 2
    for number in range(AGENDA_ROWS):
        at = first + number
        sheet.row_dimensions[at].height = 22
        parts.text_input(sheet, "B", "C", at, "Topic", "What you will talk about.", LOOK)
        parts.text_input(sheet, "D", "E", at, "Who leads", "A name from either side.", LOOK)
        put(sheet, f"F{at}", None, "wx Data", number_format=style.WHOLE)
    last = first + AGENDA_ROWS - 1
    inputs.validate(sheet, f"F{first}:F{last}", inputs.WHOLE, "Minutes", "Time set aside for it.")
    columns = {
        "topic": ("B", inputs.TEXT, "Topic"),
        "who": ("D", inputs.TEXT, "Who leads"),
        "minutes": ("F", inputs.WHOLE, "Minutes"),
    }
    context.draft.take_rows("agenda", sheet, first, last, columns)
    return last + 1


def _positions(context: Context, sheet: Worksheet, row: int) -> int:
    parts.section(sheet, f"B{row}", "What we propose")
    parts.table_head(sheet, row + 1, {"B": "Issue", "C": "Our proposal", "D": "Because"}, span=("B", "F"))
    first = row + 2
    for number in range(POSITION_ROWS):
        at = first + number
        sheet.row_dimensions[at].height = 22
        put(sheet, f"B{at}", None, LOOK)
        put(sheet, f"C{at}", None, LOOK)
        parts.text_input(sheet, "D", "F", at, "Because", "A reason that holds for both sides.", LOOK)
    last = first + POSITION_ROWS - 1
    inputs.validate(sheet, f"B{first}:B{last}", inputs.TEXT, "Issue", "Price, delivery, terms, volume …")
    inputs.validate(
        sheet,
        f"C{first}:C{last}",
        inputs.TEXT,
        "Our proposal",
        "Only what they may know. Never your walk-away, want, wish or BATNA.",
    )
    columns = {
        "issue": ("B", inputs.TEXT, "Issue"),
        "proposal": ("C", inputs.TEXT, "Our proposal"),
        "reason": ("D", inputs.TEXT, "Because"),
    }
    context.draft.take_rows("positions", sheet, first, last, columns)
    return last + 1
