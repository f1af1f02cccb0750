"""Rows that are no lines are left out where two signs agree, and listed; returns are counted as said."""

import json
import re

import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example

HEAD = "order,class,product,quantity,list_price,discount,cost"
DESK, LAMP, CHAIR = (
    "A-1,Furniture,Desk,2,120,0.25,68",
    "A-2,Furniture,Lamp,3,60,0,30",
    "A-3,Furniture,Chair,4,90,0.1,50",
)


@pytest.fixture
def ask(tmp_path, capsys):
    """Checks rows, and gives back the exit code, the summary and the rows that were left out."""
    policy = tmp_path / "policy.toml"
    policy.write_text(example(), "utf-8")

    def asked(*rows, options=()):
        (tmp_path / "quotes.csv").write_text("\n".join([HEAD, *rows]) + "\n")
        out = tmp_path / "out.csv"
        command = ["check", str(tmp_path / "quotes.csv"), "--policy", str(policy), "--out", str(out)]
        code = main([*command, "--json", "--force", *options])
        apart = tmp_path / "out_left_out.csv"
        kept = pl.read_csv(apart, infer_schema=False).to_dicts() if apart.exists() else []
        return code, json.loads(capsys.readouterr().out), kept

    return asked


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,Total,9,,,", ("'Total'", "blank where lines", "quantity 9 is the sum of 3 lines")),
        ("Gesamtsumme,,,9,270,0.35,148", ("list_price 270 is the sum of 3 lines",)),
        (",,,9,270,,148", ("blank where lines are filled in, list_price 270",)),
        ("A-4,Furniture total,x,9,1,0,1", ("'Furniture total'", "quantity 9")),
        ("Somme,,,8,1,0,1", ("'Somme'", "blank where")),
    ],
)
def test_a_total_is_left_out_where_two_signs_agree(row, words, ask):
    code, summary, kept = ask(DESK, LAMP, CHAIR, row)
    assert (0, 3, 0) == (code, summary["all"]["lines"], summary["rejected"])
    (left_out,) = summary["left_out"]["first"]
    assert 5 == left_out["row"]
    assert [] == [part for part in words if part not in left_out["reason"]]
    assert [(left_out["reason"], "5")] == [(line["why"], line["row"]) for line in kept]


@pytest.mark.parametrize(
    ("row", "doubts"),
    [("A-4,Furniture,Total Gym,2,100,0.1,50", 1), ("A-4,Furniture,Desk,9,270,0.1,148", 0)],
)
def test_one_sign_is_a_doubt_and_the_row_counts(row, doubts, ask):
    code, summary, kept = ask(DESK, LAMP, CHAIR, row)
    assert (0, 4, []) == (code, summary["all"]["lines"], kept)
    assert doubts == summary["doubts"]["rows"]


def test_subtotals_are_sums_of_their_part_and_the_last_of_all(ask):
    rows = (DESK, LAMP, ",,Subtotal,5,,,", CHAIR, LAMP, ",,Subtotal,7,,,", ",,Grand total,12,,,")
    code, summary, _ = ask(*rows)
    assert (0, 4, 3) == (code, summary["all"]["lines"], summary["left_out"]["rows"])
    assert "of 4 lines" in summary["left_out"]["first"][2]["reason"]


def test_sums_go_on_over_batches(ask, monkeypatch):
    monkeypatch.setattr("walkaway_xl.quotes.quote_files.BATCH", 2)
    code, summary, _ = ask(*[DESK] * 9, ",,Total,18,,,")
    assert (0, 9, "of 9 lines") == (
        code,
        summary["all"]["lines"],
        summary["left_out"]["first"][0]["reason"][-10:],
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (HEAD, "the heads come again"),
        (",,,pcs,EUR,%,EUR", "words stand where numbers belong"),
        (",,Prices without VAT,,,,", "there is no number in it"),
    ],
)
def test_what_is_no_line_is_left_out(row, words, ask):
    code, summary, _ = ask(DESK, row, LAMP)
    assert (0, 2) == (code, summary["all"]["lines"])
    assert words in summary["left_out"]["first"][0]["reason"]


def test_a_product_whose_numbers_are_missing_is_a_reject(ask):
    code, summary, _ = ask(DESK, "A-9,Furniture,Desk,,,,")
    assert (2, 1, 0) == (code, summary["rejected"], summary["left_out"]["rows"])


