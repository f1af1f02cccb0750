"""walkaway_check on a million rows: against the barest NumPy expression, and against a Python loop.

python benchmarks/column.py
"""

import numpy as np
from measuring import best_of, table

from walkaway_xl import walkaway_check

ROWS = 1_000_000
LOOPED = 100_000  # the loop is timed on a tenth of the rows


def barest(offer: np.ndarray, walkaway: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The same codes for a buyer, without tolerance, order checks, blanks or reasons."""
    return np.select(
        [offer > walkaway, offer <= target, walkaway - offer <= 0.1 * (walkaway - target)], [-1, 2, 0], 1
    )


def check_one(offer: float, walkaway: float, side: str, target: float) -> int:
    """One row in plain Python, with the same tolerance and the same order check."""
    sign = {"seller": 1, "buyer": -1}[side]
    if sign * (target - walkaway) <= 1e-9 * max(1.0, abs(target), abs(walkaway)):
        raise ValueError("target is better than walkaway")
    gap, tie = sign * (offer - walkaway), 1e-9 * max(1.0, abs(offer), abs(walkaway))
    if gap < -tie:
        return -1
    if sign * (offer - target) >= -1e-9 * max(1.0, abs(offer), abs(target)):
        return 2
    return 0 if gap <= 0.1 * abs(target - walkaway) + tie else 1


def main() -> None:
    """Time the three in one run."""
    rng = np.random.default_rng(0)
    offer = rng.uniform(5000, 8000, ROWS)
    walkaway, target = np.full(ROWS, 6500.0), rng.uniform(5800, 6200, ROWS)
    codes = walkaway_check(offer, walkaway, "buyer", target)
    assert np.array_equal(codes, barest(offer, walkaway, target))
    some = [column[:LOOPED].tolist() for column in (offer, walkaway, target)]
    assert codes[:LOOPED].tolist() == [check_one(x, w, "buyer", t) for x, w, t in zip(*some, strict=True)]

    ours = best_of(lambda: walkaway_check(offer, walkaway, "buyer", target))
    bare = best_of(lambda: barest(offer, walkaway, target))
    loop = best_of(lambda: [check_one(x, w, "buyer", t) for x, w, t in zip(*some, strict=True)], times=3)
    whole_loop = loop * ROWS / LOOPED
    scalars = best_of(lambda: [walkaway_check(x, 6500.0, "buyer", 6000.0) for x in some[0][:1000]], times=3)
    table(
        f"walkaway_check with target, {ROWS:,} rows",
        [
            ("walkaway_check on columns", ours, 1.0),
            ("barest NumPy expression", bare, ours / bare),
            ("plain Python loop", whole_loop, ours / whole_loop),
            ("walkaway_check called row by row", scalars * ROWS / 1000, ours / (scalars * ROWS / 1000)),
        ],
    )
    print(f"  at most 3 × the barest: {ours / bare:.2f} ×;  at least 100 × a loop: {whole_loop / ours:.0f} ×")


if __name__ == "__main__":
    main()
