"""Quotes opened: which files there are, who reads their kind, and which of their columns hold what."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.columns import Columns, mapped
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import (
    READ,
    TEXTS,
    WORKBOOKS,
    ParquetTable,
    Quotes,
    Reading,
    Sorting,
    Table,
)
from walkaway_xl.quotes.quote_sources import STANDARD_INPUT, kind_of, standard_input, unpacked
from walkaway_xl.quotes.rates import read_rates
from walkaway_xl.quotes.text_files import CsvTable
from walkaway_xl.quotes.units import LOOKED_AT, with_percents


def open_quotes(source: str, reading: Reading) -> Quotes:
    """The lines of a file, a folder or standard input, their columns found; nothing but heads is read yet."""
    path = standard_input() if source == STANDARD_INPUT else Path(source)
    paths = _files(path)
    kind = kind_of(paths[0])
    tables = tuple(table for file in paths for table in _tables(file, kind, reading))
    for table in tables[1:]:
        if table.names != tables[0].names:
            raise QuoteError(
                phrase("{path}: its columns are not those of {first}", path=table.path, first=tables[0].path)
            )
        table.agree_with(tables[0])
    source = str(paths[0])
    columns = mapped(tables[0].names, reading.columns, source)
    columns = with_percents(columns, reading, partial(_first, tables[0], columns), source)
    sorting = sorted_by(columns, reading, source, lambda: _amounts_have_currencies(tables[0], columns))
    written = ".csv" if kind in TEXTS else ".xlsx" if kind in WORKBOOKS else kind
    return Quotes(tables, sorting, written, path.is_dir())


def sorted_by(
    columns: Columns, reading: Reading, source: str, amounts_have_currencies: Callable[[], bool]
) -> Sorting:
    """By what lines are told apart, if there is what the options ask for.

    Parameters
    ----------
    columns : Columns
        What the columns are.
    reading : Reading
        What the options say.
    source : str
        The first file, for messages.
    amounts_have_currencies : callable
        Whether a currency stands beside amounts; asked only where nothing else says it.
    """
    rates = None if reading.rates is None else read_rates(reading.rates)
    is_stated = columns.currency is not None or columns.in_heads is not None
    if (reading.currency or rates) and not is_stated and not amounts_have_currencies():
        raise QuoteError(
            phrase(
                "{source}: no column holds the currency, and no amount has one; "
                '--column currency="NAME" says which it is',
                source=source,
            )
        )
    if rates is not None and rates.has_days and columns.date is None:
        raise QuoteError(
            phrase(
                '{source}: the rates have dates, and no column holds one; --column date="NAME" says which',
                source=source,
            )
        )
    sums_in = columns.in_heads if rates is None else rates.target
    return Sorting(columns, source, reading.returns, reading.currency, rates, sums_in=sums_in)


def _amounts_have_currencies(table: Table, columns: Columns) -> bool:
    batch = next(table.batches(columns), None)
    return batch is not None and batch.currency is not None


def _first(table: Table, columns: Columns, names: Sequence[str]) -> dict[str, Floats]:
    """The first lines of columns of numbers, as they are written."""
    batch = next(table.batches(columns), None)
    if batch is None:
        return {}
    by_name = {
        name: values
        for role, held in columns.numbers.items()
        for name, values in zip(held, batch.numbers[role], strict=True)
    }
    return {name: by_name[name][:LOOKED_AT] for name in names}


def _files(path: Path) -> list[Path]:
    files = _data_of(path) if path.is_dir() else [path]
    kinds = sorted({kind_of(file) for file in files})
    if not files:
        raise QuoteError(phrase("{path}: there is no file in this folder", path=path))
    if len(kinds) > 1:
        raise QuoteError(
            phrase(
                "{path}: this folder holds files of several kinds ({kinds}); check one kind",
                path=path,
                kinds=", ".join(kinds),
            )
        )
    if kinds[0] not in READ:
        raise QuoteError(
            phrase("{files}: quotes are read from {READ} files", files=files[0], READ=", ".join(READ))
        )
    for file in files:
        intake.ordinary(file)
    return files


def _data_of(folder: Path) -> list[Path]:
    """The files of a folder, without what Spark and spreadsheet programs leave beside the data."""
    entries = []
    for entry in folder.iterdir():
        entries.append(entry)
        intake.refuse_excess(folder, "files", len(entries))
    return sorted(
        entry for entry in entries if not entry.is_dir() and not entry.name.startswith(("_", ".", "~$"))
    )


def _tables(path: Path, kind: str, reading: Reading) -> Sequence[Table]:
    if kind == ".parquet":
        return [ParquetTable(unpacked(path))]
    if kind in TEXTS:
        return [CsvTable(path, reading, unpacked(path))]
    from walkaway_xl.quotes.workbook_table import workbook_tables  # its reader is not needed for the others

    return workbook_tables(unpacked(path), reading)
