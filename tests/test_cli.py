"""The command line: what it prints, what it refuses, and that nothing is lost."""

import re
import subprocess
import sys
import zipfile
from io import BytesIO

import openpyxl
import pytest

from tests.books import values
from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.workbooks import template


@pytest.fixture
def book(tmp_path):
    """A small workbook with a native formula and one of ours."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Offers"
    sheet["A1"], sheet["B1"] = 7500, 6500
    sheet["C1"] = '=WALKAWAY_CHECK(A1,B1,"buyer")'
    sheet["D1"] = "=A1-B1"
    path = tmp_path / "offers.xlsx"
    workbook.save(path)
    return path


class TestCalc:
    def test_stores_the_values_in_the_file(self, book, capsys):
        assert 0 == main(["calc", str(book)])
        assert ["WALK AWAY", 1000] == values(book, "C1", "D1")
        assert str(book) in capsys.readouterr().out

    def test_another_output_leaves_the_book_as_it_is(self, book, tmp_path):
        before = book.read_bytes()
        assert 0 == main(["calc", str(book), "--out", str(tmp_path / "done.xlsx")])
        assert before == book.read_bytes()
        assert ["WALK AWAY"] == values(tmp_path / "done.xlsx", "C1")

    def test_an_error_cell_is_named_with_its_formula_and_reason(self, book, capsys):
        workbook = openpyxl.load_workbook(book)
        workbook.active["C1"] = '=WALKAWAY_CHECK(A1,B1,"byer")'
        workbook.save(book)
        assert 3 == main(["calc", str(book)])
        told = capsys.readouterr().out
        for part in ("Offers", "C1", 'WALKAWAY_CHECK(A1,B1,"byer")', "#VALUE!", "seller"):
            assert part in told

    def test_a_cell_that_keeps_its_stored_value_is_named_with_its_function(self, book, capsys):
        with zipfile.ZipFile(book) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        changed = re.sub(
            rb"<f>WALKAWAY_CHECK[^<]*</f>(<v ?/>|<v></v>)", b"<f>MYMACRO(A1)</f><v>5</v>", parts[sheet]
        )
        assert changed != parts[sheet]
        with zipfile.ZipFile(book, "w") as archive:
            for name, content in (parts | {sheet: changed}).items():
                archive.writestr(name, content)

        assert 3 == main(["calc", str(book)])
        told = capsys.readouterr().out
        assert "Offers!C1  =MYMACRO(A1)  the function MYMACRO is not known here" in told
        assert [5] == values(book, "C1")

        assert 3 == main(["calc", str(book), "--recalculate-all"])
        assert "#NAME?" in capsys.readouterr().out
        assert ["#NAME?"] == values(book, "C1")

    @pytest.mark.parametrize("command", ["review", "share"])
    def test_a_value_that_is_as_old_as_the_file_is_said(self, command, tmp_path, capsys):
        book = tmp_path / "book.xlsx"
        parts = zipfile.ZipFile(BytesIO(artefacts.stored(template("used_goods").example())))
        sheet = "xl/worksheets/sheet1.xml"
        cell = re.compile(rb"<f>[^<]*</f>(<v>)")
        for kept, formula in ((False, rb"<f>1+1</f>\1"), (True, rb"<f>MYMACRO(1)</f>\1")):
            with zipfile.ZipFile(book, "w") as archive:
                for name in parts.namelist():
                    content = parts.read(name)
                    archive.writestr(name, cell.sub(formula, content, 1) if name == sheet else content)
            assert main([command, str(book), *(["--force"] if command == "share" else [])]) in (0, 3)
            warning = capsys.readouterr().err
            assert kept == ("the stored value is read as it is, because the function MYMACRO" in warning)
            assert warning.count("\n") == kept

    @pytest.mark.parametrize("terminal", [True, False])
    def test_says_what_it_is_doing_in_a_terminal_and_nothing_in_a_pipe(
        self, book, capsys, monkeypatch, terminal
    ):
        monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
        assert 0 == main(["calc", str(book)])
        assert terminal == ("calculating 2 formulas" in capsys.readouterr().err)

    def test_an_output_that_exists_is_refused_without_force(self, book, tmp_path, capsys):
        other = tmp_path / "other.xlsx"
        other.write_text("mine")
        assert 2 == main(["calc", str(book), "--out", str(other)])
        assert "mine" == other.read_text()
        assert "--force" in capsys.readouterr().err
        assert 0 == main(["calc", str(book), "--out", str(other), "--force"])

    def test_a_missing_file_is_named(self, tmp_path, capsys):
        assert 2 == main(["calc", str(tmp_path / "nowhere.xlsx")])
        assert "nowhere.xlsx" in capsys.readouterr().err

    def test_a_directory_is_refused(self, tmp_path, capsys):
        assert 2 == main(["calc", str(tmp_path)])
        assert tmp_path.name in capsys.readouterr().err

    def test_a_text_file_under_the_name_of_a_workbook_is_refused(self, tmp_path, capsys):
        path = tmp_path / "list.xlsx"
        path.write_text("a,b\n1,2\n")
        assert 2 == main(["calc", str(path)])
        assert "list.xlsx" in capsys.readouterr().err
        assert "a,b\n1,2\n" == path.read_text()

    def test_a_truncated_workbook_is_refused(self, book, capsys):
        book.write_bytes(book.read_bytes()[:-200])
        before = book.read_bytes()
        assert 2 == main(["calc", str(book)])
        assert "offers.xlsx" in capsys.readouterr().err
        assert before == book.read_bytes()

    def test_a_zip_that_is_no_workbook_is_refused(self, tmp_path, capsys):
        path = tmp_path / "photos.xlsx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("photo.txt", "x")
        assert 2 == main(["calc", str(path)])
        assert "photos.xlsx" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("fault", "word"),
        [
            (OSError(28, "No space left on device"), "space"),
            (PermissionError(13, "Permission denied"), "permission"),
        ],
    )
    def test_a_target_that_cannot_be_written_leaves_the_book_whole(
        self, book, capsys, monkeypatch, fault, word
    ):
        before = book.read_bytes()

        def refuse(*_):
            raise fault

        monkeypatch.setattr("walkaway_xl.files.moves.exchange", refuse)
        assert 2 == main(["calc", str(book)])
        assert word in capsys.readouterr().err
        assert before == book.read_bytes()
        assert [book] == list(book.parent.iterdir()), "nothing half-written is left behind"


class TestNew:
    def test_writes_the_template_under_its_name(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert 0 == main(["new", "seller_price"])
        with zipfile.ZipFile(tmp_path / "seller_price.xlsx") as package:
            assert "xl/workbook.xml" in package.namelist()

    def test_an_unknown_template_names_the_nearest(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        assert 2 == main(["new", "seler_price"])
        assert "seller_price" in capsys.readouterr().err
        assert [] == list(tmp_path.iterdir())

    def test_a_file_that_exists_is_refused_without_force(self, tmp_path, capsys):
        path = tmp_path / "mine.xlsx"
        path.write_text("mine")
        assert 2 == main(["new", "seller_price", "--out", str(path)])
        assert "mine" == path.read_text()
        assert "--force" in capsys.readouterr().err


class TestFunctions:
    def test_lists_every_function(self, capsys):
        from walkaway_xl import CATALOGUE

        assert 0 == main(["functions"])
        told = capsys.readouterr().out
        assert all(name in told for name in CATALOGUE)

    def test_shows_one_with_its_arguments_equation_and_examples(self, capsys):
        assert 0 == main(["functions", "price_floor"])
        told = capsys.readouterr().out
        for part in (
            "=PRICE_FLOOR(cost, min_margin",
            "leakage",
            "(cost + fixed_cost) / (1 − min_margin − leakage)",
            "=PRICE_FLOOR(68,0.2)",
            "85",
        ):
            assert part in told

    def test_an_unknown_name_offers_the_nearest(self, capsys):
        assert 2 == main(["functions", "PRICE_FLOR"])
        assert "PRICE_FLOOR" in capsys.readouterr().err


def test_the_first_run_writes_the_workbooks_once_and_prints_the_lines_below_floor(tmp_path, capsys):
    assert 0 == main(["start", "--folder", str(tmp_path / "books")])
    told = capsys.readouterr().out
    for part in ("BELOW FLOOR", "BELOW COST", "shortfall", str(tmp_path / "books")):
        assert part.lower() in told.lower()
    assert "No column holds the class" not in told  # each line has one
    mine = tmp_path / "books" / "seller_price.xlsx"
    mine.write_text("filled in by me")
    assert 0 == main(["start", "--folder", str(tmp_path / "books")])
    assert "filled in by me" == mine.read_text()


def test_a_reader_that_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "walkaway_xl", "functions"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert b"" == process.stderr.read()


INTERRUPTED_TWICE = """
import pathlib, sys
from walkaway_xl import files
really, called = pathlib.Path.unlink, []

def unlink(self, *rest, **more):
    called.append(self)
    if len(called) == 1:
        raise KeyboardInterrupt
    return really(self, *rest, **more)

pathlib.Path.unlink = unlink
with files.Writing() as writing:
    writing.write(files.target(pathlib.Path(sys.argv[1])), b"half")
    raise KeyboardInterrupt
"""


def test_an_interruption_of_the_cleaning_up_leaves_nothing_either(tmp_path):
    command = [sys.executable, "-c", INTERRUPTED_TWICE, str(tmp_path / "out.csv")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "KeyboardInterrupt" in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_fault_of_ours_is_no_line_below_floor(monkeypatch, capsys):
    monkeypatch.setattr("walkaway_xl.pages.terminal.overview", lambda: 1 / 0)
    assert 2 == main(["functions"])
    assert "ZeroDivisionError" in capsys.readouterr().err
