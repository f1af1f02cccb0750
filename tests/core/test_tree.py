"""Decision trees: worked values, what makes no tree, and the rollback against every strategy there is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import why
from walkaway_xl import InputError, batna_ce, batna_tree, reason_of
from walkaway_xl.core.errors import Unanswered

# Zane, decision analysis for litigators, in thousands: settle for 600 or go to court.
TRIAL = {
    "ids": [1, 2, 3, 4, 5, 6],
    "parents": [None, 1, 1, 3, 3, 3],
    "types": ["D", "T", "C", "T", "T", "T"],
    "values": [0, -600, -100, -1000, -300, 0],
    "probabilities": [None, None, None, 0.5, 0.2, 0.3],
}


def tree_of(*rows, output="value", side=None):
    """A tree from rows of id, parent, type, value and chance."""
    return batna_tree(*(list(column) for column in zip(*rows, strict=True)), output, side)


@st.composite
def trees(draw):
    """Rows of a random tree, each parent before what follows on it."""
    rows = [(0, None, draw(st.sampled_from("DC")), draw(st.integers(-9, 9)), None)]
    open_nodes = [(0, rows[0][2], 1)]
    while open_nodes:
        parent, kind, depth = open_nodes.pop()
        count = draw(st.integers(1, 3))
        weights = [draw(st.integers(1, 5)) for _ in range(count)]
        for weight in weights:
            node = len(rows)
            own = draw(st.sampled_from("TTDC" if depth < 3 else "T"))
            chance = weight / sum(weights) if kind == "C" else None
            rows.append((node, parent, own, draw(st.integers(-9, 9)), chance))
            if own != "T":
                open_nodes.append((node, own, depth + 1))
    return rows


def best_of_all_strategies(rows):
    """The highest expected value over every choice at every decision: no rollback in it."""
    after = {row[0]: [other for other in rows if other[1] == row[0]] for row in rows}
    decisions = [row[0] for row in rows if row[2] == "D"]

    def expected(row, choice):
        node, _, kind, value, _ = row
        if kind == "T":
            return value
        if kind == "D":
            return value + expected(choice[node], choice)
        return value + sum(other[4] * expected(other, choice) for other in after[node])

    choices = itertools.product(*(after[node] for node in decisions))
    return max(expected(rows[0], dict(zip(decisions, choice, strict=True))) for choice in choices)


class TestBatnaTree:
    def test_litigate_or_settle(self):
        assert -600 == batna_tree(**TRIAL)
        assert 2 == batna_tree(**TRIAL, output="choice")
        assert [-600, -600, -660, -1000, -300, 0] == batna_tree(**TRIAL, output="table").tolist()

    def test_the_defendant_pays_the_lower_price(self):
        paid = TRIAL | {"values": [0, 600, 100, 1000, 300, 0], "side": "buyer"}

        assert 600 == batna_tree(**paid)
        assert 2 == batna_tree(**paid, output="choice")
        assert [600, 600, 660, 1000, 300, 0] == batna_tree(**paid, output="table").tolist()

    @pytest.mark.parametrize("output", ["value", "choice", "table"])
    def test_a_buyers_payoffs_are_no_prices(self, output):
        reason = reason_of(batna_tree(**TRIAL, side="buyer", output=output))

        assert (Unanswered.OUTSIDE_DOMAIN, "values") == (reason.why, reason.subject)

    @pytest.mark.parametrize("size", [1e-9, 1e-5, 0.1, 1, 10, 1e6, 1e12])
    def test_a_price_of_zero_is_one_at_every_size(self, size):
        def paid(last):
            ways = ((1, None, "D", 3 * size, None), (2, 1, "D", -size, None), (4, 1, "T", 1e12 * size, None))
            return tree_of(*ways, (3, 2, "T", last * size, None), side="buyer")

        assert 0 <= paid(-2) <= 1e-12 * size
        assert why(paid(-2.00001)) is Unanswered.OUTSIDE_DOMAIN  # however dear the way is that is not taken

    @pytest.mark.parametrize("label", ["{", "}", "{got}", "{0}"])
    def test_a_label_with_braces_is_told_as_it_is(self, label):
        with pytest.raises(InputError) as refusal:
            tree_of((1, None, "D", 0, None), (2, label, "T", 5, None))
        assert f"there is no {label}" in str(refusal.value)

    def test_the_choice_comes_back_as_its_id_was_given(self):
        rows = (("Go", "", "D", 0, None), (" Sign ", "go", "T", 9, None), ("wait", "GO ", "T", 8, None))

        assert " Sign " == tree_of(*rows, output="choice")

    def test_of_equal_branches_the_first_is_chosen(self):
        rows = ((1, None, "D", 0, None), (2, 1, "T", 0.3, None), (3, 1, "T", 0.1 + 0.2, None))

        assert 2 == tree_of(*rows, output="choice")

    def test_blank_rows_stay_blank(self):
        rows = ((1, None, "D", 5, None), (None, None, None, None, None), (2, 1, "T", 7, None))
        table = tree_of(*rows, output="table")

        assert [12, 7] == [table[0], table[2]]
        assert why(table[1]) is Unanswered.NOTHING_ASKED
        assert why(tree_of((None, None, None, None, None))) is Unanswered.NOTHING_ASKED

    @pytest.mark.parametrize(("chances", "accepted"), [((0.5, 0.4999999), True), ((0.5, 0.499), False)])
    def test_chances_make_one(self, chances, accepted):
        rows = [(1, None, "C", 0, None), *((n + 2, 1, "T", 100, chance) for n, chance in enumerate(chances))]
        worth = tree_of(*rows)

        assert (pytest.approx(100, abs=1e-12) == worth) == accepted
        assert (why(worth) is Unanswered.OUTSIDE_DOMAIN) != accepted

    @pytest.mark.parametrize("chance", [-0.1, 1.1, 60])
    def test_what_is_no_chance_is_refused_wherever_it_stands(self, chance):
        rows = ((1, None, "D", 0, None), (2, 1, "T", 5, chance))

        assert why(tree_of(*rows)) is Unanswered.OUTSIDE_DOMAIN

    def test_there_is_no_choice_where_the_tree_begins_with_a_chance(self):
        rows = ((1, None, "C", 0, None), (2, 1, "T", 5, 1))

        assert why(tree_of(*rows, output="choice")) is Unanswered.NO_ANSWER
        assert 5 == tree_of(*rows)

    @pytest.mark.parametrize(
        ("rows", "argument", "words"),
        [
            (((1, None, "D", 0, None), (1, 1, "T", 5, None)), "ids", "twice"),
            (((1, None, "D", 0, None), (" A", 1, "T", 5, None), ("a ", 1, "T", 5, None)), "ids", "twice"),
            (((1, None, "D", 0, None), (2, 9, "T", 5, None)), "parents", "no 9"),
            (((1, None, "D", 0, None), (2, "1", "T", 5, None)), "parents", "no 1"),
            (((1, None, "T", 0, None), (2, None, "T", 5, None)), "parents", "are 2"),
            (((1, 2, "D", 0, None), (2, 1, "D", 5, None)), "parents", "are 0"),
            (
                ((0, None, "T", 0, None), (1, 2, "D", 0, None), (2, 1, "D", 5, None)),
                "parents",
                "circle",
            ),
            (((1, None, "T", 0, None), (2, 1, "T", 5, None)), "types", "something follows 1"),
            (((1, None, "D", 0, None), (2, 1, "D", 5, None)), "types", "nothing follows 2"),
            (((1, None, "C", 0, None), (2, 1, "T", 5, None)), "probabilities", "2 has none"),
            (((1, None, "D", 0, None), (2, 1, None, 5, None)), "types", "Row 2"),
            (((1, None, "D", 0, None), (2, 1, "T", None, None)), "values", "Row 2"),
            (((1, None, "D", 0, None), (None, 1, "T", 5, None)), "ids", "Row 2"),
            (((1, None, "D", 0, None), (2, 1, "X", 5, None)), "types", '"decision"'),
            (((1, None, "D", 0, None), (True, 1, "T", 5, None)), "ids", "TRUE"),
        ],
    )
    def test_what_makes_no_tree_is_refused_by_name(self, rows, argument, words):
        with pytest.raises(InputError) as refusal:
            tree_of(*rows)
        assert argument == refusal.value.argument
        assert words in str(refusal.value)

    def test_a_long_chain_and_a_wide_fan_are_no_trouble(self):
        count = 10_000
        chain = [(n, n - 1 if n else None, "D" if n < count - 1 else "T", 1, None) for n in range(count)]
        fan = [(0, None, "C", 0, None), *((n, 0, "T", n, 1 / count) for n in range(1, count + 1))]

        assert count == tree_of(*chain)
        assert pytest.approx((count + 1) / 2) == tree_of(*fan)

    @given(trees())
    def test_no_strategy_is_better(self, rows):
        assert pytest.approx(best_of_all_strategies(rows), abs=1e-9) == tree_of(*rows)

    @given(trees())
    def test_the_lowest_price_is_the_highest_payoff_with_the_other_sign(self, rows):
        priced = [(*row[:3], row[3] + 9, row[4]) for row in rows]
        payoffs = [(*row[:3], -row[3] - 9, row[4]) for row in rows]

        assert pytest.approx(-tree_of(*payoffs), abs=1e-9) == tree_of(*priced, side="buyer")

    @given(trees(), st.randoms())
    def test_the_order_of_the_rows_changes_nothing(self, rows, chance):
        shuffled = rows.copy()
        chance.shuffle(shuffled)

        assert pytest.approx(tree_of(*rows), abs=1e-9) == tree_of(*shuffled)

    @given(st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9)), min_size=1, max_size=6))
    def test_one_chance_node_is_the_expected_value(self, outcomes):
        values, weights = zip(*outcomes, strict=True)
        chances = [weight / sum(weights) for weight in weights]
        rows = [(n + 1, 0, "T", *pair) for n, pair in enumerate(zip(values, chances, strict=True))]

        assert pytest.approx(batna_ce(values, chances), abs=1e-9) == tree_of((0, None, "C", 0, None), *rows)
