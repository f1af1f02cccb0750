"""Quotes as a whole: judged again with fractions, and every rule for quotes by hand."""

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.quotes.fractions_of_quotes import NOBODY, Judge
from walkaway_xl import examples
from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, example, from_toml

HEAD = ("order", "date", "region", "category", "quantity", "list_price", "discount", "cost", "terms")
RICH = """
warn = 0.03
fixed_cost = 0.25
quote_status = "{status}"
signed_discount = "{signed}"

[leakage]
rebate = 0.01
freight = 0.02
rate = 0.09
terms_days = 30

[rounding]
price = 0.01

[[class]]
name = "*"
min_margin = 0.11

[[rule]]
name = "West chairs and paper"
when = {{region = "West", category = ["Furniture", "office supplies "], quantity = ">= 5"}}
min_margin = 0.08
freight = 0.04

[[rule]]
name = "Late furniture"
when = {{category = "Furniture"}}
from = 2017-01-01
min_markup = 0.35

[[rule]]
name = "Dear things"
when = {{list_price = "> 200"}}
min_price = 0.7
terms_days = 60

[[rule]]
name = "Contract"
when = {{region = "South", category = "Technology"}}
min_net = 30
tiers = [[2, 0.1], [10, 0.2]]
signed_discount = "beyond_tier"

[[cost_version]]
name = "Dearer chairs"
when = {{category = "Furniture"}}
from = 2016-06-01
change = 0.04

[[cost_version]]
name = "A list for the West"
when = {{category = "Technology", region = "West"}}
until = 2015-06-30
cost = 12.5

[[list_version]]
name = "Dearer in the West"
when = {{region = "West"}}
from = 2016-01-01
change = 0.05

[[list_version]]
name = "Cheaper technology of the East"
when = {{category = "Technology", region = "East", list_price = ">= 20"}}
list_price = 44.40

[[quote]]
name = "All"
min_margin = 0.05
max_discount = 0.35

[[quote]]
name = "West"
when = {{region = "West"}}
min_margin = 0.12
signer = "Manager"

[[quote]]
name = "Large"
when = {{revenue = ">= 500", lines = "> 1"}}
max_terms_days = 45
of = {{category = "Furniture"}}
max_share = 0.6

[[quote]]
name = "Small"
from = 2015-01-01
min_revenue = 40

[[signer]]
name = "Seller"
discount = 0.15
below_points = 0
below_money = 0
terms_days = 45
size = 1000

[[signer]]
name = "Manager"
discount = 0.25
below_points = 0.04
below_money = 20
terms_days = 60
size = 5000

[[signer]]
name = "Director"
below_points = 0.3
below_money = 400
terms_days = 75

[[tier]]
quantity = 3
discount = 0.05

[[tier]]
quantity = 8
discount = 0.08
"""


def drawn(count, seed=3):
    """Lines as those of the examples, in orders of one to six, with other quantities, discounts and terms."""
    draw, known = np.random.default_rng(seed), order_lines()
    rows = []
    while len(rows) < count:
        order, region = f"Q{len(rows):05}", draw.choice(["West", "East", "South"])
        day = date(2014 + int(draw.integers(0, 4)), int(draw.integers(1, 13)), int(draw.integers(1, 28)))
        for _ in range(min(int(draw.integers(1, 7)), count - len(rows))):
            line = known[int(draw.integers(len(known)))]
            terms = draw.choice([None, 10, 45, 60, 75, 90], p=[0.6, 0.1, 0.1, 0.1, 0.05, 0.05])
            rows.append(
                {
                    "order": order,
                    "date": day,
                    "region": str(region) if draw.random() < 0.8 else "North",
                    "category": line.category,
                    "quantity": int(draw.integers(1, 20)),
                    "list_price": line.list_price,
                    "discount": float(
                        draw.choice([0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.7], p=[0.5, *[0.1] * 4, 0.05, 0.05])
                    ),
                    "cost": line.cost,
                    "terms": terms,
                }
            )
    return rows


def write(path: Path, rows):
    with path.open("w", newline="") as file:
        out = csv.DictWriter(file, HEAD)
        out.writeheader()
        out.writerows(rows)


