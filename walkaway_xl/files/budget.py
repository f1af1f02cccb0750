"""The budget: how much of each thing a file from somebody else may hold, declared once.

A small file can ask for all memory there is. So what a file holds is counted before anything expands it, and
the counts decide, the same on a slow computer and on a quick one. Memory and seconds grow with what was
counted; they stop native code that runs away all the same, where a process of its own does the work
(`workers`).
"""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import NamedTuple

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files import workers

OPTION = "--budget"


class Limit(NamedTuple):
    """How many of something are read."""

    words: str  # what is counted, as it follows a number
    free: int  # so many always pass
    most: int  # more never pass; in between they take bytes of the file, which real ones always do
    why: str
    ratio: int = 1  # in between, so many of them take a byte of the file


class Allowance(NamedTuple):
    """How much of the computer the work may take: a base, and more for what was counted."""

    words: str
    base: float
    by: Mapping[str, float]  # for each of what is counted, by its name in LIMITS
    why: str

    def of(self, counts: Mapping[str, int]) -> float:
        """What is allowed for what was counted."""
        return self.base + sum(self.by.get(name, 0) * count for name, count in counts.items())


MB = 1 << 20
LIMITS: Mapping[str, Limit] = {
    "packed": Limit(
        later("bytes of a file"), 1 << 30, 1 << 30, "Text and Parquet are read as a stream and may be larger."
    ),
    "parts": Limit(later("parts"), 20_000, 20_000, "A sheet has about five."),
    "unpacked": Limit(
        later("bytes, unpacked"),
        64 * MB,
        2 << 30,
        "Counted while unpacking, whatever the file says of itself. Beyond 64 MB each byte of the file may "
        "become 400: sheets of one repeated row reach about 100.",
        ratio=400,
    ),
    "cells": Limit(
        later("cells"), 200_000, 32_000_000, "A sheet of 1,048,576 rows and 30 columns has 31,457,280."
    ),
    "blanks": Limit(
        later("blank cells between those that hold something"),
        8_000_000,
        8_000_000,
        "Readers of tables make room for them: of a cell far away from all others.",
    ),
    "elements": Limit(
        later("tags of XML"),
        600_000,
        400_000_000,
        "Whatever else there is: rows, looks, rules, drawings. A cell has two to eight. Beyond 600,000 each "
        "byte of the file may become two: a line of texts that come again takes fewer bytes than tags.",
        ratio=2,
    ),
    "looks": Limit(
        later("tags of XML outside of the cells"),
        120_000,
        3_000_000,
        "Each becomes an object, as rows without cells do.",
    ),
    "tag": Limit(
        later("bytes in one tag, remark or instruction of XML"),
        1 * MB,
        1 * MB,
        "Readers begin it again with each piece that they read, until it is whole.",
    ),
    "cell_text": Limit(
        later("bytes in one text of a cell"),
        256 << 10,
        256 << 10,
        "A cell holds 32,767 characters; a shared text can stand in every cell.",
    ),
    "strings": Limit(later("shared texts"), 200_000, 32_000_000, "As many as cells."),
    "formulas": Limit(
        later("formulas"),
        100_000,
        4_000_000,
        "Twenty columns of 200,000 rows; each is calculated several times.",
    ),
    "results": Limit(
        later("cells that array formulas fill"),
        500_000,
        500_000,
        "Over the whole workbook; a formula that spills gives at most 10,000.",
    ),
    "result_text": Limit(
        later("characters of texts that formulas give"),
        20_000_000,
        1_000_000_000,
        "Over the whole workbook; a text that is twice the one above doubles with each.",
    ),
    "answer": Limit(
        later("cells in the answer of one function"), 2_000_000, 2_000_000, "Two columns from top to bottom."
    ),
    "answers": Limit(
        later("cells in the answers to questions about ranges"),
        3_000_000,
        100_000_000,
        "Over the whole workbook; a question about single cells is none.",
    ),
    "merges": Limit(
        later("merged ranges"), 20_000, 20_000, "Each is drawn as one cell by hand, or by a report."
    ),
    "merged": Limit(
        later("cells in merged and linked ranges"),
        1 << 20,
        1 << 20,
        "Readers make an object of each of them.",
    ),
    "spans": Limit(
        later("columns that widths are said of"),
        1 << 22,
        1 << 22,
        "256 sheets with a width for all their columns.",
    ),
    "names": Limit(later("defined names"), 20_000, 20_000, "Old workbooks carry thousands of others along."),
    "name_text": Limit(
        later("characters of formulas of names, put in their places"),
        1_000_000,
        1_000_000,
        "A name that uses a name twice, which uses a name twice, doubles with each.",
    ),
    "text": Limit(
        later("bytes of a policy or a deal"), 1 * MB, 1 * MB, "The largest example has ten thousand."
    ),
    "key": Limit(
        later("parts of one key"), 100, 100, "a.b.c has three. Whoever reads them needs the square of them."
    ),
    "files": Limit(later("files in a folder"), 10_000, 10_000, "A cluster leaves some hundreds."),
    "head": Limit(
        later("bytes in the first line of a text file"), 1 * MB, 1 * MB, "It holds names of columns."
    ),
    "line": Limit(
        later("bytes without the end of a line"), 16 * MB, 16 * MB, "A line of text is read as a whole."
    ),
    "group": Limit(
        later("bytes, unpacked, of a group of lines"),
        24 * MB,
        4 << 30,
        "Parquet is read a group of lines after the other; each byte of the file may become 20.",
        ratio=20,
    ),
    "columns": Limit(later("columns"), 16_384, 16_384, "As many as a sheet has."),
    "lines": Limit(
        later("lines"), 20_000_000, 4_000_000_000, "Parquet packs lines that are alike into almost nothing."
    ),
}
MEMORY = Allowance(
    "bytes of memory, beside the files that are mapped into it",
    420 * MB,
    {
        "unpacked": 8,
        "cells": 800,
        "strings": 200,
        "formulas": 3_000,
        "blanks": 40,
        "results": 600,
        "lines": 200,
    },
    "About twice of what the largest files of each kind took.",
)
SECONDS = Allowance(
    "seconds of processor time",
    60,
    {"cells": 1e-3, "formulas": 1e-2, "results": 1e-3, "lines": 1e-3},
    "About a hundred times of what files took on a computer of 2020.",
)


