"""Quote files in batches: lines as they came, with the numbers that a check needs read out of them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import polars as pl
from polars.exceptions import PolarsError

from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.columns import Columns, mapped
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.numbers import PLAIN, Notation, Unclear, read_numbers

KINDS = (".parquet", ".csv", ".xlsx")
BATCH = 1 << 16  # lines: enough that Python between two batches costs nothing, few enough to hold easily
SAMPLE = 1 << 16  # bytes of a text file from which the number of its lines is estimated


class Batch(NamedTuple):
    """Some lines: all columns as they came, the numbers by what they are, and what could not be read."""

    frame: pl.DataFrame
    numbers: dict[str, list[Floats]]  # a column each; several are discounts one after the other
    faults: dict[int, str]  # by place in the batch
    file: str
    rows: Sequence[int]  # number of each line as its file counts


class Table(Protocol):
    """A file of lines."""

    path: Path
    names: list[str]

    def expected(self) -> int | None:
        """About how many lines it holds, if that can be told beforehand."""

    def batches(self, columns: Columns) -> Iterator[Batch]:
        """Its lines in their order."""

    def agree_with(self, first: Any) -> None:
        """Refuse columns of other types than those of the first file of a folder."""


@dataclass(frozen=True)
class Reading:
    """How the files are to be read: what the options of the command say."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notation: Notation | None = None  # of a text file; None where nobody has said it
    separator: str = ","
    sheet: str | None = None
    in_percent: bool = False  # whether the discounts are written so, also without a percent sign


@dataclass(frozen=True)
class Quotes:
    """The lines of one file, or of a folder of files with the same columns."""

    tables: tuple[Table, ...]
    columns: Columns
    kind: str
    in_folder: bool

    @property
    def names(self) -> list[str]:
        """All columns of the lines."""
        return self.tables[0].names

    def expected(self) -> int | None:
        """About how many lines there are, if that can be told beforehand."""
        counts = [table.expected() for table in self.tables]
        return None if None in counts else sum(filter(None, counts))

    def batches(self) -> Iterator[Batch]:
        """All lines, file by file in the order of their names."""
        for table in self.tables:
            before = _state(table.path)
            try:
                yield from table.batches(self.columns)
            except PolarsError as error:
                raise QuoteError(f"{table.path}: {_first_line(error)}") from None
            if _state(table.path) != before:
                raise QuoteError(
                    f"{table.path}: the file changed while it was read; wait until it is complete"
                )


def open_quotes(path: Path, reading: Reading) -> Quotes:
    """The lines of a file or a folder, their columns found; nothing but heads is read yet."""
    paths = _files(path)
    kind = paths[0].suffix.lower()
    tables = tuple(_table(each, kind, reading) for each in paths)
    for table in tables[1:]:
        if table.names != tables[0].names:
            raise QuoteError(f"{table.path}: its columns are not those of {tables[0].path}")
        table.agree_with(tables[0])
    return Quotes(tables, mapped(tables[0].names, reading.columns, str(paths[0])), kind, path.is_dir())


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise QuoteError(f"{path}: there is no such file")
    found = sorted(path.iterdir()) if path.is_dir() else [path]
    # What Spark and spreadsheet programs leave beside the data is no data.
    files = [each for each in found if each.is_file() and not each.name.startswith(("_", ".", "~$"))]
    kinds = sorted({each.suffix.lower() for each in files})
    if not files:
        raise QuoteError(f"{path}: there is no file in this folder")
    if len(kinds) > 1:
        raise QuoteError(
            f"{path}: this folder holds files of several kinds ({', '.join(kinds)}); check one kind"
        )
    if kinds[0] not in KINDS:
        raise QuoteError(f"{files[0]}: quotes are read from {', '.join(KINDS)} files")
    return files


def _table(path: Path, kind: str, reading: Reading) -> Table:
    if kind == ".parquet":
        return ParquetTable(path)
    if kind == ".csv":
        return CsvTable(path, reading)
    from walkaway_xl.quotes.workbook_table import WorkbookTable  # its reader is not needed for the others

    return WorkbookTable(path, reading)


