"""Amounts are read with their currencies, which are those of their lines and never mixed."""

import json
import re
from itertools import product

import openpyxl
import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.files.outlines import outlined
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.currencies import CODES, SHARED, SIGNS, name_of, one_of_both
from walkaway_xl.quotes.money_cells import parted, together
from walkaway_xl.quotes.number_formats import currencies_by_style, currency_of

HEAD = "class,product,quantity,list_price,discount,cost"


@pytest.fixture
def check(tmp_path, capsys):
    policy, path = tmp_path / "policy.toml", tmp_path / "quotes.csv"
    policy.write_text(example(), "utf-8")

    def checked(*rows, head=HEAD, options=(), command="check"):
        path.write_text("\n".join([head, *rows]), "utf-8")
        more = ["--policy", str(policy), "--json"] if command == "check" else []
        code = main([command, str(path), *more, *options])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.startswith("{") else said.out, said.err

    return checked


def test_every_sign_is_read_on_either_side_of_every_amount():
    amounts = ["1,200.50", "5", "−5", "(5)", "5-", ".5", "1 200"]
    for sign in {*CODES, *SIGNS, *SHARED}:
        written = [f"{sign}{gap}{amount}" for amount, gap in product(amounts, ("", " ", "\u00a0"))]
        written += [f"{amount}{gap}{sign}" for amount, gap in product(amounts, ("", " ", "\u202f"))]
        bare, names = parted(pl.Series("list", [*written, f"-{sign}5", f"({sign}5.00)"]))
        expected = [amount for amount in amounts for _ in range(3)] * 2
        assert [*expected, "-5", "(5.00)"] == bare.to_list(), sign
        assert {name_of(sign)} == set(names)


@pytest.mark.parametrize(
    "cell", ["12 kg", "€5 USD", "12 %", "$", "EUR", "n/a", "5 all", "A$B", "1 EUR 2", "X5"]
)
def test_what_is_no_amount_stays_as_it_is(cell):
    bare, names = parted(pl.Series([cell, "$1"]))
    assert (cell, None) == (bare[0], names[0])


def test_a_sign_of_several_is_the_code_beside_it():
    assert ("CAD", "CAD", None, "$") == (
        one_of_both("$", "CAD"),
        one_of_both("CAD", "$"),
        one_of_both("$", "EUR"),
        one_of_both("$", "$"),
    )
    names, faults = together(
        [("one", pl.Series(["$", "$", None])), ("other", pl.Series(["USD", "EUR", "EUR"]))]
    )
    assert ["USD", "EUR"] == [names[0], names[2]]
    assert {1: "one is in $ and other in EUR; a line has one currency"} == faults


def test_a_line_without_a_currency_is_in_the_only_one_and_this_is_said(check):
    code, summary, _ = check("Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,60,0,30")
    assert (0, "$", 420) == (code, summary["currency"], summary["all"]["revenue"])
    assert "1 line without a currency counted as $." in summary["remarks"]


def test_a_line_without_a_currency_stays_apart_where_there_are_several(check):
    rows = ("Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,60,0,30", "Furniture,Lamp,4,£60,0,30")
    _, summary, _ = check(*rows)
    revenues = {name: held["all"]["revenue"] for name, held in summary["by_currency"].items()}
    assert {"$": 240, "no currency stated": 180, "GBP": 240} == revenues


def test_a_sign_counts_under_the_only_code_that_it_can_mean(check):
    _, summary, _ = check("Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,USD 60,0,30")
    assert ("USD", 420) == (summary["currency"], summary["all"]["revenue"])
    assert "1 line with the sign $ counted as USD." in summary["remarks"]


@pytest.mark.parametrize(
    ("sign", "code", "other"),
    [("$", "CAD", None), ("¥", "CNY", None), ("kr", "NOK", None), ("$", "USD", "CAD")],
)
def test_a_bare_sign_beside_another_of_its_codes_stays_apart(sign, code, other, check):
    rows = [f"Furniture,Desk,2,{held} 120,0,68" for held in (sign, code, other) if held]
    _, summary, _ = check(*rows)
    assert {held for held in (sign, code, other) if held} == summary["by_currency"].keys()


def test_a_column_contradicts_an_amount(check):
    code, summary, _ = check("Furniture,Desk,2,$120,0,68,EUR", head=f"{HEAD},currency")
    assert 2 == code
    assert "an amount is in $ and column currency in EUR" in summary["first_rejects"][0]["reason"]


def test_heads_say_the_currency_of_all_lines(check):
    head = HEAD.replace("cost", "cost (GBP)")
    assert "GBP" == check("Furniture,Desk,2,120,0,68", head=head)[1]["currency"]
    assert 2 == check("Furniture,Desk,2,$120,0,68", head=head)[0]
    others = check("Furniture,Desk,2,120,0,68", head=head, options=("--currency", "EUR"))
    assert (2, True) == (others[0], "there is no line in it" in others[2])


