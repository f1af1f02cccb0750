"""Lines in a workbook: the table is found by its head, and every cell is taken for what it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.archives import cell_errors, opened, uncalculated
from walkaway_xl.quotes.columns import NEEDED, SHARES, Columns, count_needed, told_apart
from walkaway_xl.quotes.other_workbooks import errors_of, refuse_oversized
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import BATCH, PLAIN, Batch, Notation, Reading
from walkaway_xl.quotes.text_files import error_reason, is_cell_error, read_numbers
from walkaway_xl.quotes.text_form import notation_of

_NUMERIC = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*").fullmatch
HEAD_WITHIN = 40  # rows: above the head of a table there may be a title, tiles and remarks


class Head(NamedTuple):
    """Where the table is: its sheet, and the row of its head counted from 1."""

    sheet: str
    row: int


class WorkbookTable:
    """The table of lines in a workbook."""

    def __init__(self, path: Path, reading: Reading):
        self.path = path
        self.reading = reading
        self.is_package = path.suffix.lower() in (".xlsx", ".xlsm")
        package = opened(path) if self.is_package else None
        if package is None:
            refuse_oversized(path)
        with intake.understood(path):
            self.book = CalamineWorkbook.from_path(path)
            self.sheet, self.head = self._table_of_lines(reading)
            if package is None:
                errors = errors_of(path, self.head.sheet)
            else:
                errors = [
                    (row - 1, column_index_from_string(column) - 1, word)
                    for column, row, word in cell_errors(path, package, self.head.sheet)
                ]
            del package  # before the cells take their memory
            cells = self.sheet.to_python(skip_empty_area=False)
            for row, place, word in errors:
                cells[row][place] = word
            self._fill_merged(cells)
        names = [str(cell).strip() for cell in cells[self.head.row - 1]]
        self.places = _places(names)
        self.names = told_apart(names[place] for place in self.places)
        self.cells = cells[self.head.row :]
        self.as_text: set[str] = set()

    def _table_of_lines(self, reading: Reading) -> tuple[CalamineSheet, Head]:
        names = self.book.sheet_names
        if reading.sheet is not None and reading.sheet not in names:
            raise QuoteError(
                phrase(
                    "{path}: there is no sheet {sheet}; it has {names}",
                    path=self.path,
                    sheet=reading.sheet,
                    names=", ".join(names),
                )
            )
        heads = []
        hidden = {
            sheet.name for sheet in self.book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible
        }
        for name in names if reading.sheet is None else [reading.sheet]:
            sheet = self.book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False, nrows=HEAD_WITHIN)
            counts = [count_needed([str(cell) for cell in row], reading.columns) for row in rows]
            if max(counts, default=0) > 1:
                heads.append((max(counts), sheet, Head(name, counts.index(max(counts)) + 1)))
        # What is hidden is asked only if nothing else holds lines.
        heads = [head for head in heads if head[2].sheet not in hidden] or heads
        best = [(sheet, head) for count, sheet, head in heads if count == max(heads, key=itemgetter(0))[0]]
        if not best:
            raise QuoteError(
                phrase(
                    (
                        "{path}: no row in its first {head_within} names {needed}; --column "
                        'list_price="NAME" says what a column is called'
                    ),
                    path=self.path,
                    head_within=HEAD_WITHIN,
                    needed=", ".join(NEEDED),
                )
            )
        if len(best) > 1:
            sheets = [head.sheet for _, head in best]
            raise AmbiguityError(
                phrase("{path}: {sheets} hold lines", path=self.path, sheets=" and ".join(sheets)),
                [Meaning(phrase("those of {sheet}", sheet=sheet), ("--sheet", sheet)) for sheet in sheets],
            )
        return best[0]

    @property
    def notation(self) -> Notation | None:
        """How numbers are written as text, if somebody has said it."""
        return self.reading.notation

    @property
    def written(self) -> str:
        """How the file is written, in words, with what its reader cannot see."""
        unseen = phrase("number formats and hidden rows are not looked at")
        if self.path.suffix.lower() == ".ods":
            unseen = phrase("number formats, hidden rows and merged cells are not looked at")
        return phrase(
            "sheet {sheet}, heads in row {row}; {unseen}",
            sheet=self.head.sheet,
            row=self.head.row,
            unseen=unseen,
        )

    def _fill_merged(self, cells: list[list[Any]]) -> None:
        """Give every cell of a merged range below the head the value that the range shows."""
        if self.path.suffix.lower() == ".ods":
            return  # whose reader knows none
        for (top, left), (bottom, right) in self.sheet.merged_cell_ranges or ():
            for row in range(max(top, self.head.row), min(bottom + 1, len(cells))):
                for column in range(left, min(right + 1, len(cells[row]))):
                    cells[row][column] = cells[top][left]

    def expected(self) -> int:
        return len(self.cells)

    def batches(self, columns: Columns) -> Iterator[Batch]:
        first = self.head.row + 1
        needed = [self.places[self.names.index(name)] for name in columns.names]
        if self.is_package and any(row[place] == "" for row in self.cells for place in needed):
            self._refuse_uncalculated(columns.names)
        # Rows that only formulas filled in, for lines to come, hold none yet.
        filled = [
            number for number, row in enumerate(self.cells) if any(row[place] != "" for place in needed)
        ]
        rows = [self.cells[number] for number in filled]
        by_name = {
            name: [row[column] for row in rows] for name, column in zip(self.names, self.places, strict=True)
        }
        frame = pl.DataFrame(
            {
                name: _texts(cells) if name in self.as_text else _series(cells)
                for name, cells in by_name.items()
            }
        )
        faults: dict[int, str] = {}
        numbers: dict[str, list[Floats]] = {}
        for role, names in columns.numbers.items():
            for name in names:
                if _are_texts(by_name[name]):
                    text, share = _texts(by_name[name]).alias(name), role in SHARES
                    per_sign = None if not share else 1 if name in columns.percents else 100
                    values, wrong = read_numbers(text, role, self._notation(columns, by_name), per_sign)
                    numbers.setdefault(role, []).append(values)
                    for line, reason in wrong.items():
                        word = str(by_name[name][line])
                        if is_cell_error(word):
                            reason = self._fault(role, name, first + filled[line], word)
                        faults.setdefault(line, reason)
                    continue
                values = _numbers(by_name[name])
                numbers.setdefault(role, []).append(values)
                for line in np.flatnonzero(np.isnan(values)).tolist():
                    if (cell := by_name[name][line]) != "":
                        faults.setdefault(line, self._fault(role, name, first + filled[line], cell))
        if product_class := columns.product_class:
            for line, cell in enumerate(by_name[product_class]):
                if isinstance(cell, str) and is_cell_error(cell):
                    faults.setdefault(line, self._fault("class", product_class, first + filled[line], cell))
        for start in range(0, len(rows), BATCH):
            part = slice(start, start + BATCH)
            yield Batch(
                frame[part],
                {role: [values[part] for values in parts] for role, parts in numbers.items()},
                {line - start: reason for line, reason in faults.items() if start <= line < start + BATCH},
                self.path.name,
                [first + number for number in filled[part]],
            )

    def _notation(self, columns: Columns, by_name: Mapping[str, Sequence[Any]]) -> Notation:
        """How numbers are written in columns that hold nothing but texts."""
        if self.reading.notation is not None:
            return self.reading.notation.checked()
        read = [by_name[name] for names in columns.numbers.values() for name in names]
        return notation_of([list(map(str, cells)) for cells in read if _are_texts(cells)]) or PLAIN

    def agree_with(self, first: "WorkbookTable") -> None:
        """Take columns as text where another file of the folder has them of another type."""
        for name, kind, kind_of_first in zip(self.names, self._kinds(), first._kinds(), strict=True):
            if kind != kind_of_first:
                self.as_text.add(name)
                first.as_text.add(name)

    def _fault(self, role: str, name: str, row: int, cell: Any) -> str:
        if isinstance(cell, str) and is_cell_error(cell):
            column = get_column_letter(self.places[self.names.index(name)] + 1)
            return error_reason(role, f"{self.head.sheet}!{column}{row}", cell)
        return phrase(
            "{role} must be a number; it is {cell}. Make it a number in the workbook",
            role=role,
            cell=_called(cell),
        )

    def _kinds(self) -> list[pl.DataType]:
        return [_series([row[place] for row in self.cells]).dtype for place in self.places]

    def _refuse_uncalculated(self, names: Sequence[str]) -> None:
        """Refuse formulas without a stored value, which the reader shows as blanks."""
        columns = {get_column_letter(self.places[self.names.index(name)] + 1) for name in names}
        for column, row in uncalculated(self.path, self.head.sheet):
            if column in columns and row > self.head.row:
                raise QuoteError(
                    phrase(
                        (
                            "{path}: {sheet}!{column}{row} holds a formula without a stored value; "
                            "walkaway-xl calc {path} calculates it, or save it in a spreadsheet "
                            "program"
                        ),
                        path=self.path,
                        sheet=self.head.sheet,
                        column=column,
                        row=row,
                    )
                )


def _places(names: Sequence[str]) -> list[int]:
    """Columns of the table that a row of names is the head of.

    Behind a gap it goes on, unless a name comes again there: that is another table.
    """
    places: list[int] = []
    for is_named, block in groupby(range(len(names)), key=lambda place: bool(names[place])):
        columns = list(block)
        if is_named and places and {names[place] for place in columns} & {names[place] for place in places}:
            break
        places += columns if is_named else []
    return places


def _are_texts(cells: Sequence[Any]) -> bool:
    """Whether a column holds texts only, as exports write numbers: one text among numbers is none."""
    return any(cells) and set(map(type, cells)) == {str} and any(_NUMERIC(cell) for cell in cells)


def _series(cells: Sequence[Any]) -> pl.Series:
    """A column with the type of all its cells, or as text where they differ."""
    kinds = set(map(type, cells)) - {str} | {str for cell in cells if isinstance(cell, str) and cell != ""}
    held = [None if cell == "" else cell for cell in cells]
    if kinds <= {int, float}:
        numbers = pl.Series(held, dtype=pl.Float64)
        whole = numbers.drop_nulls()
        exact = bool(((whole == whole.floor()) & (whole.abs() < 2**53)).all())
        return numbers.cast(pl.Int64) if exact else numbers
    if kinds in ({bool}, {date}, {datetime}):
        return pl.Series(held)
    if kinds == {date, datetime}:
        return pl.Series([None if cell is None else _moment(cell) for cell in held], dtype=pl.Datetime)
    return _texts(cells)


def _texts(cells: Sequence[Any]) -> pl.Series:
    return pl.Series([None if cell == "" else _text(cell) for cell in cells], dtype=pl.String)


def _moment(cell: date) -> datetime:
    return cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)


def _text(cell: Any) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _numbers(cells: Sequence[Any]) -> Floats:
    """Cells as numbers, NaN for all else; text never turns into a number, whatever it looks like."""
    if set(map(type, cells)) <= {int, float}:
        return np.array(cells, float)
    return np.array([cell if type(cell) in (int, float) else np.nan for cell in cells], float)


def _called(cell: Any) -> str:
    if isinstance(cell, str):
        return phrase("the text {cell}", cell=f"{cell!r}")
    return phrase("TRUE or FALSE") if isinstance(cell, bool) else phrase("the date {cell}", cell=cell)
