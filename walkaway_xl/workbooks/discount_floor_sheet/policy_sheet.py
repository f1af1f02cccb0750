"""The Policy sheet of the deal desk: margins, leakage, tiers, who may sign, and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy import KINDS, NOBODY, WARN_DEFAULT, Policy
from walkaway_xl.policy.model import BLENDED
from walkaway_xl.policy.rules import flags_of
from walkaway_xl.policy.sheet import (
    CLASSES,
    NET,
    NET_COLUMN,
    ONCE,
    ONCE_COLUMN,
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
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import BASES, QUOTE_STATUSES, QuoteLists

LINT_HEAD = SIGNERS.head
WIDTHS = {
    "A": 2.5,
    "B": 24,
    "C": 11.5,
    "D": 11.5,
    "E": 13,
    "F": 3,
    "G": 36,
    "H": 10,
    "I": 54,
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
BY_STATUS = inputs.choice(QUOTE_STATUSES.column, "Blank counts as lines.")


WORKING = {"number_format": "0.0##", "colour": style.SLATE}
WHOLE_SHARE = {"number_format": style.SHARE_WHOLE}
LIMITS = ("discount", "margin", "price")

STATED_ONCE = Form("G", ONCE_COLUMN, words="I", height=None, look={"horizontal": "right"})
ONCE_FIELDS = (
    Field(
        "leakage.rebate",
        "Year-end rebate",
        inputs.DEDUCTION,
        words="Share of the invoice that goes back to the customer.",
    ),
    Field("leakage.freight", "Freight you pay", inputs.DEDUCTION, words="Share of the invoice."),
    Field(
        "leakage.rate",
        "Cost of money, per year",
        inputs.RATE,
        words="A day of payment terms costs this rate ÷ 365.",
    ),
    Field(
        "leakage.terms_days",
        "Usual payment terms, days",
        inputs.DAYS,
        words="For lines that name no terms of their own.",
    ),
    Field(
        "warn",
        "Warn band, margin points",
        inputs.GUARD,
        default=WARN_DEFAULT,
        words="NEAR FLOOR from the minimum margin up to this much above it.",
    ),
    Field(
        "margin_basis",
        "Margins are shares of",
        BASIS,
        words="invoice: of the invoice price; net: of what leakage leaves.",
    ),
    Field(
        "quote_status",
        "A quote is judged by",
        BY_STATUS,
        words="lines: its worst line; blended: all lines together.",
    ),
)
assert [entry.key for entry in ONCE_FIELDS] == list(ONCE)


@dataclass(frozen=True)
class PolicyCells:
    """Where the policy stands, as the quote looks things up."""

    classes: Placed
    once: dict[str, str]
    """References of what stands once, by the keys of a policy file."""
    is_net: str
    """1 if margins are net of leakage."""
    is_blended: str
    """Formula: whether a quote is judged by all lines together."""
    signers: Placed
    tiers: Placed
    faults: str
    incomplete: str

    @property
    def margins(self) -> str:
        """The margins of the classes, and what is made of them."""
        return self.classes.between("min_margin", [*flags_of(CLASSES)][-1].column)

    def with_nobody(self, key: str) -> str:
        """A column of the signers, and nobody below them."""
        return self.signers[key].longer(1)


def facts_of(policy: Policy) -> dict[str, Any]:
    """A policy as the facts of a deal file, by the names that a policy file has for them."""

    def stated(entry: object, *keys: str) -> dict[str, Any]:
        return {key: getattr(entry, key) for key in keys}

    return {
        "warn": policy.warn,
        "margin_basis": policy.margin_basis,
        "quote_status": policy.quote_status,
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
    _title(sheet, ONCE_HEAD, "G", "What leaks off the invoice")
    heads = {"G": "Item", ONCE_COLUMN: "Value", "I": "In words"}
    blocks.table_head(sheet, ONCE_HEAD, heads, numbers=ONCE_COLUMN, span=("G", "I"), height=34)
    once = STATED_ONCE.write(draft, sheet, ONCE_HEAD + 1, ONCE_FIELDS)
    _title(sheet, CLASSES.head, "B", "Minimum margin by class")
    classes = _table(CLASSES, _class_columns(), lists).write(draft, sheet, CLASSES.head)
    _title(sheet, SIGNERS.head, "B", "Who may sign")
    signers = _table(SIGNERS, _signer_columns(), lists).write(draft, sheet, SIGNERS.head)
    _write_nobody(draft, sheet, signers)
    _title(sheet, TIERS.head, "B", "Volume tiers")
    tiers = _table(TIERS, _tier_columns(), lists).write(draft, sheet, TIERS.head)
    faults = _write_lint(draft, sheet)
    put(sheet, f"L{CLASSES.head - 1}", "WORKING COLUMNS", "wx Overline")
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:J{TIERS.last}", Privacy.INTERNAL)
    protect(sheet)
    empty = [f"(COUNTA({cells})=0)" for cells in (classes["name"], signers["name"])]
    is_net = classes["net"].nth(0)
    judged = reference(sheet, absolute(ONCE["quote_status"]))
    is_blended = f"({judged}={QUOTE_STATUSES[BLENDED]})"
    return PolicyCells(classes, once, is_net, is_blended, signers, tiers, faults, f"({'+'.join(empty)})")


def _title(sheet: Worksheet, head: int, column: str, title: str) -> None:
    blocks.section(sheet, f"{column}{head - 1}", title, 26)


def _working(key: str, place: str, head: str, formula: Callable[[Row], str | None]) -> Column:
    return Column(key, place, head, formula=formula, look=WORKING)


def _table(table: SheetTable, columns: Sequence[Column], lists: QuoteLists) -> Table:
    """A table with a working column for each rule that its rows can break: 1 where one does."""

    def breaks(formula: Callable[[SheetRow], str]) -> Callable[[Row], str]:
        return lambda row: formula(SheetRow(table, row.sheet_row, lists.tolerance, lists.year))

    flags = [_working(flag.column, flag.column, flag.head, breaks(flag.formula)) for flag in flags_of(table)]
    return Table(table.key, (*columns, *flags), table.rows, None, numbered=False, height=20, head_height=34)


def _class_columns() -> tuple[Column, ...]:
    place = CLASSES.columns
    is_net = f"--({absolute(ONCE['margin_basis'])}={BASES[NET]})"
    return (
        Column("name", place["name"], "Class", inputs.TEXT, "A class of products, as the lines name it."),
        Column(
            "min_margin",
            place["min_margin"],
            "Minimum margin",
            MARGIN,
            "Share of the price that must remain after cost and leakage. Type 15% or 0.15.",
        ),
        _working(
            "used",
            "L",
            "Margin used",
            lambda row: f'IF(COUNT({row["min_margin"]})=0,"",{row["min_margin"]})',
        ),
        _working("net", NET_COLUMN, "Net of leakage", lambda row: None if row.number else is_net),
    )


def _signer_columns() -> tuple[Column, ...]:
    place = SIGNERS.columns
    nobody = f"ROWS(${place['name']}${SIGNERS.first}:${place['name']}${SIGNERS.last + 1})"

    def limit(key: str, head: str, kind: inputs.Kind, prompt: str) -> Column:
        return Column(key, place[key], head, kind, prompt, look=WHOLE_SHARE)

    def used(key: str, beyond: int) -> Callable[[Row], str]:
        # A blank limit lies beyond every discount, margin and price: nothing passes it, so that its signer
        # signs what is beyond the limits above.
        return lambda row: f"IF(COUNT({row[key]})=0,{beyond},{row[key]})"

    def rank() -> Callable[[Row], str]:
        return lambda row: f"IF(LEN({row['name']})=0,{nobody},{_rank(row.top('name'), row['name'])})"

    return (
        Column(
            "name",
            place["name"],
            "Who signs, most junior first",
            inputs.TEXT,
            "A role or a name. The most junior first.",
            "Who signs",
        ),
        limit("discount", "Up to this discount", SIGNED_UP_TO, "Rising from row to row."),
        limit("margin", "Down to this margin", DOWN_TO_MARGIN, "Falling from row to row."),
        limit("price", "Down to this share of list", DOWN_TO_PRICE, "Falling from row to row."),
        _working("discount_limit", "L", "Discount limit", used("discount", 100)),
        _working("margin_limit", "M", "Margin limit", used("margin", -100)),
        _working("price_limit", "N", "Price limit", used("price", -100)),
        _working("discount_rank", "O", "Rank by discount", rank()),
        _working("margin_rank", "P", "Rank by margin", rank()),
        _working("price_rank", "Q", "Rank by price", rank()),
    )


def _rank(first: str, last: str) -> str:
    return f"ROWS(${first}:${last})"


def _write_nobody(draft: Draft, sheet: Worksheet, signers: Placed) -> None:
    """The row below the signers: whose signature it takes where nobody's is enough."""
    row = signers.next_row
    blocks.band(sheet, "B", "E", row, "wx Words")
    put(sheet, f"B{row}", NOBODY, "wx Words")
    draft.name(NOBODY_CELL, reference(sheet, f"B{row}"))
    put(sheet, f"C{row}", "beyond the last limit", "wx Words")
    blocks.note(
        sheet,
        f"B{row + 1}",
        "The first who meets all limits signs; blank is no limit. Nobody: raise the price, or widen a limit.",
    )
    sheet.row_dimensions[row].height = 20
    rank = Formula(_rank(f"B${signers.first}", f"B{row}"))
    for key in LIMITS:
        cell = f"{signers.letters[f'{key}_rank']}{row}"
        put(sheet, cell, rank, "wx Calc", number_format=WORKING["number_format"], colour=WORKING["colour"])


