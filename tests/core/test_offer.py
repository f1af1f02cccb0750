"""The offer family. Worked numbers: sections B.9 and E.4 of the function reference."""

import numpy as np
import pytest
from hypothesis import assume, given

from tests.strategies import OTHER_SIDE, SIGN, any_money, money, side, why
from walkaway_xl import InputError, offer_bracket
from walkaway_xl.core.errors import Unanswered


class TestOfferBracket:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (800, (1200, 1000)),  # Dawson's desk
            (19000, (25000, 22000)),  # Dawson's car
            (1000, (0, 500)),  # double bracketing, before the defence moves
            (850, (150, 500)),  # and after
            (99000, (90000, 95000, "candidate", 99000)),
            (100000, (90000, 95000, "candidate")),
            (100000, (90000, 95000, "candidate", 101000)),
            (900, (1200, 1000, "buyer", 900)),
            (900, (1200, 1000, None, 900)),  # without a side the direction is theirs to target
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == offer_bracket(*arguments)

    @pytest.mark.parametrize(
        "arguments", [(1000, 1200, "buyer"), (1000, 1000, "buyer"), (95, 90, "seller"), (90, 90, "candidate")]
    )
    def test_an_offer_that_meets_the_target_has_no_counter(self, arguments):
        assert why(offer_bracket(*arguments)) is Unanswered.NO_ANSWER

    def test_without_a_side_an_offer_at_the_target_is_its_own_counter(self):
        assert 1000 == offer_bracket(1000, 1000)

    @pytest.mark.parametrize("arguments", [(90, 95, "candidate", 94), (1200, 1000, "buyer", 1001)])
    def test_a_limit_worse_than_the_target_has_no_answer(self, arguments):
        assert why(offer_bracket(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_side_that_is_blank_in_one_row_is_not_given_there(self):
        counters = offer_bracket([1000, 1000], 1200, ["buyer", None])

        assert why(counters[0]) is Unanswered.NO_ANSWER
        assert 1400 == counters[1]

    def test_an_unknown_side_is_refused(self):
        with pytest.raises(InputError, match="side"):
            offer_bracket(1200, 1000, "byer")

    def test_an_infinite_limit_is_no_limit_left_out(self):
        assert why(offer_bracket(90, 95, "seller", np.inf)) is Unanswered.OUTSIDE_DOMAIN

    @given(any_money, any_money)
    def test_the_target_is_halfway(self, theirs, target):
        assert target == pytest.approx((theirs + offer_bracket(theirs, target)) / 2)

    @given(any_money, money, side, money)
    def test_the_counter_lies_between_target_and_limit(self, theirs, short, ours, beyond):
        target = theirs + SIGN[ours] * short
        limit = target + SIGN[ours] * beyond
        assume(target != theirs)
        counter = offer_bracket(theirs, target, ours, limit)

        assert SIGN[ours] * target <= SIGN[ours] * counter <= SIGN[ours] * limit
        assert -counter == offer_bracket(-theirs, -target, OTHER_SIDE[ours], -limit)
