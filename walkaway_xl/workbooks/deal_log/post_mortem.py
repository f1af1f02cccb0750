"""The post-mortem: what each kind of end brought, who signed, which habits show, what lessons cost most."""

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put, set_widths, widths
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.deal_log import verdicts
from walkaway_xl.workbooks.deal_log.deals import whole
from walkaway_xl.workbooks.deal_log.log_lists import LEVELS, LogLists

WIDTHS = widths(2.5, 34, 15, 13, 19, 2.2, 32, 14, 16, 20, 40, 2.5, 13)
EXTREMES = 5  # deals at each end of the list by amount


def write(
    sheet: Worksheet, deals: Worksheet, lists: LogLists, figures: Mapping[str, str], master: str
) -> None:
    """Write the page."""
    set_widths(sheet, WIDTHS)
    blocks.header(
        sheet,
        "Review",
        "What the log teaches. Read it with the team before the next talks.",
        "B",
        "K",
        Privacy.PRIVATE,
        checks=master,
    )
    row = 6
    end = max(_write_verdicts(sheet, row, figures), _write_signatures(sheet, row, deals, lists))
    end = max(_write_sides(sheet, end + 1, deals, lists), _write_habits(sheet, end + 1, figures))
    count = f"COUNT({whole(deals, 'rank')})"
    costliest = _write_extremes(
        sheet, end + 1, deals, "The costliest ends", "What a bad or missed deal taught.", "{k}", "<0"
    )
    last = _write_extremes(
        sheet,
        costliest + 1,
        deals,
        "The best ends",
        "What a strong deal or a good no-deal taught.",
        count + "+1-{k}",
        ">0",
    )
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:L{last}", Privacy.PRIVATE)
    protect(sheet)


def _write_verdicts(sheet: Worksheet, top: int, figures: Mapping[str, str]) -> int:
    blocks.section(sheet, f"B{top}", "By verdict", 26)
    heads = {"B": "Verdict", "C": "Negotiations", "D": "Share", "E": "Won or protected"}
    blocks.table_head(sheet, top + 1, heads, numbers="CDE", span=("B", "E"))
    first = top + 2
    for row, status in enumerate(verdicts.ENDED, first):
        key = verdicts.key(status)
        sheet.row_dimensions[row].height = 21
        put(sheet, f"B{row}", status.label, "wx Status")
        _write_counts(sheet, row, figures[f"count_{key}"], figures[f"amount_{key}"], figures["closed"])
    blocks.tint_by_status(sheet, f"B{first}:B{first + len(verdicts.ENDED) - 1}", f"$B{first}", verdicts.ENDED)
    row = first + len(verdicts.ENDED)
    sheet.row_dimensions[row].height = 21
    put(sheet, f"B{row}", "All that ended", "wx Output text")
    total = "{won}+{protected}-{lost}-{missed}".format(**figures)
    _write_counts(sheet, row, figures["closed"], total, figures["closed"], "wx Output")
    return row + 1


def _write_counts(
    sheet: Worksheet, row: int, count: str, amount: str, of: str, look: str = "wx Calc"
) -> None:
    put(sheet, f"C{row}", Formula(count), look, number_format=style.COUNT)
    put(sheet, f"D{row}", Formula(f'IF({of}=0,"",C{row}/{of})'), f"{look} %", number_format=style.SHARE_WHOLE)
    put(sheet, f"E{row}", Formula(amount), look, number_format=style.number_format("+#,##0"))


def _write_signatures(sheet: Worksheet, top: int, deals: Worksheet, lists: LogLists) -> int:
    blocks.section(sheet, f"G{top}", "Who signed the deals", 26)
    heads = {"G": "Level", "H": "Deals", "I": "Won", "J": "Way to the target"}
    blocks.table_head(sheet, top + 1, heads, numbers="HIJ", span=("G", "K"))
    rows = [(Ref(lists.levels).nth(number), Ref(lists.levels).nth(number)) for number in range(len(LEVELS))]
    for row, (label, level) in enumerate((*rows, ('"nobody named"', '""')), top + 2):
        _write_group(sheet, row, label, f"{whole(deals, 'deal')},1,{whole(deals, 'signed')},{level}", deals)
    return top + 2 + len(rows) + 1


