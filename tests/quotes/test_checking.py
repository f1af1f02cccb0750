"""Whole columns get what the worksheet functions say to each line, and sums do not depend on their order."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import walkaway_xl as wx
from walkaway_xl.core.kinds import COST
from walkaway_xl.policy import NOBODY, Policy, ProductClass, Signer, Tier
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.quotes.checking import SIGNS, Lines, check, reasons
from walkaway_xl.quotes.exact import MILLION, UNIT, sums_by_code
from walkaway_xl.quotes.tally import Amount, Tally, WorstLine

POLICY = Policy(
    classes=(ProductClass("Chairs", 0.20), ProductClass("Pens", 0.10)),
    signers=(
        Signer("Rep", 0.10, 0.28, 0.90),
        Signer("Manager", 0.20, 0.22, 0.80),
        Signer("Director", 0.30, 0.10, 0.65),
    ),
    tiers=(Tier(1, 0.0), Tier(10, 0.05)),
    warn=0.02,
)
COMPILED = CompiledPolicy(POLICY)


def lines(*rows):
    """Rows of list price, discount, cost, quantity and the place of the class."""
    price, discount, cost, quantity, rule = (np.array(column, float) for column in zip(*rows, strict=True))
    return Lines(price, discount, cost, quantity, rule.astype(int))


def test_the_worked_lines_of_the_pricing_literature():
    """List 120, cost 68, 20 % margin: the deal-desk example of DISCOUNT_CHECK, worked by hand."""
    checked = check(lines(*((120, discount, 68, 10, 0) for discount in (0.25, 0.28, 0.30, 0.45))), COMPILED)

    assert [85, 85, 85, 85] == pytest.approx(checked.floor)
    assert [90, 86.4, 84, 66] == pytest.approx(checked.net_price)
    assert [0.244444, 0.212963, 0.190476, -0.030303] == pytest.approx(checked.margin, abs=1e-6)
    assert [1, 0, -1, -2] == checked.status.tolist()
    assert [0.041667, 0.011667, -0.008333, -0.158333] == pytest.approx(checked.headroom, abs=1e-6)
    assert [2, 2, 2, 3] == checked.signer.tolist(), "24.4 % margin is the director's because of 25 % discount"
    assert NOBODY == COMPILED.signer_names[3]
    assert [1200] * 4 == checked.list_value.tolist()
    assert [900, 864, 840, 660] == pytest.approx(checked.revenue)
    assert [0.05] * 4 == checked.tier_discount.tolist()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ((0, 0.1, 68, 1, 0), "list_price must be above 0; it is 0"),
        ((120, 15, 68, 1, 0), "discount must lie from 0 to 1; it is 15. Write 15% or 0.15, not 15."),
        ((120, 0.1, -1, 1, 0), f"cost must be zero or more; it is −1. {COST.too_low}"),
        ((120, math.nan, 68, 1, 0), "discount is blank; write 0 for no discount"),
        ((120, 0.1, math.inf, 1, 0), "cost must be a finite number; it is infinite"),
        ((120, 0.1, 68, -1, 0), "quantity must be zero or more; it is −1."),
        ((120, 0.1, 68, 1, -1), "its class has no rule in the policy"),
        ((120, -0.1, 68, 1, 0), f"discount must lie from 0 to 1; it is −0.1. {SIGNS}"),
        ((120, 0.1, 68, 1e290, 0), "Are its numbers in the right columns?"),
        ((1e308, 0.1, 68, 10, 0), "Are its numbers in the right columns?"),
        ((8, 0.99, 8e200, 1e100, 0), "Are its numbers in the right columns?"),
    ],
)
def test_a_line_that_cannot_be_checked_says_why_and_leaves_its_neighbour_alone(line, reason):
    given_lines = lines(line, (120, 0.25, 68, 10, 0))
    checked = check(given_lines, COMPILED)

    assert [True, False] == checked.rejected.tolist()
    ((place, sentence),) = reasons(given_lines, checked, COMPILED)
    assert (0, True) == (place, reason in sentence)


def test_negative_payment_terms_are_refused_and_never_taken_for_none():
    impossible = lines((120, 0.25, 68, 10, 0))._replace(terms_days=np.array([-30.0]))
    checked = check(impossible, COMPILED)
    assert [(0, "terms_days must be zero or more; it is −30. Count the days from the invoice.")] == list(
        reasons(impossible, checked, COMPILED)
    )


def test_a_margin_net_of_leakage_has_a_floor_of_its_own():
    """Cost 68, 20 %, 5 % leakage: 68 ÷ (0.8 · 0.95) = 89.47, where of the invoice it is 68 ÷ 0.75 = 90.67."""
    policy = Policy(**{**vars(POLICY), "rebate": 0.05, "warn": 0.001})
    floors = {}
    for basis, floor in (("invoice", 68 / 0.75), ("net", 68 / (0.8 * 0.95))):
        discounts = [1 - price / 120 for price in (floor, floor - 0.01, 68 / 0.95 - 0.01)]
        some = lines(*((120, discount, 68, 1, 0) for discount in discounts))
        checked = check(some, CompiledPolicy(Policy(**{**vars(policy), "margin_basis": basis})))
        assert [floor] * 3 == pytest.approx(checked.floor)
        assert 0.2 == pytest.approx(checked.margin[0])
        assert [0, -1, -2] == checked.status.tolist()
        floors[basis] = checked.floor[0]
    assert floors["net"] < floors["invoice"]


def test_a_price_of_a_class_is_a_margin_net_of_leakage_too():
    """70 % of 120 is 84; of the 79.80 that 5 % leakage leaves, 11.80 are 14.8 %. Its floor is 84 again."""
    classes = (ProductClass("Chairs", 0.0, min_price=0.7, target_margin=0.2),)
    policy = Policy(**{**vars(POLICY), "classes": classes, "rebate": 0.05, "margin_basis": "net"})
    checked = check(lines((120, 0.1, 68, 1, 0)), CompiledPolicy(policy))
    assert (84, 11.8 / 79.8, 68 / 0.76) == pytest.approx(
        (checked.floor[0], checked.minimum[0], checked.target[0])
    )


@pytest.mark.parametrize("days", [math.inf, -1.0])
def test_a_leakage_that_is_not_known_is_never_taken_for_none(days):
    """Of two lines one has terms that make no sense; the other is checked with its own."""
    policy = Policy(**{**vars(POLICY), "rate": 0.1, "terms_days": 30.0})
    two = lines((120, 0.25, 68, 10, 0), (120, 0.25, 68, 10, 0))._replace(terms_days=np.array([days, np.nan]))
    checked = check(two, CompiledPolicy(policy))
    assert [True, False] == checked.rejected.tolist()
    assert [0.0, 900.0] == checked.revenue.tolist()
    assert ["terms_days"] == [
        sentence.split()[0] for _, sentence in reasons(two, checked, CompiledPolicy(policy))
    ]


@pytest.mark.parametrize(
    ("limits", "signer"),
    [
        (((0.2, 0.1, 0.9), (0.3, 0.0, 0.7)), 1),  # 85 % of list is less than 90 %
        (((0.2, 0.1, 0.8), (0.3, 0.0, 0.7)), 0),
        (((0.1, 0.1, 0.8), (0.3, 0.0, 0.7)), 1),
        (((0.2, 0.5, 0.8), (0.3, 0.0, 0.7)), 1),
        (((0.2, 0.1, 0.9), (0.3, 0.0, 0.86)), 2),
    ],
)
def test_each_limit_of_a_signer_counts_for_itself(limits, signer):
    """Price 120 at 15 % off is 102: 85 % of list, and 33 % margin over 68."""
    signers = tuple(
        Signer(name, *limits_of_signer)
        for name, limits_of_signer in zip(("Rep", "Boss"), limits, strict=True)
    )
    compiled = CompiledPolicy(Policy(classes=POLICY.classes, signers=signers))
    checked = check(lines((120, 0.15, 68, 1, 0)), compiled)
    assert [signer] == checked.signer.tolist()


def test_a_shortfall_is_money_up_to_the_floor_as_it_is_shown_of_lines_below_it_only():
    """Cost 68.333 at 20 % is 85.41625, shown as 85.42: at 84, ten units are 14.20 short of it."""
    policy = Policy(**{**vars(POLICY), "price_step": 0.01})
    rows = [(120, discount, 68.333, 10, 0) for discount in (0.25, 0.28, 0.30, 0.45, 2.0)]
    checked = check(lines(*rows), CompiledPolicy(policy))
    assert [1, 0, -1, -2] == checked.status.tolist()[:4]
    assert checked.rejected[4]
    assert [0, 0, 14_200_000, 194_200_000, 0] == checked.shortfall.tolist()


def test_a_loss_leader_at_its_floor_is_short_of_nothing():
    """Cost 95, minimum −20 %: the floor is 79.17. At 90 it loses money, as it may; 79 is 17 cents short."""
    policy = Policy(classes=(ProductClass("Ink", -0.2),), signers=POLICY.signers, price_step=0.01)
    checked = check(lines((100, 0.1, 95, 1, 0), (100, 0.21, 95, 1, 0)), CompiledPolicy(policy))
    assert ([True, False], [0, 170_000]) == (checked.loss_leader.tolist(), checked.shortfall.tolist())


def test_a_shortfall_beyond_what_can_be_added_is_no_line():
    too_much = lines((1e150, 0.9, 1.2e149, 1e141, 0), (120, 0.25, 68, 10, 0))
    policy = Policy(**{**vars(POLICY), "classes": (ProductClass("Chairs", 0.999_999_9),)})
    checked = check(too_much, CompiledPolicy(policy))
    assert checked.rejected[0]
    assert 0.0 == checked.shortfall[0]


@given(st.lists(st.permutations(range(1, 31)), min_size=1, max_size=1), st.integers(1, 29))
@settings(max_examples=30)
def test_of_worst_lines_that_tie_the_first_of_the_file_are_shown(orders, cut):
    """Thirty lines of one shortfall, in parts that come in any order."""
    (order,) = orders
    tallies = []
    for part in (order[cut:], order[:cut]):
        rows = sorted(part)
        tally = Tally(COMPILED)
        for some in (rows[len(rows) // 2 :], rows[: len(rows) // 2]):
            if some:
                checked = check(lines(*[(120, 0.45, 68, 1, 0)] * len(some)), COMPILED)
                tally.add(
                    checked,
                    np.zeros(len(some), int),
                    ["Chairs"],
                    lambda place, c=checked, s=some: WorstLine(
                        float(c.shortfall[place]) / MILLION,
                        "f",
                        s[place],
                        "",
                        "",
                        1.0,
                        1.0,
                        1.0,
                        0.0,
                        "",
                        "Rep",
                    ),
                )
        tallies.append(tally)
    whole, rest = tallies
    whole.merge(rest)
    assert list(range(1, 11)) == [line.row for line in whole.worst]


money = st.floats(0.01, 1e5, allow_nan=False)
line = st.tuples(money, st.floats(0.0, 1.0), money, st.integers(0, 10**6), st.sampled_from([0, 1]))


@given(st.lists(line, min_size=1, max_size=8), st.sampled_from([0.0, 30.0, 90.0]))
def test_each_line_has_what_the_worksheet_functions_say(rows, days):
    policy = Policy(**{**vars(POLICY), "rebate": 0.03, "rate": 0.08, "terms_days": days, "fixed_cost": 0.5})
    checked = check(lines(*rows), CompiledPolicy(policy))
    leakage = 0.03 + 0.0 + wx.terms_cost(days, 0.08)
    senior = [*(signer.name for signer in policy.signers), NOBODY]
    for place, (price, discount, cost, _, rule) in enumerate(rows):
        minimum = policy.classes[int(rule)].min_margin
        args = (price, discount, cost, minimum, leakage, 0.5, policy.warn)
        assert wx.price_floor(cost, minimum, leakage, 0.5) == checked.floor[place]
        assert wx.discount_check(*args) == checked.status[place]
        assert wx.discount_check(*args, output="headroom") == checked.headroom[place]
        margin = wx.discount_check(*args, output="margin")
        asked = [
            wx.deal_signer(value, [getattr(signer, key) for signer in policy.signers], senior[:3], sign)
            for key, value, sign in (
                ("discount", discount, "<="),
                ("margin", margin, ">="),
                ("price", checked.net_price[place] / price, ">="),
            )
            if value == value
        ]
        names = [name if isinstance(name, str) else NOBODY for name in asked]
        assert max(map(senior.index, names)) == checked.signer[place]


@given(st.lists(line, min_size=2, max_size=14), st.data())
@settings(max_examples=60)
def test_a_book_counts_the_same_however_it_is_shared_out(rows, data):
    def counted(some):
        tally = Tally(COMPILED)
        for start, part in some:
            checked = check(lines(*part), COMPILED)
            tally.add(
                checked,
                np.array([row[4] for row in part]),
                ["Chairs", "Pens"],
                lambda place, s=start, c=checked: WorstLine(
                    float(c.shortfall[place]) / MILLION, "f", s + place, "", "", 1.0, 1.0, 1.0, 0.0, "", "Rep"
                ),
            )
        return tally

    cut = data.draw(st.integers(1, len(rows) - 1))
    whole, first, rest = counted([(0, rows)]), counted([(0, rows[:cut])]), counted([(cut, rows[cut:])])
    rest.merge(first)
    checked = check(lines(*rows), COMPILED)
    short = checked.shortfall.tolist()

    for shared in (rest, counted([(0, rows[:cut]), (cut, rows[cut:])])):
        assert whole.amounts == shared.amounts
        assert sorted(filter(None, short), reverse=True)[:10] == [
            round(worst.shortfall * MILLION) for worst in shared.worst
        ]
        assert whole.worst == shared.worst
    assert sum(map(int, short)) == whole.total().shortfall
    revenue = sum(Fraction(price * (1 - discount) * n) for price, discount, _, n, _ in rows)
    assert revenue == Fraction(whole.total().revenue, UNIT)


def test_the_blended_discount_is_that_of_the_worksheet():
    """The quote of DEAL_BLEND: 9.4118 %, where a plain average would say 15 %."""
    rows = [(100, 0.10, 1, 10, 0), (200, 0.30, 1, 2, 0), (50, 0.05, 1, 40, 0)]
    checked = check(lines(*rows), COMPILED)
    same = np.zeros(3, int)
    money = (checked.list_value, checked.revenue, checked.earned)
    amount = Amount(3, *(sums_by_code(same, column, 1)[0] for column in money))

    assert 0.094118 == pytest.approx(amount.discount, abs=1e-6)
    assert wx.deal_blend(*zip(*((row[0], row[3], row[1]) for row in rows), strict=True)) == pytest.approx(
        amount.discount, rel=1e-12
    )
