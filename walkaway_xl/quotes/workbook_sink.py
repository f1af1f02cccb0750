"""Checked lines as a workbook: filters, colours by status, a summary in front; written as the lines come."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from walkaway_xl import files
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.quotes.amount import Amount
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.checking import status_word
from walkaway_xl.quotes.exact import MILLION, as_float
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.sheet_rows import LONGEST, TEXT, as_cells_hold_it, rows_as_xml
from walkaway_xl.quotes.tally import Tally
from walkaway_xl.quotes.verdict import customer_words, verdict
from walkaway_xl.sheets import style

MOST_ROWS = 1_048_576
ROWS = 1 << 14  # that are made XML together
WIDTHS = {"text": 24.0, "number": 12.0}
SHARES = ("discount", "max_discount", "headroom", "margin", "tier_discount", "blended_discount")
PRICES = ("list_price", "cost", "net_price", "floor", "target", "stretch")
MONEY = ("list_value", "revenue", "shortfall")
Conclusion = tuple[Tally, str, pl.DataFrame | None]  # the summary, what it is split by, totals of quotes

TINTED = {status.word: status for status in style.LINE_STATUSES}


def write_workbook(
    file: IO[bytes],
    path: Path,
    frames: Iterator[pl.DataFrame],
    roles: Mapping[str, str],
    conclude: Callable[[], Conclusion],
    audience: Audience = FINANCE,
) -> None:
    """Write checked lines to a workbook of which only the row that is being written is held in memory.

    Parameters
    ----------
    file : IO[bytes]
        Where to write.
    path : Path
        Its name, for messages.
    frames : iterator of DataFrame
        The lines.
    roles : mapping
        What the columns are whose look depends on it, by their names.
    conclude : callable
        Gives the summary, when all lines have come.
    audience : Audience, optional
        Who reads it, and sees of the summary what he may; the lines that come have his columns.
    """
    folder = files.scratch_folder()  # for the sheets, which are packed when all lines have come
    try:
        _write_book(_Named(file, path), path, frames, roles, conclude, folder, audience)
    except FileCreateError as error:  # the library's word around what the system sentence
        raise files.no_scratch(error.args[0]) from None
    except OSError as error:
        if error.filename is None or Path(error.filename).is_relative_to(folder):
            raise files.no_scratch(error) from None
        raise


def _write_book(
    file: "_Named",
    path: Path,
    frames: Iterator[pl.DataFrame],
    roles: Mapping[str, str],
    conclude: Callable[[], Conclusion],
    folder: Path,
    audience: Audience,
) -> None:
    options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": str(folder)}
    book = xlsxwriter.Workbook(file, options)
    try:
        looks = _Looks(book)
        summary, lines = (book.add_worksheet(title, _Lines) for title in (phrase("Summary"), phrase("Lines")))
        row, table = 0, None
        for frame in frames:
            if row + len(frame) >= MOST_ROWS:
                raise too_long(path)
            if table is None:
                table = _Table(lines, frame.schema, roles, looks)
            row = table.write(row, frame)
        if table is not None:
            table.dress(row)
        tally, segment, groups = conclude()
        if groups is not None:
            table = _Table(book.add_worksheet(phrase("Quotes"), _Lines), groups.schema, roles, looks)
            table.dress(table.write(0, groups))
        _Summary(summary, looks, audience).write(tally, segment)
        book.close()
    finally:
        for sheet in book.worksheets():
            for held in (sheet.fh, sheet.row_data_fh):
                if held is not None:
                    with suppress(OSError):  # what was not written was refused before
                        held.close()


def too_long(path: Path) -> QuoteError:
    """The refusal of more lines than a sheet holds."""
    return QuoteError(
        phrase(
            "{path}: a sheet holds {most_rows} lines; write them to a .parquet or .csv file",
            path=path,
            most_rows=f"{MOST_ROWS - 1:,}",
        )
    )


class _Named:
    """A file whose faults name it, so that all others are of the sheets in the scratch folder.

    An archive that could not be written is closed by Python later, and must find something to write to.
    """

    def __init__(self, file: IO[bytes], path: Path):
        self._file, self._path, self._nowhere = file, path, BytesIO()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def _open(self) -> IO[bytes]:
        return self._nowhere if self._file.closed else self._file

    def write(self, data: bytes) -> int:
        with self._named():
            return self._open().write(data)

    def tell(self) -> int:
        return self._open().tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        with self._named():  # it writes what waits
            return self._open().seek(offset, whence)

    def flush(self) -> None:
        with self._named():
            self._open().flush()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise files.cannot_write(self._path, error) from error


class _Lines(Worksheet):  # type: ignore[misc]
    """A sheet that takes many rows at once, and every text as text.

    The library takes a text between <r> and </r> for XML of its own: whoever types that into a quote could
    write any cell.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if type(cell).__name__ != "String":
            super()._write_cell(row, col, cell)
            return
        place = f'r="{xl_col_to_name(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        text = escape(self._escape_control_characters(cell.string))
        self.fh.write(f"<c {place}{TEXT[0]}{text}{TEXT[1]}")

    def write_frame(self, row: int, frame: pl.DataFrame, formats: Sequence[Any]) -> int:
        """Write the rows of a frame below a row; gives back the last one."""
        for part in as_cells_hold_it(frame).iter_slices(ROWS):
            self._write_single_row(row + 1 + len(part))  # what waits to be written
            self.fh.write(rows_as_xml(part, row + 2, [look._get_xf_index() for look in formats]))
            row += len(part)
        self._check_dimensions(row, frame.width - 1, ignore_row=not len(frame))
        return row


