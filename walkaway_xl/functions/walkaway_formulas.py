"""The table functions of the walk-away family as formulas: what stands behind the door of arguments."""

WALKAWAY_ISSUES = """
LET(
    height, MAX(ROWS(values), ROWS(limits), ROWS(directions)),
    value, WX_SPREAD(values, height),
    limit, WX_SPREAD(limits, height),
    sign, WX_SPREAD(directions, height),
    name, WX_NAMED(labels, height, "issue"),
    broken, IF((limit = "") + (value = ""), FALSE, WX_BELOW(sign * value, sign * limit)),
    unknown, (limit <> "") * (value = ""),
    IF(OR((limit <> "") * (sign = "")), #VALUE!,
    IF(OR(ISERROR(name)), #VALUE!,
    IF(OR(broken), "WALK AWAY: " & TEXTJOIN(", ", TRUE, IF(broken, name, "")),
    IF(OR(unknown), "INCOMPLETE: " & TEXTJOIN(", ", TRUE, IF(unknown, name, "")),
    "OK"))))
)
"""
