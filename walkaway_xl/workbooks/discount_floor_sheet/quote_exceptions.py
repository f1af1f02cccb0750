"""The Exceptions sheet: who allowed which line to go below its floor, until when, and for what in return.

An approval is given for a price, not for a line. It stores the fingerprint of the inputs it was given for;
when one of them changes, the approval shows as stale.
"""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import put, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.filled_table import Column, FilledTable
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import whole
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

TITLE = "Exceptions"
MARGIN = 2.5


def _of_line(key: str) -> str:
    """Formula of what the quote says of the line."""
    return f'IF({{place}}=0,"",INDEX({{quote_{key}}},{{place}}))'


def _working(key: str, head: str, formula: str, style_name: str = "wx Calc") -> Column:
    pattern = "0" if style_name == "wx Calc" else None
    return Column(key, head, style_name, 11.0, formula, pattern)


TABLE = FilledTable(
    (
        Column(
            "line",
            "Line",
            "wx Input qty",
            7,
            number_format="0",
            kind=inputs.WHOLE,
            prompt="Number of the line on Quote.",
        ),
        Column("description", "Description", "wx Words", 46, _of_line("description") + '&""'),
        Column("status", "Status now", "wx Status", 17.5, _of_line("status")),
        Column(
            "requested_by",
            "Requested by",
            "wx Input text",
            18,
            kind=inputs.TEXT,
            prompt="Who asks for it.",
        ),
        Column(
            "approved_by",
            "Approved by",
            "wx Input text",
            19,
            choose="Somebody who may sign, from Policy.",
        ),
        Column(
            "reason",
            "Reason",
            "wx Input text",
            40,
            kind=inputs.TEXT,
            prompt="Why the line may go below its floor.",
        ),
        Column(
            "in_return",
            "In return",
            "wx Input text",
            40,
            kind=inputs.TEXT,
            prompt="What the customer gives for it: volume, term, reference. “none” if nothing.",
        ),
        Column("on", "Date", "wx Input date", 13, kind=inputs.DATE, prompt="The day of the approval."),
        Column(
            "valid_until",
            "Valid until",
            "wx Input date",
            13,
            kind=inputs.DATE,
            prompt="The last day on which it holds.",
        ),
        Column(
            "fingerprint",
            "Fingerprint approved",
            "wx Input qty",
            12,
            number_format=style.WHOLE,
            kind=inputs.COUNT,
            prompt="The fingerprint that Quote showed for the line when it was approved.",
            title="Fingerprint",
        ),
        Column("now", "Fingerprint now", "wx Calc", 12, _of_line("fingerprint"), style.WHOLE),
        Column(
            "shown",
            "The approval is",
            "wx Status",
            17,
            'IF({used}=0,"",INDEX({state_labels},MATCH(1,{incomplete}:{otherwise},0)))',
        ),
        Column("", "", "wx Body", MARGIN),
        _working("used", "Used", "--(COUNTA({line},{requested_by}:{fingerprint})>0)"),
        _working(
            "incomplete",
            "Incomplete",
            "--OR(COUNT({on}:{now})<COLUMNS({on}:{now}),"
            "COUNTA({requested_by}:{in_return})<COLUMNS({requested_by}:{in_return}),COUNT({as_of})=0)",
        ),
        _working("stale", "Stale", "--({fingerprint}<>{now})"),
        _working("expired", "Expired", "--OR({as_of}<{on},{as_of}>{valid_until})"),
        _working("too_junior", "Too junior", "--(IFERROR(MATCH({approved_by},{signers},0),0)<SUM({rank}))"),
        _working("otherwise", "Otherwise", "1"),
        _working(
            "state",
            "State",
            'IF({used}=0,"",INDEX({states},MATCH(1,{incomplete}:{otherwise},0)))',
            "wx Calc text",
        ),
        _working("place", "Row on Quote", "COUNT({line})*COUNTIF({quote_line},{line})*SUM({line})"),
        _working("rank", "Rank needed", _of_line("rank")),
    ),
    head=6,
    rows=40,
)


def asked_lines(sheet: Worksheet) -> str:
    """Reference to the line numbers, known before the sheet is written."""
    return TABLE.whole(sheet, "line")


def asked_states(sheet: Worksheet) -> str:
    """Reference to the states."""
    return TABLE.whole(sheet, "state")


def write(
    draft: Draft,
    quote: Worksheet,
    lists: QuoteLists,
    policy: PolicyCells,
    as_of: str,
    master: str,
) -> None:
    """Write the approvals and what has become of each."""
    sheet = draft.sheet(TITLE)
    set_widths(sheet, {"A": MARGIN})
    blocks.header(
        sheet,
        "Exceptions",
        "One row for each approval. Copy the fingerprint of the line from Quote when you approve it.",
        "B",
        "M",
        Privacy.INTERNAL,
        checks=master,
    )
    signers = policy.signers["name"]
    of_lines = {
        f"quote_{key}": whole(quote, key) for key in ("line", "description", "status", "fingerprint", "rank")
    }
    names = {"signers": signers, "states": lists.states, "state_labels": lists.state_labels, "as_of": as_of}
    TABLE.write_head(sheet, 34)
    TABLE.write_rows(sheet, {**names, **of_lines}, 19.5, lambda row: None)
    TABLE.take(draft, sheet, "exceptions", {"approved_by": signers})
    head, first, last, letters = TABLE.head, TABLE.first, TABLE.last, TABLE.letters
    put(sheet, f"{letters['used']}{head - 1}", "WORKING COLUMNS", "wx Overline")
    status, shown = TABLE.cells("status"), TABLE.cells("shown")
    of_row, mark = f"${letters['status']}{first}", f"LEFT(${letters['shown']}{first},1)"
    blocks.tint_by_status(sheet, status, of_row, (style.NOT_READY, *style.LINE_STATUSES))
    blocks.tint_when(sheet, shown, f'{mark}="✔"', colour=style.SLATE, bold=True)
    blocks.tint_when(sheet, shown, f'{mark}="✖"', style.BELOW_FLOOR.tint, style.INK, True)
    sheet.auto_filter.ref = f"B{head}:{letters['shown']}{last}"
    sheet.freeze_panes = f"{letters['status']}{first}"
    set_up_page(sheet, f"A1:N{last}", Privacy.INTERNAL, title_rows=f"{head}:{head}", one_page=False)
    protect(sheet)
