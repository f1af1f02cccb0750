"""A policy with some of its values changed, and what would cross the floor by it: lines and money."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from walkaway_xl.core._takes import refusal
from walkaway_xl.core.errors import NO_STATUS
from walkaway_xl.core.kinds import Holds, Kind
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.core.texts import some_of
from walkaway_xl.policy import Policy
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.policy.conditions import plain_word
from walkaway_xl.policy.fields import (
    CLASS,
    COST_VERSION,
    LIST_VERSION,
    ONCE,
    ROWS,
    RULE,
    SIGNER,
    TOP,
    Field,
    Table,
)
from walkaway_xl.policy.model import PolicyError
from walkaway_xl.policy.rules import stopping_faults
from walkaway_xl.quotes.checking import STATUSES, Checked, status_word
from walkaway_xl.quotes.exact import MILLION, UNIT, as_float, sums_by_code

FLOOR = "floor"  # whichever way an entry states it
WAYS = ("min_margin", "min_markup", "min_price", "min_net")
NUMBER = re.compile(r"\s*([-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(%?)\s*")
LOWEST = min(STATUSES)
OPTION = "--what-if"
OF_LINES = (CLASS, RULE, COST_VERSION, LIST_VERSION, SIGNER)  # with names; said to a line


# ---------------------------------------------------------------- the policy


class ChangedPolicy(NamedTuple):
    """A policy made ready for columns after some changes, and what they are."""

    compiled: CompiledPolicy
    changes: tuple[str, ...]
    versions_differ: bool  # whether lines cost or list at something else by it


def changed(policy: Policy, changes: Sequence[str]) -> ChangedPolicy:
    """A policy with some of its values changed, ready for columns.

    Parameters
    ----------
    policy : Policy
        As it stands.
    changes : sequence of str
        As "min_margin=25%", which is that of every class and rule that states one, "warn=0", "rebate=0.02",
        "rule:West chairs.floor=0.3", "class:Furniture.min_margin=0.2" or "signer:Sales manager.discount=15%".

    Raises
    ------
    PolicyError
        A change names nothing that the policy states, its value cannot be, or no line could be checked by
        what it makes.
    """
    before = policy
    for change in changes:
        target, sign, value = change.rpartition("=")
        if not sign or not target.strip() or not value.strip():
            raise PolicyError(
                phrase(
                    '{option} {change}: write {option} min_margin=25% or {option} "rule:NAME.floor=0.3"',
                    option=OPTION,
                    change=repr(change),
                )
            )
        policy = _changed(policy, target.strip(), value.strip(), change)
    if faults := stopping_faults(policy):
        raise PolicyError(phrase("{option}: {fault}", option=OPTION, fault=faults[0].located(policy.source)))
    versions_differ = (policy.cost_versions, policy.list_versions) != (
        before.cost_versions,
        before.list_versions,
    )
    return ChangedPolicy(CompiledPolicy(policy), tuple(changes), versions_differ)


def _changed(policy: Policy, target: str, value: str, change: str) -> Policy:
    by_key = {table.key: table for table in ROWS}
    head, colon, rest = target.partition(":")
    table = by_key.get(head.strip()) if colon else None
    if table is not None:
        if table not in OF_LINES:
            raise PolicyError(
                phrase(
                    "{option} {change}: a {table} cannot be changed so; change one of {tables}",
                    option=OPTION,
                    change=repr(change),
                    tables=", ".join(one.key for one in OF_LINES),
                    table=table.key,
                )
            )
        name, _, key = rest.rpartition(".")
        return _with_row(policy, table, name.strip(), key.strip(), value, change)
    for once in (TOP, *ONCE):
        for field in once.fields:
            if target in (f"{once.key}.{field.key}", field.attribute or field.key):
                return replace(policy, **{field.attribute or field.key: _value(field, value, change)})
    return _with_all(policy, target, value, change)


def _with_all(policy: Policy, key: str, value: str, change: str) -> Policy:
    """Every class and rule that states a value states another."""
    whole = policy
    for table in OF_LINES:
        field = next((field for field in table.fields if field.key == key), None)
        entries = getattr(policy, table.attribute)
        if field is None or not key.startswith(("min_", "target_", "stretch_")):
            continue
        if any(getattr(entry, key) is not None for entry in entries):
            stated = _value(field, value, change)
            rows = tuple(
                entry if getattr(entry, key) is None else replace(entry, **{key: stated}) for entry in entries
            )
            whole = _with(whole, table.attribute, rows)
    if whole is policy:
        raise PolicyError(
            phrase(
                "{option} {change}: the policy states no {key}; write one that it states, as min_margin=25%, "
                "warn=0 or class:NAME.floor=0.3",
                option=OPTION,
                change=repr(change),
                key=key,
            )
        )
    return whole


def _with_row(policy: Policy, table: Table, name: str, key: str, value: str, change: str) -> Policy:
    """One row of a table states another value."""
    rows = getattr(policy, table.attribute)
    names = [_name(row) for row in rows]
    places = [place for place, own in enumerate(names) if plain_word(own) == plain_word(name)]
    if len(places) > 1:
        raise PolicyError(
            phrase(
                "{option} {change}: {table} {name} stands {count} times; give each a name of its own",
                option=OPTION,
                change=repr(change),
                count=f"{len(places):,}",
                table=table.key,
                name=repr(name),
            )
        )
    if not places:
        raise PolicyError(
            phrase(
                "{option} {change}: no {table} is called {name}; the policy has {names}",
                option=OPTION,
                change=repr(change),
                table=table.key,
                name=repr(name),
                names=some_of(names) or phrase("none"),
            )
        )
    (place,) = places
    row = rows[place]
    if key == FLOOR:
        stated = [way for way in WAYS if getattr(row, way, None) is not None]
        if len(stated) != 1:
            raise PolicyError(
                phrase(
                    "{option} {change}: {name} must state its floor in one way; it states {ways}. Name one "
                    "in place of floor",
                    option=OPTION,
                    change=repr(change),
                    name=repr(name),
                    ways=" and ".join(stated) or phrase("none"),
                )
            )
        (key,) = stated
    field = next((field for field in table.fields if field.key == key), None)
    if field is None or not isinstance(field.kind, Kind) or field.kind.holds is Holds.TEXT:
        keys = [field.key for field in table.fields if isinstance(field.kind, Kind)][1:]
        raise PolicyError(
            phrase(
                "{option} {change}: a {table} has no number {key}; it has {keys}",
                option=OPTION,
                change=repr(change),
                table=table.key,
                key=repr(key),
                keys=", ".join(keys),
            )
        )
    changed_row = replace(row, **{field.attribute or key: _value(field, value, change)})
    return _with(policy, table.attribute, (*rows[:place], changed_row, *rows[place + 1 :]))


def _with(policy: Policy, attribute: str, value: Any) -> Policy:
    return replace(policy, **{attribute: value})


def _name(row: Any) -> str:
    return str(getattr(row, "shown", None) or row.name or "")


def _value(field: Field, text: str, change: str) -> Any:
    """What a field is to state; 25% is 0.25."""
    match = NUMBER.fullmatch(text)
    value: str | float = text
    if match:
        value = float(match[1].replace("−", "-")) / (100 if match[2] else 1)
    assert isinstance(field.kind, Kind)
    if reason := refusal(field.key, field.kind, value):
        raise PolicyError(
            phrase(
                "{option} {change}: {reason}", option=OPTION, change=repr(change), reason=reason.said(value)
            )
        )
    return value


# ---------------------------------------------------------------- the lines


class Moved(NamedTuple):
    """Lines of one status now and another then: revenue in the units of `exact`, shortfalls in millionths."""

    lines: int = 0
    revenue: int = 0
    shortfall: int = 0  # now
    then: int = 0  # what they would be short of
    revenue_then: int = 0  # another where list prices are

    def plus(self, other: "Moved") -> "Moved":
        """Both together."""
        return Moved(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class WhatIf(NamedTuple):
    """Lines by their status now and then. Two of them merge into what one would have counted."""

    changes: tuple[str, ...]
    signer_names: Sequence[str]
    moved: Mapping[tuple[DiscountStatus, DiscountStatus], Moved]
    signers: Mapping[tuple[int, int], int]  # lines by who signs now and then, as places in the names
    earned: int  # now, in the units of `exact`
    then: int
    unchecked: int  # lines that only one of the two policies can check

    def with_those_of(self, other: "WhatIf") -> "WhatIf":
        """What both have counted."""
        moved = dict(self.moved)
        for key, lines in other.moved.items():
            moved[key] = moved.get(key, Moved()).plus(lines)
        signers = dict(self.signers)
        for pair, count in other.signers.items():
            signers[pair] = signers.get(pair, 0) + count
        return self._replace(
            moved=moved,
            signers=signers,
            earned=self.earned + other.earned,
            then=self.then + other.then,
            unchecked=self.unchecked + other.unchecked,
        )

    def total(self, *, now: bool | None = None, then: bool | None = None) -> Moved:
        """Lines that are below floor now, or then, or are not; all where neither is asked."""
        whole = Moved()
        for (before, after), lines in self.moved.items():
            if now in (None, is_low(before)) and then in (None, is_low(after)):
                whole = whole.plus(lines)
        return whole

    def signed(self) -> dict[str, tuple[int, int]]:
        """How many lines each signer signs now and then."""
        counts = [[0, 0] for _ in self.signer_names]
        for (before, after), count in self.signers.items():
            counts[before][0] += count
            counts[after][1] += count
        return {name: (now, then) for name, (now, then) in zip(self.signer_names, counts, strict=True)}

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        now, then, whole = self.total(now=True), self.total(then=True), self.total()
        return {
            "changes": list(self.changes),
            "now": {
                "lines_below_floor": now.lines,
                "revenue_below_floor": as_float(now.revenue),
                "shortfall": whole.shortfall / MILLION,
                "revenue": as_float(whole.revenue),
                "earned": as_float(self.earned),
            },
            "then": {
                "lines_below_floor": then.lines,
                "revenue_below_floor": as_float(then.revenue_then),
                "shortfall": whole.then / MILLION,
                "revenue": as_float(whole.revenue_then),
                "earned": as_float(self.then),
            },
            "crossing": {
                "falls_below": _crossing(self.total(now=False, then=True)),
                "rises_above": _crossing(self.total(now=True, then=False)),
            },
            "by_status": [
                {"now": status_word(before), "then": status_word(after), **_crossing(lines)}
                for (before, after), lines in sorted(self.moved.items(), reverse=True)
            ],
            "by_signer": {
                name: {"lines_now": now, "lines_then": then} for name, (now, then) in self.signed().items()
            },
            "checked_by_one_only": self.unchecked,
        }


def is_low(status: DiscountStatus) -> bool:
    """Whether a line of a status is below floor."""
    return status <= DiscountStatus.BELOW_FLOOR


def _crossing(lines: Moved) -> dict[str, Any]:
    return {
        "lines": lines.lines,
        "revenue": as_float(lines.revenue),
        "shortfall_now": lines.shortfall / MILLION,
        "shortfall_then": lines.then / MILLION,
    }


def counted_what_if(now: Checked, then: Checked, policy: ChangedPolicy) -> WhatIf:
    """Count lines by what two policies say to them.

    Parameters
    ----------
    now, then : Checked
        What each policy says. Lines that one of the two cannot check are counted, and left out.
    policy : ChangedPolicy
        The second of them; who signs is called the same in both.
    """
    signer_names = policy.compiled.signer_names
    good = (now.status > NO_STATUS) & (then.status > NO_STATUS)
    size = len(STATUSES)
    statuses = (now.status - LOWEST).astype(np.intp) * size + (then.status - LOWEST)
    signs = now.signer.astype(np.intp) * len(signer_names) + then.signer
    money = [now.revenue, now.shortfall, then.shortfall, then.revenue, now.earned, then.earned]
    if not good.all():
        statuses, signs = statuses[good], signs[good]
        money = [column[good] for column in money]
    lines = np.bincount(statuses, minlength=size * size)
    revenue, short, short_then, revenue_then = (
        sums_by_code(statuses, column, size * size) for column in money[:4]
    )
    zeros = np.zeros(len(statuses), np.intp)
    earned, earned_then = (sums_by_code(zeros, column, 1)[0] for column in money[4:])
    moved = {}
    for code in np.flatnonzero(lines).tolist():
        before, after = divmod(code, size)
        key = (DiscountStatus(before + LOWEST), DiscountStatus(after + LOWEST))
        shortfalls = (short[code] // UNIT, short_then[code] // UNIT)
        moved[key] = Moved(int(lines[code]), revenue[code], *shortfalls, revenue_then[code])
    signers = np.bincount(signs, minlength=len(signer_names) ** 2)
    pairs = {divmod(code, len(signer_names)): int(signers[code]) for code in np.flatnonzero(signers).tolist()}
    unchecked = int(((now.status > NO_STATUS) != (then.status > NO_STATUS)).sum())
    return WhatIf(policy.changes, signer_names, moved, pairs, earned, earned_then, unchecked)
