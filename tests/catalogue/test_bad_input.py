"""What people put in by mistake: each argument of each function with each kind of fault, and what is said.

`bad_input.csv` holds a row for each: whether it is a number or a refusal, and in which words. It is written
by `python -m tests.catalogue`, read by people, and compared here. What must be refused
whatever the table says stands in this module.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.calls import CALLS, Comparison, flat, is_column, is_number, is_side
from tests.catalogue.tables import assert_same, write
from walkaway_xl.cells import CellError, evaluate
from walkaway_xl.core.kinds import Unit
from walkaway_xl.functions import CATALOGUE

TABLE = Path(__file__).with_name("bad_input.csv")
HEAD = ("function", "argument", "fault", "shows", "reason")

WHOLE, NEGATIVE, SWAPPED, SIDE, PAYOFF, LONGER = (
    "percent typed whole",
    "negative",
    "swapped pair",
    "wrong side",
    "payoff for price",
    "longer than its neighbours",
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


def _faults():
    for name, call in CALLS.items():
        for slot in call.where(is_number):
            first = flat(slot.cells)[0]
            if first is None:
                continue
            if slot.kind.unit is Unit.SHARE and slot.kind.too_high:
                yield name, slot.name, WHOLE, {slot.name: slot.with_first(100 * (first or 0.15))}
            yield name, slot.name, NEGATIVE, {slot.name: slot.with_first(-first or -1.0)}
        for one, other in PAIRS.get(name, ()):
            swapped = {one: call.slot(other).cells, other: call.slot(one).cells}
            yield name, f"{one}, {other}", SWAPPED, swapped
        for slot in call.where(is_side):
            yield name, slot.name, SIDE, {slot.name: "seller" if slot.cells == "buyer" else "buyer"}
        for price in PRICES_OF_A_BUYER.get(name, ()):
            slot = call.slot(price)
            named = {other.name for other in call.slots}
            rest = {other: None for other in ("target", "wish", "buffer", "hard_limit") if other in named}
            cells = slot.with_first(-abs(flat(slot.cells)[0]))
            yield name, price, PAYOFF, {price: cells, "side": "buyer", **rest}
        columns = call.where(is_column)
        for slot in columns if len(columns) > 1 else ():
            yield name, slot.name, LONGER, {slot.name: [*slot.cells, *slot.cells]}


def _row(name: str, argument: str, fault: str, changed: dict[str, Any]) -> tuple[str, ...]:
    shown = flat(evaluate(CATALOGUE[name], CALLS[name].arguments(**changed)))
    refused = next((cell for cell in shown if isinstance(cell, CellError)), None)
    if refused is not None:
        return name, argument, fault, refused.code, refused.reason
    return name, argument, fault, " · ".join(_short(cell) for cell in shown[:4]), ""


def _short(cell: Any) -> str:
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)[:60]


@cache
def rows() -> list[tuple[str, ...]]:
    """Every function, argument and fault, with what is shown."""
    return [_row(*fault) for fault in _faults()]


def _makes_no_sense(row: tuple[str, ...]) -> bool:
    """Whether a row is about a negative number that nothing can mean."""
    name, argument, fault, *_ = row
    return fault == NEGATIVE and argument in NEVER_NEGATIVE and (name, argument) not in NOT_THESE


def every_function_with(is_asked: Callable[[tuple[str, ...]], bool]) -> pytest.MarkDecorator:
    """Put a test to each function that has such rows."""
    chosen: dict[str, list[tuple[str, ...]]] = {}
    for row in filter(is_asked, rows()):
        chosen.setdefault(row[0], []).append(row)
    return pytest.mark.parametrize("rows_of_one", chosen.values(), ids=chosen)


def test_the_table_of_bad_input_is_what_the_functions_say():
    assert_same(HEAD, rows(), TABLE)


def test_a_share_is_declared_as_one_wherever_it_occurs():
    taken = {(name, argument) for name, argument, fault, *_ in rows() if fault == WHOLE}
    shares = {(name, slot.name) for name, call in CALLS.items() for slot in call.slots if slot.name in SHARES}

    assert set() == shares - taken


@every_function_with(lambda row: row[2] == WHOLE)
def test_a_percent_typed_whole_is_refused_with_the_way_to_write_it(rows_of_one):
    with Comparison(rows_of_one[0][0]) as compare:
        for _, argument, fault, shows, reason in rows_of_one:
            compare("#NUM!", shows, **{argument: fault})
            for part in (
                rf"^{argument} must ",
                r"; (it|one of them) is [−\d]",
                r"Write [−\d.,]+% or |Write 0\.95|Leave it out",
            ):
                compare.holds(bool(re.search(part, reason)), f'"{reason}" lacks {part}', **{argument: fault})


@every_function_with(_makes_no_sense)
def test_a_negative_number_that_makes_no_sense_is_refused(rows_of_one):
    with Comparison(rows_of_one[0][0]) as compare:
        for _, argument, fault, shows, reason in rows_of_one:
            compare("#NUM!", shows, **{argument: fault})
            is_whole = re.match(rf"{argument} must .*; (it|one of them) is −[\d.,]+\. [A-Z]", reason)
            compare.holds(bool(is_whole), f'refused with "{reason}"', **{argument: fault})


@every_function_with(lambda row: row[2] == PAYOFF)
def test_a_payoff_for_a_buyers_price_is_refused_with_the_price_that_it_means(rows_of_one):
    with Comparison(rows_of_one[0][0]) as compare:
        for _, argument, fault, shows, reason in rows_of_one:
            compare("#NUM!", shows, **{argument: fault})
            is_whole = re.match(rf"{argument} must .*price", reason)
            compare.holds(bool(is_whole), f'refused with "{reason}"', **{argument: fault})


@every_function_with(lambda row: row[2] == SWAPPED)
def test_a_swapped_pair_is_refused(rows_of_one):
    for row in rows_of_one:
        assert row[3] in ("#NUM!", "#N/A"), row


@every_function_with(lambda row: row[4] != "")
def test_a_refusal_names_its_subject_says_what_it_must_be_and_states_nothing_that_is_broken(rows_of_one):
    subjects = {slot.name for slot in CALLS[rows_of_one[0][0]].slots}
    for row in rows_of_one:
        reason = row[4]
        subject, _, rest = reason.partition(" must ")
        fact = reason.split(";")[0].split(". ")[0]

        assert subject in subjects, row
        assert rest, row
        assert reason[-1] in ".?", row
        assert not re.search(rf"\b{subject} (is|are|has|have|holds?|lies?|makes?|differs?|keeps?) ", fact), (
            row
        )


def main() -> None:
    """Write the table."""
    write(HEAD, rows(), TABLE)


if __name__ == "__main__":
    sys.exit(main())