@pytest.mark.parametrize(("status", "signed"), [("lines", "whole"), ("blended", "beyond_tier")])
def test_lines_and_quotes_are_those_of_fractions(status, signed, tmp_path, capsys):
    """2,000 lines and all of their quotes under rules of every kind."""
    rows, text = drawn(2_000), RICH.format(status=status, signed=signed)
    assert () == lint(from_toml(text.encode(), "policy.toml"))
    book, policy, out = tmp_path / "book.csv", tmp_path / "policy.toml", tmp_path / "out.csv"
    write(book, rows)
    policy.write_text(text)
    command = [
        "check",
        str(book),
        "--policy",
        str(policy),
        "--group-by",
        "order",
        "--out",
        str(out),
        "--json",
    ]
    assert 1 == main(command)
    summary = json.loads(capsys.readouterr().out)
    judge = Judge(text)
    names = [signer["name"] for signer in judge.signers]
    quotes: dict[str, list] = {}
    checked = pl.read_csv(out, infer_schema_length=None).to_dicts()
    assert len(rows) == len(checked)
    for row, line in zip(rows, checked, strict=True):
        expected = judge.line(row)
        quotes.setdefault(row["order"], []).append((row, expected))
        asked = "; ".join(f"{key}: {[*names, NOBODY][place]}" for key, place in expected["asked"].items())
        assert (
            expected["status"],
            expected["rule"],
            [*names, NOBODY][expected["signer"]],
            asked or None,
        ) == (
            line["status"],
            line["rule"],
            line["signer"],
            line["asked"],
        ), row
        assert float(judge.cost(row)) == pytest.approx(line["cost_used"], rel=1e-12)
        assert float(judge.list_price(row)) == pytest.approx(line["list_price_used"], rel=1e-12)
        assert float(expected["floor"]) == pytest.approx(line["floor"], rel=1e-12)
        assert float(expected["shortfall"]) == pytest.approx(line["shortfall"], rel=1e-9, abs=1e-6)
        assert float(expected["margin"]) == pytest.approx(line["margin"], rel=1e-9, abs=1e-9)
    totals = pl.read_csv(tmp_path / "out_by_order.csv", infer_schema_length=None).to_dicts()
    assert {"Contract", "Dear things", "*"} <= {line["rule"] for line in checked}
    assert list(quotes) == [total["order"] for total in totals]
    below = 0
    for total in totals:
        expected = judge.quote(quotes[total["order"]])
        below += expected["status"].startswith("BELOW")
        words = ("status_by_lines", "status_blended", "status", "decided_by", "signer")
        assert [expected[word] for word in words] == [total[word] for word in words], total
        broken = [part.split(":")[0] for part in (total["not_kept"] or "").split("; ") if part]
        assert expected["broken"] == broken
        for key in ("list_value", "revenue", "blended_discount", "margin", "shortfall"):
            assert float(expected[key]) == pytest.approx(total[key], rel=1e-9, abs=1e-9)
    assert (len(quotes), below) == (summary["quotes"]["quotes"], summary["quotes"]["below_floor"])
    assert all(
        summary["quotes"]["by_decided_by"].get(by) for by in (status, "rule West", "rule All", "rule Small")
    )
    whole = {"status_by_lines": [], "status_blended": []}
    assert len({total["status_by_lines"] == total["status_blended"] for total in totals}) == 2, whole


QUOTE = "A,2026-03-01,West,Furniture,10,120,0.25,68,30"


@pytest.fixture
def asked(tmp_path, capsys):
    """The totals of quotes under the example policy with more rules, and what was said."""

    def ask(more, *lines, options=("--group-by", "order"), change=("", "")):
        book, policy, out = tmp_path / "book.csv", tmp_path / "policy.toml", tmp_path / "out.parquet"
        book.write_text("\n".join([",".join(HEAD), *lines]) + "\n")
        policy.write_text(example().replace(*change) + more)
        command = ["check", str(book), "--policy", str(policy), "--out", str(out), "--force", *options]
        code = main([*command, "--column", "class=category"])
        said = capsys.readouterr()
        totals = tmp_path / "out_by_order.parquet"
        return code, pl.read_parquet(totals).to_dicts() if totals.exists() else [], said.out + said.err

    return ask


