"""A column of a workbook, gathered some rows at a time; it has one type when all have come."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.money_cells import parted
from walkaway_xl.quotes.quote_files import floats

NUMERIC = r"^[^A-Za-z]*\d[^A-Za-z]*$"
SPREAD = 1 << 20  # different texts, so that a million of them add up exactly
NUMBERS = {int, float}
NOTHING: Mapping[int, str] = MappingProxyType({})


class WorkbookColumn:
    """What the cells of a column hold, and what that makes of it."""

    def __init__(self) -> None:
        self.kinds: set[type] = set()
        self.cells: list[pl.Series] = []  # with the type of all cells of a part, or as text where they differ
        self.numbers: list[pl.Series | None] = []  # of the same cells, where they differ
        self.odd: dict[int, Any] = {}  # cells that are neither number nor text, where they differ
        self.shown: list[pl.Series] = []  # currencies that number formats show, if any does
        self.size = 0

    def add(self, cells: Sequence[Any], shown: Mapping[int, str] = NOTHING) -> None:
        """Take some rows in, with the currencies that number formats show in some of them."""
        if shown or self.shown:
            before = self.size - sum(map(len, self.shown))
            names = [None] * before + [shown.get(place) for place in range(len(cells))]
            self.shown.append(pl.Series(names, dtype=pl.String))
        kinds = set(map(type, cells))
        if str in kinds and not any(cell for cell in cells if type(cell) is str):
            kinds.discard(str)
        series = _series(cells, kinds)
        numbers = None
        if len(kinds) > 1 and series.dtype == pl.String:
            numbers = pl.Series(
                [cell if type(cell) in NUMBERS else None for cell in cells], dtype=pl.Float64, strict=False
            )
            others = kinds - NUMBERS - {str}
            self.odd |= {self.size + place: cell for place, cell in enumerate(cells) if type(cell) in others}
        self.kinds |= kinds
        self.cells.append(series)
        self.numbers.append(numbers)
        self.size += len(cells)

    @property
    def type(self) -> pl.DataType:
        """What all its cells are; text where they differ."""
        if self.kinds <= NUMBERS:
            return pl.Int64() if all(map(_are_whole, self.cells)) else pl.Float64()
        if self.kinds <= {date, datetime}:
            return pl.Datetime() if datetime in self.kinds else pl.Date()
        return pl.Boolean() if self.kinds == {bool} else pl.String()

    def whole(self, kind: pl.DataType) -> pl.Series:
        """All its cells, as one type or as text."""
        parts = [_as(kind, part) for part in self.cells]
        return pl.concat(parts) if parts else pl.Series([], dtype=kind)

    @property
    def _texts(self) -> list[pl.Series]:
        """Parts that hold texts; one of blanks only is none."""
        return [part for part in self.cells if part.dtype == pl.String]

    def currencies(self) -> pl.Series | None:
        """What number formats show beside its cells; None where they show nothing."""
        return pl.concat(self.shown) if self.shown else None

    def is_text(self) -> bool:
        """Whether it holds texts only, as exports write numbers: one text among numbers is none."""
        return self.kinds == {str} and any(
            part.str.contains(NUMERIC).any() or parted(part.str.strip_chars())[1] is not None
            for part in self._texts
        )

    def shapes(self) -> list[str]:
        """Its texts once each, with one digit for all but 0: what shows how numbers are written."""
        whole = pl.concat([part.drop_nulls().str.replace_all("[2-9]", "1").unique() for part in self._texts])
        return whole.unique().to_list()

    @np.errstate(over="ignore")
    def sum(self) -> float:
        """The sum of its numbers, and of something that differs with each text."""
        return float(np.nansum(self.values())) + sum(
            int((part.hash(0) % SPREAD).sum()) for part in self._texts
        )

    def values(self) -> Floats:
        """Its cells as numbers, NaN for all else; text never turns into a number, whatever it looks like."""
        parts = []
        for cells, numbers in zip(self.cells, self.numbers, strict=True):
            held = cells if numbers is None else numbers
            parts.append(floats(held) if held.dtype.is_numeric() else np.full(len(held), np.nan))
        return np.concatenate(parts) if parts else np.zeros(0)


def _series(cells: Sequence[Any], kinds: set[type]) -> pl.Series:
    """Some cells with the type of all of them, or as text where they differ."""
    held = [None if cell == "" else cell for cell in cells]
    if kinds <= NUMBERS:
        return pl.Series(held, dtype=pl.Float64, strict=False)
    if kinds == {bool}:
        return pl.Series(held, dtype=pl.Boolean)
    if kinds == {date}:
        return pl.Series(held, dtype=pl.Date)
    if kinds <= {date, datetime}:
        return pl.Series([None if cell is None else _moment(cell) for cell in held], dtype=pl.Datetime)
    return _texts(held)


def _as(kind: pl.DataType, part: pl.Series) -> pl.Series:
    if part.dtype == kind:
        return part
    if part.null_count() == len(part):
        return pl.Series([None] * len(part), dtype=kind)
    return _texts(part.to_list()) if kind == pl.String else part.cast(kind)


def _are_whole(part: pl.Series) -> bool:
    numbers = part.drop_nulls()
    return bool(((numbers == numbers.floor()) & (numbers.abs() < 2**53)).all())


def _texts(cells: Sequence[Any]) -> pl.Series:
    return pl.Series([None if cell is None else _text(cell) for cell in cells], dtype=pl.String)


def _moment(cell: date) -> datetime:
    return cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)


def _text(cell: Any) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
