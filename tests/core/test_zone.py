"""The zone and settlement family. Worked numbers: sections B.7 to B.9 and E.3 of the function reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_money, why, zones
from walkaway_xl import InputError, split_midpoint, zopa, zopa_share
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
