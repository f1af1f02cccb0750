"""What a changed policy would do to the lines: as a check by a policy that was written so, and by hand."""

import json
from fractions import Fraction

import openpyxl
import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy.toml import example, from_toml
from walkaway_xl.quotes.what_if import changed

HEAD = "region,category,product,quantity,list_price,discount,cost"
RULES = """
[[rule]]
name = "West chairs"
when = {region = "West", category = "Furniture"}
min_markup = 0.3

[[rule]]
name = "v1.5 = new"
when = {region = "East"}
min_margin = 0.05
min_price = 0.5
"""

HEADS = ["Now", "Then", "Change"]


@pytest.fixture
def ask(tmp_path, capsys):
    def asked(lines, policy, *options, out=None):
        book, rules = tmp_path / "book.csv", tmp_path / "policy.toml"
        book.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
        rules.write_text(policy, "utf-8")
        command = ["check", str(book), "--policy", str(rules), "--force", *options]
        code = main(command if out is None else [*command, "--out", str(out)])
        shown = capsys.readouterr()
        return code, shown.out if code < 2 else shown.err

    return asked


@pytest.fixture(scope="module")
def orders():
    return [
        f'{order.region},{order.category},"{order.product.replace(chr(34), "")}",{order.quantity},'
        f"{order.list_price},{order.discount},{order.cost}"
        for order in order_lines()
    ]


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        (["min_margin=25%"], "min_margin = 0.", "min_margin = 0.25 # 0."),
        (["rule:west chairs.floor=60 %"], "min_markup = 0.3", "min_markup = 0.6"),
        (["leakage.rebate=0.04", "terms_days=90"], "rebate = 0.01 ", "terms_days = 90\nrebate = 0.04 "),
        (["class:Technology.floor=.3"], "min_margin = 0.12", "min_margin = 0.3"),
        (["signer:Sales manager.discount=25%"], "discount = 0.2\n", "discount = 0.25\n"),
        (["rule:v1.5 = new.min_price=99%"], "min_price = 0.5", "min_price = 0.99"),
        (["warn=0"], "warn = 0.05", "warn = 0"),
    ],
)
def test_it_says_what_a_policy_written_so_says(changes, old, new, orders, ask, tmp_path):
    before = example() + RULES
    after = before.replace(old, new)
    after = after.replace("terms_days = 30", "") if "terms_days = 90" in new else after
    assert after != before
    options = [part for change in changes for part in ("--what-if", change)]
    out, expected = tmp_path / "out.parquet", tmp_path / "expected.parquet"
    first = json.loads(ask(orders, before, *options, "--json", out=out)[1])
    now = json.loads(ask(orders, before, "--json")[1])
    then = json.loads(ask(orders, after, "--json", out=expected)[1])
    what_if = first.pop("what_if")

    assert now == first, "a question changes no answer"
    assert changes == what_if["changes"]
    for summary, side in ((now, "now"), (then, "then")):
        shown = what_if[side]
        assert summary["below_floor"]["lines"] == shown["lines_below_floor"]
        assert summary["below_floor"]["revenue"] == shown["revenue_below_floor"]
        assert summary["all"]["shortfall"] == shown["shortfall"]
        assert summary["all"]["margin"] * summary["all"]["revenue"] == pytest.approx(
            shown["earned"], rel=1e-12
        )
        lines = {name: amount["lines"] for name, amount in summary["by_signer"].items()}
        assert lines == {name: counts[f"lines_{side}"] for name, counts in what_if["by_signer"].items()}
        statuses = dict.fromkeys(summary["by_status"], 0)
        for part in what_if["by_status"]:
            statuses[part[side]] += part["lines"]
        assert {name: amount["lines"] for name, amount in summary["by_status"].items()} == statuses
    ours, theirs = pl.read_parquet(out), pl.read_parquet(expected)
    for name in ("floor", "shortfall", "status", "signer"):
        assert ours[f"{name}_what_if"].to_list() == theirs[name].to_list(), name


