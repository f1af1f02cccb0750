"""The installation on Windows as Wine has it, with its registry, a Python and xlwings' own COM server."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hosts.stand_ins.wine import IN_WINE, python
from tests.hosts.wine import build

PROGRAM = Path(build.__file__).with_name("installation.py")
DIALOG = PROGRAM.with_name("dialog.py")
SOLVER = 'OPEN: "C:\\Solver.xlam"'

pytestmark = IN_WINE


def test_the_addin_is_installed_answers_and_leaves_nothing_behind():
    command = python(build.windows(PROGRAM))
    done = subprocess.run(command, env=build.environment(), capture_output=True, text=True, timeout=300)
    before, at_first, installed, then, at_last, damaged, removed, after = json.loads(done.stdout)

    assert [SOLVER] == before == after
    assert ["TROUBLE", 0, "ANSWERS", "TROUBLE", 0] == [at_first, installed, at_last, damaged, removed]
    assert [SOLVER, "walkaway_xl.xlam"] == then


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="a dialog needs a screen: apt install xvfb")
def test_a_dialog_is_read_and_answered_with_cancel():
    """What the hour in Excel does while nobody sits before it, with a real dialog of Windows."""
    screen = ("xvfb-run", "-a", "-s", "-ac -screen 0 800x600x24")
    command = [*screen, "env", *python(build.windows(DIALOG))]
    environment = {**build.environment(), "PYTHONPATH": build.windows(build.ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)

    assert [["Microsoft Excel We found a problem with some content."], True] == json.loads(done.stdout)
