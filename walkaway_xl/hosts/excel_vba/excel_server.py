"""Starts Python the way the add-in does, through xlwings' library for Excel, and asks it one question.

Run as a program, on Windows: excel_server LIBRARY INTERPRETER. It fails with the library's own words.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.excel_vba.modules import CALLED, COMMAND
from walkaway_xl.pip_commands import reinstall

FUNCTION, ARGUMENTS = "WALKAWAY_CHECK", (7500.0, 6500.0, "buyer")
ANSWER: Final = "WALK AWAY"
START_OR_FIND, STOP = 1, -1
TEXT = 8  # the kind of VARIANT that holds a text


class Variant(ctypes.Structure):
    """What the library fills in: an object, or the reason why there is none."""

    _fields_ = (("kind", ctypes.c_ushort * 4), ("content", ctypes.c_void_p), ("unused", ctypes.c_void_p))


@contextmanager
def started(library: str, interpreter: str) -> Iterator[int]:
    """Address of Python's COM server, started as the add-in does it; the server ends with the block.

    Raises
    ------
    OSError
        Nothing was started; the words are the library's.
    """
    activate = ctypes.WinDLL(library).XLPyDLLActivateAuto  # type: ignore[attr-defined, unused-ignore]
    command = COMMAND.replace("{python}", interpreter).encode("mbcs")
    variant = Variant()
    if activate(ctypes.byref(variant), command, START_OR_FIND) or not variant.content:
        reason = (
            ctypes.cast(variant.content or 0, ctypes.c_wchar_p).value if variant.kind[0] == TEXT else None
        )
        raise OSError(reason or "the library gave no reason")
    try:
        yield variant.content
    finally:
        activate(ctypes.byref(Variant()), command, STOP)


def server_answer(library: str, interpreter: str) -> str:
    """What a cell that asks would show."""
    import pythoncom
    import win32com.client

    with started(library, interpreter) as address:
        interface: Any = pythoncom.ObjectFromAddress(address, pythoncom.IID_IDispatch)
        server = win32com.client.dynamic.Dispatch(interface)
        return str(server.CallUDF(CALLED, FUNCTION, ARGUMENTS, None, None))


def _last_line(error: Exception) -> str:
    """What went wrong on the other side, which puts the last line of the traceback first."""
    details = getattr(error, "excepinfo", None)
    return str(details[2] if details else error).strip().splitlines()[0]


def main(library: str, interpreter: str) -> None:
    """Ask, and fail unless the answer is right."""
    try:
        answer = server_answer(library, interpreter)
    except ImportError as error:
        sys.exit(
            phrase(
                "pywin32 is broken, {error}; run {reinstall}",
                error=error,
                reinstall=reinstall("pywin32", interpreter),
            )
        )
    except OSError as error:
        sys.exit(phrase("Python did not start: {listed}", listed=" ".join(str(error).split())))
    except Exception as error:  # COM's own kind, whose module is there on Windows only
        sys.exit(phrase("Python started, but does not answer: {error}", error=_last_line(error)))
    if answer != ANSWER:
        sys.exit(phrase("Python answers {answer} instead of {expected}", answer=answer, expected=ANSWER))


if __name__ == "__main__":
    main(*sys.argv[1:])
