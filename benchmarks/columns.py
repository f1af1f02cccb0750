"""Ten functions that a sheet calls by the column, on a million rows, against the barest NumPy of the answer.

python benchmarks/columns.py

The barest expressions leave out what the functions promise: reasons for missing answers, blanks, infinities,
domain checks and the tolerance of comparisons.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from measuring import best_of, table

import walkaway_xl as wx

ROWS = 1_000_000
MOST = 3  # times the barest expression

Case = tuple[Callable[[], Any], Callable[[], Any]]


def cases() -> dict[str, Case]:
    """Name → the function on columns, and the barest expression of the same answer."""
    rng = np.random.default_rng(0)

    def column(low: float, high: float) -> np.ndarray:
        return rng.uniform(low, high, ROWS)

    price, cost, margin, leakage = column(100, 200), column(50, 120), column(0.05, 0.3), column(0, 0.1)
    discount, walkaway, target = column(0, 0.4), column(80, 120), column(130, 160)
    chance, fallback = column(0, 1), column(0, 50)
    quantity = np.ceil(column(0, 500))
    breaks, tiers = np.array([1.0, 10, 100, 250]), np.array([0.0, 0.05, 0.1, 0.15])
    limits, signers = np.array([0.1, 0.2, 0.3, 1]), np.array(["Rep", "Manager", "Director", "VP"], object)

    def statuses() -> np.ndarray:
        deepest = 1 - cost / ((1 - np.array([[0.2 + 0.02], [0.2], [0.0]])) * price)
        return np.select(list((discount > deepest)[::-1]), [-2, -1, 0], 1)

    def tier() -> np.ndarray:
        return np.concatenate([[0.0], tiers])[np.searchsorted(breaks, quantity, side="right")]

    def results() -> np.ndarray:
        gap = price - walkaway
        thin = gap <= 0.1 * (target - walkaway)
        return np.select(
            [gap < 0, price >= target, thin],
            [wx.DealStatus.BAD_DEAL, wx.DealStatus.STRONG_DEAL, wx.DealStatus.THIN_DEAL],
            wx.DealStatus.GOOD_DEAL,
        )

    return {
        "PRICE_FLOOR": (
            lambda: wx.price_floor(cost, margin, leakage),
            lambda: cost / (1 - margin - leakage),
        ),
        "DISCOUNT_MAX": (
            lambda: wx.discount_max(price, cost, margin, leakage),
            lambda: 1 - cost / (1 - margin - leakage) / price,
        ),
        "DISCOUNT_CHECK": (lambda: wx.discount_check(price, discount, cost, 0.2), statuses),
        "WALKAWAY_CHECK": (
            lambda: wx.walkaway_check(price, walkaway, "seller", target),
            lambda: np.select(
                [price < walkaway, price >= target, price - walkaway <= 0.1 * (target - walkaway)],
                [-1, 2, 0],
                1,
            ),
        ),
        "WALKAWAY_SCORE": (
            lambda: wx.walkaway_score(price, walkaway, target),
            lambda: (price - walkaway) / (target - walkaway),
        ),
        "BATNA_VALUE": (
            lambda: wx.batna_value(price, chance, fallback),
            lambda: chance * price + (1 - chance) * fallback,
        ),
        "DISCOUNT_TIER": (lambda: wx.discount_tier(quantity, breaks, tiers), tier),
        "REBATE_VALUE": (
            lambda: wx.rebate_value(quantity, breaks, tiers),
            lambda: quantity * tier(),
        ),
        "DEAL_SIGNER": (
            lambda: wx.deal_signer(discount, limits, signers.tolist()),
            lambda: signers[np.searchsorted(limits, discount)],
        ),
        "DEAL_RESULT": (lambda: wx.deal_result("deal", price, walkaway, "seller", target), results),
    }


def lone_operations() -> dict[str, Case]:
    """The least there is to do in a cell: to look for infinities costs more than the answer."""
    rng = np.random.default_rng(1)
    price, walkaway, days = rng.uniform(100, 200, ROWS), rng.uniform(80, 120, ROWS), rng.uniform(0, 90, ROWS)
    return {
        "WALKAWAY_GAP": (lambda: wx.walkaway_gap(price, walkaway, "seller"), lambda: price - walkaway),
        "TERMS_COST": (lambda: wx.terms_cost(days, 0.09), lambda: 0.09 * days / 365),
    }


def timed(pairs: dict[str, Case]) -> list[tuple[str, float, float]]:
    """Name, seconds of the barest expression, and ours as a multiple of it; both must answer the same."""
    rows = []
    for name, (ours, barest) in pairs.items():
        mine, bare = ours(), barest()
        same = np.array_equal(mine, bare) if mine.dtype.kind != "f" else np.allclose(mine, bare, rtol=1e-12)
        assert same, name
        seconds, least = best_of(ours, 40), best_of(barest, 40)
        rows.append((name, least, seconds / least))
    return rows


def main() -> None:
    """Time each pair in one run."""
    rows = timed(cases())
    table(f"{ROWS:,} rows: milliseconds of the barest expression", rows)
    print(f"  at most {MOST} × the barest: the most is {max(ratio for _, _, ratio in rows):.2f} ×")
    table("for comparison, a subtraction or a product alone", timed(lone_operations()))


if __name__ == "__main__":
    main()
