"""Say where the functions answer, and what is wrong elsewhere."""

import argparse

from walkaway_xl.commands.console import DONE

HELP = "say where the functions answer, and what is wrong elsewhere"


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(options: argparse.Namespace) -> int:
    """Print a line for each host."""
    from walkaway_xl.installation import doctor

    width = max(len(state.value) for state in doctor.State)
    for finding in doctor.examine():
        print(f"{finding.state.value.ljust(width)}  {finding.host}: {finding.words}", flush=True)
        if finding.remedy:
            print(f"{' ' * width}  → {finding.remedy}")
    return DONE
