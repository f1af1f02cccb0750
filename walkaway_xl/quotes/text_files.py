"""Text files of lines: their numbers read, and nothing in them that a spreadsheet program calculates.

Where a cell begins as a formula does, an apostrophe is written before it; where it begins with apostrophes
and then as one, one more. So each text is another one afterwards, and reading takes one away. The same holds
inside a text behind whatever another program may take for the end of a cell.
"""

import csv
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from walkaway_xl import files
from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import intake
from walkaway_xl.quotes.columns import NO_MONEY, SHARES, Columns, told_apart
from walkaway_xl.quotes.currencies import HEADED
from walkaway_xl.quotes.money_cells import parted, together
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import PLAIN, Batch, Notation, Reading, first_line, frames_of
from walkaway_xl.quotes.text_form import UTF_8, repaired, text_form

BEYOND = "beyond"  # what stands in a row behind the last cell of the head
SAMPLE = 1 << 16  # bytes of a text file from which the number of its lines is estimated
SHORTEST_POINT = len("1.234")

# As spreadsheet programs write errors in the languages they speak: #N/A, #NV, #¡DIV/0!, #NAME?, Err:502.
CELL_ERROR = re.compile(r"#(?:N/A|N/D|NV|GETTING_DATA|[¡¿]?[^\W\d_][\w/.]*[!?])|Err:\d{3}")

MARK = b"'"  # before what would be calculated
SIGNS = "=+@＝＋－＠\\-"  # the list of OWASP, with what East Asian keyboards write
BEGINS = rf"^'*[{SIGNS}\t\r\n]"
NUMBER = r"^[+\-]?[0-9.,]+(?:[eE][+\-]?[0-9]+)?\s?%?$"  # which is calculated to itself
ENDS = r"[;,|\t\r\n]"  # between cells, for one program or another
INSIDE = rf"({ENDS})('*[{SIGNS}])"
MARKED_INSIDE = rf"({ENDS})'('*[{SIGNS}])"


