"""Excel with the add-in open, in memory: its VBA really runs, and calls a stand-in for the COM server."""

# ruff: noqa: N802, N803 (named by VBA)

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAErrorValue, VBAInt, VBAObject, member, method

from tests.hosts.stand_ins import windows

PROCEDURE_ATTRIBUTE = re.compile(r"^Attribute \w+\..*\r\n", flags=re.MULTILINE)  # help, no code
FIRST_ERROR = -2146828288

# Excel's input box and settings, and the functions of Windows, which pyOpenVBA lacks.
ELSEWHERE = {
    "Application.InputBox": "StandIn.InputBox",
    "Application.International": "StandIn.International",
    "Application.Hwnd": "0",
}
DECLARED = re.compile(r"^ *Private Declare .*\r\n", flags=re.MULTILINE)
WINDOWS = """
Public Sub MessageBox(ByVal Owner As Long, ByVal Said As String, ByVal Title As String, ByVal Kind As Long)
    MsgBox Said, Kind, Title
End Sub
Public Function StrPtr(ByVal Text As String) As String
    StrPtr = Text
End Function
"""
SERVER = """
Public Function Server() As Object
    Set Server = StandIn
End Function
"""


class ComServer(VBAObject):
    """Python's COM server, seen from VBA: values cross as COM carries them."""

    vba_type_name = "XLPython"

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call
        self.answers: list[object] = []

    @method
    def InputBox(
        self, Prompt: object, Title: object, Default: object = MISSING, Type: object = MISSING
    ) -> object:
        """Excel's own box for input, which pyOpenVBA lacks: somebody has the answers ready."""
        return self.answers.pop(0)

    @method
    def International(self, Index: object) -> object:
        """A setting of a German Excel: the separators of numbers."""
        return {3: ",", 4: "."}[int(str(Index))]

    @method
    def CallUDF(self, Module: object, Name: object, Given: object, Book: object, Caller: object) -> object:
        """Call a worksheet function."""
        return to_vba(self.call(str(Module), str(Name), to_python(Given), None, None))

    @method
    def Module(self, Name: object) -> object:
        """A module; its name does."""
        return str(Name)

    @method
    def Tuple(
        self, First: object, Second: object, Third: object = MISSING, Fourth: object = MISSING
    ) -> object:
        """What a button hands over, as an object."""
        return Handed([each for each in (First, Second, Third, Fourth) if each is not MISSING])

    @method
    def Call(self, Module: object, Button: object, Given: object) -> object:
        """Press a button."""
        assert isinstance(Given, Handed)
        return to_vba(self.call(str(Module), str(Button), Given.values))

    @method
    def Str(self, Said: object) -> object:
        """What a button says."""
        return Said


class Handed(VBAObject):
    """A Python object in the hands of VBA."""

    vba_type_name = "XLPythonObject"

    def __init__(self, values: list[object]) -> None:
        self.values = values


class Control(VBAObject):
    """A button of the ribbon that was pressed."""

    vba_type_name = "IRibbonControl"

    def __init__(self, tag: str) -> None:
        self.tag = tag

    @member
    def Tag(self) -> object:
        """Which line of a menu it was."""
        return self.tag


class Bridge(ExcelBridge):
    """Excel with one more thing in it, named StandIn."""

    stand_in: object

    def global_object(self, name: str) -> object:
        """A global by its name in small letters."""
        return self.stand_in if name == "standin" else super().global_object(name)


class Excel:
    """The add-in, opened."""

    def __init__(self, path: Path, call: Callable[..., Any]) -> None:
        self.app = ExcelApplication.open(path, with_vba=False)
        bridge = Bridge(self.app.application)
        self.server = bridge.stand_in = ComServer(call)
        self.app.interpreter.host = bridge
        with ExcelFile(path) as file:
            for module in file.vba_project().modules:
                if module.kind is VBAModuleKind.standard:
                    source = DECLARED.sub("", PROCEDURE_ATTRIBUTE.sub("", module.source))
                    for ours, instead in ELSEWHERE.items():
                        source = source.replace(ours, instead)
                    self.app.add_module(source, name=module.name)
        self.app.add_module(WINDOWS, name="Windows")
        self.app.add_module(SERVER, name="WalkawayServer")

    def shows(self, name: str, *arguments: Any) -> Any:
        """What a cell shows, an error as its VBAErrorValue."""
        return from_vba(self.app.run(name, *map(to_vba, arguments)))

    def asks(self, expression: str) -> Any:
        """What an expression of VBA gives."""
        source = f"Public Function Asked() As Variant\nAsked = {expression}\nEnd Function\n"
        self.app.add_module(source, name="Question")
        return from_vba(self.app.run("Asked"))


def to_vba(value: Any) -> Any:
    """A value of Python as COM hands it to VBA, and lists as Excel's arrays."""
    if value is windows.MISSING:
        return MISSING
    if value is None:
        return EMPTY
    if isinstance(value, list | tuple):
        rows = value if isinstance(value[0], list | tuple) else None
        if rows is None:
            return VBAArray([(0, len(value) - 1)], items=[to_vba(cell) for cell in value])
        table = VBAArray([(0, len(rows) - 1), (0, len(rows[0]) - 1)])
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.set([place, column], to_vba(cell))
        return table
    return VBAInt(value, "Long") if type(value) is int else value


def to_python(value: Any) -> Any:
    """A value of VBA as pywin32 hands it to Python."""
    if value is MISSING:
        return windows.MISSING
    if value is EMPTY:
        return None
    if isinstance(value, VBAErrorValue):
        return FIRST_ERROR + value.number
    if isinstance(value, VBAArray):
        return _nested(value, [])
    return int(value) if isinstance(value, VBAInt) else value


def _nested(array: VBAArray, before: Sequence[int]) -> Any:
    if len(before) == array.dimensions:
        return to_python(array.get(list(before)))
    low, high = array.bounds[len(before)]
    return tuple(_nested(array, [*before, place]) for place in range(low, high + 1))


def from_vba(value: Any) -> Any:
    """What a cell or a block of cells shows."""
    if isinstance(value, VBAArray):
        rows = [[low] for low in range(value.bounds[0][0], value.bounds[0][1] + 1)]
        if value.dimensions == 1:
            return [from_vba(value.get(row)) for row in rows]
        columns = range(value.bounds[1][0], value.bounds[1][1] + 1)
        return [[from_vba(value.get([*row, column])) for column in columns] for row in rows]
    return int(value) if isinstance(value, VBAInt) else value
