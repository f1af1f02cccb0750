"""Faults planted one by one: each must make a test fail, or the tests have lost an eye.

python -m tests.faults           # all of faults.toml, in a copy of the working tree
python -m tests.faults leak day  # those whose names hold one of the words
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = (
    "walkaway_xl",
    "tests",
    "docs",
    "templates",
    "pyproject.toml",
    "setup.py",
    "install.py",
    "requirements",
    "README.md",
)
SECONDS = 600


class Fault(NamedTuple):
    """One wrong line, and the tests that should see it."""

    name: str
    file: str
    right: str
    wrong: str
    tests: list[str]


def faults(words: Sequence[str]) -> Iterator[Fault]:
    """The faults whose names hold one of the words; all of them if there is none."""
    for name, fault in tomllib.loads((ROOT / "tests/faults.toml").read_text("utf-8")).items():
        if not words or any(word in name for word in words):
            yield Fault(name, **fault)


def is_caught(fault: Fault, copy: Path) -> bool:
    """Whether a test fails once the fault is planted in a copy of the project."""
    path = copy / fault.file
    text = path.read_text("utf-8")
    if text.count(fault.right) != 1:
        raise ValueError(f"{fault.name}: {fault.file} must hold the right lines once")
    path.write_text(text.replace(fault.right, fault.wrong), "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *fault.tests]
        result = subprocess.run(
            command,
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    finally:
        path.write_text(text, "utf-8")
    if result.returncode not in (0, 1):  # no test ran, or none could be collected
        raise ValueError(f"{fault.name}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.returncode == 1


def main(words: Sequence[str]) -> int:
    """Plant each fault; how many are missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        for fault in faults(words):
            try:
                seen = "caught" if is_caught(fault, copy) else "MISSED"
            except subprocess.TimeoutExpired:
                seen = "LATE  "  # nobody knows; a machine with less to do says it
            missed += seen != "caught"
            print(f"{seen}  {fault.name}", flush=True)
    print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
