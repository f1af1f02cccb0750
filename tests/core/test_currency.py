"""The same question in another currency: money answers change with the unit, everything else stays.

No amount is too small or too large: the largest of a question may be a thousand-millionth or a million
million.
"""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import CALLS, in_python, why
from walkaway_xl import InputError
from walkaway_xl.core.errors import Unanswered


class Question(NamedTuple):
    """A function, what of it is money, and what of its answer (one word a column)."""

    name: str
    money: str
    gives: str
    changed: dict

    def __str__(self):
        return " ".join([self.name, *map(str, self.changed.values())])


def _asked(name, money, gives, **changed):
    return Question(name, money, gives, changed)


_BELIEF = "p1 p2 p3"
_NORMAL = {"p1": 135.0, "p2": 20.0, "p3": None, "dist": "normal"}
_LOGISTIC = _NORMAL | {"dist": "logistic"}
_UNIFORM = {"p1": 100.0, "p2": 180.0, "p3": None, "dist": "uniform"}
_ALTERNATIVES = "prices alternatives_better_by fallbacks"
_PACKAGE = "signing equity benefits"

QUESTIONS = [
    _asked("WALKAWAY_PRICE", "batna deal_better_by walk_cost hard_limit", "money"),
    _asked("WALKAWAY_CHECK", "offer walkaway target wish buffer", "same"),
    _asked("WALKAWAY_GAP", "offer walkaway", "money"),
    _asked("WALKAWAY_GAP", "offer walkaway", "same", as_percent=True),
    _asked("WALKAWAY_SCORE", "offer walkaway target", "same"),
    _asked("WALKAWAY_ISSUES", "values limits", "same"),
    _asked("WALKAWAY_POWER", "our_gain their_gain", "same"),
    _asked("WALKAWAY_EXIT", "surplus cost_to_continue", "money"),
    _asked("WALKAWAY_RUNWAY", "liquid monthly_need monthly_income", "same"),
    _asked("BATNA_VALUE", "payoff fallback cost", "money"),
    _asked("BATNA_COMPARE", f"offer {_ALTERNATIVES}", "same money same money same"),
    _asked("BATNA_BEST", _ALTERNATIVES, "money"),
    _asked("BATNA_BEST", _ALTERNATIVES, "same", output="label"),
    _asked("BATNA_TREE", "values", "money"),
    _asked("BATNA_TREE", "values", "money", output="table"),
    _asked("BATNA_TREE", "values", "same", output="choice"),
    _asked("BATNA_CE", "outcomes risk_tolerance", "money"),
    _asked("BATNA_RISK", "win lose ce", "money"),
    _asked("BATNA_SEARCH", f"cost {_BELIEF}", "money"),
    *(
        _asked("BATNA_SEARCH", f"cost {_BELIEF}", "money", **belief, draws=draws)
        for belief in (_UNIFORM, _NORMAL, _LOGISTIC)
        for draws in (3, None)
    ),
    _asked("ZOPA", "seller_walkaway buyer_walkaway", "money"),
    _asked("ZOPA", "seller_walkaway buyer_walkaway", "same", output="exists"),
    _asked("ZOPA", "seller_walkaway buyer_walkaway", "money", output="mid"),
    _asked("ZOPA_SHARE", "price seller_walkaway buyer_walkaway", "same"),
    _asked("ZOPA_PROB", f"walkaway {_BELIEF}", "same"),
    _asked("SPLIT_MIDPOINT", "our_offer their_offer seller_walkaway buyer_walkaway", "money"),
    _asked("SPLIT_NASH", "seller_walkaway buyer_walkaway", "money"),
    _asked("SPLIT_RUBINSTEIN", "seller_walkaway buyer_walkaway", "money"),
    _asked("SPLIT_KS", "seller_walkaway buyer_walkaway seller_ideal buyer_ideal", "money"),
    _asked("OFFER_BRACKET", "their_offer target limit", "money"),
    *(_asked("OFFER_PROB", f"offer {_BELIEF}", "same", **belief) for belief in ({}, _NORMAL, _LOGISTIC)),
    *(_asked("OFFER_EV", f"offer walkaway {_BELIEF}", "money", **belief) for belief in ({}, _NORMAL)),
    *(
        _asked("OFFER_BEST", f"walkaway {_BELIEF}", "money", **belief)
        for belief in ({}, _UNIFORM, _NORMAL, _LOGISTIC)
    ),
    _asked("OFFER_BEST", f"walkaway {_BELIEF}", "same", output="prob"),
    _asked("OFFER_BEST", f"walkaway {_BELIEF}", "money", output="ev"),
    _asked("OFFER_SEALED", "value low high", "money"),
    _asked("OFFER_ADVERSE", "offer low high", "money"),
    _asked("CONCESSION_PLAN", "start limit round_to", "money"),
    _asked("CONCESSION_PLAN", "start limit", "money", round_to=None, firmness=4),
    _asked("CONCESSION_STATUS", "our_offers their_offers", "same"),
    _asked("CONCESSION_LIMIT", "offers", "money"),
    _asked("CONCESSION_ACKERMAN", "target", "money"),
    _asked("PRICE_FLOOR", "cost fixed_cost round_to", "money"),
    _asked("PRICE_FLOOR", "cost fixed_cost", "money", round_to=None),
    _asked("DISCOUNT_MAX", "list_price cost fixed_cost", "same"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "same"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "same", output="margin"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "money", output="price"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "same", output="headroom"),
    _asked("PRICE_WATERFALL", "list_price on_invoice off_invoice", "money"),
    _asked("PRICE_WATERFALL", "list_price on_invoice off_invoice", "same", output="leakage"),
    _asked("PRICE_WATERFALL", "list_price", "money", basis="running"),
    _asked("PRICE_GUIDANCE", "history", "money money money"),
    _asked("DISCOUNT_CLIFF", "unit_price", "same same same money"),
    _asked("REBATE_VALUE", "volume breaks", "money"),
    _asked("DEAL_APPROVER", "value limits", "same"),
    _asked("DEAL_BLEND", "list_prices", "same"),
    _asked("DEAL_LIFETIME", "margin cost", "money"),
    _asked("DEAL_RESULT", "price walkaway target buffer", "same"),
    _asked("DEAL_RESULT", "price walkaway target buffer", "money", output="value"),
    _asked("COMP_TOTAL", f"base {_PACKAGE}", "money"),
    _asked("COMP_MATCH", f"target_total {_PACKAGE}", "money"),
    _asked("ISSUE_SCORE", "values worst best limits", "same"),
    _asked("ISSUE_PRICE", "values worst best", "money"),
    _asked("DILIGENCE_ORDER", "costs", "same"),
    _asked("DILIGENCE_ORDER", "costs", "money", output="cost"),
]

