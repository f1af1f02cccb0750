"""The commands for quote books: check, guide and policy. Each imports what it needs when it runs."""

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from walkaway_xl.quotes.errors import QuoteError

if TYPE_CHECKING:
    from walkaway_xl.policy import Policy
    from walkaway_xl.quotes.columns import Columns
    from walkaway_xl.quotes.discounts import Discounts
    from walkaway_xl.quotes.frames import Asked
    from walkaway_xl.quotes.guidance import Guide, Realised, Segment
    from walkaway_xl.quotes.reading import Quotes
    from walkaway_xl.quotes.summary import Tally

WITHIN, BELOW_FLOOR, BAD_INPUT = 0, 1, 2
SOUND, FAULTY = 0, 1

Progress = Callable[[], AbstractContextManager[Callable[[str], None]]]


def add_to(commands: Any, progress: Progress) -> None:
    """Add the commands to the parser of the command line."""
    _add_check(commands, progress)
    _add_guide(commands, progress)
    policy = commands.add_parser("policy", help="begin a pricing policy, or say what is wrong with one")
    actions = policy.add_subparsers(title="actions", required=True, metavar="ACTION")
    lint = actions.add_parser(
        "lint", help="find gaps, overlaps, inversions, cliffs and limits beyond the floor"
    )
    lint.add_argument(
        "policy", type=Path, metavar="FILE", help="policy.toml, or a discount_floor_sheet workbook"
    )
    lint.set_defaults(run=_lint)
    new = actions.add_parser("new", help="write an example to change")
    new.add_argument("--out", type=Path, default=Path("policy.toml"), metavar="FILE", help="(policy.toml)")
    new.add_argument("--force", action="store_true", help="replace a file that exists")
    new.set_defaults(run=_new)
    schema = actions.add_parser("schema", help="print the JSON schema of policy.toml, for editors")
    schema.set_defaults(run=_schema)


def _add_check(commands: Any, progress: Progress) -> None:
    check = commands.add_parser(
        "check",
        help="check a quote book against a policy",
        description="Checks every line of a quote book against a policy. Exit code 0: all are within it. "
        "1: some are below floor. 2: the policy or the input is bad, or some lines could not be checked.",
    )
    check.add_argument(
        "quotes", metavar="QUOTES", help="an .xlsx, .csv or .parquet file, or a folder of them"
    )
    check.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="policy.toml, or a discount_floor_sheet"
    )
    check.add_argument(
        "--out", metavar="FILE", help="write the checked lines here, and beside it the rejects"
    )
    check.add_argument("--force", action="store_true", help="replace files that exist")
    check.add_argument("--strict", action="store_true", help="stop at the first line that cannot be checked")
    check.add_argument("--reasons", action="store_true", help="add the reason of each line in words")
    check.add_argument("--group-by", metavar="COLUMN", help="total the lines of each quote: --group-by order")
    check.add_argument("--segment", metavar="COLUMN", help="split the summary by this column (the class)")
    check.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw revenue by segment here: .svg, .png or .pdf"
    )
    check.add_argument("--json", action="store_true", help="print the summary as JSON")
    add_reading(check)
    check.set_defaults(run=lambda options: _check(options, progress))


