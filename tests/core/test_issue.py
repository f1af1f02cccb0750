"""The multi-issue family. Worked numbers: sections B.18 to B.20, E.6 and E.9 of the function reference."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import why
from walkaway_xl import InputError, issue_pareto, issue_price, issue_score, issue_trades, issue_weights
from walkaway_xl.core.errors import Unanswered

SCALE = ([100, 90, 1], [130, 30, 3], [0.5, 0.3, 0.2])  # price, payment days, years
OURS, THEIRS = [90, 70, 60, 50, 20], [20, 60, 55, 80, 95]

scores = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=8)


@st.composite
def issues(draw):
    """Worst, best, weights and a package for a few issues."""
    count = draw(st.integers(1, 5))
    lists = [draw(st.lists(st.integers(-50, 50), min_size=count, max_size=count)) for _ in range(2)]
    widths = draw(st.lists(st.sampled_from([-40, -7, 5, 60]), min_size=count, max_size=count))
    weights = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    worst, values = lists
    return values, worst, [low + width for low, width in zip(worst, widths, strict=True)], weights


class TestIssueWeights:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            ([0.5, 0.3, 0.2], ([100, 60, 40],)),
            ([0.611111, 0.277778, 0.111111], ([1, 2, 3], "roc")),
            ([0.75, 0.25], ([1, 2], "roc")),  # Logical Decisions
            ([0.111111, 0.611111, 0.277778], ([3, 1, 2], "roc")),
            ([0.444444, 0.444444, 0.111111], ([1, 1, 3], "roc")),
            ([1 / 3] * 3, ([2, 2, 2], "roc")),
            ([0.5, 0.5], ([7, 0], "equal")),
            ([1], ([5],)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(issue_weights(*arguments).tolist(), abs=1e-6)

    def test_points_too_large_to_add_up(self):
        assert [0.5, 0.5] == issue_weights([1e308, 1e308]).tolist()

    def test_a_blank_row_stays_blank_and_weighs_nothing(self):
        for method, points in (("points", [3, None, 1]), ("roc", [1, None, 2])):
            weights = issue_weights(points, method)
            assert [0.75, 0.25] == pytest.approx([weights[0], weights[2]])
            assert why(weights[1]) is Unanswered.NOTHING_ASKED

    @pytest.mark.parametrize(
        "arguments", [([-1, 2],), ([0, 0],), ([np.inf, 1],), ([100, 60, 40], "roc"), ([0, 1], "roc")]
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        weights = np.atleast_1d(issue_weights(*arguments))
        assert {Unanswered.OUTSIDE_DOMAIN} == {why(weight) for weight in weights}

    @given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    def test_tied_ranks_share_the_mean_of_their_places(self, ranks):
        count = len(ranks)
        ranks = [min(rank, count) for rank in ranks]
        centroid = [sum(Fraction(1, j) for j in range(k, count + 1)) / count for k in range(1, count + 1)]
        orders = [order for order in permutations(range(count)) if [ranks[i] for i in order] == sorted(ranks)]
        expected = [
            float(sum(centroid[order.index(issue)] for order in orders) / len(orders))
            for issue in range(count)
        ]

        assert expected == pytest.approx(issue_weights(ranks, "roc").tolist())

    @given(st.lists(st.integers(1, 5), min_size=1, max_size=9), st.sampled_from(["points", "equal"]))
    def test_weights_make_one(self, points, method):
        assert 1 == pytest.approx(issue_weights(points, method).sum())


class TestIssueScore:
    def test_weights_too_large_to_add_up(self):
        large = [1e308, 0.6e308, 0.4e308]

        assert 49.166667 == pytest.approx(issue_score([110, 45, 2], *SCALE[:2], large))
        assert 113.5 == pytest.approx(issue_price(55, [110, 45, 2], *SCALE[:2], large, 1))

    def test_worked_numbers(self):
        assert 49.166667 == pytest.approx(issue_score([110, 45, 2], *SCALE), abs=1e-6)
        assert [0, 100, 100] == issue_score([[100, 90, 1], [130, 30, 3], [999, 0, 9]], *SCALE).tolist()

    def test_a_package_may_stand_in_a_column(self):
        assert issue_score([[110], [45], [2]], *SCALE) == issue_score([110, 45, 2], *SCALE)

    def test_packages_of_one_issue_are_rows(self):
        assert [0, 50, 100] == issue_score([[1], [2], [3]], [1], [3], [5]).tolist()

    @pytest.mark.parametrize("limits", [[None, 40, None], [101, 40, 1]])
    def test_a_broken_red_line_has_no_score(self, limits):
        assert why(issue_score([110, 45, 2], *SCALE, limits)) is Unanswered.NO_ANSWER

    def test_ninety_five_of_a_hundred_cannot_hide_a_broken_red_line(self):
        assert 95 == pytest.approx(issue_score([130, 30, 2.5], *SCALE))
        assert why(issue_score([130, 30, 2.5], *SCALE, [None, None, 2.6])) is Unanswered.NO_ANSWER
        assert 95 == pytest.approx(issue_score([130, 30, 2.5], *SCALE, [None, None, 2.5]))

    def test_the_noise_of_arithmetic_breaks_no_red_line_at_zero(self):
        noise = 0.1 + 0.2 - 0.3  # 5.6e-17
        scale = ([-10, 1], [10, 0], [1, 1])  # points that are added up, and a share that is better small

        assert 75 == pytest.approx(issue_score([-noise, noise], *scale, [0, 0]))
        assert why(issue_score([-1e-6, 0], *scale, [0, 0])) is Unanswered.NO_ANSWER
        assert why(issue_score([0, 1e-6], *scale, [0, 0])) is Unanswered.NO_ANSWER

    def test_a_red_line_is_kept_at_every_scale(self):
        for unit in (1e-9, 1.0, 1e9):
            scale = ([100 * unit], [130 * unit], [1])
            assert 50 == pytest.approx(issue_score([115 * unit], *scale, [115 * unit * (1 + 1e-12)]))
            assert why(issue_score([115 * unit], *scale, [115.00001 * unit])) is Unanswered.NO_ANSWER

    def test_a_red_line_that_weighs_nothing_is_still_one(self):
        arguments = ([110, 45], [100, 90], [130, 30], [1, 0], [None, 40])

        assert why(issue_score(*arguments)) is Unanswered.NO_ANSWER

    def test_each_package_for_itself(self):
        answers = issue_score(
            [[110, 45, 2], [None] * 3, [110, None, 2], [110, 61, 2], [np.inf, 45, 2]],
            *SCALE,
            [None, 60, None],
        )

        assert 49.166667 == pytest.approx(answers[0], abs=1e-6)
        assert [
            Unanswered.NOTHING_ASKED,
            Unanswered.MALFORMED,
            Unanswered.NO_ANSWER,
            Unanswered.OUTSIDE_DOMAIN,
        ] == [why(answer) for answer in answers[1:]]

    def test_a_blank_issue_is_passed_over(self):
        scale = ([100, None, 90, 1], [130, None, 30, 3], [0.5, None, 0.3, 0.2])

        assert 49.166667 == pytest.approx(issue_score([110, None, 45, 2], *scale), abs=1e-6)

    @pytest.mark.parametrize(
        "arguments",
        [
            ([110, 45], [100, 90], [100, 30], [1, 1]),
            ([110, 45], [100, 90], [130, 30], [1, -1]),
            ([110, 45], [100, 90], [130, 30], [0, 0]),
            ([110, 45], [100, np.inf], [130, 30], [1, 1]),
            ([np.inf, 45], [100, 90], [130, 30], [1, 1]),
            ([110, 45], [100, 90], [130, 30], [1, 1], [np.inf, None]),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(issue_score(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize(
        "arguments",
        [
            ([110, 45], *SCALE),
            ([110, None, 2], *SCALE),
            ([110, 45, 2], [100, None, 1], [130, 30, 3], [1, 1, 1]),
            ([110, 45, 2], *SCALE, [1, 2]),
            (np.ones((2, 2, 2)), *SCALE),
        ],
    )
    def test_a_malformed_package_is_refused(self, arguments):
        with pytest.raises(InputError):
            issue_score(*arguments)

    @given(issues())
    def test_the_weighted_mean_of_the_parts_reached(self, package):
        values, *ends, weights = package
        parts = [
            np.interp(value, *((worst, best), (0, 100)) if worst < best else ((best, worst), (100, 0)))
            for value, worst, best in zip(values, *ends, strict=True)
        ]

        assert np.average(parts, weights=weights) == pytest.approx(issue_score(*package), abs=1e-9)

    @given(issues(), st.integers(1, 1000))
    def test_the_scale_of_the_weights_makes_no_difference(self, package, factor):
        values, worst, best, weights = package
        scaled = issue_score(values, worst, best, [factor * weight for weight in weights])

        assert issue_score(*package) == pytest.approx(scaled, abs=1e-9)

    @given(issues(), st.data())
    def test_the_price_that_makes_the_score_is_the_one_it_has(self, package, data):
        values, worst, best, weights = package
        low, high = np.minimum(worst, best), np.maximum(worst, best)
        inside = np.clip(values, low, high).astype(float)
        place = data.draw(st.integers(1, len(values)))
        score = issue_score(inside, worst, best, weights)

        assert 0 <= score <= 100
        assert inside[place - 1] == pytest.approx(
            issue_price(score, inside, worst, best, weights, place), abs=1e-6
        )


class TestIssuePrice:
    def test_worked_numbers(self):
        assert 113.5 == pytest.approx(issue_price(55, [None, 45, 2], *SCALE, 1))
        assert 110 == pytest.approx(issue_price(49.1666666667, [None, 45, 2], *SCALE, 1))
        assert 130 == pytest.approx(issue_price(100, [0, 30, 3], *SCALE, 1))

    @pytest.mark.parametrize(
        ("reason", "score", "weights", "place"),
        [
            (Unanswered.OUTSIDE_DOMAIN, 100, [0.5, 0.3, 0.2], 1),
            (Unanswered.OUTSIDE_DOMAIN, 0, [0.5, 0.3, 0.2], 1),
            (Unanswered.OUTSIDE_DOMAIN, np.inf, [0.5, 0.3, 0.2], 1),
            (Unanswered.OUTSIDE_DOMAIN, 55, [0.5, 0.3, 0.2], 0),
            (Unanswered.OUTSIDE_DOMAIN, 55, [0.5, 0.3, 0.2], 4),
            (Unanswered.OUTSIDE_DOMAIN, 55, [0.5, 0.3, 0.2], 1.5),
            (Unanswered.ZERO_DIVISOR, 55, [0, 0.3, 0.2], 1),
        ],
    )
    def test_no_answer_with_its_reason(self, reason, score, weights, place):
        assert why(issue_price(score, [110, 45, 2], *SCALE[:2], weights, place)) is reason

    @pytest.mark.parametrize("values", [[110, None, 2], [110, 45], [[110, 45, 2], [1, 2, 3]]])
    def test_a_malformed_package_is_refused(self, values):
        with pytest.raises(InputError):
            issue_price(55, values, *SCALE, 1)


def _dominated(place, packages):
    us, them = packages[place]
    return any(u >= us and t >= them and (u > us or t > them) for u, t in packages)


class TestIssuePareto:
    def test_worked_packages(self):
        assert [True, True, False, True, True] == issue_pareto(OURS, THEIRS).tolist()
        assert [2, 2, 2] == [issue_pareto(OURS, THEIRS, 40, 30, which) for which in ("nash", "ks", "sum")]

    def test_the_third_package_has_the_nearest_shares_and_is_dominated_all_the_same(self):
        # Shares (1, 0.6), (0.667, 0.5), (0.333, 1): without the frontier the third would win.
        assert 2 == issue_pareto(OURS, THEIRS, 40, 30, "ks")

    def test_a_package_without_a_score_is_passed_over(self):
        assert [True, False, False] == issue_pareto([50, 90, None], [50, None, 90]).tolist()
        assert [False] == issue_pareto([None], [5]).tolist()

    def test_equal_packages_are_both_efficient_and_the_first_is_named(self):
        assert [True, True, False] == issue_pareto([50, 50, 40], [50, 50, 50]).tolist()
        assert 2 == issue_pareto([40, 50, 50 + 1e-12], [50, 50, 50], output="nash")

    @pytest.mark.parametrize("which", ["nash", "ks", "sum"])
    @pytest.mark.parametrize("their_walk", [5, 6])
    @pytest.mark.parametrize("scale", [1e-9, 1, 1e12])
    def test_the_noise_of_a_score_at_the_walk_away_decides_nothing(self, which, their_walk, scale):
        ours = [0.3 * scale, (0.1 + 0.2) * scale]  # the second is larger in the last digit

        assert 1 == issue_pareto(ours, [6, 6], 0.3 * scale, their_walk, which)

    @pytest.mark.parametrize("which", ["nash", "ks", "sum"])
    def test_nothing_beyond_both_walk_aways_has_no_answer(self, which):
        assert why(issue_pareto(OURS, THEIRS, 80, 80, which)) is Unanswered.NO_ANSWER
        assert 2 == issue_pareto(OURS, THEIRS, 70, 60, which)  # exactly at both is no breach

    @pytest.mark.parametrize(
        "arguments", [([np.inf], [1]), ([1], [-np.inf]), ([1], [1], np.inf), ([1], [1], 0, np.inf)]
    )
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(issue_pareto(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(scores)
    def test_efficient_is_what_no_other_dominates(self, packages):
        expected = [not _dominated(place, packages) for place in range(len(packages))]

        assert expected == issue_pareto(*zip(*packages, strict=True)).tolist()

    @given(scores, st.integers(0, 12), st.integers(0, 12), st.sampled_from(["nash", "ks", "sum"]))
    def test_the_fairest_by_asking_every_package(self, packages, our_walk, their_walk, which):
        open_ = {
            place: (Fraction(us - our_walk), Fraction(them - their_walk))
            for place, (us, them) in enumerate(packages, 1)
            if not _dominated(place - 1, packages) and us >= our_walk and them >= their_walk
        }
        expected = _fairest(open_, which) if open_ else Unanswered.NO_ANSWER
        chosen = issue_pareto(*zip(*packages, strict=True), our_walk, their_walk, which)

        assert expected == (why(chosen) or chosen)


def _fairest(open_, which):
    """The first package of the highest merit, of those that both can sign."""
    ideals = [max(gains[side] for gains in open_.values()) for side in (0, 1)]

    def merit(gains):
        if which == "nash":
            return gains[0] * gains[1]
        if which == "sum":
            return gains[0] + gains[1]
        shares = [gain / ideal if ideal else 1 for gain, ideal in zip(gains, ideals, strict=True)]
        return -abs(shares[0] - shares[1])

    best = max(merit(gains) for gains in open_.values())
    return min(place for place, gains in open_.items() if merit(gains) == best)


class TestIssueTrades:
    def test_worked_trades(self):
        trades = issue_trades([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], ["Price", "Days", "Years"])

        assert ["Years", "Days", "Price"] == trades.label
        assert [2.5, 1, 0.4] == pytest.approx(trades.ratio.tolist())
        assert ["GIVE", "SPLIT", "GET"] == trades.trade

    def test_the_bounds_belong_to_split(self):
        assert ["SPLIT", "SPLIT"] == issue_trades([10, 10], [11, 9]).trade
        assert ["GIVE", "GET"] == issue_trades([10, 10], [11.1, 8.9]).trade

    def test_what_is_worth_nothing_to_us_is_given_first(self):
        trades = issue_trades([1, 0, 0], [1, 1, 0])

        assert ["issue 2", "issue 3", "issue 1"] == trades.label
        assert ["GIVE", "SPLIT", "GET"] == trades.trade
        assert [Unanswered.ZERO_DIVISOR] * 2 == [why(ratio) for ratio in trades.ratio[:2]]

    def test_a_negative_zero_is_a_zero(self):
        assert ["issue 2", "issue 1"] == issue_trades([1, -0.0], [1, 1]).label

    def test_weights_too_large_to_add_up(self):
        assert [1, 1] == issue_trades([1e308, 1e308], [1, 1]).ratio.tolist()

    def test_a_blank_row_is_passed_over(self):
        assert ["issue 3", "issue 1"] == issue_trades([2, None, 1], [1, None, 2]).label

    @pytest.mark.parametrize(
        "weights", [([-1, 2], [1, 1]), ([1, 1], [0, 0]), ([np.inf, 1], [1, 1]), ([None], [None])]
    )
    def test_outside_the_domain_has_no_answer(self, weights):
        assert why(issue_trades(*weights)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_weight_of_one_side_only_is_refused(self):
        with pytest.raises(InputError, match="their_weights"):
            issue_trades([1, 2], [1, None])

    @given(
        st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=6), st.integers(1, 50)
    )
    def test_only_proportions_count(self, pairs, factor):
        ours, theirs = zip(*pairs, strict=True)
        trades = issue_trades(ours, theirs)
        scaled = issue_trades([factor * weight for weight in ours], theirs)

        assert (np.diff(trades.ratio) <= 1e-12).all()
        assert trades.ratio == pytest.approx(scaled.ratio)
        assert trades.trade == scaled.trade
