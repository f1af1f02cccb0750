"""Preparation: whether you are ready, which red flags there are, and what to look into first."""

from collections.abc import Sequence

import numpy as np

from walkaway_xl.core._answers import (
    answer,
    malformed,
    no_answer,
    nothing_asked,
    outside,
    raise_if_malformed,
    with_reasons,
    zero_divisor,
)
from walkaway_xl.core._arrays import Argument, Floats, columns, flattened, label_array
from walkaway_xl.core._rows import ranks, scaled
from walkaway_xl.core._takes import beyond, takes
from walkaway_xl.core._tolerance import share_at_least, share_below
from walkaway_xl.core.choices import choices, selector
from walkaway_xl.core.errors import InputError, Unanswered, reason_of
from walkaway_xl.core.kinds import CHANCE, COST, FLAG, LABEL, WEIGHT, choice, column, output, rows
from walkaway_xl.core.statuses import Status

FLAG_OUTPUTS = selector(["status", "code"])
DILIGENCE_OUTPUTS = selector(["rank", "cost"])

PREP_OUTPUTS = selector(["score", "verdict"])

SEVERITIES = {"caution": 1, "walk away": 2, "run": 3}

DONE = {"done": 1.0, "partial": 0.5, "open": 0.0}
NOT_APPLICABLE = "n/a"
READY_FROM = 0.8  # of the points that apply


class PrepStatus(Status):
    """Whether the preparation is good enough to sit down."""

    NOT_READY = 0
    READY = 1


class FlagStatus(Status):
    """The worst red flag that is present."""

    CLEAR = 0
    CAUTION = 1
    WALK_AWAY = 2
    RUN = 3


@takes(
    statuses=column(LABEL),
    weights=column(WEIGHT),
    essential=column(FLAG),
    output=output(PREP_OUTPUTS),
)
def prep_score(
    statuses: Sequence[str | float | bool | None],
    weights: Argument = None,
    essential: Argument = None,
    output: Argument = "score",
) -> PrepStatus | float:
    """How much of the preparation is done, and whether that is enough to sit down.

    Parameters
    ----------
    statuses : sequence
        State of each item: "done", "partial", "open", "n/a" where it does not apply; or the part that is
        done, from 0 to 1; or TRUE and FALSE. A blank item is open.
    weights : array_like, optional
        How much each item counts. Blank: 1.
    essential : array_like of bool, optional
        TRUE for each item that must be done in full. Blank: FALSE.
    output : str or int, optional
        "score" for the part that is done, "verdict" for READY or NOT READY.

    Returns
    -------
    PrepStatus or float
        A share from 0 to 1, or one of the words. NaN where a number is not between 0 and 1, a weight is
        negative, or nothing applies.

    Raises
    ------
    InputError
        If a state is none of the words, or the lists differ in length.

    See Also
    --------
    flag_check, diligence_order

    Notes
    -----
    Σ weight · part done / Σ weight, over `statuses` that apply; with `weights`; `essential`.

    READY : at least 80 % is done, and every essential item in full
    NOT READY : less than 80 % is done, or an essential item is not done in full

    References
    ----------
    Lewicki, R. J., Barry, B. and Saunders, D. M., Negotiation: readings, exercises and cases, planning guide.

    Examples
    --------
    One item of weight 3 is done, one of 2 half done, one of 2 open, and one does not apply. How far are we?

    >>> round(prep_score(["done", "partial", "open", "n/a"], [3, 2, 2, 1]), 6)
    0.571429
    >>> prep_score(["done", "done", "open"], [5, 4, 1], [True, True, False], "verdict")
    <PrepStatus.READY: 1>
    """
    states = [
        _part_done(state) for state in flattened("statuses", label_array("statuses", statuses, flags=True))
    ]
    part, weight, must = columns(
        statuses=np.array([np.nan if state is None else state for state in states]),
        weights=1.0 if weights is None else weights,
        essential=0.0 if essential is None else essential.astype(float),
    )
    applies = ~np.isnan(part)
    weight = np.where(np.isnan(weight), 1.0, weight)
    counted = scaled(weight[applies])
    total = counted.sum()
    score = (counted * np.clip(part[applies], 0.0, 1.0)).sum() / total
    wrong = share_below(part, 0) | share_below(1, part)
    answered = raise_if_malformed(
        with_reasons(
            score,
            outside("statuses", wrong.any(), "be words, or parts from 0 to 1", "Write 0.5 for half done."),
            no_answer("statuses", not applies.any(), "name an item that applies"),
            zero_divisor("weights", total == 0, "be above 0 for an item that applies"),
        ).item()
    )
    if output == "score" or np.isnan(answered):
        return answered
    is_open = bool((applies & (must == 1) & share_below(part, 1)).any())
    return PrepStatus(int(share_at_least(answered, READY_FROM) and not is_open))


