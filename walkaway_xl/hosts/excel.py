"""What the two Excel hosts share: every worksheet function as a plain function that xlwings loads.

xlwings hangs what it needs to know on plain functions, and Excel's two ways to call Python differ only in
how they spell cells. A host states its :class:`Spelling` and hands in xlwings; the rest is here.
"""

from collections.abc import Callable
from inspect import Parameter, Signature
from itertools import chain
from typing import Any, NamedTuple

from walkaway_xl.catalogue import Function
from walkaway_xl.cells import LEFT_OUT, evaluate
from walkaway_xl.core.number_style import NumberStyle, written_in
from walkaway_xl.functions import CATALOGUE

CATEGORY = "Walkaway"  # the heading in Excel's function wizard

PLAIN = str.maketrans({"−": "-", "`": None})  # VBA keeps the wizard's help in the Windows code page


class Spelling(NamedTuple):
    """How a host spells cells.

    Parameters
    ----------
    takes, gives : object
        What xlwings converts arguments and results with.
    read : callable
        A cell of the host as a cell of :mod:`walkaway_xl.cells`.
    write : callable
        The same for a cell of an answer, the other way.
    alike : frozenset of type
        The types of cells that both spell alike; a cell of another type goes through `read` or `write`.
    longest_text : int
        Characters that a text in an array may have.
    numbers : callable, optional
        How the host writes numbers; asked when a function is called, since only then there is a host.
    """

    takes: Any
    gives: Any
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    alike: frozenset[type]
    longest_text: int
    numbers: Callable[[], NumberStyle] = NumberStyle


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
        calculate = _worksheet_function(function, spelling)
        namespace[function.name] = _described(calculate, function, xlwings, spelling)
    return list(CATALOGUE)


def _worksheet_function(function: Function, spelling: Spelling) -> Callable[..., Any]:
    def calculate(*arguments: Any) -> Any:
        with written_in(spelling.numbers()):
            result = evaluate(function, [_read(cells, spelling) for cells in arguments])
        return _written(result if isinstance(result, list) else [[result]], spelling)

    return calculate


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


def _read(cells: Any, spelling: Spelling) -> Any:
    """A cell or range as the host hands it over, in our spelling."""
    if not isinstance(cells, list | tuple):
        return spelling.read(cells)
    rows = cells if cells and isinstance(cells[0], list | tuple) else [cells]
    return cells if _types(rows) <= spelling.alike else _translated(rows, spelling.read, spelling.alike)


def _written(rows: Any, spelling: Spelling) -> Any:
    """Rows of an answer in the host's spelling; xlwings counts on rows even where there is one cell."""
    types = _types(rows)
    if not types <= spelling.alike:
        rows = _translated(rows, spelling.write, spelling.alike)
    alone = len(rows) == len(rows[0]) == 1
    return rows if alone or str not in types else _fitting(rows, spelling.longest_text)


def _types(rows: Any) -> set[type]:
    """The types of the cells. To look at them once is what makes a long column quick."""
    return set(map(type, chain.from_iterable(rows)))


def _translated(rows: Any, translate: Callable[[Any], Any], alike: frozenset[type]) -> list[Any]:
    """Rows in another spelling; a row that is the same in both stays as it is."""
    return [row if alike.issuperset(map(type, row)) else [translate(cell) for cell in row] for row in rows]


def _fitting(rows: Any, longest: int) -> Any:
    """Rows whose texts the host can show: one that is too long ends with three dots."""
    if all(len(cell) <= longest for cell in set(chain.from_iterable(rows)) if isinstance(cell, str)):
        return rows
    return [[_shortened(cell, longest) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
