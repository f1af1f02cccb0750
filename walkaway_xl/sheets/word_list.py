"""Words that formulas compare: each stands once in a workbook, and formulas name its cell.

So a workbook in another language calculates the same: whatever the cell says, the list to choose from, the
cells that were filled from it and the formulas all say it too.
"""

import re
from dataclasses import dataclass

PREFIX = "word_"
"""What the names of such cells begin with."""


class Verbatim(str):
    """Text that is the same in every language: a name, an address, or what has been said already."""

    __slots__ = ()


@dataclass(frozen=True)
class WordList:
    """Words of a list in their order. Files, policies and Python know them as they are written here."""

    key: str
    words: tuple[str, ...]

    def __getitem__(self, word: str) -> str:
        """The name of the cell that holds a word, for formulas."""
        assert word in self.words, f"{word} is none of {self.words}"
        return f"{self._name}_{re.sub('[^a-z]+', '_', word.lower()).strip('_')}"

    @property
    def column(self) -> str:
        """The name of all its cells, for what is chosen from it."""
        return f"{self._name}_words"

    @property
    def _name(self) -> str:
        return f"{PREFIX}{self.key}"


ANSWERS = WordList("answer", ("yes", "no"))
YES = ANSWERS["yes"]
