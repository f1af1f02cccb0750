"""Runs in the Windows Python: shows a dialog, and prints what was read and whether it was cancelled."""

import ctypes
import json
import os
import sys
import threading

from walkaway_xl.excel_hour.dialogs import Watcher

CANCEL, YES_NO_CANCEL = 2, 3
answers: list[int] = []


def ask() -> None:
    """Wait for somebody's answer."""
    words, title = "We found a problem with some content.", "Microsoft Excel"
    show = ctypes.windll.user32.MessageBoxW  # type: ignore[attr-defined, unused-ignore]
    answers.append(show(0, words, title, YES_NO_CANCEL))


watcher = Watcher(os.getpid())
question = threading.Thread(target=ask, daemon=True)
with watcher.watching():
    question.start()
    question.join(30)
print(json.dumps([watcher.dialogs, answers == [CANCEL]]), flush=True)
sys.stdout.close()
os._exit(0)  # also where nobody has answered
