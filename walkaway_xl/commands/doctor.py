"""Say where the functions answer, and what is wrong elsewhere; or try everything in Excel, and report."""

import argparse
from pathlib import Path

from walkaway_xl.commands.console import DONE, NOT_CLEAN, refuse, say

HELP = "say where the functions answer, and what is wrong elsewhere"
REPORT = "walkaway_excel_report"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = "Exit code 3: Excel shows something else than it must, or asked something."
    parser.add_argument(
        "--excel",
        action="store_true",
        help="try everything in an Excel of its own, some ten minutes, and report: docs/excel-report.md",
    )
    parser.add_argument(
        "--folder", type=Path, default=Path(), metavar="FOLDER", help="where to write the report (here)"
    )
    parser.add_argument("--force", action="store_true", help="replace a report that exists")


def run(options: argparse.Namespace) -> int:
    """Print a line for each host, or spend the hour in Excel."""
    return _hour(options) if options.excel else _examination()


def _examination() -> int:
    from walkaway_xl.core.phrasing import phrase
    from walkaway_xl.hosts.contract import State
    from walkaway_xl.hosts.examination import examine

    states = {state: phrase(state.value) for state in State}
    width = max(map(len, states.values()))
    for host, finding in examine():
        print(f"{states[finding.state].ljust(width)}  {host.TITLE}: {finding.words}", flush=True)
        if finding.remedy:
            print(f"{' ' * width}  → {finding.remedy}")
    return DONE


def _hour(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.core.phrasing import phrase
    from walkaway_xl.excel_hour import hour
    from walkaway_xl.excel_hour.excel_report import STATES
    from walkaway_xl.hosts.excel_vba import excel_installation

    excel_installation.registry()  # which says what there is elsewhere than on Windows
    obstacle = excel_installation.trouble()
    if obstacle is not None:
        return refuse(obstacle)
    with files.in_folder(options.folder):
        places = [
            files.target(options.folder / f"{REPORT}{kind}", force=options.force, option="--folder")
            for kind in (".json", ".html")
        ]
        report = hour.spend(lambda title: print(f"{title} …", flush=True))
        with files.Writing() as writing:
            for place, text in zip(places, (report.json(), report.html()), strict=True):
                writing.write(place, text.encode())
    for outcome in report.outcomes:
        print(f"{phrase(STATES[outcome.state])}  {outcome.title}: {outcome.words}")
    print(report.summary())
    say(
        phrase(
            "The report: {page}, and {data} to send in. No path, no name and nothing of your workbooks "
            "is in it.",
            page=places[1].path,
            data=places[0].path,
        )
    )
    return DONE if report.is_clean else NOT_CLEAN
