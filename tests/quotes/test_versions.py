"""Costs and list prices by date: worked by hand, for books that state their prices in each way."""

import json

import polars as pl
import pytest

from walkaway_xl.cli import main

POLICY = """
[[class]]
name = "*"
min_margin = 0.2

[[signer]]
name = "Seller"
discount = 0.10

[[signer]]
name = "Chief"

[[list_version]]
name = "July"
when = {product = "Desk"}
from = 2026-07-01
list_price = 150

[[list_version]]
name = "August"
when = {product = "Lamp"}
from = 2026-08-01
until = 2026-08-31
change = -0.2

[[cost_version]]
name = "Steel"
when = {product = "Desk"}
from = 2026-08-01
change = 0.5
"""
NAMES = ("list_price_used", "discount_used", "net_price", "cost_used", "signer")


@pytest.fixture
def check(tmp_path, capsys):
    """Exit code, summary, and the checked lines."""

    def ask(head, *lines, options=(), policy=POLICY):
        book, rules, out = (tmp_path / name for name in ("book.csv", "policy.toml", "out.parquet"))
        book.write_text("\n".join([f"product,date,{head}", *lines]) + "\n")
        rules.write_text(policy)
        command = ["check", str(book), "--policy", str(rules), "--out", str(out), "--force", "--json"]
        code = main([*command, *options])
        said = capsys.readouterr()
        summary = json.loads(said.out) if said.out else said.err
        rows = pl.read_parquet(out).select(pl.col(name) for name in NAMES) if out.exists() else pl.DataFrame()
        return code, summary, [tuple(row) for row in rows.with_columns(pl.col("signer").cast(str)).rows()]

    return ask


@pytest.mark.parametrize(
    ("head", "numbers", "july"),
    [
        # A discount of 10 % of 100 stays 10 %, now of 150: the price is 135.
        ("list_price,discount,cost,quantity", "100,0.1,60,2", (150, 0.1, 135)),
        # A net price of 90 stays, which is 40 % off 150.
        ("list_price,net_price,cost,quantity", "100,90,60,2", (150, 0.4, 90)),
        ("list_price,net_value,cost,quantity", "100,180,60,2", (150, 0.4, 90)),
        ("list_price,discount,net_price,cost,quantity", "100,0.1,90,60,2", (150, 0.4, 90)),
        # 10 taken off stay 10, of 150: the price is 140.
        ("list_price,unit_discount,cost,quantity", "100,10,60,2", (150, 10 / 150, 140)),
        ("list_price,discount_value,cost,quantity", "100,20,60,2", (150, 10 / 150, 140)),
    ],
)
def test_what_a_line_states_of_its_price_stays(head, numbers, july, check):
    lines = [f"Desk,2026-06-30,{numbers}", f"desk ,2026-07-01,{numbers}", f"Lamp,2026-09-01,{numbers}"]
    code, _, rows = check(head, *lines)
    before, after, other = rows
    assert code < 2
    assert before[:4] == other[:4] == pytest.approx((100, 0.1, 90, 60))
    assert after[:3] == pytest.approx(july)
    assert "Seller" == before[4]
    assert ("Seller" if july[1] <= 0.1 else "Chief") == after[4]


def test_the_last_day_counts_and_costs_have_versions_of_their_own(check):
    numbers = "100,0.1,60,2"
    days = ["Lamp,2026-08-31", "Lamp,2026-09-01", "Desk,2026-08-01"]
    _, _, rows = check("list_price,discount,cost,quantity", *(f"{day},{numbers}" for day in days))
    assert [(80, 72, 60), (100, 90, 60), (150, 135, 90)] == [
        pytest.approx((row[0], row[2], row[3])) for row in rows
    ]
    _, _, rows = check(
        "list_price,discount,cost,quantity", f"Lamp,,{numbers}", options=["--as-of", "2026-08-15"]
    )
    assert (80, 0.1, 72, 60) == pytest.approx(rows[0][:4])


def test_a_price_that_stays_above_a_lower_list_is_refused_or_a_surcharge(check):
    head, line = "list_price,net_price,cost,quantity", "Lamp,2026-08-01,100,90,60,2"
    code, summary, _ = check(head, line)
    assert 2 == code
    reason = summary["first_rejects"][0]["reason"]
    assert reason.startswith("the price 90 is above the list price 80 of the policy; --surcharges")
    code, _, rows = check(head, line, options=["--surcharges"])
    assert (1, (80, -0.125, 90)) == (code + 1, pytest.approx(rows[0][:3]))


