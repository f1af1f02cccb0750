"""The pricing family. Worked numbers: sections B.21 to B.25 and E.7 of the function reference."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import discounts, lines, margin, money, share, step, tick, why
from walkaway_xl import (
    DiscountStatus,
    InputError,
    deal_signer,
    discount_check,
    discount_max,
    discount_stack,
    price_breakeven,
    price_floor,
    price_guidance,
    price_waterfall,
    reason_of,
)
from walkaway_xl.core.errors import Unanswered

BELOW_COST, BELOW_FLOOR, NEAR_FLOOR, OK = DiscountStatus

NO_FLOOR = [  # (the argument at fault, cost, min_margin, leakage, fixed_cost)
    ("cost", (-1, 0.2)),
    ("fixed_cost", (68, 0.2, 0, -1)),
    ("min_margin", (68, 1)),
    ("min_margin", (68, 0.8, 0.2)),
    ("min_margin", (68, 20)),
]


def _at_fault(answer):
    reason = reason_of(answer)
    return reason.why, reason.subject


class TestPriceFloor:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (85, (68, 0.2)),
            (90.666667, (68, 0.2, 0.05)),
            (90.67, (68, 0.2, 0.05, 0, 0.01)),
            (93.333333, (68, 0.2, 0.05, 2)),
            (56.666667, (68, -0.2)),  # a loss leader
            (0, (0, 0.2)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(price_floor(*arguments), abs=1e-6)

    @pytest.mark.parametrize(("argument", "arguments"), NO_FLOOR)
    def test_outside_the_domain_has_no_answer(self, argument, arguments):
        assert (Unanswered.OUTSIDE_DOMAIN, argument) == _at_fault(price_floor(*arguments))

    @pytest.mark.parametrize("tick", [0, -0.01])
    def test_a_tick_is_above_zero(self, tick):
        assert (Unanswered.OUTSIDE_DOMAIN, "round_to") == _at_fault(price_floor(68, 0.2, round_to=tick))

    @pytest.mark.parametrize(
        ("expected", "cost", "tick"),
        [
            (85, 85, 5),
            (90, 85.01, 5),
            (0.3, 0.1 + 0.2, 0.1),  # a hair above in binary
            (1.15, 1.15, 0.05),
            (90.67, 90.666666, 0.01),
            (100, 0.5, 100),
            (1e9 + 0.5, 1e9 + 0.5, 0.01),  # a price on the tick stays, however large
            (5000001.01, 5000001.004, 0.01),
        ],
    )
    def test_a_floor_is_rounded_up_and_a_price_on_the_tick_stays(self, expected, cost, tick):
        assert expected == price_floor(cost, 0, round_to=tick)

    def test_a_tick_that_is_nearly_one_part_of_a_whole_is_not_taken_for_it(self):
        assert 7e-7 == pytest.approx(price_floor(7e-7, 0, round_to=7e-10), rel=1e-12, abs=0)

    @given(lines(), tick)
    def test_rounding_never_undercuts_the_floor_nor_adds_a_tick(self, line, tick):
        exact, rounded = price_floor(**line), price_floor(**line, round_to=tick)

        assert exact * (1 - 1e-12) - 1e-9 * tick <= rounded < exact + tick * (1 + 1e-6)

    @given(lines())
    def test_the_floor_earns_exactly_the_minimum_margin(self, line):
        floor = price_floor(**line)
        kept = floor * (1 - line["leakage"]) - line["fixed_cost"] - line["cost"]

        assert line["min_margin"] == pytest.approx(kept / floor, abs=1e-9)


class TestDiscountMax:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.29166667, (120, 68, 0.2)),
            (0.29, (120, 68, 0.2, 0, 0, 0.005)),
            (0.244444, (120, 68, 0.2, 0.05)),
            (0.222222, (120, 68, 0.2, 0.05, 2)),
            (0.222571, (29, 12.4, 0.45)),
            (-0.0625, (80, 68, 0.2)),  # the list price itself is below the floor: a fact, no error
            (-0.07, (80, 68, 0.2, 0, 0, 0.01)),  # down is away from zero here
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(discount_max(*arguments), abs=1e-6)

    @pytest.mark.parametrize(("argument", "arguments"), NO_FLOOR)
    def test_without_a_floor_there_is_no_answer(self, argument, arguments):
        assert (Unanswered.OUTSIDE_DOMAIN, argument) == _at_fault(discount_max(120, *arguments))

    @pytest.mark.parametrize("list_price", [0, -120])
    def test_a_list_price_is_above_zero(self, list_price):
        assert (Unanswered.OUTSIDE_DOMAIN, "list_price") == _at_fault(discount_max(list_price, 68, 0.2))

    def test_a_step_is_above_zero(self):
        assert (Unanswered.OUTSIDE_DOMAIN, "step") == _at_fault(discount_max(120, 68, 0.2, step=0))

    @pytest.mark.parametrize(("expected", "cost"), [(0.29, 71), (0.7, 30), (0.285, 71.001)])
    def test_a_discount_is_rounded_down_and_one_on_the_step_stays(self, expected, cost):
        assert expected == discount_max(100, cost, 0, step=0.005)

    @given(money, lines(), step)
    def test_rounding_never_deepens_the_discount_nor_takes_a_step(self, list_price, line, step):
        exact, rounded = discount_max(list_price, **line), discount_max(list_price, **line, step=step)
        assume(abs(exact) < 1e3)

        assert exact - step * (1 + 1e-6) < rounded <= exact + 1e-9

    @given(money, lines())
    def test_the_deepest_discount_leads_to_the_floor(self, list_price, line):
        assert price_floor(**line) == pytest.approx(list_price * (1 - discount_max(list_price, **line)))


class TestDiscountCheck:
    @pytest.mark.parametrize(
        ("status", "earned", "price", "discount"),
        [
            (OK, 0.244444, 90, 0.25),
            (NEAR_FLOOR, 0.212963, 86.4, 0.28),
            (BELOW_FLOOR, 0.190476, 84, 0.3),
            (BELOW_COST, -0.030303, 66, 0.45),
        ],
    )
    def test_worked_numbers(self, status, earned, price, discount):
        line = (120, discount, 68, 0.2)

        assert status is discount_check(*line)
        assert status == discount_check(*line, output="code")
        assert earned == pytest.approx(discount_check(*line, output="margin"), abs=1e-6)
        assert price == pytest.approx(discount_check(*line, output="price"))
        assert 7 / 24 - discount == pytest.approx(discount_check(*line, output="headroom"))

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (NEAR_FLOOR, (120, 7 / 24 + 0.9e-9, 68, 0.2)),
            (NEAR_FLOOR, (120, 7 / 24, 68, 0.2)),
            (BELOW_FLOOR, (120, 0.2916667 + 1e-6, 68, 0.2)),
            (OK, (100, 0, 78, 0.2)),  # at margin + warn the band ends
            (NEAR_FLOOR, (100, 0, 78.01, 0.2)),
            (OK, (100, 0, 80, 0.2, 0, 0, 0)),  # without a band the floor itself is OK
            (BELOW_FLOOR, (100, 0.2, 80, 0.2)),  # at cost is not below it
            (BELOW_COST, (100, 0.2 + 1e-6, 80, 0.2)),
            (BELOW_COST, (100, 1, 80, 0.2)),
            (BELOW_FLOOR, (100, 0.1, 80, 0.2, 0.1, 1)),  # 90 − 9 − 1 = 80
            (BELOW_COST, (100, 0.1, 80, 0.2, 0.1, 1.01)),
            (OK, (100, -0.5, 68, 0.2, 0, 0, 0.02, "status", "invoice", True)),  # a surcharge
            (OK, (100, 0.1, 99, -0.2)),  # a loss leader is below cost, and permitted
            (BELOW_COST, (100, 0.3, 99, -0.2)),
            # 68 / 0.75 = 90.67 of the invoice, 68 / (0.8 · 0.95) = 89.47 net of leakage
            (BELOW_FLOOR, (100, 0.1, 68, 0.2, 0.05, 0, 0)),
            (OK, (100, 0.1, 68, 0.2, 0.05, 0, 0, "status", "net")),
            (BELOW_FLOOR, (100, 0.106, 68, 0.2, 0.05, 0, 0, "status", "net")),
        ],
    )
    def test_boundaries_belong_to_the_less_severe_side(self, expected, arguments):
        assert expected is discount_check(*arguments)

    @pytest.mark.parametrize("discount", [15, 1.01, -15])
    @pytest.mark.parametrize("output", ["status", "code", "margin", "price", "headroom"])
    def test_a_discount_typed_as_a_whole_number_has_no_answer(self, discount, output):
        answer = discount_check(120, discount, 68, 0.2, output=output)

        assert (Unanswered.OUTSIDE_DOMAIN, "discount") == _at_fault(answer)

    @pytest.mark.parametrize(("argument", "arguments"), NO_FLOOR)
    def test_without_a_floor_there_is_no_answer(self, argument, arguments):
        assert (Unanswered.OUTSIDE_DOMAIN, argument) == _at_fault(discount_check(120, 0.1, *arguments))

    def test_the_list_price_is_above_zero_and_the_band_not_below(self):
        assert (Unanswered.OUTSIDE_DOMAIN, "list_price") == _at_fault(discount_check(0, 0.1, 68, 0.2))
        assert (Unanswered.OUTSIDE_DOMAIN, "warn") == _at_fault(discount_check(120, 0.1, 68, 0.2, warn=-0.1))

    def test_a_column_gives_the_codes_and_marks_what_has_none(self):
        codes = discount_check([120, 120, 0, 80], [0.25, 15, 0.25, 0.28], 68, 0.2)

        assert [1, -2] == codes[[0, 3]].tolist()
        assert np.int16 == codes.dtype
        assert ["discount", "list_price"] == [reason_of(code).subject for code in codes[1:3]]

    @given(money, lines(), share)
    def test_at_the_deepest_discount_it_holds_and_just_beyond_it_breaks(self, list_price, line, warn):
        deepest = discount_max(list_price, **line)
        assume(-1 <= deepest <= 1 - 1e-6)

        line |= {"warn": min(warn, 0.999), "surcharges": True}
        assert discount_check(list_price, deepest, **line) is not BELOW_FLOOR
        assert discount_check(list_price, deepest + 1e-6, **line) in (BELOW_FLOOR, BELOW_COST)

    @given(money, share, share, lines())
    def test_a_deeper_discount_is_never_judged_better(self, list_price, discount, more, line):
        deeper = discount + more * (1 - discount)

        assert discount_check(list_price, deeper, **line) <= discount_check(list_price, discount, **line)

    @given(money, share, lines())
    def test_the_status_says_what_the_margin_says(self, list_price, discount, line):
        assume(discount < 1)
        earned = discount_check(list_price, discount, **line, output="margin")
        least = line["min_margin"]
        assume(min(abs(earned), abs(earned - least), abs(earned - least - 0.02)) > 1e-5)
        expected = (
            BELOW_COST
            if earned < min(0, least)
            else BELOW_FLOOR
            if earned < least
            else NEAR_FLOOR
            if earned < least + 0.02
            else OK
        )

        assert expected is discount_check(list_price, discount, **line)


class TestDiscountStack:
    @pytest.mark.parametrize(
        ("expected", "taken"),
        [
            (0.316, [0.2, 0.1, 0.05]),
            (0.388935, [0.09, 0.21, 0.15]),  # Docest: 600 comes to 366.64
            (0.371575, [0.25, 0.1, 0.05, 0.02]),
            (0.325, [0.25, 0.1]),
            (0.25, [0.25, None, 0]),
            (0.25, 0.25),
            (1, [1, 0.5]),
        ],
    )
    def test_worked_numbers(self, expected, taken):
        assert expected == pytest.approx(discount_stack(taken))

    def test_a_surcharge_is_said_to_be_one(self):
        assert 0.12 == pytest.approx(discount_stack([-0.1, 0.2], surcharges=True))
        assert why(discount_stack([-0.1, 0.2])) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("shape", [(4,), (1, 4), (4, 1), (2, 2)])
    def test_a_table_is_taken_as_a_whole(self, shape):
        assert 0.371575 == pytest.approx(discount_stack(np.reshape([0.25, 0.1, 0.05, 0.02], shape)))

    def test_each_row_on_request(self):
        assert [0.28, 0.325] == pytest.approx(discount_stack([[0.2, 0.1], [0.25, 0.1]], byrow=True))

    @pytest.mark.parametrize("taken", [[20, 10], [0.2, 1.01], [-1.5, 0.1], [np.inf, 0.1], 15])
    def test_a_discount_beyond_all_has_no_answer(self, taken):
        assert why(discount_stack(taken)) is Unanswered.OUTSIDE_DOMAIN

    def test_one_bad_row_leaves_its_neighbours_alone(self):
        stacked = discount_stack([[0.2, 0.1], [20, 0.1], [0.25, 0.1]], True)

        assert [0.28, 0.325] == pytest.approx(stacked[[0, 2]])
        assert why(stacked[1]) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("byrow", [None, np.nan])
    def test_a_blank_flag_is_false(self, byrow):
        assert 0.28 == pytest.approx(discount_stack([0.2, 0.1], byrow))

    @pytest.mark.parametrize("byrow", ["no", [True, False], 2])
    def test_a_flag_is_true_or_false(self, byrow):
        with pytest.raises(InputError, match="byrow"):
            discount_stack([[0.2, 0.1]], byrow)

    @given(discounts, st.randoms(use_true_random=False))
    def test_the_order_does_not_matter(self, taken, chance):
        shuffled = chance.sample(taken, len(taken))

        assert discount_stack(taken) == pytest.approx(discount_stack(shuffled))

    @given(discounts)
    def test_between_the_deepest_one_and_their_sum(self, taken):
        assert max(taken) - 1e-9 <= discount_stack(taken) <= min(1, sum(taken)) + 1e-9


class TestPriceWaterfall:
    ON, OFF = (0.10, 0.12), (0.30, 0.37, 0.35, 0.20, 0.09)  # Marn and Rosiello, exhibit 2

    @pytest.mark.parametrize(
        ("expected", "output"),
        [(4.47, "pocket"), (5.78, "invoice"), (0.226644, "leakage"), (0.745, "pocket_pct")],
    )
    def test_the_fixture_maker(self, expected, output):
        assert expected == pytest.approx(price_waterfall(6, self.ON, self.OFF, "amount", output), abs=1e-6)

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (80, (100, [20])),
            (77, (100, [15], [5, 3])),
            (37, (100, [15], [5, 3, 40])),
            (83.742466, (85, [], [0.09 * 60 / 365], "invoice")),  # 60 days at 9 % on an invoice of 85
            (75, (100, [0.15], [0.1], "list")),
            (76.5, (100, [0.15], [0.1], "invoice")),
            (65, (100, [0.15, 0.2], None, "invoice")),  # on-invoice shares are of the list price
            (68.4, (100, [0.2, 0.1], [0.05], "running")),
            (100, (100, [None])),
            (85, (100, [15, None], [None])),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(price_waterfall(*arguments))

    def test_the_table_shows_each_step(self):
        table = price_waterfall(100, [0.2], [0.1], "running", "table")

        assert np.array([[100, 100, 1], [-20, 80, 0.8], [-8, 72, 0.72]]) == pytest.approx(table)

    @pytest.mark.parametrize("list_price", [0, -6])
    @pytest.mark.parametrize("output", ["pocket", "invoice", "leakage", "pocket_pct"])
    def test_a_list_price_is_above_zero(self, list_price, output):
        answer = price_waterfall(list_price, self.ON, self.OFF, None, output)

        assert (Unanswered.OUTSIDE_DOMAIN, "list_price") == _at_fault(answer)

    @pytest.mark.parametrize("basis", ["list", "invoice", "running"])
    @pytest.mark.parametrize(("argument", "taken"), [("on_invoice", ([15], [])), ("off_invoice", ([], [15]))])
    def test_a_share_typed_as_a_whole_number_has_no_answer(self, argument, taken, basis):
        assert (Unanswered.OUTSIDE_DOMAIN, argument) == _at_fault(price_waterfall(100, *taken, basis))

    @pytest.mark.parametrize("taken", [([np.inf], None), ([1], [np.inf])])
    def test_an_infinite_deduction_has_no_answer(self, taken):
        assert why(price_waterfall(100, *taken)) is Unanswered.OUTSIDE_DOMAIN

    def test_nothing_leaks_from_an_invoice_of_nothing(self):
        assert why(price_waterfall(100, [100], [5], None, "leakage")) is Unanswered.ZERO_DIVISOR
        assert -5 == price_waterfall(100, [100], [5])

    def test_a_table_of_deductions_is_refused(self):
        with pytest.raises(InputError, match="on_invoice"):
            price_waterfall(100, [[1, 2], [3, 4]])

    @given(money, discounts, discounts, st.sampled_from(["amount", "list", "invoice", "running"]))
    def test_the_steps_lead_to_the_pocket(self, list_price, on, off, basis):
        table = price_waterfall(list_price, on, off, basis, "table")
        pocket, invoice = (
            price_waterfall(list_price, on, off, basis, output) for output in ("pocket", "invoice")
        )

        assert (1 + len(on) + len(off), 3) == table.shape
        assert np.cumsum(table[:, 0]) == pytest.approx(table[:, 1], abs=1e-6)
        assert (pocket, invoice) == (table[-1, 1], table[len(on), 1])
        assert table[:, 1] / list_price == pytest.approx(table[:, 2])

    @given(money, discounts, discounts)
    def test_running_shares_are_a_chain_discount(self, list_price, on, off):
        chain = list_price * (1 - discount_stack([*on, *off]))

        assert chain == pytest.approx(price_waterfall(list_price, on, off, "running"), abs=1e-6)


class TestPriceBreakeven:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (0.5, (-0.1, 0.3)),  # Kotler and Armstrong: 100 to 90 at a variable cost of 70
            (0.5, (-0.2, 0.6)),  # King of Pops: 2.50 to 2.00 at 1.00
            (0.125, (-0.05, 0.45)),
            (166.67 / 500, (-0.15, 0.6)),  # 100 to 85 at 40: 666.67 units instead of 500
            (-0.192308, (0.1, 0.42)),
            (-0.3125, (0.1, 0.22)),
            (-0.285714, (0.1, 0.25)),
            (0, (0, 0.3)),
            (0.5, (0, 0.3, 0.1)),  # dearer to make, at the same price
            (0, (0.1, 0.3, 0.1)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(price_breakeven(*arguments), abs=1e-5)

    @pytest.mark.parametrize(
        "arguments", [(-0.3, 0.3), (-0.1 - 0.2, 0.3), (-0.4, 0.3), (0, 0.3, 0.3), (-0.1, 0), (-0.1, 30)]
    )
    def test_a_price_that_earns_nothing_has_no_answer(self, arguments):
        assert why(price_breakeven(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(share, margin, margin)
    def test_the_contribution_is_the_same_after_the_change(self, contribution, change, cost_change):
        left = contribution + change - cost_change
        assume(left > 1e-3)
        volume = 1 + price_breakeven(change, contribution, cost_change)

        assert contribution == pytest.approx(volume * left, abs=1e-9)


class TestDealSigner:
    MATRIX = ([0.1, 0.2, 0.3, 1], ["Rep", "Manager", "Director", "VP"])
    FLOORS = ([80, 70], ["Rep", "Manager"])

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ("Director", (0.22, *MATRIX)),
            ("Rep", (0.10, *MATRIX)),  # up to 10 % means 10 % too
            ("Manager", (0.10001, *MATRIX)),
            ("VP", (1, *MATRIX)),
            ("Rep", (-0.5, *MATRIX)),
            ("Rep", (0.1 * (1 + 1e-10), *MATRIX)),
            ("Manager", (72, *FLOORS)),
            ("Rep", (80, *FLOORS)),
            ("Manager", (70, *FLOORS)),
            ("Manager", (0.25, [0.28, 0.22, -1], ["Rep", "Manager", "Finance"])),
            ("Finance", (0.21, [0.28, 0.22, -1], ["Rep", "Manager", "Finance"])),
            ("Rep", (0.05, [0.1], ["Rep"], "<=")),
            ("Rep", (0.2, [0.1], ["Rep"], ">=")),
            ("Rep", (0.1, [0.1], ["Rep"], -1)),
            ("A", (0.1, [0.1, 0.1, 0.2], ["A", "B", "C"])),  # of equal tiers the first
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == deal_signer(*arguments)

    @pytest.mark.parametrize("arguments", [(69, *FLOORS), (1.01, *MATRIX), (0.2, [0.1], ["Rep"], "<=")])
    def test_beyond_the_last_limit_nobody_may_sign(self, arguments):
        assert why(deal_signer(*arguments)) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize(
        ("limits", "direction"), [([0.1, 0.3, 0.2], None), ([0.1, 0.3, 0.1], None), ([0.1, 0.3, 0.2], "<=")]
    )
    def test_limits_out_of_order_have_no_answer(self, limits, direction):
        answer = deal_signer(0.05, limits, ["Rep", "Manager", "Director"], direction)

        assert why(answer) is Unanswered.OUTSIDE_DOMAIN

    def test_a_single_limit_needs_its_direction(self):
        with pytest.raises(InputError, match="direction"):
            deal_signer(0.05, [0.1], ["Rep"])

    @pytest.mark.parametrize(
        ("limits", "signers"),
        [([0.1, 0.2], ["Rep"]), ([0.1, None], ["Rep", "VP"]), ([0.1, 0.2], ["Rep", None]), ([], [])],
    )
    def test_a_limit_without_signer_is_refused(self, limits, signers):
        with pytest.raises(InputError):
            deal_signer(0.05, limits, signers)

    def test_blank_tiers_are_passed_over(self):
        assert "VP" == deal_signer(0.2, [0.1, None, 0.3], ["Rep", None, "VP"])

    def test_in_a_column_each_value_has_its_own_signer(self):
        answers = deal_signer([0.05, np.nan, 1.5, 0.22], *self.MATRIX)

        assert ["Rep", "Director"] == [answers[0], answers[3]]
        assert [Unanswered.OUTSIDE_DOMAIN, Unanswered.NO_ANSWER] == [why(answer) for answer in answers[1:3]]

    def test_the_answer_has_the_shape_of_the_values(self):
        assert (2, 3) == deal_signer(np.full((2, 3), 0.05), *self.MATRIX).shape

    @given(share, st.lists(share, min_size=2, max_size=5, unique=True))
    def test_the_first_limit_that_covers_decides_either_way(self, value, limits):
        limits = sorted(limits)
        covering = next((place for place, limit in enumerate(limits) if value <= limit), None)
        places = [str(place) for place in range(len(limits))]
        discount = deal_signer(value, limits, places)
        price = deal_signer(-value, [-limit for limit in limits], places)

        if covering is None:
            assert why(discount) is why(price) is Unanswered.NO_ANSWER
        else:
            assert str(covering) == discount == price


def test_every_order_of_three_discounts_is_the_same():
    stacked = {round(discount_stack(taken), 12) for taken in itertools.permutations([0.09, 0.21, 0.15])}

    assert {0.388935} == stacked


class TestPriceGuidance:
    HISTORY = (72, 75, 78, 80, 81, 83, 85, 86, 88, 90, 95)

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [([75, 83, 90], ()), ([79, 83, 87], (0.25, 0.5, 0.75)), ([72, 72, 95], (0, 0, 1))],
    )
    def test_worked_numbers(self, expected, arguments):
        assert [expected] == price_guidance(self.HISTORY, *arguments).tolist()

    def test_blank_cells_are_passed_over(self):
        assert [[2, 3, 4]] == price_guidance([1, None, 2, 3, None, 4, 5], 0.25, None, 0.75).tolist()

    @pytest.mark.parametrize("history", [[1, 2, 3, 4], [1, 2, 3, 4, None], None, 5])
    def test_fewer_than_five_prices_have_no_answer(self, history):
        assert why(price_guidance(history)) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("arguments", [(10,), (-0.1,), (0.1, 1.1), (0.1, 0.5, 90), (np.inf,)])
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(price_guidance(self.HISTORY, *arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(st.lists(st.integers(1, 1000), min_size=5, max_size=30), share, share)
    def test_percentile_inc_by_its_definition(self, history, low, high):
        ordered = sorted(history)
        least, most = min(low, high), max(low, high)
        place = least * (len(ordered) - 1)
        below, above = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
        floor, _, stretch = price_guidance(history, least, (least + most) / 2, most)[0]

        assert below + (place - int(place)) * (above - below) == pytest.approx(floor)
        assert floor <= stretch + 1e-9

    def test_percentiles_out_of_order_are_refused(self):
        assert "floor_p" == reason_of(price_guidance(self.HISTORY, 0.9, 0.5, 0.95)).subject
        assert "target_p" == reason_of(price_guidance(self.HISTORY, 0.1, 0.9, 0.5)).subject
