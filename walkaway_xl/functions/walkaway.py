"""Entries of the walk-away family."""

from walkaway_xl.catalogue import (
    Example,
    Family,
    Function,
    choice,
    column,
    flag,
    money,
    number,
    or_blank,
    share,
    single,
    status,
    text,
)
from walkaway_xl.core import walkaway
from walkaway_xl.functions.kinds import direction, side

JEWEL = "Jewel CPUs, exercise 1 of A primer on BATNAs, reservation prices and ZOPAs"

FAMILY = Family(
    "walkaway",
    "Walk-away",
    "Where the point lies at which no deal is better than this deal, and how an offer stands against it.",
    (
        Function(
            walkaway.walkaway_price,
            takes=(or_blank(money), side, money, money, money),
            gives=money,
            examples=(
                Example((33, "buyer"), 33, source=JEWEL),
                Example((33, "buyer", 0, 1, 33.5), 33.5),
                Example((100, "seller", 4, 3, 95), 95),
                Example((98200, "candidate", 3000), 95200),
                Example((None, "seller", None, None, 95), 95),
                Example((None, "seller"), "#VALUE!"),
                Example((100, "seller", 0, -3), "#NUM!"),
            ),
        ),
        Function(
            walkaway.walkaway_check,
            takes=(money, money, side, money, money, money, single(choice("output", walkaway.CHECK_OUTPUTS))),
            gives=status(walkaway.WalkawayStatus),
            examples=(
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
                Example((100, 100, "seller", 90), "#NUM!"),
                Example((100, 100, "byer"), "#VALUE!"),
                Example(([[7500], [6300]], 6500, "buyer", 6000), [["WALK AWAY"], ["ACCEPTABLE"]]),
            ),
        ),
        Function(
            walkaway.walkaway_gap,
            takes=(money, money, side, flag),
            gives=money,
            examples=(
                Example((105, 100, "seller"), 5),
                Example((105, 100, "seller", True), 0.05),
                Example((7500, 6500, "buyer"), -1000),
                Example((5, 0, "seller", True), "#DIV/0!"),
            ),
        ),
        Function(
            walkaway.walkaway_score,
            takes=(money, money, money, flag),
            gives=share,
            examples=(
                Example((108, 100, 120), 0.4),
                Example((6300, 6500, 6000), 0.4),
                Example((7500, 6500, 6000), -2),
                Example((7500, 6500, 6000, True), 0),
                Example((108, 100, 100), "#DIV/0!"),
            ),
        ),
        Function(
            walkaway.walkaway_issues,
            takes=(column(number), or_blank(column(number)), or_blank(column(direction)), column(text)),
            gives=text,
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
    ),
)
