"""The door of the core: whatever is given becomes float64 or is refused by its name."""

import math
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from walkaway_xl.core.choices import choices
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.number_style import number_as_text

Floats = NDArray[np.float64]
Numbers = float | Floats
Mask = NDArray[np.bool_] | np.bool_
# Whatever NumPy takes as an array comes in; what the function works with is what `takes` has made of it.
Argument = Any


def float_array(argument: str, value: ArrayLike | None) -> Floats:
    """One argument as float64; None and NaN mean "not given"."""
    if value is None:
        return np.array(np.nan)
    array = any_array(argument, value)
    if array.dtype.kind == "O":
        _refuse_other_than_numbers(argument, array)
    elif array.dtype.kind not in "iuf":
        raise InputError(argument, "be a number; it is {kind}", kind=_called(array.dtype.kind))
    try:
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise InputError(argument, "be a number", got=value) from None
    except OverflowError:
        raise InputError(argument, "be a finite number") from None


def any_array(argument: str, value: Any) -> NDArray[Any]:
    """One argument as an array of whatever it holds."""
    try:
        if "numpy.ma" in sys.modules and isinstance(value, np.ma.MaskedArray):
            return _unmasked(value)
        return np.asarray(value)
    except ValueError:
        raise InputError(argument, "be one cell or a rectangle of cells") from None


def _unmasked(value: Any) -> NDArray[Any]:
    """A masked array with a blank wherever a value is missing."""
    if value.dtype.kind in "iuf":
        return np.asarray(value.astype(np.float64).filled(np.nan))
    blanked: NDArray[Any] = value.data.astype(object)
    blanked[np.ma.getmaskarray(value)] = None
    return blanked


def _refuse_other_than_numbers(argument: str, array: NDArray[Any]) -> None:
    for item in array.flat:
        if isinstance(item, str | bool | np.bool_):
            raise InputError(argument, "be a number", got=item)


def _called(kind: str) -> str:
    return {"U": "text", "S": "text", "b": "TRUE or FALSE", "M": "dates", "m": "durations"}.get(kind, "these")


def columns(**arguments: ArrayLike | None) -> tuple[Floats, ...]:
    """Arguments as float64 columns of one length; a row, a column and a single number are all accepted.

    A gap in a table has a meaning of its own, so infinite numbers stay as they are for a rule to find.
    """
    flat = {name: flattened(name, float_array(name, value)) for name, value in arguments.items()}
    try:
        return tuple(np.broadcast_arrays(*flat.values()))
    except ValueError:
        raise shapes_differ(flat) from None


def flattened(argument: str, array: NDArray[Any]) -> NDArray[Any]:
    """A row or a column as one dimension."""
    if array.ndim > 2 or (array.ndim == 2 and 1 not in array.shape):
        raise InputError(
            argument, "be one row or one column; it is {size} cells", size="×".join(map(str, array.shape))
        )
    return array.reshape(-1)


def single(argument: str, value: ArrayLike | None, default: float = np.nan) -> float:
    """One argument as one float; the default if it is not given."""
    array = float_array(argument, value)
    if array.size != 1:
        raise InputError(argument, "be a single number; here are {size}", size=array.size)
    number = float(array.reshape(()))
    return default if np.isnan(number) else number


def flags(argument: str, value: ArrayLike | None, default: bool = False) -> Mask:
    """TRUE or FALSE, or 1 and 0 for them; the default where it is not given."""
    if isinstance(value, bool):
        return np.bool_(value)
    array = any_array(argument, default if value is None else value)
    if array.dtype.kind == "O" and all(item is None or isinstance(item, bool | float) for item in array.flat):
        array = array.astype(np.float64)  # TRUE and FALSE with gaps between them
    if array.dtype.kind not in "biuf" or not np.isin(array[~np.isnan(array)], (0, 1)).all():
        raise InputError(argument, "be TRUE or FALSE")
    true: Mask = (array == 1) | (np.isnan(array) & default)
    return true


