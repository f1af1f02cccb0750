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
    print(f"{'exit':>4} {'s':>6} {'MB':>5}  {'file':<52}  {'command':<42}  what is said")
    for name, case in chosen.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            case.write(folder)
            for line in case.commands:
                typed = line.format(file=case.file)
                runs[f"{name}: {typed}"] = done = run(typed, folder)
                last = (done.err.strip().splitlines() or ["-"])[-1].removeprefix("walkaway-xl: ")
                faults = f"FAULT: {', '.join(done.faults)}  " if done.faults else ""
                print(
                    f"{done.code:>4} {done.seconds:6.1f} {done.megabytes:5.0f}  {name:<52}  {typed:<42}  "
                    f"{faults}{last}"
                )
                sys.stdout.flush()
    faulty = sum(bool(done.faults) for done in runs.values())
    print(f"{len(chosen)} files, {len(runs)} runs, {faulty} of them with faults")
    for unit, amounts in (
        ("MB", {asked: done.megabytes for asked, done in runs.items()}),
        ("s", {asked: done.seconds for asked, done in runs.items()}),
    ):
        most = max(amounts, key=amounts.__getitem__)
        print(f"at most {amounts[most]:,.1f} {unit}: {most}")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
