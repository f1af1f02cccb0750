"""What people put in by mistake: each argument of each function with each kind of fault, and what is said.

`bad_input.csv` holds a row for each: whether it is a number or a refusal, and in which words. It is written
by `python -m tests.catalogue.test_bad_input`, read by people, and compared here. What must be refused
whatever the table says stands in this module.
"""

import csv
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.strategies import CALLS
from walkaway_xl.cells import CellError, evaluate
from walkaway_xl.functions import CATALOGUE

TABLE = Path(__file__).with_name("bad_input.csv")
HEAD = ("function", "argument", "fault", "shows", "reason")

WHOLE, NEGATIVE, SWAPPED, SIDE, PAYOFF = (
    "percent typed whole",
    "negative",
    "swapped pair",
    "wrong side",
    "payoff for price",
)


# A share that a whole percent must never pass for: 8 for 8 %.
SHARES = {
    "annual_rate", "bonus", "contribution_margin", "discount", "discounts", "fail_probs", "floor_p",
    "haircut", "leakage", "min_margin", "p", "prob_deal", "probabilities", "probability", "rate",
    "rates", "reserve", "retention", "seller_delta", "buyer_delta", "seller_power", "step", "stretch_p",
    "target_p", "tolerance", "warn",
}  # fmt: skip
# What makes no sense below zero.
NEVER_NEGATIVE = {
    "base", "base_days", "bonus", "breaks", "buffer", "cost", "cost_to_continue", "costs", "days",
    "delay", "discount", "discount_days", "discounts", "draws", "fail_probs", "fixed_cost", "floor_p",
    "haircut", "leakage", "liquid", "list_price", "list_prices", "lookback", "monthly_income",
    "monthly_need", "net_days", "offers", "off_invoice", "on_invoice", "periods", "points", "prob_deal",
    "probabilities", "probability", "quantities", "quantity", "reserve", "retention", "risk_tolerance",
    "round_to", "step", "stretch_p", "target_p", "tolerance", "unit_price", "volume", "walk_cost",
    "warn", "weights", "years",
}  # fmt: skip
NOT_THESE = {("CONCESSION_LIMIT", "offers"), ("CONCESSION_PLAN", "cost")}  # prices of that name
PAIRS = {
    "WALKAWAY_CHECK": [("walkaway", "target"), ("target", "wish")],
    "DEAL_RESULT": [("walkaway", "target")],
    "ZOPA_SHARE": [("seller_walkaway", "buyer_walkaway")],
    "SPLIT_MIDPOINT": [("seller_walkaway", "buyer_walkaway")],
    "SPLIT_NASH": [("seller_walkaway", "buyer_walkaway")],
    "SPLIT_RUBINSTEIN": [("seller_walkaway", "buyer_walkaway")],
    "SPLIT_KS": [("seller_walkaway", "buyer_walkaway")],
    "ZOPA_PROB": [("p1", "p3")],
    "OFFER_PROB": [("p1", "p3")],
    "OFFER_BEST": [("p1", "p3")],
    "OFFER_SEALED": [("low", "high")],
    "OFFER_ADVERSE": [("low", "high")],
    "BATNA_RISK": [("win", "lose")],
    "TERMS_RATE": [("discount_days", "net_days")],
    "PRICE_GUIDANCE": [("floor_p", "stretch_p")],
}
# A buyer's price that is a payoff: what is owned instead of what is paid.
PRICES_OF_A_BUYER = {
    "WALKAWAY_PRICE": ("batna",),
    "BATNA_BEST": ("prices",),
    "BATNA_COMPARE": ("prices",),
}


def _first(cells: Any, change: Any) -> Any:
    """Cells with the first number changed."""
    if not isinstance(cells, list):
        return change(cells)
    return [[change(cells[0][0]), *cells[0][1:]], *cells[1:]]


