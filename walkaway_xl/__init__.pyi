# Written by `walkaway-xl generate` from the entries of the functions.
#
# A number in gives a number out, an array an array, a Series a Series. A number without an answer is NaN with
# its reason, so what is no number otherwise may also be a float.

# mypy: disable-error-code="overload-overlap"
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.catalogue import Function
from walkaway_xl.core.batna import Comparison
from walkaway_xl.core.choices import Side
from walkaway_xl.core.concession import ConcessionStatus
from walkaway_xl.core.deal import DealStatus
from walkaway_xl.core.errors import InputError, Reason, WalkawayError
from walkaway_xl.core.issue import Trades
from walkaway_xl.core.preparation import FlagStatus, PrepStatus
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.core.statuses import Status
from walkaway_xl.core.tiers import Cliffs
from walkaway_xl.core.walkaway import WalkawayStatus

__version__: str

__all__ = [
    "CATALOGUE",
    "ConcessionStatus",
    "DealStatus",
    "DiscountStatus",
    "FlagStatus",
    "InputError",
    "PrepStatus",
    "Side",
    "WalkawayError",
    "WalkawayStatus",
    "batna_best",
    "batna_ce",
    "batna_compare",
    "batna_risk",
    "batna_search",
    "batna_tree",
    "batna_value",
    "comp_match",
    "comp_total",
    "concession_ackerman",
    "concession_limit",
    "concession_plan",
    "concession_status",
    "deal_blend",
    "deal_lifetime",
    "deal_result",
    "deal_signer",
    "diligence_order",
    "discount_check",
    "discount_cliff",
    "discount_max",
    "discount_stack",
    "discount_tier",
    "flag_check",
    "issue_pareto",
    "issue_price",
    "issue_score",
    "issue_trades",
    "issue_weights",
    "offer_adverse",
    "offer_best",
    "offer_bracket",
    "offer_ev",
    "offer_prob",
    "offer_sealed",
    "prep_score",
    "price_breakeven",
    "price_floor",
    "price_guidance",
    "price_waterfall",
    "reason_of",
    "rebate_value",
    "split_ks",
    "split_midpoint",
    "split_nash",
    "split_rubinstein",
    "terms_cost",
    "terms_rate",
    "walkaway_check",
    "walkaway_exit",
    "walkaway_explain",
    "walkaway_gap",
    "walkaway_issues",
    "walkaway_message",
    "walkaway_power",
    "walkaway_price",
    "walkaway_runway",
    "walkaway_score",
    "words",
    "zopa",
    "zopa_prob",
    "zopa_share",
]

CATALOGUE: Mapping[str, Function]

_Series = TypeVar("_Series", covariant=True)

class _Rows(Protocol[_Series]):
    """What a Series of pandas or polars has, and no array, index or data frame; its ranks are numbers."""

    @property
    def name(self) -> Hashable: ...
    def to_numpy(self) -> Any: ...
    def rank(self) -> _Series: ...

class _Frame(Protocol):
    """A data frame of pandas or polars."""

    @property
    def columns(self) -> Any: ...
    def to_numpy(self) -> Any: ...

_Same = TypeVar("_Same", bound=_Rows[Any])
_Cell = TypeVar("_Cell")
_Cells: TypeAlias = Sequence[_Cell | Sequence[_Cell | None] | None]
_Number: TypeAlias = float | np.floating[Any] | np.integer[Any]
_Numbers: TypeAlias = (
    _Cells[_Number] | NDArray[np.floating[Any]] | NDArray[np.integer[Any]] | NDArray[np.object_]
)
_Flag: TypeAlias = bool | np.bool_ | Literal[0, 1]
_Flags: TypeAlias = _Cells[_Flag] | NDArray[np.bool_] | NDArray[np.object_]
_Texts: TypeAlias = _Cells[str] | NDArray[np.str_] | NDArray[np.object_]
_Label: TypeAlias = str | _Number | bool
_Labels: TypeAlias = _Cells[_Label] | NDArray[Any]
_Direction: TypeAlias = Literal[">=", "at least", "<=", "at most", 1, -1]
_Distribution: TypeAlias = Literal["uniform", "triangular", "normal", "logistic", 0, 1, 2, 3]
_Node: TypeAlias = Literal["decision", "d", "chance", "c", "terminal", "t", 0, 1, 2]
_Outcome: TypeAlias = Literal["deal", "no deal", 1, 0]
_Severity: TypeAlias = Literal["caution", "walk away", "run", 1, 2, 3]
_Side: TypeAlias = Literal["seller", "sell", "s", "buyer", "buy", "b", "candidate", "cand", "c", 1, -1] | Side
_Status: TypeAlias = Literal["walk away", "run", "decline customer", -1, -2, -3]

