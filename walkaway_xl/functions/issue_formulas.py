"""The functions of the issue family as formulas: what stands behind the door of arguments."""

# The centroid of a rank is the mean of 1/n, 1/(n−1) … down to its place; equal ranks share the mean of all.
ISSUE_WEIGHTS = """
LET(
    asked, points <> "",
    issue_count, SUM(1 * asked),
    rank, IF(asked, points, 0),
    place, SEQUENCE(MAX(1, issue_count)),
    by_place, MMULT(1 * (TOROW(place) >= place), 1 / place) / MAX(1, issue_count),
    centroid, MAP(rank, LAMBDA(own, LET(
        ahead, SUM(asked * (rank < own)),
        tied, MAX(1, SUM(asked * (rank = own))),
        SUM(by_place * (place > ahead) * (place <= ahead + tied)) / tied
    ))),
    weight, SWITCH(method,
        "points", WF_SCALED(points) / SUM(WF_SCALED(points)),
        "equal", 1 / MAX(1, issue_count) + 0 * rank,
        "roc", centroid
    ),
    refused, SWITCH(method,
        "points", MAX(rank) <= 0,
        "equal", FALSE,
        "roc", OR(asked * ((rank < 1) + (rank > issue_count)))
    ),
    IF(asked, IF(refused, #NUM!, weight), "")
)
"""

# What the scored issues share: from worst to best, their weights, and what is wrong with them.
_SCALE = """
    height, MAX(ROWS(worst), ROWS(best), ROWS(weights)),
    low, WF_SPREAD(worst, height),
    high, WF_SPREAD(best, height),
    weight, WF_SPREAD(weights, height),
    filled, (low <> "") + (high <> "") + (weight <> ""),
    used, filled = 3,
    from, IF(used, low, 0),
    to, IF(used, high, 1),
    share, WF_SCALED(IF(used, weight, 0)) / SUM(WF_SCALED(IF(used, weight, 0))),
    unfit, OR(used * (ABS(to - from) <= 1E-9 * ABS(from))) + (MAX(weight) <= 0),
"""

# A package is a row; the issues lie across. A single package may stand upright.
ISSUE_SCORE = f"""
LET({_SCALE}
    single, (MIN(ROWS(values), COLUMNS(values)) = 1) * (ROWS(values) * COLUMNS(values) = height),
    packages, IF(single, TOROW(values), values),
    across, TOROW(used),
    worst_of, TOROW(from),
    way, TOROW(to - from),
    missing, (packages = "") + NOT(across) > 0,
    value, IF(missing, worst_of, packages),
    part, (value - worst_of) / way,
    score, 100 * BYROW(IF(missing, 0, IF(part < 0, 0, IF(part > 1, 1, part))) * TOROW(share),
        LAMBDA(package, SUM(package))),
    limited, WF_SPREAD(limits, height),
    limit, TOROW(limited),
    line, IF(limit = "", 0, limit),
    broken, NOT(missing) * (limit <> "") * WF_BELOW(SIGN(way) * value, SIGN(way) * line)
        * (SIGN(way) * (value - line) / ABS(way) < -1E-9),
    IF(OR((filled > 0) * (filled < 3)), #VALUE!,
    IF(COLUMNS(packages) <> height, #VALUE!,
    IF(OR(ISERROR(limited)), #VALUE!,
    IF(unfit + 0 * SEQUENCE(ROWS(packages)), #NUM!,
    IF(BYROW(missing, LAMBDA(package, AND(package))), "",
    IF(BYROW(broken, LAMBDA(package, SUM(package))), #N/A,
    IF(BYROW(missing * across, LAMBDA(package, SUM(package))), #VALUE!,
    score)))))))
)
"""

