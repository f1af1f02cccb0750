"""The native formulas of the workbooks against the worksheet functions they stand for.

Those that the core has written down itself and those that an entry states are asked the same: the examples of
the entries and random numbers, in two programs. Functions that no workbook uses yet are among them.
"""

import ast
import random
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.utils import get_column_letter

import walkaway_xl as wx
from tests.workbooks.calculated import by_libreoffice, calculate
from walkaway_xl.catalogue import Function
from walkaway_xl.core.kinds import Holds, Shape
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.symbolic.native import UnreadableError, native_formula
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sides import BUYER, CANDIDATE, SELLER, Side

WORKBOOKS = Path(wx.__file__).parent / "workbooks"
ROWS = 200
DRAWN = 60
"""How many of the random rows must have an answer."""

SHARES = {"min_margin", "leakage", "probability", "probabilities", "prob_deal", "rate", "annual_rate"}
SHARES |= {"bonus", "haircut", "reserve", "margin", "retention", "seller_power", "discount"}
WHOLE = {"offers": (2, 9), "days": (0, 120), "base_days": (0, 120), "basis": (360, 366), "years": (1, 6)}
SPANS: dict[str, tuple[float, float]] = {
    "list_price": (150, 400),
    "contribution_margin": (0.4, 0.6),
    "price_change": (-0.15, 0.15),
    "cost_change": (-0.1, 0.1),
    "delay": (0, 5),
    "monthly_need": (2000, 3000),
    "monthly_income": (0, 1500),
    "firmness": (0.2, 3),
    "start": (80, 120),
    "limit": (30, 70),
    "seller_walkaway": (10, 50),
    "buyer_walkaway": (51, 90),
    "low": (10, 50),
    "high": (51, 90),
    "p1": (10, 50),
    "p2": (51, 90),
    "uplift": (1, 2),
    "discount_days": (0, 15),
    "net_days": (20, 90),
}


@dataclass(frozen=True)
class Form:
    """A native formula: of which function, with which arguments."""

    function: Function
    names: tuple[str, ...]
    """Arguments for which a cell stands."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Arguments for which a number stands."""

    def text(self, side: Side, references: Mapping[str, str]) -> str:
        settled = None if "side" in self.names else side
        return excel_formula(self.function.name, settled, **references, **self.constants)

    @property
    def key(self) -> tuple[str, ...]:
        return self.function.name, *sorted(self.names)

    @property
    def title(self) -> str:
        return f"{self.function.name} {len(self.names)}"


# ------------------------------------------------------------------------------- which forms there are


