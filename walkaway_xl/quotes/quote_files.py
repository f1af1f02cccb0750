"""Files of lines: what is asked of every kind of them, how they are to be read, and those of Parquet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget, intake
from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.parquet_pages import refuse_large_groups
from walkaway_xl.quotes.quote_error import QuoteError

if TYPE_CHECKING:
    from walkaway_xl.quotes.rates import Rates

TEXTS = (".csv", ".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
READ = (".parquet", *TEXTS, *WORKBOOKS)
WRITTEN = (".parquet", ".csv", ".xlsx")
BATCH = 1 << 16  # lines: enough that Python between two batches costs nothing, few enough to hold easily


FILE, ROW = "__file", "__row"  # columns of lines that come from several files at once


class Batch(NamedTuple):
    """Some lines: all columns as they came, the numbers by what they are, and what could not be read."""

    frame: pl.DataFrame
    numbers: dict[str, list[Floats]]  # a column each; several are discounts one after the other
    faults: dict[int, str]  # by place in the batch
    file: str
    rows: Sequence[int]  # number of each line as its file counts
    returned: NDArray[np.bool_] | None = None  # which lines take something back; None where none does
    distinct: Mapping[str, pl.Series] = MappingProxyType({})  # the words of a column, where they are known
    currency: pl.Series | None = None  # of each line, where cells or a column state one
    rates: Floats | None = None  # of exchange, of each line; None where sums are in the lines' currency

    def part(self, keep: NDArray[np.bool_]) -> "Batch":
        """The lines of some places."""
        places = np.flatnonzero(keep).tolist()
        return self._replace(
            frame=self.frame[places],
            numbers={role: [column[keep] for column in held] for role, held in self.numbers.items()},
            faults={new: self.faults[old] for new, old in enumerate(places) if old in self.faults},
            rows=[self.rows[place] for place in places],
            returned=None if self.returned is None else self.returned[keep],
            distinct={},
            currency=None if self.currency is None else self.currency.filter(pl.Series(keep)),
            rates=None if self.rates is None else self.rates[keep],
        )


class Notation(NamedTuple):
    """How numbers are written in a text file."""

    decimal: str = "."
    thousands: str | None = None

    def checked(self) -> "Notation":
        """Itself, unless the two signs cannot be told apart."""
        signs = (self.decimal, self.thousands or " ")
        if (
            len(self.decimal) != 1
            or len(signs[1]) != 1
            or signs[0] == signs[1]
            or re.search(r"[\d+-]", "".join(signs))
        ):
            raise QuoteError(
                phrase(
                    (
                        "--decimal and --thousands must be two different signs and no digits; "
                        'they are {decimal} and {thousands}. Write --decimal "," --thousands "."'
                    ),
                    decimal=f"{self.decimal!r}",
                    thousands=f"{self.thousands!r}",
                )
            )
        return self

    @property
    def pattern(self) -> str:
        """What a number looks like."""
        point, whole = re.escape(self.decimal), r"\d+"
        if self.thousands:
            whole = rf"(?:\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}})+|\d+)"
        return rf"^[+-]?(?:{whole}(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?$"


class Table(Protocol):
    """A file of lines."""

    path: Path
    names: list[str]

    @property
    def notation(self) -> Notation | None:
        """How numbers are written as text; None where nothing tells it."""

    @property
    def written(self) -> str:
        """How the file is written, in words."""

    def expected(self) -> int | None:
        """About how many lines it holds, if that can be told beforehand."""

    def count(self, columns: Columns) -> int:
        """How many lines it holds, all of them counted."""

    def batches(self, columns: Columns) -> Iterator[Batch]:
        """Its lines in their order."""

    def agree_with(self, first: Any) -> None:
        """Refuse columns of other types than those of the first file of a folder."""


PLAIN = Notation()


@dataclass(frozen=True)
class Reading:
    """How the files are to be read: what the options of the command say."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notation: Notation | None = None  # of a text file; None where nobody has said it
    encoding: str | None = None  # of a text file, as are the next two; None where it is to be found
    separator: str | None = None
    head: int | None = None  # the row of the head, from 1
    sheet: str | None = None
    discounts_in: str | None = None  # "percent" or "share"; None where nobody has said it
    margins_in: str | None = None
    returns: str = "apart"  # or "net" or "refuse"
    currency: str | None = None  # of the lines that are read; None where there is one only
    rates: Path | None = None  # of exchange, where lines of several are added up


