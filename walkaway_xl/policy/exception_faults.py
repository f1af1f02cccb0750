"""What can be wrong with the exceptions of a policy."""

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.conditions import Condition
from walkaway_xl.policy.model import LineException, Policy
from walkaway_xl.policy.rule_faults import Findings


def without_line(policy: Policy) -> Findings:
    """Exceptions that do not say which line they mean, or how it stood."""
    for one in policy.exceptions:
        if not one.line:
            yield one.place, phrase("it names no line")
        for condition in one.line:
            if not _is_a_word(condition):
                yield one.place, phrase("{condition} is no single word", condition=condition.shown)
        keys = [condition.key for condition in one.line]
        for condition in {condition.key: condition for condition in one.line}.values():
            if keys.count(condition.key) > 1:
                yield (
                    one.place,
                    phrase("{line} names {column} twice", line=one.shown, column=condition.column),
                )
        if one.fingerprint is None:
            yield one.place, phrase("{line} has no fingerprint", line=one.shown)


def _is_a_word(condition: Condition) -> bool:
    return isinstance(condition.stated, float) or len(condition.words) == 1


def backwards(policy: Policy) -> Findings:
    """Exceptions that end before they are decided."""
    for one in policy.exceptions:
        if one.start and one.end and one.end < one.start:
            yield (
                one.place,
                phrase("decided on {on}, it holds until {until}", on=one.start, until=one.end),
            )


def unknown_signers(policy: Policy) -> Findings:
    """Exceptions that were decided by somebody who does not sign."""
    names = {signer.name for signer in policy.signers}
    for one in policy.exceptions:
        if one.decided_by is not None and one.decided_by not in names:
            yield one.place, phrase("{name} is no signer", name=one.decided_by)


def decided_twice(policy: Policy) -> Findings:
    """Exceptions of one line as it stood whose days meet."""
    seen: dict[tuple[object, ...], list[LineException]] = {}
    for one in policy.exceptions:
        key = (one.fingerprint, frozenset((asked.key, asked.words, asked.ends) for asked in one.line))
        before = seen.setdefault(key, [])
        if one.is_decided and any(_meet(one, other) for other in before):
            yield one.place, phrase("{line} is decided for the same days", line=one.shown)
        before.append(one)


def _meet(one: LineException, other: LineException) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start <= other.end and other.start <= one.end
