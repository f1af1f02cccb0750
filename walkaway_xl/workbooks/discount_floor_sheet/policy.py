"""The Policy sheet of the deal desk: margins, leakage, tiers, who may sign, and what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.policy import KINDS, NOBODY, WARN_DEFAULT, Policy
from walkaway_xl.sheets import inputs, parts, style
from walkaway_xl.sheets.cells import Formula, columns_between, put, quoted, reference, set_widths
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.discount_floor_sheet.quote_lists import QuoteLists

TITLE = "Policy"
CLASS_ROWS, SIGNER_ROWS, TIER_ROWS = 8, 6, 6
NET = "net"
CLASS_HEAD, LEAKAGE_HEAD = 7, 7
SIGNER_HEAD = CLASS_HEAD + CLASS_ROWS + 3
TIER_HEAD = SIGNER_HEAD + SIGNER_ROWS + 4
LINT_HEAD = SIGNER_HEAD
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


@dataclass(frozen=True)
class Lint:
    """One rule that a policy can break; `flags` are cells with 1 for each row that breaks it."""

    text: str
    flags: str
    remedy: str


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
    parts.header(
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
    tiers = _write_tiers(sheet, lists)
    _take_tables(draft, sheet)
    faults = _write_lint(sheet)
    put(sheet, f"L{CLASS_HEAD - 1}", "WORKING COLUMNS", "wx Overline")
    sheet.freeze_panes = "A5"
    set_up_page(sheet, f"A1:J{TIER_HEAD + TIER_ROWS}", Privacy.INTERNAL)
    protect(sheet)
    empty = [f"(COUNTA({cells})=0)" for cells in (classes[0], signers[1])]
    return PolicyCells(*(*classes, *leakage, *signers, *tiers, faults, f"({'+'.join(empty)})"))


def _take_tables(draft: Draft, sheet: Worksheet) -> None:
    """Know the tables by the names that a policy file has for them."""
    text = inputs.TEXT
    for table, head, rows, columns in (
        (
            "class",
            CLASS_HEAD,
            CLASS_ROWS,
            {"name": ("B", text, "Class"), "min_margin": ("C", MARGIN, "Minimum margin")},
        ),
        (
            "signer",
            SIGNER_HEAD,
            SIGNER_ROWS,
            {
                "name": ("B", text, "Who signs"),
                "discount": ("C", SIGNED_UP_TO, "Up to this discount"),
                "margin": ("D", DOWN_TO_MARGIN, "Down to this margin"),
                "price": ("E", DOWN_TO_PRICE, "Down to this share of list"),
            },
        ),
        (
            "tier",
            TIER_HEAD,
            TIER_ROWS,
            {
                "quantity": ("B", TIER_QUANTITY, "From this quantity"),
                "discount": ("C", TIER_DISCOUNT, "Tier discount"),
            },
        ),
    ):
        draft.take_rows(table, sheet, head + 1, head + rows, columns)


def kept(margin: str, leakage: str, net: str) -> str:
    """Formula of what a unit of the price leaves for the cost; `net` is 1 if margins are net of leakage."""
    return f"(1-{margin}-{leakage}+{net}*{margin}*{leakage})"


def _column(column: str, head: int, rows: int) -> str:
    return f"{column}{head + 1}:{column}{head + rows}"


def _heads(
    sheet: Worksheet, row: int, title: str, heads: dict[str, str], numbers: str, span: tuple[str, str]
) -> None:
    parts.section(sheet, f"{span[0]}{row - 1}", title, 26)
    parts.table_head(sheet, row, heads, numbers=numbers, span=span, height=34)


def _write_classes(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, CLASS_HEAD, "Minimum margin by class", {"B": "Class", "C": "Minimum margin"}, "C", ("B", "C")
    )
    parts.table_head(
        sheet,
        CLASS_HEAD,
        {"L": "Margin used", "M": "Gap", "N": "Twice", "O": "Out of reach", "P": "Net of leakage"},
        numbers="LMNOP",
        span=("L", "P"),
        height=34,
    )
    rebate, _, rate, days, _, basis = (f"$H${LEAKAGE_HEAD + row}" for row in range(1, 7))
    leakage = f"(SUM({rebate}:$H${LEAKAGE_HEAD + 2})+N({rate})*N({days})/{lists.year})"
    net = f"$P${CLASS_HEAD + 1}"
    _working(sheet, CLASS_HEAD + 1, {"P": f"--({basis}={quoted(NET)})"})
    names = f"$B${CLASS_HEAD + 1}:$B${CLASS_HEAD + CLASS_ROWS}"
    for number in range(CLASS_ROWS):
        at = CLASS_HEAD + 1 + number
        put(sheet, f"B{at}", None, "wx Input text")
        put(sheet, f"C{at}", None, "wx Input %")
        _working(
            sheet,
            at,
            {
                "L": f'IF(COUNT(C{at})=0,"",C{at})',
                "M": f"--((LEN(B{at})>0)<>(COUNT(C{at})=1))",
                "N": f"IF(LEN(B{at})=0,0,--(COUNTIF({names},B{at})>1))",
                "O": f"--({kept(f'SUM(C{at})', leakage, net)}<={lists.tolerance})",
            },
        )
    inputs.validate(
        sheet,
        _column("B", CLASS_HEAD, CLASS_ROWS),
        inputs.TEXT,
        "Class",
        "A class of products, as the lines name it.",
    )
    inputs.validate(
        sheet,
        _column("C", CLASS_HEAD, CLASS_ROWS),
        MARGIN,
        "Minimum margin",
        "Share of the price that must remain after cost and leakage. Type 15% or 0.15.",
    )
    columns = [reference(sheet, _column(column, CLASS_HEAD, CLASS_ROWS)) for column in "BL"]
    return (*columns, reference(sheet, f"C{CLASS_HEAD + 1}:O{CLASS_HEAD + CLASS_ROWS}"))


def _write_leakage(draft: Draft, sheet: Worksheet) -> tuple[str, ...]:
    _heads(
        sheet,
        LEAKAGE_HEAD,
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
        at = LEAKAGE_HEAD + 1 + number
        put(sheet, f"G{at}", label, "wx Label")
        cell = put(sheet, f"H{at}", value, kind.style_name, number_format=kind.number_format)
        put(sheet, f"I{at}", words, "wx Words")
        inputs.validate(sheet, cell.coordinate, kind, label)
        found.append(reference(sheet, cell.coordinate))
        draft.take(key, found[-1], kind, label)
    return (*found[:-1], reference(sheet, f"P{CLASS_HEAD + 1}"))


def _write_signers(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    heads = {
        "B": "Who signs, most junior first",
        "C": "Up to this discount",
        "D": "Down to this margin",
        "E": "Down to this share of list",
    }
    _heads(sheet, SIGNER_HEAD, "Who may sign", heads, "CDE", ("B", "E"))
    parts.table_head(
        sheet,
        SIGNER_HEAD,
        {
            "L": "Discount limit",
            "M": "Margin limit",
            "N": "Price limit",
            "O": "Rank by discount",
            "P": "Rank by margin",
            "Q": "Rank by price",
            "R": "Gap",
            "S": "Overlap",
            "T": "Inversion",
            "U": "Beyond floor",
        },
        numbers="LMNOPQRSTU",
        span=("L", "U"),
        height=34,
    )
    first, last = SIGNER_HEAD + 1, SIGNER_HEAD + SIGNER_ROWS
    highest = f"MAX($C${CLASS_HEAD + 1}:$C${CLASS_HEAD + CLASS_ROWS})"
    for at in range(first, last + 1):
        put(sheet, f"B{at}", None, "wx Input text")
        for column in "CDE":
            put(sheet, f"{column}{at}", None, "wx Input %", number_format=style.SHARE_WHOLE)
        above = at - 1
        both = {column: f"COUNT({column}{above})*COUNT({column}{at})" for column in "CDE"}
        steps = {"C": f"C{at}-C{above}", "D": f"D{above}-D{at}", "E": f"E{above}-E{at}"}
        is_first = at == first
        same = "+".join(f"{both[column]}*({column}{at}={column}{above})" for column in "CDE")
        wrong = "+".join(f"{both[column]}*({steps[column].replace('-', '<')})" for column in "CDE")
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
                "R": f"--((LEN(B{at})>0)*COLUMNS(C{at}:E{at})<>COUNT(C{at}:E{at}))"
                + ("" if is_first else f"+(LEN(B{at})>0)*(LEN(B{above})=0)"),
                "S": "0" if is_first else same,
                "T": "0" if is_first else wrong,
                # The last signer may go below the floor: somebody has to decide the exceptions.
                "U": f"(LEN(B{at + 1})>0)*COUNT(D{at})*(D{at}<{highest}-{lists.tolerance})"
                if at < last
                else "0",
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


def _write_tiers(sheet: Worksheet, lists: QuoteLists) -> tuple[str, ...]:
    _heads(
        sheet, TIER_HEAD, "Volume tiers", {"B": "From this quantity", "C": "Tier discount"}, "BC", ("B", "C")
    )
    parts.table_head(
        sheet,
        TIER_HEAD,
        {"L": "Gap", "M": "Overlap", "N": "Inversion", "O": "Cliff"},
        numbers="LMNO",
        span=("L", "O"),
        height=34,
    )
    first = TIER_HEAD + 1
    for number in range(TIER_ROWS):
        at = first + number
        put(sheet, f"B{at}", None, "wx Input qty")
        put(sheet, f"C{at}", None, "wx Input %")
        above = at - 1
        both = f"COUNT(B{above})*COUNT(C{above})*COUNT(B{at})*COUNT(C{at})"
        filled_after_blank = f"COUNT(B{at})*(COUNT(B{above})=0)"
        cliff = f"(B{at}-1)*(1-C{above})>B{at}*(1-C{at})+{lists.tolerance}"
        _working(
            sheet,
            at,
            {
                "L": f"--(COUNT(B{at})<>COUNT(C{at}))" + ("" if number == 0 else f"+{filled_after_blank}"),
                "M": "0" if number == 0 else f"{both}*(B{at}=B{above})",
                "N": "0" if number == 0 else f"{both}*((B{at}<B{above})+(C{at}<C{above}))",
                "O": "0" if number == 0 else f"{both}*(B{at}>B{above})*({cliff})",
            },
        )
    inputs.validate(
        sheet,
        _column("B", TIER_HEAD, TIER_ROWS),
        TIER_QUANTITY,
        "From this quantity",
        "The first quantity that earns the discount. Rising from row to row.",
    )
    inputs.validate(
        sheet,
        _column("C", TIER_HEAD, TIER_ROWS),
        TIER_DISCOUNT,
        "Tier discount",
        "For all units of the line. Rising from row to row.",
    )
    return tuple(reference(sheet, _column(column, TIER_HEAD, TIER_ROWS)) for column in "BC")


def _working(sheet: Worksheet, at: int, formulas: dict[str, str]) -> None:
    sheet.row_dimensions[at].height = 20
    for column, formula in formulas.items():
        put(sheet, f"{column}{at}", Formula(formula), "wx Calc", number_format="0.0##", colour=style.SLATE)


def _lints() -> tuple[Lint, ...]:
    return (
        Lint(
            "Classes: name or margin missing",
            _column("M", CLASS_HEAD, CLASS_ROWS),
            "Every class needs a name and a margin.",
        ),
        Lint(
            "Classes: listed twice",
            _column("N", CLASS_HEAD, CLASS_ROWS),
            "Only the upper one is used. Take one out.",
        ),
        Lint(
            "Classes: margin and leakage leave no price",
            _column("O", CLASS_HEAD, CLASS_ROWS),
            "Lower one. Together they must stay below 100 %; net of leakage, each alone.",
        ),
        Lint(
            "Signers: gap",
            _column("R", SIGNER_HEAD, SIGNER_ROWS),
            "Every signer needs three limits; no empty row between.",
        ),
        Lint(
            "Signers: overlap",
            _column("S", SIGNER_HEAD, SIGNER_ROWS),
            "Two with the same limit: the second is never asked.",
        ),
        Lint(
            "Signers: inversion",
            _column("T", SIGNER_HEAD, SIGNER_ROWS),
            "Discounts rise, margins and prices fall, row by row.",
        ),
        Lint(
            "Signers: limit beyond the floor",
            _column("U", SIGNER_HEAD, SIGNER_ROWS),
            "Only the last signer may go below a class minimum.",
        ),
        Lint(
            "Tiers: gap",
            _column("L", TIER_HEAD, TIER_ROWS),
            "Every tier needs a quantity and a discount; no empty row between.",
        ),
        Lint("Tiers: overlap", _column("M", TIER_HEAD, TIER_ROWS), "Two tiers begin at the same quantity."),
        Lint(
            "Tiers: inversion",
            _column("N", TIER_HEAD, TIER_ROWS),
            "Quantities and discounts rise, row by row.",
        ),
        Lint(
            "Tiers: cliff",
            _column("O", TIER_HEAD, TIER_ROWS),
            "One unit more costs less in all. Make the step smaller.",
        ),
    )


def _write_lint(sheet: Worksheet) -> str:
    parts.section(sheet, f"G{LINT_HEAD - 1}", "Is the policy sound?", 26)
    parts.table_head(sheet, LINT_HEAD, {"G": "Check", "H": "Faults", "I": "Result"}, numbers="H", height=34)
    first = LINT_HEAD + 1
    for at, lint in enumerate(_lints(), first):
        sheet.row_dimensions[at].height = 20
        put(sheet, f"G{at}", lint.text, "wx Label")
        cells = reference(sheet, lint.flags)
        put(sheet, f"H{at}", Formula(f"SUM({cells})"), "wx Calc", number_format=style.WHOLE)
        put(sheet, f"I{at}", Formula(f'IF(H{at}=0,"✔  clear",{quoted("✖  " + lint.remedy)})'), "wx Words")
    last = first + len(_lints()) - 1
    parts.tint_when(sheet, f"G{first}:I{last}", f"$H{first}>0", style.TOO_CLOSE.tint, style.INK)
    return reference(sheet, f"H{first}:H{last}")
