"""The concession family. Worked numbers: sections B.13 and E.5 of the function reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_money, share, tick, why
from walkaway_xl import InputError, concession_plan
from walkaway_xl.core.errors import Unanswered


class TestConcessionPlan:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ([120, 119.968, 119.488, 117.408, 111.808, 100], (120, 100, 6, 4)),
            ([120, 116, 112, 108, 104, 100], (120, 100, 6)),
            ([120, 106.625194, 104.094585, 102.397765, 101.085168, 100], (120, 100, 6, 0.25)),
            ([80, 83.125, 100], (80, 100, 3, np.log(20 / 3.125) / np.log(2))),
            ([82, 83.125, 100], (82, 100, 3, 4)),  # Faratin: k0 = 0.1 of 80 to 100, β = 1/4, half time
            ([0, 0.0625, 1], (0, 1, 3, 4)),  # NegMAS: 1 − 0.5⁴ = 0.9375 still in hand
            ([1, 0.5, 0], (1, 0, 3, 1)),
            ([1, 0.159104, 0], (1, 0, 3, 0.25)),  # NegMAS: conceder at half time
            ([120, 111, 102], (120, 100, 3, 1, 0.1)),
            ([120], (120, 100, 1)),
            ([120, 100], (120, 100, 2, 4)),
            ([100, 100, 100], (100, 100, 3)),
            ([120, 120], (120, 100, 2, 1, 1)),  # everything in hand: no move
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(concession_plan(*arguments), abs=1e-6)

    @pytest.mark.parametrize(("word", "number"), [("boulware", 4), ("linear", 1), ("conceder", 0.25)])
    def test_the_words_for_firmness(self, word, number):
        expected = concession_plan(120, 100, 6, number).tolist()

        assert expected == concession_plan(120, 100, 6, word).tolist()
        assert expected == concession_plan(120, 100, 6, f" {word.upper()} ").tolist()

    @pytest.mark.parametrize(
        "arguments",
        [
            (120, 100, 0),
            (120, 100, -1),
            (120, 100, 2.5),
            (120, 100, 1001),
            (120, 100, 6, 0),
            (120, 100, 6, -1),
            (120, 100, 6, 1, -0.1),
            (120, 100, 6, 1, 10),
            (120, 100, 6, 1, 0, 0),
            (120, 100, 6, 1, 0, -5),
            (120, np.inf, 6),
            (120, 100, np.inf),
            (np.nan, 100, 6),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert [Unanswered.OUTSIDE_DOMAIN] == [why(offer) for offer in concession_plan(*arguments)]

    def test_a_thousand_offers_are_the_most(self):
        assert 1000 == len(concession_plan(120, 100, 1000))

    def test_numbers_too_large_to_hold_have_no_answer(self):
        assert not np.isinf(concession_plan(1e308, -1e308, 3)).any()

    @pytest.mark.parametrize("arguments", [(120, 100, 6, "bulware"), ([1, 2], 100, 6), (120, 100, "six")])
    def test_a_malformed_plan_is_refused(self, arguments):
        with pytest.raises(InputError):
            concession_plan(*arguments)

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ([120, 115, 110, 100], (120, 100, 4, 1, 0, 5)),  # 113.33 and 106.67, away from the floor
            ([100, 105, 110, 120], (100, 120, 4, 1, 0, 5)),
            ([121, 115, 101], (121, 101, 3, 1, 0, 5)),  # opening and limit stay, 111 does not
            ([3, 3, 0], (3, 0, 3, 1, 0, 5)),
        ],
    )
    def test_rounding_goes_away_from_the_limit(self, expected, arguments):
        plan = concession_plan(*arguments)

        assert expected[:-1] == plan[:-1].tolist()
        assert expected[-1] <= plan[-1] if arguments[0] > arguments[1] else plan[-1] <= expected[-1]

    @given(any_money, any_money, st.integers(2, 30), st.floats(0.05, 20), share)
    def test_from_the_opening_to_the_limit_and_never_back(self, start, limit, count, firmness, reserve):
        plan = concession_plan(start, limit, count, firmness, reserve)
        steps = np.diff(plan) * np.sign(limit - start)

        assert (count, start) == (len(plan), plan[0])
        assert limit - reserve * (limit - start) == plan[-1]
        assert (steps >= -1e-6).all()

    @given(any_money, any_money, st.integers(2, 30), st.floats(0.05, 20), share, tick)
    def test_rounded_offers_stay_in_range_in_order_and_on_the_safe_side(
        self, start, limit, count, firmness, reserve, tick
    ):
        exact = concession_plan(start, limit, count, firmness, reserve)
        plan = concession_plan(start, limit, count, firmness, reserve, tick)
        way = np.sign(limit - start)

        assert start == plan[0]
        assert (way * np.diff(plan) >= 0).all()
        assert (way * plan <= way * exact + 1e-6).all()
        assert (way * plan >= way * start).all()
