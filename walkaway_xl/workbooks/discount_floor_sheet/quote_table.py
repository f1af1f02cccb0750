"""The quote: a table of 500 lines with filled-down formulas, and the tiles above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put, set_heights, set_widths
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
    SCREEN_LAST,
    TABLE,
    WORKING_FIRST,
)
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

SHORTEST_PRINT = 40  # lines that are printed at least: a page
TILE = 6
NARROW = ("line", "tier", "extra1", "extra2", "extra3")
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
    TABLE.write_head(sheet, 44)
    for letter in LETTERS.values():
        put(sheet, f"{letter}{HEAD}", vertical="top")  # the buttons of the filter lie at the bottom
    for key in NARROW:
        put(sheet, f"{LETTERS[key]}{HEAD}", indent=0)
    put(sheet, f"{WORKING_FIRST}{HEAD - 1}", "MORE ABOUT EACH LINE", "wx Overline")
    put(sheet, f"{LETTERS['fingerprint']}{HEAD - 1}", "WORKING COLUMNS", "wx Overline")
    set_widths(sheet, {"A": 2.5})
    sheet.row_dimensions[HEAD - 1].height = 14
    TABLE.write_rows(sheet, sheet_refs.links(sheet), 16.5, lambda row: _dress(sheet, row))
    TABLE.take(draft, sheet, "lines", {"class": sheet_refs.policy.classes["name"]})


def _dress(sheet: Worksheet, row: int) -> None:
    for key in ("line", "signer"):
        put(sheet, f"{LETTERS[key]}{row}", colour=style.SLATE)
    for key in ("line", "signer", "order", "description", "class"):
        put(sheet, f"{LETTERS[key]}{row}", size=10)
    for key in ("floor", "signer", "order", "description", "class", "qty", "list", "cost", "net"):
        put(sheet, f"{LETTERS[key]}{row}", shrink=True)  # gets smaller instead of being cut off
    put(sheet, f"{LETTERS['bar']}{row}", number_format=";;;")


# ---------------------------------------------------------------- tiles


@dataclass(frozen=True)
class Tile:
    """One card above the table: columns it spans, what it is called, its number and the line below."""

    columns: tuple[str, str]
    """Keys of the first and the last."""
    overline: str
    value: str
    caption: str
    number_format: str = style.PRICE_BARE
    size: float = 20
    is_alarmed: Callable[[str], str] | None = None
    """Formula, of the tile's value, for when it is tinted."""


def write_header(sheet: Worksheet, title: str, subtitle: str, tiles: Sequence[Tile], master: str) -> None:
    """Write the head of the sheet and its tiles; they stay in view while lines are edited."""
    blocks.header(sheet, Formula(title), Formula(subtitle), "B", SCREEN_LAST, Privacy.INTERNAL, checks=master)
    paint(sheet, f"{LETTERS['discount']}1:{GAP}1", style_name="wx Bar")
    for number, tile in enumerate(tiles):
        first, last = (LETTERS[key] for key in tile.columns)
        cells = f"{first}{TILE}:{last}{TILE + 2}"
        blocks.tile(
            sheet,
            cells,
            tile.overline,
            Formula(tile.value),
            Formula(tile.caption),
            number_format=tile.number_format,
            size=tile.size,
            gutter=number > 0,
        )
        if tile.is_alarmed:
            condition = tile.is_alarmed(f"${first}${TILE + 1}")
            blocks.tint_when(sheet, cells, condition, style.BELOW_FLOOR.tint, style.INK)
    set_heights(sheet, {2: 4, 5: 6, TILE: 20, TILE + 1: 28, TILE + 2: 20})


def finish(draft: Draft, sheet: Worksheet) -> None:
    """Colours, bars, filter, frozen rows, page, protection."""
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
