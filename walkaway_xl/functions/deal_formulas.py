"""The table function of the deal family as a formula: what stands behind the door of arguments."""

# Amounts are taken as parts of the largest, so that no product of them is beyond all numbers.
DEAL_BLEND = """
LET(
    height, MAX(ROWS(list_prices), ROWS(quantities), ROWS(discounts)),
    price, WF_SPREAD(list_prices, height),
    quantity, WF_SPREAD(quantities, height),
    discount, WF_SPREAD(discounts, height),
    filled, (price <> "") + (quantity <> "") + (discount <> ""),
    value, WF_SCALED(price) * WF_SCALED(quantity),
    IF(OR((filled > 0) * (filled < 3)), #VALUE!,
    IF(SUM(filled) = 0, #N/A,
    IF(SUM(value) = 0, #DIV/0!,
    SUM(value * IF(discount = "", 0, discount)) / SUM(value))))
)
"""
