"""What the benchmarks share: the best of several runs, and a table of ratios."""

import os
import subprocess
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


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of a command, and the most memory it held at once, in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: lines below floor
        raise RuntimeError(f"{' '.join(command)} failed")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024
