"""Shares that are written as percents: a head that says so, or numbers that can be nothing else."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.quotes.columns import SHARES, Columns, heads_percent
from walkaway_xl.quotes.quote_files import Reading

LOOKED_AT = 10_000  # lines; those behind them are counted, and a file that turns out otherwise is refused


def with_percents(
    columns: Columns, reading: Reading, first: Callable[[Sequence[str]], Mapping[str, Floats]], source: str
) -> Columns:
    """The columns, and of their shares those that are written so that 15 is 15 %.

    Parameters
    ----------
    columns : Columns
        What the columns are.
    reading : Reading
        What the options say of them.
    first : callable
        Gives the first numbers of some columns. A book that leaves nothing open is not asked.
    source : str
        The file, for messages.
    """
    stated = {"discount": reading.discounts_in, "margin_share": reading.margins_in}
    stated["markup"] = reading.margins_in
    percents = {
        name for role in SHARES for name in columns.numbers.get(role, ()) if stated[role] == "percent"
    }
    # A discount above 1 without a word of percents may be an amount, and is asked about by `DiscountOptions`.
    open_names = [
        name
        for role in SHARES
        for name in columns.numbers.get(role, ())
        if stated[role] is None and (role != "discount" or heads_percent(name))
    ]
    if open_names:
        for name, values in first(open_names).items():
            if not _are_mostly_above_1(values):
                continue
            if name in columns.numbers.get("markup", ()) and not heads_percent(name):
                _ask(source, name, float(np.nanmax(values)))
            percents.add(name)
    return columns._replace(percents=frozenset(percents))


def _are_mostly_above_1(values: Floats) -> bool:
    sizes = np.abs(values)  # discounts may be written as negatives
    return int((sizes > 1).sum()) > int(((sizes > 0) & (sizes <= 1)).sum())


def _ask(source: str, name: str, highest: float) -> None:
    raise AmbiguityError(
        f"{source}: most markups of column {name} are above 1, up to {highest:.6g}",
        [
            Meaning(f"{highest:.6g} is {highest:.6g} %", ("--margins-in", "percent")),
            Meaning(f"{highest:.6g} is {100 * highest:,.6g} %", ("--margins-in", "share")),
        ],
    )
