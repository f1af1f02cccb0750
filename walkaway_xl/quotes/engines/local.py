"""Lines checked on this machine: Polars reads and writes them as a stream, batch by batch, in their order."""

import os
import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import numpy as np
import polars as pl
from polars.exceptions import PolarsError
from polars.io.plugins import register_io_source

from walkaway_xl import files
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.audiences import FINANCE, QUOTE_COLUMNS, STATUS_COLUMNS
from walkaway_xl.quotes.checked_batch import (
    AMOUNTS,
    STATUS,
    CheckedBatch,
    CheckOptions,
    check_batch,
    distinct_words,
    worst_line,
)
from walkaway_xl.quotes.columns import Columns, plain
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.engines import Learnt, Outcome, OutputOptions, Progress
from walkaway_xl.quotes.guidance import Guide
from walkaway_xl.quotes.history import learnt
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import BATCH, WRITTEN, Batch, Quotes, Reading
from walkaway_xl.quotes.tally import Reject, Tally
from walkaway_xl.quotes.text_files import harmless
from walkaway_xl.quotes.totals_by_quote import TotalsByQuote, quotes_of

if TYPE_CHECKING:
    from walkaway_xl.quotes.account import Account
    from walkaway_xl.quotes.sifting import Sifted

# What a row says that may be a total, before anybody looks closer.
TOTALS = ["total", "summe", "gesamt", "ergebnis", "result", "somme", "suma", "soma", "sum"]
RETURN = later("the line takes something back; it is counted apart")
MANY_WORDS = 100  # of which Polars sees more at once than Python does one by one
PAUSE = 0.2  # seconds between two reports of progress
ERROR_NUMBER = re.compile(r"(?:os error|Errno) (\d+)")  # how Polars words what the system said
ROW_GROUP = 2 * BATCH  # lines; groups of one batch alone take longer to write
# As Spark writes: a fifth quicker than zstd, and the files are a quarter larger.
COMPRESSION: Final = "snappy"


class PolarsEngine:
    """Checks the lines of files; memory does not grow with them."""

    def open(self, source: str, reading: Reading) -> Quotes:
        """The lines of a file or a folder."""
        return open_quotes(source, reading)

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
            for picture in outputs.pictures:
                writing.write(picture.place, picture.draw(run.tally))
        return Outcome(run.tally, run.totals, [str(path) for path in run.written])

    def learn(
        self, quotes: Quotes, options: CheckOptions, by: Sequence[str], guide: Guide, progress: Progress
    ) -> Learnt:
        """What lines realised by the segments of some columns."""
        tally = Tally(options.policy)

        def checked() -> Iterator[CheckedBatch]:
            for batch, sifted in _lines(_batches(quotes, progress), quotes):
                if sifted is not None:
                    _count_apart(tally, sifted, options)
                done = check_batch(batch, options)
                tally.reject(_rejects(batch, done))
                tally.remark(done.remarks)
                yield done

        segments = learnt(checked(), by, guide)
        _refuse_unclear(tally, quotes, options)
        return Learnt(segments, tally)


def lines_of_book(quotes: Quotes, progress: Progress) -> Iterator[tuple[Batch, list[str], int]]:
    """The lines as they stand, the currencies that they name, and how many rows beside them are none."""
    for batch, sifted in _lines(_batches(quotes, progress), quotes):
        if sifted is None:
            yield batch, [], 0
        else:
            back = 0 if sifted.returned is None else len(sifted.returned.frame)
            yield sifted.lines, sifted.currencies, len(sifted.left_out) + back


