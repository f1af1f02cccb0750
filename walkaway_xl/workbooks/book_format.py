"""Which template a workbook was made from, in which format, and where its inputs are.

All three are hidden names of the workbook: two that stand for a value, and one for each input, setting or
column of a table, called by its key. Names outlive what people do to a workbook: Excel moves them along with
their cells when rows are inserted or sheets renamed, and LibreOffice and openpyxl keep them; LibreOffice only
shows them afterwards. A property of the document lives as long, but cannot follow a cell, and a table of
addresses would be wrong after the first inserted row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from openpyxl import Workbook

from walkaway_xl import formats
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.cell_writing import reference
from walkaway_xl.sheets.draft import Draft, Input
from walkaway_xl.sheets.ref import joined
from walkaway_xl.workbooks.named_cells import Spot, UnreadableNameError, blocks

TEMPLATE_NAME, FORMAT_NAME = "wx_template", "wx_format"
INPUT, SETTING, SHEET = HIDDEN = ("input.", "setting.", "sheet.")
"""What the names of inputs, of settings and of the template's own sheets begin with."""
LONGEST = 80  # characters of what a row is about; a name may have 255
NOT_IN_KEY = re.compile("[^a-z0-9]+")
ROW = re.compile(r"(?P<table>.*)\.(?P<number>\d+)\.(?P<key>[^.]+)")


class FormatError(WalkawayError):
    """A workbook that does not say what it is, and what helps."""


@dataclass(frozen=True)
class BookFormat:
    """What a workbook says of itself."""

    template: str
    number: int
    inputs: Mapping[str, Spot]
    """Where each input is, by its key; nothing for one whose cell was deleted."""
    settings: Mapping[str, Spot]
    sheets: frozenset[str]
    """The titles of the template's own sheets."""
    lost: tuple[str, ...]
    """Names of inputs whose cells were deleted."""


def mark(draft: Draft, template: str) -> None:
    """Let a workbook say what it is, and where its inputs are.

    Parameters
    ----------
    draft : Draft
        The workbook.
    template : str
        The name of its template.
    """
    draft.name(TEMPLATE_NAME, f'"{template}"', is_hidden=True)
    draft.name(FORMAT_NAME, str(formats.number(template, asked(draft))), is_hidden=True)
    for title, sheet in draft.sheets.items():
        draft.name(f"{SHEET}{_slug(title)}", reference(sheet, "A1"), is_hidden=True)
    for begin, cells in ((INPUT, draft.inputs), (SETTING, draft.settings)):
        for key, column in _columns(cells):
            draft.name(f"{begin}{key}", column, is_hidden=True)


def keys(cells: Mapping[str, Input]) -> dict[str, str]:
    """The names of inputs as a draft has them, by the keys that a workbook has.

    They differ in tables whose rows are about something of their own, as red flags are: their key holds its
    words in place of the number, so that a row that comes between moves no answer to another question.
    """
    stable = {}
    for column, names in _by_column(cells).items():
        table, _, key = column.rpartition(".")
        has_own_rows = len({cells[name].label for name in names}) > 1
        for name in names:
            about = f"{table}.{_slug(cells[name].label)}.{key}"
            stable[about if has_own_rows else name] = name
    assert len(stable) == len(cells), "two rows of a table are about the same"
    return stable


def _slug(text: str) -> str:
    return NOT_IN_KEY.sub("_", text.lower()).strip("_")[:LONGEST]


def _columns(cells: Mapping[str, Input]) -> Iterator[tuple[str, str]]:
    """Keys with their cells: a column of a table once, as table.key, where its rows are all there."""
    stable = keys(cells)
    for column, of_column in _by_column(stable).items():
        references = [cells[stable[key]].reference for key in of_column]
        area = joined(references)
        if of_column[1:] and _is_whole(of_column) and len(area) == 1:
            yield column, area[0]
        else:
            yield from zip(of_column, references, strict=True)


def _is_whole(of_column: Iterable[str]) -> bool:
    """Whether the keys of a column are those of all its rows."""
    rows = [ROW.fullmatch(key) for key in of_column]
    return all(row and int(row["number"]) == number for number, row in enumerate(rows, 1))


def _by_column(cells: Iterable[str]) -> dict[str, list[str]]:
    """Keys of inputs by their columns: table.key for table.1.key, table.2.key …"""
    columns: dict[str, list[str]] = {}
    for key in cells:
        row = ROW.fullmatch(key)
        columns.setdefault(f"{row['table']}.{row['key']}" if row else key, []).append(key)
    return columns


def asked(draft: Draft) -> Iterator[str]:
    """What a workbook asks, an entry for each input and column: its key, its rows and what its cells take."""
    for begin, cells in ((INPUT, draft.inputs), (SETTING, draft.settings)):
        stable = keys(cells)
        for column, of_column in _by_column(stable).items():
            kinds = ((cells[stable[key]].kind, ROW.fullmatch(key)) for key in of_column)
            for kind, alike in groupby(kinds, lambda pair: pair[0]):
                rows = [row["number"] if row else "" for _, row in alike]
                words = draft.word_lists.get(kind.low or "")
                # Where a list stands that people fill in is no matter of the format.
                low = ",".join(words.words) if words else "" if kind.rule == "list" else kind.low
                takes = (kind.rule, kind.operator, low, kind.high)
                yield " ".join(map(str, (begin + column, rows[0], rows[-1], *takes)))


def read(workbook: Workbook) -> BookFormat:
    """What a workbook says of itself.

    Parameters
    ----------
    workbook : Workbook
        As somebody has saved it.

    Raises
    ------
    FormatError
        It says nothing: another program made it, or its names were deleted.
    """
    template, number = (_constant(workbook, name) for name in (TEMPLATE_NAME, FORMAT_NAME))
    if not template or not number.isdecimal():
        raise FormatError(
            phrase(
                "this workbook does not say from which template it was made, as those of walkaway-xl new do; "
                "if its hidden names were removed, take an older copy of it"
            )
        )
    spots_of: dict[str, dict[str, Spot]] = {begin: {} for begin in HIDDEN}
    lost = []
    for name, defined in workbook.defined_names.items():
        begin = next((begin for begin in HIDDEN if name.startswith(begin)), None)
        if begin is None:
            continue
        key = name.removeprefix(begin)
        try:
            areas = blocks(workbook, defined)
        except UnreadableNameError:
            lost += [key] if begin != SHEET else []
            continue
        spots = [
            Spot(area.sheet, row, area.left)
            for area in areas
            for row in range(area.top, min(area.bottom, workbook[area.sheet].max_row) + 1)
        ]
        table, _, column = key.rpartition(".")
        is_column = sum(area.size for area in areas) > 1
        spots_of[begin] |= {
            f"{table}.{place}.{column}" if is_column else key: spot for place, spot in enumerate(spots, 1)
        }
    sheets = frozenset(spot.sheet for spots in spots_of.values() for spot in spots.values())
    return BookFormat(template, int(number), spots_of[INPUT], spots_of[SETTING], sheets, tuple(lost))


def _constant(workbook: Workbook, name: str) -> str:
    defined = workbook.defined_names.get(name)
    return "" if defined is None else (defined.attr_text or "").strip('"')
