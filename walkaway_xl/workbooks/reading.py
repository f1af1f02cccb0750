"""Opening a workbook that somebody has filled in."""

import warnings
from io import BytesIO

from openpyxl import Workbook, load_workbook


def values_of(data: bytes) -> Workbook:
    """The workbook with the values that are stored in it."""
    return _loaded(data, data_only=True)


def formulas_of(data: bytes) -> Workbook:
    """The workbook with its formulas."""
    return _loaded(data, data_only=False)


def _loaded(data: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        # What openpyxl cannot keep, as solid data bars, is only left out of what is read here.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(BytesIO(data), data_only=data_only)
