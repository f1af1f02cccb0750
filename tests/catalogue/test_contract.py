"""What every function promises: one shape rule, each element for itself, and no exception but ours."""

import inspect
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CALLS, ELEMENTWISE, OF_NUMBERS, Series, changes, element, in_python, junk, slots
from walkaway_xl import InputError, WalkawayError, reason_of
from walkaway_xl.core import _takes
from walkaway_xl.core.errors import Unanswered
from walkaway_xl.functions import CATALOGUE

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
    flat = [
        slot.cells if slot.reach in ("element", "single", "table") else [row[0] for row in slot.cells]
        for slot in CALLS[name].slots
    ]
    return dict(zip((slot.name for slot in CALLS[name].slots), flat, strict=True))


def _elements(name):
    return [slot for slot in CALLS[name].slots if slot.reach == "element"]


def _numeric(name):
    """The elements that are numbers: what is examined, and the rest."""
    return [slot for slot in _elements(name) if slot.takes in ("money", "share")]


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


def _same(left, right):
    if isinstance(left, tuple | str) or isinstance(right, tuple | str):
        return left == right
    return left == right or left == pytest.approx(right, rel=1e-12)


@cache
@st.composite
def _questions(draw, name):
    """Arguments of one broadcast shape, some of them single."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    arguments = {}
    for slot in _elements(name):
        if slot.optional and draw(st.booleans()):
            continue
        shape = draw(st.sampled_from(((), (width,), (height, 1), (1, width), (height, width))))
        values = draw(st.lists(element(slot), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
        arguments[slot.name] = np.array(values).reshape(shape) if shape else values[0]
    return arguments


@every_elementwise
class TestElementwise:
    @given(data=st.data())
    def test_a_scalar_is_an_element_of_the_array(self, name, data):
        arguments = data.draw(_questions(name))
        shape = np.broadcast_shapes(*(np.shape(value) for value in arguments.values()))
        spread = {key: np.broadcast_to(value, shape) for key, value in arguments.items()}
        if not shape:
            return
        try:
            answers = in_python(name)(**arguments)
        except InputError:  # a single blank where one is needed is malformed for every element
            return

        assert shape == answers.shape
        for place in np.ndindex(shape):
            scalar = _one(name, {key: value[place] for key, value in spread.items()})
            assert _same(_seen(scalar), _seen(answers[place])), (place, scalar, answers[place])

    @pytest.mark.parametrize("shapes", SHAPES, ids=str)
    def test_the_answer_has_the_common_shape(self, name, shapes):
        arguments = _worked(name)
        for place, slot in enumerate(_elements(name)):
            arguments[slot.name] = np.full(shapes[place % 2], arguments[slot.name])

        assert np.broadcast_shapes(*shapes) == in_python(name)(**arguments).shape

    @pytest.mark.parametrize("shape", [(4,), (4, 1), (2, 2), (1, 4)], ids=str)
    def test_every_argument_alone_gives_its_shape(self, name, shape):
        for slot in _elements(name):
            arguments = _worked(name)
            arguments[slot.name] = np.full(shape, arguments[slot.name])

            assert shape == in_python(name)(**arguments).shape, slot.name

    def test_shapes_that_do_not_fit_are_refused_by_name(self, name):
        first, second, *_ = [slot for slot in _elements(name) if slot.takes != "word"]
        arguments = _worked(name) | {first.name: [first.cells] * 2, second.name: [second.cells] * 3}

        with pytest.raises(InputError) as refusal:
            in_python(name)(**arguments)
        assert refusal.value.argument in (first.name, second.name)
        assert all(told in str(refusal.value) for told in (first.name, second.name, "2", "3"))

    def test_long_columns_are_the_same_block_by_block(self, name, monkeypatch):
        rng = np.random.default_rng(7)
        arguments = _worked(name)
        first = _elements(name)[0].name
        arguments[first] = np.full((23, 1), arguments[first])
        for slot in _elements(name):
            if slot.takes in ("money", "share"):
                arguments[slot.name] = arguments[slot.name] * rng.choice([-1, 0, 0.5, 1, 2], (23, 1))
        whole = in_python(name)(**arguments)
        for rows in (1, 2, 5, 22, 23, 24):
            monkeypatch.setattr(_takes, "BLOCK", rows)
            blocks = in_python(name)(**arguments)

            assert whole.dtype == blocks.dtype
            assert [_seen(one) for one in whole.flat] == [_seen(one) for one in blocks.flat]

    @pytest.mark.parametrize("kind", [list, tuple, Series, np.array], ids=lambda kind: kind.__name__)
    def test_anything_that_holds_numbers_is_a_column(self, name, kind):
        expected = in_python(name)(**_worked(name))
        arguments = {slot.name: kind([_worked(name)[slot.name]] * 2) for slot in _elements(name)}
        whole_rest = {key: value for key, value in _worked(name).items() if key not in arguments}
        answers = in_python(name)(**arguments, **whole_rest)

        assert [expected] * 2 == answers.tolist()

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
        assert _same(in_python(name)(**_worked(name)), good[0])

    @pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint16, np.float32, object], ids=str)
    def test_the_kind_of_number_makes_no_difference(self, name, kind):
        column = np.array([8, 9]).astype(kind)
        first = _numeric(name)[0].name
        plain = in_python(name)(**_worked(name) | {first: [8.0, 9.0]})

        assert [_seen(one) for one in plain] == [
            _seen(one) for one in in_python(name)(**_worked(name) | {first: column})
        ]


def _answers(name, arguments):
    """All there is in an answer, comparable."""
    try:
        result = in_python(name)(**arguments)
    except InputError as error:
        return [(Unanswered.MALFORMED, error.argument)]
    parts = result if isinstance(result, tuple) else (result,)
    cells = [cell for part in parts if part is not None for cell in np.asarray(part, object).reshape(-1)]
    return [_seen(cell) for cell in cells]


@pytest.mark.parametrize(("name", "argument"), slots(optional=True))
def test_an_optional_argument_that_is_none_is_its_default(name, argument):
    arguments = _worked(name)
    del arguments[argument]

    assert _answers(name, arguments) == _answers(name, arguments | {argument: None})


@pytest.mark.parametrize(("name", "argument"), slots("money share flag", reach="element", optional=True))
def test_an_optional_argument_that_is_blank_in_one_row_is_its_default_there(name, argument):
    arguments = _worked(name)
    given = _one(name, arguments)
    del arguments[argument]
    left_out = _one(name, arguments)
    answers = in_python(name)(
        **arguments | {argument: [np.nan, CALLS[name].slots[CALLS[name].place(argument)].cells]}
    )

    assert [_seen(left_out), _seen(given)] == [_seen(one) for one in answers.tolist()]


@pytest.mark.parametrize(("name", "argument"), slots("money share"))
@pytest.mark.parametrize(
    "odd", ["text", "1200", True, b"1", 1j, np.datetime64("2024-01-01"), [[1], [2, 3]]], ids=str
)
def test_what_is_no_number_is_refused_by_name(name, argument, odd):
    with pytest.raises(InputError) as refusal:
        in_python(name)(**_worked(name) | {argument: odd})
    assert argument == refusal.value.argument
    assert str(refusal.value).startswith(f"{argument} must be ")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(("name", "argument"), slots("side word direction"))
@pytest.mark.parametrize(
    "odd", ["byer", "", 7, 0.5, True, np.inf, 10**400, [[1], [2, 3]]], ids=lambda odd: str(odd)[:9]
)
def test_an_unknown_word_is_refused_with_the_known_ones(name, argument, odd):
    with pytest.raises(InputError) as refusal:
        in_python(name)(**_worked(name) | {argument: odd})
    assert argument == refusal.value.argument
    words = next(each.kind.words for each in CATALOGUE[name].arguments if each.name == argument)
    named = {meaning for word, meaning in words.items() if f'"{word}"' in str(refusal.value)}
    assert isinstance(odd, list) or named == set(words.values())


@pytest.mark.parametrize(("name", "argument"), slots("side"))
@pytest.mark.parametrize(
    ("ours", "spellings"),
    [
        ("seller", ["sell", "s", "Seller", " SELLER ", 1, 1.0, "candidate", "cand", "c"]),
        ("buyer", ["buy", "b", "Buyer ", "BUY", -1, -1.0]),
    ],
)
def test_a_side_goes_by_many_names(name, argument, ours, spellings):
    arguments = _worked(name)
    expected = _answers(name, arguments | {argument: ours})

    assert [expected] * len(spellings) == [_answers(name, arguments | {argument: word}) for word in spellings]


@pytest.mark.parametrize(("name", "argument"), slots("side", optional=False))
@pytest.mark.parametrize("side", [None, np.nan])
def test_a_side_is_never_guessed(name, argument, side):
    with pytest.raises(InputError, match=argument):
        in_python(name)(**_worked(name) | {argument: side})


@pytest.mark.parametrize(("name", "argument"), slots("money share"))
@pytest.mark.parametrize("number", [np.inf, -np.inf, 10**400], ids=["inf", "-inf", "huge"])
def test_an_infinite_number_has_no_answer(name, argument, number):
    slot = CALLS[name].slots[CALLS[name].place(argument)]
    whole = _worked(name)
    value = number if slot.reach in ("element", "single") else [number, *whole[argument][1:]]

    assert any(isinstance(part, tuple) for part in _answers(name, whole | {argument: value}))


@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_whatever_is_put_in_only_our_own_exceptions_come_out(name, data):
    changed = data.draw(changes(name, junk, 2))
    try:
        in_python(name)(**_worked(name) | changed)
    except WalkawayError as error:
        told = str(error)
    else:
        told = "answered"

    assert told


@pytest.mark.parametrize(("name", "argument"), slots("text"))
@pytest.mark.parametrize(
    "odd", [5, 1.5, [None, np.nan, ""], [["a"], ["b", "c"]], [np.array([1, 2]), np.zeros(0), 0.0]]
)
def test_odd_labels_are_shown_or_refused(name, argument, odd):
    assert _answers(name, _worked(name) | {argument: odd})


@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_numbers_at_the_ends_of_the_scale_give_a_number_or_a_reason(name, data):
    arguments = _worked(name)
    for slot in CALLS[name].slots:
        if slot.takes in ("money", "share") and slot.reach in ("element", "single"):
            arguments[slot.name] = data.draw(ENDS)

    assert not any(isinstance(part, float) and np.isinf(part) for part in _answers(name, arguments))


@pytest.mark.parametrize("name", CALLS)
def test_arguments_go_by_place_and_by_name(name):
    by_name = _worked(name)

    assert list(by_name) == list(inspect.signature(in_python(name)).parameters)
    assert in_python(name)(*by_name.values()) is not None


@pytest.mark.parametrize(("name", "argument"), slots(reach="column rows table"))
@pytest.mark.parametrize("kind", [tuple, Series, np.array], ids=lambda kind: kind.__name__)
def test_anything_that_holds_values_is_a_list(name, argument, kind):
    arguments = _worked(name)

    assert _answers(name, arguments) == _answers(name, arguments | {argument: kind(arguments[argument])})
