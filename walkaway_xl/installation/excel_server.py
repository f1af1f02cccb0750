"""Starts Python the way the add-in does, through xlwings' library for Excel, and asks it one question.

Run as a program, on Windows: it prints what a cell would show.
"""

import ctypes
import sys
from pathlib import Path
from typing import Any

from walkaway_xl.hosts.excel_vba.modules import CALLED, COMMAND

QUESTION, ANSWER = ("WALKAWAY_CHECK", (7500.0, 6500.0, "buyer")), "WALK AWAY"
START, STOP = 1, -1
DISPATCH, TEXT = 9, 8  # kinds of VARIANT


class Variant(ctypes.Structure):
    """What the library fills in: an object, or the reason why there is none."""

    _fields_ = (("kind", ctypes.c_ushort * 4), ("pointer", ctypes.c_void_p), ("_", ctypes.c_void_p))


def shown(library: Path, interpreter: str) -> str:
    """What a cell shows that asks the question; raises OSError with the library's words if nothing starts."""
    import pythoncom
    import win32com.client

    activate = ctypes.WinDLL(str(library)).XLPyDLLActivateAuto  # type: ignore[attr-defined]
    command = COMMAND.replace("{python}", interpreter).encode("mbcs")
    found = Variant()
    if activate(ctypes.byref(found), command, START):
        words = ctypes.cast(found.pointer, ctypes.c_wchar_p).value if found.kind[0] == TEXT else None
        raise OSError(words or "xlwings' library started nothing")
    try:
        server: Any = pythoncom.ObjectFromAddress(found.pointer, pythoncom.IID_IDispatch)
        name, arguments = QUESTION
        return str(win32com.client.dynamic.Dispatch(server).CallUDF(CALLED, name, arguments, None, None))
    finally:
        activate(ctypes.byref(Variant()), command, STOP)


if __name__ == "__main__":
    try:
        print(shown(Path(sys.argv[1]), sys.argv[2]))
    except OSError as error:
        sys.exit(str(error))
