"""Functions of which every element answers for itself."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from walkaway_xl.core._arrays import any_array, shapes_differ

BLOCK = 65_536  # elements worked at once: few enough that the temporaries stay in the processor's cache

Worked = TypeVar("Worked", bound=Callable[..., Any])


def elementwise(function: Worked) -> Worked:
    """Broadcast the arguments, work long columns block by block, and leave floating-point warnings out.

    A single number stays one inside the function, so that what depends on single numbers alone is worked out
    once. An element that cannot be answered is NaN with its reason, so NumPy need not warn as well.
    """
    # What inspect.signature would say, without the time that importing and asking it takes at start-up.
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    given = function.__defaults__ or ()
    optional = dict(zip(names[len(names) - len(given) :], given, strict=True))
    defaults = {name: default for name, default in optional.items() if isinstance(default, float)}

    @functools.wraps(function)
    def worked(*args: Any, **kwargs: Any) -> Any:
        with np.errstate(all="ignore"):
            if len(args) > len(names) or not kwargs.keys().isdisjoint(names[: len(args)]):
                return function(*args, **kwargs)  # which says what is wrong with the call
            arguments = dict(zip(names, args, strict=False)) | kwargs
            for name in defaults.keys() & arguments.keys():
                arguments[name] = _where_given(name, arguments[name], defaults[name])
            if all(_is_scalar(value) for value in arguments.values()):
                return function(**arguments)
            return _over_columns(function, arguments)

    return worked  # type: ignore[return-value]


def _where_given(name: str, value: Any, default: float) -> Any:
    """An optional argument with its default wherever it is blank: None or NaN."""
    if _is_scalar(value):
        return default if value is None or value != value else value
    array = any_array(name, value)
    blank = np.isnan(array) if array.dtype.kind == "f" else array == np.array(None)
    return np.where(blank, default, array) if blank.any() else value


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, float | int | str)


def _over_columns(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    arrays = {name: any_array(name, value) for name, value in arguments.items() if not _is_scalar(value)}
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        raise shapes_differ(arrays) from None
    arguments = arguments | arrays
    if not shape:
        return function(**arguments)
    # The first argument takes part in every answer, so the answer has its shape: that of all of them.
    first = next(iter(arguments))
    arguments[first] = arrays[first] = np.broadcast_to(arguments[first], shape)
    rows = max(1, BLOCK // max(1, int(np.prod(shape[1:]))))
    if shape[0] <= rows:
        return function(**arguments)
    long = {name: array for name, array in arrays.items() if array.ndim == len(shape) and len(array) > 1}
    answers: Any = None
    for start in range(0, shape[0], rows):
        block = function(**arguments | {name: array[start : start + rows] for name, array in long.items()})
        if answers is None:
            answers = np.empty(shape, block.dtype)
        answers[start : start + rows] = block  # while it is in the processor's cache
    return answers
