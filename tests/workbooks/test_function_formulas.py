"""The native formulas of the workbooks against the worksheet functions they stand for."""

import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from string import Formatter, ascii_uppercase

import pytest
from openpyxl import Workbook, load_workbook

import walkaway_xl as wx
from tests.workbooks.calculated import by_libreoffice, calculate
from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sides import BUYER, SELLER, Side

ROWS = 200
DIRECTIONS = {"best", "better", "worse"}
NATIVE = [each for each in CATALOGUE.values() if each.native]

SHARES = {"min_margin", "leakage", "probability", "probabilities", "prob_deal", "rate", "annual_rate"}
SHARES |= {"bonus", "haircut", "reserve"}
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
}


def fields(form: str) -> list[str]:
    """The arguments that a native formula names, each once."""
    names = dict.fromkeys(name for _, name, _, _ in Formatter().parse(form) if name)
    return [name for name in names if name not in DIRECTIONS]


def drawn(name: str, chance: random.Random, row: dict[str, float], side: Side) -> float:
    """A number that the argument may be, given those before it."""
    if name == "number":  # which offer of the plan; the first is the start
        return chance.randint(1, int(row["offers"]))
    if name == "target":  # better than where we are
        low = max(row.values())
        return chance.uniform(low + 1, low + 50) if side is SELLER else chance.uniform(1, 9)
    if name in WHOLE:
        return chance.randint(*WHOLE[name])
    return chance.uniform(*SPANS.get(name, (0, 0.45) if name in SHARES else (10, 100)))


def plan_step(start: float, limit: float, offers: int, firmness: float, reserve: float, number: int) -> float:
    return float(wx.concession_plan(start, limit, offers, firmness, reserve)[number - 1])


def effective_price(
    side: str, prices: float, alternatives_better_by: float, probabilities: float, fallbacks: float
) -> float:
    lone = [[value] for value in (alternatives_better_by, probabilities, fallbacks)]
    return float(wx.batna_compare(50, [prices], side, None, *lone).effective_price[0])


ONE_BY_ONE = {"CONCESSION_PLAN": plan_step, "BATNA_COMPARE": effective_price}
"""What the native formula gives of an answer that has more to it."""


@dataclass
class Question:
    """A worksheet function for one side, asked for numbers in every row of a sheet."""

    function: Function
    side: Side
    rows: list[dict[str, float]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.function.name} {self.side.word}"

    def write(self, workbook: Workbook) -> None:
        """The numbers of each row, and after them the native formula."""
        # What is drawn within the bounds of another comes after it.
        names = sorted(fields(self.function.native), key=lambda name: name in {"number", "target"})
        chance, sheet = random.Random(self.function.name), workbook.create_sheet(self.title)
        for at in range(1, ROWS + 1):
            row: dict[str, float] = {}
            for name in names:
                row[name] = drawn(name, chance, row, self.side)
            self.rows.append(row)
            places = {name: f"{column}{at}" for name, column in zip(names, ascii_uppercase, strict=False)}
            sheet.append([*row.values(), "=" + excel_formula(self.function.name, self.side, **places)])

    def expected(self) -> Iterable[float]:
        """The worksheet function's own answers."""
        takes_side = "side" in (argument.name for argument in self.function.arguments)
        side = {"side": self.side.word} if takes_side else {}
        if self.function.name in ONE_BY_ONE:
            return [ONE_BY_ONE[self.function.name](**row, **side) for row in self.rows]
        columns = {name: [row[name] for row in self.rows] for name in self.rows[0]}
        answers: Iterable[float] = getattr(wx, self.function.name.lower())(**columns, **side)
        return answers


def questions() -> tuple[list[Question], bytes]:
    """Every native formula for both sides, in one workbook."""
    asked = [Question(function, side) for function in NATIVE for side in (SELLER, BUYER)]
    workbook, file = Workbook(), BytesIO()
    for question in asked:
        question.write(workbook)
    workbook.save(file)
    return asked, file.getvalue()


def differing(asked: list[Question], calculated: bytes) -> list[str]:
    """The sheets on which an answer is not the worksheet function's."""
    workbook = load_workbook(BytesIO(calculated), data_only=True)
    answers = {each.title: [row[len(each.rows[0])] for row in workbook[each.title].values] for each in asked}
    return [
        each.title
        for each in asked
        if answers[each.title] != pytest.approx(list(each.expected()), rel=1e-9, abs=1e-9)
    ]


def test_native_formulas_are_their_worksheet_functions() -> None:
    asked, file = questions()
    assert [] == differing(asked, calculate(file))


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_native_formulas_are_their_worksheet_functions_in_libreoffice(tmp_path: Path) -> None:
    asked, file = questions()
    assert [] == differing(asked, by_libreoffice(file, tmp_path))
