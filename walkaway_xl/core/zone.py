"""The zone of possible agreement, and how a settlement divides it."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core._answers import answer, marked, no_answer, scalar, zero_divisor
from walkaway_xl.core._arrays import Floats, Numbers, floats
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._tolerance import at_least, below, tolerance
from walkaway_xl.core.choices import chosen, selector, sides

ZOPA_OUTPUTS = selector(["width", "low", "high", "mid", "exists", "all"])

_NO_ZONE = "lies at or below buyer_walkaway; there is no zone of agreement"


@elementwise
def zopa(
    seller_walkaway: ArrayLike, buyer_walkaway: ArrayLike, output: str | int = "width"
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
        A price, or TRUE/FALSE for "exists". NaN for low, high and mid where there is no zone.

    Notes
    -----
    width = buyer's walk-away − seller's walk-away; the zone exists where the width is 0 or more. Targets
    play no part in it.

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
    wanted = chosen("output", output, ZOPA_OUTPUTS)
    low, high = floats(seller_walkaway=seller_walkaway, buyer_walkaway=buyer_walkaway)
    exists = at_least(high, low)
    if wanted == "exists":
        return _exists(high - low, exists)
    none = no_answer("seller_walkaway", below(high, low), _NO_ZONE)
    if wanted == "all":
        ends = [marked(low + 0 * high, none), marked(high + 0 * low, none)]
        row = np.stack([*ends, marked(high - low), marked(_middle(low, high), none)], axis=-1)
        return row.reshape(-1, 4)
    if wanted == "width":
        return answer(high - low)
    return answer({"low": low + 0 * high, "high": high + 0 * low, "mid": _middle(low, high)}[wanted], none)


def _exists(width: Floats, exists: Any) -> bool | float | NDArray[np.bool_] | NDArray[np.object_]:
    """TRUE or FALSE, and the reason where an unknown walk-away leaves neither."""
    known = marked(width)
    if not known.ndim:
        return scalar(known.item()) if np.isnan(known) else bool(exists)
    return np.where(np.isnan(known), known.astype(object), exists) if np.isnan(known).any() else exists


def _middle(low: Floats, high: Floats) -> Floats:
    return np.asarray(low + (high - low) / 2)


@elementwise
def zopa_share(
    price: ArrayLike, seller_walkaway: ArrayLike, buyer_walkaway: ArrayLike, side: ArrayLike
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
        A share; below 0 or above 1 where somebody accepted worse than the walk-away. NaN where there is no
        zone, or the zone is a single price.

    Notes
    -----
    Seller: (p − w_s) / (w_b − w_s). Buyer: (w_b − p) / (w_b − w_s).

    References
    ----------
    Thompson, L., The Mind and Heart of the Negotiator, chapter 3.

    Examples
    --------
    The land sells at 46 million; the seller would have taken 38, the buyer paid up to 48.

    >>> zopa_share(46, 38, 48, "seller")
    0.8
    """
    price, low, high, sign = floats(
        price=price, seller_walkaway=seller_walkaway, buyer_walkaway=buyer_walkaway, side=sides(side)
    )
    width = high - low
    ours = np.where(sign > 0, price - low, high - price) + 0 * sign
    return answer(
        ours / width,
        no_answer("seller_walkaway", below(high, low), _NO_ZONE),
        zero_divisor(
            "buyer_walkaway",
            np.abs(width) <= tolerance(low, high),
            "differs from seller_walkaway; a single price has nothing to share",
        ),
    )


@elementwise
def split_midpoint(
    our_offer: ArrayLike,
    their_offer: ArrayLike,
    seller_walkaway: ArrayLike | None = None,
    buyer_walkaway: ArrayLike | None = None,
) -> Numbers:
    """Midpoint of two offers, the best single forecast of the settlement, kept inside the zone of agreement.

    Parameters
    ----------
    our_offer : array_like
        Our offer on the table, a price.
    their_offer : array_like
        Their offer on the table, a price.
    seller_walkaway : array_like, optional
        The lowest price the seller would take. The zone counts where both walk-aways are given.
    buyer_walkaway : array_like, optional
        The highest price the buyer would pay.

    Returns
    -------
    float or ndarray
        A price. NaN where both walk-aways are given and there is no zone.

    Notes
    -----
    (x₁ + x₂) / 2, clipped to [w_s, w_b].

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, chapter 4.

    Examples
    --------
    We ask 140,000, they offer 90,000; the zone runs from 93,000 to 97,000.

    >>> split_midpoint(140000, 90000, 93000, 97000)
    97000.0
    """
    ours, theirs, low, high = floats(
        our_offer=our_offer,
        their_offer=their_offer,
        seller_walkaway=seller_walkaway,
        buyer_walkaway=buyer_walkaway,
    )
    middle = _middle(ours, theirs)
    zoned = ~np.isnan(low) & ~np.isnan(high)
    forecast = np.where(zoned, np.minimum(np.maximum(middle, low), high), middle)
    return answer(forecast, no_answer("seller_walkaway", below(high, low), _NO_ZONE))
