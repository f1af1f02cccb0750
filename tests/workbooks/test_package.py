"""What the package step adds to the parts that openpyxl writes."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.sampling import one_in
from tests.workbooks.calculated import calculate
from walkaway_xl.workbooks import TEMPLATES, Template, template
from walkaway_xl.workbooks.package import finished

COMMITTED = Path(__file__).parents[2] / "templates"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"


@pytest.fixture(scope="module")
def archive() -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(BytesIO(finished(template("seller_price").example(), calculate))) as opened:
        yield opened


def roots(archive: zipfile.ZipFile, start: str) -> list[Any]:
    return [
        etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.startswith(start) and name.endswith(".xml")
    ]


def test_the_package_carries_no_time_of_the_run(archive: zipfile.ZipFile) -> None:
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}
    assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_every_chart_says_what_it_shows(archive: zipfile.ZipFile) -> None:
    frames = [
        frame
        for root in roots(archive, "xl/drawings/drawing")
        for frame in root.iter(f"{SHEET_DRAWING}cNvPr")
    ]
    assert 6 == len(frames)
    assert all(len(frame.get("descr")) > 40 for frame in frames)
    assert all(frame.get("name") for frame in frames)


def test_no_chart_gets_an_automatic_title(archive: zipfile.ZipFile) -> None:
    for root in roots(archive, "xl/charts/chart"):
        assert "1" == root.find(f"{CHART}chart/{CHART}autoTitleDeleted").get("val")


def test_chart_labels_keep_to_one_line_and_to_their_own_format(archive: zipfile.ZipFile) -> None:
    for root in roots(archive, "xl/charts/chart"):
        assert {"none"} >= {body.get("wrap") for body in root.iter(f"{DRAWING}bodyPr")}
        assert {"0"} >= {pattern.get("sourceLinked") for pattern in root.iter(f"{CHART}numFmt")}


def test_data_bars_of_2007_and_2010_belong_together(archive: zipfile.ZipFile) -> None:
    for root in roots(archive, "xl/worksheets/sheet"):
        old = [link.text for link in root.iter(f"{X14}id")]
        new = [rule.get("id") for rule in root.iter(f"{X14}cfRule")]
        assert old == new


def test_formulas_come_with_their_values(archive: zipfile.ZipFile) -> None:
    for root in roots(archive, "xl/worksheets/sheet"):
        cells = [cell for cell in root.iter(f"{SHEET}c") if cell.find(f"{SHEET}f") is not None]
        assert all(cell.find(f"{SHEET}v") is not None for cell in cells)


@pytest.mark.parametrize("chosen", one_in(3, TEMPLATES), ids=[each.name for each in TEMPLATES])
def test_an_auditor_of_the_format_finds_nothing(chosen: Template) -> None:
    name = f"{chosen.name}_example" if chosen.has_example else chosen.name
    found = OpenXmlValidator().validate(COMMITTED / f"{name}.xlsx").errors
    # openpyxl writes every text into its cell; Excel reads that, and collects the texts when it saves.
    assert [] == [str(problem) for problem in found if "inline-string" not in problem.description]
