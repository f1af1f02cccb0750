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

from tests.calls import CALLS, Comparison, in_python, is_one_cell
from tests.strategies import why
from walkaway_xl import InputError
from walkaway_xl.core.errors import Unanswered
from walkaway_xl.core.kinds import Unit


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

# What an entry cannot say: other forms of an answer, mixed tables, and numbers that may be money.
SPECIAL = [
    _asked("WALKAWAY_GAP", "offer walkaway", "same", as_percent=True),
    _asked("WALKAWAY_ISSUES", "values limits", "same"),
    _asked("BATNA_COMPARE", f"offer {_ALTERNATIVES}", "same money same money same"),
    _asked("BATNA_BEST", _ALTERNATIVES, "money"),
    _asked("BATNA_BEST", _ALTERNATIVES, "same", output="label"),
    _asked("BATNA_TREE", "values", "money", output="table"),
    _asked("BATNA_TREE", "values", "same", output="choice"),
    *(
        _asked("BATNA_SEARCH", f"cost {_BELIEF}", "money", **belief, draws=draws)
        for belief in (_UNIFORM, _NORMAL, _LOGISTIC)
        for draws in (3, None)
    ),
    _asked("ZOPA", "seller_walkaway buyer_walkaway", "same", output="exists"),
    _asked("ZOPA", "seller_walkaway buyer_walkaway", "money", output="mid"),
    *(_asked("OFFER_PROB", f"offer {_BELIEF}", "same", **belief) for belief in (_NORMAL, _LOGISTIC)),
    _asked("OFFER_EV", f"offer walkaway {_BELIEF}", "money", **_NORMAL),
    *(
        _asked("OFFER_BEST", f"walkaway {_BELIEF}", "money", **belief)
        for belief in (_UNIFORM, _NORMAL, _LOGISTIC)
    ),
    _asked("OFFER_BEST", f"walkaway {_BELIEF}", "same", output="prob"),
    _asked("OFFER_BEST", f"walkaway {_BELIEF}", "money", output="ev"),
    _asked("CONCESSION_PLAN", "start limit", "money", round_to=None, firmness=4),
    _asked("PRICE_FLOOR", "cost fixed_cost", "money", round_to=None),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "same", output="margin"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "money", output="price"),
    _asked("DISCOUNT_CHECK", "list_price cost fixed_cost", "same", output="headroom"),
    _asked("PRICE_WATERFALL", "list_price on_invoice off_invoice", "same", output="leakage"),
    _asked("PRICE_WATERFALL", "list_price", "money", basis="running"),
    _asked("PRICE_GUIDANCE", "history", "money money money"),
    _asked("DISCOUNT_CLIFF", "unit_price", "same same same money"),
    _asked("REBATE_VALUE", "volume breaks", "money"),
    _asked("DEAL_SIGNER", "value limits", "same"),
    _asked("DEAL_RESULT", "price walkaway target buffer", "money", output="value"),
    _asked("ISSUE_SCORE", "values worst best limits", "same"),
    _asked("ISSUE_PRICE", "values worst best", "money"),
    _asked("DILIGENCE_ORDER", "costs", "money", output="cost"),
]


def _worked_questions():
    """The worked call of each function with money in it, as its entry declares it."""
    special = {question.name for question in SPECIAL if not question.changed}
    for name, call in CALLS.items():
        money = [slot.name for slot in call.slots if slot.kind.unit is Unit.MONEY]
        if money and name not in special:
            yield _asked(name, " ".join(money), "money" if call.function.gives.unit is Unit.MONEY else "same")


QUESTIONS = [*_worked_questions(), *SPECIAL]

part = st.sampled_from([1, 0.5, 0.9, 1.25, 0, -1])
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=str)


def _worked(question):
    """The arguments of the worked call, with what this question changes."""
    arguments = {
        slot.name: slot.cells if is_one_cell(slot) else np.array(slot.cells, object).ravel()
        for slot in CALLS[question.name].slots
    }
    return arguments | question.changed


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


@every_question
def test_the_worked_answer_in_another_currency(question):
    arguments = _worked(question)
    expected = _answer(question, arguments)

    assert not any(isinstance(cell, tuple | Unanswered) for cell in expected)
    with Comparison(str(question)) as compare:
        for power in range(-9, 13, 3):
            unit = 10.0 ** (power - _power_of_largest(question, arguments))
            compare(_near(expected), _answer(question, arguments, unit), unit=unit)


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
