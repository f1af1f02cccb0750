"""The best alternative to a negotiated agreement: what each alternative is worth, and which is best."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._answers import (
    answer,
    malformed,
    marked,
    no_answer,
    not_a_chance,
    nothing_asked,
    outside,
    scalar,
    unanswered,
)
from walkaway_xl.core._arrays import Floats, Numbers, columns, floats, single
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._rows import first_best, named, ranks, texts
from walkaway_xl.core._tolerance import at_least, below
from walkaway_xl.core.choices import chosen, selector, sides
from walkaway_xl.core.errors import Unanswered, reason_of

BEST_OUTPUTS = selector(["price", "label"])


@elementwise
def batna_value(
    payoff: ArrayLike,
    probability: ArrayLike = 1.0,
    fallback: ArrayLike = 0.0,
    cost: ArrayLike = 0.0,
    delay: ArrayLike = 0.0,
    rate: ArrayLike = 0.0,
) -> Numbers:
    """What an uncertain, costly or delayed alternative is worth today.

    Parameters
    ----------
    payoff : array_like
        What the alternative brings if it works, in money; negative for a loss.
    probability : array_like, optional
        Chance that it works, between 0 and 1.
    fallback : array_like, optional
        What you get if it does not work, in money.
    cost : array_like, optional
        What trying costs now, win or lose, in money.
    delay : array_like, optional
        How long until it pays, in the periods of the rate.
    rate : array_like, optional
        Cost of money per period, as a share.

    Returns
    -------
    float or ndarray
        Money of today. NaN where the probability is not between 0 and 1, the delay is negative or the rate
        is −1 or less.

    Notes
    -----
    V = (p · payoff + (1 − p) · fallback) / (1 + r)^delay − cost.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation.

    Examples
    --------
    A lawsuit wins 250,000 with 60 % and costs 50,000 either way. What is going to court worth?

    >>> batna_value(250000, 0.6, 0, 50000)
    100000.0
    """
    payoff, probability, fallback, cost, delay, rate = floats(
        payoff=payoff, probability=probability, fallback=fallback, cost=cost, delay=delay, rate=rate
    )
    expected = probability * payoff + (1 - probability) * fallback
    return answer(
        expected / (1 + rate) ** delay - cost,
        not_a_chance("probability", probability),
        outside("delay", below(delay, 0), "is zero or more"),
        outside("rate", rate <= -1, "is above −1; write 0.1 for 10 %"),
    )


class Comparison(NamedTuple):
    """Alternatives on one price scale, a column each, in the order they were given."""

    label: list[str | None] | None
    effective_price: Floats
    rank: Floats
    advantage: Floats
    flag: NDArray[np.object_]


@np.errstate(all="ignore")
def batna_compare(
    offer: ArrayLike,
    prices: ArrayLike,
    side: ArrayLike,
    labels: Sequence[str | None] | None = None,
    adjustments: ArrayLike | None = None,
    probabilities: ArrayLike | None = None,
    fallbacks: ArrayLike | None = None,
) -> Comparison:
    """One price scale for all alternatives: effective price, rank, the offer's advantage, and the BATNA.

    Parameters
    ----------
    offer : array_like
        The price on the table.
    prices : array_like
        The price of each alternative. A blank row is passed over.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    labels : sequence of str, optional
        Names of the alternatives, shown in front.
    adjustments : array_like, optional
        By how much each alternative is better (+) or worse (−) than this deal apart from price, in money.
    probabilities : array_like, optional
        Chance that each alternative works, between 0 and 1. Blank means certain.
    fallbacks : array_like, optional
        Price you end up with if the alternative fails; needed where the chance is below 1.

    Returns
    -------
    Comparison
        Columns label (if given), effective price, rank (1 is best), advantage of the offer (positive: the
        offer beats it) and the flag "BATNA", in input order. A row that cannot be valued is NaN.

    Notes
    -----
    e = p(price + s · adjustment) + (1 − p) · fallback, with s = +1 for seller and candidate and −1 for the
    buyer. The best is the highest for the seller, the lowest for the buyer. Ties share the rank; the first
    of them is flagged.

    References
    ----------
    Malhotra, D. and Bazerman, M. (2007), Negotiation Genius, chapter 1.

    Examples
    --------
    A candidate is offered 95,000 and has three other ways to go.

    >>> table = batna_compare(95000, [90000, 105000, 88000], "candidate", ["A", "B", "stay"],
    ...                       [0, 0, 3000], [1, 0.6, 1], [None, 88000, None])
    >>> table.effective_price
    array([90000., 98200., 91000.])
    >>> list(table.flag)
    ['', 'BATNA', '']
    """
    sign, offered = single("side", sides(side)), single("offer", offer)
    effective, names = _effective_prices(prices, sign, labels, adjustments, probabilities, fallbacks)
    rank = ranks(sign * effective)
    best = first_best(rank)
    flag = np.full(effective.shape, "", object)
    if best is not None:
        flag[best] = "BATNA"
    advantage = marked(sign * (offered - effective))
    for column in (rank, advantage, flag):  # a row without a price says why in each of its columns
        np.copyto(column, effective, where=np.isnan(effective))
    return Comparison(names, effective, rank, advantage, flag)


def _effective_prices(
    prices: ArrayLike,
    sign: float,
    labels: Sequence[str | None] | None,
    adjustments: ArrayLike | None,
    probabilities: ArrayLike | None,
    fallbacks: ArrayLike | None,
) -> tuple[Floats, list[str | None] | None]:
    price, adjustment, probability, fallback = columns(
        prices=prices, adjustments=adjustments, probabilities=probabilities, fallbacks=fallbacks
    )
    names = None if labels is None else texts("labels", labels, price.size)
    unnamed = np.array([name is None for name in names]) if names else np.full(price.size, True)
    blank = unnamed & np.isnan(price) & np.isnan(adjustment) & np.isnan(probability) & np.isnan(fallback)
    infinite = np.isinf(price) | np.isinf(adjustment) | np.isinf(probability) | np.isinf(fallback)
    adjustment = np.where(np.isnan(adjustment), 0.0, adjustment)
    probability = np.where(np.isnan(probability), 1.0, probability)
    certain = at_least(probability, 1)
    worked = price + sign * adjustment
    effective = marked(
        np.where(certain, worked, probability * worked + (1 - probability) * fallback),
        outside("prices", infinite, "and the other numbers of the row are finite"),
        nothing_asked("prices", blank),
        malformed("prices", np.isnan(price), "is given in each row that is not blank"),
        not_a_chance("probabilities", probability),
        malformed("fallbacks", ~certain & np.isnan(fallback), "is given where the chance is below 1"),
    )
    return effective, names


@np.errstate(all="ignore")
def batna_best(
    prices: ArrayLike,
    side: ArrayLike,
    labels: Sequence[str | None] | None = None,
    adjustments: ArrayLike | None = None,
    probabilities: ArrayLike | None = None,
    fallbacks: ArrayLike | None = None,
    output: str | int = "price",
) -> float | str:
    """Effective price of your best alternative (the BATNA), or its label.

    Parameters
    ----------
    prices : array_like
        The price of each alternative. A blank row is passed over.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    labels : sequence of str, optional
        Names of the alternatives.
    adjustments : array_like, optional
        By how much each alternative is better (+) or worse (−) than this deal apart from price, in money.
    probabilities : array_like, optional
        Chance that each alternative works, between 0 and 1. Blank means certain.
    fallbacks : array_like, optional
        Price you end up with if the alternative fails; needed where the chance is below 1.
    output : str or int, optional
        "price" for the effective price, "label" for the name.

    Returns
    -------
    float or str
        A price, or the label (or place) of the alternative. NaN where there is no alternative at all.

    Raises
    ------
    InputError
        If an alternative is only half filled in: leaving it out might hide the best one.

    Notes
    -----
    The best effective price of `batna_compare`; the first of equal ones.

    References
    ----------
    Malhotra, D. and Bazerman, M. (2007), Negotiation Genius, chapter 1.

    Examples
    --------
    Acme quotes 35. Beta quotes 38 for a chip that is worth 5 more to you. Which is the BATNA?

    >>> batna_best([35, 38], "buyer", ["Acme", "Beta"], [0, 5], output="label")
    'Beta'
    """
    wanted = chosen("output", output, BEST_OUTPUTS)
    sign = single("side", sides(side))
    effective, names = _effective_prices(prices, sign, labels, adjustments, probabilities, fallbacks)
    for price in effective[np.isnan(effective)].tolist():
        reason = reason_of(price)
        if reason is not None and reason.why is not Unanswered.NOTHING_ASKED:
            return scalar(price)
    best = first_best(ranks(sign * effective))
    if best is None:
        return unanswered(no_answer("prices", True, "holds at least one alternative with a price"))
    if wanted == "price":
        return float(effective[best])
    return named(names, effective.size, "alternative")[best]
