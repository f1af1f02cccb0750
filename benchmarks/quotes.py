"""walkaway-xl check on millions of lines: against Polars, plain Python and openpyxl, with the memory of each.

python benchmarks/quotes.py [LINES]    (10,000,000: a few minutes, and 2 GB of disk)
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
from measuring import best_of, run
from quote_lines import lines, parquet
from quote_workbook import checked

from walkaway_xl.policy.toml import example

HERE = Path(__file__).parent
MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
FEW = MANY // 10
SAMPLE = 20_000  # lines for plain Python, whose time is scaled up
CELLS = 100_000  # lines of the workbook
TURNS = 3


def check(folder: Path, source: Path, out: str) -> list[str]:
    """The command that checks lines and writes them."""
    policy = folder / "policy.toml"
    policy.write_text(example(), "utf-8")
    command = [sys.executable, "-m", "walkaway_xl", "check", str(source), "--policy", str(policy), "--json"]
    return [*command, "--force", "--out", str(folder / out)]


def by_hand(source: Path, folder: Path, script: str, out: str) -> list[str]:
    """The command that does the same with a script of the usual libraries."""
    return [sys.executable, str(HERE / script), str(source), str(folder / out)]


def best(*commands: list[str]) -> list[tuple[float, float]]:
    """Seconds and MB of each command: the quickest of some turns, in which they take turns."""
    turns = [[run(command) for command in commands] for _ in range(TURNS)]
    return [min(results) for results in zip(*turns, strict=True)]


def agree(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """Stop if the two answers differ: a benchmark of something else would say nothing."""
    for name in ("status", "signer"):
        assert ours[name].cast(pl.String).equals(theirs[name].cast(pl.String)), name
    for name in ("net_price", "max_discount", "headroom", "margin", "tier_discount"):
        assert ((ours[name] - theirs[name]).abs().fill_null(0).fill_nan(0) < 1e-9).all(), name


def row_by_row(frame: pl.DataFrame) -> Callable[[], object]:
    """The same in plain Python, a row at a time."""
    rows = frame.select("order", "class", "segment", "quantity", "list_price", "discount", "cost").rows()
    return lambda: [(*row, *checked(row)) for row in rows]


def say(label: str, seconds: float, megabytes: float | None = None) -> None:
    """Print a row."""
    memory = "" if megabytes is None else f"{megabytes:>10,.0f} MB"
    print(f"  {label:<52}{seconds:>9,.2f} s{memory}")


def main() -> None:
    """Measure all of it in one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = parquet(folder, FEW), parquet(folder, MANY)
        ours, theirs, plain = best(
            check(folder, many, "ours.parquet"),
            by_hand(many, folder, "quote_expressions.py", "theirs.parquet"),
            by_hand(many, folder, "quote_columns.py", "plain.parquet"),
        )
        agree(pl.read_parquet(folder / "ours.parquet"), pl.read_parquet(folder / "theirs.parquet"))
        (small,) = best(check(folder, few, "few.parquet"))
        loop = best_of(row_by_row(lines(SAMPLE)), times=2) * MANY / SAMPLE
        print(f"Parquet, {MANY:,} lines, read, checked and written")
        say("walkaway-xl check", *ours)
        say("the arithmetic by hand as Polars expressions", *theirs)
        say("Polars reads, adds five plain columns and writes", *plain)
        say(f"plain Python row by row, from {SAMPLE:,} lines", loop)
        say(f"walkaway-xl check, {FEW:,} lines", *small)
        print(f"  at most 2 × the arithmetic in Polars: {ours[0] / theirs[0]:.2f} ×")
        print(f"  the loop alone, without files, takes {loop / ours[0]:.1f} × the time")
        print(f"  at most 1.3 × five plain columns in Polars: {ours[0] / plain[0]:.2f} ×")
        times, memory = ours[0] / small[0], ours[1] / small[1]
        print(f"  ten times the lines: {times:.1f} × the time, {memory:.2f} × the memory", flush=True)
        for file in folder.glob("*.parquet"):
            file.unlink()

        book = folder / "lines.xlsx"
        lines(CELLS).write_excel(book)
        ours, theirs = best(
            check(folder, book, "ours.xlsx"), by_hand(book, folder, "quote_workbook.py", "theirs.xlsx")
        )
        print(f"Workbook, {CELLS:,} lines, read, checked and written")
        say("walkaway-xl check", *ours)
        say("openpyxl and plain Python", *theirs)
        print(f"  at least 3 × openpyxl: {theirs[0] / ours[0]:.1f} ×")


if __name__ == "__main__":
    main()
