"""Whole files of every kind that a command reads, and the commands that read them."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import polars as pl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.fuzzing import columns, packages, texts
from tests.quotes import corpus
from walkaway_xl.hosts import embedded
from walkaway_xl.policy.toml import example

ROOT = Path(__file__).parents[2]
POLICY = "policy.toml"
ORDERS = "orders.csv"
LINES = (
    "order,class,list_price,discount,cost,quantity\n"
    "1,Furniture,100,0.1,40,3\n1,Furniture,80,0.7,60,1\n2,Technology,12,0.2,4,9\n2,Technology,12.5,0,4,1\n"
    "3,Furniture,9,0.05,8,2\n"
)
CHECK = "check {} --policy policy.toml --out checked{} --group-by order"
GUIDE = "guide {} --policy policy.toml --by class --column class=class --least 1 --out guided.toml"

BOOKS = ("check {} --policy policy.toml --out checked.csv", "read {}")  # messy ones

BOOK_LINES = (
    "calc {} --out calculated.xlsx",
    "review {}",
    "share {}",
    "formulas --into {} --out named.xlsx",
)

Damage = Callable[[Random, bytes], bytes]


class Subject(NamedTuple):
    """A whole file: its name, what makes it, what reads it, what damages it, and how often it is drawn."""

    name: str
    make: Callable[[], bytes]
    lines: tuple[str, ...]
    damage: tuple[Damage, ...]
    harmless: tuple[Damage, ...]
    weight: float


@cache
def book() -> bytes:
    """A small workbook with something of everything, calculated."""
    workbook = openpyxl.Workbook()
    sheet, other = workbook.active, workbook.create_sheet("Other")
    sheet.title = "Deal"
    rows = (
        ("Deal", "Amount", "Says"),
        ("Cost", 68.5, '=WALKAWAY_CHECK(B2,70,"seller")'),
        ("Margin", 0.2, "=PRICE_FLOOR(B2,B3)"),
        ("Yes", True, "=SUM(B2:B3)+Other!A1"),
        ("Not there", "=NA()", '=IF(ISERROR(B5),"none",B5)'),
        ("Total", "=Total*2", "=floor_of_it"),
    )
    for row in rows:
        sheet.append(row)
    other["A1"], other["A2"], other["B2"] = 7, "=Deal!B2&A1", "text with ü and <&>"
    other.sheet_state = "hidden"
    sheet.merge_cells("A8:C8")
    sheet["A8"] = "A merged remark"
    sheet["B2"].comment = Comment("from the supplier", "Zoë")
    sheet["B3"].number_format = "0.0 %"
    sheet.conditional_formatting.add("B2:B3", CellIsRule("lessThan", ["0"]))
    validation = DataValidation("list", formula1='"a,b"')
    validation.add("B9")
    sheet.add_data_validation(validation)
    sheet.add_table(Table(displayName="Deals", ref="A1:C6"))
    workbook.defined_names["Total"] = DefinedName("Total", attr_text="Deal!$B$2")
    workbook.defined_names["floor_of_it"] = DefinedName("floor_of_it", attr_text="Deal!$C$3")
    target = io.BytesIO()
    workbook.save(target)
    return embedded.calculate(target.getvalue()).data


@cache
def lines_in_a_book() -> bytes:
    """The lines as a workbook."""
    workbook = openpyxl.Workbook()
    for row in frame().rows():
        if workbook.active.max_row == 1 and workbook.active["A1"].value is None:
            for column, name in enumerate(frame().columns, 1):
                workbook.active.cell(1, column, name)
        workbook.active.append(row)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def frame() -> pl.DataFrame:
    """The lines as a data frame."""
    return pl.read_csv(io.BytesIO(LINES.encode()))


@cache
def lines_as_parquet() -> bytes:
    """The lines as Parquet."""
    target = io.BytesIO()
    frame().write_parquet(target)
    return target.getvalue()


def german_lines() -> bytes:
    """A messy book, as German Excel saves it."""
    rows = corpus.table(head=corpus.HEAD, separator=";", number=corpus.comma)
    return f"Angebote vom Mai\n\n{rows}Summe;;;18;;;\n".encode("cp1252")


def lines_in_percent() -> bytes:
    """A messy book: tabs, whole percents, net prices beside them, a return and a line that is no number."""
    rows = [(*row[:4], row[4], f"{row[5]:.0%}", row[4] * (1 - row[5]), row[6]) for row in corpus.LINES]
    back = [(*row[:3], -row[3], *row[4:]) for row in rows[:1]]
    head = (*corpus.HEAD[:5], "Discount %", "net price", "cost")
    return (
        corpus.table([*rows, *back], head, separator="\t") + "C-1\tPaper\tPad\tn/a\t#N/A\t\t\t\n"
    ).encode()


@cache
def lines_as_texts() -> bytes:
    """A messy book: a workbook whose numbers are texts, with a title, a merged cell and an error."""

    def change(sheet: Any) -> None:
        sheet.merge_cells("A4:A5")
        sheet["G6"] = "#N/A"

    rows = [
        tuple(corpus.comma(cell) if isinstance(cell, float) else cell for cell in row) for row in corpus.LINES
    ]
    return corpus.workbook(change, rows, above=(("Offers",), ("of May",)))


def unchanged(_: Random, data: bytes) -> bytes:
    """The same again."""
    return data


def _stored(name: str) -> Callable[[], bytes]:
    return (ROOT / "tests" / "quotes" / "stored_books" / name).read_bytes


def _template(name: str) -> Callable[[], bytes]:
    return (ROOT / "templates" / f"{name}.xlsx").read_bytes


_XLSX = packages.DAMAGE, packages.HARMLESS
_CSV = texts.CSV_DAMAGE, texts.CSV_HARMLESS
_TOML = texts.TOML_DAMAGE, texts.TOML_HARMLESS
_BYTES = (texts.cut, texts.bits_flipped, texts.letters_put_in), (unchanged,)
SUBJECTS = {
    subject.name: subject
    for subject in (
        Subject("book.xlsx", book, BOOK_LINES, *_XLSX, 34),
        Subject("lines.xlsx", lines_in_a_book, (CHECK.format("{}", ".csv"), GUIDE), *_XLSX, 14),
        Subject(
            "goods.xlsx",
            _template("used_goods_example"),
            (
                "review {}",
                "share {}",
                "upgrade {} --out upgraded.xlsx",
                "log {} --no-deal --out logged.xlsx",
                "calc {} --out calculated.xlsx",
                "links {}",
            ),
            *_XLSX,
            0.7,
        ),
        Subject(
            "floors.xlsx",
            _template("discount_floor_sheet_example"),
            ("policy lint {}", "check orders.csv --policy {} --out checked.csv"),
            *_XLSX,
            0.7,
        ),
        Subject(
            "rules.toml",
            lambda: example().encode(),
            ("policy lint {}", "check orders.csv --policy {} --out checked.csv"),
            *_TOML,
            14,
        ),
        Subject(
            "deal.toml",
            (ROOT / "walkaway_xl" / "workbooks" / "deals" / "used_goods.toml").read_bytes,
            ("new used_goods --from {} --out goods.xlsx",),
            *_TOML,
            2,
        ),
        Subject(
            "lines.csv",
            LINES.encode,
            (*(CHECK.format("{}", kind) for kind in (".csv", ".parquet", ".xlsx")), GUIDE),
            *_CSV,
            20,
        ),
        Subject(
            "lines.parquet",
            lines_as_parquet,
            (CHECK.format("{}", ".csv"), GUIDE),
            columns.DAMAGE,
            columns.HARMLESS,
            13,
        ),
        Subject("german.csv", german_lines, BOOKS, *_BYTES, 1),
        Subject("percent.tsv", lines_in_percent, BOOKS, *_BYTES, 1),
        Subject("texts.xlsx", lines_as_texts, BOOKS, *_XLSX, 1),
        Subject("errors.ods", _stored("errors.ods"), BOOKS, *_BYTES, 1),
    )
}
SURROUNDINGS = {POLICY: example().encode(), ORDERS: LINES.encode()}
