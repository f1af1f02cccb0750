"""Rules of several columns: which decides a line, what it makes of its floor, and what lint finds in them."""

import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkaway_xl.cli import main
from walkaway_xl.policy import EXAMPLE, PriceRule, matching
from walkaway_xl.policy.conditions import conditions
from walkaway_xl.policy.matching import DAY, Matcher
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, example, from_toml

FIRST = date(2026, 1, 1)
HEAD = "region,category,sub,date,quantity,list_price,discount,cost"
LINE = "West,Furniture,Chairs,2026-03-01,10,120,0.25,68"


def policy(*rules: str) -> str:
    return example() + "".join(f"\n[[rule]]\n{rule}\n" for rule in rules)


def stated(*rules: str):
    return from_toml(policy(*rules).encode(), "policy.toml")


words = st.sampled_from(["West", " east", "SOUTH", "north"])
asked = st.fixed_dictionaries(
    {},
    optional={
        "Region": words | st.lists(words, min_size=1, max_size=3),
        "class": words,
        "quantity": st.sampled_from([3, "> 1", ">= 1 and < 3", "<= 3", "< 1.5", "= 2"]),
    },
)
days = st.integers(0, 4).map(lambda day: FIRST + timedelta(day))
periods = st.tuples(*[st.none() | days] * 2)
rules = st.lists(st.tuples(asked, periods), min_size=1, max_size=5)
lines = st.tuples(
    st.sampled_from(["west", "East ", "south", "(blank)"]),
    st.sampled_from(["West", "north", "South"]),
    st.sampled_from([0.0, 1.0, 1.5, 2.0, 3.0, 4.0, float("nan")]),
    st.integers(-1, 5),
)


def fulfils(stated, number, wanted):
    if isinstance(wanted, list):
        return stated.strip().casefold() in {word.strip().casefold() for word in wanted}
    if isinstance(wanted, str) and wanted[0] not in "<>=":
        return stated.strip().casefold() == wanted.strip().casefold()
    if not isinstance(wanted, str):
        return number == wanted
    tests = {
        ">": number.__gt__,
        ">=": number.__ge__,
        "<": number.__lt__,
        "<=": number.__le__,
        "=": number.__eq__,
    }
    return all(tests[part.split()[0]](float(part.split()[1])) for part in wanted.split(" and "))


@given(rules, st.lists(lines, min_size=1, max_size=30), st.booleans())
@settings(max_examples=150)
def test_the_rule_that_asks_most_decides_and_lint_sees_every_tie(drawn, rows, sorted_ones):
    """Against each rule asked line by line, as its words say; many combinations are sorted, few looked up."""
    made = [
        PriceRule(
            f"r{number}",
            conditions(when),
            *period,
            min_margin=0.1,
            place=str(number),
        )
        for number, (when, period) in enumerate(drawn)
    ]
    with pytest.MonkeyPatch.context() as patch:
        if sorted_ones:
            patch.setattr(matching, "MOST_CELLS", 0)
            patch.setattr(matching, "MOST_KEYS", 1)
        matcher = Matcher(made)
    region, kind, quantity, day = zip(*rows, strict=True)
    columns = {"region": region, "class": kind}
    codes = []
    for axis in matcher.axes:
        if axis.column == DAY:
            codes.append(axis.of_numbers(np.array([float((FIRST + timedelta(d)).toordinal()) for d in day])))
        elif axis.words is None:
            codes.append(axis.of_numbers(np.array(quantity)))
        else:
            codes.append(axis.of_words(columns[axis.column.casefold()]))
    decided = matcher.places(codes, len(rows)).tolist()
    tied = {
        place
        for fault in lint(replace(EXAMPLE, rules=tuple(made)))
        for place in [fault.place]
        if "tie" in fault.rule.title
    }
    for row, place in zip(rows, decided, strict=True):
        values = {"Region": row[0], "class": row[1], "quantity": ""}
        held = [
            number
            for number, rule in enumerate(made)
            if all(fulfils(values[key], row[2], wanted) for key, wanted in drawn[number][0].items())
            and (rule.start is None or rule.start <= FIRST + timedelta(row[3]))
            and (rule.end is None or FIRST + timedelta(row[3]) <= rule.end)
        ]
        most = [number for number in held if made[number].rank == max(made[other].rank for other in held)]
        if len(most) > 1:
            assert tied, "two rules that meet in a line"
        else:
            assert (most or [-1])[0] == place


