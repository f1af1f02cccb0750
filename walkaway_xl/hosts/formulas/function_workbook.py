"""The workbook that holds the functions as names: what each is for, an example of it, how to take them."""

import textwrap
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.functions import CATALOGUE, FAMILIES
from walkaway_xl.hosts.formulas.book_names import names_of
from walkaway_xl.hosts.formulas.helpers import HELPERS
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.spelling import split_arguments
from walkaway_xl.hosts.formulas.without import WITHOUT
from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, set_up_page
from walkaway_xl.symbolic.literals import literal

TITLE, NAME = "Functions without an installation", "walkaway_functions"
START, FUNCTIONS = "Start", "Functions"
AGREES, DIFFERS = "✔  agrees", "✖  differs"
WIDTHS = {"A": 2.5, "B": 24, "C": 62, "D": 50, "E": 20, "F": 20, "G": 12, "H": 2.5}
SHOWN = 40  # characters of an answer, on two lines
FITS = 1.05  # letters of running text for a digit's width

STEPS = (
    (
        "Take them into your own workbook",
        (
            "Open both workbooks in Excel 365 or Excel 2024.",
            f"Right-click the tab {FUNCTIONS} here, choose Move or Copy, your workbook, and Create a copy. "
            "The names come along with the sheet.",
            "Type =WALKAWAY_CHECK( into a cell: Excel offers the name, and shows the arguments.",
            f"The sheet {FUNCTIONS} may be deleted then; the names stay. Formulas > Name Manager lists them.",
            "Or let walkaway-xl do it: walkaway-xl formulas --into BOOK.xlsx, with --only-used for those "
            "that BOOK calls.",
        ),
    ),
    (
        "What they are",
        (
            "Each function is a formula with a name, a LAMBDA. No add-in, no macro, no Python; nothing "
            "leaves the workbook, and whoever opens it has the functions.",
            "They give the add-in's answers: most are written down by its own code, and all are asked the "
            "same.",
            "Names that begin with WF_ are what the functions share: how a cell is read, when two prices "
            "are equal.",
            "An older Excel shows #NAME? in cells that call them; Google Sheets and LibreOffice show errors, "
            "too. LibreOffice has the answers with its extension.",
        ),
    ),
    (
        "Beside the add-in",
        (
            "Where a workbook holds a name and the add-in a function of the same name, Excel takes the name "
            "of the workbook. The answers are the same, but for the functions at the end of the list.",
            "In xlwings Lite do not use both: a name of the workbook stops Lite's functions of that name "
            "until Excel is started again.",
        ),
    ),
)


def build() -> Draft:
    """Build the workbook; its names are added when it is finished."""
    draft = Draft.new(TITLE, NAME, (START, FUNCTIONS))
    _write_start(draft.sheet(START))
    _write_functions(draft.sheet(FUNCTIONS))
    return draft


def _write_start(sheet: Worksheet) -> None:
    set_widths(sheet, {"A": 2.5, "B": 4, "C": 110, "D": 2.5})
    subtitle = f"{len(FORMULAS)} of {len(CATALOGUE)} worksheet functions, as names of this workbook"
    blocks.header(sheet, TITLE, subtitle, "B", "C", Privacy.OPEN, home=None)
    put(sheet, "B1", NAME, "wx Bar")
    row = blocks.CONTENT_ROW
    for heading, steps in STEPS:
        blocks.section(sheet, f"B{row}", heading)
        for number, step in enumerate(steps, 1):
            row += 1
            put(sheet, f"B{row}", number, "wx Note", vertical="top", horizontal="left", number_format="0")
            put(sheet, f"C{row}", step, "wx Wrap")
            sheet.row_dimensions[row].height = 5 + 15 * _lines(step, 110)
        row += 2
    set_up_page(sheet, f"A1:D{row - 2}", Privacy.OPEN)


def _write_functions(sheet: Worksheet) -> None:
    set_widths(sheet, WIDTHS)
    subtitle = (
        "What each function shows, and one example of it, calculated in this workbook. "
        "Errors in every row: this program has no LAMBDA."
    )
    blocks.header(sheet, "Functions", subtitle, "B", "G", Privacy.OPEN, home=START)
    top = row = blocks.CONTENT_ROW
    for family in FAMILIES:
        row = _write_family(sheet, row, family)
    last = row - 2
    blocks.tint_when(sheet, f"G{top}:G{last}", f'LEFT($G{top},1)="✖"', style.BELOW_FLOOR.tint, style.INK)
    differing = f'{len(FORMULAS)}-COUNTIF($G${top}:$G${last},"{AGREES}")'
    outcome = f'IF({differing}=0,"✔  All examples agree","✖  "&{differing}&" examples differ")'
    # A program without the functions has no verdict, and some keep the stored one unless the cell calls.
    function = next(iter(FORMULAS.values()))
    call = _example(function).formula(function.name).removeprefix("=")
    outcome = f"IF(FALSE,{call},{outcome})"
    put(sheet, "G3", Formula(outcome), "wx Body", bold=True, colour=style.SLATE, horizontal="right")
    row = _write_without(sheet, row)
    row = _write_helpers(sheet, row)
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:H{row}", Privacy.OPEN, title_rows="1:4", one_page=False)


