"""The typed front door, `walkaway_xl/__init__.pyi`: what type checkers and editors know of the functions.

What goes in is read from the kinds of the arguments. What comes out is asked: every example is calculated,
once with each word of an output, once as it is and once as a column.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import walkaway_xl
from walkaway_xl.catalogue import Argument, Example, Function
from walkaway_xl.core.choices import SIDES
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import Holds, Kind, Shape
from walkaway_xl.functions import CATALOGUE

PATH = "walkaway_xl/__init__.pyi"

HEAD = '''\
# Written by `walkaway-xl generate` from the entries of the functions.
#
# A number in gives a number out, an array an array, a Series a Series. A number without an answer is NaN with
# its reason, so what is no number otherwise may also be a float.

# mypy: disable-error-code="overload-overlap"
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.catalogue import Function
{imports}

__version__: str

{all}

CATALOGUE: Mapping[str, Function]

_Series = TypeVar("_Series", covariant=True)

class _Rows(Protocol[_Series]):
    """What a Series of pandas or polars has, and no array, index or data frame; its ranks are numbers."""

    @property
    def name(self) -> Hashable: ...
    def to_numpy(self) -> Any: ...
    def rank(self) -> _Series: ...

class _Frame(Protocol):
    """A data frame of pandas or polars."""

    @property
    def columns(self) -> Any: ...
    def to_numpy(self) -> Any: ...

_Same = TypeVar("_Same", bound=_Rows[Any])
_Cell = TypeVar("_Cell")
_Cells: TypeAlias = Sequence[_Cell | Sequence[_Cell | None] | None]
_Number: TypeAlias = float | np.floating[Any] | np.integer[Any]
_Numbers: TypeAlias = (
    _Cells[_Number] | NDArray[np.floating[Any]] | NDArray[np.integer[Any]] | NDArray[np.object_]
)
_Flag: TypeAlias = bool | np.bool_ | Literal[0, 1]
_Flags: TypeAlias = _Cells[_Flag] | NDArray[np.bool_] | NDArray[np.object_]
_Texts: TypeAlias = _Cells[str] | NDArray[np.str_] | NDArray[np.object_]
_Label: TypeAlias = str | _Number | bool
_Labels: TypeAlias = _Cells[_Label] | NDArray[Any]
{aliases}

def reason_of(value: _Number) -> Reason | None: ...
@overload
def words(codes: _Number, of: type[Status]) -> str: ...
@overload
def words(codes: _Numbers, of: type[Status]) -> NDArray[np.object_]: ...
@overload
def words(codes: _Rows[Any], of: type[Status]) -> Any: ...
'''


class Form(NamedTuple):
    """One way to call a function: how much its leading arguments hold, and what is answered."""

    holds: str  # one, many, any of them, a Series in front, or a Series somewhere
    words: tuple[str, ...]  # of the output; none where there is none
    gives: str


def text() -> str:
    """The stub."""
    functions = "".join(_rendered(function) for function in CATALOGUE.values())
    aliases = {_alias(kind): _literal(kind) for kind in _aliased()}
    return (
        HEAD.format(
            imports="\n".join(_imports(functions)),
            all="__all__ = [\n" + "".join(f'    "{name}",\n' for name in walkaway_xl.__all__) + "]",
            aliases="\n".join(f"{name}: TypeAlias = {words}" for name, words in sorted(aliases.items())),
        )
        + functions
    )


def _imports(functions: str) -> Iterator[str]:
    """Where the classes are that users import, that answers are, and that the head names."""
    mentioned = {*walkaway_xl.__all__, *re.findall(r"\w+", HEAD + functions)}
    for path in sorted((Path(walkaway_xl.__file__).parent / "core").glob("*.py")):
        classes = re.findall(r"^class ([A-Z]\w+)", path.read_text("utf-8"), flags=re.MULTILINE)
        names = sorted(mentioned.intersection(classes))
        if names:
            yield f"from walkaway_xl.core.{path.stem} import {', '.join(names)}"


_BY_ROW = (Shape.ELEMENT, Shape.ROWS)


# --- what goes in ------------------------------------------------------------------------------------------


def _aliased() -> list[Kind]:
    """Kinds whose words have a name in the stub: those of cells, which many functions share."""
    return [
        argument.kind
        for function in CATALOGUE.values()
        for argument in function.arguments
        if argument.kind.only_words and not argument.kind.chooses
    ]


def _alias(kind: Kind) -> str:
    return "_" + "".join(part.capitalize() for part in kind.word.split())


def _literal(kind: Kind, words: tuple[str, ...] = ()) -> str:
    """The words of a kind, and their numbers."""
    chosen = {word: number for word, number in kind.words.items() if not words or word in words}
    numbers = dict.fromkeys(str(int(number)) for number in chosen.values())
    spelled = ", ".join([*map(_written, chosen), *numbers])
    literal = f"Literal[{spelled}]"
    return f"{literal} | Side" if kind.words == SIDES else literal


def _written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _one(kind: Kind) -> str:
    """The type of one cell."""
    if kind.only_words:
        return _literal(kind) if kind.chooses else _alias(kind)
    if kind.words:
        words = ", ".join(map(_written, kind.words))
        return f"_Number | Literal[{words}]"
    return {Holds.NUMBER: "_Number", Holds.FLAG: "_Flag", Holds.TEXT: "str", Holds.ANY: "_Label"}[kind.holds]


def _many(kind: Kind) -> str:
    """The type of several cells, without a Series."""
    if kind.only_words:
        return f"_Cells[{_alias(kind)}] | NDArray[Any]"
    return {
        Holds.NUMBER: "_Numbers",
        Holds.FLAG: "_Flags",
        Holds.TEXT: "_Texts",
        Holds.ANY: "_Labels",
    }[kind.holds]


def _type(kind: Kind, holds: str) -> str:
    """The type of an argument, where the arguments that answer row by row hold so much."""
    match kind.shape:
        case Shape.AS_IT_IS:
            return "object"
        case Shape.SINGLE:
            return _one(kind)
        case Shape.COLUMN:
            return f"{_one(kind)} | {_many(kind)} | _Rows[Any]"
        case Shape.GRID:
            return f"{_one(kind)} | {_many(kind)} | _Rows[Any] | _Frame"
    cell = _one(kind)
    cells = f"{cell} | {_many(kind)}"
    return {"one": cell, "many": cells, "somewhere": f"{cells} | _Same"}.get(holds, f"{cells} | _Rows[Any]")


def _parameters(function: Function, form: Form) -> Iterator[str]:
    optional = False
    leading = next((argument for argument in function.arguments if argument.kind.shape in _BY_ROW), None)
    for argument in function.arguments:
        asks = argument.name == "output" and bool(form.words)
        if asks:
            words = _literal(argument.kind, form.words)
            if argument.default in form.words:
                yield f"output: {words} = {_written(argument.default)}"
            else:
                yield from ["*"] if optional else []
                yield f"output: {words}"
        elif argument is leading and form.holds == "in front":
            yield f"{argument.name}: _Rows[_Series]"
        else:
            yield _parameter(argument, _type(argument.kind, form.holds))
        optional = optional or not argument.required


def _parameter(argument: Argument, type_: str) -> str:
    blank = " | None" if not argument.required or argument.kind.may_be_blank else ""
    default = "" if argument.required else f" = {_written(argument.default)}"
    return f"{argument.name}: {type_}{blank if type_ != 'object' else ''}{default}"


# --- what comes out ----------------------------------------------------------------------------------------


def _forms(function: Function) -> Iterator[Form]:
    """The ways to call a function, each with what it answers."""
    output = next((argument.kind for argument in function.arguments if argument.name == "output"), None)
    shapes = {kind.shape for kind in function.takes}
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for word in output.words if output else [""]:
        for_value = _observed(function, word, column=False)
        if Shape.ELEMENT in shapes:
            for_column = _observed(function, word, column=True)
            gives = [
                ("one", _union(for_value, or_none=True)),
                ("many", _union(for_column)),
                *_of_series(for_column),
            ]
        elif Shape.ROWS in shapes and all(kind.startswith("NDArray") for kind in for_value):
            gives = [("many", _union(for_value, or_none=True)), *_of_series(for_value, " | float")]
        else:
            refuses = any(kind.is_numeric for kind in function.takes)
            gives = [("any", _union(for_value, or_none=refuses))]
        groups.setdefault(tuple(gives), []).append(word)
    for answers, words in groups.items():
        for holds, answer in answers:
            yield Form(holds, tuple(word for word in words if word), answer)


def _observed(function: Function, word: str, *, column: bool) -> dict[str, Any]:
    """The answers to a function's examples by their type, in the order in which they come."""
    answers = {}
    for example in function.examples:
        for arguments in _calls(function, example, column):
            try:
                answer = function.calculate(**arguments | ({"output": word} if word else {}))
            except InputError:
                continue
            if not isinstance(answer, float) or answer == answer:
                answers[_named(answer)] = answer
    return answers


