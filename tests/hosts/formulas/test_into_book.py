"""Names added to somebody's workbook: nothing else changes, and what must not be changed is refused."""

import re
from io import BytesIO

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.table import Table

from tests.books import saved, values
from walkaway_xl.cli import main
from walkaway_xl.files import packages
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.formulas import book_names, into_book
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

WORKBOOK = "xl/workbook.xml"


def book(*formulas, names=(), sheet="Prices", changed=None):
    """A workbook with formulas in column A."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row, formula in enumerate(formulas, 1):
        workbook.active.cell(row, 1).value = formula
    for name, text in dict(names).items():
        workbook.defined_names[name] = DefinedName(name, attr_text=text)
    if changed:
        changed(workbook)
    return saved(workbook)


def names_in(data):
    """The names of a workbook, and their attributes and formulas."""
    root = etree.fromstring(parts_of(data)[WORKBOOK])
    return {
        element.get("name"): (dict(element.attrib), element.text) for element in root.iter("{*}definedName")
    }


FLOOR = book("=PRICE_FLOOR(68,0.2)")


class TestNames:
    def test_all_of_them_are_added_with_the_helpers(self):
        names = names_in(into_book.with_names(FLOOR).data)
        assert set(FORMULAS) < set(names)
        assert {name for name in names if name.startswith("WF_")} == set(names) - set(FORMULAS)

    def test_only_those_that_are_called_and_what_they_call(self):
        added = into_book.with_names(FLOOR, only_used=True)
        assert "PRICE_FLOOR" == added.added[0]
        assert all(name.startswith("WF_") for name in added.added[1:])
        called = set(re.findall(r"\bWF_\w+", "".join(text for _, text in names_in(added.data).values())))
        assert called == set(added.added[1:])

    def test_a_call_in_a_name_or_a_rule_counts(self):
        from openpyxl.formatting.rule import FormulaRule

        def ruled(workbook):
            rule = FormulaRule(formula=['WALKAWAY_GAP(A1,1,"seller")>0'])
            workbook.active.conditional_formatting.add("A1", rule)

        data = book(names={"floor": "PRICE_FLOOR(68,0.2)"}, changed=ruled)
        assert {"PRICE_FLOOR", "WALKAWAY_GAP"} <= set(into_book.with_names(data, only_used=True).added)

    def test_each_says_what_it_is_for_in_no_more_than_excel_shows(self):
        for name, (attributes, _) in names_in(into_book.with_names(FLOOR).data).items():
            assert len(attributes["comment"]) <= 255
            assert ("1" == attributes.get("hidden")) == name.startswith("WF_")
        assert names_in(into_book.with_names(FLOOR).data)["PRICE_FLOOR"][0]["comment"].startswith(
            "Lowest price"
        )

    def test_nothing_else_changes(self):
        data = book("=1+1", "text", names={"rate": "0.08"})
        before, after = parts_of(data), parts_of(into_book.with_names(data).data)
        assert list(before) == list(after)
        assert [WORKBOOK] == [part for part in before if before[part] != after[part]]
        root = etree.fromstring(after[WORKBOOK])
        for element in root.iter("{*}definedName"):
            if element.get("name") != "rate":
                element.getparent().remove(element)
        assert etree.tostring(root, method="c14n") == etree.tostring(
            etree.fromstring(before[WORKBOOK]), method="c14n"
        )

    def test_a_workbook_that_calls_them_is_calculated_when_it_is_opened(self):
        def loads(data):
            root = etree.fromstring(parts_of(data)[WORKBOOK])
            return [element.get("fullCalcOnLoad") for element in root.iter("{*}calcPr")]

        without = {**parts_of(FLOOR)}
        without[WORKBOOK] = re.sub(rb"<calcPr[^>]*/>", b"", without[WORKBOOK])
        assert ["1"] == loads(into_book.with_names(archive_of(without, 6)).data)
        plain = {**parts_of(book("=1+1"))}
        plain[WORKBOOK] = re.sub(rb"<calcPr[^>]*/>", b'<calcPr calcId="1"/>', plain[WORKBOOK])
        assert [None] == loads(into_book.with_names(archive_of(plain, 6)).data)

    def test_they_stand_where_the_schema_has_them(self):
        root = etree.fromstring(parts_of(into_book.with_names(book("=1+1")).data)[WORKBOOK])
        tags = [etree.QName(element).localname for element in root]
        assert tags.index("sheets") < tags.index("definedNames") < tags.index("calcPr")

    def test_a_strict_workbook_gets_them_in_its_own_namespace(self):
        strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
        parts = dict(parts_of(FLOOR))
        parts[WORKBOOK] = parts[WORKBOOK].replace(packages.SHEET.encode(), strict.encode())
        after = parts_of(into_book.with_names(archive_of(parts, 6)).data)[WORKBOOK]
        spaces = {etree.QName(e).namespace for e in etree.fromstring(after).iter("{*}definedName")}
        assert {strict} == spaces


class TestNamesThatAreThere:
    def test_a_second_time_changes_nothing(self):
        once = into_book.with_names(FLOOR).data
        twice = into_book.with_names(once)
        assert not twice.is_changed
        assert len(twice.present) == len(names_in(once))

    def test_a_name_of_somebody_else_is_never_replaced(self):
        data = book("=price_floor(3)", names={"Price_Floor": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)"})
        added = into_book.with_names(data, update=True)
        assert ("PRICE_FLOOR",) == added.foreign
        assert "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)" == names_in(added.data)["Price_Floor"][1]
        assert "PRICE_FLOOR" not in names_in(added.data)

    def test_a_table_of_the_name_counts_too(self):
        def with_table(workbook):
            workbook.active["A1"], workbook.active["A2"] = "head", 1
            workbook.active.add_table(Table(displayName="Price_Floor", ref="A1:A2"))

        assert ("PRICE_FLOOR",) == into_book.with_names(book(changed=with_table)).foreign

    def test_a_name_in_the_place_of_a_helper_stops_it(self):
        with pytest.raises(WorkbookError, match="WF_NUMBER means something else"):
            into_book.with_names(book("=1", names={"wf_number": "3"}))

    def test_a_sheet_called_as_a_name_is_reported(self):
        assert ("WF_SIDE",) == into_book.with_names(book("=1", sheet="WF_SIDE")).sheets

    def test_an_older_version_is_offered_the_update_and_left_as_it_is(self):
        with pytest.raises(WorkbookError, match=r"PRICE_FLOOR is of another version.*--update"):
            into_book.with_names(old())

    def test_an_update_replaces_it_once(self):
        added = into_book.with_names(old(), update=True, only_used=True)
        assert ("PRICE_FLOOR",) == added.updated
        assert () == added.added
        fresh = names_in(into_book.with_names(FLOOR, only_used=True).data)
        assert fresh["PRICE_FLOOR"] == names_in(added.data)["PRICE_FLOOR"]


def protected(workbook):
    """Let nobody add sheets or names."""
    workbook.security = WorkbookProtection(lockStructure=True)


def with_part(name, data=FLOOR):
    """A workbook with one more part."""
    return archive_of({**parts_of(data), name: b"<x/>"}, 6)


def with_sheet(text):
    """A workbook with other content in its sheet."""
    return archive_of({**parts_of(FLOOR), "xl/worksheets/sheet1.xml": text}, 6)


def old():
    """A workbook with a name that an older version has written."""
    parts = dict(parts_of(into_book.with_names(FLOOR, only_used=True).data))
    text = parts[WORKBOOK].decode()
    text = text.replace(book_names.MARK, "[walkaway-xl 0.0.1]").replace("1-_xlpm.min_margin_", "1", 1)
    parts[WORKBOOK] = text.encode()
    return archive_of(parts, 6)


WHOLE_SHEET = parts_of(FLOOR)["xl/worksheets/sheet1.xml"]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda: with_part("xl/vbaProject.bin"), "holds macros"),
            (lambda: with_part("xl/macrosheets/sheet1.xml"), "holds macros"),
            (lambda: with_part("_xmlsignatures/origin.sigs"), "is signed"),
            (lambda: with_part("xl/revisions/revisionHeaders.xml"), "is shared"),
            (lambda: book("=1", changed=protected), "structure of this workbook is protected"),
            (lambda: FLOOR[:2000], "only the beginning"),
            (lambda: b"PK not at all", "no .xlsx"),
            (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
            (lambda: with_sheet(WHOLE_SHEET[:-20]), "sheet1.xml"),
            (lambda: with_sheet(WHOLE_SHEET + b" " * (100 << 20)), "--budget"),
            (old, "--update brings it up to date"),
            (lambda: book("=1", names={"wf_number": "3"}), "rename it there"),
        ],
        ids=[
            "macros",
            "macros of Excel 4",
            "signed",
            "shared",
            "protected",
            "cut off",
            "no workbook",
            "with a password",
            "damaged",
            "huge",
            "of another version",
            "a helper's name taken",
        ],
    )
    def test_in_a_sentence_and_the_file_stays_whole(self, make, words, tmp_path, capsys):
        path, data = tmp_path / "theirs.xlsx", make()
        path.write_bytes(data)
        assert 2 == main(["formulas", "--into", str(path)])
        said = capsys.readouterr()
        assert "" == said.out
        (sentence,) = said.err.splitlines()
        assert sentence.startswith(f"walkaway-xl: {path}: ")
        assert words in sentence
        assert data == path.read_bytes()
        assert [path] == list(tmp_path.iterdir())

    def test_one_that_calls_nothing_has_nothing_to_get_where_only_that_is_asked_for(self):
        with pytest.raises(WorkbookError, match="calls none of the functions"):
            into_book.with_names(book("=1+1"), only_used=True)


class TestTheCommand:
    def test_adds_them_to_the_file_itself(self, tmp_path, capsys):
        path = tmp_path / "prices.xlsx"
        path.write_bytes(FLOOR)
        assert 0 == main(["formulas", "--into", str(path), "--only-used"])
        assert "PRICE_FLOOR" in names_in(path.read_bytes())
        assert "added" in capsys.readouterr().out

    def test_or_to_a_copy(self, tmp_path):
        path, copy = tmp_path / "prices.xlsx", tmp_path / "copy.xlsx"
        path.write_bytes(FLOOR)
        assert 0 == main(["formulas", "--into", str(path), "--out", str(copy)])
        assert FLOOR == path.read_bytes()
        assert "PRICE_FLOOR" in names_in(copy.read_bytes())
        assert 2 == main(["formulas", "--into", str(path), "--out", str(copy)])

    def test_says_which_names_the_workbook_keeps(self, tmp_path, capsys):
        path = tmp_path / "prices.xlsx"
        path.write_bytes(book("=1", names={"ZOPA": "3"}))
        assert 0 == main(["formulas", "--into", str(path)])
        assert "ZOPA: the workbook uses the name for something else" in capsys.readouterr().out

    def test_says_which_sheet_is_called_as_a_name_is(self, tmp_path, capsys):
        path = tmp_path / "prices.xlsx"
        path.write_bytes(book("=1", sheet="WF_SIDE"))
        assert 0 == main(["formulas", "--into", str(path)])
        assert "The sheet WF_SIDE is called as a name is" in capsys.readouterr().out
        assert "WF_SIDE" in names_in(path.read_bytes())

    @pytest.mark.parametrize("options", [["--only-used"], ["--update"], ["--text", "--into", "x.xlsx"]])
    def test_refuses_options_that_do_not_go_together(self, options, capsys):
        assert 2 == main(["formulas", *options])
        assert "go" in capsys.readouterr().err


class TestCalculating:
    def test_calc_answers_the_names_by_the_core(self):
        data = into_book.with_names(book("=PRICE_FLOOR(68,0.2)", "=IF(A1>80,1,2)"), only_used=True).data
        calculated = embedded.calculate(data)
        assert () == calculated.errors
        assert [85, 1] == values(calculated.data, "A1", "A2")

    def lambda_of_somebody(self, stored):
        """A workbook with a LAMBDA of its own under one of our names, and perhaps what Excel made of it."""
        data = book("=PRICE_FLOOR(3)", names={"PRICE_FLOOR": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)"})
        parts = dict(parts_of(data))
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = re.sub(rb"</f><v\s*/?>(</v>)?", b"</f>" + stored, parts[sheet])
        return archive_of(parts, 6)

    def test_another_lambda_of_the_name_is_not_ours(self):
        calculated = embedded.calculate(self.lambda_of_somebody(b""))
        (error,) = calculated.errors
        assert "#NAME?" == error.code
        assert "LAMBDA of this workbook" in error.reason

    def test_and_keeps_what_is_stored(self):
        calculated = embedded.calculate(self.lambda_of_somebody(b"<v>6</v>"))
        (kept,) = calculated.kept
        assert "LAMBDA of this workbook" in kept.reason
        assert [6] == values(calculated.data, "A1")


def test_a_workbook_of_openpyxl_reads_them_back():
    data = into_book.with_names(FLOOR).data
    assert set(names_in(data)) == set(openpyxl.load_workbook(BytesIO(data)).defined_names)
