"""What is asked of every host: every example, every kind of cell in every argument, and the two cell tables.

A case names the aspect of the contract that it is about, if a host may differ in it. What differs is declared
by the host, in its own module; nothing is said of it here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from tests.calls import CALLS, rows_of, variants
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.contract import Aspect, Difference, Host

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
NA = CellError("#N/A")
LONG = 10_001  # rows
SENTENCE = "x" * 300


@dataclass(frozen=True, eq=False)  # each is itself, as a key, too
class Question:
    """A call, what it shows by the contract, and the aspect that it is about."""

    name: str
    arguments: Sequence[Any]
    shows: Any
    aspect: Aspect | None = None
    words: str = ""

    @property
    def rows(self) -> list[list[Any]]:
        """What it shows, as rows."""
        return rows_of(self.shows)

    def difference(self, host: Host) -> Difference | None:
        """What the host declares of the aspect."""
        return next(
            (each for each in host.DIFFERENCES if self.aspect is not None and each.aspect is self.aspect),
            None,
        )

    def shown_by(self, host: Host) -> list[list[Any]]:
        """What the host shows: the contract's answer to the cells that it hands over."""
        translated = [each for each in host.DIFFERENCES if each.handed_over or each.shown_as or each.answered]
        if not translated:
            return self.rows
        arguments, rows = list(self.arguments), self.rows
        for difference in translated:
            if difference.handed_over is not None:
                arguments = [_handed_over(cells, difference.handed_over) for cells in arguments]
        if repr(arguments) != repr(list(self.arguments)):  # TRUE equals 1
            rows = rows_of(evaluate(CATALOGUE[self.name], arguments))
        for difference in translated:
            if difference.shown_as is not None:
                rows = difference.shown_as(rows)
            if difference.answered is not None:
                rows = difference.answered(arguments, rows)
        return rows


def _handed_over(cells: Any, host: Callable[[Any], Any]) -> Any:
    if cells is LEFT_OUT:
        return cells
    return host(rows_of(cells) if isinstance(cells, list) else cells)


def _examples() -> list[Question]:
    """Every example as it is written, and with every argument after it left out."""
    questions = []
    for name, function in CATALOGUE.items():
        for example in function.examples:
            given = [LEFT_OUT if argument is None else argument for argument in example.arguments]
            padded = [*given, *[LEFT_OUT] * (len(function.arguments) - len(given))]
            questions += [Question(name, given, example.gives), Question(name, padded, example.gives)]
    return questions


EXAMPLES = _examples()


def matrix(one_in: int = 1) -> list[Question]:
    """Every function × argument × kind of cell, or one in so many of them."""
    questions = []
    for name, changed in islice(variants(ERRORS), 0, None, one_in):
        arguments = CALLS[name].arguments(**changed)
        questions.append(Question(name, arguments, evaluate(CATALOGUE[name], arguments), words=str(changed)))
    return questions


KINDS = matrix(one_in=5)  # `python -m tests.hosts` asks all of them


def _case(
    words: str, name: str, arguments: Sequence[Any], shows: Any, aspect: Aspect | None = None
) -> Question:
    return Question(name, arguments, shows, aspect, words)


TABLES = [
    _case("a number", "PRICE_FLOOR", [68, 0.2], 85),
    _case("a fraction", "PRICE_FLOOR", [68.0, 0.2], 85),
    _case("a currency", "PRICE_FLOOR", [[[Decimal(68)], [34]], 0.2], [[85], [42.5]]),
    _case("a date", "PRICE_FLOOR", [datetime(1900, 3, 8), 0.2], 85),
    _case("a blank optional argument is its default", "PRICE_FLOOR", [68, 0.2, [[None], [0]]], [[85], [85]]),
    _case("an argument left out is its default", "PRICE_FLOOR", [68, 0.2, LEFT_OUT, 2], 87.5),
    _case("a blank first argument", "PRICE_FLOOR", [None, 0.2], "", Aspect.BLANK_CELL),
    _case("a blank in a column", "PRICE_FLOOR", [[[68], [None]], 0.2], [[85], [""]]),
    _case("another blank", "PRICE_FLOOR", [[[68], [34]], [[0.2], [None]]], [[85], ["#VALUE!"]]),
    _case("a text", "PRICE_FLOOR", ["eighty", 0.2], "#VALUE!"),
    _case("a text that looks like a number", "PRICE_FLOOR", [[["68"], [68]], 0.2], [["#VALUE!"], [85]]),
    _case("TRUE", "PRICE_FLOOR", [True, 0.2], "#VALUE!", Aspect.FLAG),
    _case("FALSE in a column", "PRICE_FLOOR", [[[False], [68]], 0.2], [["#VALUE!"], [85]], Aspect.FLAG),
    *(
        _case(f"{code} comes back as itself", "PRICE_FLOOR", [68, 0.2, CellError(code)], code)
        for code in ERRORS
    ),
    _case(
        "an error in a column", "PRICE_FLOOR", [[[68], [NA]], 0.2], [[85], ["#N/A"]], Aspect.ERROR_IN_RANGE
    ),
    _case("a column in, a column out", "PRICE_FLOOR", [[[68], [34]], 0.2], [[85], [42.5]]),
    _case("a row in, a row out", "PRICE_FLOOR", [[[68, 34]], 0.2], [[85, 42.5]]),
    _case("a column and a row", "PRICE_FLOOR", [[[68], [34]], [[0.2, 0.5]]], [[85, 136], [42.5, 68]]),
    _case("ranges that do not fit", "PRICE_FLOOR", [[[68], [34]], [[0.2], [0.2], [0.2]]], "#VALUE!"),
    _case("a malformed question", "WALKAWAY_CHECK", [100, 100, "byer"], "#VALUE!"),
    _case("outside its domain", "PRICE_FLOOR", [[[-1], [68]], 0.2], [["#NUM!"], [85]]),
    _case("no answer", "OFFER_BRACKET", [1000, 1200, "buyer"], "#N/A"),
    _case(
        "a legitimate zero divisor",
        "WALKAWAY_GAP",
        [[[5], [105]], [[0], [100]], "seller", True],
        [["#DIV/0!"], [0.05]],
    ),
    _case("a bad deal", "WALKAWAY_CHECK", [99, 100, "seller"], "WALK AWAY"),
    _case("a discount below the floor", "DISCOUNT_CHECK", [120, 0.3, 68, 0.2], "BELOW FLOOR"),
    _case(
        "a long text in an array",
        "DEAL_SIGNER",
        [[[0.05], [0.15]], [[0.1], [0.2]], [[SENTENCE], ["y"]]],
        [[SENTENCE], ["y"]],
        Aspect.LONG_TEXT,
    ),
    _case("a long answer", "PRICE_FLOOR", [[[68]] * LONG, 0.2], [[85]] * LONG, Aspect.LONG_ANSWER),
]

QUESTIONS = [*EXAMPLES, *KINDS, *TABLES]
