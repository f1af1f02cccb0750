"""List price, discount and cost of one unit, from whatever numbers a line has.

What a line states twice is compared. Two numbers may differ by what rounding explains: half of the last digit
of an amount, at least half a cent, and half of a hundredth of a percent of a share.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.columns import NEEDED, NONE, WAYS

CENT = 0.005
SHARE = 0.00005
MOST_DIGITS = 6  # behind the point, of a price that is not calculated

Numbers = Mapping[str, Floats]

# How each way of `WAYS` calculates.
_HOW: Mapping[tuple[str, ...], Callable[[Numbers], Floats]] = {
    ("list_price", "list_value", "quantity"): lambda n: n["list_value"] / n["quantity"],
    ("list_price", "net_price", "discount"): lambda n: n["net_price"] / (1 - n["discount"]),
    ("list_price", "net_price", "unit_discount"): lambda n: n["net_price"] + n["unit_discount"],
    ("net_price", "net_value", "quantity"): lambda n: n["net_value"] / n["quantity"],
    ("net_price", "list_price", "discount"): lambda n: n["list_price"] * (1 - n["discount"]),
    ("unit_discount", "discount_value", "quantity"): lambda n: n["discount_value"] / n["quantity"],
    ("discount", "unit_discount", "list_price"): lambda n: _share(n["unit_discount"], n["list_price"]),
    ("discount", "net_price", "list_price"): lambda n: _share(
        n["list_price"] - n["net_price"], n["list_price"]
    ),
    ("unit_profit", "profit_value", "quantity"): lambda n: n["profit_value"] / n["quantity"],
    ("cost", "cost_value", "quantity"): lambda n: n["cost_value"] / n["quantity"],
    ("cost", "margin_share", "net_price"): lambda n: n["net_price"] * (1 - n["margin_share"]),
    ("cost", "markup", "net_price"): lambda n: n["net_price"] / (1 + n["markup"]),
    ("cost", "unit_profit", "net_price"): lambda n: n["net_price"] - n["unit_profit"],
}

_OF_PRICE = {
    "list_price",
    "net_price",
    "discount",
    "unit_discount",
    "list_value",
    "net_value",
    "discount_value",
}


class Derived(NamedTuple):
    """The four numbers of each line, and why there are none."""

    numbers: dict[str, Floats]
    faults: dict[int, str]


@np.errstate(all="ignore")
def derived(stated: Numbers) -> Derived:
    """What lines say of one unit.

    Parameters
    ----------
    stated : mapping
        Columns of numbers by what they are, shares as shares, NaN for a blank. Several discounts are one.

    Returns
    -------
    Derived
        List price, discount, cost and quantity; of a line that does not state enough, or contradicts itself,
        the reason.
    """
    lines = len(next(iter(stated.values())))
    numbers = {role: np.full(lines, np.nan) for role in (*NEEDED, *WAYS)} | {
        role: column.copy() for role, column in stated.items()
    }
    for _ in WAYS:  # what follows from what follows
        for role, ways in WAYS.items():
            for way in ways:
                if set(way) <= set(numbers) and np.isnan(numbers[role]).any():
                    follows = _HOW[(role, *way)](numbers)
                    numbers[role] = np.where(np.isnan(numbers[role]), follows, numbers[role])
    four = {role: numbers[role] for role in NEEDED}
    faults = dict(_blanks(stated, four)) | dict(_contradictions(stated, four))
    return Derived(four, faults)


def _share(amount: Floats, whole: Floats) -> Floats:
    # Of a list price of 0 there is no share; the price is what is wrong with such a line.
    return np.where(whole == 0, 0.0, amount / whole)


def _blanks(stated: Numbers, four: Numbers) -> Iterator[tuple[int, str]]:
    """Lines that do not state enough."""
    short = np.isnan(np.stack(list(four.values()))).any(axis=0)
    for place in np.flatnonzero(short).tolist():
        blank = [role for role, column in stated.items() if np.isnan(column[place]) and role != "terms_days"]
        missing = [role for role, column in four.items() if np.isnan(column[place])]
        if blank:
            yield (
                place,
                phrase(
                    "{blank} is blank, so that there is no {missing}",
                    blank=" and ".join(blank),
                    missing=" and no ".join(missing),
                ),
            )
        else:
            yield (
                place,
                phrase(
                    "{missing} does not follow from {stated}",
                    missing=" and ".join(missing),
                    stated=_listed(stated, place),
                ),
            )


def _listed(stated: Numbers, place: int) -> str:
    return ", ".join(f"{role} {_shown(column[place])}" for role, column in stated.items())


def _contradictions(stated: Numbers, four: Numbers) -> Iterator[tuple[int, str]]:
    """Lines of which a column states what the others do not lead to."""
    list_price, discount, cost, quantity = (four[role] for role in NEEDED)
    amount = list_price * discount
    net = list_price - amount
    units = np.abs(quantity)
    # How far off a price of one unit may be because list price and discount are rounded.
    price_error = _rounding("list_price", list_price, stated, units)
    price_error += np.abs(list_price) * (SHARE if "discount" in stated else 0.0)
    cost_error = _rounding("cost", cost, stated, units)
    expected = {
        "list_price": (list_price, price_error),
        "net_price": (net, price_error),
        "unit_discount": (amount, price_error),
        "discount": (discount, price_error / np.abs(list_price) + SHARE),
        "cost": (cost, cost_error),
        "list_value": (list_price * quantity, price_error * units),
        "net_value": (net * quantity, price_error * units),
        "discount_value": (amount * quantity, price_error * units),
        "cost_value": (cost * quantity, cost_error * units),
    }
    for role, (made, error) in expected.items():
        if role not in stated:
            continue
        value = stated[role]
        rest = SHARE if role == "discount" else _half_digit(value)
        apart = np.abs(value - made) > (error + rest) * (1 + 1e-9)
        others = _compared_with(role, stated)
        for place in np.flatnonzero(apart).tolist():
            yield (
                place,
                phrase(
                    (
                        "{role} is {shown}; {others} make it {made}. Correct the line, or "
                        "leave the column out with --column {role}={none}"
                    ),
                    role=role,
                    shown=_shown(value[place]),
                    others=_listed(others, place),
                    made=_shown(made[place]),
                    none=NONE,
                ),
            )


def _compared_with(role: str, stated: Numbers) -> Numbers:
    """What else is stated of the price, or of the cost; the quantity where amounts are of whole lines."""
    of_price = role in _OF_PRICE
    same = [other for other in stated if (other in _OF_PRICE) == of_price and other != "quantity"]
    if any(other.endswith("_value") for other in same):
        same.insert(0, "quantity")
    return {other: stated[other] for other in same if other != role}


def _rounding(role: str, prices: Floats, stated: Numbers, units: Floats) -> Floats:
    """How far off a price of one unit may be; one that was divided has the cent of the whole line."""
    return _half_digit(prices) if role in stated else np.maximum(_half_digit(prices), CENT / units)


def _half_digit(values: Floats) -> Floats:
    """Half of the last digit of amounts, at most half a cent."""
    half = np.full(len(values), CENT)
    for digits in range(3, MOST_DIGITS + 1):
        rounded = np.round(values, digits - 1)
        finer = ~(np.abs(values - rounded) <= 1e-9 * np.maximum(np.abs(values), 1e-3))
        half = np.where(finer, CENT / 10.0 ** (digits - 2), half)
    return half


def _shown(value: float) -> str:
    return f"{value:,.6g}".replace("-", "−") if abs(value) < 1e6 else f"{value:,.2f}".replace("-", "−")
