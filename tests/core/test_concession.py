"""The concession family. Worked numbers: sections B.13, B.14, E.5 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import any_money, money, share, tick, why
from walkaway_xl import (
    ConcessionStatus,
    InputError,
    concession_ackerman,
    concession_limit,
    concession_plan,
    concession_status,
)
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
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(concession_plan(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    def test_an_opening_that_is_not_given_has_no_plan(self):
        assert why(concession_plan(np.nan, 100, 6)[0]) is Unanswered.OUTSIDE_DOMAIN

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

    @given(any_money, any_money, st.integers(2, 30), st.floats(0.05, 20), share)
    def test_offer_by_offer(self, start, limit, count, firmness, reserve):
        last = limit - reserve * (limit - start)
        expected = [start + (last - start) * (offer / (count - 1)) ** firmness for offer in range(count)]

        assert expected == pytest.approx(concession_plan(start, limit, count, firmness, reserve), abs=1e-6)

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


offers = st.lists(st.integers(0, 40).map(float), max_size=6)


class TestConcessionStatus:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ("STALLED", ([120, 116, 113, 111], [90, 95, 95.1, 95.2])),
            ("SELF_BID", ([120, 116, 113], [90])),
            ("WAIT", ([120, 116], [90])),
            ("AGREED", ([120, 110], [90, 110])),
            ("AGREED", ([120, 108], [90, 110])),  # crossed
            ("AGREED", ([100], [100])),
            ("AGREED", ([90, 110], [120, 110])),  # as a buyer
            ("MOVING", ([120, 116], [90, 95])),
            ("MOVING", ([120], [90, 95])),
            ("STALLED", ([90, 95, 96], [120, 120, 121])),  # backwards
            ("STALLED", ([120, 116, 113], [90, 90.3, 90.6])),  # exactly the tolerance is no move
            ("MOVING", ([120, 116, 113], [90, 90.3, 90.7])),
            ("STALLED", ([120, 116], [90, 90])),
            ("MOVING", ([120, 116], [90, 90], 0.01, 2)),  # one move cannot be two
            ("STALLED", ([120, 116], [90, 90], 0.01, 1)),
            ("WAIT", ([120, 118, 116, 113], [90, 95, 100], 0, 2)),
            ("STALLED", ([120, 118, 116, 113], [90, 90, 90], 0, 2)),  # outranks waiting
            ("SELF_BID", ([120, 118, 116, 113, 112], [90, 90, 90])),  # and is outranked by this
            ("WAIT", ([120], [])),
            ("SELF_BID", ([120, 116], None)),
            ("MOVING", ([], [90])),
            ("WAIT", ([120, None, 116], [None, 90, None])),
        ],
    )
    def test_worked_statuses(self, expected, arguments):
        assert expected == concession_status(*arguments).name
        rest = [None] * (4 - len(arguments))
        assert ConcessionStatus[expected] == concession_status(*arguments, *rest, "code")

    @pytest.mark.parametrize(
        ("expected", "side", "ours", "theirs"),
        [
            ("AGREED", "seller", [100], [120]),  # they bid more than we ask
            ("AGREED", "buyer", [120], [100]),
            ("MOVING", None, [100], [120]),  # the lower one is taken for the buyer
            ("MOVING", "buyer", [100], [120]),
            ("MOVING", "candidate", [120], [100]),
            ("STALLED", "seller", [120, 116], [90, 90]),
        ],
    )
    def test_a_side_says_who_comes_down_where_the_openings_crossed(self, expected, side, ours, theirs):
        assert expected == concession_status(ours, theirs, None, None, None, side).name

    @given(offers, offers)
    def test_a_side_that_the_openings_show_changes_nothing(self, ours, theirs):
        assume(ours and theirs and ours[0] != theirs[0])
        side = "seller" if ours[0] > theirs[0] else "buyer"

        assert concession_status(ours, theirs) == concession_status(ours, theirs, side=side)

    def test_before_the_first_offer_nothing_is_asked(self):
        assert why(concession_status([], [None])) is Unanswered.NOTHING_ASKED

    @pytest.mark.parametrize(
        "arguments",
        [
            ([1], [2], -0.01),
            ([1], [2], 1),
            ([1], [2], 0.01, 0),
            ([1], [2], 0.01, 1.5),
            ([np.inf], [2]),
            ([1], [2, np.inf]),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(concession_status(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(offers, offers)
    def test_the_mirror_image_stands_the_same(self, ours, theirs):
        mirrored = concession_status([-offer for offer in ours], [-offer for offer in theirs])

        assert concession_status(ours, theirs) == mirrored or not (ours or theirs)

    @given(offers, offers)
    def test_one_more_offer_of_ours_is_never_less_waiting(self, ours, theirs):
        lead = len(ours) - len(theirs)
        status = concession_status(ours, theirs)

        assume(status in (ConcessionStatus.SELF_BID, ConcessionStatus.WAIT))
        assert (status is ConcessionStatus.SELF_BID) == (lead >= 2)


class TestConcessionLimit:
    @pytest.mark.parametrize(
        ("expected", "made"),
        [
            (80, [100, 90, 85, 82.5]),
            (120, [100, 110, 115]),
            (80, [90, None, 85, 82.5]),
        ],
    )
    def test_worked_numbers(self, expected, made):
        assert expected == pytest.approx(concession_limit(made))

    @pytest.mark.parametrize(
        "made",
        [
            [100, 95, 90],
            [100, 95, 80],
            [100, 92, 86, 81.5],  # they shrink, and lead far beyond the last offer
            [100, 92, 84.1],
            [1000, 950, 901],
            [100, 95, 97],
            [100, 95, 95],
            [100, 100, 95],
            [100, 90],
            [100],
            [None],
        ],
    )
    def test_what_does_not_shrink_points_nowhere(self, made):
        assert why(concession_limit(made)) is Unanswered.NO_ANSWER

    def test_an_infinite_offer_has_no_answer(self):
        assert why(concession_limit([np.inf, 90, 85])) is Unanswered.OUTSIDE_DOMAIN

    @given(any_money, st.integers(1, 10**6), st.integers(10, 50), st.sampled_from([-1, 1]))
    def test_a_geometric_series_ends_where_it_ends(self, limit, distance, percent, way):
        made = [limit + way * distance * (percent / 100) ** turn for turn in range(4)]

        assert limit == pytest.approx(concession_limit(made), rel=1e-6, abs=1e-6 * distance)


class TestConcessionAckerman:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ([13000, 17000, 19000, 20000], (20000, "buyer")),
            ([27000, 23000, 21000, 20000], (20000, "seller")),
            ([135, 115, 105, 100], (100, "candidate")),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == concession_ackerman(*arguments).tolist()

    @pytest.mark.parametrize("target", [0, -1, np.inf])
    def test_outside_the_domain_has_no_answer(self, target):
        assert why(concession_ackerman(target, "buyer")) is Unanswered.OUTSIDE_DOMAIN

    def test_the_side_is_never_guessed(self):
        with pytest.raises(InputError, match="side must be"):
            concession_ackerman(20000, None)

    @given(money)
    def test_each_step_is_smaller_and_the_last_offer_is_the_target(self, target):
        up, down = concession_ackerman(target, "buyer"), concession_ackerman(target, "seller")

        assert target == pytest.approx(up[-1]) == pytest.approx(down[-1])
        assert (np.diff(np.diff(up)) < 0).all()
        assert up + down == pytest.approx(np.full(4, 2 * target))
