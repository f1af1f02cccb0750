"""Volume tiers. Worked numbers: sections B.26, E.7 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import money, why
from walkaway_xl import InputError, discount_cliff, discount_tier, rebate_value
from walkaway_xl.core.errors import Unanswered

UNITS, OFF = [1, 10, 20], [0.1, 0.2, 0.3]
VOLUMES, RATES = [0, 100000, 250000], [0, 0.02, 0.04]
MODES = ["all", "slab", "marginal"]


@st.composite
def schedules(draw, rising=False):
    """Breaks in whole units and a discount for each."""
    breaks = sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=5)))
    off = draw(st.lists(st.integers(0, 20), min_size=len(breaks), max_size=len(breaks)))
    return breaks, [part / 20 for part in (sorted(off) if rising else off)]


def _unit_by_unit(quantity, breaks, off):
    """Slab discount, one unit after the other."""
    given = [max([0] + [place for place, bound in enumerate(breaks, 1) if unit >= bound]) for unit in
             range(1, quantity + 1)]  # fmt: skip
    return sum(([0, *off])[tier] for tier in given) / quantity


def _dearer(breaks, off):
    """Cliffs by asking every quantity."""
    cost = [quantity * (1 - discount_tier(quantity, breaks, off)) for quantity in range(breaks[-1] + 1)]
    found = []
    for bound in breaks:
        first = bound
        while first > 1 and cost[first - 1] > cost[bound] + 1e-6:
            first -= 1
        if first < bound:
            found.append([first, bound - 1, bound, cost[bound - 1] - cost[bound]])
    return found


class TestDiscountTier:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.3, (30, UNITS, OFF)),  # Pashtek: 2,100 of 3,000
            (0.20666667, (30, UNITS, OFF, "slab")),  # Pashtek: 2,380 of 3,000
            (0.01666667, (300000, VOLUMES, RATES, "marginal")),
            (0.1, (9.999, UNITS, OFF)),
            (0.2, (10, UNITS, OFF)),
            (0.2, (10 - 1e-10, UNITS, OFF)),
            (0, (0.5, UNITS, OFF)),
            (0, (0, UNITS, OFF, "slab")),
            (0.05, (0, [0, 10], [0.05, 0.1], "marginal")),
            (0.1, (5, [1], [0.1])),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(discount_tier(*arguments), abs=1e-8)

    def test_only_a_slab_is_counted_in_whole_units(self):
        for mode in ("all", "marginal"):
            assert 0.1 == pytest.approx(discount_tier(8.5, [0.5, 9.5], [0.1, 0.2], mode), abs=0.01)
        assert why(discount_tier(8.5, [0.5, 9.5], [0.1, 0.2], "slab")) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("scale", [1e-9, 1, 1e12])
    def test_breaks_in_money_are_met_at_every_scale(self, scale):
        breaks = [bound * scale for bound in VOLUMES]

        assert 0.02 == discount_tier((0.1 + 0.2) / 0.3 * 100000 * scale, breaks, RATES)
        assert 0.02 == discount_tier(100000 * scale * (1 - 1e-12), breaks, RATES)
        assert 0 == discount_tier(99999 * scale, breaks, RATES)

    def test_a_column_of_quantities(self):
        assert [[0.1], [0.3]] == discount_tier([[5], [25]], UNITS, OFF).tolist()

    @pytest.mark.parametrize(
        "arguments",
        [
            (-1, UNITS, OFF),
            (np.inf, UNITS, OFF),
            (5, [1, 20, 10], OFF),
            (5, [1, 10, 10], OFF),
            (5, [-1, 10, 20], OFF),
            (5, [1, 10, np.inf], OFF),
            (5, UNITS, [10, 20, 30]),
            (5, UNITS, [-0.1, 0.2, 0.3]),
            (9.5, UNITS, OFF, "slab"),
            (9, [1, 9.5, 20], OFF, "slab"),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(discount_tier(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_bad_quantity_stays_alone(self):
        answers = discount_tier([5, -1, 25], UNITS, OFF)

        assert [0.1, 0.3] == [answers[0], answers[2]]
        assert why(answers[1]) is Unanswered.OUTSIDE_DOMAIN

    def test_blank_rows_of_the_schedule_are_passed_over(self):
        assert 0.2 == discount_tier(15, [1, None, 10, None], [0.1, None, 0.2, None])

    @pytest.mark.parametrize(
        "arguments",
        [(5, [1, None], [0.1, 0.2]), (5, [1, 10], [0.1, None]), (5, [None], [None]), (5, [1, 2], [0.1] * 3),
         (5, UNITS, OFF, "range")],
    )  # fmt: skip
    def test_a_malformed_schedule_is_refused(self, arguments):
        with pytest.raises(InputError):
            discount_tier(*arguments)

    @given(schedules(), st.integers(1, 60))
    def test_a_slab_is_counted_unit_by_unit(self, schedule, quantity):
        expected = _unit_by_unit(quantity, *schedule)

        assert expected == pytest.approx(discount_tier(quantity, *schedule, "slab"))

    @given(schedules(), st.integers(1, 240).map(lambda quarters: quarters / 4))
    def test_a_marginal_discount_is_the_area_under_its_tiers(self, schedule, quantity):
        breaks, off = schedule
        edges = np.array([0, *breaks, 100])
        area = np.concatenate([[0], np.cumsum(np.diff(edges) * [0, *off])])
        expected = np.interp(quantity, edges, area)

        assert expected == pytest.approx(quantity * discount_tier(quantity, *schedule, "marginal"))
        assert expected == pytest.approx(rebate_value(quantity, *schedule, "marginal"))

    @given(schedules(rising=True), st.integers(0, 60))
    def test_all_units_at_the_tier_is_never_less_where_discounts_rise(self, schedule, quantity):
        whole, *others = (discount_tier(quantity, *schedule, mode) for mode in MODES)

        assert all(whole >= other - 1e-12 for other in others)

    @given(schedules(), st.lists(st.integers(0, 60), min_size=1, max_size=5), st.sampled_from(MODES))
    def test_a_column_is_its_elements(self, schedule, quantities, mode):
        expected = [discount_tier(quantity, *schedule, mode) for quantity in quantities]

        assert expected == pytest.approx(discount_tier(quantities, *schedule, mode).tolist())

    @given(st.integers(0, 60), st.floats(0, 1))
    def test_one_tier_from_nothing_is_a_plain_discount(self, quantity, discount):
        assert [discount] * 2 == pytest.approx(
            [discount_tier(quantity, [0], [discount], mode) for mode in ("all", "marginal")]
        )


class TestRebateValue:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (12000, (300000, VOLUMES, RATES)),
            (5000, (300000, VOLUMES, RATES, "marginal")),
            (0, (99999.99, VOLUMES, RATES)),
            (2000, (100000, VOLUMES, RATES)),
            (0, (0, VOLUMES, RATES)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(rebate_value(*arguments))

    @pytest.mark.parametrize("arguments", [(-1, VOLUMES, RATES), (1, VOLUMES, [0, 2, 4])])
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(rebate_value(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(money, money)
    def test_a_marginal_rebate_never_falls(self, volume, more):
        small, large = rebate_value([volume, volume + more], VOLUMES, RATES, "marginal")

        assert small <= large + 1e-9


class TestDiscountCliff:
    def test_worked_numbers(self):
        table = discount_cliff(UNITS, OFF, 100)  # 19 units cost 1,520, 20 units 1,400

        assert [[9, 9, 10, 10], [18, 19, 20, 120]] == np.round(np.transpose(table), 6).tolist()

    def test_a_quantity_that_costs_the_same_is_no_cliff(self):
        assert why(discount_cliff([1, 10], [0, 0.1], 100)) is Unanswered.NO_ANSWER  # 9 at 100 = 10 at 90

    @pytest.mark.parametrize(
        "arguments",
        [([1, 10], [0.2, 0.1], 100), ([1], [0.1], 100), ([0, 1], [0.3, 0.3], 5)],
    )
    def test_without_a_cliff_there_is_no_answer(self, arguments):
        assert why(discount_cliff(*arguments)) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize(
        "arguments", [(UNITS, OFF, 0), (UNITS, OFF, -1), ([1, 9.5], [0, 0.2], 1), ([2, 1], [0, 0.2], 1),
                      (UNITS, OFF, np.inf)],
    )  # fmt: skip
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(discount_cliff(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(schedules())
    def test_every_quantity_asked_one_by_one(self, schedule):
        expected, cliffs = _dearer(*schedule), discount_cliff(*schedule, 1)

        if not expected:
            assert why(cliffs) is Unanswered.NO_ANSWER
        else:
            assert expected == [pytest.approx(row) for row in np.transpose(cliffs).tolist()]
