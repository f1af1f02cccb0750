"""Entries of the concession family."""

from walkaway_xl.catalogue import Example, Family, Function, count, money, number, share, single, worded
from walkaway_xl.core import concession
from walkaway_xl.core.choices import FIRMNESS

FARATIN = "Faratin, Sierra and Jennings (1998), polynomial tactic, k0 = 0.1, beta = 0.25, at half time"

FAMILY = Family(
    "concession",
    "Concessions",
    "How to move from your opening towards your limit.",
    (
        Function(
            concession.concession_plan,
            takes=(
                single(money),
                single(money),
                single(count),
                single(worded(number, FIRMNESS)),
                single(share),
                single(money),
            ),
            gives=money,
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
        ),
    ),
)
