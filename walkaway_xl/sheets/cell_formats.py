"""How a cell looks: a named style, and where one cell differs from it.

openpyxl looks up every font, fill and alignment of every cell. A workbook has thousands of cells and few
looks, so each is worked out once in a workbook, and the cells that share it get its numbers.
"""

from copy import copy
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Border, Font

from walkaway_xl.sheets import style


class CellFormat(NamedTuple):
    """A named style and changes to it; what is None stays as the cell has it."""

    style_name: str | None = None
    number_format: str | None = None
    size: float | None = None
    bold: bool | None = None
    colour: str | None = None
    fill: str | None = None
    horizontal: str | None = None
    vertical: str | None = None
    indent: int | None = None
    wrap: bool | None = None
    shrink: bool | None = None
    border: Border | None = None


UNCHANGED = CellFormat()
Styles = dict[tuple[tuple[int, ...], CellFormat], Any]
_STYLES: WeakKeyDictionary[Workbook, Styles] = WeakKeyDictionary()


def apply(cell: Cell, cell_format: CellFormat) -> None:
    """Give a cell a format."""
    if cell_format == UNCHANGED:
        return
    styles = _STYLES.setdefault(cell.parent.parent, {})
    key = tuple(cell._style or ()), cell_format
    if key not in styles:
        _change(cell, cell_format)
        styles[key] = cell._style
    cell._style = copy(styles[key])


def _change(cell: Cell, cell_format: CellFormat) -> None:
    if cell_format.style_name:
        cell.style = cell_format.style_name
    if cell_format.size is not None or cell_format.bold is not None or cell_format.colour is not None:
        cell.font = _font(cell.font, cell_format)
    if cell_format.fill is not None:
        cell.fill = style.solid(cell_format.fill)
    if any(
        change is not None
        for change in (
            cell_format.horizontal,
            cell_format.vertical,
            cell_format.indent,
            cell_format.wrap,
            cell_format.shrink,
        )
    ):
        alignment = copy(cell.alignment)
        # An indent counts only from a stated side.
        alignment.horizontal = (
            cell_format.horizontal or alignment.horizontal or ("left" if cell_format.indent else None)
        )
        alignment.vertical = cell_format.vertical or alignment.vertical or "center"
        alignment.indent = alignment.indent if cell_format.indent is None else cell_format.indent
        alignment.wrap_text = alignment.wrap_text if cell_format.wrap is None else cell_format.wrap
        if cell_format.shrink is not None:
            alignment.shrink_to_fit = cell_format.shrink
        cell.alignment = alignment
    if cell_format.number_format is not None:
        cell.number_format = cell_format.number_format
    if cell_format.border is not None:
        cell.border = cell_format.border


def _font(font: Font, cell_format: CellFormat) -> Font:
    """The cell's font with what is given changed."""
    kept = font.color.rgb[-6:] if font.color is not None and isinstance(font.color.rgb, str) else style.INK
    bold = font.bold if cell_format.bold is None else cell_format.bold
    return style.type_face(cell_format.size or font.size, bold, cell_format.colour or kept)
