"""Messy quote books, made by this script, each with what a person would expect of it.

All of them hold the same four lines under the example policy, or something that must be refused in words.
"""

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.quotes.corpus.binary import Error, binary_workbook

LINES = (  # order, class, product, quantity, list price, discount, cost: OK, OK, BELOW FLOOR, BELOW COST
    ("A-1", "Furniture", "Desk", 2, 1200.5, 0.25, 680.0),
    ("A-2", "Furniture", "Lamp", 3, 60.0, 0.0, 30.0),
    ("B-1", "Technology", "Screen", 1, 250.0, 0.2, 190.0),
    ("B-2", "Office Supplies", "Pen", 12, 4.0, 0.5, 2.5),
)
VERDICTS = {"OK": 2, "NEAR FLOOR": 0, "BELOW FLOOR": 1, "BELOW COST": 1}
HEAD = ("order", "class", "product", "quantity", "list_price", "discount", "cost")


class Book(NamedTuple):
    """A messy book: its file, and what is expected of it."""

    name: str
    file: str
    data: bytes
    expected: str  # a part of what is said; empty where the verdicts are those of the clean book
    options: tuple[str, ...] = ()


def table(rows=LINES, head=HEAD, separator=",", number=str, end="\n", quote="") -> str:
    """Rows as text."""
    lines = [head, *([number(cell) if not isinstance(cell, str) else cell for cell in row] for row in rows)]
    return "".join(separator.join(f"{quote}{cell}{quote}" for cell in line) + end for line in lines)


def comma(value) -> str:
    """A number as most of Europe writes it."""
    return f"{value:,}".translate(str.maketrans(",.", ".,")) if isinstance(value, float) else str(value)


def english(value) -> str:
    """A number with commas between thousands."""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def swiss(value) -> str:
    """A number with apostrophes between thousands."""
    return f"{value:,.2f}".replace(",", "’") if isinstance(value, float) else str(value)


def french(value) -> str:
    """A number with narrow blanks between thousands."""
    return (
        f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") if isinstance(value, float) else str(value)
    )


def with_money(row: tuple, shape: Callable[[float], str] | str) -> tuple:
    """A line whose list price and cost are written as money."""
    write = shape.format if isinstance(shape, str) else shape
    return (*row[:4], write(row[4]), row[5], write(row[6]))


def shaped(head: str, numbers: Callable[..., tuple]) -> str:
    """The lines with other numbers in their columns."""
    rows = [(*row[:3], *numbers(*row[3:])) for row in LINES]
    return table(rows, (*HEAD[:3], *head.split(",")), number=lambda value: repr(value))


