"""Entries of the zone family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import zone
from walkaway_xl.core.kinds import MONEY, SHARE

NEW_MBA = "New MBA, Bazerman and Moore, Judgment in Managerial Decision Making"
MITTWEIDA = "Split 1 of the pie with disagreement points 0.4 and 0, Hochschule Mittweida"
RUBINSTEIN = (
    "Rubinstein (1982), Perfect Equilibrium in a Bargaining Model: equal patience d gives the first "
    "1/(1 + d), https://doi.org/10.2307/1912531"
)
HAMILTON = "Hamilton real estate case, Malhotra and Bazerman, Negotiation Genius"
NORMAL_TABLE = "arithmetic only: table of the normal distribution, two standard deviations, 0.97725"
SYMMETRY = (
    "Kalai and Smorodinsky (1975), Other Solutions to Nash's Bargaining Problem, symmetry: two alike split "
    "the dollar in halves, https://doi.org/10.2307/1914280"
)

FAMILY = Family(
    "zone",
    "Zone of agreement and settlement",
    "Whether a deal exists that is better than no deal for both sides, and how a price divides it.",
    (
        Function(
            zone.zopa,
            gives=MONEY,
            examples=(
                Example((93000, 97000), 4000, source=NEW_MBA),
                Example((93000, 97000, "width"), 4000),
                Example((93000, 97000, "mid"), 95000),
                Example((93000, 97000, "all"), [[93000, 97000, 4000, 95000]]),
                Example((97000, 93000), -4000),
                Example((97000, 93000, "exists"), False),
                Example((97000, 93000, "low"), "#N/A"),
                Example((100, 100, "exists"), True),
                Example((1e-09, 5e-10, "exists"), False),
            ),
        ),
        Function(
            zone.zopa_share,
            gives=SHARE,
            examples=(
                Example((46, 38, 48, "seller"), 0.8, source=HAMILTON),
                Example((46, 38, 46, "seller"), 1, source=HAMILTON),
                Example((96000, 93000, 97000, "candidate"), 0.75),
                Example((96000, 93000, 97000, "buyer"), 0.25),
                Example((95000, 97000, 93000, "seller"), "#N/A"),
                Example((100, 100, 100, "seller"), "#DIV/0!"),
            ),
        ),
        Function(
            zone.split_midpoint,
            gives=MONEY,
            examples=(
                Example((100000, 90000), 95000, source=NEW_MBA),
                Example((140000, 90000, 93000, 97000), 97000),
                Example((140000, 90000, 97000, 93000), "#N/A"),
            ),
        ),
        Function(
            zone.split_nash,
            gives=MONEY,
            examples=(
                Example((0.4, 1), 0.7, source=MITTWEIDA),
                Example((38, 48, 0.7), 45),
                Example((38, 48), 43),
                Example((38, 48, 70), "#NUM!"),
                Example((38, 48, -0.1), "#NUM!"),
                Example((48, 38), "#N/A"),
            ),
        ),
        Function(
            zone.split_rubinstein,
            gives=MONEY,
            examples=(
                Example((0, 1, 0.9, 0.9), 0.52631578947368, source=RUBINSTEIN),
                Example((93000, 97000, 0.95, 0.9), 95758.620689655),
                Example((93000, 97000, 0.95, 0.9, "buyer"), 95620.689655172),
                Example((93000, 97000, 1, 1), "#NUM!"),
                Example((97000, 93000, 0.95, 0.9), "#N/A"),
            ),
        ),
        Function(
            zone.split_ks,
            gives=MONEY,
            examples=(
                Example((0, 1), 0.5, source=SYMMETRY),
                Example((100, 200, 160, 100), 137.5),
                Example((100, 200), 150),
                Example((100, 200, 90), "#NUM!"),
                Example((100, 200, None, 210), "#NUM!"),
                Example((100, 200, 120, 180), "#N/A"),
                Example((200, 100), "#N/A"),
            ),
        ),
        Function(
            zone.zopa_prob,
            gives=SHARE,
            examples=(
                Example(
                    (93000, "candidate", 97000, 2000, None, "normal"), 0.97724986805182, source=NORMAL_TABLE
                ),
                Example((145, "seller", 100, 200), 0.55),
                Example((133.333333333333, "seller", 100, 140, 200, "triangular"), 0.72222222222222),
                Example((93000, "candidate", 97000, 0, None, "normal"), "#NUM!"),
                Example((93000, "candidate", 97000, 93000), "#NUM!"),
            ),
        ),
    ),
)