def _add_guide(commands: Any, progress: Progress) -> None:
    guide = commands.add_parser(
        "guide",
        help="learn floor, target and stretch by segment from what was realised before",
        description="Computes floor, target and stretch of each segment from a history of lines, and writes "
        "them as a policy that check uses.",
    )
    guide.add_argument(
        "quotes", metavar="HISTORY", help="an .xlsx, .csv or .parquet file, or a folder of them"
    )
    guide.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="whose leakage, signers and tiers hold"
    )
    guide.add_argument(
        "--by",
        action="append",
        metavar="COLUMN",
        help="the segment (the class); again for segments within it: --by category --by sub_category",
    )
    guide.add_argument(
        "--of", choices=["margin", "price"], default="margin", help="the pocket margin, or the price"
    )
    guide.add_argument(
        "--percentiles",
        nargs=3,
        type=_share,
        default=[0.1, 0.5, 0.9],
        metavar="SHARE",
        help="of floor, target and stretch (0.1 0.5 0.9)",
    )
    guide.add_argument(
        "--least", type=int, default=30, metavar="LINES", help="with fewer a segment leans on its parent (30)"
    )
    guide.add_argument(
        "--out", type=Path, metavar="FILE", help="write the policy here: .toml, or .xlsx for a sheet"
    )
    guide.add_argument("--plot", type=Path, metavar="FILE", help="draw the bands here: .svg, .png or .pdf")
    guide.add_argument("--force", action="store_true", help="replace files that exist")
    guide.add_argument("--json", action="store_true", help="print the guidance as JSON")
    add_reading(guide)
    guide.set_defaults(run=lambda options: _guide(options, progress))


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add the options that say how a file of lines is to be read."""
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="WHAT=NAME",
        help='which column it is: --column list_price="List Price"; discounts may be several',
    )
    command.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook that holds the lines")
    command.add_argument(
        "--separator",
        default=",",
        type=_separator,
        metavar="SIGN",
        help="what stands between columns of a .csv (,); tab for a tab",
    )
    command.add_argument("--decimal", metavar="SIGN", help="the decimal sign in a .csv (.)")
    command.add_argument("--thousands", metavar="SIGN", help="the sign between thousands in a .csv (none)")
    command.add_argument(
        "--negative-discounts",
        action="store_true",
        help="discounts are written as negatives: -0.1 is 10 %% off",
    )
    command.add_argument(
        "--surcharges", action="store_true", help="a negative discount is a surcharge: -0.1 is 10 %% on top"
    )
    command.add_argument(
        "--discounts-in",
        choices=["percent", "share"],
        help="how discounts are written: percent, where 15 is 15 %%, or share, where 0.15 is",
    )
    command.add_argument(
        "--engine", choices=["polars", "spark"], default="polars", help="work here, or on a cluster (polars)"
    )
    command.add_argument("--master", metavar="URL", help="where Spark runs, as local[2] or spark://host:7077")


def _separator(text: str) -> str:
    sign = "\t" if text in ("tab", "\\t") else text
    if len(sign) != 1 or not sign.isascii() or sign in '"\r\n':
        raise argparse.ArgumentTypeError(f"{text!r} is no single sign, as ; or tab")
    return sign


def _share(text: str) -> float:
    from walkaway_xl.core._takes import refusal
    from walkaway_xl.core.kinds import CHANCE

    share = float(text)
    if reason := refusal("a percentile", CHANCE, share):
        raise argparse.ArgumentTypeError(reason.said(share))
    return share


def _lint(options: argparse.Namespace) -> int:
    from walkaway_xl.quotes.lint import lint
    from walkaway_xl.quotes.policy_files import read_policy

    policy = read_policy(options.policy)
    faults = lint(policy)
    for fault in faults:
        print(f"{_at(policy, fault.place)}{fault.words}")
    if faults:
        print(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {policy.source}")
        return FAULTY
    print(
        f"{policy.source} is sound: {len(policy.classes)} classes, {len(policy.signers)} signers, "
        f"{len(policy.tiers)} tiers"
    )
    return SOUND


def _at(policy: "Policy", place: str) -> str:
    return f"{policy.source}:{place}: " if place else f"{policy.source}: "


def _new(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.quotes.policy_text import example

    files.refuse_existing(options.out, force=options.force)
    files.replace_file(options.out, example().encode())
    print(f"An example policy: {options.out}. Change it, then: walkaway-xl policy lint {options.out}")
    return SOUND


def _schema(options: argparse.Namespace) -> int:
    from walkaway_xl.quotes.policy_fields import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return SOUND


def sound_policy(path: Path) -> "Policy":
    """A policy by which lines can be checked; what else is wrong with it is said on the way."""
    from walkaway_xl.quotes.lint import lint
    from walkaway_xl.quotes.policy_files import read_policy

    policy = read_policy(path)
    faults = lint(policy)
    stopping = [fault for fault in faults if fault.rule.stops]
    if stopping:
        first = stopping[0]
        more = f" ({len(stopping) - 1} more; walkaway-xl policy lint {path})" if len(stopping) > 1 else ""
        raise QuoteError(f"{_at(policy, first.place)}{first.words}{more}")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{policy.source} has {count}: walkaway-xl policy lint {path}", file=sys.stderr)
    return policy


def need_extra(extra: str, *modules: str) -> None:
    """Refuse to begin without the packages of an extra."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        raise QuoteError(
            f'this needs {" and ".join(missing)}: python -P -m pip install "walkaway-xl[{extra}]" installs it'
        )


