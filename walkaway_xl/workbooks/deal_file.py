"""A deal written down in a TOML file: values by the names of a workbook's inputs."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.sheets.draft import Input
from walkaway_xl.toml_text import literal

COMMENT_BY = 52  # characters: a longer line does not move the words beside the others
LINE_LENGTH = 110
INTRODUCTION = """\
# {title}: a deal, fact by fact.
#
#     walkaway-xl new {name} --from {name}.toml
#
# writes the workbook of it. A fact that you take out stays as it is in the blank workbook; "" makes its
# cell blank. A share is a fraction: 0.15 is 15 %. A day is written 2026-12-31.
"""


class DealFileError(WalkawayError):
    """A deal file that cannot be read, and why."""


def read(path: Path | Traversable) -> dict[str, Any]:
    """Values by name: the second table of ``[[alternatives]]`` holds ``alternatives.2.price`` and so on.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Numbers, dates, texts and yes or no, as the file states them.
    """
    data = intake.content(path, "text") if isinstance(path, Path) else path.read_bytes()
    try:
        return named(tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise DealFileError(phrase("{path}: this is no UTF-8 text; save it as UTF-8", path=path)) from None
    except tomllib.TOMLDecodeError as error:
        raise DealFileError(
            phrase(
                '{path}: {error}; write each value as name = value, and text between "quotes"',
                path=path,
                error=error,
            )
        ) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, tables without end
        raise DealFileError(phrase("{path}: {error}; this is no deal file", path=path, error=error)) from None


def named(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a deal by the names of the inputs; a fact that is None is left out.

    >>> named({"item": "A car", "rounds": [{"ours": 5600}, {"ours": 6050, "theirs": None}]})
    {'item': 'A car', 'rounds.1.ours': 5600, 'rounds.2.ours': 6050}
    """
    return dict(_flat("", facts))


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{name}.{number}", inner)
    elif value is not None:
        yield name, value


def text(name: str, title: str, inputs: Mapping[str, Input], values: Mapping[str, Any]) -> str:
    """The text of a file: each fact in the order of the workbook, and beside it what it is.

    Parameters
    ----------
    name, title
        What the template is called.
    inputs
        The inputs of the template, by name.
    values
        Values of some of these inputs.
    """
    tables: dict[str, dict[str, str]] = {}  # table → key → name
    for asked in inputs:
        if asked in values:
            table, _, key = asked.rpartition(".")
            tables.setdefault(table, {})[key] = asked
    pieces = [INTRODUCTION.format(name=name, title=title)]
    pieces += _block("", tables.pop("", {}), inputs, values, set())
    for base, rows in _rows_by_base(tables).items():
        every_row = list(rows) == list(range(1, len(rows) + 1))
        seen: set[str] = set()  # what is said of a column once need not be said again
        for table in rows.values():
            head = f"[[{base}]]" if every_row else f"[{table}]"
            pieces += ["", *_block(head, tables[table], inputs, values, seen)]
            seen |= tables[table].keys() if every_row else set()
    return "\n".join(pieces) + "\n"


def _rows_by_base(tables: Iterable[str]) -> dict[str, dict[int, str]]:
    """Tables together that are rows of the same one, by their numbers; 0 for a table without rows."""
    rows_by_base: dict[str, dict[int, str]] = {}
    for table in tables:
        base, _, number = table.rpartition(".")
        if number.isdigit():
            rows_by_base.setdefault(base, {})[int(number)] = table
        else:
            rows_by_base[table] = {0: table}
    return {base: dict(sorted(rows.items())) for base, rows in rows_by_base.items()}


def _block(
    head: str,
    keys: Mapping[str, str],
    inputs: Mapping[str, Input],
    values: Mapping[str, Any],
    seen: Collection[str],
) -> Iterator[str]:
    """The lines of a table, with what its facts are: beside its head where that is the same for all."""
    lines = [f"{key} = {literal(values[name])}" for key, name in keys.items()]
    labels = [inputs[name].label for name in keys.values()]
    shared = _shared(labels) if head else ""
    width = max((len(line) for line in (head, *lines) if len(line) <= COMMENT_BY), default=0)
    if head:
        yield f"{head:<{width}}  # {shared}" if shared else head
    for key, line, label in zip(keys, lines, labels, strict=True):
        if shared or key in seen:
            yield line
        elif len(f"{line}  # {label}") <= LINE_LENGTH:
            yield f"{line:<{width}}  # {label}"
        else:
            yield from (f"# {label}", line)


def _shared(labels: Sequence[str]) -> str:
    """What all labels say: the same thing, or the same thing of one fact each (“Cost: as of”)."""
    if len(set(labels)) == 1:
        return labels[0] if len(labels) > 1 else ""
    tails = {label.rpartition(": ")[2] for label in labels}
    return tails.pop().capitalize() if len(tails) == 1 else ""
