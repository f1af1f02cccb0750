"""The walk-away point: where it lies, and how an offer stands against it."""

import re
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import (
    Rule,
    answer,
    answer_status,
    malformed,
    no_answer,
    outside,
    raise_if_malformed,
    with_reasons,
    zero_divisor,
)
from walkaway_xl.core._arrays import Argument, Mask, Numbers, columns
from walkaway_xl.core._rows import named
from walkaway_xl.core._sides import payoff_for_price
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import at_least, below, negligible, tolerance
from walkaway_xl.core.choices import DIRECTIONS, choices, selector
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import (
    CHANCE,
    COST,
    DIRECTION,
    DISTANCE,
    FLAG,
    FUNDS,
    MONEY,
    NUMBER,
    PAYOFF,
    PRICE,
    SIDE,
    TEXT,
    choice,
    column,
    or_blank,
    output,
)
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.statuses import Status

BUFFER_SHARE = 0.1  # of the distance between walk-away and target: nearer than this is TOO CLOSE

CHECK_OUTPUTS = selector(["status", "code"])

# WALK AWAY has the code of WALKAWAY_CHECK, whose other codes must never become a farewell by mistake.
MESSAGES = MappingProxyType({"walk away": -1, "run": -2, "decline customer": -3})
RUN, DECLINE_CUSTOMER = MESSAGES["run"], MESSAGES["decline customer"]


class WalkawayStatus(Status):
    """How an offer stands against walk-away, target and wish."""

    WALK_AWAY = -1
    TOO_CLOSE = 0
    ACCEPTABLE = 1
    TARGET_MET = 2
    WISH_MET = 3


@takes(
    batna=or_blank(PRICE),
    side=SIDE,
    deal_better_by=MONEY,
    walk_cost=COST,
    hard_limit=PRICE,
    signed_prices=FLAG,
)
def walkaway_price(
    batna: Argument,
    side: Argument,
    deal_better_by: Argument = 0.0,
    walk_cost: Argument = 0.0,
    hard_limit: Argument = None,
    signed_prices: Argument = False,
) -> Numbers:
    """Walk-away price (reservation price): the point at which no deal is better than this deal.

    Parameters
    ----------
    batna : array_like
        What your best alternative to this deal is worth, as a price you pay or get. May be blank if there is
        a hard limit.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    deal_better_by : array_like, optional
        By how much this deal is better (+) or worse (−) than the alternative apart from price, in money. What
        BATNA_BEST counted in alternatives_better_by, which goes the other way, is not counted here again.
    walk_cost : array_like, optional
        What walking away costs you (search, switching, delay), in money.
    hard_limit : array_like, optional
        A limit that no alternative moves: the buyer's budget (a ceiling) or the seller's cost floor.
    signed_prices : array_like of bool, optional
        TRUE where the seller may pay to be rid of something, so that a price may be negative. Left out, a
        buyer's negative alternative is taken for a payoff and refused.

    Returns
    -------
    float or ndarray
        A price. A seller's may be negative: the seller then pays up to that much to be rid of it. NaN where
        the walk cost is negative, or a buyer's alternative is a payoff instead of a price.

    Raises
    ------
    InputError
        If neither a BATNA nor a hard limit is given, or the side is unknown.

    See Also
    --------
    batna_value, walkaway_check

    Notes
    -----
    Where this deal is worth as much as its best alternative; limited by `hard_limit`; prices with a sign:
    `signed_prices`.

    seller : `batna` − `deal_better_by` − `walk_cost`
    buyer : `batna` + `deal_better_by` + `walk_cost`

    The hard limit is the lowest price for seller and candidate, the highest for the buyer.

    References
    ----------
    Malhotra, D. and Bazerman, M. (2007), Negotiation Genius, chapter 1.

    Examples
    --------
    Your best other quote is 33, switching to it costs 1, and the budget ends at 33.50. When do you leave?

    >>> walkaway_price(33, "buyer", 0, 1, 33.5)
    33.5
    """
    indifferent = batna - side * (deal_better_by + walk_cost)
    tightest = side * np.fmax(side * indifferent, side * hard_limit)  # fmax passes over what is not given
    asked = ~np.isnan(side + deal_better_by + walk_cost)
    return answer(
        np.where(asked, tightest, np.nan),
        malformed("batna", asked & np.isnan(batna) & np.isnan(hard_limit), "be given, or else a hard limit"),
        payoff_for_price("batna", side, batna, signed_prices),
    )


