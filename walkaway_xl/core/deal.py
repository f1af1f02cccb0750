"""The deal as a whole: several lines in one, a customer's lifetime, and how it ended."""

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import answer, answer_status, malformed, no_answer, outside, zero_divisor
from walkaway_xl.core._arrays import Argument, Numbers, columns
from walkaway_xl.core._rows import scaled
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import TOLERANCE, at_least, share_at_least, tolerance
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import (
    CHANCE,
    COST,
    DISCOUNT,
    DISTANCE,
    FLAG,
    MONEY,
    PERIODS,
    PRICE,
    QUANTITY,
    RATE,
    SIDE,
    choice,
    column,
    or_blank,
    output,
    single,
)
from walkaway_xl.core.statuses import Status
from walkaway_xl.core.walkaway import BUFFER_SHARE

OUTCOMES = {"deal": 1, "no deal": 0}
RESULT_OUTPUTS = selector(["result", "code", "value"])


class DealStatus(Status):
    """How a negotiation ended, against the walk-away."""

    MISSED_DEAL = -2
    BAD_DEAL = -1
    THIN_DEAL = 0
    GOOD_DEAL = 1
    STRONG_DEAL = 2
    GOOD_NO_DEAL = 3, "GOOD NO-DEAL"
    NO_OFFER = 4


@takes(
    list_prices=column(COST),
    quantities=column(QUANTITY),
    discounts=column(DISCOUNT),
    surcharges=single(FLAG),
)
def deal_blend(
    list_prices: Argument, quantities: Argument, discounts: Argument, surcharges: bool = False
) -> float:
    """Blended discount of a quote of several lines, weighted by list value.

    Parameters
    ----------
    list_prices : array_like
        List price of one unit of each line, in money. A blank row is passed over.
    quantities : array_like
        Units of each line.
    discounts : array_like
        Discount of each line, as a share from 0 to 1.
    surcharges : bool, optional
        TRUE where a negative discount is a surcharge. Left out, it is refused.

    Returns
    -------
    float
        A share of the quote's list value. NaN where a price or a quantity is negative, a discount does not
        lie from 0 to 1, the list value is 0, or there is no line.

    Raises
    ------
    InputError
        If a line is only half filled in.

    See Also
    --------
    discount_stack, discount_check

    Notes
    -----
    Σ list · quantity · discount / Σ list · quantity, over `list_prices`, `quantities` and
    `discounts`; negative ones allowed: `surcharges`.

    Examples
    --------
    Ten at 100 with 10 % off, two at 200 with 30 %, forty at 50 with 5 %. What is the discount of the quote?

    >>> round(deal_blend([100, 200, 50], [10, 2, 40], [0.1, 0.3, 0.05]), 6)
    0.094118
    """
    price, quantity, discount = columns(list_prices=list_prices, quantities=quantities, discounts=discounts)
    used = ~(np.isnan(price) & np.isnan(quantity) & np.isnan(discount))
    price, quantity, discount = price[used], quantity[used], discount[used]
    for argument, given in (("list_prices", price), ("quantities", quantity), ("discounts", discount)):
        if np.isnan(given).any():
            raise InputError(argument, "be given in each row that is not blank")
    value = scaled(price) * scaled(quantity)
    return float(
        answer(
            np.divide(np.sum(value * discount), np.sum(value)),
            no_answer("list_prices", not used.any(), "hold at least one line"),
            zero_divisor(
                "list_prices",
                bool(np.sum(value) == 0),
                "make a list value together with quantities",
                "Nothing can be given away of nothing.",
            ),
        )
    )


@takes(margin=MONEY, retention=CHANCE, rate=RATE, periods=PERIODS, begin=FLAG, cost=COST)
def deal_lifetime(
    margin: Argument,
    retention: Argument,
    rate: Argument,
    periods: Argument = None,
    begin: Argument = False,
    cost: Argument = 0.0,
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
        Money of today. NaN where the retention is not between 0 and 1, the rate lies beyond −1 to 4, the
        periods are not a whole number, or the margins never end and do not fade (retention ≥ 1 + rate).

    See Also
    --------
    batna_value

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
    fading = retention / (1 + rate)
    endless = np.isnan(periods)
    steady = np.abs(1 - fading) <= TOLERANCE  # the sum of a geometric series divides by 1 − q
    finite = np.where(steady, periods, (1 - fading**periods) / (1 - fading))
    terms = np.where(endless, 1 / (1 - fading), finite)
    first = np.where(begin, 1.0, fading)
    return answer(
        margin * first * terms - cost,
        outside(
            "retention",
            endless & share_at_least(retention, 1 + rate),
            "be below 1 + rate",
            "Margins that never fade have no sum; say after how many periods they end.",
        ),
    )


@takes(
    outcome=choice("outcome", OUTCOMES),
    price=or_blank(PRICE),
    walkaway=PRICE,
    side=SIDE,
    target=PRICE,
    buffer=DISTANCE,
    output=output(RESULT_OUTPUTS),
)
def deal_result(
    outcome: Argument,
    price: Argument,
    walkaway: Argument,
    side: Argument,
    target: Argument = None,
    buffer: Argument = None,
    output: Argument = "result",
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
        One of the words, its code, or money. NaN where the target is not better than the walk-away or the
        buffer is negative; for "value" also where there was no offer.

        In Python, a member of the enumeration for scalars, and for arrays the codes, −1000 or below where
        there is none.

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
    gap, tie = side * (price - walkaway), tolerance(price, walkaway)
    distance = side * (target - walkaway)
    close = np.where(
        np.isnan(buffer), np.where(np.isnan(target), 0.0, BUFFER_SHARE * np.abs(distance)), buffer
    )
    asked = ~np.isnan(outcome + walkaway + side)
    unoffered = asked & np.isnan(price)
    deal = outcome == 1
    rules = (
        malformed("price", unoffered & deal, "be given for a deal"),
        outside("target", at_least(side * walkaway, side * target), "be better than walkaway", _SWAPPED),
    )
    if output == "value":
        value = np.where(np.abs(gap) <= tie, 0.0, np.where(deal, gap, -gap))
        nothing = no_answer("price", unoffered, "be given", "Without an offer nothing was at stake.")
        return answer(value, *rules, nothing)
    agreed = np.select(
        [gap < -tie, at_least(side * price, side * target), gap <= close + tie],
        [DealStatus.BAD_DEAL, DealStatus.STRONG_DEAL, DealStatus.THIN_DEAL],
        DealStatus.GOOD_DEAL,
    )
    codes = agreed
    if not deal.all():
        left = np.select(
            [unoffered, gap > tie], [DealStatus.NO_OFFER, DealStatus.MISSED_DEAL], DealStatus.GOOD_NO_DEAL
        )
        codes = np.where(deal, agreed, left)
    codes = codes.astype(np.int16)
    is_ended = asked & (unoffered | np.isfinite(gap))
    if output == "code":
        return answer(np.where(is_ended, codes, np.nan), *rules)
    return answer_status(DealStatus, codes, is_ended, *rules)


_SWAPPED = "Are the two swapped, or is it the other side?"