def opened(options: argparse.Namespace) -> "Quotes":
    """The lines that the options name."""
    need_extra("quotes", "polars", "python_calamine", "xlsxwriter")
    from walkaway_xl.quotes.columns import assignments
    from walkaway_xl.quotes.numbers import PLAIN, Notation
    from walkaway_xl.quotes.reading import Reading, open_quotes

    is_stated = not options.decimal is options.thousands is None
    reading = Reading(
        assignments(options.column),
        Notation(options.decimal or PLAIN.decimal, options.thousands) if is_stated else None,
        options.separator,
        options.sheet,
        options.discounts_in == "percent",
    )
    return open_quotes(Path(options.quotes), reading)


def _check(options: argparse.Namespace, progress: Progress) -> int:
    policy = sound_policy(options.policy)
    _refuse_plot(options)
    if options.engine == "spark":
        return _check_on_spark(options, policy)
    quotes = opened(options)
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


def _check_on_spark(options: argparse.Namespace, policy: "Policy") -> int:
    need_extra("spark", "pyspark", "pyarrow", "polars")
    if options.strict:
        raise QuoteError(
            "--strict stops at the first line, and workers have none; leave it out with --engine spark"
        )
    from walkaway_xl.quotes.columns import assignments
    from walkaway_xl.quotes.engines.spark import SparkQuotes, check_quotes, session

    quotes = SparkQuotes(session(options.master), options.quotes, assignments(options.column))
    asked, group_by = _asked(options, policy, quotes.names, quotes.columns)
    tally, written = check_quotes(quotes, asked, options.out, group_by, force=options.force)
    return _say(options, asked, tally, written)


def _guide(options: argparse.Namespace, progress: Progress) -> int:
    from walkaway_xl import files
    from walkaway_xl.quotes import guidance
    from walkaway_xl.quotes.policy_files import read_policy

    if sorted(options.percentiles) != options.percentiles:
        given = " ".join(f"{share:g}" for share in options.percentiles)
        raise QuoteError(
            f"--percentiles must rise from floor to target to stretch; they are {given}. Write 0.1 0.5 0.9"
        )
    if options.least < 1:
        raise QuoteError(f"--least must be 1 or more; it is {options.least}")
    base = read_policy(options.policy)
    if options.out is not None:
        files.refuse_existing(options.out, force=options.force)
        files.refuse_input(options.out, [options.policy, Path(options.quotes)])
    _refuse_plot(options)
    asked_of = guidance.Guide(options.of, tuple(options.percentiles), options.least)
    by, found, tally = _learnt(options, base, asked_of, progress)
    guided = guidance.guided(found, asked_of.least)
    if options.json:
        print(json.dumps([each._asdict() for each in guided], indent=2, ensure_ascii=False))
    else:
        print(guidance.told(guided, asked_of, by))
    for reject in tally.first_rejects:
        print(f"left out: {reject.file}, row {reject.row:,}: {reject.reason}", file=sys.stderr)
    if tally.rejected > len(tally.first_rejects):
        print(f"left out: {tally.rejected - len(tally.first_rejects):,} more lines", file=sys.stderr)
    if options.out is not None:
        from walkaway_xl.quotes.policy_text import as_file

        remark = f'Guidance of {options.quotes}; check with --column class="{by[-1]}"'
        policy = guidance.guided_policy(base, guided, options.of)
        _refuse_unusable(policy)
        files.replace_file(options.out, as_file(policy, options.out, remark))
        if not options.json:
            use = f'walkaway-xl check QUOTES --policy {options.out} --column class="{by[-1]}"'
            print(f"Written: {options.out}; to use it: {use}")
    if options.plot is not None:
        from walkaway_xl.quotes.pictures import bands

        files.replace_file(options.plot, bands(guided, asked_of, by, options.plot.suffix))
    return WITHIN