@takes(
    offer=PRICE,
    walkaway=PRICE,
    side=SIDE,
    target=PRICE,
    wish=PRICE,
    buffer=DISTANCE,
    output=output(CHECK_OUTPUTS),
)
def walkaway_check(
    offer: Argument,
    walkaway: Argument,
    side: Argument,
    target: Argument = None,
    wish: Argument = None,
    buffer: Argument = None,
    output: Argument = "status",
) -> WalkawayStatus | Numbers | NDArray[np.int16]:
    """Whether an offer is worth accepting: WALK AWAY, TOO CLOSE, ACCEPTABLE, TARGET MET or WISH MET.

    Parameters
    ----------
    offer : array_like
        The price on the table.
    walkaway : array_like
        Your walk-away price. An offer exactly there is acceptable, never a breach.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    target : array_like, optional
        The price you want, better than the walk-away.
    wish : array_like, optional
        The best price you can imagine, at least as good as the target.
    buffer : array_like, optional
        How near the walk-away is too close, in money. Left out: a tenth of the way to the target, or 0.
    output : str or int, optional
        "status" for the words, "code" for −1, 0, 1, 2, 3.

    Returns
    -------
    WalkawayStatus, float or ndarray of int16
        One of the words, or its code. NaN where walk-away, target and wish are out of order or the buffer is
        negative.

        In Python, a member of the enumeration for scalars, and for arrays the codes, −1000 or below where
        there is none. With "code", floats for both.

    See Also
    --------
    walkaway_gap, walkaway_score, deal_result

    Notes
    -----
    The first that holds:

    WALK AWAY : `offer` is worse for a `side` than `walkaway`
    WISH MET : `offer` reaches `wish`
    TARGET MET : `offer` reaches `target`
    TOO CLOSE : `offer` is within the buffer of `walkaway`; the buffer is `buffer`
    ACCEPTABLE : `offer` is better for a `side` than `walkaway`; it does not reach `target`

    An offer equal to the walk-away is not worse: it is TOO CLOSE, and no breach. All comparisons allow a
    relative difference of 1e-9, whatever the size of the prices. Left out, the buffer is a tenth of the way
    from walk-away to target, and nothing without a target.

    Examples
    --------
    A dealer asks 7,500 and the same car stands elsewhere at 6,500. Do you take it?

    >>> walkaway_check(7500, 6500, "buyer")
    <WalkawayStatus.WALK_AWAY: -1>
    >>> walkaway_check([6500, 6300, 6000], 6500, "buyer", 6000)
    array([0, 1, 2], dtype=int16)
    """
    x, w, t, h = side * offer, side * walkaway, side * target, side * wish  # more is better for either side
    has_target, has_wish = ~np.isnan(target), ~np.isnan(wish)
    gap, tie = x - w, tolerance(x, w)
    close = np.where(np.isnan(buffer), np.where(has_target, BUFFER_SHARE * np.abs(t - w), 0.0), buffer)
    finite = np.isfinite(gap) & np.isfinite(close)
    rules: list[Rule] = []

    codes = np.where(
        gap <= close + tie, np.int16(WalkawayStatus.TOO_CLOSE), np.int16(WalkawayStatus.ACCEPTABLE)
    )
    if has_target.any():
        codes = _raised(codes, WalkawayStatus.TARGET_MET, at_least(x, t))
        rules.append(outside("target", at_least(w, t), "be better than walkaway", _ORDER))
    if has_wish.any():
        codes = _raised(codes, WalkawayStatus.WISH_MET, at_least(x, h))
        rules.append(outside("wish", below(h, t), "be at least as good as target", _ORDER))
        rules.append(outside("wish", ~has_target & at_least(w, h), "be better than walkaway", _ORDER))
    codes = _raised(codes, WalkawayStatus.WALK_AWAY, gap < -tie)
    if output == "code":
        return answer(np.where(finite, codes, np.nan), *rules)
    return answer_status(WalkawayStatus, codes, finite, *rules)


_ORDER = "Are the two swapped, or is it the other side?"


def _raised(codes: NDArray[np.int16], status: WalkawayStatus, where: Mask) -> NDArray[np.int16]:
    """Codes with another status where it holds."""
    return np.where(where, np.int16(status), codes)


