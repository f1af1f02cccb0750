"""A process of its own for work on a file of somebody else: native code that breaks off takes only it along.

The command begins as usual. Before it reads anything it goes on in a second process, a fork of the first or,
where forking is not safe, a new Python; the first watches how much memory and processor time the second
takes, and says in one sentence how it ended. What the second may take it says itself, as it counts
(`budget`). There is one process only where there can be no second: in Pyodide, in a frozen program, and where
Python calls the command as a function; the counts hold there alone.
"""

import contextlib
import gc
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Protocol, TextIO

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files.usage import Usage, asked_for, usage_of

FORKS = sys.platform == "linux"  # on macOS a fork breaks what system libraries have begun
VARIABLE = "WALKAWAY_XL_WORKER"  # says to a new Python that it is one, and where its watcher listens
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.1  # seconds between two looks
GROWTH = (
    4 << 30
)  # bytes a second by which memory grows at most; the nearer the limit, the sooner the next look
BROKE_OFF, STOPPED = 2, 128  # exit codes; the second is what a shell adds to the number of a signal
FIRST_FAULT_OF_WINDOWS = 0xC0000000
START = """
import json, os, sys
sys.path[:] = json.loads(os.environ[{variable!r}])["path"]
from walkaway_xl.cli import main
sys.exit(main())
"""


class Report(NamedTuple):
    """What a worker has said of itself last."""

    memory: float = math.inf
    seconds: float = math.inf
    subject: str = "the file"
    folders: tuple[str, ...] = ()  # where it may leave something unfinished
    is_capped: bool = False  # whether the system refuses it more memory than it may take


class _Channel:
    """The way from a worker to its watcher."""

    def __init__(self) -> None:
        self.handle: int | None = None
        self.report = Report()
        self.begun_with = 0  # bytes of memory

    def tell(self, **changes: Any) -> None:
        report = self.report._replace(**changes)
        if self.handle is not None and report != self.report:
            import json  # where there is no watcher, nothing is said

            with contextlib.suppress(OSError):  # the watcher is gone, and takes this process along
                os.write(self.handle, json.dumps(report).encode() + b"\n")
        self.report = report


_CHANNEL = _Channel()


def is_worker() -> bool:
    """Whether this process is watched by another."""
    return _CHANNEL.handle is not None


def allow(memory: float, seconds: float) -> None:
    """Say how many bytes of memory and seconds of processor time this process may take."""
    _CHANNEL.tell(memory=memory, seconds=seconds)
    if _CHANNEL.report.is_capped:
        _set_cap()


@contextlib.contextmanager
def capped() -> Iterator[None]:
    """While the block lasts the system itself refuses what this process may not take, where it can.

    A watcher looks a hundred times a second, and native code can take a gigabyte between two looks. It must
    be native code of one thread: the system counts what is asked for, and threads ask for more than they use.
    """
    if not is_worker() or not FORKS:
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    _CHANNEL.tell(is_capped=True)
    try:
        _set_cap()
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
        _CHANNEL.tell(is_capped=False)


def _set_cap() -> None:
    import resource

    with usage_of(os.getpid()) as usage:
        taken = usage()
    memory = _CHANNEL.report.memory
    if taken is None or math.isinf(memory):
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = int(asked_for() + max(0, memory - (taken.memory - _CHANNEL.begun_with)))
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


def read(subject: object) -> None:
    """Say which file is read now."""
    _CHANNEL.tell(subject=str(subject))


def write_in(folder: Path) -> None:
    """Say where something unfinished could stay if this process broke off."""
    folders = _CHANNEL.report.folders
    if (name := str(folder.absolute())) not in folders:
        _CHANNEL.tell(folders=(*folders, name))


def can_start() -> bool:
    """Whether there can be a second process."""
    return sys.platform != "emscripten" and not getattr(sys, "frozen", False) and bool(sys.executable)


def begun(arguments: Sequence[str], tidy: Callable[[Path], None]) -> "Ending | None":
    """Go on in a second process.

    Parameters
    ----------
    arguments : sequence of str
        The command line.
    tidy : callable
        Removes from a folder what a process has left there that broke off.

    Returns
    -------
    Ending or None
        None in the second process; in the first, when the second has ended, how.
    """
    if VARIABLE in os.environ:
        _become_worker(_handed_over())
        return None
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if not FORKS or threading.active_count() > 1:
        return _watched(*_new_python(arguments), tidy)
    with usage_of(os.getpid()) as usage:
        held = usage()  # a fork begins with it
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _become_worker(writing)
        return None
    os.close(writing)
    return _watched(_Fork(process), reading, tidy, 0 if held is None else held.memory)


def own_stderr() -> TextIO | None:
    """Standard error for this process; what native code prints there before it breaks off goes nowhere."""
    if sys.stderr is None:
        return None
    sys.stderr.flush()
    own = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    encoding, errors = sys.stderr.encoding, sys.stderr.errors
    return os.fdopen(own, "w", encoding=encoding, errors=errors, buffering=1)


def _become_worker(handle: int) -> None:
    os.set_inheritable(handle, False)
    _CHANNEL.handle = handle
    gc.freeze()  # what was there before stays, and need not be looked through again and again
    watcher = os.getppid()
    with usage_of(os.getpid()) as usage:
        taken = usage()
    _CHANNEL.begun_with = 0 if taken is None else taken.memory
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: who watched is gone, and so are we
        if os.getppid() != watcher:
            os._exit(BROKE_OFF)
    elif sys.platform != "win32":  # there, the job ends with its handle
        threading.Thread(target=_end_with, args=(watcher,), daemon=True).start()


