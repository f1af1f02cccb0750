"""What the buttons of the add-in's ribbon do in Excel on Windows. Each gives back what to tell the person."""

import re
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter, range_boundaries

from walkaway_xl import CATALOGUE
from walkaway_xl.core.choices import SIDES
from walkaway_xl.core.errors import WalkawayError

CELL = re.compile(r"('[^']+'!|\w+!)?\$?[A-Za-z]{1,3}\$?\d{1,7}")
DONE = ""
TOUR = "functions_tour"


def new_workbook(excel: Any, name: str) -> str:
    """Open a preparation workbook that is not saved yet."""
    from walkaway_xl import artefacts, workbooks

    try:
        book = artefacts.workbook(workbooks.template(name), example=False)
    except WalkawayError as error:
        return str(error)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xlsx"
        path.write_bytes(book)
        excel.Workbooks.Add(str(path))  # a new one made after it, which is saved where the person says
    return DONE


def check_offers(excel: Any, walkaway: str, side: str) -> str:
    """Write a check beside each offer that is selected.

    Parameters
    ----------
    excel : object
        The application.
    walkaway : str
        A number or a reference, as it is typed after the sign of equality.
    side : str
        A word for the side.
    """
    limit = _number_or_cell(walkaway)
    if limit is None:
        return f"{walkaway} is no walk-away price: type a number, or click on the cell that holds it."
    if side.strip().lower() not in SIDES:
        return f"{side} is no side: it is {', '.join(SIDES)}."
    selected = excel.Selection
    areas = getattr(selected, "Areas", None)
    if areas is None or areas.Count != 1:
        return "Select the offers first: one column of cells."
    left, top, right, bottom = range_boundaries(selected.Address)
    if None in (left, top) or left != right:
        return "Select the offers first: one column of cells, without its whole length."
    column = get_column_letter(left + 1)
    beside = excel.ActiveSheet.Range(f"{column}{top}:{column}{bottom}")
    if any(cell is not None for cell in _cells(beside.Value2)):
        return f"The checks belong into {column}{top}:{column}{bottom}, and something stands there already."
    offer = f"{get_column_letter(left)}{top}"  # Excel moves it down with each row
    beside.Formula = f'=WALKAWAY_CHECK({offer},{limit},"{side.strip().lower()}")'
    return DONE


def explain_cell(excel: Any, trouble: str) -> str:
    """How the answer in the active cell came about.

    Parameters
    ----------
    excel : object
        The application.
    trouble : str
        Why a call failed lately, or an empty text.
    """
    from walkaway_xl.hosts import excel_com

    call = _first_call(str(excel.ActiveCell.Formula))
    if call is None:
        told = "This cell calls none of our worksheet functions."
    else:
        name, arguments = call
        given = [_value(excel, argument) for argument in arguments]
        ((told,),) = vars(excel_com)["WALKAWAY_EXPLAIN"](name, *given)
    return f"{told}\n\nA call that failed lately: {trouble}" if trouble else str(told)


def show_help(excel: Any, word: str) -> str:
    """Open the tour of the worksheet functions."""
    return new_workbook(excel, TOUR)


def ask_doctor(excel: Any, word: str) -> str:
    """Say whether the functions answer, and what helps if they do not."""
    from walkaway_xl.installation import doctor

    finding = doctor.ask(doctor.EXCEL)
    remedy = f"\n→ {finding.remedy}" if finding.remedy else ""
    return f"{finding.state.value}: {finding.words}{remedy}"


def _number_or_cell(typed: str) -> str | None:
    """A walk-away as it stands in a formula; in many languages a number has a decimal comma."""
    try:
        return repr(float(typed.replace(",", ".")))
    except ValueError:
        return typed if CELL.fullmatch(typed) else None


def _cells(value: Any) -> Iterator[Any]:
    return chain.from_iterable(value) if isinstance(value, tuple) else iter((value,))


def _first_call(formula: str) -> tuple[str, list[str]] | None:
    """The first of our functions in a formula, and its arguments as they are written."""
    if not formula.startswith("="):
        return None
    tokens = iter(Tokenizer(formula).items)
    for token in tokens:
        # Excel puts the path of the add-in before a name that it did not find.
        name = token.value.rstrip("(").rpartition("!")[2].upper()
        if token.type == Token.FUNC and token.subtype == Token.OPEN and name in CATALOGUE:
            return name, list(_arguments(tokens))
    return None


def _arguments(tokens: Iterator[Token]) -> Iterator[str]:
    """The arguments of a call whose parenthesis has just been opened."""
    depth, argument, several = 0, "", False
    for token in tokens:
        if depth == 0 and token.subtype == Token.CLOSE:
            break
        if depth == 0 and token.type == Token.SEP:
            yield argument.strip()
            argument, several = "", True
            continue
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        argument += token.value
    if argument.strip() or several:
        yield argument.strip()


def _value(excel: Any, argument: str) -> Any:
    """What an argument holds, as the worksheet would hand it over."""
    from walkaway_xl.cells import LEFT_OUT

    if not argument:
        return LEFT_OUT
    found = excel.ActiveSheet.Evaluate(argument)
    return found.Value2 if hasattr(found, "Value2") else found
