"""Damage to Parquet: columns of other types, and bytes that are other ones."""

import io
from datetime import date, datetime
from decimal import Decimal
from random import Random

import polars as pl

from tests.fuzzing.texts import bits_flipped, cut


def _frame(data: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(data))


def _parquet(frame: pl.DataFrame, **style: object) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, **style)  # type: ignore[arg-type]
    return target.getvalue()


def column_of_another_type(random: Random, data: bytes) -> bytes:
    """A column holds something else."""
    frame = _frame(data)
    values: tuple[object, ...] = (
        "x", "5", "", True, None, float("nan"), float("inf"), -1, 2**62, 1e308, date(2026, 11, 30),
        datetime(2026, 11, 30), Decimal("1.5"), b"\0\1", [1.0, 2.0], [], {"a": 1}, 10**30, "\x1b[2J", "=1+1",
    )  # fmt: skip
    column = pl.Series(random.choice(frame.columns), [random.choice(values)] * frame.height, strict=False)
    return _parquet(frame.with_columns(column))


def column_cast(random: Random, data: bytes) -> bytes:
    """A column has a narrower or a stranger type."""
    frame = _frame(data)
    types = (
        pl.Int8,
        pl.Float32,
        pl.String,
        pl.Boolean,
        pl.Categorical,
        pl.Binary,
        pl.UInt64,
        pl.Decimal(38, 2),
        pl.Null,
    )
    name = random.choice(frame.columns)
    return _parquet(frame.with_columns(pl.col(name).cast(pl.String).cast(random.choice(types), strict=False)))


def column_dropped(random: Random, data: bytes) -> bytes:
    """A column is missing, or all are."""
    frame = _frame(data)
    return _parquet(frame.select([]) if random.random() < 0.2 else frame.drop(random.choice(frame.columns)))


def column_renamed(random: Random, data: bytes) -> bytes:
    """A column is called otherwise."""
    frame = _frame(data)
    name = random.choice(frame.columns)
    others = (name.upper(), "", " ", f"{name}\0", "\x1b[31m", "x" * 5000, "Rabatt %", f"{name}.{name}")
    new = random.choice(others)
    return _parquet(frame.rename({name: new}) if new not in frame.columns else frame)


def cells_missing(random: Random, data: bytes) -> bytes:
    """Some cells are missing."""
    frame = _frame(data)
    name = random.choice(frame.columns)
    return _parquet(
        frame.with_columns(pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.col(name)).alias(name))
    )


def lines_missing(random: Random, data: bytes) -> bytes:
    """There is no line."""
    return _parquet(_frame(data).clear())


def footer_flipped(random: Random, data: bytes) -> bytes:
    """Some bits of what describes the columns are other ones."""
    size = int.from_bytes(data[-8:-4], "little") if len(data) > 12 else 0
    if not 0 < size <= len(data) - 12:
        return data
    return data[: -8 - size] + bits_flipped(random, data[-8 - size : -8]) + data[-8:]


def written_otherwise(random: Random, data: bytes) -> bytes:
    """The same lines, written with other pages and compression."""
    return _parquet(
        _frame(data), compression=random.choice(("snappy", "gzip", "lz4", "uncompressed")), row_group_size=2
    )


# What reads the columns comes first: after damage to the bytes nothing can.
TO_COLUMNS = (
    column_of_another_type,
    column_of_another_type,
    column_cast,
    column_dropped,
    column_renamed,
    cells_missing,
)
DAMAGE = (*TO_COLUMNS, lines_missing, footer_flipped, footer_flipped, bits_flipped, cut)
HARMLESS = (written_otherwise,)
