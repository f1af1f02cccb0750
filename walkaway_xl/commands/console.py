"""What commands share: how they end, what they refuse, and the line that says what is being done."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.texts import visible

if TYPE_CHECKING:
    from walkaway_xl.hosts.embedded import Calculated

DONE, REFUSED, NOT_CLEAN, INTERRUPTED, TERMINATED = 0, 2, 3, 130, 143
LONGEST_REFUSAL, TAIL = 1000, 300  # characters; a name of somebody's may have a million
MOST_DIGITS = 12  # of a number of times; more than there is memory anywhere


class Screen:
    """A stream of text on which nobody's file speaks to the terminal, whatever is written and by whom."""

    def __init__(self, stream: TextIO):
        self.stream = stream

    def write(self, text: str) -> int:
        """Write what can be seen of a text."""
        self.stream.write(visible(text, lines=True))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def screened() -> Iterator[None]:
    """Whatever is said while the block lasts can be shown in a terminal and kept in a log."""
    streams = sys.stdout, sys.stderr
    _refill_closed()
    own = streams[0], streams[1] or io.StringIO()  # without the second, print would take the first
    sys.stdout, sys.stderr = (None if stream is None else Screen(stream) for stream in own)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def _refill_closed() -> None:
    """Let closed standard streams lead nowhere: the next file to be opened would get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def say(line: str, to: TextIO | None = None) -> None:
    """Say one line, whatever the names in it hold."""
    print(visible(line), file=to)


def refuse(message: str) -> int:
    """Say why something was not done, and give back the exit code for it."""
    if len(message) > LONGEST_REFUSAL:
        message = f"{message[: LONGEST_REFUSAL - TAIL]} … {message[-TAIL:]}"
    if sys.stderr is not None:  # else print would take standard output
        with suppress(OSError):  # nobody reads it; the exit code says it, too
            say(f"walkaway-xl: {message}", sys.stderr)
    return REFUSED


class _Output:
    """Standard output, as far as somebody takes it.

    Who reads a pipe and has seen enough, as `head` has, does not stop the work: files are written, and the
    exit code is that of the whole. What cannot be written for another reason is said.
    """

    def __init__(self, stream: TextIO):
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with self._taken():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._taken():
            self._stream.flush()

    @contextmanager
    def _taken(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # Python would try again at its end, and report that.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            if not isinstance(error, BrokenPipeError):
                raise OSError(error.errno, error.strerror, "standard output") from None


@contextmanager
def shown_as_far_as_read() -> Iterator[None]:
    """Let a pipe that nobody reads any more, or a full disk behind standard output, be no fault of ours."""
    stream = sys.stdout
    sys.stdout = cast(TextIO, _Output(stream))
    try:
        yield
    finally:
        try:
            sys.stdout.flush()
        finally:
            sys.stdout = stream


def warn_of_kept(calculated: "Calculated") -> None:
    """Say where a value is as old as the file, since what is read from it looks like all others."""
    if calculated.kept:
        first, *others = calculated.kept
        place = f"{first.sheet}!{first.address}"
        if others:
            place = phrase("{place} and {count} more", place=place, count=f"{len(others):,}")
        say(
            phrase(
                "{place}: the stored value is read as it is, because {reason}",
                place=place,
                reason=first.reason,
            ),
            sys.stderr,
        )


def budget_option(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that reads a file which somebody else may have made."""
    parser.add_argument(
        "--budget",
        type=_times,
        default=1,
        metavar="TIMES",
        help="read files so many times as large as usual: docs/budget.md (1)",
    )


def _times(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= MOST_DIGITS and int(text)):
        raise argparse.ArgumentTypeError(
            phrase("{given} is no whole number from 1, as in --budget 4", given=repr(text))
        )
    return int(text)


def own_stderr() -> None:
    """Keep standard error for what we say ourselves."""
    from walkaway_xl.files import workers

    screen = sys.stderr
    if isinstance(screen, Screen) and (stream := workers.own_stderr()) is not None:
        screen.stream = stream


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, in a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return

    from rich.console import Console  # whose line it is; in a pipe, nobody waits for it
    from rich.live import Live
    from rich.text import Text

    own = getattr(sys.stderr, "stream", sys.stderr)  # what others say may not write over a line
    # What is printed meanwhile goes where it always goes.
    line = Live(console=Console(file=own), transient=True, redirect_stdout=False, redirect_stderr=False)

    def tell(doing: str) -> None:
        line.update(Text(f"{visible(doing)} …", no_wrap=True, overflow="ellipsis"), refresh=True)

    with line:
        yield tell
