"""What a helper of the formulas is."""

from typing import NamedTuple


class Helper(NamedTuple):
    """A name that other formulas call."""

    formula: str
    help: str
