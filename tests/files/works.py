"""What a worker can do to the process that watches it, each in the place of the command `review`."""

import os
import signal
import time
from argparse import Namespace
from pathlib import Path

from walkaway_xl import files
from walkaway_xl.files import intake, workers


def _begin(options: Namespace) -> None:
    intake.ordinary(options.book)


def breaks_off(options: Namespace) -> None:
    """Native code aborts."""
    _begin(options)
    os.abort()


def breaks_off_with_words(options: Namespace) -> None:
    """Native code aborts, and says where."""
    _begin(options)
    os.write(2, b"panicked at lib.rs")
    os.abort()


def takes_memory(options: Namespace) -> int:
    """More memory than it may."""
    _begin(options)
    workers.allow(200 << 20, 60)
    held = b"x" * (300 << 20)
    time.sleep(60)
    return len(held)


def takes_time(options: Namespace) -> None:
    """More time than it may."""
    _begin(options)
    workers.allow(1 << 40, 0.2)
    while True:
        pass


def is_terminated(options: Namespace) -> None:
    """Somebody ends the first process."""
    _begin(options)
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(20)


def is_interrupted(options: Namespace) -> None:
    """Somebody presses Ctrl-C."""
    _begin(options)
    os.kill(os.getppid(), signal.SIGINT)
    time.sleep(20)


def loses_its_watcher(options: Namespace) -> None:
    """The first process is gone at once."""
    _begin(options)
    Path("pid").write_text(str(os.getpid()))
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(20)


def ends_with_0(options: Namespace) -> int:
    """All is well."""
    _begin(options)
    return 0


def ends_with_1(options: Namespace) -> int:
    """Some lines are below the floor."""
    _begin(options)
    return 1


def ends_with_3(options: Namespace) -> int:
    """Some cells are not as they should be."""
    _begin(options)
    return 3


def leaves_half_a_file(options: Namespace) -> None:
    """Native code aborts while a file is being written."""
    _begin(options)
    with files.Writing() as writing:
        writing.write(files.target(Path("new.xlsx")), b"half")
        os.abort()