class TestCurrencies:
    ROWS = tuple(f"{row},{currency}" for row, currency in ((DESK, "EUR"), (LAMP, "JPY"), (CHAIR, "eur")))

    @pytest.fixture
    def check(self, tmp_path, capsys):
        policy, path = tmp_path / "policy.toml", tmp_path / "quotes.csv"
        policy.write_text(example(), "utf-8")
        path.write_text("\n".join([f"{HEAD},currency", *self.ROWS]))

        def checked(*options):
            code = main(["check", str(path), "--policy", str(policy), "--json", *options])
            said = capsys.readouterr()
            return code, json.loads(said.out) if said.out else {}, said.err

        return checked

    def test_several_are_never_added_up(self, check):
        """180 and 324 in EUR, 180 in JPY."""
        code, summary, _ = check()
        revenues = {name: held["all"]["revenue"] for name, held in summary["by_currency"].items()}
        assert (0, {"EUR": 504, "JPY": 180}, None) == (code, revenues, summary["currency"])
        assert "all" not in summary

    def test_a_fixed_cost_is_in_one_currency(self, check, tmp_path):
        policy = tmp_path / "policy.toml"
        policy.write_text(re.sub("(?m)^fixed_cost = 0", "fixed_cost = 5", policy.read_text("utf-8")), "utf-8")
        code, _, refusal = check()
        assert 2 == code
        assert "in EUR and JPY, and the policy states fixed_cost in one currency" in refusal
        assert 0 == check("--currency", "EUR")[0]

    def test_quotes_have_a_total_in_each(self, check, tmp_path):
        assert 0 == check("--group-by", "order", "--out", str(tmp_path / "out.csv"))[0]
        totals = pl.read_csv(tmp_path / "out_by_order.csv")
        assert [("A-1", "EUR"), ("A-2", "JPY"), ("A-3", "EUR")] == totals.select("order", "currency").rows()
        assert [row.rpartition(",")[2] for row in self.ROWS] == pl.read_csv(tmp_path / "out.csv")[
            "currency"
        ].to_list()

    def test_a_picture_shows_one(self, check, tmp_path):
        pytest.importorskip("matplotlib")
        assert "--plot draws one currency" in check("--plot", str(tmp_path / "plot.svg"))[2]

    def test_one_is_checked_if_said_so_and_the_others_are_listed(self, check):
        code, summary, _ = check("--currency", "EUR")
        assert (0, 2, 1) == (code, summary["all"]["lines"], summary["left_out"]["rows"])
        assert "its currency is JPY" in summary["left_out"]["first"][0]["reason"]


