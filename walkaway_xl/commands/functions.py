"""Show the worksheet functions."""

import argparse

from walkaway_xl.commands.console import DONE

HELP = "show the worksheet functions"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="one of them, in full")


def run(options: argparse.Namespace) -> int:
    """Print the reference."""
    from walkaway_xl.pages import terminal

    print(terminal.overview() if options.name is None else terminal.reference(options.name))
    return DONE
