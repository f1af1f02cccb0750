"""One declaration of what an argument may be: every place lets in the same numbers and refuses the same.

The second test changes every range in a process of its own: whoever keeps a range of theirs does not follow.
"""

import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from openpyxl import Workbook

from walkaway_xl.core import kinds
from walkaway_xl.core.kinds import Kind, Range

APART = 1e-6  # beyond the leeway of a share


class Places(NamedTuple):
    """Where a number of a kind can be put in."""

    function: str
    argument: str
    policy: tuple[str, str] | None = None  # table and key
    sheet: str = ""  # input of the discount floor sheet
    workbook: tuple[str, str] | None = None  # template and input
    check: str = ""  # column of a quote book


PLACES = {
    "MARGIN": Places(
        "PRICE_FLOOR",
        "min_margin",
        ("class", "min_margin"),
        "class.1.min_margin",
        ("seller_price", "min_margin"),
    ),
    "DEDUCTION": Places(
        "PRICE_FLOOR", "leakage", ("leakage", "rebate"), "leakage.rebate", ("seller_price", "rebate")
    ),
    "RATE": Places(
        "TERMS_COST", "annual_rate", ("leakage", "rate"), "leakage.rate", ("seller_price", "annual_rate")
    ),
    "DAYS": Places(
        "TERMS_COST",
        "days",
        ("leakage", "terms_days"),
        "leakage.terms_days",
        ("seller_price", "terms_days"),
        "terms_days",
    ),
    "GUARD": Places("DISCOUNT_CHECK", "warn", ("", "warn"), "warn"),
    "PART": Places(
        "SPLIT_NASH",
        "seller_power",
        ("signer", "discount"),
        "signer.1.discount",
        ("seller_price", "credit"),
    ),
    "BREAK": Places(
        "DISCOUNT_TIER",
        "breaks",
        ("tier", "quantity"),
        "tier.1.quantity",
        ("procurement_buyer", "tiers.1.from"),
    ),
    "TIER_SHARE": Places(
        "DISCOUNT_TIER", "discounts", ("tier", "discount"), "lines.1.extra1", ("seller_price", "cuts.1.cut")
    ),
    "LIST_PRICE": Places(
        "DISCOUNT_MAX",
        "list_price",
        None,
        "lines.1.list_price",
        ("seller_price", "list_price"),
        "list_price",
    ),
    "COST": Places(
        "PRICE_FLOOR", "cost", ("", "fixed_cost"), "lines.1.cost", ("seller_price", "cost"), "cost"
    ),
    "QUANTITY": Places(
        "DISCOUNT_TIER", "quantity", None, "lines.1.quantity", ("seller_price", "volume"), "quantity"
    ),
    "DISCOUNT": Places("DISCOUNT_CHECK", "discount", check="discount"),
    "STEP": Places("DISCOUNT_MAX", "step", ("rounding", "discount")),
    "TICK": Places("PRICE_FLOOR", "round_to", ("rounding", "price"), "", ("seller_price", "moves.round_to")),
    "CHANCE": Places("BATNA_VALUE", "probability", workbook=("seller_price", "alternatives.1.chance")),
    "BONUS": Places("COMP_TOTAL", "bonus", workbook=("salary_candidate", "theirs.1.bonus")),
    "POWER": Places("CONCESSION_PLAN", "firmness", workbook=("seller_price", "moves.firmness")),
    "WORTH": Places("OFFER_ADVERSE", "low", workbook=("seller_price", "future")),
    "FUNDS": Places("WALKAWAY_RUNWAY", "liquid", workbook=("salary_candidate", "liquid")),
    "DISTANCE": Places("WALKAWAY_CHECK", "buffer", workbook=("seller_price", "buffer")),
    "WEIGHT": Places("ISSUE_WEIGHTS", "points", workbook=("multi_issue_contract", "issues.1.points")),
}
TABLES_OF_ROWS = ("class", "signer", "tier")


def ends(allowed: Range) -> Iterator[tuple[float, bool]]:
    """Numbers at and just beyond each end of a range, and whether they lie in it."""
    for end, outwards, is_out in (
        (allowed.least, -APART, allowed.above_least),
        (allowed.most, APART, allowed.below_most),
    ):
        if math.isfinite(end):
            yield end, not is_out
            yield end + outwards, False
            yield end - outwards, True


# ---------------------------------------------------------------- each place: whether it lets a number in


def _said(call: Callable[[], object]) -> str:
    """What is said when something is refused; nothing where it is taken."""
    from walkaway_xl.core.errors import WalkawayError

    try:
        call()
    except WalkawayError as error:
        return str(error)
    return ""


def _by_python(kind: Kind, places: Places, value: float) -> bool:
    from tests.calls import CALLS, is_one_cell
    from walkaway_xl.core.errors import reason_of

    slot = CALLS[places.function].slot(places.argument)
    changed = {places.argument: value if is_one_cell(slot) else [value, *slot.plain[1:]]}
    answers: list[Any] = []
    said = _said(lambda: answers.append(CALLS[places.function].in_python(**changed)))
    for answer in answers:
        first = answer.flat[0] if isinstance(answer, np.ndarray) else answer
        reason = reason_of(first if isinstance(first, float) else int(first))
        said = "" if reason is None else reason.words
    return f"{places.argument} must {kind.must}." not in said