def _tier_columns() -> tuple[Column, ...]:
    place = TIERS.columns
    return (
        Column(
            "quantity",
            place["quantity"],
            "From this quantity",
            TIER_QUANTITY,
            "The first quantity that earns the discount. Rising from row to row.",
        ),
        Column(
            "discount",
            place["discount"],
            "Tier discount",
            TIER_DISCOUNT,
            "For all units of the line. Rising from row to row.",
        ),
    )


def _write_lint(draft: Draft, sheet: Worksheet) -> str:
    """What is wrong with the policy, a row for each rule."""
    flags = [(table, flag) for table in TABLES for flag in flags_of(table)]

    def faults(row: Row) -> str:
        table, flag = flags[row.number]
        return f"SUM({reference(sheet, table.cells(flag.column))})"

    def remedy(row: Row) -> str:
        text = quoted("✖  " + flags[row.number][1].rule.remedy)
        return f'IF({row["faults"]}=0,"✔  clear",{text})'

    columns = (
        Column("rule", "G", "Check", words=[flag.rule.title for _, flag in flags]),
        Column("faults", "H", "Faults", formula=faults, look={"number_format": style.WHOLE}),
        Column("remedy", "I", "Result", formula=remedy, style_name="wx Words"),
    )
    _title(sheet, LINT_HEAD, "G", "Is the policy sound?")
    table = Table("", columns, len(flags), None, numbered=False, height=20, head_height=34)
    lint = table.write(draft, sheet, LINT_HEAD)
    whole = lint.between("rule", "remedy").cells
    blocks.tint_when(sheet, whole, f"$H{lint.first}>0", style.TOO_CLOSE.tint, style.INK)
    return lint["faults"]
