"""The best alternative to a negotiated agreement: what each alternative is worth, and which is best."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import (
    answer,
    malformed,
    no_answer,
    nothing_asked,
    outside,
    raise_if_malformed,
    unanswered,
    with_reasons,
)
from walkaway_xl.core._arrays import Argument, Floats, Mask, Numbers, columns
from walkaway_xl.core._distributions import BELIEF, belief, repeated, settled
from walkaway_xl.core._rows import first_best, named, ranks, texts
from walkaway_xl.core._sides import as_price, payoff_for_price
from walkaway_xl.core._takes import beyond, takes
from walkaway_xl.core._tolerance import SUM_OF_CHANCES, at_least, share_at_least
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import Unanswered, reason_of
from walkaway_xl.core.kinds import (
    CHANCE,
    COST,
    DELAY,
    FLAG,
    MONEY,
    PAYOFF,
    PRICE,
    RATE,
    SIDE,
    STAKE,
    TEXT,
    column,
    counted,
    output,
    rows,
    single,
)

MOST_DRAWS = 1000  # with more, searching on without a limit is the better model

BEST_OUTPUTS = selector(["price", "label"])


@takes(payoff=PAYOFF, probability=CHANCE, fallback=PAYOFF, cost=COST, delay=DELAY, rate=RATE, side=SIDE)
def batna_value(
    payoff: Argument,
    probability: Argument = 1.0,
    fallback: Argument = 0.0,
    cost: Argument = 0.0,
    delay: Argument = 0.0,
    rate: Argument = 0.0,
    side: Argument = None,
) -> Numbers:
    """What an uncertain, costly or delayed alternative is worth today.

    Parameters
    ----------
    payoff : array_like
        What the alternative brings if it works, in money; negative for a loss.
    probability : array_like, optional
        Chance that it works, between 0 and 1.
    fallback : array_like, optional
        What you get if it does not work, in money. With a side, the price that you then pay or get; needed
        where the chance is below 1.
    cost : array_like, optional
        What trying costs now, win or lose, in money.
    delay : array_like, optional
        How long until it pays, in the periods of the rate.
    rate : array_like, optional
        Cost of money per period, as a share.
    side : array_like, optional
        Left out, payoff, fallback and answer are money to you. With "seller", "buyer" or "candidate" they are
        prices as that side gets or pays them.

    Returns
    -------
    float or ndarray
        Money of today, or a price of today. NaN where the probability is not between 0 and 1, cost or delay
        are negative, the rate lies beyond −1 to 4, or a buyer's price comes to less than 0.

    See Also
    --------
    batna_tree, batna_ce

    Notes
    -----
    (`probability` · `payoff` + (1 − `probability`) · `fallback`) / (1 + `rate`)^`delay` ∓ `cost`; as a price
    for a `side`.

    seller : the cost is taken off
    buyer : the cost is added, because trying makes a purchase dearer

    Without a side the cost is taken off. Money that you get and a price that you pay are two things: a payoff
    of −170,000 is a price of 170,000.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation.

    Examples
    --------
    A lawsuit wins 250,000 with 60 % and costs 50,000 either way. What is going to court worth?

    >>> batna_value(250000, 0.6, 0, 50000)
    100000.0
    """
    expected = probability * payoff + (1 - probability) * fallback
    worth_now = 1 / (1 + rate) ** delay
    if not np.any(side < 0):  # nobody buys, so nothing has to be a price to pay
        return answer(expected * worth_now - (cost + 0 * np.nan_to_num(side)))
    amounts = probability * np.abs(payoff) + (1 - probability) * np.abs(fallback)
    value = expected * worth_now - np.where(side < 0, -cost, cost)
    price, refusal = as_price("payoff", side, value, amounts * worth_now + cost)
    return answer(price, refusal)


class Comparison(NamedTuple):
    """Alternatives on one price scale, a column each, in the order they were given."""

    label: list[str | None] | None
    effective_price: Floats
    rank: Floats
    advantage: Floats
    flag: NDArray[np.object_]


@takes(
    offer=single(PRICE),
    prices=rows(PRICE),
    side=single(SIDE),
    labels=rows(TEXT),
    alternatives_better_by=rows(MONEY),
    probabilities=rows(CHANCE),
    fallbacks=rows(PRICE),
    signed_prices=single(FLAG),
)
def batna_compare(
    offer: Argument,
    prices: Argument,
    side: Argument,
    labels: Sequence[str | None] | None = None,
    alternatives_better_by: Argument = None,
    probabilities: Argument = None,
    fallbacks: Argument = None,
    signed_prices: bool = False,
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
    alternatives_better_by : array_like, optional
        By how much each alternative is better (+) or worse (−) than this deal apart from price, in money.
        What stands here is not counted again in deal_better_by of WALKAWAY_PRICE, which goes the other way.
    probabilities : array_like, optional
        Chance that each alternative works, between 0 and 1. Blank means certain.
    fallbacks : array_like, optional
        Price you end up with if the alternative fails; needed where the chance is below 1.
    signed_prices : bool, optional
        TRUE where the seller may pay, so that a price may be negative. Left out, a buyer's negative price is
        taken for a payoff and refused.

    Returns
    -------
    Comparison
        Columns label (if given), effective price, rank (1 is best), advantage of the offer (positive: the
        offer beats it) and the flag "BATNA", in input order. NaN where a row has no value.

    Notes
    -----
    The best of `prices` for a `side`, set against `offer`; with `alternatives_better_by`; with
    `probabilities`; with `fallbacks`; with signs: `signed_prices`.

    What an alternative is better by lowers its price for a buyer and raises it for the others. The result
    counts with the chance that the alternative works, and the fallback with the chance that it fails. The
    highest is best for seller and candidate, the lowest for the buyer.

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
    effective, names = _effective_prices(
        prices, side, labels, alternatives_better_by, probabilities, fallbacks, signed_prices
    )
    rank = ranks(side * effective)
    best = first_best(rank)
    flag = np.full(effective.shape, "", object)
    if best is not None:
        flag[best] = "BATNA"
    advantage = with_reasons(side * (offer - effective))
    missing = np.isnan(effective)  # a row without a price says why in each of its columns
    return Comparison(
        names,
        effective,
        np.where(missing, effective, rank),
        np.where(missing, effective, advantage),
        np.where(missing, effective.astype(object), flag),
    )


def _effective_prices(
    prices: Argument,
    sign: Floats,
    labels: Sequence[str | None] | None,
    alternatives_better_by: Argument,
    probabilities: Argument,
    fallbacks: Argument,
    signed: bool,
) -> tuple[Floats, list[str | None] | None]:
    price, better_by, probability, fallback = columns(
        prices=prices,
        alternatives_better_by=alternatives_better_by,
        probabilities=probabilities,
        fallbacks=fallbacks,
    )
    names = None if labels is None else texts("labels", labels, price.size)
    unnamed = np.array([name is None for name in names]) if names else np.full(price.size, True)
    blank = unnamed & np.isnan(price) & np.isnan(better_by) & np.isnan(probability) & np.isnan(fallback)
    chance = np.where(np.isnan(probability), 1.0, probability)
    certain = share_at_least(chance, 1)
    worked = price + sign * np.where(np.isnan(better_by), 0.0, better_by)
    effective = with_reasons(
        np.where(certain, worked, chance * worked + (1 - chance) * fallback),
        *beyond("prices", PRICE, price),
        *beyond("alternatives_better_by", MONEY, better_by),
        *beyond("probabilities", CHANCE, probability),
        *beyond("fallbacks", PRICE, fallback),
        nothing_asked("prices", blank),
        malformed("prices", np.isnan(price), "be given in each row that is not blank"),
        malformed("fallbacks", ~certain & np.isnan(fallback), "be given where the chance is below 1"),
        payoff_for_price("prices", sign, price, signed),
        payoff_for_price("fallbacks", sign, np.where(certain, 0.0, fallback), signed),
    )
    return effective, names


@takes(
    prices=column(PRICE),
    side=single(SIDE),
    labels=column(TEXT),
    alternatives_better_by=column(MONEY),
    probabilities=column(CHANCE),
    fallbacks=column(PRICE),
    output=output(BEST_OUTPUTS),
    signed_prices=single(FLAG),
)
def batna_best(
    prices: Argument,
    side: Argument,
    labels: Sequence[str | None] | None = None,
    alternatives_better_by: Argument = None,
    probabilities: Argument = None,
    fallbacks: Argument = None,
    output: Argument = "price",
    signed_prices: bool = False,
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
    alternatives_better_by : array_like, optional
        By how much each alternative is better (+) or worse (−) than this deal apart from price, in money.
        What stands here is not counted again in deal_better_by of WALKAWAY_PRICE, which goes the other way.
    probabilities : array_like, optional
        Chance that each alternative works, between 0 and 1. Blank means certain.
    fallbacks : array_like, optional
        Price you end up with if the alternative fails; needed where the chance is below 1.
    output : str or int, optional
        "price" for the effective price, "label" for the name.
    signed_prices : bool, optional
        TRUE where the seller may pay, so that a price may be negative. Left out, a buyer's negative price is
        taken for a payoff and refused.

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
    The best of `prices` for a `side`; with `alternatives_better_by`; with `probabilities`; with `fallbacks`;
    with signs: `signed_prices`.

    It is the best effective price of `batna_compare`; the first of equal ones. Prices that are uncertain are
    taken at their mean. If you learn the quotes before you choose among them, the best of them is worth more
    on average: two independent quotes around 100 with a standard deviation of 10 are worth 105.64 to a seller
    (Clark 1961).

    References
    ----------
    Malhotra, D. and Bazerman, M. (2007), Negotiation Genius, chapter 1; Clark, C. E. (1961), The greatest of
    a finite set of random variables, Operations Research 9.

    Examples
    --------
    Acme quotes 35. Beta quotes 38 for a chip that is worth 5 more to you. Which is the BATNA?

    >>> batna_best([35, 38], "buyer", ["Acme", "Beta"], [0, 5], output="label")
    'Beta'
    """
    effective, names = _effective_prices(
        prices, side, labels, alternatives_better_by, probabilities, fallbacks, signed_prices
    )
    for price in effective[np.isnan(effective)].tolist():
        reason = reason_of(price)
        if reason is not None and reason.why is not Unanswered.NOTHING_ASKED:
            return raise_if_malformed(price)
    best = first_best(ranks(side * effective))
    if best is None:
        return unanswered(no_answer("prices", True, "hold at least one alternative with a price"))
    if output == "price":
        return float(effective[best])
    return named(names, effective.size, "alternative")[best]


