"""Offers: what to answer to theirs."""

import numpy as np

from walkaway_xl.core._answers import answer, no_answer, nothing_asked, outside
from walkaway_xl.core._arrays import Argument, Numbers
from walkaway_xl.core._distributions import BELIEF, belief
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import at_least, below
from walkaway_xl.core.choices import selector
from walkaway_xl.core.kinds import FACTOR, PRICE, SIDE, WORTH, or_blank, output

BEST_OUTPUTS = selector(["offer", "prob", "ev"])
ADVERSE_OUTPUTS = selector(["ev", "bid"])


@takes(their_offer=PRICE, target=PRICE, side=SIDE, limit=PRICE)
def offer_bracket(
    their_offer: Argument,
    target: Argument,
    side: Argument = None,
    limit: Argument = None,
) -> Numbers:
    """Counter-offer that puts your target halfway between their offer and yours.

    Parameters
    ----------
    their_offer : array_like
        Their offer on the table, a price.
    target : array_like
        The price you want.
    side : array_like, optional
        Your side of the table: "seller", "buyer" or "candidate". With it, an offer that already meets the
        target has no counter.
    limit : array_like, optional
        The best price you can credibly ask for (your wish); the counter goes no further.

    Returns
    -------
    float or ndarray
        A price. NaN where their offer already meets the target (accept it, or ask for more), or where the
        limit is worse than the target.

    Notes
    -----
    2 · `target` − `their_offer`; limited by `limit`.

    Without a side, the direction is the one from their offer to the target.

    References
    ----------
    Dawson, R., Secrets of Power Negotiating, on bracketing.

    Examples
    --------
    They ask 1,200 for a desk that you want for 1,000. What do you offer?

    >>> offer_bracket(1200, 1000)
    800.0
    """
    counter = 2 * target - their_offer
    direction = np.where(np.isnan(side), np.sign(target - their_offer), side)
    kept = np.where(np.isnan(limit), counter, direction * np.minimum(direction * counter, direction * limit))
    return answer(
        np.where(direction == 0, counter, kept),
        no_answer(
            "their_offer",
            at_least(side * their_offer, side * target),
            "fall short of target",
            "Accept it, or ask for more.",
        ),
        outside(
            "limit",
            below(direction * limit, direction * target),
            "be at least as good as target",
            "It is the best price you can credibly ask for.",
        ),
    )


@takes(offer=PRICE, side=SIDE, **BELIEF)
def offer_prob(
    offer: Argument,
    side: Argument,
    p1: Argument,
    p2: Argument,
    p3: Argument = None,
    dist: Argument = None,
) -> Numbers:
    """Chance that they accept an offer, when their walk-away is uncertain.

    Parameters
    ----------
    offer : array_like
        The price you would offer.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    p1 : array_like
        First number of what you believe about their walk-away, a price: the lowest that it may be (uniform,
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

    Returns
    -------
    float or ndarray
        A chance, 0 to 1. NaN where p1 to p3 make no distribution: the highest value not above the lowest, a
        spread not above 0, or a most likely value outside.

    Notes
    -----
    The chance that their walk-away allows `offer`, believed from `p1` and `p2`; `p3`; distribution `dist`.

    seller : they accept up to their walk-away, P(Y ≥ offer)
    buyer : they accept from their walk-away on, P(Y ≤ offer)

    The normal distribution is computed with the complementary error function of the C library (math.erfc, a
    call for each cell), which is exact in both tails; the others have closed forms.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, chapter 4.

    Examples
    --------
    The buyer's limit lies anywhere from 100 to 200. Who would pay 145?

    >>> offer_prob(145, "seller", 100, 200)
    0.55
    """
    limit, rules = belief(side, p1, p2, p3, dist)
    return answer(limit.chance_above(limit.standard(offer)), *rules)


