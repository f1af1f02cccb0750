"""Lines and quotes judged again with Python's fractions: nothing of the package is used but its words.

What a policy says is read from its TOML text. A number of a book is the fraction that its float stands for.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

NEAR = Fraction(1, 10**9)
STATUSES = ("BELOW COST", "BELOW FLOOR", "NEAR FLOOR", "OK")
NOBODY = "Nobody may sign"
RISING = {
    "discount": True,
    "margin": False,
    "price": False,
    "below_points": True,
    "below_money": True,
    "terms_days": True,
}
Line = Mapping[str, Any]


def exactly(value: Any) -> Fraction:
    """A number as the decimal that was typed."""
    return Fraction(str(value))


def holds(asked: Any, value: Any) -> bool:
    """Whether a cell fulfils a condition."""
    if isinstance(asked, list):
        return str(value).strip().casefold() in [str(word).strip().casefold() for word in asked]
    if isinstance(asked, int | float):
        return exactly(value) == exactly(asked)
    if asked[0] not in "<>=":
        return str(value).strip().casefold() == asked.strip().casefold()
    for part in asked.split(" and "):
        sign, number = part.split()
        value_of, end = exactly(value), exactly(number)
        if not {">=": value_of >= end, ">": value_of > end, "<": value_of < end, "<=": value_of <= end}[sign]:
            return False
    return True


def decides(rules: Sequence[Mapping[str, Any]], cell: Mapping[str, Any], days: Sequence[date]) -> Any:
    """Of the rules that hold the one that asks most; None where none holds."""
    held = [
        rule
        for rule in rules
        if all(key in cell and holds(asked, cell[key]) for key, asked in rule.get("when", {}).items())
        and all(rule.get("from", date.min) <= day <= rule.get("until", date.max) for day in days)
    ]
    return max(
        held, key=lambda rule: len(rule.get("when", {})) + ("from" in rule or "until" in rule), default=None
    )


class Judge:
    """A policy as its file states it."""

    def __init__(self, text: str):
        self.policy = tomllib.loads(text)
        self.signers = self.policy["signer"]
        self.leakage = self.policy.get("leakage", {})

    def line(self, line: Line) -> dict[str, Any]:
        """What the policy says to a line."""
        used = {**line, "list_price": self.list_price(line), "cost": self.cost(line)}
        rule = decides(self.policy.get("rule", []), used, [line["date"]])
        entry = rule or decides_class(self.policy.get("class", []), line["category"])

        def own(key: str, table: Mapping[str, Any]) -> Fraction:
            return exactly((rule or {}).get(key, table.get(key, 0)))

        terms = exactly(line["terms"]) if line["terms"] is not None else own("terms_days", self.leakage)
        leaks = own("rebate", self.leakage) + own("freight", self.leakage)
        leaks += exactly(self.leakage.get("rate", 0)) * terms / 365
        listed, discount, quantity = (exactly(used[key]) for key in ("list_price", "discount", "quantity"))
        costs = exactly(used["cost"]) + own("fixed_cost", self.policy)
        price = listed * (1 - discount)
        margin = None if price == 0 else 1 - leaks - costs / price
        minimum = self.minimum(entry, listed, costs, leaks)
        floor = costs / (1 - minimum - leaks)
        warned = 1 - minimum - exactly(self.policy["warn"]) - leaks
        at = {"floor": floor, "cost": costs / (1 - leaks), "warning": costs / warned if warned > 0 else None}
        status = verdict(discount, {key: limit and 1 - limit / listed for key, limit in at.items()})
        step = exactly(self.policy.get("rounding", {}).get("price", 0))
        shown = -(-floor // step) * step if step else floor
        below = status.startswith("BELOW")
        shortfall = max(Fraction(0), (shown - price) * quantity) if below else Fraction(0)
        tier = self.tier(quantity, rule or {})
        asked_discount, asked_price = discount, price / listed
        if (rule or {}).get("signed_discount", self.policy.get("signed_discount")) == "beyond_tier":
            asked_price = min(asked_price / (1 - tier), max(Fraction(1), asked_price))
            asked_discount = 1 - asked_price
        values = {
            "discount": asked_discount,
            "margin": margin,
            "price": asked_price,
            "below_points": minimum - margin if below and margin is not None else Fraction(0),
            "below_money": shortfall,
            "terms_days": terms,
        }
        asked = {key: self.signer(key, value) for key, value in values.items() if self.limits(key)}
        return {
            "rule": "" if entry is None else entry["name"],
            "floor": shown,
            "margin": margin,
            "status": status,
            "shortfall": shortfall,
            "signer": max([0, *asked.values()]),
            "asked": {key: place for key, place in asked.items() if place},
            "sums": {
                "list_value": listed * quantity,
                "revenue": price * quantity,
                "earned": price * quantity * (1 - leaks) - costs * quantity,
                "shortfall": shortfall,
                "quantity": quantity,
                **{key: limit and limit * quantity for key, limit in at.items()},
            },
            "terms": terms,
        }

    def cost(self, line: Line) -> Any:
        """What a unit costs on the day of the line."""
        return self._version("cost", "cost_version", line)

    def list_price(self, line: Line) -> Any:
        """What a unit lists at on the day of the line."""
        return self._version("list_price", "list_version", line)

    def _version(self, key: str, table: str, line: Line) -> Any:
        version = decides(self.policy.get(table, []), line, [line["date"]]) or {}
        if key in version:
            return version[key]
        return exactly(line[key]) * (1 + exactly(version.get("change", 0)))

    def minimum(
        self, entry: Mapping[str, Any], listed: Fraction, costs: Fraction, leaks: Fraction
    ) -> Fraction:
        """The margin that a line must earn, of whatever is stated the highest."""
        margins = [exactly(entry["min_margin"])] if "min_margin" in entry else []
        prices = [exactly(entry["min_net"])] if "min_net" in entry else []
        prices += [listed * exactly(entry["min_price"])] if "min_price" in entry else []
        prices += [costs * (1 + exactly(entry["min_markup"]))] if "min_markup" in entry else []
        return max([*margins, *(1 - leaks - costs / price for price in prices)])

    def tier(self, quantity: Fraction, rule: Mapping[str, Any]) -> Fraction:
        """The discount that a quantity earns by itself."""
        tiers = rule.get("tiers", [(tier["quantity"], tier["discount"]) for tier in self.policy["tier"]])
        earned = [discount for begin, discount in tiers if quantity >= begin]
        return exactly(earned[-1]) if earned else Fraction(0)

    def limits(self, key: str) -> list[Fraction]:
        """The limits of the signers, as far as they have one."""
        return [exactly(signer[key]) for signer in self.signers if key in signer]

    def signer(self, key: str, value: Fraction | None) -> int:
        """Place of the first whose limit covers a value."""
        limits = self.limits(key)
        leeway = NEAR * max(map(abs, limits))
        if value is None:
            return 0
        if RISING.get(key, True):
            return sum(limit < value - leeway for limit in limits)
        return sum(value < limit - leeway for limit in limits)

    def quote(self, lines: Sequence[tuple[Line, Mapping[str, Any]]]) -> dict[str, Any]:
        """What the policy says to the lines of a quote together."""
        sums: dict[str, Fraction] = defaultdict(Fraction)
        for _, judged in lines:
            for key, value in judged["sums"].items():
                sums[key] += value or 0
        discount = 1 - sums["revenue"] / sums["list_value"]
        limits = {key: 1 - sums[key] / sums["list_value"] for key in ("floor", "cost", "warning")}
        if any(judged["sums"]["warning"] is None for _, judged in lines):
            limits["warning"] = None
        blended = verdict(discount, limits)
        of_lines = min((judged["status"] for _, judged in lines), key=STATUSES.index)
        by = self.policy.get("quote_status", "lines")
        status = of_lines if by == "lines" else blended
        totals = {
            "lines": len(lines),
            "quantity": sums["quantity"],
            "list_value": sums["list_value"],
            "revenue": sums["revenue"],
            "blended_discount": discount,
            "margin": sums["earned"] / sums["revenue"] if sums["revenue"] else None,
            "terms_days": max(judged["terms"] for _, judged in lines),
        }
        broken = list(self.broken(totals, lines))
        signers = [judged["signer"] for _, judged in lines]
        names = [signer["name"] for signer in self.signers]
        signers += [names.index(rule.get("signer", names[-1])) for rule in broken]
        for key, value in (("below_money", sums["shortfall"]), ("size", sums["revenue"])):
            if self.limits(key):
                signers.append(self.signer(key, value))
        if broken and not status.startswith("BELOW"):
            status, by = "BELOW FLOOR", f"rule {broken[0]['name']}"
        return {
            **totals,
            "shortfall": sums["shortfall"],
            "status_by_lines": of_lines,
            "status_blended": blended,
            "status": status,
            "decided_by": by,
            "broken": [rule["name"] for rule in broken],
            "signer": [*names, NOBODY][max(signers)],
        }

    def broken(
        self, totals: Mapping[str, Any], lines: Sequence[tuple[Line, Mapping[str, Any]]]
    ) -> Iterator[Mapping[str, Any]]:
        """The rules that a quote does not keep, measure by measure."""
        cells = {key: value for key, value in totals.items() if value is not None}
        for key in lines[0][0]:
            held = {str(line[key]).strip().casefold() for line, _ in lines}
            if len(held) == 1 and key not in cells:
                cells[key] = lines[0][0][key]
        days = [line["date"] for line, _ in lines]
        rules = self.policy.get("quote", [])
        compared = {
            "min_margin": ("margin", False),
            "max_discount": ("blended_discount", True),
            "min_revenue": ("revenue", False),
            "max_terms_days": ("terms_days", True),
        }
        for key, (total, is_most) in compared.items():
            rule = decides([rule for rule in rules if key in rule], cells, days)
            value = totals[total]
            if rule and value is not None and beyond(value, exactly(rule[key]), is_most, total):
                yield rule
        mixes = [repr(rule["of"]) for rule in rules if "of" in rule]
        for key, is_most in (("min_share", False), ("max_share", True)):
            for mix in dict.fromkeys(mixes):
                some = [rule for rule in rules if key in rule and repr(rule["of"]) == mix]
                rule = decides(some, cells, days)
                if rule and totals["revenue"]:
                    among = [
                        judged["sums"]["revenue"]
                        for line, judged in lines
                        if all(holds(asked, line[column]) for column, asked in rule["of"].items())
                    ]
                    if beyond(sum(among) / totals["revenue"], exactly(rule[key]), is_most, "share"):
                        yield rule


def beyond(value: Fraction, limit: Fraction, is_most: bool, total: str) -> bool:
    """Whether a value lies beyond a limit, by more than may be noise."""
    room = NEAR if total in ("margin", "blended_discount", "share") else NEAR * abs(limit)
    return value > limit + room if is_most else value < limit - room


def decides_class(classes: Sequence[Mapping[str, Any]], name: str) -> Any:
    """The class of a line, or the one for all others."""
    by_name = {entry["name"].casefold(): entry for entry in classes}
    return by_name.get(name.strip().casefold(), by_name.get("*"))


def verdict(discount: Fraction, limits: Mapping[str, Fraction | None]) -> str:
    """The status of a discount against those of its floor, its cost and its warning."""

    def deeper(key: str) -> bool:
        limit = limits[key]
        return limit is None or limit < discount - NEAR

    if deeper("floor"):
        return "BELOW COST" if deeper("cost") else "BELOW FLOOR"
    return "NEAR FLOOR" if deeper("warning") else "OK"