WITHOUT_MONEY = {
    "WALKAWAY_MESSAGE": "words",
    "DISCOUNT_STACK": "shares of a price",
    "DISCOUNT_TIER": "pieces, counted one by one",
    "PRICE_BREAKEVEN": "shares of a price",
    "TERMS_COST": "days, and shares of a price",
    "TERMS_RATE": "days, and shares of a price",
    "ISSUE_WEIGHTS": "points",
    "ISSUE_PARETO": "points",
    "ISSUE_TRADES": "points",
    "PREP_SCORE": "points",
    "FLAG_CHECK": "words",
}

part = st.sampled_from([1, 0.5, 0.9, 1.25, 0, -1])
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=str)


def _worked(question):
    """The arguments of the worked call, with what this question changes."""
    told = {
        slot.name: slot.cells if slot.reach in ("element", "single") else np.array(slot.cells, object).ravel()
        for slot in CALLS[question.name].slots
    }
    return told | question.changed


def _amounts(question, arguments):
    """The arguments that are money, and given."""
    return [name for name in question.money.split() if arguments[name] is not None]


def _in_unit(question, arguments, unit):
    return arguments | {name: arguments[name] * unit for name in _amounts(question, arguments)}


def _answer(question, arguments, unit=1.0):
    """The answer cell by cell, or why there is none; money in parts of the largest amount asked about."""
    asked = _in_unit(question, arguments, unit)
    try:
        result = in_python(question.name)(**asked)
    except InputError as error:
        return [(Unanswered.MALFORMED, error.argument)]
    if isinstance(result, float) and why(result):
        return [why(result)]
    largest = max(np.abs(np.asarray(asked[name], float)).max() for name in _amounts(question, asked)) or 1.0
    words = question.gives.split()
    parts = result if isinstance(result, tuple) else np.reshape(result, (-1, len(words))).T
    return [
        cell if isinstance(cell, str) else why(cell) or (cell / largest if word == "money" else cell)
        for word, part in zip(words, parts, strict=True)
        for cell in np.asarray(part, object).tolist()
    ]


def _power_of_largest(question, arguments):
    """The power of ten of the largest amount asked about: what a unit of it takes away."""
    amounts = [np.abs(np.asarray(arguments[name], float)).max() for name in _amounts(question, arguments)]
    return math.floor(math.log10(max(amounts))) if any(amounts) else 0


def _near(answer):
    return [pytest.approx(cell, abs=1e-9) if isinstance(cell, int | float) else cell for cell in answer]


def test_every_function_is_asked_or_has_no_money_in_it():
    asked = {question.name for question in QUESTIONS}

    assert set(CALLS) == asked | set(WITHOUT_MONEY)
    assert not asked & set(WITHOUT_MONEY)


@every_question
@pytest.mark.parametrize("power", range(-9, 13, 3))
def test_the_worked_answer_in_another_currency(question, power):
    arguments = _worked(question)
    expected = _answer(question, arguments)

    assert not any(isinstance(cell, tuple | Unanswered) for cell in expected)
    assert _near(expected) == _answer(
        question, arguments, 10.0 ** (power - _power_of_largest(question, arguments))
    )


@every_question
@settings(max_examples=25)
@given(data=st.data())
def test_any_answer_in_another_currency(question, data):
    """Also where there is none: the reason does not hang on the unit either."""
    arguments = _worked(question)
    for name in _amounts(question, arguments):
        parts = st.lists(part, min_size=np.size(arguments[name]), max_size=np.size(arguments[name]))
        drawn = np.reshape(data.draw(parts), np.shape(arguments[name]))
        arguments[name] = arguments[name] * (drawn if drawn.shape else drawn.item())
    power = data.draw(st.integers(-9, 12))
    unit = 10.0 ** (power - _power_of_largest(question, arguments))
    expected = _answer(question, arguments)

    assert _near(expected) == _answer(question, arguments, unit)
