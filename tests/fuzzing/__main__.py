"""Damage files and put them to the commands: `python -m tests.fuzzing [--seeds N] [--start S] [FILE …]`.

Every fault is printed with its seed, and its file is kept. A run that takes all memory or hangs is ended, and
is a fault as well.
"""

import argparse
import os
import resource
import signal
import sys
from collections import Counter
from pathlib import Path

from tests.fuzzing import cases, verdicts
from tests.fuzzing.subjects import SUBJECTS

AT_ONCE = 200  # seeds in one process
MOST_SECONDS, MOST_WAITING, MOST_MEMORY = 60, 600, 4 << 30  # of the processor, of the clock, bytes


def kept_name(case: cases.Case, seed: int) -> str:
    """What the file of a case is called in the corpus: the command first, then the file."""
    command = "_".join(case.words[:1] if case.words[0] != "policy" else case.words[:2])
    return f"{command}-{seed}-{case.subject.name}"


def run(seeds: range, names: list[str], folder: Path, words: int) -> None:
    """Try some seeds, and say over a pipe which one begins and how it ended."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    for seed in seeds:
        case = cases.case(seed, names)
        os.write(words, f"begin {seed}: {case}\n".encode())
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        signal.alarm(MOST_WAITING)
        fault = verdicts.fault(case)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        if fault:
            (folder / kept_name(case, seed)).write_bytes(case.data)
            print(f"\n--- {seed}: {case}\n{fault}", flush=True)
        os.write(words, f"end {case.subject.name} {'fault' if fault else 'well'}\n".encode())


def in_a_process(seeds: range, names: list[str], folder: Path) -> tuple[Counter[str], int | None]:
    """Try some seeds in a process of their own; the counts, and the seed that ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        run(seeds, names, folder, writing)
        os._exit(0)
    os.close(writing)
    counts, last = Counter[str](), ""
    with os.fdopen(reading) as words:
        for line in words:
            kind, _, rest = line.strip().partition(" ")
            last = rest if kind == "begin" else ""
            if kind == "end":
                counts[rest] += 1
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code and not last:
        raise RuntimeError(f"the process of {seeds} ended with {code}")
    if last:
        print(f"\n--- {last}\nthe process ended with {code}", flush=True)
    return counts, int(last.partition(":")[0]) if last else None


def main() -> int:
    """Try as many seeds as were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=1000, help="how many files (1000)")
    parser.add_argument("--start", type=int, default=0, help="the first seed (0)")
    parser.add_argument(
        "--keep", type=Path, default=Path(__file__).parent / "failed", help="where files are kept"
    )
    parser.add_argument("names", nargs="*", metavar="FILE", help=f"only these: {', '.join(SUBJECTS)}")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    counts, at, end = Counter[str](), options.start, options.start + options.seeds
    while at < end:
        more, ended = in_a_process(range(at, min(at + AT_ONCE, end)), options.names, options.keep)
        counts += more
        at = min(at + AT_ONCE, end)
        if ended is not None:
            counts["ended fault"] += 1
            at = ended + 1
        print(
            f"{at - options.start} of {options.seeds}: {dict(sorted(counts.items()))}",
            file=sys.stderr,
            flush=True,
        )
    faults = sum(count for name, count in counts.items() if name.endswith("fault"))
    print(f"{counts.total()} files, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