class CsvTable:
    """A text file; every cell is text, and what should be a number is read in the notation that it has."""

    def __init__(self, path: Path, reading: Reading, data: Path | None = None):
        self.path = path
        self.data = path if data is None else data  # what is packed in it
        self.form = text_form(self.data, reading)
        self.notation: Notation = (self.form.notation or PLAIN).checked()
        self.unclear = None if self.form.notation else Unclear(path)
        self.copy: Path | None = None
        self.names = told_apart(original_names(self.form.names))

    @property
    def written(self) -> str:
        """How the file is written, in words."""
        form = self.form
        decimal = phrase('decimal sign "{decimal}"', decimal=self.notation.decimal)
        if self.notation.thousands:
            decimal += phrase(', "{thousands}" between thousands', thousands=self.notation.thousands)
        sign = {"\t": "tabs"}.get(form.separator, f'"{form.separator}"')
        return phrase(
            "{encoding}, {sign} between cells, {decimal}, heads in row {head}",
            encoding=form.encoding,
            sign=sign,
            decimal=decimal,
            head=form.head,
        )

    def expected(self) -> int | None:
        sample = intake.beginning(self.data, SAMPLE)
        lines = sample.count(b"\n")
        return round(self.data.stat().st_size / len(sample) * lines) if lines else None

    def batches(self, columns: Columns) -> Iterator[Batch]:
        read = [name for names in columns.numbers.values() for name in names]
        places = {name: str(self.names.index(name)) for name in read}
        # Polars' threads read the numbers with the lines; who looks closer does so where one is none.
        lines = self._lines().with_columns(
            _numbers(pl.col(place), self.notation).alias(f"number {place}") for place in places.values()
        )
        change = original if _holds(self._as_polars_reads_it(), MARK) else None
        filled = self._filled(columns, self.names)
        first = self.form.head + 1
        try:
            for frame in frames_of(lines):
                numbers = {name: frame.drop_in_place(f"number {place}") for name, place in places.items()}
                frame.columns = [*self.names, BEYOND]
                if _all_numbers(numbers.values()) and frame[BEYOND].null_count() == len(frame):
                    yield self._plain_batch(frame.drop(BEYOND), numbers, columns, first, change)
                else:
                    yield self._batch(frame, columns, filled, first)
                first += len(frame)
        except PolarsError as error:
            raise QuoteError(f"{self.path}: {self._why(error)}") from None

    def _plain_batch(
        self,
        frame: pl.DataFrame,
        numbers: Mapping[str, pl.Series],
        columns: Columns,
        first: int,
        change: Callable[[pl.DataFrame], pl.DataFrame] | None,
    ) -> Batch:
        """Lines in which all numbers are some as they are written."""
        frame = frame if change is None else change(frame)
        if self.unclear is not None:
            for name in numbers:
                self.unclear.refuse(frame[name], 0)
        held = {role: [numbers[name].to_numpy() for name in names] for role, names in columns.numbers.items()}
        return Batch(frame, held, {}, self.path.name, range(first, first + len(frame)))

    def count(self, columns: Columns) -> int:
        places = list(map(str, range(len(self.names))))
        try:
            return int(self._lines().select(self._filled(columns, places).sum()).collect().item())
        except PolarsError as error:
            raise QuoteError(f"{self.path}: {self._why(error)}") from None

    def _lines(self) -> pl.LazyFrame:
        places = [str(place) for place in range(len(self.names))]
        return pl.scan_csv(
            self._as_polars_reads_it(),
            separator=self.form.separator,
            schema=dict.fromkeys([*places, BEYOND], pl.String),
            has_header=False,
            missing_columns="insert",
            skip_lines=self.form.lines,
        )

    def _filled(self, columns: Columns, names: Sequence[str]) -> pl.Expr:
        """Lines with a number, a class or a product; others are empty, or the commas of one."""
        called = dict(zip(self.names, names, strict=True))
        cells = [pl.col(called[name]).str.strip_chars() for name in columns.names]
        return pl.any_horizontal(cell != "" for cell in cells).fill_null(False)

    def _as_polars_reads_it(self) -> Path:
        """The file, or a copy of it in UTF-8, with quotes that close and lines that end as usual."""
        if self.form.is_plain:
            return self.data
        if self.copy is None:
            folder = files.scratch_folder()
            self.copy = folder / f"{len(list(folder.iterdir()))}.csv"
            repaired(self.data, self.form, self.copy)
        return self.copy

    def agree_with(self, first: "CsvTable") -> None:
        """All cells are text, so there is nothing to compare."""

    def _batch(self, lines: pl.DataFrame, columns: Columns, filled: pl.Expr, first: int) -> Batch:
        beyond = lines.drop_in_place(BEYOND)
        places = lines.select(filled).to_series().arg_true().to_list()
        frame = lines if len(places) == len(lines) else lines[places]
        rows = range(first, first + len(lines))
        numbered = rows if frame is lines else [rows[place] for place in places]
        faults = {} if beyond.null_count() == len(beyond) else self._too_long(beyond, places)
        frame = original(frame)
        numbers: dict[str, list[Floats]] = {}
        currencies: list[tuple[str, pl.Series]] = []
        for role, names in columns.numbers.items():
            for name in names:
                per_sign = None if role not in SHARES else 1 if name in columns.percents else 100
                held = read_numbers(frame[name], role, self.notation, per_sign)
                if self.unclear is not None:
                    self.unclear.refuse(held.texts, len(held.faults))
                numbers.setdefault(role, []).append(held.values)
                faults = held.faults | faults
                if held.currencies is not None:
                    currencies.append((role, held.currencies))
        currency, clashes = together(currencies)
        return Batch(frame, numbers, faults | clashes, self.path.name, numbered, currency=currency)

    def _too_long(self, beyond: pl.Series, places: Sequence[int]) -> dict[int, str]:
        """Rows with something in a cell that no head is above."""
        cells = beyond.fill_null("").str.strip_chars()
        width = len(self.names)
        return {
            place: f"the row has {width + 1} cells and the head {width}; {cells[row]!r} is the last. "
            'Put a cell that holds the separator into quotes: "…"'
            for place, row in enumerate(places)
            if cells[row]
        }

    def _why(self, error: PolarsError) -> str:
        """What stops the reader, which names no row."""
        if "utf-8" in str(error):
            return "this is no UTF-8 text throughout; --encoding cp1252 reads one of Windows"
        try:
            with self._as_polars_reads_it().open(encoding=UTF_8, newline="") as file:
                for row, cells in enumerate(csv.reader(file, delimiter=self.form.separator), 1):
                    if len(cells) > len(self.names) + 1:
                        return (
                            f"row {row} has {len(cells)} cells and the head {len(self.names)}; "
                            'put a cell that holds the separator into quotes: "…"'
                        )
        except csv.Error as wrong:
            return str(wrong)
        return f"{first_line(error)}; is a quoted cell left open?"


def longest(text: pl.Series) -> int:
    """Bytes of the longest cell, which is quicker found than what stands in it."""
    length = text.str.len_bytes().max()
    return length if isinstance(length, int) else 0


