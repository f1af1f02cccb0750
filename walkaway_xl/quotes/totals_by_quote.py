"""Totals of each quote: what its lines make together, its status, and who must sign for all of it.

A quote is judged by its worst line and by all lines together: its blended discount against the one at which
every line stood at its floor. The policy says which of the two decides, and a rule for quotes that it does
not keep makes it below floor in either case.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats, Mask
from walkaway_xl.core._tolerance import share_below
from walkaway_xl.core.errors import NO_STATUS
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import DiscountStatus, kept_of_price, signer_place
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.policy.model import BLENDED, BY_LINES
from walkaway_xl.policy.quote_rules import Broken, is_total
from walkaway_xl.quotes.checked_batch import STATUS, CheckedBatch
from walkaway_xl.quotes.checking import Checked, asked_in_words, is_below
from walkaway_xl.quotes.exact import LARGEST, MILLION, WIDTH, in_units, slices
from walkaway_xl.quotes.quote_counts import (
    BELOW,
    COUNTED,
    CROSSING,
    MOST_CROSSING,
    SHOWN,
    WORST,
    QuoteCounts,
    QuotesMoved,
    counted,
)
from walkaway_xl.quotes.tally import LOWEST

# Sums of money and of units; of the last three a quote is judged by.
SUMS = ("list_value", "revenue", "earned", "shortfall", "quantity", "at_floor", "at_warning", "at_cost")
NUMBERS = ("list_value", "revenue", "blended_discount", "margin", "shortfall")
WORDS = ("status_by_lines", "status_blended", "status", "decided_by", "not_kept", "signer", "asked")
TOTALS = ("currency", "lines", *NUMBERS, "lines_below", *WORDS, "open")
MOST_DAYS = 9e12  # of payment, whose millionths 64 bits hold; more is no other answer to any limit
MOVING = ("status", "shortfall", "not_kept")  # what a changed policy says of a quote, too
COMPACT = 1 << 20  # rows of parts after which they are added up
UNKNOWN = NO_STATUS  # the blended status of what has no list value


def part(batch: CheckedBatch, key: str, policy: CompiledPolicy) -> pl.DataFrame:
    """Sums of the lines of a batch by quote, and the least and the largest of what is not added up.

    Money is in whole multiples of powers of two, a column for each: "sum revenue -32" is in units of 2⁻³². So
    the parts add up exactly. All columns are whole numbers, and say how they go together: sum, min or max.
    """
    checked = batch.checked
    good = ~checked.rejected
    columns: dict[str, NDArray[np.integer]] = {
        "sum lines": np.ones(len(good), np.int64),
        "sum below": is_below(checked.status).astype(np.int64),
        "sum open": np.asarray(_open(checked), np.int64),
        "min status": checked.status.astype(np.int64),
        "max signer": checked.signer.astype(np.int64),
        "max terms": _in_millionths(np.where(good, checked.terms_days, 0.0)),
    }
    money, out_of_reach = _money(batch, policy)
    columns["max out_of_reach"] = np.asarray(out_of_reach, np.int64)
    for place, mix in enumerate(batch.mixes):
        money[f"mix{place}"] = np.where(mix, checked.revenue, 0.0)
    for name, column in money.items():
        for exponent, piece in slices(np.where(good, column, 0.0)):
            columns[f"sum {name} {exponent}"] = in_units(piece, exponent)
    for place, codes in enumerate(batch.quote_codes):
        for end in ("min", "max"):
            columns[f"{end} code{place}"] = codes.astype(np.int64)
    lines = pl.DataFrame({"key": batch.frame[key], **columns})
    return added_up(lines.filter(pl.Series(good)))


def _open(checked: Checked) -> Mask:
    """Lines below floor without a valid exception."""
    below = is_below(checked.status)
    return below if checked.excepted is None else below & ~checked.excepted


def _in_millionths(values: Floats) -> NDArray[np.int64]:
    held: Floats = np.minimum(np.nan_to_num(values), MOST_DAYS)
    return np.rint(held * MILLION).astype(np.int64)


def _money(batch: CheckedBatch, policy: CompiledPolicy) -> tuple[dict[str, Floats], Mask]:
    """What is added up for each line, and whether no price is beyond its warning."""
    checked, basis = batch.checked, policy.policy.margin_basis
    units = batch.lines.quantity if checked.factor is None else batch.lines.quantity * checked.factor
    with np.errstate(all="ignore"):
        warning = checked.unit_cost / kept_of_price(
            checked.minimum + policy.policy.warn, checked.leakage, basis
        )
        at_warning = warning * units
        out_of_reach = ~(warning >= 0) | ~(np.abs(at_warning) < LARGEST)
        at_cost = checked.unit_cost / kept_of_price(0.0, checked.leakage, basis) * units
        at_floor = checked.lowest * units  # of a line that cannot be checked it may be anything
    held = {name: getattr(checked, name) for name in ("list_value", "revenue", "earned", "shortfall")}
    held["quantity"] = units
    held["at_floor"] = at_floor
    held["at_warning"] = np.where(out_of_reach, 0.0, at_warning)
    held["at_cost"] = at_cost
    return held, out_of_reach


def added_up(parts: pl.DataFrame) -> pl.DataFrame:
    """Parts of the same quote in one row."""
    return parts.group_by("key").agg(
        pl.col("^sum .*$").sum(), pl.col("^min .*$").min(), pl.col("^max .*$").max()
    )


def put_together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Parts as one; where one has no slices of a size, they are 0."""
    whole = pl.concat(parts, how="diagonal")
    return added_up(whole.with_columns(pl.exclude("key").fill_null(0)))


