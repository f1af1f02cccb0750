"""Where a report comes from: the files with their hashes, the policy with its own, version, time, command."""

import hashlib
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from walkaway_xl import __version__
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.engines import OpenedQuotes
from walkaway_xl.quotes.report import Provenance, Source

MOST_FILES = 50  # of a folder that are named


def provenance(quotes: OpenedQuotes, policy: Path, read: str) -> Provenance:
    """Where a report comes from.

    Parameters
    ----------
    quotes : OpenedQuotes
        The lines.
    policy : Path
        The file of the policy.
    read : str
        How the lines were read, in words.
    """
    command = shlex.join(["walkaway-xl", *sys.argv[1:]])
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Provenance([*_lines(quotes), _source(phrase("Policy"), policy)], read, __version__, made, command)


def _lines(quotes: OpenedQuotes) -> Iterator[Source]:
    for path in quotes.paths[:MOST_FILES]:
        yield _source(phrase("Lines"), Path(path))
    if (more := len(quotes.paths) - MOST_FILES) > 0:
        yield Source(phrase("Lines"), phrase("{count} more files", count=f"{more:,}"), "")


def _source(what: str, path: Path) -> Source:
    if not path.is_file():
        return Source(what, str(path), phrase("not a file of this machine"))
    with path.open("rb") as file:
        return Source(what, path.name, hashlib.file_digest(file, "sha256").hexdigest())
