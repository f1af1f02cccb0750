"""What `install` and `uninstall` share: which programs, and a plan for each."""

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from walkaway_xl.commands.console import DONE, refuse
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.listed import INSTALLABLE, chosen

if TYPE_CHECKING:
    from walkaway_xl.hosts.contract import Installable
    from walkaway_xl.installation.steps import Step


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what both take."""
    parser.add_argument(
        "program", nargs="?", metavar="PROGRAM", help=f"{' or '.join(INSTALLABLE)} (all that are here)"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")


def carry_out(
    options: argparse.Namespace, plan: Callable[["Installable"], Iterable["Step"]], done: str
) -> int:
    """Carry out a plan for each program that was chosen.

    Parameters
    ----------
    options : Namespace
        Which program, and whether to do anything.
    plan : callable
        The steps for a program.
    done : str
        What is said then; {program} stands for the program's name.
    """
    from walkaway_xl.installation import steps as plans

    programs = chosen(options.program)
    if not programs:
        print(phrase("No spreadsheet program was found; walkaway-xl calc calculates workbooks without one."))
    code = DONE
    for program in programs:
        try:
            steps = list(plan(program))
            if not steps:
                print(phrase("The functions are not installed in {program}.", program=program.PROGRAM))
            elif options.dry_run:
                for step in steps:
                    print(phrase("would {words}", words=step.words))
            else:
                plans.carry_out(steps, lambda words: print(f"{words} …", flush=True))
                print(phrase(done, program=program.PROGRAM))
        except WalkawayError as error:  # what is in the way of one program is not in the way of the others
            code = refuse(str(error))
    return code