def uses() -> Iterator[Form]:
    """The calls of `excel_formula` in the workbooks."""
    for path in sorted(WORKBOOKS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "excel_formula":
                (name, *_), given = node.args, {each.arg: each.value for each in node.keywords}
                assert isinstance(name, ast.Constant)
                texts = {key: getattr(value, "value", "") for key, value in given.items() if key}
                numbers = {key: text for key, text in texts.items() if re.fullmatch(r"\d+", str(text))}
                yield Form(
                    CATALOGUE[str(name.value)], tuple(key for key in texts if key not in numbers), numbers
                )


def needed(function: Function) -> list[str]:
    """The arguments that a function cannot do without, but for the side."""
    return [a.name for a in function.arguments if a.required and a.name != "side"]


def takes_side(function: Function) -> bool:
    return "side" in (argument.name for argument in function.arguments)


def of_numbers(function: Function) -> list[str]:
    """All arguments that are single numbers, but for the side."""
    return [
        a.name
        for a in function.arguments
        if (a.kind.shape, a.kind.holds) == (Shape.ELEMENT, Holds.NUMBER) and not a.kind.words
    ]


def writes(form: Form, side: Side) -> bool:
    """Whether the core writes it down, so that people can read it."""
    settled = {"side": "1" if side is SELLER else "-1"} if takes_side(form.function) else {}
    try:
        native_formula(form.function, {**settled, **{name: name for name in form.names}, **form.constants})
    except UnreadableError:
        return False
    return True


USED = list({(each.function.name, each.names): each for each in uses()}.values())
WRITTEN = [
    form
    for function in CATALOGUE.values()
    for names in (needed(function), of_numbers(function))
    for form in [Form(function, tuple(names))]
    if set(needed(function)) <= set(names) and any(writes(form, side) for side in (SELLER, BUYER))
]
FORMS = list({each.key: each for each in [*WRITTEN, *USED]}.values())
STATED = {function.name for function in CATALOGUE.values() if function.native}


# ------------------------------------------------------------------------------- what they are asked

LAST = ["target", "limit", "number"]
"""What is drawn within the bounds of others."""


def drawn(name: str, chance: random.Random, row: dict[str, float], side: Side) -> float:
    """A number that the argument may be, given those before it."""
    if name == "number":  # which offer of the plan; the first is the start
        return chance.randint(1, int(row["offers"]))
    if name == "target":  # better than where we are
        low = max(row.values())
        return chance.uniform(low + 1, low + 50) if side is SELLER else chance.uniform(1, 9)
    if name == "limit" and "target" in row:  # better still
        return row["target"] * (2 if side is SELLER else 0.5)
    if name == "side":
        return 1 if side is SELLER else -1
    if name in WHOLE:
        return chance.randint(*WHOLE[name])
    return chance.uniform(*SPANS.get(name, (0, 0.45) if name in SHARES else (10, 100)))


def plan_step(start: float, limit: float, offers: int, firmness: float, reserve: float, number: int) -> float:
    return float(wx.concession_plan(start, limit, offers, firmness, reserve)[int(number) - 1])


def effective_price(
    side: str, prices: float, alternatives_better_by: float, probabilities: float, fallbacks: float
) -> float:
    lone = [[value] for value in (alternatives_better_by, probabilities, fallbacks)]
    return float(wx.batna_compare(50, [prices], side, None, *lone).effective_price[0])


ONE_BY_ONE = {"CONCESSION_PLAN": plan_step, "BATNA_COMPARE": effective_price}
"""What the native formula gives of an answer that has more to it."""


@dataclass
class Question:
    """A native formula for one side, asked for numbers in every row of a sheet."""

    form: Form
    side: Side
    rows: list[dict[str, float]] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.form.title} {self.side.word}"

    def write(self, workbook: Workbook) -> None:
        """The numbers of each row, and after them the native formula."""
        self._draw()
        self._add_examples()
        sheet, names = workbook.create_sheet(self.title), list(self.form.names)
        formula = "=" + self.form.text(self.side, {name: f"{{{name}}}" for name in names})
        for at, row in enumerate(self.rows, 1):
            places = {name: f"{get_column_letter(n)}{at}" for n, name in enumerate(names, 1)}
            sheet.append([*(row[name] for name in names), formula.format(**places)])

    def _draw(self) -> None:
        names = sorted(self.form.names, key=lambda name: LAST.index(name) if name in LAST else -1)
        chance = random.Random(self.form.function.name)
        rows: list[dict[str, float]] = []
        for _ in range(ROWS):
            row: dict[str, float] = {}
            for name in names:
                row[name] = drawn(name, chance, row, self.side)
            rows.append(row)
        for row, answer in zip(rows, self._answers(rows), strict=True):
            if not isnan(answer):  # where the function has no answer, a workbook does not ask for one
                self.rows.append(row)
                self.expected.append(answer)
        assert DRAWN < len(self.rows), f"{self.title}: {len(self.rows)} of the rows have an answer"

    def _answers(self, rows: list[dict[str, float]]) -> Iterable[float]:
        """The worksheet function's own answers."""
        function, constants = self.form.function, {k: float(v) for k, v in self.form.constants.items()}
        is_settled = takes_side(function) and "side" not in self.form.names
        side: dict[str, Any] = {"side": self.side.word} if is_settled else {}
        if function.name in ONE_BY_ONE:
            return [ONE_BY_ONE[function.name](**row, **side) for row in rows]
        columns = {name: [row[name] for row in rows] for name in self.form.names}
        answers = getattr(wx, function.name.lower())(**columns, **side, **constants)
        return map(float, np.asarray(answers))

    def _add_examples(self) -> None:
        """The examples of the entry that ask what the formula asks, and whose answer is a number."""
        if self.form.function.name in ONE_BY_ONE:
            return
        arguments = self.form.function.arguments
        defaults = {a.name: a.default for a in arguments if isinstance(a.default, float)}
        for example in self.form.function.examples:
            given = {
                a.name: value
                for a, value in zip(arguments, example.arguments, strict=False)
                if value not in (None, False)
            }
            side = given.pop("side", None)
            of_ours = side is None or (SIDES[side] is self.side and "side" not in self.form.names)
            row = {**defaults, **given}
            if (
                of_ours
                and set(given) <= set(self.form.names) <= set(row)
                and (side is not None or not takes_side(self.form.function))
                and all(type(value) in (int, float) for value in [*given.values(), example.gives])
            ):
                self.rows.append({name: row[name] for name in self.form.names})
                self.expected.append(example.gives)


SIDES = {"seller": SELLER, "buyer": BUYER, "candidate": CANDIDATE}


