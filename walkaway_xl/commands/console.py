"""What commands share: how they end, what they refuse, and the line that says what is being done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from walkaway_xl.hosts.embedded import Calculated

DONE, REFUSED, NOT_CLEAN, INTERRUPTED, TERMINATED = 0, 2, 3, 130, 143
PROGRESS_WIDTH = 78  # characters: room for the longest message


def refuse(message: str) -> int:
    """Say why something was not done, and give back the exit code for it."""
    print(f"walkaway-xl: {message}", file=sys.stderr)
    return REFUSED


def warn_of_kept(calculated: "Calculated") -> None:
    """Say where a value is as old as the file, since what is read from it looks like all others."""
    if calculated.kept:
        first, *others = calculated.kept
        place = f"{first.sheet}!{first.address}" + (f" and {len(others):,} more" if others else "")
        print(f"{place}: the stored value is read as it is, because {first.reason}", file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, in a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return

    def tell(doing: str) -> None:
        print(f"\r{doing} …".ljust(PROGRESS_WIDTH), end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print("\r" + " " * PROGRESS_WIDTH, end="\r", file=sys.stderr, flush=True)
