"""Enough of Windows that xlwings' own Windows modules, and with them the real ``call_udf``, run anywhere.

Everything is put back on leaving, so that the rest of the tests see xlwings as it is on their machine.
"""

import ctypes
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, patch

import walkaway_xl.hosts

MISSING = -2147352572  # DISP_E_PARAMNOTFOUND: what COM hands over for an argument that is left out
RANGE = "{00020846-0000-0000-C000-000000000046}"  # by which xlwings knows Excel's Range

PYWIN32 = (
    *("pywintypes", "pythoncom", "win32com", "win32com.client", "win32com.server"),
    *("win32com.server.dispatcher", "win32com.server.policy", "win32com.server.util"),
    *("win32api", "win32con", "win32event", "win32gui", "win32process", "win32timezone"),
)


class Cells:
    """A block of cells as Excel passes it to a function.

    ``Value`` rounds a currency cell and ``Value2`` does not: `shown` is what the first says, if it differs.
    """

    def __init__(self, value: Any, shown: Any = None, areas: int = 1) -> None:
        self.Value2 = value
        self.Value = value if shown is None else shown
        self.Areas = SimpleNamespace(Count=areas)
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=RANGE))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)
        rows = value if isinstance(value, tuple) else ((value,),)
        self.Row = self.Column = 1
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        self.Worksheet = MagicMock()


USERS = ("excel_com", "excel_lite")  # our modules that take the xlwings they find


@contextmanager
def excel_on_windows() -> Iterator[ModuleType]:
    """Yield xlwings as it is on Windows with Excel."""
    before = Path.cwd()  # xlwings changes it while it looks for pywin32
    set_aside = _forget()
    sys.modules.update(_pywin32())
    try:
        with (
            patch.object(sys, "platform", "win32"),
            patch.object(ctypes, "windll", MagicMock(), create=True),
            patch.object(ctypes, "oledll", MagicMock(), create=True),
            patch.object(ctypes, "PyDLL", MagicMock()),
        ):
            xlwings = importlib.import_module("xlwings")
        yield xlwings
        xlwings.com_server.loop.close()
    finally:
        os.chdir(before)
        _forget()
        sys.modules.update(set_aside)


def _forget() -> dict[str, ModuleType]:
    """Take the stand-ins, xlwings and what has taken it out of the loaded modules."""
    for name in USERS:
        vars(walkaway_xl.hosts).pop(name, None)
    users = [f"walkaway_xl.hosts.{name}" for name in USERS]
    loaded = [name for name in sys.modules if name.split(".")[0] == "xlwings" or name in (*users, *PYWIN32)]
    return {name: sys.modules.pop(name) for name in loaded}


def _pywin32() -> dict[str, Any]:
    modules: dict[str, Any] = {name: MagicMock(name=name) for name in PYWIN32}
    errors = {"com_error": type("com_error", (Exception,), {}), "error": type("error", (Exception,), {})}
    modules["pywintypes"].configure_mock(TimeType=datetime, IID=str, **errors)
    modules["pythoncom"].configure_mock(__file__="", TypeIIDs=MagicMock(), ole_error=errors["com_error"])
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(modules["win32com.client"], name, type(name, (), {}))
    modules["win32com"].client = modules["win32com.client"]
    modules["win32com"].server = modules["win32com.server"]
    modules["win32com.server"].util = modules["win32com.server.util"]
    modules["win32com.server.util"].unwrap.side_effect = ValueError  # no argument is a Python object of ours
    return modules
