"""walkaway-xl check: the real order lines in every kind of file, and everything that a file can get wrong."""

import json
import math
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy import EXAMPLE
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes import checking
from walkaway_xl.quotes.in_memory import checked

LINES = Path(__file__).parents[2] / "walkaway_xl" / "examples" / "order_lines.csv"
WORKSHEET = str(LINES.parents[2] / "templates" / "discount_floor_sheet_example.xlsx")
HEAD = "order,category,product,quantity,list_price,discount,cost"
SIGNS = '[[signer]]\nname = "Boss"\ndiscount = 1\nmargin = -1\nprice = 0\n'
GOOD = "A-1,Furniture,Desk,2,120,0.25,68"


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "policy.toml"
    path.write_text(example(), "utf-8")
    return str(path)


@pytest.fixture
def quotes(tmp_path):
    """Writes lines below a head to a text file, and gives back its path."""

    def write(*rows, head=HEAD, name="quotes.csv"):
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """Writes rows to a workbook, and gives back its path."""

    def write(*rows, name="quotes.xlsx"):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


def on_sheet(path):
    """The checked lines of a workbook."""
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Lines").to_python()
    return pl.DataFrame(rows, schema=head, orient="row", infer_schema_length=None)


def refused(capsys, *arguments):
    """What is said when the command refuses."""
    assert 2 == main(["check", *map(str, arguments)])
    return capsys.readouterr().err


class TestOrderLines:
    """314 real lines, of which the README says what the worksheet finds."""

    @pytest.mark.parametrize("kind", [".csv", ".parquet", ".xlsx"])
    def test_every_kind_of_file_gives_the_same(self, kind, policy, tmp_path, capsys):
        path = LINES
        frame = pl.read_csv(LINES, try_parse_dates=True)
        if kind != ".csv":
            path = tmp_path / f"lines{kind}"
            frame.write_parquet(path) if kind == ".parquet" else frame.write_excel(path)
        out = tmp_path / f"checked{kind}"
        command = ["check", str(path), "--policy", policy, "--out", str(out), "--json", "--group-by", "Order"]

        assert 1 == main(command)
        summary = json.loads(capsys.readouterr().out)
        lines = {word: amount["lines"] for word, amount in summary["by_status"].items()}
        assert {"OK": 180, "NEAR FLOOR": 6, "BELOW FLOOR": 47, "BELOW COST": 81} == lines
        assert (42_625, 8731.397) == (round(summary["below_floor"]["revenue"]), summary["all"]["shortfall"])
        worst = summary["worst"][0]
        assert (1116.99, "Bush Advantage") == (worst["shortfall"], worst["product"][:14])
        assert summary["all"]["shortfall"] == summary["below_floor"]["shortfall"]
        for by in ("by_status", "by_segment", "by_signer"):
            parts = [Decimal(str(amount["shortfall"])) for amount in summary[by].values()]
            assert Decimal("8731.397") == sum(parts), by
        written = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".xlsx": on_sheet}[kind](out)
        assert frame["product"].to_list() == written["product"].to_list(), "in the order of the file"
        shortfall = written["shortfall"].cast(pl.Float64).cast(pl.String)
        assert Decimal("8731.397") == sum(map(Decimal, shortfall)), "to the last digit"
        assert lines["BELOW COST"] == (written["status"].cast(pl.String) == "BELOW COST").sum()
        assert 1 == main([*command, "--force"])

    def test_the_worksheet_says_the_same_to_every_line(self, tmp_path):
        """The sheet calculates with its own formulas; it is its own policy here, and its own quote."""
        out = tmp_path / "out.parquet"
        assert 1 == main(["check", WORKSHEET, "--policy", WORKSHEET, "--out", str(out)])
        lines = pl.read_parquet(out)
        assert 75 == len(lines)
        for ours, on_sheet in (
            ("net_price", "Net price"),
            ("floor", "Floor"),
            ("max_discount", "Max discount"),
            ("headroom", "Headroom"),
            ("margin", "Margin"),
            ("tier_discount", "Tier due"),
        ):
            assert (lines[ours] - lines[on_sheet]).abs().max() < 1e-9, on_sheet
        words = lines["Status"].str.replace(r"^\W+", "")
        assert words.to_list() == lines["status"].cast(pl.String).to_list()
        assert lines["Who signs"].to_list() == lines["signer"].cast(pl.String).to_list()

    def test_the_summary_can_be_sent_on(self, policy, capsys):
        assert 1 == main(["check", str(LINES), "--policy", policy])
        summary = capsys.readouterr().out
        assert max(map(len, summary.splitlines())) <= 80
        for part in (
            "Revenue below floor  42,625  (56.9 %)",
            "128 of 314 lines below floor, by 8,731 in all",
            "Technology",
            "1,116.99",
        ):
            assert part in summary

    @pytest.mark.parametrize(
        ("orders", "parts", "cells"),
        [
            (
                ("A-1",),
                (
                    "\nThe worst line by money",
                    "\n1 line could not be checked:",
                    "1 quote by order, 1 of it below floor.",
                ),
                (
                    "1 of 1 line below floor, by 36 in all: 29.8 % of revenue, beside a loss of 19.",
                    "1 of 2 lines could not be checked; what they may miss comes on top of what follows.",
                    "The worst line by money",
                ),
            ),
            (
                ("A-1", "A-2"),
                ("\nThe 2 worst lines by money", "2 quotes by order, 2 of them below floor."),
                (
                    "2 of 2 lines below floor, by 71 in all: 29.8 % of revenue, beside a loss of 38.",
                    "The worst lines by money",
                ),
            ),
        ],
    )
    def test_one_is_counted_in_the_singular(self, orders, parts, cells, policy, quotes, tmp_path, capsys):
        lines = [f"{order},Furniture,Desk,2,120,0.5,68" for order in orders]
        path, out = str(quotes(*lines, GOOD.replace("Furniture", "Toys"))), tmp_path / "out.xlsx"
        assert 2 == main(["check", path, "--policy", policy, "--group-by", "order", "--out", str(out)])
        summary = capsys.readouterr().out
        rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Summary").to_python()
        assert [] == [part for part in parts if part not in summary]
        assert set(cells) <= {cell for row in rows for cell in row}

    def test_a_line_has_the_same_row_wherever_it_is_told(self, policy, capsys):
        assert 1 == main(["check", str(LINES), "--policy", policy, "--json"])
        worst = json.loads(capsys.readouterr().out)["worst"]
        rows = {line.product: line.row for line in checked(order_lines(), EXAMPLE).only.worst}
        assert {line["product"]: line["row"] for line in worst} == rows

    def test_totals_of_each_quote(self, policy, quotes, tmp_path):
        """Two lines of one order: 2 · 120 at 25 % and 1 · 60 at 0 % blend to 20 % of 300."""
        path = quotes(GOOD, "A-1,Furniture,Lamp,1,60,0,58", "B-2,Furniture,Desk,1,100,0.5,68")
        out = tmp_path / "out.csv"
        assert 1 == main(["check", str(path), "--policy", policy, "--out", str(out), "--group-by", "order"])
        first, second = pl.read_csv(tmp_path / "out_by_order.csv").to_dicts()
        assert ("A-1", 2, 300, 240, 0.2, "BELOW FLOOR") == (*list(first.values())[:5], first["status"])
        assert ("B-2", "BELOW COST", "Chief executive") == (
            second["order"],
            second["status"],
            second["signer"],
        )

    def test_all_within_the_policy_is_exit_code_0_and_reasons_are_given(self, policy, quotes, tmp_path):
        out = tmp_path / "out.csv"
        assert 0 == main(["check", str(quotes(GOOD)), "--policy", policy, "--out", str(out), "--reasons"])
        # 120 less 25 % is 90; 68 ÷ (1 − 0.1 − 0.02 − 0.08 · 30/365) is 77.86.
        assert [
            "It keeps the minimum margin of 10.0%: the price is 90.00, the margin 21.8%, the floor 77.86. "
            "Sales director signs, because of a discount of 25.0% and a price of 75.0% of list."
        ] == pl.read_csv(out)["reason"].to_list()

    def test_numbers_of_a_text_file_are_numbers_in_a_workbook(self, policy, quotes, tmp_path):
        out = tmp_path / "out.xlsx"
        assert 0 == main(["check", str(quotes(GOOD)), "--policy", policy, "--out", str(out)])
        first = on_sheet(out).row(0, named=True)
        assert (2, 120, 0.25, 68, "A-1") == tuple(
            first[name] for name in ("quantity", "list_price", "discount", "cost", "order")
        )


