"""Runs every hostile file through every command that reads it: `python -m tests.hostile [WORDS …]`.

Counts what ends otherwise than it may, and says the most memory and time. With words only the files whose
names hold one of them.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.hostile.corpus import CASES

MOST_MB, MOST_SECONDS = 500, 10
PATIENCE = 120  # seconds, for what does not end
ROOF = 16 << 30  # bytes of addresses; the machine is needed afterwards

LAUNCHER = """
import json, os, resource, subprocess, sys
try:
    done = subprocess.run(
        sys.argv[2:], capture_output=True, timeout=float(sys.argv[1]), stdin=subprocess.DEVNULL
    )
    code, out, err = done.returncode, done.stdout, done.stderr
except subprocess.TimeoutExpired as late:
    code, out, err = None, b"", late.stderr or b""
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = used.ru_utime + used.ru_stime
print(json.dumps([code, seconds, used.ru_maxrss / 1024, out.decode(errors="replace")[-2000:],
                  err.decode(errors="replace")[-5000:]]))
"""


class Run(NamedTuple):
    """How a command ended."""

    code: int | None
    seconds: float  # of processor time: others may use the machine, too
    megabytes: float
    out: str
    err: str

    def faults(self) -> list[str]:
        """What is not as it should be."""
        lines = self.err.strip().splitlines()
        faults = []
        if self.code not in (0, 1, 2, 3):
            faults.append(f"exit code {self.code}")
        if "Traceback" in self.err or "panicked" in self.err or "should not have happened" in self.err:
            faults.append("a traceback")
        elif self.code == 2 and not self.out.strip() and len(lines) != 1:
            faults.append(f"{len(lines)} lines instead of one")
        if self.megabytes > MOST_MB:
            faults.append(f"{self.megabytes:,.0f} MB")
        if self.seconds > MOST_SECONDS:
            faults.append(f"{self.seconds:,.1f} s")
        return faults


def run(line: str, folder: Path) -> Run:
    """Run a command in a folder, in a process of its own whose memory is measured."""
    command = [sys.executable, "-m", "walkaway_xl", *line.split()]
    launcher = [sys.executable, "-S", "-c", LAUNCHER, str(PATIENCE), *command]
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        launcher,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": root},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ROOF, ROOF)),
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(*json.loads(done.stdout))


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
                faults = ", ".join(done.faults())
                print(f"{done.code} {done.seconds:6.1f} s {done.megabytes:6.0f} MB  {asked}", end="  ")
                print(f"FAULT: {faults}" if faults else "", last[:300], flush=True)
    faults = {asked: done.faults() for asked, done in runs.items() if done.faults()}
    print(f"{len(chosen)} files, {len(runs)} runs, {len(faults)} of them with faults")
    print(f"at most {max(done.megabytes for done in runs.values()):,.0f} MB", end=" and ")
    print(f"{max(done.seconds for done in runs.values()):,.1f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
