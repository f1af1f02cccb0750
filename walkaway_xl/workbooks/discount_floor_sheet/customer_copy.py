"""The Customer copy: the public columns of the quote, without internal lines.

Nothing on the sheet depends on cost, floor or margin, not even through other cells: it has no check and no
status, because those do.
"""

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put, quoted, set_heights, set_widths
from walkaway_xl.sheets.look_up import MONTHS
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet import quote_columns
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import whole

TITLE = "Customer copy"
HEAD = 10
FIRST, LAST = HEAD + 1, HEAD + quote_columns.ROWS
SHARED = f"A2:J{LAST}"
WIDTHS = {"A": 2.5, "B": 7, "C": 18, "D": 74, "E": 9, "F": 14, "G": 12, "H": 14, "I": 16, "J": 2.5, "K": 9}


def write(sheet: Worksheet, quote: Worksheet, facts: Mapping[str, str]) -> None:
    """Write the sheet that may leave the house, as paper or PDF."""
    set_widths(sheet, WIDTHS)
    title = Formula(f'"Quote"&IF({facts["number"]}="",""," "&{facts["number"]})')
    customer = Formula(
        f'{facts["customer"]}&IF({facts["currency"]}="",""," · "&{facts["currency"]}&", without tax")'
    )
    blocks.header(sheet, title, customer, "B", "I", Privacy.SHARE_SAFE, home=None)
    put(
        sheet,
        "B1",
        "Never send the workbook: print this page, or let walkaway-xl share write a copy.",
        "wx Bar",
    )
    sheet.row_dimensions[HEAD - 1].height = 15
    until = _day(facts["valid_until"])
    amounts = f"$I${FIRST}:$I${LAST}"
    at_list = f"SUMPRODUCT($E${FIRST}:$E${LAST},$F${FIRST}:$F${LAST})"
    lines = f"COUNT($B${FIRST}:$B${LAST})"
    for number, (cells, overline, value, caption, pattern) in enumerate(
        (
            ("B6:D8", "Total", f'IF({lines}=0,"–",SUM({amounts}))', f'{lines}&" lines"', style.PRICE_BARE),
            ("E6:G8", "At list prices", f'IF({lines}=0,"–",{at_list})', '""', style.PRICE_BARE),
            (
                "H6:I8",
                "You save",
                f'IF({lines}=0,"–",{at_list}-SUM({amounts}))',
                f'IF({facts["valid_until"]}="","","valid until "&{until})',
                style.PRICE_BARE,
            ),
        )
    ):
        blocks.tile(
            sheet,
            cells,
            overline,
            Formula(value),
            Formula(caption),
            number_format=pattern,
            size=20,
            gutter=number > 0,
        )
    heads = {
        "B": "Line",
        "C": "SKU or order",
        "D": "Description",
        "E": "Qty",
        "F": "List price",
        "G": "Discount",
        "H": "Your price",
        "I": "Amount",
    }
    blocks.table_head(sheet, HEAD, heads, numbers="BEFGHI", height=24)
    blocks.table_head(sheet, HEAD, {"K": "Row on Quote"}, numbers="K", height=24)
    _write_lines(sheet, quote)
    sheet.auto_filter.ref = f"B{HEAD}:I{LAST}"
    sheet.freeze_panes = f"A{FIRST}"
    set_up_page(sheet, f"A2:J{LAST}", Privacy.SHARE_SAFE, title_rows=f"{HEAD}:{HEAD}", one_page=False)
    protect(sheet)


def show_until(sheet: Worksheet, line: int) -> None:
    """Let the printed pages end at that line, and say beside them how many lie below."""
    sheet.print_area = f"A2:J{HEAD + line}"
    beyond = f"COUNT($B${FIRST + line}:$B${LAST})" if line < quote_columns.ROWS else "0"
    short = f'"✖  "&{beyond}&" more lines lie below the printed page: set the print area to the last one."'
    put(
        sheet,
        f"K{HEAD - 1}",  # beside the page, so that it never leaves the house
        Formula(f'IF({beyond}=0,"",{short})'),
        "wx Body",
        bold=True,
        colour=style.NEGATIVE_TEXT,
    )


def _day(ref: str) -> str:
    """Formula for a day in words; it says the months itself, so that it leads to no other sheet."""
    months = ",".join(map(quoted, MONTHS))
    return f'DAY({ref})&" "&CHOOSE(MONTH({ref}),{months})&" "&YEAR({ref})'


def _write_lines(sheet: Worksheet, quote: Worksheet) -> None:
    columns = (
        ("B", "", "wx Calc qty", "0"),
        ("C", "order", "wx Calc text", None),
        ("D", "description", "wx Calc text", None),
        ("E", "qty", "wx Calc qty", None),
        ("F", "list", "wx Calc", None),
        ("G", "discount", "wx Calc %", style.number_format("0.0 %", zero='"–"')),
        ("H", "net", "wx Calc", None),
        ("I", "", "wx Calc", None),
        ("K", "", "wx Calc qty", "0"),
    )
    for column, _, style_name, pattern in columns:
        put(sheet, f"{column}{FIRST}", None, style_name, number_format=pattern)
    looks = {column: sheet[f"{column}{FIRST}"]._style for column, *_ in columns}
    sources = {key: whole(quote, key) for _, key, *_ in columns if key}
    shown_as = whole(quote, "shown_as")
    for row in range(FIRST, LAST + 1):
        formulas = {
            "B": f'IF(K{row}=0,"",ROWS($A${FIRST}:$A{row}))',
            "I": f'IF(K{row}=0,"",E{row}*H{row})',
            "K": f"IFERROR(MATCH(ROWS($A${FIRST}:$A{row}),{shown_as},0),0)",
        }
        for column, key, *_ in columns:
            text = '&""' if key in ("order", "description") else ""
            formula = formulas.get(column) or f'IF(K{row}=0,"",INDEX({sources[key]},K{row}){text})'
            cell = sheet[f"{column}{row}"]
            cell._style = looks[column]
            cell.value = "=" + formula
    set_heights(sheet, dict.fromkeys(range(FIRST, LAST + 1), 18))
