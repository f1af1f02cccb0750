"""A comparison as plain text, for a terminal or a message."""

from collections.abc import Iterator, Sequence

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.bridge import Bridges
from walkaway_xl.quotes.comparison import WORST, Comparison, Crossed
from walkaway_xl.quotes.comparison_rows import (
    ENDS,
    STEPS,
    crossed_row,
    sentences,
    shortfall_sentences,
    signed_money,
    split_parts,
    whole_bridges,
)
from walkaway_xl.quotes.counts import counted
from walkaway_xl.text_tables import ROOMY, TextColumn, table_lines, wrapped

GROUPS_SHOWN = 24
LONGEST_NAME = 30  # characters, so that the numbers beside it fit


def comparison_text(result: Comparison, width: int) -> str:
    """A comparison as plain text of some width."""
    return "\n".join(_lines_of(result, width)).rstrip()


def _lines_of(result: Comparison, width: int) -> Iterator[str]:
    for sentence in sentences(result):
        yield from wrapped(sentence, width)
    yield ""
    yield from _bridge(result.whole, width)
    yield ""
    for sentence in shortfall_sentences(result):
        yield from wrapped(sentence, width)
    for title, lines in (
        (phrase("Fell below floor"), result.fell),
        (phrase("Rose above it"), result.rose),
    ):
        if lines:
            yield ""
            yield from _crossed(title, lines, width)
    for title, parts in result.by.items():
        for part in split_parts(title, parts, GROUPS_SHOWN, is_wide=width >= ROOMY):
            name = TextColumn(title.capitalize(), is_number=False, most=LONGEST_NAME)
            yield ""
            yield from table_lines([name, *map(TextColumn, part.heads)], part.rows, width, total=part.total)


def _bridge(both: Bridges, width: int) -> list[str]:
    columns = [
        TextColumn("", is_number=False),
        TextColumn(phrase("Revenue")),
        TextColumn(phrase("Pocket margin")),
    ]
    amounts = zip(*whole_bridges(both), strict=True)
    rows = [
        [phrase(words), *(signed_money(amount, is_step=step not in ENDS) for amount in row)]
        for (step, words), row in zip(STEPS.items(), amounts, strict=True)
    ]
    return table_lines(columns, rows[:-1], width, total=rows[-1])


def _crossed(title: str, lines: Sequence[Crossed], width: int) -> Iterator[str]:
    yield phrase("{title}: {lines}", title=title, lines=counted(len(lines)))
    columns = [
        TextColumn(phrase("Line"), is_number=False, most=LONGEST_NAME),
        TextColumn(phrase("Row before")),
        TextColumn(phrase("after")),
        TextColumn(phrase("Shortfall before")),
        TextColumn(phrase("after")),
        TextColumn(phrase("By"), is_number=False, is_needed=False),
    ]
    rows = [crossed_row(line) for line in lines[:WORST]]
    yield from table_lines(columns, rows, width)
    if len(lines) > WORST:
        yield phrase("… and {count} more; --json names them all", count=f"{len(lines) - WORST:,}")
