"""The ribbon's buttons, on a stand-in for Excel that notes what is done to it."""

from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from tests.hosts.stand_ins.windows import Cells
from walkaway_xl import ribbon
from walkaway_xl.cells import evaluate
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.contract import Finding, State
from walkaway_xl.hosts.excel_vba import host


class Sheet:
    """A sheet with values under addresses, in an Excel with dynamic arrays or in one from before."""

    def __init__(self, *, dynamic=True, **values):
        self.dynamic = dynamic
        self.values = values
        self.written = {}
        self.offered = {}

    def Range(self, address):  # noqa: N802 (named by Excel)
        return _Block(self, address)

    def Evaluate(self, told):  # noqa: N802
        return Cells(self.values[told]) if told in self.values else float(eval(told))


class _Block:
    def __init__(self, sheet, address):
        self.sheet, self.Address = sheet, address
        self.Value2 = sheet.values.get(address)
        self.Areas = SimpleNamespace(Count=1 + address.count(";"))
        self.Validation = SimpleNamespace(Delete=lambda: None, Add=self._offer)

    def _offer(self, kind, alert, operator, words):
        assert (3, 1, 1) == (kind, alert, operator)  # xlValidateList, xlValidAlertStop, xlBetween
        self.sheet.offered[self.Address] = words

    def __setattr__(self, name, value):
        if name == "Formula2" and not self.sheet.dynamic:
            raise AttributeError("Property '<unknown>.Formula2' can not be set.")  # as pywin32 says it
        if name == "Value2" and "Areas" in vars(self):  # which is there when the block is made
            alone = isinstance(value, tuple) and len(value) == len(value[0]) == 1
            self.sheet.values[self.Address] = value[0][0] if alone else value
        elif name in ("Formula", "Formula2"):
            # Excel shows what comes through Formula with a sign of intersection, if it knows another way.
            at = "@" if name == "Formula" and self.sheet.dynamic else ""
            self.sheet.written[self.Address] = value.replace("=", f"={at}", 1)
        else:
            super().__setattr__(name, value)


def excel(selected="A2", formula="", **values):
    """Excel with a selection, a formula in the active cell and values under addresses."""
    sheet = Sheet(**values)
    return SimpleNamespace(
        ActiveSheet=sheet, Selection=sheet.Range(selected), ActiveCell=SimpleNamespace(Formula=formula)
    )


class TestNewWorkbook:
    @pytest.fixture
    def books(self):
        return []

    @pytest.fixture
    def program(self, books):
        def add(path):
            with ZipFile(path) as package:
                books.append((Path(path), package.namelist()))

        return SimpleNamespace(Workbooks=SimpleNamespace(Add=add))

    @pytest.mark.parametrize(
        "press",
        [lambda excel: ribbon.new_workbook(excel, "used_goods"), lambda excel: ribbon.show_help(excel, "")],
    )
    def test_it_is_opened_unsaved_and_no_file_is_left(self, program, books, press):
        assert "" == press(program)
        ((path, parts),) = books

        assert "xl/workbook.xml" in parts
        assert not path.parent.exists()

    def test_an_unknown_kind_is_named(self, program, books):
        assert "used_goods" in ribbon.new_workbook(program, "used_godds")
        assert [] == books


