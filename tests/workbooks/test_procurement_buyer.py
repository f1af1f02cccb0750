"""The buyer's workbook: its verdicts, its own checks, and the supplier's schedule."""

from collections.abc import Callable

import pytest

from tests.workbooks.calculated import Values, find
from tests.workbooks.deals import facts_of, rows
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import procurement_buyer, template
from walkaway_xl.workbooks.price_book import layout

THEIR_LAST_OFFER = f"E{layout.TALKS_LOG_ROW + len(rows(facts_of('procurement_buyer'), 'rounds'))}"


def example(change: Callable[[Draft], None] = lambda draft: None) -> Values:
    draft = template("procurement_buyer").example()
    change(draft)
    return Values(draft)


def with_input(label: str, value: float) -> Values:
    def change(draft: Draft) -> None:
        sheet = draft.sheet(layout.PREPARE)
        sheet[f"E{find(sheet, label)}"] = value

    return example(change)


def with_answer(name: str, value: float) -> Values:
    def change(draft: Draft) -> None:
        draft.cell(draft.inputs[name].reference).value = value

    return example(change)


def check(values: Values, text: str) -> int:
    sheet = values.sheet(layout.CHECKS)
    return sheet[f"D{find(sheet, text)}"].value


def shown(values: Values, label: str) -> object:
    sheet = values.sheet(layout.PREPARE)
    return sheet[f"E{find(sheet, label)}"].value


def test_the_example_is_acceptable_with_all_checks_passed() -> None:
    values = example()
    assert "ACCEPTABLE" == values["wx_verdict"]
    assert "✔  All 21 checks pass" == values["wx_checks"]
    assert 398.70 == pytest.approx(values["wx_walkaway"])  # 395.20 of the Polish mill, and 3.50 for 48 hours
    # 387.50 × (1 − 60 × 6 % ÷ 365) + 14.50 + 6.20 + 4.80 + 5,760 ÷ 640
    assert 418.178082 == pytest.approx(values["wx_all_in"])


@pytest.mark.parametrize(
    ("expected", "offer"),
    [
        ("WALK AWAY", 398.71),
        ("TOO CLOSE", 398.70),
        ("TOO CLOSE", 395.63),
        ("ACCEPTABLE", 395.62),
        ("TARGET MET", 368.00),
        ("WISH MET", 352.00),
    ],
)
def test_a_lower_price_is_better(expected: str, offer: float) -> None:
    def change(draft: Draft) -> None:
        draft.sheet(layout.TALKS)[THEIR_LAST_OFFER] = offer

    assert expected == example(change)["wx_verdict"]


def test_a_blank_workbook_has_the_four_kinds_of_alternative_and_is_not_ready() -> None:
    draft = procurement_buyer.build()
    sheet = draft.sheet(layout.PREPARE)
    first = draft.inputs["alternatives.1.kind"].reference.first_row
    kinds = [sheet[f"C{row}"].value for row in range(first, first + 4)]
    assert ["other supplier", "make in-house", "wait", "do nothing"] == kinds
    assert "NOT READY" == Values(draft)["wx_verdict"]


def test_a_budget_below_the_best_alternative_is_the_walk_away() -> None:
    values = with_input("Budget, everything included", 400)
    assert values["wx_walkaway"] == values["wx_budget_ceiling"]
    assert values["wx_walkaway"] < values["wx_batna_floor"]


def test_switching_cost_that_is_counted_twice_is_seen() -> None:
    assert 1 == check(example(), "Switching cost is counted once")
    assert 0 == check(with_answer("walk_cost", 9), "Switching cost is counted once")


def test_the_counter_never_goes_beyond_the_wish() -> None:
    assert 352.00 == example()["wx_counter"]  # 2 × 368 − 412 would be 324
    assert 368.00 == pytest.approx(with_answer("want", 390)["wx_counter"])


@pytest.mark.parametrize(
    ("expected", "volume"), [(0.0, 249), (0.02, 250), (0.04, 640), (0.04, 649), (0.07, 650), (0.07, 900)]
)
def test_the_volume_reaches_a_tier_with_its_first_unit(expected: float, volume: float) -> None:
    assert expected == shown(with_input("Volume", volume), "Discount at your volume")


def test_a_schedule_out_of_order_is_seen() -> None:
    def change(draft: Draft) -> None:
        sheet = draft.sheet(layout.PREPARE)
        row = find(sheet, "From this volume", "C")
        sheet[f"C{row + 2}"] = 700

    assert 0 == check(example(change), "Their volume schedule rises")


def test_a_step_up_of_the_all_in_picture_stands_on_the_step_before() -> None:
    sheet = example().sheet(layout.CHECKS)
    first = find(sheet, "All-in cost · columns") + 2
    later = next(row for row in range(first, first + 8) if sheet[f"B{row}"].value == "Later payment")
    base, added = sheet[f"C{later}"].value, sheet[f"H{later}"].value
    assert 3.821918 == pytest.approx(added)
    assert 387.50 == pytest.approx(base + added)
