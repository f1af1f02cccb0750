"""LAMBDAs that a workbook defines under names of our functions: whether they are ours, or somebody's own.

Excel takes the name of a workbook before the function of an add-in. Ours gives the add-in's answer; another
one means what its author means.
"""

import re

from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.files.packages import Package
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.symbolic.literals import CELL_LIKE

LAMBDA = re.compile(r"=?\s*(?:_xlfn\.)?LAMBDA\(", re.IGNORECASE)
PARAMETER = re.compile(r"\s*\[?(?:_xl[op][pm]\.)?(\w+)\]?\s*,")
OTHERWISE = {"byrow": "by_row"}  # names do not regard case, so this one would hide the function BYROW


def parameter(argument: Argument) -> str:
    """What an argument is called in a formula, where its own name is not to be had."""
    return OTHERWISE.get(argument.name) or CELL_LIKE.sub(r"\1_\2", argument.name)


def is_lambda(formula: str) -> bool:
    """Whether a name stands for a LAMBDA."""
    return bool(LAMBDA.match(formula))


def is_ours(function: Function, formula: str) -> bool:
    """Whether a LAMBDA declares the parameters of a function of ours: all, in their order, and no more."""
    start = LAMBDA.match(formula)
    place = start.end() if start else 0
    for argument in function.arguments if start else ():
        declared = PARAMETER.match(formula, place)
        if not declared or declared[1] != parameter(argument):
            return False
        place = declared.end()
    return start is not None and not PARAMETER.match(formula, place)  # what follows is the answer


def foreign(book: Package) -> frozenset[str]:
    """The names of our functions under which a workbook has LAMBDAs of somebody else."""
    return frozenset(
        name.name.upper()
        for name in book.names
        if name.name.upper() in CATALOGUE
        and is_lambda(name.formula)
        and not is_ours(CATALOGUE[name.name.upper()], name.formula)
    )
