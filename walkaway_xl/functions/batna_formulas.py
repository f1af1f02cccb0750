"""The table functions of the BATNA family as formulas: what stands behind the door of arguments."""

# The row of the first best price is looked for by the tolerance of each price, as ranks are.
BATNA_BEST = """
LET(
    height, MAX(ROWS(prices), ROWS(alternatives_better_by), ROWS(probabilities), ROWS(fallbacks)),
    label, WF_TEXTS(labels, height),
    effective, WF_EFFECTIVE_PRICES(
        WF_SPREAD(prices, height), side, label, WF_SPREAD(alternatives_better_by, height),
        WF_SPREAD(probabilities, height), WF_SPREAD(fallbacks, height), signed_prices
    ),
    merit, IF(effective = "", "", side * effective),
    best, XMATCH(TRUE, IF(merit = "", FALSE, MAX(merit) <= merit + 1E-9 * ABS(merit))),
    name, INDEX(label, best),
    IF(OR(ISERROR(effective)), WF_FIRST_ERROR(effective),
    IF(COUNT(effective) = 0, #N/A,
    IF(output = "price", INDEX(effective, best),
    IF(name = "", "alternative " & best, name))))
)
"""

# A row without a price says why in each of its columns but the label. Whether there are labels is asked of
# the cells (labels_in), since a row with a bad cell has lost its own.
BATNA_COMPARE = """
LET(
    height, MAX(ROWS(prices), ROWS(alternatives_better_by), ROWS(probabilities), ROWS(fallbacks)),
    label, WF_TEXTS(labels, height),
    effective, WF_EFFECTIVE_PRICES(
        WF_SPREAD(prices, height), side, label, WF_SPREAD(alternatives_better_by, height),
        WF_SPREAD(probabilities, height), WF_SPREAD(fallbacks, height), signed_prices
    ),
    merit, IF(ISNUMBER(effective), side * effective, ""),
    better, MAP(merit, LAMBDA(own, IF(own = "", 0, SUM(ISNUMBER(merit) * (merit > own + 1E-9 * ABS(own)))))),
    best, XMATCH(1, ISNUMBER(merit) * (better = 0)),
    figures, HSTACK(
        effective,
        better + 1,
        side * (offer - IF(ISNUMBER(effective), effective, 0)),
        IF(IFERROR(SEQUENCE(height) = best, FALSE), "BATNA", "")
    ),
    table, IF(ISNUMBER(effective) * {1, 1, 1, 1}, figures, effective),
    IF(IFERROR(AND(labels_in = ""), FALSE), table, HSTACK(label, table))
)
"""

# Worked out from the worst outcome on, so that nothing overflows; so far below it that EXP is 0, 700 will do.
BATNA_CE = """
LET(
    height, MAX(ROWS(outcomes), ROWS(probabilities)),
    outcome, WF_SPREAD(outcomes, height),
    chance, WF_SPREAD(probabilities, height),
    total, SUM(chance),
    weight, IF(chance = "", 0, chance) / total,
    value, IF(outcome = "", 0, outcome) * IF(side = -1, -1, 1),
    worst, MIN(IF(weight > 0, value, "")),
    above, IF(weight > 0, value - worst, 0),
    fading, IF(risk_tolerance = "", 0, IF(above > 700 * risk_tolerance, 700, above / risk_tolerance)),
    shrunk, SUM(weight * WF_EXPM1(-fading)),
    certain, IF(risk_tolerance = "",
        worst + SUM(weight * above),
        worst - risk_tolerance * IF(shrunk > -0.5, WF_LOG1P(shrunk), LN(SUM(weight * EXP(-fading))))
    ),
    price, IF(side = -1, -1, 1) * certain,
    size, SUM(weight * ABS(value)),
    IF(AND(outcome & chance = ""), "",
    IF(OR((outcome = "") <> (chance = "")), #VALUE!,
    IF(ABS(total - 1) > 0.000001, #NUM!,
    IF(side = -1, IF(price < -1E-9 * size, #NUM!, MAX(0, price)), price))))
)
"""

