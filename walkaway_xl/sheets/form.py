"""Facts to fill in one below the other: each is stated once; cells, validation and names follow from it."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs
from walkaway_xl.sheets.cell_writing import Value, put, reference
from walkaway_xl.sheets.draft import Draft


@dataclass(frozen=True)
class Field:
    """One row to fill in."""

    key: str
    label: str
    kind: inputs.Kind
    unit: Value = ""
    prompt: str = ""
    default: Value = None
    number_format: str | None = None
    title: str = ""
    """Title of the message to whoever types; the label, if not given."""
    words: str = ""
    """What it means."""
    is_sourced: bool = True
    """Whether it is asked where the figure comes from and since when it holds, on forms that ask for it."""

    @property
    def message(self) -> tuple[inputs.Kind, str, str]:
        """What is said to whoever types into it, and held against it."""
        return self.kind, self.title or self.label, self.prompt


def _ends(columns: str) -> tuple[str, str]:
    first, _, last = columns.partition(":")
    return first, last


@dataclass(frozen=True)
class Form:
    """Where label and value stand, and what stands beside them."""

    label: str
    """A column; of several, "B:F", the others are its background."""
    value: str
    """A column; of several, "C:G", a text runs over the others."""
    label_style: str = "wx Label"
    prefix: str = ""
    """Stands before the keys in the names of the inputs."""
    height: float | None = 21
    unit: str = ""
    """The column of the unit."""
    words: str = ""
    """The column of what a field means."""
    is_named: bool = True
    """Whether a file fills it in, by the names of its inputs; if not, they are settings."""
    source: str = ""
    """Columns for where the figure comes from."""
    dated: str = ""
    """The column for the day on which the figure was true."""
    look: Mapping[str, Any] = field(default_factory=dict)
    """Where the values differ from their style, as `put` takes it."""
    lines: int = 1
    """How many lines a text may have; of several, they give the height."""

    def write(self, draft: Draft, sheet: Worksheet, top: int, fields: Sequence[Field]) -> dict[str, str]:
        """Write the rows, and let the draft know them; returns the reference of each value by its key."""
        references: dict[str, str] = {}
        row = top
        # What stands one below the other and takes the same gets one rule.
        for _, alike in itertools.groupby(fields, lambda entry: entry.message):
            group = tuple(alike)
            for number, entry in enumerate(group):
                references[entry.key] = self._write_row(draft, sheet, row + number, entry)
                if number == 0 and not _ends(self.value)[1]:
                    letter = self.value
                    kind, title, prompt = entry.message
                    cells = f"{letter}{row}:{letter}{row + len(group) - 1}" if group[1:] else f"{letter}{row}"
                    inputs.validate(sheet, cells, kind, title, prompt)
                self._write_basis(draft, sheet, row + number, entry)
            row += len(group)
        return references

    def _write_row(self, draft: Draft, sheet: Worksheet, row: int, entry: Field) -> str:
        if self.lines > 1:
            sheet.row_dimensions[row].height = blocks.text_height(self.lines)
        elif self.height is not None:
            sheet.row_dimensions[row].height = self.height
        (label, background), (letter, until) = _ends(self.label), _ends(self.value)
        if background:
            blocks.band(sheet, label, background, row, self.label_style)
        put(sheet, f"{label}{row}", entry.label, self.label_style)
        if until:
            kind, title, prompt = entry.message
            cell = blocks.text_input(sheet, letter, until, row, title, prompt, kind=kind, lines=self.lines)
        else:
            pattern = entry.number_format or entry.kind.number_format
            looks = {"number_format": pattern, **self.look}
            cell = reference(
                sheet, put(sheet, f"{letter}{row}", entry.default, entry.kind.style_name, **looks).coordinate
            )
        if self.unit:
            put(sheet, f"{self.unit}{row}", entry.unit, "wx Unit")
        if self.words:
            put(sheet, f"{self.words}{row}", entry.words, "wx Words")
        know = draft.take if self.is_named else draft.keep
        know(f"{self.prefix}{entry.key}", cell, entry.kind, entry.label)
        return cell

    def _write_basis(self, draft: Draft, sheet: Worksheet, row: int, entry: Field) -> None:
        """Where the figure comes from, and since when it holds."""
        if self.source and entry.is_sourced:
            first, last = _ends(self.source)
            prompt = "Where the figure comes from, or what you assumed."
            source = blocks.text_input(
                sheet, first, last, row, "Source or assumption", prompt, "wx Data text"
            )
            draft.take(f"source.{entry.key}", source, inputs.TEXT, f"{entry.label}: source or assumption")
        if self.dated and entry.is_sourced:
            cell = put(sheet, f"{self.dated}{row}", None, "wx Data date").coordinate
            inputs.validate(sheet, cell, inputs.DATE, "As of", "The day this figure was true.")
            draft.take(f"as_of.{entry.key}", reference(sheet, cell), inputs.DATE, f"{entry.label}: as of")