ISSUE_PRICE = f"""
LET({_SCALE}
    held, values,
    is_issue, IF(price_issue > height, FALSE, INDEX(used, MIN(price_issue, height))),
    place, IF(is_issue, price_issue, 1),
    others, used * (SEQUENCE(height) <> place),
    part, IF(others, IF(held = "", 0, held - from) / (to - from), 0),
    rest, SUM(others * IF(part < 0, 0, IF(part > 1, 1, part)) * share),
    way, (target_score / 100 - rest) / INDEX(share, place),
    IF(OR((filled > 0) * (filled < 3)), #VALUE!,
    IF(ROWS(held) <> height, #VALUE!,
    IF(is_issue * OR(others * (held = "")), #VALUE!,
    IF(unfit, #NUM!,
    IF(NOT(is_issue), #NUM!,
    IF(INDEX(share, place) = 0, #DIV/0!,
    IF((way < -1E-9) + (way > 1 + 1E-9), #NUM!,
    INDEX(from, place) + MEDIAN(0, way, 1) * (INDEX(to, place) - INDEX(from, place)))))))))
)
"""

# A package is dominated by one that is as good for one side and better for the other, within the tolerance.
ISSUE_PARETO = """
LET(
    height, MAX(ROWS(our_scores), ROWS(their_scores)),
    our_score, WF_SPREAD(our_scores, height),
    their_score, WF_SPREAD(their_scores, height),
    scored, (our_score <> "") * (their_score <> "") > 0,
    ours, IF(our_score = "", 0, our_score),
    theirs, IF(their_score = "", 0, their_score),
    our_leeway, 1E-9 * MAX(ABS(ours)),
    their_leeway, 1E-9 * MAX(ABS(theirs)),
    efficient, IF(scored, MAP(ours, theirs, LAMBDA(own, other, NOT(OR(scored * (
        (ours >= own - our_leeway) * (theirs > other + their_leeway)
        + (ours > own + our_leeway) * (theirs >= other - their_leeway)
    ))))), FALSE),
    our_gain, IF(ABS(ours - our_walk) <= MAX(our_leeway, 1E-9 * ABS(our_walk)), 0, ours - our_walk),
    their_gain,
        IF(ABS(theirs - their_walk) <= MAX(their_leeway, 1E-9 * ABS(their_walk)), 0, theirs - their_walk),
    open, efficient * (our_gain >= 0) * (their_gain >= 0),
    our_ideal, MAX(open * our_gain),
    their_ideal, MAX(open * their_gain),
    merit, SWITCH(output,
        "nash", our_gain * their_gain,
        "ks",
        -ABS(IF(our_ideal > 0, our_gain / our_ideal, 1) - IF(their_ideal > 0, their_gain / their_ideal, 1)),
        our_gain + their_gain
    ),
    of_open, IF(open, merit, ""),
    leeway, 1E-9 * IF(output = "ks", 1, MAX(IF(open, ABS(merit), 0))),
    IF(OR(ISERROR(our_score), ISERROR(their_score)), #VALUE!,
    IF(output = "efficient", efficient,
    IF(SUM(open) = 0, #N/A,
    XMATCH(1, open * (MAX(of_open) <= merit + leeway)))))
)
"""

# An issue worth nothing to us has no ratio, and is given away first, unless it is worth nothing to them too.
ISSUE_TRADES = """
LET(
    height, MAX(ROWS(our_weights), ROWS(their_weights)),
    ours, WF_SPREAD(our_weights, height),
    theirs, WF_SPREAD(their_weights, height),
    name, WF_NAMED(labels, height, "issue"),
    used, (ours <> "") + (theirs <> "") > 0,
    mine, IF(ours = "", 0, WF_SCALED(ours)) / SUM(WF_SCALED(ours)),
    yours, IF(theirs = "", 0, WF_SCALED(theirs)) / SUM(WF_SCALED(theirs)),
    ratio, IF(mine = 0, IF(yours = 0, 1, 1E+300), yours / mine),
    ratio_rank, MAP(ratio, LAMBDA(own, SUM(used * (ratio > own + 1E-9 * own)))),
    position, IF(used, ratio_rank, height),
    trade, IF(WF_BELOW(1.1, ratio), "GIVE", IF(WF_BELOW(ratio, 0.9), "GET", "SPLIT")),
    listed, HSTACK(name, IF(mine = 0, #DIV/0!, ratio), trade),
    IF(OR(ISERROR(name)), #VALUE!,
    IF(OR(used * (ours = "")), #VALUE!,
    IF(MAX(ours) <= 0, #NUM!,
    IF(OR(used * (theirs = "")), #VALUE!,
    IF(MAX(theirs) <= 0, #NUM!,
    TAKE(SORTBY(listed, position), SUM(1 * used)))))))
)
"""