def _write_sides(sheet: Worksheet, row: int, deals: Worksheet, lists: LogLists) -> int:
    blocks.section(sheet, f"G{row}", "By side, deals only", 26)
    heads = {"G": "Our side", "H": "Deals", "I": "Won", "J": "Way to the target"}
    blocks.table_head(sheet, row + 1, heads, numbers="HIJ", span=("G", "K"))
    for number in range(3):
        side = Ref(lists.sides).nth(number)
        criteria = f"{whole(deals, 'deal')},1,{whole(deals, 'side')},{side}"
        _write_group(sheet, row + 2 + number, side, criteria, deals)
    return row + 5


def _write_group(sheet: Worksheet, row: int, label: str, criteria: str, deals: Worksheet) -> None:
    """One row of a table of groups: how many deals, what they won, how far they came."""
    sheet.row_dimensions[row].height = 21
    blocks.band(sheet, "G", "K", row, "wx Label")
    put(sheet, f"G{row}", Formula(label), "wx Calc text")
    put(sheet, f"H{row}", Formula(f"COUNTIFS({criteria})"), "wx Calc", number_format=style.COUNT)
    amount, score = whole(deals, "amount"), whole(deals, "score")
    put(
        sheet,
        f"I{row}",
        Formula(f"SUMIFS({amount},{criteria})"),
        "wx Calc",
        number_format=style.number_format("+#,##0"),
    )
    average = f'IFERROR(AVERAGEIFS({score},{criteria}),"")'
    put(sheet, f"J{row}", Formula(average), "wx Calc %", number_format=style.SHARE_WHOLE)


def _write_habits(sheet: Worksheet, top: int, figures: Mapping[str, str]) -> int:
    blocks.section(sheet, f"B{top}", "Habits", 26)
    blocks.table_head(sheet, top + 1, {"B": "Figure", "E": "Value"}, numbers="E", span=("B", "E"))
    rows = (
        ("Average way to the target", "score", style.SHARE_WHOLE),
        ("Deals too close to the walk-away", "thin_share", style.SHARE_WHOLE),
        ("Average share of the zone, by estimate", "zone_share", style.SHARE_WHOLE),
        ("Conceded per 1 gained", "ratio", style.PRICE),
        ("Better than the midpoint", "beyond", style.SHARE_DELTA),
        ("Rounds", "rounds", style.ONE_DECIMAL),
        ("Days", "days", style.ONE_DECIMAL),
        ("Walk-aways loosened", "loosened", style.COUNT),
        ("Called back after we left", "called_back", style.COUNT),
        ("Red flags that said RUN", "runs", style.COUNT),
    )
    for row, (label, key, pattern) in enumerate(rows, top + 2):
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "E", row, "wx Label")
        put(sheet, f"B{row}", label, "wx Label")
        put(sheet, f"E{row}", Formula(figures[key]), "wx Calc", number_format=pattern)
    return top + 2 + len(rows)


def _write_extremes(
    sheet: Worksheet, top: int, deals: Worksheet, title: str, remark: str, place: str, criterion: str
) -> int:
    """The rows at one end of the list by amount, with their lessons.

    `place` is the place of the k-th row among all; a row counts while its amount is as `criterion` says.
    """
    blocks.section(sheet, f"B{top}", title, 26)
    blocks.note(sheet, f"C{top}", remark)
    heads = {"B": "Counterpart", "C": "Verdict", "E": "Won or protected", "G": "Lesson"}
    blocks.table_head(sheet, top + 1, heads, numbers="E", span=("B", "K"))
    blocks.table_head(sheet, top + 1, {"M": "Row on Deals"}, numbers="M")
    first = top + 2
    for row in range(first, first + EXTREMES):
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "K", row, "wx Label")
        kth = f"ROWS($A${first}:$A{row})"
        position = f"MATCH({place.format(k=kth)},{whole(deals, 'rank')},0)"
        is_beyond = f'{kth}>COUNTIF({whole(deals, "amount")},"{criterion}")'
        put(sheet, f"M{row}", Formula(f'IF({is_beyond},"",{position})'), "wx Calc", number_format=style.WHOLE)
        for column, key, look in (
            ("B", "counterpart", "wx Calc text"),
            ("C", "verdict", "wx Status"),
            ("E", "amount", "wx Calc"),
            ("G", "lesson", "wx Words"),
        ):
            text = "" if key == "amount" else '&""'
            cell = f'IF(COUNT($M{row})=0,"",INDEX({whole(deals, key)},$M{row}){text})'
            pattern = style.number_format("+#,##0") if key == "amount" else None
            put(sheet, f"{column}{row}", Formula(cell), look, number_format=pattern)
    blocks.tint_by_status(sheet, f"C{first}:D{first + EXTREMES - 1}", f"$C{first}", verdicts.ENDED)
    return first + EXTREMES
