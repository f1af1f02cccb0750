"""Entries of the preparation family."""

from dataclasses import replace

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import preparation
from walkaway_xl.core.kinds import COUNT, SHARE
from walkaway_xl.core.kinds import status as status_of
from walkaway_xl.functions import preparation_formulas

GRADES = (
    "arithmetic only: the weighted mean of 80 and 90 at weights of 20 and 30, "
    "http://www.internetdict.com/answers/how-to-calculate-weighted-averages.html"
)

FAMILY = Family(
    "preparation",
    "Preparation and review",
    "Whether you are ready, which red flags there are, and what to look into first.",
    (
        Function(
            preparation.prep_score,
            gives=replace(SHARE, words=status_of(preparation.PrepStatus).words),
            formula=preparation_formulas.PREP_SCORE,
            examples=(
                Example(([0.8, 0.9], [20, 30]), 0.86, source=GRADES),
                Example((["done", "partial", "open", "n/a"], [3, 2, 2, 1]), 0.57142857142857),
                Example(([True, 0.5, False],), 0.5),
                Example(
                    (["done", "partial", "open", "n/a"], [3, 2, 2, 1], [True, False, False, True], "score"),
                    0.57142857142857,
                ),
                Example((["done", "done", "open"], [5, 4, 1], [True, True, False], "verdict"), "READY"),
                Example((["done", "done", "open"], [5, 4, 1], [True, True, True], "verdict"), "NOT READY"),
                Example((["n/a", "n/a"],), "#N/A"),
                Example((["nearly", "done"],), "#VALUE!"),
                Example(([50, "done"],), "#NUM!"),
                Example((["done", "open"], [1, -1]), "#NUM!"),
                Example((["done", "open"], [0, 0]), "#DIV/0!"),
            ),
        ),
        Function(
            preparation.flag_check,
            gives=status_of(preparation.FlagStatus),
            formula=preparation_formulas.FLAG_CHECK,
            examples=(
                Example(([True, False, True], ["caution", "run", "walk away"]), "WALK AWAY"),
                Example(([False, False], ["caution", "run"]), "CLEAR"),
                Example(([True, True, True], ["walk away", "walk away", "caution"], "status"), "WALK AWAY"),
                Example(([True, True], ["caution", "run"], "code"), 3),
                Example(([True], ["rude"]), "#VALUE!"),
            ),
        ),
        Function(
            preparation.diligence_order,
            gives=COUNT,
            formula=preparation_formulas.DILIGENCE_ORDER,
            examples=(
                Example(([5, 1, 9], [0.1, 0.05, 0.4]), [[3], [1], [2]]),
                Example(([[5], [1], [9]], [[0.1], [0.05], [0.4]], "rank"), [[3], [1], [2]]),
                Example(([5, 1, 9], [0.1, 0.05, 0.4], "cost"), 12.4),
                Example(([5, 1], [0, 0.05]), [[2], [1]]),
                Example(([5, 1], [10, 0.05]), [["#NUM!"], [1]]),
                Example(([-5, 1], [0.1, 0.05]), [["#NUM!"], [1]]),
                Example(([5], [10], "cost"), "#NUM!"),
            ),
        ),
    ),
)
