"""What of the workbook of a negotiation nobody else may learn, and what both sides know."""

import re
from collections.abc import Iterator

from walkaway_xl.core.kinds import Unit
from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.draft import Draft, Input
from walkaway_xl.workbooks.price_book.layout import CARD, START
from walkaway_xl.workbooks.sections import questions

NUMBER = re.compile(r"\.\d+\.")
# On the sheets that are ours: what is offered, promised or said to them all the same, and names.
SAID = (
    *("rounds.ours", "rounds.theirs", "list_price", "tiers.from", "tiers.discount"),
    *("trades.get", "trades.give", "us", "owner", "unit", "packages.name", "issues.issue"),
)
SAID_TABLES = ("words", "theirs", "ours", "packages", "interests")
CITED = ("preparation.evidence", "source")  # where something stands, in words that anybody has
NEUTRAL = ("moves.round_to",)
FROM_START = ("answer",)  # its numbers are headlines, and private as such
LIMITS = ("issues.limit",)  # numbers without a unit, which are secrets all the same
GUESSES = ("counterpart",)


def of_inputs(draft: Draft) -> Iterator[str]:
    """References to the inputs that nothing for the other side may repeat."""
    card, start = (draft.sheet(name).title for name in (CARD, START))
    for name, asked in draft.inputs.items():
        plain = NUMBER.sub(".", name)
        table = plain.partition(".")[0]
        if asked.reference.sheet == card or {plain, table} & {*SAID, *SAID_TABLES, *CITED, *NEUTRAL}:
            continue
        is_answer = asked.reference.sheet == start and asked.reference.first_row <= questions.DEADLINE
        if is_answer and name not in FROM_START:
            continue
        if plain in LIMITS or table in GUESSES or _is_telling(asked):
            yield asked.reference


def _is_telling(asked: Input) -> bool:
    number = asked.kind.number
    return asked.kind == inputs.TEXT if number is None else number.unit in (Unit.MONEY, Unit.SHARE)
