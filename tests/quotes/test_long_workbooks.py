"""A sheet that is read some rows at a time says what it says as a whole; sheets are read together."""

import datetime
import json
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes import archives
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_files import Reading

HEAD = ["order", "class", "quantity", "list price", "discount", "cost", "note", "day", "seen", "mixed"]
DAY = datetime.datetime(2024, 2, 29)
WHOLE, PIECES = 1 << 30, (1, 2_000, 5_000)


def workbook(rows, change=lambda sheet: None):
    book = openpyxl.Workbook()
    for row in (["A title"], ["of two rows"], HEAD, *rows):
        book.active.append(row)
    change(book.active)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def with_sheet(data, changed):
    """A workbook whose sheet was changed as text."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changed(part.decode()).encode() if "worksheets/" in name else part)
    return target.getvalue()


def line(number):
    odd = "n/a" if number == 77 else DAY if number == 78 else number / 4
    return [
        *(f"A-{number // 3}", ("Furniture", "Technology")[number % 2], number % 9 + 1, 100 + number, 0.1, 50),
        *(f"<{number}> & more" if number % 5 else None, DAY, number % 2 == 0, odd),
    ]


LINES = [line(number) for number in range(120)]


def merged(sheet):
    sheet.merge_cells("A20:A60")
    sheet.merge_cells("H5:I9")


def errors(sheet):
    for place in ("D9", "F50", "B51", "J90"):
        sheet[place] = "#N/A"
        sheet[place].data_type = "e"


def gap(sheet):
    for row in range(40, 70):
        for cell in sheet[row]:
            cell.value = None


def without_numbers(xml):
    return re.sub(r'(<row) r="\d+"', r"\1", re.sub(r'(<c) r="[A-Z]+\d+"', r"\1", xml))


def prefixed(xml):
    xml = re.sub(r"(</?)(?=\w)", r"\1x:", xml)
    return xml.replace("xmlns=", "xmlns:x=")


BOOKS = {
    "plain": workbook(LINES),
    "merged": workbook(LINES, merged),
    "errors": workbook(LINES, errors),
    "gap": workbook(LINES, gap),
    "text in a number": workbook(
        [[*row[:3], "100" if place == 70 else row[3], *row[4:]] for place, row in enumerate(LINES)]
    ),
    "texts only": workbook([[*row[:3], f"{row[3]},50", *row[4:]] for row in LINES]),
    "texts behind a gap": workbook([[*row[:3], f"{row[3]},50", *row[4:]] for row in LINES], gap),
    "whole, then not": workbook(
        [[*row[:5], 50 if place < 90 else 50.5, *row[6:]] for place, row in enumerate(LINES)]
    ),
    "no numbers of rows": with_sheet(workbook(LINES), without_numbers),
    "prefixes": with_sheet(workbook(LINES), prefixed),
}


def content(path):
    """Columns, types, numbers, faults and rows of all lines."""
    quotes = open_quotes(str(path), Reading())
    batches = list(quotes.tables[0].batches(quotes.columns))
    return [
        (
            batch.frame.to_dict(as_series=False),
            batch.frame.schema,
            batch.faults,
            list(batch.rows),
            [list(map(repr, held[0].tolist())) for held in batch.numbers.values()],
        )
        for batch in batches
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_pieces_of_a_sheet_say_what_the_whole_says(name, tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_bytes(BOOKS[name])
    monkeypatch.setattr(archives, "PART", WHOLE)
    whole = content(path)
    assert whole[0][3][0] == 4
    for size in PIECES:
        monkeypatch.setattr(archives, "PART", size)
        monkeypatch.setattr("walkaway_xl.files.zips.PIECE", 1_000)
        assert whole == content(path), size


def test_a_formula_without_a_value_is_found_behind_the_first_piece(tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(LINES, lambda sheet: sheet.__setitem__("D99", "=D98")))
    monkeypatch.setattr(archives, "PART", 2_000)
    monkeypatch.setattr("walkaway_xl.files.zips.PIECE", 1_000)
    with pytest.raises(Exception, match="Sheet!D99 holds a formula without a stored value"):
        content(path)


class TestSheets:
    @pytest.fixture
    def check(self, tmp_path, capsys):
        policy = tmp_path / "policy.toml"
        policy.write_text(example(), "utf-8")

        def asked(sheets, *options):
            book = openpyxl.Workbook()
            book.remove(book.active)
            for title, rows in sheets.items():
                sheet = book.create_sheet(title)
                for row in rows:
                    sheet.append(row)
            book.save(tmp_path / "book.xlsx")
            code = main(["check", str(tmp_path / "book.xlsx"), "--policy", str(policy), "--json", *options])
            said = capsys.readouterr()
            return code, json.loads(said.out) if said.out else {}, said.err

        return asked

    def test_those_of_one_layout_are_read_together(self, check):
        bad = [*LINES[9][:5], "much", *LINES[9][6:]]
        _, summary, _ = check({"Jan": [HEAD, *LINES[:5]], "Feb": [["February"], HEAD, *LINES[5:9], bad]})
        assert "sheets Jan, Feb, one after the other" in summary["read"]
        assert (9, 1) == (summary["all"]["lines"], summary["rejected"])
        assert ("book.xlsx, Feb", 7) == tuple(summary["first_rejects"][0][name] for name in ("file", "row"))

    def test_one_can_be_chosen(self, check):
        sheets = {"Jan": [HEAD, *LINES[:5]], "Feb": [HEAD, *LINES[5:9]]}
        assert 4 == check(sheets, "--sheet", "Feb")[1]["all"]["lines"]

    @pytest.mark.parametrize(
        ("sheets", "words"),
        [
            ({"A": LINES[:5], "B": LINES[5:9], "C": LINES[:5]}, "sheet A has as many lines as C"),
            ({"A": LINES[:5], "B": LINES[5:9], "All": LINES[:9]}, "sheet All has as many lines as A and B"),
        ],
    )
    def test_lines_that_would_count_twice_are_asked_about(self, check, sheets, words):
        code, _, said = check({title: [HEAD, *rows] for title, rows in sheets.items()})
        assert (2, True) == (code, words in said), said

    def test_those_of_different_layouts_are_asked_about(self, check):
        code, _, said = check({"A": [HEAD, *LINES[:5]], "B": [HEAD[:-1], *LINES[5:9]]})
        assert (2, True) == (code, "A and B hold lines" in said), said
