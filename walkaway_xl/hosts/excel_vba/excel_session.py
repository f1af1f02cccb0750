"""Opens the add-in in an Excel of its own, unseen: it stores the wizard's help in it and answers a cell.

Run as a program, on Windows: excel_session ADDIN. That Excel shows something else than the answer is a
failure. That it cannot be opened unseen is none, as where a licence must be accepted first: the add-in works
without the help of arguments, too.
"""

import contextlib
import os
import signal
import sys
import threading
from typing import Any

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.excel_vba.excel_server import ANSWER

FORMULA = '=WALKAWAY_CHECK(7500,6500,"buyer")'
PATIENCE = 60  # seconds until an Excel that waits for somebody is ended
MACROS_RUN = 1  # msoAutomationSecurityLow, for what this very program opens


def opened(excel: Any, path: str) -> Any:
    """The add-in, opened with its macros."""
    excel.DisplayAlerts = False
    excel.AutomationSecurity = MACROS_RUN
    return excel.Workbooks.Open(path)


def cell_text(excel: Any) -> str:
    """What a cell of a new workbook shows."""
    cell = excel.Workbooks.Add().Worksheets(1).Range("A1")
    cell.Formula = FORMULA
    return str(cell.Text)


def store_help(excel: Any, addin: Any) -> None:
    """Let Excel store in the file what its wizard tells about arguments."""
    excel.Run(f"'{addin.Name}'!DescribeFunctions")
    addin.Save()


def main(path: str) -> None:
    """Open, ask, store, and fail if the answer is wrong."""
    import pywintypes
    import win32com.client
    import win32process

    answer = ANSWER  # until a cell shows another one
    with contextlib.suppress(pywintypes.com_error):
        excel = win32com.client.DispatchEx("Excel.Application")
        process = win32process.GetWindowThreadProcessId(excel.Hwnd)[1]
        alarm = threading.Timer(PATIENCE, os.kill, (process, signal.SIGTERM))
        alarm.start()
        try:
            addin = opened(excel, path)
            answer = cell_text(excel)
            store_help(excel, addin)
        finally:
            alarm.cancel()
            excel.Quit()
    if answer != ANSWER:
        sys.exit(
            phrase(
                "a cell with {formula} shows {answer} instead of {expected}; may this Excel run macros?",
                formula=FORMULA,
                answer=answer,
                expected=ANSWER,
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
