"""The functions of the concession family as formulas: what stands behind the door of arguments."""

# The last offer is what it is said to be, whatever rounding makes of it on the way.
CONCESSION_PLAN = """
LET(
    last, limit - reserve * (limit - start),
    place, SEQUENCE(offers, 1, 0),
    plan, start + (last - start) * (place / MAX(1, offers - 1)) ^ firmness,
    exact, IF((place = offers - 1) * (offers > 1), last, plan),
    rounded, IF(last <= start, WF_ROUND_UP(exact, round_to), WF_ROUND_DOWN(exact, round_to)),
    low, MIN(start, last),
    high, MAX(start, last),
    IF(round_to = "", exact,
    IF(place = 0, exact, IF(rounded < low, low, IF(rounded > high, high, rounded))))
)
"""

CONCESSION_STATUS = """
LET(
    ours, FILTER(our_offers, our_offers <> "", ""),
    theirs, FILTER(their_offers, their_offers <> "", ""),
    ahead, COUNT(ours) - COUNT(theirs),
    opening, INDEX(ours, 1) - INDEX(theirs, 1),
    way, IF(side = "", SIGN(opening), side),
    tie, 1E-9 * MAX(ABS(INDEX(ours, 1)), ABS(INDEX(theirs, 1))),
    met, IF(ABS(opening) <= tie, TRUE, WF_AT_LEAST(way * TAKE(theirs, -1), way * TAKE(ours, -1))),
    recent, TAKE(theirs, -lookback - 1),
    steps, way * (DROP(recent, 1) - DROP(recent, -1)),
    code, IF(IF(COUNT(ours) * COUNT(theirs) = 0, FALSE, met), 2,
        IF(IF((COUNT(ours) = 0) + (ahead >= 2) + (COUNT(theirs) <= lookback), FALSE,
            AND(WF_AT_LEAST(tolerance * ABS(opening), steps))), -1,
        IF(ahead >= 2, -2, IF(ahead = 1, 0, 1)))),
    IF(COUNT(ours) + COUNT(theirs) = 0, "",
    IF(output = "code", code,
    CHOOSE(code + 3, "SELF-BID", "STALLED", "WAIT", "MOVING", "AGREED")))
)
"""

# Aitken: as the steps shrink by a ratio, so do all that are to come.
CONCESSION_LIMIT = """
LET(
    made, TAKE(FILTER(offers, offers <> "", ""), -3),
    steps, DROP(made, 1) - DROP(made, -1),
    last, INDEX(steps, 2),
    ratio, IFERROR(last / INDEX(steps, 1), 0),
    IF(COUNT(made) < 3, #N/A,
    IF((ratio > 1E-9) * (ratio <= 0.5 + 1E-9), INDEX(made, 3) + last * ratio / (1 - ratio), #N/A))
)
"""