def _end_with(watcher: int) -> None:
    while os.getppid() == watcher:
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGKILL)


def _handed_over() -> int:
    """What a new Python writes to."""
    import json

    number = int(json.loads(os.environ.pop(VARIABLE))["handle"])
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_WRONLY)
    return number


class Process(Protocol):
    """What is needed of a process, of `subprocess` or forked."""

    pid: int

    def wait(self) -> int:
        """Wait until it ends, and give back its exit code; below zero, the signal that ended it."""

    def kill(self) -> None:
        """End it at once."""

    def terminate(self) -> None:
        """Ask it to end."""


class _Fork:
    """A process that was forked."""

    def __init__(self, pid: int):
        self.pid = pid

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


def _new_python(arguments: Sequence[str]) -> tuple[Process, int]:
    """A new Python with the same command line, and where it says what it does."""
    import json
    import subprocess

    reading, writing = os.pipe()
    number: int = writing
    if sys.platform == "win32":
        import msvcrt

        number = msvcrt.get_osfhandle(writing)
        os.set_handle_inheritable(number, True)
    else:
        os.set_inheritable(writing, True)
    facts = json.dumps({"handle": number, "path": sys.path})
    start = START.format(variable=VARIABLE)
    command = [sys.executable, "-P", *subprocess._args_from_interpreter_flags()]  # type: ignore[attr-defined]
    process = subprocess.Popen(
        [*command, "-c", start, *arguments], env=os.environ | {VARIABLE: facts}, close_fds=False
    )
    os.close(writing)
    return process, reading


class Ending(NamedTuple):
    """How a worker ended: its exit code, and what is to be said of it, if it broke off."""

    code: int
    words: str = ""


def _watched(process: Process, reading: int, tidy: Callable[[Path], None], before: int = 0) -> Ending:
    """Wait until a worker ends, or takes more than it may beside the bytes that it began with."""
    reports = [Report()]
    ended = threading.Event()
    threading.Thread(target=_listen, args=(reading, reports, ended), daemon=True).start()
    excess, pause = "", SHORTEST_PAUSE
    with usage_of(process.pid) as usage, _signals_handed_on(process):
        while not ended.wait(pause):
            taken, report = usage(), reports[-1]
            if taken is not None:
                taken = taken._replace(memory=taken.memory - before)
            if excess := _excess(taken, report):
                process.kill()
                break
            if taken is not None:
                pause = min(max(SHORTEST_PAUSE, (report.memory - taken.memory) / GROWTH), LONGEST_PAUSE)
        code = process.wait()
    ended.wait()  # until its last words were heard
    words = excess or (_memory_excess(reports[-1]) if _ran_out(code, reports[-1]) else _fault(code))
    if not words:
        return Ending(code if code >= 0 else STOPPED - code)
    for folder in reports[-1].folders:
        tidy(Path(folder))
    return Ending(BROKE_OFF, f"{reports[-1].subject}: {words}")


def _listen(handle: int, reports: list[Report], ended: threading.Event) -> None:
    import json

    with os.fdopen(handle, "rb") as file, contextlib.suppress(OSError):
        for line in file:
            with contextlib.suppress(ValueError):  # a line that a kill has cut
                reports[:] = [Report(*json.loads(line))]
    ended.set()


def _excess(usage: Usage | None, report: Report) -> str:
    """What a worker takes too much of, as a sentence."""
    if usage is None:
        return ""
    if usage.memory > report.memory:
        return _memory_excess(report)
    if usage.seconds > report.seconds:
        return phrase(
            "the work on it took more than {seconds} seconds of processor time and was stopped. If you "
            "trust it, --budget 4 allows more",
            seconds=f"{report.seconds:,.0f}",
        )
    return ""


def _memory_excess(report: Report) -> str:
    return phrase(
        "the work on it took more than {megabytes} MB of memory and was stopped. If you trust it, "
        "--budget 4 allows more",
        megabytes=f"{report.memory / (1 << 20):,.0f}",
    )


def _ran_out(code: int, report: Report) -> bool:
    """Whether native code broke off because the system refused it memory."""
    return report.is_capped and code == -signal.SIGABRT


def _fault(code: int) -> str:
    """How a worker broke off, as a sentence; empty where it ended, or somebody ended it."""
    if code < 0 and -code not in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):
            return _broke_off(signal.Signals(-code).name)
    return _broke_off(f"0x{code:08X}") if code >= FIRST_FAULT_OF_WINDOWS else ""


def _broke_off(how: str) -> str:
    return phrase(
        "the program that reads or calculates it broke off ({how}). Save it again in a spreadsheet program, "
        "and report it if that does not help",
        how=how,
    )


@contextlib.contextmanager
def _signals_handed_on(process: Process) -> Iterator[None]:
    """Let the worker answer what was sent to its watcher; a terminal sends Ctrl-C to both by itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    in_terminal = any(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__))

    def interrupt(_: int, __: FrameType | None) -> None:
        if not in_terminal and sys.platform != "win32":
            os.kill(process.pid, signal.SIGINT)

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, interrupt),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
