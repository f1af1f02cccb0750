"""Two books side by side: a bridge that adds up, by hand on twenty lines, and who crossed the floor."""

import json
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkaway_xl.cli import main
from walkaway_xl.quotes.bridge import Bridge, Sums, bridges
from walkaway_xl.quotes.comparison import _words
from walkaway_xl.quotes.exact import UNIT

# Of the net price 0.8 is left after a margin of 18 % and a rebate of 2 %: the floor is cost / 0.8.
POLICY = """
warn = 0
[leakage]
rebate = 0.02
[rounding]
price = 0.01
[[class]]
name = "*"
min_margin = 0.18
[[signer]]
name = "Boss"
discount = 0.99
margin = -9
price = 0.01
"""
OLD_POLICY = POLICY.replace("0.18", "0.08").replace("rebate = 0.02", "rebate = 0.02 ")

# key, rep: quantity, list price, discount, cost before; the same after. P19 and P20 have one side each.
LINES = """
P01 Ann   10 100 0.10 60    12 100 0.10 60
P02 Ann   20  50 0.20 30    20  50 0.25 30
P03 Bob    5 200 0    150   10 200 0    150
P04 Bob   15  80 0.05 50    15  84 0.05 50
P05 Ann    8 120 0.10 90     8 120 0.10 96
P06 Cem   12  60 0.50 20    12  60 0.50 20
P07 Cem   10  30 0.10 20    20  30 0.10 20
P08 Ann   10  40 0.10 28     5  40 0.10 28
P09 Bob   20  25 0    18    30  25 0    18
P10 Bob    6 500 0.20 310    6 500 0.30 310
P11 Cem    4 250 0.10 170    4 260 0.10 170
P12 Ann   10  10 0    7     25  10 0    7
P13 Bob   10  90 0.40 42    10  90 0.35 42
P14 Cem   15  70 0.10 48    15  70 0.10 52
P15 Ann    5  33 0.10 21    10  33 0.10 21
P16 Bob   20  15 0.20 9     24  15 0.20 9
P17 Cem   10  64 0.25 36    14  64 0.25 38
P18 Ann   10  45 0.20 30    10  45 0.10 30
P19 Bob   10  20 0.10 12     -   -  -   -
P20 Cem    -   -  -   -      8  75 0.20 50
"""
# By hand, line by line. Units of the first eighteen are 200 before and 250 after, so that volume is a quarter
# of what a line came to before, and mix is (units after − 1.25 · units before) · net price before.
#                   volume     mix   list  discount
BY_HAND = {
    "P01": ("225", "-45", "0", "0"),
    "P02": ("200", "-200", "0", "-50"),
    "P03": ("250", "750", "0", "0"),
    "P04": ("285", "-285", "60", "-3"),
    "P05": ("216", "-216", "0", "0"),
    "P06": ("90", "-90", "0", "0"),
    "P07": ("67.5", "202.5", "0", "0"),
    "P08": ("90", "-270", "0", "0"),
    "P09": ("125", "125", "0", "0"),
    "P10": ("600", "-600", "0", "-300"),
    "P11": ("225", "-225", "40", "-4"),
    "P12": ("25", "125", "0", "0"),
    "P13": ("135", "-135", "0", "45"),
    "P14": ("236.25", "-236.25", "0", "0"),
    "P15": ("37.125", "111.375", "0", "0"),
    "P16": ("60", "-12", "0", "0"),
    "P17": ("120", "72", "0", "0"),
    "P18": ("90", "-90", "0", "45"),
}
HEAD = "id,rep,product,quantity,list_price,discount,cost"


def books(lines):
    """Both books as lists of (id, rep, quantity, list price, discount, cost)."""
    sides = ([], [])
    for line in filter(None, lines.splitlines()):
        key, rep, *numbers = line.split()
        for side, four in zip(sides, (numbers[:4], numbers[4:]), strict=True):
            if "-" not in four:
                side.append((key, rep, *map(Fraction, four)))
    return sides


def as_csv(book):
    return "\n".join(
        [HEAD, *(f"{key},{rep},Desk,{','.join(str(float(n)) for n in rest)}" for key, rep, *rest in book)]
    )


