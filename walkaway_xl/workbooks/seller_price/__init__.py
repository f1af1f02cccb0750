"""The seller's price negotiation: from cost and alternatives to a walk-away, a plan and a verdict."""

from walkaway_xl.workbooks.seller_price.assembly import build

__all__ = ["build"]
