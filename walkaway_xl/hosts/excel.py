"""What the two Excel hosts share: every worksheet function as a plain function that xlwings loads.

xlwings hangs what it needs to know on plain functions, and Excel's two ways to call Python differ only in how they
spell cells. A host states its :class:`Spelling` and hands in xlwings; the rest is here.
"""

import logging
from collections.abc import Callable, Set
from inspect import Parameter, Signature
from itertools import chain
from typing import Any, NamedTuple

from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.cells import LEFT_OUT, VALUE, CellError, answer

CATEGORY = "Walkaway"  # the heading in Excel's function wizard

PLAIN = str.maketrans({"−": "-", "`": None})  # VBA keeps the wizard's help in the Windows code page

logger = logging.getLogger(__name__)


class Spelling(NamedTuple):
    """How a host spells cells.

    Parameters
    ----------
    takes, gives : object
        What xlwings converts arguments and results with.
    read : callable
        A cell of the host as a cell of :mod:`walkaway_xl.hosts.cells`.
    write : callable
        The same for a cell of an answer, the other way.
    alike : set of type
        The types of cells that both spell alike.
    longest_text : int
        Characters that a text in an array may have.
    """

    takes: Any
    gives: Any
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    alike: Set[type]
    longest_text: int


def publish(namespace: dict[str, Any], xlwings: Any, spelling: Spelling) -> list[str]:
    """Put every worksheet function into a module's namespace, under its name in the worksheet.

    Parameters
    ----------
    namespace : dict
        The namespace of the module that xlwings loads.
    xlwings : module
        Its decorators do nothing off Windows, so a test hands in a recorder.
    spelling : Spelling
        How the host spells cells.

    Returns
    -------
    list of str
        The names, for ``__all__``.
    """
    for function in CATALOGUE.values():
        namespace[function.name] = _described(_worksheet_function(function, spelling), function, xlwings, spelling)
    return list(CATALOGUE)


def _worksheet_function(function: Function, spelling: Spelling) -> Callable[..., Any]:
    def calculate(*arguments: Any) -> Any:
        given = [_translated(cells, spelling.read, spelling.alike) for cells in arguments]
        shown = _answer(function, given)
        rows = shown if isinstance(shown, list) else [[shown]]  # xlwings measures every result as rows
        return _fitting(_translated(rows, spelling.write, spelling.alike), spelling.longest_text)

    return calculate


def _answer(function: Function, arguments: list[Any]) -> Any:
    try:
        return answer(function, arguments)
    except Exception:  # a mistake of ours: the log says where, and nothing in the sheet adds it up unnoticed
        logger.exception("%s failed", function.name)
        return CellError(VALUE, f"{function.name} failed; the log says where")


def _described(calculate: Callable[..., Any], function: Function, xlwings: Any, spelling: Spelling) -> Any:
    """A function with everything that xlwings and the wizard ask of it."""
    calculate.__name__ = calculate.__qualname__ = function.name
    calculate.__doc__ = function.summary.translate(PLAIN)
    calculate.__annotations__ = {}  # xlwings would read them as converters
    calculate.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(
                argument.name,
                Parameter.POSITIONAL_OR_KEYWORD,
                default=Parameter.empty if argument.required else LEFT_OUT,
            )
            for argument in function.arguments
        ]
    )
    described = xlwings.ret(spelling.gives)(calculate)
    for argument in function.arguments:
        described = xlwings.arg(argument.name, spelling.takes, doc=argument.help.translate(PLAIN))(described)
    return xlwings.func(category=CATEGORY)(described)


def _translated(cells: Any, translate: Callable[[Any], Any], alike: Set[type]) -> Any:
    """A cell or range in the other spelling. One that reads the same in both, as most do, is left as it is."""
    if not isinstance(cells, list | tuple):
        return translate(cells)
    rows = cells if cells and isinstance(cells[0], list | tuple) else [cells]
    if alike >= set(map(type, chain.from_iterable(rows))):
        return cells
    return [[translate(cell) for cell in row] for row in rows]


def _fitting(rows: Any, longest: int) -> Any:
    """An answer whose texts the host can show: one that is too long ends with three dots."""
    alone = len(rows) == len(rows[0]) == 1
    if alone or all(len(text) <= longest for text in set(filter(_is_text, chain.from_iterable(rows)))):
        return rows
    return [[cell[: longest - 1] + "…" if _is_text(cell) and len(cell) > longest else cell for cell in row]
            for row in rows]


def _is_text(cell: Any) -> bool:
    return type(cell) is str
