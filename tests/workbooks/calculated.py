"""Workbooks calculated for the tests."""

import subprocess
from collections.abc import Sequence
from io import BytesIO
from numbers import Real
from pathlib import Path
from typing import Any

import formualizer
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import saved
from walkaway_xl.sheets.draft import Draft


def calculate(data: bytes) -> bytes:
    return formualizer.recalculate_xlsx_bytes(data)["bytes"]


def by_libreoffice(data: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice calculates and writes it; the folder is for its files."""
    [calculated] = all_by_libreoffice([data], folder)
    return calculated


def all_by_libreoffice(books: Sequence[bytes], folder: Path) -> list[bytes]:
    """Workbooks as LibreOffice calculates and writes them, in one start of it."""
    given = [folder / "given" / f"{number}.xlsx" for number in range(len(books))]
    (folder / "given").mkdir()
    for path, data in zip(given, books, strict=True):
        path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, *given]
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=180)
    return [(folder / path.name).read_bytes() for path in given]


class Values:
    """Calculated values of a draft, by name or by sheet and cell."""

    def __init__(self, draft: Draft) -> None:
        self.workbook = load_workbook(BytesIO(calculate(saved(draft))), data_only=True)

    def __getitem__(self, name: str) -> Any:
        sheet, cell = next(self.workbook.defined_names[name].destinations)
        return self.workbook[sheet][cell.replace("$", "")].value

    def sheet(self, title: str) -> Worksheet:
        return self.workbook[title]


def cell_of(draft: Draft, name: str) -> Any:
    """The cell behind a defined name of a draft."""
    sheet, cell = next(draft.workbook.defined_names[name].destinations)
    return draft.workbook[sheet][cell.replace("$", "")]


def find(sheet: Worksheet, text: str, column: str = "B") -> int:
    """Row of the cell in a column that holds a text."""
    return next(cell.row for cell in sheet[column] if cell.value == text)


def agree(one: Any, other: Any) -> bool:
    """Whether two cells show the same: the same word, or the same number within rounding."""
    if isinstance(one, Real) and isinstance(other, Real):
        return bool(float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-9))
    return bool(("" if one is None else one) == ("" if other is None else other))
