"""The sides of a table: what is good for us, and the words for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """One side: which way prices are good, and how the sheets speak of it."""

    word: str
    best: str
    """The function that finds the best of several prices."""
    better: str
    """The sign of a step that is good for us."""
    worse: str
    we: str
    they: str
    past: str
    """Where a price lies that is worse than a limit: below or above."""
    extreme: str
    """What the walk-away is among the prices we may accept: the lowest or the highest."""
    measure: str
    """What offers are compared by: a price, the pay of a year, the score of a package."""

    @property
    def limit(self) -> str:
        """What a limit of a price is to us."""
        return "floor" if self.best == "MAX" else "ceiling"

    @property
    def rank_order(self) -> int:
        """The order in which RANK counts: 0 puts the highest first."""
        return 0 if self.best == "MAX" else 1

    def better_by(self, ours: str, than: str) -> str:
        """Formula for how much one price is better for us than another; positive is always good."""
        return f"({ours}-{than})" if self.best == "MAX" else f"({than}-{ours})"


SELLER = Side("seller", "MAX", "+", "-", "You sell", "They buy", "below", "lowest", "price")
BUYER = Side("buyer", "MIN", "-", "+", "You buy", "They sell", "above", "highest", "price")
CANDIDATE = Side("candidate", "MAX", "+", "-", "You", "Employer", "below", "lowest", "pay")
PARTNER = Side("seller", "MAX", "+", "-", "We", "They", "below", "lowest", "score")
