"""Totals are exact: any order and any way to share the lines out give the same bits, at every scale."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkaway_xl.policy import EXAMPLE
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.quotes.checking import Lines, check
from walkaway_xl.quotes.exact import (
    LARGEST,
    TOGETHER,
    UNIT,
    as_float,
    in_millionths,
    in_units,
    in_whole,
    in_whole_parts,
    in_whole_table,
    slices,
    sums_by_code,
)
from walkaway_xl.quotes.tally import Amount, Tally, WorstLine

amounts = st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True)
COMPILED = CompiledPolicy(EXAMPLE)


@given(st.lists(st.tuples(st.integers(0, 2), amounts), max_size=30), st.randoms())
def test_a_sum_is_that_of_fractions_in_any_order(rows, random):
    expected = [
        sum((Fraction(amount) for code, amount in rows if code == wanted), Fraction()) for wanted in range(3)
    ]
    random.shuffle(rows)
    codes, column = (np.array([row[place] for row in rows], kind) for place, kind in ((0, int), (1, float)))
    sums = sums_by_code(codes, column, 3)
    assert expected == [Fraction(units, UNIT) for units in sums]
    assert list(map(float, expected)) == list(map(as_float, sums)), "rounded once"


@given(st.lists(amounts, max_size=10))
def test_slices_are_whole_numbers_of_32_bits_and_add_up_to_what_was_cut(values):
    column = np.array(values)
    whole = [Fraction()] * len(values)
    for exponent, part in slices(column):
        units = in_units(part, exponent).tolist()
        assert all(abs(unit) <= 1 << 32 for unit in units)
        whole = [total + unit * Fraction(2) ** exponent for total, unit in zip(whole, units, strict=True)]
    assert list(map(Fraction, values)) == whole


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=9))
def test_whole_money_adds_up_to_its_total_and_a_half_goes_up(millionths):
    floats = [int(Fraction(value / 10**6) * UNIT) for value in millionths]
    assert millionths == list(map(in_millionths, floats))
    whole = in_whole_parts(millionths)
    assert in_whole(sum(millionths)) == sum(whole)
    assert all(abs(10**6 * shown - exact) < 10**6 for shown, exact in zip(whole, millionths, strict=True))


cells = st.none() | st.integers(0, 10**7) | st.integers(0, 5).map(lambda halves: 500_000 * halves)


@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=9)
    )
)
def test_a_table_in_whole_money_adds_up_along_its_rows_and_its_columns(table):
    shown = in_whole_table(table)
    rows, sums = [[sum(filter(None, row)) for row in held] for held in (shown, table)]
    assert in_whole_parts(sums) == rows, "as the same rows are shown elsewhere"
    columns = [[sum(filter(None, column)) for column in zip(*held, strict=True)] for held in (shown, table)]
    assert all(abs(a - b) <= 1 for a, b in zip(columns[0], in_whole_parts(columns[1]), strict=True))
    for before, after in zip(table, shown, strict=True):
        for exact, whole in zip(before, after, strict=True):
            assert (exact is None) == (whole is None)
            assert exact is None or exact // 10**6 <= whole <= -(-exact // 10**6)


def test_columns_of_a_table_are_those_that_are_shown_elsewhere_wherever_it_can_be():
    table = [[600_000, 600_000, 300_000], [700_000, 700_000, 600_000], [200_000, 900_000, 400_000]]
    assert [2, 2, 1] == in_whole_parts([1_500_000, 2_200_000, 1_300_000])
    assert [2, 2, 1] == [sum(column) for column in zip(*in_whole_table(table), strict=True)]
    apart = [[400_000, None], [400_000, None], [200_000, None], [None, 500_000], [None, 500_000]]
    assert [[0, None], [0, None], [0, None], [None, 1], [None, 1]] == in_whole_table(apart), "rows go first"


@pytest.mark.parametrize(("amount", "shown"), [(0.5, 1), (1.499999, 1), (2.5, 3), (-0.5, -1), (1999.5, 2000)])
def test_half_of_one_is_rounded_up(amount, shown):
    assert shown == in_whole(round(amount * 10**6))


def test_more_lines_than_a_float_can_add_exactly_are_added_in_parts():
    """The sum of 2²¹ + 1 slices of 32 bits needs 54 bits."""
    largest = float((1 << 32) - 1)
    column = np.full(2 * TOGETHER + 1, largest)
    (units,) = sums_by_code(np.zeros(len(column), int), column, 1)
    assert len(column) * Fraction(largest) == Fraction(units, UNIT)


lines = st.lists(
    st.tuples(
        st.floats(0.01, 1e5),
        st.sampled_from([0.0, 0.1, 0.2, 0.3, 1 / 3, 0.6, 1.0]) | st.floats(0, 1),
        st.floats(0.01, 1e5),
        st.integers(0, 10**6),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


def tallied(rows, scale=1.0):
    tally = Tally(COMPILED)
    price, discount, cost, quantity, rule = (np.array(column, float) for column in zip(*rows, strict=True))
    checked = check(Lines(price * scale, discount, cost * scale, quantity, rule.astype(int)), COMPILED)
    names = [entry.name for entry in EXAMPLE.classes]
    tally.add(
        checked,
        rule.astype(int),
        names,
        lambda place: WorstLine(0.0, "", 0, "", "", 0.0, 0.0, 0.0, 0.0, "", ""),
    )
    return tally, checked


@given(lines, st.integers(-9, 12), st.data())
def test_a_book_in_another_currency_keeps_every_status_and_its_totals_are_exact(rows, power, data):
    _, checked = tallied(rows)
    scaled, rechecked = tallied(rows, 10.0**power)
    assert checked.status.tolist() == rechecked.status.tolist()
    assert checked.signer.tolist() == rechecked.signer.tolist()
    assert sum(map(int, rechecked.shortfall.tolist())) == scaled.total().shortfall
    for name in ("list_value", "revenue", "earned"):
        exact = sum(map(Fraction, getattr(rechecked, name).tolist()))
        assert exact == Fraction(getattr(scaled.total(), name), UNIT)

    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(1, len(rows)))
    shared, _ = tallied(shuffled[:cut], 10.0**power)
    if shuffled[cut:]:
        shared.merge(tallied(shuffled[cut:], 10.0**power)[0])
    assert scaled.amounts == shared.amounts


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 1e6, 1e12])
def test_small_change_counts_at_every_scale(scale):
    """A million lines of 1.5E-07 were once counted as nothing, and one of 9e12 was refused."""
    total = tallied([(1.5, 0.0, 1.0, 1, 0)] * 1000, scale)[0].total()
    assert 1000 * Fraction(1.5 * scale) == Fraction(total.revenue, UNIT)
    assert 1.5e3 * scale == pytest.approx(total.as_data()["revenue"], rel=1e-15)


def test_shares_of_an_amount_are_rounded_once():
    amount = Amount(1, 3 * UNIT, 2 * UNIT, UNIT)
    assert (1 / 3, 1 / 2) == (amount.discount, amount.margin)


def test_a_share_that_no_float_holds_is_none():
    """A price of 1E-300 beside a cost of 1E+300 once ended the summary."""
    amount = Amount(1, 1, 1, -(10**700))
    assert (0.0, None) == (amount.discount, amount.margin)
