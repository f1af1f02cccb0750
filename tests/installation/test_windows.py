"""The installation on Windows as Wine has it, with its registry, a Python and xlwings' own COM server."""

import json
import subprocess
from pathlib import Path

from tests.hosts.stand_ins.wine import IN_WINE, python
from tests.hosts.wine import build

PROGRAM = Path(build.__file__).with_name("installation.py")
SOLVER = 'OPEN: "C:\\Solver.xlam"'

pytestmark = IN_WINE


def test_the_addin_is_installed_answers_and_leaves_nothing_behind():
    command = python(build.windows(PROGRAM))
    done = subprocess.run(command, env=build.environment(), capture_output=True, text=True, timeout=300)
    before, at_first, installed, then, at_last, damaged, removed, after = json.loads(done.stdout)

    assert [SOLVER] == before == after
    assert ["TROUBLE", 0, "ANSWERS", "TROUBLE", 0] == [at_first, installed, at_last, damaged, removed]
    assert [SOLVER, "walkaway_xl.xlam"] == then