class TestColumns:
    def test_a_column_can_be_named_and_discounts_add_up_one_after_the_other(self, policy, quotes, capsys):
        path = quotes("Furniture,1,100,0.2,0.1,10", head="Class,Units,Rate card,First,Second,Cost")
        command = ["check", str(path), "--policy", policy, "--json", "--column", "list_price=rate card"]
        assert 0 == main([*command, "--column", "discount=First", "--column", "discount=Second"])
        assert 0.28 == pytest.approx(json.loads(capsys.readouterr().out)["all"]["blended_discount"])

    @pytest.mark.parametrize(
        ("head", "words"),
        [
            ("order,category,product,quantity,discount,cost", "no column holds list_price"),
            ("order,category,product,quantity,list_price,discount,cost,cost", "columns 7 and 8"),
            ("List,Unit list price,category,qty,discount,cost", "List and Unit list price could each be"),
            ("order;category;quantity", "it has order, category, quantity"),
            ("category,qty,list_price,discount", "no column holds cost"),
        ],
    )
    def test_what_is_missing_or_ambiguous_is_named(self, head, words, policy, quotes, capsys):
        assert words in refused(capsys, quotes("x", head=head), "--policy", policy)

    def test_a_book_without_classes_needs_a_rule_for_all(self, policy, quotes, tmp_path, capsys):
        path = quotes("1,120,0.25,68", head="qty,list,discount,cost")
        assert 'name = "*"' in refused(capsys, path, "--policy", policy)
        for_all = tmp_path / "all.toml"
        for_all.write_text(example().replace('"Furniture"', '"*"'))
        assert 0 == main(["check", str(path), "--policy", str(for_all)])


