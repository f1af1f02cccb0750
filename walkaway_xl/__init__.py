"""Walk-away points, alternatives and discount floors: worksheet functions that also work in Python.

Every worksheet function is here under its lower-case name, with the same arguments. A number in gives a
number out, an array an array; arguments broadcast as in NumPy.

>>> import walkaway_xl as wx
>>> wx.price_floor(68, 0.2)
85.0
>>> wx.price_floor([68, 72], 0.2)
array([85., 90.])

A Series of pandas or polars gives a Series with its index and its name, where each row answers for itself.
Rows are taken by their place: of several Series with different indexes none is aligned, they are refused.
What reads a column as a whole, as `batna_best` does, answers as it does for an array. A data frame is a
block of numbers, and its answer an array.

A status is a member of its enumeration, and in a column its code; `words` has the words for both.

>>> wx.walkaway_check(7500, 6500, "buyer")
<WalkawayStatus.WALK_AWAY: -1>
>>> wx.words(wx.walkaway_check([7500, 6300], 6500, "buyer"), wx.WalkawayStatus).tolist()
['WALK AWAY', 'ACCEPTABLE']

A number that has no answer is NaN, and `reason_of` says why; a question that cannot be asked this way raises
`InputError`.

>>> wx.reason_of(wx.price_floor(-1, 0.2)).must
'be zero or more'
"""

from typing import TYPE_CHECKING, Any

from walkaway_xl.core.batna import batna_best, batna_ce, batna_compare, batna_risk, batna_search, batna_value
from walkaway_xl.core.choices import Side
from walkaway_xl.core.compensation import comp_match, comp_total
from walkaway_xl.core.concession import (
    ConcessionStatus,
    concession_ackerman,
    concession_limit,
    concession_plan,
    concession_status,
)
from walkaway_xl.core.deal import DealStatus, deal_blend, deal_lifetime, deal_result
from walkaway_xl.core.errors import InputError, WalkawayError, reason_of
from walkaway_xl.core.issue import issue_pareto, issue_price, issue_score, issue_trades, issue_weights
from walkaway_xl.core.offer import (
    offer_adverse,
    offer_best,
    offer_bracket,
    offer_ev,
    offer_prob,
    offer_sealed,
)
from walkaway_xl.core.preparation import FlagStatus, PrepStatus, diligence_order, flag_check, prep_score
from walkaway_xl.core.pricing import (
    DiscountStatus,
    deal_signer,
    discount_check,
    discount_max,
    discount_stack,
    price_breakeven,
    price_floor,
    price_guidance,
    price_waterfall,
)
from walkaway_xl.core.statuses import words
from walkaway_xl.core.terms import terms_cost, terms_rate
from walkaway_xl.core.tiers import discount_cliff, discount_tier, rebate_value
from walkaway_xl.core.tree import batna_tree
from walkaway_xl.core.walkaway import (
    WalkawayStatus,
    walkaway_check,
    walkaway_exit,
    walkaway_gap,
    walkaway_issues,
    walkaway_message,
    walkaway_power,
    walkaway_price,
    walkaway_runway,
    walkaway_score,
)
from walkaway_xl.core.zone import (
    split_ks,
    split_midpoint,
    split_nash,
    split_rubinstein,
    zopa,
    zopa_prob,
    zopa_share,
)

if TYPE_CHECKING:
    from walkaway_xl.functions import CATALOGUE
    from walkaway_xl.functions.explanation import walkaway_explain

__version__ = "0.1.0"

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


def __getattr__(name: str) -> object:
    # The catalogue is for hosts and pages, and an explanation reads it; a calculation need not wait for it.
    if name == "CATALOGUE":
        from walkaway_xl.functions import CATALOGUE

        return CATALOGUE
    if name == "walkaway_explain":
        from walkaway_xl.functions.explanation import walkaway_explain

        return _at_the_front(walkaway_explain)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


def _at_the_front(public: Any) -> Any:
    """A function or class that help, tracebacks and pickles know by the name that users import."""
    public.__module__ = __name__
    if not isinstance(public, type):  # help shows the bare call; the docstring says what goes in
        getattr(public, "__wrapped__", public).__annotations__ = {}
    return public


for _name in __all__:
    if _name in globals():
        _at_the_front(globals()[_name])
