"""Writing a file so that it is either the old one or the new one, never half of each."""

import atexit
import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from walkaway_xl.core.errors import WalkawayError

REMEDIES = {
    errno.ENOSPC: "there is no space left on the device",
    errno.EDQUOT: "there is no space left for you on the device",
    errno.EACCES: "you have no permission to write here, or another program holds the file",
    errno.EPERM: "you have no permission to write here",
    errno.EROFS: "the device is read-only",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
}
WRITABLE_BY_ANYBODY = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
USUAL_MODE = 0o666  # before the user's umask, as for any file that a program makes
KEPT = 40  # characters of a file's name in the one beside it, which must stay under the system's 255 bytes


_UNFINISHED: set[Path] = set()


class FileError(WalkawayError):
    """A file that cannot be written, and why."""


def refuse_existing(path: Path, *, force: bool, option: str = "--out") -> None:
    """Refuse to write over a file unless asked to.

    Parameters
    ----------
    path : Path
        Where something is to be written.
    force : bool
        Whether an existing file may be replaced.
    option : str
        What names another place.
    """
    if not force and (path.exists() or path.is_symlink()):
        raise FileError(f"{path}: this file exists; --force replaces it, {option} names another")


def refuse_input(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write over what is read, whatever was asked for.

    Parameters
    ----------
    path : Path
        Where something is to be written.
    inputs : iterable of Path
        The files that are read.
    """
    if path.exists() and any(file.exists() and path.samefile(file) for file in inputs):
        raise FileError(f"{path}: this file is read here; --out names another")


def refuse_unwritable(path: Path) -> None:
    """Refuse a target that cannot be replaced, or that a spreadsheet program has open.

    Parameters
    ----------
    path : Path
        Where something is to be written.
    """
    path = _behind_links(path)
    if path.is_dir():
        raise FileError(f"{path}: this is a folder; name a file in it")
    if not path.parent.is_dir():
        raise FileError(f"{path}: there is no folder {path.parent}")
    if not path.exists():
        return
    if not path.is_file():
        raise FileError(f"{path}: this is no ordinary file")
    if not path.stat().st_mode & WRITABLE_BY_ANYBODY or not os.access(path, os.W_OK):
        raise FileError(f"{path}: this file is read-only; allow writing, or name another file")
    for lock, program in ((f"~${path.name}", "Excel"), (f".~lock.{path.name}#", "LibreOffice")):
        # What a program would later save over our file, or we over the user's unsaved work.
        if (path.parent / lock).exists():
            raise FileError(
                f"{path}: this file is open in {program}; close it there first "
                f"(if it is not open, delete the left-over {path.parent / lock})"
            )


def make_folder(path: Path) -> list[Path]:
    """Make a folder where there is none, and those above it.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    list of Path
        The folders that were made, the innermost first.
    """
    above = (path, *path.parents)
    obstacle = next((folder for folder in above if folder.exists() and not folder.is_dir()), None)
    if obstacle is not None:
        raise FileError(f"{obstacle}: this is a file where a folder belongs; move it away, or name another")
    made = [folder for folder in above if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from error
    return made


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its target and rename it: whoever looks sees the old file or the new one, whole.

    Parameters
    ----------
    path : Path
        The target. A link stays a link; the file behind it is replaced.
    data : bytes
        The new content.
    """
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside its target, which takes its place when all has been written, and vanishes if it fails.

    Parameters
    ----------
    path : Path
        The target. A link stays a link; the file behind it is replaced.

    Yields
    ------
    file
        Open for writing bytes.
    """
    refuse_unwritable(path)
    try:
        with _beside(_behind_links(path)) as file:
            yield file
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> FileError:
    reason = REMEDIES.get(error.errno or 0, error.strerror or str(error))
    return FileError(f"{path}: {reason}; nothing was changed")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[IO[bytes]]:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else USUAL_MODE & ~_umask()
    handle, written = _new_file_beside(target)
    _UNFINISHED.add(written)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        written.chmod(mode)
        os.replace(written, target)  # noqa: PTH105 (tests take its place to simulate a kill)
    except BaseException:
        with contextlib.suppress(OSError):
            written.unlink()
        raise
    _UNFINISHED.discard(written)
    _sync_folder(target.parent)


def _new_file_beside(target: Path) -> tuple[int, Path]:
    """A new file of a name of its own. In a read-only folder of Windows `tempfile` would try for ever."""
    while True:
        path = target.with_name(f".{target.name[:KEPT]}.{secrets.token_hex(4)}.part")
        with contextlib.suppress(FileExistsError):
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), path


@atexit.register
def _remove_unfinished() -> None:
    """A second interruption can come while the first is being cleaned up after."""
    for path in _UNFINISHED:
        with contextlib.suppress(OSError):
            path.unlink()


def _behind_links(path: Path) -> Path:
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        raise FileError(f"{path}: this is a link that leads back to itself") from None


def _umask() -> int:
    mask = os.umask(0)  # there is no other way to read it
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where folders can be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