@pytest.fixture(scope="module")
def asked() -> tuple[list[Question], bytes]:
    """Every native formula for both sides, in one workbook."""
    questions = [
        Question(form, side)
        for form in FORMS
        for side in (SELLER, BUYER)
        if side is SELLER or takes_side(form.function) or "target" in form.names
        if form.function.native or writes(form, side)
    ]
    workbook, file = Workbook(), BytesIO()
    for question in questions:
        question.write(workbook)
    workbook.save(file)
    return questions, file.getvalue()


def differing(asked: list[Question], calculated: bytes) -> list[str]:
    """The sheets on which an answer is not the worksheet function's."""
    workbook = load_workbook(BytesIO(calculated), data_only=True)
    answers = {
        each.title: [row[len(each.form.names)] for row in workbook[each.title].values] for each in asked
    }
    return [
        each.title
        for each in asked
        if answers[each.title] != pytest.approx(each.expected, rel=1e-9, abs=1e-9)
    ]


def test_native_formulas_are_their_worksheet_functions(asked: tuple[list[Question], bytes]) -> None:
    questions, file = asked
    assert [] == differing(questions, calculate(file))


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_native_formulas_are_their_worksheet_functions_in_libreoffice(
    tmp_path: Path, asked: tuple[list[Question], bytes]
) -> None:
    questions, file = asked
    assert [] == differing(questions, by_libreoffice(file, tmp_path))


# ------------------------------------------------------------------------------- where they come from


def test_what_the_core_writes_down_no_entry_states() -> None:
    tables = {form.function.name for form in USED if not writes(form, BUYER)}
    assert {"BATNA_COMPARE", "CONCESSION_PLAN"} == STATED == tables


def test_each_is_written_down_or_stated_and_asked() -> None:
    asked = {form.key for form in FORMS}
    assert {form.key for form in USED} <= asked
    written = {form.function.name for form in USED} - STATED
    assert 10 <= len(written)


EXCEL_2007 = {"ABS", "EXP", "IF", "INT", "LN", "MAX", "MEDIAN", "MIN", "ROUND", "SIGN", "SQRT"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_every_program_has_what_they_call(form: Form) -> None:
    tokens = Tokenizer("=" + form.text(SELLER, dict.fromkeys(form.names, "A1"))).items
    called = {token.value.rstrip("(") for token in tokens if token.subtype == "OPEN" and token.value != "("}
    assert called <= EXCEL_2007


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("WALKAWAY_CHECK", "offer walkaway side", "CHOOSE"),
        ("SPLIT_NASH", "seller_walkaway buyer_walkaway", "0.5"),
        ("SPLIT_RUBINSTEIN", "seller_walkaway buyer_walkaway seller_delta buyer_delta", "long"),
        ("BATNA_RISK", "", "settled"),
        ("CONCESSION_PLAN", "start limit offers", "more than a number as start"),
    ],
)
def test_what_is_not_readable_is_refused(name: str, arguments: str, reason: str) -> None:
    function = CATALOGUE[name]
    names = arguments.split() or [a.name for a in function.arguments if a.required]
    with pytest.raises(UnreadableError, match=reason):
        native_formula(function, {name: name for name in names})


@pytest.mark.parametrize(
    ("name", "side", "references", "formula"),
    [
        ("PRICE_FLOOR", None, {"cost": "B2", "min_margin": "B3"}, "B2/(1-B3)"),
        ("PRICE_FLOOR", None, {"cost": "B2+C2", "min_margin": "MAX(0,B3-1)"}, "(B2+C2)/(1-MAX(0,B3-1))"),
        ("WALKAWAY_GAP", SELLER, {"offer": "B2", "walkaway": "'My numbers'!B3"}, "B2-'My numbers'!B3"),
        ("WALKAWAY_GAP", BUYER, {"offer": "B2", "walkaway": "B3-B4"}, "(B3-B4)-B2"),
        ("WALKAWAY_PRICE", BUYER, {"batna": "B2", "walk_cost": "B3", "hard_limit": "B4"}, "MIN(B2+B3,B4)"),
        ("COMP_TOTAL", None, {"base": "0", "benefits": "N(B2)"}, "N(B2)"),
        ("OFFER_BRACKET", None, {"target": "B2", "their_offer": "B3"}, "(1+1)*B2-B3"),
    ],
)
def test_as_they_are_read(name: str, side: Side | None, references: dict[str, str], formula: str) -> None:
    assert formula == excel_formula(name, side, **references)


def test_an_argument_that_is_needed_is_asked_for() -> None:
    with pytest.raises(TypeError, match="WALKAWAY_GAP needs side"):
        excel_formula("WALKAWAY_GAP", offer="B2", walkaway="B3")
