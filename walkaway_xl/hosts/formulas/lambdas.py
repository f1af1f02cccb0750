"""The worksheet functions as formulas: as they are typed, and as a file holds them."""

from collections.abc import Mapping

from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import spelling
from walkaway_xl.hosts.formulas.door import door, parameter, read_name

# Why a function has no formula.
WITHOUT: Mapping[str, str] = {
    "WALKAWAY_EXPLAIN": "it asks the Python functions for the reason, and an error in a cell carries none",
}


def has_formula(function: Function) -> bool:
    """Whether a function is to be had as a formula."""
    return bool(function.formula)


def typed_formula(function: Function) -> str:
    """A worksheet function as a LAMBDA, as it is typed into Excel's Name Manager, without its equals sign.

    Parameters
    ----------
    function : Function
        A function of which `has_formula` says so.

    Returns
    -------
    str
        A LAMBDA, which calls the names of `helpers.needed`.
    """
    around = door(function)
    names = {parameter(argument): read_name(argument) for argument in function.arguments}
    names |= {argument.name: read_name(argument) for argument in function.arguments}
    answer = spelling.renamed(spelling.on_one_line(function.formula), names)
    return _lambda(around.parameters, around.bindings, around.around(answer))


def _lambda(parameters: tuple[str, ...], bindings: tuple[tuple[str, str], ...], answer: str) -> str:
    bound = "".join(f"{name},{text}," for name, text in bindings)
    return f"LAMBDA({','.join(parameters)},LET({bound}{answer}))"


def stored_formula(function: Function) -> str:
    """The same as a file holds it."""
    return spelling.stored(typed_formula(function))


FORMULAS: Mapping[str, Function] = {
    name: function for name, function in CATALOGUE.items() if has_formula(function)
}
"""The functions that are to be had as formulas, by name."""