@pytest.fixture
def compare(tmp_path, capsys):
    def ask(before, after, *options, policy=POLICY, policy_before=None):
        paths = [tmp_path / name for name in ("before.csv", "after.csv", "policy.toml", "policy_before.toml")]
        for path, text in zip(paths, (before, after, policy, policy_before or ""), strict=True):
            path.write_text(text + "\n", "utf-8")
        command = ["compare", *map(str, paths[:2]), "--policy", str(paths[2])]
        command += ["--policy-before", str(paths[3])] if policy_before else []
        code = main([*command, *options])
        shown = capsys.readouterr()
        return code, shown.out or shown.err

    return ask


def test_twenty_lines_worked_by_hand(compare):
    before, after = books(LINES)
    code, text = compare(as_csv(before), as_csv(after), "--key", "id", "--by", "rep", "--json")
    result = json.loads(text)
    revenue, earned = (result["bridge"][name] for name in ("revenue", "earned"))
    volume, mix, lists, discounts = (
        sum(map(Fraction, column), Fraction()) for column in zip(*BY_HAND.values(), strict=True)
    )

    assert 0 == code
    assert {"in_both": 18, "lost": 1, "new": 1, "left_out": 0} == {
        name: result["lines"][name] for name in ("in_both", "lost", "new", "left_out")
    }
    assert {"list_price": 2, "net_price": 6, "cost": 3, "quantity": 9} == result["lines"]["changed"]
    assert (3076.875, -1018.375) == (volume, mix)
    assert 10 * 20 * Fraction(9, 10) == -Fraction(revenue["lost"]) == 180
    assert 8 * 75 * Fraction(8, 10) == Fraction(revenue["new"]) == 480
    shown = [revenue[name] for name in ("volume", "mix", "list_prices", "discounts")]
    assert [volume, mix, lists, discounts] == list(map(Fraction, shown))
    assert [12487.5, 14679] == [revenue["before"], revenue["after"]]
    # Cost changes P05 by 8 · 6, P14 by 15 · 4, P17 by 14 · 2.
    assert -136 == earned["cost"] == -(8 * 6 + 15 * 4 + 14 * 2)
    price = lists + discounts
    assert Fraction(earned["leakage"]).limit_denominator(10**6) == -price * 2 / 100
    for steps in (revenue, earned):
        *parts, end = (Fraction(str(amount)) for amount in steps.values())
        assert end == sum(parts), "to the last digit"
    of_unit = {key: (lst * (1 - off) * 98 / 100 - cost) for key, _, _, lst, off, cost in before}
    kept = {key: quantity for key, _, quantity, *_ in after}
    grown = sum(quantity * of_unit[key] for key, _, quantity, *_ in before if key in kept) / 4
    crossed = sum(kept[key] * of_unit[key] for key in kept if key in of_unit)
    assert (grown, crossed - 5 * grown) == (Fraction(str(earned["volume"])), Fraction(str(earned["mix"])))

    by_rep = result["by"]["rep"]
    for step in revenue:
        parts = [Fraction(str(part["bridge"]["revenue"][step])) for part in by_rep.values()]
        assert Fraction(str(revenue[step])) == sum(parts), step
    ann = sum((Fraction(BY_HAND[key][1]) for key, rep, *_ in before if rep == "Ann"), Fraction())
    assert ann == Fraction(str(by_rep["Ann"]["bridge"]["revenue"]["mix"]))


def test_who_crossed_the_floor_and_what_did_it(compare):
    """Floors are cost / 0.8 now and cost / 0.9 by the old policy, up to a cent, worked line by line.

    P10: 400 → 350, and 310 is worth 344.45 and 387.50: neither the policy alone makes it fall, nor the book.
    P14: 63, and 48 is worth 53.34 and 60, then 52 is worth 57.78 and 65: again only both.
    P05: 108, and 90 is worth 100 and 112.50, then 96 is worth 106.67 and 120: the policy alone, and no more.
    P18: 36 → 40.50, and 30 is worth 33.34 and 37.50: the policy would have made it fall, but for the book.
    No other price is below its floor by any of the two, but P20, which is new: 60, and 50 is worth 62.50.
    """
    before, after = books(LINES)
    csv = as_csv(before), as_csv(after)
    code, text = compare(*csv, "--key", "id", "--json", policy_before=OLD_POLICY)
    result = json.loads(text)
    fell = {line["key"]["id"]: (line["shortfall_after"], line["by"]) for line in result["fell_below_floor"]}

    assert 0 == code
    assert result["policy_changed"] is True
    assert {
        "P10": (225.0, "only both together"),
        "P05": (96.0, "the policy alone"),
        "P14": (30.0, "only both together"),
    } == fell
    assert [] == result["rose_above_floor"]
    short = result["shortfall"]
    assert (0, 351.0 + 8 * 2.5) == (short["shortfall_before"], short["shortfall_after"])
    assert 8 * 4.5 + 10 * 1.5 == short["by_policy"], "P05 and P18, as they were before"
    assert 371 - 51 == short["by_lines"]

    _, text = compare(*csv, "--key", "id", "--json")
    result = json.loads(text)
    assert result["policy_changed"] is False
    assert {"P10", "P14"} == {line["key"]["id"] for line in result["fell_below_floor"]}
    assert {("P18", "the book alone", 15.0)} == {
        (line["key"]["id"], line["by"], line["shortfall_before"]) for line in result["rose_above_floor"]
    }
    assert {"the book alone"} == {line["by"] for line in result["fell_below_floor"]}


