"""Take the functions out of the spreadsheet programs again."""

import argparse

from walkaway_xl.commands import programs
from walkaway_xl.core.phrasing import later

HELP = "take the functions out of the spreadsheet programs again"
arguments = programs.arguments


def run(options: argparse.Namespace) -> int:
    """Remove them, or say what would be done."""
    return programs.carry_out(
        options, lambda host: host.removing(), later("The functions are removed from {program}.")
    )
