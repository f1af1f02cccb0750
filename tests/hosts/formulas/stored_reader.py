"""A reader of the stored spelling of formulas: what Excel makes of a LAMBDA in a file, as it shows it.

It is written from the specification and knows nothing of the printer: each name is looked up in the LAMBDAs
and LETs around it, and each function has the prefix that Excel asks for. What Excel would refuse is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import FORMULAE

# [MS-XLSX] 2.2.2: the future functions that the formulas have use for; two have a prefix of two parts.
LATER = """
    BYCOL BYROW CHOOSECOLS CHOOSEROWS CONCAT DROP EXPAND HSTACK IFNA IFS ISOMITTED LAMBDA LET MAKEARRAY MAP
    MAXIFS MINIFS NORM.S.DIST NORM.S.INV PERCENTILE.INC REDUCE SCAN SEQUENCE SORTBY SWITCH TAKE TEXTJOIN TOCOL
    TOROW UNICHAR UNICODE UNIQUE VSTACK WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR
"""
FUTURE = {*(f"_xlfn.{name}" for name in LATER.split()), "_xlfn._xlws.FILTER", "_xlfn._xlws.SORT"}
PARAMETER, OPTIONAL = "_xlpm.", "_xlop."
LONGEST_FORMULA, DEEPEST, MOST_ARGUMENTS, MOST_PARAMETERS, LONGEST_TEXT = 8192, 64, 255, 253, 255

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<error>\#N/A|\#[A-Z]+[0-9/]*[!?])
    |(?P<number>\d+\.?\d*(?:E[+-]\d+)?)
    |(?P<word>[A-Za-z_][\w.]*)
    |(?P<sign><=|>=|<>|[-+*/^&=<>(),{};:])""",
    re.VERBOSE,
)
CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")


class RefusedError(ValueError):
    """What Excel would not read."""


class Token(NamedTuple):
    kind: str
    text: str


def tokens(formula: str) -> Iterator[Token]:
    """The parts of a formula."""
    place = 0
    while place < len(formula):
        found = TOKEN.match(formula, place)
        if found is None:
            raise RefusedError(f"unreadable from {formula[place : place + 20]!r} on")
        place = found.end()
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found[0])
    yield Token("end", "")


