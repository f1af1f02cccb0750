"""A table to fill in: a column is stated once; its head, cells, validation and names follow from that."""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, Value, put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref, right_of


@dataclass(frozen=True)
class Row:
    """A row of a table, as its formulas name the cells: by the keys of the columns."""

    letters: Mapping[str, str]
    number: int
    """From 0 on."""
    sheet_row: int
    first: int
    last: int

    def __getitem__(self, key: str) -> str:
        return f"{self.letters[key]}{self.sheet_row}"

    def above(self, key: str) -> str:
        """The cell in the row above."""
        return f"{self.letters[key]}{self.sheet_row - 1}"

    def top(self, key: str) -> str:
        """The cell in the first row, wherever the formula is copied to."""
        return f"{self.letters[key]}${self.first}"

    def until_here(self, key: str) -> str:
        """The cells from the first row to this one."""
        return f"{self.top(key)}:{self[key]}"

    def whole(self, key: str) -> str:
        """All cells of the column."""
        return f"${self.letters[key]}${self.first}:${self.letters[key]}${self.last}"


@dataclass(frozen=True)
class Column:
    """One column: typed, with a kind; calculated, with a formula; or what its words say."""

    key: str
    """The name by which a file fills it in, and formulas know it."""
    place: str
    """Where it stands: "E", or "G:L" for a text that runs over the cells beside it."""
    head: str | None = None
    kind: inputs.Kind | None = None
    prompt: str = ""
    title: str = ""
    """Title of the message to whoever types; the head, if not given."""
    label: str | Sequence[str] = ""
    """What a file says that it is, for all rows or for each; the title, if not given."""
    formula: Callable[[Row], str | None] | None = None
    words: Sequence[Value] = ()
    """What its cells begin with, from the first row on."""
    style_name: str = ""
    look: Mapping[str, Any] | Callable[[Row], Mapping[str, Any]] = field(default_factory=dict)
    """Where its cells differ from their style, as `put` takes it, in all rows or in each."""
    only: Collection[int] | None = None
    """The rows in which it stands, from 0 on; all of them, if not given."""

    @property
    def letter(self) -> str:
        """Its (first) letter."""
        return self.place.partition(":")[0]

    @property
    def until(self) -> str:
        """The letter of the last cell that it runs over; none if it stays in its own."""
        return self.place.partition(":")[2]

    @property
    def dressed(self) -> str:
        """The named style of its cells."""
        by_nature = self.kind.style_name if self.kind else "wx Calc" if self.formula else "wx Label"
        return self.style_name or by_nature

    @property
    def is_number(self) -> bool:
        """Whether its head stands right, as its numbers do."""
        words = self.dressed.endswith(("text", "Words", "Status", "Label", "Unit"))
        return not words and not (isinstance(self.look, Mapping) and self.look.get("horizontal") == "left")

    @property
    def message(self) -> tuple[inputs.Kind | None, str, str]:
        """What is said to whoever types into it, and held against it."""
        return self.kind, self.title or self.head or "", self.prompt

    def stands_in(self, number: int) -> bool:
        """Whether a row, from 0 on, has a cell of it."""
        return self.only is None or number in self.only

    def label_of(self, number: int) -> str:
        """What a file says that its cell of a row is."""
        label = self.label if isinstance(self.label, str) else self.label[number]
        return label or self.message[1]

    def link(self, sheet: Worksheet, row: Row, formula: str | None, lines: int = 1) -> None:
        """Write its cell of a row that is filled in elsewhere, with room for so many lines of text."""
        if self.kind is None:
            self.write(sheet, row)
            return
        look = self.look(row) if callable(self.look) else self.look
        linked_style = self.kind.style_name.replace("Input", "Link")
        looks = {"number_format": self.kind.number_format, **self._text_look(lines), **look}
        put(sheet, f"{self.letter}{row.sheet_row}", formula and Formula(formula), linked_style, **looks)

    def write(self, sheet: Worksheet, row: Row, lines: int = 1) -> None:
        """Write its cell of a row that has room for so many lines of text."""
        if not self.stands_in(row.number):
            return
        if self.kind and self.until:
            title, prompt = self.message[1:]
            blocks.text_input(
                sheet, self.letter, self.until, row.sheet_row, title, prompt, self.dressed, lines=lines
            )
            return
        value = self.words[row.number] if row.number < len(self.words) else None
        if self.formula:
            formula = self.formula(row)
            if formula is None:
                return
            value = Formula(formula)
        pattern = self.kind.number_format if self.kind else None
        look = self.look(row) if callable(self.look) else self.look
        looks = {"number_format": pattern, **self._text_look(lines), **look}
        put(sheet, f"{self.letter}{row.sheet_row}", value, self.dressed, **looks)

    def _text_look(self, lines: int) -> dict[str, Any]:
        return blocks.text_look(lines) if self.kind == inputs.TEXT else {}