def _calls(function: Function, example: Example, column: bool) -> Iterator[dict[str, Any]]:
    """The calls that an example stands for."""
    cells = {argument.name: argument.default for argument in function.arguments}
    cells |= dict(zip(cells, example.arguments, strict=False))
    for argument in function.arguments:
        if argument.kind.shape is Shape.ELEMENT:
            cells[argument.name] = _first(cells[argument.name])
    leading = function.arguments[0]
    if column:
        yield cells | {leading.name: [cells[leading.name]] * 2}
        return
    yield cells
    if function.takes[-1].shape is Shape.AS_IT_IS:  # what it explains may be asked of a column, too
        name = function.arguments[1].name
        yield cells | {name: [cells[name]] * 2}


def _first(cells: Any) -> Any:
    return _first(cells[0]) if isinstance(cells, list) else cells


def _named(answer: Any) -> str:
    """The type of an answer, as the stub writes it."""
    if isinstance(answer, np.ndarray):
        kinds: Mapping[str, str] = {"f": "np.float64", "i": "np.int16", "O": "np.object_", "b": "np.bool_"}
        return f"NDArray[{kinds[answer.dtype.kind]}]"
    return type(answer).__name__


def _union(answers: Mapping[str, Any], *, or_none: bool = False) -> str:
    """One of some types; where one of them may have no answer, a NaN or, in an array of truths, a reason."""
    types = list(answers)
    if "NDArray[np.bool_]" in types and not or_none:
        types.append("NDArray[np.object_]")
    if or_none and "float" not in types:
        types.append("float")
    return " | ".join(types)


def _of_series(answers: Mapping[str, Any], besides: str = "") -> Iterator[tuple[str, str]]:
    """What comes out where a Series goes in; of one that holds other things than before, nothing is said."""
    assert len(answers) == 1, f"each row of a column has its answer; here are {', '.join(answers)}"
    (answer,) = answers.values()
    if answer.ndim > 1:
        yield "any", _union(answers)
    elif answer.dtype.kind in "if":
        yield "in front", f"_Series{besides}"
        yield "somewhere", f"_Same{besides}"
    else:
        yield "any", "Any"


# --- both ---------------------------------------------------------------------------------------------------


def _rendered(function: Function) -> str:
    forms = list(_forms(function))
    name = function.name.lower()
    lines = ""
    for form in forms:
        lines += "@overload\n" if len(forms) > 1 else ""
        parameters = "".join(f"    {parameter},\n" for parameter in _parameters(function, form))
        lines += f"def {name}(\n{parameters}) -> {form.gives}: ...\n"
    return lines
