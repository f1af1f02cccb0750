"""The commands, one module each: what a command takes, and what it hands to the rest of the package.

A command says in words what was done and how it ended; whatever it calculates, reads or writes is known
elsewhere. It imports what it needs when it runs, so that `walkaway-xl functions` does not wait for a
spreadsheet engine.
"""

import argparse
from typing import Protocol, runtime_checkable


@runtime_checkable
class Command(Protocol):
    """What a module of this package states; the command is called as the module is."""

    HELP: str
    """What it does, as the list of commands says it."""

    def arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Add what the command takes to its parser."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it, and give back the exit code."""
