"""Several issues at once: weights, scores, the price of a package, the efficient packages, and the trades."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import (
    Rule,
    answer,
    malformed,
    no_answer,
    nothing_asked,
    outside,
    raise_if_malformed,
    unanswered,
    with_reasons,
    zero_divisor,
)
from walkaway_xl.core._arrays import Argument, Floats, Numbers, columns
from walkaway_xl.core._rows import first_best, named, ranks, scaled
from walkaway_xl.core._takes import beyond, takes
from walkaway_xl.core._tolerance import TOLERANCE, below, same, share_below
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import (
    NUMBER,
    TEXT,
    WEIGHT,
    choosing,
    column,
    counted,
    grid,
    or_na,
    output,
    single,
)

WEIGHT_METHODS = selector(["points", "roc", "equal"])
PARETO_OUTPUTS = selector(["efficient", "nash", "ks", "sum"])

GIVE_ABOVE, GET_BELOW = 1.1, 0.9  # their weight for ours: nearer to 1 nobody gains by trading

_POINTS = "hold one above 0"


@takes(points=column(WEIGHT), method=choosing("method", WEIGHT_METHODS))
def issue_weights(points: Argument, method: Argument = "points") -> Floats:
    """Weight of each issue; the weights make 1 together.

    Parameters
    ----------
    points : array_like
        Points for how much each issue's swing from worst to best matters; with "roc" the rank of each issue,
        1 for the most important. A blank row is passed over.
    method : str or int, optional
        "points" in proportion to the points, "roc" for rank-order centroids, "equal" for the same weight.

    Returns
    -------
    ndarray
        A column of shares. NaN where points are negative or all 0, or a rank is not between 1 and the number
        of issues.

    See Also
    --------
    issue_score

    Notes
    -----
    `points` by `method`:

    points : each issue's points / Σ points
    roc : rank-order centroid of rank k of n, (1/n) Σ 1/j for j = k … n
    equal : 1/n

    Issues of equal rank share the mean of the places they take.

    References
    ----------
    Edwards, W. and Barron, F. H. (1994), SMARTS and SMARTER, Organizational Behavior and Human Decision
    Processes 60(3).

    Examples
    --------
    The swing in price is worth 100 points, in payment days 60, in the term 40. What are the weights?

    >>> issue_weights([100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    blank = np.isnan(points)
    asked = points[~blank]
    weights = np.full(points.size, np.nan)
    rules = [nothing_asked("points", blank)]
    if method == "points":
        weights[~blank] = scaled(asked) / np.sum(scaled(asked))
        rules.append(outside("points", not (asked > 0).any(), _POINTS))
    elif method == "equal":
        weights[~blank] = 1 / max(1, asked.size)
    else:
        weights[~blank] = _centroids(asked)
        no_rank = bool(((asked < 1) | (asked > asked.size)).any())
        rules.append(outside("points", no_rank, "be ranks from 1 to the number of issues"))
    return with_reasons(weights, *rules)


def _centroids(rank: Floats) -> Floats:
    """Rank-order centroid weights, equal ranks sharing the mean of their places."""
    count = rank.size
    by_place = np.cumsum(1 / np.arange(count, 0, -1))[::-1] / max(1, count)
    _, group = np.unique(rank, return_inverse=True)
    members = np.bincount(group, minlength=1)
    ends = np.cumsum(members)
    total = np.concatenate([[0.0], np.cumsum(by_place)])
    means = (total[ends] - total[ends - members]) / members if count else np.zeros(1)
    shared: Floats = means[group]
    return shared


class _Scale(NamedTuple):
    """How values become scores: a place for each issue, NaN or 0 where the row is blank."""

    worst: Floats
    best: Floats
    weights: Floats
    used: NDArray[np.bool_]
    rules: tuple[Rule, ...]


def _scale(worst: Argument, best: Argument, weights: Argument) -> _Scale:
    low, high, weight = columns(worst=worst, best=best, weights=weights)
    used = ~(np.isnan(low) & np.isnan(high) & np.isnan(weight))
    for argument, given in (("worst", low), ("best", high), ("weights", weight)):
        if (used & np.isnan(given)).any():
            raise InputError(argument, "be given for each issue that is not blank")
    weight = np.where(used, weight, 0.0)
    flat = used & same(high, low)
    return _Scale(
        low,
        high,
        scaled(weight) / np.sum(scaled(weight)),
        used,
        (
            outside("best", bool(flat.any()), "differ from worst on each issue"),
            outside("weights", not (weight > 0).any(), _POINTS),
        ),
    )


def _achieved(values: Floats, scale: _Scale) -> Floats:
    """Share of the way from worst to best that each value has come; 0 where the issue is blank."""
    way = np.clip((values - scale.worst) / (scale.best - scale.worst), 0.0, 1.0)
    return np.where(scale.used, way, 0.0)


_ISSUES = {"worst": column(NUMBER), "best": column(NUMBER), "weights": column(WEIGHT)}


@takes(values=grid(NUMBER), **_ISSUES, limits=column(NUMBER))
def issue_score(
    values: Argument,
    worst: Argument,
    best: Argument,
    weights: Argument,
    limits: Argument = None,
) -> Numbers:
    """Score of a package from 0 (worst on all issues) to 100 (best); none if it breaks a red line.

    Parameters
    ----------
    values : array_like
        What the package holds on each issue; several packages are rows of a table.
    worst : array_like
        The worst value of each issue, in the issue's own unit.
    best : array_like
        The best value of each issue; it says which way is better.
    weights : array_like
        How much each issue's swing from worst to best matters. They need not make 1.
    limits : array_like, optional
        Your red line on each issue, in the same unit. A blank limit means that the issue is tradeable.

    Returns
    -------
    float or ndarray
        A score from 0 to 100, a column of them for several packages. NaN where a package breaks a red line,
        the best of an issue equals its worst, or weights are negative or all 0.

    Raises
    ------
    InputError
        If a package or an issue is only half filled in, or the lists differ in length.

    Notes
    -----
    100 · Σ weight · (value − worst) / (best − worst) / Σ weight, over `values`, `worst`, `best` and
    `weights`; red lines `limits`.

    Each part is kept between 0 and 1. A broken red line cannot be averaged away: the package has no score
    however good the rest.

    References
    ----------
    Keeney, R. L. and Raiffa, H. (1976), Decisions with Multiple Objectives.

    Examples
    --------
    Price 100 to 130, payment days 90 to 30, years 1 to 3; they offer 110, 45 and 2. How good is that?

    >>> round(issue_score([110, 45, 2], [100, 90, 1], [130, 30, 3], [0.5, 0.3, 0.2]), 6)
    49.166667
    """
    scale = _scale(worst, best, weights)
    table = values
    is_single = table.ndim < 2 or (1 in table.shape[-2:] and table.size == scale.worst.size)
    if table.ndim > 2:
        raise InputError("values", "be one package, or a table of packages")
    packages = table.reshape(1, -1) if is_single else table
    if packages.shape[1] != scale.worst.size:
        raise InputError(
            "values",
            "have a value for each issue",
            "Here are {given} for {issues} issues.",
            given=packages.shape[1],
            issues=scale.worst.size,
        )
    packages = np.where(scale.used, packages, np.nan)
    missing = np.isnan(packages)
    scores = 100 * np.sum(_achieved(packages, scale) * scale.weights, axis=1)
    scores = with_reasons(
        scores,
        *scale.rules,
        nothing_asked("values", missing.all(axis=1)),
        *(Rule(np.any(rule.where, axis=1), rule.reason) for rule in beyond("values", NUMBER, packages)),
        *_red_lines(packages, scale, limits),
        malformed("values", (missing & scale.used).any(axis=1), "be given for each issue of the package"),
    )
    return raise_if_malformed(float(scores[0])) if is_single else scores


def _red_lines(packages: Floats, scale: _Scale, limits: Argument) -> tuple[Rule, ...]:
    if limits is None:
        return ()
    limit, _ = columns(limits=limits, worst=scale.worst)
    if limit.size != scale.worst.size:
        raise InputError("limits", "have a place for each issue")
    way = np.sign(scale.best - scale.worst)
    # A limit of 0 has no scale of its own; the swing from worst to best has one.
    missed = way * (packages - limit) / np.abs(scale.best - scale.worst)
    broken = np.any(below(way * packages, way * limit) & share_below(missed, 0), axis=1)
    return (no_answer("limits", broken, "be kept", "A package that breaks a red line has no score."),)


@takes(
    target_score=single(NUMBER),
    values=column(NUMBER),
    **_ISSUES,
    price_issue=single(counted("Count the issues from 1.")),
)
def issue_price(
    target_score: Argument,
    values: Argument,
    worst: Argument,
    best: Argument,
    weights: Argument,
    price_issue: Argument,
) -> float:
    """Value of one issue, such as the price, at which the package reaches a score.

    Parameters
    ----------
    target_score : float
        Score to reach, from 0 to 100.
    values : array_like
        What the package holds on each issue; the value of the issue asked for is not looked at.
    worst : array_like
        The worst value of each issue, in the issue's own unit.
    best : array_like
        The best value of each issue; it says which way is better.
    weights : array_like
        How much each issue's swing from worst to best matters. They need not make 1.
    price_issue : int
        Which issue is asked for, counted from 1.

    Returns
    -------
    float
        A value in the issue's unit. NaN where none between worst and best reaches the score, the issue weighs
        nothing, there is no such issue, the best of an issue equals its worst, or weights are negative.

    Raises
    ------
    InputError
        If another value is missing, or the lists differ in length.

    Notes
    -----
    What issue `price_issue` must be for a score of `target_score`, with `values`, `worst`, `best` and
    `weights`.

    worst + v · (best − worst) with v = (score / 100 − Σ weight · part over the other issues) / weight of
    this one, the weights making 1: the inverse of `issue_score`.

    References
    ----------
    Malhotra, D. and Bazerman, M. (2007), Negotiation Genius, on the reservation value of a package.

    Examples
    --------
    With 45 payment days and 2 years, which price makes the package as good as 55?

    >>> round(issue_price(55, [0, 45, 2], [100, 90, 1], [130, 30, 3], [0.5, 0.3, 0.2], 1), 6)
    113.5
    """
    scale = _scale(worst, best, weights)
    held, score, asked = values, target_score, price_issue
    if held.size != scale.worst.size:
        raise InputError("values", "have a value for each of the {size} issues", size=scale.worst.size)
    is_issue = 1 <= asked <= held.size and bool(scale.used[int(asked) - 1])
    place = int(asked) - 1 if is_issue else 0
    others = scale.used & (np.arange(held.size) != place)
    if is_issue and np.isnan(held[others]).any():
        raise InputError("values", "be given for each other issue")
    others_score = np.sum((_achieved(held, scale) * scale.weights)[others])
    weight = scale.weights[place]
    way = (score / 100 - others_score) / weight
    value = scale.worst[place] + np.clip(way, 0.0, 1.0) * (scale.best[place] - scale.worst[place])
    return float(
        answer(
            np.where(np.isfinite(way), value, np.nan),
            *scale.rules,
            outside("price_issue", not is_issue, "be the place of an issue", "Count the issues from 1."),
            zero_divisor("price_issue", bool(weight == 0), "name an issue that has a weight"),
            outside(
                "target_score",
                bool(share_below(way, 0) | share_below(1, way)),
                "be within reach",
                "No value between worst and best makes this score.",
            ),
        )
    )


@takes(
    our_scores=or_na(column(NUMBER)),
    their_scores=or_na(column(NUMBER)),
    our_walk=single(NUMBER),
    their_walk=single(NUMBER),
    output=output(PARETO_OUTPUTS),
)
def issue_pareto(
    our_scores: Argument,
    their_scores: Argument,
    our_walk: Argument = 0.0,
    their_walk: Argument = 0.0,
    output: Argument = "efficient",
) -> float | NDArray[np.bool_]:
    """Whether a package is efficient: none is better for one side and as good for the other.

    Parameters
    ----------
    our_scores : array_like
        Your score of each package. A package without a score (blank or #N/A) is passed over.
    their_scores : array_like
        Their score of each package.
    our_walk : float, optional
        The score below which you walk away.
    their_walk : float, optional
        The score below which they walk away.
    output : str or int, optional
        "efficient" for TRUE or FALSE a package; or the place of one efficient package at or above both
        walk-aways: "nash" by the product of gains, "ks" by equal shares of the ideals, "sum" by the sum.

    Returns
    -------
    ndarray of bool or float
        A column of TRUE and FALSE, or the place of a package counted from 1. NaN where no package is at or
        above both walk-aways, or a number is infinite.

    See Also
    --------
    issue_score, issue_trades

    Notes
    -----
    `our_scores` against `their_scores`; from `our_walk` on; from `their_walk` on.

    efficient : TRUE where no other package is at least as good for both sides and better for one
    nash : the package with the highest product of both gains
    ks : the package at which the sides' shares of their best possible gains differ least
    sum : the package with the highest sum of both gains

    In 1,005 recorded deals between people it calls 33 % inefficient (CaSiNo, Chawla and others 2021). Gains
    are measured from the walk-aways; "ks" is the solution of Kalai and Smorodinsky. Of equal packages the
    first is named.

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation.

    Examples
    --------
    Five packages, and walk-aways of 40 and 30. Which are efficient, and which is the Nash solution?

    >>> ours, theirs = [90, 70, 60, 50, 20], [20, 60, 55, 80, 95]
    >>> issue_pareto(ours, theirs)
    array([ True,  True, False,  True,  True])
    >>> issue_pareto(ours, theirs, 40, 30, "nash")
    2.0
    """
    ours, theirs = columns(our_scores=our_scores, their_scores=their_scores)
    efficient = _efficient(ours, theirs, (_largest(ours), _largest(theirs)))
    if output == "efficient":
        return efficient
    gains = [_gains(ours, our_walk), _gains(theirs, their_walk)]
    open_ = efficient & (gains[0] >= 0) & (gains[1] >= 0)
    if not open_.any():
        return unanswered(no_answer("our_scores", True, "hold a package at or above both walk-aways"))
    gains = [np.where(open_, gain, np.nan) for gain in gains]
    if output == "ks":
        shares = [_shares(gain) for gain in gains]
        merit = -np.abs(shares[0] - shares[1])
    else:
        merit = gains[0] * gains[1] if output == "nash" else gains[0] + gains[1]
    best = first_best(ranks(merit, scale=1.0 if output == "ks" else _largest(merit)))
    assert best is not None
    return float(best + 1)


def _largest(scores: Floats) -> float:
    """The scale of a list of scores, against which two of them count as equal."""
    return float(np.max(np.abs(scores), where=~np.isnan(scores), initial=0.0))


def _gains(scores: Floats, walk: float) -> Floats:
    """What each package brings over the walk-away; the noise of a score that equals it is nothing."""
    gains = scores - walk
    return np.where(np.abs(gains) <= TOLERANCE * max(_largest(scores), abs(walk)), 0.0, gains)


def _efficient(ours: Floats, theirs: Floats, scales: tuple[float, float]) -> NDArray[np.bool_]:
    """Packages that no other dominates, by the best of theirs among those at least as good for us."""
    scored = np.flatnonzero(~np.isnan(ours) & ~np.isnan(theirs))
    efficient = np.zeros(ours.size, np.bool_)
    our_values, their_values = ours[scored], theirs[scored]
    order = np.argsort(our_values)
    best_from = np.append(np.maximum.accumulate(their_values[order][::-1])[::-1], -np.inf)
    leeway, theirs_leeway = (TOLERANCE * scale for scale in scales)
    as_good = best_from[np.searchsorted(our_values[order], our_values - leeway, side="left")]
    better = best_from[np.searchsorted(our_values[order], our_values + leeway, side="right")]
    dominated = (their_values < as_good - theirs_leeway) | np.isfinite(better) & (
        better >= their_values - theirs_leeway
    )
    efficient[scored] = ~dominated
    return efficient


def _shares(gains: Floats) -> Floats:
    """Gains as shares of the best possible one; all of it where there is none to have."""
    ideal = np.nanmax(gains)
    return np.where(np.isnan(gains), np.nan, gains / ideal if ideal > 0 else 1.0)


class Trades(NamedTuple):
    """Issues from those to give to those to get, a column each."""

    label: list[str]
    ratio: Floats
    trade: list[str]


@takes(our_weights=column(WEIGHT), their_weights=column(WEIGHT), labels=column(TEXT))
def issue_trades(
    our_weights: Argument, their_weights: Argument, labels: Sequence[str | None] | None = None
) -> Trades | float:
    """What to trade for what: the issues to give first, and those to get in return.

    Parameters
    ----------
    our_weights : array_like
        How much each issue matters to you. They need not make 1. A blank row is passed over.
    their_weights : array_like
        How much each issue matters to them.
    labels : sequence of str, optional
        Names of the issues. Left out, they are counted: issue 1, issue 2.

    Returns
    -------
    Trades or float
        A row an issue, what to give first: its name, their weight divided by yours, and GIVE, SPLIT or GET.
        The ratio is NaN where the issue does not matter to you. One NaN where weights are negative or all 0.

    Raises
    ------
    InputError
        If an issue has a weight of one side only.

    Notes
    -----
    Their weight / our weight, of `their_weights` and `our_weights`, above 1.1 is GIVE, below 0.9 GET, else
    SPLIT; issues `labels`.

    In 1,005 recorded deals between people 84 % of the issues went the way it says (CaSiNo, Chawla and others
    2021).

    References
    ----------
    Raiffa, H. (1982), The Art and Science of Negotiation, on integrative bargaining.

    Examples
    --------
    You weigh price, days and years 0.5, 0.3, 0.2; they 0.2, 0.3, 0.5. What do you trade?

    >>> trades = issue_trades([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], ["Price", "Days", "Years"])
    >>> list(zip(trades.label, trades.trade))
    [('Years', 'GIVE'), ('Days', 'SPLIT'), ('Price', 'GET')]
    """
    ours, theirs = columns(our_weights=our_weights, their_weights=their_weights)
    names = named(labels, ours.size, "issue")
    used = ~(np.isnan(ours) & np.isnan(theirs))
    for argument, given in (("our_weights", ours), ("their_weights", theirs)):
        if np.isnan(given[used]).any():
            raise InputError(argument, "be given for each issue that is not blank")
        if not (given[used] > 0).any():
            return unanswered(outside(argument, True, _POINTS))
    mine, yours = (weight / weight.sum() for weight in (scaled(ours[used]), scaled(theirs[used])))
    idle = mine == 0
    ratio = np.where(idle, np.where(yours == 0, 1.0, np.inf), yours / mine)
    order = np.argsort(ranks(ratio), kind="stable")  # equal ones stay in the order of the issues
    more = np.isinf(ratio) | below(GIVE_ABOVE, ratio)
    trade = np.select([more, below(ratio, GET_BELOW)], ["GIVE", "GET"], "SPLIT")
    ratios = with_reasons(
        ratio,
        zero_divisor("our_weights", idle, "be above 0", "An issue worth nothing to you has no ratio."),
    )
    kept = np.flatnonzero(used)[order]
    return Trades([names[place] for place in kept], ratios[order], trade[order].tolist())
