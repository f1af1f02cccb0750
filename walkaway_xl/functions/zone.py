"""Entries of the zone family."""

from walkaway_xl.catalogue import Example, Family, Function, choice, money, share, single
from walkaway_xl.core import zone
from walkaway_xl.functions.kinds import side

NEW_MBA = "New MBA, Bazerman and Moore, Judgment in Managerial Decision Making"
HAMILTON = "Hamilton real estate case, Malhotra and Bazerman, Negotiation Genius"

FAMILY = Family(
    "zone",
    "Zone of agreement and settlement",
    "Whether a deal exists that is better than no deal for both sides, and how a price divides it.",
    (
        Function(
            zone.zopa,
            takes=(money, money, single(choice("output", zone.ZOPA_OUTPUTS))),
            gives=money,
            examples=(
                Example((93000, 97000), 4000, source=NEW_MBA),
                Example((93000, 97000, "mid"), 95000),
                Example((93000, 97000, "all"), [[93000, 97000, 4000, 95000]]),
                Example((97000, 93000), -4000),
                Example((97000, 93000, "exists"), False),
                Example((97000, 93000, "low"), "#N/A"),
                Example((100, 100, "exists"), True),
            ),
        ),
        Function(
            zone.zopa_share,
            takes=(money, money, money, side),
            gives=share,
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
            takes=(money, money, money, money),
            gives=money,
            examples=(
                Example((100000, 90000), 95000, source=NEW_MBA),
                Example((140000, 90000, 93000, 97000), 97000),
                Example((140000, 90000, 97000, 93000), "#N/A"),
            ),
        ),
    ),
)