def in_euros_and_yen(sheet: Worksheet) -> None:
    """Show another currency in each second row, beside all numbers of it."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.number_format = '0.00 "€"' if cell.row % 2 else "[$¥-411]0.00"


def workbook(change=lambda sheet: None, rows=LINES, head=HEAD, above=()) -> bytes:
    """The lines as a workbook."""
    book = openpyxl.Workbook()
    for row in (*above, head, *rows):
        book.active.append(row)
    change(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def books() -> Iterator[Book]:
    """All of them."""
    for kind in (texts, heads, shapes, numbers, odd_rows, unclear, workbooks):
        yield from kind()


def texts() -> Iterator[Book]:
    plain = table()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield Book(f"text in {encoding}", "b.csv", plain.encode(encoding), "")
    for encoding in ("cp1252", "mac_roman", "cp850"):
        text = plain.replace("Desk", "Bürotür für Größen")
        yield Book(f"text in {encoding}", "b.csv", text.encode(encoding), "")
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "strokes")):
        yield Book(f"{name} between cells", "b.csv", table(separator=sign).encode(), "")
        yield Book(f"{name}, in a .txt", "b.txt", table(separator=sign).encode(), "")
    for end, name in (("\r\n", "Windows"), ("\r", "an old Mac")):
        yield Book(f"lines that end as on {name}", "b.csv", table(end=end).encode(), "")
    yield Book("every cell in quotes", "b.csv", table(quote='"').encode(), "")
    yield Book("sep=; in the first line", "b.csv", b"sep=;\n" + table(separator=";").encode(), "")
    yield Book("titles above the heads", "b.csv", f"Orders of May\n\nBy,Miller\n{plain}".encode(), "")
    yield Book("a separator at the end of each line", "b.csv", table(end=",\n").encode(), "")
    yield Book("inches without quotes", "b.csv", plain.replace("Desk", 'Pipe 3" steel').encode(), "")
    yield Book("a blank line between", "b.csv", plain.replace("B-1", "\nB-1").encode(), "")
    yield Book("two columns of one name that are not read", "b.csv", table(end=",x,x\n").encode(), "")


def heads() -> Iterator[Book]:
    for language, names in {
        "English": "Order,Category,Item,Qty,List price,Discount %,Unit cost",
        "German": "Auftrag,Warengruppe,Artikel,Menge,Listenpreis,Rabatt %,Einstandspreis",
        "French": "Commande,Famille,Désignation,Quantité,Prix catalogue,Remise %,Prix de revient",
        "Spanish": "Pedido,Familia,Descripción,Cantidad,Precio de lista,Descuento %,Coste unitario",
        "Italian": "Ordine,Categoria,Descrizione,Quantità,Prezzo di listino,Sconto %,Costo unitario",
        "Portuguese": "Pedido,Categoria,Descrição,Quantidade,Preço de tabela,Desconto %,Custo unitário",
        "SAP": "VBELN,MATKL,ARKTX,KWMENG,PR00,K007,VPRS",
        "Salesforce": "Quote,Product Family,Product Name,Quantity,ListPrice,Discount,Unit Cost",
        "Dynamics": "Quote,Category,Existing Product,Quantity,List Price,Discount Percentage,Current Cost",
    }.items():
        yield Book(f"heads of {language}", "b.csv", table(head=names.split(",")).encode(), "")
    units = ("order", "class", "product", "quantity", "List price (EUR)", "Discount in %", "Cost [EUR]")
    yield Book("heads with a currency", "b.csv", table(head=units).encode(), "")


def shapes() -> Iterator[Book]:
    for name, head, made in (
        (
            "net price in place of discount",
            "quantity,list_price,net price,cost",
            lambda q, p, d, c: (q, p, p * (1 - d), c),
        ),
        ("whole percents", "quantity,list_price,discount %,cost", lambda q, p, d, c: (q, p, d * 100, c)),
        ("discount of a unit", "quantity,list_price,unit discount,cost", lambda q, p, d, c: (q, p, p * d, c)),
        (
            "discount of the line",
            "quantity,list_price,discount value,cost",
            lambda q, p, d, c: (q, p, p * d * q, c),
        ),
        (
            "extended amounts",
            "quantity,list value,revenue,COGS",
            lambda q, p, d, c: (q, p * q, p * (1 - d) * q, c * q),
        ),
        (
            "margin in place of cost",
            "quantity,list_price,discount,margin %",
            lambda q, p, d, c: (q, p, d, 100 - 100 * c / (p * (1 - d))),
        ),
        (
            "markup in place of cost",
            "quantity,list_price,discount,markup %",
            lambda q, p, d, c: (q, p, d, 100 * (p * (1 - d) / c - 1)),
        ),
        (
            "profit in place of cost",
            "quantity,list_price,discount,profit",
            lambda q, p, d, c: (q, p, d, (p * (1 - d) - c) * q),
        ),
        (
            "net price beside the discount",
            "quantity,list_price,discount,net price,cost",
            lambda q, p, d, c: (q, p, d, round(p * (1 - d), 2), c),
        ),
        (
            "two discounts",
            "quantity,list_price,discount 1,discount 2,cost",
            lambda q, p, d, c: (q, p, d, 0.0, c),
        ),
        (
            "list price from net price and discount",
            "quantity,net price,discount,cost",
            lambda q, p, d, c: (q, p * (1 - d), d, c),
        ),
    ):
        yield Book(name, "b.csv", shaped(head, made).encode(), "")
    negative = shaped("quantity,list_price,discount,cost", lambda q, p, d, c: (q, p, -d, c)).encode()
    yield Book("negative discounts", "b.csv", negative, "--negative-discounts")
    yield Book("negative discounts, said so", "b.csv", negative, "", ("--negative-discounts",))
    wrong = shaped("quantity,list_price,discount,net price,cost", lambda q, p, d, c: (q, p, d, p, c)).encode()
    yield Book(
        "a net price that contradicts",
        "b.csv",
        wrong,
        "net_price is 250; list_price 250, discount 0.2 make it 200",
    )


def numbers() -> Iterator[Book]:
    for name, written in (("German", comma), ("French", french)):
        yield Book(f"{name} numbers", "b.csv", table(separator=";", number=written).encode(), "")
    for name, written in (("English", english), ("Swiss", swiss)):
        yield Book(f"{name} numbers", "b.csv", table(separator=";", number=written).encode(), "")
    plain = table()
    yield Book(
        "a percent sign", "b.csv", plain.replace("0.25", "25%").replace(",0.5,", ",50 %,").encode(), ""
    )
    yield Book(
        "whole percents without a word",
        "b.csv",
        plain.replace("0.25", "25").replace(",0.2,", ",20,").encode(),
        "--discounts-in percent",
    )
    yield Book("a currency sign at one amount", "b.csv", plain.replace("60.0", "€60").encode(), "")
    for name, shape in (
        ("dollars", lambda value: f"${value:,.2f}"),
        ("euros behind", lambda value: f"{comma(value)} €"),
        ("codes in front", lambda value: f"EUR {value}"),
        ("francs", lambda value: f"CHF {swiss(value)}"),
    ):
        rows = [with_money(row, shape) for row in LINES]
        text = table(rows, separator=";", number=comma if name == "euros behind" else str)
        yield Book(f"{name} at all amounts", "b.csv", text.encode(), "")
    yield Book(
        "a currency for each line", "b.csv", table(end=",EUR\n").replace("EUR", "currency", 1).encode(), ""
    )
    yield Book(
        "two currencies",
        "b.csv",
        table([with_money(row, "£{}" if place % 2 else "${}") for place, row in enumerate(LINES)]).encode(),
        "",
    )
    yield Book(
        "a currency column of two",
        "b.csv",
        table(
            [(*row, "EUR" if place else "USD") for place, row in enumerate(LINES)], (*HEAD, "Curr.")
        ).encode(),
        "",
    )
    yield Book(
        "two currencies in one line",
        "b.csv",
        plain.replace("60.0", "€60").replace("30.0", "$30").encode(),
        "list_price is in EUR and cost in $",
    )
    yield Book(
        "heads in two currencies",
        "b.csv",
        table(head=(*HEAD[:4], "List price (EUR)", "discount", "Cost (USD)")).encode(),
        "bring them into one currency",
    )
    yield Book(
        "an amount of money for a discount",
        "b.csv",
        plain.replace("0.25", "€300").encode(),
        "--column unit_discount=discount",
    )
    yield Book(
        "n/a in a price",
        "b.csv",
        plain.replace("60.0", "n/a").encode(),
        "list_price must be a number; it is 'n/a'",
    )
    yield Book(
        "an error in the class",
        "b.csv",
        plain.replace("Technology", "#N/A").encode(),
        "class in column class is the error #N/A",
    )
    yield Book("an error in a price", "b.csv", plain.replace("60.0", "#REF!").encode(), "is the error #REF!")
    yield Book(
        "a price of 0", "b.csv", plain.replace("60.0", "0").encode(), "list_price must be above 0; it is 0"
    )
    yield Book(
        "a minus behind the cost",
        "b.csv",
        plain.replace("30.0", "30.0-").encode(),
        "cost must be zero or more; it is −30",
    )


def odd_rows() -> Iterator[Book]:
    plain = table()
    for name, row in (
        ("a total row", "Total,,,18,,,"),
        ("a total row with all sums", "Total,,,18,1514.5,0.95,902.5"),
        ("a total row without a word", ",,,18,1514.5,,902.5"),
        ("a German total row", "Gesamtsumme,,,18,,,"),
        ("heads that come again", ",".join(HEAD)),
        ("units in a row", ",,,pcs,EUR,%,EUR"),
        ("a remark at the end", ",,All prices without VAT,,,,"),
        ("a return", "A-1,Furniture,Desk,-1,1200.5,0.25,680"),
        ("blanks only", ",,,,,,"),
    ):
        yield Book(name, "b.csv", f"{plain}{row}\n".encode(), "")
    lines = plain.splitlines()
    parts = [*lines[:3], ",,Subtotal,5,,,", *lines[3:], ",,Subtotal,13,,,", ",,Grand total,18,,,"]
    yield Book("subtotals and a total", "b.csv", "\n".join(parts).encode(), "")
    yield Book(
        "a return, refused",
        "b.csv",
        f"{plain}A-1,Furniture,Desk,-1,9,0,1\n".encode(),
        "takes something back",
        ("--returns", "refuse"),
    )
    yield Book(
        "a class that the policy has not",
        "b.csv",
        plain.replace("Technology", "Toys").encode(),
        "class 'Toys' has no rule",
    )


def unclear() -> Iterator[Book]:
    yield Book("no file to speak of", "b.csv", b"", "this file is empty")
    yield Book("heads only", "b.csv", table(()).encode(), "there is no line in it")
    yield Book("a picture", "b.csv", bytes(range(256)) * 4, "b.csv: ")
    yield Book("no cost", "b.csv", table(head=(*HEAD[:6], "weight")).encode(), "no column holds cost")
    yield Book(
        "a price that could be either",
        "b.csv",
        table(head=(*HEAD[:4], "price", *HEAD[5:])).encode(),
        "--column list_price=price",
    )
    yield Book(
        "two list prices",
        "b.csv",
        table(head=("catalogue price", *HEAD[1:4], "list", *HEAD[5:])).encode(),
        "could each be the list_price",
    )
    yield Book(
        "two columns of costs",
        "b.csv",
        table(head=("cost", *HEAD[1:])).encode(),
        "is the name of columns 1 and 7",
    )
    yield Book(
        "1.200 and no other sign",
        "b.csv",
        b"class,quantity,list,discount,cost\nFurniture,1,1.200,0,600\n",
        "have two readings",
    )
    yield Book(
        "a row with too many cells",
        "b.csv",
        table().replace("1200.5", "1,200.5").encode(),
        "the row has 8 cells and the head 7",
    )
    yield Book("an open quote", "b.csv", table().replace("Lamp", '"Lamp').encode(), "quoted cell left open")


def workbooks() -> Iterator[Book]:
    yield Book("a workbook", "b.xlsx", workbook(), "")
    yield Book("a workbook with macros", "b.xlsm", workbook(), "")
    yield Book("titles above the heads of a sheet", "b.xlsx", workbook(above=(("Orders of May",), ())), "")
    yield Book(
        "a total row of a sheet",
        "b.xlsx",
        workbook(rows=(*LINES, ("Total", None, None, 18, None, None, None))),
        "",
    )
    yield Book(
        "numbers as text throughout",
        "b.xlsx",
        workbook(rows=[(*row[:3], *map(comma, row[3:])) for row in LINES]),
        "",
    )
    yield Book(
        "one number as text",
        "b.xlsx",
        workbook(rows=(*LINES[:3], (*LINES[3][:6], "2.5"))),
        "cost must be a number; it is the text '2.5'",
    )
    yield Book(
        "a formula without a value",
        "b.xlsx",
        workbook(lambda sheet: sheet.__setitem__("G2", "=F2*2")),
        "holds a formula without a stored value",
    )
    yield Book(
        "hidden rows are lines",
        "b.xlsx",
        workbook(lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True)),
        "",
    )
    yield Book("currencies in number formats", "b.xlsx", workbook(in_euros_and_yen), "")
    yield Book("merged classes", "b.xlsx", workbook(lambda sheet: sheet.merge_cells("B2:B3")), "")
    yield Book("no workbook at all", "b.xlsx", b"order,class\n", "b.xlsx: ")
    yield Book("an .xlsb workbook", "b.xlsb", binary_workbook((HEAD, *LINES)), "")
    merged = [HEAD, LINES[0], (LINES[1][0], None, *LINES[1][2:]), *LINES[2:]]
    yield Book("merged classes, in an .xlsb", "b.xlsb", binary_workbook(merged, [(1, 1, 2, 1)]), "")
    wrong = (HEAD, *LINES[:3], (*LINES[3][:6], Error(7, of_formula=True)))
    yield Book("an error in an .xlsb", "b.xlsb", binary_workbook(wrong), "is the error #DIV/0!")
    far = binary_workbook((HEAD, *LINES), far=(1_000_000, 16_000))
    yield Book("a cell far away, in an .xlsb", "b.xlsb", far, "blank cells between those that hold something")
    yield Book("no .xlsb workbook at all", "b.xlsb", b"PK", "b.xlsb: ")