# Rolled back from the ends: as many times as there are rows, which is deeper than any tree of them. A text
# and a number are never the same id.
BATNA_TREE = """
LET(
    height, MAX(ROWS(types), ROWS(values), ROWS(probabilities)),
    kind, WF_SPREAD(types, height),
    own, WF_SPREAD(values, height),
    given, WF_SPREAD(probabilities, height),
    chance, IF(given = "", 0, given),
    used, ids & parents & kind & own <> "",
    key, IF(ISTEXT(ids), IF(ids = "", "", "text " & LOWER(TRIM(ids))), "number " & ids),
    parent_key, IF(ISTEXT(parents), "text " & LOWER(TRIM(parents)), "number " & parents),
    place, SEQUENCE(height),
    follows, IF(parents = "", 0, XMATCH(parent_key, IF(used, key, ""))),
    branch_count, MAP(place, LAMBDA(node, SUM(1 * (follows = node)))),
    after_chance, MAP(follows, LAMBDA(node, IF(node = 0, FALSE, INDEX(kind, node) = 1))),
    begins, REDUCE(follows, place,
        LAMBDA(nodes, step, MAP(nodes, LAMBDA(node, IF(node = 0, 0, INDEX(follows, node)))))),
    sums, MAP(place, kind, LAMBDA(node, type, IF(type = 1, SUM((follows = node) * chance), 1))),
    sign, IF(side = -1, -1, 1),
    amount, IF(own = "", 0, sign * own),
    worth, REDUCE(amount, place, LAMBDA(so_far, step, amount + MAP(place, kind, LAMBDA(node, type,
        IF(type = 0, MAX(IF(follows = node, so_far, "")),
        IF(type = 1, SUM((follows = node) * chance * so_far) / INDEX(sums, node), 0)))))),
    best, MAP(place, kind, LAMBDA(node, type, IF(type = 0,
        XMATCH(1, (follows = node) * WF_AT_LEAST(worth, MAX(IF(follows = node, worth, "")))), 0))),
    size, REDUCE(ABS(amount), place, LAMBDA(so_far, step, ABS(amount) + MAP(place, kind, LAMBDA(node, type,
        IF(type = 0, INDEX(so_far, INDEX(best, node)),
        IF(type = 1, SUM((follows = node) * chance * so_far) / INDEX(sums, node), 0)))))),
    root, XMATCH(1, used * (parents = "")),
    price, sign * INDEX(worth, root),
    asked, IF((side = -1) * (place = root) * (price < 0), 0, sign * worth),
    IF(OR(ROWS(ids) <> height, ROWS(parents) <> height), #VALUE!,
    IF(OR(ISLOGICAL(ids), ISLOGICAL(parents)), #VALUE!,
    IF(NOT(OR(used)), "",
    IF(OR(used * ((ids = "") + (kind = "") + (own = ""))), #VALUE!,
    IF(OR(used * (XMATCH(key, key) <> place)), #VALUE!,
    IF(OR(ISERROR(follows)), #VALUE!,
    IF(SUM(used * (parents = "")) <> 1, #VALUE!,
    IF(OR(used * ((kind = 2) <> (branch_count = 0))), #VALUE!,
    IF(OR(after_chance * (given = "")), #VALUE!,
    IF(OR(begins > 0), #VALUE!,
    IF(OR(ABS(sums - 1) > 0.000001), #NUM!,
    IF((side = -1) * (price < -1E-9 * INDEX(size, root)), #NUM!,
    SWITCH(output,
        "value", INDEX(asked, root),
        "table", IF(used, asked, ""),
        "choice", IF(INDEX(kind, root) = 0, INDEX(ids, INDEX(best, root)), #N/A)
    )))))))))))))
)
"""
