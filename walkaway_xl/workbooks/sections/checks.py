"""Checks with their master, and the register of formulas, names and sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, Value, paint, put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import Verbatim

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
    for row, check in enumerate(checks, first):
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "H", row, "wx Label")
        put(sheet, f"B{row}", check.text, "wx Label")
        put(sheet, f"C{row}", Formula(check.value), "wx Link", number_format=check.number_format)
        put(
            sheet,
            f"D{row}",
            Formula(check.passes.format(value=f"C{row}", tolerance=tolerance)),
            "wx Calc",
            number_format=style.WHOLE,
        )
        put(sheet, f"E{row}", Formula(f'IF(D{row}=1,"✔  pass","✖  open")'), "wx Status")
        put(sheet, f"F{row}", check.remedy, "wx Words")
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
    sheet: Worksheet, top: int, entries: Sequence[Entry], names: dict[str, str], tolerance: str
) -> int:
    """Write the formula register and the list of names; returns the next row."""
    blocks.section(sheet, f"B{top}", "Register of formulas")
    blocks.table_head(
        sheet,
        top + 1,
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
    row = top + 2
    for entry in entries:
        sheet.row_dimensions[row].height = 19.5
        blocks.band(sheet, "B", "H", row, "wx Label")
        put(sheet, f"B{row}", entry.what, "wx Label")
        put(sheet, f"C{row}", Verbatim(entry.function), "wx Words")
        put(sheet, f"E{row}", Formula(entry.value), "wx Link", number_format=entry.number_format)
        if entry.addin_formula:
            put(sheet, f"F{row}", Formula(entry.addin_formula), "wx Link", number_format=entry.number_format)
            # Numbers are compared as numbers; what is no number, as it stands.
            apart = f"--(ABS(F{row}-E{row})>{tolerance}*MAX(1,ABS(E{row})))"
            differs = f'IF(OR(E{row}="",F{row}=""),0,IFERROR({apart},--(F{row}<>E{row})))'
            put(sheet, f"D{row}", Formula(differs), "wx Calc", number_format=style.WHOLE)
        put(sheet, f"G{row}", entry.source, "wx Unit")
        put(sheet, f"H{row}", entry.in_words, "wx Words")
        row += 1
    blocks.section(sheet, f"B{row}", "Names")
    blocks.note(sheet, f"C{row}", "Use them in your own formulas: they always point to the right cell.")
    row += 1
    blocks.table_head(sheet, row, {"B": "Name", "C": "Cell", "E": "Value now"}, numbers="E", span=("B", "H"))
    for name, ref in names.items():
        row += 1
        sheet.row_dimensions[row].height = 18
        blocks.band(sheet, "B", "H", row, "wx Label")
        put(sheet, f"B{row}", Verbatim(name), "wx Label")
        put(sheet, f"C{row}", Verbatim(Ref(ref).address), "wx Words")
        value: Value = Formula(f'IF({ref}="","",{ref})')
        put(sheet, f"E{row}", value, "wx Link", number_format="#,##0.00##")
    return row + 1
