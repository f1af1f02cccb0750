"""Runs in the Windows Python: starts the COM server as the add-in does, and calls it as VBA does.

Each line of standard input is a call as JSON, each line of the output its answer. comtypes carries every kind
of value that VBA does; pywin32 makes each error a missing argument.
"""

import json
import sys
from ctypes import POINTER, cast
from datetime import datetime
from decimal import Decimal
from typing import Any

from comtypes import COMError
from comtypes.automation import VARIANT, VT_CY, VT_EMPTY, VT_ERROR, IDispatch
from comtypes.client.dynamic import Dispatch

from walkaway_xl.hosts.excel_vba.excel_server import started


def variant(cell: Any) -> Any:
    """A cell as COM carries it; a whole number is that of an error, or of an argument that is left out."""
    if isinstance(cell, list):
        return tuple(map(variant, cell))
    if isinstance(cell, dict):
        ((kind, told),) = cell.items()
        return (
            datetime.fromisoformat(told) if kind == "date" else _of_kind(VT_CY, int(Decimal(told) * 10_000))
        )
    if cell is None:
        return _of_kind(VT_EMPTY, 0)
    return _of_kind(VT_ERROR, cell) if type(cell) is int else cell


def _of_kind(kind: int, content: int) -> VARIANT:
    made = VARIANT()
    made.vt = kind
    made._.VT_I8 = content
    return made


with started(*sys.argv[1:]) as address:
    server = Dispatch(cast(address, POINTER(IDispatch)))
    for line in sys.stdin:
        module, name, arguments = json.loads(line)
        try:
            told = server.CallUDF(module, name, variant(arguments), None, None)
        except COMError as error:
            told = str(error)
        print(json.dumps(told), flush=True)
