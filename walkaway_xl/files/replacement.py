"""Writing files so that each is the old one or the new one, whole, and nobody's work is replaced unseen.

Whoever writes says first where (`target`): what stands there is refused without ``force``, and its version is
kept with it. Then all is written beside its place (`Writing`, or `Target.write` for one file), and takes its
name at the end: all files of a run or none.

- Without ``force``, and where nothing stood, a name is created and never replaced, whoever made it and when.
- With it, the version that stood there when the command began is replaced; a newer one stops the command. On
  Linux and macOS old and new change places in one step, and the old one is looked at after it; on Windows it
  is looked at just before.
- A kill before the first name is taken changes nothing. Between two names it leaves some files new and some
  old; the next run that writes to that folder finishes it (files of several folders: folder by folder). What
  else a killed run leaves beside its files, as `.book.xlsx.….part`, goes away then, too.
- Owner, permissions and attributes stay; a link stays a link. A new file gets the usual permissions, and no
  more than the file has that it is made from. A second hard link keeps the old version, as backups expect.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files import claims, moves, workers
from walkaway_xl.files.claims import Claim, Pending
from walkaway_xl.files.moves import Version

REMEDIES = {
    errno.ENOSPC: later("there is no space left on the device"),
    errno.EDQUOT: later("there is no space left for you on the device"),
    errno.EACCES: later("you have no permission to write here, or another program holds the file"),
    errno.EPERM: later("you have no permission to write here"),
    errno.EROFS: later("the device is read-only"),
    errno.ENOENT: later("there is no such folder"),
    errno.ENOTDIR: later("there is no such folder"),
    errno.EIO: later("the device fails"),
}
WRITABLE_BY_ANYBODY = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
USUAL_MODE = 0o666  # before the user's umask, as for any file that a program makes
OWN_MODE = stat.S_IRUSR | stat.S_IWUSR
OPEN_FILES = ("/proc", "/dev/fd")  # where names stand for what a process has open, as /dev/stdout does


class FileError(WalkawayError):
    """A file that cannot be written, and why."""


def why(error: OSError) -> str:
    """What is in the way, and what it takes."""
    remedy = REMEDIES.get(error.errno or 0)
    return phrase(remedy) if remedy else error.strerror or str(error)


class Target:
    """Where a file is to go, and what stood there when that was said."""

    def __init__(self, path: Path, option: str, like: Path | None):
        self.path, self.option, self.like = path, option, like
        self.real = _behind_links(path)
        claims.sweep(self.real.parent)
        self.seen = moves.version(self.real) if self.real.is_file() else None

    def write(self, data: bytes) -> None:
        """Write the file."""
        with Writing() as writing:
            writing.write(self, data)

    def taken(self) -> FileError:
        """The refusal of a file that stands here."""
        return FileError(
            phrase(
                "{path}: this file exists; --force replaces it, {option} names another",
                path=self.path,
                option=self.option,
            )
        )

    def changed(self) -> FileError:
        """The refusal to replace what somebody has saved meanwhile."""
        return FileError(
            phrase(
                (
                    "{path}: this file was saved or moved while the command ran; nothing was "
                    "changed, run the command again"
                ),
                path=self.path,
            )
        )


def target(
    path: Path,
    *,
    force: bool = False,
    option: str = "--out",
    inputs: Iterable[Path] = (),
    like: Path | None = None,
) -> Target:
    """Where a file is to go; refused before the work if it cannot go there.

    Parameters
    ----------
    path : Path
        The file. A link stays a link; the file behind it is written.
    force : bool
        Whether the file that stands there may be replaced.
    option : str
        What names another place.
    inputs : iterable of Path
        Files that are read, and not replaced whatever was asked for.
    like : Path, optional
        The file from which the new one is made, and whose permissions it gets.
    """
    try:
        _refuse_unwritable(path)
        place = Target(path, option, like)
        if not force and (path.exists() or path.is_symlink()):
            raise place.taken()
        if path.exists() and any(other.exists() and path.samefile(other) for other in inputs):
            raise FileError(
                phrase("{path}: this file is read here; {option} names another", path=path, option=option)
            )
    except OSError as error:
        raise cannot_write(path, error) from error
    return place


def _refuse_unwritable(path: Path) -> None:
    """Refuse a target that cannot be replaced, or that a spreadsheet program has open."""
    real = _behind_links(path)
    if real.is_dir():
        raise FileError(phrase("{path}: this is a folder; name a file in it", path=path))
    if any(str(step).startswith(OPEN_FILES) for step in (real, *_way_of(path))):
        raise FileError(phrase("{path}: this is no ordinary file", path=path))
    if not real.parent.is_dir():
        raise FileError(phrase("{path}: there is no folder {parent}", path=path, parent=real.parent))
    if not real.exists():
        return
    if not real.is_file():
        raise FileError(phrase("{path}: this is no ordinary file", path=path))
    if not real.stat().st_mode & WRITABLE_BY_ANYBODY or not os.access(real, os.W_OK):
        raise FileError(
            phrase("{path}: this file is read-only; allow writing, or name another file", path=path)
        )
    for lock, program in ((f"~${real.name}", "Excel"), (f".~lock.{real.name}#", "LibreOffice")):
        # What a program would later save over our file, or we over the user's unsaved work.
        if (real.parent / lock).exists():
            raise FileError(
                phrase(
                    (
                        "{path}: this file is open in {program}; close it there first (if it is "
                        "not open, delete the left-over {parent})"
                    ),
                    path=path,
                    program=program,
                    parent=real.parent / lock,
                )
            )


def _behind_links(path: Path) -> Path:
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):
        raise FileError(phrase("{path}: this is a link that leads back to itself", path=path)) from None


def _way_of(path: Path) -> Iterator[Path]:
    """The names that a path passes through, link by link."""
    for _ in range(40):  # as many as Linux follows
        path = path.parent.resolve() / path.name
        yield path
        if not path.is_symlink():
            return
        path = path.parent / path.readlink()


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
        raise FileError(
            phrase(
                "{obstacle}: this is a file where a folder belongs; move it away, or name another",
                obstacle=obstacle,
            )
        )
    made = [folder for folder in above if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remove_folders(made)
        raise cannot_write(path, error) from error
    return made


def remove_folders(made: Iterable[Path]) -> None:
    """Remove folders that were made, the innermost first, as far as nothing is in them."""
    for folder in made:
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def in_folder(path: Path) -> Iterator[None]:
    """A folder for what is written inside the block; it goes away again if that fails and leaves it empty."""
    made = make_folder(path)
    try:
        yield
    except BaseException:
        remove_folders(made)
        raise


def cannot_write(path: Path, error: OSError) -> FileError:
    """The refusal of the system as a sentence."""
    reason = why(error)
    return FileError(phrase("{path}: {reason}; nothing was changed", path=path, reason=reason))


class Writing:
    """Files that are written together: they take their names when the block ends, all of them or none."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._claims: dict[Path, Claim] = {}

    def __enter__(self) -> "Writing":
        return self

    def open(self, place: Target) -> IO[bytes]:
        """A file beside its place, open for writing bytes."""
        try:
            entry = _Entry(place, self._claim(place))
            entry.begin()
        except OSError as error:
            raise cannot_write(place.path, error) from error
        self._entries.append(entry)
        return entry.file

    def write(self, place: Target, data: bytes) -> None:
        """Write a whole file beside its place."""
        file = self.open(place)
        try:
            file.write(data)
        except OSError as error:
            raise cannot_write(place.path, error) from error

    def remove(self, place: Target) -> None:
        """Let what stands there go away with the rest."""
        if place.seen is not None:
            try:
                self._entries.append(_Removal(place, self._claim(place)))
            except OSError as error:
                raise cannot_write(place.path, error) from error

    def _claim(self, place: Target) -> Claim:
        folder = place.real.parent
        if folder not in self._claims:
            workers.write_in(folder)
            self._claims[folder] = Claim(folder, place.real.name)
        return self._claims[folder]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._take_names()
            elif isinstance(error, OSError) and error.filename is None and self._entries:
                raise cannot_write(self._entries[0].place.path, error) from error
        finally:
            for entry in self._entries:
                entry.close()
            for claim in self._claims.values():
                claim.give_back()
                if error is None:
                    moves.sync_folder(claim.folder)

    def _take_names(self) -> None:
        begun: list[_Entry] = []
        entry = None
        try:
            for entry in self._entries:
                entry.complete()
            if len(self._entries) > 1:
                for folder, claim in self._claims.items():
                    claim.promise(
                        [part.pending() for part in self._entries if part.place.real.parent == folder]
                    )
            for entry in reversed(self._entries):  # the first is the one that others belong to
                begun.append(entry)
                entry.take_name(several=len(self._entries) > 1)
        except BaseException as error:
            for named in reversed(begun):
                with contextlib.suppress(OSError, FileError):
                    named.give_name_back()
            for claim in self._claims.values():
                claim.withdraw()
            if isinstance(error, OSError) and entry is not None:
                raise cannot_write(entry.place.path, error) from error
            raise


