"""Lines and the exact sums of their money."""

import operator
from typing import Any, NamedTuple

from walkaway_xl.quotes.exact import MILLION, as_float


class Amount(NamedTuple):
    """Lines, and the exact sums of their money in the units of `exact`."""

    lines: int = 0
    list_value: int = 0
    revenue: int = 0
    earned: int = 0
    shortfall: int = 0  # to the floor, of the lines below it; in millionths

    def __add__(self, other: "Amount") -> "Amount":  # type: ignore[override]
        return Amount(*map(operator.add, self, other))

    @property
    def discount(self) -> float | None:
        """Blended discount: what is given away of the list value."""
        return (self.list_value - self.revenue) / self.list_value if self.list_value else None

    @property
    def margin(self) -> float | None:
        """What is left of the revenue after leakage and cost."""
        return self.earned / self.revenue if self.revenue else None

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": self.lines,
            "list_value": as_float(self.list_value),
            "revenue": as_float(self.revenue),
            "blended_discount": self.discount,
            "margin": self.margin,
            "shortfall": self.shortfall / MILLION,
        }
