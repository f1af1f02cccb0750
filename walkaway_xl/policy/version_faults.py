"""What can be wrong with the versions of costs and of list prices of a policy."""

from collections.abc import Sequence
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.model import Policy, Version
from walkaway_xl.policy.rule_faults import Findings, days_between, impossible, same_names, tied, two_meanings


class Versions(NamedTuple):
    """Versions of one kind: under which name a policy holds them, and what they state in money."""

    attribute: str
    key: str

    def of(self, policy: Policy) -> Sequence[Version]:
        """Those of a policy."""
        held: Sequence[Version] = getattr(policy, self.attribute)
        return held

    def without_amount(self, policy: Policy) -> Findings:
        """Versions that state no amount, or two."""
        for version in self.of(policy):
            if version.amount is None and version.change is None:
                yield version.place, phrase("{version} states no {key}", version=version.shown, key=self.key)
            if version.amount is not None and version.change is not None:
                yield (
                    version.place,
                    phrase("{version} states a {key} and a change", version=version.shown, key=self.key),
                )

    def named_twice(self, policy: Policy) -> Findings:
        """Versions that people could not tell apart."""
        return same_names(self.of(policy), set())

    def muddled(self, policy: Policy) -> Findings:
        """A column that is asked twice, or for words and for numbers."""
        return two_meanings(self.of(policy))

    def ties(self, policy: Policy) -> Findings:
        """Two versions that ask as much and can meet in a line."""
        return tied(self.of(policy))

    def never(self, policy: Policy) -> Findings:
        """Versions that no line can fulfil."""
        return impossible(self.of(policy))

    def gaps(self, policy: Policy) -> Findings:
        """Days between two versions for the same lines, on which neither holds."""
        return days_between(self.of(policy))


COSTS = Versions("cost_versions", "cost")
LISTS = Versions("list_versions", "list_price")
