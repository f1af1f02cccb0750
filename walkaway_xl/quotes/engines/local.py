"""Lines checked on this machine: Polars reads and writes them as a stream, batch by batch, in their order."""

import os
import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO

import polars as pl
from polars.exceptions import PolarsError
from polars.io.plugins import register_io_source

from walkaway_xl import files
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.checked_batch import CheckedBatch, CheckOptions, check_batch, worst_line
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.engines import Learnt, Outcome, OutputOptions, Progress
from walkaway_xl.quotes.guidance import Guide
from walkaway_xl.quotes.history import learnt
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import KINDS, Batch, Quotes, Reading, first_line
from walkaway_xl.quotes.tally import Reject, Tally
from walkaway_xl.quotes.text_files import harmless
from walkaway_xl.quotes.totals_by_quote import TotalsByQuote

PAUSE = 0.2  # seconds between two reports of progress
ERROR_NUMBER = re.compile(r"(?:os error|Errno) (\d+)")  # how Polars words what the system said
COMPRESSION = 2  # of zstd: a tenth quicker than the usual 3, and the files are 2 % larger


class PolarsEngine:
    """Checks the lines of files; memory does not grow with them."""

    def open(self, source: str, reading: Reading) -> Quotes:
        """The lines of a file or a folder."""
        return open_quotes(Path(source), reading)

    def check(
        self, quotes: Quotes, options: CheckOptions, outputs: OutputOptions, progress: Progress
    ) -> Outcome:
        """Check all lines. Files take their names when all have been checked."""
        run = _Run(quotes, options, outputs)
        with files.Writing() as writing:
            frames = run.frames(writing, progress)
            if run.out is None:
                deque(frames, maxlen=0)
                run.conclude()
            else:
                run.write(writing, run.out, frames)
            if outputs.picture is not None:
                writing.write(outputs.picture.place, outputs.picture.draw(run.tally))
        return Outcome(run.tally, run.totals, [str(path) for path in run.written])

    def learn(
        self, quotes: Quotes, options: CheckOptions, by: Sequence[str], guide: Guide, progress: Progress
    ) -> Learnt:
        """What lines realised by the segments of some columns."""
        tally = Tally(options.policy)

        def checked() -> Iterator[CheckedBatch]:
            for batch in _batches(quotes, progress):
                done = check_batch(batch.frame, batch.numbers, batch.faults, options)
                tally.reject(_rejects(batch, done))
                tally.remark(done.remarks)
                yield done

        segments = learnt(checked(), by, guide)
        options.discounts.refuse_unclear(tally.remarks.discounts, str(quotes.tables[0].path))
        return Learnt(segments, tally)


def _rejects(batch: Batch, checked: CheckedBatch) -> list[Reject]:
    """Lines that could not be checked, in their order."""
    return [Reject(batch.file, batch.rows[place], why) for place, why in sorted(checked.rejects.items())]


