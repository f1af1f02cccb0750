"""The tour: every worksheet function live, with its arguments and all its examples.

Everything is taken from the catalogue; a new function appears here by itself.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.catalogue import Argument, Example, Family, Function
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import FAMILIES
from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import (
    Formula,
    columns_between,
    link,
    paint,
    put,
    quoted,
    reference,
    set_widths,
    tab_title,
    write_text,
)
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import Verbatim

TITLE, NAME, CONTENTS = "Tour of the worksheet functions", "functions_tour", "Contents"
# In the order in which ERROR.TYPE numbers them.
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
NAME_ERROR = "#NAME?"
AGREES, DIFFERS, ABSENT = "✔  agrees", "✖  differs", "▢  not here"  # absent: the program lacks the add-in
NO_ADD_IN = "▢  #NAME? means that this program does not have the add-in yet."
FORMULA, ANSWER = "B", 3  # where the formula stands, and the first column of the answers
FORMULA_WIDTH, SOURCE_WIDTH = 58, 50
FITS = 1.05  # letters of running text for a digit's width
NARROW, WIDE = 13, 34  # a column of answers that has others beside it, and one that stands alone
# At most this many decimals on the sheet, of numbers from a size on; the comparison takes all of them.
DECIMALS, LARGE, DECIMALS_OF_LARGE = 4, 1000, 2


@dataclass(frozen=True)
class Grid:
    """Where things stand on a family's sheet; it is as wide as the widest answer of the family."""

    block: int  # columns of the widest answer

    @property
    def expected(self) -> int:
        """The first column of the expected values."""
        return ANSWER + self.block

    @property
    def verdict(self) -> str:
        """The column that says whether the two agree."""
        return _letter(self.expected + self.block)

    @property
    def source(self) -> str:
        """The column that says where an example comes from, the last one that is printed."""
        return _letter(self.expected + self.block + 1)

    @property
    def margin(self) -> str:
        """The empty column after the last one."""
        return _letter(self.expected + self.block + 2)

    @property
    def flag(self) -> int:
        """The first of the working columns."""
        return self.expected + self.block + 3

    @property
    def answer_width(self) -> float:
        """Width of a column of answers."""
        return WIDE if self.block == 1 else NARROW

    def widths(self) -> dict[str, float]:
        """Width of every column."""
        compared = {
            get_column_letter(number): self.answer_width for number in range(ANSWER, ANSWER + 2 * self.block)
        }
        working = {get_column_letter(self.flag + number): 8.0 for number in range(self.block)}
        ends = {self.verdict: 13, self.source: SOURCE_WIDTH, self.margin: 2.5}
        return {"A": 2.5, FORMULA: FORMULA_WIDTH, **compared, **ends, **working}


def _letter(column: int) -> str:
    return str(get_column_letter(column))


def _grid(family: Family) -> Grid:
    return Grid(
        max(len(_table(example)[0]) for function in family.functions for example in function.examples)
    )


def _table(example: Example) -> list[list[Any]]:
    """What an example gives, as rows of cells."""
    return example.gives if isinstance(example.gives, list) else [[example.gives]]


@dataclass(frozen=True)
class TourEntry:
    """Where a function stands in the workbook, and where its verdicts are."""

    function: Function
    heading: str
    verdicts: str


@dataclass(frozen=True)
class Lookups:
    """References to what all sheets look up on Contents."""

    tolerance: str
    errors: str
    verdicts: str  # differs, agrees, absent, one below the other
    agrees: str
    differs: str
    absent: str


def build() -> Draft:
    """Build the workbook."""
    draft = Draft.new(TITLE, NAME, (CONTENTS, *(family.title for family in FAMILIES)))
    contents = draft.sheet(CONTENTS)
    functions = sum(len(family.functions) for family in FAMILIES)
    first = blocks.CONTENT_ROW + 1
    # One row a function and one a family; the lists stand below.
    lookups = _write_lists(contents, first + functions + len(FAMILIES) + 2)
    by_family = [_write_family(draft.sheet(family.title), family, lookups) for family in FAMILIES]
    _write_contents(contents, first, by_family, lookups)
    return draft


# ---------------------------------------------------------------- Contents


