"""What the lines look up elsewhere, brought to their own sheet, right of the working columns.

A formula that stays on its sheet is short to read, and takes the room of one however often it is filled down.
"""

from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.discount_floor_sheet.policy_sheet import PolicyCells
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import FIRST, HEAD, LAST_LETTER
from walkaway_xl.workbooks.discount_floor_sheet.quote_exceptions import asked_lines, asked_states
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

LEFT = column_index_from_string(LAST_LETTER) + 2  # a gap, then the links
FACTOR = "0.0##"


@dataclass(frozen=True)
class Link:
    """Cells of another sheet under the word that the formulas of the columns use.

    With `keeps_blanks` a blank stays one; a plain link would show it as 0.
    """

    key: str
    head: str
    source: str
    style_name: str = "wx Link"
    number_format: str | None = None
    keeps_blanks: bool = False
    width: float = 11


def write(sheet: Worksheet, lists: QuoteLists, policy: PolicyCells, exceptions: Worksheet) -> dict[str, str]:
    """Write the links; returns where each stands on the sheet, by its word."""
    put(sheet, f"{get_column_letter(LEFT)}{HEAD - 1}", "TAKEN FROM OTHER SHEETS", "wx Overline")
    places = {}
    for column, link in enumerate(_lists(lists, policy, exceptions), LEFT):
        places[link.key] = _write(sheet, get_column_letter(column), FIRST, link)
    left = LEFT + len(places)
    names, values = get_column_letter(left), get_column_letter(left + 1)
    blocks.table_head(sheet, HEAD, {names: "Single value", values: "Value"}, numbers=values, height=34)
    sheet.column_dimensions[names].width, sheet.column_dimensions[values].width = 30, 12
    for row, link in enumerate(_values(lists, policy), FIRST):
        put(sheet, f"{names}{row}", link.head, "wx Label")
        places[link.key] = _cell(sheet, f"{values}{row}", link.source, link)
    places["weights"] = _weights(sheet, left + 3, lists.weights)
    return places


def _lists(lists: QuoteLists, policy: PolicyCells, exceptions: Worksheet) -> tuple[Link, ...]:
    rank, limit = "0", FACTOR
    return (
        Link("classes", "Class", policy.classes["name"], "wx Link text", keeps_blanks=True, width=17),
        Link("margins", "Min margin", policy.classes["used"], "wx Link %"),
        Link("signers", "Who signs", policy.with_nobody("name"), "wx Link text", keeps_blanks=True, width=22),
        Link("discount_limits", "Discount limit", policy.signers["discount_limit"], number_format=limit),
        Link("margin_limits", "Margin limit", policy.signers["margin_limit"], number_format=limit),
        Link("price_limits", "Price limit", policy.signers["price_limit"], number_format=limit),
        Link("discount_ranks", "Rank by discount", policy.with_nobody("discount_rank"), number_format=rank),
        Link("margin_ranks", "Rank by margin", policy.with_nobody("margin_rank"), number_format=rank),
        Link("price_ranks", "Rank by price", policy.with_nobody("price_rank"), number_format=rank),
        Link("tier_quantities", "From quantity", policy.tiers["quantity"], "wx Link qty", keeps_blanks=True),
        Link("tier_discounts", "Tier discount", policy.tiers["discount"], "wx Link %"),
        Link("status_labels", "Status", lists.status_labels, "wx Link text", width=18),
        Link("line_exceptions", "Exception", lists.line_exceptions, "wx Link text", width=17),
        Link("asked_lines", "Line asked for", asked_lines(exceptions), number_format=rank, keeps_blanks=True),
        Link(
            "asked_states",
            "State",
            asked_states(exceptions),
            "wx Link text",
            keeps_blanks=True,
            width=17,
        ),
    )


def _values(lists: QuoteLists, policy: PolicyCells) -> tuple[Link, ...]:
    return (
        Link("tolerance", "Tolerance of comparisons", lists.tolerance, number_format="0E+00"),
        Link("year", "Days in a year", lists.year, number_format=style.WHOLE),
        Link("rebate", "Year-end rebate", policy.once["leakage.rebate"], "wx Link %"),
        Link("freight", "Freight", policy.once["leakage.freight"], "wx Link %"),
        Link("rate", "Cost of money, per year", policy.once["leakage.rate"], "wx Link %"),
        Link(
            "usual_terms",
            "Usual payment terms, days",
            policy.once["leakage.terms_days"],
            number_format=style.WHOLE,
        ),
        Link("warn", "Warn band, margin points", policy.once["warn"], "wx Link %"),
        Link("net_basis", "1 if margins are net of leakage", policy.is_net, number_format=style.WHOLE),
        Link("valid", "Word for a valid exception", lists.valid, "wx Link text"),
        Link("approved", "Word for an approved line", lists.approved, "wx Link text"),
        Link("yes", "Word for yes", lists.yes, "wx Link text"),
        Link("scale", "Fingerprint: parts of one", lists.scale, number_format=style.WHOLE),
        Link("modulus", "Fingerprint: stays below", lists.modulus, number_format=style.WHOLE),
        Link("terms_weight", "Fingerprint: weight of terms", lists.terms_weight, number_format=style.WHOLE),
        Link(
            "margin_weight", "Fingerprint: weight of margin", lists.margin_weight, number_format=style.WHOLE
        ),
    )


def _write(sheet: Worksheet, letter: str, first: int, link: Link) -> str:
    """One column of links under its head."""
    is_text = link.style_name.endswith("text")
    put(sheet, f"{letter}{HEAD}", link.head, "wx Head" if is_text else "wx Head num")
    sheet.column_dimensions[letter].width = link.width
    source = Ref(link.source)
    last = source.last_row - source.first_row
    for offset in range(last + 1):
        _cell(sheet, f"{letter}{first + offset}", source.nth(offset), link)
    where: str = absolute_coordinate(f"{letter}{first}:{letter}{first + last}")
    return where


def _cell(sheet: Worksheet, cell: str, source: str, link: Link) -> str:
    formula = f'IF({source}="","",{source})' if link.keeps_blanks else source
    put(sheet, cell, Formula(formula), link.style_name, number_format=link.number_format)
    where: str = absolute_coordinate(cell)
    return where


def _weights(sheet: Worksheet, left: int, source: str) -> str:
    """The weights of the fingerprint stand in a row, as the numbers that they weigh do."""
    first, _, last, _ = Ref(source).corners
    letters = [get_column_letter(left + offset) for offset in range(last - first + 1)]
    put(sheet, f"{letters[0]}{HEAD - 1}", "WEIGHTS OF THE FINGERPRINT", "wx Overline")
    weight = Link("", "", "", number_format=style.WHOLE)
    for offset, letter in enumerate(letters):
        cell = Ref(source).across(offset)
        put(sheet, f"{letter}{HEAD}", Formula(cell.shift(-1)), "wx Head num")
        _cell(sheet, f"{letter}{FIRST}", cell, weight)
    where: str = absolute_coordinate(f"{letters[0]}{FIRST}:{letters[-1]}{FIRST}")
    return where