@takes(offer=PRICE, walkaway=PRICE, side=SIDE, as_percent=FLAG)
def walkaway_gap(
    offer: Argument, walkaway: Argument, side: Argument, as_percent: Argument = False
) -> Numbers:
    """By how much an offer is better than your walk-away; negative is worse, for either side.

    Parameters
    ----------
    offer : array_like
        The price on the table.
    walkaway : array_like
        Your walk-away price.
    side : array_like
        Your side of the table: "seller", "buyer" or "candidate".
    as_percent : array_like of bool, optional
        TRUE for a share of the walk-away price instead of money.

    Returns
    -------
    float or ndarray
        Money, or a share of the walk-away price. NaN for a share of a walk-away of 0.

    Notes
    -----
    How much better `offer` is than `walkaway` for a `side`; as a share: `as_percent`.

    offer − walkaway for seller and candidate, walkaway − offer for the buyer; as a share that / |walkaway|.

    Examples
    --------
    How far is 105 above a seller's floor of 100?

    >>> walkaway_gap(105, 100, "seller")
    5.0
    """
    gap = side * (offer - walkaway)
    rules: list[Rule] = []
    if np.any(as_percent):
        gap = np.where(as_percent, gap / np.abs(walkaway), gap)
        nothing = as_percent & (walkaway == 0)
        rules.append(zero_divisor("walkaway", nothing, "differ from 0 where the gap is a share of it"))
    return answer(gap, *rules)


@takes(offer=PRICE, walkaway=PRICE, target=PRICE, clip=FLAG)
def walkaway_score(offer: Argument, walkaway: Argument, target: Argument, clip: Argument = False) -> Numbers:
    """How far an offer has come from your walk-away (0) to your target (1).

    Parameters
    ----------
    offer : array_like
        The price on the table.
    walkaway : array_like
        Your walk-away price.
    target : array_like
        The price you want.
    clip : array_like of bool, optional
        TRUE to keep the score between 0 and 1. Left out, a breach shows as a negative score.

    Returns
    -------
    float or ndarray
        A share of the way. NaN where the target equals the walk-away.

    Notes
    -----
    (`offer` − `walkaway`) / (`target` − `walkaway`), for either side; kept between 0 and 1: `clip`.

    Examples
    --------
    Your floor is 100, you want 120, they offer 108. How far have they come?

    >>> walkaway_score(108, 100, 120)
    0.4
    """
    distance = target - walkaway
    score = (offer - walkaway) / distance
    return answer(
        np.where(clip, np.clip(score, 0.0, 1.0), score) if np.any(clip) else score,
        zero_divisor(
            "target",
            negligible(distance, walkaway),
            "differ from walkaway",
            "A score needs a distance to measure against.",
        ),
    )


@takes(
    values=column(NUMBER),
    limits=or_blank(column(NUMBER)),
    directions=or_blank(column(DIRECTION)),
    labels=column(TEXT),
)
def walkaway_issues(
    values: Argument,
    limits: Argument,
    directions: Argument,
    labels: Sequence[str | None] | None = None,
) -> str | float:
    """Whether a package breaks a red line: OK, WALK AWAY with the broken ones, or INCOMPLETE.

    Parameters
    ----------
    values : array_like
        What the package offers on each issue, in the issue's own unit.
    limits : array_like
        Your walk-away limit on each issue, in the same unit. A blank limit means that the issue is tradeable.
    directions : array_like
        ">=" (or 1) where the value must be at least the limit, "<=" (or −1) where it must be at most.
    labels : sequence of str, optional
        Names of the issues. Left out, they are counted: issue 1, issue 2.

    Returns
    -------
    str or float
        "OK", "WALK AWAY: " and the broken issues, or "INCOMPLETE: " and the issues without a value. NaN where
        a number is infinite.

    Raises
    ------
    InputError
        If a limit has no direction, or the lists differ in length.

    See Also
    --------
    issue_score

    Notes
    -----
    `values` against `limits` and `directions`; issues `labels`.

    One broken limit is a WALK AWAY, however good the rest.

    A broken limit also outranks a missing value.

    Examples
    --------
    They meet the price but want 75 days to pay, and 60 is the most you can bear.

    >>> walkaway_issues([104, 75, 1], [100, 60, 1.5], [">=", "<=", "<="], ["Price", "Payment days", "Caps"])
    'WALK AWAY: Payment days'
    """
    values, limits, signs = columns(values=values, limits=limits, directions=directions)
    names = named(labels, values.size, "issue")
    limited = ~np.isnan(limits)
    if (limited & np.isnan(signs)).any():
        raise InputError(
            "directions", "be {directions} for each issue that has a limit", directions=choices(DIRECTIONS)
        )
    broken = limited & below(signs * values, signs * limits)
    if broken.any():
        return "WALK AWAY: " + _listed(names, broken)
    unknown = limited & np.isnan(values)
    return "INCOMPLETE: " + _listed(names, unknown) if unknown.any() else "OK"


