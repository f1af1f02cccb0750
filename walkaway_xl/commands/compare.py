"""Compare two quote books: what price, volume and mix did, and which lines crossed their floor."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import DONE, progress, refuse, say
from walkaway_xl.core.phrasing import phrase

if TYPE_CHECKING:
    from walkaway_xl.policy import Policy
    from walkaway_xl.quotes.checked_batch import CheckOptions
    from walkaway_xl.quotes.comparison import Book, Comparison
    from walkaway_xl.quotes.engines import Progress
    from walkaway_xl.quotes.quote_files import Quotes
    from walkaway_xl.quotes.trends import Trend

HELP = "compare two quote books: price, volume, mix, and who crossed the floor"
BAD_INPUT = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Says what led from one book to another: lines lost and new, volume, mix, list prices and discounts, "
        "which add up; and which lines fell below their floor, by the policy, the book or both. Exit code 2: "
        "the policy or the input is bad, or some lines could not be checked."
    )
    parser.add_argument("before", metavar="BEFORE", help=quote_options.QUOTES)
    parser.add_argument("after", metavar="AFTER", help="the book to compare with it")
    parser.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="policy.toml, or a discount_floor_sheet"
    )
    parser.add_argument(
        "--policy-before", type=Path, metavar="FILE", help="the policy of the first book, if it was another"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="COLUMN",
        help="what tells one line from another: --key order --key product (the product)",
    )
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="COLUMN",
        help="split it by this column, too, or by month, quarter or year of the date",
    )
    quote_options.day_argument(parser)
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a page for a browser here: .html")
    parser.add_argument("--force", action="store_true", help="replace a page that exists")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    quote_options.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare the books, and say what they show."""
    if options.engine != "polars":
        return refuse(
            phrase(
                "compare matches lines on this machine, and not with --engine {engine}; leave it out",
                engine=options.engine,
            )
        )
    from walkaway_xl.quotes.comparison import as_data, compared
    from walkaway_xl.quotes.comparison_text import comparison_text
    from walkaway_xl.quotes.policy_files import usable_policy
    from walkaway_xl.text_tables import page_width

    books = [Path(options.before), Path(options.after)]
    inputs = [*books, *filter(None, (options.policy, options.policy_before))]
    place = quote_options.place_of_report(options, books[1], inputs)
    policy, _ = usable_policy(options.policy)
    policy_before = policy if options.policy_before is None else usable_policy(options.policy_before)[0]
    is_other = policy != policy_before
    with progress() as report:
        before = _book(options, options.before, [policy_before, policy][: 1 + is_other], report)
        after = _book(options, options.after, [policy, policy_before][: 1 + is_other], report)
    result = compared(
        before.lines,
        after.lines,
        after.trends,
        is_other_policy=is_other,
        is_converted=options.rates is not None or options.currency is not None,
    )
    if place is not None:
        place.write(_page(options, result, before, after))
    if options.json:
        print(json.dumps(as_data(result, after.key), indent=2, ensure_ascii=False))
    else:
        print(comparison_text(result, page_width()))
        if place is not None:
            say(phrase("Written: {path}", path=place.path))
    return BAD_INPUT if result.left_out else DONE


class _Read(NamedTuple):
    """A book that was read: its keys, and by what it is split."""

    quotes: "Quotes"
    lines: "Book"
    key: list[str]
    trends: "list[Trend]"


def _page(options: argparse.Namespace, result: "Comparison", before: _Read, after: _Read) -> bytes:
    from walkaway_xl.quotes.comparison_page import comparison_page
    from walkaway_xl.quotes.provenance import of_file, of_lines, provenance

    sources = [
        *of_lines(before.quotes, phrase("Lines before")),
        *of_lines(after.quotes, phrase("Lines after")),
        of_file(phrase("Policy"), options.policy),
    ]
    if options.policy_before is not None:
        sources.append(of_file(phrase("Policy before"), options.policy_before))
    read = " ".join(
        f"{quote_options.reading_in_words(_of(options, path), book.quotes)}."
        for path, book in ((options.before, before), (options.after, after))
    )
    names = (Path(options.before).name, Path(options.after).name)
    return comparison_page(result, names, provenance(sources, read))


def _of(options: argparse.Namespace, path: str) -> argparse.Namespace:
    """What was asked, of one of the books."""
    return argparse.Namespace(**{**vars(options), "quotes": path})


def _book(options: argparse.Namespace, path: str, policies: "Sequence[Policy]", report: "Progress") -> _Read:
    """A book, checked by its policy and by the other if there is one."""
    from walkaway_xl.quotes.checked_batch import options_for_lines
    from walkaway_xl.quotes.columns import named
    from walkaway_xl.quotes.comparison import book
    from walkaway_xl.quotes.engines.local import lines_of_book
    from walkaway_xl.quotes.quote_error import QuoteError
    from walkaway_xl.quotes.quote_files import Quotes
    from walkaway_xl.quotes.trends import trend

    _, quotes = quote_options.opened(_of(options, path))
    assert isinstance(quotes, Quotes)
    columns, names = quotes.columns, quotes.names
    product = [columns.product] if columns.product else []
    key = [named(name, names, path, "--key") for name in options.key] or product
    if not key:
        raise QuoteError(
            phrase("{path}: no column holds the product; --key COLUMN says what tells lines apart", path=path)
        )
    trends = [trend(by, columns, names, path) for by in options.by]

    def asked(policy: "Policy") -> "CheckOptions":
        discounts = quote_options.discounts(options)
        return options_for_lines(
            policy, columns, names, path, None, discounts, in_words=False, as_of=options.as_of
        )

    own, *others = map(asked, policies)
    lines = book(path, lines_of_book(quotes, report), own, next(iter(others), None), key, trends)
    return _Read(quotes, lines, key, trends)
