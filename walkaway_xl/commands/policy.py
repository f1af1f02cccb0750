"""Begin a pricing policy, or say what is wrong with one."""

import argparse
import json
from pathlib import Path

from walkaway_xl.commands.console import DONE, budget_option, say
from walkaway_xl.core.phrasing import phrase

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
    budget_option(lint)
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

    policy = read_policy(options.policy)
    faults = lint(policy)
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
