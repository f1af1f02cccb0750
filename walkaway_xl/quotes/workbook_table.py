"""Lines in a workbook: the table is found by its head, and every cell is taken for what it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from openpyxl.utils import get_column_letter

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes import workbook_cells
from walkaway_xl.quotes.columns import NEEDED, NO_MONEY, SHARES, Columns, count_needed, told_apart
from walkaway_xl.quotes.money_cells import together
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import BATCH, PLAIN, Batch, Notation, Reading
from walkaway_xl.quotes.text_files import error_reason, is_cell_error, read_numbers
from walkaway_xl.quotes.text_form import notation_of
from walkaway_xl.quotes.workbook_cells import Book, Merged, Row
from walkaway_xl.quotes.workbook_columns import WorkbookColumn

SAME = 1e-9  # how far sums of the same numbers may be apart, as a share of them
HEAD_WITHIN = 40  # rows: above the head of a table there may be a title, tiles and remarks


class Head(NamedTuple):
    """Where the table is: its sheet, and the row of its head counted from 1."""

    sheet: str
    row: int


def workbook_tables(path: Path, reading: Reading) -> "list[WorkbookTable]":
    """The tables of lines in a workbook: one, or one a sheet where several have the same columns."""
    with intake.understood(path):
        book = workbook_cells.opened(path, HEAD_WITHIN)
        heads = _heads(path, book, reading)
        sheets = [head.sheet for head in heads]
        tables = [WorkbookTable(path, reading, book, head, sheets) for head in heads]
    if len(tables) > 1:
        if any(table.names != tables[0].names for table in tables):
            raise _which(path, phrase("{sheets} hold lines", sheets=" and ".join(sheets)), sheets)
        _refuse_copies(path, tables)
    return tables


def _which(path: Path, fact: str, sheets: Sequence[str]) -> AmbiguityError:
    return AmbiguityError(
        f"{path}: {fact}",
        [Meaning(phrase("those of {sheet}", sheet=sheet), ("--sheet", sheet)) for sheet in sheets],
    )


def _refuse_copies(path: Path, tables: "Sequence[WorkbookTable]") -> None:
    """Refuse sheets that hold the lines of another, or of all others together: they would count twice."""
    contents = {table.head.sheet: table.content() for table in tables}
    of_all = np.sum(list(contents.values()), axis=0)
    for sheet, content in contents.items():
        others = [other for other in contents if other != sheet and np.array_equal(contents[other], content)]
        if not others and np.allclose(2 * content, of_all, rtol=SAME):
            others = [other for other in contents if other != sheet]
        if others and content[0]:
            fact = phrase(
                "sheet {sheet} has as many lines as {others}, with the same sums",
                sheet=sheet,
                others=" and ".join(others),
            )
            raise _which(path, fact, list(contents))


def _heads(path: Path, book: Book, reading: Reading) -> list[Head]:
    """Where the tables are that have the most of what is needed."""
    if reading.sheet is not None and reading.sheet not in book.names:
        raise QuoteError(
            phrase(
                "{path}: there is no sheet {sheet}; it has {names}",
                path=path,
                sheet=reading.sheet,
                names=", ".join(book.names),
            )
        )
    heads: list[tuple[int, Head]] = []
    for name in book.names if reading.sheet is None else [reading.sheet]:
        rows = book.first_rows[name]
        counts = [count_needed([str(cell) for cell in row], reading.columns) for row in rows]
        most = max(counts, default=0)
        if most > 1:
            heads.append((most, Head(name, counts.index(most) + 1)))
    # What is hidden is asked only if nothing else holds lines.
    heads = [head for head in heads if head[1].sheet not in book.hidden] or heads
    if not heads:
        raise QuoteError(
            phrase(
                (
                    "{path}: no row in its first {head_within} names {needed}; --column "
                    'list_price="NAME" says what a column is called'
                ),
                path=path,
                head_within=HEAD_WITHIN,
                needed=", ".join(NEEDED),
            )
        )
    most = max(count for count, _ in heads)
    return [head for count, head in heads if count == most]


class WorkbookTable:
    """A table of lines on a sheet of a workbook.

    Parameters
    ----------
    path : Path
        The workbook.
    reading : Reading
        How it is to be read.
    book : Book
        Its cells.
    head : Head
        Where the table is.
    sheets : sequence of str
        All sheets of the workbook that are read.
    """

    def __init__(self, path: Path, reading: Reading, book: Book, head: Head, sheets: Sequence[str]):
        self.path, self.reading, self.book, self.head, self.sheets = path, reading, book, head, sheets
        self.file = path.name if len(sheets) == 1 else f"{path.name}, {head.sheet}"
        names = [str(cell).strip() for cell in book.first_rows[head.sheet][head.row - 1]]
        self.places = _places(names)
        self.names = told_apart(names[place] for place in self.places)
        self.as_text: set[str] = set()
        self.uncalculated: dict[str, int] = {}  # the first row of formulas without a value, by column

    @property
    def notation(self) -> Notation | None:
        """How numbers are written as text, if somebody has said it."""
        return self.reading.notation

    @property
    def written(self) -> str:
        """How the file is written, in words, with what its reader cannot see."""
        kind = self.path.suffix.lower()
        unseen = phrase("number formats and hidden rows are not looked at")
        if kind in workbook_cells.PACKED:
            unseen = phrase("of number formats only currencies are looked at, hidden rows are not")
        elif kind == ".ods":
            unseen = phrase("number formats, hidden rows and merged cells are not looked at")
        if len(self.sheets) > 1:
            return phrase(
                "sheets {sheets}, one after the other; {unseen}",
                sheets=", ".join(self.sheets),
                unseen=unseen,
            )
        return phrase(
            "sheet {sheet}, heads in row {row}; {unseen}",
            sheet=self.head.sheet,
            row=self.head.row,
            unseen=unseen,
        )

    @cached_property
    def columns(self) -> dict[str, WorkbookColumn]:
        """All cells below the head, by the names of their columns."""
        columns = {name: WorkbookColumn() for name in self.names}
        merged = _Merged(self.book.merged(self.head.sheet), self.head.row)
        following = self.head.row
        with intake.understood(self.path):
            for rows in self.book.rows(self.head.sheet):
                cells = rows.cells[max(0, following - rows.first) :]
                if not cells:
                    continue
                cells = [*([] for _ in range(rows.first - following)), *cells]
                width = max(map(len, cells))
                for row in cells:
                    row.extend([""] * (width - len(row)))
                merged.fill(following, cells)
                by_place = list(zip(*cells, strict=True))
                blanks = ("",) * len(cells)
                shown: dict[int, dict[int, str]] = defaultdict(dict)
                for line, place, currency in rows.currencies:
                    shown[place][line - following] = currency
                for place, column in zip(self.places, columns.values(), strict=True):
                    column.add(by_place[place] if place < width else blanks, shown[place])
                following += len(cells)
                for letters, row_number in rows.uncalculated:
                    if row_number > self.head.row:
                        self.uncalculated.setdefault(letters, row_number)
        return columns

    def content(self) -> Floats:
        """How many lines there are, and sums of each column: those of a copy are the same."""
        return np.array([self.expected(), *(column.sum() for column in self.columns.values())])

    def expected(self) -> int:
        return next((column.size for column in self.columns.values()), 0)

    def count(self, columns: Columns) -> int:
        return sum(len(batch.frame) for batch in self.batches(columns))

    def batches(self, columns: Columns) -> Iterator[Batch]:
        first = self.head.row + 1
        frame = pl.DataFrame(
            {
                name: column.whole(pl.String() if name in self.as_text else column.type)
                for name, column in self.columns.items()
            }
        )
        needed = [name for name in columns.names if name in self.columns]
        if self.uncalculated and any(frame[name].has_nulls() for name in needed):
            self._refuse_uncalculated(needed)
        notation = self._notation(columns)
        numbers = {
            name: self.columns[name].values()
            for names in columns.numbers.values()
            for name in names
            if not self.columns[name].is_text()
        }
        for start in range(0, len(frame), BATCH):
            part = frame[start : start + BATCH]
            # Rows that only formulas filled in, for lines to come, hold none yet.
            filled = part.select(pl.any_horizontal(pl.col(needed).is_not_null())).to_series().to_numpy()
            if not filled.any():
                continue
            lines: Sequence[int] = range(start, start + len(part))
            if not filled.all():
                part = part.filter(pl.Series(filled))
                lines = (np.flatnonzero(filled) + start).tolist()
            yield self._batch(part, columns, notation, numbers, lines, first)

    def _batch(
        self,
        frame: pl.DataFrame,
        columns: Columns,
        notation: Notation,
        numbers: Mapping[str, Floats],
        lines: Sequence[int],
        first: int,
    ) -> Batch:
        """Some lines; `lines` counts them from the first below the head, whose row is `first`."""
        faults: dict[int, str] = {}
        held: dict[str, list[Floats]] = {}
        currencies: list[tuple[str, pl.Series]] = []
        for role, names in columns.numbers.items():
            for name in names:
                if name in numbers:
                    shown = None if role in NO_MONEY else self.columns[name].currencies()
                    if shown is not None:
                        currencies.append((role, shown.gather(np.asarray(lines))))
                    values = numbers[name][lines[0] : lines[-1] + 1]
                    if len(values) > len(lines):
                        values = values[np.array(lines) - lines[0]]
                    cells = frame[name]
                    for line in np.flatnonzero(np.isnan(values) & cells.is_not_null().to_numpy()).tolist():
                        cell = self.columns[name].odd.get(lines[line], cells[line])
                        faults.setdefault(line, self._fault(role, name, first + lines[line], cell))
                else:
                    share = role in SHARES
                    per_sign = None if not share else 1 if name in columns.percents else 100
                    texts = read_numbers(frame[name], role, notation, per_sign)
                    values = texts.values
                    if texts.currencies is not None:
                        currencies.append((role, texts.currencies))
                    for line, reason in texts.faults.items():
                        word = str(frame[name][line])
                        if is_cell_error(word):
                            reason = self._fault(role, name, first + lines[line], word)
                        faults.setdefault(line, reason)
                held.setdefault(role, []).append(values)
        if columns.product_class and frame.schema[columns.product_class] == pl.String:
            words = frame[columns.product_class]
            for error in filter(is_cell_error, words.unique().drop_nulls()):
                for line in (words == error).arg_true():
                    reason = self._fault("class", columns.product_class, first + lines[line], error)
                    faults.setdefault(line, reason)
        currency, clashes = together(currencies)
        rows = [first + line for line in lines]
        return Batch(frame, held, faults | clashes, self.file, rows, currency=currency)

    def _notation(self, columns: Columns) -> Notation:
        """How numbers are written in columns that hold nothing but texts."""
        if self.reading.notation is not None:
            return self.reading.notation.checked()
        read = [self.columns[name] for names in columns.numbers.values() for name in names]
        return notation_of([column.shapes() for column in read if column.is_text()]) or PLAIN

    def agree_with(self, first: "WorkbookTable") -> None:
        """Take columns as text where another file of the folder, or sheet, has them of another type."""
        for name in self.names:
            if self.columns[name].type != first.columns[name].type:
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

    def _refuse_uncalculated(self, names: Sequence[str]) -> None:
        """Refuse formulas without a stored value, which the reader shows as blanks."""
        letters = {get_column_letter(self.places[self.names.index(name)] + 1) for name in names}
        for column, row in self.uncalculated.items():
            if column in letters:
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


class _Merged:
    """Gives every cell of a merged range below the head the value that the range shows."""

    def __init__(self, ranges: Sequence[Merged], head: int):
        self.ranges, self.head = sorted(ranges), head
        self.values: dict[Merged, Any] = {}

    def fill(self, first: int, cells: list[Row]) -> None:
        """Fill rows, of which the first has a number counted from 0."""
        behind, width = first + len(cells), len(cells[0])
        for area in self.ranges:
            top, left, bottom, right = area
            if top >= behind:
                break
            if bottom < first or bottom < top:
                continue
            if top >= first and left < width:
                self.values[area] = cells[top - first][left]
            value = self.values.get(area, "")
            for row in range(max(top, self.head, first), min(bottom + 1, behind)):
                for column in range(left, min(right + 1, width)):
                    cells[row - first][column] = value


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


def _called(cell: Any) -> str:
    if isinstance(cell, str):
        return phrase("the text {cell}", cell=f"{cell!r}")
    return phrase("TRUE or FALSE") if isinstance(cell, bool) else phrase("the date {cell}", cell=cell)
