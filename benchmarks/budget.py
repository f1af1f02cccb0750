"""The door for files: what the second process and the counting cost, against the same without both.

python benchmarks/budget.py

Both take turns; the figure is the least processor time of both processes together, which others disturb less
than the clock. The start is that of a command that ends at once, as a fork and as a new Python.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import table
from openpyxl import Workbook

ROOT = Path(__file__).parents[1]
TURNS = 7
RUN = """import sys
from walkaway_xl import cli
from walkaway_xl.files import packages, workers
from walkaway_xl.hosts.embedded import formula_text
{}
"""
END = "sys.exit(cli.main())"
PLAIN = """
for owner, name, value in (
    (workers, "can_start", lambda: False),
    (packages, "refuse_declarations", lambda *_: None),
    (packages.Counts, "add", lambda *_: []),
    (formula_text, "may_grow", lambda ours: lambda formula: False),
):
    assert hasattr(owner, name)
    setattr(owner, name, value)
"""
NEW_PYTHON = "workers.FORKS = False\n"


def taken(kind: str, *arguments: str) -> tuple[float, float]:
    """Seconds of processor time and of the clock that a command takes."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", RUN.format(kind) + END, *arguments]
    subprocess.run(command, capture_output=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)})
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return ours, time.perf_counter() - begin


def compare(kinds: dict[str, str], *arguments: str) -> dict[str, tuple[float, float]]:
    """The least of several turns for each kind."""
    turns = [{name: taken(kind, *arguments) for name, kind in kinds.items()} for _ in range(TURNS)]
    return {
        name: (min(turn[name][0] for turn in turns), min(turn[name][1] for turn in turns)) for name in kinds
    }


def formulas(path: Path, count: int) -> None:
    """A workbook of so many formulas, half of them ours."""
    book = Workbook()
    sheet = book.active
    for row in range(1, count // 2 + 1):
        sheet.append([row, f"=PRICE_FLOOR(A{row},0.2)", f"=B{row}-A{row}"])
    book.save(path)


def main() -> None:
    """Measure, and print the ratios."""
    kinds = {"without": PLAIN, "with": ""}
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        formulas(book, 20_000)
        example = str(ROOT / "templates" / "used_goods_example.xlsx")
        commands = {
            "calc of 20,000 formulas": (
                "calc",
                str(book),
                "--out",
                str(book.with_name("out.xlsx")),
                "--force",
            ),
            "review of an example": ("review", example),
        }
        for name, arguments in commands.items():
            least = compare(kinds, *arguments)
            ratio = least["with"][0] / least["without"][0]
            table(
                name, [("without the door", least["without"][0], ratio), ("with it", least["with"][0], 1.0)]
            )
            print(f"  at most 1.10 ×: {ratio:.3f} ×")
        least = compare({**kinds, "new Python": NEW_PYTHON}, "review", str(book.with_name("nothing.xlsx")))
        for name in ("with", "new Python"):
            more = [1e3 * (mine - plain) for mine, plain in zip(least[name], least["without"], strict=True)]
            words = "as a fork" if name == "with" else "as a new Python"
            print(f"start {words}: {more[0]:.1f} ms of processor time more, {more[1]:.1f} ms by the clock")
        print("  at most 60 ms as a fork")


if __name__ == "__main__":
    main()
