"""The VBA that binds workbooks on opening, run on pyOpenVBA's workbooks, which were measured in Excel."""

# ruff: noqa: N802, N803 (named by VBA)

import re
from pathlib import Path

import openpyxl
import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import EMPTY, VBAArray, VBAObject, method

from tests.hosts.stand_ins.vba import Bridge
from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.hosts.excel_vba.modules import modules

OURS = "C:\\Users\\me\\XLSTART\\walkaway_xl.xlam"
THEIRS = "D:\\Ann O''Brien\\walkaway_xl.xlam"
ELSEWHERE = {  # what pyOpenVBA has no stand-in for
    "Select Case Cell.Value2": "Select Case CStr(Cell.Value2)",  # it cannot compare errors
    "Case CVErr(xlErrName)": 'Case "Error 2029"',
    "Book.IsAddin": "StandIn.IsAddin()",
    "Cell.Formula2 = ": "StandIn.Note Cell.Address: Cell.Formula2 = ",
    ".FormulaArray = ": ".FormulaArray = StandIn.Noted(Cell.Address) & ",
    "Book.LinkSources(": "StandIn.LinkSources(",
    "Book.ChangeLink ": "StandIn.ChangeLink ",
    "ThisWorkbook.FullName": "StandIn.FullName()",
    "SaveSetting ": "StandIn.SaveSetting ",
    " GetSetting(": " StandIn.GetSetting(",
}
NOT_FOUND = r'<c r="\1" t="e"><f>\2</f><v>#NAME?</v>'
OPENED = """
Public Function Opened(ByVal WasSaved As Boolean) As String
    Dim Book As Workbook
    Set Book = ActiveWorkbook
    Book.Saved = WasSaved
    Bind Book
    Opened = Book.Saved & "|" & Application.EnableEvents
End Function
Public Function Protected() As String
    Dim Sheet As Object
    Set Sheet = ActiveWorkbook.Worksheets(1)
    Protected = Sheet.ProtectContents & "|" & Sheet.Protection.AllowSorting
    Protected = Protected & "|" & Sheet.Protection.AllowFiltering
End Function
"""


class Links(VBAObject):
    """The links of a workbook, the add-in's own path, and the settings of VBA's programs."""

    vba_type_name = "Links"

    def __init__(self, *paths: str) -> None:
        self.paths = paths
        self.changed: list[tuple[str, str]] = []
        self.setting = "1"
        self.entered: list[str] = []

    @method
    def IsAddin(self) -> object:
        """Whether the workbook is an add-in."""
        return False

    @method
    def Note(self, Address: object) -> object:
        """A cell is entered again."""
        self.entered.append(str(Address))
        return EMPTY

    @method
    def Noted(self, Address: object) -> object:
        """The same, and nothing before its formula."""
        self.entered.append(str(Address))
        return ""

    @method
    def LinkSources(self, Kind: object) -> object:
        """Paths of the workbooks that formulas refer to."""
        return VBAArray([(1, len(self.paths))], items=list(self.paths)) if self.paths else EMPTY

    @method
    def ChangeLink(self, Before: object, After: object, Kind: object) -> object:
        """Let a link lead elsewhere."""
        self.changed.append((str(Before), str(After)))
        return EMPTY

    @method
    def FullName(self) -> object:
        """Where the add-in lies."""
        return OURS

    @method
    def GetSetting(self, Program: object, Section: object, Key: object, Default: object) -> object:
        """What is kept for the user."""
        return self.setting

    @method
    def SaveSetting(self, Program: object, Section: object, Key: object, Setting: object) -> object:
        """Keep it."""
        self.setting = str(Setting)
        return EMPTY


