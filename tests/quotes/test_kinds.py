"""Every kind of file that lines come in: each is read as what it is, its errors too."""

import gzip
import io
import json
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from tests.quotes.corpus.binary import Error, Rich, binary_workbook
from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example

LINES = Path(__file__).parents[2] / "walkaway_xl" / "examples" / "order_lines.csv"
CLEAN = {"OK": 180, "NEAR FLOOR": 6, "BELOW FLOOR": 47, "BELOW COST": 81}
STORED = Path(__file__).parent / "stored_books"  # of LibreOffice, since no library of ours writes them


@pytest.fixture
def ask(tmp_path, capsys):
    """Checks a file, and gives back the exit code, the summary and what was refused."""
    policy = tmp_path / "policy.toml"
    policy.write_text(example(), "utf-8")

    def asked(path, *options):
        code = main(["check", str(path), "--policy", str(policy), "--json", *options])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {}, said.err

    return asked


def statuses(summary):
    return {word: amount["lines"] for word, amount in summary["by_status"].items()}


@pytest.mark.parametrize("name", ["lines.tsv", "lines.txt", "lines.csv.gz", "lines.xlsm"])
def test_the_verdicts_are_the_same_in_every_kind_of_file(name, ask, tmp_path):
    path, frame = tmp_path / name, pl.read_csv(LINES)
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(LINES.read_bytes()))
    elif name.endswith(".xlsm"):
        frame.write_excel(path.with_suffix(".xlsx"))
        path.with_suffix(".xlsx").rename(path)
    else:
        frame.write_csv(path, separator="\t")
    code, summary, _ = ask(path)
    assert (1, CLEAN) == (code, statuses(summary))


def test_standard_input_is_read_as_what_it_holds(ask, tmp_path, monkeypatch):
    pl.read_csv(LINES).write_excel(tmp_path / "lines.xlsx")
    for data in (LINES.read_bytes(), (tmp_path / "lines.xlsx").read_bytes()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code, summary, _ = ask("-")
        assert (1, CLEAN) == (code, statuses(summary))


@pytest.mark.parametrize("kind", [".xls", ".ods"])
def test_an_error_in_a_cell_is_no_blank(kind, ask):
    """The first line is good, the second has errors, and the third a formula that gives an empty text."""
    code, summary, _ = ask(STORED / f"errors{kind}")
    assert (2, 1, 2) == (code, summary["all"]["lines"], summary["rejected"])
    assert "list_price in Lines!C3 is the error #DIV/0!" in summary["first_rejects"][0]["reason"]


class TestBinary:
    def test_it_gives_the_verdicts_of_the_same_lines_in_text(self, ask, tmp_path, monkeypatch):
        path, frame = tmp_path / "lines.xlsb", pl.read_csv(LINES)
        path.write_bytes(binary_workbook([frame.columns, *frame.rows()]))
        assert (1, CLEAN) == ((checked := ask(path))[0], statuses(checked[1]))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        assert CLEAN == statuses(ask("-")[1])

    @pytest.mark.parametrize("error", [Error(7), Error(7, of_formula=True)])
    def test_an_error_in_a_cell_is_no_blank(self, error, ask, tmp_path):
        path = tmp_path / "lines.xlsb"
        path.write_bytes(binary_workbook([HEAD, DESK, [*DESK[:3], error, *DESK[4:]]]))
        code, summary, _ = ask(path)
        assert (2, 1, 1) == (code, summary["all"]["lines"], summary["rejected"])
        assert "list_price in Lines!D3 is the error #DIV/0!" in summary["first_rejects"][0]["reason"]

    def test_a_merged_cell_has_its_value_in_every_row(self, ask, tmp_path):
        path, blank = tmp_path / "lines.xlsb", [DESK[0], None, *DESK[2:]]
        path.write_bytes(binary_workbook([HEAD, DESK, blank], merged=[(1, 1, 2, 1)]))
        code, summary, _ = ask(path)
        assert (0, 2) == (code, summary["by_segment"]["Furniture"]["lines"])

    def test_a_cell_far_away_is_refused_before_room_is_made(self, ask, tmp_path):
        path = tmp_path / "lines.xlsb"
        path.write_bytes(binary_workbook([HEAD, DESK], far=(1_000_000, 16_000)))
        code, _, said = ask(path)
        assert (2, True) == (code, "blank cells between those that hold something" in said)

    def test_a_kind_of_cell_that_is_passed_over_is_refused(self, ask, tmp_path):
        path = tmp_path / "lines.xlsb"
        path.write_bytes(binary_workbook([HEAD, [*DESK[:4], Rich("0.25"), DESK[5]]]))
        assert "holds cells of a kind that cannot be read; save it as .xlsx" in ask(path)[2]

    def test_one_that_is_cut_off_ends_in_a_sentence(self, ask, tmp_path):
        path = tmp_path / "lines.xlsb"
        path.write_bytes(binary_workbook([HEAD, DESK], keep=-9))
        code, _, said = ask(path)
        assert (2, True) == (code, "lines.xlsb" in said)


HEAD = ["order", "class", "quantity", "list price", "discount", "cost"]
DESK = ["A-1", "Furniture", 2, 120, 0.25, 68]


@pytest.fixture
def book(tmp_path):
    """Makes a workbook of rows with what is done to it, and gives back its path."""

    def made(*rows, change=lambda workbook: None):
        workbook = openpyxl.Workbook()
        for row in (HEAD, *rows):
            workbook.active.append(row)
        change(workbook)
        workbook.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return made


class TestWorkbooks:
    def test_a_merged_cell_has_its_value_in_every_row(self, ask, book, tmp_path):
        path = book(DESK, [None, *DESK[1:]], change=lambda made: made.active.merge_cells("A2:A3"))
        out = tmp_path / "out.csv"
        assert 0 == ask(path, "--group-by", "order", "--out", str(out))[0]
        assert [("A-1", 2)] == pl.read_csv(tmp_path / "out_by_order.csv").select("order", "lines").rows()

    def test_a_hidden_sheet_is_no_question(self, ask, book):
        def hidden(made):
            old = made.create_sheet("Old")
            old.append(HEAD)
            old.append([*DESK[:-1], 119])
            old.sheet_state = "hidden"

        assert 0 == ask(book(DESK, change=hidden))[0]

    def test_columns_of_texts_only_are_numbers_as_exports_write_them(self, ask, book):
        rows = [
            ["A", "Furniture", "2", "1.200,50", "0,25", "68,00"],
            ["B", "Furniture", "1", "120,00", "0", "6,0-"],
        ]
        code, summary, _ = ask(book(*rows))
        assert (2, 1, 2401) == (code, summary["rejected"], summary["all"]["list_value"])
        assert "cost must be zero or more; it is −6" in summary["first_rejects"][0]["reason"]
