"""Checked lines written as they come to Parquet and text files; workbooks have a module of their own."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

import polars as pl
from polars.io.plugins import register_io_source

from walkaway_xl.quotes.tally import Reject

COMPRESSION = 2  # of zstd: a tenth quicker than the usual 3, and the files are 2 % larger
# Text that a spreadsheet program would take for a formula when it opens the file.
FORMULA_LIKE = r"^[=+\-@\t\r]"
NUMBER_LIKE = r"^[+\-]?[\d.,]+(?:[eE][+\-]?\d+)?\s?%?$"


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
        raise failed[0] if failed else error from None


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with an apostrophe before each text and name that a spreadsheet program would calculate."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    return (
        frame.with_columns(pl.col(texts).cast(pl.String))
        .with_columns(
            pl.when(pl.col(name).str.contains(FORMULA_LIKE) & ~pl.col(name).str.contains(NUMBER_LIKE))
            .then(pl.lit("'") + pl.col(name))
            .otherwise(pl.col(name))
            .alias(name)
            for name in texts
        )
        .rename({name: f"'{name}" for name in frame.columns if re.match(FORMULA_LIKE, name)})
    )


def rejected(frame: pl.DataFrame, rejects: Sequence[Reject]) -> pl.DataFrame:
    """Lines that could not be checked, as they came, after their file, their row and the reason."""
    place = {
        "file": [reject.file for reject in rejects],
        "row": [reject.row for reject in rejects],
        "why": [reject.reason for reject in rejects],
    }
    taken = {name: f"{name}_of_line" for name in place if name in frame.columns}
    return harmless(pl.DataFrame(place).hstack(frame.rename(taken)))
