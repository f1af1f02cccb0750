"""Install the functions into the spreadsheet programs of this machine."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from walkaway_xl.commands import programs
from walkaway_xl.core.phrasing import later

if TYPE_CHECKING:
    from walkaway_xl.hosts.contract import Installable
    from walkaway_xl.installation.steps import Step

HELP = "install the functions into the spreadsheet programs of this machine"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    programs.arguments(parser)
    parser.add_argument(
        "--addins",
        action="store_true",
        help="put Excel's add-in into the folder AddIns and Excel's list instead of XLSTART",
    )
    parser.add_argument(
        "--sign",
        metavar="CERT",
        help="sign Excel's add-in with a certificate of your store, by its thumbprint or subject",
    )


def run(options: argparse.Namespace) -> int:
    """Install them, or say what would be done."""
    from walkaway_xl.hosts.excel_vba import host as excel
    from walkaway_xl.workbooks import TEMPLATES

    def plan(program: "Installable") -> "Iterable[Step]":
        if program is excel:
            return excel.installing(TEMPLATES, listed=options.addins, certificate=options.sign)
        return program.installing(TEMPLATES)

    return programs.carry_out(options, plan, later("The functions are installed in {program}."))
