"""Where things stand in a workbook of a price negotiation."""

from walkaway_xl.sheets.blocks import RowGrid
from walkaway_xl.sheets.cell_writing import widths
from walkaway_xl.workbooks.sections import first_screen, offer_log, plan_sheet

START, PREPARE, PLAN, TALKS, BRIEF, CARD, CHECKS = SHEETS = (
    "Start",
    "Prepare",
    "Plan",
    "Talks",
    "Brief",
    "For them",
    "Checks",
)
LEAN_SHEETS = (START, PREPARE, BRIEF, CARD, CHECKS)

PREPARE_WIDTHS = widths(2.5, 5, 17, 26, 15, 14, 12, 13, 12, 13, 9, 13, 14, 2.5)
TALKS_WIDTHS = widths(2, 7.5, 12, 12, 12, 11, 11, 11, 11, 18, 10, 9, 34.5, 2)
CHECKS_WIDTHS = widths(2.5, 46, 24, 14, 16, 16, 16, 72, 12, 12, 12, 12)

PREPARE_GRID = RowGrid(label="B", value="E", unit="F", words="G", words_end="L", dated="M")

TALKS_LOG_ROW = 14
START_LOG_ROW = first_screen.BELOW + 1
TALKS_CHART_ROWS = 15
PLAN_ROW = 6  # on a sheet of its own
TRADES_ROW = 43  # below the first row of the plan
STOPS_ROW = TRADES_ROW + plan_sheet.TRADE_ROWS + 3  # below them


def chart_row(has_parts: bool) -> int:
    """Where the chart of the offers begins on Talks: below the log, parts, a gap and its heading."""
    return TALKS_LOG_ROW + offer_log.ROUNDS + 3 + has_parts * 2 * offer_log.PARTS_HEIGHT
