"""Tables as plain text, for a terminal or a message: columns stated once, drawn by rich."""

import io
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from walkaway_xl.core.texts import visible

NARROWEST, USUAL, WIDEST = 60, 80, 120  # characters of a line; the middle one where no terminal says its own
ROOMY = 72  # from which there is room for every column


class TextColumn(NamedTuple):
    """A column of a table."""

    head: str
    is_number: bool = True  # stands on the right, and is never cut
    wraps: bool = False  # whether a long text goes on in the next line; else it is cut
    most: int | None = None  # characters
    is_needed: bool = True  # also on a narrow page


def page_width(asked: int | None = None) -> int:
    """How many characters a line of a page takes: as many as asked, or as the terminal shows.

    In a pipe it is the usual width, so that what is kept does not depend on a window.
    """
    width = asked or (shutil.get_terminal_size().columns if sys.stdout.isatty() else USUAL)
    return min(WIDEST, max(NARROWEST, width))


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of some width; a name in it stays whole where it can."""
    return textwrap.wrap(visible(text), width, break_on_hyphens=False, break_long_words=False)


def table_lines(
    columns: Sequence[TextColumn],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    total: Sequence[str] | None = None,
) -> list[str]:
    """A table as lines of text.

    Parameters
    ----------
    columns : sequence of TextColumn
        Its columns.
    rows : sequence of sequence of str
        A text for each column.
    width : int
        Characters that a line may take.
    total : sequence of str, optional
        The last row, below a rule.
    """
    from rich.box import Box  # whoever prints no table need not wait for it
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = [place for place, column in enumerate(columns) if column.is_needed or width >= ROOMY]
    # A rule below the heads and one above the total.
    rules = Box("    \n    \n ── \n    \n    \n ── \n    \n    \n")
    table = Table(box=rules, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.show_footer = total is not None
    for place in shown:
        column = columns[place]
        table.add_column(
            Text(visible(column.head)),
            "" if total is None else Text(visible(total[place])),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number,
            max_width=column.most,
        )
    for row in rows:
        table.add_row(
            *(
                Text(visible(row[place]), no_wrap=not columns[place].wraps, overflow="ellipsis")
                for place in shown
            )
        )
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, legacy_windows=False, safe_box=False).print(table)
    return [line.rstrip() for line in page.getvalue().splitlines()]