@pytest.fixture
def check(tmp_path):
    """Checks lines by a policy; gives the exit code and the lines."""

    def checked(text: str, *rows: str):
        (tmp_path / "policy.toml").write_text(text, "utf-8")
        (tmp_path / "book.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
        out = tmp_path / "out.csv"
        code = main(
            [
                "check",
                str(tmp_path / "book.csv"),
                "--policy",
                str(tmp_path / "policy.toml"),
                "--out",
                str(out),
                "--force",
            ]
        )
        return code, pl.read_csv(out).to_dicts() if out.exists() else []

    return checked


LEAKAGE = Decimal("0.02") + Decimal("0.08") * 30 / 365


@pytest.mark.parametrize(
    ("states", "floor"),
    [
        ("min_margin = 0.2", Decimal(68) / (1 - Decimal("0.2") - LEAKAGE)),
        ("min_markup = 0.3", Decimal("88.4")),
        ("min_price = 0.7", Decimal(84)),
        ("min_net = 91.5", Decimal("91.5")),
        ("min_net = 60", Decimal(60)),  # a contract below cost
        ("min_margin = 0.2\nmin_net = 95", Decimal(95)),
        ("min_markup = 0.3\nfixed_cost = 2", Decimal(91)),
        ("min_margin = 0.2\nfreight = 0.05", Decimal(68) / (1 - Decimal("0.24") - LEAKAGE)),
        ("min_margin = 0.2\nterms_days = 0\nrebate = 0", Decimal(68) / Decimal("0.79")),
    ],
)
def test_a_floor_in_each_of_its_ways(states, floor, check):
    """Cost 68, list 120, 2 % and 30 days at 8 % leak; floors are rounded up to a cent."""
    code, (line,) = check(policy(f'name = "Ours"\nwhen = {{region = "West"}}\n{states}'), LINE)
    cents = Decimal(math.ceil(floor * 100)) / 100
    assert (float(cents), "Ours") == (line["floor"], line["rule"])
    assert (Decimal(90) < floor) == bool(code)
    assert max(Decimal(0), (cents - 90) * 10) == Decimal(str(line["shortfall"]))


def test_the_target_of_a_rule_and_the_class_of_other_lines(check):
    text = policy(
        'when = {sub = ["chairs", "Tables"]}\nmin_margin = 0.1\ntarget_net = 110\nstretch_markup = 0.8'
    )
    _, (ours, other) = check(text, LINE, LINE.replace("Chairs", "Lamps"))
    assert ("sub chairs or Tables", 110, 122.4) == (ours["rule"], ours["target"], ours["stretch"])
    assert ("Furniture", None, None) == (other["rule"], other["target"], other["stretch"])


def test_days_and_cells_that_say_nothing(check, tmp_path, capsys):
    text = policy(
        'name = "May"\nwhen = {region = "West"}\nfrom = 2026-05-01\nuntil = 2026-05-31\nmin_net = 1'
    )
    days = ["2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01"]
    _, rows = check(text, *(LINE.replace("2026-03-01", day) for day in days))
    assert ["Furniture", "May", "May", "Furniture"] == [row["rule"] for row in rows]

    code, (kept,) = check(text, LINE, LINE.replace("2026-03-01", "1.3.26"), LINE.replace("West", "#N/A"))
    first, second = pl.read_csv(tmp_path / "out_rejects.csv")["why"].to_list()
    assert (2, "Furniture") == (code, kept["rule"])
    assert "the date in column date must be written as 2026-01-31; it is '1.3.26'" == first
    assert "#N/A" in second
    capsys.readouterr()
    check(text, LINE)
    assert "Rules that decide no line: May." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("{city = 'Rome'}", "a [[rule]] names city; the columns are region"),
        ("{sub = '> 3'}", "a rule compares column sub, which holds text"),
    ],
)
def test_a_column_that_the_book_lacks_or_that_holds_no_numbers_is_refused(when, words, check, capsys):
    assert (2, []) == check(policy(f"when = {when}\nmin_net = 1"), LINE)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            'when = {quantity = "=> 3"}',
            'when.quantity compares in a way that is not known here; write ">= 100"',
        ),
        ('when = {quantity = ">= 3 or < 1"}', "compares in a way"),
        ("when = {region = []}", "when.region must list words"),
        ("when = {region = true}", "when.region must be a word"),
        ('when = "West"', "when must be a table of conditions"),
        ('when = {region = "West"}\nfrom = "2026-01-01"', "from must be a day; write from = 2026-01-31"),
        ('when = {region = "West"}\nmin_markup = 30', "min_markup must be above −1 and at most 10; it is 30"),
        ('when = {region = "West"}\nmin_profit = 30', "a policy knows no min_profit"),
    ],
)
def test_what_a_rule_cannot_mean_is_refused_with_its_line(rule, words, tmp_path, capsys):
    path = tmp_path / "policy.toml"
    path.write_text(policy(f"{rule}\nmin_net = 1"), "utf-8")
    assert 2 == main(["policy", "lint", str(path)])
    said = capsys.readouterr().err
    assert words in said
    assert f"policy.toml:{len(policy().splitlines()) + 3 + len(rule.splitlines()) - 1}" in said


