"""Ten thousand rows in headless LibreOffice Calc: one call for the column, a call a cell, native formulas.

Calc calculates each workbook again and again in one session, so the figures are its own calculating time and
what it takes to hand cells over: a column row by row, and in one go if it is laid on its side. One row in a
hundred of each column is odd: empty, a text, or outside what is asked for. The native formulas answer every
row alike, with the same errors.

python benchmarks/calc_column.py        # needs LibreOffice and a python3 with UNO
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.hosts.stand_ins.calc import PATH, Calc

ROWS = 10_000
TURNS = 9
LIMIT = 1.0  # of the time of native formulas, for the quicker of the two calls
SESSION = Path(__file__).with_name("calc_turns.py")

# From, to, and what stands in odd rows. A single cell that is empty reaches us as 0, so costs and discounts
# have no such row; where A is empty, the call a cell asks first.
COLUMNS = {
    "A": (5000, 7000, (None, "on request", 0, -1)),
    "B": (2000, 4000, ("on request", 0, -1)),
    "C": (0, 0.6, ("none", 0, 15)),
}
ANSWERS = "D"


def first_of(cases: Mapping[str, str], otherwise: str) -> str:
    """A native formula for the first condition that holds."""
    for condition, then in reversed(cases.items()):
        otherwise = f"IF({condition},{then},{otherwise})"
    return otherwise


def numbers(columns: str, then: str) -> str:
    """A native formula for cells that hold numbers; of others it says what our functions say."""
    first, *others = columns
    for column in reversed(others):
        then = f"IF(ISNUMBER({{{column}}}),{then},#VALUE!)"
    return f'IF(ISNUMBER({{{first}}}),{then},IF({{{first}}}="","",#VALUE!))'


# Of the native formulas that give the same answers these are the quickest we know: the tolerance is in the
# limits already, and a status is a chain of IFs. One that looks its status up takes five times as long.
CASES = {
    "WALKAWAY_CHECK": (
        'WALKAWAY_CHECK({A},6500,"buyer",6000,5500,50)',
        numbers(
            "A",
            first_of(
                {
                    "{A}>6500.0000065": '"WALK AWAY"',
                    "{A}<=5500.0000055": '"WISH MET"',
                    "{A}<=6000.000006": '"TARGET MET"',
                    "{A}>=6449.9999935": '"TOO CLOSE"',
                },
                '"ACCEPTABLE"',
            ),
        ),
    ),
    "PRICE_FLOOR": (
        "PRICE_FLOOR({A},0.2,0.05)",
        numbers("A", "IF({A}<-0.000000001,#NUM!,{A}/(1-0.2-0.05))"),
    ),
    "DISCOUNT_MAX": (
        "DISCOUNT_MAX({A},{B},0.2,0.05)",
        numbers("AB", first_of({"{A}<=0": "#NUM!", "{B}<-0.000000001": "#NUM!"}, "1-{B}/(1-0.2-0.05)/{A}")),
    ),
    "DISCOUNT_CHECK": (
        "DISCOUNT_CHECK({A},{C},{B},0.2,0.05)",
        numbers(
            "ACB",
            first_of(
                {
                    "{A}<=0": "#NUM!",
                    "ABS({C})>1.000000001": "#NUM!",
                    "{B}<-0.000000001": "#NUM!",
                    "{C}<=1.000000001-{B}/(1-0.22-0.05)/{A}": '"OK"',
                    "{C}<=1.000000001-{B}/(1-0.2-0.05)/{A}": '"NEAR FLOOR"',
                    "{C}<=1.000000001-{B}/(1-0.05)/{A}": '"BELOW FLOOR"',
                },
                '"BELOW COST"',
            ),
        ),
    ),
}
WAYS = {
    "native": "native formulas, a cell each",
    "call": "one call",
    "side": "one call, laid on its side",
    "cells": "a call a cell",
}


def formulas(ours: str, native: str) -> dict[str, dict[str, str]]:
    """What stands in the workbook of each way: a formula a row, or one for all."""
    column = {name: f"{name}1:{name}{ROWS}" for name in COLUMNS}
    row = {name: f"TRANSPOSE({cells})" for name, cells in column.items()}
    return {
        "native": {"cell": native},
        "call": {"column": ours.format(**column)},
        "side": {"column": f"TRANSPOSE({ours.format(**row)})"},
        "cells": {"cell": f'IF({{A}}="","",{ours})'},
    }


def workbook(path: Path, cell: str = "", column: str = "") -> Path:
    """A workbook with its numbers and odd rows, and answers beside them."""
    book, draw = openpyxl.Workbook(), random.Random(2016)
    sheet = book.active
    for row in range(1, ROWS + 1):
        for place, (name, (low, high, odd)) in enumerate(COLUMNS.items()):
            turn, rest = divmod(row, 100)
            sheet[f"{name}{row}"] = odd[turn % len(odd)] if rest == 30 * place else draw.uniform(low, high)
        if cell:
            sheet[f"{ANSWERS}{row}"] = "=" + cell.format(**{name: f"{name}{row}" for name in COLUMNS})
    if column:
        answers = f"{ANSWERS}1:{ANSWERS}{ROWS}"
        sheet[f"{ANSWERS}1"] = ArrayFormula(answers, "=" + column)
    book.save(path)
    return path


def main() -> int:
    """Time the four ways in one session; 1 if some call takes longer than native formulas."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        calc = Calc(home / "calc")
        books = {
            f"{name}-{way}": calc.saved_as("ods", workbook(home / f"{name}-{way}.xlsx", **given)).as_uri()
            for name, case in CASES.items()
            for way, given in formulas(*case).items()
        }
        asked = {"books": books, "turns": TURNS, "answers": f"{ANSWERS}1:{ANSWERS}{ROWS}"}
        (home / "asked.json").write_text(json.dumps(asked))
        command = [
            "python3",
            str(SESSION),
            *(str(home / name) for name in ("calc", "asked.json", "told.json")),
        ]
        environment = {"HOME": folder, "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, env=environment, check=True, timeout=600)
        told = json.loads((home / "told.json").read_text())
    slower = []
    for name in CASES:
        print(f"{name}, {ROWS:,} rows in Calc")
        ratios = {}
        native = told[f"{name}-native"]
        for way, label in WAYS.items():
            found = told[f"{name}-{way}"]
            assert same(found["answers"], native["answers"]), (name, way)
            ratios[way] = found["seconds"] / native["seconds"]
            print(f"  {label:<36}{found['seconds'] * 1e3:>12,.1f} ms   {ratios[way]:.2f} × native")
        if min(ratios["call"], ratios["side"]) > LIMIT:
            slower.append(name)
    print(f"slower than native formulas: {', '.join(slower) or 'none'}")
    return int(bool(slower))


def same(ours: list[object], native: list[object]) -> bool:
    """Whether two columns show the same."""
    return len(ours) == ROWS and all(
        abs(a - b) < 1e-9 if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(ours, native, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
