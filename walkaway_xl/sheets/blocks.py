"""The pieces a sheet is made of: header, tables, input rows, results, tiles, banner, status colours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, NumberFormat
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import (
    Formula,
    Value,
    columns_between,
    link,
    paint,
    put,
    quoted,
    reference,
    said_text,
    set_heights,
    tab_title,
)
from walkaway_xl.sheets.page import Privacy
from walkaway_xl.sheets.word_list import Verbatim

HIDDEN, HIDDEN_ID = ";;;", BUILTIN_FORMATS_MAX_SIZE  # of the formats that are not built in, the first
OTHER_DECIMALS = (0, 4)  # than the two that a price has as a rule
LINE_HEIGHT = 13  # of a text of 10 points
CONTENT_ROW = 6  # the first row below the header of every sheet


# ---------------------------------------------------------------- header, headings, notes


def header(
    sheet: Worksheet,
    title: Value,
    subtitle: Value,
    first: str,
    last: str,
    privacy: Privacy,
    *,
    home: str | None = "Start",
    checks: str | None = None,
) -> None:
    """Accent bar with the way back and the privacy word, then title, subtitle and the master check."""
    set_heights(sheet, {1: 21, 2: 10, 3: 31, 4: 18, 5: 12})
    margin = get_column_letter(column_index_from_string(last) + 1)
    paint(sheet, f"A1:{margin}1", style_name="wx Bar")
    if home:
        put(sheet, f"{first}1", link(tab_title(home), f"‹  {home}"), "wx Bar")
    put(sheet, f"{last}1", privacy.bar, "wx Bar", horizontal="right")
    put(sheet, f"{first}3", title, "wx Title")
    put(sheet, f"{first}4", subtitle, "wx Subtitle")
    if checks:
        put(sheet, f"{last}3", Formula(checks), "wx Body", bold=True, colour=style.SLATE, horizontal="right")
        tint_when(sheet, f"{last}3", f'LEFT(${last}$3,1)="✖"', colour=style.NEGATIVE_TEXT)


def section(sheet: Worksheet, cell: str, title: Value, height: float = 30) -> None:
    """A section heading; it hangs out to the edge of the cards below it."""
    placed = put(sheet, cell, title, "wx Section")
    sheet.row_dimensions[placed.row].height = height


def note(sheet: Worksheet, cell: str, text: Value, *, right: bool = False) -> None:
    """A quiet remark beside a heading or below a table."""
    if right:
        put(sheet, cell, text, "wx Note", horizontal="right", vertical="bottom")
    else:
        put(sheet, cell, text, "wx Note", indent=1, vertical="bottom")


def note_until(sheet: Worksheet, cells: str, needed: str, text: str) -> None:
    """Say under an empty chart what it is waiting for."""
    first = cells.split(":")[0]
    waiting = Formula(f'IF(COUNT({needed})=0,{quoted(text)},"")')
    put(sheet, first, waiting, "wx Note", indent=1)


# ---------------------------------------------------------------- tables


def table_head(
    sheet: Worksheet,
    row: int,
    titles: Mapping[str, str],
    *,
    numbers: str | Iterable[str] = (),
    span: tuple[str, str] | None = None,
    height: float = 22,
) -> None:
    """Column heads over one rule; heads of number columns stand right like their numbers, and may wrap."""
    for column in columns_between(*span) if span else ():
        put(sheet, f"{column}{row}", None, "wx Head")
    right = set(numbers)
    for column, title in titles.items():
        put(sheet, f"{column}{row}", title, "wx Head num" if column in right else "wx Head")
    sheet.row_dimensions[row].height = height


def band(sheet: Worksheet, first: str, last: str, row: int, style_name: str) -> None:
    """Empty cells in a style, so that long text in the first of them may run over the rest."""
    paint(sheet, f"{first}{row}:{last}{row}", style_name=style_name)


def row_number(sheet: Worksheet, cell: str, number: int) -> None:
    """The number of a row of a table to fill in."""
    put(
        sheet,
        cell,
        number,
        "wx Calc",
        number_format="0",
        size=10,
        colour=style.SLATE,
        horizontal="left",
        indent=1,
    )


def text_input(
    sheet: Worksheet,
    first: str,
    last: str,
    row: int,
    title: str,
    prompt: str = "",
    style_name: str = "wx Input text",
    kind: inputs.Kind = inputs.TEXT,
    lines: int = 1,
) -> str:
    """A wide cell for free text, merged so that it wraps where it may have several lines, else shrinks."""
    put(sheet, f"{first}{row}", None, style_name, **text_look(lines))
    cells = f"{first}{row}:{last}{row}"
    sheet.merge_cells(cells)
    inputs.validate(sheet, cells, kind, title, prompt)
    return reference(sheet, f"{first}{row}")


def text_look(lines: int) -> dict[str, Any]:
    """How a cell takes a free text in a row of so many lines, as `put` takes it."""
    return {"size": 10, "wrap": True} if lines > 1 else {"shrink": True}


def text_height(lines: int) -> float:
    """The height of a row of so many lines, in points."""
    return LINE_HEIGHT * lines + 4


@dataclass(frozen=True)
class RowGrid:
    """Columns of a table of single values: label, value, unit, then a wide text column."""

    label: str = "B"
    value: str = "C"
    unit: str = "D"
    words: str = "E"
    words_end: str = "E"
    dated: str | None = "F"
    height: float = 21


@dataclass(frozen=True)
class Line:
    """One calculated row. In `formula` and `words` a {key} stands for the value of another line."""

    key: str
    label: Value
    formula: str
    style_name: str = "wx Calc"
    unit: Value = ""
    words: Value = ""
    number_format: str | None = None


def result_rows(
    sheet: Worksheet, top: int, lines: Sequence[Line], grid: RowGrid, figures: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Write calculated rows; returns the reference of each value by its key."""
    references: dict[str, str] = {
        line.key: reference(sheet, f"{grid.value}{row}") for row, line in enumerate(lines, top)
    }
    names = {**(figures or {}), **references}

    def resolved(value: Value) -> Value:
        return Formula(value.format(**names)) if isinstance(value, Formula) else value

    for row, line in enumerate(lines, top):
        is_output = line.style_name.startswith("wx Output")
        sheet.row_dimensions[row].height = grid.height
        band(sheet, grid.label, grid.dated or grid.words_end, row, "wx Label")
        put(sheet, f"{grid.label}{row}", resolved(line.label), "wx Label", bold=is_output or None)
        put(
            sheet,
            f"{grid.value}{row}",
            Formula(line.formula.format(**names)),
            line.style_name,
            number_format=line.number_format,
        )
        put(sheet, f"{grid.unit}{row}", resolved(line.unit), "wx Unit")
        put(sheet, f"{grid.words}{row}", resolved(line.words), "wx Words")
    return references


