"""How quote books are read, kept in a file: what `read` has understood, for every later run."""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.columns import NONE, Columns
from walkaway_xl.quotes.heads import NUMBERS, WORDS
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Notation
from walkaway_xl.toml_text import literal

# The options of the command line that a profile holds, by table; what says nothing is left to each book.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "file": ("encoding", "separator", "decimal", "thousands", "sheet", "head"),
    "lines": ("discounts_in", "margins_in", "negative_discounts", "surcharges", "returns"),
}
USUAL = {"returns": "apart", "negative_discounts": False, "surcharges": False}
COLUMNS = "columns"


def take(data: bytes, source: str, options: argparse.Namespace) -> None:
    """Put what a profile says into the options, where the command line says nothing else.

    Parameters
    ----------
    data : bytes
        The file.
    source : str
        Its name, for messages.
    options : Namespace
        The options, which are changed.
    """
    try:
        profile = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QuoteError(
            phrase(
                ("{source}: this is no profile ({error}); read BOOK --save-profile writes one"),
                source=source,
                error=error,
            )
        ) from None
    for table, content in profile.items():
        roles = {*NUMBERS, *WORDS, "product"} if table == COLUMNS else set(OPTIONS.get(table, ()))
        if not isinstance(content, dict) or not roles.issuperset(content):
            wrong = table if not isinstance(content, dict) or not roles else next(iter(set(content) - roles))
            raise QuoteError(
                phrase(
                    "{source}: a profile holds no {wrong}; it has {listed}",
                    source=source,
                    wrong=wrong,
                    listed=", ".join((*OPTIONS, COLUMNS)),
                )
            )
    for names in OPTIONS.values():
        for name in names:
            for content in profile.values():
                if name in content and getattr(options, name) == USUAL.get(name):
                    setattr(options, name, content[name])
    columns = profile.get(COLUMNS)
    if columns is not None:
        stated = {text.partition("=")[0].strip() for text in options.column}
        options.column = [*options.column, *_assigned(columns, stated)]


def _assigned(columns: Mapping[str, Any], stated: set[str]) -> Iterator[str]:
    """The columns as options; what the profile does not name is not looked for."""
    for role in (*NUMBERS, *WORDS, "product"):
        names = columns.get(role, NONE if role in NUMBERS else [])
        for name in names if isinstance(names, list) else [names]:
            if role not in stated:
                yield f"{role}={name}"


def text(columns: Columns, notation: Notation | None, options: argparse.Namespace) -> str:
    """A profile as TOML: the columns as they were read, and what else was found or said.

    Parameters
    ----------
    columns : Columns
        What the columns are.
    notation : Notation or None
        How numbers are written; None where nothing tells it.
    options : Namespace
        What the command line says.
    """
    held = {name: getattr(options, name) for names in OPTIONS.values() for name in names}
    if notation is not None:
        held |= notation._asdict()
    for option, roles in (("discounts_in", ("discount",)), ("margins_in", ("margin_share", "markup"))):
        shares = [name for role in roles for name in columns.numbers.get(role, ())]
        if shares:
            held[option] = "percent" if set(shares) <= columns.percents else "share"
    lines = ["# How quote books are read: walkaway-xl check BOOK --profile FILE"]
    for table, names in OPTIONS.items():
        rows = [
            f"{name} = {literal(held[name])}" for name in names if held[name] not in (None, USUAL.get(name))
        ]
        lines += ["", f"[{table}]", *rows] if rows else []
    words = {"class": columns.product_class, "product": columns.product}
    words |= {role: getattr(columns, role) for role in ("currency", "kind", "date")}
    lines += ["", f"[{COLUMNS}]"]
    for role, several in columns.numbers.items():
        listed = ", ".join(map(literal, several))
        lines.append(f"{role} = {listed if len(several) == 1 else f'[{listed}]'}")
    lines += [f"{role} = {literal(name)}" for role, name in words.items() if name]
    return "\n".join(lines) + "\n"
