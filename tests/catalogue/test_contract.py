"""What every function promises: one shape rule, each element for itself, and no exception but ours."""

import inspect
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.calls import (
    CALLS,
    ELEMENTWISE,
    OF_NUMBERS,
    Comparison,
    every_with,
    having,
    in_python,
    is_element,
    is_flag,
    is_number,
    is_one_cell,
    is_optional,
    is_range,
    is_required,
    is_side,
    is_text,
    is_word,
)
from tests.sampling import one_in
from tests.strategies import Series, changes, element, junk
from walkaway_xl import InputError, WalkawayError, reason_of
from walkaway_xl.core import _takes
from walkaway_xl.core.errors import Unanswered

every_elementwise = pytest.mark.parametrize("name", ELEMENTWISE)
every_elementwise_of_numbers = pytest.mark.parametrize("name", OF_NUMBERS)

SHAPES = [
    ((), (2, 3)),
    ((3,), ()),
    ((4, 1), ()),
    ((4, 1), (1, 3)),
    ((2, 1), (3,)),
    ((1, 3), (2, 3)),
    ((2, 3), (2, 3)),
    ((0,), ()),
]
ENDS = st.sampled_from([0.0, -0.0, 1.0, 1e308, -1e308, 5e-324, 1e-300, 1e16, np.nan, np.inf])


def _worked(name):
    """The worked arguments in Python's terms: columns as plain lists."""
    return {slot.name: slot.plain for slot in CALLS[name].slots}


def _elements(name):
    return CALLS[name].where(is_element)


def _numeric(name):
    """The elements that are numbers: what is examined, and the rest."""
    return CALLS[name].where(is_element, is_number)


def _one(name, arguments):
    """Answer to a single question; a malformed one by its reason."""
    try:
        return in_python(name)(**arguments)
    except InputError as error:
        return Unanswered.MALFORMED, error.argument


def _seen(answer):
    """An answer to compare: a number or a text, or why there is none."""
    if isinstance(answer, tuple | str):
        return answer
    reason = reason_of(answer)
    return answer if reason is None else (reason.why, reason.subject)


def _is_near(left, right):
    if isinstance(left, tuple | str) or isinstance(right, tuple | str):
        return left == right
    return left == right or left == pytest.approx(right, rel=1e-12)


SHAPES_OF = st.tuples(st.integers(1, 3), st.integers(1, 3))


