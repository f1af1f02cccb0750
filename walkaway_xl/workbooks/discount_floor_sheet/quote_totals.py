"""Figures about the quote as a whole, each calculated once and shown wherever it is needed."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import put
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import whole
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import STATUSES, QuoteLists

GRID = RowGrid(label="B", value="C", unit="D", words="F", words_end="H", dated=None, height=19.5)


def write(
    sheet: Worksheet, top: int, quote: Worksheet, lists: QuoteLists, policy: PolicyCells
) -> tuple[dict[str, str], int]:
    """Write the figures from a row on; returns their references by key and the next free row."""
    blocks.section(sheet, f"B{top}", "The quote in figures")
    blocks.note(sheet, f"C{top}", "Start and Quote show these. A line counts as soon as it is ready.")
    blocks.table_head(
        sheet, top + 1, {"B": "Figure", "C": "Value", "F": "In words"}, numbers="C", span=("B", "H")
    )
    lines = (*_status_lines(quote, lists), *_figures(quote, lists, policy))
    figures = blocks.result_rows(sheet, top + 2, lines, GRID)
    for row in range(top + 2, top + 2 + len(lines)):
        put(sheet, f"E{row}", None, "wx Label")
    return figures, top + 2 + len(lines)


def _status_lines(quote: Worksheet, lists: QuoteLists) -> tuple[Line, ...]:
    """Lines and revenue of each status."""
    lines = []
    for number, status in enumerate(STATUSES):
        key = status.word.lower().replace(" ", "_")
        cell = Ref(lists.status_labels).nth(number)
        counted, summed = f"COUNTIF({whole(quote, 'status')},{cell})", whole(quote, "net_value")
        lines += [
            Line(f"lines_{key}", f"Lines: {status.word}", counted, number_format=style.WHOLE),
            Line(
                f"revenue_{key}",
                f"Revenue: {status.word}",
                f"SUMIF({whole(quote, 'status')},{cell},{summed})",
                number_format=style.MONEY,
            ),
        ]
    return tuple(lines)


def _figures(quote: Worksheet, lists: QuoteLists, policy: PolicyCells) -> tuple[Line, ...]:
    def of(key: str) -> str:
        return whole(quote, key)

    def worth(*keys: str) -> str:
        """Sum over the lines of the columns times the quantity; what is blank counts as 0."""
        return f"SUMPRODUCT({','.join(of(key) for key in (*keys, 'qty'))})"

    some = "{list_total}>0"

    def if_some(formula: str) -> str:
        return f'IF({some},{formula},"")'

    def if_ready(formula: str) -> str:
        return f'IF({{ready}}=0,"",{formula})'

    def deeper(limit: str, only: str = "--") -> str:
        reach = f"{lists.tolerance}*MAX(1,ABS({limit}),ABS({{discount}}))"
        return if_some(f"{only}({limit}<{{discount}}-{reach})")

    worst = "({lines_below_cost}=0)*(1+({lines_below_floor}=0)*(1+({lines_near_floor}=0)))"
    kept = "(1-SUM({is_loss}))*(1+(1-SUM({is_below}))*(1+1-SUM({is_near})))"
    return (
        Line("used", "Lines begun", f"SUM({of('used')})", number_format=style.WHOLE),
        Line(
            "ready",
            "Lines ready",
            f"SUM({of('ready')})",
            number_format=style.WHOLE,
            words="Quantity, list, cost and class are there, and no discount is above 100 %.",
        ),
        Line("list_total", "Quote at list prices", f"SUM({of('list_value')})", number_format=style.MONEY),
        Line(
            "net_total",
            "Quote after discounts",
            f"SUM({of('net_value')})",
            "wx Output",
            number_format=style.MONEY,
        ),
        Line(
            "discount",
            "Blended discount",
            if_some("1-{net_total}/{list_total}"),
            "wx Output %",
            words="Weighted by list value, not by line.",
        ),
        Line("earned", "Earned after cost and leakage", f"SUM({of('earned')})", number_format=style.MONEY),
        Line(
            "margin",
            "Quote margin",
            'IF({net_total}>0,{earned}/{net_total},"")',
            "wx Output %",
            words="Of the invoice, after leakage.",
        ),
        Line(
            "deepest",
            "Blended discount at the floors",
            if_some(f"1-{worth('floor')}/{{list_total}}"),
            "wx Calc %",
            words="If every line stood exactly at its floor.",
        ),
        Line(
            "near_limit",
            "Blended discount where NEAR FLOOR begins",
            if_some(f"1-{worth('near_price')}/{{list_total}}"),
            "wx Calc %",
        ),
        Line(
            "loss_limit",
            "Blended discount at break-even",
            if_some(f"1-{worth('cost_price')}/{{list_total}}"),
            "wx Calc %",
        ),
        Line(
            "is_near", "Quote is near its floor or worse", deeper("{near_limit}"), number_format=style.WHOLE
        ),
        Line("is_below", "Quote is below its floor", deeper("{deepest}"), number_format=style.WHOLE),
        Line(
            "is_loss",
            "Quote is below cost and floor",
            deeper("{loss_limit}", "{is_below}*"),
            number_format=style.WHOLE,
        ),
        Line(
            "code_of_lines",
            "Status code of the worst line",
            f"CHOOSE(1+({some}),1,1+1+{worst})",
            number_format=style.WHOLE,
            words="Place in the list of statuses.",
        ),
        Line(
            "code_blended",
            "Status code of all lines together",
            f"CHOOSE(1+({some}),1,1+1+{kept})",
            number_format=style.WHOLE,
        ),
        Line(
            "code",
            "Status code of the quote",
            f"CHOOSE(1+{policy.is_blended},{{code_of_lines}},{{code_blended}})",
            number_format=style.WHOLE,
            words="Policy says which of the two decides.",
        ),
        Line(
            "status_by_lines",
            "Status by its worst line",
            f"INDEX({lists.words},{{code_of_lines}})",
            "wx Output text",
        ),
        Line(
            "status_blended",
            "Status of all lines together",
            f"INDEX({lists.words},{{code_blended}})",
            "wx Output text",
            words="One good line may carry a bad one here; the lines still need their signatures.",
        ),
        Line(
            "status",
            "Status of the quote",
            f"INDEX({lists.words},{{code}})",
            "wx Output text",
            words="By its worst line or by all lines together, as Policy says.",
        ),
        Line(
            "list_margin",
            "Margin at list prices, before leakage",
            if_some(f"1-{worth('ready', 'cost')}/{{list_total}}"),
            "wx Calc %",
        ),
        Line("room", "Margin after the discounts, of list", if_some("{list_margin}-{discount}"), "wx Calc %"),
        Line(
            "breakeven",
            "Break-even volume",
            f'CHOOSE(1+({some})+(SUM({{room}})>{lists.tolerance}),"","cannot pay",'
            f"{{discount}}/MAX({lists.tolerance},SUM({{room}})))",
            "wx Output %",
            number_format=style.number_format("+#,##0 %"),
            words="More units that must sell to earn what list prices would: discount ÷ (margin − discount).",
        ),
        Line(
            "lines_below",
            "Lines below floor or cost",
            "{lines_below_floor}+{lines_below_cost}",
            number_format=style.WHOLE,
        ),
        Line(
            "revenue_below",
            "Revenue below floor",
            "{revenue_below_floor}+{revenue_below_cost}",
            "wx Output",
            number_format=style.MONEY,
            words="Lines below their floor or even below cost.",
        ),
        Line(
            "worst_headroom",
            "Least headroom",
            if_ready(f"MIN({of('headroom')})"),
            "wx Calc %",
            number_format=style.SHARE_DELTA,
        ),
        Line(
            "worst_line",
            "Worst line",
            if_ready(f"MATCH({{worst_headroom}},{of('headroom')},0)"),
            "wx Output",
            number_format=style.WHOLE,
            words="The line furthest beyond its floor, in points of discount.",
        ),
        Line("rank", "Rank needed for the quote", if_ready(f"MAX({of('rank')})"), number_format=style.WHOLE),
        Line(
            "signer",
            "Who signs the quote",
            if_ready(f"INDEX({policy.with_nobody('name')},{{rank}})"),
            "wx Output text",
            words="The most senior of all that the lines need.",
        ),
        Line(
            "signer_lines",
            "Lines that need this signature",
            if_ready(f"COUNTIF({of('rank')},{{rank}})"),
            number_format=style.WHOLE,
        ),
        Line(
            "tier_over",
            "Lines with a tier discount above the schedule",
            f"SUM({of('tier_over')})",
            number_format=style.WHOLE,
        ),
        Line(
            "open_below",
            "Lines below floor without a valid exception",
            f"SUM({of('unapproved')})",
            number_format=style.WHOLE,
        ),
    )
