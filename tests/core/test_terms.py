"""Payment terms. Worked numbers: sections B.27 and E.7 of the function reference."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import days as some_days
from tests.strategies import money, share, why
from walkaway_xl import discount_max, terms_cost, terms_rate
from walkaway_xl.core.errors import Unanswered


class TestTermsCost:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.014794521, (60, 0.09)),
            (0.00739726, (60, 0.09, 30)),
            (0.015, (60, 0.09, 0, 360)),
            (-0.00739726, (0, 0.09, 30)),  # paid early: a benefit
            (0, (30, 0.09, 30)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(terms_cost(*arguments), abs=1e-9)

    def test_a_layer_of_the_waterfall(self):
        assert 83.742466 == pytest.approx(85 * (1 - terms_cost(60, 0.09)), abs=1e-6)

    @pytest.mark.parametrize(
        "arguments", [(-1, 0.09), (60, 9), (60, -1), (60, 0.09, -1), (60, 0.09, 0, 12), (60, 0.09, 0, -365)]
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(terms_cost(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(some_days, some_days, share)
    def test_days_add_up(self, days, more, rate):
        expected = terms_cost(days, rate) + terms_cost(days + more, rate, days)

        assert expected == pytest.approx(terms_cost(days + more, rate))

    @given(money, some_days)
    def test_it_is_a_leakage_of_the_floor(self, price, days):
        leak = terms_cost(days, 0.09)

        assert price * (1 - discount_max(price, 0, 0, leak)) == pytest.approx(0, abs=1e-6)


class TestTermsRate:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.367347, (0.02, 10, 30, 360)),  # HP 10bII+ manual, page 138
            (0.372449, (0.02, 10, 30)),
            (0.445853, (0.02, 10, 30, 365, True)),
            (0.343072, (0.02, 20, 45, 365, True)),  # AnalystForum: 34.3 %
            (0, (0, 10, 30)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(terms_rate(*arguments), abs=1e-6)

    @pytest.mark.parametrize(
        "arguments",
        [(2, 10, 30), (1, 10, 30), (-0.02, 10, 30), (0.02, -1, 30), (0.02, 30, 30), (0.02, 30, 10),
         (0.02, 10, 30, 0)],
    )  # fmt: skip
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(terms_rate(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_rate_beyond_any_number_has_no_answer(self):
        assert why(terms_rate(0.999999999, 0, 1, 365, True)) is Unanswered.OUTSIDE_DOMAIN

    @given(st.integers(1, 300), some_days, st.integers(21, 400))
    def test_the_effective_rate_in_decimal_arithmetic(self, mills, days, later):
        kept = 1 - Decimal(mills) / 1000
        expected = float((1 / kept) ** (Decimal(365) / later) - 1)

        assert expected == pytest.approx(terms_rate(mills / 1000, days, days + later, 365, True))

    @given(share.filter(lambda part: part < 1), some_days, st.integers(1, 365))
    def test_interest_upon_interest_is_never_less_within_a_year(self, discount, days, later):
        nominal, effective = terms_rate(discount, days, days + later, 365, np.array([False, True]))

        assert not effective < nominal - 1e-9
