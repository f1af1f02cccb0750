"""Printing and protection: who may see a sheet, and how it comes out on paper."""

from collections.abc import Iterable
from enum import Enum

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks import style

A4 = 9  # the number of the paper size in the file format


class Privacy(Enum):
    """Who may see a sheet: the word in its top bar and the line in its footer."""

    PRIVATE = ("PRIVATE · contains walk-away", "CONFIDENTIAL – contains walk-away")
    INTERNAL = ("INTERNAL · contains cost and floors", "INTERNAL – contains cost and floors")
    SHARE_SAFE = ("SHARE-SAFE", "Share-safe")
    OPEN = ("", "")

    @property
    def bar(self) -> str:
        """What the top bar of the sheet says."""
        return self.value[0]

    @property
    def footer(self) -> str:
        """What the footer of the printed page says."""
        return self.value[1]


def set_up_page(
    sheet: Worksheet,
    area: str,
    privacy: Privacy,
    *,
    title_rows: str | None = None,
    one_page: bool = True,
    breaks_before: Iterable[int] = (),
) -> None:
    """Landscape A4, one page wide, with a footer that says what the page is and who may see it."""
    sheet.sheet_view.showGridLines = False
    sheet.print_area = area
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", A4
    setup.fitToWidth, setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if title_rows:
        sheet.print_title_rows = title_rows
    for row in breaks_before:
        sheet.row_breaks.append(Break(id=row - 1))
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.45, 0.6
    margins.header = margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    for part, text in (
        (footer.left, "&F  ·  &A"),
        (footer.center, privacy.footer),
        (footer.right, "Page &P of &N"),
    ):
        part.text = text
        part.size, part.font, part.color = 8, f"{style.FACE},Regular", style.SLATE


def protect(sheet: Worksheet) -> None:
    """Lock the formulas without a password: it guards against slips, it keeps no secrets."""
    protection = sheet.protection
    protection.sheet = True
    # False means allowed: people may still widen columns, sort and filter.
    protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.sort = False
