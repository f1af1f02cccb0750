"""The functions of volume tiers as formulas: what stands behind the door of arguments."""

# The share at a quantity: a slab's units are counted one by one, marginal tiers divide any quantity. Earned
# is what each step of the shares brings on the units beyond its break.
_EFFECTIVE = """
    height, MAX(ROWS(breaks), ROWS({shares})),
    bound, WF_SPREAD(breaks, height),
    given, WF_SPREAD({shares}, height),
    half, OR((bound = "") <> (given = "")),
    tiers, FILTER(HSTACK(bound, given), (bound <> "") + (given <> ""), ""),
    bounds, TAKE(tiers, , 1),
    shares, TAKE(tiers, , -1),
    tier_count, ROWS(tiers),
    falling, IF(tier_count = 1, FALSE, OR(WF_AT_LEAST(DROP(bounds, -1), DROP(bounds, 1)))),
    tier, SEQUENCE(tier_count),
    reached, REDUCE(0 * {quantity}, tier, LAMBDA(so_far, number,
        IF(WF_AT_LEAST({quantity}, INDEX(bounds, number)), INDEX(shares, number), so_far))),
    before, IF(mode = "slab", IF(bounds > 1, bounds - 1, 0), bounds),
    steps, shares - TAKE(VSTACK(0, shares), tier_count),
    earned, REDUCE(0 * {quantity}, tier, LAMBDA(so_far, number,
        so_far + INDEX(steps, number) * WF_MAX({quantity} - INDEX(before, number), 0))),
    broken, (mode = "slab")
        * ((ABS({quantity} - ROUND({quantity}, 0)) > 1E-9) + OR(ABS(bounds - ROUND(bounds, 0)) > 1E-9)),
    share, IF(mode = "all", reached, IF({quantity} = 0, reached, earned / {quantity})),
"""

DISCOUNT_TIER = f"""
LET({_EFFECTIVE.format(quantity="quantity", shares="discounts")}
    IF(half + AND(bound = ""), #VALUE!, IF(falling + broken, #NUM!, share))
)
"""

REBATE_VALUE = f"""
LET({_EFFECTIVE.format(quantity="volume", shares="rates")}
    IF(half + AND(bound = ""), #VALUE!, IF(falling + broken, #NUM!, volume * share))
)
"""

# From a break down to the first quantity that costs more than the break itself, tier by tier; where the way
# ends, the quantity is remembered with a minus.
DISCOUNT_CLIFF = """
LET(
    height, MAX(ROWS(breaks), ROWS(discounts)),
    bound, WF_SPREAD(breaks, height),
    given, WF_SPREAD(discounts, height),
    half, OR((bound = "") <> (given = "")),
    tiers, FILTER(HSTACK(bound, given), (bound <> "") + (given <> ""), ""),
    bounds, TAKE(tiers, , 1),
    kept, 1 - VSTACK(0, TAKE(tiers, , -1)),
    starts, VSTACK(MIN(1, INDEX(bounds, 1)), bounds),
    tier_count, ROWS(tiers),
    falling, IF(tier_count = 1, FALSE, OR(WF_AT_LEAST(DROP(bounds, -1), DROP(bounds, 1)))),
    broken, OR(ABS(bounds - ROUND(bounds, 0)) > 1E-9),
    cost, bounds * DROP(kept, 1),
    first, MAP(SEQUENCE(tier_count), LAMBDA(place,
        ABS(REDUCE(INDEX(bounds, place), SEQUENCE(place, 1, place, -1), LAMBDA(quantity, tier,
            LET(
                part, INDEX(kept, tier),
                start, INDEX(starts, tier),
                dearer, WF_BELOW(INDEX(cost, place), (quantity - 1) * part),
                next, MAX(start, INT(INDEX(cost, place) / part * (1 + 1E-9)) + 1),
                IF(quantity < 0, quantity, IF(NOT(dearer), -quantity, IF(next > start, -next, next)))
            )
        )))
    )),
    overpaid, unit_price * ((bounds - 1) * DROP(kept, -1) - cost),
    IF(half + AND(bound = ""), #VALUE!,
    IF(falling + broken, #NUM!,
    FILTER(HSTACK(first, bounds - 1, bounds, overpaid), first < bounds, #N/A)))
)
"""
