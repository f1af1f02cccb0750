"""Formulas that share one text: every reader sees what the template wrote, and the files are small."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from tests.workbooks.test_templates import built, every_native_workbook, every_workbook, formulas
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import embedded
from walkaway_xl.sheets.filled_down import SHEET, share_formulas
from walkaway_xl.workbooks import Template

ROOT = Path(__file__).parents[2]
LARGEST = 150_000  # bytes; what a person mails without a thought
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")


def sheet_xml(workbook: Workbook) -> etree._Element:
    target = BytesIO()
    workbook.save(target)
    with zipfile.ZipFile(target) as archive:
        return etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))


def shared(rows: dict[str, str]) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Text, reach and number of each formula after sharing, by its cell."""
    workbook = Workbook()
    for cell, formula in rows.items():
        workbook.active[cell] = formula
    root = sheet_xml(workbook)
    cells = [formula.getparent().get("r") for formula in root.iter(f"{SHEET}f")]
    share_formulas(root)
    return {
        cell: (formula.text, formula.get("ref"), formula.get("si"))
        for cell, formula in zip(cells, root.iter(f"{SHEET}f"), strict=True)
    }


def test_a_column_that_was_filled_down_spells_its_formula_out_once() -> None:
    assert {
        "C2": ("$A$1+A2*B$1+SUM($A$2:A2)", "C2:C4", "0"),
        "C3": (None, None, "0"),
        "C4": (None, None, "0"),
    } == shared({f"C{row}": f"=$A$1+A{row}*B$1+SUM($A$2:A{row})" for row in (2, 3, 4)})


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("=A2", "=A4"),  # another step
        ("=A2", "=A$3"),  # fixed below
        ('="A2"&A2', '="A3"&A3'),  # a text moves with no row
        ("='B2'!A2", "='B2'!A3"),  # another sheet, which Excel does not share
        ("=SUM(A2,{1,2})", "=SUM(A3,{1,2})"),  # constants in braces
        ("=IFERROR(DEAL_RESULT(A2),0)", "=IFERROR(DEAL_RESULT(A3),0)"),  # of an add-in
        ("=SUM(A2:INDEX(A2:A9,1):A9)", "=SUM(A3:INDEX(A3:A10,1):A10)"),  # a computed range
    ],
)
def test_formulas_that_differ_or_that_excel_does_not_share_stay_as_they_are(above: str, below: str) -> None:
    assert {"C2": (above[1:], None, None), "C3": (below[1:], None, None)} == shared(
        {"C2": above, "C3": below}
    )


def test_a_gap_begins_another_group() -> None:
    found = shared({f"C{row}": f"=A{row}" for row in (2, 3, 5, 6)})
    assert [("C2:C3", "0"), (None, "0"), ("C5:C6", "1"), (None, "1")] == [
        entry[1:] for entry in found.values()
    ]


def committed(name: str) -> bytes:
    """A workbook as users get it; that it is what the code makes is shown elsewhere."""
    return (ROOT / "templates" / f"{name}.xlsx").read_bytes()


@every_native_workbook
def test_readers_see_the_formulas_that_the_template_wrote(chosen: Template, filled: bool) -> None:
    draft = built(chosen, filled)
    data = committed(f"{chosen.name}_example" if filled else chosen.name)
    read = load_workbook(BytesIO(data))
    different = [
        (cell.parent.title, cell.coordinate, cell.value, found)
        for cell in formulas(draft)
        for found in [read[cell.parent.title][cell.coordinate].value]
        if cell.value != found
    ]
    assert [] == different
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for text in re.findall(rb'<f t="shared" ref=[^>]*>([^<]*)<', archive.read(name)):
                    assert b"!" not in text


def test_calculating_the_finished_sheet_again_keeps_every_value() -> None:
    data = committed("discount_floor_sheet_example")
    before, after = (
        load_workbook(BytesIO(book), data_only=True) for book in (data, embedded.calculate(data).data)
    )
    for sheet in before:
        again = after[sheet.title]
        assert [] == [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if cell.value != again[cell.coordinate].value
        ]


@every_workbook
def test_no_shared_formula_calls_a_function_of_ours_and_no_blank_cell_claims_a_number(
    chosen: Template, filled: bool
) -> None:
    """Excel reads the first as damage once the add-in is loaded; other readers take the second for 0."""
    ours = re.compile(rf"\b(?:{'|'.join(CATALOGUE)})\(".encode())
    with zipfile.ZipFile(BytesIO(committed(f"{chosen.name}_example" if filled else chosen.name))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        groups = re.findall(rb'<f t="shared" ref=[^>]*>([^<]*)<', sheet)
        assert [] == [text for text in groups if ours.search(text)]
        assert b't="n"/>' not in sheet


@every_workbook
def test_a_workbook_is_small(chosen: Template, filled: bool) -> None:
    assert len(committed(f"{chosen.name}_example" if filled else chosen.name)) < LARGEST