@takes(offer=PRICE, walkaway=PRICE, side=SIDE, **BELIEF)
def offer_ev(
    offer: Argument,
    walkaway: Argument,
    side: Argument,
    p1: Argument,
    p2: Argument,
    p3: Argument = None,
    dist: Argument = None,
) -> Numbers:
    """What a take-it-or-leave-it offer is worth on average, over your walk-away.

    Parameters
    ----------
    offer : array_like
        The price you would offer.
    walkaway : array_like
        Your walk-away price.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    p1 : array_like
        First number of what you believe about their walk-away, a price: the lowest that it may be (uniform,
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

    Returns
    -------
    float or ndarray
        Money over your alternative; negative if the offer is worse than your walk-away. NaN where p1 to p3
        make no distribution.

    Notes
    -----
    The chance that `offer` is accepted, times its gain over `walkaway` for a `side`, their walk-away
    believed from `p1` and `p2`; `p3`; distribution `dist`.

    OFFER_PROB · (offer − walkaway), or (walkaway − offer) for the buyer. No agreement is worth 0, because
    the walk-away already holds the alternative.

    References
    ----------
    Samuelson, W. and Marks, S., Managerial Economics, on bargaining under imperfect information.

    Examples
    --------
    Your floor is 90 and the buyer's limit lies from 100 to 200. What is asking 160 worth?

    >>> offer_ev(160, 90, "seller", 100, 200)
    28.0
    """
    limit, rules = belief(side, p1, p2, p3, dist)
    chance = limit.chance_above(limit.standard(offer))
    return answer(chance * limit.sign * (offer - walkaway), *rules)


@takes(walkaway=PRICE, side=SIDE, **BELIEF, output=output(BEST_OUTPUTS))
def offer_best(
    walkaway: Argument,
    side: Argument,
    p1: Argument,
    p2: Argument,
    p3: Argument = None,
    dist: Argument = None,
    output: Argument = "offer",
) -> Numbers:
    """Take-it-or-leave-it offer that is worth most on average, its chance, or its worth.

    Parameters
    ----------
    walkaway : array_like
        Your walk-away price.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    p1 : array_like
        First number of what you believe about their walk-away, a price: the lowest that it may be (uniform,
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
    output : str or int, optional
        "offer" for the price, "prob" for the chance that they accept it, "ev" for its worth over your
        walk-away.

    Returns
    -------
    float or ndarray
        A price, a chance or money. NaN where no offer they may accept is better than your walk-away, or p1 to
        p3 make no distribution.

    Notes
    -----
    The best offer, made once; their walk-away believed from `p1` and `p2`; `p3`; distribution `dist`.

    offer : the price at which chance times gain over `walkaway` is highest for a `side`
    prob : the chance that they accept the best offer of a `side` with a `walkaway`
    ev : what the best offer of a `side` is worth over `walkaway`, chance times gain

    The x that maximises OFFER_EV. With s = +1 for seller and candidate and −1 for the buyer, and their
    limit from l to h: uniform, seller: max(l, (h + w) / 2); triangular: the root of the branch that holds
    the peak; logistic, in scales from the mean: z = w + 1 + exp(−z), by Newton's steps; normal, in standard
    deviations from the mean: z = w + (1 − Φ(z)) / φ(z), bracketed, with math.erfc for Φ and a continued
    fraction from 5 standard deviations on.

    References
    ----------
    Samuelson, W. and Marks, S., Managerial Economics; Phillips, R. L. (2005), Pricing and Revenue
    Optimization.

    Examples
    --------
    Your floor is 90 and the buyer's limit lies from 100 to 200. What do you ask if you can ask only once?

    >>> offer_best(90, "seller", 100, 200)
    145.0
    """
    limit, rules = belief(side, p1, p2, p3, dist)
    floor = limit.standard(walkaway)
    best = limit.best_offer(floor)
    chance = limit.chance_above(best)
    hopeless = at_least(limit.sign * walkaway, limit.sign * limit.price(limit.ends_at_best())) | (chance <= 0)
    values = {"offer": limit.price(best), "prob": chance, "ev": chance * (best - floor) * limit.scale}[output]
    return answer(
        values,
        *rules,
        no_answer("walkaway", hopeless, "leave room for a price they may accept", "Make no offer."),
    )


