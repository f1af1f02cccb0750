"""The brief of a filled-in workbook as a page for a browser, which prints it on one sheet of paper."""

import contextlib
import html
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets import style
from walkaway_xl.workbooks.named_cells import Block, UnreadableNameError, blocks
from walkaway_xl.workbooks.sections import brief

PAGE_WIDTH, PAGE_HEIGHT = 190, 760  # of A4 between its margins: millimetres, and points
LARGEST = 2000  # cells; a brief has a third of them
COLOURED = 6  # digits of a colour, behind those of its opacity
STYLES = f"""
@page {{ size: A4 portrait; margin: 10mm; }}
body {{ margin: 0 auto; width: {PAGE_WIDTH}mm; font-family: Calibri, Carlito, sans-serif; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
td {{ padding: 0 1mm; overflow: hidden; line-height: 1.15; }}
* {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
"""


DEFAULT_HEIGHT = 15  # points
STRIP_HEIGHT = 92  # pixels


class BriefError(WalkawayError):
    """A workbook without a brief, and what helps."""


def area_of(values: Workbook) -> Block:
    """Where the brief of a workbook stands.

    Raises
    ------
    BriefError
        It has none.
    """
    name = values.defined_names.get("wx_brief")
    with contextlib.suppress(UnreadableNameError):
        if name is not None and (area := blocks(values, name)[0]).size <= LARGEST:
            return area
    raise BriefError(
        phrase("this workbook has no brief; walkaway-xl review without --pdf and --html reads what it has")
    )


def page_html(values: Workbook) -> str:
    """The brief as HTML.

    Parameters
    ----------
    values : Workbook
        The workbook, read with its values.
    """
    area = area_of(values)
    sheet = values[area.sheet]
    letters = [get_column_letter(column) for column in range(area.left, area.right + 1)]
    across = [sheet.column_dimensions[letter].width for letter in letters]
    columns = "".join(f'<col style="width:{100 * width / sum(across):.2f}%">' for width in across)
    rows = "".join(_rows(values, sheet, area))
    title = html.escape(_text(sheet.cell(area.top, area.left + 1)))
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>{STYLES}</style>'
        f"</head>\n<body><table><colgroup>{columns}</colgroup>\n{rows}</table></body></html>\n"
    )


def _rows(values: Workbook, sheet: Worksheet, area: Block) -> Iterator[str]:
    spans = {merged.min_row * 1000 + merged.min_col: merged for merged in sheet.merged_cells.ranges}
    rows = range(area.top, area.bottom + 1)
    heights = {row: sheet.row_dimensions[row].height or DEFAULT_HEIGHT for row in rows}
    scale = min(1.0, PAGE_HEIGHT / sum(heights.values()))
    for row in rows:
        if row == brief.STRIP:
            yield f'<tr><td colspan="{area.right - area.left + 1}">{_strip(values, sheet)}</td></tr>\n'
            continue
        cells, column = "", area.left
        while column <= area.right:
            cell = sheet.cell(row, column)
            merged = spans.get(row * 1000 + column)
            wide = merged.size["columns"] if merged else 1 + _room(sheet, cell, area.right)
            cells += f'<td colspan="{wide}" style="{_look(cell, scale)}">{html.escape(_text(cell))}</td>'
            column += wide
        yield f'<tr style="height:{heights[row] * scale:.1f}pt">{cells}</tr>\n'


def _room(sheet: Worksheet, cell: Cell, right: int) -> int:
    """How many blank cells of the same colour a text may run over."""
    count = 0
    if cell.alignment.horizontal == "right":
        return count
    while _text(cell) and cell.column + count < right:
        beside = sheet.cell(cell.row, cell.column + count + 1)
        if beside.value not in (None, "") or beside.fill.fgColor.rgb != cell.fill.fgColor.rgb:
            break
        count += 1
    return count


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def _look(cell: Cell, scale: float) -> str:
    font, alignment = cell.font, cell.alignment
    colour = font.color.rgb if font.color is not None and isinstance(font.color.rgb, str) else style.INK
    looks = [
        f"font-size:{font.sz * scale:.1f}pt",
        f"color:#{colour[-COLOURED:]}",
        f"text-align:{alignment.horizontal if alignment.horizontal in ('right', 'center') else 'left'}",
        f"vertical-align:{'middle' if alignment.vertical == 'center' else alignment.vertical or 'bottom'}",
    ]
    looks += ["font-weight:bold"] if font.b else []
    looks += ["font-style:italic"] if font.i else []
    if cell.fill.fill_type == "solid":
        looks.append(f"background:#{cell.fill.fgColor.rgb[-COLOURED:]}")
    if cell.border.bottom is not None and cell.border.bottom.style:
        line = cell.border.bottom.color
        shade = line.rgb[-COLOURED:] if line is not None and isinstance(line.rgb, str) else style.LINE
        looks.append(f"border-bottom:0.5pt solid #{shade}")
    return ";".join(looks)