def _write_contents(
    sheet: Worksheet, top: int, by_family: Sequence[Sequence[TourEntry]], lookups: Lookups
) -> None:
    set_widths(sheet, {"A": 2.5, "B": 40, "C": 92, "D": 11, "E": 11, "F": 18, "G": 2.5})
    sheet.sheet_view.showRowColHeaders = False
    count = sum(len(function.function.examples) for family in by_family for function in family)
    functions = sum(map(len, by_family))
    subtitle = (
        f"{functions} functions and {count} examples, calculated in this workbook. A name leads to its page."
    )
    blocks.header(sheet, TITLE, subtitle, "B", "F", Privacy.OPEN, home=None)
    put(sheet, "B1", NAME, "wx Bar")
    heads = {"B": "Function", "C": "What the cell shows", "D": "Rows shown", "E": "Agree", "F": "Result"}
    blocks.table_head(sheet, top - 1, heads, numbers="DE")
    row = top
    for family, entries in zip(FAMILIES, by_family, strict=True):
        sheet.row_dimensions[row].height = 30
        put(
            sheet,
            f"B{row}",
            link(tab_title(family.title), family.title),
            "wx Section",
            colour=style.ACCENT,
        )
        put(sheet, f"C{row}", family.summary, "wx Note", vertical="bottom", indent=1)
        for offset, entry in enumerate(entries, 1):
            _write_entry(sheet, row + offset, entry, lookups)
        row += 1 + len(entries)
    last = row - 1
    agree, all_rows = f"SUM($E${top}:$E${last})", f"SUM($D${top}:$D${last})"
    text = (
        f'IF({agree}={all_rows},"✔  All "&{all_rows}&" rows agree","✖  "&({all_rows}-{agree})&" rows differ")'
    )
    put(sheet, "F3", Formula(text), "wx Body", bold=True, colour=style.SLATE, horizontal="right")
    absent = "+".join(
        f"COUNTIF({entry.verdicts},{lookups.absent})" for family in by_family for entry in family
    )
    put(sheet, "F4", Formula(f'IF({absent}=0,"",{quoted(NO_ADD_IN)})'), "wx Subtitle", horizontal="right")
    blocks.tint_when(sheet, "F3", 'LEFT($F$3,1)="✖"', colour=style.NEGATIVE_TEXT)
    blocks.tint_when(sheet, f"F{top}:F{last}", f'LEFT($F{top},1)="✖"', style.BELOW_FLOOR.tint, style.INK)
    sheet.freeze_panes = f"A{top}"
    set_up_page(sheet, f"A1:G{last}", Privacy.OPEN, one_page=False)
    protect(sheet)


def _write_entry(sheet: Worksheet, row: int, entry: TourEntry, lookups: Lookups) -> None:
    heading = Ref(entry.heading)
    sheet.row_dimensions[row].height = 21
    put(
        sheet,
        f"B{row}",
        link(heading.sheet, entry.function.name, heading.cells),
        "wx Label",
        bold=True,
    )
    put(sheet, f"C{row}", entry.function.summary, "wx Words")
    words = (lookups.agrees, lookups.differs, lookups.absent)
    rows = "+".join(f"COUNTIF({entry.verdicts},{word})" for word in words)
    put(sheet, f"D{row}", Formula(rows), "wx Calc", number_format=style.WHOLE)
    put(
        sheet,
        f"E{row}",
        Formula(f"COUNTIF({entry.verdicts},{lookups.agrees})"),
        "wx Calc",
        number_format=style.WHOLE,
    )
    put(sheet, f"F{row}", Formula(f"IF(E{row}=D{row},{lookups.agrees},{lookups.differs})"), "wx Calc text")


def _write_lists(sheet: Worksheet, top: int) -> Lookups:
    """Write what the comparisons look up, below the contents and outside the printed page."""
    blocks.section(sheet, f"B{top}", "What the comparisons look up")
    lists: tuple[tuple[str, str | float], ...] = (
        ("Tolerance", TOLERANCE),
        ("Shown when not equal", DIFFERS),
        ("Shown when equal", AGREES),
        ("Shown without the add-in", ABSENT),
        *((f"Error of type {number}", error) for number, error in enumerate(ERRORS, 1)),
    )
    for row, (label, value) in enumerate(lists, top + 1):
        put(sheet, f"B{row}", label, "wx Label")
        put(sheet, f"C{row}", value, "wx Calc text", number_format="0E+00" if row == top + 1 else None)
    first = top + 5
    return Lookups(
        tolerance=reference(sheet, f"C{top + 1}"),
        errors=reference(sheet, f"C{first}:C{first + len(ERRORS) - 1}"),
        verdicts=reference(sheet, f"C{top + 2}:C{top + 4}"),
        differs=reference(sheet, f"C{top + 2}"),
        agrees=reference(sheet, f"C{top + 3}"),
        absent=reference(sheet, f"C{top + 4}"),
    )


