"""A sheet of a workbook as LibreOffice prints it."""

import subprocess
import tempfile
from pathlib import Path

from lxml import etree

from walkaway_xl import files
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import packages
from walkaway_xl.files.packages import SHEET
from walkaway_xl.hosts.libreoffice import calc_installation

PATIENCE = 120  # seconds
PRINT_AREA = "_xlnm.Print_Area"


class PrintingError(WalkawayError):
    """A page that LibreOffice did not print, and what helps."""


def pdf_of(data: bytes, title: str) -> bytes:
    """One sheet of a workbook as PDF.

    Parameters
    ----------
    data : bytes
        The workbook, calculated.
    title : str
        The sheet.

    Raises
    ------
    PrintingError
        LibreOffice did not write a page.
    """
    soffice = calc_installation.program("soffice")
    assert soffice is not None, "ask calc_installation.is_here first"
    with tempfile.TemporaryDirectory(dir=files.scratch_folder()) as name:
        folder = Path(name)
        book = folder / "brief.xlsx"
        book.write_bytes(_alone(data, title))
        # With a profile of its own it neither meets a LibreOffice that is open, nor asks for its settings.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--convert-to", "pdf"]
        try:
            subprocess.run(
                [*command, "--outdir", name, str(book)],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=calc_installation.environment(),
            )
        except (OSError, subprocess.TimeoutExpired):
            raise _failed() from None
        page = book.with_suffix(".pdf")
        if not page.exists():
            raise _failed()
        return page.read_bytes()


def _failed() -> PrintingError:
    return PrintingError(
        phrase("LibreOffice printed no page; write it with --html FILE and print it in a browser")
    )


def _alone(data: bytes, title: str) -> bytes:
    """The workbook with all other sheets hidden and without print areas, which it prints, too."""
    book = packages.opened(data)
    part = book.workbook_part
    root = etree.fromstring(book.parts[part])
    own = ""
    for number, sheet in enumerate(root.iterfind(f"{{{SHEET}}}sheets/{{{SHEET}}}sheet")):
        if sheet.get("name") != title:
            sheet.set("state", "hidden")
            continue
        sheet.attrib.pop("state", None)
        for view in root.iter(f"{{{SHEET}}}workbookView"):
            view.set("activeTab", str(number))
            view.set("firstSheet", str(number))
        own = str(number)
    for name in list(root.iterfind(f"{{{SHEET}}}definedNames/{{{SHEET}}}definedName")):
        if name.get("name") == PRINT_AREA and name.get("localSheetId") != own:
            name.getparent().remove(name)
    return book.with_parts({part: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})
