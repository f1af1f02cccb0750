"""What a price column says beside a price, in a plan or a ladder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from walkaway_xl.workbooks.sections.context import Context


@dataclass(frozen=True)
class PriceColumn:
    """One column: its head, and the formula that says something about the price in a cell."""

    head: str
    formula: Callable[[Context, Mapping[str, str], str], str]
    style_name: str = "wx Calc"
    key: str = ""
    """What it says of their offer is the figure of this name, behind "their_"."""

    @property
    def is_number(self) -> bool:
        """Whether the head stands right, as numbers do."""
        return not self.style_name.endswith("text")