class TestCheckOffers:
    @pytest.mark.parametrize(
        ("typed", "side", "formula"),
        [
            ("6500", "buyer", '=WALKAWAY_CHECK(A2,6500.0,"buyer")'),
            ("6500,5", " Seller", '=WALKAWAY_CHECK(A2,6500.5,"seller")'),
            ("$D$1", "candidate", '=WALKAWAY_CHECK(A2,$D$1,"candidate")'),
            ("b3", "buyer", '=WALKAWAY_CHECK(A2,$B$3,"buyer")'),
            ("$B3:B$3", "buyer", '=WALKAWAY_CHECK(A2,$B$3,"buyer")'),
            ("'My limits'!B2", "buyer", "=WALKAWAY_CHECK(A2,'My limits'!$B$2,\"buyer\")"),
            ("'It''s mine'!B2", "buyer", "=WALKAWAY_CHECK(A2,'It''s mine'!$B$2,\"buyer\")"),
            ("[Limits.xlsx]Sheet1!B2", "buyer", '=WALKAWAY_CHECK(A2,[Limits.xlsx]Sheet1!$B$2,"buyer")'),
        ],
    )
    def test_a_check_is_written_beside_each_offer(self, typed, side, formula):
        program = excel("$A$2:$A$9")

        assert "" == ribbon.check_offers(program, typed, side)
        assert {"B2:B9": formula} == program.ActiveSheet.written

    def test_an_excel_without_dynamic_arrays_gets_the_formula_too(self):
        program = excel("$A$2", dynamic=False)

        assert "" == ribbon.check_offers(program, "$D$1", "buyer")
        assert {"B2:B2": '=WALKAWAY_CHECK(A2,$D$1,"buyer")'} == program.ActiveSheet.written

    @pytest.mark.parametrize(
        ("typed", "separators", "number"),
        [
            ("7,500", ".,", "7500.0"),
            ("7,500", ",.", "7.5"),
            ("7.500", ",.", "7500.0"),
            ("7.500", ".,", "7.5"),
            ("1,234,567.89", ".,", "1234567.89"),
            ("1.234.567,89", ",.", "1234567.89"),
            ('"7,500"', ".,", "7500.0"),
            ("7 500,5", ",\N{NARROW NO-BREAK SPACE}", "7500.5"),
            ("7\N{NO-BREAK SPACE}500", ",\N{NARROW NO-BREAK SPACE}", "7500.0"),
            ("7’500.5", ".’", "7500.5"),
            ("-7.5", ".,", "-7.5"),
            ("7500.25", ".", "7500.25"),
            ("7,5", "", "7.5"),
            ("7.5", "", "7.5"),
            ("7,500.50", "", "7500.5"),
            ("7.500,50", "", "7500.5"),
            ("1,234,567", "", "1234567.0"),
        ],
    )
    def test_a_number_is_read_as_this_excel_reads_it(self, typed, separators, number):
        program = excel("$A$2")

        assert "" == ribbon.check_offers(program, typed, "buyer", separators)
        assert {"B2:B2": f'=WALKAWAY_CHECK(A2,{number},"buyer")'} == program.ActiveSheet.written

    @pytest.mark.parametrize(
        ("typed", "separators", "word"),
        [
            ("7,500", "", "7500 without a separator"),
            ("7.500", "", "7500 without a separator"),
            ("7500,125", "", "7500 without a separator"),
            ("7,5", ".,", "7500 or 7500.5"),
            ("7.5", ",.", "7500 or 7500,5"),
            ("75,00", ".,", "7500.5"),
            ("1,2345", ".,", "7500.5"),
            ("7500,125", ".,", "7500.5"),
            ("7.500,5", ".,", "7500.5"),
            ("7 500", ".,", "7500.5"),
            ("1.2.3", "", "7500"),
            ("nan", ".,", "7500.5"),
            ("inf", ".,", "7500.5"),
            ("", ".,", "7500.5"),
            ("B3:B9", ".,", "single cell"),
            ("B3:C3", ".,", "single cell"),
        ],
    )
    def test_what_contradicts_this_excel_is_refused_with_a_way_to_write_it(self, typed, separators, word):
        program = excel("$A$2")

        told = ribbon.check_offers(program, typed, "buyer", separators)
        assert word in told
        assert f"it is {typed or 'empty'}." in told
        assert {} == program.ActiveSheet.written

    @pytest.mark.parametrize(
        ("selected", "typed", "side", "word"),
        [
            ("$A$2", "abc", "buyer", "abc"),
            ("$A$2", '1,"x")+HYPERLINK(', "buyer", "must be a price"),
            ("$A$2", "6500", "byer", "candidate"),
            ("$A$2:$B$9", "6500", "buyer", "one column"),
            ("$A:$A", "6500", "buyer", "whole length"),
            ("$A$2;$A$4", "6500", "buyer", "one column"),
            ("$C$2:$C$3", "6500", "buyer", "D2:D3"),
        ],
    )
    def test_what_cannot_be_done_is_said_and_nothing_is_written(self, selected, typed, side, word):
        program = excel(selected, **{"D2:D3": ((None,), ("mine",))})

        assert word in ribbon.check_offers(program, typed, side)
        assert {} == program.ActiveSheet.written

    def test_a_picture_that_is_selected_is_no_offer(self):
        program = excel()
        program.Selection = SimpleNamespace()

        assert "Select the offers" in ribbon.check_offers(program, "1", "buyer")


