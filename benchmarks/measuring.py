"""What the benchmarks share: the best of several runs, and a table of ratios."""

import subprocess
import sys
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
    # A process counts what its parent held when it was started, so a small one starts it.
    launcher = (
        "import os, resource, subprocess, sys, time; begin = time.perf_counter(); "
        "code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "print(code, time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.check_output([sys.executable, "-S", "-c", launcher, *command], text=True)
    code, seconds, kilobytes = told.split()
    if code not in ("0", "1"):  # 1: lines below floor
        raise RuntimeError(f"{' '.join(command)} failed")
    return float(seconds), int(kilobytes) / 1024


def least_processor_time(turns: int, *commands: Sequence[str]) -> list[float]:
    """Seconds of processors that each command took, in the program and the system: the least of some turns.

    The commands take turns. A machine that others use, too, disturbs it less than the time that passes.
    """
    launcher = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(code, used.ru_utime + used.ru_stime)"
    )

    def seconds(command: Sequence[str]) -> float:
        told = subprocess.check_output([sys.executable, "-S", "-c", launcher, *command], text=True)
        code, used = told.split()
        if code not in ("0", "1"):  # 1: lines below floor
            raise RuntimeError(f"{' '.join(command)} failed")
        return float(used)

    return [
        min(results) for results in zip(*([seconds(c) for c in commands] for _ in range(turns)), strict=True)
    ]