class TestBadLines:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ('A,Furniture,Desk,1,"1,200",0.1,68', '--thousands "," if it is more than 999'),
            ('A,Furniture,Desk,1,"1.234,50",0.1,68', '--thousands "." --decimal ","'),
            ('A,Furniture,Desk,1,"120,5",0.1,68', '--decimal "," reads it'),
            ("A,Furniture,Desk,1,120,€0.1,68", "an amount of money"),
            ("A,Furniture,Desk,1,120,15,68", "Write 15% or 0.15, not 15"),
            ("A,Furniture,Desk,1,120,0.1,-68", "cost must be zero or more; it is −68"),
            ("A,Furniture,Desk,1,0,0.1,68", "list_price must be above 0; it is 0"),
            ("A,Furniture,Desk,1,NaN,0.1,68", "list_price must be a number; it is 'NaN'"),
            ("A,Furniture,Desk,1,120,,68", "discount is blank"),
            ("A,Furniture,Desk,one,120,0.1,68", "quantity must be a number; it is 'one'"),
            ("A,Toys,Desk,1,120,0.1,68", "class 'Toys' has no rule"),
        ],
    )
    def test_a_bad_line_is_reported_and_the_others_are_checked(
        self, line, words, policy, quotes, tmp_path, capsys
    ):
        out = tmp_path / "out.csv"
        assert 2 == main(["check", str(quotes(GOOD, line)), "--policy", policy, "--out", str(out)])
        rejects = pl.read_csv(tmp_path / "out_rejects.csv", infer_schema=False).to_dicts()
        assert [("quotes.csv", "3")] == [(row["file"], row["row"]) for row in rejects]
        assert words in rejects[0]["why"]
        assert 1 == len(pl.read_csv(out))
        assert "row 3: " in capsys.readouterr().out

    def test_a_list_price_of_0_and_a_number_that_is_none_are_passed_over_in_silence(
        self, policy, quotes, tmp_path, capsys
    ):
        rows = [GOOD.replace(",120,", f",{price},") for price in (100, 110, 120, 130, 140, 0, "1e308")]
        path = str(quotes(*rows, rows[-1].replace(",0.25,", ",0,")))
        assert 2 == main(["check", path, "--policy", policy, "--reasons"])
        for of in ("margin", "price"):
            assert 0 == main(["guide", path, "--policy", policy, "--of", of])
        assert "Warning" not in capsys.readouterr().err

    def test_payment_terms_that_are_no_number_are_not_taken_for_none(self, policy, quotes, tmp_path, capsys):
        path = quotes(f"{GOOD},30", f"{GOOD},net 30", head=f"{HEAD},terms")
        assert 2 == main(["check", str(path), "--policy", policy, "--json"])
        summary = json.loads(capsys.readouterr().out)
        assert (1, 1) == (summary["all"]["lines"], summary["rejected"])
        assert "terms_days must be a number; it is 'net 30'" in summary["first_rejects"][0]["reason"]

    def test_strict_stops_at_the_first_and_writes_nothing(self, policy, quotes, tmp_path, capsys):
        path = quotes(GOOD, "A,Toys,Desk,1,120,0.1,68")
        refusal = refused(capsys, path, "--policy", policy, "--strict", "--out", tmp_path / "out.csv")
        assert "row 3: class 'Toys'" in refusal
        assert [path] == list(tmp_path.iterdir())

    def test_a_notation_that_is_said_is_read(self, policy, quotes, capsys):
        path = quotes('A,Furniture,Desk,1,"1.200,50","25%","680"')
        command = ["check", str(path), "--policy", policy, "--json", "--decimal", ",", "--thousands", "."]
        assert 0 == main(command)
        assert 1200.5 == json.loads(capsys.readouterr().out)["all"]["list_value"]

    def test_a_line_with_too_many_cells_is_named(self, policy, quotes, capsys):
        line = "A,Furniture,Desk,1,1,200,0.1,68"
        assert 2 == main(["check", str(quotes(GOOD, line)), "--policy", policy])
        assert "row 3: the row has 8 cells and the head 7; '68' is the last" in capsys.readouterr().out
        refusal = refused(capsys, quotes(GOOD, f"{line},1"), "--policy", policy)
        assert "row 3 has 9 cells and the head 7" in refusal

    def test_text_becomes_no_formula(self, policy, quotes, tmp_path):
        evil = '=HYPERLINK("http://x","y")'
        quoted = '"' + evil.replace('"', '""') + '"'
        path = quotes(f"{quoted},{GOOD}", f"-5,{GOOD}", f"{quoted},{GOOD}x", head=f"=note,{HEAD}")
        assert 2 == main(["check", str(path), "--policy", policy, "--out", str(tmp_path / "a.csv")])
        kept, rejects = (pl.read_csv(tmp_path / f"a{which}.csv") for which in ("", "_rejects"))
        assert [f"'{evil}", "-5"] == kept["'=note"].to_list(), "a negative number is none"
        assert [f"'{evil}"] == rejects["'=note"].to_list()

    @pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
    def test_whatever_a_formula_begins_with_it_stays_text_in_a_text_file(self, begin, policy, tmp_path):
        path, out = tmp_path / "quotes.parquet", tmp_path / "out.csv"
        text = f"{begin}SUM(A1)"
        line = {"note": text, "class": "Furniture", "qty": 1, "list": 120.0, "discount": 0.25, "cost": 68.0}
        pl.DataFrame(line).write_parquet(path)
        assert 0 == main(["check", str(path), "--policy", policy, "--out", str(out)])
        assert f"'{text}" == pl.read_csv(out)["note"][0]

    @pytest.mark.parametrize(
        "text",
        [
            '=HYPERLINK("http://x","y")',
            "<r></is></c><c r='Z9'><f>1+1</f></c><c t='inlineStr'><is><t>x</t></r>",
            " a & b <c> ",
            "tab\tnul\x01_x0041_",
        ],
    )
    def test_every_text_stays_what_it_is_in_a_workbook(self, text, policy, tmp_path):
        path, out = tmp_path / "quotes.parquet", tmp_path / "out.xlsx"
        line = {"note": text, "class": "Furniture", "qty": 1, "list": 120.0, "discount": 0.25, "cost": 68.0}
        pl.DataFrame(line).write_parquet(path)
        assert 0 == main(["check", str(path), "--policy", policy, "--out", str(out)])
        assert text == on_sheet(out)["note"][0]
        sheet = openpyxl.load_workbook(out)["Lines"]
        assert [] == [cell for row in sheet.rows for cell in row if cell.data_type == "f"]
        assert 1.0 * 120 == sheet["D2"].value


