"""A short table to fill in: a few rows, some columns to type in and some that are worked out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets.ref import right_of
from walkaway_xl.workbooks import inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, put, reference
from walkaway_xl.workbooks.sections.context import Context


@dataclass(frozen=True)
class Column:
    """One column: typed in, with a kind, or worked out, with a formula of its row."""

    letter: str
    head: str
    kind: inputs.Kind | None = None
    prompt: str = ""
    formula: Callable[[int], str] | None = None
    style_name: str = "wx Calc"
    number_format: str | None = None
    until: str | None = None
    """The last column over which a text runs."""
    key: str = ""
    """What a typed column is called when it is filled in from outside."""


@dataclass(frozen=True)
class SmallTable:
    """Where a table stands."""

    sheet: Worksheet
    first: int
    last: int

    @property
    def next_row(self) -> int:
        """The row below it."""
        return self.last + 1

    def column(self, letter: str) -> str:
        """Reference to a column of the table."""
        return reference(self.sheet, f"{letter}{self.first}:{letter}{self.last}")


def write(
    context: Context,
    sheet: Worksheet,
    row: int,
    name: str,
    columns: Sequence[Column],
    count: int,
    *,
    span: tuple[str, str] = ("B", "M"),
    head_height: float = 34,
) -> SmallTable:
    """Write the table."""
    heads = {"B": "#", **{column.letter: column.head for column in columns}}
    numbers = [column.letter for column in columns if not column.until and not _is_text(column)]
    parts.table_head(sheet, row, heads, numbers=numbers, span=span, height=head_height)
    first, last = row + 1, row + count
    typed = [column for column in columns if column.kind is not None]
    for index in range(count):
        at = first + index
        sheet.row_dimensions[at].height = 21
        parts.band(sheet, *span, at, "wx Label")
        parts.row_number(sheet, f"B{at}", index + 1)
        for column in columns:
            _write_cell(context, sheet, at, column)
            if column.kind is not None and column.key:
                cell = reference(sheet, f"{column.letter}{at}")
                context.draft.take(f"{name}.{index + 1}.{column.key}", cell, column.kind, column.head)
    for column in typed:
        if not column.until:
            assert column.kind is not None
            cells = f"{column.letter}{first}:{column.letter}{last}"
            inputs.validate(sheet, cells, column.kind, column.head, column.prompt)
    return SmallTable(sheet, first, last)


def _is_text(column: Column) -> bool:
    kind = column.kind
    return (
        column.style_name.endswith(("text", "Words", "Status")) if kind is None else "text" in kind.style_name
    )


def _write_cell(context: Context, sheet: Worksheet, at: int, column: Column) -> None:
    cell = f"{column.letter}{at}"
    if column.kind is None:
        assert column.formula is not None
        put(sheet, cell, Formula(column.formula(at)), column.style_name, number_format=column.number_format)
    elif column.until:
        parts.text_input(sheet, column.letter, column.until, at, column.head, column.prompt)
    else:
        pattern = column.number_format or column.kind.number_format
        put(sheet, cell, None, column.kind.style_name, number_format=pattern)


def total(sheet: Worksheet, row: int, letter: str, label: str, formula: str, words: str = "") -> str:
    """A line below a table with what it comes to; returns its reference."""
    sheet.row_dimensions[row].height = 21
    parts.band(sheet, "B", "M", row, "wx Label")
    put(sheet, f"B{row}", label, "wx Label", bold=True)
    put(sheet, f"{letter}{row}", Formula(formula), "wx Output", number_format=style.PRICE)
    put(sheet, right_of(f"{letter}{row}"), words, "wx Words")
    return reference(sheet, f"{letter}{row}")
