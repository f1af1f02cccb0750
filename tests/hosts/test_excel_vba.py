"""The add-in file of Excel: its VBA runs, its parts are whole, and Python is started as it says."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from olefile import OleFileIO
from openpyxl.utils import get_column_letter
from pyopenvba import check_file
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import VBAErrorValue, VBARuntimeError

import walkaway_xl
from tests.hosts.stand_ins import vba_source
from tests.hosts.stand_ins.calc import PATH, is_installed
from tests.hosts.stand_ins.excel import in_rows
from tests.hosts.stand_ins.vba import Control, Excel
from tests.hosts.stand_ins.windows import MISSING, excel_on_windows
from tests.hosts.stand_ins.wine import IN_WINE
from walkaway_xl import ribbon
from walkaway_xl.files.packages import SHEET
from walkaway_xl.functions import CATALOGUE, explanation
from walkaway_xl.hosts.excel_vba import addin_file as assembly
from walkaway_xl.hosts.excel_vba.addin_file import AssemblyError, Python, addin
from walkaway_xl.hosts.excel_vba.modules import CALLED, COMMAND, SEPARATORS, modules

PYTHON = Python("C:\\Users\\Zoë & Co\\.venv\\Scripts\\python.exe", "C:\\Users\\Zoë & Co\\.venv")


class Choice(NamedTuple):
    """A kind of workbook that the gallery offers."""

    name: str
    title: str
    summary: str


CHOICES = (Choice("seller_price", "Selling at a price", "Know the price below which you leave."),)
ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
    "#SPILL!": 2015,
    "#CALC!": 2015,
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in as a file."""
    path = tmp_path_factory.mktemp("addin") / "walkaway_xl.xlam"
    path.write_bytes(addin(CHOICES, PYTHON))
    return path


@pytest.fixture(scope="module", params=["here", pytest.param("under Wine", marks=IN_WINE)])
def excel(file: Path, request: pytest.FixtureRequest) -> Iterator[Excel]:
    """Excel with the add-in open, and xlwings' own server behind it."""
    if request.param == "under Wine":
        yield Excel(file, request.getfixturevalue("server").CallUDF)
        return
    with excel_on_windows() as xlwings:
        yield Excel(file, xlwings.com_server.XLPython().CallUDF)


@pytest.fixture
def most_examples(request: pytest.FixtureRequest, excel: Excel, is_thorough: bool) -> int | None:
    """How many examples of a function are asked; under Wine each takes long."""
    is_slow = request.node.callspec.params["excel"] == "under Wine"
    return 1 if is_slow and not is_thorough else None


class TestFormulas:
    def test_every_example_shows_its_answer_and_errors_are_errors(self, excel, most_examples):
        for name, function in CATALOGUE.items():
            for example in function.examples[:most_examples]:
                given = [MISSING if value is None else value for value in example.arguments]
                wanted = [[ERRORS.get(cell, cell) for cell in row] for row in in_rows(example.gives)]
                shown = [list(map(_number, row)) for row in in_rows(excel.shows(name, *given))]

                assert wanted == [pytest.approx(row) for row in shown], example.formula(name)

    def test_a_cell_is_read_as_it_is(self, excel):
        """A blank, an error and a column of the sheet, through VBA's Range."""
        sheet = excel.app.sheet(1)
        sheet.set_value("H1", VBAErrorValue(2007))
        sheet.set_value("H3", 68.0)

        assert VBAErrorValue(2007) == excel.asks('PRICE_FLOOR(Range("H1"), 0.2)')
        assert "" == excel.asks('PRICE_FLOOR(Range("H2"), 0.2)')
        assert 85 == excel.asks('PRICE_FLOOR(Range("H3"), 0.2)')
        assert [[VBAErrorValue(2007)], [""], [85]] == excel.asks('PRICE_FLOOR(Range("H1:H3"), 0.2)')

    def test_several_areas_are_refused_rather_than_cut(self, excel):
        assert VBAErrorValue(2015) == excel.asks('PRICE_FLOOR(Range("H3,H1"), 0.2)')

    @pytest.mark.parametrize("shown", [[["{}", 1.0], ["{}", "n/a"]], [["{}", "#N/A!", ""]], [["{}"]]])
    @pytest.mark.parametrize("text", ERRORS)
    def test_exactly_the_texts_of_errors_become_errors(self, file, text, shown):
        rows = [[cell.format(text) if isinstance(cell, str) else cell for cell in row] for row in shown]
        flat = rows[0] if len(rows) == 1 else rows
        excel = Excel(file, lambda *given: flat if len(flat) > 1 else flat[0])

        wanted = [[VBAErrorValue(ERRORS[text]) if cell == text else cell for cell in row] for row in rows]
        assert wanted == in_rows(excel.shows("PRICE_FLOOR", 68.0, 0.2))

    def test_a_python_that_fails_is_a_value_error_and_its_words_are_kept(self, file):
        def fails(*given: Any) -> Any:
            raise VBARuntimeError(1000, "no module named walkaway_xl")

        excel = Excel(file, fails)

        assert VBAErrorValue(2015) == excel.shows("PRICE_FLOOR", 68.0, 0.2)
        assert "no module named walkaway_xl" in excel.asks("LastTrouble")
        assert "no module named walkaway_xl" == excel.shows(explanation.NAME, "PRICE_FLOOR", 68.0, 0.2)