class _Table:
    """A sheet with a head and lines below it."""

    def __init__(self, sheet: Any, schema: pl.Schema, roles: Mapping[str, str], looks: "_Looks"):
        self.sheet, self.looks = sheet, looks
        self.roles = [roles.get(name, name) for name in schema]
        self.formats = [looks.of(role, kind) for role, kind in zip(self.roles, schema.values(), strict=True)]
        for column, (name, kind) in enumerate(schema.items()):
            numeric = kind.is_numeric()
            sheet.set_column(
                column, column, max(WIDTHS["number" if numeric else "text"], min(40, len(name) + 4))
            )
            sheet.write_string(0, column, name, looks.head_number if numeric else looks.head)
        sheet.freeze_panes(1, 0)

    def write(self, row: int, frame: pl.DataFrame) -> int:
        """Write lines below a row; gives back the last row."""
        return int(self.sheet.write_frame(row, frame, self.formats))

    def dress(self, rows: int) -> None:
        """Filters over the table, and colours where a status or a headroom asks for attention."""
        last = max(rows, 1)
        self.sheet.autofilter(0, 0, last, len(self.roles) - 1)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        for column, role in enumerate(self.roles):
            if role == "status":
                self.looks.tint(self.sheet, 1, column, last, column)
            if role == "headroom":
                below = {"type": "cell", "criteria": "<", "value": 0, "format": self.looks.negative}
                self.sheet.conditional_format(1, column, last, column, below)


