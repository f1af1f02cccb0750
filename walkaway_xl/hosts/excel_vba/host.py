"""Excel on Windows, as a host."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.hosts.contract import Aspect, Difference, Finding, Offered, State, trouble

if TYPE_CHECKING:
    from walkaway_xl.installation.steps import Step

KEY = "excel"
TITLE = "Excel on Windows"
HOW = (
    "An add-in, which `walkaway-xl install excel` assembles and installs. Its VBA calls "
    "`walkaway_xl.hosts.excel_com` in a Python of its own, through xlwings' library and COM; errors are "
    "true error values."
)
TRIED_WITH = (
    "its VBA in the interpreters of pyOpenVBA and LibreOffice, and xlwings' library and COM server 0.37 "
    "under Wine; no Excel was at hand"
)
PROGRAM = "Excel"
FILE = "walkaway_xl.xlam"
FILE_IS = "the Excel add-in"
WITHOUT_ADDIN = later(
    "walkaway-xl formulas writes workbooks that have the functions without an add-in (Excel 365 or 2024), "
    "xlwings Lite needs no VBA, and walkaway-xl calc calculates without Excel; docs/excel.md is for IT"
)
LONGEST_TEXT = 255  # characters of a text inside an array


def _with_short_texts(rows: list[list[Any]]) -> list[list[Any]]:
    """An array as Excel is given it: a text that is too long ends with three dots."""
    if len(rows) == len(rows[0]) == 1:
        return rows
    return [
        [
            f"{cell[: LONGEST_TEXT - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST_TEXT else cell
            for cell in row
        ]
        for row in rows
    ]


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "`#SPILL!` and other new errors come back as `#VALUE!`",
        "an older Excel cannot show them",
        "look at the cell that the formula refers to",
    ),
    Difference(
        "a formula in every row of a long table is slow",
        "each cell is a call from Excel to Python",
        'one formula over the whole column is one call, as `=WALKAWAY_CHECK(A2:A9999,6500,"buyer")`',
    ),
    Difference(
        "a text of more than 255 characters inside an array ends with …",
        "Excel shows `#VALUE!` for a longer one",
        "ask for one cell at a time",
        Aspect.LONG_TEXT,
        shown_as=_with_short_texts,
    ),
)


def ask() -> Finding:
    """Whether the functions answer there."""
    from walkaway_xl.hosts.excel_vba import excel_installation  # which fails where what it writes with does
    from walkaway_xl.installation.steps import InstallationError

    if not excel_installation.is_here():
        return Finding(State.ABSENT, phrase("Excel for Windows is not installed"))
    message = excel_installation.trouble()
    if message is not None:
        return trouble(message)
    fault = excel_installation.fault()
    if fault is None:
        try:
            excel_installation.ask_server()
        except InstallationError as error:
            fault = str(error)
    forbidden = excel_installation.forbidden()
    if forbidden:
        words = "; ".join([*forbidden, *([fault] if fault else [])])
        return Finding(State.TROUBLE, words, phrase(WITHOUT_ADDIN))
    if fault is not None:
        return Finding(State.TROUBLE, fault, "walkaway-xl install excel")
    return Finding(State.ANSWERS, phrase("the add-in is installed for you, and its Python answers"))


def make(templates: Iterable[Offered]) -> bytes:
    """The add-in for no machine yet, with a gallery of workbooks."""
    from walkaway_xl.hosts.excel_vba import excel_installation

    return excel_installation.portable(templates)


def is_here() -> bool:
    """Whether there is an Excel on this machine."""
    from walkaway_xl.hosts.excel_vba import excel_installation

    return excel_installation.is_here()


def installing(
    templates: Iterable[Offered], *, listed: bool = False, certificate: str | None = None
) -> Iterable["Step"]:
    """Plan of the installation for this user; options as of `excel_installation.installing`."""
    from walkaway_xl.hosts.excel_vba import excel_installation

    return excel_installation.installing(templates, listed=listed, certificate=certificate)


def removing() -> Iterable["Step"]:
    """Plan of the removal for this user; empty if there is nothing to remove."""
    from walkaway_xl.hosts.excel_vba import excel_installation

    return excel_installation.removing()
