"""What would change the verdict: it turns at each value that the sheet names, and never where none stands."""

import random
from typing import Any

import pytest

from tests.workbooks.calculated import Values, find
from tests.workbooks.drawn import SIDES, quickly_expected
from tests.workbooks.test_first_screen import blank
from tests.workbooks.varied import Filling, in_the_engine, place
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book import layout

SETS = 50
ROWS = ("offer_now", "instead", "instead_chance", "walk_cost", "", "limit")
"""The inputs of the rows of the table, where the first screen asks for them."""


def drawn(name: str) -> list[dict[str, float]]:
    """Answers to the questions that decide, the option always better than going without."""
    chance, (side, limit) = random.Random(f"turns {name}"), SIDES[name]
    sets = []
    for _ in range(SETS):
        low, high = sorted(chance.uniform(20, 80) for _ in range(2))
        instead, without = (low, high) if side == "buyer" else (high, low)
        given = {
            "offer_now": chance.uniform(20, 80),
            "instead": instead,
            "without": without,
            "instead_chance": chance.uniform(0.3, 1),
            "walk_cost": chance.uniform(0, 5),
            limit: chance.uniform(20, 80),
        }
        sets.append({key: round(value, 3) for key, value in given.items()})
    return sets


def accepted(name: str, given: dict[str, float]) -> bool:
    """Whether the core says anything but WALK AWAY."""
    return quickly_expected(name, given)[1] != "WALK AWAY"


@pytest.mark.parametrize("name", ["used_goods", "seller_price"])
def test_the_verdict_turns_where_the_sheet_says_and_nowhere_else(name: str) -> None:
    draft, sets = blank(name), drawn(name)
    places = {key: place(found.reference) for key, found in draft.inputs.items()}
    sheet = layout.PREPARE if name == "used_goods" else layout.PLAN
    top = find(draft.sheet(sheet), "What would change it") + 2
    keys = [SIDES[name][1] if key == "limit" else key for key in ROWS]
    cells = {key: (sheet, f"F{row}") for row, key in enumerate(keys, top) if key}
    filled: list[Filling] = [{places[key]: value for key, value in given.items()} for given in sets]
    wrong: list[Any] = []
    turns = 0
    for given, shown in zip(sets, in_the_engine(draft, filled, list(cells.values())), strict=True):
        for key, at in cells.items():
            turn = shown[at]
            if isinstance(turn, int | float):
                turns += 1
                step = 1e-6
                below, above = (accepted(name, {**given, key: max(0, turn + by)}) for by in (-step, step))
                if below == above and step < turn < (1 - step if key == "instead_chance" else 1e9):
                    wrong.append((given, key, turn))
            else:
                most = 1 if key == "instead_chance" else 500
                answers = {accepted(name, {**given, key: most * part / 40}) for part in range(41)}
                if len(answers) > 1:
                    wrong.append((given, key, turn))
    assert [] == wrong
    assert turns > 2 * SETS


def test_a_line_on_start_says_it() -> None:
    values = Values(template("seller_price").example())
    line = "their offer at 51.50  ·  Dalby Pumps, part of the volume at 60.80 instead of 56.40"
    assert values.sheet("Start")["B16"].value == f"What would change it:  {line}"
    draft = template("seller_price").example()
    fill(draft, {"gates.1.score": 2})
    assert Values(draft).sheet("Start")["B16"].value.endswith("what stands behind the ◆, and no price.")