class Book:
    """A workbook that was just opened beside the add-in."""

    def __init__(
        self, folder: Path, cells: dict[str, str], *, protected: str | None = None, links=()
    ) -> None:
        book = openpyxl.Workbook()
        for address, formula in cells.items():
            book.active[address] = formula
        if protected is not None:
            book.active.protection.sheet = True
            book.active.protection.sort = False  # which openpyxl means as allowed
            book.active.protection.password = protected
        path = folder / "book.xlsx"
        book.save(path)
        parts = parts_of(path.read_bytes())
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        # As Excel shows a function that it does not find.
        shown = re.sub(r"<c r=\"(\w+)\"[^>]*><f>(WALKAWAY[^<]*)</f><v></v>", NOT_FOUND, sheet)
        path.write_bytes(archive_of(parts | {"xl/worksheets/sheet1.xml": shown.encode()}))
        self.app = ExcelApplication.open(path)
        bridge = Bridge(self.app.application)
        self.links = bridge.stand_in = Links(*links)
        self.app.interpreter.host = bridge
        source = modules("0")["WalkawayBinding"]
        for ours, instead in ELSEWHERE.items():
            source = source.replace(ours, instead)
        self.app.add_module(source, name="WalkawayBinding")
        self.app.add_module(OPENED, name="Question")

    def opened(self, *, saved: bool = True) -> list[str]:
        """Whether it counts as saved and events are on afterwards, after it was opened."""
        return str(self.app.run("Opened", saved)).split("|")

    @property
    def entered(self) -> list[str]:
        return [address.replace("$", "") for address in self.links.entered]

    def formula(self, address: str) -> str:
        return self.app.sheet(1).formula(address)


@pytest.fixture
def book(tmp_path):
    return lambda cells, **how: Book(tmp_path, cells, **how)


UNBOUND = "=WALKAWAY_CHECK(7500,6500,1)"
HIDDEN = '=IFERROR(PRICE_FLOOR(68,0.2),"")'
LINKED = f"='{THEIRS}'!PRICE_FLOOR(68,0.2)+'{THEIRS}'!PRICE_FLOOR(1,0.2)"


class TestBinding:
    def test_cells_of_ours_are_entered_again_and_others_are_not(self, book):
        opened = book(
            {"A1": UNBOUND, "A2": "=1+1", "B2": HIDDEN, "A3": "=NO_SUCH(1)", "A4": "WALKAWAY_CHECK("}
        )

        assert ["True", "True"] == opened.opened()
        assert ["A1", "B2"] == opened.entered
        assert UNBOUND == opened.formula("A1")

    @pytest.mark.parametrize("saved", [True, False])
    def test_an_untouched_workbook_stays_untouched_and_a_changed_one_changed(self, book, saved):
        assert [str(saved), "True"] == book({"A1": UNBOUND}).opened(saved=saved)

    def test_a_path_to_the_add_in_of_another_is_taken_out(self, book):
        opened = book({"A1": LINKED})
        opened.opened()

        assert "=PRICE_FLOOR(68,0.2)+PRICE_FLOOR(1,0.2)" == opened.formula("A1")

    def test_a_link_leads_to_this_add_in_and_those_to_others_stay(self, book):
        other = "D:\\other.xlam"
        opened = book({"A1": "=1"}, links=[other, OURS.upper(), THEIRS, "D:\\my_walkaway_xl.xlam"])
        opened.opened()

        assert [(THEIRS, OURS)] == opened.links.changed

    def test_a_sheet_that_we_protect_is_protected_as_before(self, book):
        opened = book({"A1": UNBOUND}, protected="")
        assert ["True", "True"] == opened.opened()

        assert ["A1"] == opened.entered
        assert "True|True|False" == opened.app.run("Protected")

    def test_a_password_of_somebody_is_respected(self, book):
        opened = book({"A1": UNBOUND}, protected="secret")
        opened.opened()

        assert [] == opened.entered
        assert "True|True|False" == opened.app.run("Protected")

    def test_it_can_be_switched_off(self, book):
        opened = book({"A1": UNBOUND}, links=[THEIRS])
        opened.app.run("SwitchBinding")
        opened.opened()
        assert ([], []) == (opened.entered, opened.links.changed)

        opened.app.run("SwitchBinding")
        opened.opened()
        assert ["A1"] == opened.entered