def _is_number(cells: Any) -> bool:
    cell = cells[0][0] if isinstance(cells, list) else cells
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _faults():
    for name, call in CALLS.items():
        by_name = {slot.name: slot.cells for slot in call.slots}
        for slot in call.slots:
            if slot.takes not in ("money", "share") or not _is_number(slot.cells):
                continue
            if slot.name in SHARES:
                yield (
                    name,
                    slot.name,
                    WHOLE,
                    {slot.name: _first(slot.cells, lambda cell: 100 * (cell or 0.15))},
                )
            yield name, slot.name, NEGATIVE, {slot.name: _first(slot.cells, lambda cell: -cell or -1.0)}
        for one, other in PAIRS.get(name, ()):
            yield name, f"{one}, {other}", SWAPPED, {one: by_name[other], other: by_name[one]}
        side = next((slot for slot in call.slots if slot.takes == "side"), None)
        if side is not None:
            yield name, side.name, SIDE, {side.name: "seller" if side.cells == "buyer" else "buyer"}
        for price in PRICES_OF_A_BUYER.get(name, ()):
            cells = _first(by_name[price], lambda cell: -abs(cell))
            rest = {other: None for other in ("target", "wish", "buffer", "hard_limit") if other in by_name}
            yield name, price, PAYOFF, {price: cells, "side": "buyer", **rest}


def _asked(name: str, changed: dict[str, Any]) -> Any:
    return evaluate(CATALOGUE[name], [changed.get(slot.name, slot.cells) for slot in CALLS[name].slots])


def _row(name: str, argument: str, fault: str, changed: dict[str, Any]) -> tuple[str, ...]:
    shown = _asked(name, changed)
    cells = [cell for row in shown for cell in row] if isinstance(shown, list) else [shown]
    refused = next((cell for cell in cells if isinstance(cell, CellError)), None)
    if refused is not None:
        return name, argument, fault, refused.code, refused.reason
    return name, argument, fault, " · ".join(_short(cell) for cell in cells[:4]), ""


def _short(cell: Any) -> str:
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)[:60]


@cache
def rows() -> list[tuple[str, ...]]:
    """Every function, argument and fault, with what is shown."""
    return [_row(*fault) for fault in _faults()]


def _committed() -> list[tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_the_table_of_bad_input_is_what_the_functions_say():
    differing = [(old, new) for old, new in zip(_committed(), rows(), strict=False) if old != new]

    assert [] == differing[:5]
    assert len(_committed()) == len(rows())


@pytest.mark.parametrize("row", [row for row in rows() if row[2] == WHOLE], ids=lambda row: " ".join(row[:2]))
def test_a_percent_typed_whole_is_refused_with_the_way_to_write_it(row):
    name, argument, _, shows, reason = row

    assert "#NUM!" == shows, f"{name}({argument})"
    assert re.match(rf"{argument} must ", reason)
    assert re.search(r"; (it|one of them) is [−\d]", reason)
    assert re.search(r"Write [−\d.,]+% or |Write 0\.95|Leave it out", reason)


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in rows()
        if row[2] == NEGATIVE and row[1] in NEVER_NEGATIVE and (row[0], row[1]) not in NOT_THESE
    ],
    ids=lambda row: " ".join(row[:2]),
)
def test_a_negative_number_that_makes_no_sense_is_refused(row):
    _, argument, _, shows, reason = row

    assert "#NUM!" == shows
    assert re.match(rf"{argument} must .*; (it|one of them) is −[\d.,]+\. [A-Z]", reason)


@pytest.mark.parametrize("row", [row for row in rows() if row[2] == PAYOFF], ids=lambda row: row[0])
def test_a_payoff_for_a_buyers_price_is_refused_with_the_price_that_it_means(row):
    _, argument, _, shows, reason = row

    assert "#NUM!" == shows
    assert re.match(rf"{argument} must .*price", reason)


@pytest.mark.parametrize(
    "row", [row for row in rows() if row[2] == SWAPPED], ids=lambda row: " ".join(row[:2])
)
def test_a_swapped_pair_is_refused(row):
    assert row[3] in ("#NUM!", "#N/A"), row


@pytest.mark.parametrize("row", [row for row in rows() if row[4]], ids=lambda row: " ".join(row[:3]))
def test_a_refusal_names_its_subject_says_what_it_must_be_and_states_nothing_that_is_broken(row):
    name, _, _, _, reason = row
    subjects = {slot.name for slot in CALLS[name].slots}
    subject, _, rest = reason.partition(" must ")

    assert subject in subjects
    assert rest
    assert reason[-1] in ".?"
    fact = reason.split(";")[0].split(". ")[0]
    assert not re.search(rf"\b{subject} (is|are|has|have|holds?|lies?|makes?|differs?|keeps?) ", fact)


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows()])


if __name__ == "__main__":
    sys.exit(main())