class TotalsByQuote:
    """Totals of quotes, batch by batch; memory grows with the quotes, not with their lines."""

    def __init__(self, key: str, policy: CompiledPolicy):
        self.key, self.policy = key, policy
        self.parts: list[pl.DataFrame] = []
        self.full = COMPACT

    def add(self, batch: CheckedBatch) -> None:
        """Count the lines of a batch."""
        self.parts.append(part(batch, self.key, self.policy))
        if sum(map(len, self.parts)) > self.full:
            self.parts = [put_together(self.parts)]
            self.full = max(COMPACT, 2 * len(self.parts[0]))  # what is left are different quotes

    def totals(self) -> pl.DataFrame:
        """A row for each quote, by its name."""
        return totals(put_together(self.parts), self.key, self.policy)


def totals_by_currency(
    counted: Mapping[str | None, TotalsByQuote], under: Mapping[str | None, str]
) -> dict[str | None, pl.DataFrame]:
    """Totals of the quotes of a book, those of each currency for themselves.

    Parameters
    ----------
    counted : mapping of str to TotalsByQuote
        The quotes by the currency of their lines.
    under : mapping of str to str
        Currencies that turned out to be another one.
    """
    parts: dict[str | None, TotalsByQuote] = {}
    for currency, quotes in counted.items():
        code = under.get(currency, currency)
        parts.setdefault(code, TotalsByQuote(quotes.key, quotes.policy)).parts += quotes.parts
    totals = {currency: quotes.totals() for currency, quotes in parts.items()}
    filled = {currency: frame for currency, frame in totals.items() if len(frame)}
    return filled or totals  # a line that could not be checked alone makes no quote


def in_one_table(totals: Mapping[str | None, pl.DataFrame]) -> pl.DataFrame:
    """Totals of quotes as one table; in several currencies with a column that says in which."""
    frames = [frame.with_columns(pl.lit(name, pl.String).alias("currency")) for name, frame in totals.items()]
    if len(frames) == 1:
        return frames[0].drop("currency")
    whole = pl.concat(frames)
    key, *others, currency = whole.columns
    return whole.select(key, currency, *others).sort(key, currency, maintain_order=True)


class _Verdict(NamedTuple):
    """How a quote stands, and what says so."""

    status: NDArray[np.integer]
    decided_by: list[str]
    not_kept: list[str | None]
    signer: NDArray[np.integer]
    asked: list[str | None]


