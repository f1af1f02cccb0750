"""The command line: the commands in the order of the list, and what an error of theirs ends with.

Exit code 0: done. 2: a question or a file was bad, and nothing was written. 3: cells are not as they should
be: `calc` found errors in them or had to leave them as they were, or `share` found what would give a secret
away.
"""

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence

from walkaway_xl import __version__
from walkaway_xl.commands import (
    Command,
    calc,
    check,
    doctor,
    functions,
    generate,
    guide,
    install,
    lite,
    new,
    policy,
    review,
    share,
    start,
    uninstall,
)
from walkaway_xl.commands.console import DONE, INTERRUPTED, TERMINATED, refuse
from walkaway_xl.core.errors import WalkawayError

COMMANDS: tuple[Command, ...] = (
    new,
    share,
    review,
    calc,
    check,
    guide,
    policy,
    functions,
    start,
    lite,
    install,
    uninstall,
    doctor,
    generate,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code."""
    options = parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that unfinished files go away
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know − and ·
            stream.reconfigure(errors="replace")
    try:
        code = int(options.run(options))
        sys.stdout.flush()  # here, where a closed pipe is no error
        return code
    except WalkawayError as error:
        return refuse(str(error))
    except BrokenPipeError:  # whoever reads the pipe has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return refuse(f"{error.filename or 'the file'}: {error.strerror or error}")
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D at a question
        return INTERRUPTED
    except Exception:  # a fault of ours; 1 would tell a pipeline that lines are below floor
        traceback.print_exc()
        return refuse("this should not have happened; please report it with the lines above")


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, with every command."""
    whole = argparse.ArgumentParser(
        prog="walkaway-xl",
        description="Know your walk-away before you sit down: preparation workbooks and worksheet functions.",
    )
    whole.add_argument("--version", action="version", version=f"walkaway-xl {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = commands.add_parser(command.__name__.rpartition(".")[2], help=command.HELP)
        own.set_defaults(run=command.run)
        command.arguments(own)
    return whole


if __name__ == "__main__":
    sys.exit(main())
