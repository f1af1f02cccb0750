"""Show what is understood of a quote book, and keep how it is read."""

import argparse
from pathlib import Path
from typing import cast

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import DONE, progress, say
from walkaway_xl.core.phrasing import phrase

HELP = "show what is understood of a quote book, before any verdict"
NOT_READ = 2  # the exit code where lines could not be read


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Reads every line of a quote book and shows what it was taken for: columns, first lines, totals, and "
        "the rows that are no lines. Exit code 0: all was read. 2: some lines, or the book, could not be."
    )
    parser.add_argument("quotes", metavar="QUOTES", help=quote_options.QUOTES)
    parser.add_argument(
        "--save-profile", type=Path, metavar="FILE", help="keep how the book is read here, for --profile"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    parser.add_argument(
        "--width", type=int, metavar="COLUMNS", help="of the page, 60 to 120 (the terminal's)"
    )
    quote_options.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the book, print the page, and keep the profile."""
    from walkaway_xl import files
    from walkaway_xl.quotes.quote_error import QuoteError

    if options.engine != "polars":
        raise QuoteError(phrase("read looks at files on this machine; leave --engine out"))
    place = None
    if options.save_profile is not None:
        inputs = [Path(options.quotes)]
        place = files.target(options.save_profile, force=options.force, inputs=inputs)
    opened = quote_options.opened(options)[1]
    from walkaway_xl.policy import EXAMPLE
    from walkaway_xl.quotes import account, profile
    from walkaway_xl.quotes.engines.local import read
    from walkaway_xl.quotes.history import history_options
    from walkaway_xl.quotes.quote_files import Quotes
    from walkaway_xl.text_tables import page_width

    quotes = cast(Quotes, opened)  # of the engine on this machine
    discounts = quote_options.discounts(options)
    asked = history_options(EXAMPLE, quotes.columns, quotes.names, options.quotes, discounts)
    with progress() as report:
        gathered, tallies = read(quotes, asked, report)
    print(account.page(gathered, tallies, options.quotes, quotes.written, page_width(options.width)))
    if place is not None:
        place.write(profile.text(quotes.columns, quotes.notation, options).encode())
        use = f"walkaway-xl check QUOTES --policy FILE --profile {options.save_profile}"
        say(phrase("Written: {save_profile}; to use it: {use}", save_profile=options.save_profile, use=use))
    return NOT_READ if tallies.rejects.count else DONE
