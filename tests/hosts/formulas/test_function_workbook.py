"""The workbook and the text that hold all functions, and the workbooks that bring theirs along."""

import re
import shutil
from io import BytesIO

import openpyxl
import pytest

from tests.hosts.stand_ins.calc import XLSX, Calc, is_installed
from tests.workbooks.calculated import by_libreoffice
from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.files.zips import parts_of
from walkaway_xl.hosts.formulas import book_names, function_workbook, host, module_text
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.without import WITHOUT
from walkaway_xl.workbooks import template

LARGEST = 250_000  # bytes of the workbook with all names
CALL = re.compile(r"\b([A-Z]+_[A-Z0-9_]+|ZOPA)\(")


@pytest.fixture(scope="module")
def data():
    """The workbook as the command writes it."""
    return artefacts.stored(function_workbook.build(), host)


@pytest.fixture(scope="module")
def sheet(data):
    """Its list of functions, with the stored values."""
    return openpyxl.load_workbook(BytesIO(data), data_only=True)[function_workbook.FUNCTIONS]


def test_it_is_small(data):
    assert len(data) < LARGEST


def test_it_has_every_name_once(data):
    names = re.findall(r'<definedName [^>]*?name="(\w+)"', parts_of(data)["xl/workbook.xml"].decode())
    ours = [name.name for name in book_names.names_of(FORMULAS.values())]
    assert sorted(ours) == sorted(name for name in names if not name.startswith("_xlnm"))


def test_every_example_agrees(sheet):
    shown = {row[1]: row[4:7] for row in sheet.iter_rows(6, max_col=7, values_only=True) if row[1]}
    assert set(FORMULAS) | set(WITHOUT) <= set(shown)
    for name in FORMULAS:
        answer, expected, verdict = shown[name]
        assert function_workbook.AGREES == verdict, name
        assert pytest.approx(expected) == answer if isinstance(expected, float | int) else expected == answer
    assert "✔  All examples agree" == sheet["G3"].value


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_program_that_cannot_call_shows_no_verdict_of_another(data, tmp_path):
    book = openpyxl.load_workbook(BytesIO(by_libreoffice(data, tmp_path)), data_only=True)
    shown = [cell for row in book[function_workbook.FUNCTIONS].iter_rows(values_only=True) for cell in row]
    assert "PRICE_FLOOR" in shown
    assert not [cell for cell in shown if isinstance(cell, str) and cell[:1] in ("✔", "✖")]


@pytest.mark.thorough
@pytest.mark.libreoffice
@pytest.mark.skipif(not is_installed(), reason="needs LibreOffice")
def test_the_extension_answers_its_examples(data, tmp_path):
    path = tmp_path / "functions.xlsx"
    path.write_bytes(data)
    calc = Calc(tmp_path / "calc", extended=True)
    sheet = openpyxl.load_workbook(calc.saved_as(XLSX, path), data_only=True)[function_workbook.FUNCTIONS]
    assert "✔  All examples agree" == sheet["G3"].value
    assert len(FORMULAS) == [cell.value for cell in sheet["G"]].count(function_workbook.AGREES)


def test_the_sheet_that_is_moved_calls_every_name_so_that_it_takes_them_along(data):
    cells = parts_of(data)["xl/worksheets/sheet2.xml"].decode()
    called = {name for text in re.findall(r"<f[^>]*>([^<]*)</f>", cells) for name in CALL.findall(text)}
    assert {name.name for name in book_names.names_of(FORMULAS.values())} <= called


def test_no_cell_shows_an_error(sheet):
    shown = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in shown if isinstance(cell, str) and cell.startswith("#")]


def test_a_call_is_marked_as_one_that_may_spill(data):
    cells = parts_of(data)["xl/worksheets/sheet2.xml"].decode()
    calls = re.findall(r"<c ([^>]*)>\s*<f([^>]*)>[^<]*PRICE_FLOOR\(", cells)
    assert calls
    assert all("cm=" in cell and 't="array"' in formula for cell, formula in calls)


@pytest.mark.parametrize("name", ["seller_price", "functions_tour"])
def test_a_template_brings_the_names_that_it_calls(name):
    data = artefacts.stored(template(name).example(), host)
    parts = parts_of(data)
    names = set(re.findall(r'<definedName [^>]*?name="(\w+)"', parts["xl/workbook.xml"].decode()))
    formulas = [
        formula
        for part, text in parts.items()
        if part.startswith("xl/worksheets/sheet")
        for formula in re.findall(r"<f[^>]*>([^<]*)</f>", text.decode())
    ]
    called = {call for formula in formulas for call in CALL.findall(formula)} & set(FORMULAS)
    assert called
    assert called == names & set(FORMULAS)


class TestText:
    def test_says_every_formula_as_it_is_typed(self):
        entries = re.findall(r"/\*\* (.*?) \*/\n(\w+) = (LAMBDA.*?);\n", module_text.text(), re.DOTALL)
        names = {name.name: name for name in book_names.names_of(FORMULAS.values())}
        assert set(names) == {name for _, name, _ in entries}
        for comment, name, formula in entries:
            assert names[name].comment == comment
            spaces = re.compile(r"\s")
            assert spaces.sub("", names[name].typed) == spaces.sub("", formula)

    def test_a_helper_stands_before_what_calls_it(self):
        text = module_text.text()
        assert text.index("WF_NUMBER =") < text.index("PRICE_FLOOR =")

    def test_says_what_is_not_there(self):
        assert all(name in module_text.text() for name in WITHOUT)


class TestTheCommand:
    def test_writes_the_workbook_and_replaces_none(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        assert 0 == main(["formulas"])
        assert parts_of((tmp_path / "walkaway_functions.xlsx").read_bytes())
        assert 2 == main(["formulas"])
        assert "--force" in capsys.readouterr().err

    def test_writes_the_text(self, tmp_path):
        path = tmp_path / "functions.txt"
        assert 0 == main(["formulas", "--text", "--out", str(path)])
        assert module_text.text() == path.read_text("utf-8")
