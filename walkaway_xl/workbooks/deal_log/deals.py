"""The table of negotiations: what a person types about each, and what follows from it."""

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, said_text, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.filled_table import Column, FilledTable
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.word_list import ANSWERS, Verbatim
from walkaway_xl.workbooks.deal_log import log_formulas, verdicts
from walkaway_xl.workbooks.deal_log.log_lists import (
    LEVEL_WORDS,
    OUTCOME_WORDS,
    SIDE_WORDS,
    TEMPLATE_LIST,
    LogLists,
)
from walkaway_xl.workbooks.sections.lists import SEVERITIES

TITLE = "Deals"
ROWS = 100
HEAD = 7
SHORTEST_PRINT = 24  # rows that are printed at least: as many as a page holds
PRINTED_SCALE = 58  # percent; the columns that people read take three pages side by side
CALLED_BACK = inputs.choice(ANSWERS.column, "After you left: did they come back to you?")


def _price(key: str, head: str, prompt: str, width: float = 12, title: str = "") -> Column:
    return Column(key, head, "wx Input", width, kind=inputs.PRICE, prompt=prompt, title=title)


def _chosen(key: str, head: str, width: float, choose: str, look: str = "wx Data text") -> Column:
    return Column(key, head, look, width, choose=choose)


def _typed(
    key: str, head: str, look: str, width: float, kind: inputs.Kind, prompt: str = "", title: str = ""
) -> Column:
    return Column(key, head, look, width, "", kind.number_format, kind, prompt, title)


def _flag(key: str, head: str, formula: str) -> Column:
    return Column(key, head, "wx Calc", 9.5, formula=formula, number_format="0")


def _number(key: str, head: str, formula: str) -> Column:
    return Column(key, head, "wx Calc", 11, formula=formula)


