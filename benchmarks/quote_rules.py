"""Rules of several columns against one class, and the report of a check: processor time of each.

python benchmarks/quote_rules.py [LINES]    (10,000,000: some ten minutes, and 3 GB of disk)
"""

import sys
import tempfile
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
from measuring import least_processor_time
from quote_lines import lines

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
REPORTED = MANY // 10
TURNS = 3
REGIONS = [f"Region {number}" for number in range(10)]
CATEGORIES = [f"Category {number}" for number in range(10)]
CUSTOMERS = [f"Customer {number}" for number in range(5)]
SIGNERS = """
[[signer]]
name = "Account manager"
discount = 0.10
margin = 0.25

[[signer]]
name = "Sales director"
discount = 0.30
margin = 0.15

[[signer]]
name = "Chief executive"
"""
ONE_CLASS = '[[class]]\nname = "*"\nmin_margin = 0.15\n'
ONE_RULE = '[[rule]]\nname = "All"\nmin_margin = 0.15\n'


def many_rules() -> str:
    """A rule of three columns for each combination of their words."""
    return "\n".join(
        f'[[rule]]\nname = "Rule {number}"\nmin_margin = {0.05 + number % 20 / 100:.2f}\n'
        f'when = {{region = "{region}", category = "{category}", customer = "{customer}"}}'
        for number, (region, category, customer) in enumerate(product(REGIONS, CATEGORIES, CUSTOMERS))
    )


def book(folder: Path, count: int) -> Path:
    """A file of lines with three columns for rules, and days."""
    draw = np.random.default_rng(1)
    days = np.datetime64(date(2024, 1, 1)) + draw.integers(0, 730, count).astype("timedelta64[D]")
    words = {"region": REGIONS, "category": CATEGORIES, "customer": CUSTOMERS}
    path = folder / f"lines_{count}.parquet"
    lines(count).with_columns(
        pl.Series("date", days),
        *(pl.Series(name, draw.choice(among, count)) for name, among in words.items()),
    ).write_parquet(path)
    return path


def main() -> None:
    """Measure, and say what each costs beside the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policies = {"one": ONE_CLASS, "rule": ONE_RULE, "many": many_rules()}
        for key, text in policies.items():
            (folder / f"{key}.toml").write_text(text + SIGNERS, "utf-8")

        def check(source: Path, key: str, *more: str) -> list[str]:
            command = [sys.executable, "-m", "walkaway_xl", "check", str(source), "--json", "--force"]
            return [*command, "--policy", str(folder / f"{key}.toml"), *more]

        source, out = book(folder, MANY), ("--out", str(folder / "checked.parquet"))
        one, rule, many = least_processor_time(
            TURNS, *(check(source, key, *out) for key in ("one", "rule", "many"))
        )
        print(f"{MANY:,} lines, read and written")
        print(f"  one class                            {one:8.2f} s")
        print(f"  lines named by a rule                {rule:8.2f} s   {rule / one:.3f} × of it (1.10)")
        print(f"  500 rules of three columns           {many:8.2f} s   {many / one:.3f} × of it (1.50)")
        source.unlink()

        source, page = book(folder, REPORTED), folder / "report.html"
        by = ("--segment", "category", "--by", "customer")
        plain, written, reported = least_processor_time(
            TURNS,
            check(source, "many", *by),
            check(source, "many", *by, *out),
            check(source, "many", *by, "--report", str(page), "--across", "region"),
        )
        size, adds = page.stat().st_size / 1e6, reported - plain
        print(f"{REPORTED:,} lines under 500 rules")
        print(f"  check that writes its lines          {written:8.2f} s")
        print(f"  report of {size:4.2f} MB adds               {adds:8.2f} s   {adds / written:.3f} × (0.25)")
        print(f"  check that writes nothing            {plain:8.2f} s   {adds / plain:.3f} × of it")


if __name__ == "__main__":
    main()
