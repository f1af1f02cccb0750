"""Of twenty runs at once one writes; and what a kill leaves is old or new, once the next run has been."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.races import RUNS

ROOT = Path(__file__).parents[2]
# Each with its own way to write; the command knows them all.
FEW = ("new", "check .csv", "formulas --into")


@pytest.fixture(scope="module")
def results():
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.races", *FEW],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert 0 == done.returncode, done.stderr
    return {result.pop("command"): result for result in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", FEW)
def test_one_of_many_runs_at_once_writes_and_the_others_say_why_not(name, results):
    assert {"wrote": 1, "refused": RUNS - 1} == results[name]["race"]


@pytest.mark.parametrize("name", FEW)
def test_a_kill_leaves_the_old_files_or_the_new_ones(name, results):
    assert results[name]["kills"]
    assert set(results[name]["kills"]) <= {"old", "new"}
