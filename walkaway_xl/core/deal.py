"""The deal as a whole: several lines in one, a customer's lifetime, and how it ended."""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._answers import (
    answer,
    answer_status,
    malformed,
    no_answer,
    not_a_chance,
    outside,
    zero_divisor,
)
from walkaway_xl.core._arrays import Numbers, columns, flags, floats
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._rows import scaled
from walkaway_xl.core._tolerance import TOLERANCE, at_least, below, tolerance
from walkaway_xl.core.choices import chosen, numbers, selector, sides
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.walkaway import BUFFER_SHARE

OUTCOMES = {"deal": 1, "no deal": 0}
RESULT_OUTPUTS = selector(["result", "code", "value"])


class DealStatus(IntEnum):
    """How a negotiation ended, against the walk-away."""

    MISSED_DEAL = -2
    BAD_DEAL = -1
    THIN_DEAL = 0
    GOOD_DEAL = 1
    STRONG_DEAL = 2
    GOOD_NO_DEAL = 3
    NO_OFFER = 4


@np.errstate(all="ignore")
def deal_blend(list_prices: ArrayLike, quantities: ArrayLike, discounts: ArrayLike) -> float:
    """Blended discount of a quote of several lines, weighted by list value.

    Parameters
    ----------
    list_prices : array_like
        List price of one unit of each line, in money. A blank row is passed over.
    quantities : array_like
        Units of each line.
    discounts : array_like
        Discount of each line, as a share.

    Returns
    -------
    float
        A share of the quote's list value. NaN where a price or a quantity is negative, a discount is beyond
        100 %, the list value is 0, or there is no line.

    Raises
    ------
    InputError
        If a line is only half filled in.

    Notes
    -----
    Σ list · quantity · discount / Σ list · quantity, over `list_prices`, `quantities` and `discounts`.

    Examples
    --------
    Ten at 100 with 10 % off, two at 200 with 30 %, forty at 50 with 5 %. What is the discount of the quote?

    >>> round(deal_blend([100, 200, 50], [10, 2, 40], [0.1, 0.3, 0.05]), 6)
    0.094118
    """
    price, quantity, discount = columns(list_prices=list_prices, quantities=quantities, discounts=discounts)
    used = ~(np.isnan(price) & np.isnan(quantity) & np.isnan(discount))
    price, quantity, discount = price[used], quantity[used], discount[used]
    if np.isnan(price + quantity + discount).any() and not np.isinf(price + quantity + discount).any():
        for argument, given in (("list_prices", price), ("quantities", quantity), ("discounts", discount)):
            if np.isnan(given).any():
                raise InputError(argument, "is given in each row that is not blank")
    value = scaled(price) * scaled(quantity)
    return float(
        answer(
            np.divide(np.sum(value * discount), np.sum(value)),
            no_answer("list_prices", not used.any(), "holds at least one line"),
            outside("list_prices", bool((price < 0).any()), "is zero or more"),
            outside("quantities", bool((quantity < 0).any()), "is zero or more"),
            outside(
                "discounts",
                bool((np.abs(discount) > 1 + TOLERANCE).any()),
                "is a share; write 15% or 0.15, not 15",
            ),
            zero_divisor("list_prices", bool(np.sum(value) == 0), "and quantities make a list value"),
        )
    )


@elementwise
def deal_lifetime(
    margin: ArrayLike,
    retention: ArrayLike,
    rate: ArrayLike,
    periods: ArrayLike | None = None,
    begin: ArrayLike = False,
    cost: ArrayLike = 0.0,
) -> Numbers:
    """Lifetime value of a customer: all margins to come, in money of today.

    Parameters
    ----------
    margin : array_like
        Margin that the customer brings in one period, in money.
    retention : array_like
        Chance that the customer stays for another period, between 0 and 1.
    rate : array_like
        Cost of money per period, as a share.
    periods : array_like, optional
        How many periods count, a whole number. Left out: all to come.
    begin : array_like of bool, optional
        TRUE if the first margin comes now, FALSE if after one period.
    cost : array_like, optional
        What winning the customer costs now, in money.

    Returns
    -------
    float or ndarray
        Money of today. NaN where the retention is not between 0 and 1, the rate is −1 or less, the periods
        are no whole number, or the margins never end and do not fade (retention ≥ 1 + rate).

    Notes
    -----
    `margin` a period, of which `retention` stays each period, at a `rate`, less `cost`; over `periods`; the
    first at once: `begin`.

    With q = retention / (1 + rate): margin · (q + q² + … + qⁿ) − cost, or margin · (1 + q + … + qⁿ⁻¹) −
    cost with `begin`. Without end, margin · retention / (1 + rate − retention) − cost, or margin · (1 +
    rate) / (1 + rate − retention) − cost.

    References
    ----------
    Gupta, S. and Lehmann, D. R. (2003), Customers as assets, Journal of Interactive Marketing 17(1).

    Examples
    --------
    A customer brings 1,000 a year, 80 % stay, money costs 10 %. What is the customer worth?

    >>> round(deal_lifetime(1000, 0.8, 0.1), 2)
    2666.67
    >>> round(deal_lifetime(1000, 0.8, 0.1, 5), 2)
    2124.1
    """
    margin, retention, rate, periods, cost = floats(
        margin=margin, retention=retention, rate=rate, periods=periods, cost=cost
    )
    fading = retention / (1 + rate)
    endless = np.isnan(periods)
    steady = np.abs(1 - fading) <= TOLERANCE  # the sum of a geometric series divides by 1 − q
    finite = np.where(steady, periods, (1 - fading**periods) / (1 - fading))
    terms = np.where(endless, 1 / (1 - fading), finite)
    first = np.where(flags("begin", begin), 1.0, fading)
    return answer(
        margin * first * terms - cost,
        not_a_chance("retention", retention),
        outside("rate", rate <= -1, "is above −1; write 0.1 for 10 %"),
        outside("periods", below(periods, 0) | (periods % 1 != 0) & ~endless, "is a whole number, 0 or more"),
        outside("retention", endless & at_least(retention, 1 + rate), "is below 1 + rate, or periods end it"),
    )