def numbers(
    argument: str, value: ArrayLike | None, words: Mapping[str, float], *, only: bool = True
) -> Floats:
    """Words or their numbers, as numbers; NaN stays NaN.

    With `only`, a number must be one of the words' numbers; without, the words are names for some numbers.
    """
    if isinstance(value, str):
        return np.array(_number(argument, value, words))
    array = any_array(argument, np.nan if value is None else value)
    if array.dtype.kind in "iuf":
        result = array.astype(np.float64, copy=False)
    elif array.size > 1 and not any(array.strides):  # one word, spread over a column
        return np.broadcast_to(numbers(argument, array.flat[0], words, only=only), array.shape)
    else:
        flat = [_number(argument, item, words) for item in array.reshape(-1).tolist()]
        result = np.array(flat, dtype=np.float64).reshape(array.shape)
    if only:
        permitted = np.isnan(result)
        for number in set(words.values()):
            permitted = permitted | (result == number)
        if not permitted.all():
            raise InputError(argument, "be {words}", words=choices(words))
    return result


def _number(argument: str, item: Any, words: Mapping[str, float]) -> float:
    if item is None:
        return np.nan
    if isinstance(item, str):
        number = words.get(item.strip().lower())
        if number is None:
            raise InputError(argument, "be {words}", got=item, words=choices(words))
        return number
    if isinstance(item, bool) or not isinstance(item, int | float):
        raise InputError(argument, "be {words}", words=choices(words))
    try:
        return float(item)
    except OverflowError:
        raise InputError(argument, "be {words}", words=choices(words)) from None


def chosen(argument: str, value: Any, words: Mapping[str, float]) -> str:
    """One word of a selector, given as the word or its number; the first if it is not given."""
    number = numbers(argument, value, words)
    if number.size != 1:
        raise InputError(argument, "be a single word")
    index = float(number.reshape(()))
    return next(word for word, place in words.items() if place == (0 if np.isnan(index) else index))


def text_array(argument: str, value: Any) -> NDArray[np.object_]:
    """One argument as texts; a blank one is None."""
    array = any_array(argument, value)
    held = [_text(argument, item) for item in array.reshape(-1).tolist()]
    texts = np.empty(len(held), object)
    texts[:] = held
    return texts.reshape(array.shape)


def label_array(argument: str, value: Any, *, flags: bool = False) -> NDArray[np.object_]:
    """One argument as texts and numbers, each as it was given; a blank one is None.

    With `flags`, TRUE and FALSE are 1 and 0.
    """
    try:
        given = np.array(value, object)
    except ValueError:
        raise InputError(argument, "be one cell or a rectangle of cells") from None
    labels = np.empty(given.size, object)
    labels[:] = [_label(argument, item, flags) for item in given.reshape(-1).tolist()]
    return labels.reshape(given.shape)


def _label(argument: str, item: object, flags: bool) -> str | float | None:
    if item is None or isinstance(item, str):
        return item or None
    if isinstance(item, bool | np.bool_) and not flags:
        raise InputError(argument, "be a text or a number", got=item)
    if not isinstance(item, int | float | np.integer | np.floating | np.bool_):
        raise InputError(argument, "be a text or a number", got=item)
    try:
        number = float(item)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise InputError(argument, "be a finite number")
    return None if math.isnan(number) else number


def _text(argument: str, text: object) -> str | None:
    if text is None or text == "":
        return None
    if not isinstance(text, str | float | int):
        raise InputError(argument, "be a text", got=text)
    if text != text:  # NaN is how NumPy and pandas write a missing text
        return None
    return number_as_text(text) if isinstance(text, float) else str(text)


def shapes_differ(arguments: Mapping[str, NDArray[Any]]) -> InputError:
    """Say which arguments do not fit together, and how long each is."""
    shapes = {name: array.shape for name, array in arguments.items() if array.ndim}
    first, *others = shapes
    odd = next((name for name in others if shapes[name] != shapes[first]), first)
    sizes = ", ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape in shapes.items())
    return InputError(
        odd, "have as many rows and columns as the others, or be one cell", "Here: {sizes}.", sizes=sizes
    )
