"""What can have become of an exception at a line, and in a book."""

from collections.abc import Mapping
from enum import IntEnum

from walkaway_xl.core.phrasing import later

NO_LINE = later("NO LINE")  # of an exception that means no line of the book


class State(IntEnum):
    """What has become of an exception at a line; of several the largest counts."""

    INCOMPLETE = 0
    DECLINED = 1
    STALE = 2
    EXPIRED = 3
    TOO_JUNIOR = 4
    VALID = 5

    @property
    def word(self) -> str:
        """As it is written in a column."""
        return self.name.replace("_", " ")


def of_exception(counts: Mapping[tuple[int, int], int], place: int) -> State | None:
    """What has become of an exception in all of a book; None where no line is meant."""
    met = [state for (one, state), count in counts.items() if one == place and count]
    return State(max(met)) if met else None
