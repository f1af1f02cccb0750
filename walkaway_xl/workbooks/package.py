"""From a draft to the bytes of a finished .xlsx: what openpyxl leaves out, added to its parts.

The library's classes stay as they are; only the parts of the saved file are edited. The result depends on
nothing but the draft: no clock, no random number, no order of a set.
"""

import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.utils import get_column_letter

from walkaway_xl.files import memory_writer, packages
from walkaway_xl.files.packages import CONTENT_TYPES, SHEET
from walkaway_xl.files.zips import archive_of
from walkaway_xl.sheets import filled_down, style
from walkaway_xl.sheets.draft import ChartNote, DataBar, Draft
from walkaway_xl.sheets.ref import Ref

Parts = dict[str, bytes]


class Shown(NamedTuple):
    """What a cell shows, as the file spells it."""

    text: str
    is_number: bool


Cells = dict[str, Any]  # elements of a sheet's part, by their addresses

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"

# The identifiers under which the file format keeps the two halves of a data bar of 2010.
RULE_EXTENSION = "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"
SHEET_EXTENSION = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
# The order that the schema asks for; openpyxl writes another.
FONT_ORDER = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)
COMPRESSION = 8  # 9 takes twice as long for a hundredth


def finished(draft: Draft, calculate: Callable[[bytes], bytes]) -> bytes:
    """Bytes of the finished workbook, with stored values in its cells and charts.

    Parameters
    ----------
    draft
        The workbook as the template built it.
    calculate
        Takes a workbook and gives it back with calculated values. Without stored values Protected View,
        previews and phones show blank cells.
    """
    book = packages.opened(calculate(memory_writer.saved(draft.workbook, compress=False)))
    parts = dict(book.parts)
    sheets = {sheet.title: (sheet.part, etree.fromstring(parts[sheet.part])) for sheet in book.sheets}
    _complete_charts(parts, {title: root for title, (_, root) in sheets.items()})
    for title, (name, root) in sheets.items():
        _complete_sheet(parts, draft, title, name, root)
    _order_fonts(parts)
    return _zipped(parts)


def _zipped(parts: Parts) -> bytes:
    """The package with its parts in a fixed order."""
    # Readers that look at the first bytes only expect the content types at the front.
    names = sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))
    return archive_of({name: parts[name] for name in names}, COMPRESSION)


def _written(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


# ---------------------------------------------------------------- sheets: texts of charts, data bars, size


def _complete_sheet(parts: Parts, draft: Draft, title: str, name: str, root: Any) -> None:
    notes = draft.chart_notes.get(title)
    if notes:
        drawing = packages.related(parts, name, "/drawing")
        assert drawing is not None, f"{title} has notes for charts, and no chart"
        parts[drawing] = _drawing_with_notes(parts[drawing], notes)
    filled_down.share_formulas(root)
    bars = draft.data_bars.get(title)
    if bars:
        _add_bars(root, title, bars)
    parts[name] = _written(root)


def _drawing_with_notes(data: bytes, notes: list[ChartNote]) -> bytes:
    root = etree.fromstring(data)
    frames = root.iter(f"{{{SHEET_DRAWING}}}graphicFrame")
    for frame, note in zip(frames, notes, strict=True):
        properties = frame.find(f".//{{{SHEET_DRAWING}}}cNvPr")
        properties.set("name", note.name)
        properties.set("descr", note.description)
    return _written(root)


def _add_bars(root: Any, title: str, bars: list[DataBar]) -> None:
    """Join each bar of 2007, which openpyxl wrote, with its solid counterpart of 2010."""
    extension = etree.SubElement(
        etree.SubElement(root, f"{{{SHEET}}}extLst"),
        f"{{{SHEET}}}ext",
        {"uri": SHEET_EXTENSION},
        nsmap={"x14": X14},
    )
    group = etree.SubElement(extension, f"{{{X14}}}conditionalFormattings")
    for bar in bars:
        identifier = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'{title}!{bar.cells}')}}}".upper()
        rule = root.find(
            f"{{{SHEET}}}conditionalFormatting[@sqref='{bar.cells}']/{{{SHEET}}}cfRule[@type='dataBar']"
        )
        link = etree.SubElement(
            etree.SubElement(rule, f"{{{SHEET}}}extLst"),
            f"{{{SHEET}}}ext",
            {"uri": RULE_EXTENSION},
            nsmap={"x14": X14},
        )
        etree.SubElement(link, f"{{{X14}}}id").text = identifier
        _add_solid_bar(group, bar, identifier)