def _by_cell(kind: Kind, places: Places, value: float) -> bool:
    from tests.calls import CALLS
    from walkaway_xl.cells import CellError, evaluate

    call = CALLS[places.function]
    changed = {places.argument: call.slot(places.argument).with_first(value)}
    shown = evaluate(call.function, call.arguments(**changed))
    first = shown[0][0] if isinstance(shown, list) else shown
    return not (isinstance(first, CellError) and f"{places.argument} must {kind.must}; " in first.reason)


def _by_policy_file(kind: Kind, places: Places, value: float) -> bool:
    from walkaway_xl.policy.toml import from_toml

    table, key = places.policy or ("", "")
    head = "" if not table else f"[[{table}]]\n" if table in TABLES_OF_ROWS else f"[{table}]\n"
    said = _said(lambda: from_toml(f"{head}{key} = {value!r}\n".encode(), "policy.toml"))
    assert not said or f"{key} must {kind.must}; it is " in said
    return not said


def _by_schema(kind: Kind, places: Places, value: float) -> bool:
    from walkaway_xl.policy.fields import schema

    table, key = places.policy or ("", "")
    properties = schema()["properties"]
    if table:
        properties = properties[table].get("items", properties[table])["properties"]
    said = properties[key]
    return bool(
        said.get("minimum", -math.inf) <= value <= said.get("maximum", math.inf)
        and said.get("exclusiveMinimum", -math.inf) < value < said.get("exclusiveMaximum", math.inf)
    )


def _by_policy_sheet(kind: Kind, places: Places, value: float, folder: Path) -> bool:
    from walkaway_xl.quotes.policy_files import read_policy

    title, cell = _draft("discount_floor_sheet").inputs[places.sheet].place
    book = Workbook()
    book.active.title = title
    for place, content in {"B7": "Class", "G7": "Item", cell: value}.items():
        book.active[place].value = content
    book.save(folder / "policy.xlsx")
    said = _said(lambda: read_policy(folder / "policy.xlsx"))
    assert not said or re.search(rf"!{cell}: \w+ must {re.escape(kind.must)}; it is ", said)
    return not said


def _by_check(kind: Kind, places: Places, value: float) -> bool:
    from walkaway_xl.policy import EXAMPLE
    from walkaway_xl.policy.compiled import CompiledPolicy
    from walkaway_xl.quotes.checking import Lines, check, reasons

    line = {"list_price": 120.0, "discount": 0.1, "cost": 68.0, "quantity": 10.0, "terms_days": 30.0}
    columns = {name: np.array([number]) for name, number in (line | {places.check: value}).items()}
    lines, compiled = Lines(entry=np.array([0]), **columns), CompiledPolicy(EXAMPLE)
    said = [why for _, why in reasons(lines, check(lines, compiled), compiled)]
    return not any(f"{places.check} must {kind.must}; it is " in why for why in said)


@cache
def _draft(template: str) -> Any:
    from walkaway_xl import workbooks

    return workbooks.template(template).build()


def _by_filling(kind: Kind, draft: Any, name: str, value: float) -> bool:
    from walkaway_xl.workbooks.filling import fill

    said = _said(lambda: fill(draft, {name: value}))
    fill(draft, {name: ""})
    assert not said or f"{name} must {kind.must}; it is " in said
    return not said


def _by_validation(draft: Any, name: str, value: float) -> bool:
    title, cell = draft.inputs[name].place
    (rule,) = (each for each in draft.sheet(title).data_validations.dataValidation if cell in each.sqref)
    low, high = (math.nan if end is None else float(end) for end in (rule.formula1, rule.formula2))
    held: dict[str, Callable[[], bool]] = {
        "between": lambda: low <= value <= high,
        "greaterThan": lambda: value > low,
        "greaterThanOrEqual": lambda: value >= low,
        "lessThan": lambda: value < low,
        "lessThanOrEqual": lambda: value <= low,
    }
    assert rule.type in ("decimal", "whole")
    return held[rule.operator]() and (rule.type == "decimal" or value == int(value))


def verdicts(kind: Kind, places: Places, value: float, folder: Path) -> dict[str, bool]:
    """Whether each place lets a number in."""
    told = {"Python": _by_python(kind, places, value), "cell": _by_cell(kind, places, value)}
    if places.policy:
        told["policy file"] = _by_policy_file(kind, places, value)
        told["schema"] = _by_schema(kind, places, value)
    if places.sheet:
        draft = _draft("discount_floor_sheet")
        told["validation of the sheet"] = _by_validation(draft, places.sheet, value)
        told["filling of the sheet"] = _by_filling(kind, draft, places.sheet, value)
        if not places.sheet.startswith("lines."):
            told["policy sheet"] = _by_policy_sheet(kind, places, value, folder)
    if places.workbook:
        template, name = places.workbook
        draft = _draft(template)
        told["validation"] = _by_validation(draft, name, value)
        told["filling"] = _by_filling(kind, draft, name, value)
    if places.check:
        told["check"] = _by_check(kind, places, value)
    return told