def test_the_rule_that_asks_most_decides_each_thing_by_itself(asked):
    """The West has a margin of its own, and the discount of all quotes."""
    more = """
[[quote]]
name = "All"
min_margin = 0.3
max_discount = 0.2

[[quote]]
name = "West"
when = {region = "west"}
min_margin = 0.2
"""
    code, (quote,), _ = asked(more, QUOTE)
    assert (1, "All: discount 25.0% over 20.0%", "rule All") == (code, quote["not_kept"], quote["decided_by"])
    assert ("OK", "OK", "BELOW FLOOR") == tuple(
        quote[key] for key in ("status_by_lines", "status_blended", "status")
    )
    assert "lines: Sales director; rules: Chief executive" == quote["asked"]


def test_a_quote_whose_lines_differ_has_no_word_of_theirs(asked):
    more = '\n[[quote]]\nname = "West"\nwhen = {region = "West"}\nmin_revenue = 100000\n'
    code, quotes, _ = asked(more, QUOTE, QUOTE.replace("West", "East"), QUOTE.replace("A,", "B,"))
    assert (1, [None, "West: revenue 900.00 under 100,000.00"]) == (code, [q["not_kept"] for q in quotes])


def test_numbers_and_days_must_hold_for_every_line(asked):
    more = (
        '\n[[quote]]\nname = "Dear"\nwhen = {list_price = ">= 100"}\nuntil = 2026-03-31\nmin_revenue = 1e6\n'
    )
    cheap, late = QUOTE.replace("120", "99.5"), QUOTE.replace("2026-03-01", "2026-04-01")
    dearer = QUOTE.replace(",120,", ",300,")
    for second, broken in ((dearer, True), (cheap, False), (late, False)):
        _, (quote,), _ = asked(more, QUOTE, second)
        assert broken is (quote["not_kept"] is not None), second


def test_one_good_line_may_carry_a_bad_one_if_the_policy_says_so(asked):
    bad = "A,2026-03-01,West,Furniture,1,100,0.3,68,30"
    code, (quote,), said = asked("", QUOTE, bad)
    assert (1, "BELOW FLOOR", "OK", "BELOW FLOOR", "lines") == (
        code,
        *(quote[key] for key in ("status_by_lines", "status_blended", "status", "decided_by")),
    )
    assert "1 has a line below its floor and earns its floors as a whole." in said
    code, (quote,), _ = asked("", QUOTE, bad, change=('quote_status = "lines"', 'quote_status = "blended"'))
    assert (0, "OK", "blended", "Chief executive") == (
        code,
        *(quote[key] for key in ("status", "decided_by", "signer")),
    )


