"""Rows that are no lines: totals, heads that come again, remarks; and returns.

A total row is left out where two of three signs agree: a word for it, keys that are blank, and a number that
is the sum of the lines above. One sign alone is a doubt, and the row counts as a line.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.quotes.checked_batch import AMOUNTS
from walkaway_xl.quotes.columns import SHARES, Columns
from walkaway_xl.quotes.currencies import name_of, one_of_both
from walkaway_xl.quotes.money_cells import names_of, together
from walkaway_xl.quotes.quote_files import Batch
from walkaway_xl.quotes.tally import Reject

TOTAL = (
    r"(?i)^\W*(?:(?:grand|sub|net|overall|report)[\s-]?totals?|totals?|total\s+g[eé]n[eé]ral|sous-total|somme"
    r"|(?:gesamt|zwischen|end)?summe|gesamt|insgesamt|(?:gesamt)?ergebnis|totale|subtotale|totale\s+generale"
    r"|suma|soma|total\s+geral|overall\s+result|sum)\b"
    r"|\b(?:total|subtotal|summe|result|ergebnis|gesamt)\W*$"
)
CREDIT = (
    r"(?i)^\W*(?:credit|return|refund|reversal|gutschrift|retoure|r[uü]cklieferung|storno|avoir|retour|abono"
    r"|devoluci|nota\s+(?:de|di)\s+cr[eé]dito|reso\b|devolu[cç]|(?:z?re|g2|cr|s1)$)"
)
RETURN = later("the line takes something back; it is counted apart")
USUAL = 0.9  # share of the rows from which on a column is one that lines fill in
SAME = 1e-6  # how far a sum may be off, as a share of it, because numbers are rounded
BOUNDARIES = 64  # rows behind which a sum may begin, the last ones
FEW = 10  # rows of which half are enough
LOOKED_AT = 1000  # rows of a batch that may be totals


class Sums(NamedTuple):
    """What the lines of a file came to before a row, and behind which rows a sum may begin."""

    lines: int
    by_role: dict[str, float]
    boundaries: list[tuple[int, dict[str, float]]]  # none where rows do not come in their order


class Sifted(NamedTuple):
    """A batch without the rows that are no lines."""

    lines: Batch
    returned: Batch | None  # lines that take something back
    frame_left_out: pl.DataFrame
    left_out: list[Reject]
    doubts: list[Reject]


@np.errstate(all="ignore")
def sift(batch: Batch, columns: Columns, sums: Sums, returns: str, currency: str | None = None) -> Sifted:
    """The lines of a batch, and what else is in it.

    Parameters
    ----------
    batch : Batch
        Rows of a file.
    columns : Columns
        What its columns are.
    sums : Sums
        Of the rows before, carried on.
    returns : str
        What becomes of lines that take something back: "apart", "net" or "refuse".
    currency : str, optional
        Of the lines that are asked for; the others are left out.
    """
    words = [name for name, kind in batch.frame.schema.items() if kind == pl.String]
    read = {name for names in columns.numbers.values() for name in names}
    texts = {name: _filled(batch.frame[name]) for name in words if name not in read}
    no_lines = dict(_no_lines(batch, columns, texts))
    signs = dict(_signs(batch, texts, sums, no_lines))
    left_out = no_lines | {place: why for place, (count, why) in signs.items() if count > 1}
    doubts = {place: why for place, (count, why) in signs.items() if count == 1 and "blank" not in why}
    batch = _with_currency(batch, columns)
    if currency is not None:
        left_out = _in_others(batch, currency) | left_out
    returned = _returned(batch, columns) & ~_mask(left_out, len(batch.frame))
    batch = batch._replace(returned=returned if returned.any() else None)
    if returns == "refuse":
        batch = batch._replace(returned=None, faults=_refused(batch, returned) | batch.faults)
    apart = returned if returns == "apart" else np.zeros(len(returned), bool)
    stays = ~apart & ~_mask(left_out, len(batch.frame))
    lines = batch if stays.all() else batch.part(stays)
    return Sifted(
        lines._replace(returned=None) if returns == "apart" else lines,
        batch.part(apart) if apart.any() else None,
        pl.DataFrame() if not left_out else batch.frame[sorted(left_out)],
        _listed(batch, left_out),
        _listed(batch, doubts),
    )


def _with_currency(batch: Batch, columns: Columns) -> Batch:
    """A batch with the currency of each row, by its cells, the column of currencies and the heads."""
    stated = [] if batch.currency is None else [(phrase("an amount"), batch.currency)]
    if columns.currency is not None:
        names = names_of(batch.frame[columns.currency])
        stated.append((phrase("column {column}", column=columns.currency), names))
    if columns.in_heads is not None:
        names = pl.Series([columns.in_heads], dtype=pl.String).new_from_index(0, len(batch.frame))
        stated.append((phrase("a head"), names))
    currency, clashes = together(stated)
    return batch._replace(currency=currency, faults=clashes | batch.faults)


def _in_others(batch: Batch, currency: str) -> dict[int, str]:
    """Rows whose currency is not the one that was asked for."""
    names = batch.currency if batch.currency is not None else pl.Series([None] * len(batch.frame))
    return {
        place: phrase(
            "its currency is {held}, and {currency} was asked for", held=held or "blank", currency=currency
        )
        for place, held in enumerate(names)
        if held is None or one_of_both(held, name_of(currency)) is None
    }


def _refused(batch: Batch, returned: NDArray[np.bool_]) -> dict[int, str]:
    reason = phrase("the line takes something back; --returns net or apart counts it")
    return dict.fromkeys(np.flatnonzero(returned).tolist(), reason)


def _mask(places: Mapping[int, str], size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, bool)
    mask[list(places)] = True
    return mask


def _listed(batch: Batch, reasons: Mapping[int, str]) -> list[Reject]:
    return [Reject(batch.file, batch.rows[place], why) for place, why in sorted(reasons.items())]


def _filled(column: pl.Series) -> NDArray[np.bool_]:
    filled: NDArray[np.bool_] = (column.fill_null("").str.strip_chars() != "").to_numpy()
    return filled


def _no_lines(
    batch: Batch, columns: Columns, texts: Mapping[str, NDArray[np.bool_]]
) -> Iterator[tuple[int, str]]:
    """Rows without any number where numbers belong."""
    read = [name for role in batch.numbers for name in columns.numbers[role]]
    blank = np.all([np.isnan(column) for held in batch.numbers.values() for column in held], axis=0)
    words = [name for name in (columns.product_class, columns.product) if name and name in texts]
    for place in np.flatnonzero(blank).tolist():
        cells = {name: batch.frame[name][place] for name in read}
        shown = [str(cell).strip() for cell in cells.values() if cell is not None and str(cell).strip()]
        if not shown:
            if not words or not all(texts[name][place] for name in words):
                yield place, phrase("there is no number in it")
        elif all(str(cell).strip() in ("", "None", name) for name, cell in cells.items()):
            yield place, phrase("the heads come again")
        elif len(shown) > 1 and not any(re.search(r"\d|#", cell) for cell in shown):
            yield place, phrase("words stand where numbers belong: {shown}", shown=", ".join(shown))


def _signs(
    batch: Batch, texts: Mapping[str, NDArray[np.bool_]], sums: Sums, no_lines: Mapping[int, str]
) -> Iterator[tuple[int, tuple[int, str]]]:
    """How many signs of a total a row has, and which."""
    size = len(batch.frame)
    most = USUAL if size >= FEW else 0.5
    usual = [name for name, filled in texts.items() if filled.mean() >= most]
    labels = {name: batch.frame[name].str.contains(TOTAL).fill_null(False).to_numpy() for name in texts}
    labelled = np.any(list(labels.values()), axis=0) if labels else np.zeros(size, bool)
    keys, filled_keys = np.zeros(size, int), np.zeros(size, int)
    for name in usual:
        keys += ~labels[name]
        filled_keys += texts[name] & ~labels[name]
    numbers = {role: columns[0] for role, columns in batch.numbers.items() if role not in SHARES}
    blanks = [np.isnan(column) for held in batch.numbers.values() for column in held]
    gaps = np.any(
        [column for column in blanks if column.mean() <= 1 - most] or [np.zeros(size, bool)], axis=0
    )
    blank = np.where(keys > 0, filled_keys == 0, gaps)
    either: list[int] = np.flatnonzero(labelled | blank).tolist()
    candidates = [place for place in either if place not in no_lines][:LOOKED_AT]
    clean = {role: np.where(np.isnan(column), 0.0, column) for role, column in numbers.items()}
    for column in clean.values():
        column[[*candidates, *no_lines]] = 0.0
    prefix = {role: np.cumsum(column) for role, column in clean.items()}
    added = dict.fromkeys(numbers, 0.0)
    passed = 0
    for place in candidates:
        before = {role: sums.by_role.get(role, 0.0) + prefix[role][place] + added[role] for role in numbers}
        lines = sums.lines + place - passed
        sum_of = _sum(numbers, place, before, lines, sums)
        words = [
            phrase("{cell} in column {name}", cell=f"{batch.frame[name][place]!r}", name=name)
            for name in labels
            if labels[name][place]
        ]
        reasons = [
            *words[:1],
            *([phrase("blank where lines are filled in")] if blank[place] else []),
            *sum_of,
        ]
        count = bool(words) + int(blank[place]) + bool(sum_of)
        if count > 1:
            if sums.boundaries:
                sums.boundaries[1:] = [*sums.boundaries[1:][-BOUNDARIES:], (lines, before)]
            passed += 1
        else:
            for role, column in numbers.items():
                added[role] += float(np.nan_to_num(column[place]))
        yield place, (count, phrase("a total: {reasons}", reasons=", ".join(reasons)))


def _sum(
    numbers: Mapping[str, Floats], place: int, before: Mapping[str, float], lines: int, sums: Sums
) -> list[str]:
    """Which number of a row is the sum of two lines or more above it."""
    for role, column in numbers.items():
        value = float(column[place])
        for count, start in reversed(sums.boundaries):
            made = before[role] - start.get(role, 0.0)
            if lines - count > 1 and value and abs(value - made) <= SAME * abs(value) + 0.005:
                return [
                    phrase(
                        "{role} {value} is the sum of {lines} lines",
                        role=role,
                        value=f"{value:,.6g}",
                        lines=f"{lines - count:,}",
                    )
                ]
    return []


def _returned(batch: Batch, columns: Columns) -> NDArray[np.bool_]:
    """Which rows take something back: their quantity or amounts are negative, or their kind says so."""
    back = np.zeros(len(batch.frame), bool)
    for role, held in batch.numbers.items():
        if role in AMOUNTS:
            back |= held[0] < 0
    if columns.kind is not None:
        kinds = batch.frame[columns.kind].cast(pl.String)
        back |= kinds.str.contains(CREDIT).fill_null(False).to_numpy()
    return back
