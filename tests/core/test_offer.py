"""The offer family. Worked numbers: sections B.9, B.15 to B.17, E.4 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, special, stats

from tests.strategies import OTHER_SIDE, SIGN, any_money, money, side, why
from walkaway_xl import (
    InputError,
    offer_adverse,
    offer_best,
    offer_bracket,
    offer_ev,
    offer_prob,
    offer_sealed,
    reason_of,
    zopa_prob,
)
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

    @pytest.mark.parametrize(("theirs", "target"), [(np.nan, 100), (100, np.nan)])
    def test_a_limit_is_no_counter_where_there_is_none(self, theirs, target):
        assert np.isnan(offer_bracket(theirs, target, "seller", 140))
        assert np.isnan(offer_bracket([theirs, 90], target, "buyer", 80)[0])

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


# --- what they may accept is uncertain ----------------------------------------------------------------------


@st.composite
def beliefs(draw):
    """p1, p2, p3 and dist, with the frozen distribution of SciPy that says the same."""
    dist = draw(st.sampled_from(["uniform", "triangular", "normal", "logistic"]))
    place, spread, part = draw(any_money), draw(money), draw(st.integers(0, 10)) / 10
    assume(spread > 1e-6 * abs(place))
    if dist == "uniform":
        return (place, place + spread, None, dist), stats.uniform(place, spread)
    if dist == "triangular":
        mode = min(place + part * spread, place + spread)
        return (place, mode, place + spread, dist), stats.triang(
            min(1, (mode - place) / spread), place, spread
        )
    return (place, spread, None, dist), getattr(stats, dist.replace("normal", "norm"))(place, spread)


def _chance(frozen, ours, price):
    return frozen.sf(price) if SIGN[ours] > 0 else frozen.cdf(price)


class TestOfferProb:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.55, (145, "seller", 100, 200)),
            (0.4375, (135, "buyer", 100, 180)),
            (0.722222, (133.333333, "seller", 100, 140, 200)),
            (0.695673, (139.760106, "seller", 150, 20, None, "normal")),
            (1, (100, "seller", 100, 200)),
            (0, (200, "seller", 100, 200)),
            (1, (50, "candidate", 100, 140, 200)),
            (0, (50, "buyer", 100, 140, 200)),
            (0.75, (150, "buyer", 100, 100, 200)),
            (0.25, (150, "buyer", 100, 200, 200)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(offer_prob(*arguments), abs=5e-7)

    @pytest.mark.parametrize(
        ("argument", "believed"),
        [
            ("p2", (200, 100)),
            ("p2", (100, 100)),
            ("p3", (100, 100, 100)),
            ("p2", (100, 90, 200)),
            ("p2", (100, 210, 200)),
            ("p2", (100, 0, None, "normal")),
            ("p2", (100, -1, None, "logistic")),
        ],
    )
    def test_a_distribution_that_is_none_has_no_answer(self, argument, believed):
        for function, first in [
            (offer_prob, (1,)),
            (zopa_prob, (1,)),
            (offer_ev, (1, 1)),
            (offer_best, (1,)),
        ]:
            reason = reason_of(function(*first, "seller", *believed))

            assert (Unanswered.OUTSIDE_DOMAIN, argument) == (reason.why, reason.subject)

    @pytest.mark.parametrize("believed", [(100, 140, 200, "uniform"), (100, 140, None, "triangular")])
    def test_three_numbers_are_a_triangle_and_nothing_else(self, believed):
        with pytest.raises(InputError, match="p3"):
            offer_prob(120, "seller", *believed)

    @given(beliefs(), side, st.integers(-30, 30))
    def test_the_same_as_scipy(self, belief, ours, tenths):
        believed, frozen = belief
        price = frozen.mean() + tenths / 10 * frozen.std()

        assert _chance(frozen, ours, price) == pytest.approx(
            offer_prob(price, ours, *believed), rel=1e-6, abs=1e-9
        )

    @pytest.mark.parametrize("deviations", [5, 10, 20, 37])
    def test_the_far_tail_of_the_normal_distribution_keeps_its_digits(self, deviations):
        assert stats.norm.sf(deviations) == pytest.approx(
            offer_prob(deviations, "seller", 0, 1, None, "normal"), rel=1e-11
        )

    @given(beliefs(), side, any_money, money)
    def test_a_better_price_for_us_is_never_likelier(self, belief, ours, price, more):
        believed, _ = belief

        assert offer_prob(price + SIGN[ours] * more, ours, *believed) <= offer_prob(price, ours, *believed)

    @given(beliefs(), side, any_money)
    def test_one_side_is_the_mirror_of_the_other(self, belief, ours, price):
        (p1, p2, p3, dist), _ = belief
        mirrored = {"uniform": (-p2, -p1, None), "triangular": (-(p3 or 0), -p2, -p1)}.get(
            dist, (-p1, p2, None)
        )

        assert offer_prob(price, ours, p1, p2, p3, dist) == pytest.approx(
            offer_prob(-price, OTHER_SIDE[ours], *mirrored, dist)
        )

    @pytest.mark.parametrize("size", [1e-6, 1e-3, 1, 1e6, 1e12])
    @pytest.mark.parametrize("believed", [(100, 200), (100, 140, 200), (150, 20, None, "normal")])
    def test_the_size_of_the_price_makes_no_difference(self, believed, size):
        *numbers, dist = (*believed, None, None)[:4]
        large = [None if number is None else number * size for number in numbers]

        assert offer_prob(145, "seller", *believed) == pytest.approx(
            offer_prob(145 * size, "seller", *large, dist)
        )
        assert size * offer_best(90, "seller", *believed) == pytest.approx(
            offer_best(90 * size, "seller", *large, dist)
        )


class TestOfferEv:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (28, (160, 90, "seller", 100, 200)),
            (30.25, (145, 90, "seller", 100, 200)),
            (15.3125, (135, 170, "buyer", 100, 180)),
            (27.660018, (139.760106, 100, "seller", 150, 20, None, "normal")),
            (21.009452, (93.509452, 60, "seller", 100, 12.5, None, "logistic")),
            (-10, (90, 100, "seller", 100, 200)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(offer_ev(*arguments), abs=5e-6)

    @given(beliefs(), side, any_money, any_money)
    def test_the_chance_times_the_gain(self, belief, ours, price, walkaway):
        believed, _ = belief
        expected = offer_prob(price, ours, *believed) * SIGN[ours] * (price - walkaway)

        assert expected == pytest.approx(offer_ev(price, walkaway, ours, *believed))


class TestOfferBest:
    @pytest.mark.parametrize(
        ("offer", "prob", "ev", "arguments"),
        [
            (145, 0.55, 30.25, (90, "seller", 100, 200)),
            (100, 1, 100, (0, "seller", 100, 200)),  # the corner: nobody refuses the lowest limit
            (135, 0.4375, 15.3125, (170, "buyer", 100, 180)),
            (180, 1, 120, (300, "buyer", 100, 180)),
            (139.760106, 0.695673, 27.660018, (100, "seller", 150, 20, None, "normal")),
            (133.333333, 0.722222, 31.296296, (90, "seller", 100, 140, 200)),  # the lower branch, not 126.67
            (93.509452, 0.626971, 21.009452, (60, "seller", 100, 12.5, None, "logistic")),
        ],
    )
    def test_worked_numbers(self, offer, prob, ev, arguments):
        asked = (*arguments, None, None)[: max(6, len(arguments))]
        for expected, output in [(offer, "offer"), (prob, "prob"), (ev, "ev")]:
            assert expected == pytest.approx(offer_best(*asked[:6], output), abs=5e-7)

    @pytest.mark.parametrize(
        "arguments",
        [
            (200, "seller", 100, 200),
            (250, "seller", 100, 140, 200),
            (100, "buyer", 100, 180),
            (150 + 20 * 60, "seller", 150, 20, None, "normal"),
        ],
    )
    def test_where_nothing_is_to_be_gained_there_is_no_offer(self, arguments):
        assert why(offer_best(*arguments)) is Unanswered.NO_ANSWER

    @given(beliefs(), side, st.integers(-40, 30))
    def test_no_offer_of_a_fine_grid_is_worth_more(self, belief, ours, tenths):
        believed, frozen = belief
        walkaway = frozen.mean() + SIGN[ours] * tenths / 10 * frozen.std()
        best = offer_best(walkaway, ours, *believed)
        assume(not np.isnan(best))
        grid = frozen.mean() + np.linspace(-5, 8, 2001) * SIGN[ours] * frozen.std()
        worth = offer_best(walkaway, ours, *believed, "ev")

        assert offer_ev(grid, walkaway, ours, *believed).max() <= worth * (1 + 1e-9) + 1e-12
        assert worth == pytest.approx(offer_ev(best, walkaway, ours, *believed), rel=1e-5, abs=1e-9)
        assert offer_best(walkaway, ours, *believed, "prob") == pytest.approx(
            offer_prob(best, ours, *believed), rel=1e-5, abs=1e-9
        )

    @given(beliefs(), side, st.integers(-30, 15))
    def test_the_same_as_scipys_search(self, belief, ours, tenths):
        believed, frozen = belief
        sign, unit = SIGN[ours], frozen.std()
        walkaway = frozen.mean() + sign * tenths / 10 * unit

        def loss(steps):
            price = walkaway + sign * steps * unit
            return -_chance(frozen, ours, price) * steps

        near = np.argmin([loss(steps) for steps in np.linspace(0, 12, 121)]) / 10
        search = optimize.minimize_scalar(
            loss, bounds=(max(0, near - 0.1), near + 0.1), method="bounded", options={"xatol": 1e-10}
        )
        best = offer_best(walkaway, ours, *believed)
        assume(not np.isnan(best) and search.fun < 0)  # the search may step over a sliver of chances

        assert -search.fun * unit == pytest.approx(offer_best(walkaway, ours, *believed, "ev"), rel=1e-6)
        assert walkaway + sign * search.x * unit == pytest.approx(best, abs=1e-3 * unit)

    @pytest.mark.parametrize("walkaway", [-1e9, -1e3, -50, -5, 0, 3, 6, 12, 30])
    def test_the_logistic_offer_is_lamberts(self, walkaway):
        power = special.wrightomega(-(walkaway + 1))

        assert walkaway + 1 + power == pytest.approx(
            offer_best(walkaway, "seller", 0, 1, None, "logistic"), abs=1e-6
        )

    @pytest.mark.parametrize("walkaway", [-1e12, -1e4, -5, 0, 5, 20, 35])
    def test_the_normal_offer_meets_its_condition_far_out(self, walkaway):
        best = offer_best(walkaway, "seller", 0, 1, None, "normal")
        mills = np.sqrt(np.pi / 2) * special.erfcx(best / np.sqrt(2))

        assert mills == pytest.approx(best - walkaway, rel=1e-9)


class TestOfferSealed:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (61.666667, (80, "buyer", 0, 100)),
            (38.333333, (20, "seller", 0, 100)),
            (161.666667, (180, "buyer", 100, 200)),
            (10, (10, "buyer", 0, 100)),  # cannot trade, and does not bid above the value
            (90, (90, "seller", 0, 100)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(offer_sealed(*arguments), abs=5e-7)

    @pytest.mark.parametrize(
        "arguments", [(101, "buyer", 0, 100), (-1, "seller", 0, 100), (5, "buyer", 5, 5)]
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(offer_sealed(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    def test_the_expected_gain_and_the_chance_of_a_trade_are_the_theorys(self):
        middles = (np.arange(1000) + 0.5) / 1000
        bids, asks = offer_sealed(middles, "buyer", 0, 1)[:, None], offer_sealed(middles, "seller", 0, 1)
        trade = bids >= asks

        assert 9 / 32 == pytest.approx(trade.mean(), abs=1e-3)
        assert 9 / 64 == pytest.approx((trade * (middles[:, None] - middles)).mean(), abs=1e-4)

    def test_the_bid_is_the_best_answer_to_the_ask(self):
        asks = offer_sealed((np.arange(20_000) + 0.5) / 20_000, "seller", 0, 1)
        bids = np.linspace(0, 0.8, 801)
        gains = [np.where(bid >= asks, 0.8 - (bid + asks) / 2, 0).mean() for bid in bids]

        assert bids[np.argmax(gains)] == pytest.approx(offer_sealed(0.8, "buyer", 0, 1), abs=2e-3)

    @given(any_money, money, st.integers(0, 100), side)
    def test_never_worse_than_the_own_value(self, low, width, percent, ours):
        value = low + width * percent / 100

        assert SIGN[ours] * offer_sealed(value, ours, low, low + width) >= SIGN[ours] * value - 1e-6


class TestOfferAdverse:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (-9, (60, 0, 100, 1.5)),
            (25, (100, 0, 100, 2.5)),
            (0, (0, 0, 100, 1.5)),
            (0, (40, 50, 100, 1.5)),  # nobody sells
            (-45, (120, 0, 100, 1.5)),  # everybody sells, 20 too dear
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(offer_adverse(*arguments))

    @pytest.mark.parametrize(
        "arguments", [(60, 100, 0, 1.5), (60, -1, 100, 1.5), (60, 0, 100, -1), (5, 9, 9, 2)]
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(offer_adverse(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (100, (50, 100, 1.5)),  # worth 12.5
            (62.5, (50, 100, 1.2)),
            (100, (50, 100, 1.9)),  # no higher than anybody asks
            (100, (50, 100, 3)),
            (100, (0, 100, 2.5)),
        ],
    )
    def test_the_best_bid(self, expected, arguments):
        assert expected == pytest.approx(offer_adverse(None, *arguments, "bid"))

    def test_each_row_has_a_bid_whatever_its_offer_is(self):
        assert [62.5, 62.5, 62.5] == offer_adverse([60, None, 80], 50, 100, 1.2, "bid").tolist()

    @pytest.mark.parametrize(("bid", "worth", "uplift"), [(100, 12.5, 1.5), (62.5, 1.25, 1.2), (100, 50, 2)])
    def test_the_best_bid_is_that_of_many_tries(self, bid, worth, uplift):
        values, bids = 50 + 50 * (np.arange(20_000) + 0.5) / 20_000, np.linspace(40, 120, 641)
        gains = [np.where(values <= tried, uplift * values - tried, 0).mean() for tried in bids]

        assert bid == bids[np.argmax(gains)] == pytest.approx(offer_adverse(0, 50, 100, uplift, "bid"))
        assert worth == pytest.approx(max(gains), abs=5e-3)
        assert worth == pytest.approx(offer_adverse(bid, 50, 100, uplift))

    def test_an_offer_that_is_not_given_has_no_worth_and_does_not_matter_to_the_bid(self):
        assert why(offer_adverse(None, 50, 100, 1.5)) is Unanswered.NOTHING_ASKED
        assert 62.5 == pytest.approx(offer_adverse(np.nan, 50, 100, 1.2, "bid"))
        assert [62.5, 62.5] == pytest.approx(offer_adverse([60, None], 50, 100, 1.2, "bid"))
        assert (2,) == offer_adverse([60, None], 0, 100, 1.5, "bid").shape  # where no bid is worth anything

    @pytest.mark.parametrize("place", [1, 2, 3])
    def test_no_bid_where_a_number_is_not_given(self, place):
        for uplift in (1.5, 2.5):
            numbers = [60.0, 50.0, 100.0, uplift]
            numbers[place] = np.nan

            assert np.isnan(offer_adverse(*numbers, "bid"))

    # The company that is worth 0 to 100, and half as much again to you: bid nothing (Samuelson and Bazerman).
    @pytest.mark.parametrize("arguments", [(0, 100, 1.5), (0, 100, 2), (50, 100, 1), (50, 100, 0.5)])
    def test_where_no_bid_gains_there_is_none(self, arguments):
        assert why(offer_adverse(60, *arguments, "bid")) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("size", [1e-9, 1, 1e12])
    def test_the_size_of_the_values_makes_no_difference(self, size):
        assert 62.5 * size == pytest.approx(offer_adverse(60 * size, 50 * size, 100 * size, 1.2, "bid"))

    @given(money, money, st.integers(0, 40))
    def test_no_other_bid_is_worth_more(self, low, width, tenths):
        uplift, bids = tenths / 10, low + width * np.linspace(0, 1.2, 601)
        best = offer_adverse(0, low, low + width, uplift, "bid")
        worth = 0 if np.isnan(best) else offer_adverse(best, low, low + width, uplift)

        assert offer_adverse(bids, low, low + width, uplift).max() <= worth + 1e-9 * (low + width)

    @given(money, money, st.integers(0, 150), st.integers(0, 40))
    def test_the_average_over_all_values_that_sell(self, low, width, percent, tenths):
        offer, uplift = low + width * percent / 100, tenths / 10
        values = low + width * (np.arange(2000) + 0.5) / 2000
        simulated = np.where(values <= offer, uplift * values - offer, 0).mean()

        assert simulated == pytest.approx(
            offer_adverse(offer, low, low + width, uplift), abs=2e-3 * (low + width) * (1 + uplift)
        )