@dataclass
class Reader:
    """One stored formula, read from its beginning to its end.

    Parameters
    ----------
    formula : str
        Without an equals sign.
    names : set of str
        Names of the workbook that it may call.
    """

    formula: str
    names: set[str]
    place: int = 0
    depth: int = 0
    deepest: int = 0
    functions: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if len(self.formula) > LONGEST_FORMULA:
            raise RefusedError(f"{len(self.formula)} characters")
        self.parts = list(tokens(self.formula))

    def typed(self) -> str:
        """The formula as Excel shows it."""
        typed = self._expression(frozenset())
        if self._next().kind != "end":
            raise RefusedError(f"more behind the end: {self._next().text}")
        clash = {name.lower() for name in self.bound} & {name.lower() for name in self.functions}
        if clash:
            raise RefusedError(f"names that hide functions: {clash}")
        return typed

    def _next(self) -> Token:
        return self.parts[self.place]

    def _take(self, *expected: str) -> Token:
        token = self._next()
        if expected and token.text not in expected:
            raise RefusedError(f"{expected} expected before {token.text!r}, part {self.place}")
        self.place += 1
        return token

    def _expression(self, scope: frozenset[str]) -> str:
        """Operands and the operators between them; in which order they are worked out is the same in both."""
        typed = ""
        while True:
            while self._next().text in ("-", "+"):
                typed += self._take().text
            typed += self._operand(scope)
            if self._next().text not in ("+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>"):
                return typed
            typed += self._take().text

    def _operand(self, scope: frozenset[str]) -> str:
        token = self._take()
        if token.kind == "text":
            if len(token.text.replace('""', '"')) - 2 > LONGEST_TEXT:
                raise RefusedError(f"a text of more than {LONGEST_TEXT} characters")
            return token.text
        if token.kind in ("number", "error"):
            return token.text
        if token.text == "(":
            inner = self._expression(scope)
            self._take(")")
            return f"({inner})"
        if token.text == "{":
            return "{" + self._constants()
        if token.kind != "word":
            raise RefusedError(f"{token.text!r} where an operand belongs")
        if self._next().text == "(":
            return self._call(token.text, scope)
        if token.text in ("TRUE", "FALSE"):
            return token.text
        return self._name(token.text, scope)

    def _constants(self) -> str:
        """An array of constants; nothing else may stand in one."""
        typed = ""
        while True:
            if self._next().text == "-":
                typed += self._take().text
            token = self._take()
            if token.kind not in ("number", "text", "error") and token.text not in ("TRUE", "FALSE"):
                raise RefusedError(f"{token.text!r} in an array of constants")
            end = self._take(",", ";", "}").text
            typed += token.text + end
            if end == "}":
                return typed

    def _name(self, word: str, scope: frozenset[str]) -> str:
        """A name that a LAMBDA or LET around it has bound, or one of the workbook."""
        if word.startswith(PARAMETER):
            name = word.removeprefix(PARAMETER)
            if name.lower() not in scope:
                raise RefusedError(f"{name} is bound nowhere around")
            return name
        if word not in self.names:
            raise RefusedError(f"{word} is no name of the workbook, and has no prefix")
        return word

    def _call(self, word: str, scope: frozenset[str]) -> str:
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        if self.depth > DEEPEST:
            raise RefusedError(f"functions {self.depth} deep")
        self._take("(")
        if word == "_xlfn.LAMBDA":
            typed = self._lambda(scope)
        elif word == "_xlfn.LET":
            typed = self._let(scope)
        else:
            typed = f"{self._function(word, scope)}({','.join(self._arguments(scope))})"
        self.depth -= 1
        return typed

    def _function(self, word: str, scope: frozenset[str]) -> str:
        if word.startswith(PARAMETER):
            return self._name(word, scope)  # a LAMBDA that a LET has bound
        if word in self.names:
            return word
        known = FUTURE if word.startswith("_xlfn.") else FORMULAE
        if word not in known:
            raise RefusedError(f"{word} is no function of Excel in this spelling")
        name = word.removeprefix("_xlfn.").removeprefix("_xlws.")
        self.functions.add(name)
        return name

    def _arguments(self, scope: frozenset[str]) -> list[str]:
        arguments: list[str] = []
        if self._next().text == ")":
            self._take()
            return arguments
        while True:
            empty = self._next().text in (",", ")")
            arguments.append("" if empty else self._expression(scope))
            if self._take(",", ")").text == ")":
                break
        if len(arguments) > MOST_ARGUMENTS:
            raise RefusedError(f"{len(arguments)} arguments")
        return arguments

    def _lambda(self, scope: frozenset[str]) -> str:
        parameters: list[str] = []
        names: set[str] = set()
        optional = False
        while self._declares(OPTIONAL) or self._declares(PARAMETER):
            word = self._take().text
            self._take(",")
            if optional and not word.startswith(OPTIONAL):
                raise RefusedError(f"{word} must be given, behind one that may be left out")
            optional = word.startswith(OPTIONAL)
            name = self._bind(word, names)
            parameters.append(f"[{name}]" if optional else name)
        if len(parameters) > MOST_PARAMETERS:
            raise RefusedError(f"{len(parameters)} parameters")
        body = self._expression(scope | {name.lower() for name in names})
        self._take(")")
        return f"LAMBDA({','.join([*parameters, body])})"

    def _let(self, scope: frozenset[str]) -> str:
        pairs: list[str] = []
        names: set[str] = set()
        while self._declares(PARAMETER):
            name = self._take().text
            self._take(",")
            value = self._expression(scope | {each.lower() for each in names})
            self._take(",")
            pairs += [self._bind(name, names), value]
        if not pairs:
            raise RefusedError("a LET without a name")
        answer = self._expression(scope | {each.lower() for each in names})
        self._take(")")
        return f"LET({','.join([*pairs, answer])})"

    def _declares(self, prefix: str) -> bool:
        """Whether the next part is a name that is bound here, and not the beginning of an expression."""
        return self._next().text.startswith(prefix) and self.parts[self.place + 1].text == ","

    def _bind(self, word: str, names: set[str]) -> str:
        name = word.removeprefix(PARAMETER).removeprefix(OPTIONAL)
        if CELL.fullmatch(name) or not re.fullmatch(r"[A-Za-z_]\w*", name) or len(name) > LONGEST_TEXT:
            raise RefusedError(f"{name} is no name for a parameter")
        if name.lower() in {each.lower() for each in names}:
            raise RefusedError(f"{name} is bound twice")
        names.add(name)
        self.bound.add(name)
        return name