def test_a_policy_that_asks_of_quotes_says_so_where_none_is_named(asked):
    code, totals, said = asked('\n[[quote]]\nname = "All"\nmin_margin = 0.9\n', QUOTE, options=())
    assert (0, []) == (code, totals)
    assert "--group-by COLUMN names the quote" in " ".join(said.split())


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('when = {planet = "Mars"}\nmin_margin = 0.1', "planet"),
        ('of = {planet = "Mars"}\nmax_share = 0.1', "planet"),
        ('when = {region = "=> 3"}\nmin_margin = 0.1', "when.region compares in a way that is not known"),
        ("of = {region = []}\nmax_share = 0.1", "of.region must list words"),
        ("max_share = 15", "max_share must lie from 0 to 1; it is 15."),
    ],
)
def test_what_a_rule_for_quotes_cannot_mean_is_refused(rule, words, asked):
    code, totals, said = asked(f'\n[[quote]]\nname = "All"\n{rule}\n', QUOTE)
    assert (2, []) == (code, totals)
    assert words in said


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ('[[quote]]\nname = "x"', "Quotes: nothing asked"),
        ('[[quote]]\nname = "x"\nmax_share = 0.5', "Quotes: nothing asked"),
        ('[[quote]]\nname = "x"\nof = {region = "West"}\nmin_margin = 0.1', "Quotes: nothing asked"),
        (
            '[[quote]]\nname = "x"\nmin_margin = 0.1\n[[quote]]\nname = "X "\nmax_discount = 0.1',
            "Quotes: one name",
        ),
        (
            '[[quote]]\nmin_margin = 0.1\nwhen = {region = "West"}\n[[quote]]\nmin_margin = 0.2\n'
            'when = {lines = "> 3"}',
            "Quotes: tie",
        ),
        ('[[quote]]\nmin_margin = 0.1\nsigner = "Nobody"', "Quotes: unknown signer"),
        ("[[quote]]\nmin_margin = 0.1\nfrom = 2026-02-01\nuntil = 2026-01-31", "Quotes: never"),
        ('[[quote]]\nof = {region = "West"}\nmin_share = 0.6\nmax_share = 0.5', "Quotes: inversion"),
        (
            '[[quote]]\nmin_margin = 0.1\nwhen = {lines = "> 3"}\n'
            '[[quote]]\nmin_revenue = 1\nwhen = {lines = "many"}',
            "Quotes: a column with two meanings",
        ),
        ('[[cost_version]]\nname = "x"', "Costs: gap"),
        ("[[cost_version]]\ncost = 1\nchange = 0.1", "Costs: gap"),
        (
            '[[cost_version]]\nname = "x"\ncost = 1\n[[cost_version]]\nname = "x"\ncost = 2\n'
            'when = {region = "West"}',
            "Costs: one name",
        ),
        (
            '[[cost_version]]\ncost = 1\nwhen = {region = "West"}\n[[cost_version]]\ncost = 2\n'
            'when = {product = "Desk"}',
            "Costs: tie",
        ),
        ("[[cost_version]]\ncost = 1\nfrom = 2026-02-01\nuntil = 2026-01-01", "Costs: never"),
        (
            "[[cost_version]]\ncost = 1\nuntil = 2026-01-31\n[[cost_version]]\ncost = 2\nfrom = 2026-03-01",
            "Costs: days between",
        ),
        ('[[list_version]]\nname = "x"', "Lists: gap"),
        ("[[list_version]]\nlist_price = 1\nchange = 0.1", "Lists: gap"),
        (
            '[[list_version]]\nname = "x"\nlist_price = 1\n[[list_version]]\nname = "X "\nchange = 0.2\n'
            'when = {region = "West"}',
            "Lists: one name",
        ),
        (
            "[[list_version]]\nchange = 0.1\nuntil = 2026-06-30\n[[list_version]]\nchange = 0.2\n"
            "from = 2026-06-30",
            "Lists: tie",
        ),
        ('[[list_version]]\nchange = 0.1\nwhen = {quantity = "> 3 and < 3"}', "Lists: never"),
        (
            "[[list_version]]\nchange = 0.1\nuntil = 2026-01-31\n[[list_version]]\nchange = 0.2\n"
            "from = 2026-02-02",
            "Lists: days between",
        ),
        (
            '[[list_version]]\nchange = 0.1\nwhen = {size = "large"}\n[[list_version]]\nchange = 0.2\n'
            "when = {size = 3, region = 4}",
            "Lists: a column with two meanings",
        ),
        (
            '[[rule]]\nwhen = {region = "West"}\nmin_margin = 0.1\ntiers = [[5, 0.1], [3, 0.2]]',
            "Rules: tiers in disorder",
        ),
    ],
)
def test_lint_finds_what_is_wrong_with_its_line(table, title):
    policy = from_toml(f"{example()}\n{table}\n".encode(), "policy.toml")
    faults = {fault.rule.title: fault.place for fault in lint(policy)}
    assert title in faults
    first = len(example().splitlines()) + 2
    assert first <= int(faults[title]) <= first + len(table.splitlines())


def test_old_rules_and_new_ones_are_written_and_read_again():
    text = RICH.format(status="blended", signed="beyond_tier")
    policy = from_toml(text.encode(), "policy.toml")
    assert policy == from_toml(as_toml(policy).encode(), "policy.toml")
    assert ((2.0, 0.1), (10.0, 0.2)) == tuple((t.quantity, t.discount) for t in policy.rules[-1].tiers)