class TestWorkbooks:
    names = ("Class", "Qty", "List", "Discount", "Cost")

    def test_the_head_is_found_below_a_title_and_text_is_no_number(self, policy, book, tmp_path):
        rows = [
            ("Quote of May",),
            (),
            self.names,
            ("Furniture", 1, 120, 0.25, 68),
            ("Furniture", 1, "120", 0.25, 68),
        ]
        out = tmp_path / "out.xlsx"
        assert 2 == main(["check", str(book(*rows)), "--policy", policy, "--out", str(out)])
        (reject,) = pl.read_csv(tmp_path / "out_rejects.csv").to_dicts()
        assert (5, True) == (
            reject["row"],
            "list_price must be a number; it is the text '120'" in reject["why"],
        )
        sheet = openpyxl.load_workbook(out)["Lines"]
        assert "A1:O2" == sheet.auto_filter.ref
        assert 2 == len(sheet.conditional_formatting)

    def test_a_formula_that_nobody_has_calculated_is_named_with_what_helps(self, policy, book, capsys):
        path = book(self.names, ("Furniture", 1, 120, 0.25, "=C2/2"))
        refusal = refused(capsys, path, "--policy", policy)
        assert "Sheet!E2 holds a formula without a stored value; walkaway-xl calc" in refusal

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, policy, tmp_path, capsys):
        path = tmp_path / "bomb.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", bytes(100 << 20))
        assert "this workbook has 104,857,600 bytes, unpacked" in refused(capsys, path, "--policy", policy)

    @pytest.mark.parametrize("data", [b"PK\x03\x04 but no more", b"a,b\n1,2\n", b""])
    def test_what_is_no_workbook_is_refused(self, data, policy, tmp_path, capsys):
        path = tmp_path / "quotes.xlsx"
        path.write_bytes(data)
        assert f"{path}: " in refused(capsys, path, "--policy", policy)


class TestErrorsOfCells:
    """A look-up that failed leaves an error in a cell, which is neither a blank nor a class."""

    head = ("Class", "Qty", "List", "Discount", "Second", "Cost", "Terms", "Note")
    line = ("Furniture", 1, 120, 0.1, 0.1, 68, 30, 7)
    read = ("--column", "discount=Discount", "--column", "discount=Second")

    @pytest.fixture
    def policy(self, tmp_path):
        """A policy with a rule for every class, to which nothing that is broken may fall."""
        path = tmp_path / "all.toml"
        path.write_text(example() + '\n[[class]]\nname = "*"\nmin_margin = 0.1\n', "utf-8")
        return str(path)

    @pytest.fixture
    def book(self, tmp_path):
        """Writes rows to a workbook; a text that begins with # is the error of a formula."""

        def write(*rows):
            workbook = xlsxwriter.Workbook(tmp_path / "quotes.xlsx")
            sheet = workbook.add_worksheet("Lines")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if str(cell).startswith("#"):
                        sheet.write_formula(number, column, "=VLOOKUP(1,A1:A1,1,0)", None, cell)
                    else:
                        sheet.write(number, column, cell)
            workbook.close()
            return tmp_path / "quotes.xlsx"

        return write

    @pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
    @pytest.mark.parametrize(
        ("column", "role"),
        list(enumerate(["class", "quantity", "list_price", "discount", "discount", "cost", "terms_days"])),
    )
    @pytest.mark.parametrize("kind", [".xlsx", ".csv"])
    def test_an_error_in_a_column_that_is_read_rejects_its_line_and_names_the_cell(
        self, kind, column, role, error, policy, book, quotes, tmp_path
    ):
        broken = [error if place == column else cell for place, cell in enumerate(self.line)]
        if kind == ".xlsx":
            path, place = book((), self.head, self.line, broken), f"Lines!{'ABCDEFG'[column]}4"
        else:
            path = quotes(*(",".join(map(str, row)) for row in (self.line, broken)), head=",".join(self.head))
            place = f"column {self.head[column]}"
        out = tmp_path / "out.csv"
        assert 2 == main(["check", str(path), "--policy", policy, "--out", str(out), *self.read])
        assert ["Furniture"] == pl.read_csv(out)["Class"].to_list()
        (reject,) = pl.read_csv(tmp_path / "out_rejects.csv").to_dicts()
        assert f"{role} in {place} is the error {error}; mend the formula behind it" == reject["why"]

    def test_a_class_of_a_parquet_file_may_be_one_too(self, policy, quotes, tmp_path, capsys):
        path = tmp_path / "quotes.parquet"
        pl.read_csv(quotes(GOOD, GOOD.replace("Furniture", "#N/A"))).write_parquet(path)
        assert 2 == main(["check", str(path), "--policy", policy])
        assert "row 2: class in column category is the error #N/A" in capsys.readouterr().out

    @pytest.mark.parametrize("kind", [".xlsx", ".parquet", ".csv"])
    def test_elsewhere_it_stays_what_it_is_and_numbers_that_are_read_stay_numbers(
        self, kind, policy, book, tmp_path
    ):
        out = tmp_path / f"out{kind}"
        path = book(self.head, self.line, (*self.line[:-1], "#N/A"), ("#REF!",) * 8)
        assert 2 == main(["check", str(path), "--policy", policy, "--out", str(out), *self.read])
        lines = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".xlsx": on_sheet}[kind](out)
        assert ["7", "#N/A"] == lines["Note"].to_list()
        assert [120, 120] == lines["List"].to_list()
        assert ["#REF!"] == pl.read_csv(tmp_path / "out_rejects.csv")["Note"].to_list()

    def test_a_name_that_only_begins_like_one_is_a_class(self, policy, quotes):
        assert 0 == main(["check", str(quotes("A,#1 Desks,Desk,1,120,0.1,68")), "--policy", policy])