def differing(name: str, folder: Path) -> list[str]:
    """Where a place does not follow the declaration of a kind."""
    kind = getattr(kinds, name)
    return [
        f"{name} {value}: {place} says {lets_in}"
        for value, is_in in ends(kind.range)
        for place, lets_in in verdicts(kind, PLACES[name], value, folder).items()
        if lets_in != is_in
    ]


@pytest.mark.parametrize("name", PLACES)
def test_every_place_lets_in_what_the_kind_declares(name, tmp_path):
    assert [] == differing(name, tmp_path)


# The ranges become wider, so that what the other arguments are stays in theirs, before anybody reads them:
# importing the package would declare its functions.
CHANGED = """
import sys, types

folder, root, package, *names = sys.argv[1:]
sys.path.insert(0, root)
sys.modules["walkaway_xl"] = empty = types.ModuleType("walkaway_xl")
empty.__path__ = [package]
from walkaway_xl.core import kinds

for kind in {id(kind): kind for kind in map(kinds.__dict__.get, names)}.values():
    least, most, above_least, below_most, whole = kind.range
    wider = kinds.Range(least - 0.0625, most + 0.0625, not above_least, not below_most, whole)
    object.__setattr__(kind, "range", wider)
del sys.modules["walkaway_xl"]

from pathlib import Path
from tests.test_declaration import differing

for name in names:
    print(*differing(name, Path(folder)), sep="\\n", end="")
"""


def test_a_changed_declaration_changes_every_place(tmp_path):
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", CHANGED, str(tmp_path), str(root), str(root / "walkaway_xl"), *PLACES]
    done = subprocess.run(command, capture_output=True, text=True)
    assert ("", "") == (done.stdout, done.stderr)


# ---------------------------------------------------------------- every input of every workbook


def _numbers() -> Iterator[tuple[Any, str]]:
    from walkaway_xl import workbooks

    for template in workbooks.TEMPLATES:
        if template.has_example:
            draft = _draft(template.name)
            for name, asked in draft.inputs.items():
                if asked.kind.number is not None and not any(f".{row}." in name for row in range(2, 600)):
                    yield draft, name


def test_what_a_cell_accepts_and_what_filling_accepts_is_the_same_everywhere():
    """All inputs that hold a number, of each table the first row."""
    found, asked = [], 0
    for draft, name in _numbers():
        kind = draft.inputs[name].kind.number
        for value, is_in in ends(kind.range):
            if kind.range.whole:
                value, is_in = float(round(value + (value - kind.range.least) / APART)), None
            by_cell, by_filling = _by_validation(draft, name, value), _by_filling(kind, draft, name, value)
            asked += 1
            if by_cell != by_filling or is_in not in (None, by_cell):
                found.append((name, value, by_cell, by_filling))
    assert [] == found
    assert 200 < asked


def test_a_validation_says_the_reason_in_the_words_of_the_core():
    draft = _draft("seller_price")
    title, cell = draft.inputs["min_margin"].place
    (rule,) = (each for each in draft.sheet(title).data_validations.dataValidation if cell in each.sqref)
    assert "Minimum margin must be below 1. Write 15% or 0.15, not 15." == rule.error


def test_no_refusal_is_cut_off():
    """Excel keeps 225 characters of it."""
    from walkaway_xl.sheets.inputs import ERROR_LIMIT

    said = [
        (name, refusal)
        for draft, name in _numbers()
        if len(refusal := draft.inputs[name].kind.refusal(draft.inputs[name].label)) > ERROR_LIMIT
    ]
    assert [] == said


# ---------------------------------------------------------------- one tolerance of a vesting


def test_the_salary_sheet_and_the_core_take_the_same_vesting_for_whole():
    """At and beyond what is left to typing with few digits, wherever the two set it."""
    import walkaway_xl as wx
    from tests.books import saved
    from tests.workbooks.calculated import calculate
    from walkaway_xl.core.compensation import VESTS_WHOLE
    from walkaway_xl.workbooks import reading
    from walkaway_xl.workbooks.filling import fill

    for apart in (0.5, -0.5, 2.0, -2.0):
        parts = [0.25, 0.25, 0.25, 0.25 + apart * VESTS_WHOLE]
        draft = _draft("salary_candidate")
        fill(draft, {f"this.vest_{number}": part for number, part in enumerate(parts, 1)})
        sheet = reading.values_of(calculate(saved(draft)))["Checks"]
        faults = next(row[2].value for row in sheet.iter_rows() if row[1].value == VESTING)
        by_core = math.isnan(wx.comp_total(100000, equity=1000, vesting=parts))
        assert (abs(apart) > 1) == by_core
        assert by_core == bool(faults)


VESTING = "Equity that does not make 100 % over the years"
