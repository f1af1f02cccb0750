"""An Excel of our own, which nobody sees: started for one step, and ended with it whatever happens."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from walkaway_xl.excel_hour.dialogs import Watcher

PATIENCE = 300  # seconds until an Excel that does not come to an end is ended
MACROS_RUN = 1  # msoAutomationSecurityLow, for what this very program opens
AS_IT_IS = 0  # links are not brought up to date, and nobody is asked


class Session:
    """Excel, and the folder in which its step may write.

    Parameters
    ----------
    excel : object
        The application.
    folder : Path
        An empty folder.
    watcher : Watcher
        What sees its dialogs.
    """

    def __init__(self, excel: Any, folder: Path, watcher: Any) -> None:
        self.excel, self.folder, self.watcher = excel, folder, watcher

    def placed(self, name: str, data: bytes) -> Path:
        """Put a file into the folder, or into one below it."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def opened(self, path: Path) -> Any:
        """A workbook or an add-in, opened with its macros."""
        return self.excel.Workbooks.Open(str(path), AS_IT_IS)

    def note_on(self, book: Any) -> str:
        """What the title of a book's window says beyond its name, as that it was repaired; or nothing."""
        caption = str(book.Windows(1).Caption)
        return caption.replace(str(book.Name), "").replace(Path(str(book.Name)).stem, "").strip(" -–")


@contextlib.contextmanager
def hidden_excel(folder: Path) -> Iterator[Session]:
    """An Excel of this machine."""
    import win32com.client
    import win32process

    excel = win32com.client.DispatchEx("Excel.Application")
    process = win32process.GetWindowThreadProcessId(excel.Hwnd)[1]
    alarm = threading.Timer(PATIENCE, os.kill, (process, signal.SIGTERM))
    alarm.daemon = True
    alarm.start()
    watcher = Watcher(process)
    try:
        with watcher.watching():
            excel.AutomationSecurity = MACROS_RUN
            excel.DisplayAlerts = True  # else a damaged file is mended, and nobody is told
            try:
                yield Session(excel, folder, watcher)
            finally:
                with contextlib.suppress(Exception):  # it may be gone by now
                    excel.DisplayAlerts = False
                    excel.Quit()
    finally:
        alarm.cancel()
