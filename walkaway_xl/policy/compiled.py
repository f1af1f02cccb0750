"""A policy made ready for columns of lines: what every class and every signer states, as arrays."""

from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.policy.model import EVERY_CLASS, NOBODY, Policy

BANDS = ("min", "target", "stretch")


class Band(NamedTuple):
    """A margin and a share of the list price for each class; NaN where none is stated, and for no class."""

    margins: Floats
    prices: Floats
    with_prices: bool  # whether any class states a price
    stated: bool  # whether any class states either


def _band(policy: Policy, band: str) -> Band:
    def column(kind: str) -> Floats:
        return np.array([getattr(entry, f"{band}_{kind}") for entry in policy.classes] + [None], float)

    margins, prices = column("margin"), column("price")
    with_prices = not np.isnan(prices).all()
    return Band(margins, prices, with_prices, with_prices or not np.isnan(margins).all())


class Limit(NamedTuple):
    """What each signer may sign up to, by one measure of a line; none is NaN."""

    of: str  # discount, margin or price
    values: Floats
    sign: float  # −1 where a larger value asks for a more senior signer, 1 where a smaller one does


class CompiledPolicy:
    """A policy made ready for columns."""

    def __init__(self, policy: Policy):
        self.policy = policy
        self.usual_leakage: Floats = np.asarray(policy.leakage)
        self.bands = {band: _band(policy, band) for band in BANDS}
        self.limits = [
            Limit(key, np.array([getattr(signer, key) for signer in policy.signers], float), sign)
            for key, sign in (("discount", -1.0), ("margin", 1.0), ("price", 1.0))
        ]
        self.quantities = [tier.quantity for tier in policy.tiers]
        self.tier_discounts = [tier.discount for tier in policy.tiers]
        self.signer_names = (*(str(signer.name) for signer in policy.signers), NOBODY)
        self.classes = tuple(str(entry.name).strip() for entry in policy.classes)
        # The upper of two of one name counts.
        self.places = {name.casefold(): place for place, name in reversed(list(enumerate(self.classes)))}
        self.place_of_others = self.places.get(EVERY_CLASS, -1)
        self.has_loss_leaders = bool((self.bands["min"].margins < 0).any())