# ---------------------------------------------------------------- colours that follow the values


def tint_when(
    sheet: Worksheet,
    cells: str,
    condition: str,
    fill: str | None = None,
    colour: str | None = None,
    bold: bool | None = None,
) -> None:
    """Colour cells while a condition on this sheet holds."""
    font = Font(color=colour, bold=bold) if colour is not None or bold is not None else None
    sheet.conditional_formatting.add(
        cells,
        FormulaRule(formula=[condition], fill=style.changed_fill(fill) if fill else None, font=font),
    )


def hide_when(sheet: Worksheet, cells: str, condition: str) -> None:
    """Show nothing in cells while a condition on this sheet holds; their values still count."""
    nothing = DifferentialStyle(numFmt=NumberFormat(numFmtId=HIDDEN_ID, formatCode=HIDDEN))
    sheet.conditional_formatting.add(cells, Rule(type="expression", formula=[condition], dxf=nothing))


def hidden_decimals(sheet: Worksheet, column: str, decimals: Value) -> str:
    """How many decimals prices have, in a hidden column: a conditional format asks only its own sheet."""
    sheet.column_dimensions[column].hidden = True
    put(sheet, f"{column}2", decimals, "wx Note")
    return f"${column}$2"


def follow_decimals(
    sheet: Worksheet,
    cells: str,
    decimals: str,
    *,
    signed: bool = False,
    bare: bool = False,
    also: tuple[str, Mapping[str, Any]] | None = None,
    only: str = "",
) -> None:
    """Let numbers with two decimals have none, or four, where a cell of this sheet says so.

    They have none only while the condition `only` holds, if one is given, anchored for the first cell.

    While the condition of `also` holds, they have its look as well. LibreOffice applies the first rule of a
    cell that holds, so that one rule has to say both.
    """
    sign = "+" if signed else ""
    for count in OTHER_DECIMALS:
        digits = f"{sign}#,##0" + ("." + "0" * count if count else "")
        pattern = style.bare_format(digits) if bare else style.number_format(digits)
        number = NumberFormat(numFmtId=HIDDEN_ID, formatCode=pattern)
        holds = f"{decimals}={count}"
        if only and not count:
            holds = f"AND({holds},{only})"
        both = [(f"AND({also[0]},{holds})", also[1])] if also else []
        for condition, look in (*both, (holds, {})):
            dxf = DifferentialStyle(numFmt=number, **look)
            sheet.conditional_formatting.add(cells, Rule(type="expression", formula=[condition], dxf=dxf))
    if also:
        dxf = DifferentialStyle(**also[1])
        sheet.conditional_formatting.add(cells, Rule(type="expression", formula=[also[0]], dxf=dxf))


