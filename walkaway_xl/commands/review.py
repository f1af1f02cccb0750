"""Read a filled-in workbook on one page."""

import argparse
import json
from pathlib import Path

from walkaway_xl.commands.console import DONE, budget_option, progress, warn_of_kept

HELP = "read a filled-in workbook on one page"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    budget_option(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Print the page."""
    from walkaway_xl.files import intake
    from walkaway_xl.hosts import embedded
    from walkaway_xl.workbooks import reading, review_page

    with progress() as tell:
        calculated = embedded.calculate_from(options.book, tell)
    warn_of_kept(calculated)
    with intake.understood(options.book):
        page = review_page.review(reading.values_of(calculated.data))
        as_json = json.dumps(page.as_json(), ensure_ascii=False, indent=2) if options.json else ""
        text = as_json or review_page.page_text(page)
    print(text)
    return DONE
