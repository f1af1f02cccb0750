"""Runs every hostile file through every command that reads it: `python -m tests.hostile [WORDS …]`.

Counts what ends otherwise than it may, and says the most memory and time. With words only the files whose
names hold one of them.
"""

import sys
import tempfile
from pathlib import Path

from tests.hostile.corpus import CASES
from tests.hostile.running import Run, run


def main(words: list[str]) -> int:
    """Run them all, and count."""
    chosen = {name: case for name, case in CASES.items() if not words or any(word in name for word in words)}
    runs: dict[str, Run] = {}
    for name, case in chosen.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            case.write(folder)
            for line in case.commands:
                asked = f"{name}: {line.format(file=case.file)}"
                runs[asked] = done = run(line.format(file=case.file), folder)
                last = (done.err.strip().splitlines() or ["-"])[-1]
                faults = f"FAULT: {', '.join(done.faults)}  " if done.faults else ""
                print(f"{done.code} {done.seconds:6.1f} s {done.megabytes:6.0f} MB  {asked}  {faults}{last}")
                sys.stdout.flush()
    faulty = sum(bool(done.faults) for done in runs.values())
    print(f"{len(chosen)} files, {len(runs)} runs, {faulty} of them with faults")
    print(f"at most {max(done.megabytes for done in runs.values()):,.0f} MB", end=" and ")
    print(f"{max(done.seconds for done in runs.values()):,.1f} s")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
