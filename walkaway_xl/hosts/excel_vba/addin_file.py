"""Assembles walkaway_xl.xlam from the VBA, the ribbon and the settings; the same bytes each time."""

import sys
import tempfile
from collections.abc import Iterable, Mapping
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from walkaway_xl import __version__, files
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import packages
from walkaway_xl.files.packages import CONTENT_TYPES, RELATIONSHIP, RELATIONSHIPS, ROOT_RELATIONS, SHEET
from walkaway_xl.files.zips import DAMAGED, archive_of, names_of, parts_of
from walkaway_xl.hosts.contract import Offered
from walkaway_xl.hosts.excel_vba import typing_help
from walkaway_xl.hosts.excel_vba.host import FILE
from walkaway_xl.hosts.excel_vba.modules import (
    FOLDER,
    INTERPRETER,
    SETTINGS,
    VERSION,
    XLWINGS,
    modules,
    opening,
)
from walkaway_xl.hosts.excel_vba.ribbon_xml import ribbon
from walkaway_xl.hosts.excel_vba.vba_project import as_specified, with_document

PROJECT = "xl/vbaProject.bin"
RELATIONS = "xl/_rels/workbook.xml.rels"
HELP, HELP_PART = "help", "xl/worksheets/sheet2.xml"
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
EXTENSIBILITY = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
PROPERTIES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Walkaway</dc:title><dc:creator>walkaway_xl</dc:creator>
<dc:description>Walk-away points, BATNAs and discount floors as worksheet functions. Version {__version__}.\
</dc:description></cp:coreProperties>
"""


# Parts without which Excel opens no add-in, whatever it saved.
WITHOUT_FAIL = {CONTENT_TYPES, ROOT_RELATIONS, RELATIONS, "xl/workbook.xml"}


class AssemblyError(WalkawayError):
    """The add-in cannot be assembled here, and what helps."""


class Python(NamedTuple):
    """What the add-in starts: an interpreter, and the folder that holds xlwings' libraries for Excel."""

    interpreter: str
    folder: str


class Installed(NamedTuple):
    """What an add-in file was assembled for."""

    python: Python
    version: str
    xlwings: str  # whose library the VBA names; each version of it has a name of its own


class Header(Enum):
    """How the VBA project says of what version it is: two schools, of which no Excel has tried either."""

    SPECIFIED = "0xFFFF, and no cache"
    OF_THE_LIBRARY = "the version of the Excel that made the blank file, and zeros for a cache"


NOBODY = Python("", "")  # for an add-in that is assembled on another machine than it will run on


def addin(choices: Iterable[Offered], python: Python = NOBODY, header: Header = Header.SPECIFIED) -> bytes:
    """The add-in file.

    Parameters
    ----------
    choices : iterable of Offered
        The kinds of workbook that the ribbon offers.
    python : Python
        The Python of the machine where the add-in will run.
    header : Header
        How the VBA project is written.

    Raises
    ------
    AssemblyError
        If pyOpenVBA, which writes VBA projects, is not installed.
    """
    xlwings = version("xlwings")
    parts = dict(_blank_with(modules(xlwings)))
    parts[PROJECT] = with_document(parts[PROJECT], typing_help.CODE_NAME)
    if header is Header.SPECIFIED:
        parts[PROJECT] = as_specified(parts[PROJECT])
    parts["xl/workbook.xml"] = _named(parts["xl/workbook.xml"])
    parts["docProps/app.xml"] = _titled(parts["docProps/app.xml"])
    parts["docProps/core.xml"] = PROPERTIES.encode()
    settings = {INTERPRETER: python.interpreter, FOLDER: python.folder} | {
        VERSION: __version__,
        XLWINGS: xlwings,
    }
    parts["xl/worksheets/sheet1.xml"] = _filled(parts["xl/worksheets/sheet1.xml"], settings)
    parts[HELP_PART] = typing_help.sheet()
    parts[CONTENT_TYPES] = packages.with_content_type(parts[CONTENT_TYPES], HELP_PART, WORKSHEET_TYPE)
    parts[RELATIONS] = packages.with_relation(
        parts[RELATIONS], HELP, f"{RELATIONSHIP}{packages.WORKSHEET}", HELP_PART.removeprefix("xl/")
    )
    parts[ROOT_RELATIONS] = _with_ribbon(parts[ROOT_RELATIONS])
    parts["customUI/customUI14.xml"] = ribbon(choices)
    return archive_of(parts)


