"""Move the inputs of an older workbook into today's template, or give a policy today's format."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands.console import DONE, NOT_CLEAN, budget_option, progress, refuse, say, warn_of_kept
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.listed import CARRIED

if TYPE_CHECKING:
    from walkaway_xl.files import Target

HELP = "move the inputs of an older workbook or policy into today's format"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = "The old file stays. Exit code 3: something in it has no place any more, and was listed."
    parser.add_argument("book", type=Path, metavar="FILE", help="the workbook, or a policy.toml")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (FILE_upgraded.xlsx)")
    parser.add_argument(
        "--host",
        choices=CARRIED,
        help="carry the worksheet functions along for "
        + " or ".join(host.TITLE for host in CARRIED.values()),
    )
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that exists")


def run(options: argparse.Namespace) -> int:
    """Write it, and say what has no place in it."""
    from walkaway_xl import files

    book: Path = options.book
    target = options.out or book.with_name(f"{book.stem}_upgraded{book.suffix}")
    place = files.target(target, force=options.force, inputs=[book], like=book)
    if book.suffix.lower() == ".toml":
        if options.host:
            return refuse(phrase("--host is for workbooks; leave it out for a policy"))
        return _policy(book, place)
    return _book(book, place, options.host)


def _policy(path: Path, place: "Target") -> int:
    from walkaway_xl.files import intake
    from walkaway_xl.policy import policy_upgrade

    data = intake.content(path, "text")
    with intake.understood(path):
        text, left = policy_upgrade.upgraded(data, str(path))
    place.write(text)
    say(phrase("In today's format: {target}", target=place.path))
    return _listed(left, path)


def _book(book: Path, place: "Target", host: str | None) -> int:
    from walkaway_xl import book_upgrade

    with progress() as tell:
        new = book_upgrade.remade(book, CARRIED.get(host or ""), tell)
    warn_of_kept(new.calculated)
    place.write(new.data)
    say(phrase("In today's format: {target}", target=place.path))
    for line in new.lines:
        say(f"  {line}")
    return _listed(new.left, book)


def _listed(left: Sequence[str], path: Path) -> int:
    if not left:
        return DONE
    say(phrase("Only {path} still holds this:", path=path))
    for line in left:
        say(f"  {line}")
    return NOT_CLEAN
