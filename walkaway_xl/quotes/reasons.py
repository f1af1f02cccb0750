"""Why a line has its status and its signer, in a sentence."""

from collections.abc import Iterator

import numpy as np

from walkaway_xl.core.pricing import DiscountStatus, approver_place
from walkaway_xl.quotes.checking import Checked, Lines, Rules

VERDICTS = {
    DiscountStatus.OK: "It keeps the minimum margin of {minimum:.1%}",
    DiscountStatus.NEAR_FLOOR: "It keeps the minimum margin of {minimum:.1%}, barely",
    DiscountStatus.BELOW_FLOOR: "It misses the minimum margin of {minimum:.1%}",
    DiscountStatus.BELOW_COST: "It earns less than nothing, and should earn {minimum:.1%}",
}


def in_words(lines: Lines, checked: Checked, rules: Rules) -> list[str]:
    """A sentence for each line: its price and floor, its margin and minimum, and what asks for its signer."""
    return list(_sentences(lines, checked, rules))


def _sentences(lines: Lines, checked: Checked, rules: Rules) -> Iterator[str]:
    asked = [
        (words, value, approver_place(value, limits, sign))
        for words, value, (limits, sign) in zip(
            ("a discount of {:.1%}", "a margin of {:.1%}", "a price of {:.1%} of list"),
            (lines.discount, checked.margin, checked.price_share),
            rules.limits,
            strict=True,
        )
    ]
    minimum = checked.minimum
    for at, rejected in enumerate(checked.rejected.tolist()):
        if rejected:
            yield ""
            continue
        price, floor = checked.net_price[at], checked.floor[at]
        verdict = VERDICTS[DiscountStatus(int(checked.status[at]))].format(minimum=minimum[at])
        if checked.loss_leader is not None and checked.loss_leader[at]:
            verdict += ", as a loss leader"
        signer = int(checked.approver[at])
        because = [words.format(value[at]) for words, value, place in asked if place[at] == signer]
        margin = "" if np.isnan(checked.margin[at]) else f", the margin {checked.margin[at]:.1%}"
        why = f", because of {' and '.join(because)}" if signer else ""
        yield _minus(
            f"{verdict}: the price is {price:,.2f}{margin}, the floor {floor:,.2f}. "
            f"{_signs(rules.approvers[signer], signer == len(rules.limits[0][0]))}{why}."
        )


def _signs(approver: str, nobody: bool) -> str:
    return approver if nobody else f"{approver} signs"


def _minus(text: str) -> str:
    return text.replace(" -", " −")
