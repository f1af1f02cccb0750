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

# An amount in the place of a reason gives a limit away.
WALKAWAY_MESSAGE = """
LET(
    who, WF_PHRASE(counterpart),
    found, WF_PHRASE(met),
    missed, WF_PHRASE(unmet),
    fit, WF_PHRASE(better_fit),
    declined, status = -3,
    amounts, WF_IS_AMOUNT(counterpart) + WF_IS_AMOUNT(met) + WF_IS_AMOUNT(unmet) + WF_IS_AMOUNT(better_fit),
    message, IF(declined, "Thank you for your interest", "Thank you for your time")
        & IF(who = "", "", ", " & who) & "."
        & IF(found = "", "", " We value what we found together: " & found & ".")
        & IF(missed = "", "", " We did not reach " & missed & ", and that is essential for us.")
        & IF(fit = "", "", " Your interests may be better served by " & fit & ".")
        & IF(declined, " We are not able to work with you on this.", " We are stopping here.")
        & IF(door_open * (status <> -2),
            " If anything changes about " & IF(missed = "", "this", missed) & ", please contact us.", ""),
    IF(amounts, #VALUE!, message)
)
"""
