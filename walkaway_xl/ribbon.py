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
from openpyxl.utils.cell import coordinate_from_string

from walkaway_xl import CATALOGUE, files
from walkaway_xl.core.choices import SIDES, choices
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import explanation
from walkaway_xl.hosts.excel_vba import function_form

CELL = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|(?:\[[^\]]+\])?\w+!)?"
    r"(?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d{1,7}))?"
)
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"  # whichever a locale puts between thousands
ENGLISH, GERMAN = ".,", ",."  # a decimal separator and one between thousands
AMBIGUOUS = re.compile(r"[+-]?\d+[.,]\d{3}")  # 7,500 is 7500 to some and 7.5 to others
DONE = ""
NO_DEAL = "no deal"
TOUR = "functions_tour"


def new_workbook(excel: Any, name: str) -> str:
    """Open a preparation workbook that is not saved yet."""
    from walkaway_xl import artefacts, workbooks

    try:
        book = artefacts.workbook(workbooks.template(name), example=False)
    except WalkawayError as error:
        return str(error)
    with tempfile.TemporaryDirectory(dir=files.scratch_folder()) as folder:
        path = Path(folder) / f"{name}.xlsx"
        path.write_bytes(book)
        excel.Workbooks.Add(str(path))  # a new one made after it, which is saved where the person says
    return DONE


def log_deal(excel: Any, outcome: str, lesson: str, separators: str = "") -> str:
    """Write the active workbook into the deal log beside it.

    Parameters
    ----------
    excel : object
        The application.
    outcome : str
        theirs or ours for a deal at that latest offer, a price as this Excel spells it, or no deal.
    lesson : str
        What is done differently next time; it may be blank.
    separators : str
        As in `check_offers`.
    """
    from walkaway_xl import deal_logging

    book = excel.ActiveWorkbook
    if not book.Path or "://" in book.FullName:
        return phrase("Save this workbook on this computer first: the log is written beside it.")
    if not book.Saved:
        return phrase("Save this workbook first: what its file holds is logged.")
    outcome_word, path = outcome.strip().lower(), Path(book.FullName)
    price = _number(outcome.strip(), separators)
    if price is None and outcome_word not in (deal_logging.THEIRS, deal_logging.OURS, NO_DEAL):
        return phrase(
            "How it ended must be theirs, ours, a price or no deal; it is {entry}. {how_to_type}",
            entry=outcome.strip() or phrase("empty"),
            how_to_type=_how_to_type(separators),
        )
    log = path.with_name(deal_logging.FILE)
    is_new = not log.exists()
    try:
        place = files.target(log, force=True, inputs=[path], like=path if is_new else log)
        logging = deal_logging.Logging(path, log, is_new=is_new, tell=lambda doing: None)
        agreed = (
            None
            if outcome_word == NO_DEAL
            else deal_logging.price_of(logging.deal, outcome_word, lambda _: float(price or 0))
        )
        logged = logging.finish(deal_logging.Ending(agreed, lesson=lesson.strip()), None, again=False)
        place.write(logged.data)
    except WalkawayError as error:
        return str(error)
    return "\n".join(deal_logging.result_lines(logged, logging.log.currency or logging.deal.currency))