@cache
@st.composite
def _questions(draw, name):
    """Arguments of one broadcast shape that is no single cell, some of them single."""
    height, width = draw(SHAPES_OF)
    shapes = ((), (width,), (height, 1), (1, width), (height, width))
    asked = [slot for slot in _elements(name) if not is_optional(slot) or draw(st.booleans())]
    assume(asked)
    ranged = draw(st.integers(0, len(asked) - 1))  # one at least is a range
    arguments = {}
    for place, slot in enumerate(asked):
        shape = draw(st.sampled_from(shapes[place == ranged :]))
        values = draw(st.lists(element(slot), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
        arguments[slot.name] = np.array(values).reshape(shape) if shape else values[0]
    return arguments


OF_TWO = [name for name in ELEMENTWISE if len([slot for slot in _elements(name) if not is_word(slot)]) > 1]


@every_elementwise
class TestElementwise:
    @given(data=st.data())
    def test_a_scalar_is_an_element_of_the_array(self, name, data):
        arguments = data.draw(_questions(name))
        shape = np.broadcast_shapes(*(np.shape(value) for value in arguments.values()))
        spread = {key: np.broadcast_to(value, shape) for key, value in arguments.items()}
        alone = [
            _one(name, {key: value[place] for key, value in spread.items()}) for place in np.ndindex(shape)
        ]
        try:
            answers = in_python(name)(**arguments)
        except InputError:  # as an element alone is: a single blank is malformed for every element
            answers = None

        if answers is None:
            assert Unanswered.MALFORMED in {cell[0] for cell in alone if isinstance(cell, tuple)}
        else:
            assert shape == answers.shape
            for cell, place in zip(alone, np.ndindex(shape), strict=True):
                assert _is_near(_seen(cell), _seen(answers[place])), (place, cell, answers[place])

    def test_the_answer_has_the_common_shape(self, name):
        with Comparison(name) as compare:
            for shapes in SHAPES:
                changed = {
                    slot.name: np.full(shapes[place % 2], slot.cells)
                    for place, slot in enumerate(_elements(name))
                }
                expected = np.broadcast_shapes(*(np.shape(value) for value in changed.values()))
                compare(expected, CALLS[name].in_python(**changed).shape, **changed)

    def test_every_argument_alone_gives_its_shape(self, name):
        with Comparison(name) as compare:
            for slot in _elements(name):
                for shape in ((4,), (4, 1), (2, 2), (1, 4)):
                    changed = {slot.name: np.full(shape, slot.cells)}
                    compare(shape, CALLS[name].in_python(**changed).shape, **changed)

    def test_long_columns_are_the_same_block_by_block(self, name, monkeypatch):
        rng = np.random.default_rng(7)
        arguments = _worked(name)
        first = _elements(name)[0].name
        arguments[first] = np.full((23, 1), arguments[first])
        for slot in _elements(name):
            if is_number(slot):
                arguments[slot.name] = arguments[slot.name] * rng.choice([-1, 0, 0.5, 1, 2], (23, 1))
        whole = in_python(name)(**arguments)
        for rows in (1, 2, 5, 22, 23, 24):
            monkeypatch.setattr(_takes, "BLOCK", rows)
            blocks = in_python(name)(**arguments)

            assert whole.dtype == blocks.dtype
            assert [_seen(one) for one in whole.flat] == [_seen(one) for one in blocks.flat]

    def test_anything_that_holds_numbers_is_a_column(self, name):
        expected = [in_python(name)(**_worked(name))] * 2
        with Comparison(name) as compare:
            for kind in (list, tuple, Series, np.array):
                changed = {slot.name: kind([slot.cells] * 2) for slot in _elements(name)}
                compare(expected, CALLS[name].in_python(**changed).tolist(), **changed)

    def test_the_arguments_are_left_as_they_were(self, name):
        arguments = {slot.name: np.array([_worked(name)[slot.name]] * 2) for slot in _elements(name)}
        before = {key: value.copy() for key, value in arguments.items()}
        in_python(name)(**arguments)

        assert all((before[key] == arguments[key]).all() for key in arguments)

    def test_a_surplus_argument_is_refused_in_columns_as_in_scalars(self, name):
        worked = list(_worked(name).values())
        with pytest.raises(TypeError):
            in_python(name)([worked[0]], *worked[1:], "one too many")
        with pytest.raises(TypeError):
            in_python(name)([worked[0]], **_worked(name))


@pytest.mark.parametrize("name", OF_TWO)
def test_shapes_that_do_not_fit_are_refused_by_name(name):
    first, second, *_ = [slot for slot in _elements(name) if not is_word(slot)]
    arguments = _worked(name) | {first.name: [first.cells] * 2, second.name: [second.cells] * 3}

    with pytest.raises(InputError) as refusal:
        in_python(name)(**arguments)
    assert refusal.value.argument in (first.name, second.name)
    assert all(word in str(refusal.value) for word in (first.name, second.name, "2", "3"))


@every_elementwise_of_numbers
class TestElementwiseOfNumbers:
    def test_blocks_of_a_table_and_of_its_heading_row(self, name, monkeypatch):
        first, *numbers = _numeric(name)
        arguments = _worked(name)
        arguments[first.name] = arguments[first.name] * np.linspace(0.5, 1.5, 9).reshape(9, 1)
        if numbers:
            arguments[numbers[0].name] = arguments[numbers[0].name] * np.array([[0.9, 1.0, 1.1]])
        whole = in_python(name)(**arguments)
        monkeypatch.setattr(_takes, "BLOCK", 4)
        blocks = in_python(name)(**arguments)

        assert [_seen(one) for one in whole.flat] == [_seen(one) for one in blocks.flat]

    def test_a_bad_row_anywhere_in_a_long_column_stays_alone(self, name):
        first = _numeric(name)[0]
        block = _takes.BLOCK
        bad = [0, 7, block - 1, block, block + 1, 2 * block, 2 * block + 2]
        column = np.full(2 * block + 3, first.cells)
        column[bad] = np.inf
        answers = in_python(name)(**_worked(name) | {first.name: column})
        good = np.delete(answers, bad)

        assert len(column) == len(answers)
        assert {Unanswered.OUTSIDE_DOMAIN} == {reason_of(answers[place]).why for place in bad}
        assert (good == good[0]).all()
        assert _is_near(in_python(name)(**_worked(name)), good[0])

    def test_the_kind_of_number_makes_no_difference(self, name):
        first = _numeric(name)[0].name
        expected = [_seen(cell) for cell in CALLS[name].in_python(**{first: [8.0, 9.0]})]
        with Comparison(name) as compare:
            for kind in (np.int8, np.int64, np.uint16, np.float32, object):
                changed = {first: np.array([8, 9]).astype(kind)}
                shown = [_seen(cell) for cell in CALLS[name].in_python(**changed)]
                compare(expected, shown, **changed)


def _answers(name, arguments):
    """All there is in an answer, comparable."""
    try:
        result = in_python(name)(**arguments)
    except InputError as error:
        return [(Unanswered.MALFORMED, error.argument)]
    parts = result if isinstance(result, tuple) else (result,)
    cells = [cell for part in parts if part is not None for cell in np.asarray(part, object).reshape(-1)]
    return [_seen(cell) for cell in cells]


def _refusal(call, **changed):
    """The argument that is refused, and in which words."""
    try:
        answer = call.in_python(**changed)
    except InputError as error:
        return error.argument, str(error)
    return "", f"answered with {answer}"


def _may_be_nan(slot):
    """Whether NaN in it means that it is not given."""
    return is_number(slot) or is_flag(slot)


@every_with(is_optional)
def test_an_optional_argument_that_is_none_is_its_default(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_optional):
            rest = {name: value for name, value in _worked(call.name).items() if name != slot.name}
            compare(
                _answers(call.name, rest), _answers(call.name, rest | {slot.name: None}), **{slot.name: None}
            )


@every_with(is_element, is_optional, _may_be_nan)
def test_an_optional_argument_that_is_blank_in_one_row_is_its_default_there(call):
    worked = _seen(_one(call.name, _worked(call.name)))
    with Comparison(call.name) as compare:
        for slot in call.where(is_element, is_optional, _may_be_nan):
            rest = {name: value for name, value in _worked(call.name).items() if name != slot.name}
            changed = {slot.name: [np.nan, slot.cells]}
            shown = [_seen(cell) for cell in in_python(call.name)(**rest | changed).tolist()]
            compare([_seen(_one(call.name, rest)), worked], shown, **changed)


NO_NUMBERS = ["text", "1200", True, b"1", 1j, np.datetime64("2024-01-01"), [[1], [2, 3]]]


@every_with(is_number)
def test_what_is_no_number_is_refused_by_name(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_number):
            for odd in NO_NUMBERS:
                argument, sentence = _refusal(call, **{slot.name: odd})
                compare(slot.name, argument, **{slot.name: odd})
                is_whole = sentence.startswith(f"{slot.name} must be ") and sentence.endswith(".")
                compare.holds(is_whole, f'must be told what it must be, not "{sentence}"', **{slot.name: odd})


NO_WORDS = ["byer", "", 7, 0.5, True, np.inf, 10**400, [[1], [2, 3]]]


@every_with(is_word)
def test_an_unknown_word_is_refused_with_the_known_ones(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_word):
            words = slot.kind.words
            for odd in NO_WORDS:
                argument, sentence = _refusal(call, **{slot.name: odd})
                compare(slot.name, argument, **{slot.name: odd})
                named = {meaning for word, meaning in words.items() if f'"{word}"' in sentence}
                is_told = isinstance(odd, list) or named == set(words.values())
                compare.holds(is_told, f'must name every word, not "{sentence}"', **{slot.name: odd})


SPELLINGS = {
    "seller": ["sell", "s", "Seller", " SELLER ", 1, 1.0, "candidate", "cand", "c"],
    "buyer": ["buy", "b", "Buyer ", "BUY", -1, -1.0],
}


@every_with(is_side)
def test_a_side_goes_by_many_names(call):
    worked = _worked(call.name)
    with Comparison(call.name) as compare:
        for slot in call.where(is_side):
            for side, spellings in SPELLINGS.items():
                expected = _answers(call.name, worked | {slot.name: side})
                for word in spellings:
                    compare(expected, _answers(call.name, worked | {slot.name: word}), **{slot.name: word})


@every_with(is_side, is_required)
def test_a_side_is_never_guessed(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_side, is_required):
            for side in (None, np.nan):
                compare(slot.name, _refusal(call, **{slot.name: side})[0], **{slot.name: side})


@every_with(is_number)
def test_an_infinite_number_has_no_answer(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_number):
            for number in (np.inf, -np.inf, 10**400):
                changed = {slot.name: number if is_one_cell(slot) else [number, *slot.plain[1:]]}
                answers = _answers(call.name, _worked(call.name) | changed)
                is_refused = any(isinstance(part, tuple) for part in answers)
                compare.holds(is_refused, f"must have no answer, not {answers}", **changed)


@pytest.mark.parametrize("name", one_in(2, list(CALLS)))
@given(data=st.data())
def test_whatever_is_put_in_only_our_own_exceptions_come_out(name, data):
    changed = data.draw(changes(name, junk, 2))
    try:
        shown = CALLS[name].in_python(**changed)
    except WalkawayError as error:
        shown = str(error)

    assert shown is not None


ODD_TEXTS = [
    5,
    1.5,
    [None, np.nan, ""],
    [["a"], ["b", "c"]],
    [np.array([1, 2]), np.zeros(0), 0.0],
]


@every_with(is_text)
def test_odd_labels_are_shown_or_refused(call):
    with Comparison(call.name) as compare:
        for slot in call.where(is_text):
            for odd in ODD_TEXTS:
                answers = _answers(call.name, _worked(call.name) | {slot.name: odd})
                compare.holds(bool(answers), "must be shown or refused", **{slot.name: odd})


@pytest.mark.parametrize("name", having(is_number, is_one_cell))
@given(data=st.data())
def test_numbers_at_the_ends_of_the_scale_give_a_number_or_a_reason(name, data):
    arguments = _worked(name)
    for slot in CALLS[name].where(is_number, is_one_cell):
        arguments[slot.name] = data.draw(ENDS)

    assert not any(isinstance(part, float) and np.isinf(part) for part in _answers(name, arguments))


@pytest.mark.parametrize("name", CALLS)
def test_arguments_go_by_place_and_by_name(name):
    by_name = _worked(name)

    assert list(by_name) == list(inspect.signature(in_python(name)).parameters)
    assert in_python(name)(*by_name.values()) is not None


@every_with(is_range)
def test_anything_that_holds_values_is_a_list(call):
    worked = _worked(call.name)
    expected = _answers(call.name, worked)
    with Comparison(call.name) as compare:
        for slot in call.where(is_range):
            for kind in (tuple, Series, np.array):
                changed = {slot.name: kind(slot.plain)}
                compare(expected, _answers(call.name, worked | changed), **changed)