def test_money_of_the_policy_is_in_the_currency_of_the_sums(tmp_path, capsys):
    """A hundred yen are a euro: a net price of 30 is one of 3,000 yen, and a cost of 12 one of 1,200.

    By hand: the floor of the contract is 30 euros, 3,000 yen. A price of 2,000 yen misses it by 1,000, of 5
    units by 5,000 yen, which are 50 euros and too much for somebody who may sign for 49.
    """
    head = "currency,class,quantity,list_price,discount,cost"
    book, policy, rates = (tmp_path / name for name in ("book.csv", "policy.toml", "rates.csv"))
    book.write_text(f"{head}\nEUR,Pens,5,40,0.5,1\nJPY,Pens,5,4000,0.5,100\n")
    rates.write_text("currency,rate\nEUR,1\nJPY,0.01\n")
    policy.write_text(
        """
fixed_cost = 0.5
[[rule]]
name = "Contract"
when = {class = "Pens"}
min_net = 30
target_net = 35
[[cost_version]]
name = "Pens"
when = {class = "Pens"}
cost = 12
[[signer]]
name = "Seller"
below_money = 49
[[signer]]
name = "Chief"
"""
    )
    out = tmp_path / "out.parquet"
    command = [
        "check",
        str(book),
        "--policy",
        str(policy),
        "--rates",
        str(rates),
        "--out",
        str(out),
        "--json",
    ]
    assert 1 == main(command)
    euro, yen = pl.read_parquet(out).to_dicts()
    assert 10_000 == json.loads(capsys.readouterr().out)["all"]["shortfall"] * 100
    for key, pair in {"floor": (30, 3000), "target": (35, 3500), "cost_used": (12, 1200)}.items():
        assert pair == pytest.approx((euro[key], yen[key]), rel=1e-12)
    assert euro["margin"] == pytest.approx(yen["margin"], rel=1e-12)
    assert ("Chief", "Chief") == (euro["signer"], yen["signer"])
    rates.write_text("currency,rate\nEUR,1\n")
    assert 2 == main([*command, "--force"])
    assert "has no rate for JPY" in json.loads(capsys.readouterr().out)["first_rejects"][0]["reason"]


BOOK = ["order,region,class,product,date,quantity,list_price,discount,cost"]
BOOK += [
    "A-1,West,Furniture,Desk,2026-03-01,10,120,0.25,68",
    "A-2,West,Technology,Phone,2026-03-01,1,100,0,40",
]


def test_lint_says_what_a_book_has_no_use_for(tmp_path, capsys):
    more = """
[[rule]]
name = "East"
when = {region = "East"}
min_margin = 0.2

[[rule]]
name = "West"
when = {region = "West", quantity = "> 5"}
min_margin = 0.1

[[cost_version]]
name = "Old"
until = 2025-12-31
change = 0.1

[[cost_version]]
name = "New"
from = 2026-01-01
change = 0.1

[[exception]]
line = {order = "A-9"}
fingerprint = "0"
"""
    book, policy = tmp_path / "book.csv", tmp_path / "policy.toml"
    book.write_text("\n".join(BOOK) + "\n")
    policy.write_text(example() + more)
    assert 0 == main(["policy", "lint", str(policy)])
    capsys.readouterr()
    assert 1 == main(["policy", "lint", str(policy), "--book", str(book)])
    lines = (example() + more).splitlines()

    def line(text, title):
        before = next(place for place, row in enumerate(lines) if row.startswith(text))
        return max(place for place, row in enumerate(lines[:before], 1) if row == title)

    places = {
        "no line is of class Furniture": line('name = "Furniture"', "[[class]]"),
        "no line is of class Office Supplies": line('name = "Office Supplies"', "[[class]]"),
        "East decides none": line('name = "East"', "[[rule]]"),
        "Old holds for none": line('name = "Old"', "[[cost_version]]"),
        "Sales manager signs none": line('name = "Sales manager"', "[[signer]]"),
        "Sales director signs none": line('name = "Sales director"', "[[signer]]"),
        "order A-9 is none": line('line = {order = "A-9"}', "[[exception]]"),
    }
    said = [row for row in capsys.readouterr().out.splitlines() if row.startswith(str(policy))]
    assert len(places) == len(said)
    for words, place in places.items():
        (row,) = [row for row in said if f": {words}." in row]
        assert row.startswith(f"{policy}:{place}: Book: "), row


