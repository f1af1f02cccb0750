"""Calculate a workbook without a spreadsheet program."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from walkaway_xl.commands.console import DONE, NOT_CLEAN, budget_option, progress, say
from walkaway_xl.core.phrasing import phrase

HELP = "calculate a workbook without a spreadsheet program"
CELLS_SHOWN = 50  # more than a screen or two helps nobody; the rest is counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = (
        "Exit code 3: a cell holds an error, or keeps its stored value because a function in it is not known "
        "here."
    )
    parser.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    budget_option(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here and leave BOOK.xlsx as it is")
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    parser.add_argument(
        "--recalculate-all",
        action="store_true",
        help="show an error where a function is not known here; without this its stored value stays",
    )


def run(options: argparse.Namespace) -> int:
    """Calculate it, and list the cells that are not as they should be."""
    from walkaway_xl.hosts import embedded

    target = options.out or options.book
    with progress() as tell:
        calculated = embedded.calculate_file(
            options.book,
            target,
            tell,
            recalculate_all=options.recalculate_all,
            force=options.force or options.out is None,
        )
    print(calculated.summary)
    _print_cells(calculated.errors)
    if calculated.kept:
        print(calculated.warning)
        _print_cells(calculated.kept)
    say(phrase("Values are stored in {target}", target=target))
    return NOT_CLEAN if calculated.errors or calculated.kept else DONE


def _print_cells(cells: Sequence[object]) -> None:
    for cell in cells[:CELLS_SHOWN]:
        say(f"  {cell}")
    if len(cells) > CELLS_SHOWN:
        print(phrase("  … and {count} more", count=f"{len(cells) - CELLS_SHOWN:,}"))