def reason_of(value: _Number) -> Reason | None: ...
@overload
def words(codes: _Number, of: type[Status]) -> str: ...
@overload
def words(codes: _Numbers, of: type[Status]) -> NDArray[np.object_]: ...
@overload
def words(codes: _Rows[Any], of: type[Status]) -> Any: ...
@overload
def walkaway_price(
    batna: _Number | None,
    side: _Side,
    deal_better_by: _Number | None = 0.0,
    walk_cost: _Number | None = 0.0,
    hard_limit: _Number | None = None,
    signed_prices: _Flag | None = False,
) -> float: ...
@overload
def walkaway_price(
    batna: _Number | _Numbers | None,
    side: _Side | _Cells[_Side] | NDArray[Any],
    deal_better_by: _Number | _Numbers | None = 0.0,
    walk_cost: _Number | _Numbers | None = 0.0,
    hard_limit: _Number | _Numbers | None = None,
    signed_prices: _Flag | _Flags | None = False,
) -> NDArray[np.float64]: ...
@overload
def walkaway_price(
    batna: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    deal_better_by: _Number | _Numbers | _Rows[Any] | None = 0.0,
    walk_cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    hard_limit: _Number | _Numbers | _Rows[Any] | None = None,
    signed_prices: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def walkaway_price(
    batna: _Number | _Numbers | _Same | None,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    deal_better_by: _Number | _Numbers | _Same | None = 0.0,
    walk_cost: _Number | _Numbers | _Same | None = 0.0,
    hard_limit: _Number | _Numbers | _Same | None = None,
    signed_prices: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
@overload
def walkaway_check(
    offer: _Number,
    walkaway: _Number,
    side: _Side,
    target: _Number | None = None,
    wish: _Number | None = None,
    buffer: _Number | None = None,
    output: Literal["status", 0] = "status",
) -> WalkawayStatus | float: ...
@overload
def walkaway_check(
    offer: _Number | _Numbers,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    target: _Number | _Numbers | None = None,
    wish: _Number | _Numbers | None = None,
    buffer: _Number | _Numbers | None = None,
    output: Literal["status", 0] = "status",
) -> NDArray[np.int16]: ...
@overload
def walkaway_check(
    offer: _Rows[_Series],
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    target: _Number | _Numbers | _Rows[Any] | None = None,
    wish: _Number | _Numbers | _Rows[Any] | None = None,
    buffer: _Number | _Numbers | _Rows[Any] | None = None,
    output: Literal["status", 0] = "status",
) -> _Series: ...
@overload
def walkaway_check(
    offer: _Number | _Numbers | _Same,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    target: _Number | _Numbers | _Same | None = None,
    wish: _Number | _Numbers | _Same | None = None,
    buffer: _Number | _Numbers | _Same | None = None,
    output: Literal["status", 0] = "status",
) -> _Same: ...
@overload
def walkaway_check(
    offer: _Number,
    walkaway: _Number,
    side: _Side,
    target: _Number | None = None,
    wish: _Number | None = None,
    buffer: _Number | None = None,
    *,
    output: Literal["code", 1],
) -> float: ...
@overload
def walkaway_check(
    offer: _Number | _Numbers,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    target: _Number | _Numbers | None = None,
    wish: _Number | _Numbers | None = None,
    buffer: _Number | _Numbers | None = None,
    *,
    output: Literal["code", 1],
) -> NDArray[np.float64]: ...
@overload
def walkaway_check(
    offer: _Rows[_Series],
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    target: _Number | _Numbers | _Rows[Any] | None = None,
    wish: _Number | _Numbers | _Rows[Any] | None = None,
    buffer: _Number | _Numbers | _Rows[Any] | None = None,
    *,
    output: Literal["code", 1],
) -> _Series: ...
@overload
def walkaway_check(
    offer: _Number | _Numbers | _Same,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    target: _Number | _Numbers | _Same | None = None,
    wish: _Number | _Numbers | _Same | None = None,
    buffer: _Number | _Numbers | _Same | None = None,
    *,
    output: Literal["code", 1],
) -> _Same: ...
@overload
def walkaway_gap(
    offer: _Number,
    walkaway: _Number,
    side: _Side,
    as_percent: _Flag | None = False,
) -> float: ...
@overload
def walkaway_gap(
    offer: _Number | _Numbers,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    as_percent: _Flag | _Flags | None = False,
) -> NDArray[np.float64]: ...
@overload
def walkaway_gap(
    offer: _Rows[_Series],
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    as_percent: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def walkaway_gap(
    offer: _Number | _Numbers | _Same,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    as_percent: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
@overload
def walkaway_score(
    offer: _Number,
    walkaway: _Number,
    target: _Number,
    clip: _Flag | None = False,
) -> float: ...
@overload
def walkaway_score(
    offer: _Number | _Numbers,
    walkaway: _Number | _Numbers,
    target: _Number | _Numbers,
    clip: _Flag | _Flags | None = False,
) -> NDArray[np.float64]: ...
@overload
def walkaway_score(
    offer: _Rows[_Series],
    walkaway: _Number | _Numbers | _Rows[Any],
    target: _Number | _Numbers | _Rows[Any],
    clip: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def walkaway_score(
    offer: _Number | _Numbers | _Same,
    walkaway: _Number | _Numbers | _Same,
    target: _Number | _Numbers | _Same,
    clip: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
def walkaway_issues(
    values: _Number | _Numbers | _Rows[Any],
    limits: _Number | _Numbers | _Rows[Any] | None,
    directions: _Direction | _Cells[_Direction] | NDArray[Any] | _Rows[Any] | None,
    labels: str | _Texts | _Rows[Any] | None = None,
) -> str | float: ...
@overload
def walkaway_power(
    our_gain: _Number,
    their_gain: _Number,
) -> float: ...
@overload
def walkaway_power(
    our_gain: _Number | _Numbers,
    their_gain: _Number | _Numbers,
) -> NDArray[np.float64]: ...
@overload
def walkaway_power(
    our_gain: _Rows[_Series],
    their_gain: _Number | _Numbers | _Rows[Any],
) -> _Series: ...
@overload
def walkaway_power(
    our_gain: _Number | _Numbers | _Same,
    their_gain: _Number | _Numbers | _Same,
) -> _Same: ...
@overload
def walkaway_exit(
    prob_deal: _Number,
    surplus: _Number,
    cost_to_continue: _Number,
) -> float: ...
@overload
def walkaway_exit(
    prob_deal: _Number | _Numbers,
    surplus: _Number | _Numbers,
    cost_to_continue: _Number | _Numbers,
) -> NDArray[np.float64]: ...
@overload
def walkaway_exit(
    prob_deal: _Rows[_Series],
    surplus: _Number | _Numbers | _Rows[Any],
    cost_to_continue: _Number | _Numbers | _Rows[Any],
) -> _Series: ...
@overload
def walkaway_exit(
    prob_deal: _Number | _Numbers | _Same,
    surplus: _Number | _Numbers | _Same,
    cost_to_continue: _Number | _Numbers | _Same,
) -> _Same: ...
@overload
def walkaway_runway(
    liquid: _Number,
    monthly_need: _Number,
    monthly_income: _Number | None = 0.0,
) -> float: ...
@overload
def walkaway_runway(
    liquid: _Number | _Numbers,
    monthly_need: _Number | _Numbers,
    monthly_income: _Number | _Numbers | None = 0.0,
) -> NDArray[np.float64]: ...
@overload
def walkaway_runway(
    liquid: _Rows[_Series],
    monthly_need: _Number | _Numbers | _Rows[Any],
    monthly_income: _Number | _Numbers | _Rows[Any] | None = 0.0,
) -> _Series: ...
@overload
def walkaway_runway(
    liquid: _Number | _Numbers | _Same,
    monthly_need: _Number | _Numbers | _Same,
    monthly_income: _Number | _Numbers | _Same | None = 0.0,
) -> _Same: ...
@overload
def walkaway_message(
    status: _Status,
    counterpart: str | None = None,
    met: str | None = None,
    unmet: str | None = None,
    better_fit: str | None = None,
    door_open: _Flag | None = True,
) -> str | float: ...
@overload
def walkaway_message(
    status: _Status | _Cells[_Status] | NDArray[Any],
    counterpart: str | _Texts | None = None,
    met: str | _Texts | None = None,
    unmet: str | _Texts | None = None,
    better_fit: str | _Texts | None = None,
    door_open: _Flag | _Flags | None = True,
) -> NDArray[np.object_]: ...
@overload
def walkaway_message(
    status: _Status | _Cells[_Status] | NDArray[Any] | _Rows[Any],
    counterpart: str | _Texts | _Rows[Any] | None = None,
    met: str | _Texts | _Rows[Any] | None = None,
    unmet: str | _Texts | _Rows[Any] | None = None,
    better_fit: str | _Texts | _Rows[Any] | None = None,
    door_open: _Flag | _Flags | _Rows[Any] | None = True,
) -> Any: ...
def walkaway_explain(
    function_name: str,
    argument_1: object = None,
    argument_2: object = None,
    argument_3: object = None,
    argument_4: object = None,
    argument_5: object = None,
    argument_6: object = None,
    argument_7: object = None,
    argument_8: object = None,
    argument_9: object = None,
    argument_10: object = None,
) -> str | NDArray[np.object_]: ...
@overload
def batna_value(
    payoff: _Number,
    probability: _Number | None = 1.0,
    fallback: _Number | None = 0.0,
    cost: _Number | None = 0.0,
    delay: _Number | None = 0.0,
    rate: _Number | None = 0.0,
    side: _Side | None = None,
) -> float: ...
@overload
def batna_value(
    payoff: _Number | _Numbers,
    probability: _Number | _Numbers | None = 1.0,
    fallback: _Number | _Numbers | None = 0.0,
    cost: _Number | _Numbers | None = 0.0,
    delay: _Number | _Numbers | None = 0.0,
    rate: _Number | _Numbers | None = 0.0,
    side: _Side | _Cells[_Side] | NDArray[Any] | None = None,
) -> NDArray[np.float64]: ...
@overload
def batna_value(
    payoff: _Rows[_Series],
    probability: _Number | _Numbers | _Rows[Any] | None = 1.0,
    fallback: _Number | _Numbers | _Rows[Any] | None = 0.0,
    cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    delay: _Number | _Numbers | _Rows[Any] | None = 0.0,
    rate: _Number | _Numbers | _Rows[Any] | None = 0.0,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def batna_value(
    payoff: _Number | _Numbers | _Same,
    probability: _Number | _Numbers | _Same | None = 1.0,
    fallback: _Number | _Numbers | _Same | None = 0.0,
    cost: _Number | _Numbers | _Same | None = 0.0,
    delay: _Number | _Numbers | _Same | None = 0.0,
    rate: _Number | _Numbers | _Same | None = 0.0,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same | None = None,
) -> _Same: ...
def batna_compare(
    offer: _Number,
    prices: _Number | _Numbers | _Rows[Any],
    side: _Side,
    labels: str | _Texts | _Rows[Any] | None = None,
    alternatives_better_by: _Number | _Numbers | _Rows[Any] | None = None,
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    fallbacks: _Number | _Numbers | _Rows[Any] | None = None,
    signed_prices: _Flag | None = False,
) -> Comparison | float: ...
@overload
def batna_best(
    prices: _Number | _Numbers | _Rows[Any],
    side: _Side,
    labels: str | _Texts | _Rows[Any] | None = None,
    alternatives_better_by: _Number | _Numbers | _Rows[Any] | None = None,
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    fallbacks: _Number | _Numbers | _Rows[Any] | None = None,
    output: Literal["price", 0] = "price",
    signed_prices: _Flag | None = False,
) -> float: ...
@overload
def batna_best(
    prices: _Number | _Numbers | _Rows[Any],
    side: _Side,
    labels: str | _Texts | _Rows[Any] | None = None,
    alternatives_better_by: _Number | _Numbers | _Rows[Any] | None = None,
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    fallbacks: _Number | _Numbers | _Rows[Any] | None = None,
    *,
    output: Literal["label", 1],
    signed_prices: _Flag | None = False,
) -> str | float: ...
@overload
def batna_tree(
    ids: _Label | _Labels | _Rows[Any],
    parents: _Label | _Labels | _Rows[Any] | None,
    types: _Node | _Cells[_Node] | NDArray[Any] | _Rows[Any],
    values: _Number | _Numbers | _Rows[Any],
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    output: Literal["value", 0] = "value",
    side: _Side | None = None,
) -> float: ...
@overload
def batna_tree(
    ids: _Label | _Labels | _Rows[Any],
    parents: _Label | _Labels | _Rows[Any] | None,
    types: _Node | _Cells[_Node] | NDArray[Any] | _Rows[Any],
    values: _Number | _Numbers | _Rows[Any],
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    *,
    output: Literal["choice", 1],
    side: _Side | None = None,
) -> str | float: ...
@overload
def batna_tree(
    ids: _Label | _Labels | _Rows[Any],
    parents: _Label | _Labels | _Rows[Any] | None,
    types: _Node | _Cells[_Node] | NDArray[Any] | _Rows[Any],
    values: _Number | _Numbers | _Rows[Any],
    probabilities: _Number | _Numbers | _Rows[Any] | None = None,
    *,
    output: Literal["table", 2],
    side: _Side | None = None,
) -> NDArray[np.float64] | float: ...
def batna_ce(
    outcomes: _Number | _Numbers | _Rows[Any],
    probabilities: _Number | _Numbers | _Rows[Any],
    risk_tolerance: _Number | None = None,
    side: _Side | None = None,
) -> float: ...
@overload
def batna_risk(
    win: _Number,
    lose: _Number,
    ce: _Number,
    p: _Number | None = 0.5,
) -> float: ...
@overload
def batna_risk(
    win: _Number | _Numbers,
    lose: _Number | _Numbers,
    ce: _Number | _Numbers,
    p: _Number | _Numbers | None = 0.5,
) -> NDArray[np.float64]: ...
@overload
def batna_risk(
    win: _Rows[_Series],
    lose: _Number | _Numbers | _Rows[Any],
    ce: _Number | _Numbers | _Rows[Any],
    p: _Number | _Numbers | _Rows[Any] | None = 0.5,
) -> _Series: ...
@overload
def batna_risk(
    win: _Number | _Numbers | _Same,
    lose: _Number | _Numbers | _Same,
    ce: _Number | _Numbers | _Same,
    p: _Number | _Numbers | _Same | None = 0.5,
) -> _Same: ...
@overload
def batna_search(
    cost: _Number,
    side: _Side,
    p1: _Number,
    p2: _Number,
    p3: _Number | None = None,
    dist: _Distribution | None = None,
    draws: _Number | None = None,
) -> float: ...
@overload
def batna_search(
    cost: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    p1: _Number | _Numbers,
    p2: _Number | _Numbers,
    p3: _Number | _Numbers | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | None = None,
    draws: _Number | _Numbers | None = None,
) -> NDArray[np.float64]: ...
@overload
def batna_search(
    cost: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    p1: _Number | _Numbers | _Rows[Any],
    p2: _Number | _Numbers | _Rows[Any],
    p3: _Number | _Numbers | _Rows[Any] | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Rows[Any] | None = None,
    draws: _Number | _Numbers | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def batna_search(
    cost: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    p1: _Number | _Numbers | _Same,
    p2: _Number | _Numbers | _Same,
    p3: _Number | _Numbers | _Same | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Same | None = None,
    draws: _Number | _Numbers | _Same | None = None,
) -> _Same: ...
@overload
def zopa(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    output: Literal["width", "low", "high", "mid", 0, 1, 2, 3] = "width",
) -> float: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    output: Literal["width", "low", "high", "mid", 0, 1, 2, 3] = "width",
) -> NDArray[np.float64]: ...
@overload
def zopa(
    seller_walkaway: _Rows[_Series],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    output: Literal["width", "low", "high", "mid", 0, 1, 2, 3] = "width",
) -> _Series: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers | _Same,
    buyer_walkaway: _Number | _Numbers | _Same,
    output: Literal["width", "low", "high", "mid", 0, 1, 2, 3] = "width",
) -> _Same: ...
@overload
def zopa(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    output: Literal["exists", 4],
) -> bool | float: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    output: Literal["exists", 4],
) -> NDArray[np.bool_] | NDArray[np.object_]: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers | _Rows[Any],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    output: Literal["exists", 4],
) -> Any: ...
@overload
def zopa(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    output: Literal["all", 5],
) -> NDArray[np.float64] | float: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    output: Literal["all", 5],
) -> NDArray[np.float64]: ...
@overload
def zopa(
    seller_walkaway: _Number | _Numbers | _Rows[Any],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    output: Literal["all", 5],
) -> NDArray[np.float64]: ...
@overload
def zopa_share(
    price: _Number,
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    side: _Side,
) -> float: ...
@overload
def zopa_share(
    price: _Number | _Numbers,
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
) -> NDArray[np.float64]: ...
@overload
def zopa_share(
    price: _Rows[_Series],
    seller_walkaway: _Number | _Numbers | _Rows[Any],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
) -> _Series: ...
@overload
def zopa_share(
    price: _Number | _Numbers | _Same,
    seller_walkaway: _Number | _Numbers | _Same,
    buyer_walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
) -> _Same: ...
@overload
def split_midpoint(
    our_offer: _Number,
    their_offer: _Number,
    seller_walkaway: _Number | None = None,
    buyer_walkaway: _Number | None = None,
) -> float: ...
@overload
def split_midpoint(
    our_offer: _Number | _Numbers,
    their_offer: _Number | _Numbers,
    seller_walkaway: _Number | _Numbers | None = None,
    buyer_walkaway: _Number | _Numbers | None = None,
) -> NDArray[np.float64]: ...
@overload
def split_midpoint(
    our_offer: _Rows[_Series],
    their_offer: _Number | _Numbers | _Rows[Any],
    seller_walkaway: _Number | _Numbers | _Rows[Any] | None = None,
    buyer_walkaway: _Number | _Numbers | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def split_midpoint(
    our_offer: _Number | _Numbers | _Same,
    their_offer: _Number | _Numbers | _Same,
    seller_walkaway: _Number | _Numbers | _Same | None = None,
    buyer_walkaway: _Number | _Numbers | _Same | None = None,
) -> _Same: ...
@overload
def split_nash(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    seller_power: _Number | None = 0.5,
) -> float: ...
@overload
def split_nash(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    seller_power: _Number | _Numbers | None = 0.5,
) -> NDArray[np.float64]: ...
@overload
def split_nash(
    seller_walkaway: _Rows[_Series],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    seller_power: _Number | _Numbers | _Rows[Any] | None = 0.5,
) -> _Series: ...
@overload
def split_nash(
    seller_walkaway: _Number | _Numbers | _Same,
    buyer_walkaway: _Number | _Numbers | _Same,
    seller_power: _Number | _Numbers | _Same | None = 0.5,
) -> _Same: ...
@overload
def split_rubinstein(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    seller_delta: _Number,
    buyer_delta: _Number,
    first: _Side | None = "seller",
) -> float: ...
@overload
def split_rubinstein(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    seller_delta: _Number | _Numbers,
    buyer_delta: _Number | _Numbers,
    first: _Side | _Cells[_Side] | NDArray[Any] | None = "seller",
) -> NDArray[np.float64]: ...
@overload
def split_rubinstein(
    seller_walkaway: _Rows[_Series],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    seller_delta: _Number | _Numbers | _Rows[Any],
    buyer_delta: _Number | _Numbers | _Rows[Any],
    first: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any] | None = "seller",
) -> _Series: ...
@overload
def split_rubinstein(
    seller_walkaway: _Number | _Numbers | _Same,
    buyer_walkaway: _Number | _Numbers | _Same,
    seller_delta: _Number | _Numbers | _Same,
    buyer_delta: _Number | _Numbers | _Same,
    first: _Side | _Cells[_Side] | NDArray[Any] | _Same | None = "seller",
) -> _Same: ...
@overload
def split_ks(
    seller_walkaway: _Number,
    buyer_walkaway: _Number,
    seller_ideal: _Number | None = None,
    buyer_ideal: _Number | None = None,
) -> float: ...
@overload
def split_ks(
    seller_walkaway: _Number | _Numbers,
    buyer_walkaway: _Number | _Numbers,
    seller_ideal: _Number | _Numbers | None = None,
    buyer_ideal: _Number | _Numbers | None = None,
) -> NDArray[np.float64]: ...
@overload
def split_ks(
    seller_walkaway: _Rows[_Series],
    buyer_walkaway: _Number | _Numbers | _Rows[Any],
    seller_ideal: _Number | _Numbers | _Rows[Any] | None = None,
    buyer_ideal: _Number | _Numbers | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def split_ks(
    seller_walkaway: _Number | _Numbers | _Same,
    buyer_walkaway: _Number | _Numbers | _Same,
    seller_ideal: _Number | _Numbers | _Same | None = None,
    buyer_ideal: _Number | _Numbers | _Same | None = None,
) -> _Same: ...
@overload
def zopa_prob(
    walkaway: _Number,
    side: _Side,
    p1: _Number,
    p2: _Number,
    p3: _Number | None = None,
    dist: _Distribution | None = None,
) -> float: ...
@overload
def zopa_prob(
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    p1: _Number | _Numbers,
    p2: _Number | _Numbers,
    p3: _Number | _Numbers | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | None = None,
) -> NDArray[np.float64]: ...
@overload
def zopa_prob(
    walkaway: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    p1: _Number | _Numbers | _Rows[Any],
    p2: _Number | _Numbers | _Rows[Any],
    p3: _Number | _Numbers | _Rows[Any] | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def zopa_prob(
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    p1: _Number | _Numbers | _Same,
    p2: _Number | _Numbers | _Same,
    p3: _Number | _Numbers | _Same | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Same | None = None,
) -> _Same: ...
@overload
def offer_bracket(
    their_offer: _Number,
    target: _Number,
    side: _Side | None = None,
    limit: _Number | None = None,
) -> float: ...
@overload
def offer_bracket(
    their_offer: _Number | _Numbers,
    target: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any] | None = None,
    limit: _Number | _Numbers | None = None,
) -> NDArray[np.float64]: ...
@overload
def offer_bracket(
    their_offer: _Rows[_Series],
    target: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any] | None = None,
    limit: _Number | _Numbers | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def offer_bracket(
    their_offer: _Number | _Numbers | _Same,
    target: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same | None = None,
    limit: _Number | _Numbers | _Same | None = None,
) -> _Same: ...
@overload
def offer_prob(
    offer: _Number,
    side: _Side,
    p1: _Number,
    p2: _Number,
    p3: _Number | None = None,
    dist: _Distribution | None = None,
) -> float: ...
@overload
def offer_prob(
    offer: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    p1: _Number | _Numbers,
    p2: _Number | _Numbers,
    p3: _Number | _Numbers | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | None = None,
) -> NDArray[np.float64]: ...
@overload
def offer_prob(
    offer: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    p1: _Number | _Numbers | _Rows[Any],
    p2: _Number | _Numbers | _Rows[Any],
    p3: _Number | _Numbers | _Rows[Any] | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def offer_prob(
    offer: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    p1: _Number | _Numbers | _Same,
    p2: _Number | _Numbers | _Same,
    p3: _Number | _Numbers | _Same | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Same | None = None,
) -> _Same: ...
@overload
def offer_ev(
    offer: _Number,
    walkaway: _Number,
    side: _Side,
    p1: _Number,
    p2: _Number,
    p3: _Number | None = None,
    dist: _Distribution | None = None,
) -> float: ...
@overload
def offer_ev(
    offer: _Number | _Numbers,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    p1: _Number | _Numbers,
    p2: _Number | _Numbers,
    p3: _Number | _Numbers | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | None = None,
) -> NDArray[np.float64]: ...
@overload
def offer_ev(
    offer: _Rows[_Series],
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    p1: _Number | _Numbers | _Rows[Any],
    p2: _Number | _Numbers | _Rows[Any],
    p3: _Number | _Numbers | _Rows[Any] | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Rows[Any] | None = None,
) -> _Series: ...
@overload
def offer_ev(
    offer: _Number | _Numbers | _Same,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    p1: _Number | _Numbers | _Same,
    p2: _Number | _Numbers | _Same,
    p3: _Number | _Numbers | _Same | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Same | None = None,
) -> _Same: ...
@overload
def offer_best(
    walkaway: _Number,
    side: _Side,
    p1: _Number,
    p2: _Number,
    p3: _Number | None = None,
    dist: _Distribution | None = None,
    output: Literal["offer", "prob", "ev", 0, 1, 2] = "offer",
) -> float: ...
@overload
def offer_best(
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    p1: _Number | _Numbers,
    p2: _Number | _Numbers,
    p3: _Number | _Numbers | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | None = None,
    output: Literal["offer", "prob", "ev", 0, 1, 2] = "offer",
) -> NDArray[np.float64]: ...
@overload
def offer_best(
    walkaway: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    p1: _Number | _Numbers | _Rows[Any],
    p2: _Number | _Numbers | _Rows[Any],
    p3: _Number | _Numbers | _Rows[Any] | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Rows[Any] | None = None,
    output: Literal["offer", "prob", "ev", 0, 1, 2] = "offer",
) -> _Series: ...
@overload
def offer_best(
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    p1: _Number | _Numbers | _Same,
    p2: _Number | _Numbers | _Same,
    p3: _Number | _Numbers | _Same | None = None,
    dist: _Distribution | _Cells[_Distribution] | NDArray[Any] | _Same | None = None,
    output: Literal["offer", "prob", "ev", 0, 1, 2] = "offer",
) -> _Same: ...
@overload
def offer_sealed(
    value: _Number,
    side: _Side,
    low: _Number,
    high: _Number,
) -> float: ...
@overload
def offer_sealed(
    value: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    low: _Number | _Numbers,
    high: _Number | _Numbers,
) -> NDArray[np.float64]: ...
@overload
def offer_sealed(
    value: _Rows[_Series],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    low: _Number | _Numbers | _Rows[Any],
    high: _Number | _Numbers | _Rows[Any],
) -> _Series: ...
@overload
def offer_sealed(
    value: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    low: _Number | _Numbers | _Same,
    high: _Number | _Numbers | _Same,
) -> _Same: ...
@overload
def offer_adverse(
    offer: _Number | None,
    low: _Number,
    high: _Number,
    uplift: _Number,
    output: Literal["ev", "bid", 0, 1] = "ev",
) -> float: ...
@overload
def offer_adverse(
    offer: _Number | _Numbers | None,
    low: _Number | _Numbers,
    high: _Number | _Numbers,
    uplift: _Number | _Numbers,
    output: Literal["ev", "bid", 0, 1] = "ev",
) -> NDArray[np.float64]: ...
@overload
def offer_adverse(
    offer: _Rows[_Series],
    low: _Number | _Numbers | _Rows[Any],
    high: _Number | _Numbers | _Rows[Any],
    uplift: _Number | _Numbers | _Rows[Any],
    output: Literal["ev", "bid", 0, 1] = "ev",
) -> _Series: ...
@overload
def offer_adverse(
    offer: _Number | _Numbers | _Same | None,
    low: _Number | _Numbers | _Same,
    high: _Number | _Numbers | _Same,
    uplift: _Number | _Numbers | _Same,
    output: Literal["ev", "bid", 0, 1] = "ev",
) -> _Same: ...
def concession_plan(
    start: _Number,
    limit: _Number,
    offers: _Number,
    firmness: _Number | Literal["boulware", "linear", "conceder"] | None = 1.0,
    reserve: _Number | None = 0.0,
    round_to: _Number | None = None,
) -> NDArray[np.float64] | float: ...
@overload
def concession_status(
    our_offers: _Number | _Numbers | _Rows[Any] | None,
    their_offers: _Number | _Numbers | _Rows[Any] | None,
    tolerance: _Number | None = 0.01,
    lookback: _Number | None = 1,
    output: Literal["status", 0] = "status",
    side: _Side | None = None,
) -> ConcessionStatus | float: ...
@overload
def concession_status(
    our_offers: _Number | _Numbers | _Rows[Any] | None,
    their_offers: _Number | _Numbers | _Rows[Any] | None,
    tolerance: _Number | None = 0.01,
    lookback: _Number | None = 1,
    *,
    output: Literal["code", 1],
    side: _Side | None = None,
) -> float: ...
def concession_limit(
    offers: _Number | _Numbers | _Rows[Any],
) -> float: ...
def concession_ackerman(
    target: _Number,
    side: _Side,
) -> NDArray[np.float64] | float: ...
def issue_weights(
    points: _Number | _Numbers | _Rows[Any],
    method: Literal["points", "roc", "equal", 0, 1, 2] | None = "points",
) -> NDArray[np.float64] | float: ...
def issue_score(
    values: _Number | _Numbers | _Rows[Any] | _Frame,
    worst: _Number | _Numbers | _Rows[Any],
    best: _Number | _Numbers | _Rows[Any],
    weights: _Number | _Numbers | _Rows[Any],
    limits: _Number | _Numbers | _Rows[Any] | None = None,
) -> float | NDArray[np.float64]: ...
def issue_price(
    target_score: _Number,
    values: _Number | _Numbers | _Rows[Any],
    worst: _Number | _Numbers | _Rows[Any],
    best: _Number | _Numbers | _Rows[Any],
    weights: _Number | _Numbers | _Rows[Any],
    price_issue: _Number,
) -> float: ...
@overload
def issue_pareto(
    our_scores: _Number | _Numbers | _Rows[Any],
    their_scores: _Number | _Numbers | _Rows[Any],
    our_walk: _Number | None = 0.0,
    their_walk: _Number | None = 0.0,
    output: Literal["efficient", 0] = "efficient",
) -> NDArray[np.bool_] | float: ...
@overload
def issue_pareto(
    our_scores: _Number | _Numbers | _Rows[Any],
    their_scores: _Number | _Numbers | _Rows[Any],
    our_walk: _Number | None = 0.0,
    their_walk: _Number | None = 0.0,
    *,
    output: Literal["nash", "ks", "sum", 1, 2, 3],
) -> float: ...
def issue_trades(
    our_weights: _Number | _Numbers | _Rows[Any],
    their_weights: _Number | _Numbers | _Rows[Any],
    labels: str | _Texts | _Rows[Any] | None = None,
) -> Trades | float: ...
@overload
def price_floor(
    cost: _Number,
    min_margin: _Number,
    leakage: _Number | None = 0.0,
    fixed_cost: _Number | None = 0.0,
    round_to: _Number | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> float: ...
@overload
def price_floor(
    cost: _Number | _Numbers,
    min_margin: _Number | _Numbers,
    leakage: _Number | _Numbers | None = 0.0,
    fixed_cost: _Number | _Numbers | None = 0.0,
    round_to: _Number | _Numbers | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> NDArray[np.float64]: ...
@overload
def price_floor(
    cost: _Rows[_Series],
    min_margin: _Number | _Numbers | _Rows[Any],
    leakage: _Number | _Numbers | _Rows[Any] | None = 0.0,
    fixed_cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    round_to: _Number | _Numbers | _Rows[Any] | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> _Series: ...
@overload
def price_floor(
    cost: _Number | _Numbers | _Same,
    min_margin: _Number | _Numbers | _Same,
    leakage: _Number | _Numbers | _Same | None = 0.0,
    fixed_cost: _Number | _Numbers | _Same | None = 0.0,
    round_to: _Number | _Numbers | _Same | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> _Same: ...
@overload
def discount_max(
    list_price: _Number,
    cost: _Number,
    min_margin: _Number,
    leakage: _Number | None = 0.0,
    fixed_cost: _Number | None = 0.0,
    step: _Number | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> float: ...
@overload
def discount_max(
    list_price: _Number | _Numbers,
    cost: _Number | _Numbers,
    min_margin: _Number | _Numbers,
    leakage: _Number | _Numbers | None = 0.0,
    fixed_cost: _Number | _Numbers | None = 0.0,
    step: _Number | _Numbers | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> NDArray[np.float64]: ...
@overload
def discount_max(
    list_price: _Rows[_Series],
    cost: _Number | _Numbers | _Rows[Any],
    min_margin: _Number | _Numbers | _Rows[Any],
    leakage: _Number | _Numbers | _Rows[Any] | None = 0.0,
    fixed_cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    step: _Number | _Numbers | _Rows[Any] | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> _Series: ...
@overload
def discount_max(
    list_price: _Number | _Numbers | _Same,
    cost: _Number | _Numbers | _Same,
    min_margin: _Number | _Numbers | _Same,
    leakage: _Number | _Numbers | _Same | None = 0.0,
    fixed_cost: _Number | _Numbers | _Same | None = 0.0,
    step: _Number | _Numbers | _Same | None = None,
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
) -> _Same: ...
@overload
def discount_check(
    list_price: _Number,
    discount: _Number,
    cost: _Number,
    min_margin: _Number,
    leakage: _Number | None = 0.0,
    fixed_cost: _Number | None = 0.0,
    warn: _Number | None = 0.02,
    output: Literal["status", 0] = "status",
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | None = False,
) -> DiscountStatus | float: ...
@overload
def discount_check(
    list_price: _Number | _Numbers,
    discount: _Number | _Numbers,
    cost: _Number | _Numbers,
    min_margin: _Number | _Numbers,
    leakage: _Number | _Numbers | None = 0.0,
    fixed_cost: _Number | _Numbers | None = 0.0,
    warn: _Number | _Numbers | None = 0.02,
    output: Literal["status", 0] = "status",
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | None = False,
) -> NDArray[np.int16]: ...
@overload
def discount_check(
    list_price: _Rows[_Series],
    discount: _Number | _Numbers | _Rows[Any],
    cost: _Number | _Numbers | _Rows[Any],
    min_margin: _Number | _Numbers | _Rows[Any],
    leakage: _Number | _Numbers | _Rows[Any] | None = 0.0,
    fixed_cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    warn: _Number | _Numbers | _Rows[Any] | None = 0.02,
    output: Literal["status", 0] = "status",
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def discount_check(
    list_price: _Number | _Numbers | _Same,
    discount: _Number | _Numbers | _Same,
    cost: _Number | _Numbers | _Same,
    min_margin: _Number | _Numbers | _Same,
    leakage: _Number | _Numbers | _Same | None = 0.0,
    fixed_cost: _Number | _Numbers | _Same | None = 0.0,
    warn: _Number | _Numbers | _Same | None = 0.02,
    output: Literal["status", 0] = "status",
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
@overload
def discount_check(
    list_price: _Number,
    discount: _Number,
    cost: _Number,
    min_margin: _Number,
    leakage: _Number | None = 0.0,
    fixed_cost: _Number | None = 0.0,
    warn: _Number | None = 0.02,
    *,
    output: Literal["code", "margin", "price", "headroom", 1, 2, 3, 4],
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | None = False,
) -> float: ...
@overload
def discount_check(
    list_price: _Number | _Numbers,
    discount: _Number | _Numbers,
    cost: _Number | _Numbers,
    min_margin: _Number | _Numbers,
    leakage: _Number | _Numbers | None = 0.0,
    fixed_cost: _Number | _Numbers | None = 0.0,
    warn: _Number | _Numbers | None = 0.02,
    *,
    output: Literal["code", "margin", "price", "headroom", 1, 2, 3, 4],
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | None = False,
) -> NDArray[np.float64]: ...
@overload
def discount_check(
    list_price: _Rows[_Series],
    discount: _Number | _Numbers | _Rows[Any],
    cost: _Number | _Numbers | _Rows[Any],
    min_margin: _Number | _Numbers | _Rows[Any],
    leakage: _Number | _Numbers | _Rows[Any] | None = 0.0,
    fixed_cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
    warn: _Number | _Numbers | _Rows[Any] | None = 0.02,
    *,
    output: Literal["code", "margin", "price", "headroom", 1, 2, 3, 4],
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def discount_check(
    list_price: _Number | _Numbers | _Same,
    discount: _Number | _Numbers | _Same,
    cost: _Number | _Numbers | _Same,
    min_margin: _Number | _Numbers | _Same,
    leakage: _Number | _Numbers | _Same | None = 0.0,
    fixed_cost: _Number | _Numbers | _Same | None = 0.0,
    warn: _Number | _Numbers | _Same | None = 0.02,
    *,
    output: Literal["code", "margin", "price", "headroom", 1, 2, 3, 4],
    margin_basis: Literal["invoice", "net", 0, 1] | None = "invoice",
    surcharges: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
def discount_stack(
    discounts: _Number | _Numbers | _Rows[Any] | _Frame,
    byrow: _Flag | None = False,
    surcharges: _Flag | None = False,
) -> float | NDArray[np.float64]: ...
@overload
def price_waterfall(
    list_price: _Number,
    on_invoice: _Number | _Numbers | _Rows[Any],
    off_invoice: _Number | _Numbers | _Rows[Any] | None = None,
    basis: Literal["amount", "list", "invoice", "running", 0, 1, 2, 3] | None = None,
    output: Literal["pocket", "invoice", "leakage", "pocket_pct", 0, 1, 2, 3] = "pocket",
    surcharges: _Flag | None = False,
) -> float: ...
@overload
def price_waterfall(
    list_price: _Number,
    on_invoice: _Number | _Numbers | _Rows[Any],
    off_invoice: _Number | _Numbers | _Rows[Any] | None = None,
    basis: Literal["amount", "list", "invoice", "running", 0, 1, 2, 3] | None = None,
    *,
    output: Literal["table", 4],
    surcharges: _Flag | None = False,
) -> NDArray[np.float64] | float: ...
@overload
def price_breakeven(
    price_change: _Number,
    contribution_margin: _Number,
    cost_change: _Number | None = 0.0,
) -> float: ...
@overload
def price_breakeven(
    price_change: _Number | _Numbers,
    contribution_margin: _Number | _Numbers,
    cost_change: _Number | _Numbers | None = 0.0,
) -> NDArray[np.float64]: ...
@overload
def price_breakeven(
    price_change: _Rows[_Series],
    contribution_margin: _Number | _Numbers | _Rows[Any],
    cost_change: _Number | _Numbers | _Rows[Any] | None = 0.0,
) -> _Series: ...
@overload
def price_breakeven(
    price_change: _Number | _Numbers | _Same,
    contribution_margin: _Number | _Numbers | _Same,
    cost_change: _Number | _Numbers | _Same | None = 0.0,
) -> _Same: ...
@overload
def deal_signer(
    value: _Number,
    limits: _Number | _Numbers | _Rows[Any],
    signers: str | _Texts | _Rows[Any],
    direction: _Direction | None = None,
    unit: Literal["share", "percent", "price", 0, 1, 2] | None = None,
) -> str | float: ...
@overload
def deal_signer(
    value: _Number | _Numbers,
    limits: _Number | _Numbers | _Rows[Any],
    signers: str | _Texts | _Rows[Any],
    direction: _Direction | None = None,
    unit: Literal["share", "percent", "price", 0, 1, 2] | None = None,
) -> NDArray[np.object_]: ...
@overload
def deal_signer(
    value: _Number | _Numbers | _Rows[Any],
    limits: _Number | _Numbers | _Rows[Any],
    signers: str | _Texts | _Rows[Any],
    direction: _Direction | None = None,
    unit: Literal["share", "percent", "price", 0, 1, 2] | None = None,
) -> Any: ...
def price_guidance(
    history: _Number | _Numbers | _Rows[Any],
    floor_p: _Number | None = 0.1,
    target_p: _Number | None = 0.5,
    stretch_p: _Number | None = 0.9,
) -> NDArray[np.float64] | float: ...
@overload
def discount_tier(
    quantity: _Number,
    breaks: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> float: ...
@overload
def discount_tier(
    quantity: _Number | _Numbers,
    breaks: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> NDArray[np.float64]: ...
@overload
def discount_tier(
    quantity: _Rows[_Series],
    breaks: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> _Series: ...
@overload
def discount_tier(
    quantity: _Number | _Numbers | _Same,
    breaks: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> _Same: ...
def discount_cliff(
    breaks: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    unit_price: _Number,
) -> Cliffs | float: ...
@overload
def rebate_value(
    volume: _Number,
    breaks: _Number | _Numbers | _Rows[Any],
    rates: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> float: ...
@overload
def rebate_value(
    volume: _Number | _Numbers,
    breaks: _Number | _Numbers | _Rows[Any],
    rates: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> NDArray[np.float64]: ...
@overload
def rebate_value(
    volume: _Rows[_Series],
    breaks: _Number | _Numbers | _Rows[Any],
    rates: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> _Series: ...
@overload
def rebate_value(
    volume: _Number | _Numbers | _Same,
    breaks: _Number | _Numbers | _Rows[Any],
    rates: _Number | _Numbers | _Rows[Any],
    mode: Literal["all", "slab", "marginal", 0, 1, 2] | None = "all",
) -> _Same: ...
@overload
def terms_cost(
    days: _Number,
    annual_rate: _Number,
    base_days: _Number | None = 0.0,
    basis: _Number | None = 365.0,
) -> float: ...
@overload
def terms_cost(
    days: _Number | _Numbers,
    annual_rate: _Number | _Numbers,
    base_days: _Number | _Numbers | None = 0.0,
    basis: _Number | _Numbers | None = 365.0,
) -> NDArray[np.float64]: ...
@overload
def terms_cost(
    days: _Rows[_Series],
    annual_rate: _Number | _Numbers | _Rows[Any],
    base_days: _Number | _Numbers | _Rows[Any] | None = 0.0,
    basis: _Number | _Numbers | _Rows[Any] | None = 365.0,
) -> _Series: ...
@overload
def terms_cost(
    days: _Number | _Numbers | _Same,
    annual_rate: _Number | _Numbers | _Same,
    base_days: _Number | _Numbers | _Same | None = 0.0,
    basis: _Number | _Numbers | _Same | None = 365.0,
) -> _Same: ...
@overload
def terms_rate(
    discount: _Number,
    discount_days: _Number,
    net_days: _Number,
    basis: _Number | None = 365.0,
    compound: _Flag | None = False,
) -> float: ...
@overload
def terms_rate(
    discount: _Number | _Numbers,
    discount_days: _Number | _Numbers,
    net_days: _Number | _Numbers,
    basis: _Number | _Numbers | None = 365.0,
    compound: _Flag | _Flags | None = False,
) -> NDArray[np.float64]: ...
@overload
def terms_rate(
    discount: _Rows[_Series],
    discount_days: _Number | _Numbers | _Rows[Any],
    net_days: _Number | _Numbers | _Rows[Any],
    basis: _Number | _Numbers | _Rows[Any] | None = 365.0,
    compound: _Flag | _Flags | _Rows[Any] | None = False,
) -> _Series: ...
@overload
def terms_rate(
    discount: _Number | _Numbers | _Same,
    discount_days: _Number | _Numbers | _Same,
    net_days: _Number | _Numbers | _Same,
    basis: _Number | _Numbers | _Same | None = 365.0,
    compound: _Flag | _Flags | _Same | None = False,
) -> _Same: ...
def deal_blend(
    list_prices: _Number | _Numbers | _Rows[Any],
    quantities: _Number | _Numbers | _Rows[Any],
    discounts: _Number | _Numbers | _Rows[Any],
    surcharges: _Flag | None = False,
) -> float: ...
@overload
def deal_lifetime(
    margin: _Number,
    retention: _Number,
    rate: _Number,
    periods: _Number | None = None,
    begin: _Flag | None = False,
    cost: _Number | None = 0.0,
) -> float: ...
@overload
def deal_lifetime(
    margin: _Number | _Numbers,
    retention: _Number | _Numbers,
    rate: _Number | _Numbers,
    periods: _Number | _Numbers | None = None,
    begin: _Flag | _Flags | None = False,
    cost: _Number | _Numbers | None = 0.0,
) -> NDArray[np.float64]: ...
@overload
def deal_lifetime(
    margin: _Rows[_Series],
    retention: _Number | _Numbers | _Rows[Any],
    rate: _Number | _Numbers | _Rows[Any],
    periods: _Number | _Numbers | _Rows[Any] | None = None,
    begin: _Flag | _Flags | _Rows[Any] | None = False,
    cost: _Number | _Numbers | _Rows[Any] | None = 0.0,
) -> _Series: ...
@overload
def deal_lifetime(
    margin: _Number | _Numbers | _Same,
    retention: _Number | _Numbers | _Same,
    rate: _Number | _Numbers | _Same,
    periods: _Number | _Numbers | _Same | None = None,
    begin: _Flag | _Flags | _Same | None = False,
    cost: _Number | _Numbers | _Same | None = 0.0,
) -> _Same: ...
@overload
def deal_result(
    outcome: _Outcome,
    price: _Number | None,
    walkaway: _Number,
    side: _Side,
    target: _Number | None = None,
    buffer: _Number | None = None,
    output: Literal["result", 0] = "result",
) -> DealStatus | float: ...
@overload
def deal_result(
    outcome: _Outcome | _Cells[_Outcome] | NDArray[Any],
    price: _Number | _Numbers | None,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    target: _Number | _Numbers | None = None,
    buffer: _Number | _Numbers | None = None,
    output: Literal["result", 0] = "result",
) -> NDArray[np.int16]: ...
@overload
def deal_result(
    outcome: _Rows[_Series],
    price: _Number | _Numbers | _Rows[Any] | None,
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    target: _Number | _Numbers | _Rows[Any] | None = None,
    buffer: _Number | _Numbers | _Rows[Any] | None = None,
    output: Literal["result", 0] = "result",
) -> _Series: ...
@overload
def deal_result(
    outcome: _Outcome | _Cells[_Outcome] | NDArray[Any] | _Same,
    price: _Number | _Numbers | _Same | None,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    target: _Number | _Numbers | _Same | None = None,
    buffer: _Number | _Numbers | _Same | None = None,
    output: Literal["result", 0] = "result",
) -> _Same: ...
@overload
def deal_result(
    outcome: _Outcome,
    price: _Number | None,
    walkaway: _Number,
    side: _Side,
    target: _Number | None = None,
    buffer: _Number | None = None,
    *,
    output: Literal["code", "value", 1, 2],
) -> float: ...
@overload
def deal_result(
    outcome: _Outcome | _Cells[_Outcome] | NDArray[Any],
    price: _Number | _Numbers | None,
    walkaway: _Number | _Numbers,
    side: _Side | _Cells[_Side] | NDArray[Any],
    target: _Number | _Numbers | None = None,
    buffer: _Number | _Numbers | None = None,
    *,
    output: Literal["code", "value", 1, 2],
) -> NDArray[np.float64]: ...
@overload
def deal_result(
    outcome: _Rows[_Series],
    price: _Number | _Numbers | _Rows[Any] | None,
    walkaway: _Number | _Numbers | _Rows[Any],
    side: _Side | _Cells[_Side] | NDArray[Any] | _Rows[Any],
    target: _Number | _Numbers | _Rows[Any] | None = None,
    buffer: _Number | _Numbers | _Rows[Any] | None = None,
    *,
    output: Literal["code", "value", 1, 2],
) -> _Series: ...
@overload
def deal_result(
    outcome: _Outcome | _Cells[_Outcome] | NDArray[Any] | _Same,
    price: _Number | _Numbers | _Same | None,
    walkaway: _Number | _Numbers | _Same,
    side: _Side | _Cells[_Side] | NDArray[Any] | _Same,
    target: _Number | _Numbers | _Same | None = None,
    buffer: _Number | _Numbers | _Same | None = None,
    *,
    output: Literal["code", "value", 1, 2],
) -> _Same: ...
@overload
def comp_total(
    base: _Number,
    bonus: _Number | None = 0.0,
    signing: _Number | None = 0.0,
    equity: _Number | None = 0.0,
    years: _Number | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | None = 0.0,
    haircut: _Number | None = 0.0,
    rate: _Number | None = 0.0,
) -> float: ...
@overload
def comp_total(
    base: _Number | _Numbers,
    bonus: _Number | _Numbers | None = 0.0,
    signing: _Number | _Numbers | None = 0.0,
    equity: _Number | _Numbers | None = 0.0,
    years: _Number | _Numbers | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | None = 0.0,
    haircut: _Number | _Numbers | None = 0.0,
    rate: _Number | _Numbers | None = 0.0,
) -> NDArray[np.float64]: ...
@overload
def comp_total(
    base: _Rows[_Series],
    bonus: _Number | _Numbers | _Rows[Any] | None = 0.0,
    signing: _Number | _Numbers | _Rows[Any] | None = 0.0,
    equity: _Number | _Numbers | _Rows[Any] | None = 0.0,
    years: _Number | _Numbers | _Rows[Any] | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | _Rows[Any] | None = 0.0,
    haircut: _Number | _Numbers | _Rows[Any] | None = 0.0,
    rate: _Number | _Numbers | _Rows[Any] | None = 0.0,
) -> _Series: ...
@overload
def comp_total(
    base: _Number | _Numbers | _Same,
    bonus: _Number | _Numbers | _Same | None = 0.0,
    signing: _Number | _Numbers | _Same | None = 0.0,
    equity: _Number | _Numbers | _Same | None = 0.0,
    years: _Number | _Numbers | _Same | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | _Same | None = 0.0,
    haircut: _Number | _Numbers | _Same | None = 0.0,
    rate: _Number | _Numbers | _Same | None = 0.0,
) -> _Same: ...
@overload
def comp_match(
    target_total: _Number,
    bonus: _Number | None = 0.0,
    signing: _Number | None = 0.0,
    equity: _Number | None = 0.0,
    years: _Number | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | None = 0.0,
    haircut: _Number | None = 0.0,
    rate: _Number | None = 0.0,
) -> float: ...
@overload
def comp_match(
    target_total: _Number | _Numbers,
    bonus: _Number | _Numbers | None = 0.0,
    signing: _Number | _Numbers | None = 0.0,
    equity: _Number | _Numbers | None = 0.0,
    years: _Number | _Numbers | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | None = 0.0,
    haircut: _Number | _Numbers | None = 0.0,
    rate: _Number | _Numbers | None = 0.0,
) -> NDArray[np.float64]: ...
@overload
def comp_match(
    target_total: _Rows[_Series],
    bonus: _Number | _Numbers | _Rows[Any] | None = 0.0,
    signing: _Number | _Numbers | _Rows[Any] | None = 0.0,
    equity: _Number | _Numbers | _Rows[Any] | None = 0.0,
    years: _Number | _Numbers | _Rows[Any] | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | _Rows[Any] | None = 0.0,
    haircut: _Number | _Numbers | _Rows[Any] | None = 0.0,
    rate: _Number | _Numbers | _Rows[Any] | None = 0.0,
) -> _Series: ...
@overload
def comp_match(
    target_total: _Number | _Numbers | _Same,
    bonus: _Number | _Numbers | _Same | None = 0.0,
    signing: _Number | _Numbers | _Same | None = 0.0,
    equity: _Number | _Numbers | _Same | None = 0.0,
    years: _Number | _Numbers | _Same | None = 4.0,
    vesting: _Number | _Numbers | _Rows[Any] | None = None,
    benefits: _Number | _Numbers | _Same | None = 0.0,
    haircut: _Number | _Numbers | _Same | None = 0.0,
    rate: _Number | _Numbers | _Same | None = 0.0,
) -> _Same: ...
@overload
def prep_score(
    statuses: _Label | _Labels | _Rows[Any],
    weights: _Number | _Numbers | _Rows[Any] | None = None,
    essential: _Flag | _Flags | _Rows[Any] | None = None,
    output: Literal["score", 0] = "score",
) -> float: ...
@overload
def prep_score(
    statuses: _Label | _Labels | _Rows[Any],
    weights: _Number | _Numbers | _Rows[Any] | None = None,
    essential: _Flag | _Flags | _Rows[Any] | None = None,
    *,
    output: Literal["verdict", 1],
) -> PrepStatus | float: ...
@overload
def flag_check(
    present: _Flag | _Flags | _Rows[Any],
    severities: _Severity | _Cells[_Severity] | NDArray[Any] | _Rows[Any],
    output: Literal["status", 0] = "status",
) -> FlagStatus | float: ...
@overload
def flag_check(
    present: _Flag | _Flags | _Rows[Any],
    severities: _Severity | _Cells[_Severity] | NDArray[Any] | _Rows[Any],
    output: Literal["code", 1],
) -> float: ...
@overload
def diligence_order(
    costs: _Number | _Numbers,
    fail_probs: _Number | _Numbers,
    output: Literal["rank", 0] = "rank",
) -> NDArray[np.float64] | float: ...
@overload
def diligence_order(
    costs: _Rows[_Series],
    fail_probs: _Number | _Numbers | _Rows[Any],
    output: Literal["rank", 0] = "rank",
) -> _Series | float: ...
@overload
def diligence_order(
    costs: _Number | _Numbers | _Same,
    fail_probs: _Number | _Numbers | _Same,
    output: Literal["rank", 0] = "rank",
) -> _Same | float: ...
@overload
def diligence_order(
    costs: _Number | _Numbers | _Rows[Any],
    fail_probs: _Number | _Numbers | _Rows[Any],
    output: Literal["cost", 1],
) -> float: ...
