"""The two cell tables, row by row, for every argument of every function."""

import math
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CALLS, ELEMENTWISE, EVERY_SLOT, changes, column_of, slots
from walkaway_xl import CATALOGUE
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate

UPSTREAM = ["#N/A", "#NUM!", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#SPILL!", "#GETTING_DATA"]
NO_NUMBERS = ["text", "1200", " 1,200 ", "TRUE", "#N/A as text", " ", "€5", True, False]
NO_WORDS = ["byer", "TRUE", True, 7, 0.5, " "]
JANUARY, SERIAL = datetime(2024, 1, 1, 12), 45292.5
OSLO = timezone(timedelta(hours=1))  # pywin32 hands over a time with a zone, which the cell has not

# What a blank row or column means where the page of the function says more than the table.
BLANK_COLUMN = {
    ("WALKAWAY_ISSUES", "values"): "INCOMPLETE: Price, Payment days, Liability",
    ("WALKAWAY_ISSUES", "limits"): "OK",  # everything is tradeable
    ("WALKAWAY_ISSUES", "directions"): "#VALUE!",
    ("BATNA_BEST", "prices"): "#VALUE!",  # the rows are only half blank
    ("DISCOUNT_STACK", "discounts"): "",
    ("DEAL_APPROVER", "limits"): "#VALUE!",
    ("DEAL_APPROVER", "approvers"): "#VALUE!",
}

NA_IS_NONE = {("ISSUE_PARETO", "our_scores"), ("ISSUE_PARETO", "their_scores")}  # a package without a score

ANY_LENGTH = {  # as many deductions, offers or observations as there are
    ("PRICE_WATERFALL", "on_invoice"),
    ("PRICE_WATERFALL", "off_invoice"),
    ("PRICE_GUIDANCE", "history"),
    ("CONCESSION_STATUS", "our_offers"),
    ("CONCESSION_STATUS", "their_offers"),
    ("CONCESSION_LIMIT", "offers"),
    ("COMP_TOTAL", "vesting"),  # a schedule may be longer than the years that are compared
    ("COMP_MATCH", "vesting"),
    ("ISSUE_WEIGHTS", "points"),
}

numbers = "money share"


def _ask(name, **changed):
    """The worked call with some cells changed."""
    arguments = [changed.get(slot.name, slot.cells) for slot in CALLS[name].slots]
    return evaluate(CATALOGUE[name], arguments)


def _shown(cells):
    """An answer with errors by their code, and every cell of a kind that a host can hold."""
    if isinstance(cells, list):
        return [_shown(cell) for cell in cells]
    if isinstance(cells, CellError):
        assert cells.reason or cells.code in UPSTREAM
        return cells.code
    assert type(cells) in (float, int, str, bool), type(cells)
    assert not isinstance(cells, float) or math.isfinite(cells)
    return cells


def _show(name, **changed):
    return _shown(_ask(name, **changed))


def _flat(shown):
    return [cell for row in shown for cell in _flat(row)] if isinstance(shown, list) else [shown]


def _slot(name, argument):
    return CALLS[name].slots[CALLS[name].place(argument)]


def _with(cells, row, cell):
    """A column with another cell in one row."""
    return [[cell] if place == row else other for place, other in enumerate(cells)]


def _in_one_cell(name, argument, cell):
    """An argument with one of its cells changed: itself, or the first cell of its range."""
    cells = _slot(name, argument).cells
    if not isinstance(cells, list):
        return cell
    return [[cell, *cells[0][1:]], *cells[1:]]


def _expected(name, argument, code):
    """A bad cell in the first row of a table spoils that row, anywhere else the answer."""
    if _slot(name, argument).reach != "rows":
        return code
    return [code] * len(CALLS[name].gives[0])


def _where(name, argument, shown):
    return shown[0] if _slot(name, argument).reach == "rows" else shown


def _first_row(name, argument, cell):
    """What the first row shows with a cell in the first row of an argument."""
    return _where(name, argument, _show(name, **{argument: _in_one_cell(name, argument, cell)}))


def every(*choice, **more):
    return pytest.mark.parametrize(("name", "argument"), slots(*choice, **more))


class TestWhatACellHolds:
    """The first table."""

    @pytest.mark.parametrize("name", CALLS)
    def test_the_worked_call(self, name):
        call = CALLS[name]
        for expected, shown in zip(_flat(call.gives), _flat(_show(name)), strict=True):
            assert expected == (shown if isinstance(shown, str) else pytest.approx(shown))

    @every(numbers, reach="element single column rows table")
    def test_a_number_is_a_number_however_it_is_spelled(self, name, argument):
        value = _flat(_slot(name, argument).cells)[0]
        decimal = _in_one_cell(name, argument, Decimal(str(value)))
        whole = _in_one_cell(name, argument, int(value) if value == int(value) else value)

        assert _show(name) == _show(name, **{argument: decimal}) == _show(name, **{argument: whole})

    @every(numbers)
    @pytest.mark.parametrize("dated", [JANUARY, JANUARY.replace(tzinfo=OSLO)], ids=["date", "with a zone"])
    def test_a_date_is_its_serial_number(self, name, argument, dated):
        dated, plain = (_in_one_cell(name, argument, cell) for cell in (dated, SERIAL))

        assert _show(name, **{argument: plain}) == _show(name, **{argument: dated})

    @pytest.mark.parametrize("blank", [None, ""])
    @every(optional=True)
    def test_blank_is_the_default_for_an_optional_argument(self, name, argument, blank):
        left_out = _show(name, **{argument: LEFT_OUT})

        assert left_out == _show(name, **{argument: blank})
        assert left_out == _show(name, **{argument: [[blank]]})

    @pytest.mark.parametrize("blank", [None, ""])
    @every(reach="column rows", optional=True)
    def test_a_blank_column_is_the_default_for_an_optional_argument(self, name, argument, blank):
        blanks = [[blank] for _ in _slot(name, argument).cells]

        assert _show(name, **{argument: LEFT_OUT}) == _show(name, **{argument: blanks})

    @pytest.mark.parametrize("blank", [None, ""])
    @pytest.mark.parametrize(
        "name", [name for name in CALLS if CALLS[name].slots[0].reach in ("element", "single")]
    )
    def test_blank_first_leaves_the_answer_blank(self, name, blank):
        first = CALLS[name].slots[0].name
        expected = 33.5 if name == "WALKAWAY_PRICE" else ""  # there the hard limit is the walk-away

        assert expected == _show(name, **{first: blank}) == _show(name, **{first: [[blank]]})

    def test_a_walk_away_price_without_alternative_and_limit_is_no_number(self):
        assert "#VALUE!" == _show("WALKAWAY_PRICE", batna=None, hard_limit=None)

    @pytest.mark.parametrize("blank", [None, ""])
    @every(reach="element single", optional=False)
    def test_blank_elsewhere_is_a_missing_value(self, name, argument, blank):
        if argument == CALLS[name].slots[0].name:
            return

        assert "#VALUE!" == _show(name, **{argument: blank}) == _show(name, **{argument: [[blank]]})

    @pytest.mark.parametrize("blank", [None, ""])
    @pytest.mark.parametrize(("name", "argument"), BLANK_COLUMN)
    def test_a_blank_column_means_what_its_page_says(self, name, argument, blank):
        blanks = [[blank] for _ in _slot(name, argument).cells]

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

    @every(numbers)
    def test_what_is_no_number_is_a_wrong_value(self, name, argument):
        shown = [_first_row(name, argument, cell) for cell in NO_NUMBERS]

        assert [_expected(name, argument, "#VALUE!")] * len(NO_NUMBERS) == shown

    @every("side direction word")
    def test_an_unknown_word_is_a_wrong_value(self, name, argument):
        shown = [_first_row(name, argument, cell) for cell in NO_WORDS]

        assert ["#VALUE!"] * len(NO_WORDS) == shown

    @pytest.mark.parametrize("cell", ["yes", "TRUE", "1", 2, -1, 0.5])
    @every("flag")
    def test_a_flag_is_true_or_false(self, name, argument, cell):
        assert "#VALUE!" == _show(name, **{argument: cell})

    @every("flag")
    def test_a_flag_may_be_a_formulas_0_or_1(self, name, argument):
        for flag in (True, False):
            assert _show(name, **{argument: flag}) == _show(name, **{argument: float(flag)})

    @pytest.mark.parametrize(
        ("ours", "cells"), [("seller", ["Seller ", "S", 1, 1.0]), ("buyer", [" BUY", "b", -1])]
    )
    @every("side")
    def test_a_side_goes_by_many_names(self, name, argument, ours, cells):
        expected = _show(name, **{argument: ours})

        assert [expected] * len(cells) == [_show(name, **{argument: cell}) for cell in cells]

    @pytest.mark.parametrize(("cell", "told"), [(3.0, "3"), (2.5, "2.5"), (True, "TRUE"), (7, "7")])
    def test_a_number_for_a_label_is_shown_as_it_stands(self, cell, told):
        labels = column_of(cell, "B", "C")

        assert told == _show("BATNA_COMPARE", labels=labels)[0][0]

    @pytest.mark.parametrize(("name", "argument"), EVERY_SLOT)
    def test_an_error_comes_back_as_itself(self, name, argument):
        codes = UPSTREAM[1:] if (name, argument) in NA_IS_NONE else UPSTREAM
        shown = [_first_row(name, argument, CellError(code)) for code in codes]

        assert [_expected(name, argument, code) for code in codes] == shown

    @pytest.mark.parametrize("argument", ["costs", "fail_probs"])
    def test_an_error_in_a_row_of_checks_spoils_that_row_alone(self, argument):
        cells = _with(_slot("DILIGENCE_ORDER", argument).cells, 1, CellError("#REF!"))

        assert [[2], ["#REF!"], [1]] == _show("DILIGENCE_ORDER", **{argument: cells})
        assert "#REF!" == _show("DILIGENCE_ORDER", **{argument: cells}, output="cost")

    @pytest.mark.parametrize(
        ("name", "argument"), [slot for slot in slots(reach="rows") if slot[0] == "BATNA_COMPARE"]
    )
    def test_an_error_in_a_row_of_alternatives_spoils_that_row_alone(self, name, argument):
        cells = _with(_slot(name, argument).cells, 1, CellError("#REF!"))
        shown = _show(name, **{argument: cells})

        assert ["#REF!"] * 5 == shown[1]
        assert [["A", 90000, 2, 5000, ""], ["stay", 91000, 1, 4000, "BATNA"]] == [shown[0], shown[2]]

    @pytest.mark.parametrize(("name", "argument"), EVERY_SLOT)
    def test_an_infinite_number_is_none(self, name, argument):
        takes = _slot(name, argument).takes
        if takes == "text":
            return
        for infinite in (math.inf, -math.inf):
            seen = _flat(_first_row(name, argument, infinite))

            assert {"#NUM!"} == set(seen) if takes in numbers else {"#VALUE!", "#NUM!"} >= set(seen)

    @every(numbers)
    def test_not_a_number_never_passes_for_one(self, name, argument):
        assert {"#VALUE!", "#NUM!"} >= set(_flat(_first_row(name, argument, math.nan)))

    @every(numbers)
    def test_extreme_numbers_give_a_number_or_an_error(self, name, argument):
        for cell in (1e308, -1e308, 5e-324, 1e-300, -0.0, 2**63, 10**400, Decimal("1E+999")):
            assert _flat(_first_row(name, argument, cell))

    @pytest.mark.parametrize(("name", "argument"), EVERY_SLOT)
    def test_a_range_of_one_cell_is_that_cell(self, name, argument):
        cells = _slot(name, argument).cells
        if isinstance(cells, list):
            return

        assert _show(name) == _show(name, **{argument: [[cells]]}) == _show(name, **{argument: ((cells,),)})

    @pytest.mark.parametrize(("name", "argument"), slots(reach="column rows"))
    def test_a_row_is_as_good_as_a_column(self, name, argument):
        across = [row[0] for row in _slot(name, argument).cells]

        assert _show(name) == _show(name, **{argument: [across]}) == _show(name, **{argument: across})

    @pytest.mark.parametrize(("name", "argument"), slots(reach="single"))
    def test_a_range_where_one_cell_belongs_is_a_wrong_value(self, name, argument):
        cell = _slot(name, argument).cells

        assert "#VALUE!" == _show(name, **{argument: column_of(cell, cell)})

    @pytest.mark.parametrize(("name", "argument"), slots(reach="column rows"))
    def test_a_table_where_a_column_belongs_is_a_wrong_value(self, name, argument):
        cells = [[row[0], row[0]] for row in _slot(name, argument).cells]

        assert "#VALUE!" == _show(name, **{argument: cells})

    @pytest.mark.parametrize(("name", "argument"), slots(reach="column rows"))
    def test_columns_of_different_lengths_are_a_wrong_value(self, name, argument):
        if (name, argument) in ANY_LENGTH:
            return

        longer = [*_slot(name, argument).cells, *_slot(name, argument).cells]
        assert "#VALUE!" == _show(name, **{argument: longer})
        spoilt = _with(longer, len(longer) - 1, CellError("#N/A"))
        assert {"#VALUE!", "#N/A"} >= set(_flat(_show(name, **{argument: spoilt})))

    @pytest.mark.parametrize(("name", "argument"), EVERY_SLOT)
    @pytest.mark.parametrize("empty", [[], [[]], ()], ids=str)
    def test_an_empty_range_is_a_blank_cell(self, name, argument, empty):
        assert _show(name, **{argument: None}) == _show(name, **{argument: empty})

    @every(numbers, reach="element single column rows table")
    def test_a_negative_zero_is_a_zero(self, name, argument):
        plain, negative = (
            _show(name, **{argument: _in_one_cell(name, argument, zero)}) for zero in (0.0, -0.0)
        )

        assert plain == negative
        assert not any(isinstance(cell, float) and str(cell) == "-0.0" for cell in _flat(negative))


@pytest.mark.parametrize("name", ELEMENTWISE)
class TestColumns:
    """A column in gives a column out, and each row answers for itself."""

    def _columns(self, name, rows=3):
        return {
            slot.name: column_of(*[slot.cells] * rows)
            for slot in CALLS[name].slots
            if slot.reach == "element"
        }

    def test_a_column_in_every_argument(self, name):
        assert [[_show(name)]] * 3 == _show(name, **self._columns(name))

    def test_a_row_in_every_argument(self, name):
        across = {argument: [[row[0] for row in cells]] for argument, cells in self._columns(name).items()}

        assert [[_show(name)] * 3] == _show(name, **across)

    def test_a_column_in_any_argument(self, name):
        for argument, cells in self._columns(name).items():
            assert [[_show(name)]] * 3 == _show(name, **{argument: cells}), argument

    def test_a_column_and_a_row_make_a_table(self, name):
        first, second = [slot for slot in CALLS[name].slots if slot.reach == "element"][:2]
        shown = _show(name, **{first.name: column_of(*[first.cells] * 3), second.name: [[second.cells] * 2]})

        assert [[_show(name)] * 2] * 3 == shown

    def test_lengths_that_do_not_fit_are_a_wrong_value(self, name):
        first, second = [slot for slot in CALLS[name].slots if slot.reach == "element"][:2]
        shown = _show(
            name, **{first.name: column_of(*[first.cells] * 3), second.name: column_of(*[second.cells] * 2)}
        )

        assert {"#VALUE!"} == set(_flat(shown))

    @pytest.mark.parametrize(
        "cell",
        [CellError("#N/A"), CellError("#REF!"), "text", "1200", True, None, "", math.inf, 1e308, JANUARY],
        ids=str,
    )
    def test_a_bad_row_answers_as_it_would_alone_and_its_neighbours_as_before(self, name, cell):
        good = _show(name)
        for argument, cells in self._columns(name).items():
            alone = _show(name, **{argument: cell})

            for row in range(3):
                expected = [[alone if place == row else good] for place in range(3)]
                assert expected == _show(name, **{argument: _with(cells, row, cell)}), argument
                assert expected == _show(name, **self._columns(name) | {argument: _with(cells, row, cell)}), (
                    argument
                )

    def test_an_error_in_one_cell_for_all_is_the_answer_of_all(self, name):
        first, *others = self._columns(name)
        for argument in others:
            shown = _show(name, **{first: self._columns(name)[first], argument: CellError("#DIV/0!")})

            assert [["#DIV/0!"]] * 3 == shown, argument

    def test_ten_thousand_rows_with_a_bad_one_in_the_middle(self, name):
        first = next(iter(self._columns(name)))
        cells = self._columns(name, 10_000)[first]
        shown = _show(name, **{first: _with(cells, 5_000, CellError("#N/A"))})

        assert 10_000 == len(shown)
        assert ["#N/A"] == shown[5_000]
        assert [[_show(name)]] * 9_999 == shown[:5_000] + shown[5_001:]


class TestWhichOfSeveralBadCellsIsShown:
    NA, REF = CellError("#N/A"), CellError("#REF!")

    @pytest.mark.parametrize("name", CALLS)
    def test_the_first_error_in_argument_order(self, name):
        names = [slot.name for slot in CALLS[name].slots]
        for place, early in enumerate(names):
            for late in names[place + 1 :]:
                bad = {
                    early: _in_one_cell(name, early, self.REF),
                    late: _in_one_cell(name, late, self.NA),
                }

                assert "#REF!" == _flat(_show(name, **bad))[0], (early, late)

    @pytest.mark.parametrize("ours", ["text", "byer", math.inf, ""])
    @pytest.mark.parametrize("name", CALLS)
    def test_an_error_from_before_outranks_blank_and_our_own(self, name, ours):
        names = [slot.name for slot in CALLS[name].slots]
        for upstream in names:
            for other in names:
                if other == upstream or (name, upstream) in NA_IS_NONE:
                    continue
                bad = {
                    other: _in_one_cell(name, other, ours),
                    upstream: _in_one_cell(name, upstream, self.NA),
                }

                assert "#N/A" == _flat(_show(name, **bad))[0], (upstream, other)

    @pytest.mark.parametrize(
        "name", [name for name in ELEMENTWISE if not CATALOGUE[name].arguments[0].kind.may_be_blank]
    )
    def test_blank_first_outranks_our_own(self, name):
        first, *others = [slot for slot in CALLS[name].slots if slot.takes != "text"]
        for other in others:
            shown = _show(name, **{first.name: "", other.name: _in_one_cell(name, other.name, "no number")})

            assert "" == shown, other.name

    def test_an_error_in_a_column_outranks_a_malformed_rest(self):
        shown = _show(
            "DEAL_APPROVER",
            value=column_of(self.NA, 0.05, ""),
            limits=[[0.1]],
            approvers=[["Rep"]],
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
            ("#VALUE!", "DEAL_APPROVER", {"limits": [[0.1]], "approvers": [["Rep"]], "direction": None}),
            ("#VALUE!", "BATNA_BEST", {"fallbacks": column_of(0, None, 0)}),
            ("#NUM!", "WALKAWAY_PRICE", {"walk_cost": -1}),
            ("#NUM!", "WALKAWAY_CHECK", {"target": 7000}),
            ("#NUM!", "BATNA_VALUE", {"probability": 60}),
            ("#NUM!", "CONCESSION_PLAN", {"offers": 2.5}),
            ("#NUM!", "PRICE_FLOOR", {"min_margin": 0.95}),
            ("#NUM!", "DISCOUNT_MAX", {"list_price": 0}),
            ("#NUM!", "DISCOUNT_STACK", {"discounts": [[20, 10]]}),
            ("#NUM!", "PRICE_BREAKEVEN", {"price_change": -0.3}),
            ("#NUM!", "DEAL_APPROVER", {"limits": column_of(0.1, 0.3, 0.2, 1)}),
            ("#NUM!", "DEAL_APPROVER", {"limits": column_of(0.1, 0.3, 0.1, 0.1), "direction": None}),
            ("#N/A", "ZOPA", {"seller_walkaway": 98000, "output": "mid"}),
            ("#N/A", "ZOPA_SHARE", {"seller_walkaway": 49}),
            ("#N/A", "SPLIT_MIDPOINT", {"seller_walkaway": 98000}),
            ("#N/A", "OFFER_BRACKET", {"their_offer": 96000}),
            ("#N/A", "DEAL_APPROVER", {"value": 1.5}),
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

        assert {"#N/A", "#VALUE!"} >= set(_flat(shown[1])) if isinstance(shown, list) else shown == "#VALUE!"

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
in_a_table = cell.filter(lambda held: held is not LEFT_OUT)
tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(
        st.lists(in_a_table, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)
anything = cell | tables


@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_whatever_the_cells_hold_the_answer_is_a_cell_or_a_table_of_cells(name, data):
    shown = _show(name, **data.draw(changes(name, anything, 3)))

    if isinstance(shown, list):
        assert shown
        assert 1 == len({len(row) for row in shown})
