"""The core run on symbols: what it writes down, what it refuses, and that it is itself again afterwards."""

import math
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.hosts.formulas.engines import Formulon
from walkaway_xl import walkaway_check, walkaway_gap
from walkaway_xl.catalogue import Function
from walkaway_xl.core import _tolerance, batna
from walkaway_xl.core._answers import answer, no_answer
from walkaway_xl.core._takes import takes
from walkaway_xl.core.kinds import COST, MONEY, PRICE, TICK
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import helpers, lambdas, spelling
from walkaway_xl.symbolic import tracing
from walkaway_xl.symbolic.expressions import Node, both, chosen, compared, either, opposite
from walkaway_xl.symbolic.symbols import Symbol, UntraceableError

A, B = Node("argument", "a", None), Node("argument", "b", None)
SIDE = Node("argument", "side", frozenset([1.0, -1.0]))


class TestExpressions:
    def test_equal_parts_are_one(self):
        assert Node("+", A, 1.0) is Node("+", A, 1.0)
        assert Node("+", A, 1.0) is not Node("+", A, True)

    def test_a_condition_and_its_opposite_settle_each_other(self):
        less = compared("<", A, B)
        assert both(less, opposite(less)) is False
        assert either(less, opposite(less)) is True
        assert opposite(opposite(less)) is less

    def test_what_others_rule_out_or_bring_along_is_left_out(self):
        less, blank = compared("<", A, B), Node("blank", "a")
        assert Node("or", less, blank) is either(less, both(opposite(less), blank))
        assert Node("and", less, blank) is both(less, either(opposite(less), blank))
        assert both(less, blank, either(opposite(less), opposite(blank))) is False

    def test_a_choice_among_truth_values_is_none(self):
        less = compared("<", A, B)
        assert chosen(less, True, False) is less
        assert chosen(less, A, A) is A

    def test_what_a_side_can_never_be_is_settled(self):
        assert compared("=", SIDE, 0.0) is False
        assert compared("<", SIDE, 2.0) is True
        assert isinstance(compared("<", SIDE, 0.0), Node)


class TestTheCore:
    def test_is_itself_again_after_it_has_been_traced(self):
        before = batna.at_least
        tracing.traced(CATALOGUE["BATNA_RISK"])
        assert before is batna.at_least is _tolerance.at_least

    def test_answers_numbers_while_it_is_being_traced(self):
        def ask(_: int) -> list[int]:
            return walkaway_check([95.0, 100.0, 108.0], 100, "seller").tolist()

        with ThreadPoolExecutor(2) as pool:
            tracing_runs = [pool.submit(tracing.traced, CATALOGUE["WALKAWAY_CHECK"]) for _ in range(20)]
            answers = set(map(tuple, pool.map(ask, range(200))))
        assert {(-1, 0, 1)} == answers
        assert all(run.result().answers for run in tracing_runs)

    def test_a_branch_of_python_on_a_number_is_refused(self):
        @takes(cost=COST)
        def branching(cost):
            """Branch.

            Parameters
            ----------
            cost : array_like
                Cost.
            """
            return answer(cost if cost > 1 else 2 * cost)

        with pytest.raises(UntraceableError, match="branch"):
            tracing.traced(Function(branching, MONEY, ()))

    def test_a_function_of_numpy_without_a_formula_is_refused_by_its_name(self):
        with pytest.raises(UntraceableError, match="median"):
            np.median(Symbol(A))


@takes(price=PRICE, cost=COST, round_to=TICK)
def surplus(price, cost, round_to=None):
    """What a price brings beyond its cost.

    Parameters
    ----------
    price : array_like
        Price.
    cost : array_like
        Cost.
    round_to : array_like, optional
        Tick.
    """
    gain = price - cost
    return answer(
        _tolerance.round_up(gain / price, round_to),
        no_answer("price", _tolerance.below(price, cost), "be above cost"),
    )


@pytest.fixture(scope="module")
def engine():
    """An engine that has the formula of a function that no entry knows: it comes from its code alone."""
    names = {name: helper.formula for name, helper in helpers.HELPERS.items()}
    return Formulon({**names, "SURPLUS": lambdas.typed_formula(Function(surplus, MONEY, ()))})


class TestAFunctionOfItsOwn:
    @pytest.mark.parametrize(
        ("arguments", "shown"),
        [
            ("100,75", 0.25),
            ("100,74,0.1", 0.3),
            ("100,100.00000001", 0),
            ("100,101", "#N/A"),
            ("100,-1", "#NUM!"),
            ("0,0", "#NUM!"),
            ("100,75,0", "#NUM!"),
            ('"100",75', "#VALUE!"),
            ('"100",#DIV/0!', "#DIV/0!"),
            ('"",75', ""),
            ('100,""', "#VALUE!"),
        ],
    )
    def test_one_cell(self, engine, arguments, shown):
        ((cell,),) = engine.shown(f"=SURPLUS({arguments})")
        cell = getattr(cell, "code", cell)
        assert math.isclose(cell, shown, abs_tol=1e-9) if isinstance(shown, int | float) else cell == shown

    def test_its_variables_have_their_names(self):
        text = lambdas.typed_formula(Function(surplus, MONEY, ()))
        assert re.search(r"\bgain,price_-cost_,", text) or "(price_-cost_)/price_" in text


def test_names_of_the_core_are_those_of_the_formula():
    text = lambdas.typed_formula(CATALOGUE["WALKAWAY_CHECK"])
    for name in ("has_target", "gap", "tie", "close"):
        assert f",{name}," in text


def test_the_gap_is_what_the_core_says():
    assert walkaway_gap(105, 100, "seller") == 5
    assert "side_*(offer_-walkaway_)" in lambdas.typed_formula(CATALOGUE["WALKAWAY_GAP"])


def test_no_parameter_hides_a_function_that_is_called():
    for name, function in lambdas.FORMULAS.items():
        text = lambdas.typed_formula(function)
        called = set(re.findall(r"\b([A-Z][A-Z0-9._]*)\(", text))
        assert not called & {bound.upper() for bound in spelling.bound_names(text)}, name