class Unclear:
    """Finds columns of a text file whose comma or point may stand between thousands or before decimals."""

    def __init__(self, source: object):
        self.source = source
        self.settled: set[str] = set()

    def refuse(self, text: pl.Series, unread: int) -> None:
        """Refuse a column that has two readings.

        A comma is asked about where most numbers have one: one of them alone is a line to reject. A point
        would be read without a word, so it is asked about where no number tells what it is.

        Parameters
        ----------
        text : Series
            The cells, under the name of their column.
        unread : int
            How many of them are no number as they are written.
        """
        if unread:
            cells = text.str.strip_chars()
            commas = cells.filter(cells.str.contains(r"^[+-]?[1-9]\d{0,2},\d{3}$"))
            if 2 * len(commas) > (cells != "").sum():
                self._ask(text.name, commas[0], ("--thousands", ","), ("--decimal", ","))
        if text.name in self.settled or longest(text) < SHORTEST_POINT:
            return
        points = text.filter(text.str.contains(".", literal=True)).str.strip_chars()
        if points.is_empty():
            return
        if points.str.contains(r"^[+-]?[1-9]\d{0,2}\.\d{3}$").all():
            self._ask(text.name, points[0], ("--decimal", ",", "--thousands", "."), ("--decimal", "."))
        self.settled.add(text.name)

    def _ask(self, column: str, example: str, whole: tuple[str, ...], decimal: tuple[str, ...]) -> None:
        digits = re.sub(r"[.,]", "", example)
        raise AmbiguityError(
            phrase(
                "{source}: column {column} has numbers as {example}, which have two readings",
                source=self.source,
                column=column,
                example=example,
            ),
            [
                Meaning(phrase("{example} is {digits}", example=example, digits=digits), whole),
                Meaning(
                    phrase(
                        "{example} is {digits}",
                        example=example,
                        digits=f"{digits[:-3]}.{digits[-3:]}",
                    ),
                    decimal,
                ),
            ],
        )


class Read(NamedTuple):
    """A column of text, read as numbers."""

    values: Floats  # NaN for a blank
    faults: dict[int, str]  # what is wrong with each cell that is no number
    texts: pl.Series  # the cells without blanks and currencies around them
    currencies: pl.Series | None  # that stand beside amounts; None where none does


def read_numbers(text: pl.Series, role: str, notation: Notation, per_sign: float | None = None) -> Read:
    """A column of text as numbers.

    Parameters
    ----------
    text : Series
        The cells, under the name of their column.
    role : str
        What they hold, for messages.
    notation : Notation
        How numbers are written.
    per_sign : float, optional
        What a number with a percent sign is divided by. Left out, it is no number.
    """
    cells, currencies = text.str.strip_chars(), None
    if role not in NO_MONEY:
        cells, currencies = parted(cells)
    written = cells
    if per_sign is not None:
        shares = cells.str.ends_with("%")
        if shares.any():
            written = cells.str.strip_suffix("%").str.strip_chars_end()
    numbers = written.to_frame().select(_numbers(pl.first(), notation)).to_series()
    values = numbers.fill_null(float("nan")).to_numpy().copy()
    if per_sign is not None and shares.any():
        values = np.where(shares.fill_null(False).to_numpy(), values / per_sign, values)
    wrong = np.flatnonzero(~np.isfinite(values) & (cells.fill_null("") != "").to_numpy())
    for place in wrong.tolist():
        values[place] = _odd_number(str(cells[place]), notation, per_sign)
    wrong = wrong[~np.isfinite(values[wrong])]
    faults = {int(place): _fault(role, text.name, str(cells[int(place)]), notation) for place in wrong}
    values[wrong] = np.nan
    return Read(values, faults, cells, currencies)


def _numbers(cell: pl.Expr, notation: Notation) -> pl.Expr:
    """The numbers of cells that hold nothing else; null for all others."""
    if notation != PLAIN:
        cell = pl.when(cell.str.contains(notation.pattern)).then(cell)
        if notation.thousands:
            cell = cell.str.replace_all(notation.thousands, "", literal=True)
        cell = cell.str.replace(notation.decimal, ".", literal=True)
    return cell.cast(pl.Float64, strict=False)


def _all_numbers(columns: Iterable[pl.Series]) -> bool:
    """Whether there is no blank, NaN or infinity, which a sum would show."""
    with np.errstate(over="ignore"):  # a sum that is too large sends its column the careful way, too
        return all(not column.has_nulls() and np.isfinite(column.to_numpy().sum()) for column in columns)


