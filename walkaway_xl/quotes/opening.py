"""Quotes opened: which files there are, who reads their kind, and which of their columns hold what."""

from pathlib import Path

from walkaway_xl.core.phrasing import phrase
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
            raise QuoteError(
                phrase("{path}: its columns are not those of {first}", path=table.path, first=tables[0].path)
            )
        table.agree_with(tables[0])
    return Quotes(tables, mapped(tables[0].names, reading.columns, str(paths[0])), kind, path.is_dir())


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise QuoteError(phrase("{path}: there is no such file", path=path))
    entries = sorted(path.iterdir()) if path.is_dir() else [path]
    # What Spark and spreadsheet programs leave beside the data is no data.
    files = [entry for entry in entries if entry.is_file() and not entry.name.startswith(("_", ".", "~$"))]
    kinds = sorted({file.suffix.lower() for file in files})
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
    if kinds[0] not in KINDS:
        raise QuoteError(
            phrase("{files}: quotes are read from {kinds} files", files=files[0], kinds=", ".join(KINDS))
        )
    return files


def _table(path: Path, kind: str, reading: Reading) -> Table:
    if kind == ".parquet":
        return ParquetTable(path)
    if kind == ".csv":
        return CsvTable(path, reading)
    from walkaway_xl.quotes.workbook_table import WorkbookTable  # its reader is not needed for the others

    return WorkbookTable(path, reading)