# ---------------------------------------------------------------- one family


def _write_family(sheet: Worksheet, family: Family, lookups: Lookups) -> list[TourEntry]:
    grid = _grid(family)
    set_widths(sheet, grid.widths())
    blocks.header(sheet, family.title, family.summary, "B", grid.source, Privacy.OPEN, home=CONTENTS)
    put(sheet, f"{get_column_letter(grid.flag)}4", "WORKING COLUMNS: CELL AGREES", "wx Overline")
    row, entries = blocks.CONTENT_ROW, []
    for function in family.functions:
        heading = reference(sheet, f"B{row}")
        row = _write_arguments(sheet, row, function, grid)
        first = row + 1
        row = _write_examples(sheet, row, function, grid, lookups)
        entries.append(
            TourEntry(function, heading, reference(sheet, f"{grid.verdict}{first}:{grid.verdict}{row - 1}"))
        )
        sheet.row_dimensions[row].height = 20
        row += 1
    verdicts = f"{grid.verdict}{blocks.CONTENT_ROW}"
    blocks.tint_when(
        sheet,
        f"{verdicts}:{grid.verdict}{row}",
        f'LEFT(${verdicts},1)="✖"',
        style.BELOW_FLOOR.tint,
        style.INK,
    )
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:{grid.margin}{row - 1}", Privacy.OPEN, one_page=False)
    protect(sheet)
    return entries


