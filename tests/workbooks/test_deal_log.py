"""The deal log: agrees with the functions row by row, adds up, and says what is missing."""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

import walkaway_xl as wx
from tests.books import saved
from tests.workbooks.calculated import Values, all_by_libreoffice
from tests.workbooks.deals import paste
from walkaway_xl.core.errors import InputError
from walkaway_xl.hosts import embedded
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.deal_file import named
from walkaway_xl.workbooks.deal_log import build
from walkaway_xl.workbooks.deal_log.deals import FIRST, LETTERS, ROWS, SHORTEST_PRINT
from walkaway_xl.workbooks.deal_log.log_workbook import CHECKS, SHEETS
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.package import finished

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")


@dataclass(frozen=True)
class Deal:
    """One negotiation as a person types it; what is not known stays blank."""

    counterpart: str
    subject: str
    template: str
    side: str
    walkaway: float | None = None
    target: float | None = None
    their_walkaway: float | None = None
    begun: date | None = None
    ended: date | None = None
    units: float | None = None
    our_first: float | None = None
    their_first: float | None = None
    our_last: float | None = None
    their_last: float | None = None
    outcome: str | None = None
    agreed: float | None = None
    rounds: int | None = None
    signed: str | None = None
    flag: str | None = None
    walkaway_end: float | None = None
    called_back: str | None = None
    lesson: str | None = None


def draft_of(deals: Sequence[Deal], facts: Mapping[str, str]) -> Draft:
    """The workbook with rows as somebody pastes them."""
    return paste(build(), {**facts, "deals": [asdict(deal) for deal in deals]})


# They never went beyond 92 and the floor was 100: the example of DEAL_RESULT, with 2 units.
LEFT = Deal(
    "Somebody", "A thing", "none", "seller", 100, 120, units=2,
    begun=date(2026, 1, 5), ended=date(2026, 1, 9), their_last=92, outcome="no deal",
    lesson="Ask for the budget first.",
)  # fmt: skip
AGREED = replace(LEFT, outcome="deal", their_last=None, agreed=110.0, signed="manager")
FACTS = {"currency": "EUR"}
KEYS = ("verdict", "value", "score", "zone_share", "forecast")


def rows_of(book: Workbook, count: int) -> list[dict[str, Any]]:
    sheet = book["Deals"]
    return [
        {key: sheet[f"{letter}{row}"].value for key, letter in LETTERS.items()}
        for row in range(FIRST, FIRST + count)
    ]


def word(shown: str | None) -> str:
    return re.sub(r"^\W+", "", shown or "")


def calculated(*deals: Deal) -> list[dict[str, Any]]:
    return rows_of(Values(draft_of(deals, FACTS)).workbook, len(deals))


# ---------------------------------------------------------------- agreement with the functions


def random_deals(count: int) -> tuple[Deal, ...]:
    """Rows of every kind: ties, blanks, targets on the wrong side, zones that are none."""
    rng = np.random.default_rng(20260301)

    def maybe(value: float, blank: float = 0.15) -> float | None:
        return None if rng.random() < blank else round(value, 2)

    found = []
    for number in range(count):
        side = ("seller", "buyer", "candidate")[number % 3]
        sign = -1 if side == "buyer" else 1
        walkaway = round(float(rng.uniform(5, 50_000)), 2)
        way = round(walkaway * float(rng.uniform(0.02, 0.3)), 2)
        target = walkaway + sign * way * (-1 if rng.random() < 0.05 else 1)
        at = (-0.5, 0.0, 0.05, 0.1, 0.5, 1.0, 1.3, float(rng.uniform(-1, 2)))[int(rng.integers(8))]
        price = walkaway + sign * way * at
        agreed, left = (price, None) if rng.random() < 0.6 else (None, price)
        found.append(
            Deal(
                f"Row {number}",
                "random",
                "none",
                side,
                maybe(walkaway, 0.05),
                target if rng.random() < 0.8 else None,
                maybe(walkaway + sign * way * float(rng.uniform(-0.5, 2))),
                ended=date(2025, 1, 1) + timedelta(days=int(rng.integers(500))),
                units=maybe(float(rng.integers(1, 900)), 0.5),
                our_first=maybe(walkaway + sign * way * 1.8),
                their_first=maybe(walkaway - sign * way * 0.7),
                their_last=left if rng.random() < 0.9 else None,
                outcome="deal" if agreed is not None or left is None else "no deal",
                agreed=agreed if rng.random() < 0.95 else None,
            )
        )
    return tuple(found)


