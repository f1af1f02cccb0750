"""Words for leaving: polite, final, or for turning a customer down. None of them holds a number."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, paint, put, reference
from walkaway_xl.workbooks.sections.context import Context

PARTS = (
    ("met", "What they gave you", "For example: the delivery dates and the warranty."),
    ("unmet", "What is missing, and essential", "Say the interest, never the number."),
    ("better_fit", "Who may serve them better", "For example: a supplier of standard grades."),
    ("door", "What would bring you back", "For example: your plans for the volume change."),
)


def write(context: Context, sheet: Worksheet, row: int, them: str, last_column: str = "G") -> int:
    """Write the four parts to fill in and the messages made from them; empty parts leave no gap."""
    refs = {}
    for at, (key, label, prompt) in enumerate(PARTS, row):
        sheet.row_dimensions[at].height = 21
        put(sheet, f"B{at}", label, "wx Label")
        refs[key] = parts.text_input(sheet, "C", last_column, at, label, prompt)
        context.draft.take(f"words.{key}", refs[key], inputs.TEXT, label)
    at = row + len(PARTS)
    sheet.row_dimensions[at].height = 21
    parts.band(sheet, "B", last_column, at, "wx Label")
    put(sheet, f"B{at}", "Call them back on", "wx Label")
    put(sheet, f"C{at}", None, "wx Input date")
    inputs.validate(sheet, f"C{at}", inputs.DATE, "Call them back on", "A polite no is often a not yet.")
    context.draft.take("words.call_back", reference(sheet, f"C{at}"), inputs.DATE, "Call them back on")
    name = f'IF({them}="","",", "&{them})'
    met = f'IF({refs["met"]}="","",", and for "&{refs["met"]})'
    unmet = f'IF({refs["unmet"]}="",""," We also need "&{refs["unmet"]}&", and this is essential for us.")'
    fit = f'IF({refs["better_fit"]}="",""," You may be better served by "&{refs["better_fit"]}&".")'
    door = f'IF({refs["door"]}="",""," If "&{refs["door"]}&", please call us.")'
    thanks = f'"Thank you for your time"&{name}&{met}&"."'
    messages = (
        ("Walk away politely", f'{thanks}&{unmet}&{fit}&" So we are stopping here."&{door}'),
        ("Run: no door", f'"Thank you for your time"&{name}&"." &" We have decided not to continue."'),
        ("Turn a customer down", f'{thanks}&" We are not the right partner for this order."&{fit}'),
        ("Call back later", f'"We could not find a way when we last spoke"&{name}&"."&{door}'),
    )
    at += 2
    for title, formula in messages:
        sheet.row_dimensions[at].height = 36
        paint(sheet, f"B{at}:{last_column}{at}", fill=style.CARD, border=style.HAIRLINE)
        put(sheet, f"B{at}", title, bold=True, indent=1)
        sheet.merge_cells(f"C{at}:{last_column}{at}")
        put(sheet, f"C{at}", Formula(formula.replace('"." &" ', '". ')), wrap=True, indent=1)
        at += 1
    return at
