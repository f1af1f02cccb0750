"""Files that ask for more than they hold: each is small, or lies, and is made when it is needed."""

import io
import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from inspect import signature
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.files.zips import parts_of
from walkaway_xl.policy import EXAMPLE
from walkaway_xl.policy.toml import as_toml

BOOK = (
    "calc {file} --out done.xlsx",
    "share {file}",  # reads what review reads, and more
    "policy lint {file}",
    "check {file} --policy policy.toml",
)
CALC, LINES = BOOK[:1], ("check {file} --policy policy.toml",)
POLICY = ("policy lint {file}",)
DEAL = ("new used_goods --from {file} --out deal.xlsx",)

TEMPLATES = Path(__file__).parents[2] / "templates"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
TYPE = (
    '<Override PartName="/xl/{}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"/>'
)
KINDS = {
    "workbook": "sheet.main",
    "worksheets/sheet1": "worksheet",
    "sharedStrings": "sharedStrings",
    "styles": "styles",
}
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
HEAD = "".join(
    f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for column, name in zip("ABCD", ("list_price", "discount", "cost", "quantity"), strict=True)
)
LINE = '<c r="A2"><v>100</v></c><c r="B2"><v>0.1</v></c><c r="C2"><v>40</v></c><c r="D2"><v>3</v></c>'
LINES_OF_TWO = f'<row r="1">{HEAD}</row><row r="2">{LINE}</row>'
RULE = '<cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
LOOKS = (
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
)
FORMULA = "<c><f>1+1</f></c>"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10))
    + "]>"
)