def _listed(labels: Sequence[str], mask: NDArray[np.bool_]) -> str:
    return ", ".join(label for label, listed in zip(labels, mask, strict=True) if listed)


@takes(our_gain=MONEY, their_gain=MONEY)
def walkaway_power(our_gain: Argument, their_gain: Argument) -> Numbers:
    """Your power to walk away, 0 to 1: their part of all that is lost if there is no deal.

    Parameters
    ----------
    our_gain : array_like
        What you gain from the deal over your alternative, in money; 0 or less if the alternative is better.
    their_gain : array_like
        What they gain from the deal over their alternative, in money.

    Returns
    -------
    float or ndarray
        A share: 0.5 if both would lose alike, 1 if only they would lose. NaN where neither side gains.

    Notes
    -----
    `their_gain` / (`our_gain` + `their_gain`), a gain of 0 or less counting as 0.

    It is a measure of this project's own, after the idea that power is the other side's dependence; Emerson
    states no formula. With both gains measured at a price it is 1 − ZOPA_SHARE there, so the better the
    price, the less power is left: measure it before you agree. It says nothing about who gets what. Fed to
    SPLIT_NASH it would argue in a circle.

    References
    ----------
    Emerson, R. M. (1962), Power-dependence relations, American Sociological Review 27, for the idea.

    Examples
    --------
    Without a deal you lose 5 and they lose 15. Who can afford to walk?

    >>> walkaway_power(5, 15)
    0.75
    """
    # The ratio of the two, not their sum: the sum of two large gains may be too large to hold.
    power = 1 / (1 + np.maximum(our_gain, 0.0) / their_gain)
    return answer(
        np.where(their_gain <= 0, np.where(np.isnan(our_gain), np.nan, 0.0), power),
        no_answer(
            "our_gain",
            (our_gain <= 0) & (their_gain <= 0),
            "be above 0, or else their_gain",
            "Nobody needs this deal.",
        ),
    )


@takes(prob_deal=CHANCE, surplus=PAYOFF, cost_to_continue=COST)
def walkaway_exit(prob_deal: Argument, surplus: Argument, cost_to_continue: Argument) -> Numbers:
    """What it is worth to keep negotiating; below 0, leave now.

    Parameters
    ----------
    prob_deal : array_like
        Chance that there will be a deal after all, between 0 and 1.
    surplus : array_like
        What the deal would bring over your alternative, in money.
    cost_to_continue : array_like
        What going on costs from today, in money. What is already spent never counts.

    Returns
    -------
    float or ndarray
        Money. NaN where the chance is not between 0 and 1 or the cost is negative.

    See Also
    --------
    walkaway_runway

    Notes
    -----
    `prob_deal` · `surplus` − `cost_to_continue`. Sunk cost has no place in it.

    References
    ----------
    Raiffa, H. (1968), Decision Analysis.

    Examples
    --------
    The deal would bring 40,000, comes with 30 % and takes 15,000 more to get. Do you go on?

    >>> walkaway_exit(0.3, 40000, 15000)
    -3000.0
    """
    return answer(prob_deal * surplus - cost_to_continue)


@takes(liquid=FUNDS, monthly_need=COST, monthly_income=DISTANCE)
def walkaway_runway(liquid: Argument, monthly_need: Argument, monthly_income: Argument = 0.0) -> Numbers:
    """How many months your money lasts without this deal.

    Parameters
    ----------
    liquid : array_like
        Money that you can reach now.
    monthly_need : array_like
        What a month costs, in money.
    monthly_income : array_like, optional
        What a month brings without the deal, in money.

    Returns
    -------
    float or ndarray
        Months. NaN where the income covers the need, so that the money never runs out, or a number is
        negative.

    Notes
    -----
    `liquid` / (`monthly_need` − `monthly_income`).

    Examples
    --------
    24,000 are in the bank, a month costs 4,000 and brings 1,500. How long can you wait for a better offer?

    >>> walkaway_runway(24000, 4000, 1500)
    9.6
    """
    return answer(
        liquid / (monthly_need - monthly_income),
        no_answer(
            "monthly_need",
            at_least(monthly_income, monthly_need),
            "be above monthly_income",
            "The money never runs out.",
        ),
    )