class _Looks:
    """The looks of cells, in the colours of all our workbooks."""

    def __init__(self, book: Any):
        self.book = book
        base = {"font_name": style.FACE, "font_size": 11, "font_color": f"#{style.INK}", "valign": "vcenter"}
        note = {"font_color": f"#{style.SLATE}"}
        rule = {"bottom": 2, "bottom_color": f"#{style.INK}", "bold": True, **note}

        def look(**more: Any) -> Any:
            return book.add_format({**base, **more})

        self.head, self.head_number = look(**rule, indent=1), look(**rule, align="right")
        self.text = look(indent=1)
        self.title = look(bold=True, font_size=22, indent=1)
        self.section, self.note = look(bold=True, font_size=13, indent=1), look(**note, indent=1)
        self.count, self.money = look(num_format=style.COUNT), look(num_format=style.MONEY)
        self.price, self.share = look(num_format=style.PRICE), look(num_format=style.SHARE)
        self.day = look(num_format=style.DATE)
        self.negative = book.add_format({"font_color": f"#{style.NEGATIVE_TEXT}", "bold": True})
        self.tints = {
            status.cell: book.add_format({"bg_color": f"#{status.tint}", "font_color": f"#{status.ink}"})
            for status in TINTED.values()
            if status.tint
        }

    def of(self, role: str, kind: pl.DataType) -> Any:
        """The look of a column, by what it is and what type it has."""
        name = role.removesuffix("_checked")
        if not kind.is_numeric():
            return self.day if kind.is_temporal() else self.text
        if name in SHARES:
            return self.share
        return self.price if name in PRICES else self.money if name in MONEY else self.text

    def tint(self, sheet: Any, *area: int) -> None:
        """Colour a status by its word, as the summary has it."""
        for cell, tint in self.tints.items():
            sheet.conditional_format(
                *area, {"type": "cell", "criteria": "==", "value": f"={cell}", "format": tint}
            )

    def name_status(self, sheet: Any, row: int, status: DiscountStatus) -> None:
        """Name the cell of a table of statuses that holds the word of one."""
        cell = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        self.book.define_name(TINTED[status_word(status)].cell, f"={quote_sheetname(sheet.name)}!{cell}")


Cell = tuple[Any, Any]  # what stands in it, and how it looks


class _Head(NamedTuple):
    """The head of a column, and what the column gives away."""

    words: str
    secret: Secret | None = None


def _heads() -> list[_Head]:
    return [
        _Head(phrase("Lines")),
        _Head(phrase("Of lines")),
        _Head(phrase("Revenue")),
        _Head(phrase("Of revenue")),
        _Head(phrase("Shortfall"), Secret.FLOOR),
        _Head(phrase("Of shortfall"), Secret.FLOOR),
    ]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


