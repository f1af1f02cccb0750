"""The embedded engine, as a host."""

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import Aspect, Difference, Finding, State
from walkaway_xl.pip_commands import reinstall

KEY = "embedded"
TITLE = "Embedded engine"
HOW = "`walkaway-xl calc BOOK.xlsx` calculates every formula of a workbook and stores the values in it."
TRIED_WITH = "formualizer 0.13, on every machine"
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "an answer of more than 10,000 cells is `#SPILL!`",
        "the engine holds no longer one",
        "fill the formula down, or check the column with the Python functions",
        Aspect.LONG_ANSWER,
    ),
    Difference(
        "numbers in the sentences of WALKAWAY_EXPLAIN have a decimal point in every language",
        "a file does not say in which language it will be read",
        "calculate in the spreadsheet program, which writes them as its cells",
    ),
    Difference(
        "a function that the engine lacks keeps the value that is stored, and `calc` ends with 3",
        "a value that another program has calculated is better than an error",
        "calculate such cells in the program that knows them; `--recalculate-all` shows the error",
    ),
)


def ask() -> Finding:
    """Whether the functions answer there."""
    from walkaway_xl.hosts import embedded, question  # which fails where the engine does

    calculated = embedded.calculate(question.workbook())
    if calculated.errors:
        return Finding(State.TROUBLE, str(calculated.errors[0]), reinstall("formualizer"))
    return Finding(State.ANSWERS, phrase("walkaway-xl calc calculates workbooks with it"))