def _write_family(sheet: Worksheet, row: int, family: Family) -> int:
    functions = [function for function in family.functions if function.name in FORMULAS]
    if not functions:
        return row
    blocks.section(sheet, f"B{row}", family.title)
    heads = {"B": "Function", "C": "What the cell shows", "D": "Example", "E": "Answer", "F": "Expected"}
    blocks.table_head(sheet, row + 1, {**heads, "G": "Result"}, numbers="EF", span=("B", "G"))
    row += 2
    for function in functions:
        _write_function(sheet, row, function)
        row += 1
    return row + 1


def _write_function(sheet: Worksheet, row: int, function: Function) -> None:
    example = _example(function)
    typed, answer = example.formula(function.name), example.gives
    live = typed.removeprefix("=")
    if isinstance(answer, list):
        is_column = len(answer[0]) == 1
        live = f"INDEX({live},1)" if is_column else f"INDEX({live},1,1)"
        answer = answer[0][0]
    blocks.band(sheet, "B", "G", row, "wx Label")
    put(sheet, f"B{row}", function.name, "wx Label", bold=True)
    put(sheet, f"C{row}", function.summary, "wx Words", wrap=True)
    put(sheet, f"D{row}", typed, "wx Label", wrap=True, colour=style.ACCENT)
    looks: dict[str, Any] = (
        {"number_format": _look(answer)} if _is_number(answer) else {"wrap": True, "horizontal": "right"}
    )
    style_name = "wx Calc" if _is_number(answer) else "wx Calc text"
    put(sheet, f"E{row}", Formula(live), style_name, bold=True, **looks)
    put(sheet, f"F{row}", answer, style_name, colour=style.SLATE, **looks)
    # The call once more, and not its cell: where a program cannot call, the verdict of another is not shown.
    outcome = f'IF({_agrees(live, f"$F{row}", answer)},"{AGREES}","{DIFFERS}")'
    put(sheet, f"G{row}", Formula(outcome), "wx Calc text")
    texts = ((function.summary, "C"), (typed, "D"), (str(answer), "E"))
    lines = max(_lines(text, WIDTHS[column]) for text, column in texts)
    sheet.row_dimensions[row].height = max(21, 6 + 15 * lines)


def _example(function: Function) -> Example:
    """The first example that has no error, one cell for an answer, and few words in it."""
    good = [example for example in function.examples if not _is_error(example.gives)]
    return min(good, key=lambda example: (isinstance(example.gives, list), _words_too_many(example.gives)))


def _words_too_many(gives: Any) -> int:
    """By how many characters an answer is longer than the cell is wide."""
    return max(0, len(str(gives)) - SHOWN) if isinstance(gives, str) else 0


def _is_error(gives: Any) -> bool:
    cells = [cell for row in gives for cell in row] if isinstance(gives, list) else [gives]
    return any(isinstance(cell, str) and cell.startswith("#") for cell in cells)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _look(value: float) -> str:
    decimals = len(f"{round(value, 4):.10g}".partition(".")[2])
    return style.number_format("#,##0" + ("." + "0" * decimals if decimals else ""))


def _agrees(live: str, expected: str, value: Any) -> str:
    """Whether the live answer is the expected one."""
    if _is_number(value):
        return f"IFERROR(ABS({live}-{expected})<={literal(TOLERANCE)}*MAX(1,ABS({expected})),FALSE)"
    return f"IFERROR({live}={expected},FALSE)"


def _write_without(sheet: Worksheet, row: int) -> int:
    blocks.section(sheet, f"B{row}", "Not to be had as formulas")
    blocks.table_head(sheet, row + 1, {"B": "Function", "C": "Why"}, span=("B", "G"))
    for row, (name, reason) in enumerate(WITHOUT.items(), row + 2):  # noqa: B020 (where the next one begins)
        blocks.band(sheet, "B", "G", row, "wx Label")
        put(sheet, f"B{row}", name, "wx Label", bold=True)
        put(sheet, f"C{row}", f"{reason[0].upper()}{reason[1:]}.", "wx Words")
        sheet.row_dimensions[row].height = 21
    return row + 2


def _write_helpers(sheet: Worksheet, row: int) -> int:
    """The helpers, each called by a cell: a copied sheet takes along the names that its cells call."""
    blocks.section(sheet, f"B{row}", "What the functions share")
    blocks.table_head(sheet, row + 1, {"B": "Name", "C": "What it does"}, span=("B", "G"))
    helpers = [name.name for name in names_of(FORMULAS.values()) if name.is_helper]
    for row, name in enumerate(helpers, row + 2):  # noqa: B020 (where the next one begins)
        blocks.band(sheet, "B", "G", row, "wx Label")
        put(sheet, f"B{row}", name, "wx Label", bold=True)
        put(sheet, f"C{row}", HELPERS[name].help, "wx Words")
        sheet.row_dimensions[row].height = 19
        put(sheet, f"E{row}", Formula(f'IF(FALSE,{_call(name)},"")'), "wx Calc text")
    return row


def _call(helper: str) -> str:
    """A call of a helper; what it gives does not matter."""
    formula = HELPERS[helper].formula
    parameters = len(split_arguments(formula, len("LAMBDA("))) - 1
    return f"{helper}({','.join('1' * parameters)})"


def _lines(text: str, width: float) -> int:
    return max(1, len(textwrap.wrap(text, int(FITS * width))))
