"""The add-in's VBA, module by module: what is written by hand, and a wrapper for every worksheet function."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE, explanation
from walkaway_xl.hosts.excel import CATEGORY, PLAIN
from walkaway_xl.hosts.excel_vba.host import FILE

CALLED = "walkaway_xl.hosts.excel_com"  # whose functions the wrappers call
PRESSED = "walkaway_xl.ribbon"  # whose functions the ribbon's buttons call
SETTINGS = "walkaway_xl.conf"  # the add-in's only sheet
SEPARATORS = "separators="  # as excel_com knows it, which only loads where xlwings is
INTERPRETER, FOLDER, VERSION, XLWINGS = "B1", "B2", "B3", "B4"  # its cells
# Neither the environment's variables nor the folder Excel happens to be in may name other modules. What the
# functions need is imported before Excel is answered: a package that is broken ends at once, and Excel waits
# for none.
COMMAND = f""""{{python}}" -E -P -c "import {CALLED}, xlwings; xlwings.serve('$(CLSID)')\""""
NAMES_IN_A_LINE = 4  # VBA takes 24 lines at most for one statement
USER_DEFINED = 14  # the number of the wizard's category that Excel knows from the start


def modules(xlwings_version: str) -> Mapping[str, str]:
    """Source of each standard module by its name.

    Parameters
    ----------
    xlwings_version : str
        The version of xlwings whose library starts Python.
    """
    return {
        "WalkawayServer": _written(
            "server.bas",
            version=xlwings_version,
            interpreter=INTERPRETER,
            folder=FOLDER,
            settings=SETTINGS,
            command=COMMAND.replace('"', '""'),
            separators=SEPARATORS,
        ),
        "WalkawayAnswers": _written("answers.bas", module=CALLED, in_words=explanation.NAME),
        "WalkawayButtons": _written("buttons.bas", module=PRESSED),
        "WalkawayBinding": _written("binding.bas", file=FILE, names=_names()),
        "WalkawayFunctions": _lines(_functions()),
        "WalkawayWizard": _lines(_help()),
    }


def opening() -> str:
    """What the module ThisWorkbook does as Excel opens the add-in."""
    return _written("opening.bas")


def _names() -> str:
    """The names of the functions as a list over several lines."""
    rows = (
        list(CATALOGUE)[place : place + NAMES_IN_A_LINE]
        for place in range(0, len(CATALOGUE), NAMES_IN_A_LINE)
    )
    return ", _\n        ".join(", ".join(map(_text, row)) for row in rows)


def _written(name: str, **values: str) -> str:
    """A module that is written by hand, with values in their places."""
    source = files(__package__).joinpath(name).read_text("ascii")
    for place, value in values.items():
        source = source.replace(f"{{{place}}}", value)
    return _lines(source.splitlines())


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _functions() -> Iterator[str]:
    """What a cell calls: each function hands its arguments on, and names itself."""
    yield from ('Attribute VB_Name = "WalkawayFunctions"', "Option Explicit")
    for name, function in CATALOGUE.items():
        given = ", ".join(argument.name for argument in function.arguments)
        yield ""
        yield f"Public Function {name}({', '.join(_parameters(function))}) As Variant"
        yield f"Attribute {name}.VB_Description = {_text(function.summary)}"
        yield f'Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n{USER_DEFINED}"'
        yield f'    {name} = Answer("{name}", Array({given}))'
        yield "End Function"


def _parameters(function: Function) -> Iterator[str]:
    """What VBA asks for: what may be blank may also be left out, and then VBA asks for none after it."""
    may_be_left_out = False
    for argument in function.arguments:
        may_be_left_out |= not argument.required or argument.kind.may_be_blank
        yield f"{'Optional ' if may_be_left_out else ''}ByVal {argument.name} As Variant"


def _help() -> Iterator[str]:
    """What tells the wizard about arguments; Excel stores it in the file, so it runs once, on installing."""
    yield from ('Attribute VB_Name = "WalkawayWizard"', "Option Explicit", "Option Private Module")
    yield from ("", "Public Sub DescribeFunctions()")
    yield "    ThisWorkbook.IsAddin = False ' Excel describes no function of a hidden workbook"
    yield "    ThisWorkbook.Activate"
    yield from (f"    Describe{name}" for name in CATALOGUE)
    yield from ("    ThisWorkbook.IsAddin = True", "End Sub")
    for function in CATALOGUE.values():
        yield from _description(function)


def _description(function: Function) -> Iterator[str]:
    yield ""
    yield f"Private Sub Describe{function.name}()"
    yield f"    Application.MacroOptions Macro:={_text(function.name)}, Category:={_text(CATEGORY)}, _"
    yield f"        Description:={_text(function.summary)}, ArgumentDescriptions:=Array( _"
    *others, last = (_text(argument.help) for argument in function.arguments)
    yield from (f"        {literal}, _" for literal in others)
    yield f"        {last})"
    yield "End Sub"


def _text(text: str) -> str:
    """A text of ours between VBA's quotation marks."""
    return '"' + text.translate(PLAIN).replace('"', '""') + '"'