def test_the_terminal_adds_up_at_every_width(compare, monkeypatch):
    before, after = books(LINES)
    for width in (60, 80, 120, 200):
        monkeypatch.setattr("walkaway_xl.text_tables.page_width", lambda asked=None, width=width: width)
        _, text = compare(
            as_csv(before), as_csv(after), "--key", "id", "--by", "rep", policy_before=OLD_POLICY
        )
        rows = [line.split() for line in text.splitlines()]
        steps = [
            row
            for row in rows
            if (row and row[0] in ("Before", "Volume", "Mix", "Discounts", "Leakage", "Cost", "After"))
            or row[:2] in (["Lines", "lost"], ["List", "prices"], ["New", "lines"])
        ][:10]
        for place in (-2, -1):
            numbers = [int(row[place].replace(",", "").replace("−", "-")) for row in steps]
            assert numbers[-1] == sum(numbers[:-1])
        assert max(map(len, text.splitlines())) <= width
        ann = next(row for row in rows if row[:1] == ["Ann"])
        numbers = [int(cell.replace(",", "").replace("−", "-")) for cell in ann[1:]]
        assert numbers[-1] == sum(numbers[:-1])
        sentences = " ".join(text.split())
        assert "The policy did +51 of it, asked of the lines before, and the lines +320." in sentences