@takes(
    status=choice("status", MESSAGES),
    counterpart=TEXT,
    met=TEXT,
    unmet=TEXT,
    better_fit=TEXT,
    door_open=FLAG,
)
def walkaway_message(
    status: Argument,
    counterpart: Argument = None,
    met: Argument = None,
    unmet: Argument = None,
    better_fit: Argument = None,
    door_open: Argument = True,
) -> str | float | NDArray[np.object_]:
    """Polite message that ends a negotiation, says why, and tells no number.

    Parameters
    ----------
    status : array_like
        "WALK AWAY", "RUN" (bad faith: never leaves the door open) or "DECLINE CUSTOMER".
    counterpart : array_like of str, optional
        Who is thanked. The texts you give are told as they are; keep your walk-away out of them.
    met : array_like of str, optional
        The interests that were met: "delivery dates and warranty".
    unmet : array_like of str, optional
        The interest that was not met and is essential: "the price level we can justify".
    better_fit : array_like of str, optional
        Who or what may serve their interests better: "a standard-grade supplier".
    door_open : array_like of bool, optional
        FALSE to leave out the invitation to call back. Left out, it is there, but never after "RUN".

    Returns
    -------
    str, float or ndarray of object
        A text. NaN in the row of a column where the status is blank or a text is only an amount.

    Raises
    ------
    InputError
        If the status is unknown, or a text is only an amount.

    See Also
    --------
    walkaway_check, flag_check

    Notes
    -----
    Words for `status`; with `counterpart`; thanks for `met`; the essential `unmet`; who may serve them
    better, `better_fit`; the door stays open unless it is RUN: `door_open`.

    A part that is not given leaves no trace.
    None of our sentences holds a digit. A text with digits and no letter is an amount, so most likely the
    wrong cell, and refused: the message would tell your walk-away.

    References
    ----------
    Ury, W. (2007), The Power of a Positive No.

    Examples
    --------
    How do you tell Acme, whose price stays too high, and keep the door open?

    >>> walkaway_message("walk away", "Acme", unmet="the price level we can justify").split(". ")[1:3]
    ['We did not reach the price level we can justify, and that is essential for us', 'We are stopping here']
    """
    texts = {"counterpart": counterpart, "met": met, "unmet": unmet, "better_fit": better_fit}
    rules = [
        malformed(
            name, np.asarray(_is_amount(held), bool), "be told in words", "An amount gives a limit away."
        )
        for name, held in texts.items()
    ]
    message = np.asarray(_message(status, *texts.values(), door_open), object)
    missing = with_reasons(np.zeros(message.shape), *rules)
    if not message.ndim:
        return str(message) if missing == 0 else raise_if_malformed(missing.item())
    return np.where(missing == 0, message, missing)


def _sentences(
    status: float, counterpart: str | None, met: str | None, unmet: str | None, fit: str | None, door: bool
) -> str:
    who, met, unmet, fit = (_phrase(text) for text in (counterpart, met, unmet, fit))
    declines = status == DECLINE_CUSTOMER
    if who:
        thanks = (
            phrase("Thank you for your interest, {who}.", who=who)
            if declines
            else phrase("Thank you for your time, {who}.", who=who)
        )
    else:
        thanks = phrase("Thank you for your interest.") if declines else phrase("Thank you for your time.")
    sentences = [
        thanks,
        phrase("We value what we found together: {met}.", met=met) if met else "",
        phrase("We did not reach {unmet}, and that is essential for us.", unmet=unmet) if unmet else "",
        phrase("Your interests may be better served by {fit}.", fit=fit) if fit else "",
        phrase("We are not able to work with you on this.") if declines else phrase("We are stopping here."),
    ]
    if door and status != RUN:
        if unmet:
            sentences.append(phrase("If anything changes about {unmet}, please contact us.", unmet=unmet))
        else:
            sentences.append(phrase("If anything changes about this, please contact us."))
    return " ".join(sentence for sentence in sentences if sentence)


def _phrase(text: str | None) -> str:
    """A text as part of a sentence: on one line, without a full stop of its own."""
    return " ".join((text or "").split()).rstrip(". ")


def _only_amount(text: str | None) -> bool:
    written_out = _EXPONENT.sub("", text or "")
    return any(map(str.isdigit, written_out)) and not any(map(str.isalpha, written_out))


_EXPONENT = re.compile(r"(?<=\d)[eE](?=[+-]\d)")  # of a small or large number: 1e-06


_message = np.frompyfunc(_sentences, 6, 1)
_is_amount = np.frompyfunc(_only_amount, 1, 1)
