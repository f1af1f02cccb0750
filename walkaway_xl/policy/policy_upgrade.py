"""A policy file in today's format: its text, with the line that says so, and what nobody asks as comments."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.fields import FORMAT, FORMAT_WORDS, ONCE, ROWS, current_format
from walkaway_xl.policy.model import PolicyError
from walkaway_xl.policy.toml import COMMENT_AT, from_toml, known_keys, parsed

HEAD = re.compile(r"\s*\[\[?\s*(?P<table>[\w-]+)\s*\]\]?")
KEY = re.compile(r"""\s*(?P<key>"[^"]*"|'[^']*'|[\w-]+)\s*(?:\.\s*[^=]*)?=""")

Unasked = set[tuple[str, str]]
"""Table, or nothing for the top, and key; without a key for a table as a whole."""


def upgraded(data: bytes, source: str) -> tuple[bytes, tuple[str, ...]]:
    """The text in today's format, and what was taken out of it.

    Parameters
    ----------
    data : bytes
        The file.
    source : str
        Its name, for messages.

    Returns
    -------
    tuple
        The file anew: its comments stay, and what has no place any more stays as a comment. Then, in words,
        what that is.

    Raises
    ------
    PolicyError
        It cannot be read, or states something that no policy can state.
    """
    text, stated = parsed(data, source)
    unasked = set(_unasked(stated))
    line = f"{f'{FORMAT} = {current_format()}':<{COMMENT_AT}}# {FORMAT_WORDS}"
    end = "\r\n" if "\r\n" in text else "\n"
    kept = "\n".join(_lines(text, unasked))
    new = f"{line}{end}{kept}".encode()
    if _stated_by(new) != _without(stated, unasked) | {FORMAT: current_format()}:
        raise PolicyError(
            phrase(
                "{source}: its lines cannot be told apart; write {line} at its top, and take out {keys}",
                source=source,
                line=f"{FORMAT} = {current_format()}",
                keys=", ".join(_named(*place) for place in sorted(unasked)) or phrase("nothing"),
            )
        )
    from_toml(new, source)
    return new, tuple(_told(stated, unasked))


def _stated_by(new: bytes) -> dict[str, Any] | None:
    """What the file states now; nothing if its lines were not what they looked like."""
    try:
        return tomllib.loads(new.decode())
    except tomllib.TOMLDecodeError:
        return None


def _unasked(stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of a file no policy states any more."""
    keys = known_keys()
    for key in stated:
        if key not in keys:
            yield (key, "") if _is_table(stated[key]) else ("", key)
    for table in (*ONCE, *ROWS):
        asked = {field.key for field in table.fields}
        for row in _rows(stated.get(table.key)):
            yield from ((table.key, key) for key in row if key not in asked)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
    )


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in (value if isinstance(value, list) else [value]) if isinstance(row, dict)]


def _lines(text: str, unasked: Unasked) -> Iterator[str]:
    """The lines without the format, and with what nobody asks as comments."""
    table, is_out = "", False
    for line in text.split("\n"):
        if head := HEAD.match(line):
            table = head["table"]
            is_out = (table, "") in unasked
        elif key := KEY.match(line):
            name = key["key"].strip("\"'")
            if (table, name) == ("", FORMAT):
                is_out = False
                continue
            is_out = (table, name) in unasked or (table != "" and (table, "") in unasked)
        yield f"# {line}" if is_out and line.strip() else line


def _without(stated: Mapping[str, Any], unasked: Unasked) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in stated.items():
        if ("", key) in unasked or (key, "") in unasked:
            continue
        if isinstance(value, dict):
            value = _row_without(key, value, unasked)
        elif _is_table(value):
            value = [_row_without(key, row, unasked) for row in value]
        kept[key] = value
    return kept


def _row_without(table: str, row: Mapping[str, Any], unasked: Unasked) -> dict[str, Any]:
    return {key: value for key, value in row.items() if (table, key) not in unasked}


def _named(table: str, key: str) -> str:
    return ".".join(filter(None, (table, key)))


def _told(stated: Mapping[str, Any], unasked: Unasked) -> Iterator[str]:
    for table, key in sorted(unasked):
        values = [stated[key]] if not table else [row.get(key) for row in _rows(stated[table])] if key else []
        shown = ", ".join(repr(value) for value in values if value is not None)
        name = _named(table, key)
        yield phrase(
            "{what}; no policy states it any more",
            what=f"{name}: {shown}" if shown else f"[{name}]",
        )
