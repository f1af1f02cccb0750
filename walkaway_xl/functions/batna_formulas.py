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
    best, XMATCH(1, ISNUMBER(merit) * (MAX(merit) <= merit + 1E-9 * ABS(merit))),
    name, INDEX(label, best),
    IF(OR(ISERROR(effective)), WF_FIRST_ERROR(effective),
    IF(COUNT(effective) = 0, #N/A,
    IF(output = "price", INDEX(effective, best),
    IF(name = "", "alternative " & best, name))))
)
"""

# A row without a price says why in each of its columns but the label. Whether there are labels is asked of the cells
# (labels_in), since a row with a bad cell has lost its own.
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
