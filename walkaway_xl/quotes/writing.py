"""Checked lines written as they come: Parquet and CSV here, workbooks in a module of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import polars as pl

from walkaway_xl import files
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.reading import KINDS
from walkaway_xl.quotes.summary import Reject, Tally

# Text that a spreadsheet program would take for a formula when it opens the file.
FORMULA_LIKE = r"^[=+\-@\t\r]"
NUMBER_LIKE = r"^[+\-]?[\d.,]+(?:[eE][+\-]?\d+)?\s?%?$"


class Sink(Protocol):
    """Where checked lines go."""

    def write(self, frame: pl.DataFrame) -> None:
        """Add lines."""

    def finish(self, tally: Tally, segment: str, groups: pl.DataFrame | None) -> None:
        """Complete the file when all lines are there."""


def kind_of(path: Path, otherwise: str) -> str:
    """The kind of file that a name asks for; a name without one is a file as the quotes are."""
    kind = path.suffix.lower() or otherwise
    if kind not in KINDS:
        raise QuoteError(f"{path}: checked lines are written to {', '.join(KINDS)} files")
    return kind


def beside(path: Path, what: str, kind: str | None = None) -> Path:
    """The name of a file that belongs to another: quotes_rejects.csv."""
    return path.with_name(f"{path.stem}_{what}{path.suffix if kind is None else kind}")


@contextmanager
def sink(path: Path, kind: str, schema: pl.Schema, roles: dict[str, str]) -> Iterator[Sink]:
    """A file for checked lines, which takes its name when all have been written.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        Its kind, as ".csv".
    schema : Schema
        The columns.
    roles : dict
        What the columns are whose look depends on it, by their names.
    """
    with files.replacing(path) as file:
        if kind == ".parquet":
            made: Any = ParquetSink(file, schema)
        elif kind == ".csv":
            made = CsvSink(file)
        else:
            from walkaway_xl.quotes.workbook_sink import WorkbookSink  # the others need not wait for it

            made = WorkbookSink(file, path, schema, roles)
        yield made


class ParquetSink:
    """A Parquet file, a row group for each batch."""

    def __init__(self, file: IO[bytes], schema: pl.Schema):
        import pyarrow.parquet

        empty = pl.DataFrame(schema=schema).to_arrow()
        self.writer = pyarrow.parquet.ParquetWriter(file, empty.schema, compression="zstd")

    def write(self, frame: pl.DataFrame) -> None:
        self.writer.write_table(frame.to_arrow())

    def finish(self, tally: Tally, segment: str, groups: pl.DataFrame | None) -> None:
        self.writer.close()


class CsvSink:
    """A text file in which no text is a formula."""

    def __init__(self, file: IO[bytes]):
        self.file, self.begun = file, False

    def write(self, frame: pl.DataFrame) -> None:
        harmless(frame).write_csv(self.file, include_header=not self.begun)
        self.begun = True

    def finish(self, tally: Tally, segment: str, groups: pl.DataFrame | None) -> None:
        """Nothing is left to do."""


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with an apostrophe before each text that a spreadsheet program would calculate."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA_LIKE) & ~pl.col(name).str.contains(NUMBER_LIKE))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


class RejectsFile:
    """Lines that could not be checked, as they came, with their row and the reason; made with the first."""

    def __init__(self, file: IO[bytes]):
        self.sink = CsvSink(file)

    def write(self, frame: pl.DataFrame, rejects: list[Reject]) -> None:
        """Add rejected lines."""
        told = {
            "file": [reject.file for reject in rejects],
            "row": [reject.row for reject in rejects],
            "why": [reject.reason for reject in rejects],
        }
        taken = {name: f"{name}_of_line" for name in told if name in frame.columns}
        self.sink.write(pl.DataFrame(told).hstack(frame.rename(taken)))
