"""A workbook for xlwings' own add-in, whose button Import Functions writes the functions into it.

It is the workbook that xlwings itself begins projects with, so that its reference to xlwings' add-in is that
of the installed version; the sheet xlwings.conf says which Python has the functions, and in which module.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files.packages import SHEET, WorkbookError
from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.hosts.contract import ANSWER, QUESTION
from walkaway_xl.hosts.excel_vba.modules import CALLED
from walkaway_xl.pip_commands import reinstall

NAME, FILE = "udf_book", "walkaway_udf.xlsm"
BEGINNING = "quickstart.xlsm"  # in the package of xlwings
WORKBOOK, FIRST, SETTINGS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
SWITCHED_OFF, SWITCHED_ON = "_xlwings.conf", "xlwings.conf"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def udf_book() -> bytes:
    """The workbook, for this Python.

    Raises
    ------
    WorkbookError
        xlwings is not here, or begins its projects otherwise than it did.
    """
    package = find_spec("xlwings")
    path = Path(package.origin or "").with_name(BEGINNING) if package else Path(BEGINNING)
    if not path.is_file():
        raise WorkbookError(
            phrase(
                "this Python has no {file} of xlwings; run {command}",
                file=BEGINNING,
                command=reinstall("xlwings"),
            )
        )
    parts = parts_of(path.read_bytes())
    root = etree.fromstring(parts[WORKBOOK])
    (settings,) = (sheet for sheet in root.iter(f"{{{SHEET}}}sheet") if sheet.get("name") == SWITCHED_OFF)
    settings.set("name", SWITCHED_ON)
    for choice in root.findall(f"{{{MARKUP}}}AlternateContent"):
        root.remove(choice)  # a folder of the machine where xlwings was made
    parts[WORKBOOK] = _xml(root)
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(SWITCHED_OFF.encode(), SWITCHED_ON.encode())
    parts[SETTINGS] = _filled(
        parts[SETTINGS],
        [("Interpreter_Win", _interpreter()), ("UDF Modules", CALLED), ("Show Console", "False")],
    )
    parts[FIRST] = _filled(parts[FIRST], [(line,) for line in _lines()])
    return archive_of(parts)


def _interpreter() -> str:
    return sys.executable if sys.platform == "win32" else "python"


def _lines() -> list[str]:
    return [
        phrase("The functions of walkaway_xl through xlwings' own add-in"),
        phrase("1. Install that add-in once: xlwings addin install, and restart Excel."),
        phrase(
            "2. Trust access to the VBA project: File > Options > Trust Center > Trust Center Settings > "
            "Macro Settings."
        ),
        phrase("3. On the tab xlwings, press Import Functions."),
        phrase("4. Type {question} into a cell. It shows {answer}.", question=QUESTION, answer=ANSWER),
        phrase(
            "An error is a text here, as #N/A, which IFERROR does not catch; the add-in that walkaway-xl "
            "install excel writes hands over true errors."
        ),
    ]


def _filled(sheet: bytes, rows: list[tuple[str, ...]]) -> bytes:
    """A sheet with other cells: texts, row by row."""
    root = etree.fromstring(sheet)
    data = root.find(f"{{{SHEET}}}sheetData")
    for row in list(data):
        data.remove(row)
    for number, texts in enumerate(rows, 1):
        row = etree.SubElement(data, f"{{{SHEET}}}row", r=str(number))
        for column, text in zip("AB", texts, strict=False):
            cell = etree.SubElement(row, f"{{{SHEET}}}c", r=f"{column}{number}", t="inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{{{SHEET}}}is"), f"{{{SHEET}}}t").text = text
    dimension = root.find(f"{{{SHEET}}}dimension")
    if dimension is not None:
        dimension.set("ref", f"A1:{'AB'[max(map(len, rows)) - 1]}{len(rows)}")
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    part: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part
