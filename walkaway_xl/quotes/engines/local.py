"""Lines checked on this machine: Polars reads them as a stream, batch by batch, in their order."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

import polars as pl

from walkaway_xl import files
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.frames import Asked, CheckedBatch, check_batch, worst_line
from walkaway_xl.quotes.grouping import Groups
from walkaway_xl.quotes.guidance import Guide, Realised, Segment
from walkaway_xl.quotes.history import learnt
from walkaway_xl.quotes.reading import Batch, Quotes
from walkaway_xl.quotes.summary import Reject, Tally
from walkaway_xl.quotes.writing import beside, harmless, kind_of, rejected, write_frames

PAUSE = 0.2  # seconds between two reports of progress


class Wanted(NamedTuple):
    """What a run is to leave behind."""

    out: Path | None = None
    group_by: str | None = None
    strict: bool = False
    force: bool = False
    policy: Path | None = None


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
    run = _Run(quotes, asked, wanted)
    with ExitStack() as stack:
        frames = run.frames(stack, tell)
        if wanted.out is None:
            deque(frames, maxlen=0)
            run.conclude()
        else:
            run.write(stack, wanted.out, frames)
    return Outcome(run.tally, run.totals, run.written)


def learn(
    quotes: Quotes, asked: Asked, by: Sequence[str], guide: Guide, tell: Callable[[str], None]
) -> tuple[dict[Segment, Realised], Tally]:
    """What the lines of a history realised by segment, and those that could not be read.

    Parameters
    ----------
    quotes : Quotes
        The history.
    asked : Asked
        See `asked_of_history`.
    by : sequence of str
        Columns of the segments, the widest first.
    guide : Guide
        What is asked of them.
    tell : callable
        Is told how far it is.
    """
    tally = Tally(asked.rules)

    def checked() -> Iterator[CheckedBatch]:
        for batch in _told(quotes, tell):
            done = check_batch(batch.frame, batch.numbers, batch.faults, asked)
            tally.reject([Reject(batch.file, batch.rows[at], why) for at, why in done.rejects.items()])
            tally.remark(done.remarks)
            yield done

    found = learnt(checked(), by, guide)
    asked.discounts.refuse_unclear(tally.remarks.discounts, str(quotes.tables[0].path))
    return found, tally


class _Run:
    """One pass over the lines, and what it gathers on the way."""

    def __init__(self, quotes: Quotes, asked: Asked, wanted: Wanted):
        self.quotes, self.asked, self.wanted = quotes, asked, wanted
        self.tally = Tally(asked.rules)
        self.groups = None if wanted.group_by is None else Groups(wanted.group_by)
        self.totals: pl.DataFrame | None = None
        self.written: list[Path] = []
        self.kind = quotes.kind
        if wanted.out is not None:
            self.kind = kind_of(wanted.out, quotes.kind)
            self.rejects_path = beside(wanted.out, "rejects", ".csv")
            self.groups_path = beside(wanted.out, f"by_{plain(wanted.group_by or '')}")
            own = () if wanted.group_by is None or self.kind == ".xlsx" else (self.groups_path,)
            read = [*(table.path for table in quotes.tables), *([wanted.policy] if wanted.policy else [])]
            for path in (wanted.out, self.rejects_path, *own):
                files.refuse_existing(path, force=wanted.force)
                files.refuse_input(path, read)

    def frames(self, stack: ExitStack, tell: Callable[[str], None]) -> Iterator[pl.DataFrame]:
        """Each batch of lines with what is added to it; those that cannot be checked go elsewhere."""
        rejects_file: IO[bytes] | None = None
        for batch in _told(self.quotes, tell):
            checked = check_batch(batch.frame, batch.numbers, batch.faults, self.asked)
            rejects = [Reject(batch.file, batch.rows[at], why) for at, why in sorted(checked.rejects.items())]
            if rejects and self.wanted.strict:
                first = rejects[0]
                raise QuoteError(f"{first.file}, row {first.row:,}: {first.reason}; nothing was written")
            self._count(checked, batch, rejects)
            frame = checked.frame
            if self.kind != ".csv":
                frame = frame.with_columns(**self._as_numbers(batch))
            if self.quotes.in_folder and "file" not in frame.columns:
                frame = frame.with_columns(file=pl.lit(batch.file))
            if not rejects:
                yield frame
                continue
            if self.wanted.out is not None:
                begun = rejects_file is not None
                if rejects_file is None:
                    rejects_file = stack.enter_context(files.replacing(self.rejects_path))
                    self.written.append(self.rejects_path)
                told = rejected(batch.frame[sorted(checked.rejects)], rejects)
                told.write_csv(rejects_file, include_header=not begun)
            yield frame.filter(pl.Series(~checked.checked.rejected))

    def _as_numbers(self, batch: Batch) -> dict[str, pl.Series]:
        """What was read as numbers out of texts, for a file in which a number is not a text."""
        return {
            name: pl.Series(values).fill_nan(None)
            for role, names in self.asked.columns.numbers.items()
            for name, values in zip(names, batch.numbers[role], strict=True)
            if batch.frame.schema[name] == pl.String
        }

    def _count(self, checked: CheckedBatch, batch: Batch, rejects: Sequence[Reject]) -> None:
        self.tally.reject(rejects)
        self.tally.remark(checked.remarks)
        self.tally.add(
            checked.checked,
            checked.segments,
            checked.segment_names,
            lambda at: worst_line(checked, at, self.asked, batch.file, batch.rows[at]),
        )
        if self.groups is not None:
            self.groups.add(checked)

    def write(self, stack: ExitStack, out: Path, frames: Iterator[pl.DataFrame]) -> None:
        """Write all lines, then the totals of the quotes."""
        file = stack.enter_context(files.replacing(out))
        if self.kind == ".xlsx":
            from walkaway_xl.quotes.workbook_sink import write_workbook  # the others need not wait for it

            columns, added = self.asked.columns, self.asked.added(self.quotes.names)
            roles = {name: role for role, names in columns.numbers.items() for name in names}
            roles |= {name: role for role, name in added.items()}
            write_workbook(file, out, frames, roles, self.conclude)
        else:
            text = self.kind == ".csv"
            write_frames(file, self.kind, map(harmless, frames) if text else frames)
            self.conclude()
            if self.totals is not None:
                totals = stack.enter_context(files.replacing(self.groups_path))
                write_frames(totals, self.kind, iter([harmless(self.totals) if text else self.totals]))
                self.written.append(self.groups_path)
        self.written.insert(0, out)
        if self.rejects_path not in self.written:
            self.rejects_path.unlink(missing_ok=True)  # those of an earlier run would be taken for ours

    def conclude(self) -> tuple[Tally, str, pl.DataFrame | None]:
        """The summary, when all lines have come."""
        if not self.tally.total().lines and not self.tally.rejected:
            raise QuoteError(f"{self.quotes.tables[0].path}: there is no line in it")
        self.asked.discounts.refuse_unclear(self.tally.remarks.discounts, str(self.quotes.tables[0].path))
        if self.groups is not None:
            self.totals = self.groups.totals(self.asked.rules.approvers)
        return self.tally, self.asked.segment or "all", self.totals


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