def book(
    rows: str = LINES_OF_TWO,
    before: str = "",
    after: str = "",
    names: str = "",
    **parts: str,
) -> bytes:
    """A workbook of one sheet, in as few bytes as it can be: the rows, and what stands around them."""
    sheet = (
        f'<worksheet {SPACE} xmlns:r="{RELATION}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    named = f"<definedNames>{names}</definedNames>" if names else ""
    whole = {
        "[Content_Types].xml": TYPES.format(
            "".join(
                TYPE.format(part, kind)
                for part, kind in KINDS.items()
                if kind in ("sheet.main", "worksheet") or f"xl/{part}.xml" in parts
            )
        ),
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook {SPACE} xmlns:r="{RELATION}">'
        f'<sheets><sheet name="Lines" sheetId="1" r:id="rId1"/></sheets>{named}</workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
            + "".join(
                f'<Relationship Id="{kind}" Type="{RELATION}/{kind}" Target="{kind}.xml"/>'
                for kind in ("sharedStrings", "styles")
                if f"xl/{kind}.xml" in parts
            )
        ),
        "xl/worksheets/sheet1.xml": sheet,
        **parts,
    }
    return packed({name: text.encode() for name, text in whole.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as an archive, packed as tightly as possible."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def renamed(data: bytes, old: str, new: str) -> bytes:
    """A workbook of which a part has another name, wherever it is named."""
    return packed(
        {
            name.replace(old, new): part.replace(old.encode(), new.encode())
            for name, part in parts_of(data).items()
        }
    )


def encoded(data: bytes, encoding: str, sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose sheet is written in another encoding."""
    parts = parts_of(data)
    return packed({**parts, sheet: parts[sheet].decode().encode(encoding)})


def filled_in(old: str, new: str, sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The example of a template with something of a sheet replaced."""
    parts = parts_of((TEMPLATES / "used_goods_example.xlsx").read_bytes())
    assert old.encode() in parts[sheet], f"the template has no {old}"
    return packed({**parts, sheet: parts[sheet].replace(old.encode(), new.encode(), 1)})


def formulas(*texts: str) -> bytes:
    """A workbook with these formulas in the first row."""
    cells = "".join(f"<c><f>{escaped(text)}</f></c>" for text in texts)
    return book(f"<row>{cells}</row>")


def escaped(text: str) -> str:
    """A text as XML holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def columns(count: int) -> list[str]:
    """The letters of the first columns."""
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]


# ---------------------------------------------------------------- archives


def zeros(size: int) -> bytes:
    """A part of zeros, in an archive with a workbook."""
    target = io.BytesIO(book())
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        archive.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return target.getvalue()


def lying(size: int) -> bytes:
    """An archive whose lists say that its sheet has 100 bytes."""
    data = bytearray(book("<row>" + " " * size + "</row>"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    true, small = struct.pack("<L", entry.file_size), struct.pack("<L", 100)
    return bytes(data.replace(true, small))


def overlapping(count: int) -> bytes:
    """Many names for the same bytes: each unpacks to them again."""
    target = io.BytesIO(book())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(16 << 20))
        for number in range(count):
            entry = archive.getinfo("xl/media/image1.png")
            again = zipfile.ZipInfo(f"xl/media/image{number + 2}.png")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(entry, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
        archive._didModify = True  # type: ignore[attr-defined]
    return target.getvalue()


def crowd(count: int) -> bytes:
    """An archive of many empty parts."""
    return packed({**parts_of(book()), **{f"xl/{number}.xml": b"" for number in range(count)}})


# ---------------------------------------------------------------- text and Parquet


def with_size(data: bytes, size: int) -> Callable[[Path], None]:
    """A file that begins with something and goes on with one letter, without the end of a line."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(data)
            for _ in range(size >> 20):
                file.write(b"x" * (1 << 20))

    return write


def parquet(
    change: Callable[[bytes], bytes] = bytes, lines: int = 1, more: Mapping[str, object] = {}
) -> bytes:
    """Lines as a Parquet file, in which something is changed afterwards."""
    import polars as pl

    target = io.BytesIO()
    values = {"list_price": 100.0, "discount": 0.1, "cost": 40.0, "quantity": 3.0, "class": "office", **more}
    frame = pl.select(**{name: pl.repeat(value, lines) for name, value in values.items()})
    frame.write_parquet(target, compression="zstd", statistics=False)
    return change(target.getvalue())


def _texts_of_1_kb(lines: int, group: int) -> bytes:
    """Lines with a text of each that no other has, and that packs well."""
    import polars as pl

    target = io.BytesIO()
    frame = pl.read_parquet(io.BytesIO(parquet(lines=lines))).with_columns(
        product=pl.int_range(lines).cast(pl.String) + "x" * 1000
    )
    frame.write_parquet(target, compression="zstd", row_group_size=group)
    return target.getvalue()


def thrift(number: int) -> bytes:
    """A number as the footer of Parquet writes it."""
    number, pieces = number << 1, []
    while number >= 0x80:
        pieces.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*pieces, number])


def with_other_count(data: bytes, old: int, new: int) -> bytes:
    """A Parquet file whose footer speaks of another number."""
    length = struct.unpack("<L", data[-8:-4])[0]
    body, footer = data[: -8 - length], data[-8 - length : -8]
    assert thrift(old) in footer, "the footer does not speak of this number"
    changed = footer.replace(thrift(old), thrift(new))
    return body + changed + struct.pack("<L", len(changed)) + data[-4:]


def device(path: Path) -> None:
    """A link to a device that never ends."""
    path.symlink_to("/dev/zero")


class Case(NamedTuple):
    """A hostile file: its name, who reads it, and how it is made."""

    file: str
    commands: tuple[str, ...]
    make: Callable[[], bytes] | Callable[[Path], None]
    is_quick: bool = True  # quick to make and to refuse

    def write(self, folder: Path) -> Path:
        """Make the file in a folder, with the good files that commands need beside it."""
        (folder / "policy.toml").write_text(as_toml(EXAMPLE), "utf-8")
        (folder / "lines.csv").write_text(
            "class,list_price,discount,cost,quantity\noffice,100,0.1,40,3\n", "utf-8"
        )
        path = folder / self.file
        make: Callable[..., bytes | None] = self.make
        if any(given.default is given.empty for given in signature(make).parameters.values()):
            make(path)
        else:
            data = make()
            assert data is not None
            path.write_bytes(data)
        return path


def _doublings(count: int) -> bytes:
    """Each cell is the text above it twice."""
    return book(
        '<row r="1"><c r="A1"><f>"xxxxxxxx"</f></c></row>'
        + "".join(
            f'<row r="{n}"><c r="A{n}"><f>A{n - 1}&amp;A{n - 1}</f></c></row>' for n in range(2, count + 2)
        )
    )


def _laughing_names(count: int, first: str) -> bytes:
    names = f'<definedName name="name_0">{escaped(first)}</definedName>' + "".join(
        f'<definedName name="name_{n}">name_{n - 1}+name_{n - 1}</definedName>' for n in range(1, count + 1)
    )
    return book(f"<row><c><f>name_{count}</f></c></row>", names=names)


def _chain(count: int, first: str) -> bytes:
    names = f'<definedName name="name_0">{escaped(first)}</definedName>' + "".join(
        f'<definedName name="name_{n}">name_{n - 1}+1</definedName>' for n in range(count, 0, -1)
    )
    return book(f"<row><c><f>name_{count}</f></c></row>", names=names)


def _tall(formula: str, count: int) -> bytes:
    """Array formulas from top to bottom, a column each."""
    cells = "".join(
        f'<c r="{letters}1"><f t="array" ref="{letters}1:{letters}1048576">{escaped(formula)}</f></c>'
        for letters in columns(count)
    )
    return book(f'<row r="1">{cells}</row>')


def _merges(count: int, refs: Callable[[int], str]) -> bytes:
    merges = "".join(f'<mergeCell ref="{refs(n)}"/>' for n in range(count))
    return filled_in("</mergeCells>", f"{merges}</mergeCells>")


def _merged(place: str = 'ref="A1:XFD1048576"') -> bytes:
    return _extra(f"<mergeCells><mergeCell {place}/></mergeCells>")


def _extra(element: str) -> bytes:
    return book(after=element)


def _many_ranges(element: str) -> bytes:
    """An element whose ranges are many, in the place of RANGES."""
    return book(after=element.replace("RANGES", " ".join(f"A{n}" for n in range(1, 200_001))))


def _rows(cells: Callable[[int], str], first: int, last: int) -> str:
    return "".join(f'<row r="{n}">{cells(n)}</row>' for n in range(first, last + 1))


CASES: dict[str, Case] = {
    # archives
    "a part of 300 MB of zeros": Case("book.xlsx", BOOK, lambda: zeros(300 << 20)),
    "a part of 2 GB of zeros": Case("book.xlsx", BOOK, lambda: zeros((2 << 30) - (1 << 20)), is_quick=False),
    "60 MB of blanks": Case("book.xlsx", BOOK, lambda: book("<row>" + " " * (60 << 20) + "</row>")),
    "a size that is a lie": Case("book.xlsx", BOOK, lambda: lying(60 << 20)),
    "a large size that is a lie": Case("book.xlsx", BOOK, lambda: lying(2000 << 20), is_quick=False),
    "parts that overlap": Case("book.xlsx", BOOK, lambda: overlapping(1000)),
    "30,000 parts": Case("book.xlsx", BOOK, lambda: crowd(30_000)),
    "half a file": Case("book.xlsx", BOOK, lambda: book()[:700]),
    "another file in a file": Case("book.xlsx", BOOK, lambda: packed({"book.xlsx": book()})),
    # XML
    **{
        f"entities in {part}": Case("book.xlsx", BOOK, lambda part=part: _with_entities(part))
        for part in (
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
        )
    },
    "100,000 tags in each other": Case(
        "book.xlsx", BOOK, lambda: book(after="<a>" * 100_000 + "</a>" * 100_000)
    ),
    "100,000 tags in each other in a cell": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><c><is>{'<r>' * 100_000}{'</r>' * 100_000}</is></c></row>")
    ),
    "15 million empty tags": Case("book.xlsx", BOOK, lambda: book("<a/>" * 15_000_000)),
    "590,000 empty tags": Case("book.xlsx", BOOK, lambda: book("<a/>" * 590_000)),
    "a tag with a million attributes": Case(
        "book.xlsx",
        BOOK,
        lambda: book("<row><c " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/></row>"),
    ),
    "a comment of 60 MB in a cell": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><c><!--{'-<' * (15 << 20)}x--><f>1</f></c></row>")
    ),
    # cells
    "a cell far away": Case(
        "book.xlsx",
        BOOK,
        lambda: book(LINES_OF_TWO + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "a formula far away": Case(
        "book.xlsx", BOOK, lambda: book('<row r="1048576"><c r="XFD1048576"><f>1+1</f></c></row>')
    ),
    "a cell far away in an example": Case(
        "book.xlsx",
        BOOK,
        lambda: filled_in(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    ),
    "a cell far below": Case(
        "book.xlsx",
        BOOK,
        lambda: book(LINES_OF_TWO + '<row r="1048576"><c r="D1048576"><v>1</v></c></row>'),
    ),
    "a cell outside of every sheet": Case(
        "book.xlsx", BOOK, lambda: book('<row r="4294967295"><c r="ZZZZ4294967295"><v>1</v></c></row>')
    ),
    "a row of 20,000 digits": Case(
        "book.xlsx", BOOK, lambda: book('<row r="' + "9" * 20_000 + '"><c><v>1</v></c></row>')
    ),
    "a cell in a row of 20,000 digits": Case(
        "book.xlsx", BOOK, lambda: book('<row><c r="A' + "9" * 20_000 + '"><v>1</v></c></row>')
    ),
    "a column of 20,000 letters": Case(
        "book.xlsx", BOOK, lambda: book('<row><c r="' + "Z" * 20_000 + '1"><v>1</v></c></row>')
    ),
    "a number of 20,000 digits": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><c><v>{'9' * 20_000}</v></c></row>")
    ),
    "a style of 20,000 digits": Case(
        "book.xlsx", BOOK, lambda: book('<row><c s="' + "9" * 20_000 + '"><v>1</v></c></row>')
    ),
    "a text of the number 9,999,999": Case(
        "book.xlsx", BOOK, lambda: book('<row><c t="s"><v>9999999</v></c></row>')
    ),
    "rows from the last to the first": Case(
        "book.xlsx",
        BOOK,
        lambda: book("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1000, 0, -1))),
    ),
    "3.7 million cells": Case("book.xlsx", BOOK, lambda: book(f"<row>{'<c><v>1</v></c>' * 3_700_000}</row>")),
    "195,000 cells": Case(
        "book.xlsx",
        BOOK,
        lambda: book("<row>" + "</row><row>".join(["<c><v>1</v></c>" * 15] * 13_000) + "</row>"),
    ),
    "the widest sheet as dimension": Case(
        "book.xlsx", BOOK, lambda: book(before='<dimension ref="A1:XFD1048576"/>')
    ),
    "a million rows without cells": Case("book.xlsx", BOOK, lambda: book('<row ht="9"/>' * 1_048_576)),
    # texts
    "4 million shared texts": Case(
        "book.xlsx",
        BOOK,
        lambda: book(**{"xl/sharedStrings.xml": f"<sst {SPACE}>{'<si><t/></si>' * 4_000_000}</sst>"}),
    ),
    "195,000 shared texts": Case(
        "book.xlsx",
        BOOK,
        lambda: book(**{"xl/sharedStrings.xml": f"<sst {SPACE}>{'<si><t>x</t></si>' * 195_000}</sst>"}),
    ),
    "a shared text of 60 MB": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row>',
            **{"xl/sharedStrings.xml": f"<sst {SPACE}><si><t>{'x' * (60 << 20)}</t></si></sst>"},
        ),
    ),
    "10,000 cells of one text of 1 MB": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 10_001)),
            **{"xl/sharedStrings.xml": f"<sst {SPACE}><si><t>{'x' * (1 << 20)}</t></si></sst>"},
        ),
    ),
    # what stands around the cells
    "one merge of a whole sheet": Case("book.xlsx", BOOK, lambda: _merges(1, lambda n: "A1:XFD1048576")),
    "one merge of a whole sheet in a bare workbook": Case(
        "book.xlsx", BOOK, lambda: _extra('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "a million merges": Case("book.xlsx", BOOK, lambda: _merges(1_000_000, lambda n: f"AA{n + 1}:AB{n + 1}")),
    "19,000 merges": Case("book.xlsx", BOOK, lambda: _merges(19_000, lambda n: f"AA{n + 1}:AB{n + 1}")),
    "one merge a thousand times": Case("book.xlsx", BOOK, lambda: _merges(1_000, lambda n: "AA1:AZ1000")),
    "a link from a whole sheet": Case(
        "book.xlsx",
        BOOK,
        lambda: _extra('<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
    ),
    "19,000 rules": Case(
        "book.xlsx",
        BOOK,
        lambda: _extra(('<conditionalFormatting sqref="A1">' + RULE) * 19_000),
    ),
    "a rule for 200,000 ranges": Case(
        "book.xlsx",
        BOOK,
        lambda: _many_ranges('<conditionalFormatting sqref="RANGES">' + RULE),
    ),
    "a validation for 200,000 ranges": Case(
        "book.xlsx",
        BOOK,
        lambda: _many_ranges(
            '<dataValidations count="1"><dataValidation type="whole" sqref="RANGES"/></dataValidations>'
        ),
    ),
    "all columns described 16,000 times": Case(
        "book.xlsx",
        BOOK,
        lambda: filled_in(
            "<cols>", "<cols>" + "".join(f'<col min="{n}" max="16384" width="9"/>' for n in range(1, 16_000))
        ),
    ),
    "140,000 looks": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            **{
                "xl/styles.xml": f"<styleSheet {SPACE}>{LOOKS}<cellXfs>"
                + "<xf/>" * 140_000
                + "</cellXfs></styleSheet>"
            }
        ),
    ),
    "a sheet of the number x": Case(
        "book.xlsx", BOOK, lambda: book(names='<definedName name="n" localSheetId="x">1</definedName>')
    ),
    "a sheet of the number of 20,000 digits": Case(
        "book.xlsx",
        BOOK,
        lambda: book(names='<definedName name="n" localSheetId="' + "9" * 20_000 + '">1</definedName>'),
    ),
    # what hides from being counted
    **{
        f"one merge of a whole sheet {how}": Case("book.xlsx", BOOK, make)
        for how, make in {
            "in a part of no ending": lambda: renamed(_merged(), "sheet1.xml", "sheet1.dat"),
            "in a part that is called a picture": lambda: renamed(_merged(), "sheet1.xml", "sheet1.svg"),
            "in UTF-16": lambda: encoded(_merged(), "utf-16"),
            "in UTF-16 without a mark": lambda: encoded(_merged(), "utf-16-le"),
            "in codes": lambda: _merged('ref="A1:&#88;FD1048576"'),
            "behind a bracket": lambda: _merged('a=">" ref="A1:XFD1048576"'),
        }.items()
    },
    "a cell far away in codes": Case(
        "book.xlsx", BOOK, lambda: book('<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>')
    ),
    "a cell far away that seems empty": Case(
        "book.xlsx",
        BOOK,
        lambda: book(f'{LINES_OF_TWO}<row r="1048576"><c r="XFD1048576" a="/>"><v>1</v></c></row>'),
    ),
    "a cell far away behind a tabulator": Case(
        "book.xlsx",
        BOOK,
        lambda: book(LINES_OF_TWO + '<row r="9"><c\tr="XFD1048576"><v>1</v></c></row>'),
    ),
    "a cell far away in small letters": Case(
        "book.xlsx", BOOK, lambda: book(LINES_OF_TWO + '<row r="9"><c r="xfd1048576"><v>1</v></c></row>')
    ),
    "a cell far away behind a long value": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            f'{LINES_OF_TWO}<row r="3"><c><v>{"1" * 17}</v></c></row>'
            + " " * ((1 << 20) - 560)
            + f'<row r="1048576"><c r="XFD1048576" a="{"x" * 900}"><v>1</v></c></row>'
        ),
    ),
    "a cell far away without a place": Case(
        "book.xlsx",
        BOOK,
        lambda: book(f'<row r="1">{"<c><v>1</v></c>" * 16_384}</row><row r="1048576"><c><v>1</v></c></row>'),
    ),
    "columns behind a bracket": Case(
        "book.xlsx",
        BOOK,
        lambda: book(before="<cols>" + '<col a=">" min="1" max="16384" width="9"/>' * 16_000 + "</cols>"),
    ),
    "1.4 million rules between remarks": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            before="<!--<sheetData>-->",
            after=('<conditionalFormatting sqref="A1">' + RULE) * 230_000 + "<!--<sheetData>-->",
        ),
    ),
    "a value of 40 MB in a tag": Case(
        "book.xlsx", BOOK, lambda: book(f'<row><c a="{"x" * (40 << 20)}"><v>1</v></c></row>')
    ),
    "a remark of 40 MB": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><!--{'x' * (40 << 20)}--><c><v>1</v></c></row>")
    ),
    "a remark of 40 MB of brackets": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><!--{('> <' + 'x' * 100_000) * 400}--><c><v>1</v></c></row>")
    ),
    "an instruction of 40 MB": Case(
        "book.xlsx", BOOK, lambda: book(f"<row><?x {'x' * (40 << 20)}?><c><v>1</v></c></row>")
    ),
    # formulas
    "our helper called by a stranger": Case(
        "book.xlsx", BOOK, lambda: formulas("WALKAWAY.FIXED.ARRAY(1E9,1E9,1)")
    ),
    "26 arrays from top to bottom": Case("book.xlsx", BOOK, lambda: _tall("1", 26)),
    "an array from top to bottom": Case("book.xlsx", BOOK, lambda: _tall("1", 1)),
    "an array of a whole sheet": Case(
        "book.xlsx",
        BOOK,
        lambda: book('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>'),
    ),
    "an answer of 100 million cells": Case(
        "book.xlsx", BOOK, lambda: formulas("SUM(PRICE_FLOOR(SEQUENCE(10000),SEQUENCE(1,10000)/20000))")
    ),
    "a sequence of 10 billion": Case("book.xlsx", BOOK, lambda: formulas("SUM(SEQUENCE(100000,100000))")),
    "a sequence of a million": Case("book.xlsx", BOOK, lambda: formulas("SEQUENCE(1048576)")),
    "a table of a billion": Case(
        "book.xlsx", BOOK, lambda: formulas("SUM(MAKEARRAY(100000,10000,LAMBDA(r,c,r*c)))")
    ),
    "a product of a billion": Case(
        "book.xlsx", BOOK, lambda: formulas("SUM(SEQUENCE(30000)*SEQUENCE(1,30000))")
    ),
    "a product of 9 million": Case(
        "book.xlsx", BOOK, lambda: formulas("SUM(SEQUENCE(3000)*SEQUENCE(1,3000))")
    ),
    "1,000 cells of a name of 10,000": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            f"<row>{'<c><f>n</f></c>' * 1_000}</row>",
            names='<definedName name="n">Lines!$ALZ$2:$ALZ$10001</definedName>',
        ),
    ),
    "doublings of a text in one formula": Case(
        "book.xlsx",
        BOOK,
        lambda: formulas(
            'LEN(LET(v_0,REPT("x",32767),'
            + "".join(f"v_{n},v_{n - 1}&v_{n - 1}," for n in range(1, 20))
            + "v_19))"
        ),
    ),
    "10,000 texts of 32,767": Case(
        "book.xlsx",
        BOOK,
        lambda: book(_rows(lambda n: f'<c r="A{n}"><f>REPT("x",32767)</f></c>', 1, 10_000)),
    ),
    "1,000 spills of 10,000": Case(
        "book.xlsx", BOOK, lambda: book(f"<row>{'<c><f>SEQUENCE(10000)</f></c>' * 1_000}</row>")
    ),
    "39 doublings of a text": Case("book.xlsx", BOOK, lambda: _doublings(39)),
    "27 doublings of a text": Case("book.xlsx", BOOK, lambda: _doublings(27)),
    "a text repeated a billion times": Case(
        "book.xlsx", BOOK, lambda: formulas('REPT("x",1000000000)', "LEN(A1)")
    ),
    "a name that is itself": Case(
        "book.xlsx",
        BOOK,
        lambda: book("<row><c><f>n</f></c></row>", names='<definedName name="n">n+1</definedName>'),
    ),
    "two names that are each other": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            "<row><c><f>n+PRICE_FLOOR(1,0.1)</f></c></row>",
            names='<definedName name="n">m+PRICE_FLOOR(1,0.1)</definedName>'
            '<definedName name="m">n+1</definedName>',
        ),
    ),
    "names that double 40 times": Case("book.xlsx", BOOK, lambda: _laughing_names(40, "1")),
    "names of ours that double 40 times": Case(
        "book.xlsx", BOOK, lambda: _laughing_names(40, "PRICE_FLOOR(1,0.1)")
    ),
    "names of a stranger that double 40 times": Case(
        "book.xlsx", BOOK, lambda: _laughing_names(40, "STRANGER(1)")
    ),
    "a chain of 2,000 names": Case("book.xlsx", BOOK, lambda: _chain(2_000, "1")),
    "a chain of 2,000 names of ours": Case("book.xlsx", BOOK, lambda: _chain(2_000, "PRICE_FLOOR(1,0.1)")),
    "a chain of 19,000 names of a stranger": Case("book.xlsx", BOOK, lambda: _chain(19_000, "STRANGER(1)")),
    "brackets 100,000 deep": Case("book.xlsx", BOOK, lambda: formulas("(" * 100_000 + "1" + ")" * 100_000)),
    "brackets 3,000 deep": Case("book.xlsx", BOOK, lambda: formulas("(" * 3_000 + "1" + ")" * 3_000)),
    "a formula of ours 5,000 deep": Case(
        "book.xlsx", BOOK, lambda: formulas("PRICE_FLOOR(" * 5_000 + "1" + ",0.1)" * 5_000)
    ),
    "a million signs": Case("book.xlsx", BOOK, lambda: formulas("-" * 1_000_000 + "1")),
    "a sum of 300,000": Case("book.xlsx", BOOK, lambda: formulas("+".join("1" * 300_000))),
    "a chain of 90,000 cells": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            + "".join(f'<row r="{n}"><c r="A{n}"><f>A{n - 1}+1</f></c></row>' for n in range(2, 90_000))
        ),
    ),
    "a ring of 10,000 cells": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            "".join(
                f'<row r="{n}"><c r="A{n}"><f>A{n % 10_000 + 1}+1</f></c></row>' for n in range(1, 10_001)
            )
        ),
    ),
    "99,000 formulas": Case(
        "book.xlsx",
        BOOK,
        lambda: book("".join(f'<row r="{n}"><c r="A{n}"><f>ROW()+1</f></c></row>' for n in range(1, 99_000))),
    ),
    "10,000 sums of 10,000 cells": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            "".join(
                f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>'
                f'<c r="B{n}"><f>SUM($A$1:$A$10000)+ROW()</f></c></row>'
                for n in range(1, 10_001)
            )
        ),
    ),
    "1,000 answers of 10,000 cells": Case(
        "book.xlsx",
        BOOK,
        lambda: book(
            "".join(
                f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>'
                f'<c r="B{n}"><f>SUM(PRICE_FLOOR($A$1:$A$10000,ROW()/9999))</f></c></row>'
                for n in range(1, 1_001)
            )
        ),
    ),
    "3 million formulas": Case("book.xlsx", CALC, lambda: book(f"<row>{FORMULA * 3_000_000}</row>")),
    "text from a service": Case("book.xlsx", BOOK, lambda: formulas('WEBSERVICE("http://127.0.0.1:9/")')),
    # text
    "one line of 1 GB": Case(
        "lines.csv", LINES, with_size(b"class,list_price,discount,cost,quantity\n", 1 << 30), is_quick=False
    ),
    "a head of 1 GB": Case("lines.csv", LINES, with_size(b"class,list_price", 1 << 30), is_quick=False),
    "one line of 40 MB": Case(
        "lines.csv", LINES, with_size(b"class,list_price,discount,cost,quantity\n", 40 << 20)
    ),
    "a head of 40 MB": Case("lines.csv", LINES, with_size(b"class,list_price", 40 << 20)),
    "an open quote before 40 MB of lines": Case(
        "lines.csv",
        LINES,
        lambda: (
            b'class,list_price,discount,cost,quantity\noffice,"100,0.1,40,3\n'
            + b"office,100,0.1,40,3\n" * 2_000_000
        ),
    ),
    "quotes in quotes": Case(
        "lines.csv",
        LINES,
        lambda: b"class,list_price,discount,cost,quantity\n" + b'"' * 10_000_000 + b",100,0.1,40,3\n",
    ),
    "3 million commas in the head": Case("lines.csv", LINES, lambda: b"," * 3_000_000 + b"\n1,2\n"),
    "900,000 columns": Case(
        "lines.csv", LINES, lambda: b"class,list_price,discount,cost,quantity" + b",a" * 450_000 + b"\n1,2\n"
    ),
    "3 million commas in a line": Case(
        "lines.csv", LINES, lambda: b"class,list_price,discount,cost,quantity\n" + b"," * 3_000_000 + b"\n"
    ),
    "a million lines of commas": Case(
        "lines.csv",
        LINES,
        lambda: (
            b"class,list_price,discount,cost,quantity\n" + b",,,,\n" * 1_000_000 + b"office,100,0.1,40,3\n"
        ),
    ),
    "a million lines of commas, one after the other": Case(
        "lines.csv",
        LINES,
        lambda: b"class,list_price,discount,cost,quantity\n" + b"office,100,0.1,40,3\n,,,,\n" * 500_000,
    ),
    "zeros as text": Case("lines.csv", LINES, lambda: bytes(20 << 20)),
    "UTF-16": Case("lines.csv", LINES, lambda: "class,list_price\nü,1\n".encode("utf-16")),
    # Parquet
    "Parquet with 10^15 lines": Case(
        "lines.parquet", LINES, lambda: with_other_count(parquet(lines=12_345), 12_345, 10**15)
    ),
    "Parquet with 300 million equal lines": Case(
        "lines.parquet", LINES, lambda: parquet(lines=300_000_000), is_quick=False
    ),
    "Parquet with 30 million equal lines": Case("lines.parquet", LINES, lambda: parquet(lines=30_000_000)),
    "Parquet whose footer is longer than it": Case(
        "lines.parquet",
        LINES,
        lambda: parquet(lambda data: data[:-8] + struct.pack("<L", 0xFFFFFFF0) + data[-4:]),
    ),
    "Parquet with zeros in the middle": Case(
        "lines.parquet", LINES, lambda: parquet(lambda data: data[:40] + bytes(100) + data[140:], lines=5_000)
    ),
    "Parquet of 30,000 columns": Case(
        "lines.parquet", LINES, lambda: parquet(more={f"c{n}": 1.0 for n in range(30_000)})
    ),
    "Parquet with a text of 1 GB": Case(
        "lines.parquet", LINES, lambda: parquet(more={"product": "x" * (1 << 30)}), is_quick=False
    ),
    "Parquet with groups of 22 MB": Case("lines.parquet", LINES, lambda: _texts_of_1_kb(176_000, 22_000)),
    "Parquet with 70,000 texts of 10 kB": Case(
        "lines.parquet", LINES, lambda: parquet(lines=70_000, more={"product": "x" * 10_000})
    ),
    # policies and deals
    **{
        f"{words} in a {kind}": Case(f"{kind}_file.toml", commands, make)
        for kind, commands in (("policy", POLICY), ("deal", DEAL))
        for words, make in {
            "lists 100,000 deep": lambda: b"a = " + b"[" * 100_000 + b"]" * 100_000,
            "lists 1,000 deep": lambda: b"a = " + b"[" * 400 + b"]" * 400,
            "tables 100,000 deep": lambda: b"a = " + b"{a=" * 100_000 + b"1" + b"}" * 100_000,
            "a key of 100,000 keys": lambda: b".".join([b"a"] * 100_000) + b" = 1",
            "a table of 300,000 keys": lambda: b"[" + b".".join([b"a"] * 300_000) + b"]\na = 1",
            "20,000 tables of 40 keys": lambda: b"\n".join(
                b"[" + b".".join([b"a"] * 20 + [b"b%d" % n]) + b"]" for n in range(20_000)
            ),
            "a number of 900,000 digits": lambda: b"a = " + b"9" * 900_000,
            "900,000 quotes": lambda: b"a = " + b'"' * 900_000,
            "100,000 keys": lambda: b"".join(b"a%d = 1\n" % n for n in range(70_000)),
            "4 MB": lambda: b"# nothing\n" * 400_000,
            "a gigabyte": with_size(b"# ", 1 << 30) if kind == "deal" else (lambda: b"# " + b"x" * (3 << 20)),
            "zeros without end": device,
        }.items()
    },
    # what is no file
    "a pipe": Case("book.xlsx", BOOK, lambda path: os.mkfifo(path)),
    "a pipe of lines": Case("lines2.csv", LINES, lambda path: os.mkfifo(path)),
    "a folder": Case("book.xlsx", BOOK[:3], lambda path: path.mkdir()),
    "a link to itself": Case("book.xlsx", BOOK, lambda path: path.symlink_to(path)),
    "zeros without end": Case("book.xlsx", BOOK, device),
    "zeros without end as lines": Case("lines2.csv", LINES, device),
    "zeros without end as Parquet": Case("lines.parquet", LINES, device),
    "a pipe in a folder of lines": Case(
        "folder", LINES, lambda path: (path.mkdir(), os.mkfifo(path / "a.csv"))[0]
    ),
}


def _with_entities(part: str) -> bytes:
    parts = {
        "xl/styles.xml": b"<styleSheet/>",
        "xl/sharedStrings.xml": b"<sst/>",
        "docProps/core.xml": b"<x/>",
    }
    parts |= parts_of(
        book(**{"xl/styles.xml": f"<styleSheet {SPACE}/>", "xl/sharedStrings.xml": f"<sst {SPACE}/>"})
    )
    changed = ENTITIES.encode() + parts[part].replace(b"</", b"&a9;</", 1)
    return packed({**parts, part: changed})