COLUMNS = (
    Column("number", "No.", "wx Calc qty", 5.5, 'IF({used}=0,"",ROWS($A${first}:$A{row}))', "0"),
    _typed(
        "ended",
        "Ended",
        "wx Data date",
        12.5,
        inputs.DATE,
        "The day you agreed or left. Leave it blank while the talks go on.",
    ),
    _typed("counterpart", "Counterpart", "wx Data text", 22, inputs.TEXT, "With whom you negotiated."),
    _typed(
        "subject",
        "What it was about",
        "wx Data text",
        28,
        inputs.TEXT,
        "Goods, service or job, and what the price is for.",
    ),
    _typed("begun", "Begun", "wx Data date", 12.5, inputs.DATE, "The day of the first offer."),
    _chosen("template", "Template", 19, "The workbook you prepared with."),
    _chosen("side", "Our side", 11, "Candidate: you sell your own work."),
    _typed("units", "Units", "wx Data qty", 9, inputs.QUANTITY, "How many the price is for. Blank: one."),
    _price(
        "walkaway",
        "Our walk-away",
        "As it was set before the first offer, for one unit. Never correct it afterwards.",
    ),
    _price("target", "Our target", "The price you wanted. Blank if you had none."),
    _price(
        "their_walkaway",
        "Their walk-away, estimated",
        "Your best estimate, also with hindsight. It gives the share of the zone.",
        13,
        "Their walk-away",
    ),
    _price("our_first", "Our first offer", "Blank if you never named a price."),
    _price("their_first", "Their first offer", "Blank if they never named a price."),
    _price("our_last", "Our last offer", "Blank for a deal: there the agreed price counts."),
    _price("their_last", "Their last offer", "Without a deal, this is what you left."),
    _chosen("outcome", "Outcome", 10.5, "Leave it blank while the talks go on.", "wx Input text"),
    _price("agreed", "Agreed at", "The price of the deal, for one unit. Blank without one."),
    _typed(
        "rounds", "Rounds", "wx Data qty", 8.5, inputs.WHOLE, "How many times offers went back and forth."
    ),
    _chosen("signed", "Who signed", 14, "Whose signature it took. The levels stand on Checks."),
    _chosen("flag", "Worst red flag", 14, "The worst that you saw; blank if there was none."),
    _price(
        "walkaway_end", "Walk-away at the end", "Only if you changed it during the talks. Blank: it stayed."
    ),
    _typed("called_back", "Called back", "wx Data text", 13, CALLED_BACK),
    Column("verdict", "Verdict", "wx Status", 19, formula=log_formulas.VERDICT),
    Column("value", "Won or protected, a unit", "wx Calc", 13, log_formulas.VALUE, style.PRICE_DELTA),
    Column(
        "amount",
        "In all",
        "wx Calc",
        13,
        'IF(COUNT({value})=0,"",{value}*CHOOSE(1+COUNT({units}),1,{units}))',
        style.number_format("+#,##0"),
    ),
    Column("score", "Way to the target", "wx Calc %", 10, log_formulas.SCORE, style.SHARE_WHOLE),
    Column("zone_share", "Share of the zone", "wx Calc %", 10, log_formulas.ZONE_SHARE, style.SHARE_WHOLE),
    Column("forecast", "Midpoint forecast", "wx Calc", 12, formula=log_formulas.FORECAST),
    Column(
        "beyond",
        "Better than the midpoint",
        "wx Calc %",
        11.5,
        log_formulas.BEYOND_FORECAST,
        style.SHARE_DELTA,
    ),
    Column("ratio", "Conceded per 1 gained", "wx Calc", 12.5, formula=log_formulas.RATIO),
    Column(
        "days",
        "Days",
        "wx Calc qty",
        7.5,
        formula='IF(COUNT({begun})*COUNT({ended})=0,"",{ended}-{begun})',
    ),
    _typed(
        "lesson",
        "Lesson: what we do differently next time",
        "wx Input text",
        74,
        inputs.TEXT,
        "One sentence: what do you do differently next time?",
        "Lesson",
    ),
    Column("", "", "wx Body", 2.5),
    _flag("used", "Used", "--(COUNTA({ended}:{called_back},{lesson})>0)"),
    _flag("closed", "Closed", "--(LEN({outcome})>0)"),
    _flag("sign", "Sign of side", log_formulas.SIGN),
    _flag("deal", "Deal", log_formulas.DEAL),
    _number("price", "Price that counts", log_formulas.PRICE),
    _number("gap", "Better than walk-away", log_formulas.GAP),
    Column("tie", "Counts as equal", "wx Calc", 11, log_formulas.TIE, "0E+00"),
    _number("distance", "Walk-away to target", log_formulas.DISTANCE),
    _flag("target_ok", "Target is better", log_formulas.TARGET_IS_BETTER),
    _flag("ready", "Ready", log_formulas.READY),
    *(
        _flag(key, f"Is {status.word}", formula)
        for (key, formula), status in zip(log_formulas.APPLIES.items(), verdicts.VERDICTS, strict=True)
    ),
    _number("width", "Width of the zone", log_formulas.WIDTH),
    Column("point", "A point, not a zone", "wx Calc", 11, log_formulas.POINT, "0E+00"),
    Column("miss", "Off the midpoint", "wx Calc %", 10, formula=log_formulas.FORECAST_MISS),
    _number("given", "We gave", log_formulas.GIVEN),
    _number("got", "We got", log_formulas.GOT),
    _flag("loosened", "Loosened", log_formulas.LOOSENED),
    _flag("silent", "No lesson", "{closed}*(LEN({lesson})<{shortest})"),
    _flag("costly", "Bad or missed", "--({is_bad}+{is_missed}>0)"),
    Column("scored_on", "Scored on", "wx Calc date", 12.5, formula=log_formulas.SCORED_ON),
    Column("add_in", "With the add-in", "wx Calc text", 17, formula=log_formulas.ADD_IN_VERDICT),
    _flag("differs", "Differs", log_formulas.DIFFERS),
    _flag("turn", "Place in time", log_formulas.place("scored_on")),
    _flag("rank", "Place by amount", log_formulas.place("amount")),
)
TABLE = FilledTable(COLUMNS, HEAD, ROWS)
FIRST, LAST, LETTERS = TABLE.first, TABLE.last, TABLE.letters
READ_LAST = LETTERS["lesson"]
GAP = get_column_letter(column_index_from_string(READ_LAST) + 1)


def whole(sheet: Worksheet, key: str) -> str:
    """Reference to all cells of a column."""
    return TABLE.whole(sheet, key)