def _add_solid_bar(group: Any, bar: DataBar, identifier: str) -> None:
    holder = etree.SubElement(group, f"{{{X14}}}conditionalFormatting", nsmap={"xm": XM})
    rule = etree.SubElement(holder, f"{{{X14}}}cfRule", {"type": "dataBar", "id": identifier})
    drawn = etree.SubElement(
        rule,
        f"{{{X14}}}dataBar",
        {
            "minLength": "0",
            "maxLength": "100",
            "showValue": "0",
            "border": "0",
            "gradient": "0",
            "negativeBarColorSameAsPositive": "0",
            "axisPosition": "automatic",
        },
    )
    for limit in (bar.low, bar.high):
        bound = etree.SubElement(drawn, f"{{{X14}}}cfvo", {"type": "num"})
        etree.SubElement(bound, f"{{{XM}}}f").text = f"{limit:g}"
    etree.SubElement(drawn, f"{{{X14}}}negativeFillColor", {"rgb": "FF" + style.NEGATIVE_BAR})
    etree.SubElement(drawn, f"{{{X14}}}axisColor", {"rgb": "FF" + style.NOT_READY.strong})
    etree.SubElement(holder, f"{{{XM}}}sqref").text = bar.cells


# ---------------------------------------------------------------- styles


def _order_fonts(parts: Parts) -> None:
    root = etree.fromstring(parts["xl/styles.xml"])
    for font in root.iter(f"{{{SHEET}}}font"):
        font[:] = sorted(font, key=lambda child: FONT_ORDER.index(etree.QName(child).localname))
    parts["xl/styles.xml"] = _written(root)


# ---------------------------------------------------------------- charts


def _complete_charts(parts: Parts, sheets: Mapping[str, Any]) -> None:
    @cache
    def cells(title: str) -> Cells:
        return {cell.get("r"): cell for cell in sheets[title].iter(f"{{{SHEET}}}c")}

    for name in parts:
        if name.startswith("xl/charts/chart"):
            parts[name] = _completed_chart(parts[name], cells)


def _completed_chart(data: bytes, cells: Callable[[str], Cells]) -> bytes:
    root = etree.fromstring(data)
    for pattern in root.iter(f"{{{CHART}}}numFmt"):
        if pattern.get("sourceLinked") is None:
            pattern.set("sourceLinked", "0")  # LibreOffice ignores the format of a label without it
    for text in root.iter(f"{{{CHART}}}txPr"):
        for body in text.iter(f"{{{DRAWING}}}bodyPr"):
            body.set("wrap", "none")  # openpyxl drops this value, and labels break over two lines
        for paragraph in text.iter(f"{{{DRAWING}}}p"):
            for run in paragraph.findall(f"{{{DRAWING}}}r"):
                paragraph.remove(run)  # an empty run, which the schema does not allow here
    chart = root.find(f"{{{CHART}}}chart")
    if chart.find(f"{{{CHART}}}title") is None and chart.find(f"{{{CHART}}}autoTitleDeleted") is None:
        # A chart with one series would otherwise get its name as a title.
        chart.insert(0, etree.Element(f"{{{CHART}}}autoTitleDeleted", {"val": "1"}))
    # With stored values the chart is drawn before anything is calculated.
    for name in ("strRef", "numRef"):
        for holder in root.iter(f"{{{CHART}}}{name}"):
            _store(holder, name == "strRef", _values_of(holder.find(f"{{{CHART}}}f").text, cells))
    return _written(root)


def _values_of(ref: str, cells: Callable[[str], Cells]) -> list[Shown | None]:
    area = Ref(ref)
    left, top, right, bottom = area.corners
    sheet = cells(area.sheet)
    return [
        _shown(sheet.get(f"{get_column_letter(column)}{row}"))
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]


def _shown(cell: Any) -> Shown | None:
    if cell is None:
        return None
    kind = cell.get("t", "n")
    # openpyxl writes every text into its cell.
    where = f"{{{SHEET}}}is/{{{SHEET}}}t" if kind == "inlineStr" else f"{{{SHEET}}}v"
    text = cell.findtext(where)
    return Shown(text, kind == "n") if text else None


def _store(holder: Any, is_text: bool, values: list[Shown | None]) -> None:
    tag = "strCache" if is_text else "numCache"
    for old in holder.findall(f"{{{CHART}}}{tag}"):
        holder.remove(old)
    stored = etree.SubElement(holder, f"{{{CHART}}}{tag}")
    if not is_text:
        etree.SubElement(stored, f"{{{CHART}}}formatCode").text = "General"
    etree.SubElement(stored, f"{{{CHART}}}ptCount", {"val": str(len(values))})
    for index, value in enumerate(values):
        if value is not None and (is_text or value.is_number):
            point = etree.SubElement(stored, f"{{{CHART}}}pt", {"idx": str(index)})
            etree.SubElement(point, f"{{{CHART}}}v").text = value.text
