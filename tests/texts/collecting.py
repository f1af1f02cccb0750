"""Every text that a person reads, with the places where it stands.

Most stand in the source as the first argument of `phrase`. What is stated as data, as docstrings, kinds and
policy rules, is asked of the data; what a workbook says is heard while it is built.
"""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.catalogue import clauses_of
from walkaway_xl.cli import parser
from walkaway_xl.commands import spoken_parser
from walkaway_xl.core._reasons import TABLE
from walkaway_xl.core.phrasing import spoken_in
from walkaway_xl.functions import CATALOGUE, FAMILIES
from walkaway_xl.policy.rules import RULES
from walkaway_xl.workbooks import TEMPLATES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "walkaway_xl"
PHRASES = ("phrase", "later")
# Where what an argument must do stands among the arguments of a call, and the remedy behind it.
MUSTS = {
    "InputError": 1,
    "outside": 2,
    "malformed": 2,
    "no_answer": 2,
    "zero_divisor": 2,
    "Reason": 2,
}


class Text(NamedTuple):
    """A text of the catalogue; `many` is its plural, if it is about a count."""

    one: str
    many: str = ""


@functools.cache
def collected() -> dict[Text, list[str]]:
    """Texts in the order in which they are met, each with its places."""
    texts: dict[Text, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for text, line in _in_source(ast.parse(path.read_text("utf-8"))):
            texts.setdefault(text, []).append(f"{place}:{line}")
    for text, place in _in_data():
        if text.one:
            texts.setdefault(text, []).append(place)
    for text, place in _in_workbooks():
        if not _is_made(text.one, texts):
            texts.setdefault(text, []).append(place)
    return texts


def as_messages() -> set[str]:
    """The same as the messages that are looked up."""
    return {message for text in collected() for message in text if message}


# ---------------------------------------------------------------- in the source


def _in_source(tree: ast.AST) -> Iterator[tuple[Text, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for text in _said_by(name, node):
                yield text, node.lineno


def _said_by(name: str, call: ast.Call) -> Iterator[Text]:
    values = [_constant(argument) for argument in call.args]
    if name in PHRASES and values:
        yield from (Text(value) for value in _constants(call.args[0]))
    elif name == "phrase_count" and values[0] and values[1]:
        yield Text(values[0], values[1])
    elif name == "counted":
        noun = values[1] if len(values) > 1 else "line"
        plural = values[2] if len(values) > 2 else f"{noun}s"
        if noun:
            yield Text(f"{{count}} {noun}", f"{{count}} {plural}")
    elif name == "map" and isinstance(call.args[0], ast.Name) and call.args[0].id == "phrase":
        yield from (Text(value) for value in _constants(call.args[1]))
    elif name in MUSTS:
        rule, remedy = (call.args[place : place + 1] for place in (MUSTS[name], MUSTS[name] + 1))
        yield from (Text(must(value)) for node in rule for value in _constants(node))
        yield from (Text(value) for node in remedy for value in _constants(node))


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts of an expression: itself, either branch, or each of a tuple."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Tuple):
        for element in node.elts:
            yield from _constants(element)


def must(rule: str) -> str:
    """What a subject must do, as the catalogue has it: a whole clause."""
    return f"{{subject}} must {rule}" if rule else ""


# ---------------------------------------------------------------- in data


def _in_data() -> Iterator[tuple[Text, str]]:
    for _, rule, remedy, subjects in TABLE:
        yield Text(must(rule)), f"refusal of {subjects.split(',')[0]}"
        yield Text(remedy), f"refusal of {subjects.split(',')[0]}"
        if remedy.startswith("Write {got}% or "):  # in a policy file there are no percent signs
            yield Text(remedy.replace("{got}% or ", "")), "refusal in a policy"
    for name, function in CATALOGUE.items():
        place = f"function {name}"
        yield Text(function.summary), place
        for argument in function.arguments:
            yield Text(argument.help), f"{place}, {argument.name}"
        for rule in (function.derivation.rule, *function.derivation.cases.values()):
            for clause in clauses_of(rule):
                yield Text(clause), place
        for remark in (*function.derivation.remarks, *(example.source for example in function.examples)):
            yield Text(remark), place
    for family in FAMILIES:
        yield Text(family.title), f"functions of {family.name}"
        yield Text(family.summary), f"functions of {family.name}"
    for rule in RULES:
        yield Text(rule.title), "policy"
        yield Text(rule.remedy), "policy"
    for template in TEMPLATES:
        yield Text(template.title), f"workbook {template.name}"
        yield Text(template.summary), f"workbook {template.name}"
    for text in spoken_parser.ARGPARSE_TEXTS:
        yield Text(text), "argparse"
    for one, many in spoken_parser.ARGPARSE_COUNTS:
        yield Text(one, many), "argparse"
    for text in spoken_parser.texts(parser()):
        yield Text(text), "command line"


# ---------------------------------------------------------------- in workbooks


class Listener:
    """A translation that leaves everything in English, and hears what is said."""

    def __init__(self) -> None:
        self.heard: dict[str, None] = {}

    def gettext(self, message: str, /) -> str:
        """The message itself."""
        self.heard[message] = None
        return message

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """One or the other."""
        return self.gettext(one if count == 1 else many)


def _in_workbooks() -> Iterator[tuple[Text, str]]:
    for template in TEMPLATES:
        listener = Listener()
        with spoken_in(listener):
            template.build()
        for message in listener.heard:
            yield Text(message), f"workbook {template.name}"


def _is_made(message: str, texts: dict[Text, list[str]]) -> bool:
    """Whether a message is the plural of a text that is there."""
    return any(message == text.many for text in texts if text.many)
