"""Write the copy of a workbook that the other side may have."""

import argparse
import shlex
from pathlib import Path

from walkaway_xl.commands.console import DONE, NOT_CLEAN, budget_option, progress, say, warn_of_kept
from walkaway_xl.core.phrasing import phrase

HELP = "write the copy of a workbook that the other side may have"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (BOOK_to_share.xlsx)")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="CELL",
        help="a cell that may go although it gives something away, as 'For them!C25'",
    )
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that exists")


def run(options: argparse.Namespace) -> int:
    """Write it, unless a cell in it would give something away."""
    from walkaway_xl import files
    from walkaway_xl.files import intake
    from walkaway_xl.hosts import embedded
    from walkaway_xl.workbooks import sharing

    target = options.out or options.book.with_name(f"{options.book.stem}_to_share.xlsx")
    place = files.target(target, force=options.force, inputs=[options.book], like=options.book)
    with progress() as tell:
        calculated = embedded.calculate_from(options.book, tell)
    warn_of_kept(calculated)
    with intake.understood(options.book):
        copy = sharing.copy_for_the_other_side(calculated.data, options.allow)
    for leak in copy.leaks:
        say(f"  {leak}")
    for cell in copy.needless:
        say(phrase("  --allow {cell}: nothing was found there", cell=cell))
    if copy.data is None:
        say(
            phrase(
                (
                    "{target} was not written: these cells would give away what only you may "
                    "know, or are errors. Mend them in {book}, or name those that may go: "
                    "--allow {address}"
                ),
                target=target,
                book=options.book,
                address=shlex.quote(copy.leaks[0].address),
            )
        )
        return NOT_CLEAN
    place.write(copy.data)
    say(phrase("The copy for the other side: {target}", target=target))
    return DONE
