"""Entries of the multi-issue family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import issue
from walkaway_xl.core.kinds import NUMBER, SHARE
from walkaway_xl.functions import issue_formulas

EDWARDS = (
    "Edwards and Barron (1994), SMARTS and SMARTER: rank-order centroid weights of three attributes, "
    "https://doi.org/10.1006/obhd.1994.1087"
)
LOGICAL = "Logical Decisions: rank-order centroid weights of two measures"
NEGMAS = (
    "NegMAS: Kalai-Smorodinsky points are taken from the frontier alone, "
    "https://github.com/yasserfarouk/negmas"
)

WORST, BEST, WEIGHTS = [100, 90, 1], [130, 30, 3], [0.5, 0.3, 0.2]
OURS, THEIRS = [[90], [70], [60], [50], [20]], [[20], [60], [55], [80], [95]]

GRADES = (
    "arithmetic only: the weighted mean of 80 and 90 at weights of 20 and 30, "
    "http://www.internetdict.com/answers/how-to-calculate-weighted-averages.html"
)

FAMILY = Family(
    "issue",
    "Several issues at once",
    "What a whole package is worth, which packages waste nothing, and what to trade for what.",
    (
        Function(
            issue.issue_weights,
            gives=SHARE,
            formula=issue_formulas.ISSUE_WEIGHTS,
            examples=(
                Example(([100, 60, 40],), [[0.5], [0.3], [0.2]]),
                Example(
                    ([1, 2, 3], "roc"),
                    [[0.61111111111111], [0.27777777777778], [0.11111111111111]],
                    source=EDWARDS,
                ),
                Example(([1, 2], "roc"), [[0.75], [0.25]], source=LOGICAL),
                Example(([1, 1, 3], "roc"), [[0.44444444444444], [0.44444444444444], [0.11111111111111]]),
                Example(([7, 5], "equal"), [[0.5], [0.5]]),
                Example(([0, 0],), [["#NUM!"], ["#NUM!"]]),
                Example(([-1, 2],), "#NUM!"),
                Example(([1, 4], "roc"), [["#NUM!"], ["#NUM!"]]),
            ),
        ),
        Function(
            issue.issue_score,
            gives=NUMBER,
            formula=issue_formulas.ISSUE_SCORE,
            examples=(
                Example(([80, 90], [0, 0], [100, 100], [20, 30]), 86, source=GRADES),
                Example(([110, 45, 2], WORST, BEST, WEIGHTS), 49.166666666667),
                Example(
                    ([110, 45, 2], [100, 90, 1], [130, 30, 3], [0.5, 0.3, 0.2], [100, 60, 1]), 49.166666666667
                ),
                Example(([110, 45, 2], WORST, BEST, WEIGHTS, [100, 40, 1]), "#N/A"),
                Example(([[100, 90, 1], [130, 30, 3]], WORST, BEST, WEIGHTS), [[0], [100]]),
                Example(([130, 30, 2.5], WORST, BEST, WEIGHTS), 95),
                Example(([130, 30, 2.5], WORST, BEST, WEIGHTS, [100, 90, 2.6]), "#N/A"),
                Example(([110, 45], [100, 90], [100, 30], [1, 1]), "#NUM!"),
                Example(([110, 45], [100, 90], [130, 30], [1, -1]), "#NUM!"),
                Example(([110, 45], [100, 90], [130, 30], [0, 0]), "#NUM!"),
            ),
        ),
        Function(
            issue.issue_price,
            gives=NUMBER,
            formula=issue_formulas.ISSUE_PRICE,
            examples=(
                Example((86, [0, 90], [0, 0], [100, 100], [20, 30], 1), 80, source=GRADES),
                Example((55, [110, 45, 2], WORST, BEST, WEIGHTS, 1), 113.5),
                Example((49.166666666667, [0, 45, 2], WORST, BEST, WEIGHTS, 1), 110),
                Example((100, [110, 45, 2], WORST, BEST, WEIGHTS, 1), "#NUM!"),
                Example((55, [110, 45, 2], WORST, BEST, [0, 1, 1], 1), "#DIV/0!"),
                Example((55, [110, 45, 2], WORST, BEST, WEIGHTS, 1.5), "#NUM!"),
            ),
        ),
        Function(
            issue.issue_pareto,
            gives=NUMBER,
            formula=issue_formulas.ISSUE_PARETO,
            examples=(
                Example((OURS, THEIRS), [[True], [True], [False], [True], [True]]),
                Example((OURS, THEIRS, 40, 30, "nash"), 2),
                Example((OURS, THEIRS, 40, 30, "ks"), 2, source=NEGMAS),
                Example((OURS, THEIRS, 40, 30, "sum"), 2),
                Example((OURS, THEIRS, 80, 80, "nash"), "#N/A"),
            ),
        ),
        Function(
            issue.issue_trades,
            gives=NUMBER,
            formula=issue_formulas.ISSUE_TRADES,
            examples=(
                Example(
                    ([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], ["Price", "Days", "Years"]),
                    [["Years", 2.5, "GIVE"], ["Days", 1, "SPLIT"], ["Price", 0.4, "GET"]],
                ),
                Example(([50, 50], [1, 1]), [["issue 1", 1, "SPLIT"], ["issue 2", 1, "SPLIT"]]),
                Example(([-1, 2], [1, 1]), "#NUM!"),
            ),
        ),
    ),
)
