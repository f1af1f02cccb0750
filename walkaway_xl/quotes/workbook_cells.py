"""The cells of a workbook's sheets, some rows at a time: each for what it is, errors by their words."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from openpyxl.utils import column_index_from_string, range_boundaries
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from walkaway_xl.quotes import archives, binary_sheets
from walkaway_xl.quotes.number_formats import currencies_by_style, currency_cells
from walkaway_xl.quotes.other_workbooks import Error, errors_of, refuse_oversized

PACKED = (".xlsx", ".xlsm")
Row = list[Any]  # blanks are ""
Merged = tuple[int, int, int, int]  # top, left, bottom and right of a range, counted from 0


class Rows(NamedTuple):
    """Some rows of a sheet."""

    first: int  # counted from 0
    cells: list[Row]
    uncalculated: Sequence[tuple[str, int]] = ()  # columns and rows of formulas without a value
    currencies: Sequence[tuple[int, int, str]] = ()  # rows and columns of cells that show one, and which


class Book(Protocol):
    """A workbook by its reader."""

    names: list[str]  # of its sheets
    hidden: set[str]
    first_rows: dict[str, list[Row]]  # of each sheet, from its top

    def merged(self, sheet: str) -> list[Merged]:
        """The merged ranges of a sheet."""

    def rows(self, sheet: str) -> Iterator[Rows]:
        """All rows of a sheet that hold something, in their order."""


def opened(path: Path, count: int) -> Book:
    """A workbook, of whose sheets nothing but so many first rows is read yet."""
    kind = path.suffix.lower()
    if kind in PACKED:
        return PackedBook(path, count)
    return BinaryBook(path, count) if kind == ".xlsb" else OtherBook(path, count)


class PackedBook:
    """An .xlsx or .xlsm workbook, of which only some rows are held."""

    def __init__(self, path: Path, count: int):
        self.path, self.outline = path, archives.opened(path)
        self.names = [sheet.title for sheet in self.outline.package.sheets]
        self.parts = {sheet.title: sheet.part for sheet in self.outline.package.sheets}
        self.shown = currencies_by_style(self.outline.package)
        tops = {part: archives.beginning(self.outline, part, count) for part in self.parts.values()}
        with _reader(archives.workbook(self.outline, tops)) as book:
            self.hidden = _hidden(book)
            self.first_rows = {
                name: _from_top(self._rows(book, name, tops[self.parts[name]]), count) for name in self.names
            }

    def merged(self, sheet: str) -> list[Merged]:
        bounds = map(range_boundaries, self.outline.merged[self.parts[sheet]])
        return [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in bounds]

    def rows(self, sheet: str) -> Iterator[Rows]:
        for xml in archives.cut(self.outline, self.parts[sheet]):
            with _reader(archives.workbook(self.outline, {self.parts[sheet]: xml})) as book:
                rows = self._rows(book, sheet, xml)
            yield rows

    def _rows(self, book: CalamineWorkbook, sheet: str, xml: bytes) -> Rows:
        first, cells = _cells_of(book.get_sheet_by_name(sheet))
        errors = [
            (row - 1, column_index_from_string(column) - 1, word)
            for column, row, word in archives.cell_errors(self.path, sheet, xml)
        ]
        rows = Rows(first, cells, list(archives.uncalculated(xml)), list(currency_cells(xml, self.shown)))
        return _with_errors(rows, errors)


class OtherBook:
    """A workbook of another kind, of which a sheet is held as a whole."""

    def __init__(self, path: Path, count: int):
        refuse_oversized(path)
        self.path, self.book = path, CalamineWorkbook.from_path(path)
        self.names, self.hidden = self.book.sheet_names, _hidden(self.book)
        sheets = map(self.book.get_sheet_by_name, self.names)
        self.first_rows = {
            sheet.name: sheet.to_python(skip_empty_area=False, nrows=count) for sheet in sheets
        }

    def merged(self, sheet: str) -> list[Merged]:
        ranges = (
            self.book.get_sheet_by_name(sheet).merged_cell_ranges or ()
        )  # None of .ods, which it knows not
        return [(*start, *end) for start, end in ranges]

    def rows(self, sheet: str) -> Iterator[Rows]:
        rows = Rows(*_cells_of(self.book.get_sheet_by_name(sheet)))
        yield _with_errors(rows, self.errors(sheet))

    def errors(self, sheet: str) -> list[Error]:
        """Place and word of each error on a sheet."""
        return errors_of(self.path, sheet)


class BinaryBook(OtherBook):
    """An .xlsb workbook, whose sheets are looked through before its reader makes room for them."""

    def __init__(self, path: Path, count: int):
        refuse_oversized(path)
        self.sheets = binary_sheets.looked_through(path)
        super().__init__(path, count)

    def merged(self, sheet: str) -> list[Merged]:
        return self.sheets[sheet].merged

    def errors(self, sheet: str) -> list[Error]:
        return self.sheets[sheet].errors


def _reader(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(data))


def _hidden(book: CalamineWorkbook) -> set[str]:
    return {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}


def _cells_of(sheet: CalamineSheet) -> tuple[int, list[Row]]:
    """The first row that holds something, and the cells from its first column on."""
    if sheet.start is None:
        return 0, []
    top, left = sheet.start
    rows: list[Row] = sheet.to_python()
    return top, [[""] * left + row for row in rows] if left else rows


def _from_top(rows: Rows, count: int) -> list[Row]:
    return [*([[]] * rows.first), *rows.cells][:count]


def _with_errors(rows: Rows, errors: Iterable[tuple[int, int, str]]) -> Rows:
    """The same with the words of errors, which the reader shows as blanks, or not at all."""
    first, cells = rows.first, rows.cells
    for row, column, word in errors:
        if not cells:
            first = row
        if row < first:
            cells[:0] = [[] for _ in range(first - row)]
            first = row
        cells.extend([] for _ in range(row + 1 - first - len(cells)))
        line = cells[row - first]
        line.extend([""] * (column + 1 - len(line)))
        line[column] = word
    return rows._replace(first=first, cells=cells)
