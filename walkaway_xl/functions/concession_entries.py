"""Entries of the concession family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import concession
from walkaway_xl.core.kinds import MONEY, status
from walkaway_xl.functions import concession_formulas

FARATIN = (
    "Faratin, Sierra and Jennings (1998), Negotiation decision functions for autonomous agents, polynomial "
    "tactic, k0 = 0.1, beta = 0.25, at half time, https://doi.org/10.1016/S0921-8890(98)00029-3"
)
VOSS = (
    "Voss, Never Split the Difference, chapter 9: 65, 85, 95 and 100 % of the target, "
    "https://jvieker.com/ackerman-bargaining"
)
HALVES = (
    "arithmetic only: the geometric series 1/2 + 1/4 + 1/8 + … comes to 1; Aitken's method is exact for it"
)

FAMILY = Family(
    "concession",
    "Concessions",
    "How to move from your opening towards your limit, and how they move towards theirs.",
    (
        Function(
            concession.concession_plan,
            gives=MONEY,
            formula=concession_formulas.CONCESSION_PLAN,
            examples=(
                Example((120, 100, 6, 4), [[120], [119.968], [119.488], [117.408], [111.808], [100]]),
                Example((120, 100, 6), [[120], [116], [112], [108], [104], [100]]),
                Example(
                    (120, 100, 6, "conceder"),
                    [
                        [120],
                        [106.62519390047],
                        [104.09458542466],
                        [102.39776526413],
                        [101.08516781994],
                        [100],
                    ],
                ),
                Example((82, 100, 3, "boulware"), [[82], [83.125], [100]], source=FARATIN),
                Example((120, 100, 3, 1, 0.1), [[120], [111], [102]]),
                Example((120, 100, 4, 1, 0, 5), [[120], [115], [110], [100]]),
                Example((120, 100, 0), "#NUM!"),
            ),
            native="{start}+({limit}+{reserve}*({start}-{limit})-{start})"
            "*(({number}-1)/MAX(1,{offers}-1))^{firmness}",
        ),
        Function(
            concession.concession_status,
            gives=status(concession.ConcessionStatus),
            formula=concession_formulas.CONCESSION_STATUS,
            examples=(
                Example(([120, 116, 113, 111], [90, 95, 95.1, 95.2]), "STALLED"),
                Example(([120, 116, 113], [90]), "SELF-BID"),
                Example(([120, 116], [90]), "WAIT"),
                Example(([120, 110], [90, 110]), "AGREED"),
                Example(([120, 116], [90, 95]), "MOVING"),
                Example(([120],), "WAIT"),
                Example((None, [90]), "MOVING"),
                Example(([120, 116], [90], None, None, "code"), 0),
                Example(([120, 116, 113, 111], [90, 95, 95.1, 95.2], 0.02, 2, "status", "seller"), "STALLED"),
                Example(([120, 116], [90], -0.01), "#NUM!"),
                Example(([120, 116], [90, 95], 1), "#NUM!"),
                Example(([120, 116], [90, 90], None, 2), "MOVING"),
                Example(([100], [120], None, None, None, "seller"), "AGREED"),
            ),
        ),
        Function(
            concession.concession_limit,
            gives=MONEY,
            formula=concession_formulas.CONCESSION_LIMIT,
            examples=(
                Example(([0.5, 0.75, 0.875],), 1, source=HALVES),
                Example(([100, 90, 85, 82.5],), 80),
                Example(([100, 92, 86, 81.5],), "#N/A"),
                Example(([100, 95, 90],), "#N/A"),
                Example(([100, 90],), "#N/A"),
            ),
        ),
        Function(
            concession.concession_ackerman,
            gives=MONEY,
            examples=(
                Example((20000, "buyer"), [[13000], [17000], [19000], [20000]], source=VOSS),
                Example((100, "seller"), [[135], [115], [105], [100]]),
                Example((0, "buyer"), "#NUM!"),
            ),
            formula="target*(100+side*{35;15;5;0})/100",
        ),
    ),
)
