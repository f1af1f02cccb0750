"""Lines in a text file: what should be a number is read as it is written, or refused; never guessed."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.errors import QuoteError
from walkaway_xl.quotes.tables import (
    PLAIN,
    Batch,
    Notation,
    Reading,
    error_reason,
    first_line,
    frames_of,
    is_cell_error,
)

SAMPLE = 1 << 16  # bytes of a file from which the number of its lines is estimated


class CsvTable:
    """A text file; every cell is text, and what should be a number is read in the notation that is given."""

    def __init__(self, path: Path, reading: Reading):
        self.path, self.notation, self.separator = path, reading.notation.checked(), reading.separator
        self.names = self._head()

    def _head(self) -> list[str]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                names = next(csv.reader(file, delimiter=self.separator), [])
        except UnicodeDecodeError:
            raise QuoteError(f"{self.path}: this is no UTF-8 text; save it as CSV UTF-8") from None
        if not names:
            raise QuoteError(f"{self.path}: this file is empty")
        for other in ";\t|":
            if len(names) == 1 and other in names[0]:
                raise QuoteError(
                    f"{self.path}: its columns stand between {other!r}; say --separator {other!r}"
                )
        return names

    def expected(self) -> int | None:
        with self.path.open("rb") as file:
            sample = file.read(SAMPLE)
        lines = sample.count(b"\n")
        return round(self.path.stat().st_size / len(sample) * lines) if lines else None

    def batches(self, columns: Columns) -> Iterator[Batch]:
        lines = pl.scan_csv(
            self.path,
            separator=self.separator,
            schema=dict.fromkeys(self.names, pl.String),
            has_header=True,
        )
        first = 2  # the head is row 1
        try:
            for frame in frames_of(lines):
                yield self._batch(frame, columns, first)
                first += len(frame)
        except PolarsError as error:
            told = self._ragged() or f"{first_line(error)}; is a quoted cell left open?"
            raise QuoteError(f"{self.path}: {told}") from None

    def agree_with(self, first: "CsvTable") -> None:
        """All cells are text, so there is nothing to compare."""

    def _batch(self, lines: pl.DataFrame, columns: Columns, first: int) -> Batch:
        # A line without a number, a class and a product is an empty one, or the commas of one.
        told = [name for names in columns.numbers.values() for name in names]
        told += [name for name in (columns.product_class, columns.product) if name]
        filled = lines.select(
            pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in told).fill_null(False)
        )
        places = filled.to_series().arg_true().to_list()
        frame = lines if len(places) == len(lines) else lines[places]
        faults: dict[int, str] = {}
        found: dict[str, list[Floats]] = {}
        for role, names in columns.numbers.items():
            for name in names:
                percent = role == "discount"
                values, wrong = read_numbers(frame[name], role, self.notation, percent=percent)
                found.setdefault(role, []).append(values)
                faults |= {at: told for at, told in wrong.items() if at not in faults}
        rows = range(first, first + len(lines))
        numbered = rows if frame is lines else [rows[at] for at in places]
        return Batch(frame, found, faults, self.path.name, numbered)

    def _ragged(self) -> str | None:
        """The first line with more cells than the head, which the reader does not name."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                for row, cells in enumerate(csv.reader(file, delimiter=self.separator), 1):
                    if len(cells) > len(self.names):
                        return (
                            f"row {row} has {len(cells)} cells and the head {len(self.names)}; "
                            'put a cell that holds the separator into quotes: "…"'
                        )
        except (UnicodeDecodeError, csv.Error) as error:
            return f"{error}; save it as CSV UTF-8"
        return None


def read_numbers(
    text: pl.Series, role: str, notation: Notation, *, percent: bool
) -> tuple[Floats, dict[int, str]]:
    """A column of text as numbers, NaN for a blank; and what is wrong with each cell that is none.

    Parameters
    ----------
    text : Series
        The cells, under the name of their column.
    role : str
        What they hold, for messages.
    notation : Notation
        How numbers are written.
    percent : bool
        Whether 15% is read as 0.15.
    """
    cells = text.str.strip_chars()
    written = cells
    if percent:
        shares = cells.str.ends_with("%")
        if shares.any():
            written = cells.str.strip_suffix("%").str.strip_chars_end()
    if notation != PLAIN:
        written = written.set(~written.str.contains(notation.pattern).fill_null(False), None)
        if notation.thousands:
            written = written.str.replace_all(notation.thousands, "", literal=True)
        written = written.str.replace(notation.decimal, ".", literal=True)
    numbers = written.cast(pl.Float64, strict=False)
    values = numbers.fill_null(float("nan")).to_numpy().copy()
    if percent and shares.any():
        values = np.where(shares.fill_null(False).to_numpy(), values / 100, values)
    wrong = np.flatnonzero(~np.isfinite(values) & (cells.fill_null("") != "").to_numpy())
    faults = {int(at): _fault(role, text.name, str(cells[int(at)]), notation) for at in wrong}
    values[wrong] = np.nan
    return values, faults


def _fault(role: str, column: str, cell: str, notation: Notation) -> str:
    if is_cell_error(cell):
        return error_reason(role, f"column {column}", cell)
    said = f"{role} must be a number; it is {cell!r}"
    digits = cell.strip("+-")
    if not re.fullmatch(r"[\d.,'’\s\u00a0\u202f]+", digits):
        return f"{said}. Write digits and a decimal sign, without currency or unit"
    if notation != PLAIN:
        return f"{said}, read with --decimal {notation.decimal!r} --thousands {notation.thousands or ''!r}"
    signs = "".join(dict.fromkeys(re.sub(r"\d", "", digits)))
    if len(signs) == 2:
        return f'{said}. --thousands "{signs[0]}" --decimal "{signs[1]}" reads it'
    if signs == "," and digits.count(",") == 1:
        if re.fullmatch(r"\d{1,3},\d{3}", digits):
            return f'{said}. --thousands "," if it is more than 999, --decimal "," if it is less'
        return f'{said}. --decimal "," reads it'
    return f'{said}. --thousands "{signs}" reads it'
