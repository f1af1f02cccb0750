"""The Policy sheet of the deal desk: margins, leakage, tiers, who may sign, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy import KINDS, NOBODY, WARN_DEFAULT, Policy, ProductClass, Signer, Tier
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
from walkaway_xl.workbooks import inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, Value, columns_between, put, quoted, reference, set_widths
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists
from walkaway_xl.workbooks.draft import Draft
from walkaway_xl.workbooks.page import Privacy, protect, set_up_page

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
BASES = tuple(KINDS[""]["margin_basis"].words)
BASIS = inputs.choice(f'"{",".join(BASES)}"', "Blank counts as invoice.")


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


def write(draft: Draft, policy: Policy | None, lists: QuoteLists, master: str) -> PolicyCells:
    """Write the sheet; everything on it is an input except the checks and the working columns."""
    sheet = draft.sheet(TITLE)
    set_widths(sheet, WIDTHS)
    parts.header(
        sheet,
        "Policy",
        "What every line must earn, and who may sign for less. Change it here, for all lines at once.",
        "B",
        "I",
        Privacy.INTERNAL,
        checks=master,
    )
    stated = policy or Policy()
    classes = _write_classes(sheet, stated.classes, lists)
    leakage = _write_leakage(draft, sheet, policy)
    signers = _write_signers(sheet, stated.signers, lists)
    tiers = _write_tiers(sheet, stated.tiers, lists)
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
    parts.table_head(
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
    parts.section(sheet, f"{span[0]}{row - 1}", title, 26)
    parts.table_head(sheet, row, heads, numbers=numbers, span=span, height=34)


def _write_classes(sheet: Worksheet, classes: Sequence[ProductClass], lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, CLASSES.head, "Minimum margin by class", {"B": "Class", "C": "Minimum margin"}, "C", ("B", "C")
    )
    _working_heads(sheet, CLASSES, {"L": "Margin used", **_flag_heads(CLASSES), "P": "Net of leakage"})
    _working(sheet, CLASSES.first, {"P": f"--({absolute(ONCE['margin_basis'])}={quoted(NET)})"})
    for number, at in enumerate(range(CLASSES.first, CLASSES.last + 1)):
        name, margin = (
            (classes[number].name, classes[number].min_margin) if number < len(classes) else (None, None)
        )
        put(sheet, f"B{at}", name, "wx Input text")
        put(sheet, f"C{at}", margin, "wx Input %")
        _working(sheet, at, {"L": f'IF(COUNT(C{at})=0,"",C{at})', **_flags(CLASSES, at, lists)})
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


def _write_leakage(draft: Draft, sheet: Worksheet, policy: Policy | None) -> tuple[str, ...]:
    def stated(key: str) -> Value:
        return None if policy is None else getattr(policy, key)

    _heads(
        sheet,
        ONCE_HEAD,
        "What leaks off the invoice",
        {"G": "Item", "H": "Value", "I": "In words"},
        "H",
        ("G", "I"),
    )
    found = []
    for number, (key, label, value, kind, words) in enumerate(
        (
            (
                "leakage.rebate",
                "Year-end rebate",
                stated("rebate"),
                inputs.DEDUCTION,
                "Share of the invoice that goes back to the customer.",
            ),
            (
                "leakage.freight",
                "Freight you pay",
                stated("freight"),
                inputs.DEDUCTION,
                "Share of the invoice.",
            ),
            (
                "leakage.rate",
                "Cost of money, per year",
                stated("rate"),
                inputs.RATE,
                "A day of payment terms costs this rate ÷ 365.",
            ),
            (
                "leakage.terms_days",
                "Usual payment terms, days",
                stated("terms_days"),
                inputs.DAYS,
                "For lines that name no terms of their own.",
            ),
            (
                "warn",
                "Warn band, margin points",
                WARN_DEFAULT if policy is None else policy.warn,
                inputs.GUARD,
                "NEAR FLOOR from the minimum margin up to this much above it.",
            ),
            (
                "margin_basis",
                "Margins are shares of",
                stated("margin_basis"),
                BASIS,
                "invoice: of the price as invoiced; net: of what the leakage leaves of it.",
            ),
        )
    ):
        at = ONCE_HEAD + 1 + number
        put(sheet, f"G{at}", label, "wx Label")
        cell = put(sheet, f"H{at}", value, kind.style_name, number_format=kind.number_format)
        put(sheet, f"I{at}", words, "wx Words")
        inputs.validate(sheet, cell.coordinate, kind, label)
        found.append(reference(sheet, cell.coordinate))
        draft.take(key, found[-1], kind, label)
    return (*found[:-1], reference(sheet, NET_CELL))


def _write_signers(sheet: Worksheet, signers: Sequence[Signer], lists: QuoteLists) -> tuple[str, ...]:
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
    for at in range(first, last + 1):
        entry = signers[at - first] if at - first < len(signers) else None
        put(sheet, f"B{at}", entry.name if entry else None, "wx Input text")
        limits = (entry.discount, entry.margin, entry.price) if entry else (None, None, None)
        for column, value in zip("CDE", limits, strict=True):
            put(sheet, f"{column}{at}", value, "wx Input %", number_format=style.SHARE_WHOLE)
        rank = f"ROWS($B${first}:$B{at})"
        _working(
            sheet,
            at,
            {
                # A blank limit lies beyond every discount, margin and price: nothing passes it.
                "L": f"IF(COUNT(C{at})=0,100,C{at})",
                "M": f"IF(COUNT(D{at})=0,-100,D{at})",
                "N": f"IF(COUNT(E{at})=0,-100,E{at})",
                **{
                    column: f"IF(COUNT({limit}{at})=0,ROWS($B${first}:$B${last + 1}),{rank})"
                    for column, limit in zip("OPQ", "CDE", strict=True)
                },
                **_flags(SIGNERS, at, lists),
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


def _write_nobody(sheet: Worksheet, at: int, first: int) -> None:
    parts.band(sheet, "B", "E", at, "wx Words")
    put(sheet, f"B{at}", NOBODY, "wx Words")
    put(sheet, f"C{at}", "beyond the last limit", "wx Words")
    parts.note(
        sheet,
        f"B{at + 1}",
        "The first who meets all three limits signs. Nobody: raise the price, or widen a limit.",
    )
    sheet.row_dimensions[at].height = 20
    _working(sheet, at, dict.fromkeys("OPQ", f"ROWS($B${first}:$B{at})"))


def _write_tiers(sheet: Worksheet, tiers: Sequence[Tier], lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, TIERS.head, "Volume tiers", {"B": "From this quantity", "C": "Tier discount"}, "BC", ("B", "C")
    )
    _working_heads(sheet, TIERS, _flag_heads(TIERS))
    for number, at in enumerate(range(TIERS.first, TIERS.last + 1)):
        quantity, discount = (
            (tiers[number].quantity, tiers[number].discount) if number < len(tiers) else (None, None)
        )
        put(sheet, f"B{at}", quantity, "wx Input qty")
        put(sheet, f"C{at}", discount, "wx Input %")
        _working(sheet, at, _flags(TIERS, at, lists))
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


def _working(sheet: Worksheet, at: int, formulas: dict[str, str]) -> None:
    sheet.row_dimensions[at].height = 20
    for column, formula in formulas.items():
        put(sheet, f"{column}{at}", Formula(formula), "wx Calc", number_format="0.0##", colour=style.SLATE)


def _write_lint(sheet: Worksheet) -> str:
    parts.section(sheet, f"G{LINT_HEAD - 1}", "Is the policy sound?", 26)
    parts.table_head(sheet, LINT_HEAD, {"G": "Check", "H": "Faults", "I": "Result"}, numbers="H", height=34)
    first = LINT_HEAD + 1
    flags = [(table, flag) for table in TABLES for flag in flags_of(table)]
    for at, (table, flag) in enumerate(flags, first):
        sheet.row_dimensions[at].height = 20
        put(sheet, f"G{at}", flag.rule.title, "wx Label")
        cells = reference(sheet, table.cells(flag.column))
        put(sheet, f"H{at}", Formula(f"SUM({cells})"), "wx Calc", number_format=style.WHOLE)
        put(
            sheet, f"I{at}", Formula(f'IF(H{at}=0,"✔  clear",{quoted("✖  " + flag.rule.remedy)})'), "wx Words"
        )
    last = first + len(flags) - 1
    parts.tint_when(sheet, f"G{first}:I{last}", f"$H{first}>0", style.TOO_CLOSE.tint, style.INK)
    return reference(sheet, f"H{first}:H{last}")