@takes(outcomes=column(PAYOFF), probabilities=column(CHANCE), risk_tolerance=single(STAKE), side=single(SIDE))
def batna_ce(
    outcomes: Argument,
    probabilities: Argument,
    risk_tolerance: Argument = None,
    side: Argument = None,
) -> float:
    """Sure amount that is worth as much to you as a risky alternative (certainty equivalent).

    Parameters
    ----------
    outcomes : array_like
        What the alternative may bring, in money. A blank row is passed over.
    probabilities : array_like
        Chance of each outcome, between 0 and 1; together they make 1.
    risk_tolerance : float, optional
        How much risk you can bear, in money: about the largest stake for which you would toss a coin to win
        it or lose half of it. Left out: risk does not trouble you, and the answer is the expected value.
    side : str or int, optional
        Left out, outcomes and answer are money to you. With "seller", "buyer" or "candidate" they are prices
        as that side gets or pays them.

    Returns
    -------
    float
        Money or a price, between the worst outcome and the expected value. NaN where a chance is not between
        0 and 1, they do not make 1, the risk tolerance is not above 0, or a buyer's price comes to less than
        0.

    Raises
    ------
    InputError
        If an outcome has no chance, or a chance no outcome.

    Notes
    -----
    What `outcomes` with `probabilities` are worth for sure; −R · ln Σ p · exp(−x / R), R being
    `risk_tolerance`; as a price for a `side`.

    For a buyer x is what is paid with a minus, so that risk makes a price dearer: 40,000 or 60,000 with equal
    chances are worth a sure 52,402 at a risk tolerance of 20,000. That is the certainty equivalent under u(x)
    = −exp(−x / R), constant absolute risk aversion, worked out from the worst outcome on, so that nothing
    overflows; without a risk tolerance it is Σ p · x. Chances may miss 1 by up to 1e-6, and are then scaled.

    References
    ----------
    Howard, R. A. (1988), Decision analysis: practice and promise, Management Science 34; Russell, S. and
    Norvig, P., Artificial Intelligence: A Modern Approach, exercise 16.

    Examples
    --------
    A 60 % chance of 5,000, or nothing, with a risk tolerance of 500. Is a sure 500 better?

    >>> round(batna_ce([5000, 0], [0.6, 0.4], 500), 6)
    458.111317
    >>> round(batna_ce([40000, 60000], [0.5, 0.5], 20000, "buyer"))
    52402
    """
    outcome, chance = columns(outcomes=outcomes, probabilities=probabilities)
    blank = np.isnan(outcome) & np.isnan(chance)
    if blank.all():
        return unanswered(nothing_asked("outcomes", True))
    outcome, chance = outcome[~blank], chance[~blank]
    weight = chance / chance.sum()
    sign = -1.0 if side < 0 else 1.0
    possible, likely = outcome[weight > 0], weight[weight > 0]
    worth = np.asarray(sign * _certain(sign * possible, likely, risk_tolerance))
    price, refusal = as_price("outcomes", side, worth, likely @ np.abs(possible))
    return raise_if_malformed(
        with_reasons(
            price,
            malformed("outcomes", bool(np.isnan(outcome).any()), "be given for each chance"),
            malformed("probabilities", bool(np.isnan(chance).any()), "be given for each outcome"),
            outside("probabilities", bool(abs(chance.sum() - 1) > SUM_OF_CHANCES), "make 1 together"),
            refusal,
        ).item()
    )


