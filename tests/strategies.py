"""A shared vocabulary of inputs: the functions as the specification has them, and Hypothesis strategies."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import walkaway_xl
from walkaway_xl import reason_of
from walkaway_xl.cells import LEFT_OUT, CellError
from walkaway_xl.core.errors import Unanswered

# --- the functions, by the specification --------------------------------------------------------------------


class Slot(NamedTuple):
    """One argument as the specification has it."""

    name: str
    takes: str  # money, share, side, flag, direction, text, word, label, cells (as they are)
    reach: str  # element: each cell for itself; single; column: read as a whole; rows: row by row; table; raw
    optional: bool
    cells: Any  # what the worked call has in its cells


class Call(NamedTuple):
    """One function with every argument filled in, and the answer."""

    slots: tuple[Slot, ...]
    gives: Any

    @property
    def arguments(self) -> list[Any]:
        return [slot.cells for slot in self.slots]

    def place(self, argument: str) -> int:
        return [slot.name for slot in self.slots].index(argument)


def _slots(*told: tuple[str, Any]) -> tuple[Slot, ...]:
    slots = []
    for words, cells in told:
        name, takes, reach = words.split()
        slots.append(Slot(name.strip("[]"), takes, reach, name.startswith("["), cells))
    return tuple(slots)


def column_of(*cells: Any) -> list[list[Any]]:
    """Cells below each other."""
    return [[cell] for cell in cells]


_ALTERNATIVES = (
    ("[labels] text rows", column_of("A", "B", "stay")),
    ("[alternatives_better_by] money rows", column_of(0.0, 0.0, 3000.0)),
    ("[probabilities] share rows", column_of(1.0, 0.6, 1.0)),
    ("[fallbacks] money rows", column_of(0.0, 88000.0, 0.0)),
)
_FLOOR = (
    ("cost money element", 68.0),
    ("min_margin share element", 0.2),
    ("[leakage] share element", 0.05),
    ("[fixed_cost] money element", 2.0),
)
_BASIS = ("[margin_basis] word single", "invoice")
_BELIEF = (
    ("p1 money element", 100.0),
    ("p2 money element", 140.0),
    ("[p3] money element", 200.0),
    ("[dist] word element", "triangular"),
)
_TIERS = (
    ("breaks money column", column_of(1.0, 10.0, 20.0)),
    ("discounts share column", column_of(0.1, 0.2, 0.3)),
)
_ISSUES = (
    ("worst money column", column_of(100.0, 90.0, 1.0)),
    ("best money column", column_of(130.0, 30.0, 3.0)),
    ("weights share column", column_of(0.5, 0.3, 0.2)),
)
_PACKAGE = (
    ("[bonus] share element", 0.15),
    ("[signing] money element", 30000.0),
    ("[equity] money element", 200000.0),
    ("[years] money element", 4.0),
    ("[vesting] share column", column_of(0.25, 0.25, 0.25, 0.25)),
    ("[benefits] money element", 12500.0),
    ("[haircut] share element", 0.5),
    ("[rate] share element", 0.08),
)

CALLS = {
    "WALKAWAY_PRICE": Call(
        _slots(
            ("batna money element", 33.0),
            ("side side element", "buyer"),
            ("[deal_better_by] money element", 0.0),
            ("[walk_cost] money element", 1.0),
            ("[hard_limit] money element", 33.5),
            ("[signed_prices] flag element", False),
        ),
        33.5,
    ),
    "WALKAWAY_CHECK": Call(
        _slots(
            ("offer money element", 6300.0),
            ("walkaway money element", 6500.0),
            ("side side element", "buyer"),
            ("[target] money element", 6000.0),
            ("[wish] money element", 5800.0),
            ("[buffer] money element", 100.0),
            ("[output] word single", "status"),
        ),
        "ACCEPTABLE",
    ),
    "WALKAWAY_GAP": Call(
        _slots(
            ("offer money element", 105.0),
            ("walkaway money element", 100.0),
            ("side side element", "seller"),
            ("[as_percent] flag element", False),
        ),
        5.0,
    ),
    "WALKAWAY_SCORE": Call(
        _slots(
            ("offer money element", 108.0),
            ("walkaway money element", 100.0),
            ("target money element", 120.0),
            ("[clip] flag element", False),
        ),
        0.4,
    ),
    "WALKAWAY_ISSUES": Call(
        _slots(
            ("values money column", column_of(104.0, 75.0, 1.0)),
            ("limits money column", column_of(100.0, 60.0, 1.5)),
            ("directions direction column", column_of(">=", "<=", "<=")),
            ("[labels] text column", column_of("Price", "Payment days", "Liability")),
        ),
        "WALK AWAY: Payment days",
    ),
    "WALKAWAY_POWER": Call(_slots(("our_gain money element", 5.0), ("their_gain money element", 15.0)), 0.75),
    "WALKAWAY_EXIT": Call(
        _slots(
            ("prob_deal share element", 0.3),
            ("surplus money element", 40000.0),
            ("cost_to_continue money element", 15000.0),
        ),
        -3000.0,
    ),
    "WALKAWAY_RUNWAY": Call(
        _slots(
            ("liquid money element", 24000.0),
            ("monthly_need money element", 4000.0),
            ("[monthly_income] money element", 1500.0),
        ),
        9.6,
    ),
    "WALKAWAY_MESSAGE": Call(
        _slots(
            ("status word element", "WALK AWAY"),
            ("[counterpart] text element", "Acme"),
            ("[met] text element", "the dates"),
            ("[unmet] text element", "the price level"),
            ("[better_fit] text element", "a standard supplier"),
            ("[door_open] flag element", True),
        ),
        "Thank you for your time, Acme. We value what we found together: the dates. "
        "We did not reach the price level, and that is essential for us. "
        "Your interests may be better served by a standard supplier. We are stopping here. "
        "If anything changes about the price level, please contact us.",
    ),
    "BATNA_VALUE": Call(
        _slots(
            ("payoff money element", 120000.0),
            ("[probability] share element", 0.8),
            ("[fallback] money element", 60000.0),
            ("[cost] money element", 5000.0),
            ("[delay] money element", 1.0),
            ("[rate] share element", 0.1),
            ("[side] side element", "seller"),
        ),
        93181.818181818,
    ),
    "BATNA_COMPARE": Call(
        _slots(
            ("offer money single", 95000.0),
            ("prices money rows", column_of(90000.0, 105000.0, 88000.0)),
            ("side side single", "candidate"),
            *_ALTERNATIVES,
            ("[signed_prices] flag single", False),
        ),
        [
            ["A", 90000.0, 3.0, 5000.0, ""],
            ["B", 98200.0, 1.0, -3200.0, "BATNA"],
            ["stay", 91000.0, 2.0, 4000.0, ""],
        ],
    ),
    "BATNA_BEST": Call(
        _slots(
            ("prices money column", column_of(90000.0, 105000.0, 88000.0)),
            ("side side single", "candidate"),
            *((words.replace(" rows", " column"), cells) for words, cells in _ALTERNATIVES),
            ("[output] word single", "price"),
            ("[signed_prices] flag single", False),
        ),
        98200.0,
    ),
    "BATNA_TREE": Call(
        _slots(
            ("ids label column", column_of("lose", "win", "court", "settle", "what now")),
            ("parents label column", column_of("court", "court", "what now", "what now", None)),
            ("types word column", column_of("T", "T", "C", "T", "D")),
            ("values money column", column_of(-1000.0, -300.0, -100.0, -600.0, 0.0)),
            ("[probabilities] share column", column_of(0.6, 0.4, None, None, None)),
            ("[output] word single", "value"),
            ("[side] side single", "seller"),
        ),
        -600.0,
    ),
    "BATNA_CE": Call(
        _slots(
            ("outcomes money column", column_of(5000.0, 0.0)),
            ("probabilities share column", column_of(0.6, 0.4)),
            ("[risk_tolerance] money single", 500.0),
            ("[side] side single", "seller"),
        ),
        458.111317149102,
    ),
    "BATNA_RISK": Call(
        _slots(
            ("win money element", 500.0),
            ("lose money element", 0.0),
            ("ce money element", 100.0),
            ("[p] share element", 0.5),
        ),
        152.379564017488,
    ),
    "BATNA_SEARCH": Call(
        _slots(
            ("cost money element", 1.0),
            ("side side element", "seller"),
            ("p1 money element", 80.0),
            ("p2 money element", 100.0),
            ("[p3] money element", 120.0),
            ("[dist] word element", "triangular"),
            ("[draws] money element", 2.0),
        ),
        101.857916666667,
    ),
    "ZOPA": Call(
        _slots(
            ("seller_walkaway money element", 93000.0),
            ("buyer_walkaway money element", 97000.0),
            ("[output] word single", "width"),
        ),
        4000.0,
    ),
    "ZOPA_SHARE": Call(
        _slots(
            ("price money element", 46.0),
            ("seller_walkaway money element", 38.0),
            ("buyer_walkaway money element", 48.0),
            ("side side element", "seller"),
        ),
        0.8,
    ),
    "SPLIT_MIDPOINT": Call(
        _slots(
            ("our_offer money element", 140000.0),
            ("their_offer money element", 90000.0),
            ("[seller_walkaway] money element", 93000.0),
            ("[buyer_walkaway] money element", 97000.0),
        ),
        97000.0,
    ),
    "SPLIT_NASH": Call(
        _slots(
            ("seller_walkaway money element", 38.0),
            ("buyer_walkaway money element", 48.0),
            ("[seller_power] share element", 0.7),
        ),
        45.0,
    ),
    "SPLIT_RUBINSTEIN": Call(
        _slots(
            ("seller_walkaway money element", 93000.0),
            ("buyer_walkaway money element", 97000.0),
            ("seller_delta share element", 0.95),
            ("buyer_delta share element", 0.9),
            ("[first] side element", "buyer"),
        ),
        95620.689655172,
    ),
    "SPLIT_KS": Call(
        _slots(
            ("seller_walkaway money element", 100.0),
            ("buyer_walkaway money element", 200.0),
            ("[seller_ideal] money element", 160.0),
            ("[buyer_ideal] money element", 100.0),
        ),
        137.5,
    ),
    "ZOPA_PROB": Call(
        _slots(("walkaway money element", 133.333333333333), ("side side element", "seller"), *_BELIEF),
        0.72222222222222,
    ),
    "OFFER_BRACKET": Call(
        _slots(
            ("their_offer money element", 90000.0),
            ("target money element", 95000.0),
            ("[side] side element", "candidate"),
            ("[limit] money element", 99000.0),
        ),
        99000.0,
    ),
    "OFFER_PROB": Call(
        _slots(("offer money element", 133.333333333333), ("side side element", "seller"), *_BELIEF),
        0.72222222222222,
    ),
    "OFFER_EV": Call(
        _slots(
            ("offer money element", 133.333333333333),
            ("walkaway money element", 90.0),
            ("side side element", "seller"),
            *_BELIEF,
        ),
        31.296296296296,
    ),
    "OFFER_BEST": Call(
        _slots(
            ("walkaway money element", 90.0),
            ("side side element", "seller"),
            *_BELIEF,
            ("[output] word single", "offer"),
        ),
        133.33333333333,
    ),
    "OFFER_SEALED": Call(
        _slots(
            ("value money element", 80.0),
            ("side side element", "buyer"),
            ("low money element", 0.0),
            ("high money element", 100.0),
        ),
        61.666666666667,
    ),
    "OFFER_ADVERSE": Call(
        _slots(
            ("offer money element", 60.0),
            ("low money element", 0.0),
            ("high money element", 100.0),
            ("uplift share element", 1.5),
            ("[output] word single", "ev"),
        ),
        -9.0,
    ),
    "CONCESSION_PLAN": Call(
        _slots(
            ("start money single", 120.0),
            ("limit money single", 100.0),
            ("offers money single", 3.0),
            ("[firmness] money single", 1.0),
            ("[reserve] share single", 0.1),
            ("[round_to] money single", 1.0),
        ),
        column_of(120.0, 111.0, 102.0),
    ),
    "PRICE_FLOOR": Call(_slots(*_FLOOR, ("[round_to] money element", 0.01), _BASIS), 93.34),
    "DISCOUNT_MAX": Call(
        _slots(("list_price money element", 120.0), *_FLOOR, ("[step] share element", 0.005), _BASIS), 0.22
    ),
    "DISCOUNT_CHECK": Call(
        _slots(
            ("list_price money element", 120.0),
            ("discount share element", 0.21),
            *_FLOOR,
            ("[warn] share element", 0.02),
            ("[output] word single", "status"),
            _BASIS,
            ("[surcharges] flag element", False),
        ),
        "NEAR FLOOR",
    ),
    "DISCOUNT_STACK": Call(
        _slots(
            ("discounts share table", [[0.2, 0.1, 0.05]]),
            ("[byrow] flag single", False),
            ("[surcharges] flag single", False),
        ),
        0.316,
    ),
    "PRICE_WATERFALL": Call(
        _slots(
            ("list_price money single", 6.0),
            ("on_invoice money column", column_of(0.1, 0.12)),
            ("[off_invoice] money column", column_of(0.3, 0.37, 0.35, 0.2, 0.09)),
            ("[basis] word single", "amount"),
            ("[output] word single", "pocket"),
            ("[surcharges] flag single", False),
        ),
        4.47,
    ),
    "PRICE_BREAKEVEN": Call(
        _slots(
            ("price_change share element", -0.1),
            ("contribution_margin share element", 0.3),
            ("[cost_change] share element", 0.0),
        ),
        0.5,
    ),
    "DEAL_APPROVER": Call(
        _slots(
            ("value share element", 0.22),
            ("limits share column", column_of(0.1, 0.2, 0.3, 1.0)),
            ("approvers text column", column_of("Rep", "Manager", "Director", "VP")),
            ("[direction] direction single", "<="),
            ("[unit] word single", "share"),
        ),
        "Director",
    ),
    "DISCOUNT_TIER": Call(
        _slots(("quantity money element", 30.0), *_TIERS, ("[mode] word single", "slab")), 0.20666666666667
    ),
    "DISCOUNT_CLIFF": Call(
        _slots(*_TIERS, ("unit_price money single", 100.0)),
        [[9.0, 9.0, 10.0, 10.0], [18.0, 19.0, 20.0, 120.0]],
    ),
    "REBATE_VALUE": Call(
        _slots(
            ("volume money element", 300000.0),
            ("breaks money column", column_of(0.0, 100000.0, 250000.0)),
            ("rates share column", column_of(0.0, 0.02, 0.04)),
            ("[mode] word single", "marginal"),
        ),
        5000.0,
    ),
    "TERMS_COST": Call(
        _slots(
            ("days money element", 60.0),
            ("annual_rate share element", 0.09),
            ("[base_days] money element", 30.0),
            ("[basis] money element", 365.0),
        ),
        0.0073972602739726,
    ),
    "TERMS_RATE": Call(
        _slots(
            ("discount share element", 0.02),
            ("discount_days money element", 20.0),
            ("net_days money element", 45.0),
            ("[basis] money element", 365.0),
            ("[compound] flag element", True),
        ),
        0.34307199921266,
    ),
    "DEAL_BLEND": Call(
        _slots(
            ("list_prices money column", column_of(100.0, 200.0, 50.0)),
            ("quantities money column", column_of(10.0, 2.0, 40.0)),
            ("discounts share column", column_of(0.1, 0.3, 0.05)),
            ("[surcharges] flag single", False),
        ),
        0.094117647058824,
    ),
    "DEAL_LIFETIME": Call(
        _slots(
            ("margin money element", 1000.0),
            ("retention share element", 0.8),
            ("rate share element", 0.1),
            ("[periods] money element", 5.0),
            ("[begin] flag element", False),
            ("[cost] money element", 100.0),
        ),
        2024.0973358931,
    ),
    "DEAL_RESULT": Call(
        _slots(
            ("outcome word element", "deal"),
            ("price money element", 121.0),
            ("walkaway money element", 100.0),
            ("side side element", "seller"),
            ("[target] money element", 120.0),
            ("[buffer] money element", 3.0),
            ("[output] word single", "result"),
        ),
        "STRONG DEAL",
    ),
    "PRICE_GUIDANCE": Call(
        _slots(
            ("history money column", column_of(72, 75, 78, 80, 81, 83, 85, 86, 88, 90, 95.0)),
            ("[floor_p] share single", 0.25),
            ("[target_p] share single", 0.5),
            ("[stretch_p] share single", 0.75),
        ),
        [[79.0, 83.0, 87.0]],
    ),
    "CONCESSION_STATUS": Call(
        _slots(
            ("our_offers money column", column_of(120.0, 116.0, 113.0, 111.0)),
            ("their_offers money column", column_of(90.0, 95.0, 95.1, 95.2)),
            ("[tolerance] share single", 0.02),
            ("[lookback] money single", 2.0),
            ("[output] word single", "status"),
            ("[side] side single", "seller"),
        ),
        "STALLED",
    ),
    "CONCESSION_LIMIT": Call(_slots(("offers money column", column_of(100.0, 90.0, 85.0, 82.5))), 80.0),
    "CONCESSION_ACKERMAN": Call(
        _slots(("target money single", 20000.0), ("side side single", "buyer")),
        column_of(13000.0, 17000.0, 19000.0, 20000.0),
    ),
    "ISSUE_WEIGHTS": Call(
        _slots(("points money column", column_of(100.0, 60.0, 40.0)), ("[method] word single", "points")),
        column_of(0.5, 0.3, 0.2),
    ),
    "ISSUE_SCORE": Call(
        _slots(
            ("values money table", [[110.0, 45.0, 2.0]]),
            *_ISSUES,
            ("[limits] money column", column_of(100.0, 60.0, 1.0)),
        ),
        49.166666666667,
    ),
    "ISSUE_PRICE": Call(
        _slots(
            ("target_score money single", 55.0),
            ("values money column", column_of(110.0, 45.0, 2.0)),
            *_ISSUES,
            ("price_issue money single", 3.0),
        ),
        2.5833333333333,
    ),
    "ISSUE_PARETO": Call(
        _slots(
            ("our_scores money column", column_of(90.0, 70.0, 60.0, 50.0, 20.0)),
            ("their_scores money column", column_of(20.0, 60.0, 55.0, 80.0, 95.0)),
            ("[our_walk] money single", 40.0),
            ("[their_walk] money single", 30.0),
            ("[output] word single", "ks"),
        ),
        2.0,
    ),
    "ISSUE_TRADES": Call(
        _slots(
            ("our_weights money column", column_of(0.5, 0.3, 0.2)),
            ("their_weights money column", column_of(0.2, 0.3, 0.5)),
            ("[labels] text column", column_of("Price", "Days", "Years")),
        ),
        [["Years", 2.5, "GIVE"], ["Days", 1.0, "SPLIT"], ["Price", 0.4, "GET"]],
    ),
    "COMP_TOTAL": Call(_slots(("base money element", 180000.0), *_PACKAGE), 252886.68901261),
    "COMP_MATCH": Call(_slots(("target_total money element", 252886.68901261), *_PACKAGE), 180000.0),
    "PREP_SCORE": Call(
        _slots(
            ("statuses label column", column_of("done", "partial", "open", "n/a")),
            ("[weights] money column", column_of(3.0, 2.0, 2.0, 1.0)),
            ("[essential] flag column", column_of(True, False, False, True)),
            ("[output] word single", "score"),
        ),
        0.57142857142857,
    ),
    "FLAG_CHECK": Call(
        _slots(
            ("present flag column", column_of(True, True, True)),
            ("severities word column", column_of("walk away", "walk away", "caution")),
            ("[output] word single", "status"),
        ),
        "WALK AWAY",
    ),
    "DILIGENCE_ORDER": Call(
        _slots(
            ("costs money rows", column_of(5.0, 1.0, 9.0)),
            ("fail_probs share rows", column_of(0.1, 0.05, 0.4)),
            ("[output] word single", "rank"),
        ),
        column_of(3.0, 1.0, 2.0),
    ),
}

# What is about another function has no cells of its own: it stands beside those that calculate.
SPECIFICATION = CALLS | {
    "WALKAWAY_EXPLAIN": Call(
        _slots(
            ("function_name text single", "COMP_TOTAL"),
            ("[argument_1] cells raw", 150000.0),
            ("[argument_2] cells raw", 0.1),
            ("[argument_3] cells raw", 0.0),
            ("[argument_4] cells raw", 400000.0),
            ("[argument_5] cells raw", 4.0),
            ("[argument_6] cells raw", column_of(0.25, 0.25, 0.25, 0.25)),
            ("[argument_7] cells raw", 0.0),
            ("[argument_8] cells raw", 0.5),
            ("[argument_9] cells raw", 0.0),
            ("[argument_10] cells raw", LEFT_OUT),
        ),
        "215,000: base 150,000 · (1 + bonus 10 %) + benefits 0, and a year's part of signing 0 and of equity "
        "400,000 · (1 − haircut 50 %) over years 4 at a rate 0 %; vesting 25 %, 25 %, 25 %, 25 %.",
    ),
}

EVERY_SLOT = [(name, slot.name) for name, call in CALLS.items() for slot in call.slots]
ELEMENTWISE = [
    name
    for name, call in CALLS.items()
    if {slot.reach for slot in call.slots} <= {"element"} | {"single"} and call.slots[0].reach == "element"
]
OF_NUMBERS = [name for name in ELEMENTWISE if CALLS[name].slots[0].takes in ("money", "share")]


def slots(takes: str = "", reach: str = "", optional: bool | None = None) -> list[tuple[str, str]]:
    """(function, argument) of every argument of a kind; one of several words is enough."""
    return [
        (name, slot.name)
        for name, call in CALLS.items()
        for slot in call.slots
        if (not takes or slot.takes in takes.split())
        and (not reach or slot.reach in reach.split())
        and (optional is None or slot.optional == optional)
    ]


def variants(errors: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every function with another cell in one argument, some of them errors."""
    for name, call in CALLS.items():
        yield name, {}
        for slot in call.slots:
            if slot.optional:
                yield name, {slot.name: LEFT_OUT}
            if isinstance(slot.cells, list):
                for cell in (None, "words", 1e12, -1.0):
                    yield name, {slot.name: [[cell, *slot.cells[0][1:]], *slot.cells[1:]]}
                continue
            for cell in (None, "words", "1200", True, 0.0, -1.0, 1e-6, 1e12, *map(CellError, errors)):
                yield name, {slot.name: cell}
            if slot.reach == "element":
                yield name, {slot.name: [[slot.cells], [slot.cells]]}


