"""Guidance as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Sequence

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import FEWEST_PRICES
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.guidance import WHAT, Guide, Guided
from walkaway_xl.text_tables import TextColumn, table_lines


def guidance_text(guidance: Sequence[Guided], guide: Guide, by: Sequence[str], width: int) -> str:
    """The guidance as plain text of some width."""
    columns = [
        TextColumn(visible(" / ".join(by)), is_number=False),
        TextColumn(phrase("Lines")),
        TextColumn(phrase("Floor")),
        TextColumn(phrase("Target")),
        TextColumn(phrase("Stretch")),
        TextColumn(phrase("Method"), is_number=False, wraps=True),
    ]
    rows = [
        (
            "  " * (len(segment.path) - 1) + visible(segment.label),
            f"{segment.lines:,}",
            *map(_share, (segment.floor, segment.target, segment.stretch)),
            segment.method,
        )
        for segment in guidance
    ]
    remark = method_in_words(guide)
    return "\n".join([*table_lines(columns, rows, width), "", *textwrap.wrap(remark, width)])


def method_in_words(guide: Guide) -> str:
    """How the bands come about."""
    return phrase(
        "Percentiles {percentiles} of the {what}, each line counting once. A segment of fewer than {lines} "
        "is mixed with its parent in proportion to its lines; one of fewer than {fewest} has its parent's. "
        "Bands are rounded down to a tenth of a percent.",
        percentiles=", ".join(f"{100 * share:g}" for share in guide.percentiles),
        what=phrase(WHAT[guide.of]),
        lines=counted(guide.least),
        fewest=FEWEST_PRICES,
    )


def _share(value: float) -> str:
    return f"{100 * value:.1f} %".replace("-", "−")
