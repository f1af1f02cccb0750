"""A policy written as policy.toml with a word for each key, or as the Policy sheet of a workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from walkaway_xl.policy import EXAMPLE, Policy
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.policy_fields import ONCE, ROWS, TOP, Table
from walkaway_xl.toml_text import escaped, literal

COMMENT_AT = 28  # characters: where the words begin beside the values


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
    return "\n".join([*(f"# {escaped(remark)}" for remark in remarks), *_lines(policy)]) + "\n"


def as_file(policy: Policy, path: Path, remark: str) -> bytes:
    """A policy as the content of a file, as its name asks for: .toml or .xlsx."""
    if path.suffix.lower() == ".toml":
        return as_toml(policy, (remark,)).encode()
    if path.suffix.lower() != ".xlsx":
        raise QuoteError(f"{path}: a policy is written to a .toml or .xlsx file")
    return _as_sheet(policy, path)


def _as_sheet(policy: Policy, path: Path) -> bytes:
    from walkaway_xl.hosts import embedded  # a text needs no spreadsheet engine
    from walkaway_xl.workbooks.deal_file import named
    from walkaway_xl.workbooks.discount_floor_sheet import assembly
    from walkaway_xl.workbooks.discount_floor_sheet import policy as sheet
    from walkaway_xl.workbooks.filling import fill
    from walkaway_xl.workbooks.package import finished

    for what, held, most in (
        ("classes", len(policy.classes), sheet.CLASS_ROWS),
        ("signers", len(policy.signers), sheet.SIGNER_ROWS),
        ("tiers", len(policy.tiers), sheet.TIER_ROWS),
    ):
        if held > most:
            raise QuoteError(
                f"{path}: the sheet has room for {most} {what}, here are {held}; write a .toml file"
            )
    if any(entry.min_price is not None for entry in policy.classes) or policy.fixed_cost:
        raise QuoteError(f"{path}: the sheet knows no price floors and no fixed cost; write a .toml file")

    draft = assembly.build()
    fill(draft, named(sheet.facts_of(policy)))
    return finished(draft, lambda data: embedded.calculate(data).data)


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
            line = f"{field.key} = {literal(value)}"
            yield f"{line:<{COMMENT_AT}}# {field.words}" if commented else line
