"""Entries of the offer family."""

from walkaway_xl.catalogue import Example, Family, Function, money
from walkaway_xl.core import offer
from walkaway_xl.functions.kinds import side

DAWSON = "Dawson, Secrets of Power Negotiating"

FAMILY = Family(
    "offer",
    "Offers",
    "What to answer to their offer.",
    (
        Function(
            offer.offer_bracket,
            takes=(money, money, side, money),
            gives=money,
            examples=(
                Example((1200, 1000), 800, source=DAWSON),
                Example((25000, 22000), 19000, source=DAWSON),
                Example((90000, 95000, "candidate", 99000), 99000),
                Example((1000, 1200, "buyer"), "#N/A"),
                Example((90000, 95000, "candidate", 94000), "#NUM!"),
            ),
        ),
    ),
)
