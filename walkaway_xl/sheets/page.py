"""Printing and protection: who may see a sheet, and how it comes out on paper."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets import style
from walkaway_xl.sheets.cell_writing import said_text

A4 = 9  # the number of the paper size in the file format
# In points: what the margins below leave of a page, a character of a column's width, a row without a height.
PAGE_WIDTH, PAGE_HEIGHT = 784, 515
CHARACTER, DEFAULT_HEIGHT = 5.3, 15
WIDEST = 1.12  # LibreOffice draws columns up to so much wider
SMALLEST_SCALE = 72  # percent; text of 11 points has 8 then
TORN = 0.2  # how bad a page is that begins within a part, if an empty page is 1
HEADING_COLUMN, HEADINGS, APART = 2, ("wx Section", "wx Overline"), 3


class Privacy(Enum):
    """Who may see a sheet: the word in its top bar and the line in its footer."""

    PRIVATE = ("PRIVATE · contains walk-away", "CONFIDENTIAL – contains walk-away")
    INTERNAL = ("INTERNAL · contains cost and floors", "INTERNAL – contains cost and floors")
    SHARE_SAFE = ("SHARE-SAFE", "")
    OPEN = ("", "")

    @property
    def bar(self) -> str:
        """What the top bar of the sheet says."""
        return self.value[0]

    @property
    def footer(self) -> str:
        """What the footer of the printed page says; a page for the other side says nothing."""
        return self.value[1]


def set_up_page(
    sheet: Worksheet,
    area: str,
    privacy: Privacy,
    *,
    title_rows: str | None = None,
    one_page: bool = True,
    portrait: bool = False,
) -> None:
    """A4, one page wide, with a footer that says what the page is and who may see it.

    A sheet of sections that takes several pages is printed as small as is still read with ease, where that
    saves pages.

    Call it last: where pages break depends on the widths, heights and headings of the sheet.
    """
    sheet.sheet_view.showGridLines = False
    _select_below_banner(sheet)
    sheet.print_area = area
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "portrait" if portrait else "landscape", A4
    setup.fitToWidth, setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if title_rows:
        sheet.print_title_rows = title_rows
    elif not one_page:
        setup.scale, breaks = _paged(sheet, area)
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        for row in breaks:
            sheet.row_breaks.append(Break(id=row - 1))
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.45, 0.6
    margins.header = margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    for part, text in (
        # The name of the file may tell the other side what it is not meant to know.
        (footer.left, "" if privacy is Privacy.SHARE_SAFE else "&F  ·  &A"),
        (footer.center, said_text(privacy.footer)),
        # On the one page that they get it would be its number in our workbook.
        (
            footer.right,
            ""
            if privacy is Privacy.SHARE_SAFE and one_page
            else phrase("Page {page} of {pages}", page="&P", pages="&N"),
        ),
    ):
        part.text = text or None
        part.size, part.font, part.color = 8, f"{style.FACE},Regular", style.SLATE


def _select_below_banner(sheet: Worksheet) -> None:
    """Let no frozen cell be the selected one: its frame would lie on the banner."""
    pane = sheet.sheet_view.pane
    if pane is not None:
        selection = next(part for part in sheet.sheet_view.selection if part.pane == pane.activePane)
        selection.activeCell = selection.sqref = pane.topLeftCell


@dataclass(frozen=True)
class _Section:
    """Rows that stay on one page, if they fit on one."""

    first: int
    height: float
    is_part: bool
    """Whether a numbered part of the sheet begins with it, so that a page is best begun there."""


def _paged(sheet: Worksheet, area: str) -> tuple[int, list[int]]:
    """The scale in percent, and the rows to break the printed pages before.

    A section begins with a heading. Of the scales that fit the width and are read with ease it is the largest
    that takes no more pages than the smallest. Widths and heights of the area must be set already.
    """
    left, top, right, bottom = range_boundaries(area)
    letters = [get_column_letter(number) for number in range(left, right + 1)]
    characters = sum(sheet.column_dimensions[letter].width for letter in letters)
    fits = min(100, int(100 * PAGE_WIDTH / (characters * CHARACTER * WIDEST)))
    edges = [top]
    for row in range(top, bottom + 1):
        # A heading right below another one belongs to it.
        if sheet.cell(row, HEADING_COLUMN).style in HEADINGS and row - edges[-1] >= APART:
            edges.append(row)
    sections = [
        _Section(
            first,
            sum(sheet.row_dimensions[row].height or DEFAULT_HEIGHT for row in range(first, end)),
            str(sheet.cell(first, HEADING_COLUMN).value)[:1].isdigit(),
        )
        for first, end in itertools.pairwise([*edges, bottom + 1])
    ]
    scales = range(fits, min(fits, SMALLEST_SCALE) - 1, -1)
    paged = [(scale, _breaks(sections, 100 * PAGE_HEIGHT / scale)) for scale in scales]
    return min(paged, key=lambda one: len(one[1]))  # the first of several, and so the largest


def _breaks(sections: Sequence[_Section], page: float) -> list[int]:
    """Where pages of that height begin: as few as can be, evenly filled, and rather with a numbered part."""
    # Of the sections before each: pages, what is wrong with them, and the rows where they begin.
    best: list[tuple[int, float, list[int]]] = [(0, 0.0, [])]
    for end in range(1, len(sections) + 1):
        ways = []
        for begin in range(end):
            height = sum(section.height for section in sections[begin:end])
            if height <= page or end - begin == 1:
                pages, faults, starts = best[begin]
                taken, opening = max(1, math.ceil(height / page)), sections[begin]
                faults += (taken - height / page) ** 2 + TORN * (not opening.is_part)
                ways.append((pages + taken, faults, [*starts, opening.first]))
        best.append(min(ways))
    return best[-1][-1][1:]


def protect(sheet: Worksheet) -> None:
    """Lock the formulas without a password: it guards against slips, it keeps no secrets."""
    protection = sheet.protection
    protection.sheet = True
    # False means allowed: people may still widen columns, sort and filter.
    protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.sort = False
