"""What the benchmarks share: the best of several runs, and a table of ratios."""

import time
from collections.abc import Callable, Sequence


def best_of(job: Callable[[], object], times: int = 9) -> float:
    """Seconds of the quickest of several runs: the one least disturbed by the rest of the machine."""
    quickest = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        job()
        quickest = min(quickest, time.perf_counter() - begin)
    return quickest


def table(title: str, rows: Sequence[tuple[str, float, float]]) -> None:
    """Print name, milliseconds, and ours as a multiple of it."""
    print(title)
    for name, seconds, ratio in rows:
        print(f"  {name:<36}{seconds * 1e3:>12,.1f} ms   ours is {ratio:.4g} × of it")
