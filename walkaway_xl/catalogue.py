"""The words of the catalogue: what a worksheet function takes and gives, and how an example is written.

Everything that a function already says is read from there: name, summary, argument names, defaults and help
from its signature and docstring, what each argument may be from its declaration in the core. An entry adds
what they cannot say: what the answer is, and worked examples.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from walkaway_xl.core.kinds import Kind


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
    gives: Kind
    examples: tuple[Example, ...]
    shares: tuple[str, ...] = ()
    """Words of an output, or flags, with which the answer is a share although it otherwise is none."""
    native: str = ""
    """Of a function that answers with a table, one row of it in worksheet functions that every program has.

    {argument} stands for a reference to a cell that holds a number, {number} for the place of the row; an
    argument that is not named is left out. {better} is + or −, the way our side likes it. Functions of single
    numbers have none: the core writes theirs down (`symbolic/native.py`).
    """

    formula: str = ""
    """Of a function of tables, the answer to arguments that have been read, as typed into Excel 365.

    It names the arguments as they are, behind the door that `hosts/formulas/door.py` makes: numbers, columns
    of numbers with "" where a cell is blank, words as their numbers, the word of an output.
    """

    @cached_property
    def name(self) -> str:
        """Name in the worksheet."""
        return self.calculate.__name__.upper()

    @property
    def takes(self) -> tuple[Kind, ...]:
        """What each argument is, as the core declares it."""
        kinds: Mapping[str, Kind] = self.calculate.kinds  # type: ignore[attr-defined]
        return tuple(kinds.values())

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
        names = (argument.name if argument.required else f"[{argument.name}]" for argument in self.arguments)
        return f"{self.name}({', '.join(names)})"


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
            {word: " ".join(meaning.split()) for part in lists for word, meaning in CASE.findall(part)},
            tuple(" ".join(part.split()) for part in others if part not in lists),
        )


# A word at the margin, " : ", and a text that runs on over indented lines.
CASE = re.compile(r"^(\S[\w /-]*?) : (.+(?:\n +.+)*)", flags=re.MULTILINE)


def clauses_of(rule: str) -> list[str]:
    """The clauses of a rule or a case: each is said by itself where it applies."""
    return rule.rstrip(".:").split("; ")


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
    return {name: " ".join(text.split()) for name, text in entries}
