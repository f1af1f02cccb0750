"""Take the links to another user's add-in out of workbooks."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands.console import DONE, NOT_CLEAN, REFUSED, budget_option, refuse, say
from walkaway_xl.core.phrasing import phrase, phrase_count

if TYPE_CHECKING:
    from walkaway_xl.hosts.excel_vba.book_links import Mended

HELP = "take the links to another user's add-in out of workbooks"
BOOKS = (".xlsx", ".xlsm")
MENDED = "_mended"  # behind the name of a book
LOCK = "~$"  # how the name of the file begins by which Excel says that it has a workbook open


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = "Exit code 3: a workbook could not be mended; the others were."
    parser.add_argument(
        "books",
        type=Path,
        nargs="+",
        metavar="BOOK.xlsx",
        help="workbooks, and folders whose workbooks are meant; each becomes BOOK_mended.xlsx beside it",
    )
    parser.add_argument("--in-place", action="store_true", help="change the workbooks themselves")
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def run(options: argparse.Namespace) -> int:
    """Mend them; what one workbook lacks is not in the way of the others."""
    from walkaway_xl import files
    from walkaway_xl.files import intake
    from walkaway_xl.hosts.excel_vba import book_links

    books = list(_books(options.books))
    faults: list[str] = []
    lines: list[str] = []
    with files.Writing() as writing:
        for book in books:
            target = book if options.in_place else book.with_name(f"{book.stem}{MENDED}{book.suffix}")
            try:
                data = intake.content(book)
                with intake.understood(book):
                    mended = book_links.mended(data)
            except intake.ReadError as error:
                faults.append(str(error))
                continue
            if mended.is_changed:
                force = options.force or options.in_place
                writing.write(files.target(target, force=force, like=book), mended.data)
            lines.append(_line(book, target, mended))
    for line in lines:
        say(line)
    for fault in faults:
        refuse(fault)
    if not books:
        return refuse(phrase("there is no workbook in {listed}", listed=", ".join(map(str, options.books))))
    if not lines:
        return REFUSED
    return NOT_CLEAN if faults else DONE


def _books(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if not path.is_dir():
            yield path
            continue
        for book in sorted(path.iterdir()):
            is_ours = book.stem.endswith(MENDED) and _unmended(book).exists()  # an earlier run wrote it
            if book.suffix.lower() in BOOKS and not book.name.startswith(LOCK) and not is_ours:
                yield book


def _unmended(book: Path) -> Path:
    return book.with_name(f"{book.stem.removesuffix(MENDED)}{book.suffix}")


def _line(book: Path, target: Path, mended: "Mended") -> str:
    if not mended.is_changed:
        return phrase("{book}: calls nobody's add-in by its path", book=book)
    if not mended.files:
        return phrase_count(
            "{target}: {count} call without the path of an add-in",
            "{target}: {count} calls without the path of an add-in",
            mended.calls,
            target=target,
        )
    return phrase_count(
        "{target}: {count} call without the path of an add-in, and without the link to {links}",
        "{target}: {count} calls without the path of an add-in, and without the link to {links}",
        mended.calls,
        target=target,
        links=", ".join(mended.files),
    )
