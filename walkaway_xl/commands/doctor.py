"""Say where the functions answer, and what is wrong elsewhere."""

import argparse

from walkaway_xl.commands.console import DONE

HELP = "say where the functions answer, and what is wrong elsewhere"


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(options: argparse.Namespace) -> int:
    """Print a line for each host."""
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