def _part_done(state: str | float | None) -> float | None:
    """The part of an item that is done; None where the item does not apply."""
    if state is None:
        return 0.0
    if not isinstance(state, str):
        return float(state)
    word = state.strip().lower()
    if word == NOT_APPLICABLE:
        return None
    if word not in DONE:
        raise InputError("statuses", "be {choices}", got=state, choices=choices({**DONE, NOT_APPLICABLE: 0}))
    return DONE[word]


@takes(
    present=column(FLAG),
    severities=column(choice("severity", SEVERITIES)),
    output=output(FLAG_OUTPUTS),
)
def flag_check(present: Argument, severities: Argument, output: Argument = "status") -> FlagStatus | float:
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
        One of the words, or its code.

    Raises
    ------
    InputError
        If a flag that is present has no severity, or the lists differ in length.

    Notes
    -----
    The highest of `severities` where `present`. No price makes up for it.

    Examples
    --------
    They were late once, and they told an untruth about another bidder. What now?

    >>> flag_check([True, False, True], ["caution", "walk away", "run"])
    <FlagStatus.RUN: 3>
    """
    raised, severity = columns(present=present.astype(float), severities=severities)
    if np.isnan(severity[raised == 1]).any():
        raise InputError("severities", "be given for each flag that is present")
    worst = FlagStatus(int(np.max(severity[raised == 1], initial=0)))
    return float(worst) if output == "code" else worst


@takes(costs=rows(COST), fail_probs=rows(CHANCE), output=output(DILIGENCE_OUTPUTS))
def diligence_order(costs: Argument, fail_probs: Argument, output: Argument = "rank") -> Floats | float:
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
        A column of places in input order, or money. NaN where a cost is negative or a chance does not lie
        from 0 to 1.

    Notes
    -----
    Ascending by cost / chance, of `costs` and `fail_probs`.

    Cheap checks that often fail come first. A check that never fails comes last; of equal ones the first
    given. The expected cost is Σ cost · Π (1 − chance of each earlier check).

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
    cost, chance = columns(costs=costs, fail_probs=fail_probs)
    checked = with_reasons(
        cost + chance,
        nothing_asked("costs", np.isnan(cost) & np.isnan(chance)),
        malformed("costs", np.isnan(cost), "be given in each row that is not blank"),
        malformed("fail_probs", np.isnan(chance), "be given in each row that is not blank"),
        *beyond("costs", COST, cost),
        *beyond("fail_probs", CHANCE, chance),
    )
    asked = np.flatnonzero(~np.isnan(checked))
    ratio = cost[asked] / chance[asked]
    ratio = np.where(
        np.isfinite(ratio), ratio, np.nan
    )  # a check that never fails has no rank, and comes last
    order = asked[np.argsort(ranks(-ratio), kind="stable")]
    if output == "rank":
        checked[order] = np.arange(1.0, order.size + 1)
        return checked
    for value in checked[np.isnan(checked)].tolist():
        reason = reason_of(value)
        if reason is not None and reason.why is not Unanswered.NOTHING_ASKED:
            return raise_if_malformed(value)
    reached = np.cumprod(np.concatenate([[1.0], 1 - chance[order]]))[:-1]
    return float(answer(np.sum(cost[order] * reached)))
