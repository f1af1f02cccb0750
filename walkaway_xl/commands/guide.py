"""Learn floor, target and stretch by segment from what was realised before."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import DONE, progress, say
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.quote_error import QuoteError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walkaway_xl.policy import Policy
    from walkaway_xl.quotes.engines import Learnt, OpenedQuotes
    from walkaway_xl.quotes.guidance import Guide

HELP = "learn floor, target and stretch by segment from what was realised before"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Computes floor, target and stretch of each segment from a history of lines, and writes "
        "them as a policy that check uses."
    )
    parser.add_argument("quotes", metavar="HISTORY", help=quote_options.QUOTES)
    parser.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="whose leakage, signers and tiers hold"
    )
    parser.add_argument(
        "--by",
        action="append",
        metavar="COLUMN",
        help="the segment (the class); again for segments within it: --by category --by sub_category",
    )
    parser.add_argument(
        "--of", choices=["margin", "price"], default="margin", help="the pocket margin, or the price"
    )
    parser.add_argument(
        "--percentiles",
        nargs=3,
        type=_share,
        default=[0.1, 0.5, 0.9],
        metavar="SHARE",
        help="of floor, target and stretch (0.1 0.5 0.9)",
    )
    parser.add_argument(
        "--least", type=int, default=30, metavar="LINES", help="with fewer a segment leans on its parent (30)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the policy here: .toml, or .xlsx for a sheet"
    )
    quote_options.day_argument(parser)
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the bands here: .svg, .png or .pdf")
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument("--json", action="store_true", help="print the guidance as JSON")
    quote_options.arguments(parser)
    quote_options.keeping_arguments(parser)


def _share(text: str) -> float:
    from walkaway_xl.core._takes import refusal
    from walkaway_xl.core.kinds import CHANCE

    share = float(text)
    if reason := refusal("a percentile", CHANCE, share):
        raise argparse.ArgumentTypeError(reason.said(share))
    return share


@quote_options.keeping
def run(options: argparse.Namespace) -> int:
    """Learn, and write the policy."""
    from walkaway_xl import files
    from walkaway_xl.quotes import guidance
    from walkaway_xl.quotes.guidance_text import guidance_text, method_in_words
    from walkaway_xl.quotes.policy_files import read_policy
    from walkaway_xl.text_tables import page_width, wrapped

    if sorted(options.percentiles) != options.percentiles:
        given = " ".join(f"{share:g}" for share in options.percentiles)
        raise QuoteError(
            phrase(
                (
                    "--percentiles must rise from floor to target to stretch; they are "
                    "{given}. Write 0.1 0.5 0.9"
                ),
                given=given,
            )
        )
    if options.least < 1:
        raise QuoteError(phrase("--least must be 1 or more; it is {least}", least=options.least))
    base = read_policy(options.policy)
    inputs = [options.policy, Path(options.quotes)]
    place = (
        None
        if options.out is None
        else files.target(options.out, force=options.force, inputs=inputs, like=inputs[1])
    )
    plot = quote_options.place_of_plot(options)
    learning = guidance.Guide(options.of, tuple(options.percentiles), options.least)
    kept = quote_options.place_of_profile(options)
    by, (segments, tallies), quotes = _learnt(options, base, learning)
    guided = guidance.held_to(base, guidance.guided(segments, learning.least), options.of, by)
    with files.Writing() as writing:
        if place is not None:
            from walkaway_xl.quotes.policy_files import as_file

            as_classes = len(by) == 1 or options.out.suffix.lower() == ".xlsx"
            policy = guidance.guided_policy(base, guided, options.of, by, as_classes=as_classes)
            remark = phrase("Guidance of {quotes}", quotes=options.quotes)
            remark += f". {_use(options.out, by, as_classes=as_classes)}. {method_in_words(learning)}"
            writing.write(place, as_file(policy, options.out, remark))
        if plot is not None:
            from walkaway_xl.quotes.pictures import bands

            writing.write(plot, bands(guided, learning, by, options.plot.suffix))
    if options.json:
        print(json.dumps([segment._asdict() for segment in guided], indent=2, ensure_ascii=False))
    else:
        width = page_width()
        print(*wrapped(quote_options.reading_in_words(options, quotes), width), "", sep="\n")
        print(guidance_text(guided, learning, by, width))
    rejects = tallies.rejects
    for reject in rejects.first:
        say(
            phrase(
                "left out: {file}, row {row}: {reason}",
                file=reject.file,
                row=f"{reject.row:,}",
                reason=reject.reason,
            ),
            sys.stderr,
        )
    if rejects.count > len(rejects.first):
        print(
            phrase("left out: {rejected} more", rejected=f"{rejects.count - len(rejects.first):,}"),
            file=sys.stderr,
        )
    if options.out is not None and not options.json:
        use = _use(options.out, by, as_classes=as_classes)
        say(phrase("Written: {out}; to use it: {use}", out=options.out, use=use))
    if kept is not None:
        line = quote_options.keep(options, quotes, kept)
        if not options.json:
            say(line)
    return DONE


def _use(out: Path, by: "Sequence[str]", *, as_classes: bool) -> str:
    """The command that checks lines by what was learnt."""
    column = f' --column class="{by[-1]}"' if as_classes else ""
    return f"walkaway-xl check QUOTES --policy {out}{column}"


def _learnt(
    options: argparse.Namespace, base: "Policy", guide: "Guide"
) -> "tuple[list[str], Learnt, OpenedQuotes]":
    """The columns of the segments, what was learnt, and the history."""
    engine, quotes = quote_options.opened(options)
    from walkaway_xl.quotes.columns import segments
    from walkaway_xl.quotes.history import history_options

    by = segments(options.by, quotes.names, quotes.columns, options.quotes)
    asked = history_options(
        base,
        quotes.columns,
        quotes.names,
        options.quotes,
        quote_options.discounts(options),
        as_of=options.as_of,
    )
    with progress() as report:
        learnt = engine.learn(quotes, asked, by, guide, report)
    return by, learnt, quotes
