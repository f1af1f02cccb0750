"""What the default run leaves to the thorough one: cases that differ little and take long."""

from collections.abc import Sequence
from typing import Any

import pytest


def one_in(count: int, cases: Sequence[Any], *, of_several: bool = False) -> list[Any]:
    """Cases of a test, of which the default run takes the first and each so many after it.

    All of them are taken with --hypothesis-profile thorough.

    Parameters
    ----------
    count : int
        One in how many is taken.
    cases : sequence
        Values of the parameter, or of several parameters.
    of_several : bool
        Whether a case has a value for each of several parameters.
    """
    return [
        case
        if place % count == 0
        else pytest.param(*(case if of_several else (case,)), marks=pytest.mark.thorough)
        for place, case in enumerate(cases)
    ]
