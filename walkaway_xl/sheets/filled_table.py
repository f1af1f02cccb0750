"""Tables to fill in, a row for each line or deal: what a person types, and formulas filled down beside it."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula, put, reference, said_formula, set_heights
from walkaway_xl.sheets.draft import Draft

FIRST_COLUMN = 2  # A is the margin


@dataclass(frozen=True)
class Column:
    """One column: typed in, or calculated where it has a formula; in it {key} is another column.

    A column without a key is a gap.
    """

    key: str
    head: str
    style_name: str
    width: float
    formula: str = ""
    number_format: str | None = None
    kind: inputs.Kind | None = None
    """What may be typed into it."""
    prompt: str = ""
    title: str = ""
    """Title of the message to whoever types; the head, if not given."""
    choose: str = ""
    """The prompt, where the words to choose from are known when the table is written."""
    name: str = ""
    """The name by which a file fills it in; the key, if not given."""

    @property
    def is_text(self) -> bool:
        """Whether it stands at the left, as words do."""
        return self.style_name.endswith(("text", "Words", "Status"))


@dataclass(frozen=True)
class FilledTable:
    """Columns from B on, with a row of heads and so many rows below it."""

    columns: tuple[Column, ...]
    head: int
    rows: int

    @property
    def first(self) -> int:
        """The first row below the heads."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row."""
        return self.head + self.rows

    @cached_property
    def letters(self) -> dict[str, str]:
        """Letter of every column by its key."""
        return {column.key: get_column_letter(number) for number, column in self._numbered() if column.key}

    def cells(self, key: str) -> str:
        """All cells of a column, as the sheet itself names them."""
        return f"{self.letters[key]}{self.first}:{self.letters[key]}{self.last}"

    def whole(self, sheet: Worksheet, key: str) -> str:
        """Reference to all cells of a column."""
        return reference(sheet, self.cells(key))

    def write_head(self, sheet: Worksheet, height: float) -> None:
        """Write the heads and set the widths."""
        for number, column in self._numbered():
            letter = get_column_letter(number)
            if column.key:
                look = "wx Head" if column.is_text else "wx Head num"
                put(sheet, f"{letter}{self.head}", column.head, look)
            sheet.column_dimensions[letter].width = column.width
        sheet.row_dimensions[self.head].height = height

    def write_rows(
        self,
        sheet: Worksheet,
        references: Mapping[str, str],
        height: float,
        dress: Callable[[int], None],
    ) -> None:
        """Write every row, with its formulas.

        Parameters
        ----------
        references
            References by the words that the formulas use, beside the keys of the columns, {row}, {above} and
            {head}.
        dress
            Is handed the first row and gives its cells what their styles lack; the rows below look like it.
        """
        self._write_first(sheet, references)
        dress(self.first)
        # Giving each of 25,000 cells its named style takes ten times as long as all the rest.
        looks = {
            number: sheet.cell(self.first, number)._style for number, column in self._numbered() if column.key
        }
        for row in range(self.first + 1, self.last + 1):
            formulas = dict(self._formulas(references, row))
            for number, look in looks.items():
                cell = sheet.cell(row, number)
                cell._style = copy(look)
                if number in formulas:
                    cell.value = "=" + said_formula(formulas[number])
        set_heights(sheet, dict.fromkeys(range(self.first, self.last + 1), height))

    def take(self, draft: Draft, sheet: Worksheet, table: str, words: Mapping[str, str]) -> None:
        """Hold what is typed to what its columns accept, and let the draft know it.

        Parameters
        ----------
        table
            The name of the table, as a file has it.
        words
            The references to the words to choose from, by the keys of their columns.
        """
        for column in self.columns:
            kind = inputs.choice(words[column.key], column.choose) if column.choose else column.kind
            if kind:
                title = column.title or column.head
                inputs.validate(sheet, self.cells(column.key), kind, title, column.prompt)
                typed = {column.name or column.key: (self.letters[column.key], kind, title)}
                draft.take_rows(table, sheet, self.first, self.last, typed)

    def _write_first(self, sheet: Worksheet, references: Mapping[str, str]) -> None:
        for number, column in self._numbered():
            if column.key:
                put(
                    sheet,
                    f"{get_column_letter(number)}{self.first}",
                    None,
                    column.style_name,
                    number_format=column.number_format,
                )
        for number, formula in self._formulas(references, self.first):
            put(sheet, f"{get_column_letter(number)}{self.first}", Formula(formula))

    def _formulas(self, references: Mapping[str, str], row: int) -> Iterator[tuple[int, str]]:
        """Column number and formula of each calculated cell of a row."""
        cells = {key: f"{letter}{row}" for key, letter in self.letters.items()}
        names = {**references, **cells, "row": str(row), "above": str(row - 1), "head": str(self.head)}
        for number, column in self._numbered():
            if column.formula:
                yield number, column.formula.format(**names)

    def _numbered(self) -> Iterator[tuple[int, Column]]:
        return enumerate(self.columns, FIRST_COLUMN)
