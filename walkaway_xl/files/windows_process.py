"""A process on Windows: what it has taken, and that it ends when whoever started it does."""

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from ctypes import wintypes
from typing import Any

QUERY, QUOTA, TERMINATE = 0x1000, 0x0100, 0x0001  # what may be done with a process
EXTENDED_LIMITS, KILL_ON_CLOSE = 9, 0x2000  # of a job


class _Memory(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS_EX."""

    _fields_ = [
        ("size", wintypes.DWORD),
        ("faults", wintypes.DWORD),
        *((f"counter_{number}", ctypes.c_size_t) for number in range(8)),
        ("private", ctypes.c_size_t),
    ]


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, of which only the flags are set."""

    _fields_ = [
        ("times", ctypes.c_int64 * 2),
        ("flags", wintypes.DWORD),
        ("working_sets", ctypes.c_size_t * 2),
        ("processes", wintypes.DWORD),
        ("affinity", ctypes.c_size_t),
        ("classes", wintypes.DWORD * 2),
        ("transfers", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t * 4),
    ]


@contextlib.contextmanager
def opened(process: int) -> Iterator[Callable[[], tuple[int, float] | None]]:
    """What asks for memory and seconds of a process; the process ends at the latest with the block."""
    windows: Any = ctypes
    kernel = windows.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = kernel.CreateJobObjectW.restype = wintypes.HANDLE
    handle = wintypes.HANDLE(kernel.OpenProcess(QUERY | QUOTA | TERMINATE, False, process))
    job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
    limits = _Limits(flags=KILL_ON_CLOSE)
    kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, handle)

    def ask() -> tuple[int, float] | None:
        memory = _Memory(size=ctypes.sizeof(_Memory))
        times = (ctypes.c_uint64 * 4)()  # created, ended, kernel, user: in steps of 100 ns
        places: list[Any] = [ctypes.byref(times, 8 * number) for number in range(4)]
        if not kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(memory), memory.size):
            return None
        if not kernel.GetProcessTimes(handle, *places):
            return None
        return memory.private, (times[2] + times[3]) / 1e7

    try:
        yield ask
    finally:
        kernel.CloseHandle(job)
        kernel.CloseHandle(handle)
