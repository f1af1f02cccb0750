"""The table functions of the pricing family as formulas: what stands behind the door of arguments."""

DISCOUNT_STACK = """
LET(
    discount, IF(discounts = "", 0, discounts),
    wrong, (discount > 1 + 1E-9) + (1 - surcharges) * (discount < -1E-9) > 0,
    combined, IF(byrow, 1 - BYROW(1 - discount, LAMBDA(kept, PRODUCT(kept))), 1 - PRODUCT(1 - discount)),
    IF(IF(byrow, BYROW(wrong, LAMBDA(line, OR(line))), OR(wrong)), #NUM!, combined)
)
"""

# Levels are the list price less a sum, and not one level less an item, so that they are what the core has.
PRICE_WATERFALL = """
LET(
    on, IF(on_invoice = "", 0, on_invoice),
    off, IF(off_invoice = "", 0, off_invoice),
    items, IF(AND(off_invoice = ""), on, VSTACK(on, off)),
    is_on, SEQUENCE(ROWS(items)) <= ROWS(on),
    kept, SCAN(1, items, LAMBDA(so_far, item, so_far * (1 - item))),
    taken, SWITCH(basis,
        "list", list_price * items,
        "running", list_price * (TAKE(VSTACK(1, kept), ROWS(items)) - kept),
        "invoice", list_price * items * IF(is_on, 1, 1 - SUM(on)),
        items
    ),
    levels, list_price - VSTACK(0, SCAN(0, taken, LAMBDA(so_far, item, so_far + item))),
    invoice, INDEX(levels, ROWS(on) + 1),
    pocket, TAKE(levels, -1),
    largest, MAX(ABS(items)),
    unclear, (basis = "") * (largest > 0) * (largest < 0.01 * list_price),
    shares, (basis = "list") + (basis = "invoice") + (basis = "running") > 0,
    refused, unclear + shares * (MAX(items) > 1 + 1E-9) > 0,
    IF(output = "table",
        IF(refused, #NUM!, 1) * HSTACK(VSTACK(list_price, -taken), levels, levels / list_price),
    IF(refused, #NUM!,
    SWITCH(output,
        "pocket", pocket,
        "invoice", invoice,
        "leakage", IF(ABS(invoice) <= 1E-9 * list_price, #DIV/0!, (invoice - pocket) / invoice),
        "pocket_pct", pocket / list_price
    )))
)
"""

# Without a direction, limits that rise are limits from above, as of discounts.
DEAL_SIGNER = """
LET(
    height, ROWS(limits),
    who, WF_TEXTS(signers, height),
    used, (limits <> "") + (who <> "") > 0,
    bounds, FILTER(limits, used, ""),
    names, FILTER(who, used, ""),
    steps, DROP(bounds, 1) - DROP(bounds, -1),
    level, IF(ROWS(bounds) = 1, TRUE, AND(steps = 0)),
    sign, IF(direction = "", IF(level, #VALUE!, IF(AND(steps >= 0), -1, 1)), direction),
    unruly, IF(ROWS(bounds) = 1, FALSE, OR(sign * steps > 0)),
    most, MAX(ABS(bounds)),
    leeway, 1E-9 * most,
    least, MIN(IF(bounds = 0, "", ABS(bounds))),
    size, ABS(value),
    other_unit, IF(unit <> "", FALSE,
        IF(most <= 1,
            (size > 1) * (size / 100 <= most) * (sign > 0),
            (size > 0) * (size < MIN(1, least)) * (100 * size <= most)
        )
    ),
    place, REDUCE(0, bounds, LAMBDA(below, bound,
        below + IF(sign > 0, value < bound - leeway, bound < value - leeway))),
    nobody, place = ROWS(bounds),
    first, MAP(IF(nobody, 1, place + 1), LAMBDA(tier, INDEX(names, tier))),
    IF(OR(ISERROR(who)), #VALUE!,
    IF(OR((limits = "") <> (who = "")), #VALUE!,
    IF(AND(limits = ""), #VALUE!,
    IF(ISERROR(sign), #VALUE!,
    IF(unruly, #NUM!, IF(other_unit, #NUM!, IF(nobody, #N/A, first)))))))
)
"""

PRICE_GUIDANCE = """
IF(target_p < floor_p - 1E-9, #NUM!,
IF(stretch_p < target_p - 1E-9, #NUM!,
IF(COUNT(history) < 5, #N/A,
LET(
    prices, FILTER(history, history <> ""),
    HSTACK(
        PERCENTILE(prices, MEDIAN(0, floor_p, 1)),
        PERCENTILE(prices, MEDIAN(0, target_p, 1)),
        PERCENTILE(prices, MEDIAN(0, stretch_p, 1))
    )
))))
"""