class TestRates:
    """120 less 25 % are 90, ten times in Yen, and one of them comes back."""

    HEAD = "order,class,product,qty,list,discount,cost,currency,date"
    LINES = (
        "A-1,Furniture,Desk,2,120,0.25,68,EUR,2024-03-01",
        "A-2,Furniture,Desk,10,120,0.25,68,JPY,2024-02-28",
        "A-3,Furniture,Desk,10,120,0.25,68,jpy,2024-03-01",
        "A-4,Furniture,Desk,-10,120,0.25,68,JPY,2024-03-02",
        "A-5,Furniture,Desk,1,120,0.25,100,JPY,2024-03-02",
    )
    RATES = "currency;rate;date\nEUR;1;2000-01-01\nJPY;0.5;2024-03-01\nJPY;0.25;2024-02-01\n"

    @pytest.fixture
    def check(self, tmp_path, capsys):
        policy, path, rates = (tmp_path / name for name in ("policy.toml", "quotes.csv", "rates.csv"))
        policy.write_text(example(), "utf-8")

        def checked(rules=self.RATES, lines=self.LINES, command="check", head=self.HEAD):
            path.write_text("\n".join([head, *lines]))
            rates.write_text(rules, "utf-8-sig")
            more = ["--policy", str(policy), "--json"] if command == "check" else []
            code = main([command, str(path), "--rates", str(rates), *more])
            said = capsys.readouterr()
            return code, json.loads(said.out) if said.out.startswith("{") else said.out, said.err

        return checked

    def test_money_is_added_up_by_the_rate_of_its_day(self, check):
        code, summary, _ = check()
        assert (1, 4, 0) == (code, summary["all"]["lines"], summary["rejected"])
        assert 2 * 90 + 10 * 90 * 0.25 + 10 * 90 * 0.5 + 90 * 0.5 == summary["all"]["revenue"]
        assert (-450, 45) == (summary["returns"]["revenue"], summary["below_floor"]["revenue"])
        assert "sums in EUR by the rates of" in summary["read"]

    def test_what_is_read_is_added_up_so_too(self, check):
        assert "900.00" in next(line for line in check(command="read")[1].split("\n") if "Net value" in line)

    def test_rates_may_be_the_same_for_all_days(self, check):
        rates, lines = "Currency,Rate\nEUR,2\nJPY,1\n", [line.rpartition(",")[0] for line in self.LINES[:2]]
        _, summary, _ = check(rates, lines, head=self.HEAD.removesuffix(",date"))
        assert 2 * 180 + 900 == summary["all"]["revenue"]
        assert "sums in JPY" in summary["read"]

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("A-1,Furniture,Desk,1,120,0.25,68,USD,2024-03-01", "has no rate for USD on 2024-03-01"),
            ("A-1,Furniture,Desk,1,120,0.25,68,JPY,2024-01-31", "has no rate for JPY on 2024-01-31"),
            (
                "A-1,Furniture,Desk,1,120,0.25,68,JPY,01.03.2024",
                "on 01.03.2024; a date is written as 2024-02-29",
            ),
            ("A-1,Furniture,Desk,1,120,0.25,68,JPY,", "has no rate for JPY on a blank date"),
            ("A-1,Furniture,Desk,1,120,0.25,68,,2024-03-01", "has no rate for a blank currency"),
        ],
    )
    def test_a_line_without_a_rate_is_a_reject(self, line, words, check):
        code, summary, _ = check(lines=(*self.LINES, line))
        assert (2, 4, 1) == (code, summary["all"]["lines"], summary["rejected"])
        assert words in summary["first_rejects"][0]["reason"]

    @pytest.mark.parametrize(
        ("rates", "words"),
        [
            ("currency,price\nEUR,1", "rates have a column currency, a column rate"),
            ("currency,rate\nEUR,0", "row 2: a rate is a currency, a number above 0"),
            ("currency;rate\nEUR;0,92", "row 2: a rate is a currency, a number above 0"),
            ("currency,rate\nEUR", "row 2: a rate is"),
            ("currency,rate,date\nEUR,1,01.03.2024", "row 2: a rate is"),
            ("currency,rate\nEUR,1\nEUR,2", "row 3: EUR has two rates"),
        ],
    )
    def test_rates_that_cannot_be_read_are_refused(self, rates, words, check):
        code, _, said = check(rates)
        assert (2, True) == (code, words in said), said

    def test_rates_with_dates_need_lines_with_dates(self, check):
        lines = [line.rpartition(",")[0] for line in self.LINES]
        assert (
            "the rates have dates, and no column holds one" in check(lines=lines, head=HEAD + ",currency")[2]
        )


class TestReturns:
    BACK = "A-1,Furniture,Desk,-2,120,0.25,68"

    def test_are_counted_apart(self, ask):
        code, summary, kept = ask(DESK, LAMP, self.BACK)
        assert (0, 2, 0) == (code, summary["all"]["lines"], summary["rejected"])
        assert (1, -180) == (summary["returns"]["lines"], summary["returns"]["revenue"])
        assert ["-2"] == [line["quantity"] for line in kept]

    def test_are_counted_against_the_others_if_said_so(self, ask):
        code, summary, kept = ask(DESK, LAMP, self.BACK, options=("--returns", "net"))
        assert (0, 3, 180, []) == (code, summary["all"]["lines"], summary["all"]["revenue"], kept)

    def test_are_refused_if_said_so(self, ask):
        code, summary, _ = ask(DESK, self.BACK, options=("--returns", "refuse"))
        assert (2, 1) == (code, summary["rejected"])
        assert "--returns net or apart counts it" in summary["first_rejects"][0]["reason"]

    def test_one_that_makes_no_sense_is_a_reject(self, ask):
        code, summary, _ = ask(DESK, self.BACK.replace("120", "-1"))
        assert (2, 1) == (code, summary["rejected"])