def _certain(outcome: Floats, weight: Floats, tolerated: float) -> float:
    worst = outcome.min(initial=np.inf)
    above = outcome - worst
    if np.isnan(tolerated):
        return float(worst + weight @ above)
    shrunk = float(weight @ np.expm1(-above / tolerated))
    # Near 0 the logarithm of 1 + shrunk has lost digits that log1p keeps; near −1 it is the other way round.
    log = np.log1p(shrunk) if shrunk > -0.5 else np.log(weight @ np.exp(-above / tolerated))
    return float(worst - tolerated * log)


@takes(win=PAYOFF, lose=PAYOFF, ce=PAYOFF, p=CHANCE)
def batna_risk(win: Argument, lose: Argument, ce: Argument, p: Argument = 0.5) -> Numbers:
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
        Chance of winning, between 0 and 1. Left out: a coin toss.

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
    stake, expected = win - lose, lose + p * (win - lose)
    part = (ce - lose) / stake  # of the stake, that the sure amount is worth

    def nearer(t: Any) -> Any:
        height = np.log1p(p * np.expm1(-t)) + part * t
        left = p * np.exp(-t)
        return t - height / (part - left / (left + 1 - p))

    return answer(
        stake / settled(nearer, -np.log1p(-p) / part),
        outside("win", at_least(lose, win), "be above lose", "Are the two swapped?"),
        no_answer(
            "ce", at_least(ce, expected), "be below the expected value", "There is no aversion to risk."
        ),
        no_answer("ce", at_least(lose, ce), "be above lose", "No risk is tolerated."),
        no_answer("p", share_at_least(p, 1), "be below 1", "A sure win is no gamble."),
    )


