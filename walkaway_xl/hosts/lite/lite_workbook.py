"""Workbooks that carry the worksheet functions with them, for xlwings Lite.

Lite runs the code that a workbook holds. Its functions are Office.js functions, which a file spells with a
prefix and marks as formulas that may spill; so a workbook is made either for Lite or for the other programs.
"""

import json
import re
import uuid
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook

from walkaway_xl.files import packages
from walkaway_xl.files.packages import CONTENT_TYPES, ROOT_RELATIONS
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import dynamic_calls
from walkaway_xl.hosts.lite import lite_code

PREFIX = "_xldudf_"  # what a file writes before the name of an Office.js function
OURS = re.compile(rf"(?<![\w.])({'|'.join(CATALOGUE)})(?=\()")

# How Lite's own workbooks look inside; the add-in brings both versions up to date when it saves.
STORE_IDENTIFIER = "wa200008175"
PYODIDE, ADDIN = "0.27.7", "1.0.0.0-35"
FOLDER = "xl/webextensions"
OFFICE = "http://schemas.microsoft.com/office"
RELATION = f"{OFFICE}/2011/relationships"
CONTENT = "application/vnd.ms-office"
EXTENSION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<we:webextension xmlns:we="{OFFICE}/webextensions/webextension/2010/11" id="{{{{{{identifier}}}}}}">'
    f'<we:reference id="{STORE_IDENTIFIER}" version="1.0.0.0" store="en-US" storeType="OMEX"/>'
    "<we:alternateReferences/><we:properties>{properties}</we:properties><we:bindings/></we:webextension>"
)
TASK_PANES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<wetp:taskpanes xmlns:wetp="{OFFICE}/webextensions/taskpanes/2010/11">'
    '<wetp:taskpane dockstate="right" visibility="1" width="350" row="1"><wetp:webextensionref '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    "</wetp:taskpane></wetp:taskpanes>"
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/webextension" Target="webextension1.xml"/></Relationships>'
)


def respell(workbook: Workbook) -> None:
    """Call our functions in the formulas of a workbook as Lite's are called."""
    dynamic_calls.as_arrays(
        workbook, lambda text: OURS.sub(rf"{PREFIX}\1", text) if OURS.search(text) else ""
    )


def with_functions(data: bytes) -> bytes:
    """A finished workbook with the code that its formulas call."""
    return _with_code(dynamic_calls.marked(data, PREFIX))


def _with_code(data: bytes) -> bytes:
    """The workbook with the parts that Lite reads its code from."""
    book = packages.opened(data)
    code = lite_code.files()
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, code["main.py"]))
    settings = {
        **code,
        "pyodideVersion": PYODIDE,
        "addinVersion": ADDIN,
        "xlwingsWorkbookId": identifier,
        "xlwingsSettingsWorkbook": {"startupBehavior": "taskpane"},
    }
    properties = "".join(
        f"<we:property name={quoteattr(name)} value={quoteattr(json.dumps(value))}/>"
        for name, value in settings.items()
    )
    panes = f"{FOLDER}/taskpanes.xml"
    extension = f"{FOLDER}/webextension1.xml"
    contents = book.parts[CONTENT_TYPES]
    for part, kind in ((panes, "webextensiontaskpanes"), (extension, "webextension")):
        contents = packages.with_content_type(contents, part, f"{CONTENT}.{kind}+xml")
    relations = packages.with_relation(
        book.parts[ROOT_RELATIONS], "rIdPanes", f"{RELATION}/webextensiontaskpanes", panes
    )
    return book.with_parts(
        {
            ROOT_RELATIONS: relations,
            CONTENT_TYPES: contents,
            panes: TASK_PANES.encode(),
            f"{FOLDER}/_rels/taskpanes.xml.rels": RELATIONS.encode(),
            extension: EXTENSION.format(identifier=identifier.upper(), properties=properties).encode(),
        }
    )
