"""LibreOffice Calc, headless and real, beside the contract: long columns, and the files that people open."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from tests.calls import all_alike, rows_of
from tests.hosts.stand_ins.calc import IN_CALC, PATH, Calc
from tests.sampling import one_in
from tests.texts.translating import translated
from walkaway_xl import CATALOGUE, languages
from walkaway_xl.cells import LEFT_OUT, evaluate
from walkaway_xl.core.phrasing import spoken_in
from walkaway_xl.hosts.libreoffice import host
from walkaway_xl.hosts.libreoffice.extension import contents, extension
from walkaway_xl.hosts.libreoffice.interface import BLANK_WARNING
from walkaway_xl.hosts.libreoffice.lone_cells import lone_cells
from walkaway_xl.languages import translation

MENUS = "en-US"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Questions:
    """A workbook of questions below each other, each with room for its answer and the cells it asks about."""

    def __init__(self) -> None:
        self.workbook = openpyxl.Workbook()
        self.sheet = self.workbook.active
        self.data = self.workbook.create_sheet("Data")
        self.row = self.free = 1
        self.asked: list[tuple[int, str, Any]] = []

    def ask(self, formula: str, expected: Any) -> None:
        """Write a formula; `expected` is one cell or rows of cells."""
        rows = rows_of(expected)
        if len(rows) == len(rows[0]) == 1:
            self.sheet.cell(self.row, 1, formula)
        else:
            corner = f"{get_column_letter(len(rows[0]))}{self.row + len(rows) - 1}"
            self.sheet[f"A{self.row}"] = ArrayFormula(f"A{self.row}:{corner}", formula)
        self.asked.append((self.row, formula, rows))
        self.row += len(rows)

    def argument(self, cells: Any) -> str:
        """Cells as an argument of a formula: written to the second sheet and referred to."""
        if cells is LEFT_OUT:
            return ""
        rows = rows_of(cells)
        for place, values in enumerate(rows):
            for column, value in enumerate(values, 1):
                self.data.cell(self.free + place, column, value)
        first, last = self.free, self.free + len(rows) - 1
        self.free = last + 1
        alone = len(rows) == len(rows[0]) == 1
        return f"Data!$A${first}" + ("" if alone else f":${get_column_letter(len(rows[0]))}${last}")

    def wrong(self, calc: Calc, path: Path) -> list[str]:
        """Questions that Calc answers otherwise."""
        self.workbook.save(path)
        shown = calc.values(path)
        wrong = []
        for row, formula, expected in self.asked:
            corner = f"{get_column_letter(len(expected[0]))}{row + len(expected) - 1}"
            cells = [[cell.value for cell in line] for line in shown[f"A{row}:{corner}"]]
            if not all_alike(expected, cells):
                wrong.append(f"{formula}: {expected} expected, {cells} shown")
        return wrong


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A German catalogue, under the name of the language that the menus of a fresh profile have."""
    messages = 'msgid "{subject} must be zero or more"\nmsgstr "{subject} muss mindestens null sein"\n\n'
    messages += (
        'msgid "An empty cell alone counts as 0: write A1:A1 in place of A1."\nmsgstr "A1:A1 statt A1!"\n'
    )
    translated(tmp_path / "locale", MENUS, messages)
    monkeypatch.setattr(languages, "FOLDER", tmp_path / "locale")


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    return Calc(tmp_path_factory.mktemp("calc"))


