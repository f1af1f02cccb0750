"""The workbook as a whole: the order in which its sheets are written, its checks and its names."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import reference, set_widths, widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.deal_log import deals, log_figures, log_lists, log_start, post_mortem
from walkaway_xl.workbooks.deal_log.deals import whole
from walkaway_xl.workbooks.deal_log.log_lists import LogLists
from walkaway_xl.workbooks.sections import checks
from walkaway_xl.workbooks.sections.checks import Check

TITLE, NAME = "Deal log and post-mortem", "deal_log"
VERDICTS_NAME, AMOUNTS_NAME = "wx_deal_verdicts", "wx_deal_amounts"
"""Names of two columns of Deals."""
STAMP = "walkaway-xl  ·  deal_log  ·  v1.0"
START, REVIEW, CHECKS = "Start", "Review", "Checks"
SHEETS = (START, deals.TITLE, REVIEW, CHECKS)
CHECK_COUNT = 13
WIDTHS = widths(2.5, 50, 19, 13, 15, 46, 26, 40, 2.5)
FACTS = (
    Field(
        "team",
        "Team or company",
        inputs.TEXT,
        prompt="Whose negotiations these are. It stands in the title.",
    ),
    Field("owner", "Kept by", inputs.TEXT, prompt="Who sees to it that every end gets its row."),
    Field(
        "currency",
        "Currency",
        inputs.TEXT,
        prompt="One for the whole log, as EUR: its amounts are added up.",
    ),
)


def build() -> Draft:
    """Build the workbook, blank."""
    draft = Draft.new(TITLE, NAME, SHEETS)
    first, log, review, control = (draft.sheet(title) for title in SHEETS)
    master = checks.master(control)
    facts, row = _write_facts(draft, control, checks.FIRST_ROW + CHECK_COUNT + 1)
    lists, row = log_lists.write(draft, control, row, _preparation_workbooks())
    deals.write(draft, lists, facts, master)
    draft.print_rows("deals", deals.SHORTEST_PRINT, lambda last: _print_until(draft, lists, last))
    figures, row = log_figures.write(control, row, log, lists)
    last = row
    figures |= {"used": f"SUM({whole(log, 'used')})"}
    post_mortem.write(review, log, lists, figures, master)
    area = charts.DataArea(control, row + 1)
    blocks.section(control, f"B{area.row}", "Chart data")
    blocks.note(
        control, f"C{area.row}", "Positions and live labels of the charts. Nothing here needs typing."
    )
    area.row += 1
    decimals = area.reference(f"C{area.write('Decimals of chart labels', 0, number_format=style.WHOLE)}")
    rules = charts.scale_rules(area, decimals)
    log_start.write(log_start.Page(draft, first, log, area, rules, lists, figures), facts, STAMP, master)
    _write_checks(draft, _checks(log, facts, figures, lists), lists, last)
    _name_cells(draft, log, figures)
    for sheet in draft.workbook:
        sheet.sheet_properties.tabColor = style.ACCENT
    return draft


def _print_until(draft: Draft, lists: LogLists, last: int) -> None:
    deals.show_until(draft.sheet(deals.TITLE), last)
    draft.cell(lists.printed).value = last


def _preparation_workbooks() -> tuple[str, ...]:
    """Names of the templates that a negotiation can be prepared with."""
    from walkaway_xl.workbooks import TEMPLATES  # the list of all templates knows this one

    return tuple(template.name for template in TEMPLATES if template.has_example and template.name != NAME)


def _write_facts(draft: Draft, sheet: Worksheet, row: int) -> tuple[dict[str, str], int]:
    blocks.section(sheet, f"B{row}", "About this log")
    blocks.table_head(sheet, row + 1, {"B": "Fact", "C": "Value"}, span=("B", "H"))
    facts = Form("B", "C:D").write(draft, sheet, row + 2, FACTS)
    return facts, row + 6


def _checks(
    log: Worksheet, facts: Mapping[str, str], figures: Mapping[str, str], lists: LogLists
) -> tuple[Check, ...]:
    none = "--({value}=0)"

    def rows(*conditions: str) -> str:
        return f"SUMPRODUCT({','.join(conditions)})"

    def is_one(key: str) -> str:
        return f"--({whole(log, key)}=1)"

    table = reference(log, f"B{deals.FIRST}:{deals.TABLE.letters['rank']}{deals.LAST}")
    total = "{won}+{protected}-{lost}-{missed}".format(**figures)
    return (
        Check("Negotiations in the log", figures["used"], "--({value}>0)", "Fill in the first row of Deals."),
        Check(
            "Ended without a verdict",
            figures["count_not_ready"],
            none,
            "Filter Verdict on Deals for NOT READY. Lists below say what may be missing.",
        ),
        Check(
            "Ended without a lesson",
            f"SUM({whole(log, 'silent')})",
            none,
            "Write one sentence into the column Lesson of Deals.",
        ),
        Check(
            "Bad or missed deals without a lesson",
            rows(is_one("costly"), is_one("silent")),
            none,
            "These have cost most. Say what you do differently.",
        ),
        Check(
            "Loosened walk-aways without a lesson",
            rows(is_one("loosened"), is_one("silent")),
            none,
            "Say why the walk-away moved, and who let it.",
        ),
        Check(
            "Ended without a date",
            rows(is_one("closed"), f'--({whole(log, "ended")}="")'),
            none,
            "Fill in Ended on Deals: without it the score is missing on Start.",
        ),
        Check(
            "Ended before they began",
            f'COUNTIF({whole(log, "days")},"<0")',
            none,
            "Correct one of the two dates on Deals.",
        ),
        Check(
            "Deals that nobody signed",
            f'COUNTIFS({whole(log, "deal")},1,{whole(log, "signed")},"")',
            none,
            "Fill in Who signed on Deals.",
        ),
        Check("Currency", f'--({facts["currency"]}<>"")', "--({value}=1)", "Fill in the currency below."),
        Check(
            "Amounts by verdict less the amounts of all rows",
            f"ABS({total}-SUM({whole(log, 'amount')}))",
            "--({value}<={tolerance}*MAX(1,ABS(" + total + ")))",
            "A formula on Deals was changed. Undo it.",
            style.PRICE,
        ),
        Check(
            "Verdicts that differ from the add-in's own",
            f"SUM({whole(log, 'differs')})",
            none,
            "The add-in and the formulas disagree: a formula on Deals was changed. Undo it.",
        ),
        Check(
            "Rows beyond the printed pages",
            f'COUNTIF({whole(log, "number")},">"&{lists.printed})',
            none,
            "Set the print area of Deals to the last row; then correct Lists below.",
        ),
        Check(
            "Errors in the table",
            f"SUMPRODUCT(--ISERROR({table}))",
            none,
            "An error was pasted in. Look for #.",
        ),
    )


def _write_checks(draft: Draft, rows: Sequence[Check], lists: LogLists, last: int) -> None:
    sheet = draft.sheet(CHECKS)
    set_widths(sheet, WIDTHS)
    blocks.header(
        sheet,
        "Checks",
        "Every check should pass before the log is read. Lists, figures and chart data follow below.",
        "B",
        "H",
        Privacy.PRIVATE,
    )
    checks.write_checks(draft, sheet, rows, lists.tolerance)
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:I{last}", Privacy.PRIVATE, one_page=False)
    protect(sheet)


def _name_cells(draft: Draft, log: Worksheet, figures: Mapping[str, str]) -> None:
    """Stable anchors for tests and formulas of your own."""
    for name, key in (
        ("wx_deals_closed", "closed"),
        ("wx_value_won", "won"),
        ("wx_value_protected", "protected"),
        ("wx_value_lost", "lost"),
        ("wx_value_missed", "missed"),
        ("wx_average_score", "score"),
        ("wx_too_close_share", "thin_share"),
        ("wx_forecast_miss", "miss"),
        ("wx_walkaways_loosened", "loosened"),
        ("wx_called_back", "called_back"),
    ):
        draft.name(name, figures[key])
    checks.name_front(draft, draft.sheet(START))
    draft.name(VERDICTS_NAME, whole(log, "verdict"))
    draft.name(AMOUNTS_NAME, whole(log, "amount"))
    draft.name("wx_deal_table", reference(log, f"B{deals.HEAD}:{deals.READ_LAST}{deals.LAST}"))
