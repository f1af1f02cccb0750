"""What a cell looks like: a named style, and where one cell differs from it.

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


class Look(NamedTuple):
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
    border: Border | None = None


UNCHANGED = Look()
Worn = dict[tuple[tuple[int, ...], Look], Any]
_WORN: WeakKeyDictionary[Workbook, Worn] = WeakKeyDictionary()


def wear(cell: Cell, look: Look) -> None:
    """Give a cell a look."""
    if look == UNCHANGED:
        return
    worn = _WORN.setdefault(cell.parent.parent, {})
    key = tuple(cell._style or ()), look
    if key not in worn:
        _change(cell, look)
        worn[key] = cell._style
    cell._style = copy(worn[key])


def _change(cell: Cell, look: Look) -> None:
    if look.style_name:
        cell.style = look.style_name
    if look.size is not None or look.bold is not None or look.colour is not None:
        cell.font = _font(cell.font, look)
    if look.fill is not None:
        cell.fill = style.solid(look.fill)
    if any(change is not None for change in (look.horizontal, look.vertical, look.indent, look.wrap)):
        alignment = copy(cell.alignment)
        # An indent counts only from a stated side.
        alignment.horizontal = look.horizontal or alignment.horizontal or ("left" if look.indent else None)
        alignment.vertical = look.vertical or alignment.vertical or "center"
        alignment.indent = alignment.indent if look.indent is None else look.indent
        alignment.wrap_text = alignment.wrap_text if look.wrap is None else look.wrap
        cell.alignment = alignment
    if look.number_format is not None:
        cell.number_format = look.number_format
    if look.border is not None:
        cell.border = look.border


def _font(font: Font, look: Look) -> Font:
    """The cell's font with what is given changed."""
    kept = font.color.rgb[-6:] if font.color is not None and isinstance(font.color.rgb, str) else style.INK
    bold = font.bold if look.bold is None else look.bold
    return style.type_face(look.size or font.size, bold, look.colour or kept)
