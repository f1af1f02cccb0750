"""The command line: the commands in the order of the list, and what an error of theirs ends with.

Exit code 0: done. 2: a question or a file was bad, and nothing was written. 3: cells are not as they should
be: `calc` found errors in them or had to leave them as they were, `share` found what would give a secret
away, `upgrade` found what has no place any more, or `links` could not mend one workbook of several.
"""

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from walkaway_xl import __version__, files
from walkaway_xl.asking import decided
from walkaway_xl.commands import Command
from walkaway_xl.commands.console import (
    INTERRUPTED,
    TERMINATED,
    own_stderr,
    refuse,
    screened,
    shown_as_far_as_read,
)
from walkaway_xl.commands.spoken_parser import argparse_spoken, translate
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase, speak, spoken
from walkaway_xl.files import budget, claims, workers
from walkaway_xl.languages import VARIABLE, speak_as_asked

COMMANDS = (
    "new",
    "share",
    "review",
    "log",
    "upgrade",
    "calc",
    "read",
    "check",
    "compare",
    "guide",
    "policy",
    "functions",
    "start",
    "lite",
    "formulas",
    "links",
    "install",
    "uninstall",
    "doctor",
    "generate",
)
VERSION, LANGUAGE = "--version", "--language"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line, to be run in this process. By default it is that of the process, and what reads
        files runs in a second one.
    """
    with screened():
        return _ended(arguments)


def _ended(arguments: Sequence[str] | None) -> int:
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that unfinished files go away
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know − and ·
            stream.reconfigure(errors="replace")
    if sys.stdout is None:
        return refuse(
            phrase(
                "standard output is closed; send it to a file, or to nowhere with > {devnull}",
                devnull=os.devnull,
            )
        )
    files.sweep_scratch()
    try:
        with shown_as_far_as_read():
            if arguments is None and workers.can_start():
                return decided(_watched, sys.argv[1:])
            return decided(_run, sys.argv[1:] if arguments is None else arguments)
    except WalkawayError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename or 'the file'}: {error.strerror or error}")
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D at a question
        return INTERRUPTED
    except Exception:  # a fault of ours; 1 would tell a pipeline that lines are below floor
        traceback.print_exc()
        return refuse(phrase("this should not have happened; please report it with the lines above"))
    finally:
        files.remove_scratch()


def _watched(arguments: Sequence[str]) -> int:
    """Run a command, in a process of its own if it reads what somebody else may have made."""
    language, given = _language(arguments)
    speak_as_asked(language)
    options = parser(_needed(given)).parse_args(given)
    if workers.is_worker() or not hasattr(options, "budget") or getattr(options, "engine", None) == "spark":
        return _run(arguments)  # Spark has workers of its own
    ending = workers.begun(arguments, claims.sweep)
    if ending is None:
        own_stderr()
        return _run(arguments)
    if ending.words:
        files.sweep_scratch()
        return refuse(ending.words)
    return ending.code


def _run(arguments: Sequence[str]) -> int:
    language, arguments = _language(arguments)
    before = spoken()
    try:
        speak_as_asked(language)
        with argparse_spoken():
            whole = parser(_needed(arguments))
            if spoken() is not None:
                translate(whole)
            options = whole.parse_args(arguments)
        if not hasattr(options, "budget"):  # nothing is read that somebody else has made
            return int(options.run(options))
        with budget.within(options.budget):
            return int(options.run(options))
    finally:
        speak(before)


def _language(given: Sequence[str]) -> tuple[str, Sequence[str]]:
    """What stands before the command: the language in which to speak, and the words behind it."""
    if len(given) > 1 and given[0] == LANGUAGE:
        return given[1], given[2:]
    return "", given


def _needed(given: Sequence[str]) -> Sequence[str]:
    """The commands without which a line cannot be understood: one, if it is named; all, to list them."""
    first = given[0] if given else ""
    if first == VERSION:
        return ()
    return [first] if first in COMMANDS else COMMANDS


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the command line.

    Parameters
    ----------
    names : sequence of str
        The commands that it knows.
    """
    whole = argparse.ArgumentParser(
        prog="walkaway-xl",
        description="Know your walk-away before you sit down: preparation workbooks and worksheet functions.",
    )
    whole.add_argument(
        VERSION,
        action="version",
        version=f"walkaway-xl {__version__}",
        help="show program's version number and exit",
    )
    whole.add_argument(
        LANGUAGE, metavar="LANGUAGE", help=f"say everything in a language; or set {VARIABLE} (en)"
    )
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        command = command_of(name)
        own = commands.add_parser(name, help=command.HELP)
        own.set_defaults(run=command.run)
        command.arguments(own)
    return whole


def command_of(name: str) -> Command:
    """The module of a command."""
    module: Any = import_module(f"walkaway_xl.commands.{name}")
    command: Command = module
    return command


if __name__ == "__main__":
    sys.exit(main())
