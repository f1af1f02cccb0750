"""Words for leaving: polite, final, or for turning a customer down, and their rehearsal."""

from collections.abc import Iterator, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put, reference
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.questions import Wording


def _parts(wording: Wording) -> tuple[Field, ...]:
    """What the messages are made of."""
    return (
        Field("met", "What they gave you", inputs.PLAIN_WORDS, prompt=wording.met),
        Field(
            "unmet",
            "What is missing, and essential",
            inputs.PLAIN_WORDS,
            prompt="Say the interest, never the number.",
        ),
        Field("better_fit", "Who may serve them better", inputs.PLAIN_WORDS, prompt=wording.better_fit),
        Field("door", "What would bring you back", inputs.PLAIN_WORDS, prompt=wording.door),
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
    context: Context, sheet: Worksheet, top: int, them: str, wording: Wording, last_column: str = "M"
) -> tuple[int, dict[str, str]]:
    """Write the parts to fill in and the messages made from them; empty parts leave no gap.

    They are the sentences of WALKAWAY_MESSAGE; somebody alone says “I”. Returns the next row, and where the
    polite message and the parts are.
    """
    parts = _parts(wording)
    parts_of_it = Form("B:D", f"E:{last_column}", prefix="words.", lines=2)
    refs = parts_of_it.write(context.draft, sheet, top, parts)
    row = top + len(parts)
    refs |= Form(f"B:{last_column}", "E", prefix="words.").write(context.draft, sheet, row, DATES)
    row += len(DATES) + 1
    area = context.data
    area.title("Words for leaving · digits")
    first = area.row
    for part in parts:
        digits = Formula(inputs.count_of_digits(refs[part.key]))
        area.write(part.label, digits, number_format=style.WHOLE)
    refs["digits"] = f"SUM({area.reference(f'C{first}:C{area.row - 1}')})"
    refusal = '"✖  A number stands in these words. Take it out above: they hear what you say."'
    refs["polite"] = reference(sheet, f"E{row}")
    for title, message in _messages(context, refs, them):
        sheet.row_dimensions[row].height = 36
        paint(sheet, f"B{row}:{last_column}{row}", fill=style.CARD, border=style.HAIRLINE)
        put(sheet, f"B{row}", title, bold=True, indent=1)
        sheet.merge_cells(f"E{row}:{last_column}{row}")
        guarded = f"CHOOSE(1+({refs['digits']}>0),{message},{refusal})"
        put(sheet, f"E{row}", Formula(guarded), wrap=True, indent=1)
        row += 1
    return row, {f"words_{key}": ref for key, ref in refs.items()}


def _messages(context: Context, refs: Mapping[str, str], them: str) -> Iterator[tuple[str, str]]:
    """Title and formula of each message."""
    we, us, are = ("I", "me", "I am") if context.is_alone else ("We", "us", "We are")
    met, unmet, fit, door = (refs[key] for key in ("met", "unmet", "better_fit", "door"))
    name = f'IF({them}="","",", "&{them})'
    thanks = f'"Thank you for your time"&{name}&"."'
    value = f'IF({met}="",""," {we} value what we found together: "&{met}&".")'
    missing = f'IF({unmet}="",""," We did not reach "&{unmet}&", and that is essential for {us}.")'
    elsewhere = f'IF({fit}="",""," Your interests may be better served by "&{fit}&".")'
    changes = f'IF({unmet}="","this",{unmet})'
    back = f'CHOOSE(1+({door}=""),{door},"anything changes about "&{changes})'
    invited = f'" If "&{back}&", please contact {us}."'
    yield "Walk away politely", f'{thanks}&{value}&{missing}&{elsewhere}&" {are} stopping here."&{invited}'
    yield "Run: no door", f'{thanks}&" {are} stopping here."'
    if context.side.best == "MAX" and not context.is_alone:
        interest = f'"Thank you for your interest"&{name}&"."'
        declined = '" We are not able to work with you on this."'
        yield "Turn a customer down", f"{interest}&{value}&{missing}&{elsewhere}&{declined}"
    yield "Call back later", f'"We could not find a way when we last spoke"&{name}&"."&{invited}'
