"""The best alternative to a negotiated agreement: what each alternative is worth, and which is best."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._answers import (
    Rule,
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
from walkaway_xl.core._distributions import CLOSE_ENOUGH, MOST_STEPS, belief
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._rows import first_best, named, ranks, texts
from walkaway_xl.core._tolerance import SUM_OF_CHANCES, at_least, below
from walkaway_xl.core.choices import chosen, selector, sides
from walkaway_xl.core.errors import Unanswered, reason_of

MOST_DRAWS = 1000  # with more, searching on without a limit is the better model

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
    (`probability` · `payoff` + (1 − `probability`) · `fallback`) / (1 + `rate`)^`delay` − `cost`.

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
    The best of `prices` for a `side`, set against `offer`; with `adjustments`; with `probabilities`; with
    `fallbacks`.

    Each price, less the adjustment for a buyer and more for the others, counts with its probability, and
    the fallback with the chance that it fails. The highest is best for seller and candidate, the lowest for
    the buyer.

    Ties share the rank; the first of them is flagged.

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
    The best of `prices` for a `side`; with `adjustments`; with `probabilities`; with `fallbacks`.

    It is the best effective price of `batna_compare`; the first of equal ones.

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


@np.errstate(all="ignore")
def batna_ce(outcomes: ArrayLike, probabilities: ArrayLike, risk_tolerance: ArrayLike | None = None) -> float:
    """Sure amount that is worth as much to you as a risky alternative (certainty equivalent).

    Parameters
    ----------
    outcomes : array_like
        What the alternative may bring, in money. A blank row is passed over.
    probabilities : array_like
        Chance of each outcome, between 0 and 1; together they make 1.
    risk_tolerance : float, optional
        How much risk you can bear, in money: about the stake at which a coin toss for it or half of it lost
        becomes tempting. Left out: risk does not trouble you, and the answer is the expected value.

    Returns
    -------
    float
        Money, between the worst outcome and the expected value. NaN where a chance is not between 0 and 1,
        they do not make 1, or the risk tolerance is not above 0.

    Raises
    ------
    InputError
        If an outcome has no chance, or a chance no outcome.

    Notes
    -----
    What `outcomes` with `probabilities` are worth for sure; −R · ln Σ p · exp(−x / R), R being
    `risk_tolerance`.

    That is the certainty equivalent under u(x) = −exp(−x / R), constant absolute risk aversion, worked out
    from the worst outcome on, so that nothing overflows; without a risk tolerance it is Σ p · x. Chances
    may miss 1 by 1e-6, and are then scaled.

    References
    ----------
    Howard, R. A. (1988), Decision analysis: practice and promise, Management Science 34; Russell, S. and
    Norvig, P., Artificial Intelligence: A Modern Approach, exercise 16.

    Examples
    --------
    A 60 % chance of 5,000, or nothing, with a risk tolerance of 500. Is a sure 500 better?

    >>> round(batna_ce([5000, 0], [0.6, 0.4], 500), 6)
    458.111317
    """
    outcome, chance = columns(outcomes=outcomes, probabilities=probabilities)
    tolerated = single("risk_tolerance", risk_tolerance)
    blank = np.isnan(outcome) & np.isnan(chance)
    if blank.all():
        return unanswered(nothing_asked("outcomes", True))
    outcome, chance = outcome[~blank], chance[~blank]
    weight = chance / chance.sum()
    return scalar(
        marked(
            _certain(outcome[weight > 0], weight[weight > 0], tolerated),
            malformed("outcomes", np.isnan(outcome).any(), "is given for each chance"),
            malformed("probabilities", np.isnan(chance).any(), "is given for each outcome"),
            outside("outcomes", np.isinf(outcome).any(), "are finite numbers"),
            _any_not_a_chance(chance),
            outside("probabilities", abs(chance.sum() - 1) > SUM_OF_CHANCES, "together make 1"),
            outside("risk_tolerance", tolerated <= 0, "is above 0"),
            outside(
                "risk_tolerance", np.isinf(tolerated), "is a finite number; leave it out for no aversion"
            ),
        ).item()
    )


def _any_not_a_chance(probability: Floats) -> Rule:
    each = not_a_chance("probabilities", probability)
    return Rule(np.bool_(np.any(each.where)), each.reason)


def _certain(outcome: Floats, weight: Floats, tolerated: float) -> float:
    worst = outcome.min(initial=np.inf)
    above = outcome - worst
    if np.isnan(tolerated):
        return float(worst + weight @ above)
    shrunk = float(weight @ np.expm1(-above / tolerated))
    # Near 0 the logarithm of 1 + shrunk has lost digits that log1p keeps; near −1 it is the other way round.
    log = np.log1p(shrunk) if shrunk > -0.5 else np.log(weight @ np.exp(-above / tolerated))
    return float(worst - tolerated * log)


@elementwise
def batna_risk(win: ArrayLike, lose: ArrayLike, ce: ArrayLike, p: ArrayLike = 0.5) -> Numbers:
    """Your risk tolerance, from the sure amount that you would just take instead of a gamble.

    Parameters
    ----------
    win : array_like
        What the gamble brings if you win, in money.
    lose : array_like
        What it brings if you lose, in money; less than a win.
    ce : array_like
        The sure amount that is worth as much to you, between losing and the expected value.
    p : array_like, optional
        Chance to win, between 0 and 1. Left out: a coin toss.

    Returns
    -------
    float or ndarray
        Money, the risk tolerance that BATNA_CE takes. NaN where the sure amount is not below the expected
        value (no aversion to risk) or not above losing (no tolerance of it).

    Notes
    -----
    The R at which `p` · exp(−`win` / R) + (1 − `p`) · exp(−`lose` / R) = exp(−`ce` / R).

    In t = (win − lose) / R the equation is convex and the start lies beyond its root, so Newton's steps
    only come nearer.

    References
    ----------
    Kirkwood, C. W. (1991), Notes on attitude toward risk taking and the exponential utility function.

    Examples
    --------
    You would take a sure 100 instead of tossing a coin for 500. How much risk do you bear?

    >>> round(batna_risk(500, 0, 100), 6)
    152.379564
    """
    win, lose, ce, p = floats(win=win, lose=lose, ce=ce, p=p)
    stake, expected = win - lose, lose + p * (win - lose)
    part = (ce - lose) / stake  # of the stake, that the sure amount is worth
    t = -np.log1p(-p) / part
    going = np.full(np.shape(t), True)
    for _ in range(MOST_STEPS):
        height = np.log1p(p * np.expm1(-t)) + part * t
        slope = part - p / (p + (1 - p) * np.exp(t))
        step = height / slope
        t = np.where(going, t - step, t)
        going = going & (np.abs(step) > CLOSE_ENOUGH * t)  # an element stops by itself, as it would alone
        if not going.any():
            break
    return answer(
        stake / t,
        not_a_chance("p", p),
        outside("win", at_least(lose, win), "is above lose"),
        no_answer("ce", at_least(ce, expected), "is below the expected value; there is no aversion to risk"),
        no_answer("ce", at_least(lose, ce), "is above lose; no risk is tolerated"),
        no_answer("p", at_least(p, 1), "is below 1; a sure win is no gamble"),
    )


@elementwise
def batna_search(
    cost: ArrayLike,
    side: ArrayLike,
    p1: ArrayLike,
    p2: ArrayLike,
    p3: ArrayLike | None = None,
    dist: ArrayLike | None = None,
    draws: ArrayLike | None = None,
) -> Numbers:
    """What it is worth to look for another offer: the walk-away of somebody who can go on searching.

    Parameters
    ----------
    cost : array_like
        What it costs to get one more offer, in money.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    p1 : array_like
        What you believe about the offers: their lowest, or their mean if dist is normal or logistic.
    p2 : array_like
        Their highest; the most likely one if p3 is given; their standard deviation or scale if dist is normal
        or logistic.
    p3 : array_like, optional
        Their highest in a triangular distribution: lowest, most likely, highest.
    dist : array_like, optional
        "uniform", "triangular", "normal" or "logistic". Left out: triangular if p3 is given, else uniform.
    draws : array_like, optional
        How many offers you can still get, 1 to 1000; none can be had back. Left out: no limit.

    Returns
    -------
    float or ndarray
        A price: accept what is better, search on otherwise. NaN where the cost is negative, the distribution
        is none or the draws are no whole number; also where searching is free and has neither limit nor end.

    Notes
    -----
    The price at which one search more brings as much as its `cost`, prices being found from `p1` and `p2`;
    `p3`; distribution `dist`; `draws` left.

    seller : the w that solves cost = E[max(X − w, 0)]
    buyer : the w that solves cost = E[max(w − X, 0)]

    With n draws left, V₁ = E[X] ∓ cost and Vₙ = E[max(X, Vₙ₋₁)] − cost, for the buyer E[min(X, Vₙ₋₁)] +
    cost. Uniform, triangular and logistic have closed forms; for the normal distribution the root is
    bracketed, with math.erfc for Φ.

    References
    ----------
    McCall, J. J. (1970), Economics of information and job search, Quarterly Journal of Economics 84.

    Examples
    --------
    One more bid costs 1, and bids lie from 80 to 120. From which bid on do you stop asking?

    >>> round(batna_search(1, "seller", 80, 120), 6)
    111.055728
    """
    offers, rules, (cost, draws) = belief(side, p1, p2, p3, dist, cost=cost, draws=draws)
    each = np.maximum(cost, 0.0) / offers.scale
    limited = ~np.isnan(draws)
    whole = (draws >= 1) & (draws <= MOST_DRAWS) & (draws % 1 == 0)
    value = np.where(limited, offers.mean() - each, offers.excess_is(each))
    for drawn in range(2, int(np.max(draws, where=limited & whole, initial=1)) + 1):
        value = np.where(draws >= drawn, value + offers.expected_excess(value) - each, value)
    return answer(
        offers.price(value),
        outside("cost", below(cost, 0), "is zero or more"),
        *rules,
        outside("draws", limited & ~whole, f"is a whole number from 1 to {MOST_DRAWS}"),
        no_answer(
            "cost",
            ~limited & (cost <= 0) & np.isinf(offers.ends_at_best()),
            "is above 0; free search never ends",
        ),
    )
