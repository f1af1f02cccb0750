"""What a host is: a spreadsheet program that calls the functions, what it cannot do, and how it is asked.

Each host has a package in here with a module `host` that states what stands in `Host`; `listed` has a line
for each. The page of hosts, the doctor, the command line and the contract tests take everything from there.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from walkaway_xl.core.phrasing import later

if TYPE_CHECKING:
    from openpyxl import Workbook

    from walkaway_xl.installation.steps import Step

QUESTION, ANSWER = '=WALKAWAY_CHECK(7500,6500,"buyer")', "WALK AWAY"  # what every host can be asked


class Aspect(Enum):
    """What the contract asks of every host, as far as a host may differ in it."""

    BLANK_CELL = "a single empty cell is blank"
    FLAG = "TRUE and FALSE are no numbers"
    ERROR_IN_RANGE = "an error in a range spoils its own row alone"
    LONG_TEXT = "a text in an array has any length that a cell can hold"
    LONG_ANSWER = "an answer has as many rows as its arguments"


class Difference(NamedTuple):
    """Something that a host shows otherwise than the cell tables say.

    Parameters
    ----------
    what, why, remedy : str
        For the page: what is seen, the reason, and what helps.
    aspect : Aspect, optional
        What the contract tests do not ask of this host; they ask whether it is still otherwise. None for what
        the contract is silent about, as speed.
    handed_over : callable, optional
        The cells that the host hands over in place of those of an argument.
    shown_as : callable, optional
        The rows that the host shows in place of those of an answer.
    answered : callable, optional
        The rows that the host shows for arguments, in place of those of an answer.
    """

    what: str
    why: str
    remedy: str
    aspect: Aspect | None = None
    handed_over: Callable[[Any], Any] | None = None
    shown_as: Callable[[Any], Any] | None = None
    answered: Callable[[Sequence[Any], Any], Any] | None = None


class State(Enum):
    """What a host says when it is asked, as a mark and a word."""

    ANSWERS = later("✔ answers")
    TROUBLE = later("✖ does not answer")
    ABSENT = later("– not found")
    UNASKED = later("? cannot be asked from here")


class Finding(NamedTuple):
    """What was found of a host, why, and what mends it."""

    state: State
    words: str
    remedy: str = ""


def trouble(message: str) -> Finding:
    """What is wrong, and after a semicolon what mends it."""
    words, _, remedy = message.partition("; ")
    is_command = not remedy.startswith("run this")
    return Finding(State.TROUBLE, words, remedy.removeprefix("run ") if is_command else remedy)


@runtime_checkable
class Host(Protocol):
    """A program that calls the functions, as its module `host` states it. It is loaded at every start."""

    KEY: str
    """What the command line calls it."""
    TITLE: str
    HOW: str
    """How it comes to the functions, for the page."""
    TRIED_WITH: str
    """The versions."""
    DIFFERENCES: tuple[Difference, ...]

    def ask(self) -> Finding:
        """Whether the functions answer there."""


class Offered(Protocol):
    """A kind of workbook that a host's own gallery offers."""

    @property
    def name(self) -> str:
        """The name by which it is written."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def summary(self) -> str:
        """What it is for."""


@runtime_checkable
class Installable(Host, Protocol):
    """A host that something of ours is put into, and taken out of again."""

    PROGRAM: str
    """What the program is called in a sentence."""
    FILE: str
    """The file that is put into it."""
    FILE_IS: str
    """What that file is."""

    def make(self, templates: Iterable[Offered], /) -> bytes:
        """The file, for no machine in particular."""

    def is_here(self) -> bool:
        """Whether the program is on this machine."""

    def installing(self, templates: Iterable[Offered], /) -> Iterable["Step"]:
        """Plan of the installation for this user."""

    def removing(self) -> Iterable["Step"]:
        """Plan of the removal for this user; empty if there is nothing to remove."""


@runtime_checkable
class Carried(Host, Protocol):
    """A host whose workbooks bring the functions along."""

    def respell(self, workbook: "Workbook", /) -> None:
        """Call the functions in a workbook's formulas as the host's are called."""

    def with_functions(self, data: bytes, /) -> bytes:
        """A finished workbook with the functions in it."""
