"""The workbook as a whole: its example, the Start page, the checks, and which sheet knows which."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy import NOBODY
from walkaway_xl.policy.sheet import TITLE as POLICY
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import BannerNumber
from walkaway_xl.sheets.cell_writing import (
    Formula,
    link,
    put,
    quoted,
    reference,
    set_heights,
    set_widths,
    tab_title,
)
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet import (
    customer_copy,
    policy_sheet,
    quote_columns,
    quote_exceptions,
    quote_lists,
    quote_table,
    quote_totals,
)
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import NOBODY_CELL, PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import LETTERS, whole
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists
from walkaway_xl.workbooks.discount_floor_sheet.quote_table import Tile
from walkaway_xl.workbooks.sections import checks
from walkaway_xl.workbooks.sections.checks import Check

TITLE, NAME = "Discount floors of a quote", "discount_floor_sheet"
START, CHECKS = "Start", "Checks"
FACT_ROW, STATUS_ROW, STEP_ROW = 13, 12, 21
CHECK_COUNT = 11
PRIVATE_COLUMNS = ("cost", "margin", "floor", "deepest", "headroom", "status", "signer")
"""Columns of the quote that no copy for the customer may be calculated from."""

ABOUT = Form("I", "J", height=None, look={"horizontal": "left", "indent": 1})
FACTS = (
    Field("number", "Quote number", inputs.TEXT),
    Field("customer", "Customer", inputs.TEXT),
    Field("currency", "Currency", inputs.TEXT, prompt="One for the whole quote, as EUR."),
    Field("prepared_by", "Prepared by", inputs.TEXT),
    Field("as_of", "As of", inputs.DATE, prompt="The day on which exceptions must be valid: usually today."),
    Field("valid_until", "Quote valid until", inputs.DATE, prompt="Shown on the customer copy."),
)


def build() -> Draft:
    """Build the workbook, blank."""
    titles = (START, quote_columns.TITLE, POLICY, quote_exceptions.TITLE, customer_copy.TITLE, CHECKS)
    draft = Draft.new(TITLE, NAME, titles)
    start, quote, _, exceptions, copy, control = (draft.sheet(title) for title in titles)
    master = checks.master(control)

    facts = ABOUT.write(draft, start, FACT_ROW, FACTS)
    lists, row = quote_lists.write(draft, control, checks.FIRST_ROW + CHECK_COUNT + 1)
    policy_cells = policy_sheet.write(draft, lists, master)
    sheet_refs = quote_table.SheetRefs(lists, policy_cells, exceptions)
    quote_table.write_lines(draft, sheet_refs)
    figures, last = quote_totals.write(control, row + 1, quote, lists, policy_cells)
    quote_table.write_header(quote, *_quote_header(facts, figures, lists), master)
    quote_table.finish(draft, quote)
    quote_exceptions.write(draft, quote, lists, policy_cells, facts["as_of"], master)
    customer_copy.write(copy, quote, facts)
    draft.print_rows("lines", quote_table.SHORTEST_PRINT, lambda last: _print_until(draft, lists, last))
    _write_start(start, facts, figures, lists, master)
    _write_checks(draft, _checks(quote, copy, exceptions, facts, figures, policy_cells, lists), lists, last)
    _name_cells(draft, quote, figures)
    draft.share(copy, customer_copy.SHARED)
    of_lines = (quote_columns.whole(quote, key) for key in PRIVATE_COLUMNS)
    draft.keep_private([figures["margin"], figures["revenue_below"], policy_cells.margins, *of_lines])
    return draft


def _print_until(draft: Draft, lists: QuoteLists, last: int) -> None:
    quote_table.show_until(draft.sheet(quote_columns.TITLE), last)
    customer_copy.show_until(draft.sheet(customer_copy.TITLE), last)
    draft.cell(lists.printed).value = last


# ---------------------------------------------------------------- Quote


def _quote_header(
    facts: Mapping[str, str], figures: Mapping[str, str], lists: QuoteLists
) -> tuple[str, str, tuple[Tile, ...]]:
    title = f'"Quote"&IF({facts["number"]}="",""," "&{facts["number"]})'
    pieces = "&".join(f'IF({facts[key]}="","",{facts[key]}&" · ")' for key in ("customer", "currency"))
    subtitle = f'{pieces}&{figures["used"]}&" lines · paste into the blue columns, decide in the yellow ones"'

    def when_ready(key: str) -> str:
        return f'IF({figures["ready"]}=0,"–",{figures[key]})'

    def caption(formula: str) -> str:
        return f'IF({figures["ready"]}=0,"",{formula})'

    def share(key: str) -> str:
        return f'FIXED(100*{figures[key]},1)&" %"'

    points = f"FIXED(100*ABS({figures['worst_headroom']}),1)"
    # What decides stands on the first screen, the rest right of it.
    tiles = (
        Tile(
            ("line", "floor"),
            "Quote margin",
            when_ready("margin"),
            caption(f"INDEX({lists.status_labels},{figures['code']})"),
            style.SHARE_BARE,
        ),
        Tile(
            ("signer", "order"),
            "Who signs",
            when_ready("signer"),
            caption(f'"because of "&{figures["signer_lines"]}&" lines"'),
            "General",
            14,
            is_alarmed=lambda value: f"{value}={NOBODY_CELL}",
        ),
        Tile(
            ("description", "description"),
            "Quote after discounts",
            when_ready("net_total"),
            caption(f'"list value "&FIXED({figures["list_total"]},0)&" · status "&{figures["status"]}'),
            "#,##0",
        ),
        Tile(
            ("class", "list"),
            "Blended discount",
            when_ready("discount"),
            caption(f'"at the floors "&{share("deepest")}'),
            "0.0 %",
        ),
        Tile(
            ("cost", "extra3"),
            "Revenue below floor",
            when_ready("revenue_below"),
            caption(
                f'{figures["lines_below_floor"]}&" lines, and "&{figures["lines_below_cost"]}&" below cost"'
            ),
            "#,##0",
            is_alarmed=lambda value: f"AND(ISNUMBER({value}),SUM({value})>0)",
        ),
        Tile(
            ("discount", "margin"),
            "Worst line",
            caption(f'"Line "&{figures["worst_line"]}'),
            caption(
                f'{points}&CHOOSE(1+({figures["worst_headroom"]}<0)," points of room"," points beyond floor")'
            ),
            "General",
            is_alarmed=lambda value: f"SUM({figures['worst_headroom']})<0",
        ),
        Tile(
            ("deepest", "bar"),
            "Break-even volume",
            when_ready("breakeven"),
            caption('"more units than at list"'),
            '+#,##0 %;"−"#,##0 %;0 %',
        ),
    )
    return title, subtitle, tiles


# ---------------------------------------------------------------- Start


def _write_start(
    sheet: Worksheet, facts: Mapping[str, str], figures: Mapping[str, str], lists: QuoteLists, master: str
) -> None:
    set_widths(
        sheet,
        {
            "A": 2.5,
            "B": 1.4,
            "C": 26,
            "D": 14,
            "E": 14,
            "F": 16,
            "G": 16,
            "H": 2.2,
            "I": 24,
            "J": 46,
            "K": 2.5,
        },
    )
    sheet.sheet_view.showRowColHeaders = False
    title = Formula(f'"Discount floors"&IF({facts["number"]}="",""," · "&{facts["number"]})')
    subtitle = Formula(
        f'IF({facts["customer"]}="","Fill in Policy, then paste lines into Quote. This page sums them up.",'
        f"{facts['customer']})"
    )
    blocks.header(sheet, title, subtitle, "B", "J", Privacy.INTERNAL, home=None, checks=master)
    put(sheet, "C1", NAME, "wx Bar")
    put(sheet, "B3", title, "wx Title", size=26)
    code = figures["code"]

    def number(key: str) -> str:
        return f'IF({figures["ready"]}=0,"–",{figures[key]})'

    signer, open_below = figures["signer"], figures["open_below"]
    beyond = '" lines pass the last limit on Policy: raise their prices, take them out, or widen the limit."'
    which = f"1+({figures['ready']}>0)+({figures['ready']}>0)*({signer}={NOBODY_CELL})"
    advice = (
        f"INDEX({lists.advice},{code})",
        f'"Who signs: "&{signer}&", because of "&{figures["signer_lines"]}&" lines."',
        f"{quoted(NOBODY + ': ')}&{figures['signer_lines']}&{beyond}",
    )
    blocks.verdict_banner(
        sheet,
        6,
        "B",
        "C",
        "J",
        overline="The quote as a whole",
        status=f"INDEX({lists.status_labels},{code})",
        meaning=f"INDEX({lists.meanings},{code})",
        advice=f"CHOOSE({which},{','.join(advice)})",
        numbers=(
            BannerNumber("Quote after discounts", number("net_total"), "F", "G", style.MONEY),
            BannerNumber("Blended discount", number("discount"), "I", "I", style.SHARE),
            BannerNumber("Quote margin", number("margin"), "J", "J", style.SHARE),
        ),
        statuses=quote_table.STATUSES,
    )
    _write_status_table(sheet, figures)
    lacking = f'{open_below}&" lines below floor or cost lack a valid exception: column Exception of Quote."'
    put(sheet, f"C{STEP_ROW - 2}", Formula(f'IF({open_below}=0,"",{lacking})'), "wx Note", indent=1)
    blocks.section(sheet, f"I{STATUS_ROW - 1}", "About this quote", 26)
    blocks.table_head(sheet, STATUS_ROW, {"I": "Fact", "J": "Value"}, span=("I", "J"))
    _write_steps(sheet)
    sheet.freeze_panes = "A2"
    set_up_page(sheet, f"A1:K{STEP_ROW + 7}", Privacy.INTERNAL)
    protect(sheet)


def _write_status_table(sheet: Worksheet, figures: Mapping[str, str]) -> None:
    blocks.section(sheet, f"C{STATUS_ROW - 1}", "Lines by status", 26)
    heads = {"C": "Status", "D": "Lines", "E": "Of lines", "F": "Revenue", "G": "Of revenue"}
    blocks.table_head(sheet, STATUS_ROW, heads, numbers="DEFG", span=("B", "G"))
    order = (style.OK, style.NEAR_FLOOR, style.BELOW_FLOOR, style.BELOW_COST, style.NOT_READY)
    first = STATUS_ROW + 1
    for row, status in enumerate(order, first):
        key = status.word.lower().replace(" ", "_")
        sheet.row_dimensions[row].height = 22
        blocks.band(sheet, "B", "G", row, "wx Label")
        put(sheet, f"C{row}", status.label, "wx Status")
        _write_shares(sheet, row, figures[f"lines_{key}"], figures[f"revenue_{key}"], figures)
    blocks.tint_by_status(sheet, f"C{first}:C{first + len(order) - 1}", f"$C{first}", quote_table.STATUSES)
    row = first + len(order)
    sheet.row_dimensions[row].height = 22
    blocks.band(sheet, "B", "G", row, "wx Output text")
    put(sheet, f"C{row}", "All lines", "wx Output text")
    _write_shares(sheet, row, figures["used"], figures["net_total"], figures, "wx Output")


def _write_shares(
    sheet: Worksheet, row: int, lines: str, revenue: str, figures: Mapping[str, str], look: str = "wx Calc"
) -> None:
    put(sheet, f"D{row}", Formula(lines), look, number_format=style.COUNT)
    put(sheet, f"E{row}", Formula(f'IF({figures["used"]}=0,"",D{row}/{figures["used"]})'), f"{look} %")
    put(sheet, f"F{row}", Formula(revenue), look, number_format=style.MONEY)
    put(
        sheet,
        f"G{row}",
        Formula(f'IF({figures["net_total"]}=0,"",F{row}/{figures["net_total"]})'),
        f"{look} %",
    )


def _write_steps(sheet: Worksheet) -> None:
    blocks.section(sheet, f"C{STEP_ROW - 1}", "How to work with this book", 26)
    steps = (
        (POLICY, "Set minimum margins, leakage and who may sign."),
        (quote_columns.TITLE, "Paste into the blue columns, type discounts into the yellow ones."),
        (quote_columns.TITLE, "Filter the column Status. Raise prices, or ask for an exception."),
        (quote_exceptions.TITLE, "Write down each approval, with the fingerprint of its line."),
        (
            customer_copy.TITLE,
            "walkaway-xl share writes it. Never send the workbook.",
        ),
        (CHECKS, "What is still open, the lists, and the quote in figures."),
    )
    for number, (target, what) in enumerate(steps, 1):
        row = STEP_ROW + number - 1
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "G", row, "wx Label")
        put(
            sheet,
            f"C{row}",
            link(tab_title(target), f"{number}   {target}"),
            "wx Label",
            colour=style.ACCENT,
            bold=True,
        )
        put(sheet, f"D{row}", what, "wx Words")
    blocks.section(sheet, f"I{STEP_ROW - 1}", "Colours", 26)
    for offset, (look, title, meaning) in enumerate(
        (
            ("wx Input text", "yellow, blue text", "a decision: type here"),
            ("wx Data text", "blue text", "data: paste here"),
            ("wx Calc text", "dark text", "calculated: locked, without a password"),
            ("wx Link text", "green text", "taken from another sheet"),
        )
    ):
        put(sheet, f"I{STEP_ROW + offset}", title, look)
        sheet[f"I{STEP_ROW + offset}"].protection = Protection(locked=True)
        put(sheet, f"J{STEP_ROW + offset}", meaning, "wx Words")
    set_heights(sheet, {STEP_ROW + len(steps): 8})


# ---------------------------------------------------------------- Checks and names


def _checks(
    quote: Worksheet,
    copy: Worksheet,
    exceptions: Worksheet,
    facts: Mapping[str, str],
    figures: Mapping[str, str],
    rules: PolicyCells,
    lists: QuoteLists,
) -> tuple[Check, ...]:
    states = quote_exceptions.asked_states(exceptions)
    copy_numbers = reference(copy, f"B{customer_copy.FIRST}:B{customer_copy.LAST}")
    by_status = "+".join(
        figures[f"revenue_{status.word.lower().replace(' ', '_')}"] for status in style.LINE_STATUSES
    )
    table = reference(
        quote, f"{LETTERS['line']}{quote_columns.FIRST}:{quote_columns.LAST_LETTER}{quote_columns.LAST}"
    )
    none, zero = "--({value}=0)", "--({value}<={tolerance}*MAX(1," + figures["net_total"] + "))"
    return (
        Check("Lines on the quote", figures["used"], "--({value}>0)", "Paste lines into Quote."),
        Check(
            "Lines with something missing",
            f"{figures['used']}-{figures['ready']}",
            none,
            "Filter the column Status of Quote for NOT READY.",
        ),
        Check(
            "Parts of the policy that are empty",
            rules.incomplete,
            none,
            "Policy needs a class and somebody who signs.",
        ),
        Check("Faults of the policy", f"SUM({rules.faults})", none, "Policy says what is wrong, at its end."),
        Check("As-of date", f"COUNT({facts['as_of']})", "--({value}=1)", "Fill in the as-of date on Start."),
        Check(
            "Tier discounts above the schedule",
            figures["tier_over"],
            none,
            "Correct them on Quote, or the tiers on Policy.",
        ),
        Check(
            "Approvals that are stale",
            f"COUNTIF({states},{quote_lists.APPROVALS['STALE']})",
            none,
            "The price has changed since. Ask again.",
        ),
        Check(
            "Revenue by status less revenue of the quote",
            f"ABS({by_status}-{figures['net_total']})",
            zero,
            "A formula on Quote was changed. Undo it.",
            style.PRICE,
        ),
        Check(
            "Public lines missing on the customer copy",
            f"COUNT({whole(quote, 'shown_as')})-COUNT({copy_numbers})",
            none,
            "A formula on Customer copy was changed. Undo it.",
        ),
        Check(
            "Lines beyond the printed pages",
            f'COUNTIF({whole(quote, "line")},">"&{lists.printed})',
            none,
            "Set the print areas of Quote and Customer copy to the last line; then correct Lists below.",
        ),
        Check("Errors in the table", f"--ISERROR(SUM({table}))", none, "An error was pasted in. Look for #."),
    )


def _write_checks(draft: Draft, rows: Sequence[Check], lists: QuoteLists, last: int) -> None:
    sheet = draft.sheet(CHECKS)
    set_widths(sheet, {"A": 2.5, "B": 50, "C": 17, "D": 11, "E": 13, "F": 50, "G": 62, "H": 4, "I": 2.5})
    blocks.header(
        sheet,
        "Checks",
        "Every check should pass before the quote leaves. Lists and figures follow below.",
        "B",
        "H",
        Privacy.INTERNAL,
    )
    checks.write_checks(draft, sheet, rows, lists.tolerance)
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:I{last}", Privacy.INTERNAL, one_page=False)
    protect(sheet)


def _name_cells(draft: Draft, quote: Worksheet, figures: Mapping[str, str]) -> None:
    """Stable anchors for the report, the tests and formulas of your own."""
    for name, key in (
        ("wx_lines", "ready"),
        ("wx_quote_at_list", "list_total"),
        ("wx_quote_net", "net_total"),
        ("wx_blended_discount", "discount"),
        ("wx_quote_margin", "margin"),
        ("wx_quote_status", "status"),
        ("wx_breakeven_volume", "breakeven"),
        ("wx_revenue_below_floor", "revenue_below"),
        ("wx_lines_below_floor", "lines_below"),
        ("wx_worst_line", "worst_line"),
        ("wx_quote_signer", "signer"),
    ):
        draft.name(name, figures[key])
    checks.name_front(draft, draft.sheet(START))
    statuses = f"C{STATUS_ROW + 1}:G{STATUS_ROW + len(quote_table.STATUSES)}"
    draft.name("wx_status_list", reference(draft.sheet(START), statuses))
    draft.name(
        "wx_quote_table",
        reference(quote, f"B{quote_columns.HEAD}:{quote_columns.LAST_LETTER}{quote_columns.LAST}"),
    )
