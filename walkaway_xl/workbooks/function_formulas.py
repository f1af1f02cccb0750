"""The worksheet functions in formulas that every program has, as their entries state them."""

from walkaway_xl.functions import CATALOGUE
from walkaway_xl.workbooks.sides import Side


def excel_formula(name: str, side: Side | None = None, **references: str) -> str:
    """A formula without its equals sign, with a reference for each argument of a worksheet function.

    Parameters
    ----------
    name : str
        The worksheet function.
    side : Side, optional
        Whose formula it is; needed where the direction changes the answer.
    references : str
        What stands for each argument that the formula names.
    """
    direction = {} if side is None else {"best": side.best, "better": side.better, "worse": side.worse}
    return CATALOGUE[name].native.format(**references, **direction)


def addin_formula(name: str, *arguments: str, place: str = "") -> str:
    """The same answer by the add-in's own function, or one place of it; nothing where there is no add-in."""
    call = f"{name}({','.join(arguments)})"
    return f'IFERROR({f"INDEX({call},{place})" if place else call},"")'
