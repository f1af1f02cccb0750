"""The two cell tables, row by row, for every argument of every function."""

import math
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calls import (
    CALLS,
    ELEMENTWISE,
    Comparison,
    column_of,
    every_with,
    flat,
    is_column,
    is_element,
    is_flag,
    is_number,
    is_one_cell,
    is_optional,
    is_required,
    is_side,
    is_single,
    is_text,
    is_word,
    rows_of,
)
from tests.sampling import one_in
from tests.strategies import changes
from walkaway_xl import CATALOGUE
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Shape

UPSTREAM = ["#N/A", "#NUM!", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#SPILL!", "#GETTING_DATA"]
NO_NUMBERS = ["text", "1200", " 1,200 ", "TRUE", "#N/A as text", " ", "€5", True, False]
NO_WORDS = ["byer", "TRUE", True, 7, 0.5, " "]
NO_FLAGS = ["yes", "TRUE", "1", 2, -1, 0.5]
BLANKS = [None, ""]
EXTREMES = [1e308, -1e308, 5e-324, 1e-300, -0.0, 2**63, 10**400, Decimal("1E+999")]
JANUARY, SERIAL = datetime(2024, 1, 1, 12), 45292.5
OSLO = timezone(timedelta(hours=1))  # pywin32 hands over a time with a zone, which the cell has not

# What a blank row or column means where the page of the function says more than the table.
BLANK_COLUMN = {
    ("WALKAWAY_ISSUES", "values"): "INCOMPLETE: Price, Payment days, Liability",
    ("WALKAWAY_ISSUES", "limits"): "OK",  # everything is tradeable
    ("WALKAWAY_ISSUES", "directions"): "#VALUE!",
    ("BATNA_BEST", "prices"): "#VALUE!",  # the rows are only half blank
    ("DISCOUNT_STACK", "discounts"): "",
    ("DEAL_SIGNER", "limits"): "#VALUE!",
    ("DEAL_SIGNER", "signers"): "#VALUE!",
}


def _ask(name, **changed):
    """The worked call with some cells changed."""
    return evaluate(CATALOGUE[name], CALLS[name].arguments(**changed))


def _codes(cells):
    """An answer with errors by their code, and every cell of a kind that a host can hold."""
    if isinstance(cells, list):
        return [_codes(cell) for cell in cells]
    if isinstance(cells, CellError):
        assert cells.reason or cells.code in UPSTREAM
        return cells.code
    assert type(cells) in (float, int, str, bool), type(cells)
    assert not isinstance(cells, float) or math.isfinite(cells)
    return cells


def _show(name, **changed):
    return _codes(_ask(name, **changed))


def _with(cells, row, cell):
    """A column with another cell in one row."""
    return [[cell] if place == row else other for place, other in enumerate(cells)]


def _first_row(call, slot, cell):
    """What the first row shows with a cell in the first row of an argument."""
    shown = _show(call.name, **{slot.name: slot.with_first(cell)})
    return shown[0] if slot.shape is Shape.ROWS and isinstance(shown, list) else shown


def _spoilt(call, slot, code):
    """What the first row shows with a bad cell: a table has the error in every column of that row."""
    return [code] * len(_show(call.name)[0]) if slot.shape is Shape.ROWS else code


BLANK_WHERE_BLANK = [  # without the first cell there is nothing to answer yet
    name for name, call in CALLS.items() if is_one_cell(call.slots[0]) and not call.slots[0].kind.may_be_blank
]


def _needed(call):
    """The cells beside the first that must be given."""
    return [slot for slot in call.where(is_one_cell, is_required) if slot != call.slots[0]]


class TestWhatACellHolds:
    """The first table."""

    @pytest.mark.parametrize("name", CALLS)
    def test_the_worked_call(self, name):
        for expected, shown in zip(flat(CALLS[name].gives), flat(_show(name)), strict=True):
            assert expected == (shown if isinstance(shown, str) else pytest.approx(shown))

    @every_with(is_number)
    def test_a_number_is_a_number_however_it_is_spelled(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                value = flat(slot.cells)[0]
                plain = _show(call.name, **{slot.name: slot.with_first(value)})
                whole = int(value) if value == int(value) else value
                for cell in (Decimal(str(value)), whole):
                    changed = {slot.name: slot.with_first(cell)}
                    compare(plain, _show(call.name, **changed), **changed)

    @every_with(is_number)
    def test_a_date_is_its_serial_number(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                plain = _show(call.name, **{slot.name: slot.with_first(SERIAL)})
                for date in (JANUARY, JANUARY.replace(tzinfo=OSLO)):
                    changed = {slot.name: slot.with_first(date)}
                    compare(plain, _show(call.name, **changed), **changed)

    @every_with(is_optional)
    def test_blank_is_the_default_for_an_optional_argument(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_optional):
                left_out = _show(call.name, **{slot.name: LEFT_OUT})
                for blank in BLANKS:
                    for cells in (blank, [[blank]]):
                        compare(left_out, _show(call.name, **{slot.name: cells}), **{slot.name: cells})

    @every_with(is_column, is_optional)
    def test_a_blank_column_is_the_default_for_an_optional_argument(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_column, is_optional):
                left_out = _show(call.name, **{slot.name: LEFT_OUT})
                for blank in BLANKS:
                    blanks = [[blank] for _ in slot.cells]
                    compare(left_out, _show(call.name, **{slot.name: blanks}), **{slot.name: blanks})

    @pytest.mark.parametrize("name", BLANK_WHERE_BLANK)
    def test_blank_first_leaves_the_answer_blank(self, name):
        first = CALLS[name].slots[0].name
        with Comparison(name) as compare:
            for cells in (None, "", [[None]], [[""]]):
                compare("", _show(name, **{first: cells}), **{first: cells})

    @pytest.mark.parametrize("blank", [None, "", [[None]], [[""]]], ids=str)
    def test_without_an_alternative_the_hard_limit_is_the_walk_away(self, blank):
        assert 33.5 == _show("WALKAWAY_PRICE", batna=blank)

    def test_a_walk_away_price_without_alternative_and_limit_is_no_number(self):
        assert "#VALUE!" == _show("WALKAWAY_PRICE", batna=None, hard_limit=None)

    @pytest.mark.parametrize("name", [name for name, call in CALLS.items() if _needed(call)])
    def test_blank_elsewhere_is_a_missing_value(self, name):
        with Comparison(name) as compare:
            for slot in _needed(CALLS[name]):
                for cells in (None, "", [[None]], [[""]]):
                    compare("#VALUE!", _show(name, **{slot.name: cells}), **{slot.name: cells})

    @pytest.mark.parametrize("blank", BLANKS)
    @pytest.mark.parametrize(("name", "argument"), BLANK_COLUMN)
    def test_a_blank_column_means_what_its_page_says(self, name, argument, blank):
        blanks = [[blank] for _ in CALLS[name].slot(argument).cells]

        assert BLANK_COLUMN[name, argument] == _show(name, **{argument: blanks})

    def test_no_alternative_at_all_has_no_answer(self):
        nothing = dict.fromkeys(["labels", "alternatives_better_by", "probabilities", "fallbacks"], LEFT_OUT)

        assert "#N/A" == _show("BATNA_BEST", prices=column_of(None, ""), **nothing)

    @pytest.mark.parametrize("blank", [None, "", [[None]]], ids=str)
    def test_a_package_of_one_tradeable_issue_is_ok(self, blank):
        assert "OK" == _show("WALKAWAY_ISSUES", values=5, limits=blank, directions=">=", labels=None)

    def test_a_single_blank_cell_for_the_deductions_is_a_missing_value(self):
        assert "#VALUE!" == _show("PRICE_WATERFALL", on_invoice=None)

    def test_a_blank_row_of_alternatives_stays_blank(self):
        shown = _show(
            "BATNA_COMPARE",
            prices=column_of(90000, None, 88000),
            labels=column_of("A", "", "stay"),
            alternatives_better_by=column_of(0, "", 3000),
            probabilities=column_of(1, None, 1),
            fallbacks=column_of(0, None, 0),
        )

        assert [""] * 5 == shown[1]
        assert ["A", 90000, 2, 5000, ""] == shown[0]
        assert ["stay", 91000, 1, 4000, "BATNA"] == shown[2]

    @every_with(is_number)
    def test_what_is_no_number_is_a_wrong_value(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                expected = _spoilt(call, slot, "#VALUE!")
                for cell in NO_NUMBERS:
                    compare(expected, _first_row(call, slot, cell), **{slot.name: cell})

    @every_with(is_word)
    def test_an_unknown_word_is_a_wrong_value(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_word):
                for cell in NO_WORDS:
                    compare("#VALUE!", _first_row(call, slot, cell), **{slot.name: cell})

    @every_with(is_flag)
    def test_a_flag_is_true_or_false(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_flag):
                for cell in NO_FLAGS:
                    compare("#VALUE!", _show(call.name, **{slot.name: cell}), **{slot.name: cell})

    @every_with(is_flag)
    def test_a_flag_may_be_a_formulas_0_or_1(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_flag):
                for flag in (True, False):
                    number = {slot.name: slot.with_first(float(flag))}
                    same = _show(call.name, **{slot.name: slot.with_first(flag)})
                    compare(same, _show(call.name, **number), **number)

    @every_with(is_side)
    def test_a_side_goes_by_many_names(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_side):
                for side, names in (("seller", ["Seller ", "S", 1, 1.0]), ("buyer", [" BUY", "b", -1])):
                    expected = _show(call.name, **{slot.name: side})
                    for cell in names:
                        compare(expected, _show(call.name, **{slot.name: cell}), **{slot.name: cell})

    @pytest.mark.parametrize(("cell", "label"), [(3.0, "3"), (2.5, "2.5"), (True, "TRUE"), (7, "7")])
    def test_a_number_for_a_label_is_shown_as_it_stands(self, cell, label):
        labels = column_of(cell, "B", "C")

        assert label == _show("BATNA_COMPARE", labels=labels)[0][0]

    @pytest.mark.parametrize("name", CALLS)
    def test_an_error_comes_back_as_itself(self, name):
        call = CALLS[name]
        with Comparison(name) as compare:
            for slot in call.slots:
                for code in UPSTREAM[1:] if slot.kind.may_be_na else UPSTREAM:
                    shown = _first_row(call, slot, CellError(code))
                    compare(_spoilt(call, slot, code), shown, **{slot.name: code})

    @pytest.mark.parametrize("argument", ["costs", "fail_probs"])
    def test_an_error_in_a_row_of_checks_spoils_that_row_alone(self, argument):
        cells = _with(CALLS["DILIGENCE_ORDER"].slot(argument).cells, 1, CellError("#REF!"))

        assert [[2], ["#REF!"], [1]] == _show("DILIGENCE_ORDER", **{argument: cells})
        assert "#REF!" == _show("DILIGENCE_ORDER", **{argument: cells}, output="cost")

    @pytest.mark.parametrize("slot", CALLS["BATNA_COMPARE"].where(is_column), ids=lambda slot: slot.name)
    def test_an_error_in_a_row_of_alternatives_spoils_that_row_alone(self, slot):
        shown = _show("BATNA_COMPARE", **{slot.name: _with(slot.cells, 1, CellError("#REF!"))})

        assert ["#REF!"] * 5 == shown[1]
        assert [["A", 90000, 2, 5000, ""], ["stay", 91000, 1, 4000, "BATNA"]] == [shown[0], shown[2]]

    @pytest.mark.parametrize("name", CALLS)
    def test_an_infinite_number_is_none(self, name):
        call = CALLS[name]
        with Comparison(name) as compare:
            for slot in (slot for slot in call.slots if not is_text(slot)):
                possible = {"#NUM!"} if is_number(slot) else {"#VALUE!", "#NUM!"}
                for infinite in (math.inf, -math.inf):
                    shown = set(flat(_first_row(call, slot, infinite)))
                    compare.holds(
                        shown <= possible, f"{possible} expected, {shown} shown", **{slot.name: infinite}
                    )

    @every_with(is_number)
    def test_not_a_number_never_passes_for_one(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                shown = set(flat(_first_row(call, slot, math.nan)))
                compare.holds(shown <= {"#VALUE!", "#NUM!"}, f"{shown} shown", **{slot.name: math.nan})

    @every_with(is_number)
    def test_extreme_numbers_give_a_number_or_an_error(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                for cell in EXTREMES:  # what is shown is a cell that a host can hold
                    shown = flat(_first_row(call, slot, cell))
                    compare.holds(bool(shown), "nothing shown", **{slot.name: cell})

    @every_with(is_one_cell)
    def test_a_range_of_one_cell_is_that_cell(self, call):
        expected = _show(call.name)
        with Comparison(call.name) as compare:
            for slot in call.where(is_one_cell):
                for cells in ([[slot.cells]], ((slot.cells,),)):
                    compare(expected, _show(call.name, **{slot.name: cells}), **{slot.name: cells})

    @every_with(is_column)
    def test_a_row_is_as_good_as_a_column(self, call):
        expected = _show(call.name)
        with Comparison(call.name) as compare:
            for slot in call.where(is_column):
                for row in ([slot.plain], slot.plain):
                    compare(expected, _show(call.name, **{slot.name: row}), **{slot.name: row})

    @every_with(is_single)
    def test_a_range_where_one_cell_belongs_is_a_wrong_value(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_single):
                cells = column_of(slot.cells, slot.cells)
                compare("#VALUE!", _show(call.name, **{slot.name: cells}), **{slot.name: cells})

    @every_with(is_column)
    def test_a_table_where_a_column_belongs_is_a_wrong_value(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_column):
                cells = [[cell, cell] for cell in slot.plain]
                compare("#VALUE!", _show(call.name, **{slot.name: cells}), **{slot.name: cells})

    @every_with(is_column)
    def test_an_error_in_a_column_of_another_length_is_no_answer(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_column):
                cells = [*slot.cells, *slot.cells[:-1], [CellError("#N/A")]]
                shown = set(flat(_show(call.name, **{slot.name: cells})))
                compare.holds(shown <= {"#VALUE!", "#N/A"}, f"{shown} shown", **{slot.name: cells})

    @pytest.mark.parametrize("name", CALLS)
    def test_an_empty_range_is_a_blank_cell(self, name):
        with Comparison(name) as compare:
            for slot in CALLS[name].slots:
                expected = _show(name, **{slot.name: None})
                for empty in ([], [[]], ()):
                    compare(expected, _show(name, **{slot.name: empty}), **{slot.name: empty})

    @every_with(is_number)
    def test_a_negative_zero_is_a_zero(self, call):
        with Comparison(call.name) as compare:
            for slot in call.where(is_number):
                plain, negative = (
                    _show(call.name, **{slot.name: slot.with_first(zero)}) for zero in (0.0, -0.0)
                )
                compare(plain, negative, **{slot.name: -0.0})
                compare.holds("-0.0" not in map(str, flat(negative)), "−0 is shown", **{slot.name: -0.0})


BAD_CELLS = [CellError("#N/A"), CellError("#REF!"), "text", "1200", True, None, "", math.inf, 1e308, JANUARY]
OF_TWO = [name for name in ELEMENTWISE if len(CALLS[name].where(is_element)) > 1]


def _columns(name, rows=3):
    return {slot.name: column_of(*[slot.cells] * rows) for slot in CALLS[name].where(is_element)}


@pytest.mark.parametrize("name", ELEMENTWISE)
class TestColumns:
    """A column in gives a column out, and each row answers for itself."""

    def test_a_column_in_every_argument(self, name):
        assert [[_show(name)]] * 3 == _show(name, **_columns(name))

    def test_a_row_in_every_argument(self, name):
        across = {argument: [flat(cells)] for argument, cells in _columns(name).items()}

        assert [[_show(name)] * 3] == _show(name, **across)

    def test_a_column_in_any_argument(self, name):
        expected = [[_show(name)]] * 3
        with Comparison(name) as compare:
            for argument, cells in _columns(name).items():
                compare(expected, _show(name, **{argument: cells}), **{argument: cells})

    def test_a_bad_row_answers_as_it_would_alone_and_its_neighbours_as_before(self, name):
        good, columns = _show(name), _columns(name)
        with Comparison(name) as compare:
            for argument, cells in columns.items():
                for cell in BAD_CELLS:
                    alone = _show(name, **{argument: cell})
                    for row in range(3):
                        expected = [[alone if place == row else good] for place in range(3)]
                        bad = {argument: _with(cells, row, cell)}
                        compare(expected, _show(name, **bad), **bad)
                        compare(expected, _show(name, **columns | bad), **columns | bad)

    def test_two_thousand_rows_with_a_bad_one_in_the_middle(self, name):
        first = next(iter(_columns(name)))
        cells = _columns(name, 2_000)[first]
        shown = _show(name, **{first: _with(cells, 1_000, CellError("#N/A"))})

        assert 2_000 == len(shown)
        assert ["#N/A"] == shown[1_000]
        assert [[_show(name)]] * 1_999 == shown[:1_000] + shown[1_001:]


@pytest.mark.parametrize("name", OF_TWO)
class TestColumnsBesideEachOther:
    def test_a_column_and_a_row_make_a_table(self, name):
        first, second = CALLS[name].where(is_element)[:2]
        shown = _show(name, **{first.name: column_of(*[first.cells] * 3), second.name: [[second.cells] * 2]})

        assert [[_show(name)] * 2] * 3 == shown

    def test_lengths_that_do_not_fit_are_a_wrong_value(self, name):
        first, second = CALLS[name].where(is_element)[:2]
        shown = _show(
            name, **{first.name: column_of(*[first.cells] * 3), second.name: column_of(*[second.cells] * 2)}
        )

        assert {"#VALUE!"} == set(flat(shown))

    def test_an_error_in_one_cell_for_all_is_the_answer_of_all(self, name):
        first, *others = _columns(name)
        with Comparison(name) as compare:
            for argument in others:
                bad = {first: _columns(name)[first], argument: CellError("#DIV/0!")}
                compare([["#DIV/0!"]] * 3, _show(name, **bad), **bad)


OF_SEVERAL = [name for name, call in CALLS.items() if len(call.slots) > 1]


class TestWhichOfSeveralBadCellsIsShown:
    NA, REF = CellError("#N/A"), CellError("#REF!")

    @pytest.mark.parametrize("name", OF_SEVERAL)
    def test_the_first_error_in_argument_order(self, name):
        with Comparison(name) as compare:
            for early, late in combinations(CALLS[name].slots, 2):
                bad = {early.name: early.with_first(self.REF), late.name: late.with_first(self.NA)}
                compare("#REF!", flat(_show(name, **bad))[0], **bad)

    @pytest.mark.parametrize("name", OF_SEVERAL)
    def test_an_error_from_before_outranks_blank_and_our_own(self, name):
        with Comparison(name) as compare:
            for upstream, other in permutations(CALLS[name].slots, 2):
                error = self.REF if upstream.kind.may_be_na else self.NA
                for ours in ("text", "byer", math.inf, ""):
                    bad = {other.name: other.with_first(ours), upstream.name: upstream.with_first(error)}
                    compare(error.code, flat(_show(name, **bad))[0], **bad)

    @pytest.mark.parametrize("name", [name for name in OF_TWO if not CALLS[name].slots[0].kind.may_be_blank])
    def test_blank_first_outranks_our_own(self, name):
        first, *others = [slot for slot in CALLS[name].slots if not is_text(slot)]
        with Comparison(name) as compare:
            for other in others:
                bad = {first.name: "", other.name: other.with_first("no number")}
                compare("", _show(name, **bad), **bad)

    def test_an_error_in_a_column_outranks_a_malformed_rest(self):
        shown = _show(
            "DEAL_SIGNER",
            value=column_of(self.NA, 0.05, ""),
            limits=[[0.1]],
            signers=[["Rep"]],
            direction=LEFT_OUT,
        )

        assert [["#N/A"], ["#VALUE!"], [""]] == shown

    def test_the_reason_is_kept_with_the_error(self):
        assert (
            "discount must lie from 0 to 1; it is 15. Write 15% or 0.15, not 15."
            == _ask("DISCOUNT_CHECK", discount=15).reason
        )
        assert "side" in _ask("WALKAWAY_GAP", side="byer").reason
        assert "cost" in _ask("PRICE_FLOOR", cost="68").reason


class TestWhatHappened:
    """The second table."""

    NA = CellError("#N/A")

    @pytest.mark.parametrize(
        ("expected", "name", "changed"),
        [
            ("#VALUE!", "WALKAWAY_CHECK", {"side": "byer"}),
            ("#VALUE!", "WALKAWAY_ISSUES", {"limits": column_of(100, 60)}),
            ("#VALUE!", "DEAL_SIGNER", {"limits": [[0.1]], "signers": [["Rep"]], "direction": None}),
            ("#VALUE!", "BATNA_BEST", {"fallbacks": column_of(0, None, 0)}),
            ("#NUM!", "WALKAWAY_PRICE", {"walk_cost": -1}),
            ("#NUM!", "WALKAWAY_CHECK", {"target": 7000}),
            ("#NUM!", "BATNA_VALUE", {"probability": 60}),
            ("#NUM!", "CONCESSION_PLAN", {"offers": 2.5}),
            ("#NUM!", "PRICE_FLOOR", {"min_margin": 0.95}),
            ("#NUM!", "DISCOUNT_MAX", {"list_price": 0}),
            ("#NUM!", "DISCOUNT_STACK", {"discounts": [[20, 10]]}),
            ("#NUM!", "PRICE_BREAKEVEN", {"price_change": -0.3}),
            ("#NUM!", "DEAL_SIGNER", {"limits": column_of(0.1, 0.3, 0.2, 1)}),
            ("#NUM!", "DEAL_SIGNER", {"limits": column_of(0.1, 0.3, 0.1, 0.1), "direction": None}),
            ("#N/A", "ZOPA", {"seller_walkaway": 98000, "output": "mid"}),
            ("#N/A", "ZOPA_SHARE", {"seller_walkaway": 49}),
            ("#N/A", "SPLIT_MIDPOINT", {"seller_walkaway": 98000}),
            ("#N/A", "OFFER_BRACKET", {"their_offer": 96000}),
            ("#N/A", "DEAL_SIGNER", {"value": 1.5}),
            ("#DIV/0!", "WALKAWAY_GAP", {"walkaway": 0, "as_percent": True}),
            ("#DIV/0!", "WALKAWAY_SCORE", {"target": 100}),
            ("#DIV/0!", "ZOPA_SHARE", {"seller_walkaway": 48}),
            ("WALK AWAY", "WALKAWAY_CHECK", {"offer": 7500}),
            ("BELOW FLOOR", "DISCOUNT_CHECK", {"discount": 0.25}),
            ("BELOW COST", "DISCOUNT_CHECK", {"discount": 0.5}),
            (-4000.0, "ZOPA", {"seller_walkaway": 101000}),
            (False, "ZOPA", {"seller_walkaway": 101000, "output": "exists"}),
            (-0.2, "WALKAWAY_SCORE", {"offer": 96}),
        ],
    )
    def test_the_answer_says_which(self, expected, name, changed):
        shown = _show(name, **changed)

        assert expected == (pytest.approx(shown) if isinstance(expected, float) else shown)

    def test_a_list_price_below_the_floor_is_a_negative_discount(self):
        shown = _show("DISCOUNT_MAX", list_price=80, leakage=None, fixed_cost=None, step=None)

        assert -0.0625 == pytest.approx(shown)

    def test_a_package_without_a_score_is_passed_over(self):
        shown = _show("ISSUE_PARETO", our_scores=column_of(90, self.NA, 60, 50, None), output="efficient")

        assert column_of(True, False, True, True, False) == shown

    def test_one_row_of_each_kind(self):
        shown = _show(
            "WALKAWAY_GAP",
            offer=column_of(105, "105", CellError("#REF!"), None, 105, 105),
            walkaway=column_of(100, 100, 100, 100, 0, None),
            as_percent=True,
        )

        assert column_of(0.05, "#VALUE!", "#REF!", "", "#DIV/0!", "#VALUE!") == shown

    @pytest.mark.parametrize(
        "low", [column_of(93000.0, CellError("#N/A"), 97000.0), [[93000.0, CellError("#N/A"), 97000.0]]]
    )
    def test_all_of_a_zone_is_a_row_for_each_element(self, low):
        shown = _show("ZOPA", seller_walkaway=low, buyer_walkaway=97000.0, output="all")

        assert [[93000, 97000, 4000, 95000], ["#N/A"] * 4, [97000, 97000, 0, 97000]] == shown

    @pytest.mark.parametrize("cells", [CellError("#N/A"), "text"])
    def test_a_bad_cell_of_a_longer_column_beside_a_single_price(self, cells):
        shown = _show(
            "BATNA_COMPARE",
            prices=90000.0,
            labels=LEFT_OUT,
            alternatives_better_by=column_of(0.0, cells, 3000.0),
            probabilities=LEFT_OUT,
            fallbacks=LEFT_OUT,
        )

        assert {"#N/A", "#VALUE!"} >= set(flat(shown[1])) if isinstance(shown, list) else shown == "#VALUE!"

    def test_each_row_of_discounts_answers_for_itself(self):
        table = [[0.2, 0.1], [CellError("#N/A"), 0.1], [0.25, "text"], [20, 0.1], [0.25, None]]
        shown = _show("DISCOUNT_STACK", discounts=table, byrow=True)

        assert [0.28, 0.25] == pytest.approx([shown[0][0], shown[4][0]])
        assert [["#N/A"], ["#VALUE!"], ["#NUM!"]] == shown[1:4]


cell = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(max_size=4),
    st.sampled_from(["seller", "buyer", "<=", "table", "all", "price", "label", "list", "running"]),
    st.decimals(allow_nan=False),
    st.datetimes(),
    st.sampled_from(UPSTREAM).map(CellError),
    st.sampled_from([0, 1, -1, 0.1, 100, LEFT_OUT]),
)
in_a_table = cell.filter(lambda content: content is not LEFT_OUT)
tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(
        st.lists(in_a_table, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)
anything = cell | tables


@pytest.mark.parametrize("name", one_in(3, list(CALLS)))
@given(data=st.data())
def test_whatever_the_cells_hold_the_answer_is_a_cell_or_a_table_of_cells(name, data):
    shown = _show(name, **data.draw(changes(name, anything, 3)))

    assert 1 == len({len(row) for row in rows_of(shown)})
