"""What of a workbook is for the other side, and what is for nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.draft import KNOWN_NAME, PRIVATE_NAME, SHARE_SAFE_NAME
from walkaway_xl.workbooks.book_format import HIDDEN
from walkaway_xl.workbooks.named_cells import Block, Spot, UnreadableNameError, block, blocks, stored_cells

# Private whatever the name of the private cells says: it may have been narrowed.
ALWAYS_PRIVATE = ("wx_walkaway", "wx_target", "wx_wish", "wx_buffer", "wx_batna", "wx_batna_floor")


class ShareError(WalkawayError):
    """A workbook that no copy can be made of, and why."""


@dataclass(frozen=True)
class Page:
    """What of a sheet the other side gets: the rows and columns of an area that are in view."""

    area: Block
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def cells(self, sheet: Worksheet) -> list[Cell]:
        """The cells of the page that the file holds, in reading order."""
        rows, columns = set(self.rows), set(self.columns)
        return [
            cell for cell in stored_cells(sheet, self.area) if cell.row in rows and cell.column in columns
        ]


def pages(workbook: Workbook) -> list[Page]:
    """The pages for the other side, in the order of their sheets.

    Raises
    ------
    ShareError
        There is none, or it is hidden, or its name no longer says which cells it has.
    """
    safe_pages = []
    for sheet in workbook.worksheets:
        name = sheet.defined_names.get(SHARE_SAFE_NAME)
        for area in _blocks(workbook, name) if name is not None else ():
            if area.sheet != sheet.title:
                raise ShareError(
                    phrase(
                        "the name {share_safe_name} of {title} stands for cells of {sheet}",
                        share_safe_name=SHARE_SAFE_NAME,
                        title=sheet.title,
                        sheet=area.sheet,
                    )
                )
            if sheet.sheet_state != "visible":
                raise ShareError(
                    phrase(
                        "{title} is hidden; unhide it and look at it before you give it away",
                        title=sheet.title,
                    )
                )
            safe_pages.append(_page(sheet, area))
    if not safe_pages:
        raise ShareError(phrase("no sheet of this workbook is meant for the other side"))
    return safe_pages


def _page(sheet: Worksheet, area: Block) -> Page:
    filled = [cell for cell in stored_cells(sheet, area) if cell.value not in (None, "")]
    printed = sheet.print_area.rpartition("!")[2] if sheet.print_area else ""
    # Below what is printed, rows to fill in are for us alone.
    last_printed = block(sheet.title, printed).bottom if printed else area.top
    bottom = min(area.bottom, max([last_printed, *(cell.row for cell in filled)]))
    right = min(area.right, max([cell.column for cell in stored_cells(sheet, area)], default=area.left))
    hidden_rows = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_columns = {column for column, dimension in _columns(sheet) if dimension.hidden}
    return Page(
        area,
        tuple(row for row in range(area.top, bottom + 1) if row not in hidden_rows),
        tuple(column for column in range(area.left, right + 1) if column not in hidden_columns),
    )


def _columns(sheet: Worksheet) -> Iterator[tuple[int, ColumnDimension]]:
    """Each column with what is said of it; programs store neighbours that are alike together."""
    for letter, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letter)
        for column in range(first, (dimension.max or first) + 1):
            yield column, dimension


def widths(sheet: Worksheet) -> dict[str, float]:
    """Widths of columns by their letters."""
    return {get_column_letter(column): dimension.width for column, dimension in _columns(sheet)}


def private(workbook: Workbook) -> list[Block]:
    """What never reaches the other side.

    Raises
    ------
    ShareError
        The workbook no longer says what is private.
    """
    name = workbook.defined_names.get(PRIVATE_NAME)
    if name is None:
        raise ShareError(
            phrase(
                (
                    "this workbook does not say what is private: its name {private_name} was "
                    "deleted. Bring it back from an older version of the file, or print the "
                    "page to PDF"
                ),
                private_name=PRIVATE_NAME,
            )
        )
    always = [workbook.defined_names[key] for key in ALWAYS_PRIVATE if key in workbook.defined_names]
    areas = [area for defined in (name, *always) for area in _blocks(workbook, defined)]
    return list(dict.fromkeys(areas))


def known(workbook: Workbook) -> list[Block]:
    """What both sides have said: offers, and what they consist of."""
    name = workbook.defined_names.get(KNOWN_NAME)
    return [] if name is None else _blocks(workbook, name)


def _blocks(workbook: Workbook, name: DefinedName) -> list[Block]:
    try:
        return blocks(workbook, name)
    except UnreadableNameError as error:
        raise ShareError(
            phrase("nobody can tell what is private: {error}. Mend it in the list of names", error=error)
        ) from error


def named_spots(workbook: Workbook) -> dict[Spot, str]:
    """The names of single cells."""
    names = {}
    for text, name in workbook.defined_names.items():
        try:
            areas = blocks(workbook, name)
        except UnreadableNameError:
            continue  # of somebody else's
        is_shown = text != PRIVATE_NAME and not text.startswith(HIDDEN)
        if is_shown and len(areas) == 1 and areas[0].size == 1:
            names[areas[0].first] = text
    return names
