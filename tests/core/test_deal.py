"""The deal as a whole. Worked numbers: sections B.28, B.31, E.8 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import OTHER_SIDE, ambitions, any_money, money, share, side, why
from walkaway_xl import (
    DealStatus,
    InputError,
    WalkawayStatus,
    deal_blend,
    deal_lifetime,
    deal_result,
    discount_stack,
    reason_of,
    walkaway_check,
    walkaway_gap,
)
from walkaway_xl.core.errors import Unanswered

quote = st.lists(st.tuples(money, st.integers(1, 1000), share), min_size=1, max_size=6)


class TestDealBlend:
    def test_worked_number(self):
        blended = deal_blend([100, 200, 50], [10, 2, 40], [0.1, 0.3, 0.05])

        assert 0.094118 == pytest.approx(blended, abs=1e-6)  # the naive average is 15 %

    def test_a_negative_discount_is_a_surcharge_only_where_it_is_said(self):
        assert 0.1 == pytest.approx(deal_blend([100, 100], [1, 1], [0.3, -0.1], True))
        assert "surcharges" in reason_of(deal_blend([100, 100], [1, 1], [0.3, -0.1])).words
        assert why(deal_blend([100], [1], [15], True)) is Unanswered.OUTSIDE_DOMAIN

    def test_values_too_large_to_add_up(self):
        assert 0.2 == pytest.approx(deal_blend([1e308, 1e308], [5, 5], [0.1, 0.3]))

    def test_blank_rows_are_passed_over(self):
        assert 0.2 == pytest.approx(deal_blend([100, None, 100], [1, None, 1], [0.1, None, 0.3]))

    @pytest.mark.parametrize(
        "rows", [([100, None], [1, 1], [0, 0]), ([100, 1], [1, None], [0, 0]), ([100, 1], [1, 1], [0, None])]
    )
    def test_a_half_filled_line_is_refused(self, rows):
        with pytest.raises(InputError):
            deal_blend(*rows)

    @pytest.mark.parametrize(
        ("reason", "rows"),
        [
            (Unanswered.OUTSIDE_DOMAIN, ([-100], [1], [0.1])),
            (Unanswered.OUTSIDE_DOMAIN, ([100], [-1], [0.1])),
            (Unanswered.OUTSIDE_DOMAIN, ([100], [1], [10])),
            (Unanswered.OUTSIDE_DOMAIN, ([np.inf], [1], [0.1])),
            (Unanswered.ZERO_DIVISOR, ([100, 0], [0, 5], [0.1, 0.2])),
            (Unanswered.NO_ANSWER, ([None], [None], [None])),
        ],
    )
    def test_no_answer_with_its_reason(self, reason, rows):
        assert why(deal_blend(*rows)) is reason

    @given(quote)
    def test_between_the_smallest_and_the_largest(self, lines):
        prices, quantities, off = zip(*lines, strict=True)

        assert min(off) - 1e-12 <= deal_blend(prices, quantities, off) <= max(off) + 1e-12

    @given(quote)
    def test_it_is_what_the_quote_comes_to(self, lines):
        prices, quantities, off = map(np.array, zip(*lines, strict=True))
        net = sum(p * q * (1 - discount_stack([d])) for p, q, d in zip(prices, quantities, off, strict=True))

        assert net == pytest.approx((prices * quantities).sum() * (1 - deal_blend(prices, quantities, off)))


class TestDealLifetime:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (2666.666667, (1000, 0.8, 0.1)),
            (2124.097336, (1000, 0.8, 0.1, 5)),
            (3666.666667, (1000, 0.8, 0.1, None, True)),
            (2166.666667, (1000, 0.8, 0.1, None, False, 500)),
            (0, (1000, 0, 0.1)),
            (1000, (1000, 0, 0.1, 5, True)),
            (-500, (1000, 0.8, 0.1, 0, False, 500)),
            (5000, (1000, 1, 0, 5)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(deal_lifetime(*arguments), abs=1e-6)

    @pytest.mark.parametrize(
        "arguments",
        [(1000, 1, 0), (1000, 0.9, -0.1), (1000, 1.2, 0.5), (1000, -0.1, 0.1), (1000, 0.8, -1),
         (1000, 0.8, 0.1, 2.5), (1000, 0.8, 0.1, -1), (1000, 0.8, 0.1, np.inf)],
    )  # fmt: skip
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(deal_lifetime(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(money, share, share, st.integers(0, 60), st.booleans())
    def test_period_by_period(self, margin, retention, rate, periods, begin):
        times = range(0 if begin else 1, periods + (0 if begin else 1))
        expected = sum(margin * (retention / (1 + rate)) ** time for time in times)

        assert expected == pytest.approx(deal_lifetime(margin, retention, rate, periods, begin))

    @given(money, st.integers(0, 900).map(lambda mills: mills / 1000), share)
    def test_many_periods_are_all_to_come(self, margin, retention, rate):
        endless = deal_lifetime(margin, retention, rate)

        assert endless == pytest.approx(deal_lifetime(margin, retention, rate, 10_000))


class TestDealResult:
    @pytest.mark.parametrize(
        ("expected", "value", "arguments"),
        [
            ("GOOD_NO_DEAL", 8, ("no deal", 92, 100, "seller")),
            ("MISSED_DEAL", -4, ("no deal", 104, 100, "seller")),
            ("BAD_DEAL", -2, ("deal", 98, 100, "seller")),
            ("STRONG_DEAL", 21, ("deal", 121, 100, "seller", 120)),
            ("THIN_DEAL", 2, ("deal", 102, 100, "seller", 120)),
            ("GOOD_DEAL", 2.1, ("deal", 102.1, 100, "seller", 120)),
            ("THIN_DEAL", 0, ("deal", 100, 100, "seller")),
            ("THIN_DEAL", 5, ("deal", 105, 100, "seller", None, 5)),
            ("GOOD_NO_DEAL", 0, ("no deal", 100, 100, "seller")),
            ("GOOD_NO_DEAL", 0, ("no deal", 100 + 1e-8, 100, "seller")),
            ("GOOD_NO_DEAL", 1000, ("no deal", 7500, 6500, "buyer")),
            ("GOOD_DEAL", 200, (1, 6300, 6500, "buyer")),
        ],
    )
    def test_worked_results(self, expected, value, arguments):
        assert expected == deal_result(*arguments).name
        rest = [None] * (6 - len(arguments))
        assert value == pytest.approx(deal_result(*arguments, *rest, "value"), abs=1e-9)
        assert DealStatus[expected] == deal_result(*arguments, *rest, "code")

    def test_without_an_offer_nothing_was_at_stake(self):
        assert DealStatus.NO_OFFER is deal_result("no deal", None, 100, "seller")
        assert why(deal_result("no deal", None, 100, "seller", output="value")) is Unanswered.NO_ANSWER

    def test_a_deal_has_a_price(self):
        with pytest.raises(InputError, match="price"):
            deal_result("deal", None, 100, "seller")
        codes = deal_result(["deal", "no deal", "deal"], [None, None, 110], 100, "seller")
        assert why(codes[0]) is Unanswered.MALFORMED
        assert [DealStatus.NO_OFFER, DealStatus.GOOD_DEAL] == codes[1:].tolist()

    @pytest.mark.parametrize("scale", [1e-9, 1e-7, 1, 1e12])
    @pytest.mark.parametrize(
        ("expected", "price", "target"),
        [("BAD_DEAL", 1.4925, None), ("THIN_DEAL", 1.5, None), ("GOOD_DEAL", 1.6, 2), ("STRONG_DEAL", 2, 2)],
    )
    def test_a_small_price_is_judged_as_a_large_one(self, scale, expected, price, target):
        result = deal_result(
            "deal", price * scale, 1.5 * scale, "seller", None if target is None else target * scale
        )

        assert expected == result.name

    @pytest.mark.parametrize(
        "arguments",
        [
            ("deal", 110, 100, "seller", 90),
            ("deal", 110, 100, "seller", 100),
            ("deal", 110, 100, "buyer", 120),
            ("deal", 110, 100, "seller", 120, -1),
            ("deal", np.inf, 100, "seller"),
            ("deal", 1, np.nan, "seller"),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(deal_result(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(st.sampled_from(["deal", "no deal"]), any_money, ambitions())
    def test_the_mirror_image_ends_the_same(self, outcome, price, ambition):
        ours, walkaway, target, _ = ambition
        mirrored = deal_result(outcome, -price, -walkaway, OTHER_SIDE[ours], -target)

        assert deal_result(outcome, price, walkaway, ours, target) == mirrored

    @given(any_money, ambitions())
    def test_a_deal_is_judged_as_its_offer_was(self, price, ambition):
        ours, walkaway, target, _ = ambition
        told = {
            WalkawayStatus.WALK_AWAY: DealStatus.BAD_DEAL,
            WalkawayStatus.TOO_CLOSE: DealStatus.THIN_DEAL,
            WalkawayStatus.ACCEPTABLE: DealStatus.GOOD_DEAL,
            WalkawayStatus.TARGET_MET: DealStatus.STRONG_DEAL,
        }

        offered = walkaway_check(price, walkaway, ours, target)
        assert told[offered] is deal_result("deal", price, walkaway, ours, target)

    @given(any_money, any_money, side)
    def test_no_deal_is_good_where_the_offer_was_no_better_than_the_walk_away(self, price, walkaway, ours):
        better = price < walkaway if ours == "buyer" else price > walkaway
        expected = DealStatus.MISSED_DEAL if better else DealStatus.GOOD_NO_DEAL

        # Amounts are cents up to a million: no two of them count as equal.
        assert expected is deal_result("no deal", price, walkaway, ours)

    @given(any_money, any_money, side)
    def test_leaving_protects_what_the_deal_would_have_cost(self, price, walkaway, ours):
        deal, none = deal_result(["deal", "no deal"], price, walkaway, ours, output="value")

        assert -deal == none
        assert deal == pytest.approx(walkaway_gap(price, walkaway, ours), abs=1)
        status = deal_result("no deal", price, walkaway, ours)
        assert (none < 0) == (status is DealStatus.MISSED_DEAL)
