"""The help while a formula is typed: a sheet that the free add-in Excel-DNA IntelliSense reads, where it is.

Excel itself shows help while typing for its own functions only. That add-in looks in each open add-in for a
last sheet of this name: FunctionInfo in its first cell, then a row for each function with its name, what it
does, a help topic, and the name and help of each argument.
"""

from collections.abc import Iterator

from lxml import etree
from openpyxl.utils import get_column_letter

from walkaway_xl.files.packages import SHEET
from walkaway_xl.functions import CATALOGUE

TITLE = "_IntelliSense_"
HEAD = ("FunctionInfo", "Description", "HelpTopic")
CODE_NAME = "Sheet2"  # of its module in the VBA project, where every sheet has one
VERY_HIDDEN = "veryHidden"  # Excel's menus do not show it; code reads it


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the sheet."""
    yield HEAD
    for function in CATALOGUE.values():
        arguments = (
            text
            for argument in function.arguments
            for text in (argument.name if argument.required else f"[{argument.name}]", argument.help)
        )
        yield (function.name, *(text.replace("`", "") for text in (function.summary, "", *arguments)))


def sheet() -> bytes:
    """The sheet as a part."""
    root = etree.Element(f"{{{SHEET}}}worksheet", nsmap={None: SHEET})
    etree.SubElement(root, f"{{{SHEET}}}sheetPr", codeName=CODE_NAME)
    data = etree.SubElement(root, f"{{{SHEET}}}sheetData")
    for number, texts in enumerate(rows(), 1):
        row = etree.SubElement(data, f"{{{SHEET}}}row", r=str(number))
        for column, text in enumerate(texts, 1):
            if text:
                place = f"{get_column_letter(column)}{number}"
                cell = etree.SubElement(row, f"{{{SHEET}}}c", r=place, t="inlineStr")
                etree.SubElement(etree.SubElement(cell, f"{{{SHEET}}}is"), f"{{{SHEET}}}t").text = text
    part: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part