@takes(value=PRICE, side=SIDE, low=PRICE, high=PRICE)
def offer_sealed(value: Argument, side: Argument, low: Argument, high: Argument) -> Numbers:
    """Sealed offer to hand in when both sides write down one price and meet halfway (Chatterjee-Samuelson).

    Parameters
    ----------
    value : array_like
        What the deal is worth to you: the buyer's value, the seller's cost. Your walk-away price.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    low : array_like
        The lowest value that either side may have.
    high : array_like
        The highest value that either side may have; both values lie anywhere between, equally likely.

    Returns
    -------
    float or ndarray
        A price, never worse than your own value. NaN where the value lies outside low and high, or high is
        not above low.

    See Also
    --------
    offer_best

    Notes
    -----
    What to name for `value` where both sides' values lie between `low` and `high`.

    seller : low + (2/3 · v + 1/4) · (high − low), v being the place of the value in the range
    buyer : low + (2/3 · v + 1/12) · (high − low), v being the place of the value in the range

    The linear equilibrium. They trade at the average if the bid reaches the ask. A buyer with v below 1/4
    or a seller above 3/4 cannot expect a trade, and names their value.

    References
    ----------
    Chatterjee, K. and Samuelson, W. (1983), Bargaining under incomplete information, Operations Research 31.

    Examples
    --------
    It is worth 80 to you, and values lie from 0 to 100. What do you bid?

    >>> round(offer_sealed(80, "buyer", 0, 100), 6)
    61.666667
    """
    shade = np.where(side > 0, 1 / 4, 1 / 12)
    bid = low + (value - low) * (2 / 3) + (high - low) * shade
    return answer(
        side * np.maximum(side * bid, side * value),
        outside("high", at_least(low, high), "be above low", "It is the highest value of either side."),
        outside("value", below(value, low) | below(high, value), "lie between low and high"),
    )


@takes(offer=or_blank(PRICE), low=WORTH, high=PRICE, uplift=FACTOR, output=output(ADVERSE_OUTPUTS))
def offer_adverse(
    offer: Argument, low: Argument, high: Argument, uplift: Argument, output: Argument = "ev"
) -> Numbers:
    """What an offer is worth when the seller knows the value and accepts only if it is too low for you.

    Parameters
    ----------
    offer : array_like
        The price you would offer as a buyer. May be blank where the output is "bid".
    low : array_like
        The lowest value it may have for the seller, zero or more.
    high : array_like
        The highest value it may have for the seller; all values between the two are equally likely.
    uplift : array_like
        How many times the seller's value it is worth to you: 1.5 for half as much again.
    output : str or int, optional
        "ev" for what your offer is worth, "bid" for the offer that is worth most, whatever yours is.

    Returns
    -------
    float or ndarray
        Money, on average; negative if acceptance is bad news. Or a price. NaN where high is not above low,
        low or uplift is negative, or no bid is worth anything.

    See Also
    --------
    offer_ev

    Notes
    -----
    The seller takes an offer only where its value, between `low` and `high`, is at most that; to you it is
    worth `uplift` times as much.

    The seller accepts b if the value v is at most b, so you get those below it only: with b up to high, (b −
    l) / (h − l) · (u(l + b) / 2 − b). A bid above high buys nothing more, and what it is above high is lost.

    ev : what `offer` is worth on average
    bid : l / (2 − u), at most h, and h where u is 2 or more

    The bid is where the worth, a parabola in b, is highest: its slope (u · b − 2 · b + l) / (h − l) is 0
    there. It is above l, and so worth something, only where u is above 1 and l above 0, or u above 2.

    References
    ----------
    Samuelson, W. and Bazerman, M. (1985), The winner's curse in bilateral negotiations.

    Examples
    --------
    A company is worth 0 to 100 to its owner, who knows, and half as much again to you. Do you offer 60?

    >>> offer_adverse(60, 0, 100, 1.5)
    -9.0
    """
    best = np.where(uplift < 2, np.minimum(low / (2 - uplift), high), high)
    bid = best if output == "bid" else offer
    highest_sold = np.clip(bid, low, high)
    worth = (highest_sold - low) / (high - low) * (uplift * (low + highest_sold) / 2 - bid)
    rules = [outside("high", at_least(low, high), "be above low", "It is the highest value for the seller.")]
    if output == "ev":
        return answer(worth, nothing_asked("offer", np.isnan(offer)), *rules)
    hopeless = no_answer("uplift", worth <= 0, "leave something to gain", "Make no offer.")
    none_given = 0 * (low + uplift + np.nan_to_num(offer))  # no bid without a range; as many as offers
    return answer(best + none_given, *rules, hopeless)
