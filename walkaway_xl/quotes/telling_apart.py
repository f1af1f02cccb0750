"""Lines told from what else is in a book, batch after batch, and checked a currency at a time."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.checked_batch import (
    AMOUNTS,
    CheckOptions,
    Piece,
    check_by_currency,
    distinct_words,
)
from walkaway_xl.quotes.columns import NONE, Columns
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import Batch, Sorting
from walkaway_xl.quotes.tallies import Tallies

if TYPE_CHECKING:
    from walkaway_xl.quotes.sifting import Sifted

# What a row says that may be a total, before anybody looks closer.
TOTALS = ["total", "summe", "gesamt", "ergebnis", "result", "somme", "suma", "soma", "sum"]
MOST_CURRENCIES = 40  # a column with more words holds something else
MANY_WORDS = 100  # of which Polars sees more at once than Python does one by one


def lines_of(batches: Iterator[Batch], sorting: Sorting) -> Iterator[tuple[Batch, "Sifted | None"]]:
    """The lines of each batch, and what else was in it; None where there are lines only."""
    lines, file = 0, ""
    sums: dict[str, float] = {}
    boundaries: list[tuple[int, dict[str, float]]] = []
    for batch in batches:
        if batch.file != file:  # a sum is one of its file
            lines, file, sums = 0, batch.file, {}
            boundaries = [(0, {})] if sorting.in_order else []
        sifted = None
        by_currency = sorting.rates is not None or sorting.currency is not None
        lines_only = None if by_currency else _as_lines_only(batch, sorting.columns)
        if lines_only is not None:
            batch = lines_only
        else:
            from walkaway_xl.quotes.sifting import Sums, sift  # most batches hold lines only

            sums_before = Sums(lines, sums, boundaries)
            sifted = sift(batch, sorting.columns, sums_before, sorting.returns, sorting.currency)
            if sorting.rates is not None:
                from walkaway_xl.quotes.rates import with_rates  # few books have several currencies

                back = sifted.returned
                sifted = sifted._replace(
                    lines=with_rates(sifted.lines, sorting.columns, sorting.rates),
                    returned=None if back is None else with_rates(back, sorting.columns, sorting.rates),
                )
            batch = sifted.lines
        yield batch, sifted
        lines += len(batch.frame)
        with np.errstate(all="ignore"):  # no sum of what cannot be added up is that of a total
            for role, columns in batch.numbers.items():
                total = columns[0].sum() if sifted is None else np.nansum(columns[0])
                sums[role] = sums.get(role, 0.0) + float(total)


def _as_lines_only(batch: Batch, columns: Columns) -> Batch | None:
    """A batch with the words that were looked through; None where a quick look shows what may be no line."""
    words = [batch.frame[name] for name in (columns.product_class, columns.product) if name]
    if batch.faults or columns.kind or columns.currency or batch.currency is not None:
        return None
    if any(column.has_nulls() for column in words):
        return None
    for role, held in batch.numbers.items():
        for column in held:
            least = column.min(initial=np.inf)  # NaN where there is one
            if least != least or (role in AMOUNTS and least < 0):
                return None
    distinct = {column.name: distinct_words(column) for column in words if column.dtype == pl.String}
    if any(map(_may_be_no_line, distinct.values())):
        return None
    return batch._replace(distinct=distinct)


def _may_be_no_line(words: pl.Series) -> bool:
    """Whether one of some words is blank, or begins to look like that of a total."""
    if len(words) > MANY_WORDS:
        return bool((words == "").any() or words.str.contains_any(TOTALS, ascii_case_insensitive=True).any())
    return any(not word or any(total in word.lower() for total in TOTALS) for word in words.to_list())


def checked_pieces(
    batch: Batch, sifted: "Sifted | None", tallies: Tallies, sorting: Sorting, options: CheckOptions
) -> list[Piece]:
    """The lines of a batch after their check; counted is what else was in it, and what cannot be checked."""
    if sifted is not None:
        tallies.left_out.add(sifted.left_out)
        tallies.doubts.add(sifted.doubts)
        if sifted.returned is not None:
            for piece in check_by_currency(sifted.returned, options, sorting.sums_in):
                tally = tallies.of(piece.currency)
                tally.rejects.add(piece.rejects)
                tally.set_apart(piece.checked.checked)
    pieces = check_by_currency(batch, options, sorting.sums_in)
    for piece in pieces:
        tally = tallies.of(piece.currency)
        tally.rejects.add(piece.rejects)
        tally.remark(piece.checked.remarks)
    if batch.currency is not None:
        tallies.currencies |= dict.fromkeys(batch.currency.drop_nulls().unique(maintain_order=True))
        refuse_unlike(tallies, options, sorting)
    return pieces


def refuse_unlike(tallies: Tallies, options: CheckOptions, sorting: Sorting) -> None:
    """Refuse lines in several currencies beside a policy with amounts of money, which are in one.

    Rules that ask for the currency know in which of them theirs are.

    Parameters
    ----------
    tallies : Tallies
        What was counted, with the currencies of all lines.
    options : CheckOptions
        With the policy.
    sorting : Sorting
        By what lines were told apart.
    """
    if len(tallies.currencies) > MOST_CURRENCIES:
        raise QuoteError(
            phrase(
                "{source}: its column of currencies holds more than {most} of them; --column currency="
                '"NAME" says which it is, --column currency={none} that there is none',
                source=sorting.source,
                most=MOST_CURRENCIES,
                none=NONE,
            )
        )
    is_asked = any(asked.column == options.columns.currency for asked in options.rule_columns)
    amounts = "" if is_asked else ", ".join(options.policy.amounts(are_converted=sorting.rates is not None))
    if len(tallies.currencies) > 1 and amounts:
        one, other, *_ = tallies.currencies
        raise QuoteError(
            phrase(
                "{source}: its lines are in {one} and {other}, and the policy states {amounts} in one "
                "currency; --currency {one} checks the lines in {one}",
                source=sorting.source,
                one=one,
                other=other,
                amounts=amounts,
            )
        )


def several_currencies(source: str, currencies: Sequence[str]) -> AmbiguityError:
    """The refusal of sums over several currencies."""
    return AmbiguityError(
        phrase(
            "{source}: its lines are in {currencies}, which cannot be added up without --rates FILE",
            source=source,
            currencies=" and ".join(currencies),
        ),
        [Meaning(phrase("only the lines in {held}", held=held), ("--currency", held)) for held in currencies],
    )
