"""Writing cells: text that stays text, formulas, references, looks."""

import re
from datetime import date

from openpyxl.cell import Cell
from openpyxl.styles import Border
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.phrasing import phrase, spoken
from walkaway_xl.sheets import spoken_formula, style
from walkaway_xl.sheets.cell_formats import CellFormat, apply
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.spoken_formula import WORD
from walkaway_xl.sheets.word_list import Verbatim

# What a spreadsheet program, or a CSV made from the sheet, would read as the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "\r")

NOT_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\"))
TAB_LIMIT = 31


class Formula(str):
    """A formula without its equals sign. Every other string is text, whatever it begins with."""

    __slots__ = ()


Value = str | float | int | bool | date | None


def said_text(text: str) -> str:
    """A text of ours in the reader's language; what has no words, a formula and an error, as they are."""
    if spoken() is None or text.startswith(("=", "#")) or not WORD.search(text):
        return text
    return phrase(text)


def said_formula(formula: str) -> str:
    """A formula with its sentences in the reader's language."""
    return formula if spoken() is None else spoken_formula.said(formula)


def tab_title(name: str) -> str:
    """The title of a sheet in the reader's language, as a tab can hold it."""
    title = said_text(name).translate(NOT_IN_TABS).strip(" '")
    return title if len(title) <= TAB_LIMIT else title.split(" and ")[0][:TAB_LIMIT].strip(" '")


def link(title: str, text: str, cell: str = "A1") -> Formula:
    """A link to a cell of the sheet with that title."""
    return Formula(f"HYPERLINK({quoted(f'#{quote_sheetname(title)}!{cell}')},{quoted(text)})")


def reference(sheet: Worksheet, cells: str) -> Ref:
    """Absolute reference to a cell or range with its sheet: what a formula anywhere can use."""
    return Ref.to(sheet.title, cells)


def quoted(text: str) -> str:
    """Text as a literal inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def write_text(cell: Cell, text: str) -> None:
    """Write text from a person or a file; it is never taken for a formula.

    Call it after the cell has its style: a style replaces the mark that keeps the text from being read
    again as a formula when somebody edits the cell.
    """
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def put(
    sheet: Worksheet,
    cell_name: str,
    value: Value = None,
    style_name: str | None = None,
    *,
    number_format: str | None = None,
    size: float | None = None,
    bold: bool | None = None,
    colour: str | None = None,
    fill: str | None = None,
    horizontal: str | None = None,
    vertical: str | None = None,
    indent: int | None = None,
    wrap: bool | None = None,
    shrink: bool | None = None,
    border: Border | None = None,
) -> Cell:
    """Write one cell: a value, a named style, and where this cell differs from the style."""
    cell: Cell = sheet[cell_name]
    cell_format = CellFormat(
        style_name,
        number_format,
        size,
        bold,
        colour,
        fill,
        horizontal,
        vertical,
        indent,
        wrap,
        shrink,
        border,
    )
    apply(cell, cell_format)
    if isinstance(value, Formula):
        cell.value = "=" + _without_own_sheet(sheet, said_formula(value))
    elif isinstance(value, str):
        write_text(cell, value if isinstance(value, Verbatim) else said_text(value))
    elif value is not None:
        cell.value = value
        if number_format is None and isinstance(value, date) and cell.number_format == "yyyy-mm-dd":
            cell.number_format = style.DATE  # openpyxl puts its own date format over a General style
    return cell


def _without_own_sheet(sheet: Worksheet, formula: str) -> str:
    """Drop the sheet name from references to the formula's own sheet: shorter to read in the formula bar."""
    prefix = re.escape(quote_sheetname(sheet.title) + "!")
    return re.sub(rf"(?<![\w'#]){prefix}(?=\$)", "", formula)


def paint(
    sheet: Worksheet,
    cells: str,
    *,
    fill: str | None = None,
    border: Border | None = None,
    style_name: str | None = None,
) -> None:
    """Give every cell of a range the same style, fill or border."""
    cell_format = CellFormat(style_name, fill=fill, border=border)
    for row in sheet[cells]:
        for cell in row:
            apply(cell, cell_format)


def widths(*characters: float) -> dict[str, float]:
    """Column widths from A on."""
    return {get_column_letter(index): width for index, width in enumerate(characters, 1)}


def set_widths(sheet: Worksheet, by_column: dict[str, float]) -> None:
    """Set column widths, in characters of the body text."""
    for column, width in by_column.items():
        sheet.column_dimensions[column].width = width


def set_heights(sheet: Worksheet, heights: dict[int, float]) -> None:
    """Set row heights in points."""
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height


def columns_between(first: str, last: str) -> tuple[str, ...]:
    """Column letters from first to last."""
    left, _, right, _ = range_boundaries(f"{first}1:{last}1")
    return tuple(get_column_letter(index) for index in range(left, right + 1))
