"""Where things stand in a workbook of a price negotiation."""

from walkaway_xl.sheets.blocks import RowGrid
from walkaway_xl.sheets.cell_writing import widths
from walkaway_xl.workbooks.sections import offer_log, plan_sheet

START, PREPARE, PLAN, TALKS, BRIEF, CARD, CHECKS = SHEETS = (
    "Start",
    "Prepare",
    "Plan",
    "Talks",
    "Brief",
    "For them",
    "Checks",
)

PREPARE_WIDTHS = widths(2.5, 5, 17, 26, 15, 14, 12, 13, 12, 13, 9, 13, 14, 2.5)
PLAN_WIDTHS = widths(2.5, 50, 17, 17, 14, 14, 2.2, 24, 8, 16, 2.5)
TALKS_WIDTHS = widths(2, 7.5, 12, 12, 12, 11, 11, 11, 11, 18, 10, 9, 34.5, 2)
CHECKS_WIDTHS = widths(2.5, 46, 24, 14, 16, 16, 16, 72, 12, 12, 12, 12)

PREPARE_GRID = RowGrid(label="B", value="E", unit="F", words="G", words_end="L", dated="M")

TALKS_LOG_ROW = 14
TALKS_CHART_ROWS = 15
NEXT_STEP = "E10"  # on Talks
TRADES_ROW = 48  # on Plan
READY_ROW = TRADES_ROW + plan_sheet.TRADES.rows + 3  # below them
ZONE, STATE, IMPLIED = "B7", "B7", "G7"  # on Plan and on Talks


def chart_row(has_parts: bool) -> int:
    """Where the chart of the offers begins on Talks: below the log, parts, a gap and its heading."""
    return TALKS_LOG_ROW + offer_log.ROUNDS + 3 + has_parts * 2 * offer_log.PARTS_HEIGHT
