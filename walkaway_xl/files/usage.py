"""How much memory and processor time another process has taken so far, as each system tells it."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Usage(NamedTuple):
    """What a process has taken."""

    memory: int  # bytes of its own; files that are mapped into it belong to the system
    seconds: float  # of all processors together


Ask = Callable[[], Usage | None]  # None where the process is gone, or the system does not say


@contextlib.contextmanager
def usage_of(process: int) -> Iterator[Ask]:
    """What asks for the usage of a process while the block lasts."""
    if sys.platform == "win32":
        from walkaway_xl.files import windows_process

        with windows_process.opened(process) as ask:
            yield lambda: None if (taken := ask()) is None else Usage(*taken)
    elif sys.platform == "darwin":
        yield _on_macos(process)
    else:
        yield _on_linux(process)


def asked_for() -> int:
    """Bytes that this process has asked the system for, used or not (Linux)."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")


def _on_linux(process: int) -> Ask:
    page, tick = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")

    def ask() -> Usage | None:
        try:
            with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123 (a hundred times a second)
                _, resident, shared, *_ = file.read().split()
            with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            return None
        return Usage((int(resident) - int(shared)) * page, (int(fields[11]) + int(fields[12])) / tick)

    return ask


def _on_macos(process: int) -> Ask:
    import ctypes

    library = ctypes.CDLL(None)
    taken = (ctypes.c_uint64 * 12)()  # rusage_info_v0: a UUID of two, then user, system … footprint (ninth)
    base = (ctypes.c_uint32 * 2)()
    library.mach_timebase_info(base)
    to_seconds = base[0] / base[1] / 1e9

    def ask() -> Usage | None:
        if library.proc_pid_rusage(process, 0, taken):
            return None
        return Usage(int(taken[9]), (taken[2] + taken[3]) * to_seconds)

    return ask
