"""Every entry: a legal name, help that fits the wizard, a complete docstring, examples that hold."""

import inspect
import re

import pytest
from numpydoc.validate import validate

import walkaway_xl
from tests.calls import Comparison, all_alike, by_code, filled_in, flat, rows_of
from walkaway_xl import CATALOGUE
from walkaway_xl.cells import LEFT_OUT, evaluate
from walkaway_xl.functions import FAMILIES

WIZARD_LIMIT = 255  # characters that the function wizard shows, of a summary and of each argument's help
LONGEST_NAME = 128
FAMILY_PREFIXES = (
    "WALKAWAY_",
    "BATNA_",
    "ZOPA",
    "SPLIT_",
    "OFFER_",
    "CONCESSION_",
    "PRICE_",
    "DISCOUNT_",
    "DEAL_",
    "REBATE_",
    "TERMS_",
    "COMP_",
    "PREP_",
    "FLAG_",
    "DILIGENCE_",
    "ISSUE_",
)

VBA_KEYWORDS = set(
    re.findall(
        r"\w+",
        """
        and as boolean byref byte byval call case const currency date declare dim do double each else elseif
        empty end enum eqv erase error event exit false for friend function get global gosub goto if imp
        implements in input integer is let like lock long loop lset me mod new next not nothing null on open
        option optional or paramarray preserve print private property public put raiseevent redim rem resume
        return rset seek select set shared single static stop string sub tab then time to true type typeof
        unlock until variant wend while with withevents write xor
        """,
    )
)
XLWINGS_OWN = {"k", "argsarray", "caller"}

UNCHECKED = {"SA01", "SA04", "ES01"}  # a See Also section and an extended summary are welcome, not asked for

every_function = pytest.mark.parametrize("function", CATALOGUE.values(), ids=CATALOGUE)


def flags(cells):
    """Which cells are TRUE or FALSE: TRUE equals 1."""
    return [isinstance(cell, bool) for cell in flat(cells)]


def test_every_function_is_in_one_family_and_under_its_own_name():
    listed = [function.name for family in FAMILIES for function in family.functions]

    assert list(CATALOGUE) == listed
    assert len(set(listed)) == len(listed)
    assert listed == [function.name for function in CATALOGUE.values()]


def test_the_python_api_is_the_catalogue_and_nothing_hidden():
    functions = {name for name in walkaway_xl.__all__ if inspect.isfunction(getattr(walkaway_xl, name))}

    assert {name.lower() for name in CATALOGUE} | {"reason_of", "words"} == functions
    assert sorted(walkaway_xl.__all__) == walkaway_xl.__all__


@every_function
class TestEntry:
    def test_the_python_function_is_the_one_calculated(self, function):
        assert getattr(walkaway_xl, function.name.lower()) is function.calculate

    def test_a_worksheet_takes_the_name(self, function):
        assert re.fullmatch(r"[A-Z][A-Z_]*", function.name), "letters and underscores: never a cell address"
        assert len(function.name) <= LONGEST_NAME
        assert function.name.startswith(FAMILY_PREFIXES)

    def test_the_wizard_shows_all_of_the_help(self, function):
        for told in (function.summary, *(argument.help for argument in function.arguments)):
            assert 0 < len(told) <= WIZARD_LIMIT
            assert told.endswith(".")
            assert "\n" not in told

    def test_the_summary_is_one_sentence_about_the_answer(self, function):
        assert not function.summary.startswith("This function")
        assert 0 == function.summary.count(". ")

    def test_xlwings_takes_the_arguments(self, function):
        names = [argument.name for argument in function.arguments]

        assert set() == {name.lower() for name in names} & (VBA_KEYWORDS | XLWINGS_OWN)
        assert all(re.fullmatch(r"[a-z][a-z_]*\d{0,2}", name) for name in names)
        assert len(",".join([function.name, *names])) <= WIZARD_LIMIT
        kinds = {parameter.kind for parameter in inspect.signature(function.calculate).parameters.values()}
        assert {inspect.Parameter.POSITIONAL_OR_KEYWORD} == kinds

    def test_the_docstring_is_complete(self, function):
        checked = validate(f"{function.calculate.__module__}.{function.calculate.__qualname__}")

        assert [] == [fault for fault in checked["errors"] if fault[0] not in UNCHECKED]
        assert {"Parameters", "Returns", "Notes", "Examples"} <= set(function.sections)

    def test_the_notes_say_how_the_answer_comes_about(self, function):
        """With names of arguments between backticks, for people and for WALKAWAY_EXPLAIN."""
        derivation = function.derivation
        arguments = {argument.name: argument for argument in function.arguments}
        told = [derivation.rule, *derivation.cases.values()]
        named = {name for text in told for name in re.findall(r"`(\w+)`", text)}
        chosen = {name for name, argument in arguments.items() if argument.kind.words}
        spread = {f"argument_{place}" for place in range(1, 11)}

        assert named <= set(arguments)
        assert {name for name, argument in arguments.items() if argument.required} <= named | chosen
        assert (
            set(arguments)
            - {"output", "outcome", "labels", "method", "mode", "byrow", "side", "margin_basis"}
            <= named | spread
        )
        statuses = set(function.gives.words) if function.derivation.cases else set()
        assert statuses <= set(derivation.cases)

    def test_a_part_of_the_rule_that_may_be_left_out_is_a_clause_of_its_own(self, function):
        main, *_ = function.derivation.rule.split("; ")
        no_default = {a.name for a in function.arguments if not a.required and a.default is None}
        blank = {"our_offers", "their_offers"}  # required, and may be blank

        assert set() == set(re.findall(r"`(\w+)`", main)) & no_default - blank

    def test_an_answer_and_an_error_are_shown_by_example(self, function):
        shown = [str(example.gives) for example in function.examples]

        assert any("#" not in told for told in shown)
        assert any("#" in told for told in shown)

    def test_an_example_fills_in_every_argument_and_has_an_answer(self, function):
        assert filled_in(function), f"{function.signature} needs it: the tests of cells and hosts start there"

    def test_every_example_holds(self, function):
        with Comparison(function.name) as compare:
            for example in function.examples:
                arguments = [LEFT_OUT if argument is None else argument for argument in example.arguments]
                shown = by_code(evaluate(function, arguments))
                is_so = all_alike(rows_of(example.gives), rows_of(shown)) and flags(example.gives) == flags(
                    shown
                )
                formula = example.formula(function.name)
                compare.holds(is_so, f"{example.gives!r} expected, {shown!r} shown", formula=formula)

    def test_an_example_is_written_as_it_is_typed(self, function):
        for example in function.examples:
            formula = example.formula(function.name)
            lists = sum(isinstance(argument, list) for argument in example.arguments)

            assert formula.startswith(f"={function.name}(")
            assert "None" not in formula
            assert formula.count("{") == formula.count("}") == lists, formula


# What these answer is a word, or a ratio and an order that the tests count out.
WITHOUT_A_NUMBER = {
    "WALKAWAY_ISSUES",
    "WALKAWAY_MESSAGE",
    "WALKAWAY_EXPLAIN",
    "CONCESSION_STATUS",
    "ISSUE_TRADES",
    "FLAG_CHECK",
    "DILIGENCE_ORDER",
}


def test_every_function_has_a_number_from_outside_this_project():
    sourced = {name for name, function in CATALOGUE.items() if any(each.source for each in function.examples)}

    assert set(CATALOGUE) - sourced == WITHOUT_A_NUMBER
