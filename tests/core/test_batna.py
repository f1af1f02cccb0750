"""The BATNA family. Worked numbers: sections B.2 to B.6, E.2 and E.9 of the function reference."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, optimize, special, stats

from tests.strategies import OTHER_SIDE, SIGN, any_money, money, share, side, why
from walkaway_xl import (
    InputError,
    batna_best,
    batna_ce,
    batna_compare,
    batna_risk,
    batna_search,
    batna_value,
    reason_of,
    walkaway_price,
)
from walkaway_xl.core.errors import Unanswered

CANDIDATE = {  # three ways to go against an offer of 95,000
    "prices": [90000, 105000, 88000],
    "side": "candidate",
    "alternatives_better_by": [0, 0, 3000],
    "probabilities": [1, 0.6, 1],
    "fallbacks": [None, 88000, None],
}
FOUR_TYPES = {
    "prices": [41, 39.5, 40, 46],
    "side": "buyer",
    "labels": ["other supplier", "make in-house", "wait", "do nothing"],
    "alternatives_better_by": [0, -2, -1.5, 0],
    "probabilities": [None, None, 0.7, None],
    "fallbacks": [None, None, 44, None],
}

alternatives = st.lists(st.tuples(any_money, any_money, share, any_money), min_size=1, max_size=6)


def _columns(rows):
    return dict(
        zip(
            ["prices", "alternatives_better_by", "probabilities", "fallbacks"],
            zip(*rows, strict=True),
            strict=True,
        )
    )


class TestBatnaValue:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (100000, (250000, 0.6, 0, 50000)),  # Pat
            (-170000, (-250000, 0.4, 0, 70000)),  # Drew
            (4.45, (5.0, 0.8, 3.5, 0.25)),  # Eazl
            (93181.818182, (120000, 0.8, 60000, 5000, 1, 0.1)),
            (97973.96, (120000, 0.8, 60000, 5000, 0.5, 0.1)),
            (42, (42,)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(batna_value(*arguments), abs=5e-3 if expected == 97973.96 else 1e-6)

    @pytest.mark.parametrize(
        ("argument", "arguments"),
        [
            ("probability", (100, 1.2)),
            ("probability", (100, -0.01)),
            ("probability", (100, 60)),
            ("delay", (100, 1, 0, 0, -1)),
            ("rate", (100, 1, 0, 0, 1, -1)),
            ("rate", (100, 1, 0, 0, 1, -1.5)),
            ("rate", (100, 1, 0, 0, 1, 8)),
            ("cost", (100, 1, 0, -5)),
            ("payoff", (-250000, 0.4, 0, 70000, 0, 0, "buyer")),
        ],
    )
    def test_outside_the_domain_has_no_answer(self, argument, arguments):
        reason = reason_of(batna_value(*arguments))

        assert (Unanswered.OUTSIDE_DOMAIN, argument) == (reason.why, reason.subject)

    @pytest.mark.parametrize("probability", [0, 1, 1 + 1e-10, -1e-10])
    def test_certainty_and_impossibility_are_chances(self, probability):
        assert round(probability) * 100 == pytest.approx(batna_value(100, probability), abs=1e-6)

    def test_numbers_too_large_to_hold_have_no_answer(self):
        assert why(batna_value(1e308, 1, 0, 0, 1, -0.9)) is Unanswered.OUTSIDE_DOMAIN

    def test_what_a_trial_costs_is_the_most_that_a_defendant_pays(self):  # Pat v. Drew
        assert 170000 == batna_value(250000, 0.4, 0, 70000, side="buyer")
        assert 100000 == batna_value(250000, 0.6, 0, 50000, side="seller")

    @pytest.mark.parametrize("size", [1e-9, 1e-5, 0.1, 1, 10, 1e6, 1e12])
    def test_a_price_of_zero_is_one_at_every_size(self, size):
        def paid(refund):
            return batna_value(-refund * size, 0.1, 0, 0.3 * size, side="buyer")

        assert 0 <= paid(3) <= 1e-12 * size
        assert paid(3) == walkaway_price(paid(3), "buyer")  # which refuses a buyer's negative price
        assert why(paid(3.00001)) is Unanswered.OUTSIDE_DOMAIN

    def test_each_row_has_its_own_side_or_none(self):
        assert [101, 99, 99] == batna_value(100, 1, 0, 1, side=["buyer", "seller", None]).tolist()

    @given(money, share, money, money)
    def test_a_buyers_price_is_the_payoff_with_the_other_sign(self, payoff, probability, fallback, cost):
        price = batna_value(payoff, probability, fallback, cost, 2, 0.1, "buyer")

        assert price == pytest.approx(-batna_value(-payoff, probability, -fallback, cost, 2, 0.1))

    @given(any_money, share, any_money)
    def test_between_the_two_outcomes(self, payoff, probability, fallback):
        value = batna_value(payoff, probability, fallback)

        assert min(payoff, fallback) - 1e-6 <= value <= max(payoff, fallback) + 1e-6

    @given(any_money, share, any_money, money)
    def test_cost_is_paid_in_full_win_or_lose(self, payoff, probability, fallback, cost):
        expected = batna_value(payoff, probability, fallback) - cost

        assert expected == pytest.approx(batna_value(payoff, probability, fallback, cost, 0, 0.5))


class TestBatnaCompare:
    def test_the_candidates_offer_falls_short_of_the_best_alternative(self):
        table = batna_compare(95000, **CANDIDATE)

        assert [90000, 98200, 91000] == pytest.approx(table.effective_price)
        assert [3, 1, 2] == table.rank.tolist()
        assert [5000, -3200, 4000] == pytest.approx(table.advantage)
        assert ["", "BATNA", ""] == list(table.flag)
        assert table.label is None

    def test_the_four_types_of_a_buyers_alternative(self):
        table = batna_compare(42, **FOUR_TYPES)

        assert [41, 41.5, 42.25, 46] == pytest.approx(table.effective_price)
        assert [1, 2, 3, 4] == table.rank.tolist()
        assert [-1, -0.5, 0.25, 4] == pytest.approx(table.advantage)
        assert FOUR_TYPES["labels"] == list(table.label)

    def test_one_alternative(self):
        table = batna_compare(7500, [6500], "buyer")

        assert [6500, 1, -1000, "BATNA"] == [
            column[0] for column in (table.effective_price, table.rank, table.advantage, table.flag)
        ]

    def test_equal_alternatives_share_the_rank_and_the_first_is_flagged(self):
        table = batna_compare(100, [90, 95, 95 * (1 + 1e-10), 80], "seller")

        assert [3, 1, 1, 4] == table.rank.tolist()
        assert ["", "BATNA", "", ""] == list(table.flag)

    def test_a_blank_row_stays_blank_and_counts_for_nothing(self):
        table = batna_compare(95, [90, None, 92], "seller", None, [0, None, None], [1, None, None])

        assert Unanswered.NOTHING_ASKED is why(table.effective_price[1])
        assert [2, 1] == table.rank[[0, 2]].tolist()

    @pytest.mark.parametrize(
        ("reason", "row"),
        [
            (Unanswered.MALFORMED, (105, 0, 0.6, None)),  # what if it fails?
            (Unanswered.MALFORMED, (None, 3, None, None)),
            (Unanswered.OUTSIDE_DOMAIN, (105, 0, 1.2, 90)),
            (Unanswered.OUTSIDE_DOMAIN, (105, 0, -0.1, 90)),
            (Unanswered.OUTSIDE_DOMAIN, (np.inf, 0, 1, 90)),
            (Unanswered.OUTSIDE_DOMAIN, (105, np.inf, 1, 90)),
        ],
    )
    def test_one_bad_row_leaves_its_neighbours_alone(self, reason, row):
        table = batna_compare(95, side="seller", **_columns([(90, 0, 1, None), row, (80, 0, 1, None)]))

        assert [reason] * 3 == [
            why(column[1]) for column in (table.effective_price, table.rank, table.advantage)
        ]
        assert [1, 2] == table.rank[[0, 2]].tolist()
        assert "BATNA" == table.flag[0]

    @pytest.mark.parametrize(
        ("subject", "row"), [("prices", (-90, 0, 1, None)), ("fallbacks", (90, 0, 0.5, -3))]
    )
    def test_a_buyers_payoff_is_no_price_unless_prices_have_a_sign(self, subject, row):
        rows = _columns([row, (95, 0, 1, None)])
        table = batna_compare(100, side="buyer", **rows)

        for column in (table.effective_price, table.rank, table.advantage, table.flag):
            reason = reason_of(column[0])
            assert (Unanswered.OUTSIDE_DOMAIN, subject) == (reason.why, reason.subject)
        assert why(batna_best(side="buyer", **rows)) is Unanswered.OUTSIDE_DOMAIN
        assert not np.isnan(batna_compare(100, side="buyer", **rows, signed_prices=True).rank).any()
        assert not np.isnan(batna_compare(100, side="seller", **rows).rank).any()

    @pytest.mark.parametrize("size", [1e-9, 1e-3, 1, 1e6, 1e12])
    def test_the_size_of_the_prices_changes_no_rank(self, size):
        table = batna_compare(95 * size, [90 * size, 90.0000001 * size, 90 * (1 + 1e-10) * size], "seller")

        assert [2, 1, 2] == table.rank.tolist()

    def test_a_certain_alternative_needs_no_fallback(self):
        assert [90] == batna_compare(95, [90], "seller", None, None, [0.9999999999], [None]).effective_price

    def test_rows_and_columns_of_cells_are_the_same(self):
        across, down = (
            batna_compare(95, np.reshape([90, 92], shape), "seller") for shape in ((1, 2), (2, 1))
        )

        assert across.rank.tolist() == down.rank.tolist() == [2, 1]

    @pytest.mark.parametrize(
        "changed",
        [
            {"side": "byer"},
            {"side": None},
            {"labels": ["A"]},
            {"alternatives_better_by": [1, 2]},
            {"prices": np.ones((2, 2))},
        ],
        ids=str,
    )
    def test_a_malformed_table_is_refused(self, changed):
        with pytest.raises(InputError):
            batna_compare(95000, **CANDIDATE | changed)

    @given(any_money, alternatives, side)
    def test_the_mirror_image_ranks_the_same(self, offer, rows, ours):
        ranked = batna_compare(offer, side=ours, signed_prices=True, **_columns(rows))
        mirrored = batna_compare(
            -offer,
            side=OTHER_SIDE[ours],
            signed_prices=True,
            **_columns([(-price, adj, p, -back) for price, adj, p, back in rows]),
        )

        assert ranked.rank.tolist() == mirrored.rank.tolist()
        assert ranked.advantage.tolist() == mirrored.advantage.tolist()

    @given(st.lists(st.integers(1, 6), min_size=1, max_size=6), side)
    def test_ties_rank_as_scipy_ranks_them(self, prices, ours):
        expected = stats.rankdata([-SIGN[ours] * price for price in prices], "min")

        assert expected.tolist() == batna_compare(0, prices, ours).rank.tolist()

    @given(any_money, alternatives, side)
    def test_exactly_one_is_flagged_and_none_is_better(self, offer, rows, ours):
        table = batna_compare(offer, side=ours, signed_prices=True, **_columns(rows))
        best = list(table.flag).index("BATNA")

        assert ["BATNA"] == [flag for flag in table.flag if flag]
        assert (SIGN[ours] * (table.effective_price - table.effective_price[best]) <= 1e-2).all()
        assert 1 == table.rank[best]

    @given(any_money, alternatives, side)
    def test_the_advantage_is_the_gap_to_each_alternative(self, offer, rows, ours):
        table = batna_compare(offer, side=ours, signed_prices=True, **_columns(rows))

        assert SIGN[ours] * (offer - table.effective_price) == pytest.approx(table.advantage)


class TestBatnaBest:
    def test_the_jewel_buyer_goes_to_beta(self):
        jewel = ([35, 38], "buyer", ["Acme", "Beta"], [0, 5])

        assert 33 == batna_best(*jewel)
        assert "Beta" == batna_best(*jewel, output="label")

    def test_the_best_of_the_worked_tables(self):
        assert 98200 == pytest.approx(batna_best(**CANDIDATE))
        assert 41 == pytest.approx(batna_best(**FOUR_TYPES))
        assert "other supplier" == batna_best(**FOUR_TYPES, output="label")

    def test_blank_rows_are_passed_over(self):
        assert 92 == batna_best([90, None, 92, None], "seller")

    @pytest.mark.parametrize("prices", [None, [None], [None, None], [np.nan]])
    def test_no_alternative_at_all_has_no_answer(self, prices):
        assert why(batna_best(prices, "seller")) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("row", [(105, 0, 0.6, None), (None, 3, None, None)])
    def test_a_half_filled_row_is_refused(self, row):
        with pytest.raises(InputError):
            batna_best(side="seller", **_columns([(90, 0, 1, None), row]))

    @pytest.mark.parametrize("row", [(105, 0, 1.2, 90), (np.inf, 0, 1, 90), (105, np.inf, 1, 90)])
    def test_a_row_outside_the_domain_leaves_no_best(self, row):
        assert (
            why(batna_best(side="seller", **_columns([(90, 0, 1, None), row]))) is Unanswered.OUTSIDE_DOMAIN
        )

    def test_of_equal_alternatives_the_first_is_named(self):
        assert "B" == batna_best([90, 95, 95], "seller", ["A", "B", "C"], output="label")

    def test_an_unnamed_alternative_goes_by_its_place(self):
        assert "alternative 2" == batna_best([90, 95], "seller", output="label")

    @given(alternatives, side)
    def test_it_is_the_row_that_the_comparison_flags(self, rows, ours):
        table = batna_compare(0, side=ours, signed_prices=True, **_columns(rows))

        assert table.effective_price[list(table.flag).index("BATNA")] == batna_best(
            side=ours, signed_prices=True, **_columns(rows)
        )


chances = st.lists(st.integers(1, 100), min_size=1, max_size=6).map(
    lambda parts: [p / sum(parts) for p in parts]
)


@st.composite
def gambles(draw):
    """Outcomes and their chances."""
    chance = draw(chances)
    return draw(st.lists(any_money, min_size=len(chance), max_size=len(chance))), chance


class TestBatnaCe:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (458.111317, ([5000, 0], [0.6, 0.4], 500)),  # the AIMA exercise
            (366.514057, ([5000, 0], [0.6, 0.4], 400)),
            (3000, ([5000, 0], [0.6, 0.4])),
            (30017.35, ([200000, -50000], [0.6, 0.4], 100000)),  # Pat
            (-4688.27, ([200000, -50000], [0.6, 0.4], 50000)),
            (42, ([42], [1], 7)),
            (7, ([7, -1000], [1, 0], 1)),  # what cannot happen does not frighten
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(batna_ce(*arguments), abs=5e-3)

    def test_the_normal_distribution_has_a_closed_form(self):
        places = np.linspace(-8, 8, 4001)
        weights = stats.norm.pdf(places)
        gamble = (100 + 10 * places, weights / weights.sum(), 50)

        assert 99 == pytest.approx(batna_ce(*gamble))  # mean − variance / (2 R)
        assert 101 == pytest.approx(batna_ce(*gamble, "buyer"))

    def test_risk_makes_a_risky_cost_dearer(self):
        assert 52402.29 == pytest.approx(batna_ce([40000, 60000], [0.5, 0.5], 20000, "buyer"), abs=5e-3)
        assert 47597.71 == pytest.approx(batna_ce([40000, 60000], [0.5, 0.5], 20000, "seller"), abs=5e-3)

    @pytest.mark.parametrize("size", [1e-9, 1e-3, 1, 1e6, 1e12])
    def test_a_price_of_zero_is_one_at_every_size(self, size):
        def paid(refund):
            return batna_ce([0.1 * size, -refund * size], [0.75, 0.25], side="buyer")

        assert 0 <= paid(0.3) <= 1e-12 * size
        assert why(paid(0.30001)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_buyers_payoffs_are_no_prices(self):
        reason = reason_of(batna_ce([-40000, -60000], [0.5, 0.5], 20000, "buyer"))

        assert (Unanswered.OUTSIDE_DOMAIN, "outcomes") == (reason.why, reason.subject)

    @given(gambles(), money)
    def test_a_price_is_the_payoff_with_the_other_sign(self, gamble, tolerated):
        outcomes, chance = gamble
        price = batna_ce([abs(outcome) for outcome in outcomes], chance, tolerated, "buyer")
        payoff = batna_ce([-abs(outcome) for outcome in outcomes], chance, tolerated)

        assert price == -payoff

    @pytest.mark.parametrize("total", [0.6 + 0.3999999, 0.6 + 0.4000009])
    def test_chances_may_miss_1_by_a_millionth(self, total):
        assert 3000 == pytest.approx(batna_ce([5000, 0], [0.6, total - 0.6]), rel=1e-5)

    @pytest.mark.parametrize("chance", [[0.6, 0.399], [0.6, 0.5], [60, 40], [1.2, -0.2]])
    def test_chances_that_are_none_have_no_answer(self, chance):
        assert why(batna_ce([5000, 0], chance, 500)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("tolerated", [0, -5])
    def test_without_tolerance_there_is_no_answer(self, tolerated):
        assert why(batna_ce([5000, 0], [0.6, 0.4], tolerated)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("table", [([5000, None], [0.6, 0.4]), ([5000, 0], [1, None])])
    def test_half_a_row_is_refused(self, table):
        with pytest.raises(InputError):
            batna_ce(*table)

    def test_a_blank_row_counts_for_nothing(self):
        assert batna_ce([5000, 0], [0.6, 0.4], 500) == batna_ce([5000, None, 0], [0.6, None, 0.4], 500)

    def test_a_large_stake_does_not_overflow(self):
        assert -1e6 + np.log(2) == pytest.approx(batna_ce([1e6, -1e6], [0.5, 0.5], 1))

    @given(gambles(), money)
    def test_the_same_as_logsumexp(self, gamble, tolerated):
        outcomes, chance = gamble
        expected = -tolerated * special.logsumexp(-np.array(outcomes) / tolerated, b=chance)

        assert expected == pytest.approx(batna_ce(*gamble, tolerated), rel=1e-7, abs=1e-6)

    @given(gambles(), money)
    def test_between_the_worst_outcome_and_the_expected_value(self, gamble, tolerated):
        worst, certain, expected = min(gamble[0]), batna_ce(*gamble, tolerated), batna_ce(*gamble)

        assert worst - 1e-6 <= certain <= expected + 1e-6
        assert worst == pytest.approx(batna_ce(*gamble, 1e-9), abs=1e-6)
        assert expected == pytest.approx(batna_ce(*gamble, 1e20), abs=1e-6)
        assert certain <= batna_ce(*gamble, 2 * tolerated) + 1e-6

    @given(gambles(), money, any_money)
    def test_a_sure_amount_on_top_counts_in_full(self, gamble, tolerated, more):
        outcomes, chance = gamble
        shifted = batna_ce([outcome + more for outcome in outcomes], chance, tolerated)

        assert batna_ce(*gamble, tolerated) + more == pytest.approx(shifted, abs=1e-5)


class TestBatnaRisk:
    def test_the_aima_exercise(self):
        assert 152.379564 == pytest.approx(batna_risk(500, 0, 100), abs=5e-7)

    @pytest.mark.parametrize(
        "arguments", [(500, 0, 250), (500, 0, 300), (500, 0, 0), (500, 0, 100, 0), (5, 0, 3, 1)]
    )
    def test_who_does_not_shun_risk_has_no_tolerance_of_it(self, arguments):
        answer = batna_risk(*arguments)

        assert why(answer) is Unanswered.NO_ANSWER

    @pytest.mark.parametrize("arguments", [(0, 500, 100), (500, 500, 500), (500, 0, 100, 1.5)])
    def test_outside_the_domain_has_no_answer(self, arguments):
        assert why(batna_risk(*arguments)) is Unanswered.OUTSIDE_DOMAIN

    @given(any_money, money, st.integers(1, 99), st.integers(1, 99))
    def test_the_certainty_equivalent_comes_back(self, lose, stake, chance, part):
        p, win = chance / 100, lose + stake
        certain = lose + p * part / 100 * stake
        assume(lose + 1e-6 * max(1, abs(lose)) < certain)
        tolerated = batna_risk(win, lose, certain, p)

        assert certain - lose == pytest.approx(
            batna_ce([win, lose], [p, 1 - p], tolerated) - lose, rel=1e-5, abs=1e-6 * max(1, abs(lose))
        )


def _excess(frozen, price):
    """E[(X − w)⁺], by quadrature."""
    low, high = frozen.ppf([1e-15, 1 - 1e-15])
    if price >= high:
        return 0.0
    start = max(low, price)
    return integrate.quad(frozen.sf, start, high, limit=200)[0] + max(0.0, low - price)


class TestBatnaSearch:
    UNIFORM = (1, "seller", 80, 120)

    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (111.055728, UNIFORM),
            (0.8, (0.02, "seller", 0, 1)),
            (109.023463, (1, "seller", 100, 10, None, "normal")),
            (90.976537, (1, "buyer", 100, 10, None, "normal")),
            (88.944272, (1, "buyer", 80, 120)),
            (75, (25, "seller", 80, 120)),  # too dear to search: an offer costs more than it can bring
            (120, (0, "seller", 80, 120)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(batna_search(*arguments), abs=5e-7)

    @pytest.mark.parametrize(
        ("expected", "draws"), [(99, 1), (103.5125, 2), (105.910471, 3), (108.378957, 5), (110.394870, 10)]
    )
    def test_so_many_draws_left(self, expected, draws):
        assert expected == pytest.approx(batna_search(*self.UNIFORM, draws=draws), abs=1e-6)
        assert 200 - expected == pytest.approx(batna_search(1, "buyer", 80, 120, draws=draws), abs=1e-6)

    def test_each_row_has_its_own_draws(self):
        expected = [batna_search(*self.UNIFORM, draws=draws) for draws in (1, 5, None, 2)]

        assert expected == batna_search(*self.UNIFORM, draws=[1, 5, None, 2]).tolist()

    @pytest.mark.parametrize("draws", [0, 0.5, 2.5, -1, 1001])
    def test_draws_are_a_whole_number(self, draws):
        assert why(batna_search(*self.UNIFORM, draws=draws)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize("dist", ["normal", "logistic"])
    def test_free_search_without_end_has_no_answer(self, dist):
        assert why(batna_search(0, "seller", 100, 10, None, dist)) is Unanswered.NO_ANSWER
        assert batna_search(0, "seller", 100, 10, None, dist, 3) > 100

    def test_a_negative_cost_has_no_answer(self):
        assert why(batna_search(-1, "seller", 80, 120)) is Unanswered.OUTSIDE_DOMAIN

    @pytest.mark.parametrize(
        ("believed", "frozen"),
        [
            ((80, 120), stats.uniform(80, 40)),
            ((80, 90, 120), stats.triang(0.25, 80, 40)),
            ((80, 80, 120), stats.triang(0, 80, 40)),
            ((80, 120, 120), stats.triang(1, 80, 40)),
            ((100, 10, None, "normal"), stats.norm(100, 10)),
            ((100, 10, None, "logistic"), stats.logistic(100, 10)),
        ],
    )
    @pytest.mark.parametrize("cost", [1e-4, 0.01, 0.5, 3, 12, 40])
    def test_the_same_as_scipys_root(self, believed, frozen, cost):
        root = optimize.brentq(lambda price: _excess(frozen, price) - cost, 0, 400, xtol=1e-12)

        assert root == pytest.approx(batna_search(cost, "seller", *believed), rel=1e-6)

    @pytest.mark.parametrize(
        ("believed", "frozen"),
        [
            ((80, 90, 120), stats.triang(0.25, 80, 40)),
            ((100, 10, None, "normal"), stats.norm(100, 10)),
            ((100, 10, None, "logistic"), stats.logistic(100, 10)),
        ],
    )
    @pytest.mark.parametrize("cost", [0, 1, 12])
    def test_one_draw_after_the_other_by_quadrature(self, believed, frozen, cost):
        worth = frozen.mean() - cost
        for draws in range(2, 6):
            worth += _excess(frozen, worth) - cost

            assert worth == pytest.approx(
                batna_search(cost, "seller", *(*believed, None)[:4], draws), rel=1e-6
            )

    @given(
        st.sampled_from([(80, 120), (80, 90, 120), (100, 10, None, "normal"), (100, 10, None, "logistic")]),
        st.integers(50, 3000),
    )
    def test_many_draws_come_to_no_limit(self, believed, cents):
        cost = cents / 100
        few, many, endless = (
            batna_search(cost, "seller", *(*believed, None, None)[:4], draws) for draws in (2, 1000, None)
        )

        assert few <= many + 1e-9
        assert endless == pytest.approx(many, rel=1e-6)
