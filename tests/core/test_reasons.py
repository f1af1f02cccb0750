"""Reasons inside NaN have the same numbers in every process and thread; what is masked is missing."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

from walkaway_xl import (
    DiscountStatus,
    discount_check,
    discount_max,
    price_floor,
    reason_of,
    walkaway_check,
    walkaway_score,
    words,
)
from walkaway_xl.core.errors import NO_STATUS, marker, number_of, reason_by_number, reasons

REFUSED = (
    (price_floor, (-1.0, 0.2)),
    (price_floor, (68.0, 1.5)),
    (price_floor, (float("inf"), 0.2)),
    (walkaway_score, (108.0, 100.0, 100.0)),
    (discount_max, (0.0, 68.0, 0.2)),
    (discount_max, (100.0, -68.0, 0.2)),
)
IN_ANOTHER_ORDER = """
import pickle, sys
from walkaway_xl import *
from tests.core.test_reasons import REFUSED
again = [(place, call([arguments[0]], *arguments[1:])) for place, (call, arguments) in
         sorted(enumerate(REFUSED), reverse=True)]
codes = discount_check([100.0, -1.0, float("inf")], 0.1, 68.0, 0.2)
sys.stdout.buffer.write(pickle.dumps((again, codes)))
"""


def test_another_process_names_the_same_reasons():
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_ORDER], stdout=subprocess.PIPE, check=True, timeout=120
    )
    answers, codes = pickle.loads(done.stdout)
    assert len(REFUSED) == len(answers)
    for place, theirs in answers:
        call, arguments = REFUSED[place]
        ours = call([arguments[0]], *arguments[1:])
        assert ours.tobytes() == theirs.tobytes()
        assert reason_of(ours[0]) == reason_of(theirs[0]) is not None
    ours = discount_check([100.0, -1.0, float("inf")], 0.1, 68.0, 0.2)
    assert codes.dtype == np.int16
    assert words(ours, of=DiscountStatus).tolist() == words(codes, of=DiscountStatus).tolist()


def test_the_table_has_room_among_the_codes_and_no_reason_twice():
    listed = reasons().listed
    assert len(listed) == len(set(listed)) > 400
    assert NO_STATUS - len(listed) > np.iinfo(np.int16).min
    assert listed == [reason_by_number(number_of(reason)) for reason in listed]
    assert listed == [reason_of(float(marker(reason))) for reason in listed]


THREADS = """
import threading, time
from walkaway_xl.core import errors
from walkaway_xl.core.errors import Reason, Unanswered
start, wrong = threading.Barrier(8), []

class Slow(list):  # in which another thread gets its turn, as without the interpreter's lock at any time
    def append(self, item):
        super().append(item)
        time.sleep(0.0005)

errors.reasons().listed = Slow(errors.reasons().listed)

def ask(own):
    start.wait()
    mine = [Reason(Unanswered.NO_ANSWER, f"argument {number}", "be asked for") for number in range(40)]
    for reason in mine[own:] + mine[:own]:  # all ask for the same ones, each in its own order
        if errors.reason_of(float(errors.marker(reason))) != reason:
            wrong.append(reason)

threads = [threading.Thread(target=ask, args=(own,)) for own in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(wrong), len(errors.reasons().listed) - errors.reasons().declared)
"""


def test_threads_agree_even_on_reasons_that_no_table_has():
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=120)
    assert "0 40" == done.stdout.strip(), done.stderr


MASKED = np.ma.masked_array([68.0, 1e30, 68.0], [False, True, False])


@pytest.mark.parametrize(
    "masked",
    [
        MASKED,
        np.ma.masked_array([68, 7, 68], [False, True, False]),
        np.ma.masked_array([68.0, 7, 68], [False, True, False], dtype=object),
        np.ma.masked_array([68.0, 7.0, 68.0], [False, True, False], dtype=np.float32),
    ],
    ids=lambda masked: str(masked.dtype),
)
def test_what_is_masked_is_missing(masked):
    blank = np.array([68.0, np.nan, 68.0])
    assert np.array_equal(price_floor(blank, 0.2), price_floor(masked, 0.2), equal_nan=True)
    assert np.isnan(price_floor(masked, 0.2)[1])
    assert price_floor(100.0, 0.2, masked)[1] == price_floor(100.0, 0.2)  # an optional one has its default
    assert not np.ma.isMaskedArray(price_floor(masked, 0.2))


def test_a_masked_side_or_a_masked_single_value_is_missing():
    sides = np.ma.masked_array(["seller", "no such side", "buyer"], [False, True, False])
    codes = walkaway_check([108.0] * 3, 100.0, sides)
    assert [True, False, True] == (codes > NO_STATUS).tolist()
    assert np.isnan(price_floor(np.ma.masked, 0.2))
    assert 85 == price_floor(np.ma.masked_array(68.0), 0.2)