def in_python(name: str) -> Any:
    """A worksheet function by its lower-case name."""
    return getattr(walkaway_xl, name.lower())


def why(answer: float) -> Unanswered | None:
    """Why an answer is missing; None if it is not."""
    reason = reason_of(answer)
    return None if reason is None else reason.why


# --- numbers of the domain ----------------------------------------------------------------------------------

money = st.integers(1, 10**8).map(lambda cents: cents / 100)
any_money = st.integers(-(10**8), 10**8).map(lambda cents: cents / 100)
share = st.integers(0, 1000).map(lambda mills: mills / 1000)
margin = st.integers(-500, 900).map(lambda mills: mills / 1000)  # loss leaders included
leakage = st.integers(0, 90).map(lambda mills: mills / 1000)
days = st.integers(0, 365)
tick = st.sampled_from([0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 100.0])
step = st.sampled_from([0.001, 0.0025, 0.005, 0.01, 0.05])
side = st.sampled_from(["seller", "buyer", "candidate"])
discounts = st.lists(share, min_size=1, max_size=6)

OTHER_SIDE = {"seller": "buyer", "buyer": "seller", "candidate": "buyer"}
SIGN = {"seller": 1, "buyer": -1, "candidate": 1}

# Numbers close together, so that ties, order and domain faults all come up.
_NUMBERS: dict[str, SearchStrategy[Any]] = {
    "money": st.one_of(st.integers(-3, 8).map(float), st.just(float("nan"))),
    "share": st.integers(-5, 6).map(lambda fifths: fifths / 5),
    "side": side,
    "flag": st.booleans(),
    "word": st.sampled_from([0.0, 1.0]),
    "text": st.sampled_from(["Acme", " two  words. ", "", None, "6500"]),
}