def _state(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_size, now.st_mtime_ns


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


class ParquetTable:
    """A Parquet file; a number must be stored as one."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.schema = pl.read_parquet_schema(path)
            self.lines = pl.scan_parquet(path).select(pl.len()).collect().item()
        except PolarsError as error:
            raise QuoteError(
                f"{path}: this is no Parquet file, or a damaged one ({_first_line(error)})"
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
        for frame in _frames(pl.scan_parquet(self.path)):
            found = {role: [floats(frame[name]) for name in names] for role, names in columns.numbers.items()}
            yield Batch(frame, found, {}, self.path.name, range(first, first + len(frame)))
            first += len(frame)


def floats(column: pl.Series) -> Floats:
    """A column of numbers, NaN for a blank."""
    numbers = column.cast(pl.Float64)
    return (numbers.fill_null(float("nan")) if numbers.null_count() else numbers).to_numpy()


def _frames(lines: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    yield from lines.collect_batches(chunk_size=BATCH, maintain_order=True, lazy=True)


class CsvTable:
    """A text file; every cell is text, and what should be a number is read in the notation that is given."""

    def __init__(self, path: Path, reading: Reading):
        self.path, self.separator = path, reading.separator
        self.notation = (reading.notation or PLAIN).checked()
        self.unclear = None if reading.notation else Unclear(path)
        self.per_sign = 1 if reading.in_percent else 100
        self.names = self._head()

    def _head(self) -> list[str]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                names = next(csv.reader(file, delimiter=self.separator), [])
        except UnicodeDecodeError:
            raise QuoteError(f"{self.path}: this is no UTF-8 text; save it as CSV UTF-8") from None
        if not names:
            raise QuoteError(f"{self.path}: this file is empty")
        for other in ";\t|":
            if len(names) == 1 and other in names[0]:
                raise QuoteError(
                    f"{self.path}: its columns stand between {other!r}; say --separator {other!r}"
                )
        return names

    def expected(self) -> int | None:
        with self.path.open("rb") as file:
            sample = file.read(SAMPLE)
        lines = sample.count(b"\n")
        return round(self.path.stat().st_size / len(sample) * lines) if lines else None

    def batches(self, columns: Columns) -> Iterator[Batch]:
        lines = pl.scan_csv(
            self.path,
            separator=self.separator,
            schema=dict.fromkeys(self.names, pl.String),
            has_header=True,
        )
        first = 2  # the head is row 1
        try:
            for frame in _frames(lines):
                yield self._batch(frame, columns, first)
                first += len(frame)
        except PolarsError as error:
            told = self._ragged() or f"{_first_line(error)}; is a quoted cell left open?"
            raise QuoteError(f"{self.path}: {told}") from None

    def agree_with(self, first: "CsvTable") -> None:
        """All cells are text, so there is nothing to compare."""

    def _batch(self, lines: pl.DataFrame, columns: Columns, first: int) -> Batch:
        # A line without a number, a class and a product is an empty one, or the commas of one.
        told = [name for names in columns.numbers.values() for name in names]
        told += [name for name in (columns.product_class, columns.product) if name]
        filled = lines.select(
            pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in told).fill_null(False)
        )
        places = filled.to_series().arg_true().to_list()
        frame = lines if len(places) == len(lines) else lines[places]
        faults: dict[int, str] = {}
        found: dict[str, list[Floats]] = {}
        for role, names in columns.numbers.items():
            for name in names:
                per_sign = self.per_sign if role == "discount" else None
                values, wrong = read_numbers(frame[name], role, self.notation, per_sign)
                if self.unclear is not None:
                    self.unclear.refuse(frame[name], len(wrong))
                found.setdefault(role, []).append(values)
                faults |= {at: told for at, told in wrong.items() if at not in faults}
        rows = range(first, first + len(lines))
        numbered = rows if frame is lines else [rows[at] for at in places]
        return Batch(frame, found, faults, self.path.name, numbered)

    def _ragged(self) -> str | None:
        """The first line with more cells than the head, which the reader does not name."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                for row, cells in enumerate(csv.reader(file, delimiter=self.separator), 1):
                    if len(cells) > len(self.names):
                        return (
                            f"row {row} has {len(cells)} cells and the head {len(self.names)}; "
                            'put a cell that holds the separator into quotes: "…"'
                        )
        except (UnicodeDecodeError, csv.Error) as error:
            return f"{error}; save it as CSV UTF-8"
        return None
