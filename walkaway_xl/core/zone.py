"""The zone of possible agreement, and how a settlement divides it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import (
    Rule,
    answer,
    no_answer,
    outside,
    raise_if_malformed,
    with_reasons,
    zero_divisor,
)
from walkaway_xl.core._arrays import Argument, Floats, Numbers
from walkaway_xl.core._distributions import BELIEF, belief
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import at_least, below, negligible
from walkaway_xl.core.choices import selector
from walkaway_xl.core.kinds import PART, PATIENCE, PRICE, SIDE, output

ZOPA_OUTPUTS = selector(["width", "low", "high", "mid", "exists", "all"])

_WALKAWAYS = {"seller_walkaway": PRICE, "buyer_walkaway": PRICE}


def _no_zone(seller_walkaway: Floats, buyer_walkaway: Floats) -> Rule:
    return no_answer(
        "seller_walkaway",
        below(buyer_walkaway, seller_walkaway),
        "lie at or below buyer_walkaway",
        "There is no zone of agreement.",
    )


@takes(**_WALKAWAYS, output=output(ZOPA_OUTPUTS))
def zopa(
    seller_walkaway: Argument, buyer_walkaway: Argument, output: Argument = "width"
) -> Numbers | bool | NDArray[np.bool_] | NDArray[np.object_]:
    """Zone of possible agreement between two walk-aways: its width (negative is a gap), ends or middle.

    Parameters
    ----------
    seller_walkaway : array_like
        The lowest price the seller would take.
    buyer_walkaway : array_like
        The highest price the buyer would pay.
    output : str or int, optional
        "width", "low", "high", "mid", "exists", or "all" for a row of low, high, width and mid.

    Returns
    -------
    float, bool or ndarray
        A price, a width in money, a row of them for "all", or TRUE or FALSE for "exists". NaN for low, high
        and mid where there is no zone.

    See Also
    --------
    zopa_share, zopa_prob, split_nash

    Notes
    -----
    From `seller_walkaway` to `buyer_walkaway`.

    Targets play no part in it.

    width : buyer_walkaway − seller_walkaway; negative where there is no zone
    low : the lowest price that both can accept
    high : the highest price that both can accept
    mid : the middle of the zone
    exists : whether the buyer's walk-away is at least the seller's
    all : low, high, width and middle

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, chapter 4.

    Examples
    --------
    A recruit leaves below 93,000, the employer above 97,000. How wide is the zone?

    >>> zopa(93000, 97000)
    4000.0
    >>> zopa(93000, 97000, "all")
    array([[93000., 97000.,  4000., 95000.]])
    """
    low, high = seller_walkaway, buyer_walkaway
    exists = at_least(high, low)
    if output == "exists":
        return _exists(high - low, exists)
    none = _no_zone(low, high)
    if output == "all":
        ends = [with_reasons(low + 0 * high, none), with_reasons(high + 0 * low, none)]
        row = np.stack([*ends, with_reasons(high - low), with_reasons(_middle(low, high), none)], axis=-1)
        return row.reshape(-1, 4)
    if output == "width":
        return answer(high - low)
    return answer({"low": low + 0 * high, "high": high + 0 * low, "mid": _middle(low, high)}[output], none)


def _exists(width: Floats, exists: Any) -> bool | float | NDArray[np.bool_] | NDArray[np.object_]:
    """TRUE or FALSE, and the reason where an unknown walk-away leaves neither."""
    widths = with_reasons(width)
    if not widths.ndim:
        return raise_if_malformed(widths.item()) if np.isnan(widths) else bool(exists)
    return np.where(np.isnan(widths), widths.astype(object), exists) if np.isnan(widths).any() else exists


def _middle(low: Floats, high: Floats) -> Floats:
    return low + (high - low) / 2


@takes(price=PRICE, **_WALKAWAYS, side=SIDE)
def zopa_share(
    price: Argument, seller_walkaway: Argument, buyer_walkaway: Argument, side: Argument
) -> Numbers:
    """Share of the zone of agreement that a price gives to your side; the two sides' shares make 1.

    Parameters
    ----------
    price : array_like
        The price of the settlement.
    seller_walkaway : array_like
        The lowest price the seller would take.
    buyer_walkaway : array_like
        The highest price the buyer would pay.
    side : array_like
        Whose share: "seller", "buyer" or "candidate".

    Returns
    -------
    float or ndarray
        A share; below 0 or above 1 where somebody accepted worse than their walk-away. NaN where there is no
        zone, or the zone is a single price.

    Notes
    -----
    Of the way from `seller_walkaway` to `buyer_walkaway`, what `price` leaves to a `side`.

    seller : (price − seller_walkaway) / (buyer_walkaway − seller_walkaway)
    buyer : (buyer_walkaway − price) / (buyer_walkaway − seller_walkaway)

    References
    ----------
    Thompson, L., The Mind and Heart of the Negotiator, chapter 3.

    Examples
    --------
    The land sells at 46 million; the seller would have taken 38, the buyer paid up to 48.

    >>> zopa_share(46, 38, 48, "seller")
    0.8
    """
    low, high = seller_walkaway, buyer_walkaway
    width = high - low
    ours = np.where(side > 0, price - low, high - price) + 0 * side
    return answer(
        ours / width,
        _no_zone(low, high),
        zero_divisor(
            "buyer_walkaway",
            negligible(width, low),
            "differ from seller_walkaway",
            "A single price has nothing to share.",
        ),
    )


@takes(our_offer=PRICE, their_offer=PRICE, **_WALKAWAYS)
def split_midpoint(
    our_offer: Argument,
    their_offer: Argument,
    seller_walkaway: Argument = None,
    buyer_walkaway: Argument = None,
) -> Numbers:
    """Midpoint of the latest two offers, a forecast of the settlement, kept inside the zone of agreement.

    Parameters
    ----------
    our_offer : array_like
        Your latest offer, a price.
    their_offer : array_like
        Their latest offer, a price.
    seller_walkaway : array_like, optional
        The lowest price the seller would take. The zone counts where both walk-aways are given.
    buyer_walkaway : array_like, optional
        The highest price the buyer would pay.

    Returns
    -------
    float or ndarray
        A price. NaN where both walk-aways are given and there is no zone.

    See Also
    --------
    offer_bracket

    Notes
    -----
    (`our_offer` + `their_offer`) / 2; limited by `seller_walkaway` and `buyer_walkaway`.

    Ask again whenever there are newer offers. In 1,089 deals of people who haggled over used goods the
    midpoint of the latest offers missed by some 3 % of the list price; that of the openings by 7.2 %, and on
    average it lay 4.6 % too high.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, chapter 4; He, H., Chen, D., Balakrishnan, A. and
    Liang, P. (2018), Decoupling strategy and generation in negotiation dialogues, for the deals
    (CraigslistBargain).

    Examples
    --------
    We ask 140,000, they offer 90,000; the zone runs from 93,000 to 97,000.

    >>> split_midpoint(140000, 90000, 93000, 97000)
    97000.0
    """
    middle = _middle(our_offer, their_offer)
    zoned = ~np.isnan(seller_walkaway) & ~np.isnan(buyer_walkaway)
    forecast = np.where(zoned, np.minimum(np.maximum(middle, seller_walkaway), buyer_walkaway), middle)
    return answer(forecast, _no_zone(seller_walkaway, buyer_walkaway))


@takes(**_WALKAWAYS, seller_power=PART)
def split_nash(seller_walkaway: Argument, buyer_walkaway: Argument, seller_power: Argument = 0.5) -> Numbers:
    """Price that divides the zone of agreement by bargaining power (asymmetric Nash solution).

    Parameters
    ----------
    seller_walkaway : array_like
        The lowest price the seller would take.
    buyer_walkaway : array_like
        The highest price the buyer would pay.
    seller_power : array_like, optional
        The seller's share of the bargaining power, between 0 and 1. Left out: equal power, the midpoint.

    Returns
    -------
    float or ndarray
        A price. NaN where there is no zone or the power is not between 0 and 1.

    See Also
    --------
    split_rubinstein, split_ks

    Notes
    -----
    `seller_walkaway` + `seller_power` · (`buyer_walkaway` − `seller_walkaway`).

    The p that maximises (p − seller's walk-away)^power · (buyer's walk-away − p)^(1 − power), for money
    that both sides value alike.

    References
    ----------
    Nash, J. (1950), The bargaining problem, Econometrica 18; Binmore, Rubinstein and Wolinsky (1986).

    Examples
    --------
    The zone runs from 38 to 48 and the seller holds 70 % of the power. Where do they meet?

    >>> split_nash(38, 48, 0.7)
    45.0
    """
    low, high = seller_walkaway, buyer_walkaway
    return answer(low + seller_power * (high - low), _no_zone(low, high))


@takes(**_WALKAWAYS, seller_delta=PATIENCE, buyer_delta=PATIENCE, first=SIDE)
def split_rubinstein(
    seller_walkaway: Argument,
    buyer_walkaway: Argument,
    seller_delta: Argument,
    buyer_delta: Argument,
    first: Argument = "seller",
) -> Numbers:
    """Price that two patient bargainers agree on at once when they offer in turn (Rubinstein).

    Parameters
    ----------
    seller_walkaway : array_like
        The lowest price the seller would take.
    buyer_walkaway : array_like
        The highest price the buyer would pay.
    seller_delta : array_like
        What a unit of money one round later is worth to the seller now, at least 0 and below 1.
    buyer_delta : array_like
        The same for the buyer.
    first : array_like, optional
        Who offers first: "seller" or "buyer". Left out, the seller.

    Returns
    -------
    float or ndarray
        A price. NaN where there is no zone or a delta is not from 0 to below 1.

    Notes
    -----
    Between `seller_walkaway` and `buyer_walkaway`, with patience `seller_delta` and `buyer_delta`, the
    `first` to offer.

    seller : the seller's share of the zone is (1 − buyer_delta) / (1 − seller_delta · buyer_delta)
    buyer : the seller's share is seller_delta · (1 − buyer_delta) / (1 − seller_delta · buyer_delta)

    It splits what lies between the walk-aways, by patience alone. It is no advice for somebody with an
    outside option that can be taken during the talks: such an option bounds the split, and does not shift it
    (Binmore, Shaked and Sutton 1989).

    References
    ----------
    Rubinstein, A. (1982), Perfect equilibrium in a bargaining model, Econometrica 50; Binmore, K., Shaked, A.
    and Sutton, J. (1989), An outside option experiment, Quarterly Journal of Economics 104.

    Examples
    --------
    The zone runs from 93,000 to 97,000; a round costs the candidate 5 % and the employer 10 %.

    >>> round(split_rubinstein(93000, 97000, 0.95, 0.9), 2)
    95758.62
    """
    low, high = seller_walkaway, buyer_walkaway
    # 1 − δ_s δ_b, with all its digits where both are near 1
    shrinkage = (1 - seller_delta) + seller_delta * (1 - buyer_delta)
    share = np.where(first < 0, seller_delta, 1.0) * (1 - buyer_delta) / shrinkage
    return answer(low + share * (high - low), _no_zone(low, high))


@takes(**_WALKAWAYS, seller_ideal=PRICE, buyer_ideal=PRICE)
def split_ks(
    seller_walkaway: Argument,
    buyer_walkaway: Argument,
    seller_ideal: Argument = None,
    buyer_ideal: Argument = None,
) -> Numbers:
    """Price that gives both sides the same fraction of the best they could hope for (Kalai-Smorodinsky).

    Parameters
    ----------
    seller_walkaway : array_like
        The lowest price the seller would take.
    buyer_walkaway : array_like
        The highest price the buyer would pay.
    seller_ideal : array_like, optional
        The best price the seller can get at all, such as a list price. Left out: the buyer's walk-away.
    buyer_ideal : array_like, optional
        The best price the buyer can get at all. Left out: the seller's walk-away.

    Returns
    -------
    float or ndarray
        A price. NaN where there is no zone, an ideal is worse than its own side's walk-away, or no price
        lies between the two ideals.

    Notes
    -----
    Both get the same part of their ideal gain between `seller_walkaway` and `buyer_walkaway`; at best
    `seller_ideal` for the seller; at best `buyer_ideal` for the buyer.

    (p − w_s) / (I_s − w_s) = (w_b − p) / (w_b − I_b), with walk-aways w and ideals I. An ideal beyond the
    other side's walk-away counts as that walk-away, for nobody can get more.

    References
    ----------
    Kalai, E. and Smorodinsky, M. (1975), Other solutions to Nash's bargaining problem, Econometrica 43.

    Examples
    --------
    The zone runs from 100 to 200, but a list price keeps the seller to 160. What divides it evenly?

    >>> split_ks(100, 200, 160)
    137.5
    """
    low, high, best, cheapest = seller_walkaway, buyer_walkaway, seller_ideal, buyer_ideal
    seller_hope = np.fmin(best, high) - low  # fmin passes over what is not given
    buyer_hope = high - np.fmax(cheapest, low)
    fraction = np.where(high > low, seller_hope / (seller_hope + buyer_hope), 0.5)
    return answer(
        low + fraction * (high - low),
        outside("seller_ideal", below(best, low), "be at least as good as seller_walkaway", _IDEAL),
        outside("buyer_ideal", below(high, cheapest), "be at least as good as buyer_walkaway", _IDEAL),
        _no_zone(low, high),
        no_answer(
            "buyer_ideal", below(best, cheapest), "lie at or below seller_ideal", "No price suits both."
        ),
    )


_IDEAL = "An ideal is the best price that a side can hope for."


@takes(walkaway=PRICE, side=SIDE, **BELIEF)
def zopa_prob(
    walkaway: Argument,
    side: Argument,
    p1: Argument,
    p2: Argument,
    p3: Argument = None,
    dist: Argument = None,
) -> Numbers:
    """Chance that there is a zone of agreement at all, when their walk-away is uncertain.

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

    Returns
    -------
    float or ndarray
        A chance, 0 to 1. NaN where p1 to p3 make no distribution: the highest value not above the lowest, a
        spread not above 0, or a most likely value outside.

    Notes
    -----
    The chance that their walk-away allows your `walkaway`, believed from `p1` and `p2`; `p3`; distribution
    `dist`.

    seller : they accept up to their walk-away, P(Y ≥ walkaway)
    buyer : they accept from their walk-away on, P(Y ≤ walkaway)

    It is OFFER_PROB at your walk-away. The doubt is about their side only: your own walk-away is taken as
    certain. The normal distribution is computed with the complementary error function of the C library
    (math.erfc, a call for each cell), which is exact in both tails.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, chapter 4.

    Examples
    --------
    You leave below 93,000 and put their limit at 97,000, give or take 2,000. Is there a deal to be had?

    >>> round(zopa_prob(93000, "candidate", 97000, 2000, dist="normal"), 4)
    0.9772
    """
    limit, rules = belief(side, p1, p2, p3, dist)
    return answer(limit.chance_above(limit.standard(walkaway)), *rules)
