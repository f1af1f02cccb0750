"""Lines below floor without a valid exception, as rows of a register in which somebody decides."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.fields import EXCEPTION
from walkaway_xl.quotes.checked_batch import CheckedBatch, CheckOptions
from walkaway_xl.quotes.checking import is_below
from walkaway_xl.quotes.columns import plain
from walkaway_xl.quotes.fingerprints import shown
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.text_files import harmless

KEYS = tuple(field.key for field in EXCEPTION.fields if field.key != "line")


def columns_of_lines(options: CheckOptions, source: str) -> list[str]:
    """The columns by which a register names lines: the quote, the product, and the day.

    Parameters
    ----------
    options : CheckOptions
        What the columns of the book are.
    source : str
        The book, for messages.
    """
    key = None if options.by_quote is None else options.by_quote.key
    columns = [name for name in (key, options.columns.product, options.columns.date) if name is not None]
    if key is None and options.columns.product is None:
        raise QuoteError(
            phrase(
                "{source}: --ask names lines by their quote and their product, and neither is known; add "
                '--group-by COLUMN or --column product="NAME"',
                source=source,
            )
        )
    if taken := [name for name in columns if plain(name) in map(plain, KEYS)]:
        raise QuoteError(
            phrase(
                "{source}: column {name} is called as a key of an exception; rename it",
                source=source,
                name=taken[0],
            )
        )
    return list(dict.fromkeys(columns))


def requests(batch: CheckedBatch, columns: Sequence[str], options: CheckOptions) -> pl.DataFrame:
    """A row for each line of a batch that needs an exception.

    Parameters
    ----------
    batch : CheckedBatch
        The lines.
    columns : sequence of str
        By which they are named.
    options : CheckOptions
        What was asked of them.
    """
    checked, lines = batch.checked, batch.lines
    needed = is_below(checked.status)
    if checked.excepted is not None:
        needed &= ~checked.excepted
    places = np.flatnonzero(needed)
    words = [
        phrase(
            "quantity {quantity}, list price {list_price}, discount {discount}, cost {cost}, floor {floor}",
            quantity=f"{lines.quantity[place]:,g}",
            list_price=f"{lines.list_price[place]:,.2f}",
            discount=f"{lines.discount[place]:.1%}",
            cost=f"{lines.cost[place]:,.2f}",
            floor=f"{checked.floor[place]:,.2f}",
        )
        for place in places.tolist()
    ]
    stated = {
        "fingerprint": [shown(batch.prints[place]) for place in places.tolist()],
        "as_it_stood": words,
        "needs": [options.policy.signer_names[place] for place in checked.signer[places].tolist()],
    }
    blank = [None] * len(places)
    held = pl.DataFrame({key: stated.get(key, blank) for key in KEYS}, schema=dict.fromkeys(KEYS, pl.String))
    named = batch.frame[places.tolist()].select(pl.col(name).cast(pl.String) for name in columns)
    return harmless(named.hstack(held))
