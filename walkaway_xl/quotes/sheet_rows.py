"""Rows of a frame as the XML of a sheet, column by column: a million lines take seconds."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from xml.sax.saxutils import escape

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

MOST_EXACT = 2**53  # whole numbers from here on are not told apart by a cell
FIRST_DAY = date(1900, 3, 1)  # programs disagree on the days before it
EPOCH = 25_569  # the number of the day on which clocks of computers begin
DAY = 86_400_000_000  # microseconds
LONGEST = 32_767  # characters that a cell holds, of two bytes each
TEXT = (' t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>")
NUMBER = ("><v>", "</v></c>")
TRUTH = (' t="b"><v>', "</v></c>")
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What Excel writes in letters: control characters, and texts that look as if they were such letters.
CONTROL = r"[\x00-\x08\x0B-\x1F\x{FFFE}\x{FFFF}]|_x[0-9A-Fa-f]{4}_"


def rows_as_xml(frame: pl.DataFrame, first: int, styles: Sequence[int]) -> str:
    """Rows as the XML of a sheet. A text stays text, whatever it begins with.

    Parameters
    ----------
    frame : DataFrame
        The rows, see `as_cells_hold_it`.
    first : int
        The number of the first one, counted from 1.
    styles : sequence of int
        The style of each column, by its number in the workbook.
    """
    number = pl.int_range(first, first + len(frame), eager=True).cast(pl.String).alias("")
    texts: list[str | pl.Series] = ['<row r="', number, '">']
    for place, (column, style) in enumerate(zip(frame, styles, strict=True)):
        texts += _cells(column, f'<c r="{xl_col_to_name(place)}', number, f'" s="{style}"')
    return "".join(_joined([*texts, "</row>"]).to_list())


def _cells(column: pl.Series, begin: str, number: pl.Series, style: str) -> Iterator[str | pl.Series]:
    """The cells of a column, as what stands one behind the other; none for a blank."""
    values, (before, behind) = _values(column)
    cells: list[str | pl.Series] = [begin, number, f"{style}{before}", values, behind]
    if not values.has_nulls():
        yield from cells
    elif values.null_count() < len(values):
        yield _joined(cells).fill_null("")


def _joined(texts: Sequence[str | pl.Series]) -> pl.Series:
    """Texts and columns of texts one behind the other; null where one is."""
    merged: list[str | pl.Series] = []
    for text in texts:
        if merged and isinstance(text, str) and isinstance(merged[-1], str):
            merged[-1] += text
        else:
            merged.append(text)
    parts = [pl.lit(text) for text in merged]
    return pl.select(pl.concat_str(parts)).to_series()


def _values(column: pl.Series) -> tuple[pl.Series, tuple[str, str]]:
    """What stands in the cells of a column, null for a blank, and what stands around it."""
    kind = column.dtype
    if kind == pl.String:
        return _escaped(column), TEXT
    if kind == pl.Boolean:
        return column.cast(pl.Int8).cast(pl.String), TRUTH
    if kind.is_float():
        return (column.cast(pl.Float64).fill_nan(None) + 0.0).cast(pl.String), NUMBER  # no cell holds −0
    if kind == pl.Date:
        return (column.to_physical() + EPOCH).cast(pl.String), NUMBER
    if kind == pl.Datetime:
        return (column.cast(pl.Datetime("us")).to_physical() / DAY + EPOCH).cast(pl.String), NUMBER
    return column.cast(pl.String), NUMBER


def as_cells_hold_it(frame: pl.DataFrame) -> pl.DataFrame:
    """The same, with columns as texts whose values a cell would change."""
    return frame.with_columns(_as_text(column).alias(column.name) for column in frame if not _is_kept(column))


def _is_kept(column: pl.Series) -> bool:
    kind = column.dtype
    if kind.is_integer():
        return bool((column.cast(pl.Float64).abs() < MOST_EXACT).all())
    if kind.is_float():
        return not column.is_infinite().any()
    if kind in (pl.Date, pl.Datetime):
        in_range = bool((column.cast(pl.Date) >= FIRST_DAY).all())
        return in_range and getattr(kind, "time_zone", None) is None
    return kind == pl.Boolean


def _as_text(column: pl.Series) -> pl.Series:
    """A column as texts that a cell can hold; one that is cut says so."""
    if column.dtype.is_nested() or column.dtype in (pl.Time, pl.Duration, pl.Decimal, pl.Object, pl.Binary):
        column = pl.Series([None if cell is None else str(cell) for cell in column], dtype=pl.String)
    texts = column.cast(pl.String)
    longest = texts.str.len_bytes().max()
    if isinstance(longest, int) and longest > LONGEST:
        texts = pl.Series([None if text is None else _fitting(text) for text in texts], dtype=pl.String)
    return texts.set(texts == "", None) if (texts == "").any() else texts


def _fitting(text: str) -> str:
    pairs = text.encode("utf-16-le")
    return text if len(pairs) <= 2 * LONGEST else pairs[: 2 * LONGEST - 2].decode("utf-16-le", "ignore") + "…"


def _escaped(texts: pl.Series) -> pl.Series:
    if texts.str.contains(CONTROL).any():
        control = Worksheet._escape_control_characters
        return pl.Series([None if text is None else escape(control(text)) for text in texts], dtype=pl.String)
    if not texts.str.contains_any(list(ESCAPED)).any():
        return texts
    return reduce(lambda text, sign: text.str.replace_all(sign, ESCAPED[sign], literal=True), ESCAPED, texts)