def rejects(path):
    """Why lines were rejected."""
    return pl.read_csv(path)["why"].to_list()


class TestSigns:
    """An ERP export writes −0.1 for 10 % off; elsewhere it is a surcharge. Nobody guesses."""

    negative = (GOOD.replace("0.25", "-0.25"), GOOD.replace("0.25", "0"))

    @pytest.mark.parametrize("out", [True, False])
    def test_a_file_of_negative_discounts_is_refused_with_the_options_that_read_it(
        self, out, policy, quotes, tmp_path, capsys
    ):
        path = quotes(*self.negative)
        more = ["--out", tmp_path / "out.csv"] if out else []
        refusal = refused(capsys, path, "--policy", policy, *more)
        assert "quotes.csv: discount must be zero or more; column discount has negative ones only" in refusal
        assert "down to −0.25. Say which: --negative-discounts: 0.25 is taken off; --surcharges: " in refusal
        assert [path] == list(tmp_path.iterdir())

    def test_so_is_one_of_several_columns_and_a_history(self, policy, quotes, capsys):
        path = quotes(
            "Furniture,1,120,0.2,-0.1,68", "Furniture,1,120,0.2,0,68", head="Class,Qty,List,A,B,Cost"
        )
        two = ["--column", "discount=A", "--column", "discount=B"]
        assert "column B has negative ones only" in refused(capsys, path, "--policy", policy, *two)
        assert 2 == main(["guide", str(path), "--policy", policy, *two])
        assert "column B has negative ones only" in capsys.readouterr().err

    def test_they_are_read_if_said_so_and_stay_as_they_were(self, policy, quotes, tmp_path, capsys):
        path, out = quotes(*self.negative), tmp_path / "out.csv"
        command = ["check", str(path), "--policy", policy, "--negative-discounts"]
        assert 0 == main([*command, "--out", str(out)])
        written = pl.read_csv(out)
        assert [90, 120] == written["net_price"].to_list()
        assert [-0.25, 0] == written["discount"].to_list()
        assert 2 == main(["check", str(quotes(GOOD)), "--policy", policy, "--negative-discounts"])
        assert "column discount has positive ones only, up to 0.25. Leave the option out" in (
            capsys.readouterr().err
        )

    def test_a_list_price_book_is_fine(self, policy, quotes):
        assert 0 == main(["check", str(quotes(self.negative[1])), "--policy", policy])

    def test_among_others_a_negative_discount_rejects_its_line(self, policy, quotes, tmp_path):
        path = quotes(GOOD, *self.negative)
        out = tmp_path / "out.csv"
        assert 2 == main(["check", str(path), "--policy", policy, "--out", str(out)])
        assert [f"discount must lie from 0 to 1; it is −0.25. {checking.SIGNS}"] == rejects(
            tmp_path / "out_rejects.csv"
        )

    def test_as_does_one_that_others_of_its_line_outweigh(self, policy, quotes, tmp_path):
        rows = ("Furniture,1,120,0.2,-0.1,68", "Furniture,1,120,0.2,0.1,68")
        path, out = quotes(*rows, head="Class,Qty,List,A,B,Cost"), tmp_path / "out.csv"
        command = ["check", str(path), "--policy", policy, "--column", "discount=A", "--column", "discount=B"]
        assert 2 == main([*command, "--out", str(out)])
        assert [f"discount must lie from 0 to 1; it is −0.1. {checking.SIGNS}"] == rejects(
            tmp_path / "out_rejects.csv"
        )
        assert 0 == main([*command, "--out", str(out), "--surcharges", "--force"])
        assert [0.12, 0.28] == pytest.approx((1 - pl.read_csv(out)["net_price"] / 120).to_list())

    def test_surcharges_pass_if_said_so_and_are_counted(self, policy, quotes, tmp_path, capsys):
        command = ["check", str(quotes(*self.negative)), "--policy", policy, "--surcharges"]
        assert 0 == main([*command, "--json"])
        summary = json.loads(capsys.readouterr().out)
        assert (1, 2, 540) == (summary["surcharges"], summary["all"]["lines"], summary["all"]["revenue"])
        assert 0 == main(command)
        assert "1 line has a surcharge." in capsys.readouterr().out

    def test_a_discount_of_15_is_named_whatever_stands_beside_it(self, policy, quotes, tmp_path):
        rows = (
            "Furniture,1,120,15,0.1,68",
            "Furniture,1,120,,-15,68",
            "Furniture,1,120,,,68",
            "Furniture,1,120,0.1,,68",
        )
        path, out = quotes(*rows, head="Class,Qty,List,A,B,Cost"), tmp_path / "out.csv"
        command = ["check", str(path), "--policy", policy, "--column", "discount=A", "--column", "discount=B"]
        assert 2 == main([*command, "--out", str(out)])
        beyond, below, blank = rejects(tmp_path / "out_rejects.csv")
        assert "Write 15% or 0.15, not 15" in beyond
        assert f"discount must lie from 0 to 1; it is −15. {checking.SIGNS}" == below
        assert "discount is blank; write 0 for no discount" == blank


