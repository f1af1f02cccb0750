"""Writing the copy for the other side: a new workbook that gets values and looks, and nothing else.

Nothing is deleted from the original; what was never copied cannot be found. Formulas become their values;
names, comments, charts, rules, hidden rows and columns and the properties of the document stay behind.
"""

from copy import copy

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.files import memory_writer
from walkaway_xl.sheets.cell_writing import write_text
from walkaway_xl.workbooks.sharing import areas
from walkaway_xl.workbooks.sharing.areas import Page

LOOKS = ("font", "fill", "border", "alignment", "number_format")
PAGE = ("orientation", "paperSize", "fitToWidth", "fitToHeight", "scale")
MARGINS = ("left", "right", "top", "bottom", "header", "footer")


def public_copy(values: Workbook) -> bytes:
    """The pages for the other side as a workbook of their own.

    Parameters
    ----------
    values : Workbook
        The workbook, read with its values.
    """
    target = Workbook()
    target.remove(target.active)
    target.properties.creator = None
    for page in areas.pages(values):
        title = page.area.sheet
        sheet = target[title] if title in target.sheetnames else target.create_sheet(title)
        _copy(values[title], sheet, page)
    return memory_writer.saved(target)


def _copy(source: Worksheet, target: Worksheet, page: Page) -> None:
    in_view = {get_column_letter(column) for column in page.columns}
    for letter, width in areas.widths(source).items():
        if letter in in_view:
            target.column_dimensions[letter].width = width
    rows = set(page.rows)
    for row, dimension in source.row_dimensions.items():
        if row in rows:
            target.row_dimensions[row].height = dimension.height
    _hide_the_rest(target, page)
    for cell in page.cells(source):
        if not isinstance(cell, MergedCell):
            _copy_cell(cell, target.cell(cell.row, cell.column))
    for merged in source.merged_cells.ranges:
        area = page.area
        if area.holds(merged.min_row, merged.min_col) and area.holds(merged.max_row, merged.max_col):
            target.merge_cells(merged.coord)
    _set_up_page(source, target, page)


def _hide_the_rest(target: Worksheet, page: Page) -> None:
    """Keep rows and columns out of view that were; there is nothing in them."""
    area = page.area
    for row in set(range(area.top, max(page.rows, default=0) + 1)) - set(page.rows):
        target.row_dimensions[row].hidden = True
    for column in set(range(area.left, max(page.columns, default=0) + 1)) - set(page.columns):
        target.column_dimensions[get_column_letter(column)].hidden = True


def _copy_cell(source: Cell, target: Cell) -> None:
    for look in LOOKS:
        setattr(target, look, copy(getattr(source, look)))
    if isinstance(source.value, str) and source.data_type != "e":
        write_text(target, source.value)
    else:
        target.value = source.value
        target.number_format = source.number_format  # a date brings its own


def _set_up_page(source: Worksheet, target: Worksheet, page: Page) -> None:
    for name in PAGE:
        setattr(target.page_setup, name, getattr(source.page_setup, name))
    for name in MARGINS:
        setattr(target.page_margins, name, getattr(source.page_margins, name))
    target.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    target.print_options.horizontalCentered = source.print_options.horizontalCentered
    target.sheet_view.showGridLines = source.sheet_view.showGridLines
    if source.print_title_rows:
        target.print_title_rows = source.print_title_rows
    if page.rows and page.columns:
        left, right = (get_column_letter(column) for column in (page.columns[0], page.columns[-1]))
        target.print_area = f"{left}{page.rows[0]}:{right}{page.rows[-1]}"
