"""The formulas as text, for the Advanced Formula Environment of Excel Labs and for people who read them."""

from collections.abc import Iterable, Iterator

from walkaway_xl import __version__
from walkaway_xl.hosts.formulas import book_names
from walkaway_xl.hosts.formulas.book_names import BookName
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.spelling import split_arguments
from walkaway_xl.hosts.formulas.without import WITHOUT

INDENT = "  "
HEAD = f"""\
/* walkaway-xl {__version__}: worksheet functions for negotiators, as formulas of Excel 365 and 2024.
   Paste all of it into the module "Workbook" of the Advanced Formula Environment (Excel Labs); in another
   module every function is called with its name before it. Names with WF_ are what the others share. */
"""


def text() -> str:
    """All formulas, each with what it is for."""
    names = book_names.names_of(FORMULAS.values())
    without = "".join(f"   {name}: {reason}.\n" for name, reason in WITHOUT.items())
    end = f"\n/* Without a formula:\n{without}*/\n" if without else ""
    return HEAD + "".join(f"\n{_entry(name)}" for name in [*_helpers(names), *_functions(names)]) + end


def _helpers(names: Iterable[BookName]) -> Iterator[BookName]:
    return (name for name in names if name.is_helper)


def _functions(names: Iterable[BookName]) -> Iterator[BookName]:
    return (name for name in names if not name.is_helper)


def _entry(name: BookName) -> str:
    comment = name.comment.replace("*/", "* /")
    return f"/** {comment} */\n{name.name} = {laid_out(name.typed)};\n"


def laid_out(formula: str) -> str:
    """A LAMBDA with each name that its LET binds on a line of its own.

    Parameters
    ----------
    formula : str
        A formula as it is typed.
    """
    *parameters, body = split_arguments(formula, len("LAMBDA("))
    arguments = split_arguments(body, len("LET(")) if body.startswith("LET(") else []
    if not arguments or len(f"LET({','.join(arguments)})") != len(body):
        return formula
    *bound, answer = (argument.strip() for argument in arguments)
    lines = [f"{name}, {value}," for name, value in zip(bound[::2], bound[1::2], strict=True)]
    inside = "".join(f"{INDENT * 2}{line}\n" for line in [*lines, *_rules(answer)])
    return f"LAMBDA({', '.join(parameters)},\n{INDENT}LET(\n{inside}{INDENT})\n)"


def _rules(answer: str) -> list[str]:
    """An answer with each IF that stands around the rest on a line of its own."""
    lines = []
    while answer.startswith("IF("):
        condition, instead, *rest = split_arguments(answer, len("IF("))
        if len(rest) != 1 or len(f"IF({condition},{instead},{rest[0]})") != len(answer):
            break
        lines.append(f"IF({condition}, {instead},")
        answer = rest[0]
    return [*lines, f"{answer}{')' * len(lines)}"]
