"""The worksheet functions in formulas that every program has, and as the add-in's own."""

from walkaway_xl.functions import CATALOGUE
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.symbolic.native import native_formula
from walkaway_xl.workbooks.sides import Side


def excel_formula(name: str, side: Side | None = None, /, **references: str) -> str:
    """A formula without its equals sign, with a reference for each argument of a worksheet function.

    The core writes it down; where that is too long to be read in a cell, the entry states it.

    Parameters
    ----------
    name : str
        The worksheet function.
    side : Side, optional
        Whose formula it is; needed where the direction changes the answer.
    references : str
        What stands for each argument that is given.
    """
    function = CATALOGUE[name]
    if function.native:
        return function.native.format(**references, **({} if side is None else {"better": side.better}))
    of_side = next((argument.kind for argument in function.arguments if argument.name == "side"), None)
    if side is not None and of_side is not None:
        references = {**references, "side": f"{of_side.words[side.word]:g}"}
    return native_formula(function, references)


def addin_formula(name: str, *arguments: str, place: str = "") -> str:
    """The same answer by the add-in's own function, or one place of it; nothing where there is no add-in."""
    call = f"{name}({','.join(arguments)})"
    return f'IFERROR({f"INDEX({call},{place})" if place else call},"")'


def addin_status(name: str, shown_as: WordList, *arguments: str) -> str:
    """The same status by the add-in's own function, in the words of the workbook.

    Parameters
    ----------
    name : str
        A worksheet function that answers with a status.
    shown_as : WordList
        The words of its statuses, as the workbook lists them.
    arguments : str
        What stands for its arguments up to the last before `output`.
    """
    asked = [*arguments]
    output = [argument.name for argument in CATALOGUE[name].arguments].index("output")
    asked[output:output] = [""] * (output - len(asked)) + ['"code"']
    codes = {code: shown_as[word] for word, code in CATALOGUE[name].gives.words.items()}
    # Counted in ones, as the formulas of a workbook count: any other number in one is taken for a constant.
    places = "1+" * int(1 - min(codes))
    call = f"{name}({','.join(asked)})"
    return f'IFERROR(CHOOSE({places}{call},{",".join(codes[code] for code in sorted(codes))}),"")'
