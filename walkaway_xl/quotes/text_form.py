"""How a text file is written: its encoding, what stands between cells, where the head is, the decimal sign.

The heads decide. A sniffer that does not know what a price list is called can only compare the shapes of
lines (clevercsv takes half a second for it and loses on title rows), and of encodings charset-normalizer
prefers a Polish one for short French and Spanish files. Whatever is not sure is left to the options.
"""

import codecs
import csv
import io
import mmap
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget, intake
from walkaway_xl.quotes.columns import count_needed, number_places
from walkaway_xl.quotes.currencies import without_sign
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Notation, Reading

SAMPLE = 1 << 18  # bytes that are looked at
HEAD_WITHIN = 40  # rows: above the head there may be titles and remarks
SEPARATORS = (",", ";", "\t", "|")
UTF_8 = "utf-8"
MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters within words: of Windows-1252, and of DOS and old Macs, where Windows has quotes and dashes.
WITHIN_1252 = re.compile(rb"[A-Za-z][\xc0-\xff]")
WITHIN_OTHERS = re.compile(rb"[A-Za-z][\x80-\x91\x93-\x9f][A-Za-z\x80-\xff]")
SAID = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # Excel's own first line
# A quote inside a cell that does not begin with one, as of inches: by the rules the file ends there.
STRAY = re.compile(rb'"(?![;,|\t\r\n"])(?<![;,|\t\n"]")')
NUMBER = re.compile(r"[+\-−]?[\d.,'’\s\u00a0\u202f]*\d[\d.,]*[-−]?%?")


class TextForm(NamedTuple):
    """How a text file is written."""

    encoding: str
    separator: str
    head: int  # its row, counted from 1
    lines: int  # up to the end of the head; a row may take several
    names: list[str]
    notation: Notation | None  # None where nothing tells what it is
    is_plain: bool  # whether the reader takes it as it is


def text_form(path: Path, reading: Reading) -> TextForm:
    """How a file is written: as the options say, or as its first lines tell."""
    separators = [reading.separator] if reading.separator else SEPARATORS
    is_quoted = intake.look_through(path, separators)
    data = intake.beginning(path, SAMPLE + 1)
    if b"\n" not in data and b"\r" not in data:
        data = intake.beginning(path, budget.current().most("head") + SAMPLE)
    if not data.strip():
        raise QuoteError(phrase("{path}: this file is empty", path=path))
    encoding = reading.encoding or _encoding(data[:SAMPLE], is_whole=len(data) <= SAMPLE)
    text = _decoded(path, data, encoding)
    stated = SAID.match(text.partition("\n")[0])
    if stated and not reading.separator:
        separators = [stated[1]]
    most = max(HEAD_WITHIN, reading.head or 0)
    heads = [_head(text, separator, reading, most) for separator in separators]
    best = max(heads, key=lambda head: head.merit)
    if not best.names:
        raise QuoteError(phrase("{path}: this file is empty", path=path))
    intake.refuse_excess(path, "columns", len(best.names))
    notation = reading.notation or _notation(_head(text, best.separator, reading, None), reading)
    return TextForm(
        encoding,
        best.separator,
        best.row,
        best.lines,
        best.names,
        notation,
        encoding == UTF_8
        and (b"\n" in data or b"\r" not in data)
        and not (is_quoted and _has_stray_quotes(path)),
    )


def _encoding(data: bytes, *, is_whole: bool) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    zeros = data.count(0)
    if zeros > len(data) // 4:  # Latin letters of two bytes each
        return "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
    try:
        codecs.getincrementaldecoder(UTF_8)().decode(data, final=is_whole)  # the last character may be cut
        return UTF_8
    except UnicodeDecodeError:
        return _eight_bit(data)


def _eight_bit(data: bytes) -> str:
    """Windows-1252, unless letters stand within words where it has signs."""
    if len(WITHIN_1252.findall(data)) >= len(WITHIN_OTHERS.findall(data)):
        return "cp1252"
    return max(("cp850", "mac_roman"), key=lambda encoding: _small_letters(data, encoding))


def _small_letters(data: bytes, encoding: str) -> int:
    """How many more small letters than others follow a small letter, of those beyond ASCII."""
    behind = re.findall(r"[a-z]([^\x00-\x7f])", data.decode(encoding, "replace"))
    return sum(1 if sign.islower() else -1 for sign in behind)


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        decoder = codecs.getincrementaldecoder(encoding)
        text = decoder().decode(data[: max(SAMPLE, len(data) - 1)])
    except LookupError:
        raise QuoteError(
            phrase(
                ("--encoding {encoding}: there is no such encoding; utf-8 and cp1252 are usual"),
                encoding=encoding,
            )
        ) from None
    except UnicodeError:
        raise QuoteError(
            phrase(
                "{path}: this is no {encoding} text; --encoding says what it is", path=path, encoding=encoding
            )
        ) from None
    text = text.removeprefix("\ufeff")
    return text if len(data) <= SAMPLE else text.rpartition("\n")[0] or text


