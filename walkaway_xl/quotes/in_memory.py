"""The example order lines checked in memory, with nothing but the base package."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.examples import OrderLine
from walkaway_xl.policy import Policy
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.quotes.checking import Lines, check, status_word
from walkaway_xl.quotes.exact import MILLION
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import Remarks, WorstLine


def checked(orders: Sequence[OrderLine], policy: Policy) -> Tallies:
    """The summary of order lines under a policy whose classes are their categories."""
    compiled = CompiledPolicy(policy)
    categories = sorted({order.category for order in orders})
    places = np.array([categories.index(order.category) for order in orders])

    def column(name: str) -> Floats:
        return np.array([getattr(order, name) for order in orders], float)

    class_place = np.array([compiled.places[category.casefold()] for category in categories])[places]
    list_price, discount, cost, quantity = map(column, ("list_price", "discount", "cost", "quantity"))
    done = check(Lines(list_price, discount, cost, quantity, class_place), compiled)

    def line(place: int) -> WorstLine:
        return WorstLine(
            float(done.shortfall[place]) / MILLION,
            "",
            place + 2,  # the head of their file is row 1
            orders[place].product,
            orders[place].category,
            float(quantity[place]),
            float(done.net_price[place]),
            float(done.floor[place]),
            float(done.headroom[place]),
            status_word(DiscountStatus(int(done.status[place]))),
            compiled.signer_names[done.signer[place]],
        )

    tallies = Tallies(compiled)
    tally = tallies.of(None)
    tally.add(done, places, categories, line)
    tally.remark(Remarks(Counter(order.category for order in orders), {}, 0, Counter()))
    return tallies
