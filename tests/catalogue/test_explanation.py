"""WALKAWAY_EXPLAIN: a sentence for whatever a function answers, made of its own entry."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calls import CALLS, Comparison, flat
from tests.strategies import junk
from walkaway_xl import CATALOGUE, InputError, WalkawayError, walkaway_explain
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Holds, Shape
from walkaway_xl.core.number_style import POINT, NumberStyle, figure, written_in

EXPLAIN = CATALOGUE["WALKAWAY_EXPLAIN"]
SWAPPED = str.maketrans(",.", ".,")
GERMAN = NumberStyle(",", ".")
SENTENCE = 300  # characters, of a function whose arguments are single cells


def explained(name, *arguments):
    """What the cell shows."""
    return evaluate(EXPLAIN, [name, *arguments])


def sentences(name, arguments, style=POINT):
    """What the cells show, in a list."""
    with written_in(style):
        return flat(explained(name, *arguments))


def examples(name):
    """The examples of a function, each with its sentences and its answers."""
    for example in CATALOGUE[name].examples:
        arguments = [LEFT_OUT if argument is None else argument for argument in example.arguments]
        yield example, sentences(name, arguments), flat(example.gives)


def begins_with(cell, sentence):
    """Whether a sentence begins with the answer that it explains."""
    if isinstance(cell, bool):
        return sentence.startswith(str(cell).upper())
    if isinstance(cell, str) and cell.startswith("#"):
        return sentence.startswith(f"No answer ({cell}): ") or f"({cell})" in sentence
    return not isinstance(cell, str) or sentence.startswith(cell[:40])


def missing(function, example, sentence):
    """The numbers that had to be given and are not in the sentence."""
    pairs = zip(function.arguments, example.arguments, strict=False)
    for argument, cell in pairs:
        if argument.required and isinstance(cell, int | float) and not argument.kind.words:
            figures = {f"{abs(cell):,.6g}", f"{abs(100 * cell):,.6g} %", f"{abs(cell):,.0f}"}
            if not any(figure in sentence for figure in figures):
                yield argument.name


every_function = pytest.mark.parametrize("name", [name for name in CATALOGUE if name != "WALKAWAY_EXPLAIN"])
# A status is explained by what decided it.
every_number = pytest.mark.parametrize(
    "name", [name for name, function in CATALOGUE.items() if name in CALLS and not function.gives.words]
)
LOOSE_END = r"[`{}]|None|\bnan\b|LEFT_OUT|CellError|  |: \.|; \."


class TestEveryExample:
    @every_function
    def test_has_a_sentence_without_a_loose_end(self, name):
        with Comparison(name) as compare:
            for example, shown, _ in examples(name):
                for sentence in shown:
                    is_whole = sentence[-1] in ".!?" and sentence.split(": ", 1)[1]
                    loose = re.search(LOOSE_END, sentence)
                    compare.holds(bool(is_whole and not loose), sentence, formula=example.formula(name))

    @every_function
    def test_begins_with_the_answer(self, name):
        with Comparison(name) as compare:
            for example, shown, cells in examples(name):
                for sentence, cell in zip(shown, cells, strict=False):
                    compare.holds(
                        begins_with(cell, sentence),
                        f"{cell!r} expected first: {sentence}",
                        formula=example.formula(name),
                    )

    @every_number
    def test_holds_every_number_that_had_to_be_given(self, name):
        with Comparison(name) as compare:
            for example, shown, _ in examples(name):
                if not any("No answer" in sentence for sentence in shown):
                    left_out = list(missing(CATALOGUE[name], example, shown[0]))
                    compare.holds(
                        not left_out, f"{left_out} not in: {shown[0]}", formula=example.formula(name)
                    )

    @every_function
    def test_is_short_where_the_question_is(self, name):
        with Comparison(name) as compare:
            for example, shown, _ in examples(name):
                is_long = any(
                    isinstance(argument, list) or len(str(argument)) > 20 for argument in example.arguments
                )
                longest = max(map(len, shown))
                compare.holds(
                    is_long or longest <= SENTENCE, f"{longest} characters", formula=example.formula(name)
                )


def forms(name):
    """The worked call, once for each word that chooses its answer and each flag."""
    call = CALLS[name]
    yield call.arguments()
    for slot in call.slots:
        words = slot.kind.words if slot.kind.only_words else ()
        flags = [True] if slot.kind.holds is Holds.FLAG and slot.kind.shape is not Shape.COLUMN else []
        for word in [*words, *flags]:
            yield call.arguments(**{slot.name: word})


every_call = pytest.mark.parametrize("name", CALLS)


class TestEveryForm:
    @every_call
    def test_has_a_sentence_without_a_loose_end(self, name):
        with Comparison(name) as compare:
            for arguments in forms(name):
                for sentence in sentences(name, arguments):
                    loose = re.search(rf"{LOOSE_END}|∓|TRUE\b.*door", sentence)
                    compare.holds(sentence[-1] in ".!?" and not loose, sentence, arguments=arguments)

    @every_call
    def test_is_the_same_in_another_language_but_for_the_separators(self, name):
        number = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
        with Comparison(name) as compare:
            for arguments in forms(name):
                pairs = zip(sentences(name, arguments), sentences(name, arguments, GERMAN), strict=True)
                for english, german in pairs:
                    swapped = number.sub(lambda match: match[0].translate(SWAPPED), english)
                    compare(swapped.replace("; ", ", "), german.replace("; ", ", "), arguments=arguments)
                    compare.holds(not re.search(r"\d\.\d(?!\d\d)", german), german, arguments=arguments)


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "point", "comma", "french"),
        [
            (1234567.891, "1,234,568", "1.234.568", "1 234 568"),
            (1234.5, "1,234.5", "1.234,5", "1 234,5"),
            (-0.5, "−0.5", "−0,5", "−0,5"),
            (0.00012345, "0.00012345", "0,00012345", "0,00012345"),
            (1.4925e-07, "1.4925E−7", "1,4925E−7", "1,4925E−7"),
            (2.5e16, "2.5E16", "2,5E16", "2,5E16"),
            (-0.0, "0", "0", "0"),
        ],
    )
    def test_are_written_as_the_reader_writes_them(self, value, point, comma, french):
        assert point == figure(value)
        for style, written in ((GERMAN, comma), (NumberStyle(",", " "), french)):
            with written_in(style):
                assert written == figure(value)
        assert point == figure(value)

    def test_a_reason_that_is_kept_is_written_anew_for_each_reader(self):
        asked = ("DISCOUNT_MAX", [120, 68, 0.2, None, None, 1.5])
        german = "step must be above 0 and at most 0,25; it is 1,5. Write 1,5% or 0,015, not 1,5."
        for style, told in ((GERMAN, german), (POINT, german.replace(",", ".").replace("5. not", "5, not"))):
            assert [f"No answer (#NUM!): {told}"] == sentences(*asked, style)

    def test_a_text_that_somebody_typed_stays_as_it_is(self):
        shown = sentences(
            "BATNA_BEST", [[90.5, 95], "seller", ["v1.5", "b"], None, None, None, "label"], GERMAN
        )
        assert shown[0].startswith("b: ")
        assert "90,5; 95" in shown[0]
        refused = sentences("WALKAWAY_CHECK", [100, 100, "v1.5"], GERMAN)
        assert '"v1.5"' in refused[0]

    def test_lists_of_numbers_with_a_comma_in_them_are_set_apart_by_semicolons(self):
        shown = sentences("DISCOUNT_STACK", [[[0.125, 0.2]]], GERMAN)
        assert "discounts 12,5 %; 20 %" in shown[0]


class TestSentences:
    @pytest.mark.parametrize(
        ("sentence", "question"),
        [
            (
                "WALK AWAY: offer 7,500 is worse for a buyer than walkaway 6,500.",
                ("WALKAWAY_CHECK", 7500, 6500, "buyer"),
            ),
            (
                "TOO CLOSE: offer 6,480 is within the buffer of walkaway 6,500.",
                ("walkaway_check", 6480, 6500, "buyer", 6000),
            ),
            (
                "ACCEPTABLE: offer 108 is better for a candidate than walkaway 100; "
                "it does not reach target 120.",
                ("WALKAWAY_CHECK", 108, 100, "candidate", 120),
            ),
            (
                "WALK AWAY: offer 99 is worse for a seller than walkaway 100.",
                ("WALKAWAY_CHECK", 99, 100, "s"),
            ),
            (
                "WALK AWAY: offer 99 is worse for a candidate than walkaway 100.",
                ("WALKAWAY_CHECK", 99, 100, "c"),
            ),
            ("TARGET MET: offer 6,000 reaches target 6,000.", ("WALKAWAY_CHECK", 6000, 6500, -1, 6000)),
            ("WISH MET: offer 5,700 reaches wish 5,800.", ("WALKAWAY_CHECK", 5700, 6500, "b", 6000, 5800)),
            (
                "1: offer 108 is better for a seller than walkaway 100; it does not reach target 120.",
                ("WALKAWAY_CHECK", 108, 100, "seller", 120, None, None, "code"),
            ),
            (
                "33: batna 33 + deal_better_by 0 + walk_cost 0; hard_limit 40 changes nothing.",
                ("WALKAWAY_PRICE", 33, "buyer", None, None, 40),
            ),
            (
                "90.67: (cost 68 + fixed_cost 0) / (1 − min_margin 20 % − leakage 5 %); "
                "rounded up to round_to 0.01 (without it 90.6667).",
                ("PRICE_FLOOR", 68, 0.2, 0.05, None, 0.01),
            ),
            (
                "97,000: (our_offer 140,000 + their_offer 90,000) / 2; limited by seller_walkaway 93,000 and "
                "buyer_walkaway 97,000 (without them 115,000).",
                ("SPLIT_MIDPOINT", 140000, 90000, 93000, 97000),
            ),
            (
                "55 %: the chance that they accept the best offer of a seller with a walkaway 90; "
                "their walk-away believed from p1 100 and p2 200.",
                ("OFFER_BEST", 90, "seller", 100, 200, None, None, "prob"),
            ),
            (
                "5 %: how much better offer 105 is than walkaway 100 for a seller; as a share.",
                ("WALKAWAY_GAP", 105, 100, "seller", True),
            ),
            (
                "170,000: (probability 40 % · payoff 250,000 + (1 − probability 40 %) · fallback 0) / "
                "(1 + rate 0 %)^delay 0 + cost 70,000; as a price for a buyer; the cost is added, because "
                "trying makes a purchase dearer.",
                ("BATNA_VALUE", 250000, 0.4, 0, 70000, None, None, "buyer"),
            ),
            (
                "No answer (#NUM!): cost must be zero or more; it is −5. Write what is paid without a minus; "
                "what comes in lowers the cost that it belongs to.",
                ("PRICE_FLOOR", -5, 0.2),
            ),
            (
                'No answer (#VALUE!): side must be "seller", "buyer" or "candidate"; it is "byer".',
                ("WALKAWAY_CHECK", 100, 100, "byer"),
            ),
            ("No answer (#VALUE!): walkaway must be given.", ("WALKAWAY_CHECK", 100)),
        ],
    )
    def test_tell_what_decided(self, sentence, question):
        assert sentence == walkaway_explain(*question)

    def test_an_error_from_before_is_named_with_its_argument(self):
        error = CellError("#N/A")

        assert "No answer (#N/A): cost is #N/A already." == explained("PRICE_FLOOR", error, 0.2)
        assert "No answer (#N/A): prices is #N/A already." == explained(
            "BATNA_BEST", [[90], [error]], "seller"
        )

    def test_a_blank_question_says_what_is_missing(self):
        assert "Blank: there is no offer yet." == explained("WALKAWAY_CHECK", None, 100, "seller")

    def test_a_column_is_explained_row_by_row(self):
        shown = explained("WALKAWAY_CHECK", [[7500], [None], [CellError("#REF!")]], 6500, "buyer")

        assert [
            ["WALK AWAY: offer 7,500 is worse for a buyer than walkaway 6,500."],
            ["Blank: there is no offer yet."],
            ["No answer (#REF!): offer is #REF! already."],
        ] == shown

    def test_a_long_range_is_cut(self):
        shown = explained("PRICE_GUIDANCE", [[price] for price in range(100)])

        assert "history 0, 1, 2, 3, 4, 5, 6, 7 … (100 cells)" in shown

    @pytest.mark.parametrize("text", ["x" * 32_767, "two words " * 3_000])
    def test_a_long_text_fits_into_a_cell(self, text):
        for shown in (
            explained("WALKAWAY_CHECK", 100, 100, text),
            explained("BATNA_BEST", [[90, 95]], "seller", [[text, text]], None, None, None, "label"),
        ):
            assert len(shown) < 2_000
            assert "…" in shown

    def test_nan_is_a_number_that_is_not_there(self):
        nan = float("nan")

        assert "WALK AWAY: offer 7,500 is worse for a buyer than walkaway 6,500." == walkaway_explain(
            "WALKAWAY_CHECK", 7500, 6500, "buyer", nan
        )
        assert "Blank: there is no offer yet." == walkaway_explain("WALKAWAY_CHECK", nan, 6500, "buyer")
        assert (
            "Blank: there is no offer yet."
            == walkaway_explain("WALKAWAY_CHECK", np.array([[7500], [nan]]), 6500, "buyer")[1, 0]
        )

    def test_arrays_are_ranges(self):
        shown = walkaway_explain(
            "WALKAWAY_CHECK", np.array([[7500.0], [6300.0]]), 6500, "buyer", np.float64(6000)
        )

        assert (2, 1) == shown.shape
        assert shown[1, 0].startswith("ACCEPTABLE: ")

    @pytest.mark.parametrize(
        ("name", "remedy"),
        [
            ("WALKAWAY_CHEK", "WALKAWAY_CHECK"),
            ("nothing at all", "must be the name"),
            ("WALKAWAY_EXPLAIN", "another function"),
        ],
    )
    def test_an_unknown_function_is_refused_with_the_nearest(self, name, remedy):
        with pytest.raises(InputError, match=remedy):
            walkaway_explain(name, 1, 2)
        assert "#VALUE!" == explained(name, 1, 2).code

    def test_there_is_room_for_the_longest_question(self):
        widest = max(len(function.arguments) for name, function in CATALOGUE.items() if name in CALLS)

        assert widest == len(EXPLAIN.arguments) - 1


@given(data=st.data())
def test_whatever_is_asked_there_is_a_sentence_or_one_of_our_errors(data):
    name = data.draw(st.sampled_from(sorted(CALLS)))
    arguments = CALLS[name].arguments()
    for place in data.draw(st.sets(st.integers(0, len(arguments) - 1), max_size=2)):
        arguments[place] = data.draw(
            st.sampled_from(
                [
                    None,
                    "",
                    "words",
                    True,
                    -1,
                    0,
                    1e300,
                    1e-300,
                    float("inf"),
                    CellError("#N/A"),
                    [[1, 2], [3, 4]],
                ]
            )
        )
    for sentence in flat(explained(name, *arguments)):
        assert isinstance(sentence, str), sentence
        assert sentence.endswith((".", "?"))


@given(st.sampled_from(sorted(CALLS)), st.lists(junk, max_size=9))
def test_junk_raises_nothing_but_our_own(name, arguments):
    try:
        shown = walkaway_explain(name, *arguments)
    except WalkawayError as error:
        shown = str(error)

    assert shown is not None