@dataclass(frozen=True)
class Placed:
    """Where a table stands."""

    sheet: Worksheet
    first: int
    last: int
    letters: Mapping[str, str]

    @property
    def next_row(self) -> int:
        """The row below it."""
        return self.last + 1

    def __getitem__(self, key: str) -> Ref:
        """The cells of a column."""
        return self.between(key, key)

    def between(self, first: str, last: str) -> Ref:
        """The cells from one column to another."""
        return reference(self.sheet, f"{self.letters[first]}{self.first}:{self.letters[last]}{self.last}")


@dataclass(frozen=True)
class Table:
    """Columns, how many rows they have, and how the rows look."""

    name: str
    """Its name in a file; without one nobody fills it in."""
    columns: Sequence[Column]
    rows: int
    span: tuple[str, str] | None = ("B", "M")
    """The columns that its rows run over; none for those that it has."""
    background: str = "wx Label"
    """The named style of its rows, where no column stands."""
    numbered: bool = True
    """Whether column B counts the rows."""
    height: float | None = 21
    head_height: float = 22
    lines: int = 1
    """How many lines a text in it may have; of several, they give the height of the rows."""
    linked: Sequence[Mapping[str, str]] = ()
    """Rows above those to fill in, whose values come from elsewhere: formulas by column. They count, too."""
    is_setting: bool = False
    """Whether it stays with the workbook, and no file fills it in."""
    more_heads: Mapping[str, str] = field(default_factory=dict)
    """Heads, by letter, of what another section calculates beside it."""

    def at(self, sheet: Worksheet, top: int) -> Placed:
        """Where it stands if it is written from a row on: the row of its heads, where it has any."""
        first = top + any(column.head is not None for column in self.columns)
        letters = {column.key: column.letter for column in self.columns if column.key}
        return Placed(sheet, first, first + len(self.linked) + self.rows - 1, letters)

    def write(self, draft: Draft, sheet: Worksheet, top: int) -> Placed:
        """Write head and rows from a row on, with validation, and let the draft know what is typed."""
        placed = self.at(sheet, top)
        first, last = placed.first, placed.last
        typed_from = first + len(self.linked)
        if first > top:
            self._write_head(sheet, top)
        for number, row in enumerate(range(first, last + 1)):
            if self.lines > 1:
                sheet.row_dimensions[row].height = blocks.text_height(self.lines)
            elif self.height is not None:
                sheet.row_dimensions[row].height = self.height
            if self.span:
                blocks.band(sheet, *self.span, row, self.background)
            if self.numbered:
                blocks.row_number(sheet, f"B{row}", number + 1)
            for column in self.columns:
                if row < typed_from:
                    formula = self.linked[number].get(column.key)
                    column.link(sheet, Row(placed.letters, number, row, first, last), formula, self.lines)
                else:
                    column.write(sheet, Row(placed.letters, row - typed_from, row, first, last), self.lines)
        typed = [column for column in self.columns if column.kind]
        # What stands side by side and takes the same gets one rule.
        short = (column for column in typed if not column.until)
        for (message, only), alike in itertools.groupby(short, lambda column: (column.message, column.only)):
            kind, title, prompt = message
            assert kind is not None
            ends = [column.letter for column in alike]
            rows = [typed_from + number for number in range(self.rows) if only is None or number in only]
            cells = [f"{ends[0]}{start}:{ends[-1]}{end}" for start, end in _runs(rows)]
            inputs.validate(sheet, " ".join(cells), kind, title, prompt)
        for number in range(self.rows):
            for column in typed:
                if self.name and column.kind and column.key and column.stands_in(number):
                    cell = reference(sheet, f"{column.letter}{typed_from + number}")
                    name = f"{self.name}.{number + 1}.{column.key}"
                    know = draft.keep if self.is_setting else draft.take
                    know(name, cell, column.kind, column.label_of(number))
        return placed

    def _write_head(self, sheet: Worksheet, row: int) -> None:
        heads = {"B": "#"} if self.numbered else {}
        heads |= {column.letter: column.head for column in self.columns if column.head is not None}
        numbers = [column.letter for column in self.columns if column.is_number]
        blocks.table_head(
            sheet,
            row,
            {**heads, **self.more_heads},
            numbers=[*numbers, *self.more_heads],
            span=self.span,
            height=self.head_height,
        )


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow one another."""
    for _, run in itertools.groupby(enumerate(rows), lambda entry: entry[1] - entry[0]):
        numbers = [row for _, row in run]
        yield numbers[0], numbers[-1]


def total(sheet: Worksheet, row: int, letter: str, label: str, formula: str, words: str = "") -> Ref:
    """A line below a table with what it comes to; returns its reference."""
    sheet.row_dimensions[row].height = 21
    blocks.band(sheet, "B", "M", row, "wx Label")
    put(sheet, f"B{row}", label, "wx Label", bold=True)
    put(sheet, f"{letter}{row}", Formula(formula), "wx Output", number_format=style.PRICE)
    put(sheet, right_of(f"{letter}{row}"), words, "wx Words")
    return reference(sheet, f"{letter}{row}")
