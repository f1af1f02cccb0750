"""What `check` and `guide` share: how a file of lines is to be read, and where the work is done."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from walkaway_xl.asking import MissingError
from walkaway_xl.commands.console import budget_option
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.pip_commands import need_extra
from walkaway_xl.quotes.engines import ENGINES
from walkaway_xl.quotes.quote_error import QuoteError

if TYPE_CHECKING:
    from walkaway_xl.files import Target
    from walkaway_xl.quotes.checking import DiscountOptions
    from walkaway_xl.quotes.engines import Engine, OpenedQuotes

Run = Callable[[argparse.Namespace], int]

KEEPING = "--save-profile"
QUOTES = "a workbook, a text or a Parquet file, a folder of them, or - for standard input"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a file of lines is to be read."""
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="WHAT=NAME",
        help='which column it is: --column list_price="List Price"; discounts may be several',
    )
    parser.add_argument(
        "--profile", type=Path, metavar="FILE", help="read as walkaway-xl read --save-profile has kept it"
    )
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook that holds the lines")
    parser.add_argument(
        "--separator",
        type=_separator,
        metavar="SIGN",
        help="what stands between columns of a text file; tab for a tab (as its heads tell)",
    )
    parser.add_argument("--encoding", metavar="NAME", help="of a text file, as cp1252 (as its bytes tell)")
    parser.add_argument("--head", type=_row, metavar="ROW", help="the row of the heads (as their words tell)")
    parser.add_argument("--decimal", metavar="SIGN", help="the decimal sign in a text file (as it tells)")
    parser.add_argument("--thousands", metavar="SIGN", help="the sign between thousands there (as it tells)")
    parser.add_argument(
        "--negative-discounts",
        action="store_true",
        help="discounts are written as negatives: -0.1 is 10 %% off",
    )
    parser.add_argument(
        "--surcharges", action="store_true", help="a negative discount is a surcharge: -0.1 is 10 %% on top"
    )
    parser.add_argument(
        "--discounts-in",
        choices=["percent", "share"],
        help="how discounts are written: percent, where 15 is 15 %%, or share, where 0.15 is",
    )
    parser.add_argument(
        "--margins-in",
        choices=["percent", "share"],
        help="the same of margins and markups that stand in place of the cost",
    )
    parser.add_argument(
        "--currency", metavar="CODE", help="only lines in this one, of a book that holds several: EUR"
    )
    parser.add_argument(
        "--rates",
        type=Path,
        metavar="FILE",
        help="add up lines in several currencies by these rates: a text file with currency, rate and date",
    )
    parser.add_argument(
        "--returns",
        choices=["apart", "net", "refuse"],
        default="apart",
        help="lines that take something back: count them apart, against the others, or not at all (apart)",
    )
    parser.add_argument(
        "--engine", choices=list(ENGINES), default="polars", help="work here, or on a cluster (polars)"
    )
    budget_option(parser)
    parser.add_argument("--master", metavar="URL", help="where Spark runs, as local[2] or spark://host:7077")


