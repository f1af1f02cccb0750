"""Ten thousand rows in headless LibreOffice Calc: one call for the column, a call a cell, native formulas.

Calc calculates each workbook again and again in one session, so the figures are its own calculating time and
what it takes to hand cells over. The native formulas give the same answers with the same tolerance.

python benchmarks/calc_column.py        # needs LibreOffice and a python3 with UNO
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from measuring import table
from openpyxl.worksheet.formula import ArrayFormula

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.hosts.stand_ins.calc import PATH, Calc

ROWS = 10_000
TURNS = 7
LIMIT = 1.0  # of the time of native formulas, for one call
SESSION = Path(__file__).with_name("calc_turns.py")

LIMITS = '6500,"buyer",6000,5500,50'
SAME = "0.000000001*MAX(1,ABS(A{row}),{limit})"
REACHES = f"--({{limit}}-A{{row}}>=-{SAME})"
CLEAR = f"--(6500-A{{row}}>50+{SAME.replace('{limit}', '6500')})"
WISH, WANT, WALK = (REACHES.replace("{limit}", limit) for limit in ("5500", "6000", "6500"))
STATUSES = '{{"WALK AWAY";"TOO CLOSE";"ACCEPTABLE";"TARGET MET";"WISH MET"}}'
CASES = {
    "WALKAWAY_CHECK": (
        f"WALKAWAY_CHECK(A{{row}},{LIMITS})",
        f"WALKAWAY_CHECK(A1:A{ROWS},{LIMITS})",
        f"INDEX({STATUSES},1+{WALK}+MAX({CLEAR},{WANT},{WISH})+MAX({WANT},{WISH})+{WISH})",
    ),
    "DISCOUNT_MAX": (
        "DISCOUNT_MAX(A{row},B{row},0.2,0.05)",
        f"DISCOUNT_MAX(A1:A{ROWS},B1:B{ROWS},0.2,0.05)",
        "IF(OR(A{row}<=0,B{row}<0),NA(),1-B{row}/(1-0.2-0.05)/A{row})",
    ),
}


def workbook(path: Path, cell: str = "", column: str = "") -> Path:
    """A workbook with a price and a cost a row, and answers in column C: a formula a row, or one for all."""
    book, draw = openpyxl.Workbook(write_only=False), random.Random(2016)
    sheet = book.active
    for row in range(1, ROWS + 1):
        sheet.append([draw.uniform(5000, 7000), draw.uniform(2000, 4000)])
        if cell:
            sheet.cell(row, 3).value = "=" + cell.format(row=row)
    if column:
        sheet["C1"] = ArrayFormula(f"C1:C{ROWS}", "=" + column)
    book.save(path)
    return path


def main() -> int:
    """Time the three ways in one session; 1 if one call takes longer than native formulas."""
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        calc = Calc(home / "calc")
        books = {}
        for name, (cell, column, native) in CASES.items():
            for way, given in (
                ("cells", {"cell": cell}),
                ("call", {"column": column}),
                ("native", {"cell": native}),
            ):
                path = workbook(home / f"{name}-{way}.xlsx", **given)
                books[f"{name}-{way}"] = calc.saved_as("ods", path).as_uri()
        (home / "asked.json").write_text(json.dumps({"books": books, "turns": TURNS}))
        command = [
            "python3",
            str(SESSION),
            *(str(home / name) for name in ("calc", "asked.json", "told.json")),
        ]
        environment = {"HOME": folder, "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, env=environment, check=True, timeout=600)
        told = json.loads((home / "told.json").read_text())
    for name in CASES:
        seconds = {way: told[f"{name}-{way}"]["seconds"] for way in ("cells", "call", "native")}
        answers = {way: told[f"{name}-{way}"]["answers"] for way in seconds}
        assert same(answers["call"], answers["native"]), name
        assert same(answers["cells"], answers["native"]), name
        ratios[name] = seconds["call"] / seconds["native"]
        table(
            f"{name}, {ROWS:,} rows in Calc: one call {seconds['call'] * 1e3:,.1f} ms",
            [
                ("native formulas, a cell each", seconds["native"], seconds["call"] / seconds["native"]),
                ("a call a cell", seconds["cells"], seconds["call"] / seconds["cells"]),
            ],
        )
    print(f"at most {LIMIT} of native formulas is wanted of a status; a price is one multiplication there")
    return int(ratios["WALKAWAY_CHECK"] > LIMIT)


def same(ours: list[object], native: list[object]) -> bool:
    """Whether two columns show the same."""
    return len(ours) == ROWS and all(
        abs(a - b) < 1e-9 if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(ours, native, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