def _refuse_unusable(policy: "Policy") -> None:
    """Refuse to write a policy that check would refuse."""
    from walkaway_xl.quotes.lint import lint

    stopping = [fault for fault in lint(policy) if fault.rule.stops]
    if stopping:
        raise QuoteError(f"what was learnt makes no sound policy: {stopping[0].words}; nothing was written")


def _refuse_plot(options: argparse.Namespace) -> None:
    """Refuse a picture that could not be drawn, before the work begins."""
    from walkaway_xl import files

    if options.plot is not None:
        need_extra("docs", "matplotlib")
        files.refuse_existing(options.plot, force=options.force, option="--plot")
        files.refuse_input(options.plot, [options.policy, Path(options.quotes)])


def _learnt(
    options: argparse.Namespace, base: "Policy", guide: "Guide", progress: Progress
) -> tuple[list[str], "dict[Segment, Realised]", "Tally"]:
    if options.engine == "spark":
        need_extra("spark", "pyspark", "pyarrow", "polars")
        from walkaway_xl.quotes.columns import assignments
        from walkaway_xl.quotes.engines import spark
        from walkaway_xl.quotes.history import asked_of_history

        lines = spark.SparkQuotes(spark.session(options.master), options.quotes, assignments(options.column))
        by = _segments(options, lines.names, lines.columns)
        return by, *spark.learn(lines, asked_of_history(base, lines.columns, _discounts(options)), by, guide)
    quotes = opened(options)
    from walkaway_xl.quotes.engines.local import learn
    from walkaway_xl.quotes.history import asked_of_history

    by = _segments(options, quotes.names, quotes.columns)
    with progress() as tell:
        return by, *learn(
            quotes, asked_of_history(base, quotes.columns, _discounts(options)), by, guide, tell
        )


def _discounts(options: argparse.Namespace) -> "Discounts":
    from walkaway_xl.quotes.discounts import Discounts

    return Discounts(options.negative_discounts, options.surcharges, options.discounts_in)


def _segments(options: argparse.Namespace, names: list[str], columns: "Columns") -> list[str]:
    from walkaway_xl.quotes.columns import named

    if options.by:
        return list(dict.fromkeys(named(name, names, options.quotes, "--by") for name in options.by))
    if columns.product_class is None:
        raise QuoteError(
            f"{options.quotes}: no column holds the class; --by COLUMN says what the segments are"
        )
    return [columns.product_class]


def _asked(
    options: argparse.Namespace, policy: "Policy", names: list[str], columns: "Columns"
) -> tuple["Asked", str | None]:
    from walkaway_xl.quotes.checking import Rules
    from walkaway_xl.quotes.columns import named
    from walkaway_xl.quotes.frames import Asked

    def column(option: str) -> str | None:
        name = getattr(options, option.replace("-", "_"))
        return None if name is None else named(name, names, options.quotes, f"--{option}")

    rules = Rules(policy)
    if columns.product_class is None and rules.otherwise < 0:
        raise QuoteError(
            f'{options.quotes}: no column holds the class; --column class="NAME" says which it is, '
            f'or a [[class]] with name = "*" in {policy.source} is for all lines'
        )
    segment = column("segment") or columns.product_class
    return Asked(rules, columns, segment, options.reasons, _discounts(options)), column("group-by")


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