def write(draft: Draft, lists: LogLists, facts: dict[str, str], master: str) -> None:
    """Write the sheet."""
    sheet = draft.sheet(TITLE)
    set_widths(sheet, {"A": 2.5})
    subtitle = Formula(
        f'"One row for each negotiation"&IF({facts["currency"]}="",""," · "&{facts["currency"]})'
    )
    blocks.header(sheet, "Deals", subtitle, "B", READ_LAST, Privacy.PRIVATE, checks=master)
    hint = "Blue columns describe, yellow columns decide. Start the row on the day the talks begin."
    put(sheet, f"{LETTERS['subject']}4", hint, "wx Subtitle", indent=1)
    for key, title in (
        ("subject", "Before the talks"),
        ("our_first", "The talks"),
        ("outcome", "The end"),
        ("verdict", "What it was worth"),
        ("lesson", "What we learn"),
        ("used", "Working columns"),
    ):
        put(sheet, f"{LETTERS[key]}{HEAD - 1}", Verbatim(said_text(title).upper()), "wx Overline")
    sheet.row_dimensions[HEAD - 1].height = 18
    TABLE.write_head(sheet, 46)
    TABLE.write_rows(sheet, _known(lists), blocks.text_height(2), lambda row: _dress(sheet, row))
    words = {
        "template": TEMPLATE_LIST,
        "side": SIDE_WORDS.column,
        "outcome": OUTCOME_WORDS.column,
        "signed": LEVEL_WORDS.column,
        "flag": SEVERITIES.column,
    }
    TABLE.take(draft, sheet, "deals", words)
    _finish(sheet)


def _known(lists: LogLists) -> dict[str, str]:
    def fixed(key: str) -> str:
        return f"${LETTERS[key]}${FIRST}:${LETTERS[key]}${LAST}"

    return {
        "first": str(FIRST),
        "verdicts": lists.verdicts,
        "signs": lists.signs,
        "sides": lists.sides,
        "outcomes": lists.outcomes,
        "outcome_codes": lists.outcome_codes,
        "tolerance": lists.tolerance,
        "buffer_share": lists.buffer_share,
        "shortest": lists.shortest,
        **{f"all_{key}": fixed(key) for key in ("scored_on", "amount")},
        **{f"{key}_column": LETTERS[key] for key in ("scored_on", "amount")},
    }


def _dress(sheet: Worksheet, row: int) -> None:
    put(sheet, f"{LETTERS['number']}{row}", size=10, colour=style.SLATE)
    for key in ("counterpart", "subject", "lesson"):
        put(sheet, f"{LETTERS[key]}{row}", **blocks.text_look(2))
    put(sheet, f"{LETTERS['amount']}{row}", bold=True)
    put(sheet, f"{LETTERS['ratio']}{row}", horizontal="right")


def show_until(sheet: Worksheet, row: int) -> None:
    """Let the printed pages end at that row of the table."""
    sheet.print_area = _pages(row)


def _pages(rows: int) -> str:
    return f"A1:{GAP}{HEAD + rows}"


def _finish(sheet: Worksheet) -> None:
    verdict, amount, silent = (LETTERS[key] for key in ("verdict", "amount", "silent"))
    blocks.tint_by_status(sheet, TABLE.cells("verdict"), f"${verdict}{FIRST}", verdicts.VERDICTS)
    lost = f"AND(ISNUMBER(${amount}{FIRST}),SUM(${amount}{FIRST})<0)"
    blocks.tint_when(sheet, TABLE.cells("amount"), lost, colour=style.NEGATIVE_TEXT, bold=True)
    blocks.tint_when(sheet, TABLE.cells("lesson"), f"${silent}{FIRST}=1", verdicts.THIN.tint)
    sheet.auto_filter.ref = f"B{HEAD}:{get_column_letter(len(COLUMNS) + 1)}{LAST}"
    sheet.freeze_panes = f"{LETTERS['subject']}{FIRST}"
    set_up_page(sheet, _pages(SHORTEST_PRINT), Privacy.PRIVATE, title_rows=f"{HEAD}:{HEAD}", one_page=False)
    # Three readable pages side by side instead of one that is too small; the counterpart stands on each.
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = PRINTED_SCALE
    sheet.print_title_cols = f"A:{LETTERS['counterpart']}"
    sheet.col_breaks = ColBreak(
        brk=[Break(id=column_index_from_string(LETTERS[key]) - 1) for key in ("our_first", "verdict")]
    )
    protect(sheet)
