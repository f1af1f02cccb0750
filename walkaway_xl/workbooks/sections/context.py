"""What every section of a workbook is handed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walkaway_xl.sheets import blocks
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.charts import DataArea, ScaleRules
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.sections.lists import Lists
from walkaway_xl.workbooks.sides import Side

MACHINERY = RowGrid(label="B", value="C", unit="D", words="E", words_end="H", dated=None, height=18)
"""Where steps stand that nobody needs to look at: on the last sheet."""


@dataclass(frozen=True)
class Context:
    """The draft, our side, and what all sections look up."""

    draft: Draft
    side: Side
    lists: Lists
    data: DataArea
    rules: ScaleRules
    master: str
    is_alone: bool = False
    """Whether one person prepares it: no owners, no weights of their own, no agenda."""
    is_lean: bool = False
    """Whether it asks no more than a small deal needs."""

    def words(self, ref: str) -> str:
        """A number inside a sentence, with the decimals that Lists sets."""
        return f"FIXED({ref},{self.lists.decimals})"

    def worked_out(self, title: str, lines: Sequence[Line], figures: Mapping[str, str]) -> dict[str, str]:
        """Write steps on the last sheet; returns the reference of each value by its key."""
        self.data.title(title)
        results = blocks.result_rows(self.data.sheet, self.data.row, lines, MACHINERY, figures)
        self.data.row += len(lines)
        return results

    def share_words(self, ref: str) -> str:
        """A share inside a sentence."""
        return f'FIXED(100*{ref},{self.lists.share_decimals})&" %"'

    def same(self, one: str, other: str) -> str:
        """The tolerance of a comparison, as the worksheet functions have it."""
        return f"{self.lists.tolerance}*MAX(1,ABS({one}),ABS({other}))"

    def reaches(self, offer: str, limit: str) -> str:
        """1 when an offer is as good as a limit or better, 0 when not or when one of them is blank."""
        return (
            f"IF(COUNT({offer})*COUNT({limit})=0,0,"
            f"--({self.side.better_by(offer, limit)}>=-{self.same(offer, limit)}))"
        )


def clipped(text: str, most: str) -> str:
    """Formula for a text of at most as many characters as a cell says; a longer one ends in an ellipsis."""
    return f'LEFT({text},{most})&REPT("…",--(LEN({text})>{most}))'


def if_known(refs: tuple[str, ...], formula: str, otherwise: str = '""') -> str:
    """A formula that stays blank until all the cells it needs hold numbers.

    An IF is never put inside another: a formula that holds one already is guarded by CHOOSE.
    """
    complete = "*".join(f"COUNT({ref})" for ref in refs)
    if re.search(r"\bIF\(", formula):
        return f"CHOOSE(1+({complete}>0),{otherwise},{formula})"
    return f"IF({complete}=0,{otherwise},{formula})"
