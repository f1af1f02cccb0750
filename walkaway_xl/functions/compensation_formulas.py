"""The functions of total compensation as formulas: what stands behind the door of arguments."""

# What a package brings a year beside the base: with vesting the shares that fall into the years, each worth
# what it is when it comes, spread evenly over them.
_BESIDES = """
    payment, IF(ABS(rate) < 1E-12, 1 / years, rate / -WF_EXPM1(-years * WF_LOG1P(rate))),
    kept, equity * (1 - haircut),
    scheduled, COUNT(vesting) > 0,
    shares, IF(vesting = "", 0, vesting),
    last, MAX(IF(vesting = "", 0, SEQUENCE(ROWS(vesting)))),
    in_time, REDUCE(0 * years, SEQUENCE(ROWS(vesting)), LAMBDA(so_far, year,
        so_far + IF(years >= year, INDEX(shares, year) / (1 + rate) ^ year, 0))),
    vested, IF(scheduled, payment * kept * in_time, kept / years),
    besides, benefits + vested + payment * signing / (1 + rate),
    too_short, IF(scheduled, years > last, FALSE),
    not_whole, IF(scheduled, ABS(SUM(shares) - 1) > 0.000001, FALSE),
"""

COMP_TOTAL = f"""
LET({_BESIDES}
    IF(too_short + 0 * base, #VALUE!, IF(not_whole, #NUM!, base * (1 + bonus) + besides))
)
"""

COMP_MATCH = f"""
LET({_BESIDES}
    IF(too_short + 0 * target_total, #VALUE!, IF(not_whole, #NUM!, (target_total - besides) / (1 + bonus)))
)
"""
