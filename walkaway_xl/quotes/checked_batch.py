"""A batch of lines checked: what the policy says to each line, as columns beside its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.errors import NO_STATUS
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy import Policy
from walkaway_xl.policy.compiled import BANDS, CompiledPolicy
from walkaway_xl.quotes.checking import (
    STATUSES,
    Checked,
    DiscountOptions,
    Lines,
    check,
    class_places,
    in_words,
    range_of,
    reasons,
    status_word,
)
from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.tally import LOWEST, Remarks, WorstLine
from walkaway_xl.quotes.text_files import error_reason, is_cell_error

STATUS = pl.Enum([status_word(status) for status in sorted(STATUSES)])
NO_SEGMENT = "(blank)"
ADDED = ("net_price", "floor", "max_discount", "headroom", "margin")


class CheckOptions(NamedTuple):
    """What a check is to do, the same for all batches."""

    policy: CompiledPolicy
    columns: Columns
    segment: str | None  # the column by which the summary is split
    in_words: bool  # whether each line says its reason
    discounts: DiscountOptions = DiscountOptions()

    @property
    def signer_type(self) -> pl.Enum:
        """The type of the column that says who signs."""
        return pl.Enum(list(dict.fromkeys(self.policy.signer_names)))

    def added(self, names: Sequence[str]) -> dict[str, str]:
        """Names of the columns that a check adds; one that the file has already is kept and told apart."""
        bands = tuple(band for band in BANDS[1:] if self.policy.bands[band].stated)
        tier = ("tier_discount",) if self.policy.quantities else ()
        leader = ("loss_leader",) if self.policy.has_loss_leaders else ()
        words = ("reason",) if self.in_words else ()
        added = (*ADDED, "status", *leader, "approver", *tier, *bands, *words)
        return {name: free_name(name, names) for name in added}


def options_for_lines(
    policy: Policy,
    columns: Columns,
    source: str,
    segment: str | None,
    discounts: DiscountOptions,
    *,
    in_words: bool,
) -> CheckOptions:
    """What a check of lines is to do.

    Parameters
    ----------
    policy : Policy
        By what they are checked.
    columns : Columns
        What the columns of the file are.
    source : str
        Name of the file.
    segment : str or None
        The column by which the summary is split; the class if none is named.
    discounts : DiscountOptions
        How discounts are written.
    in_words : bool
        Whether each line says its reason.

    Raises
    ------
    QuoteError
        No column holds the class, and the policy has no rule for all lines.
    """
    compiled = CompiledPolicy(policy)
    if columns.product_class is None and compiled.place_of_others < 0:
        raise QuoteError(
            phrase(
                (
                    '{source}: no column holds the class; --column class="NAME" says which '
                    'it is, or a [[class]] with name = "*" in {policy} is for all lines'
                ),
                source=source,
                policy=policy.source,
            )
        )
    return CheckOptions(compiled, columns, segment or columns.product_class, in_words, discounts)


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name of a column that is added beside columns of others."""
    while name in taken:
        name += "_checked"
    return name


class CheckedBatch(NamedTuple):
    """A batch after its check."""

    lines: Lines
    checked: Checked
    frame: pl.DataFrame  # every line as it came, with what is added
    rejects: dict[int, str]  # by place in the batch, why a line could not be checked
    segments: NDArray[np.integer]
    segment_names: list[str]
    remarks: Remarks


