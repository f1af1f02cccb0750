"""Entries of the volume-tier family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import tiers
from walkaway_xl.core.kinds import MONEY, NUMBER, SHARE
from walkaway_xl.functions import tiers_formulas

PASHTEK = (
    "Pashtek, Salesforce CPQ: range and slab of 10, 20 and 30 % at 30 units, "
    "https://pashtek.com/salesforce-cpq/"
)

UNITS, OFF = [1, 10, 20], [0.1, 0.2, 0.3]
VOLUMES, RATES = [0, 100000, 250000], [0, 0.02, 0.04]

NETSUITE = (
    "Oracle NetSuite, Calculation methods for volume rebates, example 2, item B: 5 % of 100 and 10 % "
    "of 100, https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_25172236752.html"
)

FAMILY = Family(
    "tiers",
    "Volume tiers and rebates",
    "What a schedule of breaks gives at a quantity, and where it invites to buy more.",
    (
        Function(
            tiers.discount_tier,
            gives=SHARE,
            formula=tiers_formulas.DISCOUNT_TIER,
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
            formula=tiers_formulas.DISCOUNT_CLIFF,
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
            formula=tiers_formulas.REBATE_VALUE,
            examples=(
                Example((200, [0, 100, 350], [0.05, 0.1, 0.15], "marginal"), 15, source=NETSUITE),
                Example((300000, VOLUMES, RATES), 12000),
                Example((300000, VOLUMES, RATES, "marginal"), 5000),
                Example((99999, VOLUMES, RATES), 0),
                Example((-1, VOLUMES, RATES), "#NUM!"),
                Example((300000, VOLUMES, [0, 2, 4]), "#NUM!"),
            ),
        ),
    ),
)
