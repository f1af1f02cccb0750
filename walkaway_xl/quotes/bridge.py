"""From what a book came to before to what it comes to after: prices, volume, mix, cost, lines lost and new.

The effects are those of sales variances as textbooks of cost accounting have them (Horngren, Datar and Rajan,
Cost Accounting: A Managerial Emphasis, the chapter on sales variances), for lines that both books have:

- price: (price after − price before) · units after, of the list price and of the discount each;
- volume, there the sales-quantity variance: (all units after − all units before) · share of the line in all
  units before · price before;
- mix: all units after · (share of the line in them − its share before) · price before.

For the pocket margin, "price before" is what a unit earned before, and cost and leakage have effects as the
price has. Lines of one book only are lost, or new. Everything is a fraction until it is rounded to
millionths, and then the effects add up to the change.
"""

import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from walkaway_xl.quotes.exact import UNIT, in_millionth_parts


class Sums(NamedTuple):
    """Exact sums of lines that two books share, and of those that one has; in the units of `exact`.

    "crossed" is what the units after would come to at what one came to before.
    """

    units_before: int = 0
    units_after: int = 0
    list_crossed: int = 0
    list_after: int = 0
    revenue_before: int = 0
    revenue_crossed: int = 0
    revenue_after: int = 0
    cost_crossed: int = 0
    cost_after: int = 0
    earned_before: int = 0
    earned_crossed: int = 0
    earned_after: int = 0
    revenue_lost: int = 0
    revenue_new: int = 0
    earned_lost: int = 0
    earned_new: int = 0

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*map(operator.add, self, other))


class Bridge(NamedTuple):
    """What leads from one sum to another, in millionths: the first and all effects add up to the last."""

    before: int
    lost: int
    volume: int
    mix: int
    list_prices: int
    discounts: int
    leakage: int
    cost: int
    new: int
    after: int

    @property
    def price(self) -> int:
        """List prices and discounts together."""
        return self.list_prices + self.discounts


class Bridges(NamedTuple):
    """The bridge of the revenue, and that of the pocket margin."""

    revenue: Bridge
    earned: Bridge


def bridges(parts: Mapping[str, Sums]) -> tuple[Bridges, dict[str, Bridges]]:
    """The bridges of a whole, and of its parts, which add up to them effect by effect.

    Parameters
    ----------
    parts : mapping
        Sums by the name of a part; the volume of each grows as that of the whole does.
    """
    whole = Sums()
    for part in parts.values():
        whole = whole.plus(part)
    growth = Fraction(whole.units_after - whole.units_before, whole.units_before or 1)
    names, sums = list(parts), list(parts.values())
    revenue = _of_revenue(sums, growth)
    earned = _of_margin(sums, growth, revenue)
    by_name = {
        name: Bridges(Bridge(*first), Bridge(*second))
        for name, first, second in zip(
            names, zip(*revenue, strict=True), zip(*earned, strict=True), strict=True
        )
    }
    return Bridges(Bridge(*map(sum, revenue)), Bridge(*map(sum, earned))), by_name


Columns = list[list[int]]  # an effect each, and in it a number for each part


def _millionths(amounts: list[int]) -> list[int]:
    return in_millionth_parts([Fraction(units, UNIT) for units in amounts])


def _growing(amounts: list[int], growth: Fraction) -> list[int]:
    return in_millionth_parts([Fraction(units, UNIT) * growth for units in amounts])


def _of_revenue(sums: list[Sums], growth: Fraction) -> Columns:
    before = _millionths([part.revenue_before + part.revenue_lost for part in sums])
    lost = [-amount for amount in _millionths([part.revenue_lost for part in sums])]
    volume = _growing([part.revenue_before for part in sums], growth)
    lists = _millionths([part.list_after - part.list_crossed for part in sums])
    price = _millionths([part.revenue_after - part.revenue_crossed for part in sums])
    new = _millionths([part.revenue_new for part in sums])
    after = _millionths([part.revenue_after + part.revenue_new for part in sums])
    discounts = [whole - own for whole, own in zip(price, lists, strict=True)]
    none = [0] * len(sums)
    mix = _rest(after, before, lost, volume, price, new)
    return [before, lost, volume, mix, lists, discounts, none, none, new, after]


def _of_margin(sums: list[Sums], growth: Fraction, revenue: Columns) -> Columns:
    before = _millionths([part.earned_before + part.earned_lost for part in sums])
    lost = [-amount for amount in _millionths([part.earned_lost for part in sums])]
    volume = _growing([part.earned_before for part in sums], growth)
    lists, discounts = revenue[4], revenue[5]
    cost = [-amount for amount in _millionths([part.cost_after - part.cost_crossed for part in sums])]
    changed = _millionths([part.earned_after - part.earned_crossed for part in sums])
    leakage = _rest(changed, lists, discounts, cost)
    new = _millionths([part.earned_new for part in sums])
    after = _millionths([part.earned_after + part.earned_new for part in sums])
    mix = _rest(after, before, lost, volume, changed, new)
    return [before, lost, volume, mix, lists, discounts, leakage, cost, new, after]


def _rest(whole: list[int], *parts: list[int]) -> list[int]:
    """What is left of some numbers."""
    return [amount - sum(taken) for amount, taken in zip(whole, zip(*parts, strict=True), strict=True)]