WEST = 'when = {region = "West"}\nmin_net = 1'


@pytest.mark.parametrize(
    ("texts", "title", "detail"),
    [
        (['when = {region = "West"}'], "Rules: no floor", "region West states no floor"),
        ([WEST, WEST], "Rules: one name", "region West is the name of another, too"),
        ([f'name = "Furniture"\n{WEST}'], "Rules: one name", "Furniture is"),
        (['when = {sub = "a", Sub = "b"}\nmin_net = 1'], "Rules: a column with two meanings", "asks"),
        ([WEST, 'when = {region = 3}\nmin_net = 1'], "Rules: a column with two meanings", "region is words"),
        ([WEST, 'when = {sub = "a"}\nmin_net = 1'], "Rules: tie", "region West and sub a can meet"),
        (['when = {sub = "a"}\nmin_margin = 0.9\nfreight = 0.2'], "Rules: margin and leakage", "leak"),
        (['when = {quantity = "> 3 and < 2"}\nmin_net = 1'], "Rules: never", "nothing is quantity > 3"),
        ([f"{WEST}\nfrom = 2026-02-01\nuntil = 2026-01-01"], "Rules: never", "ends before it begins"),
        ([f"{WEST}\ntarget_net = 0.5"], "Rules: inversion", "a net of 1, 0.5"),
        (
            [f"{WEST}\nuntil = 2026-01-31", f"{WEST}\nfrom = 2026-02-02"],
            "Rules: days between",
            "ends on 2026-01-31",
        ),
    ],
)  # fmt: skip
def test_lint_finds_what_is_wrong_with_rules(texts, title, detail):
    found = [fault for fault in lint(stated(*texts)) if fault.rule.title.startswith(title)]
    assert any(detail in fault.detail for fault in found), lint(stated(*texts))
    assert all(fault.place.isdigit() for fault in found)


@pytest.mark.parametrize(
    "texts",
    [
        [WEST, 'when = {region = "East"}\nmin_net = 1'],
        [WEST, 'when = {region = "West", sub = "a"}\nmin_net = 1'],
        [f"{WEST}\nuntil = 2026-01-31", f"{WEST}\nfrom = 2026-02-01"],
        ['when = {quantity = "< 3"}\nmin_net = 1', 'when = {quantity = ">= 3"}\nmin_net = 1'],
    ],
)
def test_rules_that_never_meet_are_sound(texts):
    assert () == lint(stated(*texts))


def test_rules_are_written_as_they_are_read():
    full = stated(
        'name = "A"\nwhen = {"Sub category" = ["Chairs", "Tab\\"les"], quantity = ">= 3", lot = 2.5}\n'
        "from = 2026-01-01\nuntil = 2026-12-31\nmin_margin = 0.1\n"
        "min_markup = 0.2\nmin_net = 3\nterms_days = 10",
        WEST,
    )
    assert full == from_toml(as_toml(full).encode(), "policy.toml")
    assert 2 == len(full.rules)


def test_many_rules_find_their_lines_without_being_asked_one_by_one():
    """20,000 rules of two words and a number, each for one customer; whoever is not named is nobody's."""
    rules = [
        PriceRule(f"r{number}", conditions({"customer": f"C{number}", "class": "Pens", "quantity": ">= 5"}))
        for number in range(20_000)
    ]
    matcher = Matcher([*rules, PriceRule("all", conditions({"class": "Pens"}))])
    customer, kind, quantity = matcher.axes
    draw = np.random.default_rng(5)
    numbers, units = draw.integers(0, 25_000, 50_000), draw.integers(1, 9, 50_000)
    names = [f"c{number} " for number in range(25_000)]
    codes = [
        customer.of_words(names)[numbers],
        kind.of_words(["pens"])[np.zeros(50_000, int)],
        quantity.of_numbers(units.astype(float)),
    ]
    expected = np.where((numbers < 20_000) & (units >= 5), numbers, 20_000)
    assert expected.tolist() == matcher.places(codes, 50_000).tolist()
