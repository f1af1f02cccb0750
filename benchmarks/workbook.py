"""`walkaway-xl calc` on 20,000 lines with five of our formulas a line: seconds, memory, and where they go.

python benchmarks/workbook.py
"""

import cProfile
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

LINES = 20_000
FORMULAS = (
    "=PRICE_FLOOR(B{r},0.2,0.05)",
    "=DISCOUNT_MAX(A{r},B{r},0.2,0.05)",
    "=DISCOUNT_CHECK(A{r},C{r},B{r},0.2,0.05)",
    '=WALKAWAY_CHECK(A{r}*(1-C{r}),D{r},"seller",A{r})',
    "=DEAL_SIGNER(C{r},Approval!$A$1:$A$4,Approval!$B$1:$B$4)",
)


def write(path: Path) -> None:
    """A quote book as a person would keep it: a line a row, the formulas filled down."""
    book = openpyxl.Workbook()
    lines, approval = book.active, book.create_sheet("Approval")
    for tier in ((0.1, "Rep"), (0.2, "Manager"), (0.3, "Director"), (1, "VP")):
        approval.append(tier)
    for r in range(1, LINES + 1):
        lines.append(
            [100 + r % 50, 55 + r % 17, (r % 40) / 100, 80, *(formula.format(r=r) for formula in FORMULAS)]
        )
    book.save(path)


def where_it_goes(path: Path) -> None:
    """Own time by module, of the same job in this process."""
    from walkaway_xl.hosts import embedded

    data = path.read_bytes()
    profile = cProfile.Profile()
    profile.runcall(embedded.calculate, data)
    own: dict[str, float] = {}
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():
        parts = Path(file).parts
        place = next((part for part in ("numpy", "formualizer", "xml", "zipfile.py") if part in parts), None)
        if "walkaway_xl" in parts:
            place = "/".join(parts[parts.index("walkaway_xl") :][-2:])
        elif "formualizer" in name:
            place = "formualizer"
        own[place or "Python"] = own.get(place or "Python", 0.0) + seconds
    whole = sum(own.values())
    print("  where it goes (profiled: the profiler itself slows Python code down)")
    for place, seconds in sorted(own.items(), key=lambda item: -item[1])[:10]:
        print(f"    {place:<34}{seconds:>8.1f} s  {seconds / whole:>5.0%}")


def main() -> None:
    """Calculate once in a process of its own, then once under the profiler."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quotes.xlsx"
        write(path)
        size = path.stat().st_size
        command = [
            sys.executable,
            "-m",
            "walkaway_xl",
            "calc",
            str(path),
            "--out",
            str(path.with_stem("done")),
        ]
        begin = time.perf_counter()
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"walkaway-xl calc, {LINES:,} lines × {len(FORMULAS)} formulas, {size / 2**20:.1f} MiB")
        each = seconds / LINES / len(FORMULAS) * 1e6
        print(f"  {seconds:.1f} s, peak memory {peak:,.0f} MiB, {each:.0f} µs a formula")
        print("  " + told.splitlines()[0])
        where_it_goes(path)


if __name__ == "__main__":
    main()