class _Run:
    """One pass over the lines, and what it gathers on the way."""

    def __init__(self, quotes: Quotes, options: CheckOptions, outputs: OutputOptions):
        self.quotes, self.options, self.outputs = quotes, options, outputs
        self.tally = Tally(options.policy)
        self.by_quote = None if outputs.group_by is None else TotalsByQuote(outputs.group_by)
        self.totals: pl.DataFrame | None = None
        self.written: list[Path] = []
        self.kind = quotes.kind
        self.out = None if outputs.out is None else Path(outputs.out)
        if self.out is not None:
            self.kind = self.out.suffix.lower() or quotes.kind
            if self.kind not in KINDS:
                raise QuoteError(
                    phrase(
                        "{out}: checked lines are written to {kinds} files",
                        out=self.out,
                        kinds=", ".join(KINDS),
                    )
                )
            self.place = self._place(self.out)
            self.rejects = self._place(self.out.with_name(f"{self.out.stem}_rejects.csv"))
            if outputs.group_by is not None and self.kind != ".xlsx":  # which has a sheet for them
                name = f"{self.out.stem}_by_{plain(outputs.group_by)}{self.out.suffix}"
                self.place_of_totals = self._place(self.out.with_name(name))

    def _place(self, path: Path) -> files.Target:
        read = [table.path for table in self.quotes.tables]
        inputs = [*read, *([self.outputs.policy] if self.outputs.policy else [])]
        return files.target(path, force=self.outputs.force, inputs=inputs, like=read[0])

    def frames(self, writing: files.Writing, progress: Progress) -> Iterator[pl.DataFrame]:
        """Each batch of lines with what is added to it; those that cannot be checked go elsewhere."""
        rejects_file: IO[bytes] | None = None
        for batch in _batches(self.quotes, progress):
            checked = check_batch(batch.frame, batch.numbers, batch.faults, self.options)
            rejects = _rejects(batch, checked)
            if rejects and self.outputs.strict:
                first = rejects[0]
                raise QuoteError(
                    phrase(
                        "{file}, row {row}: {reason}; nothing was written",
                        file=first.file,
                        row=f"{first.row:,}",
                        reason=first.reason,
                    )
                )
            self._count(checked, batch, rejects)
            frame = checked.frame
            if self.kind != ".csv":
                frame = frame.with_columns(**self._as_numbers(batch))
            if self.quotes.in_folder and "file" not in frame.columns:
                frame = frame.with_columns(file=pl.lit(batch.file))
            if not rejects:
                yield frame
                continue
            if self.out is not None:
                begun = rejects_file is not None
                if rejects_file is None:
                    rejects_file = writing.open(self.rejects)
                    self.written.append(self.rejects.path)
                lines = _rejected(batch.frame[sorted(checked.rejects)], rejects)
                lines.write_csv(rejects_file, include_header=not begun)
            yield frame.filter(pl.Series(~checked.checked.rejected))

    def _as_numbers(self, batch: Batch) -> dict[str, pl.Series]:
        """What was read as numbers out of texts, for a file in which a number is not a text."""
        return {
            name: pl.Series(values).fill_nan(None)
            for role, names in self.options.columns.numbers.items()
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
            lambda place: worst_line(checked, place, self.options, batch.file, batch.rows[place]),
        )
        if self.by_quote is not None:
            self.by_quote.add(checked)

    def write(self, writing: files.Writing, out: Path, frames: Iterator[pl.DataFrame]) -> None:
        """Write all lines, then the totals of the quotes."""
        file = writing.open(self.place)
        if self.kind == ".xlsx":
            from walkaway_xl.quotes.workbook_sink import write_workbook  # the others need not wait for it

            columns, added = self.options.columns, self.options.added(self.quotes.names)
            roles = {name: role for role, names in columns.numbers.items() for name in names}
            roles |= {name: role for role, name in added.items()}
            write_workbook(file, out, frames, roles, self.conclude)
        else:
            text = self.kind == ".csv"
            write_frames(file, self.kind, map(harmless, frames) if text else frames)
            self.conclude()
            if self.totals is not None:
                totals = writing.open(self.place_of_totals)
                write_frames(totals, self.kind, iter([harmless(self.totals) if text else self.totals]))
                self.written.append(self.place_of_totals.path)
        self.written.insert(0, out)
        if self.rejects.path not in self.written:
            writing.remove(self.rejects)  # those of an earlier run would be taken for ours

    def conclude(self) -> tuple[Tally, str, pl.DataFrame | None]:
        """The summary, when all lines have come."""
        if not self.tally.total().lines and not self.tally.rejected:
            raise QuoteError(phrase("{path}: there is no line in it", path=self.quotes.tables[0].path))
        self.options.discounts.refuse_unclear(self.tally.remarks.discounts, str(self.quotes.tables[0].path))
        if self.by_quote is not None:
            self.totals = self.by_quote.totals(self.options.policy.signer_names)
        return self.tally, self.options.segment or "all", self.totals


def _batches(quotes: Quotes, progress: Progress) -> Iterator[Batch]:
    """All lines, file by file in the order of their names; now and then a word of how far it is."""
    expected = quotes.expected()
    begin = reported = time.monotonic()
    lines = 0
    for table in quotes.tables:
        before = _state(table.path)
        try:
            for batch in table.batches(quotes.columns):
                yield batch
                lines += len(batch.frame)
                now = time.monotonic()
                if now - reported >= PAUSE:
                    reported = now
                    progress(_so_far(lines, expected, now - begin))
        except PolarsError as error:
            raise QuoteError(f"{table.path}: {first_line(error)}") from None
        if _state(table.path) != before:
            raise QuoteError(
                phrase(
                    "{path}: the file changed while it was read; wait until it is complete", path=table.path
                )
            )


def _state(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_size, now.st_mtime_ns


def _so_far(lines: int, expected: int | None, seconds: float) -> str:
    """How many lines, how fast, and how long the others will take."""
    rate = lines / seconds
    done = f"{lines:,} of {counted(expected)}" if expected else counted(lines)
    left = f", {max(0.0, (expected - lines) / rate):,.0f} s left" if expected else ""
    return f"{done}, {rate:,.0f} a second{left}"


def write_frames(file: IO[bytes], kind: str, frames: Iterator[pl.DataFrame]) -> None:
    """Write frames of the same columns to a Parquet or text file, in their order, as they come.

    Polars writes on threads of its own while the next frame is made.
    """
    first = next(frames, None)
    if first is None:
        return
    failed: list[BaseException] = []

    def source(*_: object) -> Iterator[pl.DataFrame]:
        try:
            yield from chain([first], frames)
        except BaseException as error:  # which Polars would report as one of its own
            failed.append(error)
            raise

    lines = register_io_source(source, schema=first.schema)
    try:
        if kind == ".parquet":
            lines.sink_parquet(file, compression_level=COMPRESSION)
        else:
            lines.sink_csv(file)
    except BaseException as error:
        if not failed and isinstance(error, PolarsError) and (number := ERROR_NUMBER.search(str(error))):
            raise OSError(int(number[1]), os.strerror(int(number[1]))) from None
        raise failed[0] if failed else error from None


def _rejected(frame: pl.DataFrame, rejects: Sequence[Reject]) -> pl.DataFrame:
    """Lines that could not be checked, as they came, after their file, their row and the reason."""
    place = {
        "file": [reject.file for reject in rejects],
        "row": [reject.row for reject in rejects],
        "why": [reject.reason for reject in rejects],
    }
    taken = {name: f"{name}_of_line" for name in place if name in frame.columns}
    return harmless(pl.DataFrame(place).hstack(frame.rename(taken)))