def totals(sums: pl.DataFrame, key: str, policy: CompiledPolicy) -> pl.DataFrame:
    """Sums as people read them: money as a float, shares, how each quote stands and who must sign."""
    sums = sums.sort("key")
    money = {name: _rounded(sums, name) for name in SUMS}
    with np.errstate(all="ignore"):
        given = (money["list_value"] - money["revenue"]) / money["list_value"]
        margin = money["earned"] / money["revenue"]
    given[~(money["list_value"] > 0)] = np.nan
    margin[~(money["revenue"] > 0)] = np.nan
    of_lines = sums["min status"].to_numpy()
    blended = _blended(money, given, sums["max out_of_reach"].to_numpy() > 0)
    asked_of = {
        "lines": sums["sum lines"].to_numpy().astype(float),
        "terms_days": sums["max terms"].to_numpy() / MILLION,
        "blended_discount": given,
        "margin": margin,
        **{name: money[name] for name in ("quantity", "list_value", "revenue")},
    }
    verdict = _verdict(sums, asked_of, money["shortfall"] / MILLION, of_lines, blended, policy)
    signers = policy.signer_names
    kinds = pl.Enum(list(dict.fromkeys(signers)))
    return pl.DataFrame(
        [
            sums["key"].alias(f"{key}_of_quote" if key in TOTALS else key),
            sums["sum lines"].alias("lines"),
            pl.Series("list_value", money["list_value"]),
            pl.Series("revenue", money["revenue"]),
            pl.Series("blended_discount", given).fill_nan(None),
            pl.Series("margin", margin).fill_nan(None),
            pl.Series("shortfall", money["shortfall"] / MILLION),
            sums["sum below"].alias("lines_below"),
            _words(of_lines).alias("status_by_lines"),
            _words(blended).alias("status_blended"),
            _words(verdict.status).alias("status"),
            pl.Series("decided_by", verdict.decided_by, dtype=pl.String),
            pl.Series("not_kept", verdict.not_kept, dtype=pl.String),
            pl.Series("signer", signers, dtype=kinds)[verdict.signer],
            pl.Series("asked", verdict.asked, dtype=pl.String),
            pl.Series("open", _is_open(verdict, sums["sum open"].to_numpy())),
        ]
    )


def _is_open(verdict: _Verdict, lines: NDArray[np.integer]) -> Mask:
    """Quotes below floor, but for those whose lines alone say so and have valid exceptions."""
    by_lines = np.array([word == BY_LINES for word in verdict.decided_by], bool)
    by_rule = np.array([words is not None for words in verdict.not_kept], bool)
    allowed: Mask = by_lines & ~by_rule & (lines == 0)
    return is_below(verdict.status.astype(np.int16)) & ~allowed


def _words(status: NDArray[np.integer]) -> pl.Series:
    """Statuses as words; blank where there is none."""
    places = pl.Series(status - LOWEST)
    stands = pl.Series(status > NO_STATUS)
    return pl.select(pl.when(stands).then(places.cast(pl.UInt8, strict=False))).to_series().cat.to(STATUS)


def _blended(money: dict[str, Floats], given: Floats, out_of_reach: Mask) -> NDArray[np.integer]:
    """How all lines together stand: their discount against those at which each stood at its floor."""
    with np.errstate(all="ignore"):
        floor, warning, cost = (
            1 - money[name] / money["list_value"] for name in ("at_floor", "at_warning", "at_cost")
        )
    below = share_below(floor, given)
    status = np.where(
        share_below(warning, given) | out_of_reach, DiscountStatus.NEAR_FLOOR, DiscountStatus.OK
    )
    status = np.where(below, DiscountStatus.BELOW_FLOOR, status)
    status = np.where(below & share_below(cost, given), DiscountStatus.BELOW_COST, status)
    return np.where(np.isnan(given), UNKNOWN, status)


def _verdict(
    sums: pl.DataFrame,
    asked_of: dict[str, Floats],
    shortfall: Floats,
    of_lines: NDArray[np.integer],
    blended: NDArray[np.integer],
    policy: CompiledPolicy,
) -> _Verdict:
    by_lines = (blended == UNKNOWN) | (policy.policy.quote_status == BY_LINES)
    status = np.where(by_lines, of_lines, blended)
    decided_by = np.where(by_lines, BY_LINES, BLENDED).astype(object)
    not_kept: list[str | None] = [None] * len(sums)
    by_rule = np.zeros(len(sums), np.int64)
    for broken in _not_kept(sums, asked_of, policy):
        signers = np.array(policy.quote_rules.signers)[broken.rules]
        by_rule[broken.quotes] = np.maximum(by_rule[broken.quotes], signers)
        for place, quote in enumerate(broken.quotes.tolist()):
            words = policy.quote_rules.words(broken, place)
            before = not_kept[quote]
            not_kept[quote] = words if before is None else f"{before}; {words}"
            if status[quote] >= DiscountStatus.NEAR_FLOOR:
                status[quote] = DiscountStatus.BELOW_FLOOR
                name = policy.quote_rules.rules[broken.rules[place]].shown
                decided_by[quote] = phrase("rule {name}", name=name)
    asked = {phrase("lines"): sums["max signer"].to_numpy()}
    for limit in policy.limits_of_quotes:
        values = shortfall if limit.of == "below_money" else asked_of["revenue"]
        asked[limit.of] = signer_place(values, limit.values, limit.sign).astype(np.int64)
    asked[phrase("rules")] = by_rule
    signer = np.max(list(asked.values()), axis=0)
    return _Verdict(status, decided_by.tolist(), not_kept, signer, _asked_words(asked, policy))