def _number(cell: Any) -> Any:
    return cell.number if isinstance(cell, VBAErrorValue) else cell


class TestButtons:
    """The procedures of the ribbon's buttons, with a Python that notes what it is handed."""

    def pressed(
        self, file: Path, procedure: str, *answers: Any, says: str = "", tag: str = ""
    ) -> tuple[Any, list[Any]]:
        handed: list[Any] = []

        def press(module: str, button: str, given: list[Any]) -> str:
            handed.append((module, button, *given[1:]))
            return says

        excel = Excel(file, press)
        excel.server.answers.extend(answers)
        excel.app.run(procedure, Control(tag), *(["used_goods", 3] if procedure == "WalkawayNew" else []))
        return handed, [text for kind, text, *_ in excel.app.dialogs if kind == "MsgBox"]

    @pytest.mark.parametrize(
        ("procedure", "button", "given"),
        [
            ("WalkawayNew", "new_workbook", ["used_goods"]),
            ("WalkawayExplain", "explain_cell", [""]),
            ("WalkawayHelp", "show_help", [""]),
            ("WalkawayDoctor", "ask_doctor", [""]),
            ("WalkawayInsert", "insert_function", ["PRICE_FLOOR"]),
        ],
    )
    def test_each_hands_over_and_shows_what_python_says(self, file, procedure, button, given):
        handed, told = self.pressed(file, procedure, says="1 − 2 → done", tag="PRICE_FLOOR")

        assert [("walkaway_xl.ribbon", button, *given)] == handed
        assert callable(getattr(ribbon, button))
        assert ["1 − 2 → done"] == told
        assert [] == self.pressed(file, procedure)[1]

    def test_check_asks_for_the_walk_away_and_takes_the_side_from_the_menu(self, file):
        handed, _ = self.pressed(file, "WalkawayCheck", "=$D$1", tag="buyer")

        assert [("walkaway_xl.ribbon", "check_offers", "$D$1", "buyer", ",.")] == handed

    def test_log_asks_how_it_ended_and_for_the_lesson(self, file):
        handed, told = self.pressed(file, "WalkawayLog", "6.400,50", "Ask first.", says="Row 1")

        assert [("walkaway_xl.ribbon", "log_deal", "6.400,50", "Ask first.", ",.")] == handed
        assert ["Row 1"] == told

    @pytest.mark.parametrize(
        ("procedure", "answers"),
        [("WalkawayCheck", [False]), ("WalkawayLog", [False]), ("WalkawayLog", ["theirs", False])],
    )
    def test_nothing_happens_where_somebody_changes_their_mind(self, file, procedure, answers):
        assert [] == self.pressed(file, procedure, *answers, tag="buyer")[0]

    def test_a_python_that_fails_is_quoted(self, file):
        def fails(*given: Any) -> Any:
            raise VBARuntimeError(1000, "no module named walkaway_xl")

        excel = Excel(file, fails)
        excel.app.run("WalkawayDoctor", Control(""))

        ((_, told, *_),) = excel.app.dialogs
        assert "no module named walkaway_xl" in told