# ---------------------------------------------------------------- the strip


class _Mark(NamedTuple):
    """Something on the strip: where, in which colour, and the words that the page has for it."""

    value: float | None
    colour: str
    words: str
    is_above: bool
    is_hope: bool


def _strip(values: Workbook, sheet: Worksheet) -> str:
    """The zones with the marks of both sides, as the chart of the sheet shows them."""
    walkaway, want, offer, ours, buffer = (
        _number(values, name)
        for name in ("wx_walkaway", "wx_target", "wx_offer", "wx_our_offer", "wx_buffer")
    )
    if walkaway is None:
        return ""
    rises = _value(values, "wx_side") != "buyer"
    if want is not None and (want <= walkaway if rises else want >= walkaway):
        want = None
    given = [value for value in (walkaway, want, offer, ours) if value is not None]
    low, high = min(given), max(given)
    edge, span = brief.STRIP_EDGE, (high - low) or 1.0

    def place(value: float) -> float:
        return 100 * (edge + (1 - 2 * edge) * (value - low) / span)

    best, worst = (100.0, 0.0) if rises else (0.0, 100.0)
    near = place(walkaway + (buffer or 0) * (1 if rises else -1))
    hope = best if want is None else place(want)
    ends = (worst, place(walkaway), near, hope, best)
    inks = (style.INK, style.INK, style.ON_GOOD, style.WHITE)
    words = (phrase("✖  leave"), "", phrase("●  good enough"), phrase("★  what you hope for"))
    drawn = ""
    for (start, end), fill, ink, word in zip(itertools.pairwise(ends), style.ZONES, inks, words, strict=True):
        left, wide = min(start, end), abs(end - start)
        drawn += f'<rect x="{left:.2f}%" y="36" width="{wide:.2f}%" height="20" fill="#{fill}"/>'
        if wide > len(word) + 1:
            drawn += _said(left + wide / 2, 50, word, ink, "middle")
    number, caption = brief.NUMBERS + 1, brief.NUMBERS + 2
    for mark in (
        _Mark(offer, style.INK, _joined(sheet, f"J{brief.NUMBERS}", f"J{number}"), True, False),
        _Mark(ours, style.ACCENT, _joined(sheet, f"J{caption}"), True, True),
        _Mark(walkaway, style.NEGATIVE_TEXT, _joined(sheet, f"C{brief.NUMBERS}", f"C{number}"), False, False),
        _Mark(want, style.ZONES[-1], _joined(sheet, f"E{brief.NUMBERS}", f"E{number}"), False, True),
    ):
        if mark.value is not None:
            drawn += _drawn(mark, place(mark.value), "start" if mark.is_hope == rises else "end")
    return f'<svg width="100%" height="{STRIP_HEIGHT}" role="img">{drawn}</svg>'


def _drawn(mark: _Mark, x: float, anchor: str) -> str:
    y, tip = (14, 36) if mark.is_above else (78, 56)
    shift = 1.5 if anchor == "start" else -1.5
    return (
        f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{y}" y2="{tip}" stroke="#{mark.colour}"/>'
        f'<circle cx="{x:.2f}%" cy="{y}" r="5" fill="#{mark.colour}"/>'
        + _said(x + shift, y + 4, mark.words, mark.colour, anchor)
    )


def _said(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    look = f'font-size="12" font-weight="bold" fill="#{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:.2f}%" y="{y}" {look}>{html.escape(words)}</text>'


def _joined(sheet: Worksheet, *cells: str) -> str:
    return "  ".join(_text(sheet[cell]) for cell in cells)


def _value(values: Workbook, name: str) -> object:
    defined = values.defined_names.get(name)
    with contextlib.suppress(UnreadableNameError):
        if defined is not None:
            spot = blocks(values, defined)[0].first
            return values[spot.sheet].cell(spot.row, spot.column).value
    return None


def _number(values: Workbook, name: str) -> float | None:
    value = _value(values, name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
