"""Series of pandas and polars: arrays for the calculation, and a Series of the answer again.

Neither library is imported: a Series can only be there when its library is.
"""

import sys
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._arrays import any_array
from walkaway_xl.core.errors import InputError


def has_series(values: Collection[object]) -> bool:
    """Whether a Series of pandas or polars is among some values."""
    return any(map(_is_series, values))


def _is_series(value: object) -> bool:
    libraries = (sys.modules.get(name) for name in ("pandas", "polars"))
    return any(isinstance(value, getattr(library, "Series", ())) for library in libraries)


def by_row(
    arguments: Mapping[str, Any], answering: Collection[str]
) -> tuple[Mapping[str, Any], Callable[[Any], Any]]:
    """Arguments with arrays for Series, and what makes a Series of an answer that has a value for each row.

    Rows are taken by their place, so Series that answer together must have one index.

    Parameters
    ----------
    arguments : mapping
        Arguments by name.
    answering : collection of str
        The arguments whose rows answer one by one; of the others each is a list of its own.
    """
    series = {name: value for name, value in arguments.items() if _is_series(value)}
    leading = {name: value for name, value in series.items() if name in answering}
    for group in (leading, {name: value for name, value in series.items() if name not in answering}):
        _refuse_other_rows(group)
    arrays = {**arguments, **{name: _array(value) for name, value in series.items()}}
    if not leading:
        return arrays, lambda answer: answer
    first, like = next(iter(leading.items()))
    for name in answering:
        value = arrays.get(name)
        if name not in leading and value is not None and not isinstance(value, str):
            shape = any_array(name, value).shape
            if shape not in ((), (1,), (len(like),)):
                raise InputError(
                    name,
                    "have {like}, as {first} has, or be one value",
                    "It has {size}.",
                    like=_counted(like),
                    first=first,
                    size="×".join(map(str, shape)),
                )
    names = {value.name for value in leading.values()}
    return arrays, lambda answer: _like(like, names, answer)


def _refuse_other_rows(group: Mapping[str, Any]) -> None:
    """Rows that are the same by place and differ by index would be mixed up silently."""
    first, *names = group or ("",)
    for name in names:
        leader, series = group[first], group[name]
        if type(leader) is not type(series):
            raise InputError(name, "be a Series of the same library as {first}", first=first)
        if len(leader) != len(series):
            raise InputError(
                name,
                "have {leader}, as {first} has",
                "It has {count}.",
                leader=_counted(leader),
                first=first,
                count=f"{len(series):,}",
            )
        index = getattr(leader, "index", None)  # Series of polars have none
        if index is not None and not (index is series.index or index.equals(series.index)):
            raise InputError(
                name,
                "have the index of {first}",
                "Rows are taken by their place; align them before.",
                first=first,
            )


def _counted(series: Any) -> str:
    return f"{len(series):,} row{'' if len(series) == 1 else 's'}"


def _array(series: Any) -> NDArray[Any]:
    """The values of a Series; what is missing is NaN among numbers and None elsewhere."""
    if not hasattr(series, "index") or (isinstance(series.dtype, np.dtype) and series.dtype.kind != "O"):
        return np.asarray(series.to_numpy())
    if series.dtype.kind in "iuf":
        return np.asarray(series.to_numpy(np.float64, na_value=np.nan))
    return np.asarray(series.astype(object).where(series.notna(), None).to_numpy())


def _like(series: Any, names: Collection[Any], answer: Any) -> Any:
    """An answer for each row as a Series; any other answer as it is."""
    if not isinstance(answer, np.ndarray) or answer.shape != (len(series),):
        return answer
    name = series.name if len(names) == 1 else None
    if hasattr(series, "index"):
        # The type as it is: a column of texts in pandas' own has no room for the reason in a NaN.
        return type(series)(answer, index=series.index, name=name, dtype=answer.dtype)
    if answer.dtype.kind == "O":  # polars knows one type a column, and writes what is missing as null
        return type(series)(name, [None if value != value else value for value in answer.tolist()])
    return type(series)(name, answer)