class _Head(NamedTuple):
    """The row of a sample that is most like a head, if cells stand between a sign."""

    separator: str
    row: int
    lines: int
    names: list[str]
    rows_below: list[list[str]]
    merit: tuple[int, int, int]


def _head(text: str, separator: str, reading: Reading, most: int | None) -> _Head:
    """The head, if cells stand between a sign, as so many rows tell."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in islice(reader, most):
            rows.append(cells)
            ends.append(reader.line_num)
    except csv.Error:  # a quote that is never closed takes all the rest for one cell
        pass
    counts = [count_needed([*map(str.strip, cells)], reading.columns) for cells in rows[:HEAD_WITHIN]]
    widths = [len(cells) for cells in rows[:HEAD_WITHIN]]
    if reading.head is not None:
        place = reading.head - 1
    elif max(counts, default=0) > 1:
        place = counts.index(max(counts))
    else:  # the first of the widest rows
        place = widths.index(max(widths)) if widths else 0
    names = [cell.strip() for cell in rows[place]] if place < len(rows) else []
    same = sum(width == len(names) for width in widths[place:])
    merit = (counts[place] if place < len(counts) else 0, same if len(names) > 1 else 0, len(names))
    lines = ends[place] if place < len(ends) else 0
    return _Head(separator, place + 1, lines, names, rows[place + 1 :], merit)


def _has_stray_quotes(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return STRAY.search(data) is not None


# ---------------------------------------------------------------- the decimal sign

POINT = re.compile(r"\.(?:\d{1,2}|\d{4,})$|^0?\.\d{3}$")
COMMA = re.compile(r",(?:\d{1,2}|\d{4,})$|^0?,\d{3}$")
SHAPES = str.maketrans("23456789", "11111111")  # which digit it is tells nothing, but for a 0 in front
GROUPED = re.compile(r"^[1-9]\d{0,2}([.,'’\s\u00a0\u202f])\d{3}(?:\1\d{3})*(?:([.,])\d+)?$")


def _notation(head: _Head, reading: Reading) -> Notation | None:
    """How numbers are written, where cells tell it and none tells otherwise; None for the usual way."""
    places = number_places(head.names, reading.columns)
    return notation_of(
        [
            {cells[place].translate(SHAPES) for cells in head.rows_below if place < len(cells)}
            for place in places
        ]
    )


def notation_of(texts: Sequence[Collection[str]]) -> Notation | None:
    """How numbers are written in columns of text, if they tell it."""
    columns = [[bare for cell in column if (bare := _bare(cell.strip()))] for column in texts]
    decimals = {sign for column in columns for cell in column for sign in _decimal_signs(cell)}
    if len(decimals) != 1:
        return None
    (decimal,) = decimals
    thousands = {sign for column in columns for sign in _thousands_signs(column, decimal)}
    if len(thousands) > 1 or (decimal == "." and not thousands):
        return None
    return Notation(decimal, next(iter(thousands), None))


def _bare(cell: str) -> str:
    """A cell that is a number in some notation, without percent sign, currency and minus."""
    cell = without_sign(cell)
    return cell.strip("%-−+() ") if NUMBER.fullmatch(cell.strip("()")) else ""


def _decimal_signs(cell: str) -> Iterator[str]:
    if POINT.search(cell):
        yield "."
    if COMMA.search(cell):
        yield ","
    if (grouped := GROUPED.match(cell)) and grouped[2] and grouped[2] != grouped[1]:
        yield grouped[2]


def _thousands_signs(column: Sequence[str], decimal: str) -> Iterator[str]:
    """Signs between thousands: beside a decimal sign, twice in a number, or in a column with decimals."""
    has_decimals = any(decimal in _decimal_signs(cell) for cell in column)
    for grouped in filter(None, map(GROUPED.match, column)):
        sign, is_sure = grouped[1], grouped[2] or grouped[0].count(grouped[1]) > 1
        if sign != decimal and (is_sure or has_decimals or sign not in ".,"):
            yield sign


def repaired(path: Path, form: TextForm, copy: Path) -> None:
    """Write a file anew in UTF-8, with every cell that needs it in quotes and nothing else changed.

    Parameters
    ----------
    path : Path
        The file.
    form : TextForm
        How it is written.
    copy : Path
        Where to write it.
    """
    try:
        with (
            path.open(encoding=form.encoding, newline="") as source,
            copy.open("w", encoding=UTF_8, newline="") as target,
        ):
            target.writelines(f"{line.rstrip()}\n" for line in islice(source, form.lines))
            writer = csv.writer(target, delimiter=form.separator, lineterminator="\n")
            writer.writerows(csv.reader(source, delimiter=form.separator))
    except UnicodeError:
        raise QuoteError(
            phrase(
                ("{path}: this is no {encoding} text throughout; --encoding says what it is"),
                path=path,
                encoding=form.encoding,
            )
        ) from None
