"""The number of today's format of each workbook and of policies, and what raises it.

A format is what is asked: inputs and their kinds, keys and their values. `formats.toml` records the number
and a fingerprint of that for each. Where the fingerprint is another one, the number is one more, so nobody
has to think of it; `walkaway-xl generate` records it.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

PATH = "walkaway_xl/formats.toml"
POLICY = "policy"
"""Under which policies are recorded, beside the names of the templates."""
LENGTH = 16  # characters of a fingerprint
INTRODUCTION = """\
# The number of today's format of each workbook and of policies, with a fingerprint of what it asks.
# walkaway-xl generate writes it: where the fingerprint is another one, the number is one more.
"""


def number(name: str, asked: Iterable[str]) -> int:
    """The number of today's format.

    Parameters
    ----------
    name : str
        Of a template, or `POLICY`.
    asked : iterable of str
        What it asks, an entry for each; their order does not matter.
    """
    recorded = _recorded().get(name, {"format": 0, "asks": ""})
    return int(recorded["format"]) + int(recorded["asks"] != _fingerprint(asked))


def text(asked: Mapping[str, Iterable[str]]) -> str:
    """The file that records them.

    Parameters
    ----------
    asked : mapping
        What each asks, by its name.
    """
    entries = {name: list(what) for name, what in asked.items()}
    blocks = (
        f'\n[{name}]\nformat = {number(name, what)}\nasks = "{_fingerprint(what)}"\n'
        for name, what in entries.items()
    )
    return INTRODUCTION + "".join(blocks)


def _recorded() -> dict[str, dict[str, Any]]:
    file = resources.files("walkaway_xl").joinpath("formats.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _fingerprint(asked: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(asked)).encode()).hexdigest()[:LENGTH]
