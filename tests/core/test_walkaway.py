"""The walk-away family. Worked numbers: sections B.1, B.30, E.1 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import OTHER_SIDE, SIGN, ambitions, any_money, money, share, side, why
from walkaway_xl import (
    InputError,
    WalkawayStatus,
    reason_of,
    walkaway_check,
    walkaway_exit,
    walkaway_gap,
    walkaway_issues,
    walkaway_message,
    walkaway_power,
    walkaway_price,
    walkaway_runway,
    walkaway_score,
)
from walkaway_xl.core.errors import Unanswered

WALK_AWAY, TOO_CLOSE, ACCEPTABLE, TARGET_MET, WISH_MET = WalkawayStatus


class TestWalkawayPrice:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (33, (33, "buyer")),  # Jewel CPUs: Beta's 38 less 5 for the better chip
            (33.5, (33, "buyer", 0, 1, 33.5)),
            (34, (33, "buyer", 0, 1)),
            (95, (100, "seller", 4, 3, 95)),
            (93, (100, "seller", 4, 3)),
            (95200, (98200, "candidate", 3000)),
            (105, (100, "seller", -5)),
            (40, (35, "buyer", 5)),  # Jewel CPUs, the exercise's own route: Acme made comparable
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_price(*arguments)

    def test_a_limit_alone_is_the_walk_away(self):
        assert 95 == walkaway_price(None, "seller", hard_limit=95)

    def test_a_limit_alone_does_not_move_with_the_cost_of_walking(self):
        assert 95 == walkaway_price(None, "seller", 4, 3, 95)

    def test_neither_alternative_nor_limit_is_refused(self):
        with pytest.raises(InputError, match="batna"):
            walkaway_price(None, "seller")

    def test_in_a_column_only_the_row_without_both_has_no_answer(self):
        prices = walkaway_price([np.nan, 100], "seller", 0, 0, np.nan)

        assert [Unanswered.MALFORMED, None] == [why(price) for price in prices]

    def test_a_negative_cost_of_walking_has_no_answer(self):
        assert why(walkaway_price(100, "seller", 0, -3)) is Unanswered.OUTSIDE_DOMAIN

    @given(any_money, side, any_money, money, any_money)
    def test_the_mirror_image_is_the_other_sides(self, batna, ours, advantage, cost, limit):
        theirs = walkaway_price(-batna, OTHER_SIDE[ours], advantage, cost, -limit, True)

        assert -walkaway_price(batna, ours, advantage, cost, limit, True) == theirs

    @given(any_money, side, any_money, money, any_money)
    def test_never_worse_than_the_limit(self, batna, ours, advantage, cost, limit):
        assert 0 <= SIGN[ours] * (walkaway_price(batna, ours, advantage, cost, limit, True) - limit)

    @given(any_money, side, any_money, money, st.one_of(st.none(), any_money))
    def test_the_tighter_of_alternative_and_limit(self, batna, ours, advantage, cost, limit):
        if ours == "buyer":
            expected = batna + advantage + cost if limit is None else min(batna + advantage + cost, limit)
        else:
            expected = batna - advantage - cost if limit is None else max(batna - advantage - cost, limit)

        signed = walkaway_price(batna, ours, advantage, cost, limit, True)
        assert expected == pytest.approx(signed, abs=1e-6)

    def test_a_buyers_payoff_is_no_price(self):
        refused = reason_of(walkaway_price(-170000, "buyer"))
        assert "Write 170,000 if that is what you pay" in refused.said(-170000.0)
        assert -170000 == walkaway_price(-170000, "buyer", signed_prices=True)
        assert -170 == walkaway_price(-170, "seller")


class TestWalkawayCheck:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (WALK_AWAY, (7500, 6500, "buyer")),
            (TOO_CLOSE, (6500, 6500, "buyer")),
            (TOO_CLOSE, (6480, 6500, "buyer", 6000)),
            (ACCEPTABLE, (6300, 6500, "buyer", 6000)),
            (TARGET_MET, (6000, 6500, "buyer", 6000)),
            (WISH_MET, (5700, 6500, "buyer", 6000, 5800)),
            (ACCEPTABLE, (108, 100, "seller", 120)),
            (TOO_CLOSE, (102, 100, "seller", 120)),
            (WALK_AWAY, (99.99, 100, "seller", 120)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected is walkaway_check(*arguments)

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (TOO_CLOSE, (100, 100, "seller")),  # indifference is no breach
            (ACCEPTABLE, (100.01, 100, "seller")),  # without a target there is no buffer
            (TOO_CLOSE, (100 * (1 - 0.9e-9), 100, "seller")),
            (WALK_AWAY, (100 * (1 - 1.1e-9), 100, "seller")),
            (TOO_CLOSE, (102, 100, "seller", 120)),  # at the buffer is too close
            (ACCEPTABLE, (102.01, 100, "seller", 120)),
            (TOO_CLOSE, (110, 100, "seller", 120, None, 10)),
            (ACCEPTABLE, (110.01, 100, "seller", 120, None, 10)),
            (ACCEPTABLE, (100.01, 100, "seller", 120, None, 0)),
            (TARGET_MET, (120, 100, "seller", 120, None, 30)),  # the target outranks the buffer
            (TARGET_MET, (119.99999999, 100, "seller", 120)),
            (WISH_MET, (120, 100, "seller", 120, 120)),  # the wish outranks the target
            (WISH_MET, (130, 100, "seller", None, 130)),
            (TOO_CLOSE, (100.3, 100.1, "seller", None, None, 0.2)),  # 0.2 in decimals, more in binary
        ],
    )
    def test_boundaries_belong_to_the_less_severe_side(self, expected, arguments):
        assert expected is walkaway_check(*arguments)

    @pytest.mark.parametrize(
        ("argument", "arguments"),
        [
            ("target", (100, 100, "seller", 90)),
            ("target", (100, 100, "seller", 100)),
            ("target", (100, 100, "buyer", 110)),
            ("wish", (100, 100, "seller", 120, 119)),
            ("wish", (100, 100, "seller", None, 100)),
            ("buffer", (100, 100, "seller", 120, None, -1)),
        ],
    )
    @pytest.mark.parametrize("output", ["status", "code"])
    def test_what_is_out_of_order_has_no_answer(self, argument, arguments, output):
        reason = reason_of(walkaway_check(*arguments, *[None] * (6 - len(arguments)), output))

        assert (Unanswered.OUTSIDE_DOMAIN, argument) == (reason.why, reason.subject)

    def test_a_column_gives_the_codes(self):
        codes = walkaway_check([7500, 6500, 6300, 6000, 5700], 6500, "buyer", 6000, 5800)

        assert [-1, 0, 1, 2, 3] == codes.tolist()
        assert np.int16 == codes.dtype

    def test_a_row_without_status_is_marked_and_leaves_its_neighbours_alone(self):
        codes = walkaway_check([108, 108, np.nan, 108], [100, 130, 100, 100], "seller", 120)

        assert [1, 1] == codes[[0, 3]].tolist()
        assert (codes[[1, 2]] <= -1000).all()
        assert ["target", None] == [reason_of(codes[1]).subject, reason_of(codes[0])]

    def test_codes_on_request_are_numbers(self):
        assert [1.0, -1.0] == walkaway_check([108, 99], 100, "seller", output="code").tolist()
        assert isinstance(walkaway_check(108, 100, "seller", output="code"), float)

    @given(ambitions(), any_money)
    def test_the_order_of_the_tests_is_the_pages(self, ambition, offer):
        ours, w, t, h = ambition
        gap = SIGN[ours] * (offer - w)
        if gap < -1e-6:
            expected = WALK_AWAY
        elif SIGN[ours] * (offer - h) >= 1e-6:
            expected = WISH_MET
        elif SIGN[ours] * (offer - t) >= 1e-6:
            expected = TARGET_MET
        else:
            expected = TOO_CLOSE if gap <= abs(t - w) / 10 else ACCEPTABLE
        near = min(abs(offer - w), abs(offer - t), abs(offer - h), abs(gap - abs(t - w) / 10)) < 1e-2

        assert near or expected is walkaway_check(offer, w, ours, t, h)

    @given(ambitions(), any_money, money)
    def test_a_better_offer_is_never_judged_worse(self, ambition, offer, better):
        ours, *line = ambition

        assert walkaway_check(offer, line[0], ours, *line[1:]) <= walkaway_check(
            offer + SIGN[ours] * better, line[0], ours, *line[1:]
        )

    @given(ambitions(), any_money)
    def test_the_mirror_image_is_the_other_sides(self, ambition, offer):
        ours, w, t, h = ambition

        assert walkaway_check(offer, w, ours, t, h) is walkaway_check(-offer, -w, OTHER_SIDE[ours], -t, -h)

    @given(ambitions())
    def test_the_three_points_themselves(self, ambition):
        ours, w, t, h = ambition

        assert [TOO_CLOSE, WISH_MET] == [walkaway_check(x, w, ours, t, h) for x in (w, h)]
        assert TARGET_MET is walkaway_check(t, w, ours, t)


class TestWalkawayGap:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (5, (105, 100, "seller")),
            (0.05, (105, 100, "seller", True)),
            (-1000, (7500, 6500, "buyer")),
            (-0.5, (-150, -100, "seller", True)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_gap(*arguments)

    def test_a_number_is_an_answer_however_low(self):
        assert reason_of(walkaway_gap(7500, 6500, "buyer")) is None
        assert [None, None] == [reason_of(gap) for gap in walkaway_gap([7500, 7501], 6500, "buyer")]

    def test_no_gap_is_plain_zero(self):
        assert "0.0" == str(walkaway_gap(6500, 6500, "buyer"))

    def test_a_share_of_nothing_has_a_zero_divisor(self):
        assert why(walkaway_gap(5, 0, "seller", True)) is Unanswered.ZERO_DIVISOR
        assert 5 == walkaway_gap(5, 0, "seller", False)

    def test_each_row_may_ask_for_its_own_unit(self):
        assert [5, 0.05] == walkaway_gap(105, 100, "seller", [False, True]).tolist()

    @pytest.mark.parametrize("answer", ["yes", "TRUE", [1, "x"], 2])
    def test_a_flag_is_true_or_false(self, answer):
        with pytest.raises(InputError, match="as_percent"):
            walkaway_gap(105, 100, "seller", answer)

    @given(any_money, any_money, st.booleans())
    def test_what_the_seller_gains_the_buyer_loses(self, offer, walkaway, shared):
        seller, buyer = (walkaway_gap(offer, walkaway, ours, shared) for ours in ("seller", "buyer"))

        assert seller == -buyer or why(seller) is why(buyer) is Unanswered.ZERO_DIVISOR


class TestWalkawayScore:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.4, (108, 100, 120)),
            (0.4, (6300, 6500, 6000)),
            (-2, (7500, 6500, 6000)),
            (0, (7500, 6500, 6000, True)),
            (1, (130, 100, 120, True)),
            (1.5, (130, 100, 120, False)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_score(*arguments)

    @pytest.mark.parametrize("target", [100, 100 * (1 + 1e-10)])
    def test_a_target_at_the_walk_away_has_a_zero_divisor(self, target):
        assert why(walkaway_score(108, 100, target)) is Unanswered.ZERO_DIVISOR

    def test_a_flag_is_true_or_false(self):
        with pytest.raises(InputError, match="clip"):
            walkaway_score(108, 100, 120, "yes")

    @given(ambitions(), any_money)
    def test_the_mirror_image_scores_the_same(self, ambition, offer):
        _, w, t, _ = ambition

        assert walkaway_score(offer, w, t) == walkaway_score(-offer, -w, -t)

    @given(ambitions())
    def test_from_nought_at_the_walk_away_to_one_at_the_target(self, ambition):
        _, w, t, _ = ambition

        assert [0, 1] == [walkaway_score(x, w, t) for x in (w, t)]


class TestWalkawayIssues:
    LABELS = ("Price", "Payment days", "Liability")

    def test_the_worked_package_breaks_one_red_line(self):
        told = walkaway_issues([104, 75, 1.0], [100, 60, 1.5], [">=", "<=", "<="], self.LABELS)

        assert "WALK AWAY: Payment days" == told

    def test_every_broken_line_is_named_in_order(self):
        told = walkaway_issues([99, 75, 2], [100, 60, 1.5], [1, -1, -1], self.LABELS)

        assert "WALK AWAY: Price, Payment days, Liability" == told

    def test_unnamed_issues_are_counted(self):
        assert "WALK AWAY: issue 1, issue 2" == walkaway_issues([99, 75], [100, 60], [1, -1])
        assert "WALK AWAY: issue 2" == walkaway_issues([100, 75], [100, 60], [1, -1], ["Price", None])

    @pytest.mark.parametrize("value", [100, 100 * (1 - 1e-10)])
    def test_a_value_at_its_limit_keeps_it(self, value):
        assert "OK" == walkaway_issues([value], [100], [">="])

    def test_no_other_merit_makes_up_for_a_broken_line(self):
        assert "WALK AWAY: issue 2" == walkaway_issues([1e6, 59], [100, 60], [">=", ">="])

    def test_an_issue_without_limit_is_tradeable(self):
        assert "OK" == walkaway_issues([104, None], [100, None], [">=", None])
        assert "OK" == walkaway_issues([104, 75], [None, None], [None, None])

    def test_a_missing_value_is_incomplete(self):
        assert "INCOMPLETE: Price" == walkaway_issues([None, 50, 1], [100, 60, None], [1, -1, 1], self.LABELS)

    def test_a_broken_line_outranks_a_missing_value(self):
        assert "WALK AWAY: issue 2" == walkaway_issues([None, 75], [100, 60], [1, -1])

    @pytest.mark.parametrize("directions", [[None, "<="], ["", "<="], ["=", "<="], [2, -1], [True, False]])
    def test_a_limit_without_a_known_direction_is_refused(self, directions):
        with pytest.raises(InputError, match="directions"):
            walkaway_issues([104, 75], [100, 60], directions)

    @pytest.mark.parametrize("arguments", [([1, 2], [1, 2, 3], [1, 1]), ([1, 2], [1, 2], [1, 1], ["a"])])
    def test_lists_of_different_lengths_are_refused(self, arguments):
        with pytest.raises(InputError):
            walkaway_issues(*arguments)

    @pytest.mark.parametrize(("values", "limits"), [([np.inf, 1], [100, 2]), ([5, 1], [np.inf, 2])])
    def test_an_infinite_number_never_passes_as_ok(self, values, limits):
        try:
            told = walkaway_issues(values, limits, ["<=", "<="])
        except InputError:
            told = "refused"

        assert "OK" != told

    @given(st.lists(st.tuples(any_money, any_money, st.sampled_from([1, -1])), min_size=1, max_size=5))
    def test_ok_exactly_where_no_line_is_broken(self, package):
        values, limits, directions = zip(*package, strict=True)
        kept = all(way * value >= way * limit for value, limit, way in package)

        assert kept == (walkaway_issues(values, limits, directions) == "OK")


class TestWalkawayPower:
    @pytest.mark.parametrize(
        ("expected", "arguments"), [(0.75, (5, 15)), (1, (0, 15)), (1, (-3, 15)), (0, (5, 0)), (0, (5, -8))]
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_power(*arguments)

    @pytest.mark.parametrize("gains", [(0, 0), (-1, 0), (0, -1), (-5, -5)])
    def test_where_nobody_gains_there_is_no_power(self, gains):
        assert why(walkaway_power(*gains)) is Unanswered.NO_ANSWER

    def test_gains_too_large_to_add_up(self):
        assert 0.5 == walkaway_power(1.5e308, 1.5e308)

    @given(money, money)
    def test_the_two_sides_share_the_power(self, ours, theirs):
        assert 1 == pytest.approx(walkaway_power(ours, theirs) + walkaway_power(theirs, ours))
        assert theirs / (ours + theirs) == pytest.approx(walkaway_power(ours, theirs))


class TestWalkawayExit:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [(-3000, (0.3, 40000, 15000)), (-15000, (0, 40000, 15000)), (25000, (1, 40000, 15000))],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_exit(*arguments)

    @pytest.mark.parametrize("arguments", [(1.1, 1, 1), (-0.1, 1, 1), (0.5, 1, -1)])
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(walkaway_exit(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(share, any_money, money, money)
    def test_each_cost_ahead_counts_in_full(self, chance, surplus, cost, more):
        expected = walkaway_exit(chance, surplus, cost) - more

        assert expected == pytest.approx(walkaway_exit(chance, surplus, cost + more), abs=1e-6)


class TestWalkawayRunway:
    @pytest.mark.parametrize(
        ("expected", "arguments"), [(9.6, (24000, 4000, 1500)), (6, (24000, 4000)), (0, (0, 4000))]
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == walkaway_runway(*arguments)

    @pytest.mark.parametrize("arguments", [(24000, 4000, 4000), (24000, 4000, 5000), (24000, 0)])
    def test_money_that_never_runs_out_has_no_end(self, arguments):
        assert why(walkaway_runway(*arguments)) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("arguments", [(-1, 4000), (24000, -1), (24000, 4000, -1)])
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(walkaway_runway(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(money, money, money)
    def test_what_a_month_takes_is_gone_after_so_many_months(self, liquid, shortfall, income):
        months = walkaway_runway(liquid, income + shortfall, income)

        assert liquid == pytest.approx(months * shortfall, rel=1e-6)


phrases = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)
maybe = st.none() | phrases


class TestWalkawayMessage:
    PARTS = (
        "Acme",
        "delivery dates and warranty",
        "the price level we can justify",
        "a standard-grade supplier",
    )
    DOOR = "please contact us."

    def test_the_message_of_the_page(self):
        told = walkaway_message("WALK AWAY", *self.PARTS, True)

        assert all(part in told for part in self.PARTS)
        assert not any(letter.isdigit() for letter in told)
        assert told.endswith(self.DOOR)

    def test_after_run_the_door_is_shut(self):
        told = walkaway_message("RUN", *self.PARTS, True)

        assert self.DOOR not in told
        assert walkaway_message("RUN", *self.PARTS, False) == told
        assert told.endswith("We are stopping here.")

    @pytest.mark.parametrize("status", ["WALK AWAY", "DECLINE CUSTOMER"])
    def test_the_door_is_open_unless_it_is_shut(self, status):
        assert walkaway_message(status).endswith(self.DOOR)
        assert walkaway_message(status, door_open=None) == walkaway_message(status)
        assert self.DOOR not in walkaway_message(status, door_open=False)

    def test_a_customer_is_declined_in_words_for_customers(self):
        assert "not able to work with you" in walkaway_message("decline customer")

    def test_a_text_is_told_as_part_of_a_sentence(self):
        told = walkaway_message("walk away", " Acme  Inc. ", met="the\ndates.", unmet=" ")

        assert told.startswith(
            "Thank you for your time, Acme Inc. We value what we found together: the dates. We"
        )

    @pytest.mark.parametrize("amount", ["6500", "6,500.00", "€ 6 500", 6500, 6500.0])
    @pytest.mark.parametrize("argument", ["counterpart", "met", "unmet", "better_fit"])
    def test_an_amount_is_refused(self, argument, amount):
        with pytest.raises(InputError, match=argument):
            walkaway_message("WALK AWAY", **{argument: amount})

    @pytest.mark.parametrize("name", ["3M", "ISO 9001", "Studio 54"])
    def test_a_name_with_digits_is_told_as_it_is(self, name):
        assert name in walkaway_message("WALK AWAY", name)

    @pytest.mark.parametrize("status", ["ACCEPTABLE", "walk", 0, 1, None, np.nan])
    def test_an_unknown_status_is_refused(self, status):
        with pytest.raises(InputError, match="status"):
            walkaway_message(status)

    def test_the_code_of_the_check_is_its_status(self):
        assert walkaway_message("WALK AWAY") == walkaway_message(int(WALK_AWAY))

    def test_each_row_answers_for_itself(self):
        told = walkaway_message(["WALK AWAY", None, "RUN"], ["Acme", "Beta", "7"], door_open=[np.nan, 1, 1])

        assert walkaway_message("WALK AWAY", "Acme") == told[0]
        assert [Unanswered.MALFORMED] * 2 == [why(one) for one in told[1:]]

    @given(
        st.sampled_from(["walk away", "run", "decline customer"]), maybe, maybe, maybe, maybe, st.booleans()
    )
    def test_no_digits_no_gaps_and_every_part_in_it(self, status, who, met, unmet, fit, door):
        told = walkaway_message(status, who, met, unmet, fit, door)

        assert all(part in told for part in (who, met, unmet, fit) if part)
        assert not any(letter in "0123456789" for letter in told)
        assert "  " not in told
        assert told == told.strip()
        assert told.endswith(".")
        assert (self.DOOR in told) == (door and status != "run")
