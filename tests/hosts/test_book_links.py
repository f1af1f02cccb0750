"""Links to another user's add-in, taken out of files: the function stays, the path goes."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.books import linked_to, saved, values
from walkaway_xl.cli import main
from walkaway_xl.files import packages
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.excel_vba.book_links import mended
from walkaway_xl.hosts.formula_pieces import BEHIND_A_PATH

THEIRS = "file:///C:/Users/J%C3%B6rg%20O'Brien/AppData/Roaming/Microsoft/AddIns/walkaway_xl.xlam"
COSTS = "file:///C:/costs.xlsx"
PATH = "'C:\\Users\\ann\\AddIns\\walkaway_xl.xlam'!"


def book(*formulas, links=(THEIRS,), names=()):
    """A workbook with formulas as a file stores them, one a row of the column A."""
    workbook = openpyxl.Workbook()
    for row, formula in enumerate(formulas, 1):
        workbook.active[f"A{row}"] = f"={formula}"
    for name, formula in dict(names).items():
        workbook.defined_names[name] = DefinedName(name, attr_text=formula)
    return linked_to(saved(workbook), *links)


def formulas_of(data):
    parts = packages.opened(data)
    sheet = openpyxl.load_workbook(BytesIO(data), keep_links=False).active
    return [cell.value for cell in sheet["A"]], packages.linked_files(parts)


class TestOneBook:
    def test_the_function_stays_and_the_path_and_the_link_go(self):
        outcome = mended(book("[1]!PRICE_FLOOR(68,0.2)", '[1]!WALKAWAY_CHECK(1,2,"a")&"[1]!PRICE_FLOOR("'))

        assert (
            ["=PRICE_FLOOR(68,0.2)", '=WALKAWAY_CHECK(1,2,"a")&"[1]!PRICE_FLOOR("'],
            {},
        ) == formulas_of(outcome.data)
        assert (2, 1) == (outcome.calls, len(outcome.files))
        assert "O'Brien/AppData" in outcome.files[0]

    def test_no_part_of_the_link_is_left_and_no_program_is_asked_about_it(self):
        parts = parts_of(mended(book("[1]!PRICE_FLOOR(68,0.2)")).data)

        assert [] == [
            name for name, part in parts.items() if b"externalLink" in part or "externalLink" in name
        ]
        assert b"externalReference" not in parts["xl/workbook.xml"]
        assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]

    def test_a_path_in_the_formula_itself_goes_too(self):
        outcome = mended(book(f"{PATH}PRICE_FLOOR(68,0.2)+walkaway_xl.xlam!PRICE_FLOOR(1,0)", links=()))

        assert (["=PRICE_FLOOR(68,0.2)+PRICE_FLOOR(1,0)"], {}) == formulas_of(outcome.data)
        assert (2, ()) == outcome[1:]

    def test_other_links_keep_their_files_under_their_new_numbers(self):
        data = book(
            "[1]Net!A1+[2]!PRICE_FLOOR([3]Net!B2,0.2)",
            "SUM('[3]My sheet'!A1:A3)+Prices[3]",
            links=(COSTS, THEIRS, "file:///C:/rates.xlsx"),
            names={"rates": "'[3]My sheet'!$A$1"},
        )
        shown, linked = formulas_of(mended(data).data)

        assert ["=[1]Net!A1+PRICE_FLOOR([2]Net!B2,0.2)", "=SUM('[2]My sheet'!A1:A3)+Prices[3]"] == shown
        assert {"1": "file:///C:/costs.xlsx", "2": "file:///C:/rates.xlsx"} == linked
        assert ["'[2]My sheet'!$A$1"] == [name.formula for name in packages.opened(mended(data).data).names]

    def test_a_button_that_runs_a_macro_of_another_file_follows(self):
        parts = parts_of(book("[1]!PRICE_FLOOR(68,0.2)", links=(THEIRS, COSTS)))
        parts["xl/drawings/drawing1.xml"] = b'<wsDr><sp macro="[2]!Start" textlink=""/></wsDr>'

        assert b'macro="[1]!Start"' in parts_of(mended(archive_of(parts)).data)["xl/drawings/drawing1.xml"]

    @pytest.mark.parametrize(
        "formula",
        [
            "[1]!THEIRS(1)",  # a function that we do not have
            "[1]Sheet1!A1",  # cells of the file
            "PRICE_FLOOR(68,0.2)",
        ],
    )
    def test_what_needs_the_link_keeps_it(self, formula):
        data = book(formula, links=() if formula.startswith("PRICE") else (THEIRS,))

        assert not mended(data).is_changed
        assert mended(data).data is data

    def test_the_add_in_of_somebody_else_is_left_alone(self):
        assert not mended(book("[1]!PRICE_FLOOR(68,0.2)", links=("file:///C:/pricing.xlam",))).is_changed

    def test_everything_else_keeps_its_bytes(self):
        data = book("[1]!PRICE_FLOOR(68,0.2)", "1+1")
        before, after = parts_of(data), parts_of(mended(data).data)

        assert {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"} == {
            name for name in after if after[name] != before[name] and "sheet1" not in name
        }
        assert before["xl/worksheets/sheet1.xml"].replace(b"[1]!", b"") == after["xl/worksheets/sheet1.xml"]

    def test_it_calculates_as_before(self):
        data = mended(book("[1]!PRICE_FLOOR(68,0.2)")).data

        assert [pytest.approx(85)] == values(embedded.calculate(data).data, "A1")

    def test_a_signed_one_is_refused(self):
        parts = parts_of(book("[1]!PRICE_FLOOR(68,0.2)")) | {"_xmlsignatures/sig1.xml": b"<Signature/>"}
        with pytest.raises(WorkbookError, match=r"is signed.*mend a copy"):
            mended(archive_of(parts))

    @pytest.mark.parametrize("part", [b"<a><![CDATA[x]]></a>", b"\xff\xfe<\0a\0/\0>\0"])
    def test_a_part_that_hides_formulas_is_refused(self, part):
        parts = parts_of(book("[1]!PRICE_FLOOR(68,0.2)")) | {"xl/charts/chart1.xml": part}
        with pytest.raises(WorkbookError, match="as no spreadsheet program does"):
            mended(archive_of(parts))


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "linked.xlsx").write_bytes(book("[1]!PRICE_FLOOR(68,0.2)"))
        (tmp_path / "plain.xlsx").write_bytes(book("1+1", links=()))
        (tmp_path / "~$linked2.xlsx").write_bytes(b"Ann")
        return tmp_path

    def test_a_folder_is_mended_beside_its_books(self, folder, capsys):
        assert 0 == main(["links", str(folder)])
        shown = capsys.readouterr().out

        assert "linked_mended.xlsx: 1 call without the path of an add-in, and without the link to" in shown
        assert "plain.xlsx: calls nobody's add-in by its path" in shown
        assert ["linked.xlsx", "linked_mended.xlsx", "plain.xlsx", "~$linked2.xlsx"] == sorted(
            path.name for path in folder.iterdir()
        )
        assert (["=PRICE_FLOOR(68,0.2)"], {}) == formulas_of((folder / "linked_mended.xlsx").read_bytes())

    def test_what_is_there_is_not_replaced_unasked(self, folder, capsys):
        (folder / "linked_mended.xlsx").write_bytes(b"somebody's work")

        assert 2 == main(["links", str(folder / "linked.xlsx")])
        assert "--force" in capsys.readouterr().err
        assert b"somebody's work" == (folder / "linked_mended.xlsx").read_bytes()
        assert 0 == main(["links", str(folder / "linked.xlsx"), "--force"])

    def test_a_book_itself_is_changed_where_that_is_asked_for(self, folder):
        assert 0 == main(["links", str(folder), "--in-place"])
        assert (["=PRICE_FLOOR(68,0.2)"], {}) == formulas_of((folder / "linked.xlsx").read_bytes())
        before = (folder / "linked.xlsx").stat()

        assert 0 == main(["links", str(folder), "--in-place"])
        assert before == (folder / "linked.xlsx").stat()

    def test_a_book_that_cannot_be_read_is_not_in_the_way_of_the_others(self, folder, capsys):
        (folder / "half.xlsx").write_bytes(b"PK half a book")

        assert 3 == main(["links", str(folder)])
        assert "half.xlsx" in capsys.readouterr().err
        assert (folder / "linked_mended.xlsx").exists()

    @pytest.mark.parametrize("missing", ["none.xlsx", "empty"])
    def test_nothing_to_read_is_refused(self, tmp_path, missing, capsys):
        (tmp_path / "empty").mkdir()

        assert 2 == main(["links", str(tmp_path / missing)])
        assert missing in capsys.readouterr().err


TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.xlsx"))
CALL = re.compile(rf"\b({'|'.join(CATALOGUE)})\(")
FORMULA = re.compile(r"<f\b[^>/]*>([^<]*)</f>")


def stored_formulas(data):
    book = packages.opened(data)
    sheets = (book.parts[sheet.part].decode() for sheet in book.sheets)
    formulas = (unescape(text) for sheet in sheets for text in FORMULA.findall(sheet))
    return [*formulas, *(name.formula for name in book.names)]


class TestOurWorkbooks:
    """What we hand out asks nobody about links: it stores plain names, with their values."""

    def check(self, data):
        assert [] == [name for name in parts_of(data) if "externalLink" in name]
        assert not mended(data).is_changed
        calling = [formula for formula in stored_formulas(data) if CALL.search(formula)]
        assert [] == [formula for formula in calling if BEHIND_A_PATH.search(formula) or "_xl" in formula]
        return calling

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
    def test_a_template_carries_no_link(self, path):
        self.check(path.read_bytes())

    def test_the_tour_is_made_of_plain_names_that_calculate(self, tmp_path):
        target = tmp_path / "tour.xlsx"
        assert 0 == main(["new", "functions_tour", "--out", str(target)])
        calling = self.check(target.read_bytes())

        assert set(CATALOGUE) == {name for formula in calling for name in CALL.findall(formula)}
        calculated = embedded.calculate(target.read_bytes())
        assert set(CATALOGUE) == {name for sheet in calculated.sheets for name in sheet.ours}
        assert () == calculated.kept