def tint_by_status(
    sheet: Worksheet,
    cells: str,
    key: str,
    statuses: Iterable[style.Status] = style.VERDICTS,
    *,
    strong: bool = False,
) -> None:
    """Give cells the colours of the status whose word `key` shows, a cell on this sheet.

    `key` is anchored for the top left cell of `cells`. With `strong` the deep colour is used, for narrow
    side bars.
    """
    for status in statuses:
        condition = f"ISNUMBER(SEARCH({status.cell},{key}))"
        if strong:
            tint_when(sheet, cells, condition, status.strong)
        else:
            tint_when(sheet, cells, condition, status.tint, status.ink)


# ---------------------------------------------------------------- tiles, cards and the banner


def tile(
    sheet: Worksheet,
    cells: str,
    overline: str,
    value: Value,
    caption: Value,
    *,
    number_format: str = style.PRICE_BARE,
    size: float = 24,
    gutter: bool = False,
) -> str:
    """A card of three rows: what it is, the number, one line that explains it. Returns its reference.

    `cells` is a range of exactly three rows; a `gutter` draws a white gap to the tile at its left.
    """
    left, row, right, _ = range_boundaries(cells)
    first, last = get_column_letter(left), get_column_letter(right)
    paint(sheet, cells, fill=style.CARD)
    put(sheet, f"{first}{row}", Verbatim(said_text(overline).upper()), "wx Overline", fill=style.CARD)
    put(
        sheet,
        f"{first}{row + 1}",
        value,
        "wx KPI",
        fill=style.CARD,
        size=size,
        bold=True,
        number_format=number_format,
    )
    if first != last:
        sheet.merge_cells(f"{first}{row + 1}:{last}{row + 1}")
    put(sheet, f"{first}{row + 2}", caption, "wx Note", fill=style.CARD, vertical="top", indent=1)
    if gutter:
        paint(sheet, f"{first}{row}:{first}{row + 2}", border=style.GUTTER)
    set_heights(sheet, {row: 24, row + 1: 36, row + 2: 24})
    return reference(sheet, f"{first}{row + 1}")


@dataclass(frozen=True)
class BannerNumber:
    """A number at the right of the banner, in cells from `first` to `last` of the row of the word."""

    label: str
    formula: str
    first: str
    last: str
    number_format: str = style.PRICE


def verdict_banner(
    sheet: Worksheet,
    row: int,
    bar: str,
    first: str,
    last: str,
    *,
    overline: str,
    status: str,
    meaning: str,
    advice: str,
    numbers: Sequence[BannerNumber],
    statuses: Sequence[style.Status],
) -> str:
    """The one loud thing on a sheet: symbol and word, what it means, what to do. Returns its reference.

    `status`, `meaning` and `advice` are formulas; `statuses` are those that it may show; `bar` is the narrow
    column left of `first`, for the deep colour.
    """
    set_heights(sheet, {row: 28, row + 1: 46, row + 2: 25, row + 3: 30, row + 4: 14})
    paint(sheet, f"{bar}{row}:{last}{row + 3}", fill=style.NOT_READY.tint)
    put(
        sheet,
        f"{first}{row}",
        Verbatim(said_text(overline).upper()),
        "wx Overline",
        fill=style.NOT_READY.tint,
        colour=style.INK,
    )
    word = put(sheet, f"{first}{row + 1}", Formula(status), size=32, bold=True, indent=1, vertical="center")
    put(sheet, f"{first}{row + 2}", Formula(meaning), size=13, indent=1, vertical="center")
    put(sheet, f"{first}{row + 3}", Formula(advice), size=13, bold=True, indent=1, vertical="top")
    for number in numbers:
        label = f"{number.last}{row}"
        put(sheet, label, number.label, size=10, bold=True, horizontal="right", vertical="bottom", indent=1)
        put(
            sheet,
            f"{number.first}{row + 1}",
            Formula(number.formula),
            size=22,
            bold=True,
            horizontal="right",
            number_format=number.number_format,
        )
        if number.first != number.last:
            sheet.merge_cells(f"{number.first}{row + 1}:{number.last}{row + 1}")
    key = f"${first}${row + 1}"
    tint_by_status(sheet, f"{first}{row}:{last}{row + 3}", key, statuses)
    tint_by_status(sheet, f"{bar}{row}:{bar}{row + 3}", key, statuses, strong=True)
    return reference(sheet, word.coordinate)