def installed(file: Path) -> Installed | None:
    """What an add-in file says of itself, also after Excel has saved it; None if it is not, or not whole."""
    from pyopenvba import ExcelFile
    from pyopenvba.apps.excel import ExcelApplication
    from pyopenvba.exceptions import PyOpenVBAError

    try:
        with ExcelFile(file) as book:
            held = {module.name for module in book.vba_project().modules} | set(names_of(file))
        if not held.issuperset(modules("")) or not held.issuperset(WITHOUT_FAIL):
            return None
        sheet = ExcelApplication.open(file, with_vba=False).sheet(SETTINGS)
        cells = (INTERPRETER, FOLDER, VERSION, XLWINGS)
        interpreter, folder, *versions = (str(sheet.value(cell)) for cell in cells)
    except (*DAMAGED, LookupError, PyOpenVBAError, ValueError):
        return None
    return Installed(Python(interpreter, folder), *versions)


def _blank_with(sources: Mapping[str, str]) -> Mapping[str, bytes]:
    """The parts of a blank add-in, as Excel itself once saved it, with these modules in it."""
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError:
        raise AssemblyError(
            phrase(
                (
                    'the add-in\'s VBA is written with pyOpenVBA; run "{executable}" -P -m '
                    "pip install pyopenvba"
                ),
                executable=sys.executable,
            )
        ) from None
    with tempfile.TemporaryDirectory(dir=files.scratch_folder()) as folder:
        path = Path(folder) / FILE
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name, source in sources.items():
                project.add_module(name, source)
            sheet = project.get_module("Sheet1").source
            project.add_module(
                typing_help.CODE_NAME,
                sheet.replace('"Sheet1"', f'"{typing_help.CODE_NAME}"'),
                kind=VBAModuleKind.other,
            )
            workbook = project.get_module("ThisWorkbook")
            workbook.source += opening()
            workbook.dirty = True
            book.save()
        return parts_of(path.read_bytes())


def _named(workbook: bytes) -> bytes:
    """The workbook with the names of its sheets; the help is the last one, where it is looked for."""
    root = etree.fromstring(workbook)
    sheets = root.find(f"{{{SHEET}}}sheets")
    sheets[0].set("name", SETTINGS)
    listed = {"name": typing_help.TITLE, "sheetId": "2", "state": typing_help.VERY_HIDDEN}
    etree.SubElement(sheets, f"{{{SHEET}}}sheet", {**listed, f"{{{RELATIONSHIP}}}id": HELP})
    return _xml(root)


def _titled(properties: bytes) -> bytes:
    """The properties with the names of both sheets."""
    title = b"<vt:lpstr>%b</vt:lpstr>"
    return (
        properties.replace(b"<vt:i4>1<", b"<vt:i4>2<")
        .replace(b'size="1"', b'size="2"')
        .replace(title % b"Sheet1", title % SETTINGS.encode() + title % typing_help.TITLE.encode())
    )


def _filled(sheet: bytes, settings: Mapping[str, str]) -> bytes:
    """The sheet with the settings as texts."""
    root = etree.fromstring(sheet)
    data = root.find(f"{{{SHEET}}}sheetData")
    for (cell, value), name in zip(
        settings.items(), ("interpreter", "folder", "version", "xlwings"), strict=True
    ):
        row = etree.SubElement(data, f"{{{SHEET}}}row", r=cell[1:])
        for place, text in ((f"A{cell[1:]}", name), (cell, value)):
            holder = etree.SubElement(row, f"{{{SHEET}}}c", r=place, t="inlineStr")
            etree.SubElement(etree.SubElement(holder, f"{{{SHEET}}}is"), f"{{{SHEET}}}t").text = text
    root.find(f"{{{SHEET}}}dimension").set("ref", f"A1:{list(settings)[-1]}")
    return _xml(root)


def _with_ribbon(relationships: bytes) -> bytes:
    root = etree.fromstring(relationships)
    etree.SubElement(
        root,
        f"{{{RELATIONSHIPS}}}Relationship",
        Id="ribbon",
        Type=EXTENSIBILITY,
        Target="customUI/customUI14.xml",
    )
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    part: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part
