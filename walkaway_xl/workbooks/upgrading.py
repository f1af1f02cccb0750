"""An older workbook's inputs in today's template, and what has no place there any more, in words."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils.datetime import from_excel, to_excel

from walkaway_xl import formats
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.draft import Draft, Input
from walkaway_xl.sheets.inputs import TEXT
from walkaway_xl.sheets.word_list import PREFIX
from walkaway_xl.workbooks import Template, book_format, template
from walkaway_xl.workbooks.book_format import BookFormat
from walkaway_xl.workbooks.filling import fill_what_fits
from walkaway_xl.workbooks.named_cells import Spot, named_column, stored_cells

Values = dict[str, Any]


class UpgradeError(WalkawayError):
    """A workbook that cannot be taken over, and why."""


@dataclass(frozen=True)
class Upgraded:
    """Today's workbook with the inputs of an older one."""

    template: Template
    draft: Draft
    number: int
    """The format that the older one has."""
    count: int
    """How many of its inputs hold something that was taken over."""
    left: tuple[str, ...]
    """What was not taken over, and why."""
    frozen: tuple[str, ...]
    """Formulas that somebody typed into inputs: their values were taken over."""

    @property
    def is_current(self) -> bool:
        """Whether the older one has today's format already."""
        return self.number == formats.number(self.template.name, book_format.asked(self.draft))


def upgraded(values: Workbook, formulas: Workbook) -> Upgraded:
    """Move the inputs of a workbook into today's template.

    Parameters
    ----------
    values, formulas : Workbook
        The same workbook, read with its values and with its formulas.

    Raises
    ------
    FormatError, UpgradeError
        It does not say what it is, or a newer version made it.
    """
    marks = book_format.read(values)
    chosen = template(marks.template)
    draft = chosen.build()
    refuse_newer(marks, draft)
    old = _Old(values, formulas, marks)
    settings, left = old.fitting(draft, marks.settings, draft.settings)
    refused = fill_what_fits(draft, draft.settings, settings)
    # A word of a house is one of its settings, so it must stand there before an input chooses it.
    inputs, left_of_inputs = old.fitting(draft, marks.inputs, draft.inputs)
    refused |= fill_what_fits(draft, draft.inputs, _written_plainly(draft, inputs))
    left += left_of_inputs
    for name, why in refused.items():
        key = old.keys[name]
        spot = marks.inputs.get(key) or marks.settings[key]
        left.append(phrase("{what}; {why}", what=old.named(spot, key), why=why))
    taken = [name for name, value in (settings | inputs).items() if value != "" and name not in refused]
    return Upgraded(
        chosen,
        draft,
        marks.number,
        len(taken),
        (*left, *old.beyond()),
        tuple(old.typed_formulas()),
    )


def _written_plainly(draft: Draft, given: Values) -> Values:
    """Write the numbers that stand where words belong, as an article's own number; gives back the rest."""
    rest: Values = {}
    for key, value in given.items():
        asked = draft.inputs[key]
        if asked.kind.rule == TEXT.rule and isinstance(value, int | float):
            draft.cell(asked.reference).value = value
        else:
            rest[key] = value
    return rest


def refuse_newer(marks: BookFormat, draft: Draft) -> None:
    """Refuse a workbook of a format that is not known yet."""
    current = formats.number(marks.template, book_format.asked(draft))
    if marks.number > current:
        raise UpgradeError(
            phrase(
                "this workbook has format {number}, and this version knows {current}; install a newer one: "
                "pip install --upgrade walkaway-xl",
                number=marks.number,
                current=current,
            )
        )


