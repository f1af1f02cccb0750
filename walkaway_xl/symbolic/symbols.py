"""A column of numbers that is not there yet: NumPy hands its functions to it, and it writes them down.

Excel has no NaN, so a symbol is two expressions: the value, and the condition under which it is missing.
Questions about a whole array are shortcuts of the core: `any` is answered "it may hold somewhere", `all`
"surely everywhere".
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from walkaway_xl.symbolic import expressions
from walkaway_xl.symbolic.expressions import Condition, Node, both, called, either, opposite

INFINITE = 1e200  # what stands for infinity: beyond every price, and it can still be multiplied


class UntraceableError(NotImplementedError):
    """Something that the core asks of a number and a formula cannot answer."""


class Symbol(NDArrayOperatorsMixin):
    """Numbers or truth values that are not there yet.

    Parameters
    ----------
    value : Node, float or bool
        What it comes to where it is not missing.
    missing : Node or bool
        Where it is NaN.
    """

    shape, ndim, size, dtype = (1,), 1, 1, np.dtype(np.float64)

    def __init__(self, value: Any, missing: Condition = False):
        self.value, self.missing = value, missing

    @classmethod
    def of(cls, given: Any) -> "Symbol":
        """A symbol as it is, and a constant as one."""
        if isinstance(given, Symbol):
            return given
        plain = given.item() if isinstance(given, np.ndarray | np.generic) else given
        if isinstance(plain, bool):
            return cls(plain)
        number = float(plain)
        if math.isnan(number):
            return cls(0.0, True)
        return cls(math.copysign(INFINITE, number) if math.isinf(number) else number)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> "Symbol":
        name = ufunc.__name__.split()[0]
        if method != "__call__" or name not in UFUNCS:
            raise UntraceableError(f"numpy.{name} of a symbol")
        return UFUNCS[name](*map(Symbol.of, inputs))

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function.__name__ not in FUNCTIONS:
            raise UntraceableError(f"numpy.{function.__name__} of a symbol")
        return FUNCTIONS[function.__name__](*args, **kwargs)

    def astype(self, *_: Any, **__: Any) -> "Symbol":
        """The same: a formula has one kind of number."""
        return self

    reshape = astype

    def any(self) -> bool:
        """Whether it may hold somewhere."""
        return self.value is not False

    def all(self) -> bool:
        """Whether it surely holds everywhere."""
        return self.value is True

    def __bool__(self) -> bool:
        if isinstance(self.value, bool):
            return self.value
        raise UntraceableError("a branch of Python on a symbol")

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise UntraceableError("a symbol as an array")


Operation = Callable[..., Symbol]


def _plain(make: Callable[..., Any]) -> Operation:
    """An operation on numbers, missing where an operand is."""
    return lambda *given: Symbol(make(*(x.value for x in given)), either(*(x.missing for x in given)))


def _arithmetic(operation: str) -> Operation:
    return _plain(lambda a, b: expressions.calculated(operation, a, b))


def _function(name: str, fold: Callable[..., Any]) -> Operation:
    return _plain(lambda a: called(name, a, fold=fold))


def comparing(comparison: str) -> Operation:
    """A comparison, which holds for no number that is missing but for "differs from"."""

    def compared(a: Symbol, b: Symbol) -> Symbol:
        held, missing = expressions.compared(comparison, a.value, b.value), either(a.missing, b.missing)
        return Symbol(either(missing, held) if comparison == "<>" else both(opposite(missing), held))

    return compared


def _extreme(name: str, fold: Callable[..., Any], passes_over: bool) -> Operation:
    """The larger or the smaller of two, with or without passing over what is missing."""

    def extreme(a: Symbol, b: Symbol) -> Symbol:
        value = called(name, a.value, b.value, fold=fold)
        if not passes_over:
            return Symbol(value, either(a.missing, b.missing))
        one = expressions.chosen(b.missing, a.value, value)
        return Symbol(expressions.chosen(a.missing, b.value, one), both(a.missing, b.missing))

    return extreme


def where(condition: Any, where_true: Any, where_false: Any) -> Symbol:
    """One where a condition holds, the other where it does not."""
    c, a, b = (Symbol.of(given) for given in (condition, where_true, where_false))
    missing = expressions.chosen(c.value, a.missing, b.missing)
    if a.missing is True:
        return Symbol(b.value, missing)
    if b.missing is True:
        return Symbol(a.value, missing)
    return Symbol(expressions.chosen(c.value, a.value, b.value), missing)


def _select(conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Symbol:
    for condition, choice in zip(reversed(conditions), reversed(choices), strict=True):
        default = where(condition, choice, default)
    return Symbol.of(default)


def is_finite(x: Symbol) -> Symbol:
    """Whether a number is there, and Excel can hold it."""
    held = Node("finite", x.value) if expressions.is_risky(x.value) else True
    return Symbol(both(opposite(x.missing), held))


def _is_infinite(x: Symbol) -> Symbol:
    return Symbol(
        INFINITE in (expressions.domain(x.value) or ()) and expressions.compared("=", x.value, INFINITE)
    )


def _minus(a: Any, b: Any) -> Any:
    return expressions.calculated("-", a, b)


def _plus(a: Any, b: Any) -> Any:
    return expressions.calculated("+", a, b)


def _squared(a: Any) -> Any:
    return expressions.calculated("^", a, 2.0)


def _exp(a: Any) -> Any:
    return called("WF_EXP", a, fold=np.exp)


def _log(a: Any) -> Any:
    return called("LN", a, fold=np.log)


def _cube_root(a: Any) -> Any:
    root = expressions.calculated("^", called("ABS", a, fold=np.abs), 1 / 3)
    return expressions.calculated("*", called("SIGN", a, fold=np.sign), root)


def _log_of_sum(a: Any, b: Any) -> Any:
    smaller = _exp(expressions.negative(called("ABS", _minus(a, b), fold=np.abs)))
    return _plus(called("WF_MAX", a, b, fold=max), _log(_plus(1.0, smaller)))


def _normal_tails(a: Any) -> Any:
    """The complementary error function: twice the tail of a normal distribution."""
    z = expressions.calculated("*", a, math.sqrt(2))
    if isinstance(a, Node) and a.operation == "/" and a.operands[1] == math.sqrt(2):
        z = a.operands[0]
    return expressions.calculated("*", 2.0, Node("normal", expressions.negative(z)))


def _product(a: Any, b: Any) -> Any:
    """A product; half of twice something is that again."""
    for x, factor in ((a, b), (b, a)):
        doubled = isinstance(x, Node) and x.operation == "*" and not isinstance(factor, Node)
        if doubled and not isinstance(x.operands[0], Node) and x.operands[0] * factor == 1:
            return x.operands[1]
    return expressions.calculated("*", a, b)


# fmt: off
UFUNCS: Mapping[str, Operation] = {
    **{name: _arithmetic(sign) for name, sign in
       {"add": "+", "subtract": "-", "divide": "/", "power": "^"}.items()},
    "multiply": _plain(_product),
    **{name: comparing(sign) for name, sign in
       {"less": "<", "greater": ">", "less_equal": "<=", "greater_equal": ">=", "equal": "=",
        "not_equal": "<>"}.items()},
    **{name: _plain(either) for name in ("logical_or", "bitwise_or")},
    **{name: _plain(both) for name in ("logical_and", "bitwise_and")},
    **{name: _plain(opposite) for name in ("logical_not", "invert")},
    **{name: _function(excel, getattr(np, name)) for name, excel in
       {"absolute": "ABS", "sign": "SIGN", "sqrt": "SQRT", "floor": "INT", "sin": "SIN",
        "arcsin": "ASIN"}.items()},
    "exp": _plain(_exp),
    "log": _plain(_log),
    "negative": _plain(expressions.negative),
    "ceil": _plain(lambda a: expressions.negative(called("INT", expressions.negative(a), fold=np.floor))),
    "rint": _plain(lambda a: Node("ROUND", a, 0.0)),
    "square": _plain(_squared),
    "cbrt": _plain(_cube_root),
    "hypot": _plain(lambda a, b: called("SQRT", _plus(_squared(a), _squared(b)), fold=np.sqrt)),
    "expm1": _plain(lambda a: _minus(_exp(a), 1.0)),
    "log1p": _plain(lambda a: _log(_plus(1.0, a))),
    "logaddexp": _plain(_log_of_sum),
    "erfc": _plain(_normal_tails),
    "maximum": _extreme("WF_MAX", max, False), "minimum": _extreme("WF_MIN", min, False),
    "fmax": _extreme("WF_MAX", max, True), "fmin": _extreme("WF_MIN", min, True),
    "isnan": lambda x: Symbol(x.missing), "isinf": _is_infinite, "isfinite": is_finite,
}

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "where": where, "select": _select,
    "ndim": lambda x: x.ndim, "shape": lambda x: x.shape, "size": lambda x: x.size,
    "any": lambda x: x.any(), "all": lambda x: x.all(),
    "broadcast_to": lambda x, shape: x,
    "clip": lambda x, low, high: np.minimum(np.maximum(x, low), high),
    "stack": lambda parts, axis: Symbol(Node("row", *(Symbol.of(part).value for part in parts))),
    "nan_to_num": lambda x: Symbol(expressions.chosen(x.missing, 0.0, x.value)),
}
# fmt: on