class _Entry:
    """One file on its way."""

    file: IO[bytes]
    new: tuple[int, int] | None = None

    def __init__(self, place: Target, claim: Claim):
        self.place, self.claim = place, claim
        self.part = claim.part(place.real.name)
        self.kept: Path | None = None

    def begin(self) -> None:
        handle = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL | moves.BINARY, OWN_MODE)
        self.file = os.fdopen(handle, "wb")

    def complete(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.close()
        if self.place.seen is not None:
            with contextlib.suppress(FileNotFoundError):  # it was moved, and the name is not replaced then
                moves.dress(self.part, self.place.real)
        else:
            mode = USUAL_MODE & ~moves.umask()
            if self.place.like is not None and self.place.like.exists():
                mode &= self.place.like.stat().st_mode | OWN_MODE
            self.part.chmod(mode)
        self.new = claims.identity(self.part)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # what was not written was refused before
            self.file.close()

    def pending(self) -> Pending:
        return Pending(self.part.name, self.place.real.name, self.new, self.place.seen)

    def take_name(self, *, several: bool) -> None:
        real, seen = self.place.real, self.place.seen
        if seen is None:
            try:
                moves.create(self.part, real)
            except FileExistsError:
                raise self.place.taken() from None
            return
        try:
            if self._exchanged(seen):
                return
            if not seen.is_same_as(moves.version(real)):
                raise self.place.changed()
            if several:
                kept = self.claim.part(real.name)
                moves.keep(real, kept)
                self.kept = kept
            os.replace(self.part, real)  # noqa: PTH105 (tests make it fail)
        except FileNotFoundError:
            raise self.place.changed() from None

    def _exchanged(self, seen: Version) -> bool:
        """Change places with the old version; what turns out to be newer gets its name back."""
        state = self.part.stat()
        held, expected = Version(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns), seen
        while moves.exchange(self.part, self.place.real):
            out = moves.version(self.part)
            if expected.is_same_as(out):
                if expected is seen:
                    return True
                raise self.place.changed()
            assert out is not None, "an exchange left nothing in the place of what was put there"
            held, expected = out, held  # somebody's newer version goes back, and what stands there comes out
        return False

    def give_name_back(self) -> None:
        real = self.place.real
        if self.new is None or claims.identity(real) != self.new:
            return
        if self.place.seen is None:
            real.unlink()
        elif self.kept is not None:
            os.replace(self.kept, real)  # noqa: PTH105
        else:
            moves.exchange(self.part, real)


class _Removal(_Entry):
    """A file that goes away."""

    def complete(self) -> None:
        """There is nothing to write."""

    def close(self) -> None:
        """Nothing is open."""

    def take_name(self, *, several: bool) -> None:
        assert self.place.seen is not None
        try:
            os.rename(self.place.real, self.part)  # noqa: PTH104
        except FileNotFoundError:
            return
        if not self.place.seen.is_same_as(moves.version(self.part)):
            raise self.place.changed()

    def give_name_back(self) -> None:
        if self.part.exists():
            moves.create(self.part, self.place.real)
