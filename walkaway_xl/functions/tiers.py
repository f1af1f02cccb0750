"""Entries of the volume-tier family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import tiers
from walkaway_xl.core.kinds import MONEY, NUMBER, SHARE

PASHTEK = "Pashtek on Salesforce discount schedules: range 2,100 and slab 2,380 of a list value of 3,000"

UNITS, OFF = [1, 10, 20], [0.1, 0.2, 0.3]
VOLUMES, RATES = [0, 100000, 250000], [0, 0.02, 0.04]

IRS = "by analogy: IRS, tax rate schedule X of 2024: 5,426 and 22 % of what exceeds 47,150"

FAMILY = Family(
    "tiers",
    "Volume tiers and rebates",
    "What a schedule of breaks gives at a quantity, and where it invites to buy more.",
    (
        Function(
            tiers.discount_tier,
            gives=SHARE,
            examples=(
                Example((30, UNITS, OFF), 0.3, source=PASHTEK),
                Example((30, UNITS, OFF, "slab"), 0.20666666666667, source=PASHTEK),
                Example((300000, VOLUMES, RATES, "marginal"), 0.016666666666667),
                Example((9.999, UNITS, OFF), 0.1),
                Example((10, UNITS, OFF), 0.2),
                Example(([[0.5], [1], [19]], UNITS, OFF), [[0], [0.1], [0.2]]),
                Example((30, [1, 20, 10], OFF), "#NUM!"),
                Example((9.5, UNITS, OFF, "slab"), "#NUM!"),
                Example((9.5, UNITS, OFF, "marginal"), 0.089473684210526),
                Example((30, UNITS, [-0.1, 0.2, 0.3]), "#NUM!"),
            ),
        ),
        Function(
            tiers.discount_cliff,
            gives=NUMBER,
            examples=(
                Example((UNITS, OFF, 100), [[9, 9, 10, 10], [18, 19, 20, 120]], source=PASHTEK),
                Example(([1, 20], [0.1, 0.3], 100), [[16, 19, 20, 310]]),
                Example(([1, 10], [0.1, 0.1], 100), "#N/A"),
                Example((UNITS, OFF, 0), "#NUM!"),
                Example(([1, 9.5], [0.1, 0.2], 100), "#NUM!"),
                Example(([10, 5], [0.1, 0.2], 100), "#NUM!"),
            ),
        ),
        Function(
            tiers.rebate_value,
            gives=MONEY,
            examples=(
                Example((50000, [0, 11600, 47150], [0.1, 0.12, 0.22], "marginal"), 6053, source=IRS),
                Example((300000, VOLUMES, RATES), 12000),
                Example((300000, VOLUMES, RATES, "marginal"), 5000),
                Example((99999, VOLUMES, RATES), 0),
                Example((-1, VOLUMES, RATES), "#NUM!"),
                Example((300000, VOLUMES, [0, 2, 4]), "#NUM!"),
            ),
        ),
    ),
)
