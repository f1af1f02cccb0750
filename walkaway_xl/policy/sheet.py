"""Where a policy stands on the Policy sheet of a discount_floor_sheet, as data: tables and cells."""

from collections.abc import Mapping
from typing import NamedTuple

TITLE = "Policy"
NET = "net"  # the basis of margins that are shares of what leakage leaves


class SheetTable(NamedTuple):
    """A table of the sheet: its columns by the keys of a policy file, and the rows that it has room for."""

    key: str
    head: int  # row of its head
    rows: int
    columns: Mapping[str, str]
    flags: str  # working columns for what says which rows break a rule, those of rules to come among them

    @property
    def first(self) -> int:
        """The first row below the head."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row."""
        return self.head + self.rows

    def cells(self, column: str, *, absolute: bool = False) -> str:
        """All cells of a column."""
        if absolute:
            return f"${column}${self.first}:${column}${self.last}"
        return f"{column}{self.first}:{column}{self.last}"


CLASSES = SheetTable("class", 7, 8, {"name": "B", "min_margin": "C"}, "MNOQRSTU")
SIGNERS = SheetTable(
    "signer", CLASSES.last + 3, 6, {"name": "B", "discount": "C", "margin": "D", "price": "E"}, "RSTUVW"
)
TIERS = SheetTable("tier", SIGNERS.last + 4, 6, {"quantity": "B", "discount": "C"}, "LMNOPQRSTU")
TABLES = (CLASSES, SIGNERS, TIERS)

# What stands once, from top to bottom: key of a policy file → cell.
ONCE_HEAD, ONCE_COLUMN = 7, "H"
ONCE = {
    key: f"{ONCE_COLUMN}{row}"
    for row, key in enumerate(
        (
            "leakage.rebate",
            "leakage.freight",
            "leakage.rate",
            "leakage.terms_days",
            "warn",
            "margin_basis",
            "quote_status",
        ),
        ONCE_HEAD + 1,
    )
}


def absolute(cell: str) -> str:
    """An address that stays when its formula is filled down."""
    return f"${cell[0]}${cell[1:]}"


NET_COLUMN = "P"
IS_NET = absolute(f"{NET_COLUMN}{CLASSES.first}")  # 1 if margins are net of leakage


class SheetRow(NamedTuple):
    """A row of a table, as a formula sees it."""

    table: SheetTable
    number: int
    tolerance: str  # cells of constants
    year: str

    @property
    def is_first(self) -> bool:
        """Whether nothing stands above it."""
        return self.number == self.table.first

    @property
    def is_last(self) -> bool:
        """Whether nothing stands below it."""
        return self.number == self.table.last

    def cell(self, key: str, down: int = 0) -> str:
        """The cell of a key, here or some rows further down."""
        return f"{self.table.columns[key]}{self.number + down}"

    def both(self, key: str) -> str:
        """1 if this row and the one above hold a number."""
        return f"COUNT({self.cell(key, -1)})*COUNT({self.cell(key)})"


def leakage(year: str) -> str:
    """Formula of the share of the invoice that is lost with the usual payment terms."""
    rebate, freight, rate, days = list(map(absolute, ONCE.values()))[:4]
    return f"(SUM({rebate}:{freight})+N({rate})*N({days})/{year})"


def kept(margin: str, leaks: str, net: str) -> str:
    """Formula of what a unit of the price leaves for the cost; `net` is 1 if margins are net of leakage."""
    return f"(1-{margin}-{leaks}+{net}*{margin}*{leaks})"
