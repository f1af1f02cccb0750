"""LibreOffice Calc, as a host."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import ANSWER, Aspect, Difference, Finding, Offered, State, trouble

if TYPE_CHECKING:
    from walkaway_xl.installation.steps import Step

KEY = "libreoffice"
TITLE = "LibreOffice Calc"
HOW = (
    "An extension, which `walkaway-xl install libreoffice` installs; files with plain "
    '`=WALKAWAY_CHECK(7500,6500,"buyer")` calculate when they are opened.'
)
TRIED_WITH = "LibreOffice 7.4 with Python 3.11, headless"
PROGRAM = "LibreOffice"
FILE = "walkaway.oxt"
FILE_IS = "the LibreOffice extension"


def _zero_for_a_blank(cell: Any) -> Any:
    """A single cell as Calc hands it over; in a range a blank stays one, as a text without letters."""
    if isinstance(cell, list):
        return [["" if inner is None else inner for inner in row] for row in cell]
    return 0.0 if cell is None else cell


def _number_of_a_flag(cell: Any) -> Any:
    if isinstance(cell, list):
        return [[_number_of_a_flag(inner) for inner in row] for row in cell]
    return float(cell) if isinstance(cell, bool) else cell


def _error_of_a_range(arguments: Sequence[Any], rows: Any) -> Any:
    """An error in place of every cell of an answer to a range with one in it."""
    ranges = (cells for cells in arguments if isinstance(cells, list))
    inner = (cell for cells in ranges for row in cells for cell in (row if isinstance(row, list) else [row]))
    has_error = any(hasattr(cell, "code") for cell in inner)  # this module is loaded without that of cells
    return [["#VALUE!"] * len(row) for row in rows] if has_error else rows


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "a single empty cell is 0, not blank",
        "Calc hands it over as 0; an empty cell inside a range stays blank",
        "write `A1:A1` in place of `A1` where it may be empty; a bar above a workbook that was just opened "
        "says which formulas ask about one",
        Aspect.BLANK_CELL,
        _zero_for_a_blank,
    ),
    Difference(
        "TRUE is 1 where a number belongs",
        "Calc has no truth values of its own",
        "none is needed unless a TRUE stands in a column of prices",
        Aspect.FLAG,
        _number_of_a_flag,
    ),
    Difference(
        "a range with an error in it makes the whole answer `#VALUE!`",
        "Calc does not call a function with such a range",
        "mend the error, or leave its row out",
        Aspect.ERROR_IN_RANGE,
        answered=_error_of_a_range,
    ),
    Difference(
        'a word in an answer that also holds numbers or errors is shown, but `A1="BATNA"` is FALSE',
        "Calc 7.4 keeps such words apart from those that are typed",
        '`A1&""="BATNA"` compares them; answers of words alone compare as they are',
    ),
    Difference(
        "one formula over a long column takes up to three times as long as native ones",
        "Calc and Python hand over each row by itself",
        "laid on its side it is one row and takes little more than half the time: "
        "`=TRANSPOSE(DISCOUNT_MAX(TRANSPOSE(A2:A9999),TRANSPOSE(B2:B9999),0.2))`",
    ),
    Difference(
        "a workbook saved from Calc as .xlsx names the functions otherwise",
        "Calc 7.4 writes its own long name into the file",
        "keep such workbooks as .ods, or save them from Excel; `walkaway-xl calc` knows both names",
    ),
)


def ask() -> Finding:
    """Whether the functions answer there."""
    from walkaway_xl.hosts.libreoffice import calc_installation

    if calc_installation.program("soffice") is None:
        return Finding(
            State.ABSENT, phrase("LibreOffice is not installed"), phrase("install it from libreoffice.org")
        )
    message = calc_installation.python_trouble()
    if message is not None:
        return trouble(message)
    lock = calc_installation.locked()
    if lock is not None:
        words, _, remedy = lock.partition("; ")
        return Finding(State.UNASKED, words, phrase("{remedy}, then walkaway-xl doctor", remedy=remedy))
    if not calc_installation.is_installed():
        return Finding(
            State.TROUBLE, phrase("the extension is not installed"), "walkaway-xl install libreoffice"
        )
    text = calc_installation.shown_by_calc()
    if text == ANSWER:
        return Finding(State.ANSWERS, phrase("the extension is installed for you"))
    if not text:
        return trouble(phrase("LibreOffice opens no workbook; start it yourself, it says what is in its way"))
    return trouble(
        phrase(
            "the extension is installed and shows {shown}; run walkaway-xl install libreoffice", shown=text
        )
    )


def make(templates: Iterable[Offered]) -> bytes:
    """The extension, the same for every machine; it has no gallery."""
    from walkaway_xl.hosts.libreoffice.extension import extension

    return extension()


def is_here() -> bool:
    """Whether there is a LibreOffice on this machine."""
    from walkaway_xl.hosts.libreoffice import calc_installation

    return calc_installation.is_here()


def installing(templates: Iterable[Offered]) -> Iterable["Step"]:
    """Plan of the installation for this user."""
    from walkaway_xl.hosts.libreoffice import calc_installation

    return calc_installation.installing()


def removing() -> Iterable["Step"]:
    """Plan of the removal for this user; empty if there is nothing to remove."""
    from walkaway_xl.hosts.libreoffice import calc_installation

    return calc_installation.removing()
