"""Words for leaving: polite, final, or for turning a customer down, and their rehearsal."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put, reference
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.workbooks.sections.context import Context

PARTS = (
    Field(
        "met",
        "What they gave you",
        inputs.PLAIN_WORDS,
        prompt="For example: the delivery dates and the warranty.",
    ),
    Field(
        "unmet",
        "What is missing, and essential",
        inputs.PLAIN_WORDS,
        prompt="Say the interest, never the number.",
    ),
    Field(
        "better_fit",
        "Who may serve them better",
        inputs.PLAIN_WORDS,
        prompt="For example: a supplier of standard grades.",
    ),
    Field(
        "door",
        "What would bring you back",
        inputs.PLAIN_WORDS,
        prompt="For example: your plans for the volume change.",
    ),
    Field(
        "bluff",
        "What you say if they call it a bluff",
        inputs.PLAIN_WORDS,
        prompt="Calm and short. Blank: Brief has words for it.",
    ),
)
DATES = (
    Field("call_back", "Call them back on", inputs.DATE, prompt="A polite no is often a not yet."),
    Field(
        "rehearsed",
        "Rehearsed aloud on",
        inputs.DATE,
        prompt="The day you said the words on Brief aloud, to somebody who did not make it easy.",
    ),
)


def write(
    context: Context, sheet: Worksheet, top: int, them: str, last_column: str = "M"
) -> tuple[int, dict[str, str]]:
    """Write the parts to fill in and the messages made from them; empty parts leave no gap.

    Returns the next row, and where the polite message and the parts are.
    """
    parts_of_it = Form("B:D", f"E:{last_column}", prefix="words.")
    refs = parts_of_it.write(context.draft, sheet, top, PARTS)
    row = top + len(PARTS)
    refs |= Form(f"B:{last_column}", "E", prefix="words.").write(context.draft, sheet, row, DATES)
    row += len(DATES) - 1
    name = f'IF({them}="","",", "&{them})'
    met = f'IF({refs["met"]}="","",", and for "&{refs["met"]})'
    unmet = f'IF({refs["unmet"]}="",""," We also need "&{refs["unmet"]}&", and this is essential for us.")'
    fit = f'IF({refs["better_fit"]}="",""," You may be better served by "&{refs["better_fit"]}&".")'
    door = f'IF({refs["door"]}="",""," If "&{refs["door"]}&", please call us.")'
    thanks = f'"Thank you for your time"&{name}&{met}&"."'
    area = context.data
    area.title("Words for leaving · digits")
    top = area.row
    for part in PARTS:
        digits = Formula(inputs.count_of_digits(refs[part.key]))
        area.write(part.label, digits, number_format=style.WHOLE)
    refs["digits"] = f"SUM({area.reference(f'C{top}:C{area.row - 1}')})"
    refusal = '"✖  A number stands in these words. Take it out above: they hear what you say."'
    messages = (
        ("Walk away politely", f'{thanks}&{unmet}&{fit}&" So we are stopping here."&{door}'),
        ("Run: no door", f'"Thank you for your time"&{name}&"." &" We have decided not to continue."'),
        ("Turn a customer down", f'{thanks}&" We are not the right partner for this order."&{fit}'),
        ("Call back later", f'"We could not find a way when we last spoke"&{name}&"."&{door}'),
    )
    row += 2
    refs["polite"] = reference(sheet, f"E{row}")
    for title, formula in messages:
        sheet.row_dimensions[row].height = 36
        paint(sheet, f"B{row}:{last_column}{row}", fill=style.CARD, border=style.HAIRLINE)
        put(sheet, f"B{row}", title, bold=True, indent=1)
        sheet.merge_cells(f"E{row}:{last_column}{row}")
        message = formula.replace('"." &" ', '". ')
        guarded = f"CHOOSE(1+({refs['digits']}>0),{message},{refusal})"
        put(sheet, f"E{row}", Formula(guarded), wrap=True, indent=1)
        row += 1
    return row, {f"words_{key}": ref for key, ref in refs.items()}
