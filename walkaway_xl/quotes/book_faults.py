"""What of a policy a book has no use for: rules that decide none of its lines, signers that none asks for."""

from collections.abc import Iterator

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy import Policy
from walkaway_xl.policy.rule_faults import Findings
from walkaway_xl.policy.rules import Fault, Rule
from walkaway_xl.policy.version_faults import COSTS, LISTS
from walkaway_xl.quotes.exception_states import of_exception
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import class_use


def _nothing(policy: Policy) -> Findings:
    """No policy shows it without a book."""
    yield from ()


def _rule(title: str, remedy: str) -> Rule:
    return Rule(title, remedy, _nothing)


IDLE_CLASS = _rule(
    "Book: a class without lines",
    "Spell it as the lines do, or take it out.",
)
IDLE_RULE = _rule(
    "Book: a rule that decides no line",
    "Correct its conditions, or take it out; rules that ask more may take all of its lines.",
)
IDLE_COST = _rule(
    "Book: a cost version that no line has", "Correct its conditions or its days, or take it out."
)
IDLE_LIST = _rule(
    "Book: a list version that no line has", "Correct its conditions or its days, or take it out."
)
IDLE_SIGNER = _rule(
    "Book: a signer whom no line asks for",
    "Limits of others lie too near, or what the limit allows does not occur. Widen the step, or take it out.",
)
IDLE_EXCEPTION = _rule("Book: an exception for no line", "Correct what names the line, or take it out.")
BOOK_RULES = (IDLE_CLASS, IDLE_RULE, IDLE_COST, IDLE_LIST, IDLE_SIGNER, IDLE_EXCEPTION)


def book_faults(policy: Policy, tallies: Tallies) -> list[Fault]:
    """What of a policy a checked book has no use for, with its place in the file.

    Parameters
    ----------
    policy : Policy
        By which the book was checked.
    tallies : Tallies
        What was counted.
    """
    return list(_faults(policy, tallies))


def _faults(policy: Policy, tallies: Tallies) -> Iterator[Fault]:
    remarks = tallies.remarks
    if remarks.classes:
        use = class_use(tallies.policy.classes, remarks.classes)
        for entry in policy.classes:
            if entry.name is not None and (near := use.idle.get(entry.name.strip())) is not None:
                words = phrase("no line is of class {name}", name=entry.name)
                if near:
                    meant = phrase(" or ").join(near)
                    words = phrase(
                        "no line is of class {name}, some of {meant}", name=entry.name, meant=meant
                    )
                yield Fault(IDLE_CLASS, entry.place, words)
    for rule in policy.rules:
        if not remarks.rules[rule.shown]:
            yield Fault(IDLE_RULE, rule.place, phrase("{rule} decides none", rule=rule.shown))
    for fault, held in ((IDLE_COST, COSTS), (IDLE_LIST, LISTS)):
        for version in held.of(policy):
            if not remarks.versions.get((held.key, version.shown)):
                yield Fault(fault, version.place, phrase("{version} holds for none", version=version.shown))
    for signer in policy.signers:
        lines = sum(tally.total(signer=signer.name).lines for tally in tallies.by_currency.values())
        if signer.name and not lines:
            yield Fault(IDLE_SIGNER, signer.place, phrase("{name} signs none", name=signer.name))
    for place, one in enumerate(policy.exceptions):
        if of_exception(remarks.exceptions, place) is None:
            yield Fault(IDLE_EXCEPTION, one.place, phrase("{line} is none", line=one.shown))
