"""A policy read from its file: policy.toml, or the Policy sheet of a discount_floor_sheet workbook."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from walkaway_xl.core._takes import refusal
from walkaway_xl.policy import Policy, ProductClass, Signer, Tier
from walkaway_xl.quotes import policy_fields
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.lint import lint, stopping_faults
from walkaway_xl.quotes.policy_fields import CLASS, ROWS, SIGNER, TIER, TOP, Field, Table

ROW_OF = {CLASS.key: ProductClass, SIGNER.key: Signer, TIER.key: Tier}

Place = tuple[str | int, ...]


def read_policy(path: Path) -> Policy:
    """The policy of a file.

    Parameters
    ----------
    path : Path
        A .toml file, or an .xlsx workbook made by `walkaway-xl new discount_floor_sheet`.

    Returns
    -------
    Policy
        As it is stated; `lint` says whether it is sound. QuoteError names the line of what cannot be read.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _from_sheet(path)
    return from_toml(path.read_bytes(), str(path))


def usable_policy(path: Path) -> tuple[Policy, int]:
    """A policy by which lines can be checked, and how many faults it has all the same.

    Parameters
    ----------
    path : Path
        As in `read_policy`.

    Raises
    ------
    QuoteError
        It has a fault for which no line can be checked.
    """
    policy = read_policy(path)
    stopping = stopping_faults(policy)
    if stopping:
        more = f" ({len(stopping) - 1} more; walkaway-xl policy lint {path})" if len(stopping) > 1 else ""
        raise QuoteError(f"{stopping[0].located(policy.source)}{more}")
    return policy, len(lint(policy))