class TestClasses:
    """A class that nobody has is a slip of the pen, in the policy or in the lines."""

    @pytest.fixture
    def policy(self, tmp_path):
        path = tmp_path / "policy.toml"
        text = example().replace('"Furniture"', '"Tabels"')
        path.write_text(text + '\n[[class]]\nname = "*"\nmin_margin = 0.1\n', "utf-8")
        return str(path)

    @pytest.fixture
    def lines(self, quotes):
        kinds = ["Tables"] * 3 + ["technology", "Pens", "Office Supplies", "", "#N/A"]
        return str(quotes(*(f"A,{kind},Desk,1,120,0,68" for kind in kinds)))

    def test_classes_without_lines_are_said_with_what_could_be_meant_and_what_the_last_rule_took(
        self, policy, lines, tmp_path, capsys
    ):
        out = tmp_path / "out.xlsx"
        assert 2 == main(["check", lines, "--policy", policy, "--out", str(out)])
        summary = capsys.readouterr().out
        sentences = (
            "Class Tabels has no lines; did you mean Tables (3 lines)?",
            "* took Tables (3 lines), (blank) (1 line), Pens (1 line).",
        )
        rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Summary").to_python()
        for sentence in sentences:
            assert sentence in summary
            assert sentence in [cell for row in rows for cell in row]

    def test_without_a_column_of_classes_the_last_rule_is_said_to_have_taken_every_line(
        self, policy, tmp_path, capsys
    ):
        lines = tmp_path / "lines.csv"
        lines.write_text("product,quantity,list_price,discount,cost\nDesk,1,120,0,68\nPen,1,3,0,1\n")
        assert 0 == main(["check", str(lines), "--policy", policy])
        sentence = "No column holds the class, so * took every line."
        assert sentence in capsys.readouterr().out
        assert 0 == main(["check", str(lines), "--policy", policy, "--json"])
        assert [sentence] == json.loads(capsys.readouterr().out)["remarks"]

    def test_programs_are_told_too(self, policy, lines, capsys):
        assert 2 == main(["check", lines, "--policy", policy, "--json"])
        summary = json.loads(capsys.readouterr().out)
        assert {"Tabels": ["Tables"]} == summary["classes_without_lines"]
        assert {"Tables": 3, "(blank)": 1, "Pens": 1} == summary["classes_under_*"]

    def test_where_all_is_as_it_should_be_nothing_is_said(self, quotes, tmp_path, capsys):
        every = tmp_path / "every.toml"
        every.write_text(
            example().replace('"Furniture"', '"*"').split('[[class]]\nname = "Office')[0] + SIGNS
        )
        assert 0 == main(["check", str(quotes(GOOD)), "--policy", str(every)])
        summary = capsys.readouterr().out
        assert "took" not in summary
        assert "column" not in summary
        bare = tmp_path / "bare.csv"
        bare.write_text("product,quantity,list_price,discount,cost\nDesk,1,120,0,68\n")
        assert 0 == main(["check", str(bare), "--policy", str(every)])
        assert "took" not in capsys.readouterr().out


