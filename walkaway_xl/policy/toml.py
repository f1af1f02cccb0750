"""A policy as the text of policy.toml: read with the line of each fault, written with a word for each key."""

import difflib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from walkaway_xl.core._takes import refusal
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.conditions import Condition, conditions
from walkaway_xl.policy.fields import (
    FORMAT,
    FORMAT_WORDS,
    ONCE,
    ROWS,
    TOP,
    Field,
    Form,
    Table,
    current_format,
)
from walkaway_xl.policy.model import EXAMPLE, KINDS, Policy, PolicyError, Tier

COMMENT_AT = 28  # characters: where the words begin beside the values

Place = tuple[str | int, ...]


def from_toml(data: bytes, source: str) -> Policy:
    """The policy that a TOML text states."""
    text, stated = parsed(data, source)
    return _Toml(source, dict(_places(text))).policy(stated)


def parsed(data: bytes, source: str) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file, and what it states."""
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise PolicyError(
            phrase("{source}: this is no UTF-8 text; save it as UTF-8", source=source)
        ) from None
    except (ValueError, RecursionError) as error:  # of the parser, for what no policy states, too
        raise PolicyError(phrase("{source}: this is no TOML: {error}", source=source, error=error)) from None


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


def known_keys() -> dict[str, object]:
    """What may stand at the top of the file, tables among it."""
    return {
        FORMAT: FORMAT_WORDS,
        **{field.key: field for field in TOP.fields},
        **{table.key: table for table in (*ONCE, *ROWS)},
    }


class _Toml:
    """A parsed file whose faults are named by their line."""

    def __init__(self, source: str, places: Mapping[Place, int]):
        self.source, self.places = source, places

    def policy(self, stated: Mapping[str, Any]) -> Policy:
        self._refuse_other_format(stated.get(FORMAT, 1))
        self._refuse_unknown(stated, known_keys(), ())
        values = self._values(stated, TOP, ())
        for table in ONCE:
            values |= self._values(self._table(stated, table), table, (table.key,))
        for table in ROWS:
            values[table.attribute] = tuple(self._rows(stated.get(table.key, []), table))
        return Policy(**values, source=self.source)

    def _refuse_other_format(self, number: Any) -> None:
        """Refuse a format that is none, or not known yet."""
        current = current_format()
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise self._error(
                (FORMAT,),
                phrase("format must be a whole number from 1 on; write format = {current}", current=current),
            )
        if number > current:
            raise self._error(
                (FORMAT,),
                phrase(
                    "this policy has format {number}, and this version knows {current}; install a newer one: "
                    "pip install --upgrade walkaway-xl",
                    number=number,
                    current=current,
                ),
            )

    def _table(self, stated: Mapping[str, Any], table: Table) -> Mapping[str, Any]:
        given = stated.get(table.key, {})
        if not isinstance(given, dict):
            raise self._error(
                (table.key,), phrase("{key} must be a table; it is a value. Write [{key}]", key=table.key)
            )
        self._refuse_unknown(given, {field.key: field for field in table.fields}, (table.key,))
        return given

    def _rows(self, given: Any, table: Table) -> Iterator[Any]:
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            raise self._error(
                (table.key,),
                phrase(
                    "{key} must be a table for each row; it is one of another kind. Write [[{key}]]",
                    key=table.key,
                ),
            )
        for number, row in enumerate(given):
            place: Place = (table.key, number)
            self._refuse_unknown(row, {field.key: field for field in table.fields}, place)
            values = {
                field.attribute or field.key: () if field.kind in (Form.WHEN, Form.TIERS) else None
                for field in table.fields
            }
            yield table.row(**values | self._values(row, table, place), place=str(self._line(place)))

    def _values(self, given: Mapping[str, Any], table: Table, place: Place) -> dict[str, Any]:
        values = {}
        for field in table.fields:
            if field.key in given:
                value = given[field.key]
                if isinstance(field.kind, Form):
                    values[field.attribute or field.key] = self._formed(value, field, place)
                    continue
                if reason := refusal(field.key, field.kind, value):
                    # TOML has no 15%.
                    plain = reason._replace(remedy=reason.remedy.replace("{got}% or ", ""))
                    raise self._error((*place, field.key), plain.said(value))
                values[field.attribute or field.key] = value if isinstance(value, str) else float(value)
        return values

    def _formed(self, value: Any, field: Field, place: Place) -> Any:
        """Conditions or a day."""
        if field.kind is Form.DAY:
            if isinstance(value, date) and not isinstance(value, datetime):
                return value
            raise self._error(
                (*place, field.key),
                phrase("{key} must be a day; write {key} = 2026-01-31, without quotes", key=field.key),
            )
        if field.kind is Form.TIERS:
            return self._tiers(value, field, place)
        if not isinstance(value, dict):
            raise self._error(
                (*place, field.key),
                phrase('{key} must be a table of conditions; write {key}.region = "West"', key=field.key),
            )
        try:
            return conditions(value, field.key)
        except ValueError as error:
            raise self._error((*place, field.key), str(error)) from None

    def _tiers(self, value: Any, field: Field, place: Place) -> tuple[Tier, ...]:
        if not isinstance(value, list) or not all(
            isinstance(pair, list) and len(pair) == 2 for pair in value
        ):
            raise self._error(
                (*place, field.key),
                phrase("{key} must be pairs; write {key} = [[10, 0.02], [25, 0.04]]", key=field.key),
            )
        kinds = KINDS["tier"]
        for pair in value:
            for key, got in zip(kinds, pair, strict=True):
                if reason := refusal(key, kinds[key], got):
                    plain = reason._replace(remedy=reason.remedy.replace("{got}% or ", ""))  # TOML has no 15%
                    raise self._error((*place, field.key), plain.said(got))
        line = str(self._line((*place, field.key)))
        return tuple(Tier(float(quantity), float(discount), line) for quantity, discount in value)

    def _refuse_unknown(self, given: Mapping[str, Any], keys: Mapping[str, object], place: Place) -> None:
        for key in given:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                hint = (
                    phrase("did you mean {near}?", near=near[0])
                    if near
                    else phrase("known here: {keys}", keys=", ".join(keys))
                )
                raise self._error(
                    (*place, key), phrase("a policy knows no {key}; {hint}", key=key, hint=hint)
                )

    def _error(self, place: Place, words: str) -> PolicyError:
        return PolicyError(f"{self.source}:{self._line(place)}: {words}")

    def _line(self, place: Place) -> int:
        """Line of a place, or of the nearest that stands around it."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, 1)


