"""What stands in for xlwings: it takes down what it is told, and leaves the functions as they are."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


class Recorder:
    """The three decorators that a worksheet function needs, and nothing else of xlwings."""

    def func(self, **options: Any) -> Callable[..., Any]:
        """Take down the options of a function."""
        return lambda function: _noted(function, options=options)

    def ret(self, convert: Any) -> Callable[..., Any]:
        """Take down what a result is converted with."""
        return lambda function: _noted(function, gives=convert)

    def arg(self, name: str, convert: Any, doc: str) -> Callable[..., Any]:
        """Take down what an argument is converted with, and its help."""

        def note(function: Any) -> Any:
            return _noted(function, arguments={**_notes(function).arguments, name: (convert, doc)})

        return note


def _notes(function: Any) -> SimpleNamespace:
    if not hasattr(function, "told"):
        function.told = SimpleNamespace(options={}, gives=None, arguments={})
    notes: SimpleNamespace = function.told
    return notes


def _noted(function: Any, **notes: Any) -> Any:
    vars(_notes(function)).update(notes)
    return function
