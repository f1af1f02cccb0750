"""A column of 100,000 rows in and out of Excel, against the same function written the usual way.

Both go through xlwings' own ``call_udf``; only Windows and Excel are stood in for, so that the figures are
those of Python: COM comes on top of both alike. The usual way is xlwings' default conversion, which hands
over lists, and a loop over them.

python benchmarks/excel_column.py
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from measuring import best_of, table

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.hosts.stand_ins.windows import Cells, excel_on_windows

ROWS = 100_000
LIMIT = 0.4  # of the time of the usual way

OURS = "walkaway_xl.hosts.excel_com"
USUAL = __name__  # where call_udf finds the functions that main() puts here


def usual_functions(xlwings: ModuleType) -> dict[str, Callable[..., Any]]:
    """The two functions as a course on xlwings would write them."""

    @xlwings.func
    @xlwings.arg("offers", ndim=1)
    def usual_check(offers, walkaway, side, target):  # type: ignore[no-untyped-def]
        sign = 1 if side == "seller" else -1
        buffer = abs(target - walkaway) / 10
        shown = []
        for offer in offers:
            ahead = sign * (offer - walkaway)
            if ahead < 0:
                shown.append(["WALK AWAY"])
            elif sign * (offer - target) >= 0:
                shown.append(["TARGET MET"])
            elif ahead < buffer:
                shown.append(["TOO CLOSE"])
            else:
                shown.append(["ACCEPTABLE"])
        return shown

    @xlwings.func
    @xlwings.arg("list_prices", ndim=1)
    @xlwings.arg("costs", ndim=1)
    @xlwings.arg("min_margins", ndim=1)
    def usual_discount(list_prices, costs, min_margins):  # type: ignore[no-untyped-def]
        return [
            [1 - cost / (1 - min_margin) / list_price]
            for list_price, cost, min_margin in zip(list_prices, costs, min_margins, strict=True)
        ]

    return {"usual_check": usual_check, "usual_discount": usual_discount}


def column(lowest: float, highest: float) -> Cells:
    """A column as Excel hands it over."""
    draw = Random(2016).uniform
    return Cells(tuple((draw(lowest, highest),) for _ in range(ROWS)))


def same(ours: list[list[Any]], usual: list[list[Any]]) -> bool:
    """Whether both ways show the same."""
    pairs = [(a[0], b[0]) for a, b in zip(ours, usual, strict=True)]
    return all(a == b or (not isinstance(a, str) and abs(a - b) < 1e-12) for a, b in pairs)


def main() -> int:
    """Time both ways in one run; 1 if ours takes more than the limit."""
    cases = (
        ("WALKAWAY_CHECK", "usual_check", (column(5000, 7000), 6500.0, "buyer", 6000.0)),
        ("DISCOUNT_MAX", "usual_discount", (column(100, 200), column(40, 90), column(0.1, 0.4))),
    )
    ratios = []
    with excel_on_windows() as xlwings:
        globals().update(usual_functions(xlwings))
        call = xlwings.udfs.call_udf
        for name, usual_name, arguments in cases:
            ours, usual = partial(call, OURS, name, arguments), partial(call, USUAL, usual_name, arguments)
            assert same(ours(), usual()), f"{name} differs from {usual_name}"
            ours_seconds, usual_seconds = best_of(ours), best_of(usual)
            ratios.append(ours_seconds / usual_seconds)
            title = f"{name}, {ROWS:,} rows through call_udf: {ours_seconds * 1e3:,.1f} ms"
            table(title, [("xlwings' lists and a Python loop", usual_seconds, ratios[-1])])
    print(f"at most {LIMIT} is wanted")
    return int(max(ratios) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
