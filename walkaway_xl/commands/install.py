"""Install the functions into the spreadsheet programs of this machine."""

import argparse

from walkaway_xl.commands import programs
from walkaway_xl.core.phrasing import later

HELP = "install the functions into the spreadsheet programs of this machine"
arguments = programs.arguments


def run(options: argparse.Namespace) -> int:
    """Install them, or say what would be done."""
    from walkaway_xl.workbooks import TEMPLATES

    return programs.carry_out(
        options, lambda host: host.installing(TEMPLATES), later("The functions are installed in {program}.")
    )