class TestLossLeaders:
    """min_margin −0.2, price 90, cost 95: below cost, and above its floor of 95 ÷ 1.2."""

    @pytest.fixture
    def policy(self, tmp_path):
        path = tmp_path / "policy.toml"
        path.write_text('[[class]]\nname = "*"\nmin_margin = -0.2\n' + SIGNS, "utf-8")
        return str(path)

    rows = tuple(f"A,Furniture,Desk,1,100,{discount},95" for discount in (0.1, 0.205, 0.22, 0.0))

    def test_one_that_keeps_its_floor_is_marked_and_is_not_below_it(self, policy, quotes, tmp_path, capsys):
        path, out = quotes(*self.rows), tmp_path / "out.csv"
        assert 1 == main(["check", str(path), "--policy", policy, "--out", str(out), "--json", "--reasons"])
        summary, lines = json.loads(capsys.readouterr().out), pl.read_csv(out)
        assert ["OK", "NEAR FLOOR", "BELOW COST", "OK"] == lines["status"].to_list()
        assert [True, True, False, False] == lines["loss_leader"].to_list()
        assert 78 == summary["below_floor"]["revenue"]
        assert (2, 169.5) == (summary["loss_leaders"]["lines"], summary["loss_leaders"]["revenue"])
        assert "barely, as a loss leader: the price is 79.50" in lines["reason"][1]

    def test_the_summary_says_so(self, policy, quotes, capsys):
        assert 1 == main(["check", str(quotes(*self.rows)), "--policy", policy])
        assert "2 lines are loss leaders: below cost, and no lower than the policy allows" in (
            capsys.readouterr().out
        )


class TestFiles:
    def test_a_folder_is_read_in_the_order_of_its_names(self, policy, quotes, tmp_path, monkeypatch):
        (tmp_path / "in").mkdir()
        quotes("2,Furniture,Desk,2,120,0.25,68", name="in/b.csv")
        quotes("1,Furniture,Desk,2,120,0.25,68", name="in/a.csv")
        out = tmp_path / "out.csv"
        assert 0 == main(["check", str(tmp_path / "in"), "--policy", policy, "--out", str(out)])
        assert [(1, "a.csv"), (2, "b.csv")] == pl.read_csv(out).select("order", "file").rows()

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (f"{HEAD}\n", "there is no line in it"),
            ("", "this file is empty"),
            (f'{HEAD}\nA,Furniture,"open,1,120,0.1,68\n', "is a quoted cell left open?"),
            (f"{HEAD}\nA,Furniture,{'x' * 300_000},1,120,0.1,68\nCaf\xe9", "--encoding cp1252"),
        ],
    )
    @pytest.mark.parametrize("out", [True, False])
    def test_a_file_without_lines_or_without_sense_is_refused(
        self, data, words, out, policy, tmp_path, capsys
    ):
        path = tmp_path / "quotes.csv"
        path.write_bytes(data.encode("latin-1"))
        more = ["--out", tmp_path / "out.csv"] if out else []
        assert words in refused(capsys, path, "--policy", policy, *more)
        assert [path] == list(tmp_path.iterdir())

    def test_a_number_that_a_parquet_file_stores_as_text_is_refused(self, policy, tmp_path, capsys):
        path = tmp_path / "quotes.parquet"
        pl.read_csv(LINES).with_columns(pl.col("cost").cast(pl.String)).write_parquet(path)
        assert "column cost holds String" in refused(capsys, path, "--policy", policy)

    def test_a_file_that_grows_while_it_is_read_is_refused(self, policy, quotes, capsys, monkeypatch):
        from walkaway_xl.quotes.text_files import CsvTable

        path, read = quotes(GOOD), CsvTable.batches

        def grown(self, columns):
            yield from read(self, columns)
            with path.open("a") as file:
                file.write(GOOD)

        monkeypatch.setattr(CsvTable, "batches", grown)
        assert "changed while it was read" in refused(capsys, path, "--policy", policy)

    def test_a_policy_with_a_fault_that_matters_is_refused_with_its_line(self, quotes, tmp_path, capsys):
        path = tmp_path / "policy.toml"
        path.write_text(example().replace("discount = 0.3\n", "discount = 0.15\n"))
        assert "policy.toml:45: Signers: inversion" in refused(capsys, quotes(GOOD), "--policy", path)

    def test_a_file_that_exists_stays(self, policy, quotes, tmp_path, capsys):
        out = tmp_path / "out.csv"
        out.write_text("mine")
        assert "--force" in refused(capsys, quotes(GOOD), "--policy", policy, "--out", out)
        assert "mine" == out.read_text()

    def test_a_cluster_that_no_engine_would_ask_is_refused(self, policy, quotes, capsys):
        refusal = refused(capsys, quotes(GOOD), "--policy", policy, "--master", "local[2]")
        assert "--master says where Spark runs; add --engine spark" in refusal

    @pytest.mark.parametrize("terminal", [True, False])
    def test_says_how_far_it_is_in_a_terminal_only(self, terminal, policy, quotes, capsys, monkeypatch):
        monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
        monkeypatch.setattr("walkaway_xl.quotes.engines.local.PAUSE", -1.0)
        assert 0 == main(["check", str(quotes(GOOD)), "--policy", policy])
        assert terminal == ("lines, " in capsys.readouterr().err)


