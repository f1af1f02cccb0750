"""A policy written as policy.toml, with a word for each key."""

import json
from collections.abc import Iterator
from typing import Any

from walkaway_xl.quotes.policy import Policy, ProductClass, Signer, Tier
from walkaway_xl.quotes.policy_fields import ONCE, ROWS, TOP, Table

COMMENT_AT = 28  # characters: where the words begin beside the values

EXAMPLE = Policy(
    classes=(
        ProductClass("Furniture", 0.10),
        ProductClass("Office Supplies", 0.15),
        ProductClass("Technology", 0.12),
    ),
    signers=(
        Signer("Account manager", 0.10, 0.25, 0.90),
        Signer("Sales manager", 0.20, 0.20, 0.80),
        Signer("Sales director", 0.30, 0.15, 0.65),
        Signer("Chief executive", 0.60, -0.50, 0.35),
    ),
    tiers=(Tier(1, 0.0), Tier(10, 0.02), Tier(25, 0.04)),
    rebate=0.01,
    freight=0.01,
    rate=0.08,
    terms_days=30,
    warn=0.05,
    price_step=0.01,
)


def example() -> str:
    """The policy of the discount_floor_sheet's example, for a user to change."""
    return as_toml(EXAMPLE)


def as_toml(policy: Policy, remarks: tuple[str, ...] = ()) -> str:
    """A policy as the text of a file.

    Parameters
    ----------
    policy : Policy
        What it states.
    remarks : tuple of str, optional
        Lines to begin with.
    """
    return "\n".join([*(f"# {remark}" for remark in remarks), *_lines(policy)]) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield f"# {TOP.words} Shares are fractions: 0.15 is 15 %."
    yield "# walkaway-xl policy lint says whether it is sound."
    yield from _values(policy, TOP, commented=True)
    for table in ONCE:
        yield from ("", f"[{table.key}]  # {table.words}")
        yield from _values(policy, table, commented=True)
    for table in ROWS:
        rows = getattr(policy, table.attribute)
        yield from ("", f"# {table.words}") if rows else ()
        for number, row in enumerate(rows):
            yield from () if number == 0 else ("",)
            yield f"[[{table.key}]]"
            yield from _values(row, table, commented=number == 0)


def _values(stated: Any, table: Table, *, commented: bool) -> Iterator[str]:
    for field in table.fields:
        value = getattr(stated, field.attribute or field.key)
        if value is not None:
            line = f"{field.key} = {_literal(value)}"
            yield f"{line:<{COMMENT_AT}}# {field.words}" if commented else line


def _literal(value: float | str) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"{value:.0f}" if value == int(value) else repr(float(value))
