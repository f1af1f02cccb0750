"""Runs in the Windows Python, for `excel_server.py`: starts a server, asks it, and prints seconds as JSON."""

import json
import sys
import time
from pathlib import Path

import pythoncom
import win32com.client
import win32com.server.util

from walkaway_xl.hosts.excel_vba import excel_server
from walkaway_xl.hosts.excel_vba.modules import CALLED

ORDINARY = (
    f'"{{python}}" -B -c "import sys; sys.path.insert(0, r\'{Path(__file__).parent}\'); '
    "import xlwings; xlwings.serve('$(CLSID)')\""
)
ARGUMENTS = (7500.0, 6500.0, "buyer", 6000.0)
ANSWER = "WALK AWAY"


class Count:
    """Rows or columns."""

    _public_methods_ = ()
    _public_attrs_ = ("Count",)
    Count = 1


class Cell:
    """What stands for Excel's Range."""

    _public_methods_ = ()
    _public_attrs_ = ("Worksheet", "Row", "Column", "Rows", "Columns", "Value")
    Row = Column = 1

    def __init__(self, value: object) -> None:
        self.Value = value
        self.Worksheet = self.Rows = self.Columns = win32com.server.util.wrap(Count())


library, interpreter, way, calls = sys.argv[1:]
if way != "ours":
    excel_server.COMMAND = ORDINARY
begin = time.perf_counter()
with excel_server.started(library, interpreter) as address:
    server = win32com.client.dynamic.Dispatch(pythoncom.ObjectFromAddress(address, pythoncom.IID_IDispatch))

    def ours() -> object:
        """One call, with the values of the cells."""
        return server.CallUDF(CALLED, "WALKAWAY_CHECK", ARGUMENTS, None, None)

    def of_values() -> object:
        """One call of an ordinary function, with the values of the cells."""
        return server.CallUDF("ordinary_udf", "check_of_values", ARGUMENTS, None, None)

    def of_objects() -> object:
        """One call of an ordinary function, with an object for each cell."""
        cells = tuple(win32com.server.util.wrap(Cell(value)) for value in ARGUMENTS)
        return server.CallUDF("ordinary_udf", "check_of_objects", (cells,), None, None)

    ask = {"ours": ours, "values": of_values, "objects": of_objects}[way]
    assert ANSWER in str(ask())
    start = time.perf_counter() - begin
    begin = time.perf_counter()
    for _ in range(int(calls)):
        ask()
    call = (time.perf_counter() - begin) / int(calls)
print(json.dumps({"start": start, "call": call}))
