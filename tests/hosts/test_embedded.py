"""The embedded engine: what formulas show, and why some show an error."""

import os
import subprocess
import sys
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from tests.books import saved, values
from walkaway_xl.files import budget
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.files.zips import parts_of
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.embedded import calculate
from walkaway_xl.hosts.embedded.engine import MOST_CELLS
from walkaway_xl.hosts.embedded.formula_text import MARKER
from walkaway_xl.hosts.embedded.places import column_letters

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


def book(cells, title="Sheet", names=()):
    """A workbook with these cells."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    fill(sheet, cells)
    for name, formula in dict(names).items():
        workbook.defined_names[name] = DefinedName(name, attr_text=formula)
    return saved(workbook)


def fill(sheet, cells):
    for address, value in cells.items():
        sheet[address] = value


def table(data):
    """All that the cells of the sheet show."""
    return list(openpyxl.load_workbook(BytesIO(data), data_only=True).active.values)


def shown(formula, cells=None):
    """What one cell shows, far away from the cells it refers to."""
    return values(calculate(book({**(cells or {}), "Z1": formula})).data, "Z1")[0]


def column(data, letter, rows):
    return values(data, *(f"{letter}{row}" for row in range(1, rows + 1)))


def reason(formula, cells=None, at="Z1", **more):
    """Why a cell shows an error."""
    errors = calculate(book({**(cells or {}), "Z1": formula}, **more)).errors
    return next(error.reason for error in errors if error.address == at)


class TestWhatACellHolds:
    def test_a_number_is_a_number(self):
        assert pytest.approx(85) == shown("=PRICE_FLOOR(A1,B1)", {"A1": 68, "B1": 0.2})

    def test_a_blank_first_argument_leaves_the_result_blank(self):
        assert shown("=PRICE_FLOOR(A1,B1)", {"B1": 0.2}) in (None, "")

    def test_a_blank_of_a_later_required_argument_is_a_value_error(self):
        assert "#VALUE!" == shown("=PRICE_FLOOR(A1,B1)", {"A1": 68})

    def test_a_blank_optional_argument_is_its_default(self):
        assert pytest.approx(85) == shown("=PRICE_FLOOR(A1,B1,C1)", {"A1": 68, "B1": 0.2})

    def test_a_blank_is_never_zero(self):
        assert shown("=PRICE_FLOOR(0,0.2)") == 0
        assert shown("=PRICE_FLOOR(A1,0.2)") != 0

    @pytest.mark.parametrize("text", ["much", "68", "1e3", "TRUE", " "])
    def test_text_where_a_number_belongs_is_a_value_error(self, text):
        assert "#VALUE!" == shown("=PRICE_FLOOR(A1,0.2)", {"A1": '="' + text + '"'})

    @pytest.mark.parametrize("flag", [True, False])
    def test_a_flag_where_a_number_belongs_is_a_value_error(self, flag):
        assert "#VALUE!" == shown("=PRICE_FLOOR(A1,0.2)", {"A1": flag})

    @pytest.mark.parametrize("code", ERRORS)
    def test_an_error_comes_back_as_the_same_error(self, code):
        assert code == shown("=PRICE_FLOOR(A1,0.2)", {"A1": f"={code}"})

    @pytest.mark.parametrize("code", ERRORS)
    def test_an_error_in_an_optional_argument_comes_back_too(self, code):
        assert code == shown("=PRICE_FLOOR(68,0.2,A1)", {"A1": f"={code}"})

    def test_an_error_that_somebody_typed_comes_back(self):
        data = book({"A1": "#N/A", "Z1": "=PRICE_FLOOR(A1,0.2)"})
        assert ["#N/A"] == values(calculate(data).data, "Z1")

    def test_a_date_is_its_serial_number(self):
        cells = {"A1": "=DATE(2024,1,2)", "Z2": "=A1"}
        assert [45293, 45293] == values(calculate(book(cells)).data, "A1", "Z2")


class TestRanges:
    CELLS = {"A1": 100, "A2": 120, "A3": 140, "B1": 68, "B2": 80, "B3": 90}  # noqa: RUF012

    def test_a_column_in_gives_a_column_out(self):
        data = calculate(book({**self.CELLS, "D1": "=DISCOUNT_MAX(A1:A3,B1:B3,0.2)"})).data
        expected = [shown(f"=DISCOUNT_MAX(A{row},B{row},0.2)", self.CELLS) for row in (1, 2, 3)]
        assert pytest.approx(expected) == column(data, "D", 3)

    def test_a_row_in_gives_a_row_out(self):
        cells = {"A1": 100, "B1": 120, "D1": "=DISCOUNT_MAX(A1:B1,68,0.2)"}
        expected = [shown(f"=DISCOUNT_MAX({price},68,0.2)") for price in (100, 120)]
        assert pytest.approx(expected) == values(calculate(book(cells)).data, "D1", "E1")

    def test_a_column_against_a_row_gives_a_table(self):
        cells = {"A1": 100, "A2": 120, "D1": "=DISCOUNT_MAX(A1:A2,{60,70},0.2)"}
        corner = shown("=DISCOUNT_MAX(120,70,0.2)")
        assert [pytest.approx(corner)] == values(calculate(book(cells)).data, "E2")

    def test_lengths_that_do_not_fit_are_a_value_error(self):
        assert "#VALUE!" == shown("=DISCOUNT_MAX(A1:A3,B1:B2,0.2)", self.CELLS)
        assert "as many rows" in reason("=DISCOUNT_MAX(A1:A3,B1:B2,0.2)", self.CELLS)

    def test_one_bad_row_leaves_its_neighbours_alone(self):
        cells = {**self.CELLS, "A2": "=1/0", "D1": "=DISCOUNT_MAX(A1:A3,B1:B3,0.2)"}
        data = calculate(book(cells)).data
        good = [shown(f"=DISCOUNT_MAX(A{row},B{row},0.2)", self.CELLS) for row in (1, 3)]
        assert [pytest.approx(good[0]), "#DIV/0!", pytest.approx(good[1])] == column(data, "D", 3)

    def test_a_column_inside_a_native_function_needs_no_room(self):
        total = shown("=SUM(DISCOUNT_MAX(A1:A3,B1:B3,0.2))", self.CELLS)
        rows = [shown(f"=DISCOUNT_MAX(A{row},B{row},0.2)", self.CELLS) for row in (1, 2, 3)]
        assert pytest.approx(sum(rows)) == total


class TestLeftOut:
    @pytest.mark.parametrize(
        ("left_out", "spelled_out"),
        [
            ("=PRICE_FLOOR(68,0.2,,5)", "=PRICE_FLOOR(68,0.2,0,5)"),
            ("=PRICE_FLOOR(68,0.2,)", "=PRICE_FLOOR(68,0.2)"),
            ("=PRICE_FLOOR(68,0.2,,)", "=PRICE_FLOOR(68,0.2)"),
            ("=PRICE_FLOOR(68,0.2, ,5)", "=PRICE_FLOOR(68,0.2,0,5)"),
            ('=WALKAWAY_CHECK(100,90,"seller",,,)', '=WALKAWAY_CHECK(100,90,"seller")'),
            ('=WALKAWAY_CHECK(100,90,"seller",,,5)', '=WALKAWAY_CHECK(100,90,"seller",H1,H2,5)'),
            ("=price_floor(68,0.2,,5)", "=PRICE_FLOOR(68,0.2,0,5)"),
            ("=ROUND(PRICE_FLOOR(PRICE_FLOOR(68,0.2,,),0.2,,5),1)", "=ROUND(PRICE_FLOOR(85,0.2,0,5),1)"),
            ('=LEN(",,)")+PRICE_FLOOR(68,0.2,,5)', "=3+PRICE_FLOOR(68,0.2,0,5)"),
            ("=IF(TRUE,PRICE_FLOOR(68,0.2,,),)", "=PRICE_FLOOR(68,0.2)"),
            ("=IF(FALSE,1,)+PRICE_FLOOR(68,0.2,,5)", "=PRICE_FLOOR(68,0.2,0,5)"),
            ("=SUM(PRICE_FLOOR({68,70},0.2,,5))", "=SUM(PRICE_FLOOR({68,70},0.2,0,5))"),
        ],
    )
    def test_an_argument_left_out_is_its_default(self, left_out, spelled_out):
        expected = shown(spelled_out)
        assert not str(expected).startswith("#")
        assert pytest.approx(expected) == shown(left_out)

    @pytest.mark.parametrize("text", ["0", "left out", "\ue000left out\ue000"])
    def test_a_text_that_is_typed_is_no_argument_left_out(self, text):
        assert "#VALUE!" == shown(f'=PRICE_FLOOR(68,0.2,"{text}")')

    def test_another_process_marks_it_otherwise(self):
        asked = "from walkaway_xl.hosts.embedded.formula_text import MARKER; print(MARKER)"
        command = [sys.executable, "-c", asked]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
        assert MARKER != done.stdout.strip()

    def test_a_default_other_than_zero_is_kept(self):
        assert shown('=WALKAWAY_CHECK(91,90,"seller",,,5)') == shown(
            '=WALKAWAY_CHECK(91,90,"seller",H1,H1,5)'
        )
        assert shown('=WALKAWAY_CHECK(91,90,"seller",0)') != shown('=WALKAWAY_CHECK(91,90,"seller",)')

    def test_a_required_argument_left_out_is_a_value_error_with_its_name(self):
        assert "#VALUE!" == shown("=PRICE_FLOOR(,0.2)")
        assert "cost" in reason("=PRICE_FLOOR(,0.2)")

    def test_the_saved_formula_is_the_one_that_was_typed(self):
        data = calculate(book({"A1": "=PRICE_FLOOR(68,0.2,,5)"})).data
        assert "=PRICE_FLOOR(68,0.2,,5)" == openpyxl.load_workbook(BytesIO(data)).active["A1"].value

    def test_it_holds_in_a_sheet_whose_name_has_commas_and_quotes(self):
        data = book({"A1": 68, "B1": "=PRICE_FLOOR('It''s (,,) \"x\"'!A1,0.2,,5)"}, title='It\'s (,,) "x"')
        assert [pytest.approx(shown("=PRICE_FLOOR(68,0.2,0,5)"))] == values(calculate(data).data, "B1")


class TestSpellings:
    @pytest.mark.parametrize(
        "call",
        [
            "price_floor(68,0.2)",
            "_xlfn.PRICE_FLOOR(68,0.2)",
            "_xludf.PRICE_FLOOR(68,0.2)",
            "_xldudf_PRICE_FLOOR(68,0.2)",
            "[1]!PRICE_FLOOR(68,0.2)",
            "'C:\\add-ins\\walkaway.xlam'!PRICE_FLOOR(68,0.2)",
            "'C:\\Users\\x\\AppData\\Roaming\\Microsoft\\AddIns\\walkaway_xl.xlam'!PRICE_FLOOR(68,0.2)",
            "'C:\\Program Files\\Microsoft Office\\XLSTART\\walkaway_xl.xlam'!PRICE_FLOOR(68,0.2)",
            "'file:///C:/Users/x/AddIns/walkaway_xl.xlam'!PRICE_FLOOR(68,0.2)",
            "walkaway_xl.xlam!PRICE_FLOOR(68,0.2)",
            "WALKAWAY.XL.ADDIN.PRICEFLOOR(68,0.2)",
            "WALKAWAY.XL.ADDIN.PRICEFLOOR(68,0.2,,)",
            "walkaway.xl.AddIn.priceFloor(68,0.2)",
            "@PRICE_FLOOR(68,0.2)",
            "_xlfn.SINGLE(PRICE_FLOOR(68,0.2))",
        ],
    )
    def test_what_programs_put_before_a_name_does_not_matter(self, call):
        assert pytest.approx(85) == shown(f"={call}")

    @pytest.mark.parametrize("name", CATALOGUE)
    def test_the_long_name_that_libreoffice_stores_is_the_function_itself(self, name):
        example = CATALOGUE[name].examples[0]
        plain = example.formula(name)
        long = example.formula(f"WALKAWAY.XL.ADDIN.{name.replace('_', '')}")
        before, after = calculate(book({"A1": plain})), calculate(book({"A1": long}))
        assert table(before.data) == table(after.data)
        assert () == after.errors
        assert name in after.sheets[0].ours

    def test_a_long_name_in_a_text_is_a_text(self):
        text = "WALKAWAY.XL.ADDIN.PRICEFLOOR(68,,)"
        assert f"{text}85" == shown(f'="{text}"&WALKAWAY.XL.ADDIN.PRICEFLOOR(68,0.2)')

    def test_a_long_name_holds_in_a_defined_name_and_an_array_formula(self):
        cells = {"B1": "=floor*2", "D1": ArrayFormula("D1:D2", "=WALKAWAY.XL.ADDIN.PRICEFLOOR({68;136},0.2)")}
        data = calculate(book(cells, names={"floor": "WALKAWAY.XL.ADDIN.PRICEFLOOR(68,0.2,,)"})).data
        assert pytest.approx([170, 85, 170]) == values(data, "B1", "D1", "D2")

    def test_a_defined_name_may_call_our_functions(self):
        data = book(
            {"A1": 68, "B1": "=floor*2", "C1": "=twice+floor"},
            names={"floor": "PRICE_FLOOR(Sheet!$A$1,0.2,,)", "twice": "2*floor"},
        )
        assert pytest.approx([170, 255]) == values(calculate(data).data, "B1", "C1")


class TestArrays:
    def test_an_array_formula_keeps_to_its_area(self):
        cells = {"A1": 100, "A2": 120, "A3": 140, "D3": "mine"}
        data = book({**cells, "D1": ArrayFormula("D1:D2", "=DISCOUNT_MAX(A1:A3,68,0.2)")})
        first, second, third = column(calculate(data).data, "D", 3)
        assert "mine" == third
        assert [first, second] == [shown(f"=DISCOUNT_MAX({price},68,0.2)") for price in (100, 120)]

    def test_an_area_larger_than_the_result_shows_na_and_says_why(self):
        calculated = calculate(book({"D1": ArrayFormula("D1:D3", "=DISCOUNT_MAX({100;120},68,0.2)")}))
        assert ["#N/A"] == values(calculated.data, "D3")
        assert "more cells than" in calculated.errors[0].reason

    def test_one_value_fills_the_whole_area(self):
        data = calculate(book({"D1": ArrayFormula("D1:D3", "=PRICE_FLOOR(68,0.2)")})).data
        assert pytest.approx([85, 85, 85]) == column(data, "D", 3)

    def test_a_formula_that_spills_is_stored_as_an_array_formula(self):
        data = calculate(book({"D1": "=PRICE_FLOOR({68;70},0.2)"})).data
        formula = openpyxl.load_workbook(BytesIO(data)).active["D1"].value
        assert ("D1:D2", "=PRICE_FLOOR({68;70},0.2)") == (formula.ref, formula.text)

    def test_a_smaller_result_empties_the_cells_of_the_larger_one(self):
        cells = {**{f"A{row}": row for row in range(1, 5)}, "D1": "=_xlfn._xlws.FILTER(A1:A4,A1:A4>C1)"}
        first = calculate(book({**cells, "C1": 1}))
        assert [2, 3, 4, None] == column(first.data, "D", 4)
        smaller = calculate(_with_number(first.data, "C1", 3))
        assert [4, None, None, None] == column(smaller.data, "D", 4)
        larger = calculate(_with_number(smaller.data, "C1", 0))
        assert [1, 2, 3, 4] == column(larger.data, "D", 4)

    def test_cells_that_depend_on_a_spilled_cell_follow(self):
        data = calculate(book({"D1": "=PRICE_FLOOR({68;136},0.2)", "F1": "=D2*2", "G1": "=SUM(D1#)"})).data
        assert pytest.approx([340, 255]) == values(data, "F1", "G1")


def _with_number(data, address, number):
    """The same package with another number in one cell, as a spreadsheet program would leave the rest."""
    import re

    from walkaway_xl.files import packages

    opened = packages.opened(data)
    part = opened.sheets[0].part
    pattern = rf'(<c r="{address}"[^>]*>)<v>[^<]*</v>'.encode()
    changed, count = re.subn(pattern, rb"\g<1><v>%d</v>" % number, opened.parts[part])
    assert 1 == count
    return opened.with_parts({part: changed})


class TestSize:
    def test_twenty_thousand_filled_down_formulas_are_no_trouble(self):
        rows = 20_000
        workbook = openpyxl.Workbook(write_only=True)
        sheet = workbook.create_sheet("Lines")
        for row in range(1, rows + 1):
            sheet.append([100 + row, 68, f"=PRICE_FLOOR(A{row},0.2)", f"=C{row}-A{row}"])
        calculated = calculate(saved(workbook))
        assert (2 * rows, ()) == (calculated.formulas, calculated.errors)
        assert pytest.approx([101 / 0.8, 20_100 / 0.8]) == values(calculated.data, "C1", f"C{rows}")

    def test_a_column_of_as_many_cells_as_the_engine_shows(self):
        rows = MOST_CELLS
        data = calculate(book({"D1": f"=PRICE_FLOOR(SEQUENCE({rows}),0.2)"})).data
        assert pytest.approx([1 / 0.8, rows / 0.8]) == values(data, "D1", f"D{rows}")

    def test_beyond_that_the_reason_and_the_remedy_are_in_words(self):
        calculated = calculate(book({"D1": f"=PRICE_FLOOR(SEQUENCE({MOST_CELLS + 1}),0.2)"}))
        (error,) = calculated.errors
        assert "#SPILL!" == error.code
        for part in ("10,001", "10,000", "fill the formula down"):
            assert part in error.reason

    def test_beyond_that_a_sum_still_works(self):
        assert pytest.approx(12_000 * 12_001 / 2 / 0.8) == shown("=SUM(PRICE_FLOOR(SEQUENCE(12000),0.2))")


class TestCountedWhileCalculating:
    def test_a_text_that_no_cell_holds_is_an_error_for_who_asks_for_it(self):
        long = {"A1": '=REPT("x",32767)&"y"', "A2": '=REPT("x",32767)&""'}
        assert ["#VALUE!", 32767] == [shown(f"=LEN({cell})", long) for cell in long]

    @pytest.mark.parametrize("formula", ['=REPT("x",1000)', "=A1:A1000", "=n"])
    def test_results_over_the_whole_workbook_are_refused_by_their_cell(self, formula, monkeypatch):
        few = {
            name: budget.LIMITS[name]._replace(free=9_000, most=9_000) for name in ("results", "result_text")
        }
        monkeypatch.setattr(budget, "LIMITS", {**budget.LIMITS, **few})
        cells = {f"{column_letters(number)}1": formula for number in range(3, 30)}
        with pytest.raises(WorkbookError, match=r"^with the result of Sheet![A-Z]+1, the workbook has "):
            calculate(book(cells, names={"n": "Sheet!$A$1:$A$1000"}))

    def test_questions_about_ranges_are_counted_over_the_whole_workbook(self, monkeypatch):
        few = budget.LIMITS["answers"]._replace(free=9_000, most=9_000)
        monkeypatch.setattr(budget, "LIMITS", {**budget.LIMITS, "answers": few})
        cells = {f"B{row}": "=SUM(PRICE_FLOOR($A$1:$A$1000,ROW()/100))" for row in range(1, 11)}
        with pytest.raises(WorkbookError, match="PRICE_FLOOR has 10,000 cells in the answers"):
            calculate(book({**cells, "A1000": 1.0}))
        del cells["B10"]
        calculate(book({**cells, "A1000": 1.0}))

    def test_the_saved_formula_is_the_one_that_was_typed(self):
        sheet = openpyxl.Workbook().active
        fill(sheet, {"A1": "x", "B1": '=A1&"y"', "D1": "=A1:A3"})
        data = calculate(saved(sheet.parent)).data
        assert b"COUNTED" not in b"".join(parts_of(data).values())


class TestReasons:
    @pytest.mark.parametrize(
        ("formula", "word"),
        [
            ("=DISCOUNT_MAX(0,68,0.2)", "list_price"),
            ('=WALKAWAY_CHECK(100,90,"byer")', "seller"),
            ("=PRICE_FLOOR(TRUE,0.2)", "it is TRUE"),
            ("=2*PRICE_FLOOR(68,1.5)", "min_margin"),
            ("=PRICE_FLOOR(PRICE_FLOOR(68,1.5),0.2)", "min_margin"),
            ("=DISCOUNT_MAX(0,PRICE_FLOOR(68,0.2),0.2)", "list_price"),
            ("=IF(ISERROR(PRICE_FLOOR(68,1.5)),DISCOUNT_MAX(0,68,0.2),1)", "list_price"),
            ("=PRICE_FLOOR(1,2,3,4,5,6,7,8,9)", "at most"),
            ("=1/0", "division by zero"),
            ("=NO_SUCH_THING(1)", "NO_SUCH_THING"),
            ("=1+NO_SUCH_THING(1)+PRICE_FLOOR(68,0.2)", "NO_SUCH_THING"),
            ("=no_such_name+1", "no_such_name"),
            ("=1+", "cannot be read"),
            ("=Z1+1", "its own cell"),
            ("=SUM(A1:AA9)", "its own cell"),
            ("=VLOOKUP(1,{2,3},2,FALSE)", "lookup"),
            ("=Nowhere!A1", "not there"),
        ],
    )
    def test_an_error_has_its_reason_in_words(self, formula, word):
        assert word.lower() in reason(formula).lower()

    def test_an_error_from_another_cell_names_it(self):
        assert "comes from Sheet!B5" == reason("=SUM(A1:B9)+1", {"B5": "=1/0"})
        assert "comes from 'My sheet'!B5" == reason("=PRICE_FLOOR(B5,0.2)", {"B5": "=1/0"}, title="My sheet")
        assert "comes from Sheet!B5" == reason("=B5*2", {"B5": "#N/A"})

    def test_a_function_of_ours_that_passes_an_error_on_names_the_cell(self):
        assert "comes from Sheet!B5" == reason("=PRICE_FLOOR(PRICE_FLOOR(B5,0.2),0.2)", {"B5": "=1/0"})

    def test_each_row_of_a_column_has_its_own_reason(self):
        cells = {"A1": 100, "A2": 0, "A3": "text", "A4": "=1/0", "A5": 100}
        calculated = calculate(book({**cells, "D1": "=DISCOUNT_MAX(A1:A5,68,0.2)"}))
        found = {error.address: error for error in calculated.errors}
        assert {"A4", "D2", "D3", "D4"} == set(found)
        assert ["#NUM!", "#VALUE!", "#DIV/0!"] == [found[f"D{row}"].code for row in (2, 3, 4)]
        assert "list_price" in found["D2"].reason
        assert '"text"' in found["D3"].reason
        assert "comes from Sheet!A4" == found["D4"].reason
        assert {"=DISCOUNT_MAX(A1:A5,68,0.2)"} == {found[f"D{row}"].formula for row in (2, 3, 4)}

    def test_a_row_of_a_column_names_the_cell_of_its_own_row(self):
        cells = {"A1": "=1/0", "A2": 100, "A3": "=1/0", "D1": "=DISCOUNT_MAX(A1:A3,68,0.2)"}
        found = {error.address: error.reason for error in calculate(book(cells)).errors}
        assert "comes from Sheet!A1" == found["D1"]
        assert "comes from Sheet!A3" == found["D3"]
        wide = {"A1": "=1/0", "B1": 100, "C1": "=1/0", "A3": "=DISCOUNT_MAX(A1:C1,68,0.2)"}
        found = {error.address: error.reason for error in calculate(book(wide)).errors}
        assert "comes from Sheet!C1" == found["C3"]

    def test_each_cell_of_a_circle_says_so(self):
        errors = calculate(book({"A1": "=B1+1", "B1": "=A1+1"})).errors
        assert ["A1", "B1"] == [error.address for error in errors]
        assert all("its own cell" in error.reason for error in errors)

    @pytest.mark.parametrize(
        "title", ["A1", "R1C1", "TRUE", "Été", "a b", "it's", "1st", "x,y(z", "Q&A", "#"]
    )
    def test_a_sheet_may_have_any_name(self, title):
        told = reason("=PRICE_FLOOR(B5,0.2)", {"B5": "=1/0", "D1": "=PRICE_FLOOR({68;70},0.2)"}, title=title)
        assert "comes from '" + title.replace("'", "''") + "'!B5" == told.replace("TRUE!", "'TRUE'!")

    def test_a_native_function_around_a_column_tells_the_reason_of_its_bad_row(self):
        assert '"text"' in reason("=SUM(DISCOUNT_MAX(A1:A2,68,0.2))", {"A1": 100, "A2": "text"})

    def test_a_blocked_spill_names_the_cell_in_its_way(self):
        told = reason("=PRICE_FLOOR({68;70;72},0.2)", {"Z3": "mine"})
        for part in ("Z1:Z3", "Z3 is not empty"):
            assert part in told

    def test_a_spill_blocked_by_a_formula_that_shows_nothing_names_it(self):
        assert "Z2" in reason("=PRICE_FLOOR({68;70},0.2)", {"Z2": '=""'})

    def test_a_result_wider_than_the_sheet_says_so(self):
        cells = {"XFD1": "=PRICE_FLOOR({68,70},0.2)"}
        (error,) = calculate(book(cells)).errors
        assert "does not fit on the sheet" in error.reason

    def test_a_filled_down_formula_that_fails_shows_its_own_row(self):
        cells = {f"A{row}": row % 3 for row in range(1, 10)}
        cells |= {f"D{row}": f"=DISCOUNT_MAX(A{row},0.5,0.2,,)" for row in range(1, 10)}
        errors = calculate(book(cells)).errors
        assert ["D3", "D6", "D9"] == [error.address for error in errors]
        assert "=DISCOUNT_MAX(A3,0.5,0.2,,)" == errors[0].formula


class TestCounts:
    def test_what_was_calculated_is_counted_by_sheet_and_function(self):
        workbook = openpyxl.Workbook()
        fill(workbook.active, {"A1": "=1+1", "A2": "=PRICE_FLOOR(68,0.2)+price_floor(1,0.2)"})
        fill(workbook.create_sheet("Other"), {"A1": "=DISCOUNT_MAX(0,68,0.2)", "A2": 'text "PRICE_FLOOR("'})
        calculated = calculate(saved(workbook))
        first, other = calculated.sheets
        assert (3, 1) == (calculated.formulas, len(calculated.errors))
        assert (2, 1, {"PRICE_FLOOR": 2}, 0) == (first.formulas, first.native, dict(first.ours), first.errors)
        assert (1, 0, {"DISCOUNT_MAX": 1}, 1) == (
            other.formulas,
            other.native,
            dict(other.ours),
            other.errors,
        )
        for part in ("3 formulas", "1 cell holds an error", "PRICE_FLOOR", "Other"):
            assert part in calculated.summary

    def test_a_workbook_without_formulas_comes_back_as_it_is(self):
        calculated = calculate(book({"A1": 1}))
        assert (0, ()) == (calculated.formulas, calculated.errors)
        assert [1] == values(calculated.data, "A1")
