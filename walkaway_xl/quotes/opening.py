"""Quotes opened: which files there are, who reads their kind, and which of their columns hold what."""

from pathlib import Path

from walkaway_xl.files import intake
from walkaway_xl.quotes.columns import mapped
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import KINDS, ParquetTable, Quotes, Reading, Table
from walkaway_xl.quotes.text_files import CsvTable


def open_quotes(path: Path, reading: Reading) -> Quotes:
    """The lines of a file or a folder, their columns found; nothing but heads is read yet."""
    paths = _files(path)
    kind = paths[0].suffix.lower()
    tables = tuple(_table(file, kind, reading) for file in paths)
    for table in tables[1:]:
        if table.names != tables[0].names:
            raise QuoteError(f"{table.path}: its columns are not those of {tables[0].path}")
        table.agree_with(tables[0])
    return Quotes(tables, mapped(tables[0].names, reading.columns, str(paths[0])), kind, path.is_dir())


def _files(path: Path) -> list[Path]:
    files = _data_of(path) if path.is_dir() else [path]
    kinds = sorted({file.suffix.lower() for file in files})
    if not files:
        raise QuoteError(f"{path}: there is no file in this folder")
    if len(kinds) > 1:
        raise QuoteError(
            f"{path}: this folder holds files of several kinds ({', '.join(kinds)}); check one kind"
        )
    if kinds[0] not in KINDS:
        raise QuoteError(f"{files[0]}: quotes are read from {', '.join(KINDS)} files")
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


def _table(path: Path, kind: str, reading: Reading) -> Table:
    if kind == ".parquet":
        return ParquetTable(path)
    if kind == ".csv":
        return CsvTable(path, reading)
    from walkaway_xl.quotes.workbook_table import WorkbookTable  # its reader is not needed for the others

    return WorkbookTable(path, reading)
