"""The preparation family. Worked numbers: sections B.30, E.8 and E.9 of the function reference."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import why
from walkaway_xl import (
    FlagStatus,
    InputError,
    PrepStatus,
    diligence_order,
    flag_check,
    prep_score,
    reason_of,
)
from walkaway_xl.core.errors import Unanswered

SEVERITIES = ["caution", "walk away", "run"]

checks = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10)), min_size=1, max_size=5)


def _expected_cost(order, costs, chances):
    """What looking costs in an order, until a check ends it."""
    cost, reached = 0.0, 1.0
    for check in order:
        cost += reached * costs[check]
        reached *= 1 - chances[check]
    return cost


item_lists = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(["done", "partial", "open", "n/a"]), st.integers(0, 4).map(lambda n: n / 4)
        ),
        st.integers(0, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


class TestPrepScore:
    def test_the_worked_list(self):
        assert pytest.approx(4 / 7) == prep_score(["done", "partial", "open", "n/a"], [3, 2, 2, 1])

    @pytest.mark.parametrize(
        ("part", "state"),
        [
            *((1, state) for state in ("done", " Done ", True, 1)),
            *((0.5, state) for state in ("PARTIAL", 0.5)),
            *((0, state) for state in ("open", False, None, "", np.nan, 0)),
        ],
    )
    def test_a_state_is_told_in_many_ways(self, part, state):
        assert part == prep_score([state])

    @pytest.mark.parametrize(
        ("verdict", "states", "essential"),
        [
            ("READY", ["done", "done", "done", "done", "open"], None),  # exactly 80 %
            ("NOT_READY", ["done", "done", "done", "partial", "open"], None),
            ("NOT_READY", ["done", "done", "done", "done", "open"], [0, 0, 0, 0, 1]),
            ("NOT_READY", ["done", "done", "done", "done", "partial"], [0, 0, 0, 0, 1]),
            ("READY", ["done", "done", "done", "done", "n/a"], [0, 0, 0, 0, 1]),
            ("READY", ["done"] * 9, [True] * 9),
        ],
    )
    def test_eighty_percent_and_nothing_essential_open_is_ready(self, verdict, states, essential):
        assert PrepStatus[verdict] is prep_score(states, None, essential, "verdict")

    def test_the_noise_of_a_part_is_no_fault(self):
        assert 1 == prep_score([1 + 4e-16])
        assert 0 == prep_score([-4e-16])

    def test_a_part_typed_as_a_percentage_is_told_what_to_write(self):
        assert "Write 0.5 for half done." in reason_of(prep_score([50])).words

    def test_weights_too_large_to_add_up(self):
        assert 0.5 == prep_score(["done", "open"], [1e308, 1e308])

    def test_eighty_percent_in_tenths_is_ready(self):
        """0.1 eight times is a little less than 0.8."""
        states = ["done"] * 8 + ["open"] * 2

        assert PrepStatus.READY is prep_score(states, [0.1] * 10, output="verdict")

    @pytest.mark.parametrize(
        ("reason", "states", "weights"),
        [
            (Unanswered.NO_ANSWER, ["n/a", "N/A "], None),
            (Unanswered.OUTSIDE_DOMAIN, [50], None),
            (Unanswered.OUTSIDE_DOMAIN, [-0.1], None),
            (Unanswered.OUTSIDE_DOMAIN, ["done", "open"], [1, -1]),
            (Unanswered.ZERO_DIVISOR, ["done", "n/a"], [0, 1]),
        ],
    )
    @pytest.mark.parametrize("output", ["score", "verdict"])
    def test_a_list_without_an_answer(self, reason, states, weights, output):
        assert why(prep_score(states, weights, output=output)) is reason

    @pytest.mark.parametrize(
        ("argument", "arguments"),
        [("statuses", (["nearly"],)), ("statuses", ([object()],)), ("weights", (["done"] * 3, [1, 2]))],
    )
    def test_a_list_that_cannot_be_read_is_refused_by_name(self, argument, arguments):
        with pytest.raises(InputError) as refusal:
            prep_score(*arguments)
        assert argument == refusal.value.argument

    @given(item_lists)
    def test_more_done_is_never_a_lower_score(self, items):
        states, weights, essential = map(list, zip(*items, strict=True))
        before = prep_score(states, weights, essential)
        with_one_more = [
            prep_score([*states[:place], "done", *states[place + 1 :]], weights, essential)
            for place, state in enumerate(states)
            if state != "n/a"
        ]

        assert np.isnan(before) or all(score >= before - 1e-12 for score in with_one_more)

    @given(item_lists)
    def test_the_score_is_that_of_the_points_counted_by_hand(self, items):
        words = {"done": 1, "partial": 0.5, "open": 0}
        points = [(words.get(state, state), weight) for state, weight, _ in items if state != "n/a"]
        total = sum(weight for _, weight in points)
        states, weights, _ = map(list, zip(*items, strict=True))
        assume(total)

        expected = sum(part * weight for part, weight in points) / total
        assert pytest.approx(expected) == prep_score(states, weights)


class TestFlagCheck:
    @pytest.mark.parametrize(
        ("expected", "present", "severities"),
        [
            ("WALK_AWAY", [True, False, True], ["caution", "run", "walk away"]),
            ("CLEAR", [False, False], ["caution", "run"]),
            ("CLEAR", [np.nan, 0], ["run", None]),
            ("CAUTION", [1], [" Caution "]),
            ("RUN", [True, True, True], [3, 2, 1]),
        ],
    )
    def test_worked_flags(self, expected, present, severities):
        assert expected == flag_check(present, severities).name
        assert FlagStatus[expected] == flag_check(present, severities, "code")

    @pytest.mark.parametrize(
        ("present", "severities"),
        [([True], ["rude"]), ([True], [None]), ([True, True, True], ["run", "run"])],
    )
    def test_a_flag_without_a_known_severity_is_refused(self, present, severities):
        with pytest.raises(InputError):
            flag_check(present, severities)

    @given(st.lists(st.tuples(st.booleans(), st.sampled_from(SEVERITIES)), min_size=1, max_size=6))
    def test_the_worst_present_decides(self, flags):
        present, severities = zip(*flags, strict=True)
        worst = max((SEVERITIES.index(severity) + 1 for seen, severity in flags if seen), default=0)

        assert worst == flag_check(present, severities)


class TestDiligenceOrder:
    def test_worked_order(self):
        checks = ([5, 1, 9], [0.1, 0.05, 0.4])

        assert [3, 1, 2] == diligence_order(*checks).tolist()
        assert 12.4 == pytest.approx(diligence_order(*checks, "cost"))
        assert 13.595 == pytest.approx(_expected_cost([0, 1, 2], *checks))  # in the order given

    def test_a_check_that_never_fails_comes_last(self):
        assert [3, 1, 2] == diligence_order([1, 5, 9], [0, 0.5, 0.5]).tolist()

    @pytest.mark.parametrize("scale", [1e-9, 1e-6, 1, 7, 1e3, 1e12])
    def test_of_equal_checks_the_first_comes_first_at_every_scale(self, scale):
        costs = [scale * cost for cost in (1, 3, 0.3, 0.6)]

        assert [1, 2, 3, 4] == diligence_order(costs, [0.1, 0.3, 0.03, 0.06]).tolist()

    def test_a_ratio_too_large_to_hold_is_that_of_a_check_that_never_fails(self):
        assert [2, 3, 1] == diligence_order([1e308, 1, 5], [1e-20, 0, 0.5]).tolist()

    def test_a_bad_row_stays_alone_and_a_blank_one_blank(self):
        places = diligence_order([5, None, 1, -1, 2], [0.1, None, 0.5, 0.5, 10])

        assert [2, 1] == [places[0], places[2]]
        assert [Unanswered.NOTHING_ASKED, Unanswered.OUTSIDE_DOMAIN, Unanswered.OUTSIDE_DOMAIN] == [
            why(places[row]) for row in (1, 3, 4)
        ]

    def test_what_a_bad_row_costs_nobody_knows(self):
        assert why(diligence_order([5, -1], [0.1, 0.1], "cost")) is Unanswered.OUTSIDE_DOMAIN
        with pytest.raises(InputError, match="fail_probs"):
            diligence_order([5, 1], [0.1, None], "cost")
        assert 5 == diligence_order([5, None], [0.1, None], "cost")

    @given(checks)
    def test_no_other_order_costs_less(self, rows):
        costs, tenths = zip(*rows, strict=True)
        chances = [part / 10 for part in tenths]
        least = min(_expected_cost(order, costs, chances) for order in permutations(range(len(rows))))
        order = np.argsort(diligence_order(costs, chances))

        assert least == pytest.approx(diligence_order(costs, chances, "cost"))
        assert least == pytest.approx(_expected_cost(order, costs, chances))
