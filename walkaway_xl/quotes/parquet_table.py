"""Lines in a Parquet file."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.tables import Batch, first_line, floats, frames_of


class ParquetTable:
    """A Parquet file; a number must be stored as one."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.schema = pl.read_parquet_schema(path)
            self.lines = pl.scan_parquet(path).select(pl.len()).collect().item()
        except PolarsError as error:
            raise QuoteError(
                f"{path}: this is no Parquet file, or a damaged one ({first_line(error)})"
            ) from None
        self.names = list(self.schema)

    def expected(self) -> int:
        return int(self.lines)

    def agree_with(self, first: "ParquetTable") -> None:
        for name, kind in self.schema.items():
            if kind != first.schema[name]:
                raise QuoteError(
                    f"{self.path}: column {name} holds {kind}, and that of {first.path} "
                    f"{first.schema[name]}; store both alike"
                )

    def batches(self, columns: Columns) -> Iterator[Batch]:
        for role, names in columns.numbers.items():
            for name in names:
                if not self.schema[name].is_numeric():
                    raise QuoteError(
                        f"{self.path}: {role} must be a number; column {name} holds {self.schema[name]}. "
                        "Store it as numbers"
                    )
        first = 1
        for frame in frames_of(pl.scan_parquet(self.path)):
            found = {role: [floats(frame[name]) for name in names] for role, names in columns.numbers.items()}
            yield Batch(frame, found, {}, self.path.name, range(first, first + len(frame)))
            first += len(frame)
