"""A worksheet function as a form on a sheet: a row for each argument, words in lists, and the answer."""

from typing import Any

from openpyxl.utils import get_column_letter

from walkaway_xl.catalogue import Function
from walkaway_xl.core.choices import full_words
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import explanation

DONE = ""
LIST, STOP, BETWEEN = 3, 1, 1  # of Excel's validations: which kind, what follows, how it compares
LONGEST_LIST = 255  # characters that Excel takes for a list in a validation


def write_form(excel: Any, function: Function) -> str:
    """Write a function at the active cell, with its first worked example; gives back what is in the way.

    Parameters
    ----------
    excel : object
        The application.
    function : Function
        The worksheet function.
    """
    example = next((shown for shown in function.examples if not _is_error(shown.gives)), function.examples[0])
    arguments = function.arguments
    if function.name == explanation.NAME:  # which takes as many as the function that it explains
        arguments = arguments[: len(example.arguments)]
    given = [
        *example.arguments,
        *[None] * (len(arguments) - len(example.arguments)),
    ]  # left out: a blank cell
    blocks = [_rows(value) for value in given]
    top, left = excel.ActiveCell.Row, excel.ActiveCell.Column
    last = top + sum(map(len, blocks))
    width = max(len(row) for block in blocks for row in block)
    area = _area(top, left, last, left + width)
    sheet = excel.ActiveSheet
    if any(cell is not None for row in _rows(sheet.Range(area).Value2) for cell in row):
        return phrase("{cells} must be empty for the function; something stands there already.", cells=area)
    references, row = [], top
    for argument, block in zip(arguments, blocks, strict=True):
        sheet.Range(_area(row, left, row, left)).Value2 = argument.name
        cells = _area(row, left + 1, row + len(block) - 1, left + len(block[0]))
        sheet.Range(cells).Value2 = tuple(map(tuple, block))
        words = ",".join(full_words(argument.kind.words))
        if words and len(words) <= LONGEST_LIST:
            # What is no word of the list is only warned of where numbers may stand there, too.
            _offer(sheet.Range(cells), words, strict=argument.kind.only_words)
        references.append(cells)
        row += len(block)
    sheet.Range(_area(row, left, row, left)).Value2 = function.name
    write_formula(
        sheet.Range(_area(row, left + 1, row, left + 1)), f"={function.name}({','.join(references)})"
    )
    return DONE


def write_formula(cells: Any, formula: str) -> None:
    """Write a formula; through Formula, Excel 365 would show it as =@WALKAWAY_CHECK(…)."""
    try:
        cells.Formula2 = formula
    except AttributeError:  # an Excel that knows no dynamic arrays
        cells.Formula = formula


def _offer(cells: Any, words: str, *, strict: bool) -> None:
    cells.Validation.Delete()
    cells.Validation.Add(LIST, STOP, BETWEEN, words)
    cells.Validation.ShowError = strict


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list | tuple):
        return [[value]]
    return [list(row) for row in value] if isinstance(value[0], list | tuple) else [list(value)]


def _is_error(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("#")


def _area(top: int, left: int, bottom: int, right: int) -> str:
    first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
