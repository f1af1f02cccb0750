"""A million lines read and written in what people have: text with detection, and workbooks.

python benchmarks/quote_books.py [LINES]    (1,000,000: a few minutes)
"""

import sys
import tempfile
from pathlib import Path

import polars as pl
import xlsxwriter
from measuring import best_of, run
from quote_lines import lines

from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_files import Reading

COUNT = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else 1_000_000
BY_HAND = "--by-hand"


def written_by_hand(source: Path, target: Path) -> None:
    """Lines in a workbook as XlsxWriter's documentation advises for many: a row in memory at a time."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("Lines")
    frame = pl.read_parquet(source)
    sheet.write_row(0, 0, frame.columns)
    for row, cells in enumerate(frame.fill_nan(None).iter_rows(), 1):
        sheet.write_row(row, 0, cells)
    book.close()


def read(path: Path) -> int:
    """The lines of a file, found out how it is written and made batches with checked numbers."""
    quotes = open_quotes(str(path), Reading())
    return sum(len(batch.frame) for table in quotes.tables for batch in table.batches(quotes.columns))


def say(label: str, seconds: float, megabytes: float | None = None) -> None:
    """Print a row."""
    memory = "" if megabytes is None else f"{megabytes:>8,.0f} MB"
    print(f"  {label:<52}{seconds:>8,.2f} s{memory}", flush=True)


def main() -> None:
    """Measure all of it in one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, policy, checked = folder / "lines.csv", folder / "policy.toml", folder / "checked.parquet"
        policy.write_text(example(), "utf-8")
        lines(COUNT).write_csv(text)
        command = [sys.executable, "-m", "walkaway_xl", "check", "--policy", str(policy), "--json", "--force"]

        assert read(text) == COUNT
        plain, ours = best_of(lambda: pl.scan_csv(text).collect()), best_of(lambda: read(text))
        print(f"Text, {COUNT:,} lines, {text.stat().st_size / 2**20:.0f} MiB")
        say("Polars' scan_csv, told nothing, looking at nothing", plain)
        say("how it is written found out, batches checked", ours)
        print(f"  {ours / plain:.2f} × of it")

        run([*command, str(text), "--out", str(checked)])
        by_hand = run([sys.executable, __file__, BY_HAND, str(checked), str(folder / "by_hand.xlsx")])
        ours = run([*command, str(text), "--out", str(folder / "ours.xlsx")])
        print(f"Workbook out, {COUNT:,} lines × {len(pl.read_parquet_schema(checked))} columns")
        say("XlsxWriter by hand, a row in memory at a time", *by_hand)
        say("walkaway-xl check from text, with looks and a summary", *ours)
        print(f"  {ours[0] / by_hand[0]:.2f} × the time of it", flush=True)

        book = folder / "book.xlsx"
        lines(COUNT).write_parquet(checked)
        written_by_hand(checked, book)
        seconds, megabytes = run([*command, str(book)])
        print(f"Workbook in, {COUNT:,} lines, {book.stat().st_size / 2**20:.0f} MiB")
        say("walkaway-xl check", seconds, megabytes)


if __name__ == "__main__":
    if BY_HAND in sys.argv:
        written_by_hand(*map(Path, sys.argv[-2:]))
    else:
        main()
