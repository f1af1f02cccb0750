"""What the core calculates, as a formula of Excel 2007: nothing in it that only some programs have."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.core.kinds import Shape
from walkaway_xl.symbolic import expressions, tracing
from walkaway_xl.symbolic.expressions import OPPOSITE, Expression, Node, operation_of
from walkaway_xl.symbolic.printing import Printer
from walkaway_xl.symbolic.symbols import Symbol, UntraceableError

# A formula that people read in its cell. An IF within another one is no longer readable.
LONGEST = 100  # characters, with the arguments' names as references
DEEPEST = 3  # brackets within brackets
COUNTED = 5  # numbers up to this one are counted in ones: any other number in a formula is a constant
PERCENT = 100

OPERATORS = frozenset({*OPPOSITE, "+", "-", "*", "/", "^", "negative", "and", "or", "not", "if"})
CALLS = frozenset({"ABS", "ASIN", "EXP", "INT", "LN", "MAX", "MEDIAN", "MIN", "ROUND", "SIGN", "SIN", "SQRT"})
SAME = {"WF_MAX": "MAX", "WF_MIN": "MIN", "WF_EXP": "EXP", "WF_POWER": "^"}
EXTREMES = {"MAX": "MIN", "MIN": "MAX"}


class UnreadableError(ValueError):
    """An answer that no short formula of Excel 2007 gives."""


def native_formula(function: Function, references: Mapping[str, str]) -> str:
    """The answer of a worksheet function, where it has one, as a formula without its equals sign.

    Parameters
    ----------
    function : Function
        The worksheet function.
    references : mapping
        What stands for each argument that is given: a cell that holds a number, an expression, or a number.
        Of the others, the default counts.

    Returns
    -------
    str
        The formula.

    Raises
    ------
    UnreadableError
        Where the answer takes more than a short formula.
    """
    answer = _answer(function, references)
    text = _printed(answer, {name: name for name in references})
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise UnreadableError(f"{function.name} takes a long formula: {text}")
    return _printed(answer, references)


def _printed(answer: Expression, references: Mapping[str, str]) -> str:
    return Printer({}, {("argument", name): text for name, text in references.items()}, ()).text(answer)


def _answer(function: Function, references: Mapping[str, str]) -> Expression:
    """What the function calculates, in the operations of Excel 2007."""
    table = next(_tables(argument for argument in function.arguments if argument.name in references), None)
    if table:
        raise UnreadableError(f"{function.name} takes more than a number as {table.name}")
    for argument in function.arguments:
        if argument.required and argument.name not in references:
            raise TypeError(f"{function.name} needs {argument.name}")
    symbols = {name: _symbol(name, text) for name, text in references.items()}
    try:
        return _rewritten(tracing.plain(function, symbols))
    except UntraceableError as reason:
        raise UnreadableError(f"{function.name} does not write itself down: {reason}") from reason


def _tables(arguments: Iterable[Argument]) -> Iterator[Argument]:
    """Those that are no single number."""
    return (
        a for a in arguments if a.kind.shape is not Shape.ELEMENT or a.kind.chooses or not a.kind.is_numeric
    )


def _symbol(name: str, text: str) -> Symbol:
    """A reference, or the number that stands in its place."""
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", text)
    return Symbol(float(text) if is_number else Node("argument", name, None))


def _rewritten(x: Expression, inside_if: bool = False) -> Expression:
    """An expression in the operations of Excel 2007."""
    if not isinstance(x, Node):
        return _counted(x)
    if x.operation in expressions.LEAVES:
        return x
    operation = SAME.get(x.operation, x.operation)
    if operation not in OPERATORS | CALLS or (operation == "if" and inside_if):
        raise UnreadableError(f"{operation} has no short formula here")
    operands = [_rewritten(operand, inside_if or operation == "if") for operand in x.operands]
    return SIMPLER[operation](*operands) if operation in SIMPLER else Node(operation, *operands)


def _counted(x: float | str | bool) -> Expression:
    """A number as the workbooks write it: counted in ones, or a percent."""
    if x in (0, 1, PERCENT):
        return x
    if isinstance(x, float) and x == int(x) and 1 < x <= COUNTED:
        return Node("+", _counted(x - 1), 1.0)
    raise UnreadableError(f"{x!r} would be a constant in a formula")


def _product(a: Expression, b: Expression) -> Expression:
    """A product; with a power to a negative exponent, the quotient that it was."""
    if isinstance(b, Node) and b.operation == "^" and operation_of(b.operands[1]) == "negative":
        return Node("/", a, Node("^", b.operands[0], b.operands[1].operands[0]))
    return Node("*", a, b)


def _sum(a: Expression, b: Expression) -> Expression:
    """A sum; a difference where one of the two has a minus."""
    for x, y in ((a, b), (b, a)):
        if isinstance(x, Node) and x.operation == "negative":
            return Node("-", y, x.operands[0])
    return Node("+", a, b)


def _difference(a: Expression, b: Expression) -> Expression:
    """A difference; without a minus after its own."""
    return _sum(a, b.operands[0]) if isinstance(b, Node) and b.operation == "negative" else Node("-", a, b)


def _minimum(a: Expression, b: Expression) -> Expression:
    """A minimum; what is kept between two bounds is the middle one of three."""
    return (
        Node("MEDIAN", *a.operands, b) if isinstance(a, Node) and a.operation == "MAX" else Node("MIN", a, b)
    )


def _negative(a: Expression) -> Expression:
    """A number with the other sign; a difference the other way round, the largest as the smallest."""
    if not isinstance(a, Node):
        return Node("negative", a)
    if a.operation == "-":
        return _difference(a.operands[1], a.operands[0])
    if a.operation in EXTREMES and all(operation_of(operand) in ("negative", "-") for operand in a.operands):
        return Node(EXTREMES[a.operation], *map(_negative, a.operands))
    return a.operands[0] if a.operation == "negative" else Node("negative", a)


SIMPLER: Mapping[str, Callable[..., Expression]] = {
    "+": _sum,
    "*": _product,
    "-": _difference,
    "MIN": _minimum,
    "negative": _negative,
}


def _depth(text: str) -> int:
    """How many brackets of a formula stand within one another."""
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest
