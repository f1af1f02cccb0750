"""The first run: every workbook in a folder, and a real quote book checked against its floors."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from walkaway_xl.commands.console import DONE, say
from walkaway_xl.core.phrasing import phrase

HELP = "write every workbook and check an example quote book"
CHECKED = "order_lines_checked.xlsx"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--folder", type=Path, default=Path("walkaway-workbooks"), metavar="FOLDER")


def run(options: argparse.Namespace) -> int:
    """Write the workbooks, check the example order lines, and say what they show.

    A file that is there already stays as it is: somebody may have filled it in.
    """
    from walkaway_xl import artefacts, files, workbooks
    from walkaway_xl.examples import order_lines
    from walkaway_xl.policy import EXAMPLE
    from walkaway_xl.quotes import in_memory
    from walkaway_xl.quotes.summary_text import summary_text
    from walkaway_xl.text_tables import page_width
    from walkaway_xl.workbooks.discount_floor_sheet.orders import deal_of

    folder = options.folder
    lines = order_lines()
    print(
        phrase("Checking {count} real order lines against their discount floors …", count=len(lines)),
        flush=True,
    )
    print()
    print(summary_text(in_memory.checked(lines, EXAMPLE), "category", page_width()))
    print()
    sheet = workbooks.template("discount_floor_sheet")
    makers: dict[str, Callable[[], bytes]] = {CHECKED: lambda: artefacts.stored(sheet.filled(deal_of(lines)))}
    for template in workbooks.TEMPLATES:
        makers[f"{template.name}.xlsx"] = partial(artefacts.workbook, template, example=False)
    with files.in_folder(folder), files.Writing() as writing:
        for name, make in makers.items():
            if not os.path.lexists(folder / name):
                writing.write(files.target(folder / name, option="--folder"), make())
    say(phrase("Your workbooks are in {folder}", folder=folder.resolve()))
    books = [(f"{template.name}.xlsx", phrase(template.summary)) for template in workbooks.TEMPLATES]
    books.append((CHECKED, phrase("The order lines above, line by line.")))
    for name, summary in books:
        print(f"  {name.ljust(max(len(name) for name, _ in books))}  {summary}")
    return DONE
