"""Where a page comes from: the files with their hashes, the policy with its own, version, time, command."""

import hashlib
import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from walkaway_xl import __version__
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.engines import OpenedQuotes
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.report_tables import Head, table

MOST_FILES = 50  # of a folder that are named


class Source(NamedTuple):
    """What was read: a file, and the hash of its bytes."""

    what: str
    name: str
    sha256: str


class Provenance(NamedTuple):
    """Where a page comes from."""

    sources: Sequence[Source]
    read: str  # how the quotes were read, in words
    version: str
    made: str  # day and time
    command: str


def provenance(sources: Sequence[Source], read: str) -> Provenance:
    """Where a page comes from.

    Parameters
    ----------
    sources : sequence of Source
        What was read.
    read : str
        How, in words.
    """
    command = shlex.join(["walkaway-xl", *sys.argv[1:]])
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Provenance(sources, read, __version__, made, command)


def of_lines(quotes: OpenedQuotes, what: str) -> Iterator[Source]:
    """The files of some lines."""
    for path in quotes.paths[:MOST_FILES]:
        yield of_file(what, Path(path))
    if (more := len(quotes.paths) - MOST_FILES) > 0:
        yield Source(what, phrase("{count} more files", count=f"{more:,}"), "")


def of_file(what: str, path: Path) -> Source:
    """A file."""
    if not path.is_file():
        return Source(what, str(path), phrase("not a file of this machine"))
    with path.open("rb") as file:
        return Source(what, path.name, hashlib.file_digest(file, "sha256").hexdigest())


def origin(made: Provenance, audience: Audience = FINANCE) -> Html:
    """Where a page comes from, as a table of it."""
    rows = [[source.what, source.name, element("code", source.sha256)] for source in made.sources]
    rows += [
        [phrase("Version"), f"walkaway-xl {made.version}", ""],
        [phrase("Made"), made.made, ""],
        [phrase("Command"), element("code", made.command), ""],
    ]
    heads = [
        Head(phrase("What"), Secret.SOURCE, is_number=False),
        Head(phrase("Which"), Secret.SOURCE, is_number=False),
        Head("SHA-256", Secret.SOURCE, is_number=False),
    ]
    caption = phrase("Who has these files and this policy gets the same figures")
    return table(audience, caption, heads, rows)
