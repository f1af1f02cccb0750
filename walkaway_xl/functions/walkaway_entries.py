"""Entries of the walk-away family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import walkaway
from walkaway_xl.core.kinds import MONEY, NUMBER, SHARE, TEXT, status
from walkaway_xl.functions import explanation, walkaway_formulas

JEWEL = (
    "Jewel's CPUs, exercise 1 of A primer on BATNAs, reservation prices and ZOPAs, worked at "
    "https://studymode.com/essays/Reflection-Report-1135666.html"
)
EMERSON = "arithmetic only: 15 of 5 + 15"

MET = "delivery dates and warranty"
UNMET = "the price level we can justify"
BETTER_FIT = "a standard-grade supplier"
CAR = (
    "Wikipedia: a written offer of 1,000 for the car is the seller's BATNA, "
    "https://en.wikipedia.org/wiki/Best_alternative_to_a_negotiated_agreement"
)
NEW_MBA = "New MBA, Bazerman and Moore: 96,000 is 3,000 above the recruit's reservation price"
SCALES = "arithmetic only: 98.6 °F is 37 °C, 37 % of the way from freezing at 32 to boiling at 212"
PAT_AND_DREW = "Pat v. Drew, State Bar of Wisconsin, InsideTrack 10/19"
BURN = "Jirav, Cash runway: 100,000 at 10,000 a month, https://jirav.com/standard-metrics-library/cash-runway"

FAMILY = Family(
    "walkaway",
    "Walk-away",
    "Where the point lies at which no deal is better than this deal, and how an offer stands against it.",
    (
        Function(
            walkaway.walkaway_price,
            gives=MONEY,
            examples=(
                Example((33, "buyer"), 33, source=JEWEL),
                Example((33, "buyer", 0, 1, 33.5), 33.5),
                Example((100, "seller", 4, 3, 95), 95),
                Example((98200, "candidate", 3000), 95200),
                Example((None, "seller", None, None, 95), 95),
                Example((33, "buyer", 0, 1, 33.5, False), 33.5),
                Example((None, "seller"), "#VALUE!"),
                Example((100, "seller", 0, -3), "#NUM!"),
                Example((-170000, "buyer"), "#NUM!"),
                Example((-170000, "buyer", None, None, None, True), -170000),
                Example((-170, "seller"), -170),
            ),
        ),
        Function(
            walkaway.walkaway_check,
            gives=status(walkaway.WalkawayStatus),
            examples=(
                Example((1000, 1000, "seller"), "TOO CLOSE", source=CAR),
                Example((999, 1000, "seller"), "WALK AWAY", source=CAR),
                Example((7500, 6500, "buyer"), "WALK AWAY"),
                Example((6500, 6500, "buyer"), "TOO CLOSE"),
                Example((6480, 6500, "buyer", 6000), "TOO CLOSE"),
                Example((6300, 6500, "buyer", 6000), "ACCEPTABLE"),
                Example((6000, 6500, "buyer", 6000), "TARGET MET"),
                Example((5700, 6500, "buyer", 6000, 5800), "WISH MET"),
                Example((108, 100, "seller", 120), "ACCEPTABLE"),
                Example((102, 100, "seller", 120), "TOO CLOSE"),
                Example((99.99, 100, "seller", 120), "WALK AWAY"),
                Example((108, 100, "seller", 120, None, 10), "TOO CLOSE"),
                Example((108, 100, "seller", 120, None, None, "code"), 1),
                Example((6300, 6500, "buyer", 6000, 5800, 100, "status"), "ACCEPTABLE"),
                Example((100, 100, "seller", 90), "#NUM!"),
                Example((100, 90, "seller", 120, 110), "#NUM!"),
                Example((100, 100, "byer"), "#VALUE!"),
                Example((120000, -170000, "buyer"), "WALK AWAY"),
                Example((1.4925e-07, 1.5e-07, "seller"), "WALK AWAY"),
                Example(([[7500], [6300]], 6500, "buyer", 6000), [["WALK AWAY"], ["ACCEPTABLE"]]),
            ),
        ),
        Function(
            walkaway.walkaway_gap,
            gives=MONEY,
            shares=("as_percent",),
            examples=(
                Example((96000, 93000, "candidate"), 3000, source=NEW_MBA),
                Example((105, 100, "seller"), 5),
                Example((105, 100, "seller", False), 5),
                Example((105, 100, "seller", True), 0.05),
                Example((7500, 6500, "buyer"), -1000),
                Example((5, 0, "seller", True), "#DIV/0!"),
            ),
        ),
        Function(
            walkaway.walkaway_score,
            gives=SHARE,
            examples=(
                Example((98.6, 32, 212), 0.37, source=SCALES),
                Example((108, 100, 120), 0.4),
                Example((6300, 6500, 6000), 0.4),
                Example((7500, 6500, 6000), -2),
                Example((108, 100, 120, False), 0.4),
                Example((7500, 6500, 6000, True), 0),
                Example((108, 100, 100), "#DIV/0!"),
            ),
        ),
        Function(
            walkaway.walkaway_issues,
            gives=TEXT,
            formula=walkaway_formulas.WALKAWAY_ISSUES,
            examples=(
                Example(
                    (
                        [104, 75, 1],
                        [100, 60, 1.5],
                        [">=", "<=", "<="],
                        ["Price", "Payment days", "Liability"],
                    ),
                    "WALK AWAY: Payment days",
                ),
                Example(([104, 60, 1], [100, 60, 1.5], [">=", "<=", "<="]), "OK"),
                Example(([99, 75], [100, 60], [1, -1]), "WALK AWAY: issue 1, issue 2"),
                Example(([99, 75], [100, 60], [1, 0]), "#VALUE!"),
            ),
        ),
        Function(
            walkaway.walkaway_power,
            gives=SHARE,
            examples=(
                Example((5, 15), 0.75, source=EMERSON),
                Example((-2, 15), 1),
                Example((5, 0), 0),
                Example((0, 0), "#N/A"),
            ),
        ),
        Function(
            walkaway.walkaway_exit,
            gives=MONEY,
            examples=(
                Example((0.6, 250000, 50000), 100000, source=PAT_AND_DREW),
                Example((0.3, 40000, 15000), -3000),
                Example((0, 40000, 15000), -15000),
                Example((30, 40000, 15000), "#NUM!"),
            ),
        ),
        Function(
            walkaway.walkaway_runway,
            gives=NUMBER,
            examples=(
                Example((100000, 10000), 10, source=BURN),
                Example((24000, 4000, 1500), 9.6),
                Example((24000, 4000), 6),
                Example((24000, 4000, 4000), "#N/A"),
                Example((-1, 4000), "#NUM!"),
            ),
        ),
        Function(
            walkaway.walkaway_message,
            gives=TEXT,
            formula=walkaway_formulas.WALKAWAY_MESSAGE,
            examples=(
                Example(
                    ("WALK AWAY", "Acme", MET, UNMET, BETTER_FIT, True),
                    "Thank you for your time, Acme. We value what we found together: delivery dates and "
                    "warranty. "
                    "We did not reach the price level we can justify, and that is essential for us. "
                    "Your interests may be better served by a standard-grade supplier. We are stopping here. "
                    "If anything changes about the price level we can justify, please contact us.",
                ),
                Example(
                    ("RUN", "Acme", None, "an honest account of the defects", None, True),
                    "Thank you for your time, Acme. We did not reach an honest account of the defects, and "
                    "that is essential for us. We are stopping here.",
                ),
                Example(
                    ("DECLINE CUSTOMER", None, None, None, BETTER_FIT, False),
                    "Thank you for your interest. Your interests may be better served by a standard-grade "
                    "supplier. We are not able to work with you on this.",
                ),
                Example(("maybe", "Acme"), "#VALUE!"),
                Example(("WALK AWAY", "Acme", None, 6500), "#VALUE!"),
            ),
        ),
        Function(
            explanation.walkaway_explain,
            gives=TEXT,
            examples=(
                Example(
                    ("WALKAWAY_PRICE", 33, "buyer", 0, 1, 33.5),
                    "33.5: batna 33 + deal_better_by 0 + walk_cost 1; "
                    "limited by hard_limit 33.5 (without it 34).",
                ),
                Example(
                    ("WALKAWAY_CHECK", 7500, 6500, "buyer"),
                    "WALK AWAY: offer 7,500 is worse for a buyer than walkaway 6,500.",
                ),
                Example(
                    ("DISCOUNT_CHECK", 120, 0.21, 68, 0.2, 0.05, 2, 0.02, "status", "invoice", False),
                    "NEAR FLOOR: discount 21 % off list_price 120, against cost 68, fixed_cost 2, "
                    "leakage 5 % and min_margin 20 %; the margin of the invoice price; "
                    "the margin is less than warn 2 % above the minimum.",
                ),
                Example(
                    ("PRICE_FLOOR", 68, 1.2),
                    "No answer (#NUM!): min_margin must be below 1; it is 1.2. Write 1.2% or 0.012, not 1.2.",
                ),
                Example(("WALKAWAY_CHEK", 7500, 6500, "buyer"), "#VALUE!"),
            ),
        ),
    ),
)