@dataclass(frozen=True)
class Sorting:
    """By what lines are told from what else is in a book, and from each other."""

    columns: Columns
    source: str  # the first file, for messages
    returns: str = "apart"
    currency: str | None = None
    rates: "Rates | None" = None
    in_order: bool = True  # whether lines come as they stand in their file, so that a sum may be below them
    sums_in: str | None = None  # the currency of lines that state none, or into which all are converted


@dataclass(frozen=True)
class Quotes:
    """The lines of one file, or of a folder of files with the same columns."""

    tables: tuple[Table, ...]
    sorting: Sorting
    kind: str  # in which checked lines are written, if nothing else is asked for
    in_folder: bool

    @property
    def columns(self) -> Columns:
        """Which columns hold what."""
        return self.sorting.columns

    @property
    def names(self) -> list[str]:
        """All columns of the lines."""
        return self.tables[0].names

    @property
    def paths(self) -> list[str]:
        """The files."""
        return [str(table.path) for table in self.tables]

    @property
    def written(self) -> str:
        """How the files are written, in words; they agree."""
        written = self.tables[0].written
        rates = self.sorting.rates
        return written if rates is None else f"{written}; {rates.words}"

    @property
    def notation(self) -> Notation | None:
        """How numbers are written as text."""
        return self.tables[0].notation

    def expected(self) -> int | None:
        """About how many lines there are, if that can be told beforehand."""
        counts = [table.expected() for table in self.tables]
        return None if None in counts else sum(filter(None, counts))

    def count(self) -> int:
        """How many lines there are, all of them counted."""
        return sum(table.count(self.columns) for table in self.tables)


def as_numbers(batch: Batch, columns: Columns) -> dict[str, pl.Series]:
    """What was read as numbers out of texts, for a file in which a number is not a text."""
    return {
        name: pl.Series(values).fill_nan(None)
        for role, names in columns.numbers.items()
        for name, values in zip(names, batch.numbers[role], strict=True)
        if batch.frame.schema[name] == pl.String
    }


def first_line(error: Exception) -> str:
    """What an error says first."""
    return str(error).strip().splitlines()[0]


def floats(column: pl.Series) -> Floats:
    """A column of numbers, NaN for a blank."""
    numbers = column.cast(pl.Float64)
    return (numbers.fill_null(float("nan")) if numbers.null_count() else numbers).to_numpy()


def frames_of(lines: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Lines a batch at a time, in their order."""
    return lines.collect_batches(chunk_size=BATCH, maintain_order=True, lazy=True)


class ParquetTable:
    """A Parquet file; a number must be stored as one."""

    notation: Notation | None = None
    written = "Parquet"

    def __init__(self, path: Path):
        self.path = path
        size = intake.ordinary(path)
        with intake.understood(path):
            refuse_large_groups(path)
            self.schema = pl.read_parquet_schema(path)
            self.lines = pl.scan_parquet(path).select(pl.len()).collect().item()
        self.names = list(self.schema)
        intake.refuse_excess(path, "columns", len(self.names))
        intake.refuse_excess(path, "lines", self.lines, size)
        budget.current().spend(lines=self.lines)
        for name, kind in self.schema.items():
            if kind.is_nested() or kind == pl.Binary:
                raise QuoteError(
                    phrase(
                        (
                            "{path}: column {name} holds {kind}; a cell of a quote book holds one "
                            "number or text. Store it as text, or leave it out"
                        ),
                        path=path,
                        name=name,
                        kind=kind,
                    )
                )

    def expected(self) -> int:
        return int(self.lines)

    def count(self, columns: Columns) -> int:
        return int(self.lines)

    def agree_with(self, first: "ParquetTable") -> None:
        for name, kind in self.schema.items():
            if kind != first.schema[name]:
                raise QuoteError(
                    phrase(
                        (
                            "{path}: column {name} holds {kind}, and that of {first} {schema}; "
                            "store both alike"
                        ),
                        path=self.path,
                        name=name,
                        kind=kind,
                        first=first.path,
                        schema=first.schema[name],
                    )
                )

    def batches(self, columns: Columns) -> Iterator[Batch]:
        for role, names in columns.numbers.items():
            for name in names:
                if not self.schema[name].is_numeric():
                    raise QuoteError(
                        phrase(
                            (
                                "{path}: {role} must be a number; column {name} holds {schema}. Store it "
                                "as numbers"
                            ),
                            path=self.path,
                            role=role,
                            name=name,
                            schema=self.schema[name],
                        )
                    )
        first = 1
        for frame in frames_of(pl.scan_parquet(self.path)):
            numbers = {
                role: [floats(frame[name]) for name in names] for role, names in columns.numbers.items()
            }
            yield Batch(frame, numbers, {}, self.path.name, range(first, first + len(frame)))
            first += len(frame)
