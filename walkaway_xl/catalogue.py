"""The words of the catalogue: what a worksheet function takes and gives, and how an example is written.

Everything that a function's signature and docstring already say (its name, summary, argument names, defaults
and help) is read from there. An entry adds what they cannot say: what the cells hold.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple


class Holds(Enum):
    """What one cell of an argument or a result holds."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "TRUE or FALSE"
    ANY = "a number, a text, or TRUE or FALSE"


class Shape(Enum):
    """How an argument takes a range."""

    ELEMENT = "each cell answers for itself; a column in gives a column out"
    SINGLE = "one cell"
    COLUMN = "one row or column, read as a whole"
    ROWS = "one row or column, each row answers for itself"
    GRID = "a table, read as a whole"
    AS_IT_IS = "handed on as it is, blanks and errors too"


@dataclass(frozen=True)
class Kind:
    """What the cells of an argument or a result hold.

    Parameters
    ----------
    word : str
        The word in the reference and the wizard.
    holds : Holds
        What a cell holds.
    number_format : str
        How a workbook shows it.
    words : mapping
        Words that stand for numbers, in an argument; for a result, what the codes are called.
    only_words : bool
        Whether the words' numbers are the only ones allowed.
    shape : Shape
        How a range is taken.
    may_be_blank : bool
        Whether a required argument may be blank all the same.
    may_be_na : bool
        Whether #N/A is passed over as a blank is, instead of coming back as the answer.
    """

    word: str
    holds: Holds = Holds.NUMBER
    number_format: str = "General"
    words: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    only_words: bool = False
    shape: Shape = Shape.ELEMENT
    may_be_blank: bool = False
    may_be_na: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether cells are read as numbers; the others stay what they are."""
        return self.holds in (Holds.NUMBER, Holds.FLAG)


money = Kind("money", number_format="#,##0.00")
share = Kind("share", number_format="0.0 %")
number = Kind("number", number_format="0.00")
count = Kind("count", number_format="0")
text = Kind("text", holds=Holds.TEXT)
flag = Kind("TRUE or FALSE", holds=Holds.FLAG)
label = Kind("number or text", holds=Holds.ANY)
anything = Kind("anything", holds=Holds.ANY, shape=Shape.AS_IT_IS)


def choice(word: str, words: Mapping[str, float]) -> Kind:
    """A word out of a list, or its number."""
    return Kind(word, words=words, only_words=True)


def worded(kind: Kind, words: Mapping[str, float]) -> Kind:
    """A number, some of which have names."""
    return replace(kind, words=words)


def status(kind: type[IntEnum], **spelled: str) -> Kind:
    """A status: an enumeration in the core, its words in the cell.

    A member's word is its name with spaces; `spelled` has the words that are written otherwise.
    """
    words = {spelled.get(member.name, member.name.replace("_", " ")): member for member in kind}
    return Kind("status", holds=Holds.TEXT, words=words)


def single(kind: Kind) -> Kind:
    """One cell of a kind."""
    return replace(kind, shape=Shape.SINGLE)


def column(kind: Kind) -> Kind:
    """A row or column of a kind, read as a whole: one bad cell leaves no answer."""
    return replace(kind, shape=Shape.COLUMN)


def rows(kind: Kind) -> Kind:
    """A row or column of a kind whose rows answer one by one."""
    return replace(kind, shape=Shape.ROWS)


def grid(kind: Kind) -> Kind:
    """A table of a kind."""
    return replace(kind, shape=Shape.GRID)


def or_blank(kind: Kind) -> Kind:
    """A kind that a required argument may leave blank."""
    return replace(kind, may_be_blank=True)


def or_na(kind: Kind) -> Kind:
    """A kind of which #N/A means that there is none, as a blank does."""
    return replace(kind, may_be_na=True)


class Argument(NamedTuple):
    """One argument of a worksheet function."""

    name: str
    kind: Kind
    help: str
    required: bool
    default: Any


