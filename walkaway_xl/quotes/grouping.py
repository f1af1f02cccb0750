"""Totals of each quote: what its lines make together."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from walkaway_xl.quotes.checking import MILLION
from walkaway_xl.quotes.frames import STATUS, CheckedBatch
from walkaway_xl.quotes.summary import LOWEST

MONEY = ("list_value", "revenue", "earned")
TOTALS = ("lines", "list_value", "revenue", "blended_discount", "margin", "status", "approver")
COMPACT = 1 << 20  # rows of parts after which they are added up


def part(batch: CheckedBatch, key: str) -> pl.DataFrame:
    """Sums of the lines of a batch by quote; they add up exactly, in whole millionths."""
    checked = batch.checked
    good = pl.Series(~checked.rejected)
    lines = pl.DataFrame(
        {
            "key": batch.frame[key],
            "lines": np.ones(len(good), np.int64),
            **{name: getattr(checked, name) for name in MONEY},
            "status": checked.status,
            "approver": checked.approver,
        }
    ).filter(good)
    return added_up(lines)


def added_up(parts: pl.DataFrame) -> pl.DataFrame:
    """Parts of the same quote in one row: sums, the worst status and the most senior signer."""
    return parts.group_by("key").agg(
        pl.col("lines").sum(),
        *(pl.col(name).cast(pl.Int128).sum() for name in MONEY),
        pl.col("status").min(),
        pl.col("approver").max(),
    )


class Groups:
    """Totals of quotes, batch by batch; memory grows with the quotes, not with their lines."""

    def __init__(self, key: str):
        self.key = key
        self.parts: list[pl.DataFrame] = []
        self.full = COMPACT

    def add(self, batch: CheckedBatch) -> None:
        """Count the lines of a batch."""
        self.parts.append(part(batch, self.key))
        if sum(map(len, self.parts)) > self.full:
            self.parts = [added_up(pl.concat(self.parts))]
            self.full = max(COMPACT, 2 * len(self.parts[0]))  # what is left are different quotes

    def totals(self, approvers: Sequence[str]) -> pl.DataFrame:
        """A row for each quote, by its name."""
        return totals(added_up(pl.concat(self.parts)), self.key, approvers)


def totals(sums: pl.DataFrame, key: str, approvers: Sequence[str]) -> pl.DataFrame:
    """Sums as people read them: money in units, shares, the status of the worst line and who must sign."""
    money = {name: pl.col(name).cast(pl.Float64) / MILLION for name in MONEY}
    given = (pl.col("list_value") - pl.col("revenue")).cast(pl.Float64) / pl.col("list_value").cast(
        pl.Float64
    )
    margin = pl.col("earned").cast(pl.Float64) / pl.col("revenue").cast(pl.Float64)
    kinds = pl.Enum(list(dict.fromkeys(approvers)))
    return sums.sort("key").select(
        pl.col("key").alias(f"{key}_of_quote" if key in TOTALS else key),
        "lines",
        money["list_value"].alias("list_value"),
        money["revenue"].alias("revenue"),
        pl.when(pl.col("list_value") > 0).then(given).alias("blended_discount"),
        pl.when(pl.col("revenue") > 0).then(margin).alias("margin"),
        (pl.col("status") - LOWEST).cast(pl.UInt8).cat.to(STATUS).alias("status"),
        pl.col("approver")
        .cast(pl.Int64)
        .replace_strict(range(len(approvers)), list(approvers), return_dtype=kinds),
    )
