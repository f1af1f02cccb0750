"""What Excel asks while nobody sits before it: the words of its dialogs, each of which is closed."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

BOXES = ("#32770", "NUIDialog", "bosa_sdm_XL9")  # of Windows and of Office, by the names of their classes
TEXTS = ("Static", "NetUIHWND", "RichEdit20W")  # what holds words in them
INTERVAL = 0.2  # seconds
CLOSE = 0x0010  # WM_CLOSE: as if somebody had pressed Cancel


class Watcher:
    """Closes the dialogs of a process, and keeps what they said.

    Parameters
    ----------
    process : int
        The number of the process.
    gui, processes : module, optional
        pywin32's `win32gui` and `win32process`, or what stands in for them.
    """

    def __init__(self, process: int, gui: Any = None, processes: Any = None) -> None:
        if gui is None or processes is None:
            import win32gui as gui  # type: ignore[import-untyped, unused-ignore, no-redef]
            import win32process as processes  # type: ignore[import-untyped, unused-ignore, no-redef]
        self.process, self.gui, self.processes = process, gui, processes
        self.dialogs: list[str] = []
        self._seen: set[int] = set()
        self._ended = threading.Event()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch while the block lasts."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()
            self.look()  # at what came last

    def look(self) -> None:
        """Close what is open now."""
        boxes: list[int] = []
        self.gui.EnumWindows(lambda window, _: boxes.append(window), None)
        for window in boxes:
            with contextlib.suppress(self.gui.error):  # it may be gone by now
                if self._is_box(window):
                    if window not in self._seen:
                        self._seen.add(window)
                        self.dialogs.append(self._words(window))
                    self.gui.PostMessage(window, CLOSE, 0, 0)

    def _watch(self) -> None:
        while not self._ended.wait(INTERVAL):
            self.look()

    def _is_box(self, window: int) -> bool:
        return (
            self.gui.IsWindowVisible(window)
            and self.gui.GetClassName(window) in BOXES
            and self.processes.GetWindowThreadProcessId(window)[1] == self.process
        )

    def _words(self, window: int) -> str:
        words = [self.gui.GetWindowText(window)]

        def take(child: int, _: object) -> None:
            if self.gui.GetClassName(child) in TEXTS:
                words.append(self.gui.GetWindowText(child))

        with contextlib.suppress(self.gui.error):  # a box may have no children
            self.gui.EnumChildWindows(window, take, None)
        return " ".join(" ".join(word.split()) for word in words if word.strip())
