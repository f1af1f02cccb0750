"""Entries of the payment-terms family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import terms
from walkaway_xl.core.kinds import SHARE

HP = (
    "HP 10bII+ Financial Calculator, user's guide, page 138, "
    "https://www.easymanua.ls/hp/10biiplus/manual?p=146"
)
ANALYSTFORUM = (
    "AnalystForum, Trade discount calculation: 2/20 net 45 is 34.3 %, "
    "https://www.analystforum.com/t/trade-discount-calculation/51745"
)
ORDINARY = "arithmetic only: ordinary simple interest, 90 of 360 days at 8 % are 2 %"

FAMILY = Family(
    "terms",
    "Payment terms",
    "What waiting for the money costs, and what paying early earns.",
    (
        Function(
            terms.terms_cost,
            gives=SHARE,
            examples=(
                Example((90, 0.08, 0, 360), 0.02, source=ORDINARY),
                Example((60, 0.09), 0.014794520547945),
                Example((60, 0.09, 30), 0.0073972602739726),
                Example((60, 0.09, 0, 360), 0.015),
                Example((0, 0.09, 30), -0.0073972602739726),
                Example(([[30], [90]], 0.073), [[0.006], [0.018]]),
                Example((-1, 0.09), "#NUM!"),
                Example((60, 9), "#NUM!"),
                Example((60, 0.09, 0, 12), "#NUM!"),
            ),
        ),
        Function(
            terms.terms_rate,
            gives=SHARE,
            examples=(
                Example((0.02, 10, 30, 360), 0.36734693877551, source=HP),
                Example((0.02, 10, 30), 0.37244897959184),
                Example((0.02, 10, 30, None, True), 0.44585292731249),
                Example((0.02, 20, 45, 365, True), 0.34307199921266, source=ANALYSTFORUM),
                Example((0.02, 30, 30), "#NUM!"),
                Example((0.02, 10, 30, 12), "#NUM!"),
                Example((2, 10, 30), "#NUM!"),
            ),
        ),
    ),
)
