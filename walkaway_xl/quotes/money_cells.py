"""Cells that hold an amount and its currency, and the currency of each line by all that states one."""

from collections.abc import Sequence

import polars as pl

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.currencies import BARE, BEHIND, FRONT, SIGNS, name_of, one_of_both


def parted(cells: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Amounts without their currencies, and the currencies; None where no cell has one.

    Parameters
    ----------
    cells : Series
        Texts without blanks around them.
    """
    if not cells.str.contains(FRONT).any() and not cells.str.contains(BEHIND).any():
        return cells, None
    cell = pl.col("cell")
    read = cells.to_frame("cell").select(
        cell.str.replace(FRONT, "${1}${3}").str.replace(BEHIND, "${1}${3}").alias("bare"),
        _named(cell.str.extract(FRONT, 2)).alias("front"),
        _named(cell.str.extract(BEHIND, 2)).alias("behind"),
    )
    both, clashes = together([("front", read["front"]), ("behind", read["behind"])])
    is_amount = read["bare"].str.contains(BARE).fill_null(False)
    if clashes:
        is_amount = is_amount & ~pl.int_range(len(cells), eager=True).is_in(list(clashes))
    if both is None or not (is_amount & both.is_not_null()).any():
        return cells, None
    nothing = pl.Series([None], dtype=pl.String)
    return read["bare"].zip_with(is_amount, cells).alias(cells.name), both.zip_with(is_amount, nothing)


def _named(written: pl.Expr) -> pl.Expr:
    return written.replace(list(SIGNS), list(SIGNS.values()))


def names_of(column: pl.Series) -> pl.Series:
    """The currencies that a column of them names; None for a blank."""
    words = column.cast(pl.String).str.strip_chars()
    words = words.to_frame("word").select(pl.when(pl.col("word") != "").then("word")).to_series()
    stated = words.unique().drop_nulls().to_list()
    return words.replace(stated, list(map(name_of, stated)))


def together(stated: Sequence[tuple[str, pl.Series]]) -> tuple[pl.Series | None, dict[int, str]]:
    """The currency of each line, by all that states one; and the lines that contradict themselves.

    Parameters
    ----------
    stated : sequence of pair of str and Series
        What states currencies, in words, and the currency of each line there; None where it states none.
    """
    faults: dict[int, str] = {}
    if not stated:
        return None, faults
    (where, names), *others = stated
    for place, more in others:
        apart = pl.DataFrame({"one": names, "other": more}).filter(pl.col("one") != pl.col("other"))
        whole = names.fill_null(more)
        for one, other in apart.unique(maintain_order=True).rows():
            lines = ((names == one) & (more == other)).fill_null(False)
            name = one_of_both(one, other)
            if name is not None:
                whole = whole.set(lines, name)
                continue
            reason = phrase(
                "{where} is in {one} and {place} in {other}; a line has one currency",
                where=where,
                one=one,
                place=place,
                other=other,
            )
            faults = dict.fromkeys(lines.arg_true().to_list(), reason) | faults
        names = whole
    return names, faults
