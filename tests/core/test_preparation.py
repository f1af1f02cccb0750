"""The preparation family. Worked numbers: sections B.30, E.8 and E.9 of the function reference."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import why
from walkaway_xl import FlagStatus, InputError, diligence_order, flag_check
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
