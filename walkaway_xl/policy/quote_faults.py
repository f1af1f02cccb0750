"""What can be wrong with the rules of a policy for quotes as a whole."""

from walkaway_xl.core._tolerance import share_below
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.model import Policy
from walkaway_xl.policy.quote_rules import KEYS, OF_MIX, asked_of_lines
from walkaway_xl.policy.rule_faults import Findings, days_between, impossible, same_names, tied, two_meanings


def without_limit(policy: Policy) -> Findings:
    """Rules that ask nothing, or a share of lines that they do not name, or the other way round."""
    for rule in policy.quotes:
        if all(getattr(rule, key) is None for key in KEYS):
            yield rule.place, phrase("{rule} states no limit", rule=rule.shown)
        elif bool(rule.of) != any(getattr(rule, key) is not None for key in OF_MIX):
            yield rule.place, phrase("{rule} has a share and no of, or an of and no share", rule=rule.shown)


def named_twice(policy: Policy) -> Findings:
    """Rules that quotes could not tell apart."""
    return same_names(policy.quotes, set())


def muddled(policy: Policy) -> Findings:
    """A column that one rule asks twice, or that is words to one rule and numbers to another."""
    return two_meanings(policy.quotes)


def ties(policy: Policy) -> Findings:
    """Two rules that ask as much, state the same, and can meet in a quote."""
    for key in KEYS:
        stated = [rule for rule in policy.quotes if getattr(rule, key) is not None]
        mixes = dict.fromkeys(asked_of_lines(rule) for rule in stated) if key in OF_MIX else [None]
        for mix in mixes:
            yield from tied([rule for rule in stated if mix is None or asked_of_lines(rule) == mix])


def never(policy: Policy) -> Findings:
    """Rules that no quote can fulfil."""
    return impossible(policy.quotes)


def gaps(policy: Policy) -> Findings:
    """Days between two rules that ask the same of a quote, on which neither holds."""
    return days_between(policy.quotes)


def inverted(policy: Policy) -> Findings:
    """Rules whose lines must have a larger share than they may have."""
    for rule in policy.quotes:
        if rule.min_share is None or rule.max_share is None:
            continue
        if share_below(rule.max_share, rule.min_share):
            yield (
                rule.place,
                phrase(
                    "{rule} asks for at least {least} and at most {most}",
                    rule=rule.shown,
                    least=f"{rule.min_share:.1%}",
                    most=f"{rule.max_share:.1%}",
                ),
            )


def unknown_signers(policy: Policy) -> Findings:
    """Rules that name somebody who does not sign."""
    names = {signer.name for signer in policy.signers}
    for rule in policy.quotes:
        if rule.signer is not None and rule.signer not in names:
            yield rule.place, phrase("{signer} is no signer", signer=rule.signer)