RANDOM = random_deals(2 * ROWS)
HALVES = RANDOM[:ROWS], RANDOM[ROWS:]


def expected(deals: tuple[Deal, ...]) -> list[dict[str, Any]]:
    """What the functions say about each row; None where they have no answer."""

    def column(key: str) -> np.ndarray:
        return np.array(
            [np.nan if getattr(deal, key) is None else getattr(deal, key) for deal in deals], float
        )

    sides, outcomes = (np.array([getattr(deal, key) for deal in deals]) for key in ("side", "outcome"))
    is_deal, is_buyer = outcomes == "deal", sides == "buyer"
    price = np.where(is_deal, column("agreed"), column("their_last"))
    walkaway, target, theirs = column("walkaway"), column("target"), column("their_walkaway")
    low, high = np.where(is_buyer, theirs, walkaway), np.where(is_buyer, walkaway, theirs)
    codes = np.asarray(wx.deal_result(outcomes, price, walkaway, sides, target))
    value = wx.deal_result(outcomes, price, walkaway, sides, target, output="value")
    ready = codes > -1000
    table = {
        "value": value,
        "score": np.where(is_deal & ready, wx.walkaway_score(price, walkaway, target), np.nan),
        "zone_share": np.where(is_deal & ready, wx.zopa_share(price, low, high, sides), np.nan),
        "forecast": wx.split_midpoint(column("our_first"), column("their_first"), low, high),
    }
    return [
        {
            "verdict": verdict_of(int(codes[at])),
            **{key: None if np.isnan(found[at]) else float(found[at]) for key, found in table.items()},
        }
        for at in range(len(deals))
    ]


def verdict_of(code: int) -> str:
    if code <= -1000:
        return "NOT READY"
    return wx.DealStatus(code).name.replace("_", " ").replace("NO DEAL", "NO-DEAL")


def assert_agrees(rows: list[dict[str, Any]], deals: tuple[Deal, ...]) -> None:
    for deal, row, wanted in zip(deals, rows, expected(deals), strict=True):
        assert wanted["verdict"] == word(row["verdict"]), deal
        for key in KEYS[1:]:
            near = wanted[key] if wanted[key] is None else pytest.approx(wanted[key], rel=1e-9, abs=1e-9)
            assert near == (None if row[key] == "" else row[key]), (key, deal)


@pytest.fixture(scope="module")
def random_books() -> list[Workbook]:
    return [Values(draft_of(half, FACTS)).workbook for half in HALVES]


def test_the_random_rows_reach_every_verdict(random_books):
    seen = {word(row["verdict"]) for book in random_books for row in rows_of(book, ROWS)}
    assert {verdict_of(status) for status in wx.DealStatus} | {"NOT READY"} == seen


@pytest.mark.parametrize("half", [0, 1])
def test_random_rows_agree_with_the_functions(random_books, half):
    assert_agrees(rows_of(random_books[half], ROWS), HALVES[half])


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_agrees_with_the_functions_on_random_rows(tmp_path: Path):
    without_values = [finished(draft_of(half, FACTS), lambda data: data) for half in HALVES]
    for half, calculated in zip(HALVES, all_by_libreoffice(without_values, tmp_path), strict=True):
        assert_agrees(rows_of(load_workbook(BytesIO(calculated), data_only=True), ROWS), half)


# ---------------------------------------------------------------- one row


