"""Begin a pricing policy, or say what is wrong with one."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands import quote_options
from walkaway_xl.commands.console import DONE, progress, say
from walkaway_xl.commands.quote_options import day
from walkaway_xl.core.phrasing import phrase

if TYPE_CHECKING:
    from walkaway_xl.policy import Policy
    from walkaway_xl.policy.rules import Fault

HELP = "begin a pricing policy, or say what is wrong with one"
FAULTY = 1  # the exit code of `lint` for a policy that has a fault


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the actions, and what each takes."""
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    lint = actions.add_parser(
        "lint", help="find gaps, overlaps, inversions, cliffs and limits beyond the floor"
    )
    lint.add_argument(
        "policy", type=Path, metavar="FILE", help="policy.toml, or a discount_floor_sheet workbook"
    )
    lint.add_argument(
        "--book",
        dest="quotes",
        metavar="QUOTES",
        help="find also what this book has no use for: rules that decide none of its lines, and the like",
    )
    lint.add_argument(
        "--exceptions", type=Path, metavar="FILE", help="decided exceptions, beside those of the policy"
    )
    lint.add_argument("--as-of", type=day, metavar="DAY", help="take this day for all lines: 2026-01-31")
    quote_options.arguments(lint)
    lint.set_defaults(act=_lint)
    new = actions.add_parser("new", help="write an example to change")
    new.add_argument("--out", type=Path, default=Path("policy.toml"), metavar="FILE", help="(policy.toml)")
    new.add_argument("--force", action="store_true", help="replace a file that exists")
    new.set_defaults(act=_new)
    schema = actions.add_parser("schema", help="print the JSON schema of policy.toml, for editors")
    schema.set_defaults(act=_schema)


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    return int(options.act(options))


def _lint(options: argparse.Namespace) -> int:
    from walkaway_xl.policy.rules import lint
    from walkaway_xl.quotes.counts import counted
    from walkaway_xl.quotes.policy_files import read_policy

    policy = read_policy(options.policy, options.exceptions)
    faults = list(lint(policy))
    if options.quotes is not None and not any(fault.rule.stops for fault in faults):
        faults += _of_book(options, policy)
    for fault in faults:
        say(fault.located(policy.source))
    if faults:
        say(phrase("{faults} in {source}", faults=counted(len(faults), "fault"), source=policy.source))
        return FAULTY
    say(
        phrase(
            "{source} is sound: {classes}, {rules}, {signers}, {tiers}",
            source=policy.source,
            rules=counted(len(policy.rules), "rule"),
            classes=counted(len(policy.classes), "class", "classes"),
            signers=counted(len(policy.signers), "signer"),
            tiers=counted(len(policy.tiers), "tier"),
        )
    )
    return DONE


def _of_book(options: argparse.Namespace, policy: "Policy") -> "list[Fault]":
    """What of a policy a book has no use for."""
    from walkaway_xl.quotes.book_faults import book_faults
    from walkaway_xl.quotes.checked_batch import options_for_lines
    from walkaway_xl.quotes.engines import OutputOptions

    engine, quotes = quote_options.opened(options)
    asked = options_for_lines(
        policy,
        quotes.columns,
        quotes.names,
        options.quotes,
        None,
        quote_options.discounts(options),
        in_words=False,
        as_of=options.as_of,
    )
    with progress() as report:
        outcome = engine.check(quotes, asked, OutputOptions(policy=options.policy), report)
    return book_faults(policy, outcome.tallies)


def _new(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.policy.toml import example

    files.target(options.out, force=options.force).write(example().encode())
    say(phrase("An example policy: {out}. Change it, then: walkaway-xl policy lint {out}", out=options.out))
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from walkaway_xl.policy.fields import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return DONE
