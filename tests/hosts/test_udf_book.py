"""xlwings' ordinary route: its own add-in imports our functions into a workbook that we write."""

import re
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlwings

from tests.hosts.stand_ins.windows import excel_on_windows
from walkaway_xl.cli import main
from walkaway_xl.files.zips import parts_of
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.excel_vba.modules import modules
from walkaway_xl.hosts.excel_vba.udf_book import udf_book

ADDIN = Path(xlwings.__file__).parent / "addin"
PUBLIC = re.compile(r"^(?:Public )?(?:Sub|Function) (\w+)", re.MULTILINE)


def settings(data):
    sheet = openpyxl.load_workbook(BytesIO(data))["xlwings.conf"]
    return {name.value: value.value for name, value in sheet.iter_rows()}


class TestBook:
    def test_its_settings_name_this_python_and_our_module(self, monkeypatch):
        assert "python" == settings(udf_book())["Interpreter_Win"]
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(sys, "executable", "C:\\Users\\Jörg Müller\\python.exe")
        held = settings(udf_book())

        assert "C:\\Users\\Jörg Müller\\python.exe" == held["Interpreter_Win"]
        assert "walkaway_xl.hosts.excel_com" == held["UDF Modules"]

    def test_xlwings_finds_the_settings_where_it_looks(self):
        """Config.bas reads the sheet `xlwings.conf` from A1 down to the first blank, by keys in capitals."""
        source = (ADDIN / "Main.bas").read_text("utf-8", "replace")
        asked = {key.upper() for key in re.findall(r'GetConfig\("([^"]+)"', source)}

        assert {key.upper() for key in settings(udf_book())} <= asked

    def test_it_says_what_to_do_and_keeps_the_reference_to_xlwings(self):
        parts = parts_of(udf_book())
        beginning = parts_of((ADDIN.parent / "quickstart.xlsm").read_bytes())

        assert beginning["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]
        assert beginning["[Content_Types].xml"] == parts["[Content_Types].xml"]
        assert b"Import Functions" in parts["xl/worksheets/sheet1.xml"]
        assert b"absPath" not in parts["xl/workbook.xml"]

    def test_without_xlwings_it_says_what_helps(self, monkeypatch, tmp_path, capsys):
        monkeypatch.setattr("walkaway_xl.hosts.excel_vba.udf_book.find_spec", lambda name: None)

        assert 2 == main(["new", "udf_book", "--out", str(tmp_path / "book.xlsm")])
        assert "install --force-reinstall xlwings" in capsys.readouterr().err
        assert [] == list(tmp_path.iterdir())


class TestCommand:
    def test_it_is_written_and_not_replaced_unasked(self, tmp_path, capsys):
        target = tmp_path / "book.xlsm"

        assert 0 == main(["new", "udf_book", "--out", str(target)])
        assert "press Import Functions" in capsys.readouterr().out
        assert udf_book() == target.read_bytes()
        assert 2 == main(["new", "udf_book", "--out", str(target)])

    @pytest.mark.parametrize("more", [["--example"], ["--deal"], ["--set", "a=1"], ["--host", "lite"]])
    def test_what_it_has_no_use_for_is_refused(self, tmp_path, more, capsys):
        assert 2 == main(["new", "udf_book", "--out", str(tmp_path / "book.xlsm"), *more])
        assert "udf_book has no inputs" in capsys.readouterr().err


@pytest.fixture
def wrappers():
    """What xlwings writes into the workbook as Import Functions is pressed."""
    written = []
    with excel_on_windows():
        from xlwings import udfs

        from walkaway_xl.hosts import excel_com

        udfs.generate_vba_wrapper(
            "walkaway_xl.hosts.excel_com",
            excel_com,
            SimpleNamespace(write=written.append),
            SimpleNamespace(Name="book.xlsm"),
        )
    return "".join(written)


class TestImporting:
    def test_xlwings_writes_a_wrapper_for_each_function(self, wrappers):
        assert sorted(CATALOGUE) == sorted(re.findall(r"^Function (\w+)\(", wrappers, re.MULTILINE))
        for name, function in CATALOGUE.items():
            given = ", ".join(argument.name for argument in function.arguments)
            assert f'CallUDF("walkaway_xl.hosts.excel_com", "{name}", Array({given})' in wrappers

    def test_no_name_of_ours_is_one_of_xlwings_add_in(self):
        """Both may be open in one Excel: whichever was opened first would answer for the other."""
        sources = {file.stem: file.read_text("utf-8", "replace") for file in ADDIN.glob("*.bas")}
        theirs = {name.lower() for source in sources.values() for name in PUBLIC.findall(source)}
        ours = modules("0")
        public = {
            name.lower()
            for source in ours.values()
            if "Option Private Module" not in source
            for name in re.findall(r"^Public (?:Sub|Function) (\w+)", source, re.MULTILINE)
        }

        assert "importpythonudfs" in theirs
        assert {name.lower() for name in CATALOGUE} < public
        assert set() == theirs & public
        assert set() == set(sources) & set(ours)