def test_rates_take_a_sign_for_the_only_code_that_it_can_mean(check, tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,rate\nEUR,1\nUSD,0.5\n")
    _, summary, _ = check(
        "Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,60 €,0,30", options=("--rates", str(rates))
    )
    assert ("EUR", 300) == (summary["currency"], summary["all"]["revenue"])
    assert "no amount has one" in check("Furniture,Desk,2,120,0,68", options=("--rates", str(rates)))[2]


def test_a_column_of_other_words_is_no_column_of_currencies(check):
    rows = [f"Furniture,Desk,2,120,0,68,word {number}" for number in range(50)]
    assert "--column currency=- that there is none" in check(*rows, head=f"{HEAD},currency")[2]
    options = ("--column", "currency=-")
    assert 0 == check(*rows, head=f"{HEAD},currency", options=options)[0]


def sheet(path):
    head, *rows = openpyxl.load_workbook(path)["Lines"].iter_rows(values_only=True)
    return pl.DataFrame(rows, schema=head, orient="row")


@pytest.mark.parametrize("kind", [".csv", ".parquet", ".xlsx"])
def test_checked_lines_have_the_currency_of_their_amounts_in_a_column(kind, check, tmp_path):
    out = tmp_path / f"out{kind}"
    rows = ("Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,60 €,0,30")
    assert 0 == check(*rows, options=("--out", str(out)))[0]
    read = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".xlsx": sheet}[kind]
    assert ["$", "EUR"] == read(out)["currency"].to_list()


def test_read_shows_totals_by_currency(check):
    out = check("Furniture,Desk,2,$120,0,68", "Furniture,Lamp,3,60 €,0,30", command="read")[1]
    assert "Currency  $ (1 line), EUR (1 line)" in out
    assert "240.00" in out.split("Totals of the lines read: $")[1].split("Totals")[0]
    assert "420" not in out


def test_a_report_has_a_part_for_each_currency(check, tmp_path):
    page = tmp_path / "report.html"
    check("Furniture,Desk,2,$120,0.6,68", "Furniture,Lamp,3,60 €,0,30", options=("--report", str(page)))
    text = page.read_text("utf-8")
    assert ("$: 1 line</h2>" in text, "EUR: 1 line</h2>" in text) == (True, True)
    assert 2 == text.count("<h3>Figures</h3>")


def test_a_report_has_the_cost_of_lines_in_the_currency_of_the_sums(check, tmp_path):
    rates, page = tmp_path / "rates.csv", tmp_path / "report.html"
    rates.write_text("currency,rate\nEUR,1\nJPY,0.01\n")
    check("Furniture,Desk,2,¥12000,0,6800", options=("--rates", str(rates), "--report", str(page)))
    fall = page.read_text("utf-8").split('class="fall"')[1].split("</table>")[0]
    # 136 is 2 · 6,800 at 0.01, and leakage is 2 % and 30 days at 8 %, of a revenue of 240.
    assert ["240", "0", "240", "−6", "−136", "98"] == re.findall('class="r v">([^<]*)<', fall)[:6]


def test_a_rate_that_makes_too_much_of_a_line_leaves_no_sum(check, tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,rate\nEUR,1e280\n")
    # The second comes to too much, the shortfall of the third does in millionths.
    rows = [f"Furniture,Desk,2,{numbers},EUR" for numbers in ("60,0,30", "1e11,0,30", "1e6,0.9,1e6")]
    code, summary, _ = check(*rows, head=f"{HEAD},currency", options=("--rates", str(rates)))
    assert (2, 2, 1) == (code, summary["rejected"], summary["all"]["lines"])
    assert all("less than 1e+290" in reject["reason"] for reject in summary["first_rejects"])


def formatted(path, formats):
    """A workbook of lines alike, with a number format for the list price and one for the cost of each."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD.split(","))
    for row, (price, cost) in enumerate(formats, 2):
        sheet.append(["Furniture", "A", 2, 100, 0.1, 60])
        sheet.cell(row, 4).number_format, sheet.cell(row, 6).number_format = price, cost
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("shown", "currency"),
    [
        ("#,##0.00 [$€-407]", "EUR"),
        ("[$¥-411]#,##0", "¥"),
        ('_("$"* #,##0.00_);_("€"* (#,##0.00)', "$"),
        ("[$CHF] #,##0.00", "CHF"),
        ("\\£#,##0", "GBP"),
        ("€ 0", "EUR"),
        ('0 "zł"', "PLN"),
        ("[$-409]#,##0.00", None),
        ('0 "pcs"', None),
        ("[Red]0.0%", None),
        ("General", None),
    ],
)
def test_the_currency_that_a_number_format_shows(shown, currency):
    assert currency == currency_of(shown)


def test_currencies_that_only_number_formats_show_are_never_added_up(tmp_path, check, capsys):
    euro, yen, bare = "#,##0.00 [$€-407]", "[$¥-411]#,##0", "0.00"
    lines = [(euro, euro), (yen, yen), (euro, bare), (bare, yen), (bare, bare), (euro, yen)]
    book = formatted(tmp_path / "book.xlsx", lines)
    check("Furniture,Desk,2,120,0,68")  # writes the policy
    assert main(["check", str(book), "--policy", str(tmp_path / "policy.toml"), "--json"]) == 2
    parts = json.loads(capsys.readouterr().out)["by_currency"]
    assert {"EUR": 2, "¥": 2, "no currency stated": 1} == {
        name: part["all"]["lines"] for name, part in parts.items()
    }


def test_a_workbook_of_one_currency_is_read_without_a_look_at_formats(tmp_path):
    euro, bare = "#,##0.00 [$€-407]", "0.00"
    assert (
        currencies_by_style(outlined(formatted(tmp_path / "one.xlsx", [(euro, euro), (bare, bare)])).package)
        == {}
    )
