"""The functions of the preparation family as formulas: what stands behind the door of arguments."""

PREP_SCORE = """
LET(
    height, MAX(ROWS(statuses), ROWS(weights), ROWS(essential)),
    status, WF_SPREAD(statuses, height),
    part, IF(status = "", 0, IF(ISTEXT(status),
        SWITCH(LOWER(TRIM(status)), "done", 1, "partial", 0.5, "open", 0, "n/a", "", #VALUE!), 1 * status)),
    given, WF_SPREAD(weights, height),
    weight, WF_SCALED(IF(part = "", 0, IF(given = "", 1, given))),
    must, WF_SPREAD(essential, height),
    done, IF(part = "", 0, part),
    score, SUM(weight * IF(done < 0, 0, IF(done > 1, 1, done))) / SUM(weight),
    unfinished, OR((part <> "") * (must = 1) * (done < 1 - 1E-9)),
    IF(OR(ISERROR(part), ISERROR(given), ISERROR(must)), #VALUE!,
    IF(OR(done < -1E-9, done > 1 + 1E-9), #NUM!,
    IF(AND(part = ""), #N/A,
    IF(SUM(weight) = 0, #DIV/0!,
    IF(output = "score", score,
    IF((score >= 0.8 - 1E-9) * NOT(unfinished), "READY", "NOT READY"))))))
)
"""

FLAG_CHECK = """
LET(
    height, MAX(ROWS(present), ROWS(severities)),
    raised, WF_SPREAD(present, height) = 1,
    severity, WF_SPREAD(severities, height),
    worst, MAX(0, IF(raised, severity, 0)),
    IF(OR(raised * (severity = "")), #VALUE!,
    IF(output = "code", worst,
    CHOOSE(worst + 1, "CLEAR", "CAUTION", "WALK AWAY", "RUN")))
)
"""

# The cheapest for its chance first; what cannot fail comes last.
DILIGENCE_ORDER = """
LET(
    height, MAX(ROWS(costs), ROWS(fail_probs)),
    cost, WF_SPREAD(costs, height),
    chance, WF_SPREAD(fail_probs, height),
    checked, IF(cost & chance = "", "",
        IF((cost = "") + (chance = ""), #VALUE!,
        IF((cost < 0) + (chance < -1E-9) + ISNUMBER(chance) * (chance > 1 + 1E-9), #NUM!, 1))),
    asked, ISNUMBER(checked),
    ratio, IF(asked, IFERROR(cost / chance, ""), ""),
    rank, MAP(ratio, LAMBDA(own, IF(own = "", 2 * height,
        SUM(ISNUMBER(ratio) * (ratio < own - 1E-9 * ABS(own)))))),
    place, MAP(rank, SEQUENCE(height), LAMBDA(own, row_number,
        1 + SUM(asked * ((rank < own) + (rank = own) * (SEQUENCE(height) < row_number))))),
    order, SORTBY(HSTACK(IF(asked, cost, 0), IF(asked, 1 - chance, 1)), IF(asked, place, 2 * height)),
    reached, TAKE(SCAN(1, VSTACK(1, TAKE(order, , -1)), LAMBDA(so_far, passed, so_far * passed)), height),
    IF(output = "rank", IF(asked, place, checked),
    IF(OR(ISERROR(checked)), WF_FIRST_ERROR(checked),
    SUM(TAKE(order, , 1) * reached)))
)
"""
