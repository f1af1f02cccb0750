"""The formulas as text, for the Advanced Formula Environment of Excel Labs and for people who read them."""

import re
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
   Paste all of it into the module "Workbook" of the Advanced Formula Environment (Excel Labs); in a module of
   another name every function is called with that name before it. Names with WF_ are what the others share. */
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
    found = re.match(r"LAMBDA\((.*?),LET\(", formula)
    if not found:
        return formula
    arguments = [argument.strip() for argument in split_arguments(formula, found.end())]
    *bound, answer = arguments
    lines = [f"{name}, {value}," for name, value in zip(bound[::2], bound[1::2], strict=True)]
    inside = "".join(f"{INDENT * 2}{line}\n" for line in [*lines, answer])
    parameters = found[1].replace(",", ", ")
    return f"LAMBDA({parameters},\n{INDENT}LET(\n{inside}{INDENT})\n)"
