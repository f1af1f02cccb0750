"""Check a quote book against a policy."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import progress
from walkaway_xl.quotes.errors import QuoteError

if TYPE_CHECKING:
    from walkaway_xl.policy import Policy
    from walkaway_xl.quotes.columns import Columns
    from walkaway_xl.quotes.frames import Asked
    from walkaway_xl.quotes.summary import Tally

HELP = "check a quote book against a policy"
WITHIN, BELOW_FLOOR, BAD_INPUT = 0, 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Checks every line of a quote book against a policy. Exit code 0: all are within it. "
        "1: some are below floor. 2: the policy or the input is bad, or some lines could not be checked."
    )
    parser.add_argument(
        "quotes", metavar="QUOTES", help="an .xlsx, .csv or .parquet file, or a folder of them"
    )
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
    parser.add_argument("--segment", metavar="COLUMN", help="split the summary by this column (the class)")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw revenue by segment here: .svg, .png or .pdf"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    quote_options.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check the lines, and say what they show."""
    policy = _policy(options.policy)
    quote_options.refuse_plot(options)
    return _run_on_spark(options, policy) if options.engine == "spark" else _run_here(options, policy)


def _policy(path: Path) -> "Policy":
    """A policy by which lines can be checked; what else is wrong with it is said on the way."""
    from walkaway_xl.quotes.policy_files import usable_policy

    policy, faults = usable_policy(path)
    if faults:
        count = "1 fault" if faults == 1 else f"{faults} faults"
        print(f"{policy.source} has {count}: walkaway-xl policy lint {path}", file=sys.stderr)
    return policy


def _run_here(options: argparse.Namespace, policy: "Policy") -> int:
    quotes = quote_options.opened(options)
    from walkaway_xl.quotes.engines.local import Wanted, check_quotes

    asked, group_by = _asked(options, policy, quotes.names, quotes.columns)
    out = None if options.out is None else Path(options.out)
    with progress() as tell:
        outcome = check_quotes(
            quotes, asked, Wanted(out, group_by, options.strict, options.force, options.policy), tell
        )
    if outcome.groups is not None and not options.json:
        bad = sum(str(status).startswith("BELOW") for status in outcome.groups["status"])
        print(f"{len(outcome.groups):,} quotes by {group_by}; {bad:,} of them hold lines below floor\n")
    return _say(options, asked, outcome.tally, outcome.written)


def _run_on_spark(options: argparse.Namespace, policy: "Policy") -> int:
    if options.strict:
        raise QuoteError(
            "--strict stops at the first line, and workers have none; leave it out with --engine spark"
        )
    quotes = quote_options.on_spark(options)
    from walkaway_xl.quotes.engines.spark import check_quotes

    asked, group_by = _asked(options, policy, quotes.names, quotes.columns)
    tally, written = check_quotes(quotes, asked, options.out, group_by, force=options.force)
    return _say(options, asked, tally, written)


def _asked(
    options: argparse.Namespace, policy: "Policy", names: list[str], columns: "Columns"
) -> tuple["Asked", str | None]:
    """What is asked of the lines, and the column by which they are totalled."""
    from walkaway_xl.quotes.columns import named
    from walkaway_xl.quotes.frames import asked_of_lines

    def column(option: str) -> str | None:
        name = getattr(options, option.replace("-", "_"))
        return None if name is None else named(name, names, options.quotes, f"--{option}")

    discounts = quote_options.discounts(options)
    asked = asked_of_lines(
        policy, columns, options.quotes, column("segment"), discounts, in_words=options.reasons
    )
    return asked, column("group-by")


def _say(options: argparse.Namespace, asked: "Asked", tally: "Tally", written: Sequence[object]) -> int:
    from walkaway_xl.quotes.summary import told

    if options.json:
        print(json.dumps(tally.as_data(), indent=2, ensure_ascii=False))
    else:
        print(told(tally, asked.segment or "all"))
        if tally.rejected and options.out is None:
            print("--out writes the checked lines, and the others with their reasons beside them")
        for path in written:
            print(f"Written: {path}")
    if options.plot is not None:
        from walkaway_xl import files
        from walkaway_xl.quotes.pictures import revenue

        files.replace_file(options.plot, revenue(tally, asked.segment or "all", options.plot.suffix))
    if tally.rejected:
        return BAD_INPUT
    return BELOW_FLOOR if tally.below_floor.lines else WITHIN
