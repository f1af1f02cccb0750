"""Writing the copy for the other side: a new workbook that gets values and looks, and nothing else.

Nothing is deleted from the original; what was never copied cannot be found. Formulas become their values;
names, comments, charts, rules, hidden sheets and the properties of the document stay behind.
"""

from copy import copy
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks.cells import write_text
from walkaway_xl.workbooks.sharing import areas
from walkaway_xl.workbooks.sharing.areas import Block, ShareError

LOOKS = ("font", "fill", "border", "alignment", "number_format")
PAGE = ("orientation", "paperSize", "fitToWidth", "fitToHeight", "scale")
MARGINS = ("left", "right", "top", "bottom", "header", "footer")


def public_copy(values: Workbook) -> bytes:
    """The share-safe areas of a workbook as a workbook of their own.

    Parameters
    ----------
    values : Workbook
        The workbook, read with its values.
    """
    shared = areas.share_safe(values)
    if not shared:
        raise ShareError("no sheet of this workbook is meant for the other side")
    target = Workbook()
    target.remove(target.active)
    target.properties.creator = None
    for area in shared:
        _copy(values[area.sheet], target.create_sheet(area.sheet), area)
    file = BytesIO()
    target.save(file)
    return file.getvalue()


def _copy(source: Worksheet, target: Worksheet, area: Block) -> None:
    bottom = max(_printed_to(source), _filled_to(source, area))
    for column in range(area.left, area.right + 1):
        letter = get_column_letter(column)
        target.column_dimensions[letter].width = source.column_dimensions[letter].width
    for row in source.iter_rows(area.top, bottom, area.left, area.right):
        target.row_dimensions[row[0].row].height = source.row_dimensions[row[0].row].height
        for cell in row:
            if not isinstance(cell, MergedCell):
                _copy_cell(cell, target.cell(cell.row, cell.column))
    for merged in source.merged_cells.ranges:
        if area.top <= merged.min_row and merged.max_row <= bottom and merged.max_col <= area.right:
            target.merge_cells(merged.coord)
    _set_up_page(source, target, area, bottom)


def _printed_to(sheet: Worksheet) -> int:
    """The last row that is printed; below it, rows to fill in are for us alone."""
    return int(range_boundaries(sheet.print_area.rpartition("!")[2])[3]) if sheet.print_area else 0


def _filled_to(sheet: Worksheet, area: Block) -> int:
    """The last row of an area that shows something."""
    rows = sheet.iter_rows(area.top, min(area.bottom, sheet.max_row), area.left, area.right)
    filled = [row[0].row for row in rows if any(cell.value not in (None, "") for cell in row)]
    return max(filled, default=area.top)


def _copy_cell(source: Cell, target: Cell) -> None:
    for look in LOOKS:
        setattr(target, look, copy(getattr(source, look)))
    if isinstance(source.value, str) and source.data_type != "e":
        write_text(target, source.value)
    else:
        target.value = source.value
        target.number_format = source.number_format  # a date brings its own


def _set_up_page(source: Worksheet, target: Worksheet, area: Block, bottom: int) -> None:
    for name in PAGE:
        setattr(target.page_setup, name, getattr(source.page_setup, name))
    for name in MARGINS:
        setattr(target.page_margins, name, getattr(source.page_margins, name))
    target.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    target.print_options.horizontalCentered = source.print_options.horizontalCentered
    target.sheet_view.showGridLines = source.sheet_view.showGridLines
    if source.print_title_rows:
        target.print_title_rows = source.print_title_rows
    left, right = get_column_letter(area.left), get_column_letter(area.right)
    target.print_area = f"{left}{area.top}:{right}{bottom}"