class TestStarting:
    """The module that starts Python, with a library of Windows that notes what it is asked."""

    LIBRARY = """
Public Commands As String, Fails As Long, Loads As Long
Public Function Activate(ByRef Found As Variant, ByVal Command As String, ByVal Mode As Long) As Long
    Commands = Commands & Command & vbLf
    If Mode = -1 Then
        Commands = Commands & "ended" & vbLf
    ElseIf Fails > 0 Then
        Fails = Fails - 1
        Found = "no such program"
        Activate = -2147467259
    Else
        Set Found = ThisWorkbook
    End If
End Function
Public Function LoadLibrary(ByVal Path As String) As Long
    Commands = Commands & Path & vbLf
    LoadLibrary = Loads
End Function
Public Function International(ByVal Index As Long) As String
    International = Mid$("..,'", Index, 1)
End Function
Public Function StrPtr(ByVal Text As String) As String
    StrPtr = Text
End Function
Public Function Recovered() As String
    Commands = ""
    Recover
    Recovered = Commands
End Function
Public Function Asked(ByVal Failures As Long, ByVal Loaded As Long) As String
    On Error GoTo Failed
    Fails = Failures
    Loads = Loaded
    Commands = ""
    Asked = TypeName(Server) & vbLf & Commands
    Exit Function
Failed:
    Asked = Err.Description & vbLf & Commands
End Function
"""

    @pytest.fixture
    def excel(self, file: Path) -> ExcelApplication:
        app = ExcelApplication.open(file, with_vba=False)
        source = re.sub(
            r"^ *(#|Private Declare).*\r\n", "", modules("1.2")["WalkawayServer"], flags=re.MULTILINE
        )
        source = source.replace("Application.International", "International")
        app.add_module(source, name="WalkawayServer")
        app.add_module(self.LIBRARY, name="Library")
        app.freeze_clock(datetime(2026, 1, 1))
        return app

    def test_the_interpreter_of_the_settings_is_started_alone_and_found_again(self, excel):
        library, command = f"{PYTHON.folder}\\xlwings32-1.2.dll", f'"{PYTHON.interpreter}" -E -P -c'
        found, loaded, started, *_ = excel.run("Asked", 0, 1).split("\n")

        assert ("Workbook", library) == (found, loaded)
        assert started.startswith(command)
        assert "xlwings.serve('$(CLSID)')" in started
        assert f" {SEPARATORS}44,39 " in started
        assert ["Workbook", started, ""] == excel.run("Asked", 0, 1).split("\n")

    def test_a_python_that_died_is_started_under_another_number(self, excel):
        first = excel.run("Asked", 0, 1).split("\n")[2]
        found, again, anew, *_ = excel.run("Asked", 1, 1).split("\n")

        assert ("Workbook", first) == (found, again)
        assert first != anew

    def test_one_that_does_not_start_is_waited_for_once_until_somebody_presses_recover(self, excel):
        first = excel.run("Asked", 1, 1)
        assert "no such program" in first
        assert "Press Recover" in first
        assert 1 == first.count("serve(")
        assert 0 == excel.run("Asked", 0, 1).count("serve(")

        excel.run("Recover")
        assert "Workbook" == excel.run("Asked", 0, 1).split("\n")[0]

    def test_recover_ends_the_python_that_was_there(self, excel):
        started = excel.run("Asked", 0, 1).split("\n")[2]
        told = excel.run("Recovered")

        assert [started, "ended", ""] == told.split("\n")
        assert started != excel.run("Asked", 0, 1).split("\n")[2]

    def test_a_broken_package_ends_before_it_serves(self):
        """The start command imports what the functions need, so that Excel waits for nothing."""
        _, _, code = COMMAND.partition(' -c "')
        assert code.index(CALLED) < code.index("serve(")

    def test_a_library_that_is_gone_is_named(self, excel):
        told = excel.run("Asked", 0, 0)

        assert "xlwings32-1.2.dll" in told
        assert "walkaway-xl doctor" in told

    def test_an_add_in_from_another_machine_says_so(self, excel):
        excel.sheet(1).set_value("B1", "")

        assert "not installed on this machine" in excel.run("Asked", 0, 1)