CASES = (
    (LEFT, "GOOD NO-DEAL", 16),  # 8 a unit, as in DEAL_RESULT("no deal", 92, 100, "seller")
    (replace(LEFT, their_last=104), "MISSED DEAL", -8),
    (replace(LEFT, their_last=100), "GOOD NO-DEAL", 0),
    (replace(LEFT, their_last=None), "NO OFFER", None),
    (AGREED, "GOOD DEAL", 20),
    (replace(AGREED, agreed=98), "BAD DEAL", -4),
    (replace(AGREED, agreed=100), "THIN DEAL", 0),
    (replace(AGREED, agreed=102), "THIN DEAL", 4),
    (replace(AGREED, agreed=120, units=None), "STRONG DEAL", 20),
    (replace(AGREED, side="buyer", target=80, agreed=90), "GOOD DEAL", 20),
    # What arithmetic leaves behind counts as equal.
    (replace(AGREED, walkaway=100 - 1e-8, agreed=100), "THIN DEAL", 0),
    (replace(AGREED, target=100 + 1e-8), "NOT READY", None),
    (replace(AGREED, agreed=None), "NOT READY", None),
    (replace(AGREED, walkaway=None), "NOT READY", None),
    (replace(AGREED, target=100), "NOT READY", None),
    (replace(AGREED, outcome="maybe"), "NOT READY", None),
    (replace(AGREED, outcome=None), "OPEN", None),
)


@pytest.fixture(scope="module")
def case_rows() -> list[dict[str, Any]]:
    return calculated(*(deal for deal, *_ in CASES))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_row_gets_its_verdict_and_its_amount(case_rows, number):
    _, verdict, amount = CASES[number]
    row = case_rows[number]
    assert (verdict, amount) == (word(row["verdict"]), row["amount"] if row["amount"] != "" else None)


def test_concessions_are_counted_from_the_first_offers_to_the_end():
    agreed = replace(AGREED, our_first=130, their_first=90)
    rows = calculated(
        agreed,
        replace(LEFT, our_first=130, our_last=110, their_first=87),
        replace(agreed, their_first=110),
        replace(LEFT, our_first=130),
    )
    assert [1, 4, "got nothing", None] == [row["ratio"] or None for row in rows]


def test_a_forecast_is_measured_to_our_side():
    agreed = replace(AGREED, our_first=130, their_first=70)
    seller, buyer = calculated(
        agreed, replace(agreed, side="buyer", target=80, our_first=70, their_first=130)
    )
    assert (100, 100) == (seller["forecast"], buyer["forecast"])
    assert (pytest.approx(0.1), pytest.approx(-0.1)) == (seller["beyond"], buyer["beyond"])


def test_a_walk_away_that_moved_towards_them_is_loosened():
    cases = (("seller", 120, 99, 1), ("seller", 120, 101, 0), ("buyer", 80, 101, 1), ("buyer", 80, 99, 0))
    rows = calculated(
        *(replace(AGREED, side=side, target=target, walkaway_end=end) for side, target, end, _ in cases)
    )
    assert [loosened for *_, loosened in cases] == [row["loosened"] for row in rows]


# ---------------------------------------------------------------- the log as a whole


@pytest.fixture(scope="module")
def example() -> Values:
    return Values(template("deal_log").example())


def test_the_figures_add_up_to_the_rows(example):
    rows = rows_of(example.workbook, ROWS)

    def amounts(*words: str) -> float:
        return sum(row["amount"] or 0 for row in rows if word(row["verdict"]) in words)

    assert amounts("STRONG DEAL", "GOOD DEAL", "THIN DEAL") == pytest.approx(example["wx_value_won"])
    assert amounts("GOOD NO-DEAL") == pytest.approx(example["wx_value_protected"])
    assert -amounts("BAD DEAL") == pytest.approx(example["wx_value_lost"])
    assert -amounts("MISSED DEAL") == pytest.approx(example["wx_value_missed"])
    scores = [row["score"] for row in rows if row["score"] not in (None, "")]
    assert np.mean(scores) == pytest.approx(example["wx_average_score"])
    verdicts = [word(row["verdict"]) for row in rows]
    assert 16 == example["wx_deals_closed"] == sum(bool(each) for each in verdicts) - verdicts.count("OPEN")
    made = sum(verdicts.count(each) for each in ("STRONG DEAL", "GOOD DEAL", "THIN DEAL", "BAD DEAL"))
    assert verdicts.count("THIN DEAL") / made == pytest.approx(example["wx_too_close_share"])
    misses = [abs(row["beyond"]) for row in rows if row["beyond"] not in (None, "")]
    assert np.mean(misses) == pytest.approx(example["wx_forecast_miss"])
    assert (1, 2) == (example["wx_walkaways_loosened"], example["wx_called_back"])


