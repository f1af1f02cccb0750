"""Where things stand in the seller's workbook."""

from dataclasses import dataclass

from walkaway_xl.workbooks.cells import widths
from walkaway_xl.workbooks.parts import RowGrid
from walkaway_xl.workbooks.sections import alternatives, checks, price_steps, walk_away

STAMP = "walkaway-xl  ·  seller_price  ·  v1.0"
START, PREPARE, PLAN, CARD, TALKS, WORDS, CHECKS = SHEETS = (
    "Start",
    "Prepare",
    "Plan",
    "Table card",
    "Talks",
    "Words & checklist",
    "Checks",
)

PREPARE_WIDTHS = widths(2.5, 5, 17, 35, 15, 14, 12, 13, 12, 13, 7, 13, 14, 2.5)
PLAN_WIDTHS = widths(2.5, 40, 17, 17, 14, 14, 2.2, 24, 8, 16, 2.5)
CARD_WIDTHS = widths(2.5, 34, 40, 30, 14, 22, 2.5)
TALKS_WIDTHS = widths(2.5, 10, 15, 14, 15, 12, 12, 14, 13, 19, 46, 14, 2.5)
WORDS_WIDTHS = widths(2.5, 52, 18, 18, 17, 52, 15, 2.5)
CHECKS_WIDTHS = widths(2.5, 46, 24, 14, 16, 16, 14, 72, 2.5)

PREPARE_GRID = RowGrid(label="B", value="E", unit="F", words="G", words_end="L", dated="M")

TALKS_LOG_ROW = 14
TALKS_LATEST_ROW = 44


CHECK_COUNT = 18
REGISTER_ROWS = 38
LISTS_ROW = checks.FIRST_ROW + CHECK_COUNT + REGISTER_ROWS


@dataclass(frozen=True)
class Prepared:
    """What part 2 and 3 of Prepare hand on."""

    results: dict[str, str]
    options: alternatives.Alternatives
    ladder: price_steps.Ladder
    history: walk_away.History
    alternatives_row: int
    walk_away_row: int
    next_row: int
