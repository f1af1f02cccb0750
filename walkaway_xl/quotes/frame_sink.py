"""Checked lines written as they come to Parquet and text files; workbooks have a module of their own."""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

import polars as pl
from polars.exceptions import PolarsError
from polars.io.plugins import register_io_source

from walkaway_xl.quotes.harmless import harmless
from walkaway_xl.quotes.tally import Reject

ERROR_NUMBER = re.compile(r"(?:os error|Errno) (\d+)")  # how Polars words what the system said
COMPRESSION = 2  # of zstd: a tenth quicker than the usual 3, and the files are 2 % larger


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


def rejected(frame: pl.DataFrame, rejects: Sequence[Reject]) -> pl.DataFrame:
    """Lines that could not be checked, as they came, after their file, their row and the reason."""
    place = {
        "file": [reject.file for reject in rejects],
        "row": [reject.row for reject in rejects],
        "why": [reject.reason for reject in rejects],
    }
    taken = {name: f"{name}_of_line" for name in place if name in frame.columns}
    return harmless(pl.DataFrame(place).hstack(frame.rename(taken)))