def test_the_example_passes_its_checks_and_says_what_leaving_protected(example):
    start = example.sheet("Start")
    assert start["O3"].value.startswith("✔  All 13")
    assert "▲  LEAKING" == start["C7"].value
    assert "55,200 protected by leaving 4 offers" in start["C8"].value


@pytest.mark.parametrize(
    ("deals", "standing", "advice"),
    [
        ((), "NOT READY", "Log what ended"),
        ((replace(AGREED, outcome=None),), "NOT READY", "Log what ended"),
        ((AGREED, LEFT), "DISCIPLINED", "Keep it up"),
        ((replace(AGREED, agreed=102), LEFT), "DISCIPLINED", "Stop settling close"),
        ((AGREED, replace(AGREED, walkaway_end=99)), "LEAKING", "Set the walk-away before"),
        ((AGREED, AGREED, replace(LEFT, their_last=101)), "LEAKING", "Count the alternative"),
        ((replace(LEFT, their_last=104), LEFT), "LEAKING", "Count the alternative"),
        ((replace(AGREED, agreed=90), AGREED), "LEAKING", "Check the walk-away"),
        ((replace(AGREED, agreed=80), LEFT), "COSTLY", "Check the walk-away"),
    ],
)
def test_the_banner_says_how_the_log_stands_and_what_comes_first(deals, standing, advice):
    start = Values(draft_of(deals, FACTS)).sheet("Start")
    assert standing == word(start["C7"].value)
    assert start["C9"].value.startswith(advice)


def open_checks(*deals: Deal, facts: dict[str, str] | None = None) -> set[str]:
    sheet = Values(draft_of(deals, FACTS if facts is None else facts)).sheet(CHECKS)
    return {sheet[f"B{row}"].value for row in range(9, 22) if sheet[f"D{row}"].value != 1}


def test_a_sound_log_passes_every_check():
    assert set() == open_checks(LEFT, AGREED, replace(AGREED, outcome=None, lesson=None, ended=None))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"walkaway": None}, {"Ended without a verdict"}),
        ({"lesson": None}, {"Ended without a lesson"}),
        ({"lesson": "?"}, {"Ended without a lesson"}),
        ({"lesson": None, "agreed": 90}, {"Ended without a lesson", "Bad or missed deals without a lesson"}),
        (
            {"lesson": None, "walkaway_end": 90},
            {"Ended without a lesson", "Loosened walk-aways without a lesson"},
        ),
        ({"ended": None}, {"Ended without a date"}),
        ({"ended": date(2025, 1, 1)}, {"Ended before they began"}),
        ({"signed": None}, {"Deals that nobody signed"}),
    ],
)
def test_a_planted_fault_is_found_and_no_other(change, found):
    assert found == open_checks(LEFT, replace(AGREED, **change))


def test_the_add_in_agrees_where_there_is_one():
    """What the embedded host answers, which has the add-in's functions."""
    book = load_workbook(
        BytesIO(embedded.calculate(saved(draft_of(RANDOM[:ROWS], FACTS))).data), data_only=True
    )
    rows = rows_of(book, ROWS)
    assert {0} == {row["differs"] for row in rows}
    ready = [row for row in rows if row["ready"]]
    assert [word(row["verdict"]) for row in ready] == [row["add_in"] for row in ready]


def test_a_verdict_that_somebody_typed_over_is_found():
    draft = draft_of((AGREED,), FACTS)
    draft.sheet("Deals")[f"{LETTERS['is_good']}{FIRST}"].value = 0
    draft.sheet("Deals")[f"{LETTERS['is_open']}{FIRST}"].value = 1
    book = load_workbook(BytesIO(embedded.calculate(saved(draft)).data), data_only=True)
    assert 1 == rows_of(book, 1)[0]["differs"]