class Example(NamedTuple):
    """A worked example: documentation, a test on every host, and a row of the functions tour.

    An argument is a number, a text, True or False, None (left out), a list (a row of cells) or a list of
    lists (a table). The answer is a cell value or a table of them; an error is its text, as "#NUM!".
    """

    arguments: tuple[Any, ...]
    gives: Any
    source: str = ""

    def formula(self, name: str) -> str:
        """The example as it is typed into a cell."""
        return f"={name}({','.join(_literal(argument) for argument in self.arguments)})"


def _literal(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, list):
        table = value if isinstance(value[0], list) else [value]
        return "{" + ";".join(",".join(_literal(cell) for cell in row) for row in table) + "}"
    return repr(value)


@dataclass(frozen=True)
class Function:
    """One worksheet function: a NumPy function and what its cells hold."""

    calculate: Callable[..., Any]
    takes: tuple[Kind, ...]
    gives: Kind
    examples: tuple[Example, ...]
    native: str = ""
    """The same answer in worksheet functions that every program has, for workbooks without the add-in.

    {argument} stands for a reference to a cell that holds a number; an argument that is not named is left
    out. Of a function that answers with a column it is one row, and {number} the place of the row. {best} is
    the MAX or MIN that chooses for our side, {better} and {worse} are + and − the way it likes and dislikes.
    """

    @cached_property
    def name(self) -> str:
        """Name in the worksheet."""
        return self.calculate.__name__.upper()

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The docstring's sections by their heading; the summary and what follows it under ""."""
        return docstring_sections(inspect.getdoc(self.calculate) or "")

    @cached_property
    def summary(self) -> str:
        """What the cell shows, in one sentence."""
        return self.sections[""].split("\n\n")[0].replace("\n", " ")

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments, in order."""
        help_of = parameter_help(self.sections["Parameters"])
        parameters = inspect.signature(self.calculate).parameters.values()
        return tuple(
            Argument(
                parameter.name,
                kind,
                help_of[parameter.name],
                parameter.default is parameter.empty,
                None if parameter.default is parameter.empty else parameter.default,
            )
            for parameter, kind in zip(parameters, self.takes, strict=True)
        )

    @cached_property
    def derivation(self) -> "Derivation":
        """How an answer comes about, from the docstring's Notes."""
        return Derivation.read(self.sections["Notes"])

    @cached_property
    def signature(self) -> str:
        """The call with optional arguments in brackets."""
        told = (argument.name if argument.required else f"[{argument.name}]" for argument in self.arguments)
        return f"{self.name}({', '.join(told)})"


class Derivation(NamedTuple):
    """How an answer comes about: the Notes of a docstring, which people and WALKAWAY_EXPLAIN both read.

    The first paragraph is the equation or the rule, with names of arguments between backticks. A list of
    lines "WORD : text" says what holds for one answer, or for one word of an argument. Whatever else there
    is explains further.
    """

    rule: str
    cases: Mapping[str, str]
    remarks: tuple[str, ...]

    @classmethod
    def read(cls, notes: str) -> "Derivation":
        """Read a Notes section."""
        rule, *others = notes.split("\n\n")
        lists = [part for part in (rule, *others) if CASE.match(part)]
        return cls(
            " ".join(rule.split()),
            {word: " ".join(told.split()) for part in lists for word, told in CASE.findall(part)},
            tuple(" ".join(part.split()) for part in others if part not in lists),
        )


# A word at the margin, " : ", and a text that runs on over indented lines.
CASE = re.compile(r"^(\S[\w /-]*?) : (.+(?:\n +.+)*)", flags=re.MULTILINE)


class Family(NamedTuple):
    """Functions that answer one question together: a page of the reference."""

    name: str
    title: str
    summary: str
    functions: tuple[Function, ...]


def docstring_sections(docstring: str) -> Mapping[str, str]:
    """Sections of a numpydoc docstring by heading."""
    parts = re.split(r"^(\w[\w ]*)\n-{3,}\n", docstring, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], (part.strip("\n") for part in parts[::2]), strict=True))


def parameter_help(section: str) -> Mapping[str, str]:
    """Help text of each parameter in a Parameters section."""
    entries = re.findall(r"^(\w+) : .*\n((?:    .*\n?)+)", section, flags=re.MULTILINE)
    return {name: " ".join(told.split()) for name, told in entries}