class Budget:
    """The limits of one run, and what was counted in its files so far.

    Parameters
    ----------
    times : int
        How many times the declared limits are allowed: what `--budget` says.
    """

    def __init__(self, times: int = 1):
        self.times = times
        self.counts: Counter[str] = Counter()

    def most(self, name: str, packed: int = 0) -> int:
        """How many of something are read in a file of so many bytes."""
        limit = LIMITS[name]
        by_size = min(limit.most, packed * limit.ratio)
        return max(limit.free, by_size) * self.times

    def excess(self, name: str, count: int, packed: int = 0) -> str | None:
        """Why a file with so many of something is not read, as it follows "it"; None if it is.

        Parameters
        ----------
        name : str
            What was counted, as in `LIMITS`.
        count : int
            How many there are.
        packed : int
            Bytes of the file.
        """
        most = self.most(name, packed)
        if count <= most:
            return None
        limit, times = LIMITS[name], self.times * -(-count // most)
        words = {"count": f"{count:,}", "things": phrase(limit.words), "most": f"{most:,}"}
        excess = (
            phrase("has {count} {things}; the limit for a file of this size is {most}", **words)
            if limit.most > limit.free
            else phrase("has {count} {things}; the limit is {most}", **words)
        )
        remedy = phrase("If you trust it, {option} {times} raises the limit", option=OPTION, times=times)
        return f"{excess}. {remedy}"

    def spend(self, **counts: int) -> None:
        """Note what was counted in a file; memory and seconds grow with it."""
        self.counts.update(counts)
        self._allow()

    def reach(self, **counts: int) -> None:
        """Note that there are so many at least, of what is counted while it grows."""
        for name, count in counts.items():
            self.counts[name] = max(self.counts[name], count)
        self._allow()

    def _allow(self) -> None:
        workers.allow(MEMORY.of(self.counts) * self.times, SECONDS.of(self.counts) * self.times)


_BUDGET: ContextVar[Budget] = ContextVar("budget")


def current() -> Budget:
    """The budget of this run."""
    try:
        return _BUDGET.get()
    except LookupError:
        return Budget()


@contextlib.contextmanager
def within(times: int = 1) -> Iterator[Budget]:
    """Read files within so many times the declared budget while the block lasts."""
    budget = Budget(times)
    token = _BUDGET.set(budget)
    try:
        budget.spend()  # nothing yet: the base is allowed
        yield budget
    finally:
        _BUDGET.reset(token)
