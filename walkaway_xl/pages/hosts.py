"""The spreadsheet programs: how each calls the functions, and the one place that says what it lacks."""

from collections.abc import Iterator
from typing import NamedTuple

from walkaway_xl.pages.markdown import joined, table

PATH = "docs/hosts.md"


class Difference(NamedTuple):
    """Something that one host shows otherwise than the cell tables say."""

    what: str
    why: str
    remedy: str


class Host(NamedTuple):
    """A program that calls the functions."""

    name: str
    how: str
    tried_with: str
    differences: tuple[Difference, ...]


HOSTS = (
    Host(
        "Embedded engine",
        "`walkaway-xl calc BOOK.xlsx` calculates every formula of a workbook and stores the values in it.",
        "formualizer 0.13, on every machine",
        (
            Difference(
                "an answer of more than 10,000 cells is `#SPILL!`",
                "the engine holds no longer one",
                "fill the formula down, or check the column with the Python functions",
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
        ),
    ),
    Host(
        "LibreOffice Calc",
        "An extension, which `walkaway-xl install libreoffice` installs; files with plain "
        '`=WALKAWAY_CHECK(7500,6500,"buyer")` calculate when they are opened.',
        "LibreOffice 7.4 with Python 3.11, headless",
        (
            Difference(
                "a single empty cell is 0, not blank",
                "Calc hands it over as 0; an empty cell inside a range stays blank",
                'write `IF(A1="","",WALKAWAY_CHECK(A1,…))` where a cell may be empty',
            ),
            Difference(
                "TRUE is 1 where a number belongs",
                "Calc has no truth values of its own",
                "none is needed unless a TRUE stands in a column of prices",
            ),
            Difference(
                "a range with an error in it makes the whole answer an error",
                "Calc does not call a function with such a range",
                "mend the error, or leave its row out",
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
        ),
    ),
    Host(
        "Excel on Windows",
        "An add-in, which `walkaway-xl install excel` assembles and installs. Its VBA calls "
        "`walkaway_xl.hosts.excel_com` in a Python of its own, through xlwings' library and COM; errors are "
        "true error values.",
        "its VBA in the interpreters of pyOpenVBA and LibreOffice, and xlwings' library and COM server 0.37 "
        "under Wine; no Excel was at hand",
        (
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
            ),
        ),
    ),
    Host(
        "xlwings Lite (Excel on Windows, Mac and web)",
        "`walkaway-xl lite` writes the `main.py` to paste; `walkaway-xl new seller_price --host lite` a "
        "workbook that carries it.",
        "Pyodide 0.25 under Node with NumPy 2.4 and xlwings 0.37, called as xlwings documents it, and for "
        "blanks Pyodide 314, too; not run in Excel itself",
        (
            Difference(
                "`#SPILL!` and other new errors come back as `#VALUE!`",
                "xlwings knows seven error values",
                "look at the cell that the formula refers to",
            ),
        ),
    ),
)


def page() -> str:
    """The page as Markdown."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield "# The spreadsheet programs"
    yield (
        "The same functions give the same answers everywhere: every example of the "
        "[reference](functions/README.md) and every row of the two tables in "
        "[ARCHITECTURE.md](../ARCHITECTURE.md) is tried in each program. Where one cannot do what the tables "
        "say, it stands here. [installing.md](installing.md) says how they are installed, and "
        "`walkaway-xl doctor` asks the programs of your machine."
    )
    for host in HOSTS:
        yield f"## {host.name}"
        yield f"{host.how}"
        yield f"Tried with {host.tried_with}."
        yield table(("otherwise here", "because", "what helps"), host.differences)