# ---------------------------------------------------------------- written


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
    return "\n".join([*(f"# {_escaped(remark)}" for remark in remarks), *_lines(policy)]) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield f"# {TOP.words} Shares are fractions: 0.15 is 15 %."
    yield "# walkaway-xl policy lint says whether it is sound."
    yield f"{f'{FORMAT} = {current_format()}':<{COMMENT_AT}}# {FORMAT_WORDS}"
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
        if value is not None and value != ():
            line = f"{field.key} = {_literal(value)}"
            yield f"{line:<{COMMENT_AT}}# {field.words}" if commented else line


def _escaped(text: str) -> str:
    """A text without the signs that end a line or that TOML does not allow."""
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)


def _literal(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and isinstance(value[0], Tier):
        pairs = (f"[{_literal(tier.quantity)}, {_literal(tier.discount)}]" for tier in value)
        return f"[{', '.join(pairs)}]"
    if isinstance(value, tuple):
        return f"{{{', '.join(f'{_key(asked.column)} = {_asked(asked)}' for asked in value)}}}"
    if isinstance(value, str):
        return _escaped(json.dumps(value, ensure_ascii=False))
    return f"{value:.0f}" if value == int(value) else repr(float(value))


def _asked(asked: Condition) -> str:
    """What is asked of a column, as a value."""
    if isinstance(asked.stated, tuple):
        return f"[{', '.join(map(_literal, asked.stated))}]"
    return _literal(asked.stated)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _literal(name)
