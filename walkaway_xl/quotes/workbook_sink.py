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
from walkaway_xl.quotes import workbook_charts
from walkaway_xl.quotes.amount_rows import in_whole_money, signer_shown, what_if_rows
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.checking import status_word
from walkaway_xl.quotes.exact import Amount
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.report_money import steps_of
from walkaway_xl.quotes.report_when import FEWEST, by_period
from walkaway_xl.quotes.sheet_rows import LONGEST, TEXT, as_cells_hold_it, rows_as_xml
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import Tally
from walkaway_xl.quotes.verdict import customer_words, verdict
from walkaway_xl.quotes.what_if import WhatIf
from walkaway_xl.quotes.workbook_charts import ROWS as ROWS_OF_CHARTS
from walkaway_xl.quotes.workbook_charts import Column
from walkaway_xl.sheets import style

MOST_ROWS = 1_048_576
A4 = 9  # as programs number paper
READABLE = 70  # percent of the size on the screen, below which lines go on beside one page
ON_A_PAGE = 125.0  # widths of a digit that an A4 page lying down holds at full size
ROWS = 1 << 14  # that are made XML together
WIDTHS = {"text": 24.0, "number": 12.0}
SHARES = ("discount", "max_discount", "headroom", "margin", "tier_discount", "blended_discount")
PRICES = ("list_price", "cost", "net_price", "floor", "target", "stretch")
MONEY = ("list_value", "revenue", "shortfall")
Conclusion = tuple[Tallies, str, pl.DataFrame | None]  # the summary, what it is split by, totals of quotes

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
        tallies, segment, groups = conclude()
        if groups is not None:
            table = _Table(book.add_worksheet(phrase("Quotes"), _Lines), groups.schema, roles, looks)
            table.dress(table.write(0, groups))
        trends: dict[str, dict[str, Column]] = {}
        dated = {name: tally for name, tally in tallies.in_order.items() if tally.remarks.report.months}
        if dated:
            page = _Summary(book.add_worksheet(phrase("Trend"), _Lines), looks, audience)
            trends = page.write_periods(dated, is_only=tallies.only is not None)
        _Summary(summary, looks, audience).write(tallies, segment, trends)
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
        self.width, self.name = 0.0, self.roles.index("product") if "product" in self.roles else 0
        self.formats = [looks.of(role, kind) for role, kind in zip(self.roles, schema.values(), strict=True)]
        for column, (name, kind) in enumerate(schema.items()):
            numeric = kind.is_numeric()
            width = max(WIDTHS["number" if numeric else "text"], min(40, len(name) + 4))
            self.width += width
            sheet.set_column(column, column, width)
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
        self.sheet.set_paper(A4)
        self.sheet.repeat_rows(0)
        if self.width * READABLE / 100 <= ON_A_PAGE:
            self.sheet.fit_to_pages(1, 0)
        else:  # what is wider goes on beside it, with the first column again
            self.sheet.set_print_scale(READABLE)
            self.sheet.print_across()
            self.sheet.repeat_columns(self.name, self.name)
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
        self.text, self.right = look(indent=1), look(align="right")
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
    """The page in front: what the terminal shows, as tables and charts; and other pages of tables."""

    def __init__(self, sheet: Any, looks: _Looks, audience: Audience):
        self.sheet, self.looks, self.audience, self.row = sheet, looks, audience, 0
        sheet.hide_gridlines(2)
        sheet.set_row(0, 34)
        sheet.set_column(0, 0, 2.5)
        sheet.set_column(1, 1, 46)
        sheet.set_column(2, 5, 14)
        sheet.set_column(6, 8, 17)

    def on_paper(self, across: int, down: int) -> None:
        """How it is printed."""
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(across, down)

    def write_periods(self, dated: Mapping[str, Tally], *, is_only: bool) -> "dict[str, dict[str, Column]]":
        """Write the lines by period, of each currency for themselves; gives back where charts find them."""
        self._cells([(phrase("How it went on"), self.looks.title)])
        places = {}
        for currency, tally in dated.items():
            if not is_only:
                self._cells([(currency, self.looks.title)])
            parts = by_period(tally.remarks.report.months)
            placed = self._split(phrase("Period"), phrase("Period"), parts, tally.total())
            places[currency] = placed if len(parts) >= FEWEST else {}
        if is_only:
            self.sheet.freeze_panes(4, 2)
        self.on_paper(1, 0)
        return places

    def write(self, tallies: Tallies, segment: str, trends: "Mapping[str, dict[str, Column]]") -> None:
        """Write the tables of each currency for themselves, and above them their charts."""
        self._cells([(phrase("Checked quotes"), self.looks.title)])
        sentences = tallies.sentences() if self.audience.sees_all else []
        for number, (currency, tally) in enumerate(tallies.in_order.items()):
            if tallies.only is None:
                self._cells([(currency, self.looks.title)])
            self._verdict(tally, sentences if not number else ())
            self._money(tally, segment, trends.get(currency, {}), is_first=not number)
            self.row += tallies.only is None
        self.on_paper(1, 0)

    def _verdict(self, tally: Tally, more: Sequence[str]) -> None:
        audience, whole = self.audience, tally.total()
        sentences = verdict(tally, audience) if audience.sees(Secret.FLOOR) else [customer_words(whole)]
        for sentence in [*sentences, *more]:
            self._cells([(sentence, self.looks.note)])

    def _money(self, tally: Tally, segment: str, periods: "dict[str, Column]", *, is_first: bool) -> None:
        """The charts and tables of one currency; the first name the cells whose words the lines compare."""
        whole, audience = tally.total(), self.audience
        sees_floors = audience.sees(Secret.FLOOR)
        begin = self.row + 1
        self.row += ROWS_OF_CHARTS + 1
        if sees_floors:
            self._statuses(tally, whole, is_first=is_first)
        steps = self._steps(tally, whole)
        parts = tally.by_segment()
        by_segment = self._split(phrase("By {segment}", segment=segment), segment, parts, whole)
        if audience.sees(Secret.SIGNER):
            signers = {name: tally.total(signer=name) for name in tally.signer_names}
            asked = {signer_shown(name): amount for name, amount in signers.items() if amount.lines}
            heads = [_Head(phrase("Signer"), Secret.SIGNER), *_heads()]
            self._table(phrase("Who signs"), heads, self._counted(asked, whole))
        if tally.remarks.what_if is not None and audience.sees(Secret.COST):
            self._what_if(tally.remarks.what_if)
        if sees_floors:
            self._worst(tally, whole)
        self._draw(begin, segment, by_segment, steps, periods)

    def _draw(
        self,
        row: int,
        segment: str,
        by_segment: "dict[str, Column]",
        steps: Any,
        periods: "dict[str, Column]",
    ) -> None:
        book = self.looks.book
        key = "shortfall" if self.audience.sees(Secret.FLOOR) else "revenue"
        what = phrase("Shortfall") if key == "shortfall" else phrase("Revenue")
        title = phrase("{what} by {segment}", what=what, segment=segment)
        charts = [
            steps,
            workbook_charts.bars(book, title, by_segment["name"], by_segment[key]),
        ]
        if periods:
            title = phrase("{what} by {segment}", what=what, segment=phrase("period"))
            charts.append(workbook_charts.columns(book, title, periods["name"], periods[key]))
        workbook_charts.place(self.sheet, row, charts)

    def _steps(self, tally: Tally, whole: Amount) -> Any:
        """From list value to pocket margin, as far as the reader may see it; gives back its chart."""
        look = self.looks
        steps = steps_of(self.audience, tally, whole)
        revenue = next(step.amount for step in steps if step.is_revenue)
        rows = [
            [(step.name, look.text), (step.amount, look.money), (_ratio(step.amount, revenue), look.share)]
            for step in steps
        ]
        heads = [_Head(phrase("Step")), _Head(phrase("Money")), _Head(phrase("Of revenue"))]
        first, last = self._table(phrase("From list price to pocket margin"), heads, rows)
        names, money = (Column(self.sheet.name, place, first, last) for place in (1, 2))
        least = min(step.amount for step in steps)
        return workbook_charts.bars(look.book, phrase("From list price down"), names, money, least)

    def _split(
        self, title: str, first_head: str, parts: Sequence[tuple[str, Amount]], whole: Amount
    ) -> "dict[str, Column]":
        """The lines by something, in whole money that adds up; where its columns are."""
        look = self.looks
        heads = {
            "name": _Head(first_head.capitalize()),
            "lines": _Head(phrase("Lines")),
            "revenue": _Head(phrase("Revenue")),
            "shortfall": _Head(phrase("Shortfall"), Secret.FLOOR),
            "share": _Head(phrase("Of shortfall"), Secret.FLOOR),
            "discount": _Head(phrase("Discount")),
            "margin": _Head(phrase("Margin"), Secret.COST),
        }
        money = in_whole_money([amount for _, amount in parts])
        rows = [
            [
                (name, look.text),
                (amount.lines, look.count),
                (revenue, look.money),
                (shortfall, look.money),
                (_ratio(amount.shortfall, whole.shortfall), look.share),
                (amount.discount, look.share),
                (amount.margin, look.share),
            ]
            for (name, amount), (revenue, shortfall) in zip(parts, money, strict=True)
        ]
        first, last = self._table(title, list(heads.values()), rows)
        shown = [key for key, head in heads.items() if self.audience.sees(head.secret)]
        return {key: Column(self.sheet.name, place, first, last) for place, key in enumerate(shown, 1)}

    def _what_if(self, what_if: WhatIf) -> None:
        heads = [
            _Head("", Secret.COST),
            *(_Head(words, Secret.COST) for words in (phrase("Now"), phrase("Then"), phrase("Change"))),
        ]
        self._table(
            phrase("What if {changes}", changes=", ".join(what_if.changes)),
            heads,
            [
                [
                    (cell, self.looks.text if place == 0 else self.looks.right)
                    for place, cell in enumerate(row)
                ]
                for row in what_if_rows(what_if)
            ],
        )

    def _statuses(self, tally: Tally, whole: Amount, *, is_first: bool) -> None:
        status_row, groups = self.row + 2, self.audience.statuses
        self._table(
            phrase("Lines by status"),
            [_Head(phrase("Status"), Secret.FLOOR), *_heads()],
            [
                *self._counted(
                    {status_word(statuses[0]): tally.total(statuses=statuses) for statuses in groups}, whole
                ),
                *self._counted({phrase("All lines"): whole}, whole),
            ],
        )
        self.looks.tint(self.sheet, status_row, 1, self.row, 1)
        for row, statuses in enumerate(groups, status_row + 1) if is_first else ():
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

    def _counted(self, amounts: Mapping[str, Amount], whole: Amount) -> list[list[Cell]]:
        """Lines, revenue and shortfall of some parts, in whole money that adds up."""
        look = self.looks
        return [
            [
                (label, look.text),
                (amount.lines, look.count),
                (_ratio(amount.lines, whole.lines), look.share),
                (revenue, look.money),
                (_ratio(amount.revenue, whole.revenue), look.share),
                (shortfall, look.money),
                (_ratio(amount.shortfall, whole.shortfall), look.share),
            ]
            for (label, amount), (revenue, shortfall) in zip(
                amounts.items(), in_whole_money(list(amounts.values())), strict=True
            )
        ]

    def _table(
        self, title: str, heads: Sequence[_Head], all_rows: Sequence[Sequence[Cell]]
    ) -> tuple[int, int]:
        """A table with the columns that the reader may see; gives back its first row and its last."""
        shown = [place for place, head in enumerate(heads) if self.audience.sees(head.secret)]
        rows = [[row[place] for place in shown] for row in all_rows]
        self.row += 1
        self._cells([(title, self.looks.section)])
        right = {
            column
            for row in rows
            for column, (cell, look) in enumerate(row)
            if isinstance(cell, int | float) or look is self.looks.right
        }
        self._cells(
            [
                (heads[place].words, self.looks.head_number if column in right else self.looks.head)
                for column, place in enumerate(shown)
            ]
        )
        first = self.row
        for row in rows:
            self._cells(row)
        return first, max(first, self.row - 1)

    def _cells(self, cells: Sequence[Cell]) -> None:
        """Write a row."""
        for column, (cell, look) in enumerate(cells, 1):
            if isinstance(cell, str):
                self.sheet.write_string(self.row, column, cell[:LONGEST], look)
            elif cell is not None:
                self.sheet.write_number(self.row, column, cell, look)
        self.row += 1
