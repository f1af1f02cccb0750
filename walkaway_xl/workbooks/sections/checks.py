"""Checks with their master, and the register of formulas, names and sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, Value, paint, put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref

MASTER_ROW = 6
HEAD_ROW = 8
FIRST_ROW = HEAD_ROW + 1


@dataclass(frozen=True)
class Check:
    """One check: the value looked at, a formula that gives 1 when it passes, and what to do if not."""

    text: str
    value: str
    passes: str
    remedy: str
    number_format: str = style.WHOLE


@dataclass(frozen=True)
class Entry:
    """One row of the register: what is calculated, where, in words, by which function and source."""

    what: str
    value: str
    function: str
    in_words: str
    source: str
    number_format: str = style.PRICE
    addin_formula: str = ""
    """The same answer by the add-in's function, which shows nothing where there is no add-in."""


def name_front(draft: Draft, first: Worksheet, control: Worksheet, count: int) -> None:
    """Name what every workbook shows first, so that a reading of it finds them: title, verdict and checks."""
    for name, sheet, cells in (
        ("wx_title", first, "B3:B4"),
        ("wx_banner", first, "C7:C9"),
        ("wx_check_list", control, f"B{FIRST_ROW}:F{FIRST_ROW + count - 1}"),
    ):
        draft.name(name, reference(sheet, cells))


def master(sheet: Worksheet) -> str:
    """Where the master check is, before anything else is known."""
    return reference(sheet, f"C{MASTER_ROW}")


def write_checks(sheet: Worksheet, checks: Sequence[Check], tolerance: str) -> None:
    """Write the checks and the master check, which counts what is still open."""
    first, last = FIRST_ROW, FIRST_ROW + len(checks) - 1
    passed = f"SUM($D${first}:$D${last})"
    total = f"ROWS($D${first}:$D${last})"
    sheet.row_dimensions[MASTER_ROW].height = 30
    sheet.row_dimensions[MASTER_ROW + 1].height = 12
    paint(sheet, f"B{MASTER_ROW}:H{MASTER_ROW}", fill=style.CARD)
    put(sheet, f"B{MASTER_ROW}", "Master check", "wx Section", fill=style.CARD, vertical="center", indent=1)
    text = (
        f'IF({passed}={total},"✔  All "&{total}&" checks pass",'
        f'"✖  "&({total}-{passed})&" of "&{total}&" checks open")'
    )
    put(sheet, f"C{MASTER_ROW}", Formula(text), size=13, bold=True, vertical="center", indent=1)
    for mark, status in (("✖", style.TOO_CLOSE), ("✔", style.WISH_MET)):
        blocks.tint_when(
            sheet, f"B{MASTER_ROW}:H{MASTER_ROW}", f'LEFT($C${MASTER_ROW},1)="{mark}"', status.tint
        )
    heads = {"B": "Check", "C": "Value", "D": "Pass 1 / 0", "E": "Shown as", "F": "If it does not pass"}
    blocks.table_head(sheet, HEAD_ROW, heads, numbers="CD", span=("B", "H"))
    for at, check in enumerate(checks, first):
        sheet.row_dimensions[at].height = 21
        blocks.band(sheet, "B", "H", at, "wx Label")
        put(sheet, f"B{at}", check.text, "wx Label")
        put(sheet, f"C{at}", Formula(check.value), "wx Link", number_format=check.number_format)
        put(
            sheet,
            f"D{at}",
            Formula(check.passes.format(value=f"C{at}", tolerance=tolerance)),
            "wx Calc",
            number_format=style.WHOLE,
        )
        put(sheet, f"E{at}", Formula(f'IF(D{at}=1,"✔  pass","✖  open")'), "wx Status")
        put(sheet, f"F{at}", check.remedy, "wx Words")
    blocks.tint_when(sheet, f"E{first}:E{last}", f"$D{first}=0", style.TOO_CLOSE.tint)


def agreement(sheet: Worksheet, register_row: int, count: int) -> Check:
    """The check that the add-in, where there is one, gives what the formulas of the register give."""
    first = register_row + 2
    differing = reference(sheet, f"D{first}:D{first + count - 1}")
    return Check(
        "Results that differ from the add-in's own",
        f"SUM({differing})",
        "--({value}=0)",
        "The add-in and the formulas disagree. Look for the row below that says 1, and undo what was typed.",
    )


def write_register(
    sheet: Worksheet, row: int, entries: Sequence[Entry], names: dict[str, str], tolerance: str
) -> int:
    """Write the formula register and the list of names; returns the next row."""
    blocks.section(sheet, f"B{row}", "Register of formulas")
    blocks.table_head(
        sheet,
        row + 1,
        {
            "B": "Result",
            "C": "Worksheet function",
            "D": "Differs",
            "E": "Value now",
            "F": "With the add-in",
            "G": "Source",
            "H": "In words",
        },
        numbers="DEF",
        span=("B", "H"),
    )
    at = row + 2
    for entry in entries:
        sheet.row_dimensions[at].height = 19.5
        blocks.band(sheet, "B", "H", at, "wx Label")
        put(sheet, f"B{at}", entry.what, "wx Label")
        put(sheet, f"C{at}", entry.function, "wx Words")
        put(sheet, f"E{at}", Formula(entry.value), "wx Link", number_format=entry.number_format)
        if entry.addin_formula:
            put(sheet, f"F{at}", Formula(entry.addin_formula), "wx Link", number_format=entry.number_format)
            # Numbers are compared as numbers; what is no number, as it stands.
            apart = f"--(ABS(F{at}-E{at})>{tolerance}*MAX(1,ABS(E{at})))"
            differs = f'IF(OR(E{at}="",F{at}=""),0,IFERROR({apart},--(F{at}<>E{at})))'
            put(sheet, f"D{at}", Formula(differs), "wx Calc", number_format=style.WHOLE)
        put(sheet, f"G{at}", entry.source, "wx Unit")
        put(sheet, f"H{at}", entry.in_words, "wx Words")
        at += 1
    blocks.section(sheet, f"B{at}", "Names")
    blocks.note(sheet, f"C{at}", "Use them in your own formulas: they always point to the right cell.")
    at += 1
    blocks.table_head(sheet, at, {"B": "Name", "C": "Cell", "E": "Value now"}, numbers="E", span=("B", "H"))
    for name, ref in names.items():
        at += 1
        sheet.row_dimensions[at].height = 18
        blocks.band(sheet, "B", "H", at, "wx Label")
        put(sheet, f"B{at}", name, "wx Label")
        put(sheet, f"C{at}", Ref(ref).address, "wx Words")
        value: Value = Formula(f'IF({ref}="","",{ref})')
        put(sheet, f"E{at}", value, "wx Link", number_format="#,##0.00##")
    return at + 1
