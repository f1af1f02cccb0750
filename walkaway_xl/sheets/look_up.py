"""Lists that formulas look up: words and constants, block below block."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs
from walkaway_xl.sheets.cell_writing import Value
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.table import Column, Placed, Table

Constant = tuple[str, str, Value, str]
"""Key, label, value and format."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPAN = ("B", "H")
HEIGHT = 19.5
CONSTANTS = Form(":".join(SPAN), "C", height=HEIGHT, is_named=False)


@dataclass
class LookUp:
    """Lists on a sheet, from a row on; each leaves a row free below it."""

    draft: Draft
    sheet: Worksheet
    row: int

    def words(self, *columns: Column, name: str = "") -> Placed:
        """A list that has a row for each word of its first column; with a name if words of it are typed."""
        rows = len(columns[0].words)
        table = Table(name, columns, rows, SPAN, numbered=False, height=HEIGHT, is_setting=True)
        placed = table.write(self.draft, self.sheet, self.row)
        self.row = placed.next_row + 1
        return placed

    def constants(self, heads: dict[str, str], constants: Sequence[Constant]) -> dict[str, str]:
        """Constants under their heads; returns their references by key."""
        blocks.table_head(self.sheet, self.row, heads, numbers="C", span=SPAN)
        references = CONSTANTS.write(self.draft, self.sheet, self.row + 1, constant_fields(constants))
        self.row += 1 + len(constants) + 1
        return references


def day_words(day: str, months: str) -> str:
    """Formula for a day inside a sentence, with the names of the months from a list of the workbook."""
    return f'DAY({day})&" "&INDEX({months},MONTH({day}))&" "&YEAR({day})'


def constant_fields(constants: Sequence[Constant]) -> list[Field]:
    """Constants as a form takes them."""
    return [
        Field(key, label, inputs.CONSTANT, default=value, number_format=pattern)
        for key, label, value, pattern in constants
    ]
