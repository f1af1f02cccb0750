"""The zone and settlement family. Worked numbers: sections B.7 to B.12, E.3 and E.9 of the reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_money, money, share, side, why, zones
from walkaway_xl import (
    InputError,
    offer_prob,
    reason_of,
    split_ks,
    split_midpoint,
    split_nash,
    split_rubinstein,
    zopa,
    zopa_prob,
    zopa_share,
)
from walkaway_xl.core._takes import BLOCK
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.errors import Unanswered

NEW_MBA = (93000, 97000)  # the recruit's and the employer's walk-away


class TestZopa:
    @pytest.mark.parametrize(
        ("expected", "output"),
        [(4000, "width"), (93000, "low"), (97000, "high"), (95000, "mid"), (True, "exists"), (4000, None)],
    )
    def test_the_new_mba(self, expected, output):
        assert expected == zopa(*NEW_MBA, output)

    def test_a_settlement_zone_in_losses(self):
        assert [100000, 170000, 70000, 135000] == zopa(100000, 170000, "all")[0].tolist()  # Pat v. Drew

    def test_a_gap_is_a_negative_width_and_no_error(self):
        assert -4000 == zopa(97000, 93000)
        assert zopa(97000, 93000, "exists") is False

    @pytest.mark.parametrize("output", ["low", "high", "mid"])
    def test_without_a_zone_it_has_no_ends(self, output):
        assert why(zopa(97000, 93000, output)) is Unanswered.NO_ANSWER

    def test_all_without_a_zone_still_tells_the_gap(self):
        low, high, width, mid = zopa(97000, 93000, "all")[0]

        assert [Unanswered.NO_ANSWER] * 3 == [why(part) for part in (low, high, mid)]
        assert -4000 == width

    @pytest.mark.parametrize("buyer", [100, 100 * (1 - 1e-10)])
    def test_walk_aways_that_meet_are_a_zone(self, buyer):
        assert zopa(100, buyer, "exists") is True
        assert 100 == pytest.approx(zopa(100, buyer, "mid"))

    @pytest.mark.parametrize("size", [1e-9, 1e-3, 1, 1e6, 1e12])
    def test_the_size_of_the_prices_makes_no_difference(self, size):
        assert zopa(1 * size, 0.5 * size, "exists") is False
        assert zopa(1 * size, (1 - 1e-10) * size, "exists") is True
        assert 0.75 == pytest.approx(zopa_share(96 * size, 93 * size, 97 * size, "seller"))
        assert why(zopa_share(size, size, size, "seller")) is Unanswered.ZERO_DIVISOR

    def test_exists_in_a_column(self):
        assert [True, False] == zopa([93, 97], [97, 93], "exists").tolist()

    @pytest.mark.parametrize("unknown", [np.nan, np.inf])
    def test_an_unknown_walk_away_does_not_read_as_no_zone(self, unknown):
        answers = zopa([93, unknown], [97, 97], "exists")

        assert answers[0]
        assert answers[1] is not False
        assert not np.array_equal(answers[1], False)

    @pytest.mark.parametrize("shape", [(3,), (3, 1), (1, 3), (3, 2), (2, 3)])
    def test_all_gives_each_element_a_row(self, shape):
        low = np.arange(np.prod(shape), dtype=float).reshape(shape)
        expected = [[start, 10, 10 - start, (start + 10) / 2] for start in low.flat]

        assert expected == zopa(low, 10, "all").tolist()

    def test_all_over_a_long_column_works_in_blocks(self):
        low = np.arange(2.5 * BLOCK)

        assert np.array_equal(
            np.stack([low, low + 2, 0 * low + 2, low + 1], axis=-1), zopa(low, low + 2, "all")
        )

    @pytest.mark.parametrize("shape", [(BLOCK, 2), (3, BLOCK + 1)])
    def test_all_over_a_long_table_works_in_blocks(self, shape):
        low = np.arange(np.prod(shape), dtype=float).reshape(shape)
        rows = zopa(low, low + 2, "all")

        assert np.array_equal(np.stack([low, low + 2, 0 * low + 2, low + 1], axis=-1).reshape(-1, 4), rows)

    def test_an_unknown_output_is_refused(self):
        with pytest.raises(InputError, match="output"):
            zopa(*NEW_MBA, "range")

    @given(any_money, any_money)
    def test_the_outputs_agree(self, seller, buyer):
        low, high, width, mid = zopa(seller, buyer, "all")[0]

        assert width == zopa(seller, buyer) == buyer - seller
        assert zopa(seller, buyer, "exists") is bool(seller <= buyer)
        if seller <= buyer:
            assert (seller, buyer) == (low, high)
            assert low <= mid <= high


class TestZopaShare:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.8, (46, 38, 48, "seller")),  # Hamilton
            (1, (46, 38, 46, "seller")),
            (0.75, (96000, *NEW_MBA, "candidate")),
            (0.25, (96000, *NEW_MBA, "buyer")),
            (1.25, (98000, *NEW_MBA, "candidate")),
            (-0.25, (98000, *NEW_MBA, "buyer")),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == zopa_share(*arguments)

    def test_without_a_zone_there_is_nothing_to_share(self):
        assert why(zopa_share(95000, 97000, 93000, "seller")) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("buyer", [100, 100 * (1 + 1e-10), 100 * (1 - 1e-10)])
    def test_a_zone_of_one_price_has_a_zero_divisor(self, buyer):
        assert why(zopa_share(100, 100, buyer, "seller")) is Unanswered.ZERO_DIVISOR

    @given(any_money, zones())
    def test_the_two_shares_make_one(self, price, zone):
        assert 1 == pytest.approx(zopa_share(price, *zone, "seller") + zopa_share(price, *zone, "buyer"))


class TestSplitMidpoint:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (95000, (100000, 90000)),  # New MBA
            (97000, (140000, 90000, *NEW_MBA)),
            (93000, (90000, 60000, *NEW_MBA)),
            (95000, (100000, 90000, *NEW_MBA)),
            (115000, (140000, 90000, 93000, None)),  # one walk-away makes no zone
            (115000, (140000, 90000, None, 97000)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == split_midpoint(*arguments)

    def test_without_a_zone_there_is_no_forecast(self):
        assert why(split_midpoint(140000, 90000, 97000, 93000)) is Unanswered.NO_ANSWER

    def test_walk_aways_that_meet_are_the_forecast(self):
        assert 100 == split_midpoint(140, 90, 100, 100)

    def test_in_a_column_each_row_has_its_own_zone(self):
        forecast = split_midpoint(140000, 90000, [93000, np.nan, 97000], [97000, 97000, 93000])

        assert [97000, 115000] == forecast[:2].tolist()
        assert why(forecast[2]) is Unanswered.NO_ANSWER

    @given(any_money, any_money, zones())
    def test_the_forecast_lies_in_the_zone(self, ours, theirs, zone):
        assert zone[0] <= split_midpoint(ours, theirs, *zone) <= zone[1]

    @given(any_money, any_money, st.none() | zones())
    def test_it_does_not_matter_whose_offer_is_whose(self, ours, theirs, zone):
        zone = zone or ()

        assert split_midpoint(ours, theirs, *zone) == pytest.approx(split_midpoint(theirs, ours, *zone))


class TestSplitNash:
    def test_a_gap_is_said_with_what_must_be_and_what_is(self):
        assert reason_of(split_nash(100, 90)).said(100) == (
            "seller_walkaway must lie at or below buyer_walkaway; it is 100. There is no zone of agreement."
        )

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [(45, (38, 48, 0.7)), (43, (38, 48)), (0.7, (0.4, 1)), (38, (38, 48, 0)), (48, (38, 48, 1))],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(split_nash(*arguments))

    @pytest.mark.parametrize("power", [-0.1, 1.1, 70])
    def test_a_power_that_is_no_share_has_no_answer(self, power):
        assert why(split_nash(38, 48, power)) is Unanswered.OUTSIDE_DOMAIN

    @given(zones(), st.integers(1, 99))
    def test_no_price_has_a_greater_nash_product(self, zone, percent):
        low, high = zone
        power, prices = percent / 100, np.linspace(*zone, 201)
        product = (prices - low) ** power * (high - prices) ** (1 - power)
        price = split_nash(low, high, power)
        ours = max(price - low, 0) ** power * max(high - price, 0) ** (1 - power)

        assert product.max() <= ours * (1 + 1e-6)


deltas = st.integers(0, 999).map(lambda mills: mills / 1000)


class TestSplitRubinstein:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (10 / 19, (0, 1, 0.9, 0.9)),
            (20 / 29, (0, 1, 0.95, 0.9)),
            (95758.62069, (93000, 97000, 0.95, 0.9)),
            (95620.68966, (93000, 97000, 0.95, 0.9, "buyer")),
            (0.1, (0, 1, 0, 0.9)),  # a seller who cannot wait
            (0, (0, 1, 0, 0.9, "buyer")),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(split_rubinstein(*arguments))

    @pytest.mark.parametrize(
        ("argument", "patience"),
        [
            ("seller_delta", (1, 1)),
            ("seller_delta", (-0.1, 0.5)),
            ("buyer_delta", (0.5, 1)),
            ("buyer_delta", (0, 95)),
        ],
    )
    def test_patience_without_end_has_no_answer(self, argument, patience):
        reason = reason_of(split_rubinstein(0, 1, *patience))

        assert (Unanswered.OUTSIDE_DOMAIN, argument) == (reason.why, reason.subject)

    def test_short_rounds_come_to_the_ratio_of_the_rates(self):
        length = 1e-6

        assert 2 / 3 == pytest.approx(
            split_rubinstein(0, 1, np.exp(-0.05 * length), np.exp(-0.1 * length)), rel=1e-6
        )

    @given(zones(), st.integers(0, 900), st.integers(0, 900))
    def test_waiting_a_round_is_as_good_as_accepting(self, zone, seller, buyer):
        low, high = zone
        sells, buys = seller / 1000, buyer / 1000
        asked, bid = (split_rubinstein(*zone, sells, buys, first) for first in ("seller", "buyer"))

        assert high - asked == pytest.approx(buys * (high - bid), abs=1e-6)
        assert bid - low == pytest.approx(sells * (asked - low), abs=1e-6)

    @given(zones(), deltas, deltas, side)
    def test_inside_the_zone(self, zone, seller, buyer, first):
        assert zone[0] - 1e-6 <= split_rubinstein(*zone, seller, buyer, first) <= zone[1] + 1e-6

    @given(zones())
    def test_two_patient_bargainers_meet_in_the_middle(self, zone):
        middle, width = sum(zone) / 2, zone[1] - zone[0]

        assert middle == pytest.approx(split_rubinstein(*zone, 1 - 1e-7, 1 - 1e-7), abs=1e-6 * width)


class TestSplitKs:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (137.5, (100, 200, 160, 100)),
            (137.5, (100, 200, 160)),
            (150, (100, 200)),
            (150, (100, 200, 250, 50)),  # nobody gets more than the other can bear
            (100, (100, 100)),
            (100, (100, 200, 100)),  # nothing to hope for
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(split_ks(*arguments))

    @pytest.mark.parametrize(
        ("argument", "arguments"), [("seller_ideal", (100, 200, 90)), ("buyer_ideal", (100, 200, None, 210))]
    )
    def test_an_ideal_worse_than_the_walk_away_has_no_answer(self, argument, arguments):
        reason = reason_of(split_ks(*arguments))

        assert (Unanswered.OUTSIDE_DOMAIN, argument) == (reason.why, reason.subject)

    def test_ideals_that_no_price_suits_have_no_answer(self):
        assert why(split_ks(100, 200, 120, 180)) is Unanswered.NO_ANSWER

    @given(zones(), share, share)
    def test_both_get_the_same_fraction_of_their_ideal(self, zone, seller, buyer):
        low, high = zone
        best, cheapest = low + seller * (high - low), high - buyer * (high - low)
        price = split_ks(low, high, best, cheapest)

        if np.isnan(price):
            assert best < cheapest
        else:
            equal_parts = pytest.approx((high - price) * (best - low), rel=1e-6, abs=1e-6)
            assert (price - low) * (high - cheapest) == equal_parts
            leeway = 1e-6 + TOLERANCE * high  # ideals so near each other count as one
            assert cheapest - leeway <= price <= best + leeway


@pytest.mark.parametrize("split", [split_nash, split_ks, lambda *zone: split_rubinstein(*zone, 0.9, 0.9)])
def test_without_a_zone_there_is_nothing_to_split(split):
    assert why(split(200, 100)) is Unanswered.NO_ANSWER


@given(zones())
def test_even_power_and_free_ideals_meet_in_the_middle(zone):
    middle = zopa(*zone, "mid")

    assert [middle] * 2 == pytest.approx([split_nash(*zone), split_ks(*zone)])


class TestZopaProb:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.977250, (93000, "candidate", 97000, 2000, None, "normal")),
            (0.022750, (93000, "buyer", 97000, 2000, None, "normal")),
            (0.5, (100, "seller", 100, 12.5, None, "logistic")),
            (0.55, (145, "seller", 100, 200)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(zopa_prob(*arguments), abs=5e-7)

    @given(any_money, side, any_money, money)
    def test_the_chance_that_they_accept_the_walk_away(self, walkaway, ours, low, width):
        assert offer_prob(walkaway, ours, low, low + width) == zopa_prob(walkaway, ours, low, low + width)
