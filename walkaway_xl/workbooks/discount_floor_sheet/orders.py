"""Order lines seen as one quote: each discount that was given stands as a requested one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from walkaway_xl.examples import OrderLine
from walkaway_xl.policy import EXAMPLE, Policy
from walkaway_xl.workbooks.deal_file import named
from walkaway_xl.workbooks.discount_floor_sheet import policy_sheet, quote_lists
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import REQUESTS

Facts = Mapping[str, Any]


def deal_of(orders: Sequence[OrderLine]) -> dict[str, Any]:
    """The deal of a quote with these lines, under the policy of the example."""
    first_day, last_day = min(line.date for line in orders), max(line.date for line in orders)
    lines = [facts_of(line) for line in orders]
    return named(
        {
            "number": f"Q-{last_day.year + 1}-001",
            "customer": f"Orders of {first_day.year}–{last_day.year}, seen as one quote",
            "currency": "USD",
            "prepared_by": "Deal desk",
            "as_of": last_day,
            "valid_until": date(last_day.year + 1, 1, 31),
            **policy_sheet.facts_of(EXAMPLE),
            "lines": lines,
            "exceptions": approvals(lines, last_day),
        }
    )


def facts_of(order: OrderLine) -> dict[str, Any]:
    """An order line as a line of the quote."""
    return {
        "order": order.order,
        "description": order.product,
        "product_class": order.category,
        "quantity": order.quantity,
        "list_price": order.list_price,
        "cost": order.cost,
        **({"extra1": order.discount} if order.discount else {}),
        "cost_date": order.date,
    }


def fingerprint(line: Facts, rules: Policy) -> int:
    """The number that Quote shows for a line; an approval holds for as long as it stays the same."""
    margins = {str(entry.name).casefold(): entry.min_margin for entry in rules.classes}
    shares = ("tier", *(f"extra{number}" for number in range(1, REQUESTS + 1)))
    typed = (
        *(line.get(key) for key in ("quantity", "list_price", "cost", *shares)),
        line.get("terms_days", rules.terms_days),
        margins[line["product_class"].casefold()],
    )
    weighted = sum(
        (value or 0) * weight for value, (_, weight) in zip(typed, quote_lists.WEIGHTS, strict=True)
    )
    return round(quote_lists.SCALE * weighted) % quote_lists.MODULUS


def approvals(lines: Sequence[Facts], as_of: date) -> list[dict[str, Any]]:
    """Approvals for the first three lines with 30 % off: one that has expired and two that hold."""
    deep = [number for number, line in enumerate(lines, 1) if line.get("extra1") == 0.3][:3]
    words = (
        (
            "Clearance of a discontinued series.",
            "Takes the rest of the stock, no returns",
            as_of.replace(month=1, day=31),
        ),
        (
            "Opens a new account of twelve branches.",
            "Orders the next two ranges at list",
            date(as_of.year + 1, 1, 31),
        ),
        ("Matches a written offer of a competitor.", "Signs for two years", date(as_of.year + 1, 1, 31)),
    )
    return [
        {
            "line": number,
            "requested_by": "Key account team",
            "approved_by": "Chief executive",
            "reason": reason,
            "in_return": in_return,
            "on": date(as_of.year, 1, 2),
            "valid_until": until,
            "fingerprint": fingerprint(lines[number - 1], EXAMPLE),
        }
        for number, (reason, in_return, until) in zip(deep, words, strict=False)
    ]
