"""The table functions of the walk-away family as formulas: what stands behind the door of arguments."""

WALKAWAY_ISSUES = """
LET(
    height, MAX(ROWS(values), ROWS(limits), ROWS(directions)),
    value, WF_SPREAD(values, height),
    limit, WF_SPREAD(limits, height),
    sign, WF_SPREAD(directions, height),
    name, WF_NAMED(labels, height, "issue"),
    broken, IF((limit = "") + (value = ""), FALSE, WF_BELOW(sign * value, sign * limit)),
    unknown, (limit <> "") * (value = ""),
    IF(OR((limit <> "") * (sign = "")), #VALUE!,
    IF(OR(ISERROR(name)), #VALUE!,
    IF(OR(broken), "WALK AWAY: " & TEXTJOIN(", ", TRUE, IF(broken, name, "")),
    IF(OR(unknown), "INCOMPLETE: " & TEXTJOIN(", ", TRUE, IF(unknown, name, "")),
    "OK"))))
)
"""
