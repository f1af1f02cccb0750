"""The one door for files that somebody else has made: ordinary ones only, in the budget, or one sentence.

`content` gives the bytes of a file that is read as a whole, `ordinary` looks at one that a library opens by
its name, and `understood` is around whatever takes a file to pieces, ours or a library's.
"""

import contextlib
import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files import budget, workers
from walkaway_xl.files.moves import BINARY

PIECE = 1 << 20  # bytes
LONGEST_REASON = 200  # characters of what a library says
NAME = rb"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
DOTTED = re.compile(NAME + rb"(?:\.[ \t]*+" + NAME + rb")++")  # a key of several parts
CLOSE = later("Close what you do not need, allow more with --budget 4, or read it on a larger machine")
AGAIN = later("Save or copy it again, and report it if that does not help")


class ReadError(WalkawayError):
    """A file that cannot be read, and why."""


def content(path: Path, limit: str = "packed") -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    path : Path
        The file.
    limit : str
        Which limit of the budget holds for its size.
    """
    pieces: list[bytes] = []
    with _opened(path) as handle:
        size = os.fstat(handle).st_size
        refuse_excess(path, limit, size)
        size = 0
        while piece := os.read(handle, PIECE):
            size += len(piece)
            refuse_excess(path, limit, size)  # it may grow while it is read
            pieces.append(piece)
    whole = b"".join(pieces)
    if limit == "text":
        keys = (match[0].count(b".") + 1 for match in DOTTED.finditer(whole))
        refuse_excess(path, "key", max(keys, default=1))
    return whole


def ordinary(path: Path) -> int:
    """Bytes of a file that a library will open by its name; what is no ordinary file is refused."""
    with _opened(path) as handle:
        return os.fstat(handle).st_size


def beginning(path: Path, most: int) -> bytes:
    """So many bytes of a file at most, and its first ones."""
    with _opened(path) as handle, os.fdopen(handle, "rb", closefd=False) as file:
        return file.read(most)


def look_through(path: Path, separators: Collection[str]) -> bool:
    """Count the lines of a text file; refuse one whose head, or a line, is too long or has too many cells.

    Readers of text hold a line as a whole, and each of its cells as an object; and of every line they keep
    something to the end.

    Parameters
    ----------
    path : Path
        The file.
    separators : collection of str
        What may stand between cells.

    Returns
    -------
    bool
        Whether there is a quotation mark anywhere in it.
    """
    signs = [sign.encode() for sign in separators]
    window = budget.current().most("columns")  # bytes: a shorter line cannot have too many cells
    limit, length, cells = "head", 0, Counter[bytes]()  # of a line whose end is not seen yet
    lines, is_quoted = 0, False

    with _opened(path) as handle:
        while piece := os.read(handle, PIECE):
            lines += piece.count(b"\n") or piece.count(b"\r")
            is_quoted = is_quoted or b'"' in piece
            place = 0
            while place < len(piece):
                stop = min(place + window, len(piece))
                end = _end(piece, place, stop, is_last=not length)
                if length or end < 0:
                    part = piece[place : end if end >= 0 else stop]
                    length += len(part)
                    refuse_excess(path, limit, length)
                    for sign in signs:
                        cells[sign] += part.count(sign)
                        refuse_excess(path, "columns", cells[sign])
                if end >= 0:
                    limit, length, stop = "line", 0, end + 1
                    cells.clear()
                place = stop
        refuse_excess(path, "lines", lines, os.fstat(handle).st_size)
    budget.current().spend(lines=lines)
    return is_quoted


def _end(piece: bytes, place: int, stop: int, *, is_last: bool) -> int:
    """Where the first line ends between two places, or one of the last; below zero if none does."""
    if is_last:  # a search for the other sign, where the first is found, would go through all of it
        end = piece.rfind(b"\n", place, stop)
        return end if end >= 0 else piece.rfind(b"\r", place, stop)
    places = [end for sign in (b"\n", b"\r") if (end := piece.find(sign, place, stop)) >= 0]
    return min(places, default=-1)


def refuse_excess(path: object, limit: str, count: int, packed: int = 0) -> None:
    """Refuse a file that holds too much of something, as `Budget.excess` says it."""
    if words := budget.current().excess(limit, count, packed):
        raise ReadError(phrase("{path}: this file {words}", path=path, words=words))


@contextlib.contextmanager
def understood(source: object) -> Iterator[None]:
    """Whatever goes wrong with a file while the block lasts ends in one sentence.

    Libraries meet a damaged file with errors of every kind, and compiled ones with such as no `except
    Exception` catches. What is refused on purpose gets the name of the file, if it lacks it.
    """
    workers.read(source)
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except WalkawayError as error:
        if str(source) not in str(error):
            error.args = (f"{source}: {error}",)
        raise
    except MemoryError as error:
        raise ReadError(
            phrase(
                "{source}: there is not enough memory to read this file. {remedy}",
                source=source,
                remedy=phrase(CLOSE),
            )
        ) from error
    except RecursionError as error:
        raise ReadError(
            phrase(
                "{source}: this file is nested too deeply to be read. {remedy}",
                source=source,
                remedy=phrase(AGAIN),
            )
        ) from error
    except OSError as error:
        if error.filename is not None:
            raise
        raise ReadError(f"{source}: {error.strerror or error}. {phrase(AGAIN)}") from error
    except BaseException as error:
        raise ReadError(
            phrase(
                ("{source}: this file is damaged, or holds what is not expected here ({error}). {remedy}"),
                source=source,
                error=reason(error),
                remedy=phrase(AGAIN),
            )
        ) from error


def reason(error: BaseException) -> str:
    """What an error of a library says, in one line that is not too long."""
    words = re.sub(r"\s+", " ", str(error)).strip()
    words = words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON]} …"
    return (
        words if isinstance(error, SyntaxError) and words else f"{type(error).__name__}: {words}".rstrip(": ")
    )


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """An open ordinary file. Nothing waits for the other end of a pipe, and no device is read without end."""
    workers.read(path)
    try:
        if not stat.S_ISREG(_kind(path)):  # opening a device can already do something
            raise ReadError(
                phrase("{path}: this is no ordinary file. Save it as one, and name that", path=path)
            )
        handle = os.open(path, os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise ReadError(phrase("{path}: there is no such file", path=path)) from None
    except PermissionError:
        raise ReadError(
            phrase(
                ("{path}: you have no permission to read this file, or another program holds it"), path=path
            )
        ) from None
    except (OSError, ValueError) as error:  # the second for a name with a zero byte
        raise ReadError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReadError(
                phrase("{path}: this is no ordinary file. Save it as one, and name that", path=path)
            )
        yield handle
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    finally:
        os.close(handle)


def _kind(path: Path) -> int:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError(phrase("{path}: this is a folder. Name a file in it", path=path))
    return mode
