"""Where printed pages break, on sheets made of sections of known heights."""

from collections.abc import Sequence

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import style
from walkaway_xl.sheets.page import PAGE_HEIGHT, Privacy, set_up_page

WIDTH = 150  # characters: with LibreOffice's wider columns 88 % fit on a page
ROWS = 4  # of a section


def printed(heights: Sequence[float], parts: Sequence[int] = ()) -> Worksheet:
    """A sheet of sections so high, in points; those of `parts` begin with a number."""
    book = Workbook()
    style.dress(book)
    sheet = book.active
    sheet.column_dimensions["A"].width = WIDTH
    for number, height in enumerate(heights):
        first = 1 + number * ROWS
        sheet.cell(first, 2, f"{number}   A part" if number in parts else "A section").style = "wx Section"
        for row in range(first, first + ROWS):
            sheet.row_dimensions[row].height = height / ROWS
    set_up_page(sheet, f"A1:A{ROWS * len(heights)}", Privacy.PRIVATE, one_page=False)
    return sheet


def begins(sheet: Worksheet) -> list[int]:
    """The sections that pages begin with, after the first page."""
    return [broken.id // ROWS for broken in sheet.row_breaks.brk]


@pytest.mark.parametrize(
    ("heights", "parts", "expected"),
    [
        ((200, 200), (), []),
        ((300, 300, 300, 300), (), [2]),
        ((100, 100, 500, 400), (), [3]),
        ((150, 150, 150, 150, 150, 150), (), [3]),  # half on each, not as much as fits on the first
        ((150, 150, 150, 150, 150), (2,), [2]),
        ((150, 150, 150, 150, 150), (3,), [3]),
    ],
)
def test_pages_are_few_and_evenly_filled(
    heights: Sequence[float], parts: Sequence[int], expected: Sequence[int]
) -> None:
    assert expected == begins(printed(heights, parts))


def test_a_sheet_is_printed_smaller_only_where_that_saves_a_page() -> None:
    roomy, tight = printed((300, 200)), printed((400, 300))
    assert 88 == roomy.page_setup.scale
    assert [] == begins(tight)
    assert 72 <= tight.page_setup.scale < 88
    assert 700 * tight.page_setup.scale / 100 <= PAGE_HEIGHT
    assert not tight.sheet_properties.pageSetUpPr.fitToPage
