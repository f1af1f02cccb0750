"""Show what is understood of a quote book, and keep how it is read."""

import argparse
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
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    parser.add_argument(
        "--width", type=int, metavar="COLUMNS", help="of the page, 60 to 120 (the terminal's)"
    )
    quote_options.arguments(parser)
    quote_options.keeping_arguments(parser)


@quote_options.keeping
def run(options: argparse.Namespace) -> int:
    """Read the book, print the page, and keep the profile."""
    from walkaway_xl.quotes.quote_error import QuoteError

    if options.engine != "polars":
        raise QuoteError(phrase("read looks at files on this machine; leave --engine out"))
    kept = quote_options.place_of_profile(options)
    opened = quote_options.opened(options)[1]
    from walkaway_xl.policy import EXAMPLE
    from walkaway_xl.quotes import account
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
    if kept is not None:
        say(quote_options.keep(options, quotes, kept))
    return NOT_READ if tallies.rejects.count else DONE
