"""Calls that type checkers must take, with the type that they must see; all of them run, too."""

from typing import assert_type

import numpy as np
import polars as pl
from numpy.typing import NDArray

import walkaway_xl as wx

Numbers = NDArray[np.float64]
Codes = NDArray[np.int16]
Objects = NDArray[np.object_]

costs = np.array([68.0, 72.0])
series = pl.Series("cost", [68.0, 72.0])

# a number in, a number out
assert_type(wx.price_floor(68, 0.2), float)
assert_type(wx.price_floor(np.float64(68), 0.2, leakage=None, round_to=0.01, margin_basis="net"), float)
assert_type(wx.walkaway_price(33, "buyer", hard_limit=33.5), float)
assert_type(wx.terms_rate(0.02, 10, 30, compound=True), float)
assert_type(wx.concession_limit([120, 115, 112.5]), float)
assert_type(wx.batna_ce([0, 100], [0.5, 0.5]), float)

# an array in any place, an array out
assert_type(wx.price_floor(costs, 0.2), Numbers)
assert_type(wx.price_floor([68, 72], 0.2), Numbers)
assert_type(wx.price_floor(68, [0.2, 0.1]), Numbers)
assert_type(wx.price_floor(68, 0.2, round_to=np.array([1, 5])), Numbers)
assert_type(wx.price_floor([[68, 72], [80, None]], 0.2), Numbers)
assert_type(wx.walkaway_gap(105, 100, ["seller", "buyer"]), Numbers)
assert_type(wx.discount_tier([5, 15], [1, 10], [0, 0.1], "slab"), Numbers)

# a Series in any place, a Series out
assert_type(wx.price_floor(series, 0.2), pl.Series)
assert_type(wx.price_floor(68, pl.Series([0.2, 0.1]), costs * 0), pl.Series)
assert_type(wx.walkaway_check(series, 70, "seller"), pl.Series)
assert_type(wx.diligence_order(series, pl.Series([0.1, 0.2])), pl.Series | float)
assert_type(wx.deal_blend(series, series, [0, 0]), float)

# a status is a member or NaN, and a column of them is codes
status = wx.walkaway_check(7500, 6500, "buyer")
assert_type(status, wx.WalkawayStatus | float)
if isinstance(status, wx.WalkawayStatus):
    name: str = status.name
assert_type(wx.walkaway_check([7500, 6300], 6500, "buyer"), Codes)
assert_type(wx.deal_result("deal", 105, 100, "seller"), wx.DealStatus | float)
assert_type(wx.concession_status([120, 118], [90, 95]), wx.ConcessionStatus | float)
assert_type(wx.words(status, wx.WalkawayStatus), str)
assert_type(wx.words(wx.walkaway_check([7500, 6300], 6500, "buyer"), of=wx.WalkawayStatus), Objects)
reason = wx.reason_of(wx.price_floor(-1, 0.2))
if reason is not None:
    assert_type(reason.words, str)

# the output says what comes out
assert_type(wx.walkaway_check(7500, 6500, "buyer", output="code"), float)
assert_type(wx.discount_check(120, 0.3, 68, 0.2), wx.DiscountStatus | float)
assert_type(wx.discount_check(120, 0.3, 68, 0.2, output="margin", margin_basis="net"), float)
assert_type(wx.discount_check([120, 130], 0.3, 68, 0.2, output="price"), Numbers)
assert_type(wx.discount_check(series, 0.3, 68, 0.2, output="headroom"), pl.Series)
assert_type(wx.zopa(100, 120), float)
assert_type(wx.zopa(100, 120, "mid"), float)
assert_type(wx.zopa(100, 120, "exists"), bool | float)
assert_type(wx.zopa([100, 130], 120, "all"), Numbers)
assert_type(wx.batna_best([35, 38], "buyer", ["Acme", "Beta"]), float)
assert_type(wx.batna_best([35, 38], "buyer", ["Acme", "Beta"], [0, 5], output="label"), str | float)
assert_type(wx.prep_score([1, 1, "n/a"]), float)
assert_type(wx.prep_score([1, 1], output="verdict"), wx.PrepStatus | float)
assert_type(wx.flag_check([True, False], ["caution", "run"]), wx.FlagStatus | float)

# words, members and numbers choose
assert_type(wx.walkaway_gap(105, 100, wx.Side.CANDIDATE), float)
assert_type(wx.walkaway_gap(105, 100, -1), float)
assert_type(wx.walkaway_gap([105, 99], 100, [wx.Side.SELLER, wx.Side.BUYER]), Numbers)
assert_type(wx.batna_search(5, "seller", 100, 200, dist="uniform"), float)
plan = wx.concession_plan(100, 120, 4, "linear")
assert_type(plan, Numbers | float)
assert_type(wx.walkaway_issues([104, 75], [100, 60], [">=", "at most"], ["Price", "Days"]), str | float)
assert_type(wx.deal_signer(0.22, [0.1, 0.3], ["Rep", "VP"]), str | float)
assert_type(wx.deal_signer([0.22, 0.05], [0.1, 0.3], ["Rep", "VP"]), Objects)
assert_type(wx.walkaway_message("run", "Acme", door_open=False), str | float)
assert_type(wx.walkaway_explain("DISCOUNT_MAX", 120, 68, 0.2), str | Objects)
assert_type(wx.CATALOGUE["PRICE_FLOOR"].summary, str)