def test_rates_and_rules_are_asked_of_what_a_line_lists_at_then(check, tmp_path):
    """The list price of the policy is one of the sums: 150 euros are 15,000 yen."""
    (tmp_path / "rates.csv").write_text("currency,rate\nEUR,1\nJPY,0.01\n")
    rule = '\n[[rule]]\nname = "Dear"\nwhen = {list_price = "> 12000"}\nmin_price = 0.95\n'
    line = "Desk,2026-07-01,10000,0.1,6000,2,JPY"
    options = ["--rates", str(tmp_path / "rates.csv")]
    code, summary, rows = check(
        "list_price,discount,cost,quantity,currency", line, options=options, policy=POLICY + rule
    )
    assert (1, (15_000, 0.1, 13_500)) == (code, pytest.approx(rows[0][:3]))
    assert {"Dear": 1} == summary["lines_by_rule"]
    assert 2 * (142.5 - 135) == pytest.approx(summary["all"]["shortfall"])
    assert 300 == summary["all"]["list_value"]


def test_what_if_asks_for_other_costs_and_lists(check):
    """By hand: at 90 of 120 a desk costs 60 · 1.5 = 90; at 60 · 1.2 = 72 it earns 20 % of 90."""
    line = "Desk,2026-08-01,100,90,60,2"
    head = "list_price,net_price,cost,quantity"
    _, summary, _ = check(head, line, options=["--what-if", "cost_version:Steel.change=20%"])
    now, then = summary["what_if"]["now"], summary["what_if"]["then"]
    assert (1, 0, 0, 36) == pytest.approx(
        (now["lines_below_floor"], then["lines_below_floor"], now["earned"], then["earned"])
    )
    _, summary, _ = check(head, line, options=["--what-if", "list_version:July.list_price=95"])
    signers = summary["what_if"]["by_signer"]
    assert (0, 1) == tuple(signers["Seller"].values()), "90 of 95 is a discount of 5.3 %"
    shares = "list_price,discount,cost,quantity"
    _, summary, _ = check(
        shares, "Desk,2026-08-01,100,0.1,60,2", options=["--what-if", "list_version:July.list_price=200"]
    )
    now, then = summary["what_if"]["now"], summary["what_if"]["then"]
    assert (270, 360) == (now["revenue"], then["revenue"])
    assert (90, 180) == pytest.approx((now["earned"], then["earned"]))


def test_lint_with_a_book_names_the_versions_that_no_line_has(check, tmp_path, capsys):
    check("list_price,discount,cost,quantity", "Lamp,2026-08-01,100,0.1,60,2")
    main(["policy", "lint", str(tmp_path / "policy.toml"), "--book", str(tmp_path / "book.csv")])
    said = capsys.readouterr().out
    assert "Book: a list version that no line has: July holds for none" in said
    assert "Book: a cost version that no line has: Steel holds for none" in said
    assert "August" not in said


@pytest.mark.parametrize("command", ["guide", "compare"])
def test_every_command_that_asks_for_dates_takes_the_day_of_all_lines(command, check, tmp_path, capsys):
    check("list_price,discount,cost,quantity", "Lamp,2026-08-01,100,0.1,60,2")
    book, policy = tmp_path / "undated.csv", str(tmp_path / "policy.toml")
    lines = "".join(f"Desk {n},100,0.1,60,2\n" for n in range(5))
    book.write_text(f"product,list_price,discount,cost,quantity\nDesk,100,0.1,60,2\n{lines}")
    books = [str(book)] * (1 + (command == "compare"))
    extra = ["--by", "product"] if command == "guide" else ["--key", "product"]
    ask = [command, *books, "--policy", policy, "--json", *extra]
    assert 2 == main(ask)
    assert "--as-of 2026-01-31" in capsys.readouterr().err
    assert 0 == main([*ask, "--as-of", "2026-07-01"])
    said = json.loads(capsys.readouterr().out)
    if command == "compare":
        before = said["bridge"]["revenue"]["before"]
        assert 2 * (135 + 5 * 90) == before, "the list price of one of them is 150, and a tenth is off"
