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
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.audiences import FINANCE, QUOTE_COLUMNS, STATUS_COLUMNS
from walkaway_xl.quotes.checked_batch import (
    STATUS,
    CheckedBatch,
    CheckOptions,
    Piece,
    free_name,
    put_together,
    worst_line,
)
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.engines import Learnt, Outcome, OutputOptions, Progress
from walkaway_xl.quotes.guidance import Guide
from walkaway_xl.quotes.history import learnt
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import BATCH, WRITTEN, Batch, Quotes, Reading, as_numbers
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import Reject
from walkaway_xl.quotes.telling_apart import checked_pieces, lines_of, several_currencies
from walkaway_xl.quotes.text_files import harmless
from walkaway_xl.quotes.totals_by_quote import TotalsByQuote, in_one_table, quotes_of, totals_by_currency

if TYPE_CHECKING:
    from walkaway_xl.quotes.account import Account

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
                writing.write(picture.place, picture.draw(run.tallies))
                run.written.append(picture.place.path)
        return Outcome(run.tallies, run.totals, [str(path) for path in run.written])

    def learn(
        self, quotes: Quotes, options: CheckOptions, by: Sequence[str], guide: Guide, progress: Progress
    ) -> Learnt:
        """What lines realised by the segments of some columns."""
        tallies = Tallies(options.policy)

        def checked() -> Iterator[CheckedBatch]:
            for batch, sifted in lines_of(_batches(quotes, progress), quotes.sorting):
                for piece in checked_pieces(batch, sifted, tallies, quotes.sorting, options):
                    yield piece.checked

        segments = learnt(checked(), by, guide)
        _refuse_unclear(tallies, quotes, options)
        return Learnt(segments, tallies)


def lines_of_book(quotes: Quotes, progress: Progress) -> Iterator[tuple[Batch, list[str], int]]:
    """The lines as they stand, the currencies that they name, and how many rows beside them are none.

    Lines in several currencies are refused, since they are added up.
    """
    named: dict[str, None] = {}
    for batch, sifted in lines_of(_batches(quotes, progress), quotes.sorting):
        if batch.currency is not None:
            named |= dict.fromkeys(batch.currency.drop_nulls().unique(maintain_order=True))
            if len(named) > 1 and quotes.sorting.rates is None:
                raise several_currencies(quotes.sorting.source, list(named))
        back = 0 if sifted is None or sifted.returned is None else len(sifted.returned.frame)
        yield batch, list(named), back + (0 if sifted is None else len(sifted.left_out))


def _refuse_unclear(tallies: Tallies, quotes: Quotes, options: CheckOptions) -> None:
    source = str(quotes.tables[0].path)
    options.discounts.refuse_unclear(tallies.remarks.discounts, source, options.columns.percents)


def read(quotes: Quotes, options: CheckOptions, progress: Progress) -> tuple["Account", Tallies]:
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

    account, tallies = Account(quotes.columns), Tallies(options.policy)
    for batch, sifted in lines_of(_batches(quotes, progress), quotes.sorting):
        for piece in checked_pieces(batch, sifted, tallies, quotes.sorting, options):
            account.add(piece)
    _refuse_unclear(tallies, quotes, options)
    account.settle(tallies.settle())
    return account, tallies


