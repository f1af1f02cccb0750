"""What the lines of a history realised, by segment: read as a stream, kept as one number a line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy import EVERY_CLASS, Policy, ProductClass
from walkaway_xl.quotes.checked_batch import NO_SEGMENT, CheckedBatch, CheckOptions, options_for_lines
from walkaway_xl.quotes.checking import Checked, DiscountOptions
from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.guidance import Guide, Realised, Segment, realised
from walkaway_xl.quotes.quote_error import QuoteError

VALUE = "__value"


def history_options(
    base: Policy,
    columns: Columns,
    names: Sequence[str],
    source: str,
    discounts: DiscountOptions,
    *,
    as_of: date | None = None,
) -> CheckOptions:
    """What a check of a history is to do: leakage and costs are the policy's, and no class is below floor."""
    policy = replace(base, classes=(ProductClass(EVERY_CLASS, 0.0),), rules=(), quotes=(), exceptions=())
    columns = columns._replace(product_class=None)
    return options_for_lines(policy, columns, names, source, None, discounts, in_words=False, as_of=as_of)


def value_of(checked: Checked, of: str) -> Floats:
    """What a line realised: its pocket margin, or its price as a share of the list price."""
    return checked.margin if of == "margin" else checked.price_share


def values(checked: CheckedBatch, by: Sequence[str], of: str) -> pl.DataFrame:
    """The segments and the value of each line that has one."""
    value = value_of(checked.checked, of)
    kept = ~checked.checked.rejected & np.isfinite(value)
    frame = checked.frame.select(segment_words(by)).with_columns(pl.Series(VALUE, value))
    return frame.filter(pl.Series(kept))


def segment_words(by: Sequence[str]) -> list[pl.Expr]:
    """The columns of the segments as words, blank ones under a name of their own."""
    words = [pl.col(name).cast(pl.String).str.strip_chars() for name in by]
    return [
        pl.when(word.fill_null("") == "").then(pl.lit(NO_SEGMENT)).otherwise(word).alias(name)
        for word, name in zip(words, by, strict=True)
    ]


def learnt(batches: Iterator[CheckedBatch], by: Sequence[str], guide: Guide) -> dict[Segment, Realised]:
    """Percentiles of every segment and of what it is part of.

    Parameters
    ----------
    batches : iterator of CheckedBatch
        The lines.
    by : sequence of str
        Columns of the segments, the widest first.
    guide : Guide
        What is asked of them.
    """
    frames = [values(batch, by, guide.of) for batch in batches]
    if not frames:
        raise QuoteError(phrase("the history holds no line"))
    lines = pl.concat(frames)
    segments: dict[Segment, Realised] = {(): realised(lines[VALUE].to_numpy(), guide.percentiles)}
    for depth in range(1, len(by) + 1):
        for path, part in lines.group_by(by[:depth]):
            segments[tuple(str(name) for name in path)] = realised(part[VALUE].to_numpy(), guide.percentiles)
    return segments
