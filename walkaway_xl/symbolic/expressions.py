"""Expressions of a formula: a graph in which equal parts are one node, made simpler while it is built."""

import weakref
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np


class Node:
    """An operation and its operands; numbers, texts and truth values are operands as they are."""

    __slots__ = ("__weakref__", "is_risky", "operands", "operation")
    _made: ClassVar[weakref.WeakValueDictionary[Any, "Node"]] = weakref.WeakValueDictionary()

    operation: str
    operands: tuple[Any, ...]
    is_risky: bool
    """Whether it may be an error where its operands are numbers."""

    def __new__(cls, operation: str, *operands: Any) -> "Node":
        """The node of that operation and those operands, of which there is one."""
        key = (operation, *((type(operand), operand) for operand in operands))
        node = cls._made.get(key)
        if node is None:
            node = object.__new__(cls)
            node.operation, node.operands = operation, operands
            node.is_risky = operation in RISKY or any(map(is_risky, operands))
            cls._made[key] = node
        return node

    def __repr__(self) -> str:
        return f"{self.operation}({', '.join(map(repr, self.operands))})"


Expression = Node | float | str | bool
Condition = Node | bool

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "<>", "<>": "="}
LEAVES = ("argument", "blank", "error", "loop")  # whose operands are names and the like

_COMPARED: Mapping[str, Callable[..., Any]] = {
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "=": np.equal,
    "<>": np.not_equal,
}
_CALCULATED: Mapping[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}

# What may be an error in Excel although its operands are numbers.
RISKY = frozenset({"/", "^", "WF_POWER", "LN", "SQRT", "ASIN", "root", "settled", "repeated"})


def operation_of(x: Expression) -> str:
    """The operation of a node; empty for a constant."""
    return x.operation if isinstance(x, Node) else ""


def error(code: str) -> Node:
    """An error value."""
    return Node("error", code)


def domain(x: Expression) -> frozenset[Any] | None:
    """The few values that an expression can have; None for any."""
    if not isinstance(x, Node):
        return frozenset([x])
    if x.operation == "argument":
        few: frozenset[Any] | None = x.operands[1]
        return few
    if x.operation == "if":
        either, other = domain(x.operands[1]), domain(x.operands[2])
        return None if either is None or other is None else either | other
    return None


def opposite(condition: Condition) -> Condition:
    """Whether a condition does not hold."""
    if isinstance(condition, bool):
        return not condition
    operation, operands = condition.operation, condition.operands
    if operation in OPPOSITE:
        return Node(OPPOSITE[operation], *operands)
    if operation in ("and", "or"):
        return (either if operation == "and" else both)(*map(opposite, operands))
    return operands[0] if operation == "not" else Node("not", condition)


def either(*conditions: Condition) -> Condition:
    """Whether one of some conditions holds."""
    terms = _terms("or", conditions)
    if any(term is True for term in terms):
        return True
    terms = [term for term in terms if term is not False]
    # a or (not a and b) is a or b; a or (a and b) is a
    terms = [
        both(*(part for part in term.operands if opposite(part) not in terms))
        if operation_of(term) == "and" and isinstance(term, Node)
        else term
        for term in terms
    ]
    terms = [
        term
        for term in terms
        if not (isinstance(term, Node) and term.operation == "and" and any(p in terms for p in term.operands))
    ]
    if any(term is True or opposite(term) in terms for term in terms) or _covers(terms):
        return True
    return Node("or", *terms) if len(terms) > 1 else terms[0] if terms else False


def both(*conditions: Condition) -> Condition:
    """Whether all of some conditions hold."""
    terms = _terms("and", conditions)
    if any(term is False or (term is not True and opposite(term) in terms) for term in terms):
        return False
    terms = [term for term in terms if term is not True]
    # a and (not a or b) is a and b
    alternatives = [term for term in terms if isinstance(term, Node) and term.operation == "or"]
    for term in alternatives:
        left = [part for part in term.operands if opposite(part) not in terms]
        if len(left) < len(term.operands):
            return both(*(other for other in terms if other is not term), either(*left))
    if len(terms) > 1 and _covers([opposite(term) for term in terms]):
        return False
    return Node("and", *terms) if len(terms) > 1 else terms[0] if terms else True


def _terms(operation: str, conditions: tuple[Condition, ...]) -> list[Condition]:
    terms: list[Condition] = []
    for condition in conditions:
        parts = condition.operands if operation_of(condition) == operation else (condition,)  # type: ignore[union-attr]
        terms += [part for part in parts if part not in terms]
    return terms