_WORDS: dict[str, SearchStrategy[Any]] = {
    "status": st.sampled_from(["WALK AWAY", "run", "Decline customer ", -1, None]),
    "dist": st.sampled_from(["uniform", "Triangular", "normal ", "logistic", 0, None]),
}


def element(slot: Slot) -> SearchStrategy[Any]:
    """What one element of an argument may be, sensible or outside its domain."""
    return _WORDS.get(slot.name, _NUMBERS[slot.takes])


@cache
def changes(name: str, to: SearchStrategy[Any], most: int) -> SearchStrategy[dict[str, Any]]:
    """Some arguments of a function with other things in their places; made once, which takes a while."""
    names = [slot.name for slot in CALLS[name].slots]
    return st.dictionaries(st.sampled_from(names), to, min_size=1, max_size=most)


@st.composite
def zones(draw: st.DrawFn) -> tuple[float, float]:
    """A seller's and a buyer's walk-away with a zone between them."""
    low, width = draw(money), draw(money)
    return low, low + width


@st.composite
def ambitions(draw: st.DrawFn) -> tuple[str, float, float, float]:
    """A side, and its walk-away, target and wish in order."""
    ours, walkaway = draw(side), draw(any_money)
    target = walkaway + SIGN[ours] * draw(money)
    return ours, walkaway, target, target + SIGN[ours] * draw(money)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, float]:
    """An order line whose floor exists: cost, margin, leakage and fixed cost."""
    return {
        "cost": draw(money),
        "min_margin": draw(margin),
        "leakage": draw(leakage),
        "fixed_cost": draw(st.one_of(st.just(0.0), money)),
    }


# --- what people and programs put in by mistake -------------------------------------------------------------

_odd_numbers = st.one_of(
    st.floats(),
    st.integers(),
    st.just(10**400),
    st.decimals(allow_nan=False),
    st.complex_numbers(),
    st.sampled_from([np.float32(1.5), np.int8(3), np.uint64(2**63), np.bool_(True)]),
)
_odd_things = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.datetimes(),
    st.sampled_from([(), {}, {1}, {"a": 1}, range(3), object(), datetime, np.datetime64("2024-01-01")]),
    st.sampled_from([np.zeros(0), np.zeros((2, 2)), np.zeros((2, 1, 2)), np.array(["a"]), np.array(None)]),
)
junk = st.recursive(
    st.one_of(_odd_numbers, _odd_things), lambda inner: st.lists(inner, max_size=3), max_leaves=6
)


class Series:
    """What a data frame hands over: not a list, but it knows how to become an array."""

    def __init__(self, values: list[Any]):
        self.values = values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.values, dtype)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Any:
        return iter(self.values)
