"""Entries of the offer family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import offer
from walkaway_xl.core.kinds import MONEY, SHARE

DAWSON = (
    "Dawson, To be a better bargainer, bracket your objective, "
    "http://top-negotiation-tips.blogspot.com/2008/09/to-be-better-bargainer-bracket-your.html"
)
SAMUELSON = "Samuelson and Marks: limit uniform from 100 to 200, floor 90"
PHILLIPS = "Phillips, Pricing and Revenue Optimization: bid response, alpha -8, beta 0.08, cost 60"
CHATTERJEE = (
    "Chatterjee and Samuelson (1983), Bargaining under incomplete information, linear equilibrium, "
    "https://doi.org/10.1287/opre.31.5.835"
)
ACQUIRING = (
    "Samuelson and Bazerman (1985), Acquiring a company, told at "
    "https://corporate.jasoncollins.blog/bounded-awareness.html"
)

FAMILY = Family(
    "offer",
    "Offers",
    "What to answer to their offer.",
    (
        Function(
            offer.offer_bracket,
            gives=MONEY,
            examples=(
                Example((1200, 1000), 800, source=DAWSON),
                Example((25000, 22000), 19000, source=DAWSON),
                Example((90000, 95000, "candidate", 99000), 99000),
                Example((1000, 1200, "buyer"), "#N/A"),
                Example((90000, 95000, "candidate", 94000), "#NUM!"),
            ),
        ),
        Function(
            offer.offer_prob,
            gives=SHARE,
            examples=(
                Example((145, "seller", 100, 200), 0.55, source=SAMUELSON),
                Example((135, "buyer", 100, 180), 0.4375),
                Example((133.333333333333, "seller", 100, 140, 200), 0.72222222222222),
                Example((93.5, "seller", 100, 12.5, None, "logistic"), 0.6271477663132, source=PHILLIPS),
                Example((133.333333333333, "seller", 100, 140, 200, "triangular"), 0.72222222222222),
                Example((145, "seller", 200, 100), "#NUM!"),
                Example((145, "seller", 100, 140, None, "triangular"), "#VALUE!"),
                Example((145, "seller", 100, 140, 200, "normal"), "#VALUE!"),
                Example((145, "seller", 100, -20, None, "normal"), "#NUM!"),
            ),
        ),
        Function(
            offer.offer_ev,
            gives=MONEY,
            examples=(
                Example((160, 90, "seller", 100, 200), 28, source=SAMUELSON),
                Example((145, 90, "seller", 100, 200), 30.25, source=SAMUELSON),
                Example((135, 170, "buyer", 100, 180), 15.3125),
                Example((133.333333333333, 90, "seller", 100, 140, 200, "triangular"), 31.296296296296),
                Example((145, 90, "seller", 100, 210, 200), "#NUM!"),
            ),
        ),
        Function(
            offer.offer_best,
            gives=MONEY,
            shares=("prob",),
            examples=(
                Example((90, "seller", 100, 200), 145, source=SAMUELSON),
                Example((90, "seller", 100, 200, None, None, "prob"), 0.55, source=SAMUELSON),
                Example((90, "seller", 100, 200, None, None, "ev"), 30.25, source=SAMUELSON),
                Example((0, "seller", 100, 200), 100),
                Example((170, "buyer", 100, 180), 135),
                Example((100, "seller", 150, 20, None, "normal"), 139.760105632154),
                Example((90, "seller", 100, 140, 200), 133.33333333333),
                Example((60, "seller", 100, 12.5, None, "logistic"), 93.509452412306, source=PHILLIPS),
                Example((90, "seller", 100, 140, 200, "triangular", "offer"), 133.33333333333),
                Example((200, "seller", 100, 200), "#N/A"),
                Example((90, "seller", 100, 200, 150), "#NUM!"),
            ),
        ),
        Function(
            offer.offer_sealed,
            gives=MONEY,
            examples=(
                Example((80, "buyer", 0, 100), 61.666666666667, source=CHATTERJEE),
                Example((20, "seller", 0, 100), 38.333333333333, source=CHATTERJEE),
                Example((10, "buyer", 0, 100), 10),
                Example((120, "buyer", 0, 100), "#NUM!"),
                Example((80, "buyer", 100, 0), "#NUM!"),
            ),
        ),
        Function(
            offer.offer_adverse,
            gives=MONEY,
            examples=(
                Example((60, 0, 100, 1.5), -9, source=ACQUIRING),
                Example((100, 0, 100, 2.5), 25),
                Example((100, 50, 100, 1.5), 12.5),
                Example((None, 50, 100, 1.5, "bid"), 100),
                Example((None, 50, 100, 1.2, "bid"), 62.5),
                Example((60, 0, 100, 1.5, "ev"), -9, source=ACQUIRING),
                Example((None, 0, 100, 1.5, "bid"), "#N/A", source=ACQUIRING),
                Example((60, -5, 100, 1.5), "#NUM!"),
                Example((60, 100, 0, 1.5), "#NUM!"),
            ),
        ),
    ),
)
