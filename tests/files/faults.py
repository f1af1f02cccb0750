"""The n-th step of a command at the system fails: every n, until the command succeeds."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest import mock

import xlsxwriter.worksheet

from walkaway_xl.files import moves

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
STEPS = (
    "write", "fsync", "link", "rename", "replace", "chmod", "chown", "setxattr", "mkdir", "ftruncate",
    "unlink",
)  # fmt: skip


class Steps:
    """Counts the steps at the system, and does something else than the n-th.

    Parameters
    ----------
    at : int
        Which step, counted from 1; 0 for none.
    instead : callable
        Does what happens in its place.
    """

    def __init__(self, at: int, instead: Callable[[], None]):
        self.at, self.instead, self.count, self.hit = at, instead, 0, ""
        self.stack = ExitStack()

    def step(self, name: str) -> None:
        """Count one, and let it come to harm if it is the n-th."""
        self.count += 1
        if self.count == self.at:
            self.hit = name
            self.instead()

    def __enter__(self) -> "Steps":
        opened, as_file = os.open, os.fdopen

        def open_(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            if flags & os.O_CREAT:
                self.step("open")
            return opened(path, flags, *rest, **more)

        steps = self

        class File(io.BufferedWriter):
            def write(self, data: Any) -> int:
                steps.step("write of a file")
                return super().write(data)

        def fdopen(handle: int, mode: str = "r", *rest: Any, **more: Any) -> Any:
            return File(io.FileIO(handle, "wb")) if mode == "wb" else as_file(handle, mode, *rest, **more)

        def open_sheet(*given: Any, **more: Any) -> Any:
            self.step("open a sheet")
            return open(*given, **more)  # noqa: PTH123 (as the library does)

        self._patch(os, "open", open_)
        self._patch(os, "fdopen", fdopen)
        for name in STEPS:
            self._patch(os, name, self._counted(name, getattr(os, name)))
        rename = moves._rename_with()
        if rename is not None:
            counted = self._counted("rename in one step", rename)
            self._patch(moves, "_rename_with", lambda: counted)
        self.stack.enter_context(mock.patch.object(xlsxwriter.worksheet, "open", open_sheet, create=True))
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def _patch(self, owner: Any, name: str, value: Any) -> None:
        self.stack.enter_context(mock.patch.object(owner, name, value))

    def _counted(self, name: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **more: Any) -> Any:
            self.step(name)
            return really(*given, **more)

        return counted


def failing(at: int, number: int) -> Steps:
    """The n-th step fails with an error of the system."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return Steps(at, fail)


def every_fault(errors: tuple[int, ...], *, all_errors: bool) -> Iterator[tuple[int, int]]:
    """Places and errors: each error at each place, or one after the other."""
    at = 0
    while True:
        at += 1
        for number in errors if all_errors else (errors[at % len(errors)],):
            yield at, number
