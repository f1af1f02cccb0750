"""Check a quote book against a policy."""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import progress, say
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.audiences import AUDIENCES
from walkaway_xl.quotes.engines import OutputOptions, Picture
from walkaway_xl.quotes.quote_error import QuoteError

if TYPE_CHECKING:
    from walkaway_xl.files import Target
    from walkaway_xl.policy import Policy
    from walkaway_xl.quotes.checked_batch import CheckOptions
    from walkaway_xl.quotes.engines import OpenedQuotes, Outcome
    from walkaway_xl.quotes.tallies import Tallies

HELP = "check a quote book against a policy"
WITHIN, BELOW_FLOOR, BAD_INPUT = 0, 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Checks every line of a quote book against a policy. Exit code 0: all are within it. "
        "1: some are below floor. 2: the policy or the input is bad, or some lines could not be checked."
    )
    parser.add_argument("quotes", metavar="QUOTES", help=quote_options.QUOTES)
    parser.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="policy.toml, or a discount_floor_sheet"
    )
    parser.add_argument(
        "--out", metavar="FILE", help="write the checked lines here, and beside it the rejects"
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument("--strict", action="store_true", help="stop at the first line that cannot be checked")
    parser.add_argument("--reasons", action="store_true", help="add the reason of each line in words")
    parser.add_argument(
        "--group-by", metavar="COLUMN", help="total the lines of each quote: --group-by order"
    )
    parser.add_argument(
        "--exceptions", type=Path, metavar="FILE", help="decided exceptions, beside those of the policy"
    )
    parser.add_argument(
        "--ask",
        type=Path,
        metavar="FILE",
        help="write the lines that need an exception here, as a register: .csv",
    )
    quote_options.day_argument(parser)
    parser.add_argument("--segment", metavar="COLUMN", help="split the summary by this column (the class)")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw revenue by segment here: .svg, .png or .pdf"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a page for a browser here: .html")
    parser.add_argument(
        "--across", metavar="COLUMN", help="split the segments of the report by this column (who signs)"
    )
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="COLUMN",
        help="count the lines by this column, too, or by month, quarter or year of their date",
    )
    parser.add_argument(
        "--what-if",
        action="append",
        default=[],
        metavar="CHANGE",
        help='say what would cross the floor: min_margin=25%%, "rule:West chairs.floor=0.3"; may be repeated',
    )
    parser.add_argument(
        "--audience",
        choices=list(AUDIENCES),
        default="finance",
        help="who reads what is written: leave out what he must not see (finance, who sees all of it)",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    quote_options.arguments(parser)
    quote_options.keeping_arguments(parser)


@quote_options.keeping
def run(options: argparse.Namespace) -> int:
    """Check the lines, and say what they show."""
    policy = _policy(options)
    plot = quote_options.place_of_plot(options)
    if options.across is not None and options.report is None:
        raise QuoteError(phrase("--across splits the segments of a report; add --report FILE"))
    page = quote_options.place_of_report(
        options, Path(options.quotes), [options.policy, Path(options.quotes)]
    )
    kept = quote_options.place_of_profile(options)
    engine, quotes = quote_options.opened(options)
    asked = _options(options, policy, quotes)
    _refuse_secrets(options, asked)
    pictures = [] if plot is None else [Picture(plot, partial(_drawn, options, asked))]
    if page is not None:
        pictures.append(Picture(page, partial(_reported, options, asked, quotes)))
    asked, ask = _asking(options, asked)
    outputs = OutputOptions(
        options.out,
        options.strict,
        options.force,
        options.policy,
        pictures=tuple(pictures),
        ask=ask,
        audience=AUDIENCES[options.audience],
    )
    with progress() as report:
        outcome = engine.check(quotes, asked, outputs, report)
    written = [phrase("Written: {path}", path=path) for path in outcome.written]
    if kept is not None:
        written.append(quote_options.keep(options, quotes, kept))
    return _say(options, asked, outcome, quote_options.reading_in_words(options, quotes), written)


def _asking(options: argparse.Namespace, asked: "CheckOptions") -> tuple["CheckOptions", "Target | None"]:
    """Where lines that need an exception go, and by which columns they are named."""
    if options.ask is None:
        return asked, None
    from walkaway_xl import files
    from walkaway_xl.quotes.requests import columns_of_lines

    if options.ask.suffix.lower() != ".csv":
        raise QuoteError(phrase("{path}: a register is written to a .csv file", path=options.ask))
    columns = columns_of_lines(asked, options.quotes)
    inputs = [options.policy, Path(options.quotes), *filter(None, [options.exceptions])]
    place = files.target(options.ask, force=options.force, option="--ask", inputs=inputs, like=inputs[1])
    return asked._replace(asks=tuple(columns)), place


def _policy(options: argparse.Namespace) -> "Policy":
    """A policy by which lines can be checked; what else is wrong with it is said on the way."""
    from walkaway_xl.quotes.counts import counted
    from walkaway_xl.quotes.policy_files import usable_policy

    path = options.policy
    policy, faults = usable_policy(path, options.exceptions)
    if faults:
        say(
            phrase(
                "{source} has {faults}: walkaway-xl policy lint {path}",
                source=policy.source,
                faults=counted(faults, "fault"),
                path=path,
            ),
            sys.stderr,
        )
    return policy


def _options(options: argparse.Namespace, policy: "Policy", quotes: "OpenedQuotes") -> "CheckOptions":
    """What is asked of the lines."""
    from walkaway_xl.quotes.checked_batch import options_for_lines, quote_columns
    from walkaway_xl.quotes.columns import named
    from walkaway_xl.quotes.trends import trend
    from walkaway_xl.quotes.what_if import changed

    def column(option: str) -> str | None:
        name = getattr(options, option.replace("-", "_"))
        return None if name is None else named(name, quotes.names, options.quotes, f"--{option}")

    discounts = quote_options.discounts(options)
    asked = options_for_lines(
        policy,
        quotes.columns,
        quotes.names,
        options.quotes,
        column("segment"),
        discounts,
        in_words=options.reasons,
        as_of=options.as_of,
    )
    asked = asked._replace(
        for_report=options.report is not None or (options.out or "").lower().endswith(".xlsx"),
        across=column("across"),
        trends=tuple(
            dict.fromkeys(trend(by, quotes.columns, quotes.names, options.quotes) for by in options.by)
        ),
        what_if=changed(policy, options.what_if) if options.what_if else None,
    )
    key = column("group-by")
    return asked if key is None else quote_columns(asked, key, quotes.names, options.quotes)


def _refuse_secrets(options: argparse.Namespace, asked: "CheckOptions") -> None:
    """Refuse what would show a reader in words what he must not see."""
    audience = AUDIENCES[options.audience]
    if audience.sees_all:
        return
    for option in ("plot", "what_if", "reasons", "ask"):
        if getattr(options, option):
            raise QuoteError(
                phrase(
                    "--{option} shows what is kept from {audience}; leave one of the two out",
                    option=option.replace("_", "-"),
                    audience=audience.name,
                )
            )
    shown = audience.columns({name: asked.roles.get(name) for name in asked.named}, asked.named)
    for name in asked.named:
        if name not in shown:
            raise QuoteError(
                phrase(
                    "column {name} is kept from {audience}, and lines cannot be split by it; name another",
                    name=name,
                    audience=audience.name,
                )
            )


def _reported(
    options: argparse.Namespace, asked: "CheckOptions", quotes: "OpenedQuotes", tallies: "Tallies"
) -> bytes:
    from walkaway_xl.quotes.provenance import of_file, of_lines, provenance
    from walkaway_xl.quotes.report import Titles, report

    read = quote_options.reading_in_words(options, quotes)
    titles = Titles(asked.segment or phrase("all lines"), asked.across)
    sources = [*of_lines(quotes, phrase("Lines")), of_file(phrase("Policy"), options.policy)]
    made = provenance(sources, read)
    return report(tallies, titles, made, AUDIENCES[options.audience])


def _drawn(options: argparse.Namespace, asked: "CheckOptions", tallies: "Tallies") -> bytes:
    from walkaway_xl.quotes.pictures import revenue

    if tallies.only is None:
        raise QuoteError(
            phrase(
                "--plot draws one currency, and the lines are in {currencies}; --currency CODE checks "
                "those of one, --rates FILE converts them",
                currencies=phrase(" and ").join(tallies.in_order),
            )
        )
    return revenue(tallies.only, asked.segment or "all", options.plot.suffix)


def _say(
    options: argparse.Namespace,
    asked: "CheckOptions",
    outcome: "Outcome",
    reading: str,
    written: Sequence[str],
) -> int:
    from walkaway_xl.quotes.summary_text import summary_text
    from walkaway_xl.text_tables import page_width, wrapped

    tallies, audience = outcome.tallies, AUDIENCES[options.audience]
    if options.json:
        read = {"read": reading} if audience.sees_all else {}
        print(json.dumps({**read, **tallies.seen_by(audience)}, indent=2, ensure_ascii=False))
    else:
        width = page_width()
        if audience.sees_all:
            print(*wrapped(reading, width), "", sep="\n")
        print(summary_text(tallies, asked.segment or "all", width, audience))
        if tallies.rejects.count and options.out is None and audience.sees_all:
            print(phrase("--out writes the checked lines, and the others with their reasons beside them"))
        for line in written:
            say(line)
    if tallies.rejects.count:
        return BAD_INPUT
    return BELOW_FLOOR if tallies.is_open else WITHIN
