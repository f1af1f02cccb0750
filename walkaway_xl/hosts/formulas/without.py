"""Functions that have no formula, and why."""

from collections.abc import Mapping

WITHOUT: Mapping[str, str] = {
    "WALKAWAY_EXPLAIN": "it asks the Python functions for the reason, and an error in a cell carries none",
}
