"""Totals of each quote: what its lines make together."""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from walkaway_xl.quotes.checked_batch import STATUS, CheckedBatch
from walkaway_xl.quotes.exact import MILLION, WIDTH, in_units, slices
from walkaway_xl.quotes.tally import LOWEST

MONEY = ("list_value", "revenue", "earned", "shortfall")
NUMBERS = ("list_value", "revenue", "blended_discount", "margin", "shortfall")
TOTALS = ("currency", "lines", *NUMBERS, "status", "signer")
COMPACT = 1 << 20  # rows of parts after which they are added up


def part(batch: CheckedBatch, key: str) -> pl.DataFrame:
    """Sums of the lines of a batch by quote.

    Money is in whole multiples of powers of two, a column for each: "revenue -32" is in units of 2⁻³². So the
    parts add up exactly.
    """
    checked = batch.checked
    money = {
        f"{name} {exponent}": in_units(piece, exponent)
        for name in MONEY
        for exponent, piece in slices(getattr(checked, name))
    }
    lines = pl.DataFrame(
        {
            "key": batch.frame[key],
            "lines": np.ones(len(checked.status), np.int64),
            "status": checked.status,
            "signer": checked.signer,
            **money,
        }
    )
    return added_up(lines.filter(pl.Series(~checked.rejected)))


def added_up(parts: pl.DataFrame) -> pl.DataFrame:
    """Parts of the same quote in one row: sums, the worst status and the most senior signer."""
    return parts.group_by("key").agg(
        pl.col("status").min(), pl.col("signer").max(), pl.exclude("status", "signer").sum()
    )


def put_together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Parts as one; where one has no slices of a size, they are 0."""
    whole = pl.concat(parts, how="diagonal")
    return added_up(whole.with_columns(pl.exclude("key").fill_null(0)))


class TotalsByQuote:
    """Totals of quotes, batch by batch; memory grows with the quotes, not with their lines."""

    def __init__(self, key: str):
        self.key = key
        self.parts: list[pl.DataFrame] = []
        self.full = COMPACT

    def add(self, batch: CheckedBatch) -> None:
        """Count the lines of a batch."""
        self.parts.append(part(batch, self.key))
        if sum(map(len, self.parts)) > self.full:
            self.parts = [put_together(self.parts)]
            self.full = max(COMPACT, 2 * len(self.parts[0]))  # what is left are different quotes

    def totals(self, signer_names: Sequence[str]) -> pl.DataFrame:
        """A row for each quote, by its name."""
        return totals(put_together(self.parts), self.key, signer_names)


def totals_by_currency(
    counted: Mapping[str | None, TotalsByQuote], under: Mapping[str | None, str], signer_names: Sequence[str]
) -> pl.DataFrame:
    """Totals of the quotes of a book; in several currencies a row for each of them.

    Parameters
    ----------
    counted : mapping of str to TotalsByQuote
        The quotes by the currency of their lines.
    under : mapping of str to str
        Currencies that turned out to be another one.
    signer_names : sequence of str
        Who can sign.
    """
    parts: dict[str | None, TotalsByQuote] = {}
    for currency, quotes in counted.items():
        code = under.get(currency, currency)
        parts.setdefault(code, TotalsByQuote(quotes.key)).parts += quotes.parts
    frames = [
        quotes.totals(signer_names).with_columns(pl.lit(currency, pl.String).alias("currency"))
        for currency, quotes in parts.items()
    ]
    if len(frames) == 1:
        return frames[0].drop("currency")
    whole = pl.concat(frames)
    key, *others, currency = whole.columns
    return whole.select(key, currency, *others).sort(key, currency, maintain_order=True)


def totals(sums: pl.DataFrame, key: str, signer_names: Sequence[str]) -> pl.DataFrame:
    """Sums as people read them: money as a float, shares, the status of the worst line and who must sign."""
    sums = sums.with_columns(pl.Series(name, _rounded(sums, name), dtype=pl.Float64) for name in MONEY)
    given = (pl.col("list_value") - pl.col("revenue")) / pl.col("list_value")
    margin = pl.col("earned") / pl.col("revenue")
    kinds = pl.Enum(list(dict.fromkeys(signer_names)))
    return sums.sort("key").select(
        pl.col("key").alias(f"{key}_of_quote" if key in TOTALS else key),
        "lines",
        "list_value",
        "revenue",
        pl.when(pl.col("list_value") > 0).then(given).alias("blended_discount"),
        pl.when(pl.col("revenue") > 0).then(margin).alias("margin"),
        pl.col("shortfall") / MILLION,
        (pl.col("status") - LOWEST).cast(pl.UInt8).cat.to(STATUS).alias("status"),
        pl.col("signer")
        .cast(pl.Int64)
        .replace_strict(range(len(signer_names)), list(signer_names), return_dtype=kinds),
    )


def _rounded(sums: pl.DataFrame, name: str) -> list[float]:
    """The float nearest to each sum."""
    pieces = []
    for column in sums.columns:
        if match := re.fullmatch(rf"{name} (-?\d+)", column):
            units, exponent = sums[column].to_numpy(), int(match[1])
            # Of 64 bits a float holds 53, so each half goes for itself.
            pieces.append(np.ldexp((units >> WIDTH).astype(float), exponent + WIDTH).tolist())
            pieces.append(np.ldexp((units & (1 << WIDTH) - 1).astype(float), exponent).tolist())
    return list(map(math.fsum, zip(*pieces, strict=True))) if pieces else [0.0] * len(sums)