class _Summary:
    """The page in front: what the terminal shows, as tables."""

    def __init__(self, sheet: Any, looks: _Looks, audience: Audience):
        self.sheet, self.looks, self.audience, self.row = sheet, looks, audience, 0
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 2.5)
        sheet.set_column(1, 1, 46)
        sheet.set_column(2, 5, 14)
        sheet.set_column(6, 8, 17)

    def write(self, tally: Tally, segment: str) -> None:
        """Write all tables."""
        whole, audience, look = tally.total(), self.audience, self.looks
        self.sheet.set_row(0, 34)
        self._cells([(phrase("Checked quotes"), look.title)])
        sentences = verdict(tally, audience) if audience.sees(Secret.FLOOR) else [customer_words(whole)]
        for sentence in [*sentences, *(tally.sentences() if audience.sees_all else [])]:
            self._cells([(sentence, look.note)])
        if audience.sees(Secret.FLOOR):
            self._statuses(tally, whole)
        self._table(
            phrase("By {segment}", segment=segment),
            [
                _Head(segment.capitalize()),
                _Head(phrase("Lines")),
                _Head(phrase("Revenue")),
                _Head(phrase("Shortfall"), Secret.FLOOR),
                _Head(phrase("Of shortfall"), Secret.FLOOR),
                _Head(phrase("Discount")),
                _Head(phrase("Margin"), Secret.COST),
            ],
            [self._segment(tally, name, whole) for name in tally.segments()],
        )
        if audience.sees(Secret.SIGNER):
            signers = {name: tally.total(signer=name) for name in tally.signer_names}
            self._table(
                phrase("Who signs"),
                [_Head(phrase("Signer"), Secret.SIGNER), *_heads()],
                [self._counted(name, amount, whole) for name, amount in signers.items() if amount.lines],
            )
        if audience.sees(Secret.FLOOR):
            self._worst(tally, whole)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 1)

    def _statuses(self, tally: Tally, whole: Amount) -> None:
        status_row, groups = self.row + 2, self.audience.statuses
        self._table(
            phrase("Lines by status"),
            [_Head(phrase("Status"), Secret.FLOOR), *_heads()],
            [
                self._counted(status_word(statuses[0]), tally.total(statuses=statuses), whole)
                for statuses in groups
            ]
            + [self._counted(phrase("All lines"), whole, whole)],
        )
        self.looks.tint(self.sheet, status_row, 1, self.row, 1)
        for row, statuses in enumerate(groups, status_row + 1):
            for status in statuses:
                self.looks.name_status(self.sheet, row, status)

    def _worst(self, tally: Tally, whole: Amount) -> None:
        look = self.looks
        self._table(
            phrase("The worst line by money")
            if len(tally.worst) == 1
            else phrase("The worst lines by money"),
            [
                _Head(phrase("Product")),
                _Head(phrase("Row")),
                _Head(phrase("Net price")),
                _Head(phrase("Floor"), Secret.FLOOR),
                _Head(phrase("Shortfall"), Secret.FLOOR),
                _Head(phrase("Of shortfall"), Secret.FLOOR),
                _Head(phrase("Status"), Secret.FLOOR),
                _Head(phrase("Who signs"), Secret.SIGNER),
            ],
            [
                [
                    (line.product, look.text),
                    (line.row, look.count),
                    (line.net_price, look.price),
                    (line.floor, look.price),
                    (line.shortfall, look.price),
                    (line.share_of(whole), look.share),
                    (self.audience.status(line.status), look.text),
                    (line.signer, look.text),
                ]
                for line in tally.worst
            ],
        )
        self.looks.tint(self.sheet, self.row - len(tally.worst), 7, self.row, 7)

    def _segment(self, tally: Tally, name: str, whole: Amount) -> list[tuple[Any, Any]]:
        amount = tally.total(segment=name)
        look = self.looks
        return [
            (name, look.text),
            (amount.lines, look.count),
            (as_float(amount.revenue), look.money),
            (amount.shortfall / MILLION, look.money),
            (_ratio(amount.shortfall, whole.shortfall), look.share),
            (amount.discount, look.share),
            (amount.margin, look.share),
        ]

    def _counted(self, label: str, amount: Amount, whole: Amount) -> list[tuple[Any, Any]]:
        look = self.looks
        return [
            (label, look.text),
            (amount.lines, look.count),
            (_ratio(amount.lines, whole.lines), look.share),
            (as_float(amount.revenue), look.money),
            (_ratio(amount.revenue, whole.revenue), look.share),
            (amount.shortfall / MILLION, look.money),
            (_ratio(amount.shortfall, whole.shortfall), look.share),
        ]

    def _table(self, title: str, heads: Sequence[_Head], all_rows: Sequence[Sequence[Cell]]) -> None:
        """A table with the columns that the reader may see."""
        shown = [place for place, head in enumerate(heads) if self.audience.sees(head.secret)]
        rows = [[row[place] for place in shown] for row in all_rows]
        self.row += 1
        self._cells([(title, self.looks.section)])
        numbers = [isinstance(cell, int | float) for cell, _ in rows[0]] if rows else [False] * len(shown)
        self._cells(
            [
                (heads[place].words, self.looks.head_number if is_number else self.looks.head)
                for place, is_number in zip(shown, numbers, strict=True)
            ]
        )
        for row in rows:
            self._cells(row)

    def _cells(self, cells: Sequence[tuple[Any, Any]]) -> None:
        for column, (cell, look) in enumerate(cells, 1):
            if isinstance(cell, str):
                self.sheet.write_string(self.row, column, cell[:LONGEST], look)
            elif cell is not None:
                self.sheet.write_number(self.row, column, cell, look)
        self.row += 1
