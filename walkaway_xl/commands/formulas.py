"""Write the functions as formulas: a workbook that has them, or into a workbook that somebody has."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands.console import DONE, budget_option, refuse, say
from walkaway_xl.core.phrasing import phrase

if TYPE_CHECKING:
    from walkaway_xl.hosts.formulas.into_book import Added

HELP = "write the functions as formulas that Excel has without an add-in"
BOOK, TEXT = Path("walkaway_functions.xlsx"), Path("walkaway_functions.txt")
LISTED = 6  # names in a line; the rest is counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=f"where to write it ({BOOK}; with --into, the workbook itself)",
    )
    parser.add_argument("--into", type=Path, metavar="BOOK.xlsx", help="add the names to this workbook")
    parser.add_argument(
        "--only-used", action="store_true", help="with --into: only the functions that the workbook calls"
    )
    parser.add_argument(
        "--update", action="store_true", help="with --into: replace names of another version of walkaway-xl"
    )
    parser.add_argument(
        "--text",
        action="store_true",
        help=f"write the formulas as text, for the Advanced Formula Environment of Excel Labs ({TEXT})",
    )
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that exists")


def run(options: argparse.Namespace) -> int:
    """Write what is asked for."""
    if options.into is None and (options.only_used or options.update):
        return refuse(phrase("--only-used and --update go with --into BOOK.xlsx"))
    if options.into is not None:
        return refuse(phrase("--text and --into do not go together")) if options.text else _into(options)
    return _text(options) if options.text else _book(options)


def _book(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts, files
    from walkaway_xl.hosts.formulas import function_workbook, host

    place = files.target(options.out or BOOK, force=options.force)
    place.write(artefacts.stored(function_workbook.build(), host))
    say(f"{function_workbook.TITLE}: {place.path}")
    return DONE


def _text(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.hosts.formulas import module_text

    place = files.target(options.out or TEXT, force=options.force)
    place.write(module_text.text().encode())
    say(
        phrase(
            ("Paste {path} into the module Workbook of the Advanced Formula Environment."), path=place.path
        )
    )
    return DONE


def _into(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.files import intake
    from walkaway_xl.hosts.formulas import into_book

    target = options.out or options.into
    force = options.force or options.out is None
    place = files.target(
        target, force=force, inputs=[] if options.out is None else [options.into], like=options.into
    )
    data = intake.content(options.into)
    with intake.understood(options.into):
        added = into_book.with_names(data, only_used=options.only_used, update=options.update)
    if added.is_changed or options.out is not None:
        place.write(added.data)
    _report(added, target)
    return DONE


def _report(added: "Added", target: Path) -> None:
    counts = ((added.added, "added"), (added.updated, "brought up to date"), (added.present, "there already"))
    outcomes = [f"{len(names)} {what}" for names, what in counts if names]
    say(phrase("Names in {target}: {outcomes}.", target=target, outcomes=", ".join(outcomes)))
    if added.foreign:
        shown = ", ".join(added.foreign[:LISTED])
        more = f" and {len(added.foreign) - LISTED} more" if len(added.foreign) > LISTED else ""
        say(
            phrase(
                ("{shown}{more}: the workbook uses the name for something else, which stays as it is."),
                shown=shown,
                more=more,
            )
        )
    for title in added.sheets:
        say(
            phrase(
                ("The sheet {title} is called as a name is; both work, but rename it to keep them apart."),
                title=title,
            )
        )
