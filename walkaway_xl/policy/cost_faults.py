"""What can be wrong with the versions of costs of a policy."""

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.model import Policy
from walkaway_xl.policy.rule_faults import Findings, days_between, impossible, same_names, tied, two_meanings


def without_cost(policy: Policy) -> Findings:
    """Versions that state no cost, or two."""
    for version in policy.cost_versions:
        if version.cost is None and version.change is None:
            yield version.place, phrase("{version} states no cost", version=version.shown)
        if version.cost is not None and version.change is not None:
            yield version.place, phrase("{version} states a cost and a change", version=version.shown)


def named_twice(policy: Policy) -> Findings:
    """Versions that people could not tell apart."""
    return same_names(policy.cost_versions, set())


def muddled(policy: Policy) -> Findings:
    """A column that is asked twice, or for words and for numbers."""
    return two_meanings(policy.cost_versions)


def ties(policy: Policy) -> Findings:
    """Two versions that ask as much and can meet in a line."""
    return tied(policy.cost_versions)


def never(policy: Policy) -> Findings:
    """Versions that no line can fulfil."""
    return impossible(policy.cost_versions)


def gaps(policy: Policy) -> Findings:
    """Days between two versions for the same lines, on which neither holds."""
    return days_between(policy.cost_versions)