@pytest.mark.parametrize(
    ("few", "many", "words"),
    [
        # By hand: 99 · 100/80 = 123.75 times the cost, 100 · 100/90 = 111.1 times.
        (
            "min_margin = 0.2",
            "min_margin = 0.1",
            "99 units at the floor of Few cost more than 100 at that of Many",
        ),
        ("min_net = 10", "min_net = 9.8", "99 units"),
        ("min_net = 10", "min_net = 9.9", None),
        ("min_price = 0.5", "min_price = 0.6", None),
        ("min_markup = 0.5", "min_markup = 0.4", "99 units"),
        ("min_markup = 0.5", "min_margin = 0.1", None),
    ],
)
def test_floors_that_fall_too_fast_are_a_cliff(few, many, words):
    nothing_leaks = example().replace("rebate = 0.01", "rebate = 0").replace("freight = 0.01", "freight = 0")
    text = nothing_leaks.replace("rate = 0.08", "rate = 0")
    text += f'\n[[rule]]\nname = "Many"\nwhen = {{quantity = ">= 100", region = "West"}}\n{many}\n'
    text += f'\n[[rule]]\nname = "Few"\nwhen = {{quantity = "< 100", region = "west"}}\n{few}\n'
    cliffs = [fault.detail for fault in lint(from_toml(text.encode(), "")) if "cliff" in fault.rule.title]
    assert (1, True) == (len(cliffs), words in cliffs[0]) if words else [] == cliffs


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("price = 0.7 ", "price = 0.65", "a price of 65%, and a discount of 30% never leads there"),
        ("price = 0.7 ", "price = 0.75", "a discount of 30%, and a price of 75% forbids it before"),
    ],
)
def test_a_threshold_that_nobody_reaches_is_found(old, new, words):
    text = example().replace(f"{old.strip()}\n", f"{new}\n")
    (fault,) = lint(from_toml(text.encode(), ""))
    assert ("Signers: threshold that nobody reaches", True) == (fault.rule.title, words in fault.detail)


def test_the_sample_policy_of_the_docs_is_sound_and_says_what_the_docs_say(tmp_path, capsys):
    """Its 314 lines and all quotes against fractions, too."""
    docs = Path(__file__).parents[2] / "docs"
    policy, book = docs / "sample_policy.toml", Path(examples.__file__).parent / "order_lines.csv"
    assert 0 == main(["policy", "lint", str(policy), "--book", str(book)])
    out = tmp_path / "out.parquet"
    command = ["check", str(book), "--policy", str(policy), "--group-by", "order", "--out", str(out)]
    capsys.readouterr()
    assert 1 == main(command)
    said = " ".join(capsys.readouterr().out.split())
    page = (docs / "quotes.md").read_text("utf-8").split("## A policy for this book")[1].split("```")[3]
    assert all(" ".join(part.split()) in said for part in page.split("\n\n"))
    lines = pl.read_parquet(out)
    assert {"VALID", "EXPIRED", "STALE"} == set(lines["exception"].drop_nulls())
    judge, quotes = Judge(policy.read_text("utf-8")), {}
    for row, line in zip(order_lines(), lines.to_dicts(), strict=True):
        cells = {**vars(row), "terms": None}
        expected = judge.line(cells)
        quotes.setdefault(row.order, []).append((cells, expected))
        assert (expected["status"], expected["rule"], expected["signer"]) == (
            line["status"],
            line["rule"],
            [*(signer["name"] for signer in judge.signers), NOBODY].index(line["signer"]),
        )
    for total in pl.read_parquet(tmp_path / "out_by_order.parquet").to_dicts():
        expected = judge.quote(quotes[total["order"]])
        words = ("status_by_lines", "status_blended", "status", "decided_by", "signer")
        assert [expected[word] for word in words] == [total[word] for word in words], total


def test_absurd_numbers_are_left_out_of_totals_or_compared_without_a_warning(tmp_path, capsys):
    """Without a cost of money, any days leak nothing; a warning is an error in these tests."""
    book, policy, out = (tmp_path / name for name in ("book.csv", "policy.toml", "out.parquet"))
    book.write_text(
        "order,class,quantity,list_price,discount,cost,terms_days\n"
        "A,Pens,5,40,0.5,12,1e305\nA,Pens,1e9,1e300,0.5,1e308,30\nB,Pens,5,40,0.5,12,30\n"
    )
    policy.write_text(
        '[[class]]\nname = "*"\nmin_margin = 0.1\n[[quote]]\nname = "All"\nmax_terms_days = 45\n'
        '[[signer]]\nname = "Boss"\n'
    )
    command = ["check", str(book), "--policy", str(policy), "--group-by", "order", "--out", str(out)]
    assert 2 == main([*command, "--report", str(tmp_path / "report.html")])
    late, fair = pl.read_parquet(tmp_path / "out_by_order.parquet").to_dicts()
    assert (1, 100.0, "BELOW FLOOR") == (late["lines"], late["revenue"], late["status"])
    assert (1, 100.0, "OK", None) == (fair["lines"], fair["revenue"], fair["status"], fair["not_kept"])