class TestFile:
    def test_it_is_the_same_each_time(self, file):
        assert file.read_bytes() == addin(CHOICES, PYTHON)

    def test_another_reader_finds_every_module_whole(self, file):
        found = {
            name: code.replace("\r", "").rstrip("\n")
            for name, code in vba_source.modules(file.read_bytes()).items()
        }
        made = modules(assembly.version("xlwings"))

        assert {"ThisWorkbook", "Sheet1", "Sheet2"} | set(made) == set(found)
        assert {name: source.replace("\r", "").rstrip("\n") for name, source in made.items()} == {
            name: found[name] for name in made
        }

    def test_its_package_and_its_project_are_sound(self, file):
        report = check_file(file)

        assert ([], True) == (list(report.issues), report.complete)

    def test_its_project_is_source_alone_and_has_a_name_of_its_own(self, file):
        """[MS-OVBA] 2.3.4.1: a writer states version 0xFFFF, and nothing compiled follows."""
        with OleFileIO(ZipFile(file).read("xl/vbaProject.bin")) as project:
            stated = project.openstream("VBA/_VBA_PROJECT").read()
            listed = vba_source.decompressed(project.openstream("VBA/dir").read())
            kept = project.openstream("PROJECT").read()
        offsets = [found["offset"] for found in vba_source.STREAM.finditer(listed)]

        assert (b"\xcc\x61\xff\xff\x00", 7) == (stated[:5], len(stated))
        assert [bytes(4)] * (len(modules("0")) + 3) == offsets
        assert b"\x04\x00\x0a\x00\x00\x00WalkawayXL\x05" in listed
        assert b'\r\nName="WalkawayXL"\r\n' in kept
        assert b"VBAProject" not in listed + kept

    def test_what_runs_by_itself_is_the_binding_alone(self, file):
        sources = vba_source.modules(file.read_bytes())
        procedures = {
            name: re.findall(r"^(?:Public |Private )?(?:Sub|Function) (\w+)", source, re.MULTILINE)
            for name, source in sources.items()
        }
        assert ["Workbook_Open", "Program_WorkbookOpen"] == procedures["ThisWorkbook"]
        assert {"Bind Book", "Bind Wb"} == set(re.findall(r"Bind \w+", sources["ThisWorkbook"]))
        assert [] == procedures["Sheet1"] == procedures["Sheet2"]
        assert [] == [
            name for names in procedures.values() for name in names if name.lower().startswith("auto")
        ]
        assert ["ThisWorkbook"] == [name for name, source in sources.items() if "WithEvents" in source]
        assert b"onLoad" not in ZipFile(file).read("customUI/customUI14.xml")

    def test_the_settings_stand_on_its_sheet(self, file):
        sheet = ExcelApplication.open(file, with_vba=False).sheet(1)

        assert "walkaway_xl.conf" == sheet.name
        settings = [sheet.value(f"B{row}") for row in range(1, 5)]

        assert [*PYTHON, walkaway_xl.__version__, version("xlwings")] == settings

    def test_the_help_while_typing_stands_on_its_last_sheet(self, file):
        """As Excel-DNA IntelliSense reads it: the used cells as one block, FunctionInfo in the first."""
        with ZipFile(file) as package:
            workbook = package.read("xl/workbook.xml").decode()
            root = ElementTree.fromstring(package.read("xl/worksheets/sheet2.xml"))
        rows = [
            {cell.get("r").rstrip("0123456789"): "".join(cell.itertext()) for cell in row}
            for row in root.iter(f"{{{SHEET}}}row")
        ]
        head, *told = rows

        assert [("_IntelliSense_", "veryHidden")] == re.findall(
            r'<sheet name="(\w+)" [^>]*state="(\w+)"[^>]*/></sheets>', workbook
        )
        assert {"A": "FunctionInfo", "B": "Description", "C": "HelpTopic"} == head
        for row, function in zip(told, CATALOGUE.values(), strict=True):
            columns = [get_column_letter(4 + place) for place in range(2 * len(function.arguments))]
            assert {"A", "B", *columns} == set(row)
            assert (function.name, function.summary.replace("`", "")) == (row["A"], row["B"])
            names, helps = ([row[column] for column in columns[first::2]] for first in (0, 1))
            assert [argument.name for argument in function.arguments] == [name.strip("[]") for name in names]
            assert [argument.help.replace("`", "") for argument in function.arguments] == helps

    def test_each_sheet_has_its_module(self, file):
        """Excel makes one for a sheet that has none, and takes the file for changed."""
        with OleFileIO(ZipFile(file).read("xl/vbaProject.bin")) as project:
            listed = project.openstream("PROJECT").read().decode().split("\r\n")
        with ZipFile(file) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            codes = [re.search(rb'codeName="(\w+)"', package.read(name))[1].decode() for name in sheets]

        assert ["Sheet1", "Sheet2"] == codes
        assert {f"Document={code}/&H00000000" for code in ("ThisWorkbook", *codes)} == {
            line for line in listed if line.startswith(("Document=", "Class="))
        }

    @pytest.mark.parametrize("name", modules("0"))
    def test_its_vba_keeps_to_what_the_editor_takes(self, name):
        source = modules("0.37.8")[name]

        assert source.isascii()
        assert max(map(len, source.splitlines())) < 1024
        assert not re.search(r"( _\r\n.*){25}", source)
        assert not re.search(r"\{\w+\}", source.replace("{python}", ""))

    def test_no_procedure_has_the_name_of_a_module_or_of_another(self):
        """VBA would take the module, or say that the name is ambiguous."""
        made = modules("0")
        procedures = [
            name.lower()
            for source in made.values()
            for name in re.findall(r"^(?:Public|Private) (?:Sub|Function) (\w+)", source, re.MULTILINE)
        ]

        assert len(CATALOGUE) < len(procedures) == len(set(procedures))
        assert set() == {name.lower() for name in made} & set(procedures)

    def test_the_wizard_hears_of_every_argument(self):
        told = modules("0")["WalkawayWizard"]

        for name, function in CATALOGUE.items():
            (helped,) = re.findall(
                rf'Macro:="{name}",.*?ArgumentDescriptions:=Array\((.*?)\)\r\n', told, re.DOTALL
            )
            texts = re.findall(r'"((?:[^"]|"")*)"', helped)
            assert len(function.arguments) == len(texts)
            assert all(len(text.replace('""', '"')) <= 255 for text in texts)

    def test_every_button_has_its_procedure(self, file):
        ribbon = ElementTree.fromstring(ZipFile(file).read("customUI/customUI14.xml"))
        pressed = {
            node.get("onAction"): node.tag.split("}")[1] for node in ribbon.iter() if node.get("onAction")
        }
        takes = dict(
            re.findall(r"^Public Sub (\w+)\((.*)\)\r$", modules("0")["WalkawayButtons"], re.MULTILINE)
        )

        assert 9 == len(pressed)
        assert set(takes) == set(pressed)
        for name, kind in pressed.items():
            assert {"gallery": 3, "button": 1}[kind] == len(takes[name].split(","))
        assert [CHOICES[0].name] == [node.get("id") for node in ribbon.iter() if node.tag.endswith("}item")]
        assert b"2007/relationships/ui/extensibility" in ZipFile(file).read("_rels/.rels")

    def test_the_menu_of_a_cell_offers_what_the_tab_does(self, file):
        ribbon = ElementTree.fromstring(ZipFile(file).read("customUI/customUI14.xml"))
        ids = [node.get("id") for node in ribbon.iter() if node.get("id")]
        tab, *menus = (
            [node.get("tag") for node in part.iter() if node.get("tag")]
            for part in ribbon.iter()
            if part.tag.endswith(("}tab", "}contextMenu"))
        )

        assert len(ids) == len(set(ids))
        assert ["seller", "buyer", "candidate", *CATALOGUE] == tab
        assert [tab, tab] == menus
        group = next(node for node in ribbon.iter() if node.tag.endswith("}group"))
        assert list(group) == [
            node for node in ribbon.iter() if node.get("size")
        ]  # elsewhere it is no XML of Excel's

    def test_what_writes_vba_must_be_installed(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyopenvba", None)

        with pytest.raises(AssemblyError, match="pip install pyopenvba"):
            addin(CHOICES)


PROBE = """Option VBASupport 1
Function Told(Cell) As String
    If IsError(Cell) Then Told = "error " & CLng(Cell) Else Told = "" & Cell
End Function
Function Probe() As String
    Dim Table(1 To 2, 1 To 2) As Variant, Shown As Variant
    Probe = Told(WithErrors("#N/A")) & "|" & Told(WithErrors("n/a")) & "|" & Told(WithErrors(1.5))
    Shown = WithErrors(Array("#NUM!", "x"))
    Probe = Probe & "|" & Told(Shown(0)) & "|" & Told(Shown(1))
    Table(1, 1) = "#DIV/0!" : Table(1, 2) = 1 : Table(2, 1) = "" : Table(2, 2) = "#REF!"
    Shown = WithErrors(Table)
    Probe = Probe & "|" & Told(Shown(1, 1)) & "|" & Told(Shown(1, 2)) & "|" & Told(Shown(2, 1))
    Probe = Probe & "|" & Told(Shown(2, 2))
End Function
"""


@pytest.mark.libreoffice
@pytest.mark.skipif(not is_installed(), reason="needs LibreOffice")
def test_libreoffice_opens_it_and_makes_the_same_errors(file, tmp_path):
    (tmp_path / "probe.bas").write_text(PROBE)
    script = Path(__file__).parent / "stand_ins" / "basic_session.py"
    done = subprocess.run(
        ["/usr/bin/python3", script, tmp_path.as_uri(), file, tmp_path / "probe.bas", tmp_path / "told.json"],
        env={"HOME": str(tmp_path), "PATH": PATH},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert 0 == done.returncode, done.stderr
    told = json.loads((tmp_path / "told.json").read_text())

    assert ["walkaway_xl.conf", "_IntelliSense_"] == told["sheets"]
    assert set(modules("0")) < set(told["modules"])
    assert "error 2042|n/a|1.5|error 2036|x|error 2007|1||error 2023" == told["shown"]
