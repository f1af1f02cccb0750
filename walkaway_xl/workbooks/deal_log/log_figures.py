"""Figures about the log as a whole, each calculated once and shown wherever it is needed."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import put
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.deal_log import verdicts
from walkaway_xl.workbooks.deal_log.deals import whole
from walkaway_xl.workbooks.deal_log.log_lists import LogLists
from walkaway_xl.workbooks.sections.lists import SEVERITIES

GRID = RowGrid(label="B", value="C", unit="D", words="F", words_end="H", dated=None, height=19.5)


def write(sheet: Worksheet, top: int, deals: Worksheet, lists: LogLists) -> tuple[dict[str, str], int]:
    """Write the figures from a row on; returns their references by key and the next free row."""
    blocks.section(sheet, f"B{top}", "The log in figures")
    blocks.note(sheet, f"C{top}", "Start and Review show these.")
    heads = {"B": "Figure", "C": "Value", "F": "In words"}
    blocks.table_head(sheet, top + 1, heads, numbers="C", span=("B", "H"))
    lines = (*_verdict_lines(deals, lists), *_money(), *_habits(deals, lists), *_standing(lists))
    figures = blocks.result_rows(sheet, top + 2, lines, GRID)
    for row in range(top + 2, top + 2 + len(lines)):
        put(sheet, f"E{row}", None, "wx Label")
    return figures, top + 2 + len(lines)


def _verdict_lines(deals: Worksheet, lists: LogLists) -> tuple[Line, ...]:
    """Negotiations and money of each verdict."""
    lines = []
    for status in verdicts.VERDICTS:
        key, cell, verdict_cells = verdicts.key(status), lists.verdict(status), whole(deals, "verdict")
        lines += [
            Line(
                f"count_{key}",
                f"Negotiations: {status.word}",
                f"COUNTIF({verdict_cells},{cell})",
                number_format=style.WHOLE,
            ),
            Line(
                f"amount_{key}",
                f"Amount: {status.word}",
                f"SUMIF({verdict_cells},{cell},{whole(deals, 'amount')})",
                number_format=style.MONEY,
            ),
        ]
    return tuple(lines)


def _money() -> tuple[Line, ...]:
    return (
        Line(
            "agreed",
            "Deals made",
            "{count_bad_deal}+{count_thin_deal}+{count_good_deal}+{count_strong_deal}",
            number_format=style.WHOLE,
        ),
        Line(
            "left",
            "Talks left without a deal",
            "{count_no_offer}+{count_missed_deal}+{count_good_no_deal}",
            number_format=style.WHOLE,
        ),
        Line("closed", "Negotiations with a verdict", "{agreed}+{left}", number_format=style.WHOLE),
        Line(
            "won",
            "Won",
            "{amount_thin_deal}+{amount_good_deal}+{amount_strong_deal}",
            "wx Output",
            number_format=style.MONEY,
            words="How much better the deals are than their walk-aways.",
        ),
        Line(
            "protected",
            "Protected",
            "{amount_good_no_deal}",
            "wx Output",
            number_format=style.MONEY,
            words="What the last offers would have cost that were rightly left.",
        ),
        Line(
            "lost",
            "Lost",
            "-{amount_bad_deal}",
            "wx Output",
            number_format=style.MONEY,
            words="How much worse the bad deals are than their walk-aways.",
        ),
        Line(
            "missed",
            "Missed",
            "-{amount_missed_deal}",
            "wx Output",
            number_format=style.MONEY,
            words="What the last offers would have brought that were wrongly left.",
        ),
    )


def _habits(deals: Worksheet, lists: LogLists) -> tuple[Line, ...]:
    def mean(key: str) -> str:
        column = whole(deals, key)
        return f'IF(COUNT({column})=0,"",AVERAGE({column}))'

    def count(key: str) -> str:
        return f"SUM({whole(deals, key)})"

    without_deal = f"{whole(deals, 'outcome')},{lists.no_deal()}"
    signed, own = whole(deals, "signed"), Ref(lists.levels).nth(0)
    return (
        Line(
            "score", "Average way to the target", mean("score"), "wx Output %", words="0 % is the walk-away."
        ),
        Line(
            "thin_share",
            "Deals too close to the walk-away",
            'IF({agreed}=0,"",{count_thin_deal}/{agreed})',
            "wx Output %",
            words="Share of all deals within a tenth of the way from the walk-away.",
        ),
        Line(
            "miss",
            "Midpoint forecast, average miss",
            mean("miss"),
            "wx Output %",
            words="How far the price ends from the middle of the two opening offers.",
        ),
        Line(
            "beyond",
            "Better than the midpoint, on average",
            mean("beyond"),
            "wx Calc %",
            number_format=style.SHARE_DELTA,
            words="Below 0, the other side opens or holds better than you.",
        ),
        Line("zone_share", "Average share of the zone", mean("zone_share"), "wx Calc %"),
        Line(
            "ratio",
            "Conceded per 1 gained, on average",
            mean("ratio"),
            words="Above 1, you give more than you get.",
        ),
        Line("rounds", "Average rounds", mean("rounds"), number_format=style.ONE_DECIMAL),
        Line("days", "Average days", mean("days"), number_format=style.ONE_DECIMAL),
        Line(
            "loosened",
            "Walk-aways loosened during the talks",
            count("loosened"),
            "wx Output",
            number_format=style.WHOLE,
        ),
        Line(
            "called_back",
            "Called back after we left",
            f"COUNTIFS({without_deal},{whole(deals, 'called_back')},{YES})",
            "wx Output",
            number_format=style.WHOLE,
        ),
        Line(
            "above_limit",
            "Deals signed above the own limit",
            f'COUNTIFS({whole(deals, "deal")},1,{signed},"?*",{signed},"<>"&{own})',
            number_format=style.WHOLE,
        ),
        Line(
            "runs",
            "Red flags: RUN",
            f"COUNTIF({whole(deals, 'flag')},{SEVERITIES['RUN']})",
            number_format=style.WHOLE,
        ),
    )


def _standing(lists: LogLists) -> tuple[Line, ...]:
    """Which word stands for the log, and which advice comes first: the first line with 1 decides."""

    def first(keys: tuple[str, ...]) -> str:
        return f"MATCH(1,{{{keys[0]}}}:{{{keys[-1]}}},0)"

    stands = (
        ("none", "Nothing has ended yet", "--({closed}=0)"),
        ("costly", "More lost and missed than won and protected", "--({lost}+{missed}>{won}+{protected})"),
        ("leaks", "A bad or missed deal, or a loosened walk-away",
         "--({count_bad_deal}+{count_missed_deal}+{loosened}>0)"),
        ("sound", "Otherwise", "1"),
    )  # fmt: skip
    says = (
        ("waits", "Advice: nothing has ended", "--({closed}=0)"),
        ("bad", "Advice: bad deals", "--({count_bad_deal}>0)"),
        ("misses", "Advice: missed deals", "--({count_missed_deal}>0)"),
        ("drifts", "Advice: loosened walk-aways", "--({loosened}>0)"),
        ("thins", "Advice: thin deals", f"--(SUM({{thin_share}})>={lists.thin_limit})"),
        ("fine", "Advice: otherwise", "1"),
    )
    flags = [Line(key, label, formula, number_format=style.WHOLE) for key, label, formula in (*stands, *says)]
    return (
        *flags,
        Line(
            "standing",
            "The log stands at",
            first(tuple(key for key, *_ in stands)),
            number_format=style.WHOLE,
        ),
        Line(
            "advises",
            "Advice that comes first",
            first(tuple(key for key, *_ in says)),
            number_format=style.WHOLE,
        ),
    )
