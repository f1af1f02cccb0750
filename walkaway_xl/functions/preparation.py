"""Entries of the preparation family."""

from walkaway_xl.catalogue import Example, Family, Function, choice, column, count, flag, money, share, single
from walkaway_xl.catalogue import status as status_of
from walkaway_xl.core import preparation

FAMILY = Family(
    "preparation",
    "Preparation and review",
    "Which red flags there are, and what to look into first.",
    (
        Function(
            preparation.flag_check,
            takes=(
                column(flag),
                column(choice("severity", preparation.SEVERITIES)),
                single(choice("output", preparation.FLAG_OUTPUTS)),
            ),
            gives=status_of(preparation.FlagStatus),
            examples=(
                Example(([True, False, True], ["caution", "run", "walk away"]), "WALK AWAY"),
                Example(([False, False], ["caution", "run"]), "CLEAR"),
                Example(([True, True], ["caution", "run"], "code"), 3),
                Example(([True], ["rude"]), "#VALUE!"),
            ),
        ),
        Function(
            preparation.diligence_order,
            takes=(
                column(money),
                column(share),
                single(choice("output", preparation.DILIGENCE_OUTPUTS)),
            ),
            gives=count,
            examples=(
                Example(([5, 1, 9], [0.1, 0.05, 0.4]), [[3], [1], [2]]),
                Example(([5, 1, 9], [0.1, 0.05, 0.4], "cost"), 12.4),
                Example(([5, 1], [0, 0.05]), [[2], [1]]),
                Example(([5, 1], [10, 0.05]), [["#NUM!"], [1]]),
            ),
        ),
    ),
)
