"""Binds the names of our functions in a workbook that has just been opened. Runs inside LibreOffice only.

Calc compiles the formulas of an .xlsx file before it knows the add-in's names, and leaves #NAME? behind.
"""

from collections.abc import Iterator
from typing import Any

import unohelper
from com.sun.star.task import XJob

from walkaway_xl.functions import CATALOGUE

SCRATCH_NAME = "walkaway_xl_rebinding"


class Rebinding(unohelper.Base, XJob):  # type: ignore[misc]
    """The job that LibreOffice runs when a document has been loaded."""

    def __init__(self, context: Any) -> None:
        pass

    def execute(self, arguments: Any) -> None:
        """Compile again what calls our functions, and leave the document as unmodified as it was."""
        given = {entry.Name: entry.Value for entry in arguments}
        document = {entry.Name: entry.Value for entry in given["Environment"]}["Model"]
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return
        modified = document.isModified()
        document.lockControllers()
        try:
            _rebind_names(document)
            _rebind_cells(document)
            _rebind_conditions(document)
        finally:
            document.unlockControllers()
            document.setModified(modified)


def _calls_us(formula: str) -> bool:
    capitals = formula.upper()
    return any(name in capitals for name in CATALOGUE)


def _rebind_cells(document: Any) -> None:
    """A name that comes and goes makes Calc compile every formula that holds an unknown one."""
    names = document.NamedRanges
    if names.hasByName(SCRATCH_NAME):
        return
    origin = document.Sheets.getByIndex(0).getCellByPosition(0, 0).CellAddress
    names.addNewByName(SCRATCH_NAME, "0", origin, 0)
    names.removeByName(SCRATCH_NAME)


def _rebind_names(document: Any) -> None:
    for holder in (document, *_sheets(document)):
        names = holder.NamedRanges
        for name in names.ElementNames:
            named = names.getByName(name)
            if _calls_us(named.Content):
                named.Content = named.Content


def _rebind_conditions(document: Any) -> None:
    for sheet in _sheets(document):
        for format_ in sheet.ConditionalFormats.getConditionalFormats():
            for index in range(format_.Count):
                entry = format_.getByIndex(index)
                for formula in ("Formula1", "Formula2"):
                    text = getattr(entry, formula, "")
                    if text and _calls_us(text):
                        setattr(entry, formula, text)


def _sheets(document: Any) -> Iterator[Any]:
    return (document.Sheets.getByIndex(index) for index in range(document.Sheets.Count))