class TestNothingIsLost:
    """Neither a file of the user, nor a column, nor a line."""

    @pytest.mark.parametrize("name", ["clean_rejects.csv", "clean.csv"])
    def test_what_is_read_is_never_written_over(self, policy, quotes, tmp_path, name):
        read = quotes(GOOD, name=name)
        before = read.read_bytes()
        command = ["check", str(read), "--policy", policy, "--out", str(tmp_path / "clean.csv"), "--force"]
        assert 2 == main(command)
        assert before == read.read_bytes()

    def test_nor_is_the_policy(self, policy, quotes, tmp_path):
        own = tmp_path / "policy.csv"
        own.write_bytes(Path(policy).read_bytes())
        command = ["check", str(quotes(GOOD)), "--policy", str(own), "--out", str(own), "--force"]
        assert 2 == main(command)
        assert Path(policy).read_bytes() == own.read_bytes()

    def test_blank_lines_and_lines_of_commas_are_no_lines(self, policy, quotes, tmp_path):
        path, out = quotes(GOOD, ",,,,,,", "", "B-2,Furniture,Desk,x,100,0.5,68"), tmp_path / "out.csv"
        assert 2 == main(["check", str(path), "--policy", policy, "--out", str(out)])
        assert [5] == pl.read_csv(tmp_path / "out_rejects.csv")["row"].to_list()

    def test_a_column_of_the_user_is_never_taken(self, policy, quotes, tmp_path):
        path, out = quotes(GOOD), tmp_path / "out.csv"
        frame = pl.read_csv(path).with_columns(floor=pl.lit(1), floor_checked=pl.lit(2))
        frame.write_csv(path)
        main(["check", str(path), "--policy", policy, "--out", str(out)])
        written = pl.read_csv(out)
        assert [1, 2] == [written["floor"][0], written["floor_checked"][0]]
        assert written["floor_checked_checked"][0] > 2

    @pytest.mark.parametrize("name", ["lines", "status", "revenue", "signer"])
    def test_quotes_may_be_grouped_by_a_column_of_any_name(self, policy, quotes, tmp_path, name):
        path, out = quotes(GOOD), tmp_path / "out.csv"
        pl.read_csv(path).rename({"order": name}).write_csv(path)
        command = ["check", str(path), "--policy", policy, "--out", str(out), "--group-by", name]
        assert main([*command, "--column", "net_value=-"]) < 2
        assert f"{name}_of_quote" == pl.read_csv(tmp_path / f"out_by_{name}.csv").columns[0]

    @pytest.mark.parametrize("separator", ["", ";;", "é"])
    def test_a_separator_is_one_sign(self, policy, quotes, separator):
        with pytest.raises(SystemExit):
            main(["check", str(quotes(GOOD)), "--policy", policy, "--separator", separator])

    def test_files_of_a_folder_agree_on_their_types(self, policy, quotes, tmp_path, capsys):
        folder = tmp_path / "folder"
        folder.mkdir()
        frame = pl.read_csv(quotes(GOOD))
        frame.with_columns(note=pl.lit(1)).write_parquet(folder / "a.parquet")
        frame.with_columns(note=pl.lit("one")).write_parquet(folder / "b.parquet")
        assert 2 == main(["check", str(folder), "--policy", policy])
        assert "note" in capsys.readouterr().err

    def test_workbooks_of_a_folder_may_differ_in_a_column(self, policy, quotes, tmp_path):
        folder, out = tmp_path / "folder", tmp_path / "out.csv"
        folder.mkdir()
        frame = pl.read_csv(quotes(GOOD))
        frame.with_columns(note=pl.lit(1)).write_excel(folder / "a.xlsx")
        frame.with_columns(note=pl.lit("one")).write_excel(folder / "b.xlsx")
        assert main(["check", str(folder), "--policy", policy, "--out", str(out)]) < 2
        assert {"1", "one"} == set(pl.read_csv(out)["note"].cast(pl.String))

    def test_a_formula_without_a_value_is_found_in_any_row_and_in_the_class(self, policy, tmp_path, capsys):
        book = openpyxl.Workbook()
        book.active.append(["order", "class", "quantity", "list price", "discount", "cost", "terms"])
        book.active.append(["A-1", "Furniture", 1, 10, 0.1, 5, None])
        book.active.append(["A-2", '="Furniture"', 1, 10, 0.1, 5, 30])
        book.save(tmp_path / "book.xlsx")
        assert 2 == main(["check", str(tmp_path / "book.xlsx"), "--policy", policy])
        assert "B3" in capsys.readouterr().err

    def test_a_cell_that_cannot_hold_a_value_holds_its_text(self, policy, quotes, tmp_path):
        path, out = tmp_path / "quotes.parquet", tmp_path / "out.xlsx"
        odd = {
            "big": 9_007_199_254_740_993,
            "old": date(1800, 1, 1),
            "far": math.inf,
            "here": datetime(2026, 1, 1, tzinfo=UTC),
            "long": "x" * 40_000,
        }
        frame = pl.read_csv(quotes(GOOD)).with_columns(**{name: pl.lit(value) for name, value in odd.items()})
        frame.write_parquet(path)
        assert main(["check", str(path), "--policy", policy, "--out", str(out)]) < 2
        row = on_sheet(out).row(0, named=True)
        assert ("9007199254740993", "1800-01-01", "inf") == (row["big"], row["old"], row["far"])
        assert row["here"].startswith("2026-01-01")
        assert (32_767, "…") == (len(row["long"]), row["long"][-1])
