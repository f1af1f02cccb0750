"""A policy read from its file and written: policy.toml, or the Policy sheet of a discount_floor_sheet."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from walkaway_xl.core._takes import refusal
from walkaway_xl.core.kinds import Kind
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.policy import Policy, sheet
from walkaway_xl.policy.compiled import LIMITS
from walkaway_xl.policy.fields import ONCE, ROWS, TOP, Field
from walkaway_xl.policy.model import WHOLE, PolicyError
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, from_toml

BY_KEY = {table.key: table for table in (TOP, *ONCE, *ROWS)}


def read_policy(path: Path, register: Path | None = None) -> Policy:
    """The policy of a file.

    Parameters
    ----------
    path : Path
        A .toml file, or an .xlsx workbook made by `walkaway-xl new discount_floor_sheet`.
    register : Path, optional
        Exceptions beside those of the policy.

    Returns
    -------
    Policy
        As it is stated; `lint` says whether it is sound. PolicyError names the line of what cannot be read.
    """
    policy = _from_sheet(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _from_text(path)
    if register is None:
        return policy
    from walkaway_xl.quotes.registers import read_register  # a text needs no data frames

    return replace(policy, exceptions=(*policy.exceptions, *read_register(register)))


def _from_text(path: Path) -> Policy:
    data = intake.content(path, "text")
    with intake.understood(path):
        return from_toml(data, str(path))


def usable_policy(path: Path, register: Path | None = None) -> tuple[Policy, int]:
    """A policy by which lines can be checked, and how many faults it has all the same.

    Parameters
    ----------
    path : Path
        As in `read_policy`.
    register : Path, optional
        Exceptions beside those of the policy.

    Raises
    ------
    PolicyError
        It has a fault for which no line can be checked.
    """
    policy = read_policy(path, register)
    faults = lint(policy)
    stopping = [fault for fault in faults if fault.rule.stops]
    if stopping:
        first = stopping[0].located(policy.source)
        if len(stopping) > 1:
            first = phrase(
                "{fault} ({count} more; walkaway-xl policy lint {path})",
                fault=first,
                count=len(stopping) - 1,
                path=path,
            )
        raise PolicyError(first)
    return policy, len(faults)


def _from_sheet(path: Path) -> Policy:
    from walkaway_xl.files import packages
    from walkaway_xl.workbooks import reading  # a policy.toml need not wait for it

    data = intake.content(path)
    try:
        packages.opened(data)
    except packages.WorkbookError as error:
        raise PolicyError(f"{path}: {error}") from None
    with intake.understood(path):
        return _from_workbook(path, reading.values_of(data))


def _from_workbook(path: Path, workbook: Any) -> Policy:
    title = _title(workbook)
    if title not in workbook.sheetnames or any(
        not workbook[title][cell].value for cell in (f"B{sheet.CLASSES.head}", f"G{sheet.ONCE_HEAD}")
    ):
        raise PolicyError(
            phrase(
                "{path}: there is no {title} sheet; walkaway-xl new discount_floor_sheet makes one",
                path=path,
                title=sheet.TITLE,
            )
        )
    return _Cells(path, workbook, title).policy()


def _title(workbook: Any) -> str:
    """What the tab of the sheet says in its language; English where the workbook names none of its cells."""
    from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import NOBODY_CELL
    from walkaway_xl.workbooks.named_cells import UnreadableNameError, blocks

    name = workbook.defined_names.get(NOBODY_CELL)
    if name is None:
        return sheet.TITLE
    try:
        return blocks(workbook, name)[0].sheet
    except UnreadableNameError:
        return sheet.TITLE


class _Cells:
    """The cells of the sheet, read as the fields of a policy."""

    def __init__(self, path: Path, workbook: Any, title: str):
        self.path, self.workbook, self.cells = path, workbook, workbook[title]

    def policy(self) -> Policy:
        """What the sheet states."""
        values: dict[str, Any] = {}
        for key, cell in sheet.ONCE.items():
            within, _, name = key.rpartition(".")
            field = next(field for field in BY_KEY[within].fields if field.key == name)
            if (value := self.value(cell, field)) is not None:
                values[name] = value
        for table in sheet.TABLES:
            values[BY_KEY[table.key].attribute] = tuple(self.rows(table))
        return Policy(**values, source=f"{self.path}: {self.cells.title}")

    def rows(self, table: sheet.SheetTable) -> Iterator[Any]:
        """A row of the policy for each row of the sheet, up to the last that holds anything."""
        stated = BY_KEY[table.key]
        fields = [field for field in stated.fields if field.key in table.columns]
        rows = [
            {field.key: self.value(f"{table.columns[field.key]}{number}", field) for field in fields}
            for number in range(table.first, table.last + 1)
        ]
        while rows and not any(value is not None for value in rows[-1].values()):
            rows.pop()
        for number, values in enumerate(rows, table.first):
            yield stated.row(**values, place=f"{table.columns[fields[0].key]}{number}")

    def value(self, address: str, field: Field) -> Any:
        """What a cell states; None where it is blank."""
        value = self.cells[address].value
        if value is None or value == "":
            return None
        assert isinstance(field.kind, Kind)  # the sheet has no rules
        if field.kind.only_words:
            value = self.code(field.key, value)
        if reason := refusal(field.key, field.kind, value):
            raise PolicyError(f"{self.path}: {self.cells.title}!{address}: {reason.said(value)}")
        return value if isinstance(value, str) else float(value)

    def code(self, key: str, shown: Any) -> Any:
        """A word that was chosen from a list of the sheet, as a policy file has it."""
        from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import BASES, QUOTE_STATUSES
        from walkaway_xl.workbooks.named_cells import code_of

        words = BASES if key == "margin_basis" else QUOTE_STATUSES
        return code_of(self.workbook, words, shown) or shown


def as_file(policy: Policy, path: Path, remark: str) -> bytes:
    """A policy as the content of a file, as its name asks for: .toml or .xlsx."""
    if path.suffix.lower() == ".toml":
        return as_toml(policy, (remark,)).encode()
    if path.suffix.lower() != ".xlsx":
        raise PolicyError(phrase("{path}: a policy is written to a .toml or .xlsx file", path=path))
    return _as_sheet(policy, path)


def _as_sheet(policy: Policy, path: Path) -> bytes:
    from walkaway_xl.hosts import embedded  # a text needs no spreadsheet engine
    from walkaway_xl.workbooks import template
    from walkaway_xl.workbooks.deal_file import named
    from walkaway_xl.workbooks.discount_floor_sheet import quote_workbook
    from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import facts_of
    from walkaway_xl.workbooks.filling import fill
    from walkaway_xl.workbooks.package import finished

    for table in sheet.TABLES:
        rows = BY_KEY[table.key].attribute
        held = len(getattr(policy, rows))
        if held > table.rows:
            raise PolicyError(
                phrase(
                    "{path}: the sheet has room for {room} {rows}, here are {held}; write a .toml file",
                    path=path,
                    room=table.rows,
                    rows=rows,
                    held=held,
                )
            )
    if missing := list(_not_on_a_sheet(policy)):
        raise PolicyError(
            phrase(
                "{path}: the sheet has no place for {missing}; write a .toml file",
                path=path,
                missing=", ".join(missing),
            )
        )

    draft = template(quote_workbook.NAME).build()
    fill(draft, named(facts_of(policy)))
    return finished(draft, lambda data: embedded.calculate(data).data)


def _not_on_a_sheet(policy: Policy) -> Iterator[str]:
    """What a policy states that the Policy sheet does not know."""
    if policy.rules:
        yield phrase("rules for lines")
    if policy.cost_versions:
        yield phrase("versions of costs")
    if policy.list_versions:
        yield phrase("versions of list prices")
    if policy.quotes:
        yield phrase("rules for quotes")
    if any(entry.min_price is not None for entry in policy.classes):
        yield phrase("price floors")
    if policy.fixed_cost:
        yield phrase("a fixed cost")
    if policy.exceptions:
        yield phrase("exceptions")
    if policy.signed_discount != WHOLE:
        yield phrase("a signed discount beyond the tier")
    of_signers = [key for key in LIMITS if key not in sheet.SIGNERS.columns]
    if limits := [
        key for key in of_signers if any(getattr(signer, key) is not None for signer in policy.signers)
    ]:
        yield phrase("limits for {limits}", limits=" and ".join(limits))