class _Run:
    """One pass over the lines, and what it gathers on the way."""

    def __init__(self, quotes: Quotes, options: CheckOptions, outputs: OutputOptions):
        self.quotes, self.options, self.outputs = quotes, options, outputs
        self.audience = outputs.audience or FINANCE
        self.sees_all = self.audience.sees_all
        self.tallies = Tallies(options.policy)
        self.states_currency: bool | None = None  # whether the first amounts do
        key = None if options.by_quote is None else options.by_quote.key
        self.by_quote: dict[str | None, TotalsByQuote] = {}
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
        if is_near and self.quotes.sorting.currency is None and self.quotes.count() >= MOST_ROWS:
            raise too_long(out)

    def _place(self, path: Path) -> files.Target:
        read = [table.path for table in self.quotes.tables]
        inputs = [*read, *([self.outputs.policy] if self.outputs.policy else [])]
        return files.target(path, force=self.outputs.force, inputs=inputs, like=read[0])

    def frames(self, writing: files.Writing, progress: Progress) -> Iterator[pl.DataFrame]:
        """Each batch of lines with what is added to it; those that cannot be checked go elsewhere."""
        for batch, sifted in lines_of(_batches(self.quotes, progress), self.quotes.sorting):
            pieces = checked_pieces(batch, sifted, self.tallies, self.quotes.sorting, self.options)
            if sifted is not None:
                self._keep(writing, self.left_out, sifted.left_out, sifted.frame_left_out)
                if sifted.returned is not None:
                    from walkaway_xl.quotes.sifting import RETURN  # which is loaded already

                    back = sifted.returned
                    rows = [Reject(back.file, row, phrase(RETURN)) for row in back.rows]
                    self._keep(writing, self.left_out, rows, back.frame)
            frame, rejects, why = put_together(pieces)
            if rejects and self.outputs.strict:
                raise QuoteError(
                    phrase(
                        "{file}, row {row}: {reason}; nothing was written",
                        file=why[0].file,
                        row=f"{why[0].row:,}",
                        reason=why[0].reason,
                    )
                )
            for piece in pieces:
                self._count(piece)
                self._ask(writing, piece.checked)
            frame = self._with_currency(frame, batch)
            if self.kind != ".csv" and (numbers := as_numbers(batch, self.options.columns)):
                frame = frame.with_columns(**numbers)
            if self.quotes.in_folder and "file" not in frame.columns:
                frame = frame.with_columns(file=pl.lit(batch.file))
            if not rejects:
                yield frame
                continue
            self._keep(writing, self.rejects, why, batch.frame[rejects])
            good = np.ones(len(frame), bool)
            good[rejects] = False
            yield frame.filter(pl.Series(good))

    def _with_currency(self, frame: pl.DataFrame, batch: Batch) -> pl.DataFrame:
        """The lines with the currency of their amounts in a column, where no column or head states it."""
        columns = self.options.columns
        states = batch.currency is not None and columns.currency is None and columns.in_heads is None
        if self.states_currency is None:
            self.states_currency = states
        if not self.states_currency:
            if states and self.out is not None and self.kind != ".csv":
                raise QuoteError(
                    phrase(
                        "{out}: amounts from row {row} of {file} on have a currency, and no column holds it; "
                        "write them to a .csv file, or give the book a column of currencies",
                        out=self.out,
                        row=f"{batch.rows[0]:,}",
                        file=batch.file,
                    )
                )
            return frame
        held = pl.lit(None, pl.String) if batch.currency is None else batch.currency
        return frame.with_columns(held.alias(free_name("currency", self.quotes.names)))

    def _keep(
        self, writing: files.Writing, place: files.Target | None, rows: Sequence[Reject], frame: pl.DataFrame
    ) -> None:
        """Write rows that are not among the checked lines, with the reason, if a file was asked for.

        Both may say anything, and only who sees everything gets them.
        """
        if place is None or not rows or not self.sees_all:
            return
        begun = place.path in self.side_files
        if not begun:
            self.side_files[place.path] = writing.open(place)
            self.written.append(place.path)
        _rejected(frame, rows).write_csv(self.side_files[place.path], include_header=not begun)

    def _seen(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The columns of checked lines that their reader may see."""
        roles = self.options.roles | {
            name: key for key, name in self.options.added(self.quotes.names).items()
        }
        shown = self.audience.columns({name: roles.get(name) for name in frame.columns}, self.options.named)
        return self._told(frame.select(shown), [name for name in shown if roles.get(name) == "status"])

    def _told(self, frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
        """The same with statuses as the reader may know them."""
        words = STATUS.categories.to_list()
        shown = [self.audience.status(word) for word in words]
        return frame.with_columns(
            pl.col(name).cast(pl.String).replace_strict(words, shown, default=None, return_dtype=STATUS)
            for name in names
        )

    def _seen_totals(self, totals: pl.DataFrame) -> pl.DataFrame:
        """The columns of the totals of quotes that their reader may see."""
        if self.sees_all:
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

    def _count(self, piece: Piece) -> None:
        checked, batch = piece.checked, piece.batch
        self.tallies.of(piece.currency).add(
            checked.checked,
            checked.segments,
            checked.segment_names,
            lambda place: worst_line(checked, place, self.options, batch.file, batch.rows[place]),
        )
        if self.options.by_quote is not None:
            if piece.currency not in self.by_quote:
                self.by_quote[piece.currency] = TotalsByQuote(self.options.by_quote.key, self.options.policy)
            self.by_quote[piece.currency].add(checked)

    def write(self, writing: files.Writing, out: Path, frames: Iterator[pl.DataFrame]) -> None:
        """Write all lines, then the totals of the quotes."""
        file = writing.open(self.place)
        if not self.sees_all:
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

    def conclude(self) -> tuple[Tallies, str, pl.DataFrame | None]:
        """The summary, when all lines have come."""
        if not self.tallies.lines and not self.tallies.rejects.count:
            raise QuoteError(phrase("{path}: there is no line in it", path=self.quotes.tables[0].path))
        _refuse_unclear(self.tallies, self.quotes, self.options)
        under = self.tallies.settle()
        if self.by_quote:
            totals = totals_by_currency(self.by_quote, under)
            for currency, frame in totals.items():
                self.tallies.of(currency).quotes = quotes_of(frame)
            self.totals = self._seen_totals(in_one_table(totals))
        return self.tallies, self.options.segment or "all", self.totals


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
