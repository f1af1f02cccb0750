"""Who reads an output, and what he must not see: stated once, for every column and figure of every output.

A column is shown to a reader because it is declared here and he may see what it gives away; what nobody has
declared goes to finance only. So a column of costs under a name of its own is left out as the cost is.
"""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import NamedTuple

from walkaway_xl.core.pricing import DiscountStatus


class Secret(Enum):
    """What a figure gives away."""

    COST = "what goods cost, and what is earned with them"
    FLOOR = "how low a price may go, and which lines are lower"
    SIGNER = "who signs"
    RULE = "by which rule, and what the policy asks"
    SOURCE = "files, commands and reasons, which may say any of it"


class Audience(NamedTuple):
    """A reader."""

    name: str
    secrets: frozenset[Secret]

    def sees(self, *secrets: Secret | None) -> bool:
        """Whether he may see what gives some things away."""
        return all(secret is None or secret in self.secrets for secret in secrets)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is kept from him."""
        return self.secrets == frozenset(Secret)

    def status(self, word: str) -> str:
        """A status as he may know it: who must not see costs is not told which price is below one."""
        is_told = self.sees(Secret.COST) or word != DiscountStatus.BELOW_COST.word
        return word if is_told else DiscountStatus.BELOW_FLOOR.word

    @property
    def statuses(self) -> list[list[DiscountStatus]]:
        """The statuses that he can tell apart, and those that are one to him."""
        words: dict[str, list[DiscountStatus]] = {}
        for status in sorted(DiscountStatus, reverse=True):
            words.setdefault(self.status(status.word), []).append(status)
        return list(words.values())

    def columns(self, roles: Mapping[str, str | None], named: Collection[str]) -> list[str]:
        """Which columns of lines he sees.

        Parameters
        ----------
        roles : mapping
            What each column is; None for one that nobody has declared.
        named : collection of str
            Those that were asked for by name, which are shown unless they are known to give something away.
        """
        return [
            name
            for name, role in roles.items()
            if self.sees_all or (name in named if role is None else self.sees(COLUMNS[role]))
        ]


FINANCE = Audience("finance", frozenset(Secret))
SALES = Audience("sales", frozenset({Secret.FLOOR, Secret.SIGNER}))
CUSTOMER = Audience("customer", frozenset())
AUDIENCES = {audience.name: audience for audience in (SALES, FINANCE, CUSTOMER)}

# What columns of lines give away, by what they are: of the book, then those that a check adds.
COLUMNS: Mapping[str, Secret | None] = {
    **dict.fromkeys(("product", "class", "date", "currency", "quantity", "list_price", "list_value")),
    **dict.fromkeys(("list_price_used", "discount_used")),
    **dict.fromkeys(("discount", "unit_discount", "discount_value", "net_price", "net_value")),
    **dict.fromkeys(("cost", "cost_value", "margin_share", "markup"), Secret.COST),
    **dict.fromkeys(("unit_profit", "profit_value", "terms_days", "cost_used"), Secret.COST),
    **dict.fromkeys(("margin", "loss_leader", "reason"), Secret.COST),
    **dict.fromkeys(("floor", "max_discount", "headroom", "shortfall", "status"), Secret.FLOOR),
    **dict.fromkeys(("tier_discount", "target", "stretch"), Secret.FLOOR),
    **dict.fromkeys(("signer", "exception"), Secret.SIGNER),
    **dict.fromkeys(("rule", "asked"), Secret.RULE),
    **dict.fromkeys(("floor_what_if", "shortfall_what_if", "status_what_if", "signer_what_if"), Secret.RULE),
}

# Of the totals of quotes; the column that names the quote was asked for by name.
QUOTE_COLUMNS: Mapping[str, Secret | None] = {
    **dict.fromkeys(("currency", "lines", "list_value", "revenue", "blended_discount")),
    "margin": Secret.COST,
    **dict.fromkeys(("shortfall", "lines_below", "open", "status_by_lines"), Secret.FLOOR),
    **dict.fromkeys(("status", "status_blended", "decided_by"), Secret.FLOOR),
    "not_kept": Secret.RULE,
    "signer": Secret.SIGNER,
    "asked": Secret.RULE,
}
STATUS_COLUMNS = ("status", "status_by_lines", "status_blended")