def _holds(path: Path, sign: bytes) -> bool:
    """Whether a sign is anywhere in a file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(sign) >= 0


def _odd_number(cell: str, notation: Notation, per_sign: float | None) -> float:
    """A number with its minus behind, in brackets or as printers set it, or with blanks in it; else NaN."""
    text, sign = cell.replace("\u2212", "-"), 1.0
    if text.startswith("(") and text.endswith(")"):
        text, sign = text[1:-1], -1.0
    elif text.endswith("-"):
        text, sign = text[:-1], -1.0
    if text.endswith("%") and per_sign is not None:
        text, sign = text[:-1], sign / per_sign
    text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    if not re.match(notation.pattern, text):
        return float("nan")
    return sign * float(text.replace(notation.thousands or " ", "").replace(notation.decimal, "."))


def _fault(role: str, column: str, cell: str, notation: Notation) -> str:
    if is_cell_error(cell):
        return error_reason(role, phrase("column {column}", column=column), cell)
    fact = phrase("{role} must be a number; it is {cell}", role=role, cell=f"{cell!r}")
    digits = cell.strip("+-")
    if role == "discount" and HEADED.search(cell):
        return phrase(
            "{fact}, an amount of money. --column unit_discount={column} takes it from one unit, "
            "--column discount_value={column} from the line",
            fact=fact,
            column=column,
        )
    if not re.fullmatch(r"[\d.,'’\s\u00a0\u202f]+", digits):
        return phrase("{fact}. Write digits and a decimal sign, without currency or unit", fact=fact)
    if notation != PLAIN:
        return phrase(
            "{fact}, read with --decimal {decimal} --thousands {thousands}",
            fact=fact,
            decimal=f"{notation.decimal!r}",
            thousands=f"{notation.thousands or ''!r}",
        )
    signs = "".join(dict.fromkeys(re.sub(r"\d", "", digits)))
    if len(signs) == 2:
        options = f'--thousands "{signs[0]}" --decimal "{signs[1]}"'
        return phrase("{fact}. {options} reads it", fact=fact, options=options)
    if signs == "," and digits.count(",") == 1:
        if re.fullmatch(r"\d{1,3},\d{3}", digits):
            return phrase(
                '{fact}. --thousands "," if it is more than 999, --decimal "," if it is less', fact=fact
            )
        return phrase("{fact}. {options} reads it", fact=fact, options='--decimal ","')
    return phrase("{fact}. {options} reads it", fact=fact, options=f'--thousands "{signs}"')


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with an apostrophe before whatever in texts and names would be calculated."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    names = dict(zip(frame.columns, _changed(frame.columns, _marked), strict=True))
    return frame.with_columns(_marked(pl.col(name).cast(pl.String)) for name in texts).rename(names)


def original(frame: pl.DataFrame) -> pl.DataFrame:
    """The texts of a file as they were before `harmless`."""
    held = [column for column in frame if column.dtype == pl.String]
    marked = [column.name for column in held if column.str.contains("'", literal=True).any()]
    return frame.with_columns(_unmarked(pl.col(name)) for name in marked)


def original_names(names: Sequence[str]) -> list[str]:
    """The names of columns as they were before `harmless`."""
    return _changed(names, _unmarked)


def _changed(names: Sequence[str], change: Callable[[pl.Expr], pl.Expr]) -> list[str]:
    text = pl.DataFrame({"name": names}, schema={"name": pl.String}).select(change(pl.col("name")))
    return text["name"].to_list()


def _begins(text: pl.Expr) -> pl.Expr:
    return text.str.contains(BEGINS) & ~text.str.contains(NUMBER)


def _marked(text: pl.Expr) -> pl.Expr:
    inside = text.str.replace_all(INSIDE, "${1}'${2}")
    return pl.when(_begins(text)).then(inside.str.replace("^", "'")).otherwise(inside)


def _unmarked(text: pl.Expr) -> pl.Expr:
    whole = text.str.replace_all(MARKED_INSIDE, "${1}${2}")
    rest = whole.str.slice(1)
    return pl.when(whole.str.starts_with("'") & _begins(rest)).then(rest).otherwise(whole)


def is_cell_error(text: str) -> bool:
    """Whether a text is the error of a cell."""
    return CELL_ERROR.fullmatch(text.strip()) is not None


def error_reason(role: str, place: str, error: str) -> str:
    """Why a line with an error in a cell cannot be checked."""
    return phrase(
        "{role} in {place} is the error {error}; mend the formula behind it",
        role=role,
        place=place,
        error=error.strip(),
    )


def cell_errors(what: str, column: str, places: NDArray[np.integer], words: Sequence[str]) -> dict[int, str]:
    """Lines that hold the error of a cell, which is no word that a rule could mean."""
    return {
        place: error_reason(what, phrase("column {column}", column=column), word)
        for code, word in enumerate(words)
        if is_cell_error(word)
        for place in np.flatnonzero(places == code).tolist()
    }
