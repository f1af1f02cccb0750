"""The functions as LAMBDA names of a workbook: how long an engine takes, and how large they make a file.

IronCalc calculates the formulas themselves, `walkaway-xl calc` asks the Python functions for the same cells.
Both read the same file, one after the other, once; the answers are compared.

python benchmarks/formulas.py           # needs ironcalc
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ironcalc
import openpyxl

from walkaway_xl.hosts.formulas import into_book
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

LINES = 20_000
CALLS = (
    "=PRICE_FLOOR(B{r},0.2,0.05)",
    "=DISCOUNT_MAX(A{r},B{r},0.2,0.05)",
    "=DISCOUNT_CHECK(A{r},C{r},B{r},0.2,0.05)",
    '=WALKAWAY_CHECK(A{r}*(1-C{r}),D{r},"seller",A{r})',
    "=TERMS_COST(30+MOD(ROW(),60),0.08)",
)


def write(path: Path) -> None:
    """A quote book that has the functions which it calls as names."""
    book = openpyxl.Workbook()
    lines = book.active
    for r in range(1, LINES + 1):
        lines.append(
            [100 + r % 50, 55 + r % 17, (r % 40) / 100, 80, *(formula.format(r=r) for formula in CALLS)]
        )
    book.save(path)
    path.write_bytes(into_book.with_names(path.read_bytes(), only_used=True).data)


def natively(path: Path) -> tuple[float, list[list[object]]]:
    """Seconds that IronCalc takes, from the file to its values, and the values."""
    begin = time.perf_counter()
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    seconds = time.perf_counter() - begin
    columns = range(5, 5 + len(CALLS))
    return seconds, [[model.get_cell_value(0, r, c) for c in columns] for r in range(1, LINES + 1)]


def by_calc(path: Path) -> tuple[float, list[list[object]]]:
    """Seconds that the command takes, and the values that it stores."""
    done = path.with_stem("done")
    command = [sys.executable, "-m", "walkaway_xl", "calc", str(path), "--out", str(done)]
    begin = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    seconds = time.perf_counter() - begin
    sheet = openpyxl.load_workbook(done, data_only=True, read_only=True).worksheets[0]
    return seconds, [list(row[4:]) for row in sheet.iter_rows(values_only=True)]


def differences(one: list[list[object]], other: list[list[object]]) -> int:
    """How many cells differ by more than a billionth."""
    return sum(
        not (a == b or (isinstance(a, float | int) and abs(a - b) <= 1e-9 * max(1, abs(b))))  # type: ignore[operator]
        for row, twin in zip(one, other, strict=True)
        for a, b in zip(row, twin, strict=True)
    )


def sizes(folder: Path) -> None:
    """How much larger an empty workbook becomes."""
    path = folder / "empty.xlsx"
    openpyxl.Workbook().save(path)
    empty = path.read_bytes()
    whole = into_book.with_names(empty)
    book = openpyxl.Workbook()
    for row, call in enumerate(CALLS, 1):
        book.active.cell(row, 1).value = call.format(r=row)
    book.save(path)
    five = into_book.with_names(path.read_bytes(), only_used=True)
    print(f"an empty workbook: {len(empty) / 1e3:.0f} kB")
    print(f"  with all {len(FORMULAS)} functions ({len(whole.added)} names): {len(whole.data) / 1e3:.0f} kB")
    print(f"  with five ({len(five.added)} names): {len(five.data) / 1e3:.0f} kB")


def main() -> None:
    """Calculate the same book in both ways."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quotes.xlsx"
        write(path)
        native, shown = natively(path)
        asked, stored = by_calc(path)
        print(f"{LINES:,} lines × {len(CALLS)} formulas, {differences(shown, stored)} cells differ")
        print(f"  IronCalc, the formulas      {native:>6.1f} s")
        print(f"  walkaway-xl calc, Python    {asked:>6.1f} s   {asked / native:.2f} × of it")
        sizes(Path(folder))


if __name__ == "__main__":
    main()