def check_batch(
    frame: pl.DataFrame,
    numbers: Mapping[str, Sequence[Floats]],
    faults: dict[int, str],
    options: CheckOptions,
) -> CheckedBatch:
    """Check the lines of a batch.

    Parameters
    ----------
    frame : DataFrame
        The lines as they came.
    numbers : mapping
        Their numbers, by what they are: a column each, but for discounts one after the other.
    faults : dict
        What could not be read, by place in the batch.
    options : CheckOptions
        What is to be done.
    """
    classes, names = _coded(frame, options.columns.product_class)
    discounts = options.discounts.shares(numbers["discount"])
    lines = Lines(
        numbers["list_price"][0],
        options.discounts.combined(discounts),
        numbers["cost"][0],
        numbers["quantity"][0],
        class_places(names, options.policy)[classes],
        numbers["terms_days"][0] if "terms_days" in numbers else None,
    )
    faults = _class_errors(options.columns.product_class, classes, names) | faults
    checked = check(lines, options.policy, surcharges=options.discounts.surcharges)
    checked.status[list(faults)] = NO_STATUS
    rejects = dict(reasons(lines, checked, options.policy, lambda place: names[classes[place]])) | faults
    same = options.segment == options.columns.product_class
    segments, segment_names = (classes, names) if same else _coded(frame, options.segment)
    whole = frame.with_columns(**_added(frame.columns, lines, checked, options))
    remarks = Remarks(
        Counter() if options.columns.product_class is None else _counted(classes, names),
        dict(zip(options.columns.numbers["discount"], map(range_of, discounts), strict=True)),
        int(((lines.discount < -TOLERANCE) & ~checked.rejected).sum()) if options.discounts.surcharges else 0,
    )
    return CheckedBatch(lines, checked, whole, rejects, segments, segment_names, remarks)


def _counted(classes: NDArray[np.integer], names: Sequence[str]) -> Counter[str]:
    counts = np.bincount(classes, minlength=len(names)).tolist()
    return Counter(
        {name: count for name, count in zip(names, counts, strict=True) if not is_cell_error(name)}
    )


def _coded(frame: pl.DataFrame, column: str | None) -> tuple[NDArray[np.integer], list[str]]:
    """A column of words as places in a list of them."""
    if column is None:
        return np.zeros(len(frame), np.intp), [""]
    words = frame[column].cast(pl.String)
    if words.has_nulls():
        words = words.fill_null("")
    distinct = words.unique(maintain_order=True)
    codes = words.cast(pl.Enum(distinct)).to_physical().to_numpy()
    return codes.astype(np.intp), [word or NO_SEGMENT for word in distinct]


def _class_errors(column: str | None, classes: NDArray[np.integer], names: Sequence[str]) -> dict[int, str]:
    """Lines whose class is the error of a cell, which is no class of its own and none for `*`."""
    return {
        place: error_reason("class", phrase("column {column}", column=column), name)
        for code, name in enumerate(names)
        if is_cell_error(name)
        for place in np.flatnonzero(classes == code).tolist()
    }


def _added(names: Sequence[str], lines: Lines, checked: Checked, options: CheckOptions) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: _blank_for_nan(getattr(checked, name))
        for name in (*ADDED, "tier_discount", *BANDS[1:])
        if getattr(checked, name) is not None
    }
    good = ~checked.rejected
    status = np.where(good, checked.status - LOWEST, 0).astype(np.uint8)
    signer_type = options.signer_type
    places = np.array([list(signer_type.categories).index(name) for name in options.policy.signer_names])
    columns["status"] = pl.Series(status).cat.to(STATUS)
    if checked.loss_leader is not None:
        columns["loss_leader"] = pl.Series(checked.loss_leader)
    columns["approver"] = pl.Series(places[checked.signer].astype(np.uint32)).cat.to(signer_type)
    if options.in_words:
        columns["reason"] = pl.Series(in_words(lines, checked, options.policy), dtype=pl.String)
    return {name: columns[key] for key, name in options.added(names).items()}


def _blank_for_nan(values: Floats) -> pl.Series:
    column = pl.Series(values)
    return column.fill_nan(None) if np.isnan(values).any() else column  # to look takes a tenth of the time


def worst_line(batch: CheckedBatch, place: int, options: CheckOptions, file: str, row: int) -> WorstLine:
    """A line of a batch, as the summary shows it."""
    product = options.columns.product
    checked = batch.checked
    return WorstLine(
        float(checked.headroom[place]),
        file,
        row,
        "" if product is None else str(batch.frame[product][place] or ""),
        float(checked.net_price[place]),
        float(checked.floor[place]),
        str(STATUS.categories[int(checked.status[place]) - LOWEST]),
        options.policy.signer_names[int(checked.signer[place])],
    )