def _write_arguments(sheet: Worksheet, top: int, function: Function, grid: Grid) -> int:
    blocks.section(sheet, f"B{top}", Verbatim(function.signature), 26)
    put(sheet, f"B{top + 1}", function.summary, "wx Subtitle")
    sheet.row_dimensions[top + 1].height = 20
    heads = {"B": "Argument", "C": "What it means", grid.source: "What it holds"}
    blocks.table_head(sheet, top + 2, heads, span=("B", grid.source))
    room = sum(sheet.column_dimensions[column].width for column in columns_between("C", grid.verdict))
    for row, argument in enumerate(function.arguments, top + 3):
        put(sheet, f"B{row}", Verbatim(_name(argument)), "wx Label", bold=argument.required)
        wide = f"C{row}:{grid.verdict}{row}"
        sheet.merge_cells(wide)  # before it has borders, which openpyxl would work out for every cell of it
        paint(sheet, wide, border=style.HAIRLINE)
        put(sheet, f"C{row}", argument.help, "wx Words", wrap=True)
        put(sheet, f"{grid.source}{row}", argument.kind.word, "wx Unit")
        sheet.row_dimensions[row].height = 4 + 15 * _lines(argument.help, room)
    return top + 3 + len(function.arguments)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a cell, whole words kept together."""
    return max(1, len(textwrap.wrap(text, int(FITS * width))))


def _name(argument: Argument) -> str:
    if argument.required:
        return argument.name
    if argument.default is None:
        return f"[{argument.name}]"
    return f"[{argument.name}]  " + phrase("(blank: {default})", default=_default(argument.default))


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _write_examples(sheet: Worksheet, row: int, function: Function, grid: Grid, lookups: Lookups) -> int:
    looks = _looks(function, grid)
    expected = get_column_letter(grid.expected)
    heads = {
        FORMULA: "Example",
        "C": "Answer",
        expected: "Expected",
        grid.verdict: "Result",
        grid.source: "Source",
    }
    numbers = ("C", expected) if looks[0] else ()
    blocks.table_head(sheet, row, heads, numbers=numbers, span=("B", grid.source), height=26)
    row += 1
    for example in function.examples:
        row = _write_example(sheet, row, example, function.name, grid, looks, lookups)
    return row


def _looks(function: Function, grid: Grid) -> list[str]:
    """Number format of each column of the answers, with as many decimals as they need; "" is for words."""
    looks = []
    for column in range(grid.block):
        values = [
            row[column] for example in function.examples for row in _table(example) if column < len(row)
        ]
        numbers = [
            value for value in values if isinstance(value, int | float) and not isinstance(value, bool)
        ]
        large = max(map(abs, numbers), default=0) >= LARGE
        most = DECIMALS_OF_LARGE if large else DECIMALS
        needed = (len(f"{round(value, most):.10g}".partition(".")[2]) for value in numbers)
        places = max(needed, default=0)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        looks.append(style.number_format(pattern) if numbers else "")
    return looks


def _write_example(
    sheet: Worksheet,
    top: int,
    example: Example,
    name: str,
    grid: Grid,
    looks: Sequence[str],
    lookups: Lookups,
) -> int:
    formula, table = example.formula(name), _table(example)
    beside = ((formula, FORMULA_WIDTH), (example.source, SOURCE_WIDTH))  # these stand in the first row
    for row, expected in enumerate(table, top):
        texts = [(str(value), grid.answer_width) for value in expected] + [*beside] * (row == top)
        lines = max(_lines(text, width) for text, width in texts)
        sheet.row_dimensions[row].height = max(19, 15 * lines + 4)
        blocks.band(sheet, "B", grid.source, row, "wx Label")
        for number, value in enumerate(expected):
            _write_comparison(sheet, row, number, value, grid, looks[number], lookups)
        flags = f"{get_column_letter(grid.flag)}{row}:{get_column_letter(grid.flag + grid.block - 1)}{row}"
        kind = f"ERROR.TYPE({get_column_letter(ANSWER)}{row})"
        unknown = f"IFERROR({kind}=MATCH({quoted(NAME_ERROR)},{lookups.errors},0),0)"
        verdict = f"INDEX({lookups.verdicts},1+MAX(1*(SUM({flags})=COUNT({flags})),(1+1)*{unknown}))"
        put(sheet, f"{grid.verdict}{row}", Formula(verdict), "wx Calc text")
    put(sheet, f"{FORMULA}{top}", formula, "wx Label", wrap=True, colour=style.ACCENT)
    put(sheet, f"{grid.source}{top}", example.source, "wx Unit", wrap=True)
    live = sheet.cell(top, ANSWER)
    if isinstance(example.gives, list):
        end = sheet.cell(top + len(table) - 1, ANSWER + len(table[0]) - 1)
        live.value = ArrayFormula(f"{live.coordinate}:{end.coordinate}", formula)
    else:
        live.value = formula
    return top + len(table)


def _write_comparison(
    sheet: Worksheet, row: int, number: int, value: Any, grid: Grid, look: str, lookups: Lookups
) -> None:
    """Style of the live cell, the expected value, and 1 or 0 for whether they agree."""
    answer, expected = sheet.cell(row, ANSWER + number), sheet.cell(row, grid.expected + number)
    style_name = "wx Calc" if look else "wx Calc text"
    wrap = None if look else True  # words may be sentences
    put(sheet, answer.coordinate, None, style_name, number_format=look or None, bold=True, wrap=wrap)
    put(
        sheet,
        expected.coordinate,
        None,
        style_name,
        number_format=look or None,
        colour=style.SLATE,
        wrap=wrap,
    )
    if isinstance(value, str):
        write_text(expected, value)
    else:
        expected.value = value
    test = _test(answer.coordinate, expected.coordinate, value, lookups)
    put(
        sheet,
        f"{get_column_letter(grid.flag + number)}{row}",
        Formula(test),
        "wx Calc",
        number_format="0",
        colour=style.SLATE,
    )


def _test(answer: str, expected: str, value: Any, lookups: Lookups) -> str:
    """Formula that gives 1 when an answer is what is expected; what is compared depends on what it is."""
    if isinstance(value, bool):
        return f"IFERROR(ISLOGICAL({answer})*({answer}={expected}),0)"
    if isinstance(value, str) and value.startswith("#"):
        return f"IFERROR(--(INDEX({lookups.errors},ERROR.TYPE({answer}))={expected}),0)"
    if isinstance(value, str):
        return f'IFERROR(ISTEXT({answer})*EXACT({answer},{expected}&""),0)'
    reach = f"{lookups.tolerance}*MAX(1,ABS({expected}))"
    return f"IFERROR(ISNUMBER({answer})*(ABS({answer}-{expected})<={reach}),0)"