def _covers(terms: list[Condition]) -> bool:
    """Whether something is one value or another, of all that it can have."""
    values: dict[Node, set[Any]] = {}
    for term in terms:
        if isinstance(term, Node) and term.operation == "=" and not isinstance(term.operands[1], Node):
            values.setdefault(term.operands[0], set()).add(term.operands[1])
    return any((few := domain(x)) is not None and few <= seen for x, seen in values.items())


def chosen(condition: Condition, where_true: Any, where_false: Any) -> Any:
    """One expression where a condition holds, another where it does not."""
    if isinstance(condition, bool):
        return where_true if condition else where_false
    if _is_same(where_true, where_false):
        return where_true
    if isinstance(where_true, bool) or isinstance(where_false, bool):  # among truth values that is no choice
        return either(both(condition, where_true), both(opposite(condition), where_false))
    if operation_of(where_false) == "if" and where_false.operands[0] is condition:
        where_false = where_false.operands[2]
    if operation_of(where_true) == "if" and where_true.operands[0] is condition:
        where_true = where_true.operands[1]
    if (
        operation_of(where_true) == "error"
        and operation_of(where_false) == "if"
        and where_false.operands[1] is where_true
        and not is_risky(where_false.operands[0])
    ):  # two rules with the same error are one
        condition, where_false = either(condition, where_false.operands[0]), where_false.operands[2]
        return chosen(condition, where_true, where_false)
    return Node("if", condition, where_true, where_false)


def _is_same(a: Expression, b: Expression) -> bool:
    if isinstance(a, Node) or isinstance(b, Node):
        return a is b
    return type(a) is type(b) and a == b


def compared(comparison: str, a: Expression, b: Expression) -> Condition:
    """Whether two numbers stand to each other that way."""
    if not isinstance(a, Node) and not isinstance(b, Node):
        return bool(_COMPARED[comparison](a, b))
    if not isinstance(a, Node):  # the constant to the right
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
        return compared(turned.get(comparison, comparison), b, a)
    few = domain(a)
    if few is not None and not isinstance(b, Node):
        held = {bool(_COMPARED[comparison](value, b)) for value in few}
        if len(held) == 1:
            return held.pop()
    return Node(comparison, a, b)


def calculated(operation: str, a: Expression, b: Expression) -> Any:
    """A sum, difference, product, quotient or power."""
    if not isinstance(a, Node) and not isinstance(b, Node):
        with np.errstate(all="ignore"):
            return float(_CALCULATED[operation](np.float64(a), np.float64(b)))
    if (operation in "+-" and b == 0) or (operation in "*/" and b == 1):
        return a
    if (operation == "+" and a == 0) or (operation == "*" and a == 1):
        return b
    if operation == "*" and 0 in (a, b):
        return 0.0
    if (operation == "-" and a == 0) or (operation == "*" and -1 in (a, b)):
        return negative(b if operation == "-" or a == -1 else a)
    if operation == "/" and isinstance(b, Node) and b.operation == "WF_POWER":
        # A power that is too large to hold is an error in Excel, and one that is too small is 0.
        return calculated("*", a, Node("WF_POWER", b.operands[0], negative(b.operands[1])))
    if operation == "+" and isinstance(b, Node) and b.operation == "negative":
        return Node("-", a, b.operands[0])
    if operation == "+" and isinstance(a, Node) and a.operation == "negative":
        return Node("-", b, a.operands[0])
    return Node("WF_POWER" if operation == "^" and isinstance(b, Node) else operation, a, b)


def negative(a: Expression) -> Any:
    """A number with the other sign."""
    if not isinstance(a, Node):
        return -float(a)
    return a.operands[0] if a.operation == "negative" else Node("negative", a)


def called(function: str, *operands: Expression, fold: Callable[..., Any] | None = None) -> Any:
    """A call of a function; its value where all operands are constants."""
    if fold is not None and not any(isinstance(operand, Node) for operand in operands):
        with np.errstate(all="ignore"):
            return float(fold(*operands))
    return Node(function, *operands)


def is_risky(x: Expression) -> bool:
    """Whether an expression may be an error where its operands are numbers."""
    return isinstance(x, Node) and x.is_risky


def parts(x: Expression) -> list[Node]:
    """An expression and all that it is made of, each before what it is a part of."""
    seen: dict[Node, None] = {}

    def visit(node: Expression) -> None:
        if isinstance(node, Node) and node not in seen:
            for operand in node.operands:
                visit(operand)
            seen[node] = None

    visit(x)
    return list(seen)