def test_a_missed_deal_needs_a_lesson_and_a_log_its_currency():
    missed = {"Ended without a lesson", "Bad or missed deals without a lesson"}
    assert missed == open_checks(replace(LEFT, their_last=104, lesson=None))
    assert {"Currency"} == open_checks(LEFT, facts={})


def test_rows_below_the_printed_page_are_told():
    draft = draft_of((), FACTS)
    sheet = draft.sheet("Deals")
    for row in range(FIRST, FIRST + SHORTEST_PRINT + 1):
        sheet[f"{LETTERS['counterpart']}{row}"].value = "Somebody"
    checks = Values(draft).sheet(CHECKS)
    found = next(
        row for row in checks.iter_rows(min_col=2) if row[0].value == "Rows beyond the printed pages"
    )
    assert (1, 0) == (found[1].value, found[2].value)


@pytest.mark.parametrize("count", [0, SHORTEST_PRINT + 1, ROWS])
def test_the_printed_pages_hold_every_row_that_is_filled_in(count):
    draft = build()
    fill(draft, named({"deals": [asdict(AGREED)] * count}))
    area = draft.sheet("Deals").print_area.rpartition(":")[2]
    assert area.endswith(f"${FIRST - 1 + max(count, SHORTEST_PRINT)}")


# ---------------------------------------------------------------- the review and the page


def test_the_review_ranks_what_cost_and_what_brought_most(example):
    review = example.sheet("Review")

    def table(title: str) -> list[tuple[str, float]]:
        top = next(cell.row for cell in review["B"] if cell.value == title) + 2
        return [
            (review[f"B{row}"].value, review[f"E{row}"].value)
            for row in range(top, top + 5)
            if review[f"B{row}"].value
        ]

    assert [("City Waterworks", -4500), ("Mistral Marine", pytest.approx(-2800))] == table(
        "The costliest ends"
    )
    best = table("The best ends")
    amounts = sorted((row["amount"] for row in rows_of(example.workbook, 16) if row["amount"]), reverse=True)
    assert [amount for _, amount in best] == pytest.approx(amounts[:5])


def test_two_rows_of_the_same_amount_both_stand_in_the_review():
    book = Values(draft_of((AGREED, replace(AGREED, counterpart="Another")), FACTS)).workbook["Review"]
    top = next(cell.row for cell in book["B"] if cell.value == "The best ends") + 2
    assert {"Somebody", "Another"} == {book[f"B{row}"].value for row in (top, top + 1)}


def test_the_deals_by_signature_add_up(example):
    review = example.sheet("Review")
    top = next(cell.row for cell in review["G"] if cell.value == "Who signed the deals") + 2
    table = {review[f"G{row}"].value: review[f"H{row}"].value for row in range(top, top + 5)}
    assert {"own limit": 4, "manager": 4, "director": 2, "board": 0, "nobody named": 0} == table


def test_scores_stand_in_the_order_in_which_the_deals_ended():
    later, earlier = AGREED, replace(AGREED, ended=date(2026, 1, 7), agreed=115)
    rows = calculated(later, earlier, replace(later, agreed=112))
    assert [2, 1, 3] == [row["turn"] for row in rows]


def test_the_log_has_at_most_five_tabs_and_refuses_more_rows_than_it_holds():
    assert len(SHEETS) <= 5
    with pytest.raises(InputError, match="deals has 100 rows"):
        fill(build(), named({"deals": [asdict(LEFT)] * (ROWS + 1)}))


def test_rows_can_be_filtered_and_the_heads_stay_in_view():
    draft: Draft = build()
    sheet = draft.sheet("Deals")
    assert sheet.auto_filter.ref.endswith(str(FIRST + ROWS - 1))
    assert f"{LETTERS['subject']}{FIRST}" == sheet.freeze_panes
    assert f"${FIRST - 1}:${FIRST - 1}" == sheet.print_title_rows
