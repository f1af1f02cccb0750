"""What a file system can do in one step: create a name, exchange two, lock; and how to tell a file's version.

Each has a way for file systems and systems that lack it, which is said beside it.
"""

import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DIGESTED = 16 << 20  # bytes up to which reading a file again costs a few hundredths of a second
PIECE = 1 << 20
# What a file system answers that has no such step. Of a fault in earnest the next way complains, too.
LACKING = {
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
}
BINARY = getattr(os, "O_BINARY", 0)
HERE = -100  # AT_FDCWD of Linux: a path counts from the current folder
ONLY_NEW, EXCHANGE = 1, 2  # RENAME_NOREPLACE and RENAME_EXCHANGE of Linux
ONLY_NEW_ON_MACOS, EXCHANGE_ON_MACOS = 4, 2  # RENAME_EXCL and RENAME_SWAP
LOCKED_BYTE = 1 << 30  # on Windows a locked byte cannot be read, so it lies behind the end

System = Callable[[Path, Path, int], None]


class Version(NamedTuple):
    """Which version of a file it was."""

    device: int
    inode: int
    size: int
    changed: int  # nanoseconds
    digest: str | None = None  # of a file that is not large

    def is_same_as(self, other: "Version | None") -> bool:
        """Whether replacing the one loses nothing of the other: what it holds decides, if known."""
        if other is None:
            return False
        if self.digest is not None and other.digest is not None:
            return self.digest == other.digest
        return self[:4] == other[:4]


def version(path: Path) -> Version | None:
    """The version of a file that stands there now; None if there is none."""
    import hashlib  # most starts write nothing

    try:
        handle = os.open(path, os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except PermissionError:  # one that may be written and not read
        return _stated(path.stat())
    try:
        before = os.fstat(handle)
        if before.st_size > DIGESTED or not stat.S_ISREG(before.st_mode):
            return _stated(before)
        digest = hashlib.blake2b(digest_size=16)
        while piece := os.read(handle, PIECE):
            digest.update(piece)
        return _stated(before)._replace(digest=digest.hexdigest())
    finally:
        os.close(handle)


def _stated(state: os.stat_result) -> Version:
    return Version(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def create(source: Path, target: Path) -> None:
    """Give a file a name that nobody has; FileExistsError if somebody has it. The old name may stay.

    Where neither hard links nor such a rename exist (FAT on Linux before 3.15, some network folders) an empty
    file takes the name, and ours its place; a kill between the two leaves the empty one.
    """
    if sys.platform == "win32":
        os.rename(source, target)  # noqa: PTH104 (tests make it fail); Windows refuses a name that is taken
        return
    try:
        os.link(source, target)
        return
    except OSError as error:
        if error.errno not in LACKING:
            raise
    if _renamed(source, target, ONLY_NEW, ONLY_NEW_ON_MACOS):
        return
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        os.replace(source, target)  # noqa: PTH105
    except OSError:
        target.unlink()
        raise


def exchange(one: Path, other: Path) -> bool:
    """Let two files change their names in one step; False where there is no such step."""
    return _renamed(one, other, EXCHANGE, EXCHANGE_ON_MACOS)


def _renamed(source: Path, target: Path, on_linux: int, on_macos: int) -> bool:
    """Rename in a way that Python does not offer; False where the system or the file system lacks it."""
    rename = _rename_with()
    if rename is None:
        return False
    try:
        rename(source, target, on_macos if sys.platform == "darwin" else on_linux)
    except OSError as error:
        if error.errno in LACKING:
            return False
        raise
    return True


def _rename_with() -> System | None:
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes  # most runs do without

    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renamex_np" if sys.platform == "darwin" else "renameat2", None)
    if call is None:
        return None

    def rename(source: Path, target: Path, flag: int) -> None:
        paths = os.fsencode(source), os.fsencode(target)
        given = (*paths, flag) if sys.platform == "darwin" else (HERE, paths[0], HERE, paths[1], flag)
        if call(*given):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(target))

    return rename


def keep(path: Path, under: Path) -> None:
    """Keep a file under a second name: as a link, or as a copy where there are none."""
    try:
        os.link(path, under)
    except OSError as error:
        if error.errno not in LACKING:
            raise
        shutil.copy2(path, under)


def lock(handle: int) -> None:
    """Lock an open file until it is closed, or its process ends; BlockingIOError if somebody else has."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from None
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def new_name() -> str:
    """A name that nobody else has taken."""
    return os.urandom(8).hex()


def dress(path: Path, like: Path) -> None:
    """Give a file the owner, the permissions and the attributes of another, as far as we may."""
    state = like.stat()
    if hasattr(os, "chown"):
        own = path.stat()
        if (own.st_uid, own.st_gid) != (state.st_uid, state.st_gid):
            with contextlib.suppress(OSError):
                os.chown(path, -1, state.st_gid)
            with contextlib.suppress(OSError):
                os.chown(path, state.st_uid, -1)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(like):
                with contextlib.suppress(OSError):
                    os.setxattr(path, name, os.getxattr(like, name))
    path.chmod(stat.S_IMODE(state.st_mode))


def umask() -> int:
    """What the user takes from the permissions of a new file."""
    mask = os.umask(0)  # there is no other way to read it
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where folders can be opened (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
