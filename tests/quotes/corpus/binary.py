"""An .xlsb workbook, in the few records of [MS-XLSB] that cells need; no library of ours writes one."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.ms-excel."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Error(NamedTuple):
    """A cell with an error: 7 is #DIV/0!."""

    code: int
    of_formula: bool = False


class Rich(NamedTuple):
    """A text in its cell with a font of its own."""

    text: str


def binary_workbook(
    rows: Iterable[Sequence[object]],
    merged: Iterable[tuple[int, int, int, int]] = (),
    far: tuple[int, int] | None = None,
    keep: int | None = None,
) -> bytes:
    """Rows as an .xlsb workbook.

    Parameters
    ----------
    rows : iterable of sequence
        Texts, numbers, errors, and None for a blank.
    merged : iterable of tuple
        Top, left, bottom and right of merged ranges, from 0.
    far : tuple of int, optional
        Row and column of one more cell.
    keep : int, optional
        Where the part of the sheet is cut off.
    """
    texts: dict[str, int] = {}
    cells = b""
    bottom, right = far or (0, 0)
    for number, row in enumerate(rows):
        bottom, right = max(bottom, number), max(right, len(row) - 1)
        cells += _row(number)
        cells += b"".join(_cell(column, value, texts) for column, value in enumerate(row))
    if far is not None:
        cells += _row(far[0]) + _cell(far[1], 1.0, texts)
    ranges = b"".join(
        _record(176, struct.pack("<4I", top, last, left, end)) for top, left, last, end in merged
    )
    ranges = _record(177, struct.pack("<I", len(ranges))) + ranges + _record(178) if ranges else b""
    dimension = _record(148, struct.pack("<4I", 0, bottom, 0, right))
    sheet = _record(129) + dimension + _record(145) + cells + _record(146) + ranges + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Lines"))
    items = b"".join(_record(19, b"\0" + _text(text)) for text in texts)
    parts = {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{TYPES}sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{TYPES}worksheet"/>'
        f'<Override PartName="/xl/sharedStrings.bin" ContentType="{TYPES}sharedStrings"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": _record(131) + _record(143) + bundle + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": _relations(
            ("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin")
        ),
        "xl/worksheets/sheet1.bin": sheet[:keep],
        "xl/sharedStrings.bin": _record(159, struct.pack("<II", len(texts), len(texts)))
        + items
        + _record(160),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(content)
    while size > 127:
        head, size = head + bytes([size & 127 | 128]), size >> 7
    return head + bytes([size]) + content


def _row(number: int) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))


def _cell(column: int, value: Any, texts: dict[str, int]) -> bytes:
    place = struct.pack("<II", column, 0)
    if value is None:
        return _record(1, place)
    if isinstance(value, Error):
        formula = struct.pack("<HIBBI", 0, 2, 0x1C, value.code, 0)  # ptgErr
        code = bytes([value.code])
        return _record(11, place + code + formula) if value.of_formula else _record(3, place + code)
    if isinstance(value, Rich):
        return _record(62, place + b"\0" + _text(value.text))
    if isinstance(value, str):
        return _record(7, place + struct.pack("<I", texts.setdefault(value, len(texts))))
    for kind, number in ((2, value), (3, 100 * value)):  # short, as Excel writes what has two digits
        if number == int(number):
            return _record(2, place + struct.pack("<i", int(number) << 2 | kind))
    return _record(5, place + struct.pack("<d", value))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(*relations: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEADER}<Relationships xmlns="{names}">{rows}</Relationships>'