def _lines(
    batches: Iterator[Batch], quotes: Quotes, *, are_added: bool = True
) -> Iterator[tuple[Batch, "Sifted | None"]]:
    """The lines of each batch, and what else was in it; None where there are lines only.

    Lines in several currencies are refused where they would be added up.
    """
    currencies: dict[str, None] = {}
    lines, file = 0, ""
    sums: dict[str, float] = {}
    boundaries: list[tuple[int, dict[str, float]]] = []
    for batch in batches:
        if batch.file != file:  # a sum is one of its file
            lines, file, sums, boundaries = 0, batch.file, {}, [(0, {})]
        sifted = None
        lines_only = _as_lines_only(batch, quotes.columns)
        if lines_only is not None:
            batch = lines_only
        else:
            from walkaway_xl.quotes.sifting import (  # most batches hold lines only
                Sums,
                several_currencies,
                sift,
            )

            sums_before = Sums(lines, sums, boundaries)
            sifted = sift(batch, quotes.columns, sums_before, quotes.returns, quotes.currency)
            currencies |= dict.fromkeys(sifted.currencies)
            if quotes.rates is not None:
                from walkaway_xl.quotes.rates import with_rates  # few books have several currencies

                back = sifted.returned
                sifted = sifted._replace(
                    lines=with_rates(sifted.lines, quotes.columns, quotes.rates),
                    returned=None if back is None else with_rates(back, quotes.columns, quotes.rates),
                )
            elif are_added and len(currencies) > 1:
                raise several_currencies(quotes.tables[0].path, quotes.columns, list(currencies))
            batch = sifted.lines
        yield batch, sifted
        lines += len(batch.frame)
        with np.errstate(all="ignore"):  # no sum of what cannot be added up is that of a total
            for role, columns in batch.numbers.items():
                total = columns[0].sum() if sifted is None else np.nansum(columns[0])
                sums[role] = sums.get(role, 0.0) + float(total)


def _as_lines_only(batch: Batch, columns: Columns) -> Batch | None:
    """A batch with the words that were looked through; None where a quick look shows what may be no line."""
    words = [batch.frame[name] for name in (columns.product_class, columns.product) if name]
    if batch.faults or columns.kind or columns.currency or any(column.has_nulls() for column in words):
        return None
    for role, held in batch.numbers.items():
        for column in held:
            least = column.min(initial=np.inf)  # NaN where there is one
            if least != least or (role in AMOUNTS and least < 0):
                return None
    distinct = {column.name: distinct_words(column) for column in words if column.dtype == pl.String}
    if any(map(_may_be_no_line, distinct.values())):
        return None
    return batch._replace(distinct=distinct)


def _may_be_no_line(words: pl.Series) -> bool:
    """Whether one of some words is blank, or begins to look like that of a total."""
    if len(words) > MANY_WORDS:
        return bool((words == "").any() or words.str.contains_any(TOTALS, ascii_case_insensitive=True).any())
    return any(not word or any(total in word.lower() for total in TOTALS) for word in words.to_list())


def _count_apart(tally: Tally, sifted: "Sifted", options: CheckOptions) -> None:
    """Count the rows of a batch that are no lines, or are returns."""
    tally.left_out.add(sifted.left_out)
    tally.doubts.add(sifted.doubts)
    if sifted.returned is not None:
        back = sifted.returned
        checked = check_batch(back, options)
        tally.reject(_rejects(back, checked))
        tally.set_apart(checked.checked)


def _refuse_unclear(tally: Tally, quotes: Quotes, options: CheckOptions) -> None:
    source = str(quotes.tables[0].path)
    options.discounts.refuse_unclear(tally.remarks.discounts, source, options.columns.percents)


def read(quotes: Quotes, options: CheckOptions, progress: Progress) -> tuple["Account", Tally]:
    """What is in some quotes, and what could not be read of it.

    Parameters
    ----------
    quotes : Quotes
        The lines.
    options : CheckOptions
        Which columns hold what, with a policy that every line keeps.
    progress : callable
        Is told how far the run is.
    """
    from walkaway_xl.quotes.account import Account

    account, tally = Account(quotes.columns, quotes.rates), Tally(options.policy)
    for batch, sifted in _lines(_batches(quotes, progress), quotes, are_added=False):
        if sifted is not None:
            _count_apart(tally, sifted, options)
        done = check_batch(batch, options)
        tally.reject(_rejects(batch, done))
        tally.remark(done.remarks)
        account.add(done, batch)
    _refuse_unclear(tally, quotes, options)
    return account, tally


def _rejects(batch: Batch, checked: CheckedBatch) -> list[Reject]:
    """Lines that could not be checked, in their order."""
    return [Reject(batch.file, batch.rows[place], why) for place, why in sorted(checked.rejects.items())]


