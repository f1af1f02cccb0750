"""Preparation: which red flags there are, and what to look into first."""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import answer, malformed, marked, not_a_chance, nothing_asked, outside, scalar
from walkaway_xl.core._arrays import Floats, columns, flags, flattened
from walkaway_xl.core.choices import chosen, numbers, selector
from walkaway_xl.core.errors import InputError, Unanswered, reason_of

FLAG_OUTPUTS = selector(["status", "code"])
DILIGENCE_OUTPUTS = selector(["rank", "cost"])

SEVERITIES = {"caution": 1, "walk away": 2, "run": 3}


class FlagStatus(IntEnum):
    """The worst red flag that is present."""

    CLEAR = 0
    CAUTION = 1
    WALK_AWAY = 2
    RUN = 3


@np.errstate(all="ignore")
def flag_check(present: ArrayLike, severities: ArrayLike, output: str | int = "status") -> FlagStatus | float:
    """Worst red flag that is present: CLEAR, CAUTION, WALK AWAY or RUN.

    Parameters
    ----------
    present : array_like of bool
        TRUE for each red flag that you have seen. A blank cell is FALSE.
    severities : array_like
        How bad each flag is: "caution" (or 1), "walk away" (2) or "run" (3).
    output : str or int, optional
        "status" for the words, "code" for 0, 1, 2, 3.

    Returns
    -------
    FlagStatus or float
        A member of the enumeration, or its code.

    Raises
    ------
    InputError
        If a flag that is present has no severity, or the lists differ in length.

    Notes
    -----
    The highest severity among the flags present. No price makes up for it.

    Examples
    --------
    They were late once, and they told an untruth about another bidder. What now?

    >>> flag_check([True, False, True], ["caution", "walk away", "run"])
    <FlagStatus.RUN: 3>
    """
    wanted = chosen("output", output, FLAG_OUTPUTS)
    seen = flattened("present", np.asarray(flags("present", present)))
    raised, severity = columns(
        present=seen.astype(float), severities=numbers("severities", severities, SEVERITIES)
    )
    if np.isnan(severity[raised == 1]).any():
        raise InputError("severities", "is given for each flag that is present")
    worst = FlagStatus(int(np.max(severity[raised == 1], initial=0)))
    return float(worst) if wanted == "code" else worst


@np.errstate(all="ignore")
def diligence_order(costs: ArrayLike, fail_probs: ArrayLike, output: str | int = "rank") -> Floats | float:
    """Order in which to make checks, any of which may end the deal, so that looking costs least.

    Parameters
    ----------
    costs : array_like
        What each check costs, in money. A blank row is passed over.
    fail_probs : array_like
        Chance that each check ends the deal, between 0 and 1.
    output : str or int, optional
        "rank" for the place of each check, 1 for the first; "cost" for the cost to expect in this order.

    Returns
    -------
    ndarray or float
        A column of places in input order, or money. NaN where a cost is negative or a chance is none.

    Notes
    -----
    Ascending by cost / chance: cheap checks that often fail come first. A check that never fails comes last;
    of equal ones the first given. The expected cost is Σ cost · Π (1 − chance of each earlier check).

    References
    ----------
    Mitten, L. G. (1960), An analytic solution to the least cost testing sequence problem, Journal of
    Industrial Engineering 11(1).

    Examples
    --------
    Checks that cost 5, 1 and 9 fail with 10 %, 5 % and 40 %. Which comes first, and what will it cost?

    >>> diligence_order([5, 1, 9], [0.1, 0.05, 0.4])
    array([3., 1., 2.])
    >>> round(diligence_order([5, 1, 9], [0.1, 0.05, 0.4], "cost"), 6)
    12.4
    """
    wanted = chosen("output", output, DILIGENCE_OUTPUTS)
    cost, chance = columns(costs=costs, fail_probs=fail_probs)
    checked = marked(
        cost + chance,
        nothing_asked("costs", np.isnan(cost) & np.isnan(chance)),
        malformed("costs", np.isnan(cost), "is given in each row that is not blank"),
        malformed("fail_probs", np.isnan(chance), "is given in each row that is not blank"),
        outside("costs", np.isinf(cost) | (cost < 0), "is zero or more"),
        not_a_chance("fail_probs", chance),
    )
    known = np.flatnonzero(~np.isnan(checked))
    ratio = np.where(chance[known] > 0, cost[known] / chance[known], np.inf)
    order = known[np.argsort(ratio, kind="stable")]
    if wanted == "rank":
        checked[order] = np.arange(1.0, order.size + 1)
        return checked
    for value in checked[np.isnan(checked)].tolist():
        reason = reason_of(value)
        if reason is not None and reason.why is not Unanswered.NOTHING_ASKED:
            return scalar(value)
    reached = np.cumprod(np.concatenate([[1.0], 1 - chance[order]]))[:-1]
    return float(answer(np.sum(cost[order] * reached)))
