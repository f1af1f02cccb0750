"""The quote: a table of 500 lines with filled-down formulas, and the tiles above it."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put, set_heights, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet import quote_columns, quote_links
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import (
    FIRST,
    GAP,
    HEAD,
    LAST,
    LAST_LETTER,
    LETTERS,
    READ_LAST,
    TABLE,
    WORKING_FIRST,
)
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

SHORTEST_PRINT = 40  # lines that are printed at least: a page
TILE = 6
STATUSES = (style.NOT_READY, *style.LINE_STATUSES)
BAR_REACH = 0.5  # headroom at which the bar is full


@dataclass(frozen=True)
class SheetRefs:
    """What the lines look up on other sheets."""

    lists: QuoteLists
    policy: PolicyCells
    exceptions: Worksheet

    def links(self, sheet: Worksheet) -> dict[str, str]:
        """References by the words that the formulas of the columns use; they are links on the sheet."""
        return {
            **quote_links.write(sheet, self.lists, self.policy, self.exceptions),
            "shown_as_column": LETTERS["shown_as"],
        }


def write_lines(draft: Draft, sheet_refs: SheetRefs) -> None:
    """Write the head and all rows: what is typed, and the formulas in every row."""
    sheet = draft.sheet(quote_columns.TITLE)
    TABLE.write_head(sheet, 34)
    put(sheet, f"{LETTERS['line']}{HEAD}", "Line", "wx Head num")
    put(sheet, f"{WORKING_FIRST}{HEAD - 1}", "MORE ABOUT EACH LINE", "wx Overline")
    put(sheet, f"{LETTERS['fingerprint']}{HEAD - 1}", "WORKING COLUMNS", "wx Overline")
    set_widths(sheet, {"A": 2.5})
    sheet.row_dimensions[HEAD - 1].height = 14
    TABLE.write_rows(sheet, sheet_refs.links(sheet), 19.5, lambda row: _dress(sheet, row))
    TABLE.take(draft, sheet, "lines", {"class": sheet_refs.policy.classes["name"]})


def _dress(sheet: Worksheet, row: int) -> None:
    described = sheet[f"{LETTERS['description']}{row}"]
    fitted = copy(described.alignment)
    fitted.shrink_to_fit = True  # a long description gets smaller instead of being cut off
    described.alignment = fitted
    for key in ("line", "signer"):
        put(sheet, f"{LETTERS[key]}{row}", size=10, colour=style.SLATE)
    put(sheet, f"{LETTERS['bar']}{row}", number_format=";;;")


# ---------------------------------------------------------------- tiles


@dataclass(frozen=True)
class Tile:
    """One card above the table: columns it spans, what it is called, its number and the line below."""

    first: str
    last: str
    overline: str
    value: str
    caption: str
    number_format: str = style.PRICE_BARE
    size: float = 20


def write_header(sheet: Worksheet, title: str, subtitle: str, tiles: Sequence[Tile], master: str) -> None:
    """Write the head of the sheet and its tiles; they stay in view while lines are edited."""
    blocks.header(sheet, Formula(title), Formula(subtitle), "B", READ_LAST, Privacy.INTERNAL, checks=master)
    for number, tile in enumerate(tiles):
        blocks.tile(
            sheet,
            f"{tile.first}{TILE}:{tile.last}{TILE + 2}",
            tile.overline,
            Formula(tile.value),
            Formula(tile.caption),
            number_format=tile.number_format,
            size=tile.size,
            gutter=number > 0,
        )
    set_heights(sheet, {TILE: 21, TILE + 1: 30, TILE + 2: 21})


def finish(draft: Draft, sheet: Worksheet, alarms: Sequence[tuple[str, str]]) -> None:
    """Colours, bars, filter, frozen rows, page, protection; `alarms` tint tiles while a condition holds."""
    status, headroom, signer = (LETTERS[key] for key in ("status", "headroom", "signer"))
    blocks.tint_by_status(sheet, f"{status}{FIRST}:{status}{LAST}", f"${status}{FIRST}", STATUSES)
    lost = f"AND(ISNUMBER(${headroom}{FIRST}),SUM(${headroom}{FIRST})<0)"
    blocks.tint_when(
        sheet, f"{headroom}{FIRST}:{headroom}{LAST}", lost, colour=style.NEGATIVE_TEXT, bold=True
    )
    # 2 to 4 of the codes: below cost, below or near the floor.
    code = f"SUM(${LETTERS['code']}{FIRST})"
    needs = f"AND({code}>1,{code}<{len(STATUSES)})"
    blocks.tint_when(sheet, f"{signer}{FIRST}:{signer}{LAST}", needs, colour=style.INK, bold=True)
    for cells, condition in alarms:
        blocks.tint_when(sheet, cells, condition, style.BELOW_FLOOR.tint, style.INK)
    draft.add_data_bar(sheet, f"{LETTERS['bar']}{FIRST}:{LETTERS['bar']}{LAST}", -BAR_REACH, BAR_REACH)
    sheet.auto_filter.ref = f"B{HEAD}:{LAST_LETTER}{LAST}"
    sheet.freeze_panes = f"{LETTERS['class']}{FIRST}"
    pages = _pages(SHORTEST_PRINT)
    set_up_page(sheet, pages, Privacy.INTERNAL, title_rows=f"{HEAD}:{HEAD}", one_page=False)
    protect(sheet)


def show_until(sheet: Worksheet, line: int) -> None:
    """Let the printed pages end at that line."""
    sheet.print_area = _pages(line)


def _pages(lines: int) -> str:
    return f"A1:{GAP}{HEAD + lines}"
