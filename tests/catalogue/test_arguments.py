"""What every argument and every answer is declared to be, as people have reviewed it.

`arguments.csv` is written by `python -m tests.catalogue` from the catalogue. The tests of cells and hosts ask
what the declarations say; whether these say what was meant is seen here, as a line that has changed.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.catalogue.tables import Row, assert_same, write
from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.core.kinds import Kind
from walkaway_xl.functions import CATALOGUE

TABLE = Path(__file__).with_name("arguments.csv")
HEAD = ("function", "argument", "given", "kind", "holds", "unit", "must", "words", "shape", "except")
ANSWER = "its answer"


@cache
def rows() -> list[Row]:
    """Every argument of every function, and what it answers."""
    return [row for function in CATALOGUE.values() for row in _rows(function)]


def _rows(function: Function) -> Iterator[Row]:
    for argument in function.arguments:
        yield function.name, argument.name, _given(argument), *_declared(argument.kind)
    shares = f"a share with {' or '.join(function.shares)}" if function.shares else ""
    *declared, _ = _declared(function.gives)
    yield function.name, ANSWER, "", *declared, shares


def _given(argument: Argument) -> str:
    if argument.required:
        return "required, or blank" if argument.kind.may_be_blank else "required"
    return "optional" if argument.default is None else f"optional: {argument.default}"


def _declared(kind: Kind) -> Row:
    exceptions = [f"below it with {kind.lifted_by}"] if kind.lifted_by else []
    exceptions += ["#N/A for none"] if kind.may_be_na else []
    exceptions += ["chooses the answer"] if kind.chooses else []
    return (
        kind.word,
        kind.holds.name.lower(),
        kind.unit.value if kind.is_measured else "",
        kind.must if kind.is_measured else "",
        " ".join(f"{word}={float(code):g}" for word, code in kind.words.items()),
        kind.shape.name.lower(),
        ", ".join(exceptions),
    )


def test_every_declaration_is_the_reviewed_one():
    assert_same(HEAD, rows(), TABLE)


def main() -> None:
    """Write the table."""
    write(HEAD, rows(), TABLE)
