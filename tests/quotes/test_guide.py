"""Guidance: percentiles of a history, thin segments and their parents, and the policy that check uses."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy import EXAMPLE, Policy, ProductClass
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, from_toml
from walkaway_xl.quotes.guidance import Realised, guided, guided_policy, realised
from walkaway_xl.quotes.policy_files import read_policy
from walkaway_xl.quotes.quote_error import QuoteError

# PERCENTILE.INC of eleven prices of a published example, as shares.
ELEVEN = np.array([0.72, 0.75, 0.78, 0.80, 0.81, 0.83, 0.85, 0.86, 0.88, 0.90, 0.95])


def test_the_percentiles_are_those_of_price_guidance():
    assert (11, pytest.approx((0.75, 0.83, 0.90))) == realised(ELEVEN)
    assert Realised(4, None) == realised(ELEVEN[:4])


def test_a_thin_segment_leans_on_its_parent_in_proportion_and_a_tiny_one_has_its_parents():
    segments = {
        (): Realised(100, (0.10, 0.20, 0.30)),
        ("Chairs",): Realised(10, (0.40, 0.50, 0.60)),
        ("Chairs", "Stools"): Realised(4, None),
        ("Pens",): Realised(40, (0.25, 0.35, 0.45)),
    }
    # 10 of 40 lines: a quarter its own, three quarters of all lines.
    assert [
        ((), 0.1, 0.2, 0.3, "own"),
        (("Chairs",), 0.175, 0.275, 0.375, "25% own"),
        (("Chairs", "Stools"), 0.175, 0.275, 0.375, "parent's"),
        (("Pens",), 0.25, 0.35, 0.45, "own"),
    ] == [
        (
            segment.path,
            pytest.approx(segment.floor),
            pytest.approx(segment.target),
            pytest.approx(segment.stretch),
            segment.method,
        )
        for segment in guided(segments, 40)
    ]


def test_bands_are_rounded_down_and_no_band_falls_below_the_policys_own_minimum():
    segments = {
        (): Realised(100, (0.1009, 0.2, 0.3)),
        ("Furniture",): Realised(50, (-0.42, 0.05, 0.2)),
        ("Toys",): Realised(50, (-0.42, 0.05, 0.2)),
    }
    policy = guided_policy(EXAMPLE, guided(segments), "margin")
    assert (
        ProductClass("Furniture", 0.10, 0.10, 0.20),
        ProductClass("Toys", -0.42, 0.05, 0.2),
        ProductClass("*", 0.1, 0.2, 0.3),
    ) == policy.classes
    assert EXAMPLE.signers == policy.signers


def test_too_little_history_is_refused():
    with pytest.raises(QuoteError, match="holds 3 lines that can be checked; guidance needs 5"):
        guided({(): Realised(3, None)})


@pytest.fixture
def history(tmp_path):
    """Eleven lines a class at list 100 and cost 50, so that a price of 75 has a pocket margin of a third."""
    nothing_leaks = replace(EXAMPLE, rebate=0.0, freight=0.0, rate=0.0)
    (tmp_path / "policy.toml").write_text(as_toml(nothing_leaks), "utf-8")
    pl.DataFrame(
        {
            "category": ["Desks"] * 11 + ["Lamps"] * 11,
            "qty": 1,
            "list": 100.0,
            "discount": [*(1 - ELEVEN), *(1.05 - ELEVEN)],
            "cost": 50.0,
        }
    ).write_csv(tmp_path / "history.csv")
    return tmp_path


@pytest.mark.parametrize(
    ("of", "desks"),
    # 1 − 50/75, 1 − 50/83 and 1 − 50/90, rounded down to a tenth of a percent.
    [("margin", (0.333, 0.397, 0.444)), ("price", (0.75, 0.83, 0.90))],
)
def test_a_history_becomes_the_policy_by_which_quotes_are_checked(of, desks, history, capsys):
    lines, out = history / "history.csv", history / "guided.toml"
    command = [
        "guide",
        str(lines),
        "--policy",
        str(history / "policy.toml"),
        "--of",
        of,
        "--least",
        "11",
        "--json",
    ]
    assert 0 == main([*command, "--out", str(out)])
    guidance = {
        segment["path"][0] if segment["path"] else "": segment
        for segment in json.loads(capsys.readouterr().out)
    }
    assert desks == pytest.approx([guidance["Desks"][band] for band in ("floor", "target", "stretch")])
    policy = read_policy(out)
    assert [] == [fault.words for fault in lint(policy) if fault.rule.stops]
    assert ["Desks", "Lamps", "*"] == [entry.name for entry in policy.classes]

    checked = history / "checked.csv"
    assert 1 == main(["check", str(lines), "--policy", str(out), "--out", str(checked)])
    below = pl.read_csv(checked).filter(pl.col("status").str.starts_with("BELOW"), category="Desks")
    assert [0.72] == pytest.approx((1 - below["discount"]).to_list()), (
        "one in ten went for less than the floor"
    )
    first = pl.read_csv(checked).row(0, named=True)
    assert [75, 83, 90] == pytest.approx([first["floor"], first["target"], first["stretch"]], abs=0.1)


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--of", "price"], "no place for price floors"), (["--by", "list"], "room for 8 classes, here are 12")],
)
def test_what_a_sheet_cannot_hold_is_refused(more, words, history, capsys):
    lines = pl.read_csv(history / "history.csv")
    wide = pl.concat([lines.with_columns(list=pl.lit(100.0 + number)) for number in range(11)])
    wide.write_csv(history / "history.csv")
    command = ["guide", str(history / "history.csv"), "--policy", str(history / "policy.toml"), *more]
    assert 2 == main([*command, "--out", str(history / "guided.xlsx")])
    message = capsys.readouterr().err
    assert words in message
    assert "write a .toml file" in message


def test_segments_of_one_name_are_refused():
    segments = {
        path: Realised(50, (0.1, 0.2, 0.3)) for path in ((), ("A",), ("A", "Other"), ("B",), ("B", "Other"))
    }
    with pytest.raises(QuoteError, match="A / Other"):
        guided_policy(Policy(), guided(segments), "margin")


def test_segments_of_several_columns_become_rules_that_check_uses(history, capsys):
    """Two regions with desks of their own; the East lies below its minimum, and the table says so."""
    lines = pl.read_csv(history / "history.csv")
    cheap = lines.with_columns(pl.lit("East").alias("region"), discount=pl.lit(0.49))
    pl.concat([lines.with_columns(pl.lit("West").alias("region")), cheap], how="diagonal").write_csv(
        history / "history.csv"
    )
    policy = history / "policy.toml"
    more = '\n[[class]]\nname = "*"\nmin_margin = 0.12\n'
    more += '\n[[rule]]\nname = "Given way"\nwhen = {region = "east"}\nmin_margin = 0.13\n'
    more += '\n[[rule]]\nname = "Contract"\nwhen = {category = "Desks", region = "West", qty = "> 5"}\n'
    more += "min_net = 3\n"
    policy.write_text(policy.read_text("utf-8") + more, "utf-8")
    out, book = history / "guided.toml", str(history / "history.csv")
    command = ["guide", book, "--policy", str(policy), "--by", "region", "--by", "category", "--least", "5"]
    assert 0 == main([*command, "--out", str(out)])
    table = capsys.readouterr().out
    made = read_policy(out)
    assert () == lint(made)
    by_name = {rule.name: rule for rule in made.rules}
    assert {
        "East",
        "East / Desks",
        "East / Lamps",
        "West",
        "West / Desks",
        "West / Lamps",
        "Contract",
    } == set(by_name)
    assert (0.13, 0.13, 0.13) == (lambda r: (r.min_margin, r.target_margin, r.stretch_margin))(
        by_name["East / Desks"]
    )
    # 1 − 50/75, 1 − 50/83 and 1 − 50/90, rounded down to a tenth of a percent.
    west = by_name["West / Desks"]
    assert (0.333, 0.397, 0.444) == pytest.approx((west.min_margin, west.target_margin, west.stretch_margin))
    assert ("11 lines; own", "11 lines; own; at least the policy's 13.0 %") == (
        west.note,
        by_name["East / Desks"].note,
    )
    assert "at least the policy's" in " ".join(table.split())
    assert 0 == main([*command, "--json"])
    shown = {tuple(one["path"]): one for one in json.loads(capsys.readouterr().out) if one["path"]}
    assert {
        " / ".join(path): (one["floor"], one["target"], one["stretch"]) for path, one in shown.items()
    } == {
        name: (rule.min_margin, rule.target_margin, rule.stretch_margin)
        for name, rule in by_name.items()
        if name != "Contract"
    }, "what is shown is what the file says"
    assert made == from_toml(as_toml(made).encode(), "again")
    checked = history / "checked.parquet"
    assert 1 == main(["check", book, "--policy", str(out), "--out", str(checked)])
    ruled = dict(pl.read_parquet(checked).group_by("rule").len().rows())
    assert {"East / Desks": 11, "East / Lamps": 11, "West / Desks": 11, "West / Lamps": 11} == ruled


def test_segments_that_a_rule_could_not_tell_apart_are_refused():
    segments = {
        path: Realised(50, (0.1, 0.2, 0.3)) for path in ((), ("A",), ("a ",), ("A", "x"), ("a ", "x"))
    }
    base = replace(Policy(), signers=EXAMPLE.signers)
    with pytest.raises(QuoteError, match="Rules: one name"):
        guided_policy(base, guided(segments), "margin", ["one", "two"], as_classes=False)
