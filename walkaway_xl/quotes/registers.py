"""A register of exceptions beside the policy, read from a .toml or a text file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from walkaway_xl.core._takes import refusal
from walkaway_xl.core.kinds import Kind
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.policy import LineException, Policy
from walkaway_xl.policy.conditions import conditions
from walkaway_xl.policy.fields import EXCEPTION, Form
from walkaway_xl.policy.model import PolicyError
from walkaway_xl.policy.toml import from_toml
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.text_files import original, original_names

SEPARATORS = ",;\t"
FIELDS = {field.key: field for field in EXCEPTION.fields if field.key != "line"}


def read_register(path: Path) -> tuple[LineException, ...]:
    """The exceptions of a file.

    Parameters
    ----------
    path : Path
        A .toml file of [[exception]]s, or a text file with a row for each: the columns that are named as the
        keys of an exception are these, all others say which line it is.
    """
    if path.suffix.lower() != ".toml":
        return tuple(_rows(path))
    data = intake.content(path, "text")
    with intake.understood(path):
        held = from_toml(data, str(path))
    if replace(held, exceptions=()) != Policy():
        raise PolicyError(phrase("{path}: a register holds [[exception]]s and nothing else", path=path))
    return tuple(replace(one, place=f"{path}:{one.place}") for one in held.exceptions)


def _rows(path: Path) -> list[LineException]:
    data = intake.content(path, "text")
    head = data.partition(b"\n")[0].decode("utf-8-sig", "replace")
    separator = max(SEPARATORS, key=head.count)
    try:
        frame = pl.read_csv(BytesIO(data), separator=separator, infer_schema=False)
    except PolarsError as error:
        reason = next(iter(str(error).splitlines()), "")
        raise PolicyError(phrase("{path}: this is no table: {reason}", path=path, reason=reason)) from None
    frame = original(frame)
    names = original_names(frame.columns)
    keys = [FIELDS[plain_name] if (plain_name := _key(name)) in FIELDS else None for name in names]
    if all(keys) or FIELDS["fingerprint"] not in keys:
        raise PolicyError(
            phrase(
                "{path}: a register has a column fingerprint, and columns that name the line; check --ask "
                "writes one",
                path=path,
            )
        )
    return [_row(path, number, names, keys, row) for number, row in enumerate(frame.iter_rows(), 2)]


def _key(name: str) -> str:
    """The key that a head means: Requested by is requested_by."""
    return next((key for key in FIELDS if plain(key) == plain(name)), "")


def _row(
    path: Path, number: int, names: Sequence[str], keys: Sequence[Any], row: Sequence[str | None]
) -> LineException:
    values: dict[str, Any] = {}
    line: dict[str, object] = {}
    for name, field, cell in zip(names, keys, row, strict=True):
        text = (cell or "").strip()
        if field is None:
            line[name] = [text or "(blank)"]
        elif text:
            values[field.attribute or field.key] = _value(path, number, field, text)
    return LineException(conditions(line, "line"), **values, place=f"{path}:{number}")


def _value(path: Path, number: int, field: Any, text: str) -> Any:
    if field.kind is Form.DAY:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise PolicyError(
                phrase(
                    "{path}:{row}: {key} must be a day; write 2026-01-31, not {text}",
                    path=path,
                    row=number,
                    key=field.key,
                    text=text,
                )
            ) from None
    assert isinstance(field.kind, Kind)
    if reason := refusal(field.key, field.kind, text):
        raise PolicyError(f"{path}:{number}: {reason.said(text)}")
    return text
