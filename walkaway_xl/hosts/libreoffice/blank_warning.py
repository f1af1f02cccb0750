"""Says above a workbook which formulas ask about an empty cell. Runs inside LibreOffice only.

Calc hands over a single empty cell as 0 (`lone_cells` says what was tried). A bar above the sheet says so
when a workbook is shown; nothing is written into the document.
"""

from collections.abc import Iterator
from typing import Any

import unohelper
from com.sun.star.frame.InfobarType import WARNING
from com.sun.star.sheet.CellFlags import FORMULA
from com.sun.star.table.CellContentType import EMPTY
from com.sun.star.task import XJob

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.libreoffice.calc_language import speak_as_calc
from walkaway_xl.hosts.libreoffice.interface import BLANK_WARNING
from walkaway_xl.hosts.libreoffice.lone_cells import LoneCell, lone_cells

MOST_SHOWN = 5


class BlankWarning(unohelper.Base, XJob):  # type: ignore[misc]
    """The job that LibreOffice runs when a document is shown."""

    def __init__(self, context: Any) -> None:
        speak_as_calc(context)

    def execute(self, arguments: Any) -> None:
        """Show the bar, if a formula asks about an empty cell."""
        given = {entry.Name: entry.Value for entry in arguments}
        document = {entry.Name: entry.Value for entry in given["Environment"]}["Model"]
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return
        places = [place for sheet in _sheets(document) for place in _asking_about_nothing(document, sheet)]
        if places and document.CurrentController is not None:
            shown, more = ", ".join(places[:MOST_SHOWN]), len(places) - MOST_SHOWN
            if more > 0:
                shown = phrase("{cells} and {count} more", cells=shown, count=f"{more:,}")
            document.CurrentController.appendInfobar(
                BLANK_WARNING,
                phrase("Walkaway: an empty cell alone counts as 0 here, not as blank."),
                phrase("{cells}: fill in what they ask about, or write A1:A1 in place of A1.", cells=shown),
                WARNING,
                (),
                True,
            )


def _asking_about_nothing(document: Any, sheet: Any) -> Iterator[str]:
    """The cells of a sheet whose formula hands an empty cell to one of our functions."""
    for area in sheet.queryContentCells(FORMULA).RangeAddresses:
        cells = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
        for row, formulas in enumerate(cells.FormulaArray):
            for column, formula in enumerate(formulas):
                if any(_is_empty(document, sheet, place) for place in lone_cells(formula)):
                    yield cells.getCellByPosition(column, row).AbsoluteName.replace("$", "")


def _is_empty(document: Any, sheet: Any, place: LoneCell) -> bool:
    if place.sheet is not None:
        if not document.Sheets.hasByName(place.sheet):
            return False
        sheet = document.Sheets.getByName(place.sheet)
    return bool(sheet.getCellRangeByName(place.cell).Type == EMPTY)


def _sheets(document: Any) -> Iterator[Any]:
    return (document.Sheets.getByIndex(index) for index in range(document.Sheets.Count))
