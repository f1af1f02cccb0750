"""The page of the functions as formulas: how to get them, what they are, and five as a person reads them."""

from collections.abc import Iterator

from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import book_names, module_text
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.formulas.without import WITHOUT
from walkaway_xl.pages.markdown import joined, table

PATH = "docs/formulas.md"
SHOWN = ("PRICE_FLOOR", "WALKAWAY_CHECK", "SPLIT_MIDPOINT", "OFFER_PROB", "BATNA_CE")


def page() -> str:
    """The page as Markdown."""
    return joined([*_getting(), *_meaning(), *_elsewhere(), *_formulas()])


def _getting() -> Iterator[str]:
    yield "# Without an installation"
    yield (
        "Where nothing may be installed, Excel itself can hold the functions: as LAMBDA names of a plain "
        ".xlsx. No add-in, no macro, no Python, and nothing leaves the workbook. Whoever opens it has the "
        "functions, in Excel 365 and Excel 2024 on Windows and Mac, and in Excel on the web."
    )
    into = "`walkaway-xl formulas --into BOOK.xlsx`"
    ways = [
        (
            f"a workbook that has all {len(FORMULAS)}",
            "`walkaway-xl formulas` writes `walkaway_functions.xlsx`: each with an example that calculates",
        ),
        ("them in a workbook of yours", f"in Excel, move or copy the sheet Functions into it; or {into}"),
        ("only those that your workbook calls", "`walkaway-xl formulas --into BOOK.xlsx --only-used`"),
        (
            "a preparation workbook that brings them along",
            "`walkaway-xl new seller_price --host formulas`",
        ),
        (
            "to read them, or to paste them",
            "`walkaway-xl formulas --text`, for the module Workbook of the Advanced Formula Environment in "
            "Excel Labs",
        ),
    ]
    yield table(("you want", "you do"), ways)
    yield "The commands need Python once, on any machine; the workbooks do not."
    yield "## What is in the workbook"
    yield (
        "Each function is a name whose comment says what it is for, and Excel shows both while you type. "
        "Names that begin with `WF_` are what the functions share: how a cell is read, when two prices are "
        "equal, how a price is rounded. They are hidden in the Name Manager. All names make a file some 26 "
        "kB larger, those of five functions 3 kB."
    )
    yield (
        "`--into` writes beside your workbook and renames, so it is the old one or the new one, whole. It "
        "adds the names and changes nothing else, but for a mark that lets Excel calculate when it opens a "
        "workbook that already calls the functions. A name that the workbook has for something else stays "
        "as it is and is reported; where it is one that the functions share, nothing is written. Names of "
        "another version of walkaway-xl are replaced with `--update`, never without. A workbook with "
        "macros, one that is signed, shared or protected in its structure is refused, in a sentence that "
        "says what helps."
    )


def _meaning() -> Iterator[str]:
    yield "## What they answer"
    yield (
        "The same as everywhere: blanks, texts, TRUE, errors of other cells, ranges and columns are treated "
        "as [the two tables](../ARCHITECTURE.md) say. A function that answers cell by cell is not "
        "written twice: the Python code of the add-in is run on symbols, and writes its formula down. Those "
        "of tables have theirs beside their entry. All are asked the same questions as the add-in, "
        "in two engines that read LAMBDA; [hosts.md](hosts.md) says where they differ. None of it has run "
        "in Excel itself."
    )
    yield f"{len(FORMULAS)} of {len(CATALOGUE)} functions are there. Not to be had as a formula:"
    yield "\n".join(f"- {name}: {reason}" for name, reason in WITHOUT.items())
    yield "## Beside the add-in"
    yield (
        "A name of the workbook comes before a function of an add-in. Where both are there, Excel takes the "
        "name, and the answer is the same; WALKAWAY_EXPLAIN stays the add-in's. In xlwings Lite do not use "
        "both: a name of the workbook stops Lite's function of that name until Excel is started again "
        "([xlwings-lite 33](https://github.com/xlwings/xlwings-lite/issues/33))."
    )
    yield (
        "`walkaway-xl calc` answers such names with the Python functions, whose values it stores. A LAMBDA "
        "of somebody else, even under one of our names, it cannot call: the cell keeps its stored value, "
        "and is reported."
    )


def _elsewhere() -> Iterator[str]:
    yield "## Elsewhere"
    named = "[named functions](https://support.google.com/docs/answer/12504534)"
    let = "[since 24.8](https://bugs.documentfoundation.org/show_bug.cgi?id=137543)"
    programs = [
        ("Excel 2021, 2019 and older", "`#NAME?`: LAMBDA is not there; take the add-in"),
        (
            "LibreOffice 7.4 and 25.2",
            f"`Err:508`: there is no LAMBDA, though LET has been there {let}; with the extension, 7.4 gives "
            "the answers. A workbook that is saved in 7.4 has lost the names, and 25.2 spells them "
            "otherwise: save none there that Excel is to open again",
        ),
        (
            "Google Sheets",
            f"not possible: {named} come from another Google sheet or are typed in, with all their "
            "arguments given",
        ),
        ("`walkaway-xl calc`", "answers them"),
    ]
    yield table(("program", "what it does with them"), programs)
    stated = " and ".join(name for name, function in CATALOGUE.items() if function.native)
    yield (
        "The preparation workbooks need none of it: they calculate with short formulas, in every Excel since "
        "2016 and in LibreOffice. Where one stands for a function, the same code has written it down, but "
        f"for single rows of {stated}; all of them are held to what the functions answer."
    )


def _formulas() -> Iterator[str]:
    yield "## Five as a person reads them"
    for name in SHOWN:
        own, *_ = book_names.names_of([FORMULAS[name]])
        yield f"```\n{name} =\n{module_text.laid_out(own.typed)}\n```"
    yield "What they call:"
    names = book_names.names_of(FORMULAS[name] for name in SHOWN)
    helpers = "\n".join(f"{name.name} = {name.typed}" for name in names if name.is_helper)
    yield f"```\n{helpers}\n```"
