"""The formulas as names of a workbook: what a file calls each, says of it, and how one of ours is told."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from walkaway_xl import __version__
from walkaway_xl.catalogue import Function
from walkaway_xl.hosts.formulas import spelling
from walkaway_xl.hosts.formulas.helpers import HELPERS, needed
from walkaway_xl.hosts.formulas.lambdas import FORMULAS, typed_formula

LONGEST_COMMENT = 255  # characters, of Excel's
MAKER = "walkaway-xl"
MARK = f"[{MAKER} {__version__}]"


class BookName(NamedTuple):
    """A name of a workbook, and the formula that it stands for."""

    name: str
    typed: str
    comment: str
    is_helper: bool

    @property
    def stored(self) -> str:
        """The formula as a file holds it."""
        return spelling.stored(self.typed)


def names_of(functions: Iterable[Function]) -> list[BookName]:
    """The names that some functions need: their own, then those of the helpers that they call."""
    own = [
        BookName(function.name, typed_formula(function), _comment(function.summary), is_helper=False)
        for function in functions
    ]
    called = needed(name.typed for name in own)
    helpers = (
        BookName(name, HELPERS[name].formula, _comment(HELPERS[name].help), is_helper=True) for name in called
    )
    return [*own, *helpers]


def called_in(texts: Iterable[str]) -> list[Function]:
    """The functions that some formulas call, in the order of the catalogue."""
    seen: set[str] = set()
    for text in texts:
        seen |= {name.upper() for name in CALLS.findall(text)}
    return [function for name, function in FORMULAS.items() if name in seen]


CALLS = re.compile(rf"(?<![\w.!])({'|'.join(FORMULAS)})(?=\s*\()", re.IGNORECASE)


def is_ours(comment: str | None) -> bool:
    """Whether the comment of a name says that some version of this package has written it."""
    return bool(comment) and f"[{MAKER} " in str(comment)


def _comment(text: str) -> str:
    """What Excel shows beside a name: the text as far as there is room, and who has written it."""
    room = LONGEST_COMMENT - len(MARK) - 1
    return f"{text if len(text) <= room else f'{text[: room - 1]}…'} {MARK}"


def sheets_of_calls(texts: Iterable[str]) -> Iterator[bool]:
    """Whether each of some texts calls one of the functions."""
    return (bool(CALLS.search(text)) for text in texts)


def taken(names: Collection[str], ours: Iterable[BookName]) -> list[str]:
    """Those of our names that stand for something else already; names do not regard case."""
    lower = {name.lower() for name in names}
    return [name.name for name in ours if name.name.lower() in lower]
