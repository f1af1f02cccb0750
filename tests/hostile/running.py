"""A command on a hostile file, in a process of its own whose memory and time are measured.

The process is a fork of a small one that has loaded what commands need and does nothing else, so that a run
costs what it does itself, and nothing of the tests (threads, their memory, their open files) is in it.
`python -m tests.hostile.running` is that small process; `run` starts it once and asks it.
"""

import atexit
import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
MOST_MB, MOST_SECONDS = 500, 10
PATIENCE = 120  # seconds of the processor for what does not end
MOST_WAITING = 1_200  # seconds of the clock for what waits for something; others may use the machine, too
ROOF = 16 << 30  # bytes of addresses; the machine is needed afterwards
LOADED = (
    "walkaway_xl.artefacts",
    "walkaway_xl.cli",
    "walkaway_xl.hosts.embedded.calculation",
    "walkaway_xl.quotes.engines.local",
    "walkaway_xl.quotes.workbook_table",
    "walkaway_xl.workbooks.sharing",
    "walkaway_xl.workbooks.review_page",
)
HUNG = -int(signal.SIGKILL)


class Run(NamedTuple):
    """How a command ended."""

    code: int
    seconds: float  # of processor time: others may use the machine, too
    megabytes: float  # at most, the interpreter and its libraries included
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        lines = self.err.strip().splitlines()
        faults = []
        if self.code not in (0, 1, 2, 3):
            faults.append(f"exit code {self.code}")
        if any(word in self.err for word in ("Traceback", "panicked", "should not have happened")):
            faults.append("a traceback")
        elif self.code == 2 and not self.out.strip() and len(lines) != 1:
            faults.append(f"{len(lines)} lines instead of one")
        if self.megabytes > MOST_MB:
            faults.append(f"{self.megabytes:,.0f} MB")
        if self.seconds > MOST_SECONDS:
            faults.append(f"{self.seconds:,.1f} s")
        return faults


def run(line: str, folder: Path, *, instead: str = "", forks: bool = True) -> Run:
    """Run a command in a folder, as if it had been typed there.

    Parameters
    ----------
    line : str
        What is typed after `walkaway-xl`.
    folder : Path
        Where.
    instead : str
        A function of `tests.files.works` that does the work of the command `review`.
    forks : bool
        Whether the worker of the command may be a fork; if not, it is a new Python.
    """
    helper = _helper()
    question = {"line": line, "folder": str(folder), "instead": instead, "forks": forks}
    assert helper.stdin is not None
    assert helper.stdout is not None
    helper.stdin.write(json.dumps(question).encode() + b"\n")
    helper.stdin.flush()
    code, seconds, megabytes = json.loads(helper.stdout.readline())
    texts = [(folder / name).read_text("utf-8", errors="replace") for name in ("out.txt", "err.txt")]
    return Run(code, seconds, megabytes, *texts)


@cache
def _helper() -> "subprocess.Popen[bytes]":
    """The small process, until this one ends."""
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "tests.hostile.running"]
    helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=settings, cwd=ROOT)

    def end() -> None:
        helper.communicate()  # it ends as nobody asks any more

    atexit.register(end)
    return helper


def _answer() -> None:
    """Be the small process: a command for each line that comes in, a line that says how it ended."""
    for name in LOADED:
        import_module(name)
    for question in sys.stdin:
        print(json.dumps(_forked(json.loads(question))), flush=True)


def _forked(question: Mapping[str, Any]) -> tuple[int, float, float]:
    """Exit code, seconds and megabytes of a command."""
    process = os.fork()
    if not process:
        _become(**question)
    ended = os.pidfd_open(process)
    if not select.select([ended], [], [], MOST_WAITING)[0]:
        os.kill(process, signal.SIGKILL)
    os.close(ended)
    _, status, used = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _become(line: str, folder: str, instead: str, forks: bool) -> None:
    """Be the process of a command, to its end."""
    code = 70
    try:
        os.chdir(folder)
        for number, name in ((1, "out.txt"), (2, "err.txt")):
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
        )
        sys.argv = ["walkaway-xl", *line.split()]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_AS, (ROOF, ROOF))
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        code = _main(instead, forks)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
        sys.stdout.flush()
    except BaseException as error:
        print("Traceback", repr(error), file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def _main(instead: str, forks: bool) -> int:
    from walkaway_xl import cli
    from walkaway_xl.commands import review
    from walkaway_xl.files import workers

    workers.FORKS = workers.FORKS and forks
    if instead:
        from tests.files import works

        review.run = getattr(works, instead)
    return cli.main()


if __name__ == "__main__":
    _answer()
