"""Functions that have no formula, and why."""

from collections.abc import Mapping

WITHOUT: Mapping[str, str] = {
    "WALKAWAY_EXPLAIN": "it asks the Python functions for the reason, and an error in a cell carries none",
    "WALKAWAY_MESSAGE": "it tells words from amounts by their letters, of whatever alphabet, to give no limit away",
    "BATNA_TREE": "it walks a tree of any depth from row to row",
}