def check_offers(excel: Any, walkaway: str, side: str, separators: str = "") -> str:
    """Write a check beside each offer that is selected.

    Parameters
    ----------
    excel : object
        The application.
    walkaway : str
        A number or a reference, as it is typed after the sign of equality.
    side : str
        A word for the side.
    separators : str
        The decimal separator of this Excel, and behind it the one between thousands; empty if not known.
    """
    typed = walkaway.strip().removeprefix('"').removesuffix('"').strip()
    limit = _cell(typed) or _number(typed, separators)
    if limit is None:
        return phrase(
            "The walk-away must be a price or a single cell; it is {entry}. {how_to_type}",
            entry=walkaway or phrase("empty"),
            how_to_type=_how_to_type(separators),
        )
    if side.strip().lower() not in SIDES:
        return phrase("The side must be {sides}; it is {side}.", sides=choices(SIDES), side=side)
    selected = excel.Selection
    areas = getattr(selected, "Areas", None)
    if areas is None or areas.Count != 1:
        return phrase("Select the offers first: one column of cells.")
    left, top, right, bottom = range_boundaries(selected.Address)
    if None in (left, top) or left != right:
        return phrase("Select the offers first: one column of cells, without its whole length.")
    column = get_column_letter(left + 1)
    beside = excel.ActiveSheet.Range(f"{column}{top}:{column}{bottom}")
    if any(cell is not None for cell in _cells(beside.Value2)):
        return phrase(
            "{cells} must be empty for the checks; something stands there already.",
            cells=f"{column}{top}:{column}{bottom}",
        )
    offer = f"{get_column_letter(left)}{top}"  # Excel moves it down with each row
    function_form.write_formula(beside, f'=WALKAWAY_CHECK({offer},{limit},"{side.strip().lower()}")')
    return DONE


def insert_function(excel: Any, name: str) -> str:
    """Write a worksheet function at the active cell, with a cell for each argument."""
    return function_form.write_form(excel, CATALOGUE[name])


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
        sentence = phrase("This cell calls none of our worksheet functions.")
    else:
        name, arguments = call
        given = [_value(excel, argument) for argument in arguments]
        ((sentence,),) = vars(excel_com)[explanation.NAME](name, *given)
    if trouble:
        return f"{sentence}\n\n" + phrase("A call that failed lately: {trouble}", trouble=trouble)
    return str(sentence)


def show_help(excel: Any, word: str) -> str:
    """Open the tour of the worksheet functions."""
    return new_workbook(excel, TOUR)


def ask_doctor(excel: Any, word: str) -> str:
    """Say whether the functions answer, and what helps if they do not."""
    from walkaway_xl.hosts import examination
    from walkaway_xl.hosts.excel_vba import host

    finding = examination.ask(host)
    remedy = f"\n→ {finding.remedy}" if finding.remedy else ""
    return f"{phrase(finding.state.value)}: {finding.words}{remedy}"


def _cell(typed: str) -> str | None:
    """A single cell as an absolute reference, which stays the same in every row."""
    match = CELL.fullmatch(typed)
    if match is None:
        return None
    cell, last = (part and part.replace("$", "").upper() for part in (match["cell"], match["last"]))
    if last not in (None, cell):
        return None
    column, row = coordinate_from_string(cell)
    return f"{match['sheet'] or ''}${column}${row}"


def _number(typed: str, separators: str) -> str | None:
    """A number as it stands in a formula, read as this Excel reads it; None where that could go wrong."""
    if separators:
        return _read(typed, separators)
    if AMBIGUOUS.fullmatch(typed):
        return None
    return _read(typed, ENGLISH) or _read(typed, GERMAN)


def _read(typed: str, separators: str) -> str | None:
    decimal, thousands = re.escape(separators[0]), re.escape(separators[1:])
    if separators[1:] and separators[1:] in SPACES:
        thousands = f"[{SPACES}]"
    groups = rf"\d{{1,3}}(?:{thousands}\d{{3}})+|" if thousands else ""
    match = re.fullmatch(rf"([+-]?)({groups}\d+)(?:{decimal}(\d+))?", typed, re.ASCII)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match[2])
    return repr(float(f"{match[1]}{whole}.{match[3] or 0}"))


def _how_to_type(separators: str) -> str:
    decimal = separators[:1]
    if decimal:
        return phrase(
            "Type a number, as 7500 or {example}, or click on the cell that holds it.",
            example=f"7500{decimal}5",
        )
    return phrase("Type a number, as 7500 without a separator, or click on the cell that holds it.")


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
    result = excel.ActiveSheet.Evaluate(argument)
    return result.Value2 if hasattr(result, "Value2") else result