class _Run:
    """One pass over the lines, and what it gathers on the way."""

    def __init__(self, quotes: Quotes, options: CheckOptions, outputs: OutputOptions):
        self.quotes, self.options, self.outputs = quotes, options, outputs
        self.audience = outputs.audience or FINANCE
        self.tally = Tally(options.policy)
        key = None if options.by_quote is None else options.by_quote.key
        self.by_quote = None if key is None else TotalsByQuote(key, options.policy)
        self.totals: pl.DataFrame | None = None
        self.written: list[Path] = []
        self.rejects: files.Target | None = None
        self.left_out: files.Target | None = None
        self.side_files: dict[Path, IO[bytes]] = {}
        self.kind = quotes.kind
        self.out = None if outputs.out is None else Path(outputs.out)
        if self.out is not None:
            self.kind = self.out.suffix.lower() or quotes.kind
            if self.kind not in WRITTEN:
                raise QuoteError(
                    phrase(
                        "{out}: checked lines are written to {WRITTEN} files",
                        out=self.out,
                        WRITTEN=", ".join(WRITTEN),
                    )
                )
            if self.kind == ".xlsx":
                self._refuse_more_than_a_sheet(self.out)
            self.place = self._place(self.out)
            self.rejects = self._place(self.out.with_name(f"{self.out.stem}_rejects.csv"))
            self.left_out = self._place(self.out.with_name(f"{self.out.stem}_left_out.csv"))
            if key is not None and self.kind != ".xlsx":  # which has a sheet for them
                name = f"{self.out.stem}_by_{plain(key)}{self.out.suffix}"
                self.place_of_totals = self._place(self.out.with_name(name))

    def _refuse_more_than_a_sheet(self, out: Path) -> None:
        """Refuse what a sheet cannot hold before the work begins; of one currency nobody knows it so soon."""
        from walkaway_xl.quotes.workbook_sink import MOST_ROWS, too_long  # the others need not wait for it

        expected = self.quotes.expected()
        is_near = expected is None or expected > MOST_ROWS // 2  # as far as it can be told from a beginning
        if is_near and self.quotes.currency is None and self.quotes.count() >= MOST_ROWS:
            raise too_long(out)

    def _place(self, path: Path) -> files.Target:
        read = [table.path for table in self.quotes.tables]
        inputs = [*read, *([self.outputs.policy] if self.outputs.policy else [])]
        return files.target(path, force=self.outputs.force, inputs=inputs, like=read[0])

    def frames(self, writing: files.Writing, progress: Progress) -> Iterator[pl.DataFrame]:
        """Each batch of lines with what is added to it; those that cannot be checked go elsewhere."""
        for batch, sifted in _lines(_batches(self.quotes, progress), self.quotes):
            if sifted is not None:
                _count_apart(self.tally, sifted, self.options)
                self._keep(writing, self.left_out, sifted.left_out, sifted.frame_left_out)
                if sifted.returned is not None:
                    back = sifted.returned
                    rows = [Reject(back.file, row, phrase(RETURN)) for row in back.rows]
                    self._keep(writing, self.left_out, rows, back.frame)
            checked = check_batch(batch, self.options)
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
            self._ask(writing, checked)
            frame = checked.frame
            if self.kind != ".csv" and (numbers := self._as_numbers(batch)):
                frame = frame.with_columns(**numbers)
            if self.quotes.in_folder and "file" not in frame.columns:
                frame = frame.with_columns(file=pl.lit(batch.file))
            if not rejects:
                yield frame
                continue
            self._keep(writing, self.rejects, rejects, batch.frame[sorted(checked.rejects)])
            yield frame.filter(pl.Series(~checked.checked.rejected))

    def _keep(
        self, writing: files.Writing, place: files.Target | None, rows: Sequence[Reject], frame: pl.DataFrame
    ) -> None:
        """Write rows that are not among the checked lines, with the reason, if a file was asked for.

        Both may say anything, and only who sees everything gets them.
        """
        if place is None or not rows or not self.audience.sees_all:
            return
        begun = place.path in self.side_files
        if not begun:
            self.side_files[place.path] = writing.open(place)
            self.written.append(place.path)
        _rejected(frame, rows).write_csv(self.side_files[place.path], include_header=not begun)

    def _seen(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The columns of checked lines that their reader may see."""
        if self.audience.sees_all:
            return frame
        roles = self.options.roles | {
            name: key for key, name in self.options.added(self.quotes.names).items()
        }
        shown = self.audience.columns({name: roles.get(name) for name in frame.columns}, self.options.named)
        return self._told(frame.select(shown), [name for name in shown if roles.get(name) == "status"])

    def _told(self, frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
        """The same with statuses as the reader may know them."""
        told = {word: self.audience.status(word) for word in STATUS.categories}
        return frame.with_columns(pl.col(name).cast(pl.String).replace(told).cast(STATUS) for name in names)

    def _seen_totals(self, totals: pl.DataFrame) -> pl.DataFrame:
        """The columns of the totals of quotes that their reader may see."""
        if self.audience.sees_all:
            return totals
        key, *others = totals.columns
        shown = [name for name in others if self.audience.sees(QUOTE_COLUMNS[name])]
        return self._told(totals.select(key, *shown), [name for name in STATUS_COLUMNS if name in shown])

    def _ask(self, writing: files.Writing, checked: CheckedBatch) -> None:
        """Write the lines that need an exception, if a file was asked for."""
        place = self.outputs.ask
        if place is None:
            return
        from walkaway_xl.quotes.requests import requests  # few checks begin a register

        begun = place.path in self.side_files
        if not begun:
            self.side_files[place.path] = writing.open(place)
            self.written.append(place.path)
        rows = requests(checked, self.options.asks, self.options)
        rows.write_csv(self.side_files[place.path], include_header=not begun)

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
        frames = map(self._seen, frames)
        if self.kind == ".xlsx":
            from walkaway_xl.quotes.workbook_sink import write_workbook

            columns, added = self.options.columns, self.options.added(self.quotes.names)
            roles = {
                name: role if name not in columns.percents else "percent"
                for role, names in columns.numbers.items()
                for name in names
            }
            roles |= {name: role for role, name in added.items()}
            write_workbook(file, out, frames, roles, self.conclude, self.audience)
        else:
            text = self.kind == ".csv"
            write_frames(file, self.kind, map(harmless, frames) if text else frames)
            self.conclude()
            if self.totals is not None:
                totals = writing.open(self.place_of_totals)
                write_frames(totals, self.kind, iter([harmless(self.totals) if text else self.totals]))
                self.written.append(self.place_of_totals.path)
        self.written.insert(0, out)
        for place in filter(None, (self.rejects, self.left_out)):
            if place.path not in self.written:
                writing.remove(place)  # those of an earlier run would be taken for ours

    def conclude(self) -> tuple[Tally, str, pl.DataFrame | None]:
        """The summary, when all lines have come."""
        if not self.tally.total().lines and not self.tally.rejected:
            raise QuoteError(phrase("{path}: there is no line in it", path=self.quotes.tables[0].path))
        _refuse_unclear(self.tally, self.quotes, self.options)
        if self.by_quote is not None:
            self.totals = self.by_quote.totals()
            self.tally.quotes = quotes_of(self.totals)
            self.totals = self._seen_totals(self.totals)
        return self.tally, self.options.segment or "all", self.totals


def _batches(quotes: Quotes, progress: Progress) -> Iterator[Batch]:
    """All lines, file by file in the order of their names; now and then a word of how far it is."""
    expected = quotes.expected()
    begin = reported = time.monotonic()
    lines = 0
    for table in quotes.tables:
        before = _state(table.path)
        with intake.understood(table.path):
            for batch in table.batches(quotes.columns):
                yield batch
                lines += len(batch.frame)
                now = time.monotonic()
                if now - reported >= PAUSE:
                    reported = now
                    progress(_so_far(lines, expected, now - begin))
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
    left = f", {max(0.0, (expected - lines) / rate):,.0f} s left" if expected and lines else ""
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
            lines.sink_parquet(file, compression=COMPRESSION, row_group_size=ROW_GROUP)
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