class TestInCalc:
    pytestmark = IN_CALC

    def test_a_word_beside_numbers_compares_as_the_page_says(self, calc, tmp_path):
        """A difference of docs/hosts.md; where Calc mends it, the page and this test change."""
        questions = Questions()
        table = questions.argument([[7500.0, 6500.0]])
        questions.ask(f'=BATNA_COMPARE(7000,{table},"buyer")', [[7500, 2, 500, ""], [6500, 1, -500, "BATNA"]])
        questions.ask(f'=D{questions.row - 1}="BATNA"', False)
        questions.ask(f'=D{questions.row - 2}&""="BATNA"', True)

        assert [] == questions.wrong(calc, tmp_path / "page.xlsx")

    @pytest.mark.parametrize(
        ("language", "shown"),
        [("en-US", "1,234.5"), ("de-DE", "1.234,5")],
    )
    def test_a_sentence_has_the_separators_of_the_language(self, tmp_path, language, shown):
        questions = Questions()
        sentence = f"WALK AWAY: offer {shown} is worse for a seller than walkaway 6{shown[1]}500."
        questions.ask('=WALKAWAY_EXPLAIN("WALKAWAY_CHECK",1234.5,6500,"seller")', sentence)

        assert [] == questions.wrong(Calc(tmp_path, language=language), tmp_path / "language.xlsx")

    def test_a_sentence_is_in_the_language_of_the_menus(self, german, tmp_path):
        questions = Questions()
        with spoken_in(translation(MENUS)):
            sentence = evaluate(CATALOGUE["WALKAWAY_EXPLAIN"], ["PRICE_FLOOR", -1, 0.2])
        assert "muss mindestens null sein" in sentence
        questions.ask('=WALKAWAY_EXPLAIN("PRICE_FLOOR",-1,0.2)', sentence)

        assert [] == questions.wrong(Calc(tmp_path), tmp_path / "language.xlsx")

    def test_a_column_laid_on_its_side_shows_the_same(self, calc, tmp_path):
        """What docs/hosts.md advises for a long column, with every kind of cell that is no error."""
        questions = Questions()
        cells = [[7500.0], [None], ["words"], ["1200"], [True], [0.0], [-1.0], [6300.0]]
        column = questions.argument(cells)
        seen = _seen(cells)
        for name, others, told in (
            ("PRICE_FLOOR", [0.2], "0.2"),
            ("WALKAWAY_CHECK", [6500, "buyer", 6000], '6500,"buyer",6000'),
        ):
            shown = evaluate(CATALOGUE[name], [seen, *others])
            questions.ask(f"={name}({column},{told})", shown)
            questions.ask(f"=TRANSPOSE({name}(TRANSPOSE({column}),{told}))", shown)

        assert [] == questions.wrong(calc, tmp_path / "side.xlsx")

    def test_names_conditions_arrays_and_comparisons_calculate_on_opening(self, calc, tmp_path):
        path = tmp_path / "deal.xlsx"
        _deal(path)
        sheet = calc.values(path)

        assert ["WALK AWAY", "ACCEPTABLE"] == [sheet["B1"].value, sheet["B2"].value]
        assert ["leave", "stay"] == [sheet["C1"].value, sheet["C2"].value]
        assert 85 == sheet["D1"].value
        assert 1 == sheet["D2"].value
        shown = calc.saved_as("html", path).read_text()
        assert 1 == len(re.findall(r'bgcolor="#FF0000"', shown))

    def test_an_ods_file_with_plain_names_calculates_on_opening(self, calc, tmp_path):
        path = tmp_path / "deal.xlsx"
        _deal(path)
        (tmp_path / "bare").mkdir()
        plain = Calc(tmp_path / "bare", extended=False).saved_as("ods", path)

        assert "WALK AWAY" == calc.values(plain)["B1"].value
        assert "WALK AWAY" == calc.values(calc.saved_as("ods", path))["B1"].value

    def test_stored_values_of_the_file_are_no_obstacle(self, tmp_path):
        path = tmp_path / "deal.xlsx"
        _deal(path)
        believing = Calc(tmp_path, recalculates=False)

        assert ["WALK AWAY", "leave"] == [believing.values(path)[cell].value for cell in ("B1", "C1")]

    def test_an_empty_cell_alone_is_blank_where_it_is_written_as_a_range(self, calc, tmp_path):
        """What docs/hosts.md and the wizard advise."""
        questions = Questions()
        cell = questions.argument(None)
        for told, shown in ((cell, 0), (f"{cell}:{cell.partition('!')[2]}", 34)):
            questions.ask(f'=WALKAWAY_PRICE(33,"buyer",0,1,{told})', shown)

        assert [] == questions.wrong(calc, tmp_path / "blank.xlsx")

    @pytest.mark.parametrize(
        ("formula", "is_warned"),
        one_in(
            2,
            [
                ("PRICE_FLOOR(A1,0.2)", True),
                ("PRICE_FLOOR(A2,0.2)", False),
                ("PRICE_FLOOR(A1:A1,0.2)", False),
            ],
            of_several=True,
        ),
    )
    def test_a_workbook_that_asks_about_an_empty_cell_says_so(self, calc, tmp_path, formula, is_warned):
        path, out = tmp_path / "blank.xlsx", tmp_path / "told.json"
        workbook = openpyxl.Workbook()
        workbook.active["A2"], workbook.active["B1"] = 68, f"={formula}"
        workbook.save(path)
        folders = [(calc.folder / name).as_uri() for name in ("profile", "bundled")]
        script = Path(__file__).parent / "stand_ins" / "bar_session.py"
        done = subprocess.run(
            ["/usr/bin/python3", script, *folders, path, out, BLANK_WARNING],
            env={"HOME": str(tmp_path), "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=120,
        )

        assert out.exists(), done.stdout + done.stderr
        assert [is_warned, False] == json.loads(out.read_text())

    def test_a_column_is_one_call(self, calc, tmp_path):
        questions = Questions()
        offers = [[7500.0 - 100 * row] for row in range(200)]
        told = questions.argument(offers)
        questions.ask(
            f'=WALKAWAY_CHECK({told},6500,"buyer",6000)',
            evaluate(CATALOGUE["WALKAWAY_CHECK"], [offers, 6500, "buyer", 6000]),
        )
        first = questions.row
        questions.ask('=COUNTIF(A1:A200,"WALK AWAY")', 10)
        assert first == 201

        assert [] == questions.wrong(calc, tmp_path / "column.xlsx")


def _seen(cells: Any) -> Any:
    """What Calc hands over, as its host declares it."""
    for difference in host.DIFFERENCES:
        if difference.handed_over is not None:
            cells = difference.handed_over(cells)
    return cells


def _deal(path: Path) -> None:
    """A workbook as a person types it: a name, an array, a comparison and a conditional format."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["A2"] = 7500, 6300
    sheet["B1"] = ArrayFormula("B1:B2", '=WALKAWAY_CHECK(A1:A2,6500,"buyer",6000)')
    sheet["C1"], sheet["C2"] = '=IF(B1="WALK AWAY","leave","stay")', '=IF(B2="WALK AWAY","leave","stay")'
    workbook.defined_names["floor"] = DefinedName("floor", attr_text="PRICE_FLOOR(68,0.2)")
    sheet["D1"], sheet["D2"] = "=floor", '=COUNTIF(B1:B2,"WALK AWAY")'
    red = PatternFill(bgColor="FF0000", fill_type="solid")
    rule = FormulaRule(formula=['WALKAWAY_CHECK($A1,6500,"buyer")="WALK AWAY"'], fill=red)
    sheet.conditional_formatting.add("A1:A2", rule)
    workbook.save(path)


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("=PRICE_FLOOR(A1;B1)", ["A1", "B1"]),
        ('=WALKAWAY_CHECK($Data.$A$1;6500;"buyer;A1")', ["A1"]),
        ("=PRICE_FLOOR(A1:A1;A1+1)", []),
        ("=SUM(A1;PRICE_FLOOR(SUM(A2;A3);A4))", ["A4"]),
        ('=IF(A1="";"";PRICE_FLOOR(A1;B1))', ["B1"]),
        ("=SUM(A1;B1)", []),
        ("=PRICE_FLOOR(A1;B1", ["A1"]),
    ],
)
def test_the_single_cells_of_a_formula_are_those_that_are_asked_for_a_number(formula, cells):
    assert cells == [place.cell for place in lone_cells(formula)]


class TestTheExtension:
    def test_it_is_small_and_the_same_each_time(self):
        assert extension() == extension()
        assert len(extension()) < 400_000

    def test_every_function_is_declared_and_has_help(self):
        parts = contents()
        methods = re.findall(r"(\w+)\(\[in\]", parts["walkaway.idl"].decode())
        names = "{http://openoffice.org/2001/registry}name"
        tree = ElementTree.fromstring(parts["addins.xcu"])
        told = [
            {prop.get(names): prop.findtext("value") for prop in node.iterfind("prop")}
            for node in tree.iterfind("node/node/node/node")
        ]

        assert len(CATALOGUE) == len(methods) == len(set(methods))
        assert list(CATALOGUE) == [each["DisplayName"] for each in told]
        assert list(CATALOGUE) == [each["CompatibilityName"] for each in told]
        for function, each in zip(CATALOGUE.values(), told, strict=True):
            assert each["Description"].startswith(function.summary)
            takes_numbers = any(argument.kind.is_measured for argument in function.arguments)
            assert takes_numbers == ("write A1:A1" in each["Description"])
        for node, function in zip(tree.iterfind("node/node/node/node"), CATALOGUE.values(), strict=True):
            given = [node_.findtext("prop/value") for node_ in node.iterfind("node/node")]
            assert [argument.name for argument in function.arguments] == given

    def test_the_wizard_speaks_every_language_that_there_is(self, german):
        tree = ElementTree.fromstring(contents()["addins.xcu"])
        helps = [
            {value.get(LANG): value.text for value in prop}
            for prop in tree.iter("prop")
            if "write A1:A1" in (prop.findtext("value") or "")
        ]
        assert helps
        assert all(words[MENUS].endswith(" A1:A1 statt A1!") for words in helps)

    def test_it_holds_what_it_imports(self):
        """The modules inside import nothing of the package that is not inside as well."""
        inside = {
            path.removeprefix("pythonpath/"): content.decode()
            for path, content in contents().items()
            if path.startswith("pythonpath/")
        }
        imported = {
            name
            for source in inside.values()
            for name in re.findall(r"^\s*from (walkaway_xl[\w.]*) import", source, flags=re.MULTILINE)
        }

        assert "walkaway_xl.core.walkaway" in imported
        assert set() == {
            name
            for name in imported
            if not {f"{name.replace('.', '/')}.py", f"{name.replace('.', '/')}/__init__.py"} & set(inside)
        }
