"""Entries of the deal family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import deal
from walkaway_xl.core.kinds import MONEY, SHARE, status
from walkaway_xl.functions import deal_formulas

EALHAMED = (
    "Alhamed, The CLV formula: 2.67 margins at 80 % retention and 10 %, "
    "https://ealhamed.github.io/frameworks-library/ms/m02.html"
)
GRADES = (
    "arithmetic only: the weighted mean of 80 and 90 at weights of 20 and 30, "
    "http://www.internetdict.com/answers/how-to-calculate-weighted-averages.html"
)
HAMILTON = "Hamilton real estate case, Malhotra and Bazerman, Negotiation Genius"

FAMILY = Family(
    "deal",
    "Deals as a whole",
    "What several lines make together, what a customer is worth, and how a negotiation ended.",
    (
        Function(
            deal.deal_blend,
            gives=SHARE,
            formula=deal_formulas.DEAL_BLEND,
            examples=(
                Example(([1, 1], [20, 30], [0.8, 0.9]), 0.86, source=GRADES),
                Example(([100, 200, 50], [10, 2, 40], [0.1, 0.3, 0.05]), 0.094117647058824),
                Example(([100], [1], [15]), "#NUM!"),
                Example(([-100], [1], [0.1]), "#NUM!"),
                Example(([100, 100], [1, 1], [0.3, -0.1]), "#NUM!"),
                Example(([100, 200, 50], [10, 2, 40], [0.1, 0.3, 0.05], False), 0.094117647058824),
                Example(([100, 100], [1, 1], [0.3, -0.1], True), 0.1),
                Example(([100, 200], [0, 0], [0.1, 0.2]), "#DIV/0!"),
            ),
        ),
        Function(
            deal.deal_lifetime,
            gives=MONEY,
            examples=(
                Example((1000, 0.8, 0.1), 2666.6666666667, source=EALHAMED),
                Example((1000, 0.8, 0.1, 5), 2124.0973358931),
                Example((1000, 0.8, 0.1, None, True), 3666.6666666667),
                Example((1000, 0.8, 0.1, None, False, 500), 2166.6666666667),
                Example((1000, 1, 0, 5), 5000),
                Example((1000, 0.8, 0.1, 5, False, 100), 2024.0973358931),
                Example((1000, 1, 0), "#NUM!"),
                Example((1000, 0.8, 10), "#NUM!"),
                Example((1000, 80, 0.1), "#NUM!"),
                Example((1000, 0.8, 0.1, 2.5), "#NUM!"),
            ),
        ),
        Function(
            deal.deal_result,
            gives=status(deal.DealStatus),
            examples=(
                Example(("deal", 46, 38, "seller", None, None, "value"), 8, source=HAMILTON),
                Example(("no deal", 92, 100, "seller"), "GOOD NO-DEAL"),
                Example(("no deal", 92, 100, "seller", None, None, "value"), 8),
                Example(("no deal", 104, 100, "seller"), "MISSED DEAL"),
                Example(("no deal", 104, 100, "seller", None, None, "value"), -4),
                Example(("deal", 98, 100, "seller"), "BAD DEAL"),
                Example(("deal", 98, 100, "seller", None, None, "value"), -2),
                Example(("deal", 121, 100, "seller", 120), "STRONG DEAL"),
                Example(("deal", 121, 100, "seller", 120, None, "value"), 21),
                Example(("deal", 102, 100, "seller", 120), "THIN DEAL"),
                Example(("deal", 110, 100, "seller", 120), "GOOD DEAL"),
                Example(("no deal", None, 100, "seller"), "NO OFFER"),
                Example(("deal", 121, 100, "seller", 120, 3, "result"), "STRONG DEAL"),
                Example(("deal", None, 100, "seller"), "#VALUE!"),
                Example(("deal", 1.4925e-07, 1.5e-07, "seller"), "BAD DEAL"),
                Example(("deal", 102, 100, "seller", 120, -1), "#NUM!"),
                Example(("deal", 102, 100, "seller", 90), "#NUM!"),
                Example(
                    ([["deal"], ["no deal"]], [[6300], [7500]], 6500, "buyer"),
                    [["GOOD DEAL"], ["GOOD NO-DEAL"]],
                ),
            ),
        ),
    ),
)
