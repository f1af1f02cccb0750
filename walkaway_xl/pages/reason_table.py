"""Writes the table of reasons: every reason that the core can give has its number there, in every process."""

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any

import walkaway_xl
from walkaway_xl.core import _answers, _takes
from walkaway_xl.core.errors import NOT_FINITE, Reason
from walkaway_xl.core.kinds import Kind

PATH = "walkaway_xl/core/_reasons.py"
HEAD = '''"""Why an answer can be missing, each reason with its number: its place in this table.

Written by `walkaway-xl generate` from the declarations of arguments and the rules of the functions.
"""

# Why (a member of Unanswered), what its subject must do, what helps, and the subjects: each has a number.
TABLE = (
'''
RULES = ("outside", "no_answer", "zero_divisor", "malformed", "nothing_asked")  # as `_answers` has them


def page() -> str:
    """The table as a module."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for reason in dict.fromkeys((NOT_FINITE, *_declared(), *_ruled())):
        grouped.setdefault((reason.why.name, reason.must, reason.remedy), []).append(reason.subject)
    lines = [f"    {(*what, ','.join(subjects))!r},\n" for what, subjects in grouped.items()]
    return "".join((HEAD, *lines, ")\n"))


def _kinds() -> Iterator[Mapping[str, Kind]]:
    """What every function declares of its arguments."""
    for name in walkaway_xl.__all__:
        kinds = getattr(getattr(walkaway_xl, name), "kinds", None)
        if kinds is not None:
            yield kinds


def _declared() -> Iterator[Reason]:
    """What the door refuses."""
    for kinds in _kinds():
        for name, kind in kinds.items():
            yield from _refusals(name, kind)


def _refusals(name: str, kind: Kind) -> Iterator[Reason]:
    if kind.is_measured:
        limits = _takes.limits_of(name, kind)
        yield from (limits.infinite, limits.too_low, limits.too_high, limits.only_too_high)
    elif kind.words:
        yield _answers.malformed(name, True, kind.must).reason


def _ruled() -> Iterator[Reason]:
    """What the functions themselves refuse, by the calls in their sources."""
    modules = [
        import_module(f"walkaway_xl.core.{source.name.removesuffix('.py')}")
        for source in sorted(files("walkaway_xl.core").iterdir(), key=lambda source: source.name)
        if source.name.endswith(".py") and source.name not in ("__init__.py", "_answers.py", "_takes.py")
    ]
    calls = [_Source(module) for module in modules]
    for source in calls:
        yield from source.reasons(calls)


class _Source:
    """A module of the core, and what its calls say of reasons."""

    def __init__(self, module: ModuleType):
        self.module = module
        self.calls: list[tuple[ast.Call, ast.FunctionDef]] = []
        for function in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(function, ast.FunctionDef):
                self.calls += [(node, function) for node in ast.walk(function) if isinstance(node, ast.Call)]

    def reasons(self, sources: Iterable["_Source"]) -> Iterator[Reason]:
        """The reasons of all rules that the module makes."""
        for call, function in self.calls:
            name = ast.unparse(call.func)
            if name in RULES:
                subject, _where, *sentences = call.args
                words = self._valued(ast.List(sentences, ast.Load()))
                for argument in self._subjects(subject, function, sources):
                    yield getattr(_answers, name)(argument, True, *words).reason
            elif name == "beyond":
                for argument in self._subjects(call.args[0], function, sources):
                    for kind in self._kinds(call.args[1], function):
                        yield from _refusals(argument, kind)

    def _valued(self, node: ast.expr) -> Any:
        """What an expression of constants comes to in this module."""
        return eval(ast.unparse(node), vars(self.module))

    def _kinds(self, node: ast.expr, function: ast.FunctionDef) -> Iterator[Kind]:
        """The kind by its name, or all kinds that a function chooses from."""
        names = vars(self.module)
        chosen = isinstance(node, ast.Name) and node.id not in names
        for name in ast.walk(function) if chosen else (node,):
            if isinstance(name, ast.Name) and isinstance(names.get(name.id), Kind):
                yield names[name.id]

    def _subjects(
        self, node: ast.expr, function: ast.FunctionDef, sources: Iterable["_Source"]
    ) -> Iterable[str]:
        """What a rule speaks of: its subject, or all that is handed to the function that makes the rule."""
        if not isinstance(node, ast.Name):
            return [self._valued(node)]
        parameters = [parameter.arg for parameter in function.args.args]
        if node.id in parameters:
            place = parameters.index(node.id)
            handed = [
                call.args[place]
                for source in sources
                for call, _ in source.calls
                if ast.unparse(call.func) == function.name and len(call.args) > place
            ]
            return [str(value.value) for value in handed if isinstance(value, ast.Constant)]
        names = {name for kinds in _kinds() for name in kinds}
        constants = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant))
        return [value for value in constants if isinstance(value, str) and value in names]
