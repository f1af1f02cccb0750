"""A workbook under construction, with the notes that the package step needs to finish it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import DataBarRule
from openpyxl.utils import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import style
from walkaway_xl.sheets.cell_writing import reference, said_text, tab_title
from walkaway_xl.sheets.inputs import Kind
from walkaway_xl.sheets.ref import Ref, joined
from walkaway_xl.sheets.word_list import WordList

# Every workbook carries this date: two people who make the same template get the same bytes.
ISSUED = datetime(2026, 1, 1)

SHARE_SAFE_NAME = "wx_share_safe"
"""On each sheet that may be shown: the cells that a copy for the other side takes over."""
KNOWN_NAME = "wx_known"
"""The cells that hold what both sides have said: a page for them may repeat it."""
PRIVATE_NAME = "wx_private"
"""The cells that nothing in such a copy may repeat or depend on."""


@dataclass(frozen=True)
class ChartNote:
    """What a screen reader says about a chart. openpyxl has no place for it."""

    name: str
    description: str


@dataclass(frozen=True)
class DataBar:
    """A solid data bar with a fixed scale. openpyxl writes only the gradient bar of 2007."""

    cells: str
    low: float
    high: float


@dataclass(frozen=True)
class Input:
    """A cell to fill in: where it is, what it accepts, and what it is called."""

    reference: Ref
    kind: Kind
    label: str

    @property
    def place(self) -> tuple[str, str]:
        """Title of its sheet, and the cell there."""
        return self.reference.sheet, self.reference.cells


@dataclass(frozen=True)
class PrintedTable:
    """A table of which the printed pages show so many rows as are filled in, and no fewer than `least`.

    A print area cannot grow by itself in every program: LibreOffice takes a formula in its name for no print
    area at all and prints the working columns too. So it ends at the last row that there is when the workbook
    is made, and a check says when rows lie beyond it.
    """

    least: int
    show: Callable[[int], None]
    """Lets the pages end at that row of the table."""


@dataclass
class Draft:
    """An openpyxl workbook and what openpyxl cannot say about it."""

    workbook: Workbook
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    """By their English titles, whatever their tabs say."""
    inputs: dict[str, Input] = field(default_factory=dict)
    settings: dict[str, Input] = field(default_factory=dict)
    """Open cells that stay with the workbook, as constants are: no deal brings them along."""
    printed: dict[str, PrintedTable] = field(default_factory=dict)
    """By the name of the table."""
    word_lists: dict[str, WordList] = field(default_factory=dict)
    """By the name of their cells."""
    chart_notes: dict[str, list[ChartNote]] = field(default_factory=dict)
    data_bars: dict[str, list[DataBar]] = field(default_factory=dict)

    @classmethod
    def new(cls, title: str, subject: str, sheets: Iterable[str]) -> "Draft":
        """Start a workbook with our styles and empty sheets in the given order, by their English titles."""
        workbook = Workbook()
        workbook.remove(workbook.active)
        style.dress(workbook)
        by_name = {name: workbook.create_sheet(tab_title(name)) for name in sheets}
        assert list(map(tab_title, by_name)) == workbook.sheetnames, "two tabs would be called alike"
        properties = workbook.properties
        properties.title, properties.subject, properties.creator = said_text(title), subject, "walkaway-xl"
        properties.created = properties.modified = ISSUED
        workbook.calculation.fullCalcOnLoad = True
        return cls(workbook, by_name)

    def sheet(self, name: str) -> Worksheet:
        """The sheet of that English title."""
        return self.sheets[name]

    def cell(self, reference: str) -> Cell:
        """The cell that a reference names."""
        place = Ref(reference)
        return self.workbook[place.sheet][place.cells]

    def name(self, name: str, reference: str, *, is_hidden: bool = False) -> None:
        """Give a headline cell its defined name, the anchor for the add-in, the tests and the share copy.

        A hidden one is for programs only: lists of names do not show it.
        """
        self.workbook.defined_names[name] = DefinedName(name, attr_text=reference, hidden=is_hidden or None)

    def name_words(self, words: WordList, cells: str) -> None:
        """Name the cells of a column that holds the words of a list, and all of them together."""
        column = Ref(cells)
        self.word_lists[words.column] = words
        self.name(words.column, column)
        for index, word in enumerate(words.words):
            self.name(words[word], column.nth(index))

    def share(self, sheet: Worksheet, cells: str) -> None:
        """Let a copy for the other side take over cells of a sheet."""
        reaches = DefinedName(SHARE_SAFE_NAME, attr_text=reference(sheet, cells))
        sheet.defined_names[SHARE_SAFE_NAME] = reaches

    def keep_private(self, references: Iterable[str]) -> None:
        """Name the cells that must not reach the other side, neither as they are nor calculated."""
        self.name(PRIVATE_NAME, ",".join(joined(references)))

    def take(self, name: str, reference: str, kind: Kind, label: str) -> None:
        """Know an input by a name, so that it can be filled in from outside."""
        self.inputs[name] = Input(Ref(reference), kind, label)

    def keep(self, name: str, reference: str, kind: Kind, label: str) -> None:
        """Know a setting by a name, so that it can be taken over into another workbook of the template."""
        self.settings[name] = Input(Ref(reference), kind, label)

    def print_rows(self, table: str, least: int, show: Callable[[int], None]) -> None:
        """Let the printed pages end at the last row of a table that is filled in, or at the least."""
        self.printed[table] = PrintedTable(least, show)
        show(least)

    def take_rows(
        self,
        table: str,
        sheet: Worksheet,
        first: int,
        last: int,
        columns: Mapping[str, tuple[str, Kind, str]],
    ) -> None:
        """Know the cells of a table as table.1.key, table.2.key …; a column is its letter, kind and label."""
        for number, row in enumerate(range(first, last + 1), 1):
            for key, (letter, kind, label) in columns.items():
                self.take(f"{table}.{number}.{key}", reference(sheet, f"{letter}{row}"), kind, label)

    def add_chart(self, sheet: Worksheet, chart: ChartBase, cells: str, name: str, description: str) -> None:
        """Place a chart over a range of cells, with its name and its text for screen readers."""
        left, top, right, bottom = range_boundaries(cells)
        anchor: Any = TwoCellAnchor(
            editAs="oneCell",
            _from=AnchorMarker(col=left - 1, row=top - 1),
            to=AnchorMarker(col=right, row=bottom),
        )
        chart.anchor = anchor
        sheet.add_chart(chart)
        note = ChartNote(said_text(name), said_text(description))
        self.chart_notes.setdefault(sheet.title, []).append(note)

    def add_data_bar(self, sheet: Worksheet, cells: str, low: float, high: float) -> None:
        """Solid bars in cells; beside a number, so the number itself is not shown."""
        rule = DataBarRule(
            "num", low, "num", high, color=style.ACCENT_BAR, showValue=False, minLength=0, maxLength=100
        )
        sheet.conditional_formatting.add(cells, rule)
        self.data_bars.setdefault(sheet.title, []).append(DataBar(cells, low, high))