class _Old:
    """The workbook that is taken over."""

    def __init__(self, values: Workbook, formulas: Workbook, marks: BookFormat):
        self.values, self.formulas, self.marks = values, formulas, marks
        self.words = _words(values)
        self.keys: dict[str, str] = {}
        """The keys of the workbook by the names of today's inputs."""
        self.spots = {*marks.inputs.values(), *marks.settings.values()}

    def cell(self, spot: Spot) -> Cell:
        """The cell of an input, with its value."""
        return self.values[spot.sheet].cell(spot.row, spot.column)

    def fitting(
        self, draft: Draft, spots: Mapping[str, Spot], inputs: Mapping[str, Input]
    ) -> tuple[Values, list[str]]:
        """Values for the inputs of today's workbook, and what does not fit there."""
        given: Values = {}
        left: list[str] = []
        names = book_format.keys(inputs)
        for key, spot in spots.items():
            cell = self.cell(spot)
            if name := names.get(key):
                self.keys[name] = key
                value, why = self._converted(draft, cell, inputs[name])
                if why:
                    left.append(phrase("{what}; {why}", what=self.named(spot, key), why=why))
                else:
                    given[name] = value
            elif cell.value not in (None, ""):
                left.append(phrase("{what}; nothing asks for it any more", what=self.named(spot, key)))
        return given, left

    def _converted(self, draft: Draft, cell: Cell, asked: Input) -> tuple[Any, str]:
        """What a cell holds, as an input of that kind takes it; or why it cannot."""
        value, kind = cell.value, asked.kind
        if value is None or value == "":
            return "", ""
        if cell.data_type == "e":
            return None, phrase("it is an error, which no cell takes over")
        epoch = self.values.epoch
        if kind.rule == "date":
            if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
                value = from_excel(value, epoch)
            if isinstance(value, datetime) and value.time() == time():
                value = value.date()
            return value, ""
        if kind.number is not None:
            if isinstance(value, date):  # a number that somebody has shown as a day
                value = to_excel(value, epoch)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return value, "" if is_number else phrase("it is a text, where a number belongs")
        if kind.rule == "list":
            return (self._chosen(draft, kind.low or "", value) if isinstance(value, str) else value), ""
        return (to_excel(value, epoch) if isinstance(value, date) else value), ""

    def _chosen(self, draft: Draft, words: str, shown: str) -> str:
        """A word of a list as today's workbook says it."""
        begin = words.removesuffix("words")
        for name in self.words.get(shown, ()):
            if name.startswith(begin) and name in draft.workbook.defined_names:
                return str(draft.cell(draft.workbook.defined_names[name].attr_text).value)
        return shown

    def named(self, spot: Spot, key: str) -> str:
        """Where something stands, what it is called there, and what it is."""
        cell = self.cell(spot)
        label = self._label(spot, is_column=book_format.ROW.fullmatch(key) is not None)
        return f"{spot.address} ({label or key}): {_shown(cell.value)}"

    def _label(self, spot: Spot, *, is_column: bool) -> str:
        """What a sheet calls a cell: the head above it in a table, else the words at its left."""
        sheet = self.values[spot.sheet]
        above = (Spot(spot.sheet, row, spot.column) for row in range(spot.row - 1, 0, -1))
        beside = (Spot(spot.sheet, spot.row, column) for column in range(spot.column - 1, 0, -1))
        for place in (*(above if is_column else ()), *beside):
            words = sheet.cell(place.row, place.column).value
            if isinstance(words, str) and words.strip() and place not in self.spots:
                return words
        return ""

    def typed_formulas(self) -> Iterator[str]:
        """Inputs in which somebody has typed a formula."""
        for key, spot in (*self.marks.settings.items(), *self.marks.inputs.items()):
            text = self.formulas[spot.sheet].cell(spot.row, spot.column)
            if text.data_type == "f":
                yield phrase(
                    "{what} is the value of {formula}; type it again if it is to follow",
                    what=self.named(spot, key),
                    formula=text.value,
                )

    def beyond(self) -> Iterator[str]:
        """What the workbook holds beside its inputs, and only the old file keeps."""
        for key in self.marks.lost:
            yield phrase("{key}: its cell was deleted", key=key)
        for sheet in self.values:
            if sheet.title not in self.marks.sheets:
                yield phrase("the sheet {title}: it is your own", title=sheet.title)
                continue
            for cell in stored_cells(sheet):
                if cell.comment is not None:
                    address = Spot(sheet.title, cell.row, cell.column).address
                    yield phrase("{address}: your comment", address=address)


def _words(values: Workbook) -> dict[str, list[str]]:
    """Names of the cells that hold a word of a list, by what they show."""
    words: dict[str, list[str]] = {}
    for name in values.defined_names:
        if name.startswith(PREFIX) and len(column := named_column(values, name)) == 1:
            words.setdefault(str(column[0]), []).append(name)
    return words


def _shown(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return (
        value.isoformat()
        if isinstance(value, date)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
