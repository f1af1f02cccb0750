"""Functions that have no formula, and why; and those whose formula has no answer to huge numbers."""

from collections.abc import Mapping

WITHOUT: Mapping[str, str] = {
    "WALKAWAY_EXPLAIN": "it asks the Python functions for the reason, and an error in a cell carries none",
}
OVERFLOWING = ("BATNA_CE", "OFFER_BEST", "ISSUE_PARETO", "ISSUE_TRADES")