@takes(
    cost=COST,
    side=SIDE,
    **BELIEF,
    draws=counted("Count the offers you can still get; leave it out for no limit.", MOST_DRAWS),
)
def batna_search(
    cost: Argument,
    side: Argument,
    p1: Argument,
    p2: Argument,
    p3: Argument = None,
    dist: Argument = None,
    draws: Argument = None,
) -> Numbers:
    """Walk-away price of somebody who can go on searching: take what is better, else look for another offer.

    Parameters
    ----------
    cost : array_like
        What it costs to get one more offer, in money.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    p1 : array_like
        First number of what you believe about the offers, a price: the lowest that one may be (uniform,
        triangular), or the mean (normal, logistic).
    p2 : array_like
        Second number, in money: the highest (uniform), the most likely (triangular), the standard deviation
        (normal), or the scale, 0.55 standard deviations (logistic).
    p3 : array_like, optional
        Third number, a price, where dist is triangular: the highest. Left out for the others.
    dist : array_like, optional
        What p1 to p3 are: "uniform" (lowest, highest), "triangular" (lowest, most likely, highest), "normal"
        (mean, standard deviation) or "logistic" (mean, scale). Left out: triangular if p3 is given, else
        uniform.
    draws : array_like, optional
        How many offers you can still get, 1 to 1000; one that you let go is gone. Left out: no limit.

    Returns
    -------
    float or ndarray
        A price: accept what is better, search on otherwise. NaN where the cost is negative, p1 to p3 make no
        distribution or the draws are not a whole number; also where searching is free and has neither limit
        nor end.

    See Also
    --------
    batna_best

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
    offers, rules = belief(side, p1, p2, p3, dist)
    once = cost / offers.scale
    limited = ~np.isnan(draws)
    value = np.where(limited, offers.mean() - once, offers.excess_is(once))
    more = np.where(limited, draws - 1, 0.0)
    value = repeated(lambda w: w + offers.expected_excess(w) - once, value, more, MOST_DRAWS)
    endless: Mask = ~limited & (cost <= 0) & np.isinf(offers.ends_at_best())
    return answer(
        offers.price(value), *rules, no_answer("cost", endless, "be above 0", "Free search never ends.")
    )
