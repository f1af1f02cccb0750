"""What lines cost and list at by the versions of a policy, in place of what they state.

What a line states of its price stays: where its column holds shares the discount does, and the price follows
the list; where it holds money, net prices or amounts taken off, that does, and the discount follows.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.policy.compiled import CompiledPolicy, Versions
from walkaway_xl.policy.matching import Places
from walkaway_xl.quotes.checking import in_own_currency
from walkaway_xl.quotes.quote_files import Batch
from walkaway_xl.quotes.rule_columns import Coded, RuleColumn, codes_of

PRICES = ("net_price", "net_value")
AMOUNTS = ("unit_discount", "discount_value")


class VersionColumns(NamedTuple):
    """What versions of a policy ask for."""

    costs: tuple[RuleColumn, ...] = ()
    lists: tuple[RuleColumn, ...] = ()

    @property
    def all(self) -> tuple[RuleColumn, ...]:
        """What either asks for."""
        return (*self.costs, *self.lists)


class Used(NamedTuple):
    """Numbers of lines by the versions of a policy, how many lines each has, and why some cannot be asked."""

    numbers: dict[str, Floats]
    counts: Counter[tuple[str, str]]  # by the table and the name of the version
    faults: dict[int, str]


def by_versions(
    policy: CompiledPolicy,
    asked: VersionColumns,
    batch: Batch,
    stated: Mapping[str, Floats],
    coded: Coded,
    rates: Floats | None,
    of_book: Container[str],
) -> Used:
    """The numbers of lines by the versions of a policy.

    Parameters
    ----------
    policy : CompiledPolicy
        The policy.
    asked : VersionColumns
        What its versions ask for.
    batch : Batch
        The lines.
    stated : mapping
        Their numbers as they are stated; all versions are asked by these.
    coded : callable
        A column of words as places in a list of them.
    rates : ndarray of float or None
        What the currency of each line is in that of the policy.
    of_book : container of str
        What numbers the book has columns for, which says what stays.
    """
    used = Used(dict(stated), Counter(), {})
    for versions, columns in ((policy.costs, asked.costs), (policy.lists, asked.lists)):
        if versions.matcher is None:
            continue
        codes, faults = codes_of(columns, batch, stated, coded)
        decided = versions.matcher.places(codes, len(batch.frame))
        used.numbers[versions.of] = _numbers(versions, decided, stated[versions.of], rates)
        counts = np.bincount(decided[decided >= 0], minlength=len(versions.names)).tolist()
        used.counts.update({(versions.of, name): n for name, n in zip(versions.names, counts, strict=True)})
        used.faults.update(faults)
    if policy.lists.matcher is not None:
        used.numbers["discount"] = _discount(of_book, stated, used.numbers["list_price"])
    return used


def _numbers(versions: Versions, decided: Places, own: Floats, rates: Floats | None) -> Floats:
    amounts = in_own_currency(versions.amounts[decided], rates)
    changed: Floats = own * (1 + versions.changes[decided])
    return np.where(np.isnan(versions.amounts[decided]), changed, amounts)


@np.errstate(all="ignore")  # of a line that cannot be checked the numbers may be anything
def _discount(of_book: Container[str], stated: Mapping[str, Floats], now: Floats) -> Floats:
    """The discounts from another list price."""
    before, discount = stated["list_price"], stated["discount"]
    if any(role in of_book for role in PRICES):
        follows = (now - before * (1 - discount)) / now
    elif any(role in of_book for role in AMOUNTS):
        follows = before * discount / now
    else:
        return discount
    return np.where(now == before, discount, follows)


def above_list(stated: Mapping[str, Floats], used: Mapping[str, Floats]) -> Iterator[tuple[int, str]]:
    """Lines whose price stays, and lies above the list price that a version states."""
    above = (used["discount"] < -TOLERANCE) & (stated["discount"] >= -TOLERANCE)
    for place in np.flatnonzero(above).tolist():
        price = stated["list_price"][place] * (1 - stated["discount"][place])
        yield (
            place,
            phrase(
                "the price {price} is above the list price {list_price} of the policy; --surcharges checks "
                "such lines, or correct the [[list_version]]",
                price=f"{price:,.6g}",
                list_price=f"{used['list_price'][place]:,.6g}",
            ),
        )
