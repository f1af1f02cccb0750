"""The reference in the terminal."""

import difflib
import shutil
import textwrap
from collections.abc import Iterator

from walkaway_xl.catalogue import Argument, Example, Function, clauses_of
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import CATALOGUE, FAMILIES

WIDEST = 100  # characters: longer lines are hard to read however wide the terminal is


def overview() -> str:
    """Every function with what it answers, by family."""
    widest = max(len(name) for name in CATALOGUE)
    lines: list[str] = []
    for family in FAMILIES:
        lines += [phrase(family.title), *_wrapped(phrase(family.summary), 0), ""]
        for function in family.functions:
            lines += _wrapped(phrase(function.summary), widest + 4, f"  {function.name.ljust(widest)}  ")
        lines.append("")
    return "\n".join([*lines, phrase("walkaway-xl functions NAME shows one of them in full.")])


def reference(name: str) -> str:
    """One function in full: call, arguments, answer, equation, examples and sources."""
    return "\n".join(_reference(_function(name)))


def _function(name: str) -> Function:
    function = CATALOGUE.get(name.strip().upper())
    if function is None:
        near = difflib.get_close_matches(name.upper(), CATALOGUE, n=3, cutoff=0.5)
        if near:
            meant = phrase(" or ").join(near)
            raise InputError(
                "function", "be a worksheet function", "Did you mean {near}?", got=name, near=meant
            )
        raise InputError("function", "be a worksheet function", "The command functions lists them.", got=name)
    return function


def _reference(function: Function) -> Iterator[str]:
    yield f"={function.signature}"
    yield from _wrapped(phrase(function.summary), 0)
    yield ""
    widest = max(len(argument.name) for argument in function.arguments)
    for argument in function.arguments:
        yield from _wrapped(_argument_help(argument), widest + 4, f"  {argument.name.ljust(widest)}  ")
    yield ""
    yield phrase("Notes")
    derivation = function.derivation
    yield from _wrapped(_unquoted(_clauses(derivation.rule)), 2, "  ")
    for word, meaning in derivation.cases.items():
        yield from _wrapped(f"{word}: {_unquoted(_clauses(meaning))}", 6, "    ")
    for remark in derivation.remarks:
        yield from _wrapped(_unquoted(phrase(remark)), 2, "  ")
    if "References" in function.sections:
        yield ""
        yield phrase("References")
        yield from _wrapped(" ".join(function.sections["References"].split()), 2, "  ")
    yield ""
    yield phrase("Examples")
    for example in function.examples:
        yield from _wrapped(example.formula(function.name), 4, "  ")
        yield from _wrapped(f"⇒ {_result(example)}", 8, "      ")


def _clauses(rule: str) -> str:
    """A rule whose clauses are phrases of their own, as WALKAWAY_EXPLAIN puts them together."""
    return "; ".join(phrase(clause) for clause in clauses_of(rule)) + rule[len(rule.rstrip(".:")) :]


def _unquoted(text: str) -> str:
    return text.replace("`", "")


def _argument_help(argument: Argument) -> str:
    """What an argument is for, what it holds, and what it is when left out."""
    default = argument.default
    parts = [] if argument.required else [phrase("Optional.")]
    parts.append(phrase(argument.help))
    if not argument.required and default is not None:
        parts.append(phrase("Left out: {default}.", default=literal(default)))
    return " ".join(parts)


def literal(value: object) -> str:
    """A default as it is typed."""
    if isinstance(value, bool):
        return str(value).upper()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def _result(example: Example) -> str:
    source = f"   ({phrase(example.source)})" if example.source else ""
    if not isinstance(example.gives, list):
        return f"{cell(example.gives)}{source}"
    return " ; ".join(", ".join(map(cell, row)) for row in example.gives) + source


def cell(value: object) -> str:
    """A cell of an answer as a worksheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.10g}" if isinstance(value, int | float) else str(value) or '""'


def _wrapped(text: str, indent: int, first: str = "") -> list[str]:
    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
