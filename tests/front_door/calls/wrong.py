"""Calls that type checkers must not take: each wrong line says what mypy and Pyright must report there."""

import polars as pl

import walkaway_xl as wx

wx.price_floor()  # call-overload, reportCallIssue
wx.price_floor("68", 0.2)  # arg-type, reportArgumentType reportCallIssue
wx.price_floor(None, 0.2)  # call-overload, reportArgumentType reportCallIssue
wx.price_floor(68, 0.2, margin_basis="gross")  # call-overload, reportArgumentType reportCallIssue
wx.price_floor(68, 0.2, leekage=0.05)  # call-overload, reportCallIssue
wx.price_floor(["68", "72"], 0.2)  # list-item, reportArgumentType reportCallIssue
wx.price_floor(pl.DataFrame({"cost": [68.0]}), 0.2)  # call-overload, reportArgumentType reportCallIssue
wx.walkaway_check(7500, 6500)  # call-overload, reportCallIssue
wx.walkaway_check(7500, 6500, "byer")  # arg-type, reportArgumentType reportCallIssue
wx.walkaway_check(7500, 6500, 0)  # call-overload, reportArgumentType reportCallIssue
wx.walkaway_check(7500, 6500, wx.DealStatus.NO_OFFER)  # call-overload, reportArgumentType reportCallIssue
wx.walkaway_check(7500, 6500, "buyer", output="margin")  # call-overload, reportArgumentType reportCallIssue
wx.walkaway_gap([105, 99], 100, ["seller", "byer"])  # list-item, reportArgumentType reportCallIssue
wx.walkaway_gap(105, 100, "seller", "yes")  # arg-type, reportArgumentType reportCallIssue
verdict: str = wx.walkaway_check(7500, 6500, "buyer").name  # union-attr, reportAttributeAccessIssue
wx.zopa(100, 120, "middle")  # call-overload, reportArgumentType reportCallIssue
wx.concession_plan(100, 120, [4])  # arg-type, reportArgumentType
wx.concession_plan(100, 120, 4, "tough")  # arg-type, reportArgumentType
wx.walkaway_issues([104], [100], [">"])  # list-item, reportArgumentType
wx.words(0)  # call-overload, reportCallIssue
wx.words(0, wx.Side)  # arg-type, reportArgumentType reportCallIssue
wx.walkaway_prize(33, "buyer")  # attr-defined, reportAttributeAccessIssue
shared: str = wx.price_floor(68, 0.2)  # assignment, reportAssignmentType
column: float = wx.price_floor([68, 72], 0.2)  # assignment, reportAssignmentType
rows: list[float] = wx.price_floor(pl.Series([68.0]), 0.2)  # assignment, reportAssignmentType
