"""Unfinished files: each run claims a name, and what a killed run has left under its own goes away.

A claim is a locked file `.book.xlsx.0123456789abcdef.lock`; what belongs to it is named alike and ends with
`.part`. The system unlocks the file when the process ends, however it ends. So a claim that can be locked is
of a run that is gone, on this machine or, in a network folder, on another.
"""

import atexit
import contextlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.files import moves
from walkaway_xl.files.moves import Version

KEPT = 40  # characters of a file's name in the one beside it, which must stay under the system's 255 bytes
CLAIM = re.compile(r"\.(.+)\.([0-9a-f]{16})\.lock", re.DOTALL)
MOST_BYTES = 1 << 20  # of what a claim says; a few hundred are usual


class Pending(NamedTuple):
    """One file of several that were about to take their names: in a folder, without it."""

    part: str
    target: str
    new: tuple[int, int] | None  # device and inode of what takes the name; None where a file goes
    old: Version | None  # of what stood there

    def finish(self, folder: Path) -> None:
        """Do what was not done, unless somebody has saved another version since."""
        part, target = folder / self.part, folder / self.target
        if self.new is None:
            if self.old is not None and self.old.is_same_as(moves.version(target)):
                target.unlink()
        elif identity(part) == self.new and identity(target) != self.new:
            if self.old is None:
                moves.create(part, target)
            elif self.old.is_same_as(moves.version(target)):
                os.replace(part, target)  # noqa: PTH105


class Claim:
    """A name in a folder, under which one run keeps what is not finished."""

    def __init__(self, folder: Path, name: str):
        self.folder, self.process = folder, os.getpid()
        self.parts: list[Path] = []
        while True:
            self.key = moves.new_name()
            self.path = folder / f".{name[:KEPT]}.{self.key}.lock"
            with contextlib.suppress(FileExistsError):
                self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | moves.BINARY, 0o600)
                if self._is_locked():
                    break
                os.close(self.handle)  # somebody took it for a left-over before it was locked
        _OPEN.add(self)

    def _is_locked(self) -> bool:
        try:
            moves.lock(self.handle)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks; nobody else can lock it there, nor take it away
            return True
        return identity(self.path) == _identity_of(os.fstat(self.handle))

    def part(self, name: str) -> Path:
        """A path for something unfinished that will be called so."""
        self.parts.append(self.folder / f".{name[:KEPT]}.{self.key}.{len(self.parts)}.part")
        return self.parts[-1]

    def promise(self, pending: Sequence[Pending]) -> None:
        """Write down what is about to take its name, so that after a kill the next run finishes it."""
        import json  # most starts promise nothing

        os.write(self.handle, json.dumps(pending).encode())
        os.fsync(self.handle)

    def withdraw(self) -> None:
        """Take a promise back."""
        with contextlib.suppress(OSError):
            os.ftruncate(self.handle, 0)

    def give_back(self) -> None:
        """Remove what is unfinished, then the claim itself."""
        if self not in _OPEN or self.process != os.getpid():  # a fork has it from its parent
            return
        left = [part for part in self.parts if not _remove(part)]
        with contextlib.suppress(OSError):
            os.close(self.handle)  # Windows deletes no file that is open
        if not left:  # else the next run finds it by the claim
            _remove(self.path)
        _OPEN.discard(self)


_OPEN: set[Claim] = set()


@atexit.register
def _give_back_all() -> None:
    """A second interruption can come while the first is being cleaned up after."""
    for claim in tuple(_OPEN):
        claim.give_back()


def sweep(folder: Path) -> None:
    """Remove what killed runs have left in a folder; what they had promised is finished first.

    What is not ours, or cannot be removed, stays.
    """
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 (a path for each name would take longer than all else)
            if match := CLAIM.fullmatch(name):
                _sweep_claim(folder, name, match[2])


def _sweep_claim(folder: Path, name: str, key: str) -> None:
    path = folder / name
    with contextlib.suppress(OSError, ValueError, TypeError):
        flags = os.O_RDWR | moves.BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode) or (sys.platform != "win32" and state.st_uid != os.geteuid()):
                return
            moves.lock(handle)
            if identity(path) != _identity_of(state):
                return
            for pending in _promised(os.read(handle, MOST_BYTES), key):
                with contextlib.suppress(OSError):
                    pending.finish(folder)
            left = _left_after_removal(folder, key)
        finally:
            os.close(handle)
        if not left:
            path.unlink()


def _promised(data: bytes, key: str) -> Iterator[Pending]:
    """What a claim says, as far as it speaks of its own folder: a stranger may have made it."""
    import json

    for part, target, new, old in json.loads(data) if data else ():
        if {part, target} & {"", ".", ".."} or any(set(name) & set("/\\:") for name in (part, target)):
            raise ValueError(f"{part} or {target} is no name in a folder")
        if f".{key}." not in part:
            raise ValueError(f"{part} is of another claim")
        yield Pending(part, target, new and tuple(new), old and Version(*old))


def _left_after_removal(folder: Path, key: str) -> list[str]:
    """Remove what belongs to a claim; what could not be removed."""
    of_claim = re.compile(rf"\..*\.{key}\.\d+\.part", re.DOTALL)
    names = os.listdir(folder)  # noqa: PTH208
    return [name for name in names if of_claim.fullmatch(name) and not _remove(folder / name)]


def _remove(path: Path) -> bool:
    """Remove a file or a folder; whether it is gone."""
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return identity(path) is None


def identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of what has a name; None if nothing has."""
    try:
        return _identity_of(path.lstat())
    except FileNotFoundError:
        return None


def _identity_of(state: os.stat_result) -> tuple[int, int]:
    return state.st_dev, state.st_ino
