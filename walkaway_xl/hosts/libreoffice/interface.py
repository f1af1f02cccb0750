"""The interface between LibreOffice and us: what it is called, and what type a result has.

Both sides need it: the build, which declares the interface, and the add-in, which answers through it.
"""

from collections.abc import Iterable
from typing import Any

from walkaway_xl.catalogue import Function
from walkaway_xl.core.kinds import Holds
from walkaway_xl.hosts.uno_names import MODULE

IDENTIFIER = "walkaway_xl"  # of the extension
INTERFACE = "XWalkaway"
REBINDING = f"{MODULE}.Rebinding"
BLANK_WARNING = f"{MODULE}.BlankWarning"


def can_be_text(function: Function) -> bool:
    """Whether a cell of an answer can hold a word, as a status or a label.

    Such an answer has a type of its own each time: a word in a table of mixed type is shown by Calc, but
    never found equal to anything.
    """
    return function.gives.holds is Holds.TEXT or any(map(_is_word, _cells(function)))


def _cells(function: Function) -> Iterable[Any]:
    for example in function.examples:
        rows = example.gives if isinstance(example.gives, list) else [[example.gives]]
        for row in rows:
            yield from row if isinstance(row, list) else [row]


def _is_word(cell: Any) -> bool:
    return isinstance(cell, str) and cell != "" and not cell.startswith("#")
