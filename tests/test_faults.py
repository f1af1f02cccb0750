"""The faults that a command plants can be planted: their lines stand in the code, and their tests exist."""

import pytest

from tests.faults import ROOT, Fault, faults


@pytest.mark.parametrize("fault", list(faults(())), ids=lambda fault: fault.name)
def test_the_right_lines_stand_once(fault: Fault):
    assert 1 == (ROOT / fault.file).read_text("utf-8").count(fault.right)
    for test in fault.tests:
        assert (ROOT / test.partition("::")[0]).exists(), test
