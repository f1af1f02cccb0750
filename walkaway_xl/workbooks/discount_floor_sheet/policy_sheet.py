"""The Policy sheet of the deal desk: margins, leakage, tiers, who may sign, and what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy import KINDS, NOBODY, WARN_DEFAULT, Policy
from walkaway_xl.policy.rules import flags_of
from walkaway_xl.policy.sheet import (
    CLASSES,
    NET,
    NET_CELL,
    ONCE,
    ONCE_HEAD,
    SIGNERS,
    TABLES,
    TIERS,
    TITLE,
    SheetRow,
    SheetTable,
    absolute,
)
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, columns_between, put, quoted, reference, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import BASES, QuoteLists

LINT_HEAD = SIGNERS.head
WIDTHS = {
    "A": 2.5,
    "B": 30,
    "C": 15,
    "D": 15,
    "E": 15,
    "F": 4,
    "G": 46,
    "H": 12,
    "I": 66,
    "J": 2.5,
    **dict.fromkeys(columns_between("K", "U"), 12.0),
}


MARGIN, SIGNED_UP_TO = (
    inputs.measured("wx Input %", KINDS[table][key])
    for table, key in (("class", "min_margin"), ("signer", "discount"))
)
DOWN_TO_MARGIN, DOWN_TO_PRICE = (
    inputs.measured("wx Input %", KINDS["signer"][key]) for key in ("margin", "price")
)
TIER_QUANTITY = inputs.measured("wx Input qty", KINDS["tier"]["quantity"])
TIER_DISCOUNT = inputs.measured("wx Input %", KINDS["tier"]["discount"])
NOBODY_CELL = "word_nobody"
BASIS = inputs.choice(BASES.column, "Blank counts as invoice.")


@dataclass(frozen=True)
class PolicyCells:
    """References to the policy, as the quote looks things up."""

    class_names: str
    class_margins: str
    class_rows: str
    rebate: str
    freight: str
    rate: str
    terms_days: str
    warn: str
    basis: str
    signers: str
    choosable_signers: str
    discount_limits: str
    margin_limits: str
    price_limits: str
    discount_ranks: str
    margin_ranks: str
    price_ranks: str
    tier_quantities: str
    tier_discounts: str
    faults: str
    incomplete: str


def facts_of(policy: Policy) -> dict[str, Any]:
    """A policy as the facts of a deal file, by the names that a policy file has for them."""

    def stated(entry: object, *keys: str) -> dict[str, Any]:
        return {key: getattr(entry, key) for key in keys}

    return {
        "warn": policy.warn,
        "margin_basis": policy.margin_basis,
        "leakage": stated(policy, "rebate", "freight", "rate", "terms_days"),
        "class": [stated(entry, "name", "min_margin") for entry in policy.classes],
        "signer": [stated(entry, "name", "discount", "margin", "price") for entry in policy.signers],
        "tier": [stated(entry, "quantity", "discount") for entry in policy.tiers],
    }


def write(draft: Draft, lists: QuoteLists, master: str) -> PolicyCells:
    """Write the sheet; everything on it is an input except the checks and the working columns."""
    sheet = draft.sheet(TITLE)
    set_widths(sheet, WIDTHS)
    blocks.header(
        sheet,
        "Policy",
        "What every line must earn, and who may sign for less. Change it here, for all lines at once.",
        "B",
        "I",
        Privacy.INTERNAL,
        checks=master,
    )
    classes = _write_classes(sheet, lists)
    leakage = _write_leakage(draft, sheet)
    signers = _write_signers(sheet, lists)
    draft.name(NOBODY_CELL, Ref(signers[0]).nth(SIGNERS.rows))
    tiers = _write_tiers(sheet, lists)
    _take_tables(draft, sheet)
    faults = _write_lint(sheet)
    put(sheet, f"L{CLASSES.head - 1}", "WORKING COLUMNS", "wx Overline")
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:J{TIERS.last}", Privacy.INTERNAL)
    protect(sheet)
    empty = [f"(COUNTA({cells})=0)" for cells in (classes[0], signers[1])]
    return PolicyCells(*(*classes, *leakage, *signers, *tiers, faults, f"({'+'.join(empty)})"))


def _take_tables(draft: Draft, sheet: Worksheet) -> None:
    """Know the tables by the names that a policy file has for them."""
    text = inputs.TEXT
    for table, words in (
        (
            CLASSES,
            {"name": (text, "Class"), "min_margin": (MARGIN, "Minimum margin")},
        ),
        (
            SIGNERS,
            {
                "name": (text, "Who signs"),
                "discount": (SIGNED_UP_TO, "Up to this discount"),
                "margin": (DOWN_TO_MARGIN, "Down to this margin"),
                "price": (DOWN_TO_PRICE, "Down to this share of list"),
            },
        ),
        (
            TIERS,
            {
                "quantity": (TIER_QUANTITY, "From this quantity"),
                "discount": (TIER_DISCOUNT, "Tier discount"),
            },
        ),
    ):
        columns = {key: (table.columns[key], *about) for key, about in words.items()}
        draft.take_rows(table.key, sheet, table.first, table.last, columns)


def _flags(table: SheetTable, number: int, lists: QuoteLists) -> dict[str, str]:
    """The formulas that say whether a row breaks a rule, by their columns."""
    row = SheetRow(table, number, lists.tolerance, lists.year)
    return {flag.column: flag.formula(row) for flag in flags_of(table)}


def _flag_heads(table: SheetTable) -> dict[str, str]:
    return {flag.column: flag.head for flag in flags_of(table)}


def _working_heads(sheet: Worksheet, table: SheetTable, heads: dict[str, str]) -> None:
    columns = sorted(heads)
    blocks.table_head(
        sheet,
        table.head,
        heads,
        numbers="".join(columns),
        span=(columns[0], columns[-1]),
        height=34,
    )


def _heads(
    sheet: Worksheet, row: int, title: str, heads: dict[str, str], numbers: str, span: tuple[str, str]
) -> None:
    blocks.section(sheet, f"{span[0]}{row - 1}", title, 26)
    blocks.table_head(sheet, row, heads, numbers=numbers, span=span, height=34)


def _write_classes(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, CLASSES.head, "Minimum margin by class", {"B": "Class", "C": "Minimum margin"}, "C", ("B", "C")
    )
    _working_heads(sheet, CLASSES, {"L": "Margin used", **_flag_heads(CLASSES), "P": "Net of leakage"})
    _working(sheet, CLASSES.first, {"P": f"--({absolute(ONCE['margin_basis'])}={BASES[NET]})"})
    for row in range(CLASSES.first, CLASSES.last + 1):
        put(sheet, f"B{row}", None, "wx Input text")
        put(sheet, f"C{row}", None, "wx Input %")
        _working(sheet, row, {"L": f'IF(COUNT(C{row})=0,"",C{row})', **_flags(CLASSES, row, lists)})
    inputs.validate(
        sheet,
        CLASSES.cells("B"),
        inputs.TEXT,
        "Class",
        "A class of products, as the lines name it.",
    )
    inputs.validate(
        sheet,
        CLASSES.cells("C"),
        MARGIN,
        "Minimum margin",
        "Share of the price that must remain after cost and leakage. Type 15% or 0.15.",
    )
    columns = [reference(sheet, CLASSES.cells(column)) for column in "BL"]
    return (*columns, reference(sheet, f"C{CLASSES.first}:O{CLASSES.last}"))


def _write_leakage(draft: Draft, sheet: Worksheet) -> tuple[str, ...]:
    _heads(
        sheet,
        ONCE_HEAD,
        "What leaks off the invoice",
        {"G": "Item", "H": "Value", "I": "In words"},
        "H",
        ("G", "I"),
    )
    refs = []
    for number, (key, label, value, kind, words) in enumerate(
        (
            (
                "leakage.rebate",
                "Year-end rebate",
                None,
                inputs.DEDUCTION,
                "Share of the invoice that goes back to the customer.",
            ),
            (
                "leakage.freight",
                "Freight you pay",
                None,
                inputs.DEDUCTION,
                "Share of the invoice.",
            ),
            (
                "leakage.rate",
                "Cost of money, per year",
                None,
                inputs.RATE,
                "A day of payment terms costs this rate ÷ 365.",
            ),
            (
                "leakage.terms_days",
                "Usual payment terms, days",
                None,
                inputs.DAYS,
                "For lines that name no terms of their own.",
            ),
            (
                "warn",
                "Warn band, margin points",
                WARN_DEFAULT,
                inputs.GUARD,
                "NEAR FLOOR from the minimum margin up to this much above it.",
            ),
            (
                "margin_basis",
                "Margins are shares of",
                None,
                BASIS,
                "invoice: of the price as invoiced; net: of what the leakage leaves of it.",
            ),
        )
    ):
        row = ONCE_HEAD + 1 + number
        put(sheet, f"G{row}", label, "wx Label")
        cell = put(
            sheet, f"H{row}", value, kind.style_name, number_format=kind.number_format, horizontal="right"
        )
        put(sheet, f"I{row}", words, "wx Words")
        inputs.validate(sheet, cell.coordinate, kind, label)
        refs.append(reference(sheet, cell.coordinate))
        draft.take(key, refs[-1], kind, label)
    return (*refs[:-1], reference(sheet, NET_CELL))


def _write_signers(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    heads = {
        "B": "Who signs, most junior first",
        "C": "Up to this discount",
        "D": "Down to this margin",
        "E": "Down to this share of list",
    }
    _heads(sheet, SIGNERS.head, "Who may sign", heads, "CDE", ("B", "E"))
    _working_heads(
        sheet,
        SIGNERS,
        {
            "L": "Discount limit",
            "M": "Margin limit",
            "N": "Price limit",
            "O": "Rank by discount",
            "P": "Rank by margin",
            "Q": "Rank by price",
            **_flag_heads(SIGNERS),
        },
    )
    first, last = SIGNERS.first, SIGNERS.last
    for row in range(first, last + 1):
        put(sheet, f"B{row}", None, "wx Input text")
        for column in "CDE":
            put(sheet, f"{column}{row}", None, "wx Input %", number_format=style.SHARE_WHOLE)
        rank = f"ROWS($B${first}:$B{row})"
        _working(
            sheet,
            row,
            {
                # A blank limit lies beyond every discount, margin and price: nothing passes it.
                "L": f"IF(COUNT(C{row})=0,100,C{row})",
                "M": f"IF(COUNT(D{row})=0,-100,D{row})",
                "N": f"IF(COUNT(E{row})=0,-100,E{row})",
                **{
                    column: f"IF(COUNT({limit}{row})=0,ROWS($B${first}:$B${last + 1}),{rank})"
                    for column, limit in zip("OPQ", "CDE", strict=True)
                },
                **_flags(SIGNERS, row, lists),
            },
        )
    _write_nobody(sheet, last + 1, first)
    inputs.validate(
        sheet, f"B{first}:B{last}", inputs.TEXT, "Who signs", "A role or a name. The most junior first."
    )
    inputs.validate(
        sheet, f"C{first}:C{last}", SIGNED_UP_TO, "Up to this discount", "Rising from row to row."
    )
    inputs.validate(
        sheet, f"D{first}:D{last}", DOWN_TO_MARGIN, "Down to this margin", "Falling from row to row."
    )
    inputs.validate(
        sheet, f"E{first}:E{last}", DOWN_TO_PRICE, "Down to this share of list", "Falling from row to row."
    )
    return (
        reference(sheet, f"B{first}:B{last + 1}"),
        reference(sheet, f"B{first}:B{last}"),
        *(reference(sheet, f"{column}{first}:{column}{last}") for column in "LMN"),
        *(reference(sheet, f"{column}{first}:{column}{last + 1}") for column in "OPQ"),
    )


def _write_nobody(sheet: Worksheet, row: int, first: int) -> None:
    blocks.band(sheet, "B", "E", row, "wx Words")
    put(sheet, f"B{row}", NOBODY, "wx Words")
    put(sheet, f"C{row}", "beyond the last limit", "wx Words")
    blocks.note(
        sheet,
        f"B{row + 1}",
        "The first who meets all three limits signs. Nobody: raise the price, or widen a limit.",
    )
    sheet.row_dimensions[row].height = 20
    _working(sheet, row, dict.fromkeys("OPQ", f"ROWS($B${first}:$B{row})"))


def _write_tiers(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, TIERS.head, "Volume tiers", {"B": "From this quantity", "C": "Tier discount"}, "BC", ("B", "C")
    )
    _working_heads(sheet, TIERS, _flag_heads(TIERS))
    for row in range(TIERS.first, TIERS.last + 1):
        put(sheet, f"B{row}", None, "wx Input qty")
        put(sheet, f"C{row}", None, "wx Input %")
        _working(sheet, row, _flags(TIERS, row, lists))
    inputs.validate(
        sheet,
        TIERS.cells("B"),
        TIER_QUANTITY,
        "From this quantity",
        "The first quantity that earns the discount. Rising from row to row.",
    )
    inputs.validate(
        sheet,
        TIERS.cells("C"),
        TIER_DISCOUNT,
        "Tier discount",
        "For all units of the line. Rising from row to row.",
    )
    return tuple(reference(sheet, TIERS.cells(column)) for column in "BC")


def _working(sheet: Worksheet, row: int, formulas: dict[str, str]) -> None:
    sheet.row_dimensions[row].height = 20
    for column, formula in formulas.items():
        put(sheet, f"{column}{row}", Formula(formula), "wx Calc", number_format="0.0##", colour=style.SLATE)


def _write_lint(sheet: Worksheet) -> str:
    blocks.section(sheet, f"G{LINT_HEAD - 1}", "Is the policy sound?", 26)
    blocks.table_head(sheet, LINT_HEAD, {"G": "Check", "H": "Faults", "I": "Result"}, numbers="H", height=34)
    first = LINT_HEAD + 1
    flags = [(table, flag) for table in TABLES for flag in flags_of(table)]
    for row, (table, flag) in enumerate(flags, first):
        sheet.row_dimensions[row].height = 20
        put(sheet, f"G{row}", flag.rule.title, "wx Label")
        cells = reference(sheet, table.cells(flag.column))
        put(sheet, f"H{row}", Formula(f"SUM({cells})"), "wx Calc", number_format=style.WHOLE)
        put(
            sheet,
            f"I{row}",
            Formula(f'IF(H{row}=0,"✔  clear",{quoted("✖  " + flag.rule.remedy)})'),
            "wx Words",
        )
    last = first + len(flags) - 1
    blocks.tint_when(sheet, f"G{first}:I{last}", f"$H{first}>0", style.TOO_CLOSE.tint, style.INK)
    return reference(sheet, f"H{first}:H{last}")