@elementwise
def deal_result(
    outcome: ArrayLike,
    price: ArrayLike | None,
    walkaway: ArrayLike,
    side: ArrayLike,
    target: ArrayLike | None = None,
    buffer: ArrayLike | None = None,
    output: str | int = "result",
) -> DealStatus | Numbers | NDArray[np.int16]:
    """How a negotiation ended: STRONG, GOOD, THIN or BAD DEAL; GOOD NO-DEAL or MISSED DEAL.

    Parameters
    ----------
    outcome : array_like
        "deal" (or 1) or "no deal" (or 0).
    price : array_like
        The price agreed; without a deal, their best offer. It may be blank if they never made one.
    walkaway : array_like
        Your walk-away price.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    target : array_like, optional
        The price you wanted, better than the walk-away.
    buffer : array_like, optional
        How near the walk-away a deal is thin, in money. Left out: a tenth of the way to the target, or 0.
    output : str or int, optional
        "result" for the words, "code" for −2 to 4, "value" for money: won by a deal; or protected (+) or
        missed (−) by walking away.

    Returns
    -------
    DealStatus, float or ndarray
        For scalars a member of the enumeration or a number; for arrays the codes (−1000 or below where there
        is no result) or numbers. NaN where the target is not better than the walk-away or the buffer is
        negative; for "value" also where there was no offer.

    Raises
    ------
    InputError
        If a deal has no price.

    Notes
    -----
    The first that holds, for the kind of outcome:

    BAD DEAL : `price` is worse for a `side` than `walkaway`
    STRONG DEAL : `price` reaches `target`
    THIN DEAL : `price` is within the buffer of `walkaway`; the buffer is `buffer`
    GOOD DEAL : `price` is better for a `side` than `walkaway`
    MISSED DEAL : their `price` was better for a `side` than `walkaway`
    GOOD NO-DEAL : their `price` was no better for a `side` than `walkaway`
    NO OFFER : there was no price to compare with `walkaway`
    value : how much `price` is better than `walkaway` for a `side` if there was a deal, else how much it is
        worse

    Examples
    --------
    They never went beyond 92 and your floor was 100, so you left. Was that right?

    >>> deal_result("no deal", 92, 100, "seller")
    <DealStatus.GOOD_NO_DEAL: 3>
    >>> deal_result("no deal", 92, 100, "seller", output="value")
    8.0
    """
    wanted = chosen("output", output, RESULT_OUTPUTS)
    closed, price, walkaway, sign, target, buffer = floats(
        outcome=numbers("outcome", outcome, OUTCOMES),
        price=price,
        walkaway=walkaway,
        side=sides(side),
        target=target,
        buffer=buffer,
    )
    gap, tie = sign * (price - walkaway), tolerance(price, walkaway)
    distance = sign * (target - walkaway)
    close = np.where(
        np.isnan(buffer), np.where(np.isnan(target), 0.0, BUFFER_SHARE * np.abs(distance)), buffer
    )
    asked = ~np.isnan(closed + walkaway + sign)
    unoffered = asked & np.isnan(price)
    deal = closed == 1
    rules = (
        malformed("price", unoffered & deal, "is given for a deal"),
        outside("buffer", below(buffer, 0), "is zero or more"),
        outside("target", at_least(sign * walkaway, sign * target), "is better than walkaway"),
    )
    if wanted == "value":
        value = np.where(np.abs(gap) <= tie, 0.0, np.where(deal, gap, -gap))
        return answer(
            value, *rules, no_answer("price", unoffered, "is given; without an offer nothing was at stake")
        )
    agreed = np.select(
        [gap < -tie, at_least(sign * price, sign * target), gap <= close + tie],
        [DealStatus.BAD_DEAL, DealStatus.STRONG_DEAL, DealStatus.THIN_DEAL],
        DealStatus.GOOD_DEAL,
    )
    left = np.select(
        [unoffered, gap > tie], [DealStatus.NO_OFFER, DealStatus.MISSED_DEAL], DealStatus.GOOD_NO_DEAL
    )
    codes = np.where(deal, agreed, left).astype(np.int16)
    known = asked & (unoffered | np.isfinite(gap))
    if wanted == "code":
        return answer(np.where(known, codes, np.nan), *rules)
    return answer_status(DealStatus, codes, known, *rules)