def keeping_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps how a file is read."""
    parser.add_argument(
        KEEPING, type=Path, metavar="FILE", help="keep how the book is read here, for --profile"
    )


def keeping(run: Run) -> Run:
    """Let a command that takes the option offer it where it asks for what the file does not tell."""

    @wraps(run)
    def offering(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except MissingError as gap:
            gap.keeping = None if options.save_profile else KEEPING
            raise

    return offering


def place_of_profile(options: argparse.Namespace) -> "Target | None":
    """Where how the file is read is kept, refused before the work begins if it cannot be."""
    from walkaway_xl import files

    if options.save_profile is None:
        return None
    inputs = [Path(options.quotes), *filter(None, [getattr(options, "policy", None)])]
    return files.target(options.save_profile, force=options.force, option=KEEPING, inputs=inputs)


def keep(options: argparse.Namespace, quotes: "OpenedQuotes", place: "Target") -> str:
    """Write how the file was read, and give back the sentence that says so."""
    from walkaway_xl.quotes import profile

    place.write(profile.text(quotes.columns, quotes.notation, options).encode())
    use = f"walkaway-xl check QUOTES --policy FILE --profile {options.save_profile}"
    return phrase("Written: {save_profile}; to use it: {use}", save_profile=options.save_profile, use=use)


def _separator(text: str) -> str:
    sign = "\t" if text in ("tab", "\\t") else text
    if len(sign) != 1 or not sign.isascii() or sign in '"\r\n':
        raise argparse.ArgumentTypeError(phrase("{shown} is no single sign, as ; or tab", shown=f"{text!r}"))
    return sign


def _row(text: str) -> int:
    row = int(text)
    if row < 1:
        raise argparse.ArgumentTypeError(phrase("rows are counted from 1; it is {row}", row=row))
    return row


def day(text: str) -> date:
    """A day, as an option names it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            phrase("{text} is no day; write 2026-01-31", text=f"{text!r}")
        ) from None


def day_argument(parser: argparse.ArgumentParser) -> None:
    """Add the day of all lines."""
    parser.add_argument(
        "--as-of",
        type=day,
        metavar="DAY",
        help="take this day for all lines, in place of their own: 2026-01-31",
    )


def opened(options: argparse.Namespace) -> tuple["Engine[Any]", "OpenedQuotes"]:
    """The engine that the options name, and the lines."""
    if options.profile is not None:
        from walkaway_xl.files import intake
        from walkaway_xl.quotes import profile

        profile.take(intake.content(options.profile, "text"), str(options.profile), options)
    facts = ENGINES[options.engine]
    need_extra(facts.extra, *facts.modules)
    for difference in facts.differences:
        if getattr(options, difference.option, difference.usual) != difference.usual:
            raise QuoteError(difference.refusal)
    from walkaway_xl.quotes.columns import assignments
    from walkaway_xl.quotes.quote_files import PLAIN, Notation, Reading

    is_stated = options.decimal is not None or options.thousands is not None
    reading = Reading(
        assignments(options.column),
        Notation(options.decimal or PLAIN.decimal, options.thousands) if is_stated else None,
        options.encoding,
        options.separator,
        options.head,
        options.sheet,
        options.discounts_in,
        options.margins_in,
        options.returns,
        options.currency,
        options.rates,
    )
    engine = facts.start(options.master)
    return engine, engine.open(options.quotes, reading)


def reading_in_words(options: argparse.Namespace, quotes: "OpenedQuotes") -> str:
    """How the quotes were read, for the first lines of a report."""
    from walkaway_xl.quotes.account import one_line

    return phrase(
        "Read {quotes}: {columns}", quotes=options.quotes, columns=one_line(quotes.columns, quotes.written)
    )


def discounts(options: argparse.Namespace) -> "DiscountOptions":
    """How discounts are written."""
    from walkaway_xl.quotes.checking import DiscountOptions

    return DiscountOptions(options.negative_discounts, options.surcharges, options.discounts_in)


def place_of_plot(options: argparse.Namespace) -> "Target | None":
    """Where a picture goes, refused before the work begins if it could not be drawn; None without one."""
    from walkaway_xl import files

    if options.plot is None:
        return None
    need_extra("docs", "matplotlib")
    inputs = [options.policy, Path(options.quotes)]
    return files.target(options.plot, force=options.force, option="--plot", inputs=inputs, like=inputs[1])


def place_of_report(options: argparse.Namespace, like: Path, inputs: "Sequence[Path]") -> "Target | None":
    """Where a page goes, refused before the work begins if it cannot be written there; None without one."""
    from walkaway_xl import files

    if options.report is None:
        return None
    if options.report.suffix.lower() != ".html":
        raise QuoteError(
            phrase(
                "{path}: a report is a page for a browser; write --report report.html", path=options.report
            )
        )
    return files.target(options.report, force=options.force, option="--report", inputs=inputs, like=like)