def from_toml(data: bytes, source: str) -> Policy:
    """The policy that a TOML text states."""
    try:
        text = data.decode("utf-8-sig")
        stated = tomllib.loads(text)
    except UnicodeDecodeError:
        raise QuoteError(f"{source}: this is no UTF-8 text; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # of the parser, for what no policy states, too
        raise QuoteError(f"{source}: this is no TOML: {error}") from None
    return _Toml(source, dict(_places(text))).policy(stated)


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Line of each table and key, which the parser does not tell: ("class", 0, "name") → 12."""
    rows: Counter[str] = Counter()
    table: Place = ()
    for number, line in enumerate(text.split("\n"), 1):
        if row := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            table = (row[1], rows[row[1]])
            if not rows[row[1]]:
                yield (row[1],), number
            rows[row[1]] += 1
            yield table, number
        elif once := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
            table = (once[1],)
            yield table, number
        elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
            yield (*table, key[1]), number


class _Toml:
    """A parsed file whose faults are named by their line."""

    def __init__(self, source: str, places: Mapping[Place, int]):
        self.source, self.places = source, places

    def policy(self, stated: Mapping[str, Any]) -> Policy:
        known = {
            **{field.key: field for field in TOP.fields},
            **{table.key: table for table in (*policy_fields.ONCE, *ROWS)},
        }
        self._refuse_unknown(stated, known, ())
        values = self._values(stated, TOP, ())
        for table in policy_fields.ONCE:
            values |= self._values(self._table(stated, table), table, (table.key,))
        for table in ROWS:
            values[table.attribute] = tuple(self._rows(stated.get(table.key, []), table))
        return Policy(**values, source=self.source)

    def _table(self, stated: Mapping[str, Any], table: Table) -> Mapping[str, Any]:
        given = stated.get(table.key, {})
        if not isinstance(given, dict):
            raise self._error(
                (table.key,), f"{table.key} must be a table; it is a value. Write [{table.key}]"
            )
        self._refuse_unknown(given, {field.key: field for field in table.fields}, (table.key,))
        return given

    def _rows(self, given: Any, table: Table) -> Iterator[Any]:
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            raise self._error(
                (table.key,),
                f"{table.key} must be a table for each row; it is one of another kind. Write [[{table.key}]]",
            )
        for number, row in enumerate(given):
            at: Place = (table.key, number)
            self._refuse_unknown(row, {field.key: field for field in table.fields}, at)
            values = dict.fromkeys((field.key for field in table.fields), None)
            yield ROW_OF[table.key](**values | self._values(row, table, at), place=str(self._line(at)))

    def _values(self, given: Mapping[str, Any], table: Table, at: Place) -> dict[str, Any]:
        found = {}
        for field in table.fields:
            if field.key in given:
                value = given[field.key]
                if reason := refusal(field.key, field.kind, value):
                    # TOML has no 15%.
                    plain = reason._replace(remedy=reason.remedy.replace("{got}% or ", ""))
                    raise self._error((*at, field.key), plain.said(value))
                found[field.attribute or field.key] = value if isinstance(value, str) else float(value)
        return found

    def _refuse_unknown(self, given: Mapping[str, Any], known: Mapping[str, object], at: Place) -> None:
        for key in given:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                raise self._error((*at, key), f"a policy knows no {key}; {hint}")

    def _error(self, at: Place, words: str) -> QuoteError:
        return QuoteError(f"{self.source}:{self._line(at)}: {words}")

    def _line(self, at: Place) -> int:
        """Line of a place, or of the nearest that stands around it."""
        while at and at not in self.places:
            at = at[:-1]
        return self.places.get(at, 1)


# ---------------------------------------------------------------- the Policy sheet


def _from_sheet(path: Path) -> Policy:
    from walkaway_xl.quotes.archives import refuse_unreadable
    from walkaway_xl.workbooks import reading  # a policy.toml need not wait for it
    from walkaway_xl.workbooks.discount_floor_sheet import policy as sheet

    refuse_unreadable(path)
    workbook = reading.values_of(path.read_bytes())
    heads = {"B": sheet.CLASS_HEAD, "G": sheet.LEAKAGE_HEAD}
    if sheet.TITLE not in workbook.sheetnames or any(
        not workbook[sheet.TITLE][f"{column}{row}"].value for column, row in heads.items()
    ):
        raise QuoteError(
            f"{path}: there is no {sheet.TITLE} sheet; walkaway-xl new discount_floor_sheet makes one"
        )
    cells = _Cells(path, workbook[sheet.TITLE])
    warn, _, basis = TOP.fields
    fields = enumerate((*policy_fields.LEAKAGE.fields, warn, basis), sheet.LEAKAGE_HEAD + 1)
    once = {field.key: cells.value(f"H{row}", field) for row, field in fields}
    return Policy(
        classes=tuple(cells.rows(CLASS, sheet.CLASS_HEAD, sheet.CLASS_ROWS)),
        signers=tuple(cells.rows(SIGNER, sheet.SIGNER_HEAD, sheet.SIGNER_ROWS)),
        tiers=tuple(cells.rows(TIER, sheet.TIER_HEAD, sheet.TIER_ROWS)),
        **{key: value for key, value in once.items() if value is not None},
        source=f"{path}: {sheet.TITLE}",
    )


class _Cells:
    """The cells of the sheet, read as the fields of a policy."""

    def __init__(self, path: Path, sheet: Any):
        self.path, self.sheet = path, sheet

    def rows(self, table: Table, head: int, count: int) -> Iterator[Any]:
        """A row of the policy for each row of the sheet, up to the last that holds anything."""
        fields = table.fields[:2] if table is CLASS else table.fields
        columns = "BCDE"[: len(fields)]
        rows = [
            {
                field.key: self.value(f"{column}{row}", field)
                for column, field in zip(columns, fields, strict=True)
            }
            for row in range(head + 1, head + 1 + count)
        ]
        while rows and not any(value is not None for value in rows[-1].values()):
            rows.pop()
        for at, values in enumerate(rows, head + 1):
            yield ROW_OF[table.key](**values, place=f"B{at}")

    def value(self, address: str, field: Field) -> Any:
        value = self.sheet[address].value
        if value is None or value == "":
            return None
        if reason := refusal(field.key, field.kind, value):
            raise QuoteError(f"{self.path}: {self.sheet.title}!{address}: {reason.said(value)}")
        return value if isinstance(value, str) else float(value)