def test_lines_that_cross_are_counted_by_hand(ask):
    """Kept of the price for the cost: 1 − margin − leakage, and leakage is 0.02 + 0.08 · 30 / 365."""
    leakage = Fraction(2, 100) + Fraction(8, 100) * 30 / 365
    kept = 1 - Fraction(30, 100) - leakage
    lines = [
        "West,Technology,A,3,100,0.1,70",
        "West,Technology,B,2,100,0,50",
        "West,Technology,C,1,100,0.4,70",
    ]
    floor = -(-Fraction(70) * 100 / kept // 1) / Fraction(100)  # up to a cent
    _, text = ask(lines, example(), "--what-if", "class:Technology.min_margin=30%", "--json")
    crossing = json.loads(text)["what_if"]["crossing"]

    assert (1, 270.0, 0.0) == tuple(crossing["falls_below"].values())[:3]
    assert float((floor - 90) * 3) == crossing["falls_below"]["shortfall_then"]
    assert 0 == crossing["rises_above"]["lines"]
    _, text = ask(lines, example(), "--what-if", "min_margin=-0.9", "--json")
    crossing = json.loads(text)["what_if"]["crossing"]
    floor = -(-Fraction(70) * 100 / (1 - Fraction(12, 100) - leakage) // 1) / Fraction(100)
    assert (1, 60.0, float(floor - 60), 0.0) == tuple(crossing["rises_above"].values())


def test_the_terminal_shows_now_then_and_the_change(orders, ask):
    _, text = ask(orders, example(), "--what-if", "min_margin=25%")
    rows = {
        line[:20].strip(): line[20:].split() for line in text.split("What if min_margin=25%")[1].splitlines()
    }

    for name in ("Lines below floor", "Shortfall to floor", "Revenue below floor"):
        now, then, change = (int(cell.replace(",", "").replace("−", "-")) for cell in rows[name])
        assert (then - now, True) == (change, change > 0)
    assert rows["Pocket margin"][2] == "0"
    assert "only the policy differs" in text


def test_in_a_workbook_the_heads_stand_above_their_figures(orders, ask, tmp_path):
    out = tmp_path / "checked.xlsx"
    ask(orders[:5], example(), "--what-if", "min_margin=25%", out=out)

    summary = openpyxl.load_workbook(out)["Summary"]
    [row] = [cells for cells in summary.iter_rows() if [cell.value for cell in cells[2:5]] == HEADS]
    assert 3 * ["right"] == [cell.alignment.horizontal for cell in row[2:5]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("min_margin", 'write --what-if min_margin=25% or --what-if "rule:NAME.floor=0.3"'),
        ("min_markup=0.2", "the policy states no min_markup"),
        ("nonsense=1", "the policy states no nonsense"),
        ("min_margin=much", "min_margin must be a number"),
        ("min_margin=200%", "min_margin must"),
        ("class:Tables.floor=0.1", "no class is called 'Tables'; the policy has Furniture"),
        ("class:Furniture.when=1", "a class has no number 'when'"),
        ("class:Furniture.name=1", "a class has no number 'name'"),
        ("signer:Sales manager.floor=0.1", "it states none"),
        (
            "tier:1.discount=0.2",
            "a tier cannot be changed so; change one of class, rule, cost_version, list_version, signer",
        ),
        ("quote:All.min_margin=0.2", "a quote cannot be changed so"),
        ("min_revenue=5", "the policy states no min_revenue"),
        ("margin_basis=gross", 'margin_basis must be "invoice" or "net"'),
    ],
)
def test_a_change_that_cannot_be_is_refused_before_the_work_begins(change, words, ask):
    code, text = ask(["West,Furniture,A,1,100,0,50"], example(), "--what-if", change)

    assert 2 == code
    assert words in text
    assert repr(change) in text or "write" in words


def test_a_rule_with_two_floors_asks_which_one_is_meant(ask):
    code, text = ask(
        ["East,Furniture,A,1,100,0,50"], example() + RULES, "--what-if", "rule:v1.5 = new.floor=0.3"
    )

    assert 2 == code
    assert "it states min_margin and min_price" in text


def test_no_policy_is_made_by_which_lines_cannot_be_checked():
    policy = from_toml(example().encode(), "policy.toml")

    assert 0.25 == changed(policy, ["min_margin=25%"]).compiled.policy.classes[0].min_margin
    assert "net" == changed(policy, ["margin_basis=net"]).compiled.policy.margin_basis
    assert policy.classes[0].min_margin == 0.1, "what was given is not changed"
