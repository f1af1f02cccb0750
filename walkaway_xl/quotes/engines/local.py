"""Lines checked on this machine: Polars reads them as a stream, batch by batch, in their order."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import polars as pl

from walkaway_xl import files
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.frames import Asked, CheckedBatch, check_batch, worst_line
from walkaway_xl.quotes.grouping import Groups
from walkaway_xl.quotes.reading import Batch, Quotes
from walkaway_xl.quotes.summary import Reject, Tally
from walkaway_xl.quotes.writing import RejectsFile, Sink, beside, kind_of, sink

PAUSE = 0.2  # seconds between two reports of progress


class Wanted(NamedTuple):
    """What a run is to leave behind."""

    out: Path | None = None
    group_by: str | None = None
    strict: bool = False
    force: bool = False


class Outcome(NamedTuple):
    """What a run has found and written."""

    tally: Tally
    groups: pl.DataFrame | None
    written: list[Path]


def check_quotes(quotes: Quotes, asked: Asked, wanted: Wanted, tell: Callable[[str], None]) -> Outcome:
    """Check all lines of a file or folder.

    Parameters
    ----------
    quotes : Quotes
        The lines.
    asked : Asked
        The policy and what is to be said of each line.
    wanted : Wanted
        What is to be written. Files take their names when all lines have been checked.
    tell : callable
        Is told how far it is.

    Returns
    -------
    Outcome
        QuoteError if a file cannot be read, or with `strict` at the first line that cannot be checked.
    """
    tally = Tally(asked.rules.approvers)
    groups = None if wanted.group_by is None else Groups(wanted.group_by)
    outputs = _Outputs(quotes, asked, wanted)
    with outputs.opened():
        for batch in _told(quotes, tell):
            checked = check_batch(batch.frame, batch.numbers, batch.faults, asked)
            rejects = [
                Reject(batch.file, batch.rows[at], told) for at, told in sorted(checked.rejects.items())
            ]
            if rejects and wanted.strict:
                first = rejects[0]
                raise QuoteError(f"{first.file}, row {first.row:,}: {first.reason}; nothing was written")
            tally.reject(rejects)
            tally.add(
                checked.checked,
                checked.segments,
                checked.segment_names,
                lambda at, c=checked, b=batch: worst_line(c, at, asked, b.file, b.rows[at]),  # type: ignore[misc]
            )
            if groups is not None:
                groups.add(checked)
            outputs.write(checked, batch, rejects)
        totals = None if groups is None else groups.totals(asked.rules.approvers)
        outputs.finish(tally, totals)
    return Outcome(tally, totals, outputs.written)


class _Outputs:
    """The files of a run."""

    def __init__(self, quotes: Quotes, asked: Asked, wanted: Wanted):
        self.quotes, self.asked, self.wanted = quotes, asked, wanted
        self.written: list[Path] = []
        self.stack = ExitStack()
        self.lines: Sink | None = None
        self.rejects: RejectsFile | None = None
        if wanted.out is None:
            return
        self.out = wanted.out
        self.kind = kind_of(self.out, quotes.kind)
        self.rejects_path = beside(self.out, "rejects", ".csv")
        self.groups_path = beside(self.out, f"by_{plain(wanted.group_by or '')}")
        files.refuse_existing(self.out, force=wanted.force)
        files.refuse_existing(self.rejects_path, force=wanted.force)
        if wanted.group_by is not None and self.kind != ".xlsx":
            files.refuse_existing(self.groups_path, force=wanted.force)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The files, which take their names at the end and vanish if anything fails."""
        with self.stack:
            yield

    def write(self, checked: CheckedBatch, batch: Batch, rejects: list[Reject]) -> None:
        """Write the lines of a batch."""
        if self.wanted.out is None:
            return
        frame = checked.frame
        if self.quotes.in_folder and "file" not in frame.columns:
            frame = frame.with_columns(file=pl.lit(batch.file))
        if self.lines is None:
            self.lines = self._sink(self.out, frame.schema)
        if not rejects:
            self.lines.write(frame)
            return
        self.lines.write(frame.filter(pl.Series(~checked.checked.rejected)))
        if self.rejects is None:
            self.rejects = RejectsFile(self.stack.enter_context(files.replacing(self.rejects_path)))
            self.written.append(self.rejects_path)
        self.rejects.write(batch.frame[sorted(checked.rejects)], rejects)

    def finish(self, tally: Tally, groups: pl.DataFrame | None) -> None:
        """Complete the files."""
        if self.wanted.out is None:
            return
        if self.lines is None:
            raise QuoteError(f"{self.quotes.tables[0].path}: there is no line in it")
        self.lines.finish(tally, self.asked.segment or "", groups)
        if groups is not None and self.kind != ".xlsx":
            totals = self._sink(self.groups_path, groups.schema)
            totals.write(groups)
            totals.finish(tally, "", None)
        if self.rejects is None:
            self.rejects_path.unlink(missing_ok=True)  # those of an earlier run would be taken for ours

    def _sink(self, path: Path, schema: pl.Schema) -> Sink:
        self.written.append(path)
        columns, added = self.asked.columns, self.asked.added(self.quotes.names)
        roles = {name: role for role, names in columns.numbers.items() for name in names}
        roles |= {name: role for role, name in added.items()}
        return self.stack.enter_context(sink(path, self.kind, schema, roles))


def _told(quotes: Quotes, tell: Callable[[str], None]) -> Iterator[Batch]:
    """The batches of lines, with a word now and then: how many, how fast, and how long it will take."""
    expected = quotes.expected()
    begin = said = time.monotonic()
    lines = 0
    for batch in quotes.batches():
        yield batch
        lines += len(batch.frame)
        now = time.monotonic()
        if now - said >= PAUSE:
            said = now
            rate = lines / (now - begin)
            of = f" of {expected:,}" if expected else ""
            left = f", {max(0.0, (expected - lines) / rate):,.0f} s left" if expected else ""
            tell(f"{lines:,}{of} lines, {rate:,.0f} a second{left}")