def _not_kept(sums: pl.DataFrame, asked_of: dict[str, Floats], policy: CompiledPolicy) -> Iterator[Broken]:
    """What quotes do not keep of what the rules ask of them."""
    rules = policy.quote_rules
    if not rules.rules:
        return
    codes: list[NDArray[np.intp]] = []
    of_lines = 0
    is_second = False  # of the two axes of a number of lines
    for axis in rules.axes:
        if is_total(axis):
            codes.append(axis.of_numbers(asked_of[axis.column.strip().casefold()]))
            continue
        least, most = (sums[f"{end} code{of_lines}"].to_numpy().astype(np.intp) for end in ("min", "max"))
        if axis.words is not None:
            codes.append(np.where(least == most, least, 0))  # lines that differ have no word together
        else:
            codes.append(most if is_second else least)
            is_second = not is_second
            if is_second:
                continue
        of_lines += 1
    revenue = asked_of["revenue"]
    with np.errstate(all="ignore"):
        shares = [_rounded(sums, f"mix{place}") / revenue for place in range(len(rules.mixes))]
    for share in shares:
        share[~(revenue > 0)] = np.nan
    yield from rules.broken(codes, asked_of, shares)


def _asked_words(asked: dict[str, NDArray[np.integer]], policy: CompiledPolicy) -> list[str | None]:
    """What asks for more than the most junior signer, and for whom, of each quote."""
    codes = np.zeros(len(next(iter(asked.values()))), np.int64)
    for places in reversed(asked.values()):
        codes = codes * len(policy.signer_names) + places
    distinct, places = np.unique(codes, return_inverse=True)
    words = [asked_in_words(list(asked), code, policy.signer_names) for code in distinct.tolist()]
    return [words[place] for place in places.tolist()]


def _rounded(sums: pl.DataFrame, name: str) -> Floats:
    """The float nearest to each sum."""
    pieces = []
    for column in sums.columns:
        if match := re.fullmatch(rf"sum {name} (-?\d+)", column):
            units, exponent = sums[column].to_numpy(), int(match[1])
            # Of 64 bits a float holds 53, so each half goes for itself.
            pieces.append(np.ldexp((units >> WIDTH).astype(float), exponent + WIDTH).tolist())
            pieces.append(np.ldexp((units & (1 << WIDTH) - 1).astype(float), exponent).tolist())
    rounded = list(map(math.fsum, zip(*pieces, strict=True))) if pieces else [0.0] * len(sums)
    return np.array(rounded, float)


def moved(now: pl.DataFrame, then: pl.DataFrame) -> QuotesMoved:
    """What becomes of quotes by a changed policy, from their totals by the one and the other."""
    column = now.columns[0]
    taken = then.select(column, *(pl.col(name).alias(f"{name}_then") for name in MOVING))
    both = now.select(pl.col(column), *MOVING).join(taken, on=column, how="inner", nulls_equal=True)
    both = both.with_columns(pl.col(pl.Enum).cast(pl.String))
    rows = both.group_by("status", "status_then").len().sort("status", "status_then").rows()
    crossing = both.filter(pl.col("status").is_in(BELOW) != pl.col("status_then").is_in(BELOW))
    crossing = crossing.sort("shortfall_then", column, descending=[True, False], nulls_last=False)
    named = crossing.head(MOST_CROSSING).select(pl.col(column).cast(pl.String).alias("quote"), *CROSSING[1:])
    return QuotesMoved(column, {row[:2]: row[2] for row in rows}, tuple(named.to_dicts()))


def quotes_of(totals: pl.DataFrame) -> QuoteCounts:
    """Counts of the totals of quotes, whose first column names them."""
    column = totals.columns[0]
    words = totals.select(pl.col(*COUNTED).cast(pl.String))
    rows = words.group_by(COUNTED).len().rows()
    worst = totals.filter(pl.col("shortfall") > 0).sort(
        pl.col("shortfall"), pl.col(column), descending=[True, False], nulls_last=False
    )
    shown = worst.head(WORST).select(pl.col(column).cast(pl.String).alias("quote"), *SHOWN)
    return counted(
        column,
        ((row[:-1], row[-1]) for row in rows),
        shown.with_columns(pl.col(pl.Enum).cast(pl.String)).to_dicts(),
    )
