"""A command on a hostile file, in a process of its own whose memory and time are measured.

The process is a fork of one that has loaded what commands need, so that a run costs what it does itself.
"""

import faulthandler
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from walkaway_xl import cli

MOST_MB, MOST_SECONDS = 500, 10
PATIENCE = 120  # seconds of processor time, for what does not end
ROOF = 16 << 30  # bytes of addresses; the machine is needed afterwards
LOADED = (
    "walkaway_xl.artefacts",
    "walkaway_xl.hosts.embedded.calculation",
    "walkaway_xl.quotes.engines.local",
    "walkaway_xl.quotes.workbook_table",
    "walkaway_xl.workbooks.sharing",
    "walkaway_xl.workbooks.review_page",
)


class Run(NamedTuple):
    """How a command ended."""

    code: int
    seconds: float  # of processor time: others may use the machine, too
    megabytes: float
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


def held() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def run(line: str, folder: Path) -> Run:
    """Run a command in a folder, as if it had been typed there."""
    for name in LOADED:
        import_module(name)
    out, err = folder / "out.txt", folder / "err.txt"
    before = held()  # a fork begins with it
    process = os.fork()
    if not process:
        _become(line, folder, out, err)
    _, status, used = os.wait4(process, 0)
    seconds = used.ru_utime + used.ru_stime
    code = os.waitstatus_to_exitcode(status)
    texts = [path.read_text("utf-8", errors="replace") for path in (out, err)]
    return Run(code, seconds, used.ru_maxrss / 1024 - before, *texts)


def _become(line: str, folder: Path, out: Path, err: Path) -> None:
    """Be the process of a command, to its end."""
    code = 70
    try:
        faulthandler.disable()  # pytest's, which would say more than a command does
        os.chdir(folder)
        for number, path in ((1, out), (2, err)):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
        )
        sys.argv = ["walkaway-xl", *line.split()]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_AS, (ROOF, ROOF))
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        code = cli.main()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
        sys.stdout.flush()
    except BaseException as error:
        print("Traceback", repr(error), file=sys.stderr, flush=True)
    finally:
        os._exit(code)