class TestInsertFunction:
    def inserted(self, name, **values):
        """What was written at B3, and the lists of words, by their cells."""
        program = excel(**values)
        program.ActiveCell = SimpleNamespace(Row=3, Column=2)
        told = ribbon.insert_function(program, name)
        return told, program.ActiveSheet

    @pytest.mark.parametrize("name", CATALOGUE)
    def test_the_form_shows_the_worked_example(self, name):
        """What stands in the cells, blanks too, is asked as the formula asks it."""
        told, sheet = self.inserted(name)
        function = CATALOGUE[name]
        (place, formula), *_ = sheet.written.items()
        asked = formula.removeprefix(f"={name}(").removesuffix(")").split(",")
        example = next(each for each in function.examples if not str(each.gives).startswith("#"))
        shown = evaluate(function, [sheet.values[cells] for cells in asked])

        assert ("", name) == (told, sheet.values[place.replace("C", "B")])
        arguments = function.arguments[: len(asked)]  # of an explanation those of what it explains
        assert len(asked) in (len(function.arguments), len(example.arguments))
        assert [argument.name for argument in arguments] == [
            sheet.values[cells.split(":")[0].replace("C", "B")] for cells in asked
        ]
        wanted = example.gives if isinstance(example.gives, list) else [[example.gives]]
        rows = wanted if isinstance(wanted[0], list) else [wanted]
        assert rows == [pytest.approx(row) for row in (shown if isinstance(shown, list) else [[shown]])]

    def test_words_are_offered_from_a_list(self):
        _, sheet = self.inserted("WALKAWAY_CHECK")

        assert {"C5": "seller,buyer,candidate", "C9": "status,code"} == sheet.offered

    def test_nothing_is_written_over(self):
        told, sheet = self.inserted("PRICE_FLOOR", **{"B3:C9": ((None, None), (None, 7.0))})

        assert "must be empty" in told
        assert {} == sheet.written


class TestLogDeal:
    @pytest.fixture
    def book(self, tmp_path):
        path = tmp_path / "car.xlsx"
        path.write_bytes(Path("templates/used_goods_example.xlsx").read_bytes())
        return path

    def program(self, path, *, saved=True):
        return SimpleNamespace(
            ActiveWorkbook=SimpleNamespace(FullName=str(path), Path=str(Path(path).parent), Saved=saved)
        )

    def test_writes_the_log_beside_the_workbook(self, book):
        told = ribbon.log_deal(self.program(book), " 7.500,00", "Ask first.", ",.")
        assert "Row 1 of the deal log: ✖  BAD DEAL, −1,000 EUR" in told
        assert (book.parent / "deal_log.xlsx").is_file()
        assert "stands in the log already" in ribbon.log_deal(self.program(book), "No deal", "", ",.")

    @pytest.mark.parametrize(
        ("outcome", "said"),
        [("", "it is empty"), ("yes", "theirs, ours, a price or no deal; it is yes. Type a number")],
    )
    def test_says_what_it_cannot_read(self, book, outcome, said):
        assert said in ribbon.log_deal(self.program(book), outcome, "", ",.")

    def test_wants_a_file_that_holds_what_is_seen(self, book):
        assert "Save this workbook first" in ribbon.log_deal(self.program(book, saved=False), "ours", "")
        online = SimpleNamespace(FullName="https://drive/car.xlsx", Path="https://drive", Saved=True)
        assert "on this computer" in ribbon.log_deal(SimpleNamespace(ActiveWorkbook=online), "ours", "")
        unsaved = SimpleNamespace(FullName="Book1", Path="", Saved=True)
        assert "on this computer" in ribbon.log_deal(SimpleNamespace(ActiveWorkbook=unsaved), "ours", "")
        assert not (book.parent / "deal_log.xlsx").exists()


class TestExplainCell:
    @pytest.mark.parametrize(
        ("formula", "words"),
        [
            ("=DISCOUNT_MAX(A1,B1,0.2)", ["29.17 %", "list_price 120", "cost 68"]),
            ('=IF(DISCOUNT_MAX(A1,(60+8),0.2)>0.1,"a","b")', ["29.17 %", "cost 68"]),
            (
                "='C:\\AddIns\\walkaway_xl.xlam'!DISCOUNT_MAX(A1,B1,0.2,,4)",
                ["25 %", "leakage 0 %", "fixed_cost 4"],
            ),
            ("=DISCOUNT_MAX(0,B1,0.2)", ["list_price"]),
            ("=SUM(A1:B1)", ["none of our"]),
            ("120", ["none of our"]),
        ],
    )
    def test_the_first_of_our_functions_is_explained(self, formula, words):
        told = ribbon.explain_cell(excel(formula=formula, A1=120.0, B1=68.0), "")

        assert [] == [word for word in words if word not in told]

    def test_a_call_without_arguments_is_explained_as_an_error(self):
        assert ribbon.explain_cell(excel(formula="=DISCOUNT_MAX()"), "")

    def test_what_failed_lately_is_told_too(self):
        assert "no xlwings" in ribbon.explain_cell(excel(formula="=A1"), "no xlwings")


def test_the_doctor_is_asked_about_excel(monkeypatch):
    finding = Finding(State.TROUBLE, "the add-in is old", "walkaway-xl install excel")
    monkeypatch.setattr(host, "ask", lambda: finding)

    told = ribbon.ask_doctor(None, "")
    assert "the add-in is old" in told
    assert "walkaway-xl install excel" in told
