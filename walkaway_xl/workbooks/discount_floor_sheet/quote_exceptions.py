"""The Exceptions sheet: who allowed which line to go below its floor, until when, and for what in return.

An approval is given for a price, not for a line. It stores the fingerprint of the inputs it was given for;
when one of them changes, the approval shows as stale.
"""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import whole
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

TITLE = "Exceptions"
ROWS = 40
HEAD = 6
FIRST, LAST = HEAD + 1, HEAD + ROWS
WIDTHS = {
    "A": 2.5,
    "B": 7,
    "C": 46,
    "D": 17.5,
    "E": 18,
    "F": 19,
    "G": 40,
    "H": 40,
    "I": 13,
    "J": 13,
    "K": 12,
    "L": 12,
    "M": 17,
    "N": 2.5,
    **dict.fromkeys("OPQRSTUVW", 11.0),
}


def asked_lines(sheet: Worksheet) -> str:
    """Reference to the line numbers, known before the sheet is written."""
    return reference(sheet, f"B{FIRST}:B{LAST}")


def asked_states(sheet: Worksheet) -> str:
    """Reference to the states."""
    return reference(sheet, f"U{FIRST}:U{LAST}")


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
    set_widths(sheet, WIDTHS)
    blocks.header(
        sheet,
        "Exceptions",
        "One row for each approval. Copy the fingerprint of the line from Quote when you approve it.",
        "B",
        "M",
        Privacy.INTERNAL,
        checks=master,
    )
    heads = {
        "B": "Line",
        "C": "Description",
        "D": "Status now",
        "E": "Requested by",
        "F": "Approved by",
        "G": "Reason",
        "H": "In return",
        "I": "Date",
        "J": "Valid until",
        "K": "Fingerprint approved",
        "L": "Fingerprint now",
        "M": "The approval is",
    }
    blocks.table_head(sheet, HEAD, heads, numbers="BIJKL", height=34)
    put(sheet, f"O{HEAD - 1}", "WORKING COLUMNS", "wx Overline")
    blocks.table_head(
        sheet,
        HEAD,
        {
            "O": "Used",
            "P": "Incomplete",
            "Q": "Stale",
            "R": "Expired",
            "S": "Too junior",
            "T": "Otherwise",
            "U": "State",
            "V": "Row on Quote",
            "W": "Rank needed",
        },
        numbers="OPQRSTVW",
        height=34,
    )
    for row in range(FIRST, LAST + 1):
        _write_row(sheet, row, quote, lists, policy, as_of)
    _validate(draft, sheet, policy)
    blocks.tint_by_status(sheet, f"D{FIRST}:D{LAST}", f"$D{FIRST}", (style.NOT_READY, *style.LINE_STATUSES))
    blocks.tint_when(sheet, f"M{FIRST}:M{LAST}", f'LEFT($M{FIRST},1)="✔"', colour=style.SLATE, bold=True)
    blocks.tint_when(
        sheet, f"M{FIRST}:M{LAST}", f'LEFT($M{FIRST},1)="✖"', style.BELOW_FLOOR.tint, style.INK, True
    )
    sheet.auto_filter.ref = f"B{HEAD}:M{LAST}"
    sheet.freeze_panes = f"D{FIRST}"
    set_up_page(sheet, f"A1:N{LAST}", Privacy.INTERNAL, title_rows=f"{HEAD}:{HEAD}", one_page=False)
    protect(sheet)


def _write_row(
    sheet: Worksheet,
    row: int,
    quote: Worksheet,
    lists: QuoteLists,
    policy: PolicyCells,
    as_of: str,
) -> None:
    looks = (
        ("B", "wx Input qty", "0"),
        ("E", "wx Input text", None),
        ("F", "wx Input text", None),
        ("G", "wx Input text", None),
        ("H", "wx Input text", None),
        ("I", "wx Input date", None),
        ("J", "wx Input date", None),
        ("K", "wx Input qty", style.WHOLE),
    )
    sheet.row_dimensions[row].height = 19.5
    for column, style_name, pattern in looks:
        put(sheet, f"{column}{row}", None, style_name, number_format=pattern)

    def of_line(key: str) -> str:
        return f'IF(V{row}=0,"",INDEX({whole(quote, key)},V{row}))'

    seniority = f"IFERROR(MATCH(F{row},{policy.choosable_signers},0),0)"
    formulas = (
        ("C", of_line("description") + '&""', "wx Words", None),
        ("D", of_line("status"), "wx Status", None),
        ("L", of_line("fingerprint"), "wx Calc", style.WHOLE),
        ("M", f'IF(O{row}=0,"",INDEX({lists.state_labels},MATCH(1,P{row}:T{row},0)))', "wx Status", None),
        ("O", f"--(COUNTA(B{row},E{row}:K{row})>0)", "wx Calc", "0"),
        (
            "P",
            f"--OR(COUNT(I{row}:L{row})<COLUMNS(I{row}:L{row}),COUNTA(E{row}:H{row})<COLUMNS(E{row}:H{row}),COUNT({as_of})=0)",
            "wx Calc",
            "0",
        ),
        ("Q", f"--(K{row}<>L{row})", "wx Calc", "0"),
        ("R", f"--OR({as_of}<I{row},{as_of}>J{row})", "wx Calc", "0"),
        ("S", f"--({seniority}<SUM(W{row}))", "wx Calc", "0"),
        ("T", "1", "wx Calc", "0"),
        ("U", f'IF(O{row}=0,"",INDEX({lists.states},MATCH(1,P{row}:T{row},0)))', "wx Calc text", None),
        ("W", of_line("rank"), "wx Calc", "0"),
        ("V", f"COUNT(B{row})*COUNTIF({whole(quote, 'line')},B{row})*SUM(B{row})", "wx Calc", "0"),
    )
    for column, formula, style_name, pattern in formulas:
        put(sheet, f"{column}{row}", Formula(formula), style_name, number_format=pattern)


def _validate(draft: Draft, sheet: Worksheet, policy: PolicyCells) -> None:
    signers = inputs.choice(policy.choosable_signers, "Somebody who may sign, from Policy.")
    for key, column, kind, title, prompt in (
        ("line", "B", inputs.WHOLE, "Line", "Number of the line on Quote."),
        ("requested_by", "E", inputs.TEXT, "Requested by", "Who asks for it."),
        ("approved_by", "F", signers, "Approved by", ""),
        ("reason", "G", inputs.TEXT, "Reason", "Why the line may go below its floor."),
        (
            "in_return",
            "H",
            inputs.TEXT,
            "In return",
            "What the customer gives for it: volume, term, reference. “none” if nothing.",
        ),
        ("on", "I", inputs.DATE, "Date", "The day of the approval."),
        ("valid_until", "J", inputs.DATE, "Valid until", "The last day on which it holds."),
        (
            "fingerprint",
            "K",
            inputs.COUNT,
            "Fingerprint",
            "The fingerprint that Quote showed for the line when it was approved.",
        ),
    ):
        inputs.validate(sheet, f"{column}{FIRST}:{column}{LAST}", kind, title, prompt)
        draft.take_rows("exceptions", sheet, FIRST, LAST, {key: (column, kind, title)})
