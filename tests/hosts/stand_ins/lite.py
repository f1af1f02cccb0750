"""What xlwings does in Lite with a call that Office.js hands over. Also runs inside Pyodide."""

from inspect import Parameter
from typing import Any


def call(function: Any, spelled: list[Any]) -> Any:
    """Rows that the function answers; a null is an argument that was left out, where there is a default."""
    defaults = [parameter.default for parameter in function.__signature__.parameters.values()]
    given = [
        default if cells is None and default is not Parameter.empty else cells
        for cells, default in zip(spelled, defaults, strict=False)
    ]
    return function(*given)