amounts = st.integers(-(10**9), 10**9).map(lambda cents: cents * UNIT // 100 + cents % 7)


@given(st.lists(st.lists(amounts, min_size=16, max_size=16), min_size=1, max_size=5))
def test_any_sums_give_bridges_that_add_up_to_the_last_digit(rows):
    parts = {str(place): Sums(*row) for place, row in enumerate(rows)}
    whole, by_name = bridges(parts)

    for pair in (whole, *by_name.values()):
        for bridge in pair:
            assert bridge.after == sum(bridge[:-1])
    for place in range(2):
        assert whole[place] == Bridge(
            *map(sum, zip(*(part[place] for part in by_name.values()), strict=True))
        )
    total = sum(
        (Fraction(part.revenue_after + part.revenue_new, UNIT) for part in parts.values()), Fraction()
    )
    assert abs(whole.revenue.after - total * 10**6) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("before", "after", "options", "words"),
    [
        (
            "P1,A,Desk,1,10,0,5\nP2,A,Desk,1,10,0,5",
            "P1,A,Desk,1,10,0,5",
            (),
            "2 lines share their product, as rows 2 and 3 with Desk",
        ),
        (
            "P1,A,Desk,1,10,0,5",
            "P1,A,Desk,1,10,0,5\nP1,A,Lamp,1,10,0,5",
            ("--key", "id"),
            "after.csv: 2 lines share their id",
        ),
        (" ,A,Desk,1,10,0,5", "P1,A,Desk,1,10,0,5", ("--key", "id"), "row 2: id is blank"),
        ("P1,A,Desk,1,10,0,5", "P1,A,Desk,1,10,0,5", ("--key", "order"), "--key names order"),
        (
            "P1,A,Desk,1,10,0,5",
            "P1,A,Desk,1,10,0,5",
            ("--by", "month"),
            "no column holds the date, which --by month asks for",
        ),
        (
            "P1,A,Desk,1,10,0,5",
            "P1,A,Desk,1,10,0,5",
            ("--engine", "spark"),
            "not with --engine spark; leave it out",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(before, after, options, words, compare):
    code, text = compare(f"{HEAD}\n{before}", f"{HEAD}\n{after}", *options)

    assert 2 == code
    assert words in text


def test_unlike_currencies_are_never_added_up(compare, tmp_path):
    head = "product,currency,quantity,list_price,discount,cost\n"
    euro, dollar = (f"{head}Desk,{code},1,100,0,50" for code in ("EUR", "USD"))
    code, text = compare(euro, dollar)
    assert (2, True) == (code, "is in EUR and" in text and "--rates FILE" in text)
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,rate\nEUR,1\nUSD,0.5\n")
    code, text = compare(euro, dollar, "--rates", str(rates), "--json")
    revenue = json.loads(text)["bridge"]["revenue"]
    assert (0, 100, 50, -50) == (code, revenue["before"], revenue["after"], revenue["list_prices"])
    code, text = compare(euro, euro, "--json")
    assert (0, "EUR", 100) == (
        code,
        json.loads(text)["currency"],
        json.loads(text)["bridge"]["revenue"]["after"],
    )


def test_a_new_rate_changes_the_cost_of_a_unit_and_no_fixed_cost(compare, tmp_path):
    """A fixed cost is in the currency of the sums: 50 · (0.6 − 0.5) is what a unit costs more."""
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,date,rate\nEUR,2020-01-01,1\nUSD,2020-01-01,0.5\nUSD,2021-01-01,0.6\n")
    head = "product,currency,date,quantity,list_price,discount,cost\n"
    books = [f"{head}Desk,USD,{year}-06-01,3,100,0,50" for year in (2020, 2021)]
    _, text = compare(*books, "--rates", str(rates), "--json", policy=f"fixed_cost = 7{POLICY}")
    assert -15 == json.loads(text)["bridge"]["earned"]["cost"]


def test_a_whole_number_is_one_key_however_a_book_writes_it():
    words = _words(pl.Series([1.0, 1.5, 1e16, float("nan"), None]))
    assert ["1", "1.5", "10000000000000000", "", ""] == words.to_list()


def test_a_line_that_one_book_cannot_check_is_left_out_of_both_and_said(compare):
    before = f"{HEAD}\nP1,A,Desk,1,10,0,5\nP2,A,Lamp,2,10,0,5"
    code, text = compare(before, before.replace("2,10,0,5", "2,10,0,-5"), "--json")
    assert (2, 1) == (code, json.loads(text)["lines"]["left_out"])
    assert (10, 10, 0) == tuple(
        json.loads(text)["bridge"]["revenue"][name] for name in ("before", "after", "lost")
    )
    _, text = compare(before, before.replace("2,10,0,5", "2,10,0,-5"))
    assert "1 line could not be checked in one of the books, and is left out of both." in text
    assert "Neither the policy changed, nor the lines that both books have." in text


def test_returns_and_totals_are_left_aside_and_said(compare):
    before = f"{HEAD}\nP1,A,Desk,2,10,0,5\nP2,A,Lamp,3,20,0,5"
    after = f"{before}\nP3,A,Stool,-1,10,0,5"
    code, text = compare(before, after, "--key", "id", "--json")
    result = json.loads(text)
    assert (0, 1, 0) == (code, result["lines"]["apart"], result["lines"]["new"])
    assert 80 == result["bridge"]["revenue"]["after"]
    _, text = compare(before, after, "--key", "id")
    assert "1 row of the books is a return or no line, and is left aside." in text
    code, text = compare(before, after, "--key", "id", "--returns", "net", "--json")
    assert (70, -10) == tuple(json.loads(text)["bridge"]["revenue"][name] for name in ("after", "new"))


def test_months_stand_in_their_order(compare):
    head = "id,date,product,quantity,list_price,discount,cost\n"
    before = head + "".join(
        f"P{n},2025-{month:02}-05,Desk,1,100,0,50\n" for n, month in enumerate((11, 2, 10))
    )
    code, text = compare(before, before.replace("100", "110"), "--key", "id", "--by", "month")
    months = [line.split()[0] for line in text.splitlines() if line.startswith("2025-")]
    assert (0, ["2025-02", "2025-10", "2025-11"] * 2) == (code, months)
